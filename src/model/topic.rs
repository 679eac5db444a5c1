//! Topics: subjects of papers, each with a rule that finds its papers.

use super::Slug;

/// A topic's ID, used in URLs, front matter and file names.
pub type TopicId = Slug;

/// One topic, from a file in `content/topics/` or from the built-in taxonomy.
#[derive(Debug, Clone, PartialEq)]
pub struct Topic {
    /// Its ID: the stem of its file.
    pub id: TopicId,
    /// Its display name.
    pub name: String,
    /// One line on what belongs to it.
    pub scope: String,
    /// The parent topic.
    pub parent: Option<TopicId>,
    /// The rule that matches papers (see the `topics` module). If empty, only
    /// pinned papers belong to the topic.
    pub rule: String,
    /// The score at which a paper belongs to it. If unset, the default applies.
    pub threshold: Option<f64>,
    /// Papers that always belong to it.
    pub pinned: Vec<Slug>,
    /// Papers that never belong to it.
    pub exclude: Vec<Slug>,
    /// Earlier IDs; their URLs redirect here.
    pub aliases: Vec<TopicId>,
    /// An introduction, in Markdown.
    pub introduction: String,
}

impl Topic {
    /// A topic with only an ID and a name.
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

    /// The path of its page within the site, for example `topics/retrieval/`.
    pub fn path(&self) -> String {
        format!("topics/{}/", self.id)
    }
}
