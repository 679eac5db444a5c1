//! Contexts of what papers are listed by besides topics and digests: authors and
//! venues.

use schemars::JsonSchema;
use serde::Serialize;
use tera::Value;

use super::markup::Svg;

/// An author where they are only named: an entry of `authors`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AuthorBrief {
    /// The name.
    pub name: String,
    /// The path of the page.
    pub path: String,
    /// How many papers there are.
    pub count: usize,
    /// The address of the ORCID record; without it papers were matched by name.
    pub orcid: Option<String>,
}

/// A venue where it is only named: an entry of `venues`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct VenueBrief {
    /// The name, without a year.
    pub name: String,
    /// The path of the page.
    pub path: String,
    /// How many papers there are.
    pub count: usize,
    /// Its years, newest first.
    pub years: Vec<YearBrief>,
}

/// A year of a venue.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct YearBrief {
    /// The year.
    pub year: i16,
    /// The path of its page.
    pub path: String,
    /// How many papers there are.
    pub count: usize,
}

/// The papers of an author or a venue by year: `author.timeline`, `venue.timeline`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct TimelineView {
    /// A bar for each year, as SVG.
    #[schemars(with = "Svg")]
    pub svg: Value,
    /// The first year.
    pub first: i16,
    /// The last year.
    pub last: i16,
}
