//! A paper: what its page says in front matter and body. Nothing the program infers
//! is stored here.

use serde::{Deserialize, Serialize};

/// The path of the list of all papers. Paper pages are below it.
pub const PAPER_LIST: &str = "papers/";

use super::{Facts, PaperId, Slug};

/// One paper of the library. Derefs to its facts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Paper {
    /// The stem of its page's file.
    pub slug: Slug,
    /// What the page says.
    pub facts: Box<Facts>,
    /// What a person wrote below the abstract, in Markdown.
    pub notes: String,
}

impl Paper {
    /// A paper known only by slug and title.
    pub fn new(slug: Slug, title: impl Into<String>) -> Self {
        let title = title.into();
        Self {
            slug,
            facts: Box::new(Facts {
                title,
                ..Facts::default()
            }),
            notes: String::new(),
        }
    }

    /// The year of publication: as stated, else from the publication date, else
    /// from the arXiv ID. The date of *listing* says nothing about it.
    pub fn publication_year(&self) -> Option<i16> {
        self.year
            .or_else(|| self.published.map(|date| date.year()))
            .or_else(|| self.ids.iter().find_map(PaperId::year))
    }

    /// The paper's identifier in a registry.
    pub fn id(&self, scheme: &str) -> Option<&PaperId> {
        self.ids.iter().find(|id| id.scheme() == scheme)
    }

    /// The path of the page within the site, for example `papers/galore/`.
    pub fn path(&self) -> String {
        Self::path_of(&self.slug)
    }

    /// The path of the page with this slug.
    pub fn path_of(slug: impl std::fmt::Display) -> String {
        format!("{PAPER_LIST}{slug}/")
    }

    /// The slug of the paper page at a path. `None` if no paper page can have that
    /// path.
    pub fn slug_of(path: &str) -> Option<Slug> {
        let slug = path.strip_prefix(PAPER_LIST)?.strip_suffix('/')?;
        Slug::parse(slug).ok()
    }
}

impl std::ops::Deref for Paper {
    type Target = Facts;

    fn deref(&self) -> &Facts {
        &self.facts
    }
}

impl std::ops::DerefMut for Paper {
    fn deref_mut(&mut self) -> &mut Facts {
        &mut self.facts
    }
}
