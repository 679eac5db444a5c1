//! A topic: what a paper can be about, and the rule that tells.

use super::Slug;

/// A topic's name in addresses, in front matter and on disk.
pub type TopicId = Slug;

/// One topic, from a file in `content/topics/` or from the taxonomy that ships.
#[derive(Debug, Clone, PartialEq)]
pub struct Topic {
    /// Its id: the stem of its file.
    pub id: TopicId,
    /// Its name for readers.
    pub name: String,
    /// What falls under it, in a line.
    pub scope: String,
    /// The topic above it.
    pub parent: Option<TopicId>,
    /// The rule in the grammar of the topics room; empty: only pinned papers.
    pub rule: String,
    /// The sum from which a paper belongs to it; the program's default if unset.
    pub threshold: Option<f64>,
    /// Slugs of papers that always belong to it.
    pub pinned: Vec<Slug>,
    /// Slugs of papers that never do.
    pub exclude: Vec<Slug>,
    /// Ids it had before; their addresses lead here.
    pub aliases: Vec<TopicId>,
    /// An introduction in Markdown.
    pub introduction: String,
}

impl Topic {
    /// A topic of which only id and name are known.
    pub fn new(id: TopicId, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            scope: String::new(),
            parent: None,
            rule: String::new(),
            threshold: None,
            pinned: Vec::new(),
            exclude: Vec::new(),
            aliases: Vec::new(),
            introduction: String::new(),
        }
    }

    /// The path of its page within the site, such as `topics/retrieval/`.
    pub fn path(&self) -> String {
        format!("topics/{}/", self.id)
    }
}
