//! The error page.

use crate::diagnostics::Diagnostic;
use crate::render::{BareContext, PageContext, Template};
use crate::site::jobs::Job;

use super::{Made, Page, Pages};

pub(in crate::site) const NOT_FOUND: Template<PageContext<BareContext>> =
    Template::new("404.html", "The page for addresses that lead nowhere.");

/// The page for addresses that lead nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) struct NotFoundPage;

impl Page for NotFoundPage {
    fn make(&self, pages: &Pages<'_>, job: &Job) -> Result<Made, Box<Diagnostic>> {
        pages.not_found(job)
    }

    fn is_in_sitemap(&self) -> bool {
        false
    }
}

impl Pages<'_> {
    /// The error page is shown at addresses of any depth, so its links cannot be
    /// relative: they begin where the site does.
    fn not_found(&self, job: &Job) -> Result<Made, Box<Diagnostic>> {
        let root = url::Url::parse(&self.settings.base_url)
            .map_or_else(|_| "/".to_owned(), |url| url.path().to_owned());
        let mut info = self.page_info("404", &job.path, self.word("not_found"), String::new());
        info.noindex = true;
        info.canonical.clear();
        self.page(&NOT_FOUND, BareContext {}, info, root)
    }
}
