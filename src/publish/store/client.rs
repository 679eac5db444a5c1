//! A client for S3-compatible stores. Requests are signed by the `rusty-s3` crate
//! and sent with our own HTTP client. A signed URL is as good as the key, so it is
//! never shown.

use std::io::Read;
use std::thread::sleep;
use std::time::Duration;

use rusty_s3::actions::ListObjectsV2;
use rusty_s3::{Bucket, Credentials, S3Action, UrlStyle};
use ureq::Agent;
use ureq::http::{Method, Request, Response};
use url::Url;

use crate::diagnostics::Diagnostic;
use crate::fetch::USER_AGENT;

/// How long a signed request is valid.
const HOLDS: Duration = Duration::from_secs(15 * 60);

/// The timeout for sending this many bytes: two minutes, plus a second for each 50
/// kB to allow for slow connections.
fn timeout(bytes: usize) -> Duration {
    Duration::from_secs(120 + bytes as u64 / 50_000)
}

/// How often a request is tried if the failure is the server's.
const ATTEMPTS: u32 = 5;

/// The largest response, in bytes.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// The environment variables that hold the key.
const VARIABLES: [&str; 2] = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];

/// A client for one bucket.
pub(super) struct Client {
    agent: Agent,
    bucket: Bucket,
    credentials: Credentials,
    host: String,
}

/// An object.
#[derive(Debug)]
pub(super) struct Object {
    pub(super) bytes: Vec<u8>,
    /// The ETag of this content.
    pub(super) etag: Option<String>,
}

/// A precondition for putting an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Only<'a> {
    /// None.
    Always,
    /// No object has this name yet.
    IfAbsent,
    /// The existing object has this ETag.
    If(&'a str),
}

/// Why a request failed.
#[derive(Debug)]
pub(super) enum Refusal {
    /// The precondition does not hold.
    Otherwise,
    /// Anything else, as a message for the user.
    Fault(Box<Diagnostic>),
}

impl Client {
    /// A client for a bucket, with the key from the environment.
    pub(super) fn new(
        bucket: &str,
        region: &str,
        endpoint: Option<&Url>,
    ) -> Result<Self, Box<Diagnostic>> {
        let credentials = credentials()?;
        let fault = |reason: &dyn std::fmt::Display| {
            let message = format!("the store's URL cannot be built: {reason}");
            Box::new(Diagnostic::error("store", message).help("check `endpoint` and `region`"))
        };
        let (endpoint, style) = match endpoint {
            // Most stores other than Amazon's use one host for all buckets.
            Some(endpoint) => (endpoint.clone(), UrlStyle::Path),
            None => {
                let url = Url::parse(&format!("https://s3.{region}.amazonaws.com"));
                (url.map_err(|error| fault(&error))?, UrlStyle::VirtualHost)
            }
        };
        let host = match endpoint.port() {
            Some(port) => format!("{}:{port}", endpoint.host_str().unwrap_or_default()),
            None => endpoint.host_str().unwrap_or_default().to_owned(),
        };
        let bucket = Bucket::new(endpoint, style, bucket.to_owned(), region.to_owned())
            .map_err(|error| fault(&error))?;
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .user_agent(USER_AGENT)
            .build();
        Ok(Self {
            agent: config.into(),
            bucket,
            credentials,
            host,
        })
    }

    /// The bucket's location, for messages.
    pub(super) fn place(&self) -> String {
        format!("bucket {} of {}", self.bucket.name(), self.host)
    }

    /// Gets an object; `None` if there is none.
    pub(super) fn get(&self, key: &str) -> Result<Option<Object>, Refusal> {
        let sign = || {
            self.bucket
                .get_object(Some(&self.credentials), key)
                .sign(HOLDS)
        };
        let response = self.ask(&Method::GET, &sign, &[], &[])?;
        if response.status() == 404 {
            return self.no_object(response);
        }
        let etag = etag(&response);
        let bytes = body(response).map_err(|error| self.fault(&error))?;
        Ok(Some(Object { bytes, etag }))
    }

    /// Puts an object and returns its ETag.
    pub(super) fn put(
        &self,
        key: &str,
        bytes: &[u8],
        headers: &[(&str, &str)],
        only: Only<'_>,
    ) -> Result<Option<String>, Refusal> {
        let sign = || {
            self.bucket
                .put_object(Some(&self.credentials), key)
                .sign(HOLDS)
        };
        let mut headers = headers.to_vec();
        match only {
            Only::Always => {}
            Only::IfAbsent => headers.push(("if-none-match", "*")),
            Only::If(mark) => headers.push(("if-match", mark)),
        }
        let response = self.ask(&Method::PUT, &sign, &headers, bytes)?;
        match response.status().as_u16() {
            // The store does not support preconditions; retry without.
            501 if only != Only::Always => {
                let plain = &headers[..headers.len() - 1];
                let response = self.ask(&Method::PUT, &sign, plain, bytes)?;
                Ok(etag(&response))
            }
            404 | 501 => Err(self.refusal(response)),
            _ => Ok(etag(&response)),
        }
    }

    /// Deletes an object, whether or not it exists.
    pub(super) fn remove(&self, key: &str) -> Result<(), Refusal> {
        let sign = || {
            self.bucket
                .delete_object(Some(&self.credentials), key)
                .sign(HOLDS)
        };
        self.ask(&Method::DELETE, &sign, &[], &[]).map(|_| ())
    }

    /// The names of all objects with a prefix.
    pub(super) fn list(&self, prefix: &str) -> Result<Vec<String>, Refusal> {
        let mut keys = Vec::new();
        let mut token: Option<String> = None;
        loop {
            let sign = || {
                let mut list = self.bucket.list_objects_v2(Some(&self.credentials));
                list.with_prefix(prefix);
                if let Some(token) = &token {
                    list.with_continuation_token(token.as_str());
                }
                list.sign(HOLDS)
            };
            let response = self.ask(&Method::GET, &sign, &[], &[])?;
            if response.status() == 404 {
                return Err(self.refusal(response));
            }
            let bytes = body(response).map_err(|error| self.fault(&error))?;
            let parsed =
                ListObjectsV2::parse_response(&String::from_utf8_lossy(&bytes)).map_err(|_| {
                    let message = format!("{} did not answer with a list of objects", self.host);
                    let said = Diagnostic::error("store", message);
                    Refusal::Fault(Box::new(said.help("check the target's `endpoint`")))
                })?;
            keys.extend(parsed.contents.into_iter().map(|object| object.key));
            match parsed.next_continuation_token {
                Some(next) if Some(&next) != token.as_ref() => token = Some(next),
                _ => return Ok(keys),
            }
        }
    }

    /// Sends a request and retries if the store has problems. Returns responses
    /// with a success status, 404 or 501.
    fn ask(
        &self,
        method: &Method,
        sign: &dyn Fn() -> Url,
        headers: &[(&str, &str)],
        bytes: &[u8],
    ) -> Result<Response<ureq::Body>, Refusal> {
        let mut attempt = 0;
        loop {
            attempt += 1;
            let mut request = Request::builder()
                .method(method.clone())
                .uri(sign().as_str());
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let request = request
                .body(bytes.to_vec())
                .map_err(|_| self.fault(&"a request to it cannot be built"))?;
            let request = self
                .agent
                .configure_request(request)
                .timeout_global(Some(timeout(bytes.len())))
                .build();
            let answer = match *method {
                Method::PUT => self.agent.run(request),
                _ => self.agent.run(request.map(|_| ())),
            };
            let is_last = attempt == ATTEMPTS;
            match answer {
                Ok(answer) => match answer.status().as_u16() {
                    200..=299 | 404 | 501 => return Ok(answer),
                    412 => return Err(Refusal::Otherwise),
                    // 409: another request for the same name is in progress.
                    409 | 429 | 500 | 502 | 503 | 504 if !is_last => {}
                    _ => return Err(self.refusal(answer)),
                },
                Err(error) if is_last => return Err(self.fault(&reason(&error))),
                Err(_) => {}
            }
            sleep(Duration::from_millis(250 << attempt));
        }
    }

    /// Distinguishes a missing object from a missing bucket.
    fn no_object(&self, response: Response<ureq::Body>) -> Result<Option<Object>, Refusal> {
        let text = body(response).unwrap_or_default();
        match code(&text).as_deref() {
            Some("NoSuchBucket") => Err(self.told("NoSuchBucket", 404)),
            _ => Ok(None),
        }
    }

    fn refusal(&self, response: Response<ureq::Body>) -> Refusal {
        let status = response.status().as_u16();
        let text = body(response).unwrap_or_default();
        self.told(&code(&text).unwrap_or_default(), status)
    }

    /// The error for a store's error code.
    fn told(&self, code: &str, status: u16) -> Refusal {
        let what = match code {
            "" => format!("status {status}"),
            code => code.to_owned(),
        };
        let (message, help) = match status {
            401 | 403 => (
                format!("{} rejects the key ({what})", self.host),
                format!(
                    "check {} and {}, and the key's permissions",
                    VARIABLES[0], VARIABLES[1]
                ),
            ),
            404 if code == "NoSuchBucket" => (
                format!(
                    "{} has no bucket `{}` ({what})",
                    self.host,
                    self.bucket.name()
                ),
                "create the bucket, or correct its name in the target".to_owned(),
            ),
            301 | 307 | 400 => (
                format!("{} rejects the request ({what})", self.host),
                "check the target's `region` and `endpoint`".to_owned(),
            ),
            _ => (
                format!("{} failed ({what})", self.host),
                "publish again; it continues from here".to_owned(),
            ),
        };
        Refusal::Fault(Box::new(Diagnostic::error("store", message).help(help)))
    }

    fn fault(&self, reason: &dyn std::fmt::Display) -> Refusal {
        let message = format!("{} does not answer: {reason}", self.host);
        Refusal::Fault(Box::new(
            Diagnostic::error("store", message).help("publish again; it continues from here"),
        ))
    }
}

/// The key from the environment.
fn credentials() -> Result<Credentials, Box<Diagnostic>> {
    let value = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let (Some(key), Some(secret)) = (value(VARIABLES[0]), value(VARIABLES[1])) else {
        let missing: Vec<&str> = VARIABLES
            .into_iter()
            .filter(|name| value(name).is_none())
            .collect();
        let message = format!(
            "no key for the store: {} not set",
            match missing.as_slice() {
                [one] => format!("{one} is"),
                all => format!("{} are", all.join(" and ")),
            }
        );
        return Err(Box::new(Diagnostic::error("no-key", message).help(
            "set both in the environment; never put a key into offprint.toml",
        )));
    };
    Ok(match value("AWS_SESSION_TOKEN") {
        Some(token) => Credentials::new_with_token(key, secret, token),
        None => Credentials::new(key, secret),
    })
}

/// Why there was no response. The client's own message may contain the signed URL.
fn reason(error: &ureq::Error) -> String {
    match error {
        ureq::Error::Timeout(_) => "it takes too long".to_owned(),
        ureq::Error::HostNotFound => "the host name cannot be resolved".to_owned(),
        ureq::Error::Io(error) => error.kind().to_string(),
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => "its certificate is not valid".to_owned(),
        ureq::Error::ConnectionFailed => "the connection failed".to_owned(),
        _ => "the connection broke".to_owned(),
    }
}

fn etag(response: &Response<ureq::Body>) -> Option<String> {
    let value = response.headers().get("etag")?;
    value.to_str().ok().map(ToOwned::to_owned)
}

fn body(response: Response<ureq::Body>) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    response
        .into_body()
        .into_reader()
        .take(MOST_BYTES)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The error code in a response, if it is a plain word.
fn code(text: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(text).ok()?;
    let document = roxmltree::Document::parse(text).ok()?;
    let node = document
        .descendants()
        .find(|node| node.has_tag_name("Code"))?;
    let code = node.text()?.trim();
    let is_word = code.len() <= 60 && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_word.then(|| code.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_a_word_and_nothing_else() {
        let text = "<?xml version=\"1.0\"?><Error><Code>InvalidAccessKeyId</Code><AWSAccessKeyId>AKIA</AWSAccessKeyId></Error>";
        assert_eq!(code(text.as_bytes()).as_deref(), Some("InvalidAccessKeyId"));
        assert_eq!(code(b"<Error><Code>a b</Code></Error>"), None);
        assert_eq!(code(b"nothing"), None);
    }
}
