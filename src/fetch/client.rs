//! An HTTP client that is polite to services: it respects their rate limits, and
//! limits the size and duration of what it reads.

use std::collections::BTreeMap;
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use ureq::Agent;
use ureq::http::HeaderMap;
use ureq::unversioned::transport::DefaultConnector;
use url::Url;

use super::error::FetchError;
use super::redirect::{MAX_REDIRECTS, PublicOnly, follow, is_same_site, not_public};

/// The `User-Agent` sent to services.
pub const USER_AGENT: &str = concat!(
    "offprint/",
    env!("CARGO_PKG_VERSION"),
    " (static site generator for paper digests)"
);

/// The largest response, in bytes.
const MAX_BODY: u64 = 64 * 1024 * 1024;

/// The most bytes of all responses that make up one digest.
pub(super) const MAX_SUM: u64 = 128 * 1024 * 1024;

/// The default timeout for one response, including all retries.
pub(super) const TIMEOUT: Duration = Duration::from_secs(90);

/// The time limit for all responses of one digest, including pauses.
const MAX_TIME: Duration = Duration::from_secs(20 * 60);

/// How often a request is tried before giving up.
const ATTEMPTS: u32 = 4;

/// The longest wait a service may ask for. If it asks for more, the next run tries
/// again.
const MAX_WAIT: Duration = Duration::from_secs(120);

/// Sends requests to services.
#[derive(Debug)]
pub struct Client {
    /// For URLs that a person wrote; may reach any host.
    own: Agent,
    /// For redirects; may reach only public hosts.
    public: Agent,
    /// When each host was last asked.
    asked: BTreeMap<String, Instant>,
    limits: Limits,
}

/// What is left for the current digest.
#[derive(Debug)]
struct Limits {
    timeout: Duration,
    until: Instant,
    bytes: u64,
}

/// A service's response.
#[derive(Debug)]
pub struct Answer {
    /// The body.
    pub bytes: Vec<u8>,
    /// Its `ETag`, for the next request.
    pub etag: Option<String>,
    /// Its `Last-Modified`, for the next request.
    pub modified: Option<String>,
}

/// Validators of the last response.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Known {
    pub(super) etag: Option<String>,
    pub(super) modified: Option<String>,
}

/// The outcome of one request: a response, `None` if it has not changed, or a fault
/// and how long the service asks to wait.
type Outcome = Result<Option<Answer>, (FetchError, Option<Duration>)>;

impl Default for Client {
    fn default() -> Self {
        Self::new()
    }
}

impl Client {
    /// A client that has not sent anything yet.
    pub fn new() -> Self {
        let config = || {
            Agent::config_builder()
                .http_status_as_error(false)
                .timeout_connect(Some(Duration::from_secs(20)))
                .max_redirects(0)
                .user_agent(USER_AGENT)
                .build()
        };
        Self {
            own: config().into(),
            public: Agent::with_parts(config(), DefaultConnector::default(), PublicOnly::default()),
            asked: BTreeMap::new(),
            limits: Limits::new(TIMEOUT),
        }
    }

    /// Resets all limits for the next digest.
    pub(super) fn begin(&mut self, timeout: Duration) {
        self.limits = Limits::new(timeout);
    }

    /// Counts bytes of the current digest that an earlier run fetched.
    pub(super) fn count(&mut self, bytes: usize) -> Result<(), FetchError> {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        self.limits.bytes = self
            .limits
            .bytes
            .checked_sub(bytes)
            .ok_or(FetchError::TooLarge(MAX_SUM))?;
        Ok(())
    }

    /// Requests a URL, at most once per `pace` for each host. Retries if the
    /// service is busy.
    ///
    /// # Errors
    /// Returns the last fault after giving up.
    pub fn get(&mut self, url: &str, pace: Duration) -> Result<Answer, FetchError> {
        let answer = self.get_if_new(url, pace, &Known::default())?;
        answer.ok_or_else(|| {
            FetchError::Answer("the service says that nothing has changed".to_owned())
        })
    }

    /// The same, but returns `None` if the response has not changed.
    pub(super) fn get_if_new(
        &mut self,
        url: &str,
        pace: Duration,
        known: &Known,
    ) -> Result<Option<Answer>, FetchError> {
        let parsed = Url::parse(url)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https"));
        let Some(url) = parsed else {
            return Err(FetchError::Address(url.to_owned()));
        };
        let mut spent = Duration::ZERO;
        for attempt in 1..=ATTEMPTS {
            self.wait(url.host_str().unwrap_or_default(), pace)?;
            let left = self.limits.timeout.saturating_sub(spent);
            let start = Instant::now();
            let (fault, asked) = match self.once(&url, known, left) {
                Ok(answer) => {
                    self.count(answer.as_ref().map_or(0, |answer| answer.bytes.len()))?;
                    return Ok(answer);
                }
                Err(refusal) => refusal,
            };
            spent += start.elapsed();
            if spent >= self.limits.timeout {
                return Err(FetchError::Slow(self.limits.timeout));
            }
            let may_help = match fault {
                FetchError::Transport(_) => true,
                FetchError::Status(status) => {
                    matches!(status, 408 | 425 | 429 | 500 | 502 | 503 | 504)
                }
                _ => false,
            };
            if !may_help || attempt == ATTEMPTS {
                return Err(fault);
            }
            // Double the pause each time, unless the service says how long.
            let pause = asked.unwrap_or(pace * 2u32.pow(attempt));
            if pause > MAX_WAIT || pause > self.limits.left() {
                return Err(FetchError::Busy(pause));
            }
            sleep(pause);
        }
        Err(FetchError::Slow(self.limits.timeout))
    }

    /// Waits until a host may be asked again.
    fn wait(&mut self, host: &str, pace: Duration) -> Result<(), FetchError> {
        if let Some(last) = self.asked.get(host) {
            sleep(pace.saturating_sub(last.elapsed()));
        }
        self.asked.insert(host.to_owned(), Instant::now());
        if self.limits.left().is_zero() {
            return Err(FetchError::Slow(MAX_TIME));
        }
        Ok(())
    }

    /// Sends one request and follows redirects.
    fn once(&self, url: &Url, known: &Known, left: Duration) -> Outcome {
        let until = Instant::now() + left.min(self.limits.left());
        let mut at = url.clone();
        for _ in 0..=MAX_REDIRECTS {
            let agent = if is_same_site(url, &at) {
                &self.own
            } else {
                &self.public
            };
            let left = until.saturating_duration_since(Instant::now());
            let mut request = agent.get(at.as_str());
            if let Some(etag) = &known.etag {
                request = request.header("if-none-match", etag);
            }
            if let Some(modified) = &known.modified {
                request = request.header("if-modified-since", modified);
            }
            let response = request
                .config()
                .timeout_global(Some(left))
                .build()
                .call()
                .map_err(|error| (self.fault(&error, "the service cannot be reached"), None))?;
            let status = response.status().as_u16();
            if matches!(status, 301 | 302 | 303 | 307 | 308)
                && let Some(location) = response.headers().get("location")
            {
                let location = String::from_utf8_lossy(location.as_bytes());
                at = follow(url, &at, &location).map_err(|fault| (fault, None))?;
                continue;
            }
            return self.answer(response);
        }
        Err((FetchError::Redirect("too many times".to_owned()), None))
    }

    fn answer(&self, mut response: ureq::http::Response<ureq::Body>) -> Outcome {
        let status = response.status().as_u16();
        if status == 304 {
            return Ok(None);
        }
        let headers = response.headers().clone();
        if !(200..300).contains(&status) {
            return Err((FetchError::Status(status), retry_after(&headers)));
        }
        let (most, sum) = match self.limits.bytes < MAX_BODY {
            true => (self.limits.bytes, MAX_SUM),
            false => (MAX_BODY, MAX_BODY),
        };
        let body = response.body_mut().with_config().limit(most).read_to_vec();
        let bytes = body.map_err(|error| match error {
            ureq::Error::BodyExceedsLimit(_) => (FetchError::TooLarge(sum), None),
            error => (self.fault(&error, "the response broke off"), None),
        })?;
        // Some services refuse with status 200.
        if is_refusal(&bytes) {
            return Err((FetchError::Status(429), retry_after(&headers)));
        }
        let header = |name: &str| headers.get(name)?.to_str().ok().map(str::to_owned);
        Ok(Some(Answer {
            bytes,
            etag: header("etag"),
            modified: header("last-modified"),
        }))
    }

    fn fault(&self, error: &ureq::Error, what: &str) -> FetchError {
        match error {
            ureq::Error::Timeout(ureq::Timeout::Global) => FetchError::Slow(self.limits.timeout),
            _ => not_public(error)
                .unwrap_or_else(|| FetchError::Transport(format!("{what}: {error}"))),
        }
    }
}

impl Limits {
    fn new(timeout: Duration) -> Self {
        Self {
            timeout,
            until: Instant::now() + MAX_TIME,
            bytes: MAX_SUM,
        }
    }

    fn left(&self) -> Duration {
        self.until.saturating_duration_since(Instant::now())
    }
}

fn is_refusal(bytes: &[u8]) -> bool {
    bytes.len() < 200
        && bytes
            .trim_ascii_start()
            .to_ascii_lowercase()
            .starts_with(b"rate exceeded")
}

/// Parses `Retry-After`: a number of seconds, or a time.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get("retry-after")?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let until = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
    let until = u64::try_from(until.as_second()).unwrap_or(0);
    Some(Duration::from_secs(until.saturating_sub(now)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_retry_after_are_understood() {
        let wait = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("retry-after", text.parse().unwrap());
            retry_after(&headers)
        };
        assert_eq!(wait("3"), Some(Duration::from_secs(3)));
        assert_eq!(wait("Fri, 01 Jan 1999 00:00:00 GMT"), Some(Duration::ZERO));
        assert!(wait("Fri, 01 Jan 2100 00:00:00 GMT").unwrap() > MAX_WAIT);
        assert_eq!(wait("soon"), None);
        assert_eq!(wait("-1"), None);
    }
}
