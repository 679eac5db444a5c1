//! Views of authors and venues: from the library to what templates see.

use std::collections::BTreeMap;

use crate::library::{AuthorEntry, Entry, Library, VenueEntry};

use super::context::TopicBrief;
use super::context_lists::{AuthorBrief, AuthorView, VenueBrief, VenueView, YearBrief};
use super::views::topic_brief;

/// How many co-authors an author's page names: a large library has tens of
/// thousands of such pages.
const COAUTHORS: usize = 8;

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

/// An author in full. What follows from all papers is on the first page alone: on
/// every one it would cost the square of their number.
pub fn author(library: &Library, number: usize, is_first: bool) -> AuthorView {
    let entry = &library.authors[number];
    let counted: &[usize] = if is_first { &entry.papers } else { &[] };
    let others = counted.iter().flat_map(|n| {
        let written = library.papers[*n].authors.iter().flatten();
        written.copied().filter(|other| *other != number)
    });
    let coauthors = most(others, COAUTHORS)
        .into_iter()
        .map(|(other, count)| AuthorBrief {
            count,
            ..author_brief(&library.authors[other])
        });
    AuthorView {
        brief: author_brief(entry),
        namesakes: entry
            .namesakes
            .iter()
            .map(|other| author_brief(&library.authors[*other]))
            .collect(),
        coauthors: coauthors.collect(),
        topics: topics(library, counted),
        newest: newest(library, &entry.papers),
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

/// A venue, or one of its years, in full; its topics on the first page alone.
pub fn venue(library: &Library, number: usize, year: Option<usize>, is_first: bool) -> VenueView {
    let entry = &library.venues[number];
    let papers = venue_papers(entry, year);
    let brief = venue_brief(entry);
    VenueView {
        all: entry.path(),
        year: year.map(|year| entry.years[year].year),
        topics: topics(library, if is_first { papers } else { &[] }),
        newest: newest(library, papers),
        brief: VenueBrief {
            path: venue_path(entry, year),
            count: papers.len(),
            ..brief
        },
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
fn most(numbers: impl Iterator<Item = usize>, at_most: usize) -> Vec<(usize, usize)> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for number in numbers {
        *counts.entry(number).or_default() += 1;
    }
    let mut counts: Vec<(usize, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(number, count)| (std::cmp::Reverse(*count), *number));
    counts.truncate(at_most);
    counts
}

fn topics(library: &Library, papers: &[usize]) -> Vec<TopicBrief> {
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

fn newest(library: &Library, papers: &[usize]) -> Option<String> {
    let days = papers.iter().filter_map(|n| library.papers[*n].paper.date);
    days.max().map(|day| day.to_string())
}
