//! Facts: what can be said of a paper, by a source or by a person. A page holds
//! them and so does a record of a digest, so that neither has a list of its own.

use serde::{Deserialize, Serialize};

use super::{Date, Day, DigestId, Kind, Links, PaperId, People, SmallMap, TopicId};

/// All that the front matter and the abstract of a page can say, and a record of a
/// digest. What is empty nobody said. Each field has its row in
/// [`schema::FIELDS`](super::schema::FIELDS), from which it is read, written,
/// merged, imported and exported.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Facts {
    /// The title as the source has it, on one line.
    pub title: String,
    /// All identifiers that are known. Those of a paper are sorted, without
    /// repeats.
    pub ids: Vec<PaperId>,
    /// The authors in the paper's order.
    pub authors: People,
    /// The editors of the volume it stands in, or of the book it is.
    pub editors: People,
    /// When it was first listed in a digest; in a record, when its source listed
    /// it, where that differs from the digest's date.
    pub date: Option<Date>,
    /// When it was first published, as precisely as is known.
    pub published: Option<Day>,
    /// When its latest version appeared.
    pub updated: Option<Date>,
    /// The year of publication, where a source states it as such.
    pub year: Option<i16>,
    /// When what its address leads to was looked at.
    pub accessed: Option<Day>,
    /// The digests that list it, sorted.
    pub digests: Vec<DigestId>,
    /// Where it appeared, such as "ICML 2024".
    pub venue: Option<String>,
    /// The authors' or a curator's keywords.
    pub keywords: Vec<String>,
    /// A registry's categories, such as `cs.LG`.
    pub categories: Vec<String>,
    /// Who paid for it, with the numbers of grants.
    pub funding: Vec<String>,
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
    /// A summary that a person or a source gave; it wins over the key sentence.
    pub summary: Option<String>,
    /// A short name that a person gave; it wins over the title's.
    pub short: Option<String>,
    /// A picture: an address, or the path of a file from the page's own.
    pub image: Option<String>,
    /// What the picture shows, for those who cannot see it.
    pub image_alt: Option<String>,
    /// The key under which a source's bibliography held it.
    pub citation_key: Option<String>,
    /// Topics that a person set; they win over the rules.
    pub topics: Option<Vec<TopicId>>,
    /// The paper was withdrawn; its page says so.
    pub withdrawn: bool,
    /// Left out of the site unless drafts are asked for.
    pub draft: bool,
    /// The volume it stands in.
    pub publication: Publication,
    /// Where it and what belongs to it can be had.
    pub links: Links,
    /// What a source counted.
    pub metrics: Metrics,
    /// Fields of people's own.
    #[serde(with = "as_text")]
    pub extra: Extra,
    /// The abstract as the source has it: plain text with its TeX and damage,
    /// with empty lines between paragraphs.
    pub abstract_text: String,
}

/// The volume a paper stands in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
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
    /// Which edition of a book it is, such as "2" or "Second".
    pub edition: Option<String>,
    /// The number of the book, an ISBN.
    pub isbn: Option<String>,
}

/// What a source counted, by its name behind `metrics.` in front
/// matter: `upvotes`, `stars`, `citations`, `comments`.
pub type Metrics = SmallMap<String, u64>;

/// Fields of people's own, by their names behind `extra.` in front matter.
pub type Extra = serde_json::Map<String, serde_json::Value>;

/// Values of any type, as a text of JSON: what is kept for the next build is in a
/// format that has to be told the types.
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
