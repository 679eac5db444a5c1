//! Positions: where each paper is, as a function of the papers in the order in which
//! they came.
//!
//! The first papers, eighty times a power of two of them and at least half of all, are
//! laid out together. Those that came later are placed among them, some at a time, and
//! move nobody. So what is added leaves all others where they are, until there are
//! twice as many papers and the map is drawn anew. A build that remembers nothing gets
//! the same as one that remembers all.

use rayon::prelude::*;

use crate::derive::Blocks;

use super::layout::{Ground, layout};
use super::nearest::{Centres, nearest};
use super::rows::Rows;
use super::{Place, Point, SIDE};

/// How many papers are laid out together at first.
const FIRST: usize = 80;

/// How many neighbours a paper has.
const NEIGHBOURS: usize = 15;

/// Among few papers each has one neighbour for so many: where nearly all pull one another,
/// all end up in one point.
const FEWEST: usize = 8;

/// Papers that came later are placed so many at a time, as a part of the first, and at
/// least. Of those placed at one time none is looked at by another.
const PART: usize = 16;
const LEAST: usize = 16;

/// What is kept of the map, by kind.
const KIND: &str = "map";

/// Changes when the same papers are to get another map.
const VERSION: &[u8] = b"map 1";

/// How much room there is around the first papers, as a part of the side, and how much
/// larger each size of the map is than the one before.
const MARGIN: f32 = 0.03;
const SIZES: f32 = 1.08;

/// One paper in so many may be far out without moving the middle of the map.
const FEW: usize = 64;

/// How many of some papers are laid out together.
fn first(count: usize) -> usize {
    let mut first = FIRST;
    while first * 2 <= count {
        first *= 2;
    }
    first.min(count)
}

/// The positions of papers by their vectors, in the order in which they came. Each
/// vector has `width` numbers.
pub fn positions(width: usize, vectors: &[&[i8]], known: &Blocks) -> Vec<Place> {
    let count = vectors.len();
    if count == 0 {
        return Vec::new();
    }
    let first = first(count);
    let mut hasher = blake3::Hasher::new();
    hasher.update(VERSION);
    for vector in &vectors[..first] {
        hash(&mut hasher, vector);
    }
    let mut rows: Option<Rows> = None;
    let all = || Rows::new(width, vectors.iter().copied());
    let mut points: Vec<Point> = known.of(KIND, &hasher.finalize(), || {
        let rows = rows.get_or_insert_with(all);
        let most = NEIGHBOURS.min((first / FEWEST).max(3)).min(first - 1);
        layout(rows, &nearest(rows, first, most))
    });
    // What was kept by mistake is of another length.
    points.resize(first, Point::default());
    let frame = Frame::of(&points);
    let mut centres: Option<(Centres, usize)> = None;
    let part = (first / PART).max(LEAST);
    let mut from = first;
    while from < count {
        let to = (from + part).min(count);
        for vector in &vectors[from..to] {
            hash(&mut hasher, vector);
        }
        let mut placed: Vec<Point> = known.of(KIND, &hasher.finalize(), || {
            let rows = rows.get_or_insert_with(all);
            let (centres, done) = centres.get_or_insert_with(|| (Centres::of(rows, first), first));
            centres.add(rows, *done..from);
            *done = from;
            let ground = Ground::of(&points);
            let rows = &*rows;
            let centres = &*centres;
            (from..to)
                .into_par_iter()
                .map(|n| {
                    let neighbours = centres.before(rows, n, NEIGHBOURS, from);
                    ground.place(&neighbours, salt(rows.row(n)))
                })
                .collect()
        });
        placed.resize(to - from, Point::default());
        points.extend(placed);
        from = to;
    }
    known.tidy(KIND);
    points.into_iter().map(|point| frame.place(point)).collect()
}

fn hash(hasher: &mut blake3::Hasher, vector: &[i8]) {
    let bytes: Vec<u8> = vector.iter().map(|number| number.cast_unsigned()).collect();
    hasher.update(&bytes);
}

/// A number that follows from a vector.
fn salt(row: &[i16]) -> u32 {
    row.iter().fold(7_u32, |sum, number| {
        sum.wrapping_mul(31)
            .wrapping_add(u32::from(number.cast_unsigned()))
    })
}

/// The part of the plane that the map shows: a square around the first papers. Its middle
/// follows from most of them, and its size is one of a few, so that a paper at the edge
/// that moves does not move all others.
#[derive(Debug, Clone, Copy)]
struct Frame {
    corner: Point,
    side: f32,
}

impl Frame {
    fn of(points: &[Point]) -> Self {
        let x = middle(points.iter().map(|point| point.x));
        let y = middle(points.iter().map(|point| point.y));
        let farthest = points.iter().fold(0.0_f32, |most, point| {
            most.max((point.x - x).abs()).max((point.y - y).abs())
        });
        let mut half = 1.0;
        // What is not finite ends it too.
        while half < farthest * (1.0 + MARGIN) && half < 1e9 {
            half *= SIZES;
        }
        Self {
            corner: Point {
                x: x - half,
                y: y - half,
            },
            side: 2.0 * half,
        }
    }

    /// What lies outside is put on the edge.
    fn place(self, point: Point) -> Place {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "what is outside is put on the edge"
        )]
        let along = |at: f32, corner: f32| {
            let part = (at - corner) / self.side;
            (part * SIDE as f32).min(SIDE as f32 - 1.0) as u16
        };
        Place {
            x: along(point.x, self.corner.x),
            y: along(point.y, self.corner.y),
        }
    }
}

/// The middle between what few are below and what few are above.
fn middle(numbers: impl Iterator<Item = f32>) -> f32 {
    let mut sorted: Vec<f32> = numbers.collect();
    sorted.sort_unstable_by(f32::total_cmp);
    let few = sorted.len() / FEW;
    match (sorted.get(few), sorted.iter().rev().nth(few)) {
        (Some(low), Some(high)) => (low + high) / 2.0,
        _ => 0.0,
    }
}
