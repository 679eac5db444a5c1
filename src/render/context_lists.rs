//! Contexts of what papers are listed by besides topics and digests: authors and
//! venues.

use schemars::JsonSchema;
use serde::Serialize;

use super::context::TopicBrief;

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

/// `author` in `author.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AuthorView {
    /// What a list shows too.
    #[serde(flatten)]
    pub brief: AuthorBrief,
    /// Others of this name who have a page.
    pub namesakes: Vec<AuthorBrief>,
    /// Who else wrote the papers and has a page; `count` says how many of them. On
    /// the first page of several alone.
    pub coauthors: Vec<AuthorBrief>,
    /// What the papers are about; `count` says how many of them. On the first page
    /// of several alone.
    pub topics: Vec<TopicBrief>,
    /// The day on which the newest of the papers was listed.
    pub newest: Option<String>,
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

/// `venue` in `venue.html`: a venue, or one of its years.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct VenueView {
    /// What a list shows too; `count` is that of the page.
    #[serde(flatten)]
    pub brief: VenueBrief,
    /// The path of the page of all years.
    pub all: String,
    /// The year of the page, where it is of one.
    pub year: Option<i16>,
    /// What the papers are about; `count` says how many of them. On the first page
    /// of several alone.
    pub topics: Vec<TopicBrief>,
    /// The day on which the newest of the papers was listed.
    pub newest: Option<String>,
}
