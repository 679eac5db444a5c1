//! A code: the stable name of a kind of diagnostic, such as `unknown-key`.

use std::fmt;

use serde::Serialize;

/// The name of a kind of diagnostic. Those on which the program itself decides
/// something are constants here, so that a name cannot change on one side alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Code(&'static str);

impl Code {
    /// A link within the site leads to nothing; the subject is what it leads to.
    pub const DEAD_LINK: Self = Self("dead-link");
    /// A link leads to a part that its page does not have; the subject is that part.
    pub const DEAD_ANCHOR: Self = Self("dead-anchor");
    /// A picture of the site is not there; the subject is where it should be.
    pub const DEAD_PICTURE: Self = Self("dead-picture");
    /// Something names what does not exist; the subject is that name.
    pub const DANGLING: Self = Self("dangling");
    /// A service answered with a fault of its own instead of papers.
    pub const SERVICE_ERROR: Self = Self("service-error");

    /// The name.
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

impl From<&'static str> for Code {
    fn from(name: &'static str) -> Self {
        Self(name)
    }
}

impl PartialEq<&str> for Code {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}
