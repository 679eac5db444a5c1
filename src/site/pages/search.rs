//! The search page.

use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostics::Diagnostic;
use crate::render::{PageContext, Template, TopicBrief, views};
use crate::site::jobs::{Job, root_of};

use super::{Made, Page, Pages};

pub(in crate::site) const SEARCH: Template<PageContext<SearchContext>> =
    Template::new("search.html", "The search.");

/// `search.html`.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::site) struct SearchContext {
    /// The file with which the index begins, from the folder of this page. Its name has
    /// a hash of its content.
    pub(super) index: String,
    /// All topics that have papers, in the order of the site.
    pub(super) topics: Vec<TopicBrief>,
}

/// The name with which an index begins that is built when it is first asked for.
pub(in crate::site) const PREVIEW_INDEX: &str = "root.json";

/// The search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) struct SearchPage;

impl Page for SearchPage {
    fn make(&self, pages: &Pages<'_>, job: &Job) -> Result<Made, Box<Diagnostic>> {
        pages.search(job)
    }
}

impl Pages<'_> {
    fn search(&self, job: &Job) -> Result<Made, Box<Diagnostic>> {
        let root = root_of(&job.path);
        let info = self.page_info(
            "search",
            "search/",
            self.word("search"),
            self.settings.description.clone(),
        );
        let topics = self.library.live_topics().map(views::topic_brief);
        let own = SearchContext {
            index: self.index.root().unwrap_or(PREVIEW_INDEX).to_owned(),
            topics: topics.collect(),
        };
        self.page(&SEARCH, own, info, root)
    }
}
