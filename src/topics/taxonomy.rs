//! A taxonomy: the topics of a site with their rules made ready.

use std::collections::HashMap;

use super::matching::{Program, Scan};
use super::near::{FAR, NEAR, Nearness};
use super::{Evidence, Find, Scored, Verdict};
use crate::model::{Slug, Topic, TopicId};

/// The sum from which a paper belongs to a topic that does not say its own.
pub const DEFAULT_THRESHOLD: f64 = 2.0;

/// A topic that tells less than this part of what the most telling one does
/// would surprise the reader who finds the paper there …
const OVERSHADOWED: f64 = 0.7;

/// … unless it reaches so many of its thresholds.
const NEVER_OVERSHADOWED: f64 = 2.0;

/// A paper that reaches so many thresholds of a topic belongs to it, however far it is
/// from the topic's papers.
const NEVER_FAR: f64 = 2.0;

/// The topics of a site, ready to score papers. [`compile`](Self::compile)
/// makes one.
#[derive(Debug, Default)]
pub struct Taxonomy {
    topics: Vec<Topic>,
    /// For each topic how near papers are to it, where that is known.
    nearness: Vec<Option<&'static Nearness>>,
    by_id: HashMap<TopicId, usize>,
    program: Program,
    /// For each rule of the program the topic it is of.
    topic_of: Vec<usize>,
    /// The topics that a paper is pinned to, or excluded from.
    set_by_hand: HashMap<Slug, Vec<(usize, Verdict)>>,
}

impl Taxonomy {
    pub(super) fn new(topics: Vec<Topic>, program: Program, topic_of: Vec<usize>) -> Self {
        let mut set_by_hand: HashMap<Slug, Vec<(usize, Verdict)>> = HashMap::new();
        for (number, topic) in topics.iter().enumerate() {
            let pinned = topic.pinned.iter().map(|slug| (slug, Verdict::Pinned));
            let excluded = topic.exclude.iter().map(|slug| (slug, Verdict::Excluded));
            for (slug, verdict) in pinned.chain(excluded) {
                let list = set_by_hand.entry(slug.clone()).or_default();
                list.push((number, verdict));
            }
        }
        let ids = topics.iter().enumerate();
        let by_id = ids
            .map(|(number, topic)| (topic.id.clone(), number))
            .collect();
        Self {
            nearness: topics.iter().map(Nearness::to).collect(),
            topics,
            by_id,
            program,
            topic_of,
            set_by_hand,
        }
    }

    /// The topics, in the order in which they were given.
    pub fn topics(&self) -> &[Topic] {
        &self.topics
    }

    /// The place of a topic in [`topics`](Self::topics).
    pub fn position(&self, id: &TopicId) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// Room to score papers in. One serves many papers in turn and grows faster
    /// as it goes; each thread needs its own, and each taxonomy.
    pub fn scan(&self) -> Scan {
        self.program.scan()
    }

    /// The topics of a paper, most telling first: those it is pinned to, and at most
    /// `most` others. What speaks for them is left
    /// to [`explain`](Self::explain): a large library does not ask.
    pub fn score(&self, scan: &mut Scan, evidence: &Evidence<'_>, most: usize) -> Vec<Scored> {
        let mut scored = self.judged(scan, evidence, most);
        scored.retain(Scored::passed);
        scored
    }

    /// Whether a topic's page names a paper, to pin it or to exclude it.
    pub fn names(&self, paper: &Slug) -> bool {
        self.set_by_hand.contains_key(paper)
    }

    /// A number that changes when the rules may give a paper that no page names
    /// other topics, or topics other numbers.
    pub fn fingerprint(&self) -> u64 {
        let mut hasher = blake3::Hasher::new();
        for topic in &self.topics {
            for text in [topic.id.as_str(), &topic.rule] {
                hasher.update(&(text.len() as u64).to_le_bytes());
                hasher.update(text.as_bytes());
            }
            let threshold = topic.threshold.unwrap_or(DEFAULT_THRESHOLD);
            hasher.update(&threshold.to_le_bytes());
        }
        let mut first = [0; 8];
        first.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
        u64::from_le_bytes(first)
    }

    /// Everything that speaks for any topic: those of [`score`](Self::score)
    /// first, then those that the paper missed, each with its terms.
    pub fn explain(&self, scan: &mut Scan, evidence: &Evidence<'_>, most: usize) -> Vec<Scored> {
        let mut scored = self.judged(scan, evidence, most);
        self.show_finds(&mut scored, scan, evidence);
        scored
    }

    /// All topics with a score or a verdict by hand, in their final order, the
    /// finds not yet worked out.
    fn judged(&self, scan: &mut Scan, evidence: &Evidence<'_>, most: usize) -> Vec<Scored> {
        self.program.read(scan, evidence);
        let mut scored = Vec::new();
        for rule in self.program.touched(scan) {
            let worth = self.program.rule(rule).worth(scan, evidence);
            if let Some(score) = worth.filter(|worth| *worth > 0.0) {
                scored.push(self.unjudged(self.topic_of[rule], score, evidence));
            }
        }
        let by_hand = self.set_by_hand.get(&evidence.paper.slug);
        for (topic, verdict) in by_hand.into_iter().flatten() {
            match scored.iter_mut().find(|entry| entry.topic == *topic) {
                Some(entry) => entry.verdict = *verdict,
                None => scored.push(Scored {
                    verdict: *verdict,
                    ..self.unjudged(*topic, 0.0, evidence)
                }),
            }
        }
        scored.sort_by(|a, b| {
            (b.verdict == Verdict::Pinned)
                .cmp(&(a.verdict == Verdict::Pinned))
                .then(b.strength().total_cmp(&a.strength()))
                .then(a.topic.cmp(&b.topic))
        });
        judge(&mut scored, most);
        // Stable, so that each half stays in order.
        scored.sort_by_key(|entry| !entry.passed());
        scored
    }

    fn unjudged(&self, topic: usize, score: f64, evidence: &Evidence<'_>) -> Scored {
        let own = self.topics[topic].threshold;
        Scored {
            topic,
            score,
            threshold: own.unwrap_or(DEFAULT_THRESHOLD),
            nearness: self.nearness[topic].and_then(|one| one.of(&evidence.vector)),
            verdict: Verdict::Missed,
            finds: Vec::new(),
        }
    }

    fn show_finds(&self, scored: &mut [Scored], scan: &Scan, evidence: &Evidence<'_>) {
        for entry in scored {
            let Ok(rule) = self.topic_of.binary_search(&entry.topic) else {
                continue;
            };
            let rule = self.program.rule(rule);
            rule.finds(scan, evidence, &mut |term, field, count, worth| {
                entry.finds.push(Find {
                    term: self.program.term(term),
                    field,
                    count,
                    worth,
                });
            });
            entry.finds.sort_by(|a, b| {
                let by_worth = b.worth.abs().total_cmp(&a.worth.abs());
                by_worth.then_with(|| (&a.term, a.field).cmp(&(&b.term, b.field)))
            });
        }
    }
}

/// Decides, for topics in order of strength, which of them the paper belongs to.
fn judge(scored: &mut [Scored], most: usize) {
    let strongest = scored.iter().map(Scored::strength).fold(0.0, f64::max);
    let mut passed = 0;
    for entry in scored {
        if entry.verdict == Verdict::Missed {
            entry.verdict = if entry.strength() < 1.0 {
                Verdict::Missed
            } else if entry.strength() < NEVER_OVERSHADOWED.min(strongest * OVERSHADOWED)
                && !entry.nearness.is_some_and(|nearness| nearness >= NEAR)
            {
                Verdict::Overshadowed
            } else if entry.strength() < NEVER_FAR
                && entry.nearness.is_some_and(|nearness| nearness < FAR)
            {
                Verdict::Far
            } else if passed >= most {
                Verdict::Crowded
            } else {
                Verdict::Passed
            };
        }
        // What a person adds crowds out nothing.
        passed += usize::from(entry.verdict == Verdict::Passed);
    }
}
