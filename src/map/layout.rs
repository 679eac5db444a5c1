//! The layout: where papers are on the map, so that those near in meaning are near.
//!
//! Neighbours pull one another, all push one another away (t-SNE, over a graph in
//! which each paper has so many neighbours). It is made of additions, multiplications,
//! divisions and square roots alone, in one order, so that a machine with other
//! instructions or another number of threads gets the same bytes. Steps are as long as
//! the pull on a point allows, and no longer where it turned before, as is usual: so a
//! paper whose text changes moves itself and few others.

use std::ops::Range;

use rayon::prelude::*;

use super::Point;
use super::nearest::Neighbours;
use super::rows::Rows;
use super::tree::{Push, Tree};
use crate::meaning::DIMS;

/// How many steps there are, and in how many of the first neighbours pull harder, so
/// that those who belong together come together.
const STEPS: usize = 260;
const EARLY: usize = 80;

/// How many steps, the last ones, are enough where a part of the points was laid out
/// before.
const REFINING: usize = 80;

/// How strongly neighbours pull: more than 1 leaves room between groups.
const PULL: f32 = 1.25;
const EARLY_PULL: f32 = 2.5 * PULL;

/// How far a point goes in one step, as a part of the way to where the pull alone would
/// lead it, and how much of the last step it goes on.
const REACH: f32 = 1.2;
const EARLY_GLIDE: f32 = 0.5;
const GLIDE: f32 = 0.8;

/// The longest step.
const LONGEST: f32 = 5.0;

/// The last steps become shorter, down to this part.
const LAST: f32 = 0.1;

/// How far apart the points are at first.
const START: f32 = 0.01;

/// How many times the main directions of the vectors are improved.
const POWER: usize = 30;

/// The main directions follow from so many vectors: more would turn them little.
const ENOUGH: usize = 4096;

/// In how many steps a point is placed among others.
const PLACING: usize = 20;

/// Who pulls whom, and how hard.
struct Graph {
    starts: Vec<usize>,
    pulls: Vec<(u32, f32)>,
    /// How hard all of a point's neighbours pull it.
    sums: Vec<f32>,
}

impl Graph {
    fn of(neighbours: &[Neighbours]) -> Self {
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for (n, list) in (0_u32..).zip(neighbours) {
            for other in list {
                pairs.push((n, *other));
                pairs.push((*other, n));
            }
        }
        pairs.par_sort_unstable();
        let most = neighbours.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let pull = 0.5 / (most as f32 * neighbours.len() as f32);
        let mut graph = Self {
            starts: Vec::with_capacity(neighbours.len() + 1),
            pulls: Vec::with_capacity(pairs.len()),
            sums: Vec::with_capacity(neighbours.len()),
        };
        let mut pairs = pairs.into_iter().peekable();
        for n in (0_u32..).take(neighbours.len()) {
            graph.starts.push(graph.pulls.len());
            let mut sum = 0.0;
            while let Some((_, other)) = pairs.next_if(|pair| pair.0 == n) {
                let is_mutual = pairs.next_if_eq(&(n, other)).is_some();
                let pull = if is_mutual { 2.0 * pull } else { pull };
                sum += pull;
                graph.pulls.push((other, pull));
            }
            graph.sums.push(sum);
        }
        graph.starts.push(graph.pulls.len());
        graph
    }
}

/// Lays out papers by their neighbours, from where their vectors' main directions put
/// them.
pub(super) fn layout(rows: &Rows, neighbours: &[Neighbours]) -> Vec<Point> {
    let mut points = main_directions(rows, neighbours.len());
    relax(&mut points, neighbours, 0..STEPS);
    points
}

/// Completes a layout: a part of the points was laid out before, and the others start near
/// these.
pub(super) fn refine(points: &mut [Point], neighbours: &[Neighbours]) {
    relax(points, neighbours, STEPS - REFINING..STEPS);
}

/// Moves points by the pull of their neighbours and the push of all, in some of the steps
/// of a layout.
fn relax(points: &mut [Point], neighbours: &[Neighbours], steps: Range<usize>) {
    let graph = Graph::of(neighbours);
    let mut speeds = vec![Point::default(); points.len()];
    for step in steps {
        let (pull, glide) = match step < EARLY {
            true => (EARLY_PULL, EARLY_GLIDE),
            false => (PULL, GLIDE),
        };
        let left = (STEPS - step) as f32 / (STEPS / 4) as f32;
        let reach = REACH * (LAST + (1.0 - LAST) * left.min(1.0));
        let tree = Tree::of(points);
        let pushes: Vec<Push> = (tree.points.par_iter())
            .with_min_len(256)
            .map(|point| tree.push(*point))
            .collect();
        let share = one_over_all(&pushes);
        let forces: Vec<Point> = (tree.order.par_iter().zip(&pushes))
            .with_min_len(256)
            .map(|(n, push)| {
                let n = *n as usize;
                let point = points[n];
                let mut force = Point::default();
                for (other, strength) in &graph.pulls[graph.starts[n]..graph.starts[n + 1]] {
                    let other = points[*other as usize];
                    let (x, y) = (point.x - other.x, point.y - other.y);
                    let near = strength * pull / (1.0 + x * x + y * y);
                    force.x += near * x;
                    force.y += near * y;
                }
                // A point that nobody pulls stays.
                let all = (graph.sums[n] * pull).max(f32::MIN_POSITIVE);
                let length = reach / all;
                Point {
                    x: (push.x * share - force.x) * length,
                    y: (push.y * share - force.y) * length,
                }
            })
            .collect();
        for (n, force) in tree.order.iter().zip(forces) {
            let n = *n as usize;
            let speed = &mut speeds[n];
            speed.x = glide * speed.x + force.x;
            speed.y = glide * speed.y + force.y;
            *speed = speed.no_longer_than(LONGEST);
            points[n].x += speed.x;
            points[n].y += speed.y;
        }
    }
}

/// The reciprocal of the sum of all nearnesses.
fn one_over_all(pushes: &[Push]) -> f32 {
    let mut sum = 0.0_f64;
    for push in pushes {
        // Each is nearest to itself.
        sum += f64::from(push.sum) - 1.0;
    }
    #[expect(clippy::cast_possible_truncation, reason = "seven digits are enough")]
    let share = (1.0 / sum.max(f64::MIN_POSITIVE)) as f32;
    share.min(1.0)
}

/// Where the two main directions of the vectors put papers, all near the middle.
fn main_directions(rows: &Rows, count: usize) -> Vec<Point> {
    let width = DIMS;
    let scaled = |n: usize, mean: &[f64], out: &mut Vec<f64>| {
        let shrink = f64::from(rows.shrink(n));
        out.clear();
        let pairs = rows.row(n).iter().zip(mean);
        out.extend(pairs.map(|(number, mean)| f64::from(*number) * shrink - mean));
    };
    let mut row = Vec::with_capacity(width);
    let mut mean = vec![0.0; width];
    let none = mean.clone();
    for n in 0..count {
        scaled(n, &none, &mut row);
        for (mean, number) in mean.iter_mut().zip(&row) {
            *mean += number;
        }
    }
    for number in &mut mean {
        *number /= count.max(1) as f64;
    }
    let product =
        |one: &[f64], other: &[f64]| -> f64 { one.iter().zip(other).map(|(a, b)| a * b).sum() };
    // How the numbers vary together; the papers are then no longer needed.
    let mut together = vec![0.0; width * width];
    for n in (0..count).step_by(count.div_ceil(ENOUGH).max(1)) {
        scaled(n, &mean, &mut row);
        for (line, number) in together.chunks_exact_mut(width).zip(&row) {
            for (sum, other) in line.iter_mut().zip(&row) {
                *sum += number * other;
            }
        }
    }
    let mut directions: Vec<Vec<f64>> = Vec::new();
    for first in 0..2 {
        let usual = |n: usize| {
            if n == first {
                1.0
            } else {
                0.1 / (1 + n) as f64
            }
        };
        let mut direction: Vec<f64> = (0..width).map(usual).collect();
        for _ in 0..POWER {
            let lines = together.chunks_exact(width);
            let mut next: Vec<f64> = lines.map(|line| product(line, &direction)).collect();
            for other in &directions {
                let part = product(other, &next);
                for (number, other) in next.iter_mut().zip(other) {
                    *number -= part * other;
                }
            }
            let length = product(&next, &next).sqrt();
            if length > 0.0 {
                direction = next.iter().map(|number| number / length).collect();
            }
        }
        directions.push(direction);
    }
    (0..count)
        .map(|n| {
            scaled(n, &mean, &mut row);
            #[expect(clippy::cast_possible_truncation, reason = "seven digits are enough")]
            let along = |direction: &[f64]| product(&row, direction) as f32 * START;
            Point {
                x: along(&directions[0]),
                y: along(&directions[1]),
            }
        })
        .collect()
}

/// Points that stay where they are, among which others are placed.
pub(super) struct Ground<'a> {
    points: &'a [Point],
    tree: Tree,
    share: f32,
}

impl<'a> Ground<'a> {
    pub(super) fn of(points: &'a [Point]) -> Self {
        let tree = Tree::of(points);
        let pushes: Vec<Push> = (tree.points.par_iter())
            .with_min_len(256)
            .map(|point| tree.push(*point))
            .collect();
        Self {
            points,
            share: one_over_all(&pushes),
            tree,
        }
    }

    /// Where a paper belongs by its neighbours: where most of them are together, and
    /// from there as pull and push lead it. `salt` keeps papers apart that have the same
    /// neighbours.
    pub(super) fn place(&self, neighbours: &[u32], salt: u32) -> Point {
        let near = |one: Point, other: Point| {
            let (x, y) = (one.x - other.x, one.y - other.y);
            1.0 / (1.0 + x * x + y * y)
        };
        let places = || neighbours.iter().map(|n| self.points[*n as usize]);
        let mut best = (f32::MIN, Point::default());
        for place in places() {
            let mut company = 0.0;
            for other in places() {
                company += near(place, other);
            }
            if company > best.0 {
                best = (company, place);
            }
        }
        let mut point = best.1;
        point.x += (salt % 101) as f32 * 1e-4 - 0.005;
        point.y += (salt / 101 % 97) as f32 * 1e-4 - 0.005;
        let all = neighbours.len().max(1) as f32 * self.points.len() as f32;
        let mut speed = Point::default();
        for step in 0..PLACING {
            let mut force = Point::default();
            for other in places() {
                let pull = PULL / all * near(point, other);
                force.x += pull * (point.x - other.x);
                force.y += pull * (point.y - other.y);
            }
            let push = self.tree.push(point);
            let left = (PLACING - step) as f32 / PLACING as f32;
            let length = 0.25 * self.points.len() as f32 * left;
            speed.x = 0.5 * speed.x - length * (force.x - push.x * self.share);
            speed.y = 0.5 * speed.y - length * (force.y - push.y * self.share);
            speed = speed.no_longer_than(1.0);
            point.x += speed.x;
            point.y += speed.y;
        }
        point
    }
}
