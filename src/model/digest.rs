//! A digest: a list of papers that somebody compiled, often for one day.

use super::{Date, Slug};

/// A digest's ID, used in URLs, front matter and file names: the stem of its file,
/// often a date.
pub type DigestId = Slug;

/// One digest, as written in its page `content/digests/<id>.md`.
#[derive(Debug, Clone, PartialEq)]
pub struct Digest {
    /// Its ID.
    pub id: DigestId,
    /// Its title. Without one, the date is shown.
    pub title: Option<String>,
    /// The day it covers.
    pub date: Option<Date>,
    /// Who compiled it.
    pub curator: Option<String>,
    /// The name of the file it was imported from.
    pub source: Option<String>,
    /// The format that file was read as.
    pub format: Option<String>,
    /// The file's BLAKE3 hash in hexadecimal.
    pub blake3: Option<String>,
    /// The slugs of its papers, in the digest's order.
    pub papers: Vec<Slug>,
    /// The curator's note, in Markdown.
    pub note: String,
}

impl Digest {
    /// A digest with nothing but an ID.
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

    /// The path of its page within the site, for example `digests/2025-03-14/`.
    pub fn path(&self) -> String {
        format!("digests/{}/", self.id)
    }
}
