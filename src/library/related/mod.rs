//! Related papers: for each paper those that use the same telling words.
//!
//! Papers are compared by the cosine of their TF-IDF vectors, in two stages. The
//! sixteen most telling terms of a paper find sixty-four candidates; only for
//! these the whole vectors are multiplied. Compared with multiplying all pairs,
//! few neighbours are missed, and the work grows with the papers, not with their
//! square.
//!
//! The neighbours of a paper follow from its own vector and from the vectors of the
//! papers that are found by the same terms. They are kept by a print of both, and
//! looked for again only where one of these papers has changed.

mod memory;
mod nearest;
mod shared;
mod vectors;

use foldhash::{HashMap, HashMapExt};

use crate::derive::Blocks;
use crate::text::title_key;

use super::terms::{TermId, Terms};
use memory::Memory;
use nearest::{Score, Searcher};
use shared::Parts;
use vectors::{ONE, Vectors, mark};

/// The most neighbours a paper has.
pub(super) const MOST: usize = 8;

/// How many shared terms are told.
const TOLD: usize = 3;

/// Papers less alike than this have a word in common, not a subject.
const LEAST: f32 = 0.12;

/// From here on two papers are versions of one text.
const ALIKE: f32 = 0.8;

/// A list of neighbours has at most so many near-duplicates, lest forty
/// editorials of one title hide everything else.
const MOST_ALIKE: usize = 3;

/// A paper as its neighbours are looked for.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// What no other paper is called: the name of its page.
    pub name: &'a str,
    /// The title as plain text.
    pub title: &'a str,
    /// Whether it may stand beside others; a withdrawn paper does not.
    pub is_offered: bool,
}

/// A paper beside another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Neighbour {
    /// Its number in the library.
    pub paper: usize,
    /// How alike the two are, from 0 to 1.
    pub score: f32,
    /// Whether the two seem to be one text, or have the same title.
    pub is_near_duplicate: bool,
    terms: [TermId; TOLD],
    told: u8,
}

impl Neighbour {
    /// The terms that make the two related, most telling first.
    pub fn terms(&self) -> &[TermId] {
        &self.terms[..usize::from(self.told)]
    }
}

/// The neighbours of all papers of a library.
#[derive(Debug, Default)]
pub struct Related {
    starts: Vec<usize>,
    neighbours: Vec<Neighbour>,
}

impl Related {
    /// Finds the neighbours of all papers. The same papers give the same
    /// neighbours, on any number of threads. `known` has those of an earlier run.
    ///
    /// # Panics
    /// When there are not as many subjects as `terms` has papers.
    pub fn of(terms: &Terms, subjects: &[Subject<'_>], known: &Blocks) -> Self {
        assert_eq!(terms.papers(), subjects.len(), "each paper has a title");
        let vectors = Vectors::of(terms);
        let titles = same_titles(subjects);
        let parts = Parts::of(terms);
        let names: Vec<u64> = subjects.iter().map(|subject| mark(subject.name)).collect();
        let offered = |paper: usize| subjects[paper].is_offered;
        let searcher = Searcher::new(&vectors, &names, &offered);
        let memory = Memory::open(
            known,
            (terms, &vectors, &parts),
            subjects,
            &names,
            &searcher,
        );
        let unknown = memory.unknown();
        let found = searcher.all(&unknown, |paper, best, weights| {
            let mut alike = 0;
            let mut list: Vec<Neighbour> = Vec::with_capacity(MOST);
            for (other, score) in best {
                let score = likeness(score);
                let is_near_duplicate = score >= ALIKE || titles[other] == titles[paper];
                if score < LEAST && !is_near_duplicate {
                    continue;
                }
                alike += usize::from(is_near_duplicate);
                if is_near_duplicate && alike > MOST_ALIKE {
                    continue;
                }
                let (told_terms, told) =
                    parts.most_telling(&vectors, weights, vectors.of_paper(other));
                list.push(Neighbour {
                    paper: other,
                    score,
                    is_near_duplicate,
                    terms: told_terms,
                    told,
                });
                if list.len() == MOST {
                    break;
                }
            }
            // What is kept for all papers has no room to spare.
            list.into_boxed_slice()
        });
        let lists = memory.complete(known, &unknown, found);
        let mut related = Self {
            starts: vec![0],
            neighbours: Vec::new(),
        };
        // It is kept: no more room than it needs.
        let count = lists.iter().map(|list| list.len()).sum();
        related.neighbours.reserve_exact(count);
        for list in lists {
            related.neighbours.extend_from_slice(&list);
            related.starts.push(related.neighbours.len());
        }
        related
    }

    /// The neighbours of a paper, the nearest first.
    pub fn of_paper(&self, paper: usize) -> &[Neighbour] {
        match (self.starts.get(paper), self.starts.get(paper + 1)) {
            (Some(from), Some(to)) => &self.neighbours[*from..*to],
            _ => &[],
        }
    }
}

/// A score as part of one.
#[expect(clippy::cast_precision_loss, reason = "six digits are enough")]
fn likeness(score: Score) -> f32 {
    score as f32 / (ONE * ONE) as f32
}

/// For each paper a number that those of the same title share.
fn same_titles(subjects: &[Subject<'_>]) -> Vec<usize> {
    let mut first: HashMap<String, usize> = HashMap::new();
    subjects
        .iter()
        .enumerate()
        .map(|(n, subject)| {
            let key = title_key(subject.title);
            if key.is_empty() {
                return n;
            }
            *first.entry(key).or_insert(n)
        })
        .collect()
}

#[cfg(test)]
mod tests;
