//! A query: a tree of terms and of what joins them.

use super::{CountRange, DateRange, Field, Has, Metric, YearRange};
use crate::model::PaperId;

/// What is asked of a paper. [`parse`](Self::parse) and
/// [`parse_rule`](Self::parse_rule) read one, `Display` writes one that reads
/// back as equal.
#[derive(Debug, Clone, PartialEq)]
pub enum Query {
    /// A term anywhere: in title, abstract or keywords, and in searches also among
    /// the authors and in the names of the topics.
    Term(Term),
    /// A query on one field only: `title:survey`, `title:(a OR b)`. It holds
    /// terms and what joins them, no other field.
    In(Field, Box<Query>),
    /// The paper has this identifier.
    Id(PaperId),
    /// The paper has such a part.
    Has(Has),
    /// The year of publication lies within a range.
    Year(YearRange),
    /// The day it was listed lies within a range.
    Date(DateRange),
    /// What a source counted lies within a range.
    Count(Metric, CountRange),
    /// The paper is none of these.
    Not(Box<Query>),
    /// All hold; in a rule, what they are worth is added up.
    And(Vec<Query>),
    /// At least one holds; in a rule, what those that hold are worth is added up.
    Or(Vec<Query>),
    /// In a rule only: what holds is worth this many times as much.
    Weight(Box<Query>, f64),
}

/// What is looked for in a text. Case, accents and endings do not matter
/// (`crate::text` tells how words are told apart); a term is kept as it was
/// typed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term {
    /// A word. One with a hyphen also stands for its parts side by side.
    Word(String),
    /// All words that begin so: `retriev*`.
    Prefix(String),
    /// Words in this order, side by side.
    Phrase(String),
}

impl Term {
    /// The text as typed, without quotation marks or star.
    pub fn text(&self) -> &str {
        match self {
            Self::Word(text) | Self::Prefix(text) | Self::Phrase(text) => text,
        }
    }
}
