//! A field: the part of a paper that a query looks at. This is the one list of
//! them; the search box has its names from here, by a file that a test keeps
//! current.

use std::fmt::Write;

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
    /// The topics, by id or name. Not in rules: topics come from them.
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

    /// The name before the colon.
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
}

/// What sources count, as front matter's `[metrics]` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Metric {
    /// Votes of readers.
    Upvotes,
    /// Stars of the code's repository.
    Stars,
    /// Papers that cite it.
    Citations,
    /// Remarks of readers.
    Comments,
}

impl Metric {
    /// All metrics that can be compared.
    pub const ALL: [Self; 4] = [Self::Upvotes, Self::Stars, Self::Citations, Self::Comments];

    /// The name before the colon, which is the key in `[metrics]`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Upvotes => "upvotes",
            Self::Stars => "stars",
            Self::Citations => "citations",
            Self::Comments => "comments",
        }
    }
}

/// What a name before a colon asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    /// Terms in a text.
    Text(Field),
    /// A year or a range of years.
    Year,
    /// A day or a range of days.
    Date,
    /// An identifier.
    Id,
    /// A part that a paper can have.
    Has,
    /// A number or a range of numbers.
    Count(Metric),
}

impl Name {
    /// All names, in the order in which the documentation has them.
    pub(super) fn all() -> impl Iterator<Item = Self> + Clone {
        let values = [Self::Year, Self::Date, Self::Id, Self::Has];
        let texts = Field::ALL.into_iter().map(Self::Text);
        texts
            .chain(values)
            .chain(Metric::ALL.into_iter().map(Self::Count))
    }

    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Text(field) => field.name(),
            Self::Year => "year",
            Self::Date => "date",
            Self::Id => "id",
            Self::Has => "has",
            Self::Count(metric) => metric.name(),
        }
    }

    pub(super) fn from_text(text: &str) -> Option<Self> {
        Self::all().find(|name| name.text().eq_ignore_ascii_case(text))
    }
}

/// The registries whose identifiers are recognised with their name before them:
/// `doi:10.1145/…`. Others can be asked for by `id:`.
pub(super) const REGISTRIES: [&str; 7] = [
    "arxiv",
    "doi",
    "openreview",
    "acl",
    "pmid",
    "s2",
    "s2corpus",
];

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
    /// The name after the colon.
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

/// The names as a module for the grammar in the browser.
pub fn names_module() -> String {
    let mut module = String::from(
        "// The names of the query grammar. Written from `src/topics/query/field.rs`; a test\n\
         // keeps this file current, and writes it with INSTA_UPDATE=always.\n\n",
    );
    let mut list = |name: &str, meaning: &str, values: Vec<&str>| {
        let values = values.join("', '");
        let _ = writeln!(
            module,
            "/** {meaning} */\nexport const {name} = ['{values}'];"
        );
    };
    list(
        "TEXT_FIELDS",
        "Fields in which terms are looked for.",
        Field::ALL.map(Field::name).to_vec(),
    );
    list(
        "FIELD_NAMES",
        "All names before a colon.",
        Name::all().map(Name::text).collect(),
    );
    list(
        "METRICS",
        "What is counted.",
        Metric::ALL.map(Metric::name).to_vec(),
    );
    list(
        "PARTS",
        "What a paper can have.",
        Has::all().map(Has::name).collect(),
    );
    list(
        "REGISTRIES",
        "The registries whose identifiers are recognised by their name.",
        REGISTRIES.to_vec(),
    );
    module
}
