//! Discovery: topics found in the papers themselves, for a library that no
//! taxonomy fits. What is found are topics like any other, with rules in the
//! grammar; which papers belong to them is what the rules say.
//!
//! A few phrases become seeds (`seeds`, decided by a `ballot`), the terms that
//! keep company with them become their kin (`kin`), both together the rule.
//! `docs/topics.md` tells it for readers. Nothing here depends on chance, and ties go by the alphabet.

mod ballot;
mod kin;
mod name;
mod phrases;
pub mod plain;
mod reading;
mod seeds;
mod vectors;

use std::collections::BTreeSet;

use crate::meaning::{DIMS, Vector};
use crate::model::{Slug, Topic, TopicId};

pub use self::plain::is_about_the_work;

use self::kin::{Lying, Weighted};
use self::phrases::Phrases;
use self::reading::Reading;
use self::vectors::Vectors;
use super::matching::sought;
use super::{Evidence, Query, Taxonomy, Term};

/// The most topics that are found.
pub const MOST_TOPICS: usize = 60;

/// Fewer papers are not divided into topics.
pub const LEAST_PAPERS: usize = 12;

/// The sum from which a paper belongs to a topic that was found: low, since
/// every paper should get a topic, and the strongest topics come first anyway.
const THRESHOLD: f64 = 1.4;

/// The most terms of a rule that a topic's scope names.
const MOST_IN_SCOPE: usize = 5;

/// What is asked of discovery.
#[derive(Debug, Clone, Copy)]
pub struct Discovery<'a> {
    /// Ids that are taken.
    pub taken: &'a BTreeSet<TopicId>,
    /// Whether every paper gets a topic: one that no rule reaches is pinned to the topic
    /// whose papers it resembles most, in meaning or else in words.
    pub pin: bool,
    /// How many topics a paper has at most.
    pub most: usize,
}

impl Discovery<'_> {
    /// Finds topics, about the square root of the number of papers. They come in the
    /// order in which they were found.
    pub fn find(&self, papers: &[Evidence<'_>]) -> Vec<Topic> {
        if papers.len() < LEAST_PAPERS {
            return Vec::new();
        }
        let reading = Reading::of(papers);
        let phrases = Phrases::of(&reading, least_frequency(papers.len()));
        let vectors = Vectors::of(&phrases, papers.len());
        let seeds = seeds::choose(&reading, &phrases, &vectors, number_of_topics(papers.len()));
        let lying = Lying::of(&seeds, &vectors, papers.len());
        let rules = kin::rules(&reading, &phrases, &seeds, &lying);
        let mut taken: BTreeSet<String> = self.taken.iter().map(Slug::folded).collect();
        let mut topics: Vec<Topic> = rules
            .iter()
            .map(|rule| topic(rule, &phrases, &reading, &mut taken))
            .collect();
        if self.pin {
            self.pin_the_rest(&mut topics, &lying, papers);
        }
        topics
    }

    fn pin_the_rest(&self, topics: &mut [Topic], lying: &Lying, papers: &[Evidence<'_>]) {
        let (taxonomy, _) = Taxonomy::compile(topics.to_vec(), &|_| None);
        let mut scan = taxonomy.scan();
        let mut middles = Middles::new(topics.len());
        let mut missed = Vec::new();
        for (number, evidence) in papers.iter().enumerate() {
            // A person's choice is kept.
            if evidence.paper.topics.is_some() {
                continue;
            }
            let found = taxonomy.score(&mut scan, evidence, self.most);
            for scored in &found {
                middles.add(scored.topic, &evidence.vector);
            }
            if found.is_empty() {
                missed.push((number, evidence));
            }
        }
        for (number, evidence) in missed {
            let nearly = taxonomy.explain(&mut scan, evidence, self.most);
            let best = (nearly.first().map(|scored| scored.topic))
                .or_else(|| middles.nearest(&evidence.vector))
                .or_else(|| lying.nearest(number));
            if let Some(topic) = best {
                topics[topic].pinned.push(evidence.paper.slug.clone());
            }
        }
        for topic in topics {
            topic.pinned.sort();
        }
    }
}

/// For each topic the direction in which its papers point.
struct Middles(Vec<[i32; DIMS]>);

impl Middles {
    fn new(topics: usize) -> Self {
        Self(vec![[0; DIMS]; topics])
    }

    fn add(&mut self, topic: usize, vector: &Vector) {
        for (sum, number) in self.0[topic].iter_mut().zip(vector.numbers()) {
            *sum = sum.saturating_add(i32::from(*number));
        }
    }

    /// The topic whose papers are most like a text in meaning, if any is; of equally near
    /// ones the first.
    fn nearest(&self, vector: &Vector) -> Option<usize> {
        let mut best = (0.0, None);
        for (topic, sum) in self.0.iter().enumerate() {
            let likeness = Vector::of_sum(sum).dot(vector);
            if likeness > best.0 {
                best = (likeness, Some(topic));
            }
        }
        best.1
    }
}

/// About the square root of the number of papers.
fn number_of_topics(papers: usize) -> usize {
    ((papers as f64).sqrt().round() as usize).clamp(3, MOST_TOPICS)
}

/// A phrase in fewer papers tells nothing; in a large library that is more.
fn least_frequency(papers: usize) -> u32 {
    (papers / 4000).clamp(3, 20) as u32
}

fn topic(
    rule: &[Weighted],
    phrases: &Phrases,
    reading: &Reading,
    taken: &mut BTreeSet<String>,
) -> Topic {
    let seed = rule.first().map(|term| term.phrase).unwrap_or_default();
    let name = name::name(seed, phrases, reading);
    let mut topic = Topic::new(free_id(&name, taken), name);
    let spelled = |term: &Weighted| name::spelled(term.phrase, phrases, reading);
    let scope: Vec<String> = rule.iter().take(MOST_IN_SCOPE).map(spelled).collect();
    topic.scope = scope.join(", ");
    topic.rule = query(rule, &spelled).to_string();
    topic.threshold = Some(THRESHOLD);
    topic
}

/// An id from a name that no other topic has.
fn free_id(name: &str, taken: &mut BTreeSet<String>) -> TopicId {
    let fallback = || Slug::parse("topic").expect("`topic` is a slug");
    let first = Slug::from_title(name).unwrap_or_else(fallback);
    let others = (2_u32..).map(|n| first.with_suffix(&n.to_string()));
    let mut ids = std::iter::once(first.clone()).chain(others);
    let free = ids.find(|id| taken.insert(id.folded()));
    free.unwrap_or(first)
}

/// The rule: terms of one weight in one bracket, the heaviest first.
fn query(rule: &[Weighted], spelled: &dyn Fn(&Weighted) -> String) -> Query {
    let mut groups: Vec<(f64, Vec<Query>)> = Vec::new();
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut sorted: Vec<&Weighted> = rule.iter().collect();
    sorted.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    for term in sorted {
        let text = spelled(term);
        let term_of_rule = if text.contains(' ') {
            Term::Phrase(text)
        } else {
            Term::Word(text)
        };
        // "low-rank" also finds "lowrank", which may be a term of its own here.
        let words = sought(&term_of_rule);
        if words.iter().any(|words| known.contains(words)) {
            continue;
        }
        known.extend(words);
        let query = Query::Term(term_of_rule);
        match groups.last_mut() {
            Some((weight, group)) if *weight == term.weight => group.push(query),
            _ => groups.push((term.weight, vec![query])),
        }
    }
    let weighted = groups.into_iter().map(|(weight, mut group)| {
        let inner = match group.len() {
            1 => group.remove(0),
            _ => Query::Or(group),
        };
        Query::Weight(Box::new(inner), weight)
    });
    let mut parts: Vec<Query> = weighted.collect();
    match parts.len() {
        1 => parts.remove(0),
        _ => Query::Or(parts),
    }
}
