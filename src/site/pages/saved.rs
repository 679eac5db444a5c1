//! The page of what a reader saved.

use crate::diagnostics::Diagnostic;
use crate::render::{BareContext, PageContext, Template};
use crate::site::jobs::{Job, root_of};

use super::{Made, Page, Pages};

pub(in crate::site) const SAVED: Template<PageContext<BareContext>> = Template::new(
    "saved.html",
    "The papers that a reader saved; they are in the browser.",
);

/// What a reader saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) struct SavedPage;

impl Page for SavedPage {
    fn make(&self, pages: &Pages<'_>, job: &Job) -> Result<Made, Box<Diagnostic>> {
        pages.saved(job)
    }

    fn is_in_sitemap(&self) -> bool {
        false
    }
}

impl Pages<'_> {
    /// The papers that a reader saved. They are in the browser; the page is empty.
    fn saved(&self, job: &Job) -> Result<Made, Box<Diagnostic>> {
        let root = root_of(&job.path);
        let mut info = self.page_info("saved", "saved/", self.word("saved"), String::new());
        info.noindex = true;
        self.page(&SAVED, BareContext {}, info, root)
    }
}
