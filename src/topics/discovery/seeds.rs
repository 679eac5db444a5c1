//! Seeds: the phrases that topics are built around, chosen one after the other
//! so that together they reach most of the papers.

use std::collections::HashSet;

use super::phrases::{Phrase, PhraseId, Phrases};
use super::plain;
use super::reading::Reading;
use super::vectors::Vectors;

/// What stands in more than this part of the papers divides nothing …
const COMMON: f64 = 0.15;

/// … but in a small library so many papers are not much.
const NOT_COMMON: f64 = 10.0;

/// The papers of a topic must be so much more alike than any two.
const ALIKE: f64 = 1.2;

/// Beyond this they are no more one topic for being more alike.
const VERY_ALIKE: f64 = 4.0;

/// A word of a language means more things than a phrase.
const SINGLE_WORD: f64 = 0.55;

/// A topic that lies within another to more than this part is none of its own.
const WITHIN: f64 = 0.6;

/// A phrase that may found a topic.
#[derive(Debug)]
pub(super) struct Seed {
    pub(super) phrase: PhraseId,
    /// The papers that are about it.
    pub(super) core: Vec<u32>,
    /// What it is worth to each of them.
    worth: Vec<f64>,
    /// How well it would name a topic.
    quality: f64,
}

/// Chooses seeds for so many topics, or fewer where the papers have no more to
/// offer.
pub(super) fn choose(
    reading: &Reading,
    phrases: &Phrases,
    vectors: &Vectors,
    topics: usize,
) -> Vec<Seed> {
    let papers = reading.papers();
    let mut candidates = candidates(reading, phrases, vectors, topics);
    let mut chosen: Vec<Seed> = Vec::new();
    let mut members: Vec<HashSet<u32>> = Vec::new();
    // How often each paper is reached already; half for one that is only near.
    let mut reached = vec![0.0; papers];
    while chosen.len() < topics {
        candidates.retain(|seed| is_new(seed, phrases, &chosen, &members));
        let gain = |seed: &Seed| -> f64 {
            let papers = seed.core.iter().zip(&seed.worth);
            let new = papers.map(|(paper, worth)| worth / (1.0 + 2.0 * reached[*paper as usize]));
            new.sum::<f64>() * seed.quality
        };
        let mut best: Option<(f64, usize)> = None;
        for (at, seed) in candidates.iter().enumerate() {
            let gain = gain(seed);
            if best.is_none_or(|(most, _)| gain > most + 1e-9) {
                best = Some((gain, at));
            }
        }
        let Some((_, at)) = best else {
            break;
        };
        let seed = candidates.remove(at);
        let core: HashSet<u32> = seed.core.iter().copied().collect();
        let nearness = vectors.nearness(&vectors.centre(&seed.core));
        let near = usual(seed.core.iter().map(|paper| nearness[*paper as usize]));
        for (paper, nearness) in nearness.iter().enumerate() {
            if core.contains(&(paper as u32)) {
                reached[paper] += 1.0;
            } else if *nearness >= near {
                reached[paper] += 0.5;
            }
        }
        members.push(core);
        chosen.push(seed);
    }
    chosen
}

/// What seven of ten reach.
fn usual(nearness: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = nearness.collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() * 3 / 10).copied().unwrap_or(0.0)
}

fn is_new(seed: &Seed, phrases: &Phrases, chosen: &[Seed], members: &[HashSet<u32>]) -> bool {
    let phrase = phrases.get(seed.phrase);
    let named = |other: &Seed| phrase.covers_or_is_covered(phrases.get(other.phrase));
    if chosen.last().is_some_and(named) {
        return false;
    }
    // The others were asked about in the rounds before.
    let Some(last) = members.last() else {
        return true;
    };
    let shared = seed.core.iter().filter(|paper| last.contains(paper));
    shared.count() as f64 <= WITHIN * seed.core.len() as f64
}

fn candidates(reading: &Reading, phrases: &Phrases, vectors: &Vectors, topics: usize) -> Vec<Seed> {
    let papers = reading.papers() as f64;
    let in_titles = (papers / 400.0).round().max(2.0);
    let least = (papers / topics as f64 / 4.0).round().max(3.0);
    let most = (papers * COMMON).max(NOT_COMMON);
    let everything: Vec<u32> = (0..reading.papers() as u32).collect();
    let any_two = vectors.likeness(&everything, &|_| false).unwrap_or(0.0);
    let mut candidates = Vec::new();
    for (id, phrase) in phrases.iter() {
        let frequency = phrase.frequency() as f64;
        let titles = phrase.in_titles() as f64;
        if frequency < least || frequency > most || titles < in_titles || !can_name(phrase, reading)
        {
            continue;
        }
        let central = phrase
            .postings
            .iter()
            .filter(|posting| posting.is_central());
        let (core, worth): (Vec<u32>, Vec<f64>) = central.map(|p| (p.paper, p.worth())).unzip();
        if (core.len() as f64) < least {
            continue;
        }
        let own = |word: PhraseId| phrases.get(word).is_within(phrase);
        let Some(likeness) = vectors.likeness(&core, &own) else {
            continue;
        };
        let alike = if any_two > 0.0 {
            likeness / any_two
        } else {
            0.0
        };
        let quality = (alike.min(VERY_ALIKE) - ALIKE).max(0.0).powf(0.7)
            * (titles / frequency).min(0.5).sqrt()
            * (phrase.closes() / 0.5).min(1.0).sqrt()
            * if phrase.words().len() == 1 {
                SINGLE_WORD
            } else {
                1.0
            };
        if quality > 0.0 {
            candidates.push(Seed {
                phrase: id,
                core,
                worth,
                quality,
            });
        }
    }
    candidates
}

/// Whether readers would take the phrase for the name of a subject.
pub(super) fn can_name(phrase: &Phrase, reading: &Reading) -> bool {
    let words = phrase.words();
    let is_frame = |word: Option<&u32>| word.is_some_and(|w| plain::is_frame(reading.stem(*w)));
    if phrase.is_piece() || words.iter().all(|word| reading.is_plain(*word)) {
        return false;
    }
    words.len() == 1
        || (!is_frame(words.first()) && !is_frame(words.last()) && phrase.closes() >= 0.3)
}
