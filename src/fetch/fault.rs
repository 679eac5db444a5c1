//! A fault: why a service gave no answer that can be used, and what a person can
//! do about it.

use std::fmt;
use std::time::Duration;

/// Why there is no answer.
#[derive(Debug)]
pub enum Fault {
    /// The address is none of the web.
    Address(String),
    /// The service could not be reached, or broke off.
    Transport(String),
    /// The service took longer than it may.
    Slow(Duration),
    /// The service refused, with this status.
    Status(u16),
    /// The service asks to be left alone for so long.
    Busy(Duration),
    /// The service sends on to where nobody asked to go.
    Redirect(String),
    /// The answer, or all answers together, is larger than is read. So many bytes
    /// would have been.
    TooLarge(u64),
    /// The answer is not what was asked for.
    Answer(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(address) => write!(f, "`{address}` is no address of the web"),
            Self::Transport(what) => write!(f, "{what}"),
            Self::Slow(time) => {
                let seconds = time.as_secs_f64();
                write!(f, "the service took longer than {seconds} seconds")
            }
            Self::Status(status) => write!(f, "the service answered with status {status}"),
            Self::Busy(wait) => write!(f, "the service asks to wait {} seconds", wait.as_secs()),
            Self::Redirect(what) => write!(f, "the service sends on to another address, {what}"),
            Self::TooLarge(most) => {
                write!(f, "the answer is larger than {} MB", most / 1024 / 1024)
            }
            Self::Answer(what) => write!(f, "{what}"),
        }
    }
}

impl std::error::Error for Fault {}

impl Fault {
    /// What a person can do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Address(_) => "write it as https://…",
            Self::Transport(_) | Self::Busy(_) => "what was fetched before stays; try again later",
            Self::Slow(_) => {
                "what was fetched before stays; try again later, or allow more with `timeout`"
            }
            Self::Status(401 | 403 | 404 | 410) => "look at the address in `[[source]]`",
            Self::Status(_) => "what was fetched before stays; try again later",
            Self::Redirect(_) => "if that is where the papers are, write that address instead",
            Self::TooLarge(_) => "ask for less",
            Self::Answer(_) => "look at the settings of this `[[source]]`",
        }
    }
}
