//! A ballot: seeds chosen many times, each time without some of the papers, and
//! decided by vote. A single choice hangs on ties, which one more paper turns
//! over; what most runs agree on stays.

use super::phrases::Phrases;
use super::reading::Reading;
use super::seeds::Seed;

/// How often seeds are chosen: a run for each half byte of a BLAKE3 hash.
const RUNS: usize = 64;

/// Of sixteen papers a run leaves out so many.
const LEFT_OUT: u8 = 3;

/// A run votes for what it chose first with a full vote, from this part of the
/// number of topics on with less …
const SURE: f64 = 0.75;

/// … and from this part on with none.
const LAST: f64 = 1.25;

/// Of a topic's papers another may have this part, and it is none the less …
const APART: f64 = 0.45;

/// … and with this part it is none of its own.
const WITHIN: f64 = 0.75;

/// The seeds, so many of them or fewer, that most runs choose.
pub(super) fn decide(
    candidates: Vec<Seed>,
    reading: &Reading,
    phrases: &Phrases,
    topics: usize,
) -> Vec<Seed> {
    let apart = Apart::of(&candidates, phrases, reading.papers());
    let places = topics as f64;
    let most = (LAST * places).round() as usize;
    let mut votes = vec![0.0; candidates.len()];
    for run in 0..RUNS {
        let is_in = |paper: u32| lot(reading, paper, run) >= LEFT_OUT;
        for (rank, at) in choose(&candidates, &apart, reading.papers(), &is_in, most)
            .into_iter()
            .enumerate()
        {
            let place = (rank as f64 + 0.5) / places;
            votes[at] += ((LAST - place) / (LAST - SURE)).clamp(0.0, 1.0);
        }
    }
    let mut seeds: Vec<Option<Seed>> = candidates.into_iter().map(Some).collect();
    let mut chosen = Vec::new();
    while chosen.len() < topics {
        let Some(best) = first_best(&votes) else {
            break;
        };
        apart.suppress(best, &mut votes);
        chosen.extend(seeds[best].take());
    }
    chosen
}

/// What a paper draws in a run, from 0 to 15. It hangs on its slug alone, so that
/// other papers change nothing.
fn lot(reading: &Reading, paper: u32, run: usize) -> u8 {
    let byte = reading.hash(paper)[run / 2];
    if run.is_multiple_of(2) {
        byte & 15
    } else {
        byte >> 4
    }
}

/// The greatest of the numbers above nothing, the first of equals.
fn first_best(numbers: &[f64]) -> Option<usize> {
    let above = (0..numbers.len()).filter(|at| numbers[*at] > 1e-9);
    above.reduce(|best, at| {
        if numbers[at] > numbers[best] + 1e-9 {
            at
        } else {
            best
        }
    })
}

/// Chooses one seed after the other, always that which reaches most papers that
/// none of those before it reach.
fn choose(
    candidates: &[Seed],
    apart: &Apart,
    papers: usize,
    is_in: &dyn Fn(u32) -> bool,
    most: usize,
) -> Vec<usize> {
    let is_in: Vec<bool> = (0..papers as u32).map(is_in).collect();
    let mut reached = vec![0.0_f64; papers];
    let mut free = vec![1.0; candidates.len()];
    let gain = |at: usize, reached: &[f64], free: &[f64]| -> f64 {
        let seed: &Seed = &candidates[at];
        let papers = seed.core.iter().zip(&seed.worth);
        let own = papers.filter(|(paper, _)| is_in[**paper as usize]);
        let new = own.map(|(paper, worth)| worth / (1.0 + 2.0 * reached[*paper as usize]));
        new.sum::<f64>() * seed.quality * free[at]
    };
    // A gain only falls, so that one of before is never too small.
    let all = 0..candidates.len();
    let mut gains: Vec<f64> = all.map(|at| gain(at, &reached, &free)).collect();
    let mut chosen = Vec::new();
    while chosen.len() < most {
        let Some(best) = first_best(&gains) else {
            break;
        };
        let now = gain(best, &reached, &free);
        if now + 1e-9 < gains[best] {
            gains[best] = now;
            continue;
        }
        for paper in &candidates[best].core {
            reached[*paper as usize] += 1.0;
        }
        apart.suppress(best, &mut free);
        gains[best] = 0.0;
        chosen.push(best);
    }
    chosen
}

/// For each two candidates how much of the second is left once the first is a
/// topic: 1 where they have little to do with each other, 0 where the second
/// lies within the first or is named after it.
#[derive(Debug)]
struct Apart(Vec<Vec<f64>>);

impl Apart {
    fn of(candidates: &[Seed], phrases: &Phrases, papers: usize) -> Self {
        let mut is_member = vec![false; papers];
        let mut apart = Vec::with_capacity(candidates.len());
        for first in candidates {
            let name = phrases.get(first.phrase);
            for paper in &first.core {
                is_member[*paper as usize] = true;
            }
            let left = |second: &Seed| {
                if phrases.get(second.phrase).covers_or_is_covered(name) {
                    return 0.0;
                }
                let shared = second.core.iter().filter(|p| is_member[**p as usize]);
                let part = shared.count() as f64 / second.core.len() as f64;
                ((WITHIN - part) / (WITHIN - APART)).clamp(0.0, 1.0)
            };
            apart.push(candidates.iter().map(left).collect());
            for paper in &first.core {
                is_member[*paper as usize] = false;
            }
        }
        Self(apart)
    }

    fn suppress(&self, chosen: usize, others: &mut [f64]) {
        for (other, left) in others.iter_mut().zip(&self.0[chosen]) {
            *other *= left;
        }
    }
}
