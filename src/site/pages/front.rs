//! The front page.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use tera::Value;

use crate::diagnostics::Diagnostic;
use crate::library;
use crate::render::{
    DigestBrief, DigestView, Html, ListItem, NotedView, PageContext, StripPart, Template,
    TopicBrief, strip, trend_views, views,
};
use crate::site::card::Subject;
use crate::site::jobs::{Job, root_of};
use crate::site::scope::Scope;

use super::{Made, Owner, Page, Pages};

/// How many papers of the newest digest the front page shows.
const FRONT_PAPERS: usize = 24;

/// How many of them come before those by topic: the lead and the seconds.
const LEADS: usize = 7;

/// How many digests the front page lists.
const FRONT_DIGESTS: usize = 7;

/// Trending papers on the front page.
const FRONT_TRENDING: usize = 7;

pub(in crate::site) const INDEX: Template<PageContext<IndexContext>> =
    Template::new("index.html", "The front page.");

/// `index.html`.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::site) struct IndexContext {
    /// The first papers of the newest digest; of all papers where there is none. What an
    /// earlier digest listed comes last; what was withdrawn is not among them.
    pub(super) papers: Vec<ListItem>,
    /// The same papers without the first ones, by topic.
    pub(super) groups: Vec<FrontGroup>,
    /// How many of `papers` are before those of `groups`.
    pub(super) leads: usize,
    /// The picture of the first paper, its own or a drawing.
    #[schemars(with = "Option<Html>")]
    pub(super) picture: Option<Value>,
    /// The mix of topics of the newest digest, of all papers where there is none.
    pub(super) strip: Vec<StripPart>,
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
    /// The file of the newest papers that can be ranked, below `for-you/`; absent where
    /// the site has no such page.
    pub(super) for_you: Option<String>,
}

/// Papers of the front page that share a topic.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::site) struct FrontGroup {
    /// The topic; absent for papers whose topics no other has.
    pub(super) topic: Option<TopicBrief>,
    /// The papers.
    pub(super) papers: Vec<ListItem>,
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
        let is_by_count =
            newest.is_some_and(|entry| library::are_counted(self.library, &entry.papers));
        let all: Vec<(usize, bool)>;
        let listed = match newest {
            Some(entry) => &entry.papers,
            None => {
                let newest = self.library.papers.len().min(2 * FRONT_PAPERS);
                all = (0..newest).map(|n| (n, false)).collect();
                &all
            }
        };
        let most = self.theme.number("front_papers");
        let most = most.map_or(FRONT_PAPERS, |most| most.min(FRONT_PAPERS));
        let order = library::foremost(self.library, listed, most);
        let leads = order.len().min(LEADS);
        let papers = self.items(order.iter().copied())?;
        let groups = self.groups(&order[leads..])?;
        let picture = order.first().map(|(n, _)| {
            self.picture_needs(*n, &mut page);
            let drawn = || views::vignette(self.library, &self.library.papers[*n]);
            self.picture_of(*n).unwrap_or_else(drawn)
        });
        let strip = match newest {
            Some(entry) => strip::strip(self.library, &entry.topics),
            None => {
                let topics = self.library.topics.iter().enumerate();
                let counts: Vec<_> = topics.map(|(n, entry)| (n, entry.papers.len())).collect();
                strip::strip(self.library, &counts)
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
            groups,
            leads,
            picture,
            strip,
            by_count: is_by_count,
            noted_by: self.library.metric,
            digest: newest.map(|_| self.digest_view(0)),
            topics,
            digests,
            trending,
            for_you: self.newest_offer(),
        };
        self.page(&INDEX, own, page, root)
    }

    /// Papers by the topics that most of them share, the largest group first; last those
    /// that share none.
    fn groups(&self, papers: &[(usize, bool)]) -> Result<Vec<FrontGroup>, Box<Diagnostic>> {
        let mut left = papers.to_vec();
        let mut groups = Vec::new();
        loop {
            let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
            for score in left
                .iter()
                .flat_map(|(n, _)| &self.library.papers[*n].topics)
            {
                *counts.entry(score.topic).or_default() += 1;
            }
            // Of topics with as many papers the one that fewer have is more telling.
            let rare = |topic: &usize| std::cmp::Reverse(self.library.topics[*topic].papers.len());
            let most = counts
                .into_iter()
                .max_by_key(|(topic, count)| (*count, rare(topic)));
            let Some((topic, _)) = most.filter(|(_, count)| *count > 1) else {
                break;
            };
            let (own, others): (Vec<_>, Vec<_>) = left.into_iter().partition(|(n, _)| {
                let mut topics = self.library.papers[*n].topics.iter();
                topics.any(|score| score.topic == topic)
            });
            left = others;
            groups.push(FrontGroup {
                topic: Some(views::topic_brief(&self.library.topics[topic])),
                papers: self.items(own.into_iter())?,
            });
        }
        if !left.is_empty() {
            groups.push(FrontGroup {
                topic: None,
                papers: self.items(left.into_iter())?,
            });
        }
        Ok(groups)
    }
}
