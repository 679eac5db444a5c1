//! Pages of authors and venues: lists of papers as topics are.

use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostics::Diagnostic;
use crate::library::least_papers;
use crate::render::{
    AuthorContext, AuthorsContext, PageContext, Template, VenueContext, VenuesContext, list_views,
    views,
};

use super::super::jobs::{INDEX_PAGE_SIZE, Job, root_of};
use super::super::layout::Form;
use super::super::scope::Scope;
use super::super::templates;
use super::shelf::{Shelf, shown};
use super::{Made, Pages};

impl Pages<'_> {
    pub(super) fn authors(
        &self,
        job: &Job,
        address: &str,
        page: usize,
    ) -> Result<Made, Box<Diagnostic>> {
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
        self.directory(job, address, "authors", &templates::AUTHORS, own)
    }

    pub(super) fn venues(
        &self,
        job: &Job,
        address: &str,
        page: usize,
    ) -> Result<Made, Box<Diagnostic>> {
        let venues = &self.library.venues;
        let pager = views::pager("venues/", page, venues.len(), INDEX_PAGE_SIZE);
        let shown: Vec<_> = shown(venues, &pager)
            .iter()
            .map(list_views::venue_brief)
            .collect();
        let own = VenuesContext {
            venues: shown,
            pager,
        };
        self.directory(job, address, "venues", &templates::VENUES, own)
    }

    /// A page that lists what papers are listed by.
    fn directory<T: Serialize + JsonSchema>(
        &self,
        job: &Job,
        address: &str,
        kind: &'static str,
        template: &Template<PageContext<T>>,
        own: T,
    ) -> Result<Made, Box<Diagnostic>> {
        let root = root_of(&job.path);
        let description = self.settings.description.clone();
        let info = self.page_info(kind, address, self.word(kind), description);
        self.page(template, own, info, root)
    }

    pub(super) fn author(
        &self,
        job: &Job,
        address: &str,
        author: usize,
        page: usize,
    ) -> Result<Made, Box<Diagnostic>> {
        let entry = &self.library.authors[author];
        let view = list_views::author(self.library, author, page == 1);
        let shelf = Shelf {
            base: &entry.path(),
            papers: &entry.papers,
            page,
            all: Some(("authors", "authors/")),
            form: Form::Row,
        };
        self.page_of(
            &templates::AUTHOR,
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

    pub(super) fn venue(
        &self,
        job: &Job,
        address: &str,
        venue: usize,
        year: Option<usize>,
        page: usize,
    ) -> Result<Made, Box<Diagnostic>> {
        let entry = &self.library.venues[venue];
        let view = list_views::venue(self.library, venue, year, page == 1);
        let shelf = Shelf {
            base: &view.brief.path,
            papers: list_views::venue_papers(entry, year),
            page,
            all: Some(("venues", "venues/")),
            form: Form::Row,
        };
        self.page_of(
            &templates::VENUE,
            root_of(&job.path),
            |prints| (&view, self.shelf_inputs(prints, &shelf)),
            || {
                let title = match view.year {
                    Some(year) => format!("{} {year}", entry.name),
                    None => entry.name.clone(),
                };
                let description = self.describe("venue_description", view.brief.count, &title);
                let mut info = self.page_info("venue", address, title, description);
                let (papers, pager) = self.shelf(&mut info, &shelf)?;
                let venue = view.clone();
                let own = VenueContext {
                    venue,
                    papers,
                    rows: shelf.form == Form::Row,
                    pager,
                };
                Ok((own, info))
            },
        )
    }

    fn describe(&self, key: &str, count: usize, name: &str) -> String {
        let key = if count == 1 {
            format!("{key}_one")
        } else {
            key.to_owned()
        };
        super::lists::filled(
            &self.word(&key),
            count,
            &[("{name}", name), ("{site}", &self.settings.title)],
        )
    }
}
