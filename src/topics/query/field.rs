//! A field: the part of a paper that a query looks at.

use crate::model::LinkKind;

/// A part of a paper in which terms are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The title.
    Title,
    /// The abstract.
    Abstract,
    /// The names of the authors.
    Author,
    /// The ids of the paper's topics. Not in rules: topics come from them.
    Topic,
    /// Where it appeared.
    Venue,
    /// The keywords that a source or a curator gave.
    Keyword,
    /// A registry's categories, such as `cs.CL`.
    Category,
}

impl Field {
    /// All fields of text, in the order in which the documentation has them.
    pub const ALL: [Self; 7] = [
        Self::Title,
        Self::Abstract,
        Self::Author,
        Self::Topic,
        Self::Venue,
        Self::Keyword,
        Self::Category,
    ];

    /// The name that stands before the colon.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Abstract => "abstract",
            Self::Author => "author",
            Self::Topic => "topic",
            Self::Venue => "venue",
            Self::Keyword => "keyword",
            Self::Category => "category",
        }
    }

    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|field| field.name().eq_ignore_ascii_case(name))
    }
}

/// The names before a colon that do not look for terms.
pub(super) const OTHER_FIELDS: [&str; 4] = ["year", "date", "id", "has"];

/// What a paper can have: `has:code`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Has {
    /// A link of a kind.
    Link(LinkKind),
    /// An abstract.
    Abstract,
    /// A prize.
    Award,
}

impl Has {
    /// The name that stands after the colon.
    pub fn name(self) -> &'static str {
        match self {
            Self::Link(kind) => kind.key(),
            Self::Abstract => "abstract",
            Self::Award => "award",
        }
    }

    /// Everything that can be asked for.
    pub fn all() -> impl Iterator<Item = Self> {
        LinkKind::ALL
            .into_iter()
            .map(Self::Link)
            .chain([Self::Abstract, Self::Award])
    }

    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::all().find(|has| has.name().eq_ignore_ascii_case(name))
    }
}
