//! A fault of a person's text: what of it cannot be published as it was written.

use std::ops::Range;

/// What is wrong, and where in the cleaned text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// Its place, in bytes of the cleaned text.
    pub span: Range<usize>,
}

/// What can be wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// A link to something that the site does not have.
    DeadLink {
        /// The address as it was written.
        url: String,
        /// The path that was looked for.
        sought: String,
    },
    /// A picture that the site does not have.
    DeadPicture {
        /// The address as it was written.
        url: String,
        /// The path that was looked for.
        sought: String,
    },
    /// A link to a place that the page does not have.
    DeadAnchor {
        /// The place.
        anchor: String,
        /// One that it has and that is spelled much like it.
        near: Option<String>,
    },
    /// An address that cannot be published.
    NoAddress(String),
    /// A file beside the page whose address another file of the site has.
    Hidden(String),
    /// An element that is left out.
    Element(String),
    /// An attribute that is left out: of which element, and which.
    Attribute(String, String),
    /// Markup that is left out: a document type, an instruction.
    Markup,
    /// An element that is left out for where it is.
    Misplaced(String),
    /// An id that the page has twice, or that the theme keeps for itself.
    Id(String),
    /// A footnote that nothing refers to.
    UnusedFootnote(String),
    /// A reference to a footnote that has no text.
    NoFootnote(String),
    /// A footnote with a name that another one has.
    SecondFootnote(String),
    /// The text is longer than what is rendered; how much is, in bytes.
    TooLong(usize),
    /// How many faults there are beyond those that are listed.
    More(usize),
}

/// The faults of a text, with a bound.
#[derive(Debug, Default)]
pub(super) struct Faults {
    list: Vec<Fault>,
    more: usize,
}

/// How many faults of one text are listed.
const MOST: usize = 500;

impl Faults {
    pub(super) fn push(&mut self, kind: FaultKind, span: Range<usize>) {
        if self.list.len() < MOST {
            self.list.push(Fault { kind, span });
        } else {
            self.more += 1;
        }
    }

    pub(super) fn into_list(mut self) -> Vec<Fault> {
        if self.more > 0 {
            self.list.push(Fault {
                kind: FaultKind::More(self.more),
                span: 0..0,
            });
        }
        self.list
    }
}
