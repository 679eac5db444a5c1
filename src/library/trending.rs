//! Trending: papers ranked by a source's counts against their age. "Now" is the newest
//! day on which a paper was listed; the clock is not read, so that a build tomorrow
//! gives the same result.

use std::cmp::Reverse;

use super::{Entry, Library};

/// The metric for trending: readers' votes, which come within days. Citations and stars
/// take years, and show lasting impact.
const TRENDING_BY: &str = "upvotes";

/// How many trending papers are shown.
const MOST: usize = 20;

/// How many of the papers with the highest counts are shown.
const MOST_NOTED: usize = 10;

/// The exponent of a paper's age: after six days a paper needs eight times the count of
/// a new one.
const POWER: f64 = 1.5;

/// Added to the days, so that the first day does not dominate.
const HEAD_START: f64 = 2.0;

/// The trending papers of a library, the highest first, each with its upvotes; empty if
/// no source counted any.
pub fn trending(library: &Library) -> Vec<(usize, u64)> {
    let Some(now) = library
        .papers
        .iter()
        .filter_map(|entry| entry.paper.date)
        .max()
    else {
        return Vec::new();
    };
    let mut scored: Vec<(f64, usize, u64)> = library
        .papers
        .iter()
        .enumerate()
        .filter(|(_, entry)| !entry.paper.withdrawn)
        .filter_map(|(n, entry)| {
            let count = *entry
                .paper
                .metrics
                .get(TRENDING_BY)
                .filter(|count| **count > 0)?;
            let days = (now - entry.paper.date?).get_days();
            Some((weight(count, days), n, count))
        })
        .collect();
    // Among equals the newer one, which comes first in the library.
    scored.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    scored.truncate(MOST);
    scored.into_iter().map(|(_, n, count)| (n, count)).collect()
}

fn weight(count: u64, days: i32) -> f64 {
    count as f64 / (f64::from(days.max(0)) + HEAD_START).powf(POWER)
}

/// The papers with the highest counts, the highest first, each with its count.
pub fn most_noted(library: &Library) -> Vec<(usize, u64)> {
    let Some(metric) = library.metric else {
        return Vec::new();
    };
    let papers = library.papers.iter().enumerate();
    let offered = papers.filter(|(_, entry)| !entry.paper.withdrawn);
    let mut counted: Vec<(usize, u64)> = offered
        .filter_map(|(n, entry)| Some((n, *entry.paper.metrics.get(metric)?)))
        .filter(|(_, count)| *count > 0)
        .collect();
    counted.sort_by_key(|(n, count)| (Reverse(*count), *n));
    counted.truncate(MOST_NOTED);
    counted
}

/// Whether any of some papers has a count. A front page then lists them by it.
pub fn are_counted(library: &Library, papers: &[(usize, bool)]) -> bool {
    papers
        .iter()
        .any(|(n, _)| count(library, &library.papers[*n]) > 0)
}

/// The first `most` papers of a digest as a front page has them: those with the highest
/// counts first, and those that an earlier digest listed, as the flag says, last. Papers
/// that were withdrawn are left out.
pub fn foremost(library: &Library, papers: &[(usize, bool)], most: usize) -> Vec<(usize, bool)> {
    let mut keyed: Vec<_> = (papers.iter().enumerate())
        .filter(|(_, (n, _))| !library.papers[*n].paper.withdrawn)
        .map(|(at, (n, seen))| (*seen, Reverse(count(library, &library.papers[*n])), at))
        .collect();
    // A digest may list every paper of a library, and few are shown.
    if most < keyed.len() {
        keyed.select_nth_unstable(most);
        keyed.truncate(most);
    }
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, _, at)| papers[at]).collect()
}

/// The count of a paper that the library notes its papers by.
fn count(library: &Library, entry: &Entry) -> u64 {
    let metrics = &entry.paper.metrics;
    let count = library.metric.and_then(|metric| metrics.get(metric));
    count
        .copied()
        .filter(|_| !entry.paper.withdrawn)
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::weight;

    #[test]
    fn age_weighs_against_count() {
        assert!(weight(10, 0) > weight(20, 3));
        assert!(weight(100, 3) > weight(20, 0));
        assert!(weight(5, 1) > weight(5, 2));
        assert_eq!(weight(5, -3), weight(5, 0));
    }
}
