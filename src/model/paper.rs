//! A paper: what its page's front matter and body say, and nothing that the
//! program concluded from them.

use serde::{Deserialize, Serialize};

/// The path of the list of all papers, below which each has its page.
pub const PAPER_LIST: &str = "papers/";

use super::{Facts, PaperId, Slug};

/// One paper of the library. Its facts can be used as its own fields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Paper {
    /// The page's name: the stem of its file.
    pub slug: Slug,
    /// What the page says.
    pub facts: Box<Facts>,
    /// What a person wrote below the abstract, in Markdown.
    pub notes: String,
}

impl Paper {
    /// A paper of which only slug and title are known.
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

    /// The year of publication: as stated, else that of the day it was published
    /// on, else that in its identifier at arXiv. The day it was *listed* says nothing
    /// about it.
    pub fn publication_year(&self) -> Option<i16> {
        self.year
            .or_else(|| self.published.map(|date| date.year()))
            .or_else(|| self.ids.iter().find_map(PaperId::year))
    }

    /// The identifier of a registry, where the paper has one there.
    pub fn id(&self, scheme: &str) -> Option<&PaperId> {
        self.ids.iter().find(|id| id.scheme() == scheme)
    }

    /// The path of the page within the site, such as `papers/galore/`.
    pub fn path(&self) -> String {
        Self::path_of(&self.slug)
    }

    /// The path of the page of a slug.
    pub fn path_of(slug: impl std::fmt::Display) -> String {
        format!("{PAPER_LIST}{slug}/")
    }

    /// The slug of the page at a path; `None` where no paper's page can be there.
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
