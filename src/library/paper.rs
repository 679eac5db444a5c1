//! A paper: with what was derived from its page and the topics that the rules give
//! it, it becomes an entry of the library.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::dangling::{dangling, locate};
use super::entry::{Entry, TopicScore, score};
use crate::config::Settings;
use crate::content::PaperPage;
use crate::derive::{Cache, Derived, Scores, derive};
use crate::diagnostics::Diagnostics;
use crate::model::{Paper, Slug};
use crate::prose;
use crate::text::{Cutter, Words};
use crate::topics::{Scan, Taxonomy};

/// Reads one paper after the other.
pub(super) struct Reader<'a> {
    pub(super) site: &'a Path,
    pub(super) settings: &'a Settings,
    pub(super) taxonomy: &'a Taxonomy,
    pub(super) topics: &'a BTreeMap<&'a str, usize>,
    pub(super) options: prose::Options,
    /// What earlier runs kept.
    pub(super) cache: &'a Cache,
    /// The fingerprint of the rules, and of how many topics a paper has at most.
    pub(super) rules: u64,
}

impl Reader<'_> {
    /// Reads a paper. Its number is known when all are read. Where it was not kept, its
    /// words go into `cutter`, and the number that they have there is given.
    pub(super) fn read(
        &self,
        mut page: PaperPage,
        scan: &mut Scan,
        cutter: &mut Cutter,
    ) -> (Entry, Option<usize>, Diagnostics) {
        let mut found = Diagnostics::new();
        let kept = self.cache.take(&page);
        let mut is_current = kept.is_current;
        let derived = kept.derived.unwrap_or_else(|| {
            is_current = false;
            derive(&page.paper, &self.options)
        });
        let mut scores = kept.scores;
        // What follows from the words of a paper that was kept is kept as well.
        let cut = (!is_current).then(|| cutter.cut(&derived.title, &derived.abstract_text));
        let words = cut.map(|cut| (cutter.words(), cut));
        let topics = match &page.paper.topics {
            Some(chosen) => self.chosen(&page.paper, chosen, &page.file, &mut found),
            // What a topic's page says of a single paper is no part of its rule.
            None if self.taxonomy.names(&page.paper.slug) => {
                self.scored(&page.paper, (&derived, words), scan)
            }
            None if scores.taxonomy == self.rules => known(&scores),
            None => {
                is_current = false;
                let topics = self.scored(&page.paper, (&derived, words), scan);
                scores = self.scores(&topics);
                topics
            }
        };
        // All that asks for the abstract from here on takes it as readers see it.
        let source = std::mem::take(&mut page.paper.abstract_text);
        if !is_current {
            self.cache.keep(&page, &source, &derived, &scores);
        }
        let entry = Entry {
            number: 0,
            derived: Arc::new(derived),
            words: None,
            topics,
            digests: Vec::new(),
            authors: Vec::new(),
            venue: None,
            source: page.origin.map(|origin| origin.hash),
            paper: page.paper,
            file: page.file,
        };
        (entry, cut, found)
    }

    fn chosen(
        &self,
        paper: &Paper,
        chosen: &[Slug],
        file: &Arc<str>,
        found: &mut Diagnostics,
    ) -> Vec<TopicScore> {
        let mut topics = Vec::new();
        for id in chosen {
            match self.topics.get(id.as_str()) {
                Some(&topic) => topics.push(TopicScore { topic, score: 0.0 }),
                None => found.push(dangling(
                    "topic",
                    id,
                    self.topics.keys().copied(),
                    locate(self.site, file, "topics"),
                    &paper.slug,
                )),
            }
        }
        topics
    }

    fn scored(
        &self,
        paper: &Paper,
        derived: (&Derived, Option<(&Words, usize)>),
        scan: &mut Scan,
    ) -> Vec<TopicScore> {
        let most = self.settings.most_topics;
        score(self.taxonomy, scan, paper, derived, most)
    }

    /// Topics as they are kept for the next run.
    fn scores(&self, topics: &[TopicScore]) -> Scores {
        let number = |topic| u32::try_from(topic).expect("four billion topics are no taxonomy");
        Scores {
            taxonomy: self.rules,
            topics: topics
                .iter()
                .map(|score| (number(score.topic), score.score))
                .collect(),
        }
    }
}

/// Topics as they were kept.
fn known(scores: &Scores) -> Vec<TopicScore> {
    let topics = scores.topics.iter();
    topics
        .map(|(topic, score)| TopicScore {
            topic: *topic as usize,
            score: *score,
        })
        .collect()
}
