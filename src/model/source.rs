//! A source: the kind of place a field's value came from. It decides who wins
//! where two places disagree, and stands in front matter's `[imported]`.

use std::fmt;

/// The name of a source as `[import] prefer` and `[imported]` spell it.
///
/// An open set: the settings may rank any name, and each reader names its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source(std::borrow::Cow<'static, str>);

impl Source {
    /// A person wrote it.
    pub const HAND: Self = Self(std::borrow::Cow::Borrowed("hand"));
    /// Pasted text of a web page.
    pub const TEXT: Self = Self(std::borrow::Cow::Borrowed("text"));
    /// JSON, one paper a line.
    pub const JSONL: Self = Self(std::borrow::Cow::Borrowed("jsonl"));

    /// A source by its name.
    pub fn named(name: impl Into<String>) -> Self {
        Self(std::borrow::Cow::Owned(name.into()))
    }

    /// A source whose name the program knows.
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
