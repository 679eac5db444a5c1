//! Facts: what a source or a person says about a paper. Pages and digest records
//! share this one type.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::rare::{Rare, Usual};
use super::{Date, Day, DigestId, Links, PaperId, People, PublicationKind, SmallMap, TopicId};

/// Everything that a page's front matter and abstract, or a digest record, can say
/// about a paper. Empty fields are unknown. Each field has a row in
/// [`schema::FIELDS`](super::schema::FIELDS), which drives reading, writing,
/// merging, importing and exporting.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Facts {
    /// The title as the source gives it, on one line.
    pub title: String,
    /// All known identifiers. On a paper they are sorted and unique.
    pub ids: Vec<PaperId>,
    /// The authors, in the paper's order.
    pub authors: People,
    /// The editors of the volume, or of the book itself.
    pub editors: People,
    /// When a digest first listed the paper. In a record: when its source listed
    /// it, if that differs from the digest's date.
    pub date: Option<Date>,
    /// When the paper was first published.
    pub published: Option<Day>,
    /// When the latest version appeared.
    pub updated: Option<Date>,
    /// The year of publication, if a source states it separately.
    pub year: Option<i16>,
    /// When somebody last visited the paper's address.
    pub accessed: Option<Day>,
    /// The digests that list the paper, sorted.
    pub digests: Vec<DigestId>,
    /// Where it was published, for example "ICML 2024".
    pub venue: Option<String>,
    /// Keywords from the authors or the curator.
    pub keywords: Vec<String>,
    /// Registry categories, for example `cs.LG`.
    pub categories: Vec<String>,
    /// Funders and grant numbers.
    pub funding: Vec<String>,
    /// An award, for example "Best Paper".
    pub award: Option<String>,
    /// How it was accepted, for example "Oral".
    pub status: Option<String>,
    /// The authors' comment in the registry.
    pub comment: Option<String>,
    /// The paper's licence, as a name or a URL.
    pub license: Option<String>,
    /// The language of title and abstract, as a BCP 47 tag.
    pub language: Option<String>,
    /// A summary from a person or a source. Overrides the key sentence.
    pub summary: Option<String>,
    /// A short name set by a person. Overrides the one taken from the title.
    pub short: Option<String>,
    /// A picture: a URL, or the path of a file next to the paper's page.
    pub image: Option<String>,
    /// The alternative text of the picture.
    pub image_alt: Option<String>,
    /// The paper's key in the source's bibliography.
    pub citation_key: Option<String>,
    /// Topics set by a person. They override the rules.
    pub topics: Option<Vec<TopicId>>,
    /// Whether the paper was withdrawn; its page then says so.
    pub withdrawn: bool,
    /// Whether the page is left out unless drafts are requested.
    pub draft: bool,
    /// The journal, book or proceedings volume it is part of.
    pub publication: Rare<Publication>,
    /// Links to the paper and its code, data and so on.
    pub links: Links,
    /// Numbers reported by a source.
    pub metrics: Metrics,
    /// The site's own fields.
    #[serde(with = "as_text")]
    pub extra: Extra,
    /// The abstract as the source gives it: plain text, TeX and damage included,
    /// with blank lines between paragraphs.
    pub abstract_text: String,
}

/// The journal, book or proceedings volume a paper is part of.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Publication {
    /// The kind of publication, if a source says so.
    pub kind: Option<PublicationKind>,
    /// The volume number.
    pub volume: Option<String>,
    /// The issue number.
    pub number: Option<String>,
    /// The page range, for example "1945–1953".
    pub pages: Option<String>,
    /// The publisher.
    pub publisher: Option<String>,
    /// The series the volume belongs to.
    pub series: Option<String>,
    /// The edition of a book, for example "2" or "Second".
    pub edition: Option<String>,
    /// The book's ISBN.
    pub isbn: Option<String>,
}

impl Usual for Publication {
    fn usual() -> &'static Self {
        static NONE: LazyLock<Publication> = LazyLock::new(Publication::default);
        &NONE
    }
}

/// Numbers reported by a source, keyed as under `metrics.` in front matter:
/// `upvotes`, `stars`, `citations`, `comments`.
pub type Metrics = SmallMap<String, u64>;

/// The site's own fields, keyed as under `extra.` in front matter.
pub type Extra = serde_json::Map<String, serde_json::Value>;

/// Serialises free-form values as JSON text, because the cache format is not
/// self-describing.
mod as_text {
    use serde::de::Error as _;
    use serde::ser::Error as _;
    use serde::{Deserialize, Deserializer, Serializer};

    use super::Extra;

    pub(super) fn serialize<S: Serializer>(extra: &Extra, to: S) -> Result<S::Ok, S::Error> {
        if extra.is_empty() {
            return to.serialize_str("");
        }
        to.serialize_str(&serde_json::to_string(extra).map_err(S::Error::custom)?)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Extra, D::Error> {
        let text = String::deserialize(from)?;
        if text.is_empty() {
            return Ok(Extra::new());
        }
        serde_json::from_str(&text).map_err(D::Error::custom)
    }
}
