//! Pages of authors: each with their papers, and the list of all.

use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostics::Diagnostic;
use crate::library::{Library, least_papers};
use crate::model::Date;
use crate::render::{
    AuthorBrief, ListItem, PageContext, Pager, Template, TimelineView, TopicBrief, list_views,
    trend_views::Words, views,
};
use crate::site::jobs::{INDEX_PAGE_SIZE, Job, root_of};
use crate::site::layout::Form;
use crate::site::scope::Scope;

use super::shelf::{Shelf, shown};
use super::{Made, Page, Pages};

/// How many co-authors an author's page names: a large library has tens of
/// thousands of such pages.
const COAUTHORS: usize = 8;

pub(in crate::site) const AUTHORS: Template<PageContext<AuthorsContext>> =
    Template::new("authors.html", "All authors who have a page.");

/// `authors.html`.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::site) struct AuthorsContext {
    /// The authors of this page.
    pub(super) authors: Vec<AuthorBrief>,
    /// How many papers an author has to have for a page.
    pub(super) min_papers: usize,
    /// The pages that the list goes over.
    pub(super) pager: Pager,
}

/// A page of the list of all authors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) struct AuthorsPage {
    /// From 1.
    pub(in crate::site) page: usize,
}

impl Page for AuthorsPage {
    fn make(&self, pages: &Pages<'_>, job: &Job) -> Result<Made, Box<Diagnostic>> {
        pages.authors(job, job.address(), self.page)
    }

    fn shape(&self, _: &Library) -> u32 {
        u32::from(self.page > 1)
    }
}

pub(in crate::site) const AUTHOR: Template<PageContext<AuthorContext>> =
    Template::new("author.html", "An author with their papers.");

/// `author.html`.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::site) struct AuthorContext {
    /// The author.
    pub(super) author: AuthorView,
    /// Their papers that are on this page.
    pub(super) papers: Vec<ListItem>,
    /// Whether its papers are in rows, made with `row.html`, and not as cards.
    pub(super) rows: bool,
    /// The pages that the list goes over.
    pub(super) pager: Pager,
}

/// `author` in `author.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::site) struct AuthorView {
    /// What a list shows too.
    #[serde(flatten)]
    pub(super) brief: AuthorBrief,
    /// Others of this name who have a page.
    pub(super) namesakes: Vec<AuthorBrief>,
    /// Who else wrote the papers and has a page; `count` says how many of them. On
    /// the first page of several alone.
    pub(super) coauthors: Vec<AuthorBrief>,
    /// What the papers are about; `count` says how many of them. On the first page
    /// of several alone.
    pub(super) topics: Vec<TopicBrief>,
    /// The papers by year, on the first page alone; absent where all are of one.
    pub(super) timeline: Option<TimelineView>,
    /// The day on which the newest of the papers was listed.
    pub(super) newest: Option<String>,
}

/// A page of an author.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) struct AuthorPage {
    /// Their number in the library.
    pub(in crate::site) author: usize,
    /// From 1.
    pub(in crate::site) page: usize,
}

impl Page for AuthorPage {
    fn make(&self, pages: &Pages<'_>, job: &Job) -> Result<Made, Box<Diagnostic>> {
        pages.author(job, job.address(), self.author, self.page)
    }

    fn shape(&self, library: &Library) -> u32 {
        let entry = &library.authors[self.author];
        u32::from(self.page > 1)
            | u32::from(entry.orcid.is_some()) << 1
            | u32::from(!entry.namesakes.is_empty()) << 2
    }

    fn day(&self, library: &Library) -> Option<Date> {
        list_views::newest(library, &library.authors[self.author].papers)
    }

    fn describe(&self, library: &Library) -> Option<String> {
        Some(format!(
            "the author `{}`",
            library.authors[self.author].name
        ))
    }
}

impl Pages<'_> {
    fn authors(&self, job: &Job, address: &str, page: usize) -> Result<Made, Box<Diagnostic>> {
        let authors = &self.library.authors;
        let pager = views::pager("authors/", page, authors.len(), INDEX_PAGE_SIZE);
        let shown: Vec<_> = shown(authors, &pager)
            .iter()
            .map(list_views::author_brief)
            .collect();
        let own = AuthorsContext {
            authors: shown,
            min_papers: (self.settings.author_min_papers)
                .unwrap_or_else(|| least_papers(self.library.papers.len())),
            pager,
        };
        self.directory(job, address, "authors", &AUTHORS, own)
    }

    fn author(
        &self,
        job: &Job,
        address: &str,
        author: usize,
        page: usize,
    ) -> Result<Made, Box<Diagnostic>> {
        let entry = &self.library.authors[author];
        let view = author_view(self.library, author, page == 1, &self.theme.words);
        let shelf = Shelf {
            base: &entry.path(),
            papers: &entry.papers,
            page,
            all: Some(("authors", "authors/")),
            form: Form::Row,
        };
        self.page_of(
            &AUTHOR,
            root_of(&job.path),
            |prints| (&view, self.shelf_inputs(prints, &shelf)),
            || {
                let count = entry.papers.len();
                let description = self.describe("author_description", count, &entry.name);
                let mut info = self.page_info("author", address, entry.name.clone(), description);
                info.alternates = self.alternates(Scope::Author(author));
                let (papers, pager) = self.shelf(&mut info, &shelf)?;
                let author = view.clone();
                let own = AuthorContext {
                    author,
                    papers,
                    rows: shelf.form == Form::Row,
                    pager,
                };
                Ok((own, info))
            },
        )
    }
}

/// An author in full. What follows from all papers is on the first page alone: on
/// every one it would cost the square of their number.
fn author_view(library: &Library, number: usize, is_first: bool, words: &Words) -> AuthorView {
    let entry = &library.authors[number];
    let counted: &[usize] = if is_first { &entry.papers } else { &[] };
    let others = counted.iter().flat_map(|n| {
        let written = library.papers[*n].authors.iter().flatten();
        written.copied().filter(|other| *other != number)
    });
    let coauthors = list_views::most(others, COAUTHORS)
        .into_iter()
        .map(|(other, count)| AuthorBrief {
            count,
            ..list_views::author_brief(&library.authors[other])
        });
    AuthorView {
        brief: list_views::author_brief(entry),
        namesakes: entry
            .namesakes
            .iter()
            .map(|other| list_views::author_brief(&library.authors[*other]))
            .collect(),
        coauthors: coauthors.collect(),
        topics: list_views::topics(library, counted),
        timeline: list_views::timeline(library, counted, words),
        newest: list_views::newest(library, &entry.papers).map(|day| day.to_string()),
    }
}
