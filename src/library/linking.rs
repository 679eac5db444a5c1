//! Linking: topics know their papers, one another, and where they were before.

use std::collections::BTreeMap;

use super::Entry;
use super::entry::TopicEntry;
use crate::content::{Redirect, Redirects, TopicPage};
use crate::model::Topic;

/// How many topics stand beside one.
const RELATED: usize = 6;

/// How many of a topic's papers are its most noted.
const NOTED: usize = 5;

/// What sources count; of two that as many papers have, the first serves.
const METRICS: [&str; 4] = ["upvotes", "citations", "stars", "comments"];

/// The metric that most papers have.
pub(super) fn metric(papers: &[Entry]) -> Option<&'static str> {
    let known = |metric: &str| {
        let has = |entry: &&Entry| entry.paper.metrics.get(metric).is_some_and(|n| *n > 0);
        papers.iter().filter(has).count()
    };
    let counted = METRICS.into_iter().map(|metric| (known(metric), metric));
    // Of equals the last would win.
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

/// Topics with their papers, newest first, and what stands above, below and
/// beside each.
pub(super) fn topics(
    topics: Vec<Topic>,
    pages: &[TopicPage],
    papers: &[Entry],
    metric: Option<&'static str>,
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
    let mut related: Vec<Vec<(usize, usize)>> = vec![Vec::new(); topics.len()];
    for ((a, b), n) in shared {
        related[a].push((b, n));
        related[b].push((a, n));
    }
    for list in &mut related {
        list.sort_by_key(|(topic, n)| (std::cmp::Reverse(*n), *topic));
        list.truncate(RELATED);
    }
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

/// Where old addresses lead: as the ledger says, and from the ids that topics had
/// before.
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
