//! Pages of digests: each with its papers, those of a month, and the list of all.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use tera::Value;

use crate::diagnostics::Diagnostic;
use crate::library::{self, Library};
use crate::model::Date;
use crate::render::{
    self, DigestBrief, DigestView, Html, ListItem, PageContext, Pager, StripPart, Template, views,
};
use crate::site::card::Subject;
use crate::site::jobs::{DIGEST_PAGE_SIZE, Job, root_of};
use crate::site::layout::Form;
use crate::site::scope::Scope;

use super::shelf::shown;
use super::words::filled;
use super::{Made, Owner, Page, Pages};

/// How many of a digest's papers the page of a month names.
const MONTH_LEADS: usize = 4;

/// How many months of the archive say what their digests are about.
const FULL_MONTHS: usize = 3;

/// How many papers the description of a digest names.
const DESCRIBED_PAPERS: usize = 3;

pub(in crate::site) const DIGESTS: Template<PageContext<DigestsContext>> =
    Template::new("digests.html", "All digests, or those of a month.");

/// `digests.html`.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::site) struct DigestsContext {
    /// The digests by month, newest first; on the page of a month that one alone.
    pub(super) months: Vec<Month>,
    /// The month before, on the page of a month.
    pub(super) earlier: Option<MonthLink>,
    /// The month after, on the page of a month.
    pub(super) later: Option<MonthLink>,
}

/// A month where it is only named.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::site) struct MonthLink {
    /// Its first day.
    pub(super) date: String,
    /// The path of its page.
    pub(super) path: String,
}

/// The digests of a month, in `digests.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::site) struct Month {
    /// Its first day; absent for digests without a day.
    pub(super) date: Option<String>,
    /// The path of its page; absent for digests without a day.
    pub(super) path: Option<String>,
    /// Its digests, newest first.
    pub(super) digests: Vec<ArchiveEntry>,
    /// On which day of the week it begins, from 1 for Monday.
    pub(super) begins: i8,
    /// Its days, each with its digests; empty for digests without a day.
    pub(super) days: Vec<CalendarDay>,
    /// Whether its digests say what they are about: those of the newest months do, and
    /// on the page of a month.
    pub(super) full: bool,
}

/// A day of a month: an entry of `month.days`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::site) struct CalendarDay {
    /// Its number within the month.
    pub(super) number: i8,
    /// The day.
    pub(super) date: String,
    /// Its digests, newest first.
    pub(super) digests: Vec<ArchiveEntry>,
}

/// A digest in the archive.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::site) struct ArchiveEntry {
    /// What any list of digests shows.
    #[serde(flatten)]
    pub(super) brief: DigestBrief,
    /// The titles of its first papers as HTML: one in the archive, more on the page of a
    /// month; none where the month is not `full`.
    #[schemars(with = "Vec<Html>")]
    pub(super) leads: Vec<Value>,
    /// The mix of its topics, for a band of tones; empty where the month is not `full`.
    pub(super) strip: Vec<StripPart>,
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
        let own = DigestsContext {
            months: self.months(|_| true, 1),
            earlier: None,
            later: None,
        };
        self.page(&DIGESTS, own, info, root)
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
        let mut all: Vec<Date> = (self.library.digests.iter())
            .filter_map(|entry| Some(entry.digest.date?.first_of_month()))
            .collect();
        all.sort_unstable();
        let link = |month: &Date| MonthLink {
            date: month.to_string(),
            path: views::month_path(*month),
        };
        let own = DigestsContext {
            months: self.months(|date| date == Some(first), MONTH_LEADS),
            earlier: all.iter().rev().find(|month| **month < first).map(link),
            later: all.iter().find(|month| **month > first).map(link),
        };
        self.page(&DIGESTS, own, info, root)
    }

    /// The digests by month, newest first, of the months that are asked for. Each of the
    /// newest months names so many of a digest's papers.
    fn months(&self, asked: impl Fn(Option<Date>) -> bool, leads: usize) -> Vec<Month> {
        let mut months: Vec<Month> = Vec::new();
        for (n, entry) in self.library.digests.iter().enumerate() {
            let first = entry.digest.date.map(Date::first_of_month);
            if !asked(first) {
                continue;
            }
            let date = first.map(|date| date.to_string());
            if months.last().is_none_or(|month| month.date != date) {
                months.push(Month {
                    date,
                    path: first.map(views::month_path),
                    digests: Vec::new(),
                    begins: first.map_or(1, |first| first.weekday().to_monday_one_offset()),
                    days: first.map_or_else(Vec::new, days),
                    full: months.len() < FULL_MONTHS,
                });
            }
            let Some(month) = months.last_mut() else {
                continue;
            };
            let said = self.archive_entry(n, if month.full { leads } else { 0 });
            let day = entry.digest.date.map(|date| date.day());
            if let Some(day) = month.days.iter_mut().find(|of| Some(of.number) == day) {
                day.digests.push(said.clone());
            }
            month.digests.push(said);
        }
        months
    }

    fn archive_entry(&self, digest: usize, leads: usize) -> ArchiveEntry {
        let entry = &self.library.digests[digest];
        let first = match leads {
            0 => Vec::new(),
            _ => library::foremost(self.library, &entry.papers, leads),
        };
        ArchiveEntry {
            brief: views::digest_brief(entry),
            leads: (first.into_iter())
                .map(|(n, _)| Value::safe_string(self.library.papers[n].title_html()))
                .collect(),
            strip: match leads {
                0 => Vec::new(),
                _ => render::strip::strip(self.library, &entry.topics),
            },
        }
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
            1 => self.digest_groups(digest),
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

    fn digest_groups(&self, digest: usize) -> Vec<GroupView> {
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
            strip: render::strip::strip(library, &entry.topics),
            number: library.digests.len() - digest,
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

/// All days of a month.
fn days(first: Date) -> Vec<CalendarDay> {
    let last = first.days_in_month();
    (1..=last)
        .map(|number| CalendarDay {
            number,
            date: Date::new(first.year(), first.month(), number)
                .map_or_else(|_| String::new(), |day| day.to_string()),
            digests: Vec::new(),
        })
        .collect()
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
