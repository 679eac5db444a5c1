//! Positions: where each paper is, as a function of the papers in the order in which
//! they came.
//!
//! The [landmarks] are laid out together by their titles; if there are many, a quarter of
//! them first. Each paper is then placed among them by its whole text, and no
//! paper looks at where another is placed. So a paper that comes or changes leaves the
//! others where they are. A build that remembers nothing gets the same as one that
//! remembers all.

use std::sync::OnceLock;

use foldhash::{HashMap, HashMapExt};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::derive::Blocks;
use crate::meaning::{DIMS, Vector, centres, landmarks};

use super::layout::{Ground, layout, refine};
use super::nearest::{Around, PROBES, PROBES_ALONE, nearest};
use super::rows::Rows;
use super::{Place, Point, SIDE};

/// How many neighbours a landmark has.
const NEIGHBOURS: usize = 15;

/// A landmark has at most one neighbour per this many landmarks: if nearly all attracted
/// one another, they would end up in one point.
const FEWEST: usize = 8;

/// The number of landmarks by which a paper is placed. With fewer, it is closer to the
/// nearest ones.
const COMPANY: usize = 8;

/// The part of the landmarks that is laid out before all are, if that is enough of them.
const PART: usize = 4;
const ENOUGH: usize = 1000;

/// What is kept of the map, by kind: the landmarks, and the papers among them.
const LANDMARKS: &str = "landmarks";
const PLACED: &str = "map";

/// Changes when the same papers are to get another map.
const VERSION: &[u8] = b"map 3";

/// How much room there is around the landmarks, as a part of the side, and how much
/// larger each size of the map is than the one before.
const MARGIN: f32 = 0.03;
const SIZES: f32 = 1.08;

/// One landmark in this many can be far out without moving the middle of the map.
const FEW: usize = 64;

/// What follows from the landmarks' titles.
#[derive(Debug, Serialize, Deserialize)]
struct Landmarks {
    points: Vec<Point>,
    centres: Vec<Vector>,
}

impl Landmarks {
    fn of(titles: &[Vector]) -> Self {
        Self::laid_out(titles, ENOUGH)
    }

    /// Lays them out, a part of them first if that part has so many.
    fn laid_out(titles: &[Vector], enough: usize) -> Self {
        let count = titles.len();
        let most = NEIGHBOURS.min((count / FEWEST).max(3)).min(count - 1);
        let centres = centres(titles, count.isqrt());
        let rows = Rows::of(titles);
        let neighbours = nearest(&rows, titles, &centres, most);
        let first = count / PART;
        if first < enough {
            let points = layout(&rows, &neighbours);
            return Self { points, centres };
        }
        // A part finds its places alone, and the others begin near it. That takes fewer
        // steps, and fewer groups are torn apart at the beginning.
        let some = Self::laid_out(&titles[..first], enough);
        let around = Around::of(some.centres, &titles[..first]);
        let ground = Ground::of(&some.points);
        let wider = ((count / first) as f32).sqrt();
        let mut points: Vec<Point> = (0..count)
            .into_par_iter()
            .map(|n| {
                let row = rows.row(n);
                let point = some.points.get(n).copied().unwrap_or_else(|| {
                    let near = around.nearest(&around.probed(row, PROBES), row, n, COMPANY);
                    ground.place(&near, salt(row))
                });
                Point {
                    x: point.x * wider,
                    y: point.y * wider,
                }
            })
            .collect();
        refine(&mut points, &neighbours);
        Self { points, centres }
    }
}

/// The positions of papers by their vectors, in the order in which they came. `titles`
/// are the vectors of the titles of the [landmarks].
pub fn positions(titles: &[Vector], vectors: &[Vector], known: &Blocks) -> Vec<Place> {
    let count = landmarks(vectors.len());
    if count == 0 {
        return Vec::new();
    }
    let mut hasher = blake3::Hasher::new();
    hasher.update(VERSION);
    for title in &titles[..count] {
        hash(&mut hasher, title);
    }
    let inputs = hasher.finalize();
    let mut laid_out = known.of(LANDMARKS, &inputs, || Landmarks::of(&titles[..count]));
    known.tidy(LANDMARKS);
    // What was kept by mistake is of another length.
    laid_out.points.resize(count, Point::default());
    let points = laid_out.points;
    let frame = Frame::of(&points);
    let rows = Rows::of(vectors);
    let around = Around::of(laid_out.centres, &vectors[..count]);
    let prints = around.prints();
    let kept: Placed = known.last(PLACED).unwrap_or_default();
    let kept = kept.among(&inputs);
    let ground = OnceLock::new();
    let placed: Vec<(u64, Point)> = (0..vectors.len())
        .into_par_iter()
        .map(|n| {
            let row = rows.row(n);
            let centres = around.probed(row, PROBES_ALONE);
            // Only a landmark is among those that it could have as a neighbour.
            let own = n.min(count);
            let key = key(
                own,
                &vectors[n],
                centres.iter().map(|n| &prints[*n as usize]),
            );
            let point = kept.get(&key).copied().unwrap_or_else(|| {
                let ground = ground.get_or_init(|| Ground::of(&points));
                let neighbours = around.nearest(&centres, row, n, COMPANY);
                ground.place(&neighbours, salt(row))
            });
            (key, point)
        })
        .collect();
    let places = placed
        .iter()
        .map(|(_, point)| frame.place(*point))
        .collect();
    if placed.iter().any(|(key, _)| !kept.contains_key(key)) {
        known.replace(
            PLACED,
            &Placed {
                inputs: *inputs.as_bytes(),
                points: placed,
            },
        );
    }
    places
}

/// Where papers were placed, each by what that follows from, among the landmarks that
/// follow from the inputs.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Placed {
    inputs: [u8; 32],
    points: Vec<(u64, Point)>,
}

impl Placed {
    /// The places, if they are among these landmarks.
    fn among(self, inputs: &blake3::Hash) -> HashMap<u64, Point> {
        let mut points = HashMap::new();
        if self.inputs == *inputs.as_bytes() {
            points.extend(self.points);
        }
        points
    }
}

fn hash(hasher: &mut blake3::Hasher, vector: &Vector) {
    hasher.update(&vector.numbers().map(i8::cast_unsigned));
}

/// What a paper's place among given landmarks follows from: itself, and those around the
/// centres where its neighbours are looked for.
fn key<'a>(n: usize, vector: &Vector, around: impl Iterator<Item = &'a blake3::Hash>) -> u64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&(n as u64).to_le_bytes());
    hash(&mut hasher, vector);
    for print in around {
        hasher.update(print.as_bytes());
    }
    let hash = hasher.finalize();
    let (first, _) = hash.as_bytes().split_at(8);
    first
        .iter()
        .fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

/// A number that follows from a vector.
fn salt(row: &[i8; DIMS]) -> u32 {
    row.iter().fold(7_u32, |sum, number| {
        sum.wrapping_mul(31)
            .wrapping_add(u32::from(i16::from(*number).cast_unsigned()))
    })
}

/// The part of the plane that the map shows: a square around the landmarks. Its middle
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

#[cfg(test)]
mod tests {
    use super::*;

    const GROUPS: usize = 8;

    /// Titles in groups that point in different directions, one group after the other.
    fn titles(count: usize) -> Vec<Vector> {
        let mut noise = 1_u32;
        (0..count)
            .map(|n| {
                let mut numbers = [0.0; DIMS];
                for (at, number) in numbers.iter_mut().enumerate() {
                    noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    let own = if at % GROUPS == n % GROUPS { 10.0 } else { 0.0 };
                    *number = own + f64::from(noise >> 24) / 64.0;
                }
                Vector::of_numbers(&numbers)
            })
            .collect()
    }

    /// Which part of the points have a point of their own group nearest to them.
    fn in_company(points: &[Point]) -> f64 {
        let nearest = |n: usize| {
            let apart = |other: &usize| {
                let (x, y) = (
                    points[n].x - points[*other].x,
                    points[n].y - points[*other].y,
                );
                x * x + y * y
            };
            let others = (0..points.len()).filter(|other| *other != n);
            others
                .min_by(|a, b| apart(a).total_cmp(&apart(b)))
                .unwrap_or(n)
        };
        let same = (0..points.len()).filter(|n| nearest(*n) % GROUPS == n % GROUPS);
        same.count() as f64 / points.len() as f64
    }

    #[test]
    fn groups_stand_together_whether_a_part_is_laid_out_first_or_not() {
        let titles = titles(480);
        let at_once = Landmarks::laid_out(&titles, usize::MAX).points;
        let by_parts = Landmarks::laid_out(&titles, 100).points;
        assert_ne!(at_once, by_parts, "both ways are tried");
        for points in [at_once, by_parts] {
            assert!(
                points
                    .iter()
                    .all(|one| one.x.is_finite() && one.y.is_finite())
            );
            assert!(in_company(&points) > 0.95, "{}", in_company(&points));
        }
    }

    #[test]
    fn titles_that_are_all_alike_have_places() {
        let alike = vec![titles(1)[0]; 480];
        let points = Landmarks::laid_out(&alike, 100).points;
        assert!(
            points
                .iter()
                .all(|one| one.x.is_finite() && one.y.is_finite())
        );
    }
}
