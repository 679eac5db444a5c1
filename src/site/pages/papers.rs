//! The list of all papers.

use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostics::Diagnostic;
use crate::library::Library;
use crate::model::PAPER_LIST;
use crate::render::{ListItem, PageContext, Pager, Template};
use crate::site::jobs::{Job, root_of};
use crate::site::layout::Form;
use crate::site::scope::Scope;

use super::shelf::Shelf;
use super::{Made, Page, Pages};

pub(in crate::site) const PAPERS: Template<PageContext<PapersContext>> =
    Template::new("papers.html", "All papers.");

/// `papers.html`.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::site) struct PapersContext {
    /// The papers of this page.
    pub(super) papers: Vec<ListItem>,
    /// Whether its papers are in rows, made with `row.html`, and not as cards.
    pub(super) rows: bool,
    /// The pages that the list goes over.
    pub(super) pager: Pager,
}

/// A page of the list of all papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) struct PapersPage {
    /// From 1.
    pub(in crate::site) page: usize,
}

impl Page for PapersPage {
    fn make(&self, pages: &Pages<'_>, job: &Job) -> Result<Made, Box<Diagnostic>> {
        pages.papers(job, job.address(), self.page)
    }

    fn shape(&self, _: &Library) -> u32 {
        u32::from(self.page > 1)
    }
}

impl Pages<'_> {
    fn papers(&self, job: &Job, address: &str, page: usize) -> Result<Made, Box<Diagnostic>> {
        let all: Vec<usize> = (0..self.library.papers.len()).collect();
        let shelf = Shelf {
            base: PAPER_LIST,
            papers: &all,
            page,
            all: None,
            form: self.kit.layout.form(Scope::Site, page, all.len()),
        };
        self.page_of(
            &PAPERS,
            root_of(&job.path),
            |prints| self.shelf_inputs(prints, &shelf),
            || {
                let description = self.settings.description.clone();
                let title = self.word("all_papers");
                let mut info = self.page_info("papers", address, title, description);
                let (papers, pager) = self.shelf(&mut info, &shelf)?;
                Ok((
                    PapersContext {
                        papers,
                        rows: shelf.form == Form::Row,
                        pager,
                    },
                    info,
                ))
            },
        )
    }
}
