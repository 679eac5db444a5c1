//! Vectors: each paper as the weights of its words, of length one, to tell how
//! alike papers are.

use super::phrases::{PhraseId, Phrases, Posting};
use super::reading::Part;

/// A word in more than this part of the papers tells nothing.
const COMMON: f64 = 0.3;

/// A word in a title or among the keywords counts as often as this.
const TITLE: u32 = 2;

/// So many papers tell how alike all of a group are.
const SAMPLE: usize = 400;

/// The papers as vectors.
#[derive(Debug)]
pub(super) struct Vectors {
    papers: Vec<Vec<(PhraseId, f64)>>,
    phrases: usize,
}

impl Vectors {
    pub(super) fn of(phrases: &Phrases, papers: usize) -> Self {
        let mut vectors = vec![Vec::new(); papers];
        let mut number = 0;
        for (id, phrase) in phrases.iter() {
            number = id + 1;
            let frequency = phrase.frequency() as f64;
            if phrase.words().len() > 1 || frequency > COMMON * papers as f64 {
                continue;
            }
            let telling = (papers as f64 / frequency).ln();
            for posting in &phrase.postings {
                let weight = (1.0 + f64::from(times(posting)).ln()) * telling;
                vectors[posting.paper as usize].push((id, weight));
            }
        }
        for vector in &mut vectors {
            normalise(vector);
        }
        Self {
            papers: vectors,
            phrases: number,
        }
    }

    fn zeros(&self) -> Vec<f64> {
        vec![0.0; self.phrases]
    }

    /// How alike the papers are on average, apart from the words that are left
    /// out. `None` where there are no two.
    pub(super) fn likeness(
        &self,
        papers: &[u32],
        without: &dyn Fn(PhraseId) -> bool,
    ) -> Option<f64> {
        let step = papers.len().div_ceil(SAMPLE).max(1);
        let mut sum = self.zeros();
        let mut number = 0.0;
        for paper in papers.iter().step_by(step) {
            let vector = &self.papers[*paper as usize];
            let left = vector.iter().filter(|(word, _)| !without(*word));
            let length = left.clone().map(|(_, w)| w * w).sum::<f64>().sqrt();
            if length > 0.0 {
                left.for_each(|(word, weight)| sum[*word] += weight / length);
                number += 1.0;
            }
        }
        // The square of the sum has every pair twice, and each with itself.
        let square: f64 = sum.iter().map(|weight| weight * weight).sum();
        (number > 1.0).then(|| (square - number) / (number * (number - 1.0)))
    }

    /// What the papers of a group have in common, of length one.
    pub(super) fn centre(&self, papers: &[u32]) -> Vec<f64> {
        let mut sum = self.zeros();
        for paper in papers {
            for (word, weight) in &self.papers[*paper as usize] {
                sum[*word] += weight;
            }
        }
        let length = sum.iter().map(|w| w * w).sum::<f64>().sqrt();
        if length > 0.0 {
            sum.iter_mut().for_each(|weight| *weight /= length);
        }
        sum
    }

    /// How near each paper is to a centre.
    pub(super) fn nearness(&self, centre: &[f64]) -> Vec<f64> {
        let near = |vector: &Vec<(PhraseId, f64)>| vector.iter().map(|(w, x)| x * centre[*w]).sum();
        self.papers.iter().map(near).collect()
    }
}

fn times(posting: &Posting) -> u32 {
    TITLE * (posting.in_part(Part::Title) + posting.in_part(Part::Keywords))
        + posting.in_part(Part::Abstract)
}

fn normalise(vector: &mut [(PhraseId, f64)]) {
    let length = vector.iter().map(|(_, w)| w * w).sum::<f64>().sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|(_, weight)| *weight /= length);
    }
}
