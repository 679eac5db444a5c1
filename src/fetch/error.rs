//! Fetch errors: why a service gave no usable response, and what to do about it.

use std::fmt;
use std::time::Duration;

/// Why there is no usable response.
#[derive(Debug)]
#[non_exhaustive]
pub enum FetchError {
    /// The URL is not HTTP or HTTPS.
    Address(String),
    /// The service could not be reached, or the connection broke.
    Transport(String),
    /// The service took too long.
    Slow(Duration),
    /// The service refused with this status.
    Status(u16),
    /// The service asks to wait this long.
    Busy(Duration),
    /// The service redirects to a place we do not follow to.
    Redirect(String),
    /// The response, or all responses together, would exceed this many bytes.
    TooLarge(u64),
    /// The response is not what was asked for.
    Answer(String),
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(address) => write!(f, "`{address}` is not an http or https URL"),
            Self::Transport(what) => write!(f, "{what}"),
            Self::Slow(time) => {
                let seconds = time.as_secs_f64();
                write!(f, "the service took longer than {seconds} seconds")
            }
            Self::Status(status) => write!(f, "the service answered with status {status}"),
            Self::Busy(wait) => write!(f, "the service asks to wait {} seconds", wait.as_secs()),
            Self::Redirect(what) => write!(f, "the service redirects to another address, {what}"),
            Self::TooLarge(most) => {
                write!(f, "the response is larger than {} MB", most / 1024 / 1024)
            }
            Self::Answer(what) => write!(f, "{what}"),
        }
    }
}

impl std::error::Error for FetchError {}

impl FetchError {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Address(_) => "write it as https://…",
            Self::Transport(_) | Self::Busy(_) => {
                "what was fetched before is kept; try again \
                later"
            }
            Self::Slow(_) => {
                "what was fetched before is kept; try again later, or set a longer `timeout`"
            }
            Self::Status(401 | 403 | 404 | 410) => "check the URL in `[[source]]`",
            Self::Status(_) => "what was fetched before is kept; try again later",
            Self::Redirect(_) => "if the papers are there, use that URL instead",
            Self::TooLarge(_) => "request less",
            Self::Answer(_) => "check the settings of this `[[source]]`",
        }
    }
}
