//! Codes: stable names for kinds of diagnostics, such as `unknown-key`.

use std::fmt;

use serde::Serialize;

/// The name of a kind of diagnostic. The codes that the program bases decisions on
/// are constants here, so that both sides always agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Code(&'static str);

impl Code {
    /// A link within the site leads nowhere. Subject: its target.
    pub const DEAD_LINK: Self = Self("dead-link");
    /// A link leads to an anchor its page does not have. Subject: the anchor.
    pub const DEAD_ANCHOR: Self = Self("dead-anchor");
    /// An image of the site is missing. Subject: its expected path.
    pub const DEAD_PICTURE: Self = Self("dead-picture");
    /// Something refers to a page that does not exist. Subject: the name.
    pub const DANGLING: Self = Self("dangling");
    /// A service returned an error instead of papers.
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
