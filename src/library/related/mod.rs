//! Related papers: for each paper those that use the same telling words and mean the
//! same.
//!
//! The sixteen most telling terms of a paper find sixty-four candidates. These are
//! compared by the cosine of their whole TF-IDF vectors, by meaning, and by who wrote
//! them. Compared with comparing all pairs, few neighbours are missed, and the work
//! grows with the papers, not with their square.
//!
//! The neighbours of a paper follow from its own vector and from the vectors of the
//! papers that are found by the same terms. They are kept by a print of both, and
//! looked for again only where one of these papers has changed.

mod memory;
mod nearest;
mod vectors;

use foldhash::{HashMap, HashMapExt};

use crate::derive::{Blocks, Phrase, Span, TextPrint, shared};
use crate::meaning::{Vector, wide};
use crate::text::title_key;

use super::terms::Terms;
use memory::Memory;
use nearest::{Score, Searcher};
pub use vectors::mark;
use vectors::{ONE, Vectors};

/// The most neighbours a paper has.
pub(super) const MOST: usize = 8;

/// How many shared phrases are told.
const TOLD: usize = 3;

/// A paper that has any neighbours has so many, however far they are, if there are so
/// many papers.
const FEWEST: usize = 4;

/// What the words of two papers count, and what their meaning does. From two tenths to
/// half for the meaning, as good pairs are found.
const BY_WORDS: f32 = 0.7;
const BY_MEANING: f32 = 0.3;

/// What an author of both papers counts besides, and the second one.
const BY_AUTHOR: f32 = 0.03;

/// Beyond the fewest, papers less alike than this are left out: they have a word in
/// common, not a subject.
const LEAST: f32 = 0.2;

/// From here on two papers are versions of one text, by their words …
const ALIKE: f32 = 0.8;

/// … if each has at least this many distinct ones: shorter texts are alike by chance.
const ENOUGH_WORDS: usize = 8;

/// Papers with titles that are nearly the same are, where their words are so alike.
const HALF_ALIKE: f32 = 0.5;

/// How alike such titles are, and how long they have to be for that to say anything.
const NEAR_TITLES: f64 = 0.9;
const LONG_TITLE: usize = 24;

/// The most near-duplicates in a list of neighbours, so that forty editorials with one
/// title do not hide everything else.
const MOST_ALIKE: usize = 3;

/// A paper as its neighbours are looked for.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The [`mark`] of what no other paper is called: the name of its page.
    pub name: u64,
    /// The title as plain text.
    pub title: &'a str,
    /// Whether it may stand beside others; a withdrawn paper does not.
    pub is_offered: bool,
    /// What it is about.
    pub vector: &'a Vector,
    /// What it speaks of.
    pub phrases: &'a [Phrase],
    /// The print of its title and abstract.
    pub print: TextPrint,
    /// A number for each of its authors, rising.
    pub authors: &'a [u64],
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
    spans: [Span; TOLD],
    told: u8,
}

impl Neighbour {
    /// What the two have in common, most telling first: spans in the texts of the paper
    /// whose neighbour it is.
    pub fn shared(&self) -> &[Span] {
        &self.spans[..usize::from(self.told)]
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
        let names: Vec<u64> = subjects.iter().map(|subject| subject.name).collect();
        let offered = |paper: usize| subjects[paper].is_offered;
        let searcher = Searcher::new(&vectors, &names, &offered);
        let memory = Memory::open(known, &vectors, subjects, &names, &searcher);
        let squares: Vec<i32> = subjects.iter().map(|one| one.vector.square()).collect();
        let unknown = memory.unknown();
        let found = searcher.all(&unknown, |paper, candidates| {
            let own = &subjects[paper];
            let mut meanings: Vec<f32> = Vec::with_capacity(candidates.len());
            wide(
                #[inline(always)]
                || {
                    for (other, _) in &candidates {
                        let vector = subjects[*other].vector;
                        let own = own.vector;
                        meanings.push(own.dot_with(squares[paper], vector, squares[*other]));
                    }
                },
            );
            let mut ranked: Vec<(f32, usize, bool)> = (candidates.into_iter().zip(meanings))
                .map(|((other, score), meaning)| {
                    let by_words = likeness(score);
                    let subject = &subjects[other];
                    let authors = in_both(own.authors, subject.authors).min(2) as f32;
                    let score =
                        BY_WORDS * by_words + BY_MEANING * meaning.max(0.0) + BY_AUTHOR * authors;
                    let words = vectors
                        .of_paper(paper)
                        .len()
                        .min(vectors.of_paper(other).len());
                    let is_near_duplicate = (by_words >= ALIKE && words >= ENOUGH_WORDS)
                        || titles[other] == titles[paper]
                        || (by_words >= HALF_ALIKE && are_near(own.title, subject.title));
                    (score.min(1.0), other, is_near_duplicate)
                })
                .collect();
            // Of equally near ones the one with the higher name.
            ranked.sort_by(|a, b| (b.0.total_cmp(&a.0)).then_with(|| names[b.1].cmp(&names[a.1])));
            let mut alike = 0;
            let mut list: Vec<Neighbour> = Vec::with_capacity(MOST);
            for (score, other, is_near_duplicate) in ranked {
                if score < LEAST && !is_near_duplicate && list.len() >= FEWEST {
                    continue;
                }
                alike += usize::from(is_near_duplicate);
                if is_near_duplicate && alike > MOST_ALIKE {
                    continue;
                }
                let common = shared(own.phrases, subjects[other].phrases, TOLD);
                let mut spans = [Span::default(); TOLD];
                spans[..common.len()].copy_from_slice(&common);
                list.push(Neighbour {
                    paper: other,
                    score,
                    is_near_duplicate,
                    spans,
                    told: common.len() as u8,
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

/// Whether two titles differ in a few letters, and not in a number: the second part of
/// a paper is another paper.
fn are_near(one: &str, other: &str) -> bool {
    let (one_key, other_key) = (title_key(one), title_key(other));
    let is_number =
        |word: &str| word.chars().any(char::is_numeric) || word.chars().all(|c| "IVX".contains(c));
    let numbers = |title: &'_ str| -> Vec<String> {
        let words = title.split(|c: char| !c.is_alphanumeric());
        words
            .filter(|word| !word.is_empty() && is_number(word))
            .map(str::to_owned)
            .collect()
    };
    one_key.len().min(other_key.len()) >= LONG_TITLE
        && numbers(one) == numbers(other)
        && strsim::normalized_levenshtein(&one_key, &other_key) >= NEAR_TITLES
}

/// How many numbers two rising lists have in common.
fn in_both(one: &[u64], other: &[u64]) -> usize {
    one.iter()
        .filter(|number| other.binary_search(number).is_ok())
        .count()
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
