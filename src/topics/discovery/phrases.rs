//! Phrases: one to three words side by side that come back in the papers, with
//! where they stand.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::reading::{Part, Reading, StemId, Word};
use crate::topics::Field;
use crate::topics::matching::find_worth;

/// A phrase's number. Numbers rise with the phrases' texts, so that they do not
/// depend on the order of the papers.
pub(super) type PhraseId = usize;

/// The most words of a phrase.
const MOST_WORDS: usize = 3;

/// The words of a phrase, the places of those it does not have filled up.
type Key = [StemId; MOST_WORDS];

/// How often a phrase occurs in a paper, by part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Posting {
    pub(super) paper: u32,
    counts: [u8; 3],
}

impl Posting {
    pub(super) fn in_part(&self, part: Part) -> u32 {
        self.counts[part as usize].into()
    }

    /// What the phrase is worth to a rule that has it, without weight.
    pub(super) fn worth(&self) -> f64 {
        let fields = [Field::TITLE, Field::KEYWORD, Field::ABSTRACT];
        let found = self.counts.into_iter().zip(fields);
        found
            .filter(|(count, _)| *count > 0)
            .map(|(count, field)| find_worth(field, count.into()))
            .sum()
    }

    /// Whether the paper is about it, and does not only name it once.
    pub(super) fn is_central(&self) -> bool {
        self.in_part(Part::Title) + self.in_part(Part::Keywords) > 0
            || self.in_part(Part::Abstract) > 1
    }
}

/// One phrase.
#[derive(Debug)]
pub(super) struct Phrase {
    key: Key,
    words: usize,
    /// The papers it occurs in, by rising number.
    pub(super) postings: Vec<Posting>,
    /// How often it stands anywhere …
    occurs: u32,
    /// … and how often nothing follows on it: a name ends where its run ends.
    ends: u32,
    /// Whether it is mostly a piece of a phrase that is a word longer.
    is_piece: bool,
}

/// A phrase is a piece of a longer one that takes this part of its papers.
const PIECE: f64 = 0.6;

impl Phrase {
    pub(super) fn words(&self) -> &[StemId] {
        &self.key[..self.words]
    }

    /// In how many papers it stands.
    pub(super) fn frequency(&self) -> usize {
        self.postings.len()
    }

    /// In how many titles it stands.
    pub(super) fn in_titles(&self) -> usize {
        let titles = self.postings.iter();
        titles.filter(|p| p.in_part(Part::Title) > 0).count()
    }

    /// The part of its places after which nothing follows.
    pub(super) fn closes(&self) -> f64 {
        f64::from(self.ends) / f64::from(self.occurs.max(1))
    }

    /// Whether it is mostly a piece of a phrase that is a word longer, as "armed"
    /// is of "armed bandit".
    pub(super) fn is_piece(&self) -> bool {
        self.is_piece
    }

    /// Whether its words stand side by side in the other.
    pub(super) fn is_within(&self, other: &Self) -> bool {
        let mut windows = other.words().windows(self.words);
        windows.any(|window| window == self.words())
    }

    /// Whether it has all words of the other, or the other has all of its.
    pub(super) fn covers_or_is_covered(&self, other: &Self) -> bool {
        let all = |a: &[StemId], b: &[StemId]| a.iter().all(|word| b.contains(word));
        all(self.words(), other.words()) || all(other.words(), self.words())
    }
}

/// The phrases that occur in enough papers.
#[derive(Debug)]
pub(super) struct Phrases(Vec<Phrase>);

impl Phrases {
    /// The phrases that occur in `least` papers or more. Longer ones are looked
    /// for only where the shorter ones within them are frequent, so that a large
    /// library fits into memory.
    pub(super) fn of(reading: &Reading, least: u32) -> Self {
        let mut phrases = Vec::new();
        let mut known = HashSet::new();
        for words in 1..=MOST_WORDS {
            let frequent = frequent(reading, words, least, &known);
            let found = gather(reading, words, &frequent);
            known = frequent;
            phrases.extend(found);
        }
        let text = |phrase: &Phrase| -> String {
            let words = phrase.words().iter().map(|word| reading.stem(*word));
            words.collect::<Vec<_>>().join(" ")
        };
        phrases.sort_by_cached_key(text);
        mark_pieces(&mut phrases);
        Self(phrases)
    }

    pub(super) fn get(&self, id: PhraseId) -> &Phrase {
        &self.0[id]
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (PhraseId, &Phrase)> {
        self.0.iter().enumerate()
    }

    /// The ways to write a phrase with how often each is met.
    pub(super) fn spellings(&self, id: PhraseId, reading: &Reading) -> BTreeMap<String, usize> {
        let phrase = self.get(id);
        let mut spellings = BTreeMap::new();
        for posting in &phrase.postings {
            for part in Part::ALL {
                for run in reading.runs(posting.paper as usize, part) {
                    let places = run.windows(phrase.words);
                    for place in places.filter(|place| key(place) == phrase.key) {
                        *spellings.entry(reading.written(place)).or_default() += 1;
                    }
                }
            }
        }
        spellings
    }
}

fn key(words: &[Word]) -> Key {
    let mut key = [StemId::MAX; MOST_WORDS];
    for (slot, word) in key.iter_mut().zip(words) {
        *slot = word.stem;
    }
    key
}

fn mark_pieces(phrases: &mut [Phrase]) {
    // For each phrase in how many papers it stands within a longer one.
    let mut longer: HashMap<Vec<StemId>, usize> = HashMap::new();
    for phrase in phrases.iter().filter(|phrase| phrase.words > 1) {
        let words = phrase.words();
        for piece in [&words[1..], &words[..words.len() - 1]] {
            let most = longer.entry(piece.to_vec()).or_default();
            *most = phrase.frequency().max(*most);
        }
    }
    for phrase in phrases {
        let most = longer.get(phrase.words()).copied().unwrap_or(0);
        phrase.is_piece = most as f64 >= PIECE * phrase.frequency() as f64;
    }
}

/// Calls `f` with each place of so many words side by side that is `wanted`:
/// paper, part, phrase, whether its run ends with it.
fn each_place(
    reading: &Reading,
    words: usize,
    wanted: &dyn Fn(&[Word]) -> bool,
    f: &mut dyn FnMut(u32, Part, Key, bool),
) {
    for paper in 0..reading.papers() {
        let number = u32::try_from(paper).expect("four billion papers are no library");
        for part in Part::ALL {
            for run in reading.runs(paper, part) {
                for (at, place) in run.windows(words).enumerate() {
                    if wanted(place) {
                        f(number, part, key(place), at + words == run.len());
                    }
                }
            }
        }
    }
}

fn frequent(reading: &Reading, words: usize, least: u32, shorter: &HashSet<Key>) -> HashSet<Key> {
    // For each phrase in how many papers it was met, and in which last.
    let mut counts: HashMap<Key, (u32, u32)> = HashMap::new();
    // Both parts of what is frequent are frequent.
    let may_be = |place: &[Word]| {
        let (first, last) = (&place[..words - 1], &place[1..]);
        words == 1 || (shorter.contains(&key(first)) && shorter.contains(&key(last)))
    };
    each_place(reading, words, &may_be, &mut |paper, _, key, _| {
        let (count, last) = counts.entry(key).or_insert((0, u32::MAX));
        if *last != paper {
            *last = paper;
            *count += 1;
        }
    });
    let frequent = counts.into_iter().filter(|(_, (count, _))| *count >= least);
    frequent.map(|(key, _)| key).collect()
}

fn gather(reading: &Reading, words: usize, frequent: &HashSet<Key>) -> Vec<Phrase> {
    let mut numbers: HashMap<Key, usize> = HashMap::new();
    let mut phrases: Vec<Phrase> = Vec::new();
    let wanted = |place: &[Word]| frequent.contains(&key(place));
    each_place(reading, words, &wanted, &mut |paper, part, key, ends| {
        let number = *numbers.entry(key).or_insert(phrases.len());
        if number == phrases.len() {
            phrases.push(Phrase {
                key,
                words,
                postings: Vec::new(),
                occurs: 0,
                ends: 0,
                is_piece: false,
            });
        }
        let phrase = &mut phrases[number];
        phrase.occurs += 1;
        phrase.ends += u32::from(ends);
        if phrase.postings.last().is_none_or(|p| p.paper != paper) {
            let counts = [0; 3];
            phrase.postings.push(Posting { paper, counts });
        }
        if let Some(posting) = phrase.postings.last_mut() {
            let count = &mut posting.counts[part as usize];
            *count = count.saturating_add(1);
        }
    });
    phrases
}
