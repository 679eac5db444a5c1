//! The nearest papers: for each paper those whose vectors point in about the same
//! direction.
//!
//! A few papers are compared with all others. Many are first put around centres, and a
//! paper is compared with those around the centres nearest to it; then with the
//! neighbours of its neighbours, which finds most of what was missed.

use rayon::prelude::*;

use super::rows::Rows;

/// Up to so many rows, each is compared with each.
const FEW: usize = 4096;

/// Around how many centres the neighbours of a row are looked for, before those of its
/// neighbours are, and where there is no such second look.
const PROBES: usize = 3;
const PROBES_ALONE: usize = 8;

/// How often neighbours of neighbours are looked at.
const ROUNDS: usize = 2;

/// How often centres are moved to the middle of what is around them.
const MOVES: usize = 2;

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

/// The nearest of the first `count` rows to each of them, `most` of each.
pub(super) fn nearest(rows: &Rows, count: usize, most: usize) -> Vec<Neighbours> {
    if count <= FEW {
        return (0..count)
            .into_par_iter()
            .map(|n| {
                let mut best = Best::new(most);
                for other in (0..count).filter(|other| *other != n) {
                    best.add(rows.nearness(rows.row(n), other), number(other));
                }
                best.rows()
            })
            .collect();
    }
    let centres = Centres::of(rows, count);
    let mut all: Vec<Neighbours> = (0..count)
        .into_par_iter()
        .map(|n| centres.search(rows, n, most, PROBES, usize::MAX))
        .collect();
    for _ in 0..ROUNDS {
        all = improved(rows, &all, most);
    }
    all
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
            for other in candidates.iter().filter(|other| **other != number(n)) {
                best.add(rows.nearness(rows.row(n), *other as usize), *other);
            }
            best.rows()
        })
        .collect()
}

/// Rows around centres.
#[derive(Debug)]
pub(super) struct Centres {
    centres: Rows,
    around: Vec<Vec<u32>>,
}

impl Centres {
    /// Puts the first `count` rows around centres.
    pub(super) fn of(rows: &Rows, count: usize) -> Self {
        let many = count.isqrt().max(1);
        let mut centres = Rows::new(rows.width(), []);
        for n in 0..many {
            centres.push(rows.row(n * count / many).iter().copied());
        }
        for _ in 0..MOVES {
            let owners = owners(rows, count, &centres);
            centres = moved(rows, &owners, &centres);
        }
        let mut around = vec![Vec::new(); many];
        for (n, owner) in owners(rows, count, &centres).into_iter().enumerate() {
            around[owner as usize].push(number(n));
        }
        Self { centres, around }
    }

    /// Adds rows.
    pub(super) fn add(&mut self, rows: &Rows, added: std::ops::Range<usize>) {
        let owners: Vec<u32> = added
            .clone()
            .into_par_iter()
            .map(|n| owner(rows.row(n), &self.centres))
            .collect();
        for (n, owner) in added.zip(owners) {
            self.around[owner as usize].push(number(n));
        }
    }

    /// The nearest to a row of those below `limit`.
    pub(super) fn before(&self, rows: &Rows, n: usize, most: usize, limit: usize) -> Neighbours {
        self.search(rows, n, most, PROBES_ALONE, limit)
    }

    fn search(
        &self,
        rows: &Rows,
        n: usize,
        most: usize,
        probes: usize,
        limit: usize,
    ) -> Neighbours {
        let mut centres = Best::new(probes);
        for centre in 0..self.centres.len() {
            centres.add(self.centres.nearness(rows.row(n), centre), number(centre));
        }
        let mut best = Best::new(most);
        for centre in centres.rows() {
            for other in &self.around[centre as usize] {
                let place = *other as usize;
                if place != n && place < limit {
                    best.add(rows.nearness(rows.row(n), place), *other);
                }
            }
        }
        best.rows()
    }
}

fn owners(rows: &Rows, count: usize, centres: &Rows) -> Vec<u32> {
    (0..count)
        .into_par_iter()
        .map(|n| owner(rows.row(n), centres))
        .collect()
}

/// The centre nearest to a row; of equally near ones the first.
fn owner(row: &[i16], centres: &Rows) -> u32 {
    let mut best = (f32::MIN, 0);
    for centre in 0..centres.len() {
        let nearness = centres.nearness(row, centre);
        if nearness > best.0 {
            best = (nearness, number(centre));
        }
    }
    best.1
}

/// Centres in the middle of what is around them; one that has nothing stays.
fn moved(rows: &Rows, owners: &[u32], centres: &Rows) -> Rows {
    let mut sums = vec![vec![0.0_f32; rows.width()]; centres.len()];
    for (n, owner) in owners.iter().enumerate() {
        let shrink = rows.shrink(n);
        for (sum, number) in sums[*owner as usize].iter_mut().zip(rows.row(n)) {
            *sum += f32::from(*number) * shrink;
        }
    }
    let mut all = Rows::new(rows.width(), []);
    for (n, sum) in sums.iter().enumerate() {
        let largest = sum.iter().fold(0.0_f32, |most, one| most.max(one.abs()));
        if largest > 0.0 {
            #[expect(clippy::cast_possible_truncation, reason = "none is above 127")]
            all.push(sum.iter().map(|one| (one / largest * 127.0).round() as i16));
        } else {
            all.push(centres.row(n).iter().copied());
        }
    }
    all
}

fn number(n: usize) -> u32 {
    u32::try_from(n).expect("four billion papers are no library")
}
