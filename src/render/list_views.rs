//! Views of authors and venues: from the library to what templates see.

use std::collections::BTreeMap;

use tera::Value;

use crate::library::{AuthorEntry, Entry, Library, VenueEntry};
use crate::model::Date;

use super::chart;
use super::context::TopicBrief;
use super::context_lists::{AuthorBrief, TimelineView, VenueBrief, YearBrief};
use super::trend_views::{Words, word};
use super::views::topic_brief;

/// How many topics the page of an author or a venue names.
const TOPICS: usize = 6;

/// The address of an ORCID record.
pub fn orcid_url(orcid: &str) -> String {
    format!("https://orcid.org/{orcid}")
}

/// An author where they are only named.
pub fn author_brief(entry: &AuthorEntry) -> AuthorBrief {
    AuthorBrief {
        name: entry.name.clone(),
        path: entry.path(),
        count: entry.papers.len(),
        orcid: entry.orcid.as_deref().map(orcid_url),
    }
}

/// A venue where it is only named.
pub fn venue_brief(entry: &VenueEntry) -> VenueBrief {
    let year = |(n, year): (usize, &crate::library::VenueYear)| YearBrief {
        year: year.year,
        path: entry.year_path(n),
        count: year.papers.len(),
    };
    VenueBrief {
        name: entry.name.clone(),
        path: entry.path(),
        count: entry.papers.len(),
        years: entry.years.iter().enumerate().map(year).collect(),
    }
}

/// The papers of a venue, or of one of its years.
pub fn venue_papers(entry: &VenueEntry, year: Option<usize>) -> &[usize] {
    year.map_or(&entry.papers, |year| &entry.years[year].papers)
}

/// The papers that the pages of a venue, or of one of its years, list. A venue that has
/// more than a page of them has the newest; those of each year are on the year's pages,
/// unless one has no year.
pub fn listed_papers(entry: &VenueEntry, year: Option<usize>, page: usize) -> &[usize] {
    let papers = venue_papers(entry, year);
    let in_years: usize = entry.years.iter().map(|year| year.papers.len()).sum();
    if year.is_none() && in_years == papers.len() {
        &papers[..page.min(papers.len())]
    } else {
        papers
    }
}

/// The path of the page of a venue, or of one of its years.
pub fn venue_path(entry: &VenueEntry, year: Option<usize>) -> String {
    year.map_or_else(|| entry.path(), |year| entry.year_path(year))
}

/// Where the papers of a paper's venue and year are.
pub fn appearance_path(library: &Library, entry: &Entry) -> Option<String> {
    let appearance = entry.venue?;
    Some(venue_path(
        &library.venues[appearance.venue],
        appearance.year,
    ))
}

/// The commonest of some numbers, with how often each is there.
pub fn most(numbers: impl Iterator<Item = usize>, at_most: usize) -> Vec<(usize, usize)> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for number in numbers {
        *counts.entry(number).or_default() += 1;
    }
    let mut counts: Vec<(usize, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(number, count)| (std::cmp::Reverse(*count), *number));
    counts.truncate(at_most);
    counts
}

/// The topics of some papers by number, each with how many of them have it.
pub fn counted_topics(library: &Library, papers: &[usize]) -> Vec<(usize, usize)> {
    let topics = papers.iter().flat_map(|n| {
        let scores = library.papers[*n].topics.iter();
        scores.map(|score| score.topic)
    });
    most(topics, usize::MAX)
}

/// The commonest topics of some papers; `count` says how many of them.
pub fn topics(library: &Library, papers: &[usize]) -> Vec<TopicBrief> {
    let topics = papers.iter().flat_map(|n| {
        let scores = library.papers[*n].topics.iter();
        scores.map(|score| score.topic)
    });
    most(topics, TOPICS)
        .into_iter()
        .map(|(topic, count)| TopicBrief {
            count,
            ..topic_brief(&library.topics[topic])
        })
        .collect()
}

/// How many years a timeline shows at most; what is older is left out.
const MOST_YEARS: i16 = 40;

/// How many years a timeline spans at least, beyond the first.
const LEAST_YEARS: i16 = 2;

/// Some papers by the years in which they were published; by those in which they were
/// listed where nobody says more. `None` where they
/// are of one or two.
pub fn timeline(library: &Library, papers: &[usize], words: &Words) -> Option<TimelineView> {
    let year = |n: &usize| {
        let paper = &library.papers[*n].paper;
        paper
            .publication_year()
            .or(paper.date.map(|date| date.year()))
    };
    let mut counts: BTreeMap<i16, usize> = BTreeMap::new();
    for year in papers.iter().filter_map(year) {
        *counts.entry(year).or_default() += 1;
    }
    let last = *counts.keys().next_back()?;
    let oldest = last.saturating_sub(MOST_YEARS - 1);
    let first = *counts.range(oldest..).next()?.0;
    // Two years are said in words.
    if last - first < LEAST_YEARS {
        return None;
    }
    let values: Vec<usize> = (first..=last)
        .map(|year| counts.get(&year).copied().unwrap_or(0))
        .collect();
    let label = format!("{}, {first}–{last}", word(words, "venue_years"));
    Some(TimelineView {
        svg: Value::safe_string(&chart::skyline(&label, &values)),
        first,
        last,
    })
}

/// The day on which the newest of some papers was listed.
pub fn newest(library: &Library, papers: &[usize]) -> Option<Date> {
    // The library has the newest first, and those without a day last.
    library.papers[*papers.iter().min()?].paper.date
}
