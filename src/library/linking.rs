//! Linking: topics know their papers, one another, and where they were before.

use std::collections::BTreeMap;

use super::Entry;
use super::entry::TopicEntry;
use crate::content::{Ledger, Redirect};
use crate::model::Topic;

/// How many topics stand beside one.
const RELATED: usize = 6;

/// Topics with their papers, newest first, and what stands above, below and
/// beside each.
pub(super) fn topics(topics: Vec<Topic>, papers: &[Entry]) -> Vec<TopicEntry> {
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
            |((((topic, papers), parent), children), related)| TopicEntry {
                topic,
                papers,
                parent,
                children,
                related,
            },
        )
        .collect()
}

/// Where old addresses lead: as the ledger says, and from the ids that topics had
/// before.
pub(super) fn redirects(ledger: &Ledger, topics: &[TopicEntry]) -> Vec<Redirect> {
    let mut redirects = ledger.redirects();
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
