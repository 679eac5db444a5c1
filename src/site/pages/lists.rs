//! Pages that list: the front page, all papers, topics and digests.

use std::collections::BTreeMap;

use crate::diagnostics::Diagnostic;
use crate::library;
use crate::model::Date;
use crate::render::{
    self, DigestContext, DigestView, DigestsContext, IndexContext, Month, PapersContext,
    TopicContext, TopicView, TopicsContext, trend_views, views,
};

use super::super::card::Subject;
use super::super::jobs::{DIGEST_PAGE_SIZE, Job, root_of};
use super::super::layout::Form;
use super::super::scope::Scope;
use super::super::templates;
use super::shelf::{Shelf, shown};
use super::{Made, Owner, Pages};

/// How many papers of the newest digest the front page shows.
const FRONT_PAPERS: usize = 24;

/// How many papers the description of a digest names.
const DESCRIBED_PAPERS: usize = 3;

/// How many digests the front page lists.
const FRONT_DIGESTS: usize = 12;

/// Trending papers on the front page.
const FRONT_TRENDING: usize = 7;

impl Pages<'_> {
    pub(super) fn index(&self, job: &Job) -> Result<Made, Box<Diagnostic>> {
        let root = root_of(&job.path);
        let mut page = self.page_info(
            "index",
            "",
            self.settings.title.clone(),
            self.settings.description.clone(),
        );
        page.alternates = self.alternates(Scope::Site);
        page.json_ld = self.website_data();
        page.card = self.card_link(Subject::Site, &page.title);
        let newest = self.library.digests.first();
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
        self.page(&templates::INDEX, own, page, root)
    }

    pub(super) fn papers(
        &self,
        job: &Job,
        address: &str,
        page: usize,
    ) -> Result<Made, Box<Diagnostic>> {
        let all: Vec<usize> = (0..self.library.papers.len()).collect();
        let shelf = Shelf {
            base: "papers/",
            papers: &all,
            page,
            all: None,
            form: Form::Row,
        };
        self.page_of(
            &templates::PAPERS,
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
                        rows: true,
                        pager,
                    },
                    info,
                ))
            },
        )
    }

    pub(super) fn topics(&self, job: &Job) -> Result<Made, Box<Diagnostic>> {
        let root = root_of(&job.path);
        let info = self.page_info(
            "topics",
            "topics/",
            self.word("topics"),
            self.settings.description.clone(),
        );
        let mut topics: Vec<_> = self.library.live_topics().map(views::topic_brief).collect();
        topics.sort_by_cached_key(|topic| topic.name.to_lowercase());
        self.page(&templates::TOPICS, TopicsContext { topics }, info, root)
    }

    pub(super) fn topic(
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
            &templates::TOPIC,
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

    pub(super) fn digests(&self, job: &Job) -> Result<Made, Box<Diagnostic>> {
        let root = root_of(&job.path);
        let info = self.page_info(
            "digests",
            "digests/",
            self.word("digests"),
            self.settings.description.clone(),
        );
        let months = self.months(|_| true);
        self.page(&templates::DIGESTS, DigestsContext { months }, info, root)
    }

    /// The digests of one month.
    pub(super) fn month(&self, job: &Job, first: Date) -> Result<Made, Box<Diagnostic>> {
        let root = root_of(&job.path);
        let info = self.page_info(
            "digests",
            &views::month_path(first),
            render::day(first, "month", &self.theme.words),
            self.settings.description.clone(),
        );
        let months = self.months(|date| date == Some(first));
        self.page(&templates::DIGESTS, DigestsContext { months }, info, root)
    }

    /// The digests by month, newest first, of the months that are asked for.
    fn months(&self, asked: impl Fn(Option<Date>) -> bool) -> Vec<Month> {
        let mut months: Vec<Month> = Vec::new();
        for entry in &self.library.digests {
            let first = entry.digest.date.map(Date::first_of_month);
            if !asked(first) {
                continue;
            }
            let date = first.map(|date| date.to_string());
            match months.last_mut() {
                Some(month) if month.date == date => {
                    month.digests.push(views::digest_brief(entry));
                }
                _ => months.push(Month {
                    date,
                    path: first.map(views::month_path),
                    digests: vec![views::digest_brief(entry)],
                }),
            }
        }
        months
    }

    fn digest_view(&self, digest: usize) -> DigestView {
        let library = self.library;
        let entry = &library.digests[digest];
        let topics = entry.topics.iter();
        let mut topics: Vec<_> = topics
            .map(|(topic, count)| render::TopicBrief {
                count: *count,
                ..views::topic_brief(&library.topics[*topic])
            })
            .collect();
        topics.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
        let curator =
            entry.digest.curator.clone().or_else(|| {
                Some(self.settings.curator.clone()).filter(|curator| !curator.is_empty())
            });
        DigestView {
            brief: views::digest_brief(entry),
            curator,
            note_html: self.note(Owner::Digest(digest)),
            earlier: library.digests.get(digest + 1).map(views::digest_brief),
            later: digest
                .checked_sub(1)
                .map(|later| views::digest_brief(&library.digests[later])),
            topics,
            seen_before: entry.seen_before,
            source: entry.digest.source.clone(),
            weekend: entry.digest.date.is_some_and(|day| {
                use jiff::civil::Weekday::{Saturday, Sunday};
                matches!(day.weekday(), Saturday | Sunday)
            }),
        }
    }

    /// What a digest lists, for previews: how many papers, and the first of them.
    fn digest_description(&self, digest: usize) -> String {
        let papers = &self.library.digests[digest].papers;
        let titles: Vec<&str> = papers
            .iter()
            .take(DESCRIBED_PAPERS)
            .map(|(n, _)| self.library.papers[*n].title.as_str())
            .collect();
        let key = match papers.len() {
            0 => return self.settings.description.clone(),
            1 => "digest_description_one",
            n if n <= DESCRIBED_PAPERS => "digest_description_all",
            _ => "digest_description",
        };
        let titles = titles.join("; ");
        filled(&self.word(key), papers.len(), &[("{titles}", &titles)])
    }

    pub(super) fn digest(
        &self,
        job: &Job,
        address: &str,
        digest: usize,
        page: usize,
    ) -> Result<Made, Box<Diagnostic>> {
        let entry = &self.library.digests[digest];
        let view = self.digest_view(digest);
        let pager = views::pager(
            &entry.digest.path(),
            page,
            entry.papers.len(),
            DIGEST_PAGE_SIZE,
        );
        let shown = shown(&entry.papers, &pager);
        let layout = self.kit.layout;
        let form = layout.form(Scope::Digest(digest), page, entry.papers.len());
        self.page_of(
            &templates::DIGEST,
            root_of(&job.path),
            |prints| {
                let listed = |(n, seen): &(usize, bool)| (prints.listed(*n), *seen);
                let described = entry.papers.iter().take(DESCRIBED_PAPERS).map(listed);
                (
                    &view,
                    self.note_inputs(Owner::Digest(digest)),
                    self.form_print(form),
                    &pager,
                    described.collect::<Vec<_>>(),
                    shown.iter().map(listed).collect::<Vec<_>>(),
                )
            },
            || {
                let title = digest_title(&view.brief, &self.theme.words);
                let description = self.digest_description(digest);
                let mut info = self.page_info("digest", address, title, description);
                self.note_needs(Owner::Digest(digest), &mut info);
                info.share = self.share(
                    &format!("{} – {}", info.title, self.settings.title),
                    &info.url,
                );
                info.alternates = self.alternates(Scope::Digest(digest));
                info.card = self.card_link(Subject::Digest(digest), &info.title);
                let numbers: Vec<usize> = shown.iter().map(|(n, _)| *n).collect();
                let all = Some(("digests", "digests/"));
                if layout.is_told(form) {
                    info.json_ld = self.list_data(&info, all, &pager, &numbers);
                }
                let own = DigestContext {
                    digest: view.clone(),
                    papers: self.list(shown.iter().copied(), form)?,
                    rows: form == Form::Row,
                    pager: pager.clone(),
                };
                Ok((own, info))
            },
        )
    }
}

/// A digest's title: its own, else its day, else its id.
pub(super) fn digest_title(
    brief: &render::DigestBrief,
    words: &BTreeMap<String, String>,
) -> String {
    let day = || {
        Some(render::day(
            brief.date.as_deref()?.parse().ok()?,
            "long",
            words,
        ))
    };
    brief
        .title
        .clone()
        .or_else(day)
        .unwrap_or_else(|| brief.id.clone())
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

/// A pattern of the interface with its number and its other fields. What fills
/// one field is never read as another.
pub(super) fn filled(pattern: &str, count: usize, fields: &[(&str, &str)]) -> String {
    let count = crate::diagnostics::thousands(count);
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let all = fields.iter().copied().chain([("{n}", count.as_str())]);
        let field = all.into_iter().find(|(name, _)| from.starts_with(name));
        let (name, value) = field.unwrap_or(("{", "{"));
        out.push_str(value);
        rest = &from[name.len()..];
    }
    out.push_str(rest);
    out.trim_end_matches([':', ' ']).to_owned()
}
