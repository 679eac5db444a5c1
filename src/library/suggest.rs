//! Suggesting: topics for papers without one, and which papers of the whole library
//! they would have.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::model::{Topic, TopicId};
use crate::topics::{Discovery, Evidence, Taxonomy};

use super::{Entry, Library};

/// Topics suggested for a library.
#[derive(Debug)]
pub struct Suggestion {
    /// How many papers were examined.
    pub papers: usize,
    /// Whether these are all papers; otherwise they are those without a topic.
    pub is_whole: bool,
    /// The topics, each with its papers.
    pub topics: Vec<(Topic, Vec<usize>)>,
    /// How many papers would then have no topic.
    pub left_over: usize,
}

impl Library {
    /// Suggests topics. A library without any gets topics for all its papers, and every
    /// paper is in one; otherwise only papers without a topic are examined. `most` is
    /// the most topics that a paper can have.
    pub fn suggest(&self, most: usize) -> Suggestion {
        let is_whole = self.topics.is_empty();
        let asked: Vec<&Entry> = self
            .papers
            .iter()
            .filter(|entry| !entry.paper.withdrawn)
            .filter(|entry| is_whole || is_left_over(entry))
            .collect();
        let evidence: Vec<Evidence<'_>> = asked.iter().map(|entry| entry.evidence()).collect();
        let ids = self.topics.iter().map(|entry| entry.topic.id.clone());
        let taken: BTreeSet<TopicId> = ids.collect();
        let discovery = Discovery {
            taken: &taken,
            pin: is_whole,
            most,
        };
        let found = discovery.find(&evidence);
        let (topics, left_over) = self.with(found, most);
        Suggestion {
            papers: asked.len(),
            is_whole,
            topics,
            left_over,
        }
    }

    /// Topics in addition to the existing ones, with their papers, and how many papers
    /// have none.
    fn with(&self, found: Vec<Topic>, most: usize) -> (Vec<(Topic, Vec<usize>)>, usize) {
        let present = self.topics.iter().map(|entry| entry.topic.clone());
        let all: Vec<Topic> = present.chain(found.iter().cloned()).collect();
        let (taxonomy, _) = Taxonomy::compile(all, &|_| None);
        let scored: Vec<Vec<usize>> = self
            .papers
            .par_iter()
            .map_init(
                || taxonomy.scan(),
                |scan, entry| {
                    if entry.paper.topics.is_some() {
                        return entry.topics.iter().map(|score| score.topic).collect();
                    }
                    let scored = taxonomy.score(scan, &entry.evidence(), most);
                    scored.into_iter().map(|scored| scored.topic).collect()
                },
            )
            .collect();
        let left_over = scored.iter().filter(|topics| topics.is_empty()).count();
        let mut topics: Vec<(Topic, Vec<usize>)> =
            found.into_iter().map(|topic| (topic, Vec::new())).collect();
        for (paper, of_paper) in scored.iter().enumerate() {
            for topic in of_paper {
                let new = topic.checked_sub(self.topics.len());
                if let Some((_, papers)) = new.and_then(|new| topics.get_mut(new)) {
                    papers.push(paper);
                }
            }
        }
        topics.retain(|(_, papers)| !papers.is_empty());
        (topics, left_over)
    }
}

/// Whether it has no topic, and nobody declared that it has none.
fn is_left_over(entry: &Entry) -> bool {
    entry.topics.is_empty() && entry.paper.topics.is_none()
}
