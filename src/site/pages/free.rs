//! Free pages, which people wrote.

use schemars::JsonSchema;
use serde::Serialize;
use tera::Value;

use crate::diagnostics::Diagnostic;
use crate::library::Library;
use crate::model::Date;
use crate::render::{Html, PageContext, Template};
use crate::site::jobs::{Job, root_of};

use super::{Made, Owner, Page, Pages};

pub(in crate::site) const FREE: Template<PageContext<FreeContext>> =
    Template::new("page.html", "A free page, which a person wrote.");

/// `page.html`.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::site) struct FreeContext {
    /// The title.
    pub(super) title: String,
    /// The day that its file names.
    pub(super) date: Option<String>,
    /// The text as HTML.
    #[schemars(with = "Html")]
    pub(super) body: Value,
}

/// A free page, by its number in the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) struct FreePage(pub(in crate::site) usize);

impl Page for FreePage {
    fn make(&self, pages: &Pages<'_>, job: &Job) -> Result<Made, Box<Diagnostic>> {
        pages.free(job, self.0)
    }

    fn day(&self, library: &Library) -> Option<Date> {
        library.pages[self.0].date
    }

    fn source(&self, library: &Library) -> Option<String> {
        let path = library.pages[self.0].path();
        Some(format!("content/{}.md", path.trim_end_matches('/')))
    }
}

impl Pages<'_> {
    fn free(&self, job: &Job, n: usize) -> Result<Made, Box<Diagnostic>> {
        let root = root_of(&job.path);
        let page = &self.library.pages[n];
        let description = page
            .description
            .clone()
            .unwrap_or_else(|| self.settings.description.clone());
        let mut info = self.page_info("page", &page.path(), page.title.clone(), description);
        self.note_needs(Owner::Free(n), &mut info);
        let own = FreeContext {
            title: page.title.clone(),
            date: page.date.map(|date| date.to_string()),
            body: self.note(Owner::Free(n)),
        };
        self.page(&FREE, own, info, root)
    }
}
