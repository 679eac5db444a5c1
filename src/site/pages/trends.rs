//! The page of trends.

use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostics::Diagnostic;
use crate::render::{PageContext, Template, TrendsView, trend_views};
use crate::site::jobs::{Job, root_of};

use super::{Made, Page, Pages};

pub(in crate::site) const TRENDS: Template<PageContext<TrendsContext>> =
    Template::new("trends.html", "What changes over time.");

/// `trends.html`.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::site) struct TrendsContext {
    /// What changes over time.
    pub(super) trends: TrendsView,
}

/// What changes over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) struct TrendsPage;

impl Page for TrendsPage {
    fn make(&self, pages: &Pages<'_>, job: &Job) -> Result<Made, Box<Diagnostic>> {
        pages.trends(job)
    }

    fn compares_papers(&self) -> bool {
        true
    }
}

impl Pages<'_> {
    fn trends(&self, job: &Job) -> Result<Made, Box<Diagnostic>> {
        let root = root_of(&job.path);
        let info = self.page_info(
            "trends",
            "trends/",
            self.word("trends"),
            self.word("trends_description")
                .replace("{site}", &self.settings.title),
        );
        let trends = trend_views::trends(
            self.library,
            self.kit.trends(self.library),
            &self.theme.words,
        );
        self.page(&TRENDS, TrendsContext { trends }, info, root)
    }
}
