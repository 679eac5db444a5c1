//! A client: asks a service politely, and only as often and as long as it may.

use std::collections::BTreeMap;
use std::fmt;
use std::thread::sleep;
use std::time::{Duration, Instant};

use ureq::Agent;
use ureq::http::HeaderMap;

/// How the program names itself to services.
const USER_AGENT: &str = concat!(
    "offprint/",
    env!("CARGO_PKG_VERSION"),
    " (static site generator for paper digests)"
);

/// The most bytes of one answer.
const MAX_BODY: u64 = 64 * 1024 * 1024;

/// How long one request may take in all.
const TIMEOUT: Duration = Duration::from_secs(90);

/// How often a request is made before it is given up.
const ATTEMPTS: u32 = 4;

/// How long a service may ask to be left alone; one that asks for more is asked
/// again at the next run.
const MAX_WAIT: Duration = Duration::from_secs(120);

/// Asks services over HTTP.
#[derive(Debug)]
pub struct Client {
    agent: Agent,
    /// When each host was asked last.
    asked: BTreeMap<String, Instant>,
}

/// What a service answered.
#[derive(Debug)]
pub struct Answer {
    /// The body.
    pub bytes: Vec<u8>,
    /// Its `ETag`, for the next time.
    pub etag: Option<String>,
    /// Its `Last-Modified`, for the next time.
    pub modified: Option<String>,
}

/// What the last answer said of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Known {
    pub(super) etag: Option<String>,
    pub(super) modified: Option<String>,
}

/// Why there is no answer.
#[derive(Debug)]
pub enum Fault {
    /// The address is none of the web.
    Address(String),
    /// The service could not be reached, or broke off.
    Transport(String),
    /// The service refused, with this status.
    Status(u16),
    /// The service asks to be left alone for so long.
    Busy(Duration),
    /// The answer is larger than is read.
    TooLarge,
    /// The answer is not what was asked for.
    Answer(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(address) => write!(f, "`{address}` is no address of the web"),
            Self::Transport(what) => write!(f, "{what}"),
            Self::Status(status) => write!(f, "the service answered with status {status}"),
            Self::Busy(wait) => write!(f, "the service asks to wait {} seconds", wait.as_secs()),
            Self::TooLarge => write!(f, "the answer is larger than {} MB", MAX_BODY / 1024 / 1024),
            Self::Answer(what) => write!(f, "{what}"),
        }
    }
}

impl Fault {
    /// What a person can do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Address(_) => "write it as https://…",
            Self::Transport(_) | Self::Busy(_) => "what was fetched before stays; try again later",
            Self::Status(401 | 403 | 404 | 410) => "look at the address in `[[source]]`",
            Self::Status(_) => "what was fetched before stays; try again later",
            Self::TooLarge => "ask for less",
            Self::Answer(_) => "look at the settings of this `[[source]]`",
        }
    }
}

impl Default for Client {
    fn default() -> Self {
        Self::new()
    }
}

impl Client {
    /// A client that has asked nobody yet.
    pub fn new() -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(TIMEOUT))
            .timeout_connect(Some(Duration::from_secs(20)))
            .max_redirects(5)
            .user_agent(USER_AGENT)
            .build();
        Self {
            agent: config.into(),
            asked: BTreeMap::new(),
        }
    }

    /// Asks for an address, at most once in `pace` for each host, and again after
    /// a while where the service is busy.
    ///
    /// # Errors
    /// Gives the last fault once it is given up.
    pub fn get(&mut self, url: &str, pace: Duration) -> Result<Answer, Fault> {
        let answer = self.get_if_new(url, pace, &Known::default())?;
        answer.ok_or_else(|| Fault::Answer("the service says that nothing changed".to_owned()))
    }

    /// The same, and nothing where the answer is still the one that is known.
    pub(super) fn get_if_new(
        &mut self,
        url: &str,
        pace: Duration,
        known: &Known,
    ) -> Result<Option<Answer>, Fault> {
        let parsed = url::Url::parse(url)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https"));
        let Some(host) = parsed.as_ref().and_then(|url| url.host_str()) else {
            return Err(Fault::Address(url.to_owned()));
        };
        let mut attempt = 0;
        loop {
            attempt += 1;
            self.wait(host, pace);
            let (fault, asked) = match self.once(url, known) {
                Ok(answer) => return Ok(answer),
                Err(refusal) => refusal,
            };
            let may_help = match fault {
                Fault::Transport(_) => true,
                Fault::Status(status) => matches!(status, 408 | 425 | 429 | 500 | 502 | 503 | 504),
                _ => false,
            };
            if !may_help || attempt == ATTEMPTS {
                return Err(fault);
            }
            // Twice as long each time, unless the service says how long.
            let pause = asked.unwrap_or(pace * 2u32.pow(attempt));
            if pause > MAX_WAIT {
                return Err(Fault::Busy(pause));
            }
            sleep(pause);
        }
    }

    fn wait(&mut self, host: &str, pace: Duration) {
        if let Some(last) = self.asked.get(host) {
            sleep(pace.saturating_sub(last.elapsed()));
        }
        self.asked.insert(host.to_owned(), Instant::now());
    }

    /// One request: an answer, nothing new, or a fault with how long the service
    /// asks to wait.
    fn once(&self, url: &str, known: &Known) -> Result<Option<Answer>, (Fault, Option<Duration>)> {
        let mut request = self.agent.get(url);
        if let Some(etag) = &known.etag {
            request = request.header("if-none-match", etag);
        }
        if let Some(modified) = &known.modified {
            request = request.header("if-modified-since", modified);
        }
        let mut response = request
            .call()
            .map_err(|error| (Fault::Transport(error.to_string()), None))?;
        let status = response.status().as_u16();
        if status == 304 {
            return Ok(None);
        }
        let headers = response.headers().clone();
        if !(200..300).contains(&status) {
            return Err((Fault::Status(status), retry_after(&headers)));
        }
        let body = response
            .body_mut()
            .with_config()
            .limit(MAX_BODY)
            .read_to_vec();
        let bytes = body.map_err(|error| match error {
            ureq::Error::BodyExceedsLimit(_) => (Fault::TooLarge, None),
            error => (
                Fault::Transport(format!("the answer broke off: {error}")),
                None,
            ),
        })?;
        // Some services refuse politely.
        if is_refusal(&bytes) {
            return Err((Fault::Status(429), retry_after(&headers)));
        }
        let header = |name: &str| headers.get(name)?.to_str().ok().map(str::to_owned);
        Ok(Some(Answer {
            bytes,
            etag: header("etag"),
            modified: header("last-modified"),
        }))
    }
}

fn is_refusal(bytes: &[u8]) -> bool {
    bytes.len() < 200
        && bytes
            .trim_ascii_start()
            .to_ascii_lowercase()
            .starts_with(b"rate exceeded")
}

/// How long a service asks to wait: so many seconds, or until a time.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get("retry-after")?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let until = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
    let left = until.as_second() - jiff::Timestamp::now().as_second();
    Some(Duration::from_secs(u64::try_from(left).unwrap_or(0)))
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
