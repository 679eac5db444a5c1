//! Sources: the kind of place a field's value came from. Sources are ranked to
//! decide which value wins, and are recorded in `[imported]` in front matter.

use std::fmt;

/// The name of a source, as spelled in `[import] prefer` and `[imported]`.
///
/// This is an open set: each reader names its own source, and settings may rank any
/// name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source(std::borrow::Cow<'static, str>);

impl Source {
    /// Written by a person.
    pub const HAND: Self = Self(std::borrow::Cow::Borrowed("hand"));
    /// Text pasted from a web page.
    pub const TEXT: Self = Self(std::borrow::Cow::Borrowed("text"));
    /// JSON Lines, one paper per line.
    pub const JSONL: Self = Self(std::borrow::Cow::Borrowed("jsonl"));

    /// A source with this name.
    pub fn named(name: impl Into<String>) -> Self {
        Self(std::borrow::Cow::Owned(name.into()))
    }

    /// A source whose name is known at compile time.
    pub const fn fixed(name: &'static str) -> Self {
        Self(std::borrow::Cow::Borrowed(name))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
