//! The nearest papers: for each paper those whose vectors point in about the same
//! direction.
//!
//! A few papers are compared with all others. Many are first put around centres, and a
//! paper is compared with those around the centres nearest to it; then with the
//! neighbours of its neighbours, which finds most of what was missed.

use rayon::prelude::*;

use super::rows::Rows;
use crate::meaning::{Clusters, DIMS, Vector, wide};

/// Up to so many rows, each is compared with each.
const FEW: usize = 4096;

/// Around how many centres the neighbours of a row are looked for, before those of its
/// neighbours are, and where there is no such second look.
pub(super) const PROBES: usize = 3;
pub(super) const PROBES_ALONE: usize = 8;

/// A row's neighbours, the nearest first.
pub(super) type Neighbours = Vec<u32>;

/// The best so far: how near, and which. Of equally near ones the first counts more.
struct Best {
    most: usize,
    found: Vec<(f32, u32)>,
}

impl Best {
    fn new(most: usize) -> Self {
        Self {
            most,
            found: Vec::with_capacity(most + 1),
        }
    }

    fn add(&mut self, nearness: f32, row: u32) {
        let is_before =
            |other: &(f32, u32)| other.0 > nearness || (other.0 == nearness && other.1 < row);
        if self.found.len() == self.most && self.found.last().is_none_or(is_before) {
            return;
        }
        let at = self.found.partition_point(is_before);
        self.found.insert(at, (nearness, row));
        self.found.truncate(self.most);
    }

    fn rows(self) -> Neighbours {
        self.found.into_iter().map(|(_, row)| row).collect()
    }
}

/// The nearest of some rows to each of them, `most` of each. The rows are those of the
/// vectors.
pub(super) fn nearest(
    rows: &Rows,
    vectors: &[Vector],
    centres: &[Vector],
    most: usize,
) -> Vec<Neighbours> {
    let count = rows.len();
    if count <= FEW {
        return (0..count)
            .into_par_iter()
            .map(|n| {
                let mut best = Best::new(most);
                wide(
                    #[inline(always)]
                    || {
                        for other in (0..count).filter(|other| *other != n) {
                            best.add(rows.nearness(rows.row(n), other), number(other));
                        }
                    },
                );
                best.rows()
            })
            .collect();
    }
    let around = Around::of(centres.to_vec(), vectors);
    let all: Vec<Neighbours> = (0..count)
        .into_par_iter()
        .map(|n| {
            let row = rows.row(n);
            around.nearest(&around.probed(row, PROBES), row, n, most)
        })
        .collect();
    improved(rows, &all, most)
}

/// Looks at the neighbours of neighbours.
fn improved(rows: &Rows, all: &[Neighbours], most: usize) -> Vec<Neighbours> {
    let mut back: Vec<Neighbours> = vec![Vec::new(); all.len()];
    for (n, neighbours) in all.iter().enumerate() {
        for other in neighbours {
            let back = &mut back[*other as usize];
            if back.len() < most {
                back.push(number(n));
            }
        }
    }
    (0..all.len())
        .into_par_iter()
        .map_init(Vec::new, |candidates: &mut Vec<u32>, n| {
            candidates.clear();
            candidates.extend(&all[n]);
            for other in &all[n] {
                candidates.extend(&all[*other as usize]);
                candidates.extend(&back[*other as usize]);
            }
            for other in &back[n] {
                candidates.push(*other);
                candidates.extend(&all[*other as usize]);
            }
            candidates.sort_unstable();
            candidates.dedup();
            let mut best = Best::new(most);
            wide(
                #[inline(always)]
                || {
                    for other in candidates.iter().filter(|other| **other != number(n)) {
                        best.add(rows.nearness(rows.row(n), *other as usize), *other);
                    }
                },
            );
            best.rows()
        })
        .collect()
}

/// Rows around centres.
#[derive(Debug)]
pub(super) struct Around {
    centres: Rows,
    /// Where the rows around each centre begin.
    starts: Vec<usize>,
    /// The numbers of the rows, centre by centre, and the rows themselves: what is read
    /// one after the other lies so in memory.
    numbers: Vec<u32>,
    rows: Rows,
}

impl Around {
    /// Rows with these vectors.
    pub(super) fn of(centres: Vec<Vector>, vectors: &[Vector]) -> Self {
        let clusters = Clusters::of(centres, vectors);
        let mut numbers: Vec<u32> = (0..number(vectors.len()))
            .filter(|n| clusters.of[*n as usize].is_some())
            .collect();
        numbers.sort_by_key(|n| clusters.of[*n as usize]);
        let cluster = |n: &u32| clusters.of[*n as usize].unwrap_or(0) as usize;
        let starts = (0..=clusters.centres.len())
            .map(|centre| numbers.partition_point(|n| cluster(n) < centre))
            .collect();
        let rows: Vec<Vector> = numbers.iter().map(|n| vectors[*n as usize]).collect();
        Self {
            centres: Rows::of(&clusters.centres),
            starts,
            numbers,
            rows: Rows::of(&rows),
        }
    }

    /// The centres around which the neighbours of a row are looked for, the nearest first.
    pub(super) fn probed(&self, row: &[i8; DIMS], probes: usize) -> Vec<u32> {
        let mut centres = Best::new(probes);
        wide(
            #[inline(always)]
            || {
                for centre in 0..self.centres.len() {
                    centres.add(self.centres.nearness(row, centre), number(centre));
                }
            },
        );
        centres.rows()
    }

    /// For each centre a hash of the rows around it, and of their numbers.
    pub(super) fn prints(&self) -> Vec<blake3::Hash> {
        (0..self.centres.len())
            .into_par_iter()
            .map(|centre| {
                let mut hasher = blake3::Hasher::new();
                for at in self.starts[centre]..self.starts[centre + 1] {
                    hasher.update(&self.numbers[at].to_le_bytes());
                    hasher.update(&self.rows.row(at).map(i8::cast_unsigned));
                }
                hasher.finalize()
            })
            .collect()
    }

    /// The nearest rows around some centres to one that has the number `n` itself.
    pub(super) fn nearest(
        &self,
        centres: &[u32],
        row: &[i8; DIMS],
        n: usize,
        most: usize,
    ) -> Neighbours {
        let mut best = Best::new(most);
        wide(
            #[inline(always)]
            || {
                for centre in centres {
                    let centre = *centre as usize;
                    for at in self.starts[centre]..self.starts[centre + 1] {
                        let other = self.numbers[at];
                        if other as usize != n {
                            best.add(self.rows.nearness(row, at), other);
                        }
                    }
                }
            },
        );
        best.rows()
    }
}

fn number(n: usize) -> u32 {
    u32::try_from(n).expect("four billion papers are no library")
}
