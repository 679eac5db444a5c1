//! Jobs: the files of the published tree, each with what it is.

use std::path::PathBuf;

use crate::library::Library;
use crate::model::Date;

use super::bibliography::Bibliography;
use super::card::Subject;
use super::scope::{FeedForm, LetterForm, Scope};

/// Papers a page of a digest.
pub(super) const DIGEST_PAGE_SIZE: usize = 100;

/// Names a page of the lists of authors and venues.
pub(super) const INDEX_PAGE_SIZE: usize = 200;

/// One file of the published tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Job {
    /// Its path below the root.
    pub(super) path: String,
    pub(super) kind: Kind,
}

/// What a file is. Numbers are those of the library; `page` counts from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Index,
    Papers {
        page: usize,
    },
    Paper(usize),
    /// How to cite a paper and where to pass it on, in full.
    Sheet(usize),
    /// A paper's citation as a file.
    Citation {
        paper: usize,
        form: Bibliography,
    },
    Topics,
    Topic {
        topic: usize,
        page: usize,
    },
    Digests,
    Digest {
        digest: usize,
        page: usize,
    },
    /// The digests of a month, given by its first day.
    Month(Date),
    Authors {
        page: usize,
    },
    Author {
        author: usize,
        page: usize,
    },
    Venues {
        page: usize,
    },
    /// A venue, or one of its years by its place among them.
    Venue {
        venue: usize,
        year: Option<usize>,
        page: usize,
    },
    Trends,
    Free(usize),
    Search,
    /// What a reader saved.
    Saved,
    NotFound,
    /// What stands at the address of a removed paper, by its number.
    Removed(usize),
    Redirect {
        to: String,
    },
    Feed {
        of: Scope,
        form: FeedForm,
    },
    /// A part of a feed's archive, from 1, the oldest.
    FeedPart {
        of: Scope,
        part: usize,
    },
    Bibliography {
        of: Scope,
        form: Bibliography,
    },
    /// A list of papers as Markdown.
    Twin(Scope),
    /// A digest as an e-mail.
    Letter {
        digest: usize,
        form: LetterForm,
    },
    /// The picture of a page.
    Card(Subject),
    Static(String),
    /// A file that lies beside a page, with where it is.
    Beside(PathBuf),
    CodeStyles,
    /// A file whose text is known already.
    Text(String),
    /// The module that answers queries in the browser.
    SearchEngine,
    /// A file of the search index, by its number there.
    SearchFile(usize),
}

impl Kind {
    /// Whether it is a page that people read.
    pub(super) fn is_page(&self) -> bool {
        matches!(
            self,
            Self::Index
                | Self::Papers { .. }
                | Self::Paper(_)
                | Self::Topics
                | Self::Topic { .. }
                | Self::Digests
                | Self::Digest { .. }
                | Self::Month(_)
                | Self::Authors { .. }
                | Self::Author { .. }
                | Self::Venues { .. }
                | Self::Venue { .. }
                | Self::Trends
                | Self::Free(_)
                | Self::Search
                | Self::Saved
                | Self::NotFound
        )
    }

    /// The file that a person would have to rename, where there is one.
    pub(super) fn source(&self, library: &Library) -> Option<String> {
        match self {
            Self::Paper(n) => Some(library.papers[*n].file.to_string()),
            Self::Free(n) => Some(format!(
                "content/{}.md",
                library.pages[*n].path().trim_end_matches('/')
            )),
            Self::Removed(_) => Some("content/removed.toml".to_owned()),
            Self::Static(path) => Some(format!("static/{path}")),
            _ => None,
        }
    }

    /// What it is, for people.
    pub(super) fn describe(&self, library: &Library) -> String {
        if let Some(file) = self.source(library) {
            return file;
        }
        match self {
            Self::Topic { topic, .. } => format!("the topic `{}`", library.topics[*topic].topic.id),
            Self::Digest { digest, .. } => {
                format!("the digest `{}`", library.digests[*digest].digest.id)
            }
            Self::Author { author, .. } => {
                format!("the author `{}`", library.authors[*author].name)
            }
            Self::Venue { venue, .. } => format!("the venue `{}`", library.venues[*venue].name),
            Self::Redirect { to } => format!("an old address that leads to {to}"),
            _ => "a page that every site has".to_owned(),
        }
    }
}

/// The way from a file to the site's root: `../` for each folder above it.
pub(super) fn root_of(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_as_far_as_the_file_is_deep() {
        assert_eq!(root_of("index.html"), "");
        assert_eq!(root_of("papers/x/index.html"), "../../");
        assert_eq!(root_of("topics/x/page/2/index.html"), "../../../../");
    }
}
