//! Kin: the terms that stand with a topic's papers and seldom elsewhere. They
//! make a seed into a rule that also finds papers which do not name the seed.

use std::collections::BTreeSet;

use super::phrases::{PhraseId, Phrases};
use super::plain;
use super::reading::Reading;
use super::seeds::Seed;
use super::vectors::Vectors;

/// The most kin a rule has.
const MOST: usize = 24;

/// A term in more than this share of the papers does not distinguish topics.
const COMMON: f64 = 0.2;

/// Of all that a term is worth, this part must be worth it to the topic …
const TELLING: f64 = 0.25;

/// … and so many times what chance would give it.
const LIFT: f64 = 2.5;

/// A paper also lies with a topic whose centre is so much nearer than those of
/// the topics that it is about.
const NEARER: f64 = 1.3;

/// What a single word is worth as a seed, times its place.
const SEED_WORD: f64 = 2.6;

/// The same for a phrase: named once in an abstract it is enough.
const SEED_PHRASE: f64 = 3.0;

/// Papers by topic before there are rules.
#[derive(Debug)]
pub(super) struct Lying {
    /// For each paper the topics it lies with.
    of_paper: Vec<BTreeSet<usize>>,
    /// For each topic how near each paper is to its centre.
    nearness: Vec<Vec<f64>>,
}

impl Lying {
    pub(super) fn of(seeds: &[Seed], vectors: &Vectors, papers: usize) -> Self {
        let mut of_paper = vec![BTreeSet::new(); papers];
        for (topic, seed) in seeds.iter().enumerate() {
            for paper in &seed.core {
                of_paper[*paper as usize].insert(topic);
            }
        }
        let centres = seeds.iter().map(|seed| vectors.centre(&seed.core));
        let nearness = centres.map(|centre| vectors.nearness(&centre)).collect();
        let mut lying = Self { of_paper, nearness };
        for paper in 0..papers {
            let Some(nearest) = lying.nearest(paper) else {
                continue;
            };
            let own = lying.of_paper[paper].iter();
            let most = own
                .map(|topic| lying.nearness[*topic][paper])
                .reduce(f64::max);
            if most.is_none_or(|most| lying.nearness[nearest][paper] > NEARER * most) {
                lying.of_paper[paper].insert(nearest);
            }
        }
        lying
    }

    /// The topic whose centre is nearest to a paper.
    pub(super) fn nearest(&self, paper: usize) -> Option<usize> {
        let topics = 0..self.nearness.len();
        topics.reduce(|best, topic| {
            if self.nearness[topic][paper] > self.nearness[best][paper] {
                topic
            } else {
                best
            }
        })
    }
}

/// A term of a rule with its weight; the seed is the first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Weighted {
    pub(super) phrase: PhraseId,
    pub(super) weight: f64,
}

/// The terms of each topic's rule.
pub(super) fn rules(
    reading: &Reading,
    phrases: &Phrases,
    seeds: &[Seed],
    lying: &Lying,
) -> Vec<Vec<Weighted>> {
    let papers = reading.papers() as f64;
    let mut sizes = vec![0.0; seeds.len()];
    for topic in lying.of_paper.iter().flatten() {
        sizes[*topic] += 1.0;
    }
    let founding: BTreeSet<PhraseId> = seeds.iter().map(|seed| seed.phrase).collect();
    let mut kin: Vec<Vec<Kin>> = seeds.iter().map(|_| Vec::new()).collect();
    for (id, phrase) in phrases.iter() {
        let words = phrase.words();
        if founding.contains(&id)
            || phrase.frequency() as f64 > COMMON * papers
            || words.iter().all(|word| reading.is_plain(*word))
            || words
                .iter()
                .any(|word| plain::is_frame(reading.stem(*word)))
            || phrase.is_piece()
            || (words.len() > 1 && phrase.closes() < 0.2)
        {
            continue;
        }
        let mut total = 0.0;
        let mut shares = vec![(0.0, 0.0); seeds.len()];
        for posting in &phrase.postings {
            let worth = posting.worth();
            total += worth;
            for topic in &lying.of_paper[posting.paper as usize] {
                shares[*topic].0 += worth;
                shares[*topic].1 += 1.0;
            }
        }
        for (topic, (share, papers_of_topic)) in shares.into_iter().enumerate() {
            // Cautious where little is known.
            let part = (share - 1.4) / (total + 2.0);
            let chance = sizes[topic] / papers;
            let by_chance = chance * phrase.frequency() as f64;
            if papers_of_topic > more_than_chance(by_chance)
                && part >= TELLING
                && part >= LIFT * chance
            {
                kin[topic].push(Kin {
                    phrase: id,
                    part,
                    use_of_it: part * (1.0f64 + share).ln(),
                });
            }
        }
    }
    let topics = seeds.iter().zip(kin);
    topics.map(|(seed, kin)| rule(seed, kin, phrases)).collect()
}

/// What the number of a term's papers in a topic has to exceed, where it would
/// be so many by chance: there are so many terms that some of them hit a topic
/// three times for no reason.
fn more_than_chance(by_chance: f64) -> f64 {
    2.0 + by_chance + 3.0 * by_chance.sqrt()
}

#[derive(Debug)]
struct Kin {
    phrase: PhraseId,
    /// The part of its worth that is worth it to the topic.
    part: f64,
    use_of_it: f64,
}

fn rule(seed: &Seed, mut kin: Vec<Kin>, phrases: &Phrases) -> Vec<Weighted> {
    kin.sort_by(|a, b| {
        b.use_of_it
            .total_cmp(&a.use_of_it)
            .then(a.phrase.cmp(&b.phrase))
    });
    let founding = phrases.get(seed.phrase);
    let single = founding.words().len() == 1;
    let mut taken: Vec<Kin> = Vec::new();
    for one in kin {
        let phrase = phrases.get(one.phrase);
        // What has the whole seed in it is found by the seed, and what has a term
        // of the kin in it is found by that, unless it tells much more.
        let told = founding.is_within(phrase)
            || taken.iter().any(|other| {
                let other_phrase = phrases.get(other.phrase);
                other_phrase.is_within(phrase) && other.part >= 0.8 * one.part
            });
        if !told {
            taken.push(one);
        }
        if taken.len() == MOST {
            break;
        }
    }
    let seed = Weighted {
        phrase: seed.phrase,
        weight: if single { SEED_WORD } else { SEED_PHRASE },
    };
    let kin = taken.iter().map(|one| Weighted {
        phrase: one.phrase,
        weight: weight(one.part),
    });
    std::iter::once(seed).chain(kin).collect()
}

/// Few weights, so that a person can read the rule.
fn weight(part: f64) -> f64 {
    match part {
        p if p >= 0.7 => 2.6,
        p if p >= 0.5 => 1.8,
        p if p >= 0.35 => 1.2,
        _ => 0.8,
    }
}
