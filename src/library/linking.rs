//! Linking: connects topics with their papers, with one another, and with their former
//! addresses.

use std::collections::BTreeMap;

use super::Entry;
use super::entry::TopicEntry;
use crate::content::{Redirect, Redirects, TopicPage};
use crate::meaning::{DIMS, Vector};
use crate::model::Topic;

/// How many related topics a topic has.
const RELATED: usize = 6;

/// The similarity of all their papers from which topics without shared papers are
/// related.
const ALIKE: f64 = 0.5;

/// How many most noted papers a topic has.
const NOTED: usize = 5;

/// The metrics of sources; among equally common ones, the first is used.
const METRICS: [&str; 4] = ["upvotes", "citations", "stars", "comments"];

/// The metric that most papers have.
pub(super) fn metric(papers: &[Entry]) -> Option<&'static str> {
    let known = |metric: &str| {
        let has = |entry: &&Entry| entry.paper.metrics.get(metric).is_some_and(|n| *n > 0);
        papers.iter().filter(has).count()
    };
    let counted = METRICS.into_iter().map(|metric| (known(metric), metric));
    // `max_by_key` returns the last of several equal ones.
    let best = counted.rev().max_by_key(|(papers, _)| *papers);
    best.filter(|(papers, _)| *papers > 0)
        .map(|(_, metric)| metric)
}

fn noted(listed: &[usize], papers: &[Entry], metric: Option<&str>) -> Vec<usize> {
    let Some(metric) = metric else {
        return Vec::new();
    };
    let mut noted: Vec<(u64, usize)> = listed
        .iter()
        .filter_map(|n| Some((*papers[*n].paper.metrics.get(metric)?, *n)))
        .filter(|(count, n)| *count > 0 && !papers[*n].paper.withdrawn)
        .collect();
    noted.sort_by_key(|(count, n)| (std::cmp::Reverse(*count), *n));
    noted.truncate(NOTED);
    noted.into_iter().map(|(_, n)| n).collect()
}

/// Topics with their papers, newest first, and the topics above, below and related to
/// each.
pub(super) fn topics(
    topics: Vec<Topic>,
    pages: &[TopicPage],
    papers: &[Entry],
    metric: Option<&'static str>,
    is_meant: bool,
) -> Vec<TopicEntry> {
    let ids: BTreeMap<String, usize> = topics
        .iter()
        .enumerate()
        .map(|(n, topic)| (topic.id.to_string(), n))
        .collect();
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); topics.len()];
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (n, entry) in papers.iter().enumerate() {
        for (i, one) in entry.topics.iter().enumerate() {
            members[one.topic].push(n);
            for other in &entry.topics[i + 1..] {
                *shared
                    .entry((one.topic.min(other.topic), one.topic.max(other.topic)))
                    .or_default() += 1;
            }
        }
    }
    let related = related(&members, &shared, papers, is_meant);
    let parents: Vec<Option<usize>> = topics
        .iter()
        .map(|topic| {
            topic
                .parent
                .as_ref()
                .and_then(|id| ids.get(id.as_str()).copied())
        })
        .collect();
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); topics.len()];
    for (n, parent) in parents.iter().enumerate() {
        if let Some(parent) = parent
            && !members[n].is_empty()
        {
            children[*parent].push(n);
        }
    }
    topics
        .into_iter()
        .zip(members)
        .zip(parents)
        .zip(children)
        .zip(related)
        .map(
            |((((topic, listed), parent), children), related)| TopicEntry {
                file: (pages.iter().find(|page| page.topic.id == topic.id))
                    .map(|page| page.file.clone()),
                topic,
                noted: noted(&listed, papers, metric),
                papers: listed,
                parent,
                children,
                related,
            },
        )
        .collect()
}

/// The related topics of each: those that share papers with it, and those whose papers
/// are similar in meaning, if that is known.
fn related(
    members: &[Vec<usize>],
    shared: &BTreeMap<(usize, usize), usize>,
    papers: &[Entry],
    is_meant: bool,
) -> Vec<Vec<(usize, usize)>> {
    let centre = |listed: &Vec<usize>| {
        let mut sum = [0_i32; DIMS];
        for paper in listed.iter().filter(|_| is_meant) {
            for (sum, number) in sum.iter_mut().zip(papers[*paper].vector.numbers()) {
                *sum += i32::from(*number);
            }
        }
        Vector::of_sum(&sum)
    };
    let centres: Vec<Vector> = members.iter().map(centre).collect();
    (0..members.len())
        .map(|topic| {
            let mut beside: Vec<(f64, usize, usize)> = (0..members.len())
                .filter(|other| *other != topic && !members[*other].is_empty())
                .filter_map(|other| {
                    let pair = (topic.min(other), topic.max(other));
                    let both = shared.get(&pair).copied().unwrap_or(0);
                    let likeness = f64::from(centres[topic].dot(&centres[other]));
                    if both == 0 && likeness < ALIKE {
                        return None;
                    }
                    let sizes = members[topic].len() as f64 * members[other].len() as f64;
                    let score = both as f64 / sizes.sqrt().max(1.0) + likeness.max(0.0) / 2.0;
                    Some((score, other, both))
                })
                .collect();
            beside.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            beside.truncate(RELATED);
            beside
                .into_iter()
                .map(|(_, other, both)| (other, both))
                .collect()
        })
        .collect()
}

/// The targets of old addresses: from the recorded redirects, and from former ids of
/// topics.
pub(super) fn redirects(ledger: &Redirects, topics: &[TopicEntry]) -> Vec<Redirect> {
    let mut redirects = ledger.active();
    for entry in topics {
        for alias in &entry.topic.aliases {
            let from = format!("topics/{alias}/");
            if !redirects.iter().any(|redirect| redirect.from == from) {
                let to = entry.topic.path();
                redirects.push(Redirect { from, to });
            }
        }
    }
    redirects
}
