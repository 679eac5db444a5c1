//! Seeds: the phrases that topics are built around, chosen one after the other
//! so that together they reach most of the papers.

use super::ballot;
use super::phrases::{Phrase, PhraseId, Phrases};
use super::plain;
use super::reading::Reading;
use super::vectors::Vectors;

/// A phrase in more than this share of the papers divides nothing …
const COMMON: f64 = 0.15;

/// … but in a small library so many papers are not much.
const NOT_COMMON: f64 = 10.0;

/// The papers of a topic must be so much more alike than any two.
const ALIKE: f64 = 1.2;

/// Beyond this they are no more one topic for being more alike.
const VERY_ALIKE: f64 = 4.0;

/// A word of a language means more things than a phrase.
const SINGLE_WORD: f64 = 0.4;

/// For each topic so many candidates stand; further ones have no prospects.
const CANDIDATES: usize = 10;

/// A phrase that may found a topic.
#[derive(Debug)]
pub(super) struct Seed {
    pub(super) phrase: PhraseId,
    /// The papers that are about it.
    pub(super) core: Vec<u32>,
    /// What it is worth to each of them.
    pub(super) worth: Vec<f64>,
    /// How well it would name a topic.
    pub(super) quality: f64,
}

impl Seed {
    /// What it would bring if it were the only one.
    fn alone(&self) -> f64 {
        self.worth.iter().sum::<f64>() * self.quality
    }
}

/// Chooses seeds for so many topics, or fewer where the papers have no more to
/// offer.
pub(super) fn choose(
    reading: &Reading,
    phrases: &Phrases,
    vectors: &Vectors,
    topics: usize,
) -> Vec<Seed> {
    let mut candidates = candidates(reading, phrases, vectors, topics);
    candidates.sort_by(|a, b| {
        let order = b.alone().total_cmp(&a.alone());
        order.then(a.phrase.cmp(&b.phrase))
    });
    candidates.truncate(topics * CANDIDATES);
    candidates.sort_by_key(|seed| seed.phrase);
    ballot::decide(candidates, reading, phrases, topics)
}

fn candidates(reading: &Reading, phrases: &Phrases, vectors: &Vectors, topics: usize) -> Vec<Seed> {
    let papers = reading.papers() as f64;
    let in_titles = (papers / 400.0).max(2.0);
    let least = (papers / topics as f64 / 4.0).max(3.0);
    let most = (papers * COMMON).max(NOT_COMMON);
    let everything: Vec<u32> = (0..reading.papers() as u32).collect();
    let any_two = vectors.likeness(&everything, &|_| false).unwrap_or(0.0);
    let mut candidates = Vec::new();
    for (id, phrase) in phrases.iter() {
        let frequency = phrase.frequency() as f64;
        let titles = phrase.in_titles() as f64;
        if frequency > most || !can_name(phrase, reading) {
            continue;
        }
        let central = phrase
            .postings
            .iter()
            .filter(|posting| posting.is_central());
        let (core, worth): (Vec<u32>, Vec<f64>) = central.map(|p| (p.paper, p.worth())).unzip();
        let enough = ramp(core.len() as f64 / least, 0.6, 1.4) * ramp(titles / in_titles, 0.5, 1.5);
        if core.len() < 3 || enough <= 0.0 {
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
            * ramp(phrase.closes(), 0.15, 0.5)
            * enough
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

/// Rises from nothing at `from` to 1 at `to`: a threshold that one more paper
/// does not flip.
fn ramp(value: f64, from: f64, to: f64) -> f64 {
    ((value - from) / (to - from)).clamp(0.0, 1.0)
}

/// Whether readers would take the phrase for the name of a subject.
pub(super) fn can_name(phrase: &Phrase, reading: &Reading) -> bool {
    let words = phrase.words();
    let is_frame = |word: Option<&u32>| word.is_some_and(|w| plain::is_frame(reading.stem(*w)));
    if phrase.is_piece() || words.iter().all(|word| reading.is_plain(*word)) {
        return false;
    }
    if let [word] = words {
        return !plain::is_half(reading.stem(*word));
    }
    !is_frame(words.first()) && !is_frame(words.last()) && phrase.closes() >= 0.15
}
