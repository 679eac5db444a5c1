//! A paper: what its page's front matter and body say, and nothing that the
//! program concluded from them.

use std::collections::BTreeMap;

use super::{Date, Day, DigestId, Kind, Links, PaperId, People, Slug, TopicId};

/// One paper of the library.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// The page's name: the stem of its file.
    pub slug: Slug,
    /// The title as the source has it, on one line.
    pub title: String,
    /// All identifiers that are known, sorted, without repeats.
    pub ids: Vec<PaperId>,
    /// The authors in the paper's order.
    pub authors: People,
    /// The editors of the volume it stands in, or of the book it is.
    pub editors: People,
    /// When it was first listed in a digest.
    pub date: Option<Date>,
    /// When it was first published, as precisely as is known.
    pub published: Option<Day>,
    /// When its latest version appeared.
    pub updated: Option<Date>,
    /// The year of publication where no day is known.
    pub year: Option<i16>,
    /// The digests that list it, sorted.
    pub digests: Vec<DigestId>,
    /// Where it appeared, such as "ICML 2024".
    pub venue: Option<String>,
    /// The authors' or a curator's keywords.
    pub keywords: Vec<String>,
    /// A registry's categories, such as `cs.LG`.
    pub categories: Vec<String>,
    /// A prize.
    pub award: Option<String>,
    /// How it was accepted, such as "Oral".
    pub status: Option<String>,
    /// The authors' remark to the registry.
    pub comment: Option<String>,
    /// The licence of the paper, a name or an address.
    pub license: Option<String>,
    /// The language of title and abstract, as BCP 47 has it.
    pub language: Option<String>,
    /// The volume it stands in.
    pub publication: Publication,
    /// The key under which a source's bibliography held it.
    pub citation_key: Option<String>,
    /// Where it and what belongs to it can be had.
    pub links: Links,
    /// What a source counted.
    pub metrics: Metrics,
    /// Fields of people's own.
    pub extra: Extra,
    /// Topics that a person set; they win over the rules.
    pub topics: Option<Vec<TopicId>>,
    /// A summary that a person or a source gave; it wins over the key sentence.
    pub summary: Option<String>,
    /// A short name that a person gave; it wins over the title's.
    pub short: Option<String>,
    /// The paper was withdrawn; its page says so.
    pub withdrawn: bool,
    /// Left out of the site unless drafts are asked for.
    pub draft: bool,
    /// The abstract as the source has it: plain text with its TeX and damage.
    pub abstract_text: String,
    /// What a person wrote below the abstract, in Markdown.
    pub notes: String,
}

impl Paper {
    /// A paper of which only slug and title are known.
    pub fn new(slug: Slug, title: impl Into<String>) -> Self {
        Self {
            slug,
            title: title.into(),
            ids: Vec::new(),
            authors: People::default(),
            editors: People::default(),
            date: None,
            published: None,
            updated: None,
            year: None,
            digests: Vec::new(),
            venue: None,
            keywords: Vec::new(),
            categories: Vec::new(),
            award: None,
            status: None,
            comment: None,
            license: None,
            language: None,
            publication: Publication::default(),
            citation_key: None,
            links: Links::new(),
            metrics: Metrics::default(),
            extra: Extra::new(),
            topics: None,
            summary: None,
            short: None,
            withdrawn: false,
            draft: false,
            abstract_text: String::new(),
            notes: String::new(),
        }
    }

    /// The year of publication: as stated, else that of the day it was published
    /// on. The day it was *listed* says nothing about it.
    pub fn publication_year(&self) -> Option<i16> {
        self.year.or_else(|| self.published.map(|date| date.year()))
    }

    /// The identifier of a registry, where the paper has one there.
    pub fn id(&self, scheme: &str) -> Option<&PaperId> {
        self.ids.iter().find(|id| id.scheme() == scheme)
    }

    /// The path of the page within the site, such as `papers/galore/`.
    pub fn path(&self) -> String {
        format!("papers/{}/", self.slug)
    }
}

/// The volume a paper stands in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Publication {
    /// What sort of publication it is, where a source said so.
    pub kind: Option<Kind>,
    /// The volume's number.
    pub volume: Option<String>,
    /// The number.
    pub number: Option<String>,
    /// The pages, such as "1945–1953".
    pub pages: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// The series the volume belongs to.
    pub series: Option<String>,
}

impl Publication {
    /// The texts with the keys that front matter has, in their order. The kind,
    /// which is no text, is not among them.
    pub fn fields(&self) -> [(&'static str, &Option<String>); 5] {
        [
            ("volume", &self.volume),
            ("number", &self.number),
            ("pages", &self.pages),
            ("publisher", &self.publisher),
            ("series", &self.series),
        ]
    }

    /// The text of a key.
    pub fn field_mut(&mut self, key: &str) -> Option<&mut Option<String>> {
        Some(match key {
            "volume" => &mut self.volume,
            "number" => &mut self.number,
            "pages" => &mut self.pages,
            "publisher" => &mut self.publisher,
            "series" => &mut self.series,
            _ => return None,
        })
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.kind.is_none() && self.fields().iter().all(|(_, value)| value.is_none())
    }
}

/// What a source counted, by its name in front matter's `[metrics]`:
/// `upvotes`, `stars`, `citations`, `comments`.
pub type Metrics = BTreeMap<String, u64>;

/// Fields of people's own, by their names in front matter's `[extra]`.
pub type Extra = serde_json::Map<String, serde_json::Value>;
