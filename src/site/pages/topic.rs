//! Pages of topics: each with its papers, and the list of all.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use tera::Value;

use crate::diagnostics::Diagnostic;
use crate::library::Library;
use crate::model::Date;
use crate::render::{
    self, ChartView, Html, ListItem, NotedView, PageContext, Pager, Template, TopicBrief,
    trend_views, views,
};
use crate::site::card::Subject;
use crate::site::jobs::{Job, root_of};
use crate::site::layout::Form;
use crate::site::scope::Scope;

use super::shelf::Shelf;
use super::words::filled;
use super::{Made, Owner, Page, Pages};

pub(in crate::site) const TOPICS: Template<PageContext<TopicsContext>> =
    Template::new("topics.html", "All topics.");

/// `topics.html`.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::site) struct TopicsContext {
    /// All topics that have papers, by name.
    pub(super) topics: Vec<TopicBrief>,
}

/// The list of all topics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) struct TopicsPage;

impl Page for TopicsPage {
    fn make(&self, pages: &Pages<'_>, job: &Job) -> Result<Made, Box<Diagnostic>> {
        pages.topics(job)
    }
}

pub(in crate::site) const TOPIC: Template<PageContext<TopicContext>> =
    Template::new("topic.html", "A topic with its papers.");

/// `topic.html`.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::site) struct TopicContext {
    /// The topic.
    pub(super) topic: TopicView,
    /// Its papers that are on this page.
    pub(super) papers: Vec<ListItem>,
    /// Whether its papers are in rows, made with `row.html`, and not as cards.
    pub(super) rows: bool,
    /// The pages that the list goes over.
    pub(super) pager: Pager,
}

/// `topic` in `topic.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::site) struct TopicView {
    /// What a list shows too.
    #[serde(flatten)]
    pub(super) brief: TopicBrief,
    /// An introduction as HTML; may be empty.
    #[schemars(with = "Html")]
    pub(super) introduction_html: Value,
    /// The topic above it.
    pub(super) parent: Option<TopicBrief>,
    /// The topics below it.
    pub(super) children: Vec<TopicBrief>,
    /// Topics beside it, nearest first; `count` says how many papers they share.
    pub(super) related: Vec<TopicBrief>,
    /// Its papers by year, on its first page; absent where all are of one.
    pub(super) years: Option<ChartView>,
    /// Its most noted papers, on its first page; empty where no source counted anything.
    pub(super) noted: Vec<NotedView>,
    /// What they are noted by: `upvotes`, `citations`, `stars`, `comments`.
    pub(super) noted_by: Option<&'static str>,
    /// The day of its newest paper.
    pub(super) newest: Option<String>,
}

/// A page of a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) struct TopicPage {
    /// Its number in the library.
    pub(in crate::site) topic: usize,
    /// From 1.
    pub(in crate::site) page: usize,
}

impl Page for TopicPage {
    fn make(&self, pages: &Pages<'_>, job: &Job) -> Result<Made, Box<Diagnostic>> {
        pages.topic(job, job.address(), self.topic, self.page)
    }

    fn shape(&self, _: &Library) -> u32 {
        u32::from(self.page > 1)
    }

    fn day(&self, library: &Library) -> Option<Date> {
        let newest = library.topics[self.topic].papers.first();
        newest.and_then(|n| library.papers[*n].paper.date)
    }

    fn describe(&self, library: &Library) -> Option<String> {
        Some(format!(
            "the topic `{}`",
            library.topics[self.topic].topic.id
        ))
    }
}

impl Pages<'_> {
    fn topics(&self, job: &Job) -> Result<Made, Box<Diagnostic>> {
        let root = root_of(&job.path);
        let info = self.page_info(
            "topics",
            "topics/",
            self.word("topics"),
            self.settings.description.clone(),
        );
        let mut topics: Vec<_> = self.library.live_topics().map(views::topic_brief).collect();
        topics.sort_by_cached_key(|topic| topic.name.to_lowercase());
        self.page(&TOPICS, TopicsContext { topics }, info, root)
    }

    fn topic(
        &self,
        job: &Job,
        address: &str,
        topic: usize,
        page: usize,
    ) -> Result<Made, Box<Diagnostic>> {
        let entry = &self.library.topics[topic];
        let brief = |n: &usize| views::topic_brief(&self.library.topics[*n]);
        let view = TopicView {
            brief: views::topic_brief(entry),
            introduction_html: self.note(Owner::Topic(topic)),
            parent: entry
                .parent
                .as_ref()
                .map(brief)
                .filter(|parent| parent.count > 0),
            children: entry.children.iter().map(brief).collect(),
            related: entry
                .related
                .iter()
                .map(|(n, shared)| render::TopicBrief {
                    count: *shared,
                    ..brief(n)
                })
                .collect(),
            years: self
                .kit
                .years(self.library)
                .filter(|_| page == 1)
                .and_then(|years| trend_views::years(years, entry, &self.theme.words)),
            noted: if page == 1 {
                trend_views::noted(self.library, entry)
            } else {
                Vec::new()
            },
            noted_by: self.library.metric,
            newest: entry
                .papers
                .first()
                .and_then(|n| self.library.papers[*n].paper.date)
                .map(|date| date.to_string()),
        };
        let shelf = Shelf {
            base: &entry.topic.path(),
            papers: &entry.papers,
            page,
            all: Some(("topics", "topics/")),
            form: self
                .kit
                .layout
                .form(Scope::Topic(topic), page, entry.papers.len()),
        };
        self.page_of(
            &TOPIC,
            root_of(&job.path),
            |prints| {
                let note = self.note_inputs(Owner::Topic(topic));
                (&view, note, self.shelf_inputs(prints, &shelf))
            },
            || {
                let name = entry.topic.name.clone();
                let words = &self.theme.words;
                let description = topic_description(&view, &self.settings.title, words);
                let mut info = self.page_info("topic", address, name, description);
                self.note_needs(Owner::Topic(topic), &mut info);
                info.alternates = self.alternates(Scope::Topic(topic));
                info.share = self.share(&entry.topic.name, &info.url);
                info.card = self.card_link(Subject::Topic(topic), &info.title);
                let (papers, pager) = self.shelf(&mut info, &shelf)?;
                let topic = view.clone();
                let own = TopicContext {
                    topic,
                    papers,
                    rows: shelf.form == Form::Row,
                    pager,
                };
                Ok((own, info))
            },
        )
    }
}

fn topic_description(view: &TopicView, site: &str, words: &BTreeMap<String, String>) -> String {
    let key = match (view.brief.count, view.brief.scope.is_empty()) {
        (1, true) => "topic_description_bare_one",
        (1, false) => "topic_description_one",
        (_, true) => "topic_description_bare",
        (_, false) => "topic_description",
    };
    let pattern = words.get(key).map_or("{name}: {scope}", String::as_str);
    let fields = [
        ("{name}", view.brief.name.as_str()),
        ("{scope}", &view.brief.scope),
        ("{site}", site),
    ];
    filled(pattern, view.brief.count, &fields)
}
