//! The front page.

use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostics::Diagnostic;
use crate::library;
use crate::render::{
    DigestBrief, DigestView, ListItem, NotedView, PageContext, Template, TopicBrief, trend_views,
    views,
};
use crate::site::card::Subject;
use crate::site::jobs::{Job, root_of};
use crate::site::scope::Scope;

use super::{Made, Owner, Page, Pages};

/// How many papers of the newest digest the front page shows.
const FRONT_PAPERS: usize = 24;

/// How many digests the front page lists.
const FRONT_DIGESTS: usize = 12;

/// Trending papers on the front page.
const FRONT_TRENDING: usize = 7;

pub(in crate::site) const INDEX: Template<PageContext<IndexContext>> =
    Template::new("index.html", "The front page.");

/// `index.html`.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::site) struct IndexContext {
    /// The first papers of the newest digest; of all papers where there is none.
    pub(super) papers: Vec<ListItem>,
    /// Whether the most noted of them stand first.
    pub(super) by_count: bool,
    /// What papers are noted by: `upvotes`, `citations`, `stars`, `comments`.
    pub(super) noted_by: Option<&'static str>,
    /// The newest digest.
    pub(super) digest: Option<DigestView>,
    /// All topics that have papers, those with the most first.
    pub(super) topics: Vec<TopicBrief>,
    /// The newest digests, newest first.
    pub(super) digests: Vec<DigestBrief>,
    /// Papers in an order that weighs their counts against their age; empty where
    /// there is only one digest.
    pub(super) trending: Vec<NotedView>,
}

/// The front page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) struct FrontPage;

impl Page for FrontPage {
    fn make(&self, pages: &Pages<'_>, job: &Job) -> Result<Made, Box<Diagnostic>> {
        pages.index(job)
    }
}

impl Pages<'_> {
    fn index(&self, job: &Job) -> Result<Made, Box<Diagnostic>> {
        let root = root_of(&job.path);
        let mut page = self.page_info(
            "index",
            "",
            self.settings.title.clone(),
            self.settings.description.clone(),
        );
        page.alternates = self.alternates(Scope::Site);
        page.signposts = self.signposts_of_site();
        page.json_ld = self.website_data();
        page.card = self.card_link(Subject::Site, &page.title);
        let newest = self.library.digests.first();
        if newest.is_some() {
            self.note_needs(Owner::Digest(0), &mut page);
        }
        let by_count = newest.and_then(|entry| library::by_count(self.library, &entry.papers));
        let is_by_count = by_count.is_some();
        let papers = match (by_count, newest) {
            (Some(papers), _) => self.items(papers.into_iter().take(FRONT_PAPERS))?,
            (None, Some(entry)) => self.items(entry.papers.iter().copied().take(FRONT_PAPERS))?,
            (None, None) => {
                self.items((0..self.library.papers.len().min(FRONT_PAPERS)).map(|n| (n, false)))?
            }
        };
        let mut topics: Vec<_> = self.library.live_topics().map(views::topic_brief).collect();
        topics.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
        let digests: Vec<_> = self
            .library
            .digests
            .iter()
            .take(FRONT_DIGESTS)
            .map(views::digest_brief)
            .collect();
        // What trends within one digest is the front page already.
        let mut trending = match digests.len() {
            0 | 1 => Vec::new(),
            _ => trend_views::trending(self.library),
        };
        trending.truncate(FRONT_TRENDING);
        let own = IndexContext {
            papers,
            by_count: is_by_count,
            noted_by: self.library.metric,
            digest: newest.map(|_| self.digest_view(0)),
            topics,
            digests,
            trending,
        };
        self.page(&INDEX, own, page, root)
    }
}
