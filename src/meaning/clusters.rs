//! Clusters: vectors that point in about the same direction, put together around
//! centres. All in whole numbers, so that the clusters of some vectors are the same
//! on any machine and any number of threads.

use rayon::prelude::*;

use super::vector::{DIMS, Vector, product};
use super::wide;

/// How often centres are moved to the middle of what is nearest to them.
const ROUNDS: usize = 6;

/// The centres follow from so many vectors a cluster: more would move them little.
const SAMPLE: usize = 64;

/// The length of a centre.
const LENGTH: f64 = 120.0;

/// Vectors in groups.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Clusters {
    /// The centres, of about the same length.
    pub centres: Vec<Vector>,
    /// For each vector the number of its cluster. One of which nothing is known has
    /// none.
    pub of: Vec<Option<u32>>,
}

impl Clusters {
    /// Assigns each vector to its nearest centre; of equally near ones to the first. Without
    /// centres, no vector has a cluster.
    pub fn of(centres: Vec<Vector>, vectors: &[Vector]) -> Self {
        let has_cluster = |vector: &Vector| !vector.is_none() && !centres.is_empty();
        let of = vectors
            .par_iter()
            .map(|vector| has_cluster(vector).then(|| nearest(vector.numbers(), &centres)))
            .collect();
        Self { centres, of }
    }
}

/// At most `count` centres of some vectors. Whatever order they come in may matter; how
/// many threads there are does not.
pub fn centres(vectors: &[Vector], count: usize) -> Vec<Vector> {
    let known: Vec<&[i8; DIMS]> = vectors
        .iter()
        .filter(|vector| !vector.is_none())
        .map(Vector::numbers)
        .collect();
    let count = count.min(known.len());
    let mut centres: Vec<Vector> = spread(&known, count)
        .map(|numbers| of_length(&numbers.map(i32::from)))
        .collect();
    let sample: Vec<&[i8; DIMS]> = spread(&known, (count * SAMPLE).min(known.len()))
        .copied()
        .collect();
    for _ in 0..ROUNDS {
        centres = moved(&sample, &centres);
    }
    centres
}

/// So many of some things, at even distances.
fn spread<T>(all: &[T], count: usize) -> impl Iterator<Item = &T> {
    (0..count).map(move |n| &all[n * all.len() / count])
}

/// The centres in the middle of what is nearest to each. One to which nothing is
/// nearest stays.
fn moved(sample: &[&[i8; DIMS]], centres: &[Vector]) -> Vec<Vector> {
    let nearest: Vec<u32> = sample
        .par_iter()
        .map(|numbers| nearest(numbers, centres))
        .collect();
    let mut sums = vec![[0_i32; DIMS]; centres.len()];
    for (numbers, centre) in sample.iter().zip(nearest) {
        // All of one length, so that none counts more than another.
        for (sum, number) in sums[centre as usize]
            .iter_mut()
            .zip(of_length(&numbers.map(i32::from)).numbers())
        {
            *sum += i32::from(*number);
        }
    }
    let pairs = sums.iter().zip(centres);
    pairs
        .map(|(sum, centre)| {
            let is_empty = sum.iter().all(|number| *number == 0);
            if is_empty { *centre } else { of_length(sum) }
        })
        .collect()
}

/// The centre nearest to a vector; of equally near ones the first.
fn nearest(numbers: &[i8; DIMS], centres: &[Vector]) -> u32 {
    wide(
        #[inline(always)]
        || {
            let mut best = (i32::MIN, 0);
            for (number, centre) in (0..).zip(centres) {
                let product = product(numbers, centre.numbers());
                if product > best.0 {
                    best = (product, number);
                }
            }
            best.1
        },
    )
}

/// Numbers of the length that centres have.
fn of_length(numbers: &[i32; DIMS]) -> Vector {
    let squares = numbers.iter().map(|number| i64::from(*number).pow(2));
    #[expect(clippy::cast_precision_loss, reason = "fifteen digits are enough")]
    let length = (squares.sum::<i64>() as f64).sqrt();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "no part is longer than the whole"
    )]
    Vector::new(numbers.map(|number| (f64::from(number) / length * LENGTH).round() as i8))
}
