//! The search page.

use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostics::Diagnostic;
use crate::render::{ListItem, PageContext, Template, TopicBrief, views};
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
    /// The newest papers, for those who do not know yet what to look for.
    pub(super) papers: Vec<ListItem>,
    /// What most papers are noted by: `upvotes`, `citations`, `stars`, `comments`.
    pub(super) noted_by: Option<&'static str>,
}

/// How many of the newest papers the page shows before anything is asked.
const NEWEST: usize = 8;

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
        let offered = (self.library.papers.iter().enumerate())
            .filter(|(_, entry)| !entry.paper.withdrawn);
        let newest = offered.take(NEWEST).map(|(n, _)| (n, false));
        let own = SearchContext {
            index: self.index.root().unwrap_or(PREVIEW_INDEX).to_owned(),
            topics: topics.collect(),
            papers: self.items(newest)?,
            noted_by: self.library.metric,
        };
        self.page(&SEARCH, own, info, root)
    }
}
