//! The nearest papers: candidates by their most telling terms, then the whole
//! vectors.

use std::cmp::Ordering;

use rayon::prelude::*;

use crate::library::terms::TermId;

use super::vectors::Vectors;

/// How many terms of a paper find candidates.
const KEPT: usize = 16;

/// How many candidates are compared in full.
const CANDIDATES: usize = 64;

/// How many papers share one scratch space.
const BLOCK: usize = 256;

/// Finds the papers nearest to each.
#[derive(Debug)]
pub(super) struct Searcher<'a> {
    vectors: &'a Vectors,
    /// For each paper its most telling terms.
    kept: Vec<(TermId, f32)>,
    kept_starts: Vec<usize>,
    /// The papers that kept a term, term by term.
    postings: Vec<(u32, f32)>,
    posting_starts: Vec<usize>,
}

/// Space that one thread uses for one paper after the other; all zero between.
struct Scratch {
    scores: Vec<f32>,
    touched: Vec<u32>,
    weights: Vec<f32>,
}

impl<'a> Searcher<'a> {
    /// Prepares the search. Papers that are not `offered` are never found.
    pub(super) fn new(vectors: &'a Vectors, offered: &dyn Fn(usize) -> bool) -> Self {
        let mut kept = Vec::with_capacity(vectors.papers() * KEPT);
        let mut kept_starts = vec![0];
        let mut own: Vec<(TermId, f32)> = Vec::new();
        let mut posting_starts = vec![0_usize; vectors.terms() + 1];
        for paper in 0..vectors.papers() {
            own.clear();
            own.extend_from_slice(vectors.of_paper(paper));
            if own.len() > KEPT {
                own.select_nth_unstable_by(KEPT - 1, |a, b| {
                    b.1.total_cmp(&a.1).then(a.0.cmp(&b.0))
                });
                own.truncate(KEPT);
                own.sort_unstable_by_key(|(term, _)| *term);
            }
            if offered(paper) {
                for (term, _) in &own {
                    posting_starts[*term as usize + 1] += 1;
                }
            }
            kept.extend_from_slice(&own);
            kept_starts.push(kept.len());
        }
        for term in 0..vectors.terms() {
            posting_starts[term + 1] += posting_starts[term];
        }
        let mut next = posting_starts.clone();
        let mut postings = vec![(0, 0.0); posting_starts[vectors.terms()]];
        for paper in (0..vectors.papers()).filter(|paper| offered(*paper)) {
            let number = u32::try_from(paper).expect("four billion papers are no library");
            for (term, weight) in &kept[kept_starts[paper]..kept_starts[paper + 1]] {
                let at = &mut next[*term as usize];
                postings[*at] = (number, *weight);
                *at += 1;
            }
        }
        Self {
            vectors,
            kept,
            kept_starts,
            postings,
            posting_starts,
        }
    }

    /// Calls `f` for each paper with its candidates, the nearest first, and its
    /// weights by term; gives what `f` gives, in the order of the papers.
    pub(super) fn all<T: Send>(
        &self,
        f: impl Fn(usize, Vec<(usize, f32)>, &[f32]) -> T + Sync,
    ) -> Vec<T> {
        let papers: Vec<usize> = (0..self.vectors.papers()).collect();
        let blocks: Vec<Vec<T>> = papers
            .par_chunks(BLOCK)
            .map(|block| {
                let mut scratch = Scratch {
                    scores: vec![0.0; papers.len()],
                    touched: Vec::new(),
                    weights: vec![0.0; self.vectors.terms()],
                };
                block
                    .iter()
                    .map(|paper| {
                        let own = self.vectors.of_paper(*paper);
                        for (term, weight) in own {
                            scratch.weights[*term as usize] = *weight;
                        }
                        let best = self.nearest(*paper, &mut scratch);
                        let result = f(*paper, best, &scratch.weights);
                        for (term, _) in own {
                            scratch.weights[*term as usize] = 0.0;
                        }
                        result
                    })
                    .collect()
            })
            .collect();
        blocks.into_iter().flatten().collect()
    }

    fn nearest(&self, paper: usize, scratch: &mut Scratch) -> Vec<(usize, f32)> {
        for (term, weight) in &self.kept[self.kept_starts[paper]..self.kept_starts[paper + 1]] {
            let term = *term as usize;
            let range = self.posting_starts[term]..self.posting_starts[term + 1];
            for (other, other_weight) in &self.postings[range] {
                let score = &mut scratch.scores[*other as usize];
                if *score == 0.0 {
                    scratch.touched.push(*other);
                }
                *score += weight * other_weight;
            }
        }
        let Scratch {
            scores, touched, ..
        } = scratch;
        let mut found: Vec<(usize, f32)> = touched
            .drain(..)
            .map(|other| (other as usize, std::mem::take(&mut scores[other as usize])))
            .filter(|(other, _)| *other != paper)
            .collect();
        if found.len() > CANDIDATES {
            found.select_nth_unstable_by(CANDIDATES - 1, nearer);
            found.truncate(CANDIDATES);
        }
        for (other, score) in &mut found {
            *score = self
                .vectors
                .of_paper(*other)
                .iter()
                .map(|(term, weight)| weight * scratch.weights[*term as usize])
                .sum();
        }
        found.sort_unstable_by(nearer);
        found
    }
}

/// The nearer first; of equally near ones the newer, which has the lower number.
fn nearer(a: &(usize, f32), b: &(usize, f32)) -> Ordering {
    b.1.total_cmp(&a.1).then(a.0.cmp(&b.0))
}
