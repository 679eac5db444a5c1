//! Pages of venues: each, or one of its years, with its papers, and the list of all.

use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostics::Diagnostic;
use crate::library::Library;
use crate::model::Date;
use crate::render::{
    ListItem, PageContext, Pager, Template, TimelineView, TopicBrief, VenueBrief, list_views,
    trend_views::Words, views,
};
use crate::site::jobs::{INDEX_PAGE_SIZE, Job, root_of};
use crate::site::layout::Form;

use super::shelf::{Shelf, shown};
use super::{Made, Page, Pages};

pub(in crate::site) const VENUES: Template<PageContext<VenuesContext>> =
    Template::new("venues.html", "All venues.");

/// `venues.html`.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::site) struct VenuesContext {
    /// The venues of this page.
    pub(super) venues: Vec<VenueBrief>,
    /// The pages that the list goes over.
    pub(super) pager: Pager,
}

/// A page of the list of all venues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) struct VenuesPage {
    /// From 1.
    pub(in crate::site) page: usize,
}

impl Page for VenuesPage {
    fn make(&self, pages: &Pages<'_>, job: &Job) -> Result<Made, Box<Diagnostic>> {
        pages.venues(job, job.address(), self.page)
    }

    fn shape(&self, _: &Library) -> u32 {
        u32::from(self.page > 1)
    }
}

pub(in crate::site) const VENUE: Template<PageContext<VenueContext>> = Template::new(
    "venue.html",
    "A venue, or one of its years, with its papers.",
);

/// `venue.html`.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::site) struct VenueContext {
    /// The venue, or one of its years.
    pub(super) venue: VenueView,
    /// Its papers that are on this page.
    pub(super) papers: Vec<ListItem>,
    /// Whether its papers are in rows, made with `row.html`, and not as cards.
    pub(super) rows: bool,
    /// The pages that the list goes over.
    pub(super) pager: Pager,
}

/// `venue` in `venue.html`: a venue, or one of its years.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::site) struct VenueView {
    /// What a list shows too; `count` is that of the page.
    #[serde(flatten)]
    pub(super) brief: VenueBrief,
    /// The path of the page of all years.
    pub(super) all: String,
    /// The year of the page, where it is of one.
    pub(super) year: Option<i16>,
    /// What the papers are about; `count` says how many of them. On the first page
    /// of several alone.
    pub(super) topics: Vec<TopicBrief>,
    /// The papers by year, on the first page alone; absent where all are of one.
    pub(super) timeline: Option<TimelineView>,
    /// The day on which the newest of the papers was listed.
    pub(super) newest: Option<String>,
}

/// A page of a venue, or of one of its years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) struct VenuePage {
    /// Its number in the library.
    pub(in crate::site) venue: usize,
    /// The place of the year among those of the venue.
    pub(in crate::site) year: Option<usize>,
    /// From 1.
    pub(in crate::site) page: usize,
}

impl Page for VenuePage {
    fn make(&self, pages: &Pages<'_>, job: &Job) -> Result<Made, Box<Diagnostic>> {
        pages.venue(job, job.address(), self.venue, self.year, self.page)
    }

    fn shape(&self, _: &Library) -> u32 {
        u32::from(self.page > 1) | u32::from(self.year.is_some()) << 1
    }

    fn day(&self, library: &Library) -> Option<Date> {
        let entry = &library.venues[self.venue];
        list_views::newest(library, list_views::venue_papers(entry, self.year))
    }

    fn describe(&self, library: &Library) -> Option<String> {
        Some(format!("the venue `{}`", library.venues[self.venue].name))
    }
}

impl Pages<'_> {
    fn venues(&self, job: &Job, address: &str, page: usize) -> Result<Made, Box<Diagnostic>> {
        let venues = &self.library.venues;
        let pager = views::pager("venues/", page, venues.len(), INDEX_PAGE_SIZE);
        let shown: Vec<_> = shown(venues, &pager)
            .iter()
            .map(list_views::venue_brief)
            .collect();
        let own = VenuesContext {
            venues: shown,
            pager,
        };
        self.directory(job, address, "venues", &VENUES, own)
    }

    fn venue(
        &self,
        job: &Job,
        address: &str,
        venue: usize,
        year: Option<usize>,
        page: usize,
    ) -> Result<Made, Box<Diagnostic>> {
        let entry = &self.library.venues[venue];
        let view = venue_view(self.library, (venue, year), page == 1, &self.theme.words);
        let shelf = Shelf {
            base: &view.brief.path,
            papers: list_views::listed_papers(entry, year, self.settings.page_size),
            page,
            all: Some(("venues", "venues/")),
            form: Form::Row,
        };
        self.page_of(
            &VENUE,
            root_of(&job.path),
            |prints| (&view, self.shelf_inputs(prints, &shelf)),
            || {
                let title = match view.year {
                    Some(year) => format!("{} {year}", entry.name),
                    None => entry.name.clone(),
                };
                let description = self.describe("venue_description", view.brief.count, &title);
                let mut info = self.page_info("venue", address, title, description);
                let (papers, pager) = self.shelf(&mut info, &shelf)?;
                let venue = view.clone();
                let own = VenueContext {
                    venue,
                    papers,
                    rows: shelf.form == Form::Row,
                    pager,
                };
                Ok((own, info))
            },
        )
    }
}

/// A venue, or one of its years, in full; its topics on the first page alone.
fn venue_view(
    library: &Library,
    (number, year): (usize, Option<usize>),
    is_first: bool,
    words: &Words,
) -> VenueView {
    let entry = &library.venues[number];
    let papers = list_views::venue_papers(entry, year);
    let brief = list_views::venue_brief(entry);
    VenueView {
        all: entry.path(),
        year: year.map(|year| entry.years[year].year),
        topics: list_views::topics(library, if is_first { papers } else { &[] }),
        timeline: list_views::timeline(library, if is_first { papers } else { &[] }, words),
        newest: list_views::newest(library, papers).map(|day| day.to_string()),
        brief: VenueBrief {
            path: list_views::venue_path(entry, year),
            count: papers.len(),
            ..brief
        },
    }
}
