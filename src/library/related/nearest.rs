//! The nearest papers: candidates by their most telling terms, then the whole
//! vectors.

use std::cmp::{Ordering, Reverse};

use rayon::prelude::*;

use crate::library::terms::TermId;

use super::vectors::Vectors;

/// How alike two papers are; [`super::vectors::ONE`] squared is most.
pub(super) type Score = u32;

/// How many terms of a paper find candidates.
const KEPT: usize = 16;

/// How many candidates are compared in full.
const CANDIDATES: usize = 64;

/// How many are gathered before the best of them are chosen.
const ENOUGH: usize = 4 * CANDIDATES;

/// How many papers are looked up one after the other by one thread.
const BLOCK: usize = 256;

/// Finds the papers nearest to each.
#[derive(Debug)]
pub(super) struct Searcher<'a> {
    vectors: &'a Vectors,
    /// For each paper a number that is its own: of equally near ones it tells which
    /// comes first, whatever other papers there are.
    names: &'a [u64],
    /// For each paper its most telling terms.
    kept: Vec<(TermId, u32)>,
    kept_starts: Vec<usize>,
    /// The papers that kept a term, term by term.
    postings: Vec<(u32, u32)>,
    posting_starts: Vec<usize>,
}

/// Space that one thread uses for one paper after the other. Scores and weights
/// are all zero between.
struct Scratch {
    scores: Vec<Score>,
    /// The papers with a score, in a list as long as all of them.
    touched: Vec<u32>,
    ranks: Vec<Rank>,
    weights: Vec<u32>,
}

/// A paper's score and the first half of its name in one number, which compares as
/// [`Searcher::nearer`] does, and the paper: of numbers, the best are found fastest.
type Rank = Reverse<(u64, u32)>;

impl<'a> Searcher<'a> {
    /// Prepares the search. Papers that are not `offered` are never found.
    pub(super) fn new(
        vectors: &'a Vectors,
        names: &'a [u64],
        offered: &dyn Fn(usize) -> bool,
    ) -> Self {
        let mut kept = Vec::with_capacity(vectors.papers() * KEPT);
        let mut kept_starts = vec![0];
        let mut own: Vec<(TermId, u32)> = Vec::new();
        let mut posting_starts = vec![0_usize; vectors.terms() + 1];
        for paper in 0..vectors.papers() {
            own.clear();
            own.extend_from_slice(vectors.of_paper(paper));
            if own.len() > KEPT {
                own.select_nth_unstable_by(KEPT - 1, |a, b| {
                    b.1.cmp(&a.1)
                        .then_with(|| vectors.mark(a.0).cmp(&vectors.mark(b.0)))
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
        let mut postings = vec![(0, 0); posting_starts[vectors.terms()]];
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
            names,
            kept,
            kept_starts,
            postings,
            posting_starts,
        }
    }

    /// The terms by which a paper is found.
    pub(super) fn kept(&self, paper: usize) -> &[(TermId, u32)] {
        &self.kept[self.kept_starts[paper]..self.kept_starts[paper + 1]]
    }

    /// The papers found by a term, each with the term's weight in it.
    pub(super) fn found_by(&self, term: TermId) -> &[(u32, u32)] {
        let term = term as usize;
        &self.postings[self.posting_starts[term]..self.posting_starts[term + 1]]
    }

    /// Calls `f` for each of some papers with its candidates, those with the nearest
    /// words first; gives what `f` gives, in the order of the papers.
    pub(super) fn all<T: Send>(
        &self,
        papers: &[usize],
        f: impl Fn(usize, Vec<(usize, Score)>) -> T + Sync,
    ) -> Vec<T> {
        let scratch = || Scratch {
            scores: vec![0; self.vectors.papers()],
            touched: vec![0; self.vectors.papers()],
            ranks: Vec::new(),
            weights: vec![0; self.vectors.terms()],
        };
        let blocks: Vec<Vec<T>> = papers
            .par_chunks(BLOCK)
            .map_init(scratch, |scratch, block| {
                block
                    .iter()
                    .map(|paper| {
                        let own = self.vectors.of_paper(*paper);
                        for (term, weight) in own {
                            scratch.weights[*term as usize] = *weight;
                        }
                        let best = self.nearest(*paper, scratch);
                        let result = f(*paper, best);
                        for (term, _) in own {
                            scratch.weights[*term as usize] = 0;
                        }
                        result
                    })
                    .collect()
            })
            .collect();
        blocks.into_iter().flatten().collect()
    }

    fn nearest(&self, paper: usize, scratch: &mut Scratch) -> Vec<(usize, Score)> {
        let Scratch {
            scores,
            touched,
            ranks,
            weights,
        } = scratch;
        let mut count = 0;
        for (term, weight) in self.kept(paper) {
            for (other, other_weight) in self.found_by(*term) {
                let score = &mut scores[*other as usize];
                // Noted without a branch, which nobody could foretell: a paper
                // that had a score is written over by the next.
                if let Some(slot) = touched.get_mut(count) {
                    *slot = *other;
                }
                count += usize::from(*score == 0);
                *score += weight * other_weight;
            }
        }
        ranks.clear();
        // Most papers share a common term or two. What is below the best so far is passed
        // over without a look at its name.
        let mut least = 0;
        for other in &touched[..count] {
            let score = std::mem::take(&mut scores[*other as usize]);
            // A paper is not beside itself.
            if score < least || *other as usize == paper {
                continue;
            }
            ranks.push(self.rank(*other, score));
            if ranks.len() == ENOUGH {
                least = nearest_of(ranks);
            }
        }
        if ranks.len() > CANDIDATES {
            nearest_of(ranks);
        }
        let candidates = ranks.iter().map(|Reverse((_, other))| (*other as usize, 0));
        let mut found: Vec<(usize, Score)> = candidates.collect();
        self.fetch(&found);
        for (other, score) in &mut found {
            *score = self
                .vectors
                .of_paper(*other)
                .iter()
                .map(|(term, weight)| weight * weights[*term as usize])
                .sum();
        }
        found.sort_unstable_by(|a, b| self.nearer(a, b));
        found
    }

    /// Has the vectors of some papers brought from memory, all at the same time.
    /// One after the other, each would be waited for while it is multiplied.
    fn fetch(&self, papers: &[(usize, Score)]) {
        const LINE: usize = 64 / size_of::<(TermId, u32)>();
        let touch = |(paper, _): &(usize, Score)| {
            let lines = self.vectors.of_paper(*paper).iter().step_by(LINE);
            lines.fold(0, |sum: TermId, (term, _)| sum ^ term)
        };
        std::hint::black_box(papers.iter().fold(0, |sum, paper| sum ^ touch(paper)));
    }

    fn rank(&self, paper: u32, score: Score) -> Rank {
        let name = self.names[paper as usize] >> 32;
        Reverse((u64::from(score) << 32 | name, paper))
    }

    /// The nearer first; of equally near ones the one with the higher name.
    fn nearer(&self, a: &(usize, Score), b: &(usize, Score)) -> Ordering {
        let names = || self.names[b.0].cmp(&self.names[a.0]);
        b.1.cmp(&a.1).then_with(names)
    }
}

/// Leaves as many of some papers as are compared in full, and gives the lowest score of
/// these.
fn nearest_of(ranks: &mut Vec<Rank>) -> Score {
    let (_, Reverse((last, _)), _) = ranks.select_nth_unstable(CANDIDATES - 1);
    let least = (*last >> 32) as Score;
    ranks.truncate(CANDIDATES);
    least
}
