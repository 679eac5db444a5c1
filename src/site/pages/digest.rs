//! Pages of digests: each with its papers, those of a month, and the list of all.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostics::Diagnostic;
use crate::library::Library;
use crate::model::Date;
use crate::render::{self, DigestBrief, DigestView, ListItem, PageContext, Pager, Template, views};
use crate::site::card::Subject;
use crate::site::jobs::{DIGEST_PAGE_SIZE, Job, root_of};
use crate::site::layout::Form;
use crate::site::scope::Scope;

use super::shelf::shown;
use super::words::filled;
use super::{Made, Owner, Page, Pages};

/// How many papers the description of a digest names.
const DESCRIBED_PAPERS: usize = 3;

pub(in crate::site) const DIGESTS: Template<PageContext<DigestsContext>> =
    Template::new("digests.html", "All digests, or those of a month.");

/// `digests.html`.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::site) struct DigestsContext {
    /// The digests by month, newest first; on the page of a month that one alone.
    pub(super) months: Vec<Month>,
}

/// The digests of a month, in `digests.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::site) struct Month {
    /// Its first day; absent for digests without a day.
    pub(super) date: Option<String>,
    /// The path of its page; absent for digests without a day.
    pub(super) path: Option<String>,
    /// Its digests, newest first.
    pub(super) digests: Vec<DigestBrief>,
}

/// The list of all digests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) struct DigestsPage;

impl Page for DigestsPage {
    fn make(&self, pages: &Pages<'_>, job: &Job) -> Result<Made, Box<Diagnostic>> {
        pages.digests(job)
    }
}

/// The digests of a month, given by its first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) struct MonthPage(pub(in crate::site) Date);

impl Page for MonthPage {
    fn make(&self, pages: &Pages<'_>, job: &Job) -> Result<Made, Box<Diagnostic>> {
        pages.month(job, self.0)
    }
}

pub(in crate::site) const DIGEST: Template<PageContext<DigestContext>> =
    Template::new("digest.html", "A digest with its papers.");

/// `digest.html`.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::site) struct DigestContext {
    /// The digest.
    pub(super) digest: DigestView,
    /// Its papers that are on this page.
    pub(super) papers: Vec<ListItem>,
    /// Whether its papers are in rows, made with `row.html`, and not as cards.
    pub(super) rows: bool,
    /// Papers of it that are about one thing, on the first page of a long digest.
    pub(super) groups: Vec<GroupView>,
    /// The pages that the list goes over.
    pub(super) pager: Pager,
}

/// Papers of a digest that are about one thing, in `digest.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::site) struct GroupView {
    /// What they are about: a phrase that all of them have.
    pub(super) name: String,
    /// The papers.
    pub(super) papers: Vec<GroupedPaper>,
}

/// A paper of a group, in `digest.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::site) struct GroupedPaper {
    /// The path of its page.
    pub(super) path: String,
    /// Its title.
    pub(super) title: String,
}

/// A page of a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) struct DigestPage {
    /// Its number in the library.
    pub(in crate::site) digest: usize,
    /// From 1.
    pub(in crate::site) page: usize,
}

impl Page for DigestPage {
    fn make(&self, pages: &Pages<'_>, job: &Job) -> Result<Made, Box<Diagnostic>> {
        pages.digest(job, job.address(), self.digest, self.page)
    }

    fn shape(&self, _: &Library) -> u32 {
        u32::from(self.page > 1)
    }

    fn day(&self, library: &Library) -> Option<Date> {
        library.digests[self.digest].digest.date
    }

    fn describe(&self, library: &Library) -> Option<String> {
        Some(format!(
            "the digest `{}`",
            library.digests[self.digest].digest.id
        ))
    }
}

impl Pages<'_> {
    fn digests(&self, job: &Job) -> Result<Made, Box<Diagnostic>> {
        let root = root_of(&job.path);
        let info = self.page_info(
            "digests",
            "digests/",
            self.word("digests"),
            self.settings.description.clone(),
        );
        let months = self.months(|_| true);
        self.page(&DIGESTS, DigestsContext { months }, info, root)
    }

    /// The digests of one month.
    fn month(&self, job: &Job, first: Date) -> Result<Made, Box<Diagnostic>> {
        let root = root_of(&job.path);
        let info = self.page_info(
            "digests",
            &views::month_path(first),
            render::day(first, "month", &self.theme.words),
            self.settings.description.clone(),
        );
        let months = self.months(|date| date == Some(first));
        self.page(&DIGESTS, DigestsContext { months }, info, root)
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

    fn digest(
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
        let groups = match page {
            1 => self.groups(digest),
            _ => Vec::new(),
        };
        let layout = self.kit.layout;
        let form = layout.form(Scope::Digest(digest), page, entry.papers.len());
        self.page_of(
            &DIGEST,
            root_of(&job.path),
            |prints| {
                let listed = |(n, seen): &(usize, bool)| (prints.listed(*n), *seen);
                let described = entry.papers.iter().take(DESCRIBED_PAPERS).map(listed);
                (
                    &view,
                    &groups,
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
                    groups: groups.clone(),
                    pager: pager.clone(),
                };
                Ok((own, info))
            },
        )
    }

    fn groups(&self, digest: usize) -> Vec<GroupView> {
        let groups = self.library.groups(digest).into_iter();
        groups
            .map(|group| GroupView {
                name: group.name.into_owned(),
                papers: group
                    .papers
                    .iter()
                    .map(|n| &self.library.papers[*n])
                    .map(|entry| GroupedPaper {
                        path: entry.paper.path(),
                        title: entry.title.clone(),
                    })
                    .collect(),
            })
            .collect()
    }

    pub(super) fn digest_view(&self, digest: usize) -> DigestView {
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
