//! A field: the part of a paper that a query looks at. Those of text and of counts
//! are in the schema; the search box has all names from here, by a file that a test
//! keeps current.

use std::fmt::Write;

use crate::model::LinkKind;
use crate::model::schema::{self, FIELDS, Slot};

/// A part of a paper in which terms are looked for: a field of the schema that
/// queries have a name for. Topics are found by id or name and are not in rules,
/// since topics come from them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Field(u8);

/// How many fields of text there are.
const FIELD_COUNT: usize = {
    let (mut at, mut count) = (0, 0);
    while at < FIELDS.len() {
        if FIELDS[at].search.is_some() {
            count += 1;
        }
        at += 1;
    }
    count
};

/// The places of the fields of text in the schema.
const PLACES: [usize; FIELD_COUNT] = {
    let mut places = [0; FIELD_COUNT];
    let (mut at, mut count) = (0, 0);
    while at < FIELDS.len() {
        if FIELDS[at].search.is_some() {
            places[count] = at;
            count += 1;
        }
        at += 1;
    }
    places
};

impl Field {
    /// The title.
    pub const TITLE: Self = Self::called("title");
    /// The abstract.
    pub const ABSTRACT: Self = Self::called("abstract");
    /// The names of the authors.
    pub const AUTHOR: Self = Self::called("author");
    /// The topics, by id or name.
    pub const TOPIC: Self = Self::called("topic");
    /// The keywords that a source or a curator gave.
    pub const KEYWORD: Self = Self::called("keyword");

    /// Those that search looks into before any query asks for them by name; the
    /// words of others are in columns of their own.
    const PLACED: [Self; 5] = [
        Self::TITLE,
        Self::ABSTRACT,
        Self::AUTHOR,
        Self::TOPIC,
        Self::KEYWORD,
    ];

    /// All fields of text, in the order of the schema.
    pub const ALL: [Self; FIELD_COUNT] = {
        let mut all = [Self(0); FIELD_COUNT];
        let mut at: u8 = 0;
        while (at as usize) < FIELD_COUNT {
            all[at as usize] = Self(at);
            at += 1;
        }
        all
    };

    const fn called(name: &str) -> Self {
        let mut at: u8 = 0;
        while (at as usize) < FIELD_COUNT {
            if let Some(search) = FIELDS[PLACES[at as usize]].search
                && is_same(search.as_bytes(), name.as_bytes())
            {
                return Self(at);
            }
            at += 1;
        }
        panic!("the schema has no such field")
    }

    /// Its place among all of them.
    pub fn place(self) -> usize {
        usize::from(self.0)
    }

    /// Its row of the schema.
    pub fn row(self) -> &'static schema::Field {
        &FIELDS[PLACES[self.place()]]
    }

    /// The name before the colon.
    pub fn name(self) -> &'static str {
        self.row().search.unwrap_or_default()
    }

    /// The fields whose words are in columns of their own in the browser's index.
    pub fn in_columns() -> impl Iterator<Item = Self> {
        let all = Self::ALL.into_iter();
        all.filter(|field| !Self::PLACED.contains(field))
    }
}

const fn is_same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// What sources count, as front matter names it behind `metrics.`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Metric(&'static str);

impl Metric {
    /// Papers that cite it: the one that examples use.
    pub(super) const CITATIONS: Self = Self("citations");

    /// All metrics that can be compared: those of the schema.
    pub fn all() -> impl Iterator<Item = Self> + Clone {
        FIELDS.iter().filter_map(|field| match field.slot {
            Slot::Count(name) => Some(Self(name)),
            _ => None,
        })
    }

    /// The name before the colon, which is the key behind `metrics.`.
    pub fn name(self) -> &'static str {
        self.0
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
        texts.chain(values).chain(Metric::all().map(Self::Count))
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
        "TEXT_COLUMNS",
        "Those of them whose words are in columns, and not in the terms of the index.",
        Field::in_columns().map(Field::name).collect(),
    );
    list(
        "FIELD_NAMES",
        "All names before a colon.",
        Name::all().map(Name::text).collect(),
    );
    list(
        "METRICS",
        "What is counted.",
        Metric::all().map(Metric::name).collect(),
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
