//! Visits: checks whether a URL on the web leads anywhere, without downloading it.
//! Pages contain URLs from strangers, so private addresses are not requested unless
//! a person allows it.

use std::net::ToSocketAddrs;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use ureq::Agent;
use ureq::http::HeaderMap;
use ureq::unversioned::transport::DefaultConnector;
use url::{Host, Url};

use super::client::{USER_AGENT, retry_after};
use super::redirect::{MAX_REDIRECTS, PublicOnly, is_public_host, not_public};

/// The timeout for one URL.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The largest response about archived copies, in bytes.
const MOST_BYTES: u64 = 64 * 1024;

/// The outcome of a visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Visited {
    /// It exists.
    There,
    /// It exists, but has moved permanently.
    Moved {
        /// The new URL.
        to: String,
    },
    /// The host says that it does not exist.
    Gone {
        /// The status: 404 or 410.
        status: u16,
    },
    /// The host name does not resolve, or this machine is offline.
    NoHost,
    /// Could not be determined.
    Unclear {
        /// Why.
        reason: String,
    },
}

/// How long a host asks to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait(pub Duration);

/// Visits URLs.
#[derive(Debug)]
pub struct Visitor {
    agent: Agent,
    takes_private: bool,
}

/// The methods of requests without and with a response body.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Method {
    Head,
    Get,
}

impl Visitor {
    /// A visitor. `takes_private` allows addresses of this machine and its network.
    pub fn new(takes_private: bool) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(TIMEOUT))
            .max_redirects(0)
            .user_agent(USER_AGENT)
            .build();
        let agent = match takes_private {
            true => config.into(),
            false => Agent::with_parts(config, DefaultConnector::default(), PublicOnly::default()),
        };
        Self {
            agent,
            takes_private,
        }
    }

    /// Visits a URL with `HEAD`, or with `GET` if the host does not handle `HEAD`
    /// properly.
    ///
    /// # Errors
    /// Returns how long the host asks to wait.
    pub fn visit(&self, address: &str) -> Result<Visited, Wait> {
        if Self::is_unknown(address) {
            return Ok(Visited::NoHost);
        }
        match self.by(Method::Head, address)? {
            Visited::There => Ok(Visited::There),
            moved @ Visited::Moved { .. } => Ok(moved),
            Visited::NoHost => Ok(Visited::NoHost),
            // Many hosts refuse `HEAD` or do not know it.
            Visited::Gone { .. } | Visited::Unclear { .. } => self.by(Method::Get, address),
        }
    }

    fn by(&self, method: Method, address: &str) -> Result<Visited, Wait> {
        let unclear = |reason: String| Ok(Visited::Unclear { reason });
        let Ok(mut at) = Url::parse(address) else {
            return unclear("it is not an http or https URL".to_owned());
        };
        let mut is_for_good = true;
        let mut hops = 0;
        loop {
            if !self.takes_private && !is_public_host(&at) {
                return unclear(
                    "it can be reached only from this machine or its network".to_owned(),
                );
            }
            let request = match method {
                Method::Head => self.agent.head(at.as_str()).call(),
                Method::Get => self.agent.get(at.as_str()).call(),
            };
            let response = match request {
                Ok(response) => response,
                Err(error) => return Ok(failed(&error)),
            };
            let status = response.status().as_u16();
            let headers = response.headers();
            match status {
                200..=299 => {
                    let is_moved = hops > 0 && is_for_good;
                    return Ok(match is_moved {
                        true => Visited::Moved { to: at.into() },
                        false => Visited::There,
                    });
                }
                301 | 302 | 303 | 307 | 308 => {
                    is_for_good &= matches!(status, 301 | 308);
                    hops += 1;
                    match next(&at, headers) {
                        Some(to) if hops <= MAX_REDIRECTS => at = to,
                        Some(_) => return unclear("it redirects too many times".to_owned()),
                        None => {
                            return unclear(
                                "it redirects to something other than an http \
                            or https URL"
                                    .to_owned(),
                            );
                        }
                    }
                }
                404 | 410 => return Ok(Visited::Gone { status }),
                429 | 503 => {
                    return match retry_after(headers) {
                        Some(wait) => Err(Wait(wait)),
                        None => unclear(format!("its host answers with status {status}")),
                    };
                }
                _ => return unclear(format!("its host answers with status {status}")),
            }
        }
    }

    /// Whether a URL's host does not resolve, or this machine is offline.
    pub fn is_unknown(address: &str) -> bool {
        let url = Url::parse(address).ok();
        let name = url.as_ref().and_then(|url| match url.host()? {
            Host::Domain(name) => Some((name, url.port_or_known_default()?)),
            Host::Ipv4(_) | Host::Ipv6(_) => None,
        });
        name.is_some_and(|name| name.to_socket_addrs().is_err())
    }

    /// The archived copy of a URL and its date as `20250314…`, from a service that
    /// answers like `https://archive.org/wayback/available`.
    pub fn archived(&self, service: &str, address: &str) -> Option<(String, String)> {
        let url = Url::parse_with_params(service, [("url", address)]).ok()?;
        let mut response = self.agent.get(url.as_str()).call().ok()?;
        let body = response.body_mut().with_config().limit(MOST_BYTES);
        let answer: serde_json::Value = serde_json::from_slice(&body.read_to_vec().ok()?).ok()?;
        let closest = answer.get("archived_snapshots")?.get("closest")?;
        let text = |key: &str| closest.get(key)?.as_str().map(str::to_owned);
        let is_there = closest.get("available")?.as_bool()?;
        let url = text("url").filter(|url| url.starts_with("http"))?;
        is_there.then_some((url, text("timestamp")?))
    }
}

/// Where a response redirects to.
fn next(at: &Url, headers: &HeaderMap) -> Option<Url> {
    let location = headers.get("location")?;
    let location = String::from_utf8_lossy(location.as_bytes());
    let next = at.join(&location).ok()?;
    let is_web = matches!(next.scheme(), "http" | "https");
    (is_web && next.username().is_empty() && next.password().is_none()).then_some(next)
}

fn failed(error: &ureq::Error) -> Visited {
    let reason = match error {
        ureq::Error::HostNotFound => return Visited::NoHost,
        ureq::Error::Timeout(_) => "it takes too long to answer".to_owned(),
        error => match not_public(error) {
            Some(_) => "it can be reached only from this machine or its network".to_owned(),
            None => format!("it cannot be reached: {error}"),
        },
    };
    Visited::Unclear { reason }
}
