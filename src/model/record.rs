//! A record: one paper as one source states it, before it is known whether the
//! library has that paper already.

use super::{Date, Day, Extra, Links, Metrics, PaperId, People, Publication, Source};

/// What a reader of digests found out about one paper. Empty means that the
/// source does not say.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Which kind of source speaks.
    pub source: Source,
    /// The line of the digest file on which the record begins, from 1.
    pub line: usize,
    /// The title, on one line.
    pub title: String,
    /// The abstract; paragraphs are parted by an empty line.
    pub abstract_text: String,
    /// All identifiers the source states.
    pub ids: Vec<PaperId>,
    /// The authors in order.
    pub authors: People,
    /// The editors of the volume it stands in, or of the book it is.
    pub editors: People,
    /// When this source listed it, where that differs from the digest's date.
    pub listed: Option<Date>,
    /// When it was first published, as precisely as the source says.
    pub published: Option<Day>,
    /// When its latest version appeared.
    pub updated: Option<Date>,
    /// The year of publication.
    pub year: Option<i16>,
    /// Where it appeared.
    pub venue: Option<String>,
    /// Keywords.
    pub keywords: Vec<String>,
    /// A registry's categories.
    pub categories: Vec<String>,
    /// A prize.
    pub award: Option<String>,
    /// How it was accepted.
    pub status: Option<String>,
    /// The authors' remark.
    pub comment: Option<String>,
    /// The licence.
    pub license: Option<String>,
    /// The language.
    pub language: Option<String>,
    /// A summary of a sentence or two that the source gives.
    pub summary: Option<String>,
    /// The volume.
    pub publication: Publication,
    /// The key under which the source's bibliography holds it.
    pub citation_key: Option<String>,
    /// Links by kind.
    pub links: Links,
    /// What the source counted.
    pub metrics: Metrics,
    /// Fields of people's own, as an export of this program has them.
    pub extra: Extra,
    /// Whether the source says that the paper was withdrawn.
    pub withdrawn: bool,
}

impl Record {
    /// A record of which only source, place and title are known.
    pub fn new(source: Source, line: usize, title: impl Into<String>) -> Self {
        Self {
            source,
            line,
            title: title.into(),
            abstract_text: String::new(),
            ids: Vec::new(),
            authors: People::default(),
            editors: People::default(),
            listed: None,
            published: None,
            updated: None,
            year: None,
            venue: None,
            keywords: Vec::new(),
            categories: Vec::new(),
            award: None,
            status: None,
            comment: None,
            license: None,
            language: None,
            summary: None,
            publication: Publication::default(),
            citation_key: None,
            links: Links::new(),
            metrics: Metrics::new(),
            extra: Extra::new(),
            withdrawn: false,
        }
    }
}
