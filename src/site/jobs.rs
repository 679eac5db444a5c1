//! Jobs: the files of the published tree, each with what it is.

use std::path::PathBuf;

use crate::library::Library;

use super::bibliography::Bibliography;
use super::card::Subject;
use super::pages::Page;
use super::pages::for_you::Offer;
use super::scope::{FeedForm, LetterForm, Scope};

/// Papers a page of a digest.
pub(super) const DIGEST_PAGE_SIZE: usize = 100;

/// Names a page of the lists of authors and venues.
pub(super) const INDEX_PAGE_SIZE: usize = 200;

/// One file of the published tree.
#[derive(Debug)]
pub(super) struct Job {
    /// Its path below the root.
    pub(super) path: String,
    pub(super) kind: Kind,
}

/// What a file is. Numbers are those of the library.
#[derive(Debug)]
pub(super) enum Kind {
    /// What a template writes.
    Page(Box<dyn Page>),
    Redirect {
        to: String,
    },
    /// A paper's citation as a file.
    Citation {
        paper: usize,
        form: Bibliography,
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
    /// All papers in one compressed file.
    Dump,
    /// New papers that the browser ranks for its reader.
    Offer(Offer),
    /// Where a paper's page leads, as a file.
    LinkSet(usize),
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
    /// A file of the map, by its name there.
    MapFile(String),
    /// A script of a portable site with all modules that it needs.
    Bundle(String),
    /// The script of a portable site that has its search index.
    SearchScript,
}

impl Job {
    /// The address of a page.
    pub(super) fn address(&self) -> &str {
        self.path.strip_suffix("index.html").unwrap_or(&self.path)
    }
}

impl Kind {
    /// A page as one of the files.
    pub(super) fn of(page: impl Page) -> Self {
        Self::Page(Box::new(page))
    }

    /// The page that it is, where a template writes one. What is known of a page is
    /// asked of that.
    pub(super) fn page(&self) -> Option<&dyn Page> {
        match self {
            Self::Page(page) => Some(page.as_ref()),
            _ => None,
        }
    }

    /// Whether it is a page that people read.
    pub(super) fn is_page(&self) -> bool {
        self.page().is_some_and(Page::is_counted)
    }

    /// Whether it shows how papers compare with one another.
    pub(super) fn compares_papers(&self) -> bool {
        matches!(self, Self::Dump | Self::Card(Subject::Map))
            || self.page().is_some_and(Page::compares_papers)
    }

    /// The file that a person would have to rename, where there is one.
    pub(super) fn source(&self, library: &Library) -> Option<String> {
        match self {
            Self::Static(path) => Some(format!("static/{path}")),
            _ => self.page()?.source(library),
        }
    }

    /// What it is, for people.
    pub(super) fn describe(&self, library: &Library) -> String {
        if let Some(file) = self.source(library) {
            return file;
        }
        if let Self::Redirect { to } = self {
            return format!("an old address that leads to {to}");
        }
        self.page()
            .and_then(|page| page.describe(library))
            .unwrap_or_else(|| "a page that every site has".to_owned())
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
