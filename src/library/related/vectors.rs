//! Vectors: each paper as the weights of its terms, of length one.

use rayon::prelude::*;

use crate::library::terms::{Count, TermId, Terms};

/// A term in a title counts as often as this.
const TITLE: u32 = 2;

/// A term in more than this part of a large library tells nothing …
const COMMON: f64 = 0.1;

/// … but in a small one, where every term is common by that measure, it may
/// stand in so many papers.
const NOT_COMMON: u32 = 100;

/// The weights of a paper, by rising number of the term.
type Vector = Box<[(TermId, f32)]>;

/// The papers of a library as vectors.
#[derive(Debug)]
pub(super) struct Vectors {
    starts: Vec<usize>,
    weights: Vec<(TermId, f32)>,
    terms: usize,
}

impl Vectors {
    pub(super) fn of(terms: &Terms) -> Self {
        let telling = telling(terms);
        let papers: Vec<usize> = (0..terms.papers()).collect();
        let blocks: Vec<Vec<Vector>> = papers
            .par_chunks(1024)
            .map(|block| {
                let papers = block.iter();
                papers
                    .map(|paper| vector(terms.paper(*paper), &telling))
                    .collect()
            })
            .collect();
        let mut vectors = Self {
            starts: Vec::with_capacity(terms.papers() + 1),
            weights: Vec::new(),
            terms: terms.len(),
        };
        vectors.starts.push(0);
        for vector in blocks.into_iter().flatten() {
            vectors.weights.extend_from_slice(&vector);
            vectors.starts.push(vectors.weights.len());
        }
        vectors
    }

    pub(super) fn papers(&self) -> usize {
        self.starts.len() - 1
    }

    /// How many terms the library has.
    pub(super) fn terms(&self) -> usize {
        self.terms
    }

    /// The weights of a paper, by rising number of the term.
    pub(super) fn of_paper(&self, paper: usize) -> &[(TermId, f32)] {
        &self.weights[self.starts[paper]..self.starts[paper + 1]]
    }
}

/// For each term how telling it is: the logarithm of how rare it is, or zero
/// where it can make no two papers related.
#[expect(clippy::cast_possible_truncation, reason = "six digits are enough")]
fn telling(terms: &Terms) -> Vec<f32> {
    let papers = terms.papers() as f64;
    let most = f64::from(NOT_COMMON).max(papers * COMMON);
    (0..terms.len() as TermId)
        .map(|term| {
            let frequency = f64::from(terms.frequency(term));
            let tells = frequency >= 2.0
                && frequency <= most
                && !terms.is_stop(term)
                && is_word(terms.stem(term));
            if tells {
                (papers / frequency).ln() as f32
            } else {
                0.0
            }
        })
        .collect()
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

fn vector(counts: impl Iterator<Item = Count>, telling: &[f32]) -> Vector {
    let mut weights: Vec<(TermId, f32)> = Vec::new();
    let mut square = 0.0_f32;
    for count in counts {
        let telling = telling[count.term as usize];
        if telling > 0.0 {
            let times = u32::from(count.in_title) * TITLE + u32::from(count.in_abstract);
            let weight = (1.0 + (times as f32).ln()) * telling;
            square += weight * weight;
            weights.push((count.term, weight));
        }
    }
    if square > 0.0 {
        let length = square.sqrt();
        weights.iter_mut().for_each(|(_, weight)| *weight /= length);
    }
    weights.into()
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
