//! Trending: papers ranked by a source's counts against their age. "Now" is the newest
//! day on which a paper was listed; the clock is not read, so that a build tomorrow
//! gives the same result.

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
    counted.sort_by_key(|(n, count)| (std::cmp::Reverse(*count), *n));
    counted.truncate(MOST_NOTED);
    counted
}

/// Papers of one day, those with the highest counts first; unchanged if none has a
/// count. Each has a flag: whether it was listed before.
pub fn by_count(library: &Library, papers: &[(usize, bool)]) -> Option<Vec<(usize, bool)>> {
    let metric = library.metric?;
    let count = |entry: &Entry| match entry.paper.withdrawn {
        true => 0,
        false => entry.paper.metrics.get(metric).copied().unwrap_or(0),
    };
    let mut ordered = papers.to_vec();
    ordered.sort_by_key(|(n, _)| std::cmp::Reverse(count(&library.papers[*n])));
    let any = ordered
        .first()
        .is_some_and(|(n, _)| count(&library.papers[*n]) > 0);
    any.then_some(ordered)
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
