//! Views of authors and venues: from the library to what templates see.

use std::collections::BTreeMap;

use crate::library::{AuthorEntry, Entry, Library, VenueEntry};
use crate::model::Date;

use super::context::TopicBrief;
use super::context_lists::{AuthorBrief, VenueBrief, YearBrief};
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

/// The day on which the newest of some papers was listed.
pub fn newest(library: &Library, papers: &[usize]) -> Option<Date> {
    // The library has the newest first, and those without a day last.
    library.papers[*papers.iter().min()?].paper.date
}
