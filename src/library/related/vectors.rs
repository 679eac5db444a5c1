//! Vectors: each paper as the weights of its terms, of length one.
//!
//! Weights are whole numbers, so that sums of their products are the same in any order
//! and on any machine. How telling a term is goes up in steps of a fifth of its rarity:
//! one more paper moves few terms to another step, and so leaves nearly all vectors as
//! they are.

use rayon::prelude::*;

use crate::library::terms::{Count, TermId, Terms};
use crate::meaning::Table;

/// A term in a title counts as often as this.
const TITLE: u32 = 2;

/// How many steps there are from a term to one in half as many papers.
const STEPS: f64 = 4.0;

/// A term in more than a tenth of a large library, this many steps away, tells
/// nothing …
const COMMON: i32 = 13;

/// … but in a small one, where every term is common by that measure, it may
/// stand in so many papers.
const NOT_COMMON: u32 = 100;

/// The length of a vector: the weight of a term if a paper has no other. The similarity
/// of two papers is at most its square.
pub(super) const ONE: u32 = 1 << 15;

/// The scale of the factor for how often a term occurs.
const TIMES: f64 = 1024.0;

/// The papers of a library as vectors.
#[derive(Debug)]
pub(super) struct Vectors {
    starts: Vec<usize>,
    weights: Vec<(TermId, u32)>,
    /// For each term a number that follows from its stem; zero where it tells nothing.
    marks: Vec<u64>,
}

impl Vectors {
    pub(super) fn of(terms: &Terms) -> Self {
        let telling = telling(terms);
        let papers: Vec<usize> = (0..terms.papers()).collect();
        let blocks: Vec<Block> = papers
            .par_chunks(1024)
            .map(|papers| Block::of(terms, papers, &telling))
            .collect();
        let marks = telling
            .par_iter()
            .enumerate()
            .map(|(term, telling)| match telling {
                0 => 0,
                _ => mark(terms.stem(term as TermId)),
            })
            .collect();
        let mut vectors = Self {
            starts: Vec::with_capacity(terms.papers() + 1),
            weights: Vec::with_capacity(blocks.iter().map(|block| block.weights.len()).sum()),
            marks,
        };
        vectors.starts.push(0);
        for block in blocks {
            let before = vectors.weights.len();
            let ends = block.ends.iter().map(|end| before + end);
            vectors.starts.extend(ends);
            vectors.weights.extend_from_slice(&block.weights);
        }
        vectors
    }

    pub(super) fn papers(&self) -> usize {
        self.starts.len() - 1
    }

    /// How many terms the library has.
    pub(super) fn terms(&self) -> usize {
        self.marks.len()
    }

    /// What tells terms of equal weight apart: it does not depend on other terms, as
    /// their numbers do.
    pub(super) fn mark(&self, term: TermId) -> u64 {
        self.marks[term as usize]
    }

    /// The weights of a paper, by rising number of the term.
    pub(super) fn of_paper(&self, paper: usize) -> &[(TermId, u32)] {
        &self.weights[self.starts[paper]..self.starts[paper + 1]]
    }
}

/// The vectors of some papers in one list, and where each ends: a hundred thousand small
/// lists would take longer to make and to free than to fill.
#[derive(Default)]
struct Block {
    weights: Vec<(TermId, u32)>,
    ends: Vec<usize>,
}

impl Block {
    fn of(terms: &Terms, papers: &[usize], telling: &[u32]) -> Self {
        let mut block = Self::default();
        for paper in papers {
            push_vector(&mut block.weights, terms.paper(*paper), telling);
            block.ends.push(block.weights.len());
        }
        block
    }
}

/// A number that follows from a text, never zero.
pub fn mark(text: &str) -> u64 {
    let hash = blake3::hash(text.as_bytes());
    let (first, _) = hash.as_bytes().split_at(8);
    let number = first
        .iter()
        .fold(0, |sum, byte| sum << 8 | u64::from(*byte));
    number.max(1)
}

/// How many papers of a large collection are put beside the library's own to judge how
/// rare a word is. In a small library alone, "however" is as rare as "cardiac".
const BESIDE: f64 = 1000.0;

/// How many papers the collection has.
const COLLECTION: f64 = 83_169.0;

/// For each term how telling it is: in steps, how rare it is; zero where it can make
/// no two papers related.
fn telling(terms: &Terms) -> Vec<u32> {
    let table = Table::built_in();
    let papers = steps(terms.papers() as f64);
    (0..terms.len() as TermId)
        .map(|term| {
            let frequency = terms.frequency(term);
            let rarity = papers - steps(f64::from(frequency));
            let elsewhere = || {
                let word = terms.word(term).to_lowercase();
                let class = table.commonness(&word).unwrap_or_default();
                BESIDE / COLLECTION * 2_f64.powi(i32::from(class) / 2)
            };
            let tells = frequency >= 2
                && (frequency <= NOT_COMMON || rarity >= COMMON)
                && !terms.is_stop(term)
                && is_word(terms.stem(term));
            match tells {
                true => {
                    let all = steps(terms.papers() as f64 + BESIDE);
                    let rarity = all - steps(f64::from(frequency) + elsewhere());
                    u32::try_from(rarity.max(1)).unwrap_or(0)
                }
                false => 0,
            }
        })
        .collect()
}

/// The logarithm of a number of papers, in steps.
#[expect(clippy::cast_possible_truncation, reason = "a library has few steps")]
fn steps(papers: f64) -> i32 {
    (papers.max(1.0).log2() * STEPS).round() as i32
}

/// Whether a stem may make papers related. Single letters, plain numbers and a
/// number with a letter or two behind it ("1t", "2n") are what formulas leave
/// behind; but "3d", "5g" and "7b" name something.
fn is_word(stem: &str) -> bool {
    let behind = stem.trim_start_matches(|c: char| c.is_ascii_digit());
    match (stem.len() > behind.len(), behind) {
        (false, _) => stem.chars().nth(1).is_some(),
        (true, "d" | "g" | "b") => true,
        (true, _) => behind.chars().nth(2).is_some(),
    }
}

/// Appends the weights of a paper's terms, by rising number of the term.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a part of one, times ONE"
)]
fn push_vector(
    weights: &mut Vec<(TermId, u32)>,
    counts: impl Iterator<Item = Count>,
    telling: &[u32],
) {
    let first = weights.len();
    let mut square = 0_u64;
    for count in counts {
        let telling = telling[count.term as usize];
        if telling > 0 {
            let times = u32::from(count.in_title) * TITLE + u32::from(count.in_abstract);
            let times = ((1.0 + f64::from(times).ln()) * TIMES).round() as u32;
            let weight = times * telling;
            square += u64::from(weight) * u64::from(weight);
            weights.push((count.term, weight));
        }
    }
    if square > 0 {
        let length = (square as f64).sqrt();
        let mut end = first;
        for at in first..weights.len() {
            let (term, weight) = weights[at];
            // Rounded down, so that no likeness is more than one.
            let weight = (f64::from(weight) * f64::from(ONE) / length) as u32;
            if weight > 0 {
                weights[end] = (term, weight);
                end += 1;
            }
        }
        weights.truncate(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scraps_of_formulas_are_no_words() {
        for word in ["3d", "gpt4", "l0", "7b", "4bit", "6dof", "lora", "rl", "ä1"] {
            assert!(is_word(word), "{word}");
        }
        for scrap in ["1t", "2n", "0x", "12ab", "2025", "7", "n", ""] {
            assert!(!is_word(scrap), "{scrap}");
        }
    }
}
