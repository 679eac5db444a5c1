//! A digest: a list of papers that somebody put together, often of one day.

use super::{Date, Slug};

/// A digest's name in addresses, in front matter and on disk: the stem of its
/// file, often a date.
pub type DigestId = Slug;

/// One digest, as its page `content/digests/<id>.md` has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Digest {
    /// Its id.
    pub id: DigestId,
    /// Its title, where somebody gave one; otherwise the date serves.
    pub title: Option<String>,
    /// The day it is of.
    pub date: Option<Date>,
    /// Who put it together.
    pub curator: Option<String>,
    /// The file it came in, by name.
    pub source: Option<String>,
    /// The format it was read as.
    pub format: Option<String>,
    /// The BLAKE3 hash of that file, in hexadecimal.
    pub blake3: Option<String>,
    /// The slugs of its papers, in its own order.
    pub papers: Vec<Slug>,
    /// A curator's note in Markdown.
    pub note: String,
}

impl Digest {
    /// A digest of which only the id is known.
    pub fn new(id: DigestId) -> Self {
        Self {
            id,
            title: None,
            date: None,
            curator: None,
            source: None,
            format: None,
            blake3: None,
            papers: Vec::new(),
            note: String::new(),
        }
    }

    /// The path of its page within the site, such as `digests/2025-03-14/`.
    pub fn path(&self) -> String {
        format!("digests/{}/", self.id)
    }
}
