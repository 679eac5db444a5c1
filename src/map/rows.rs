//! Rows: the papers' vectors in one block of memory, for comparison.

use crate::meaning::{DIMS, Vector};

/// Vectors of whole numbers, with the factors that normalise them.
#[derive(Debug, Clone, Default)]
pub(super) struct Rows {
    numbers: Vec<[i16; DIMS]>,
    /// One over the length of each; zero where it has none.
    shrink: Vec<f32>,
}

impl Rows {
    /// The rows of vectors.
    pub(super) fn of(vectors: &[Vector]) -> Self {
        let numbers = |vector: &Vector| vector.numbers().map(i16::from);
        let shrink = |vector: &Vector| match vector.square() {
            0 => 0.0,
            square => 1.0 / (square as f32).sqrt(),
        };
        Self {
            numbers: vectors.iter().map(numbers).collect(),
            shrink: vectors.iter().map(shrink).collect(),
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.shrink.len()
    }

    /// The numbers of a row.
    pub(super) fn row(&self, n: usize) -> &[i16; DIMS] {
        &self.numbers[n]
    }

    /// One over the length of a row.
    pub(super) fn shrink(&self, n: usize) -> f32 {
        self.shrink[n]
    }

    /// The similarity of a row and some numbers, which can be compared with that of
    /// other rows and the same numbers.
    pub(super) fn nearness(&self, numbers: &[i16; DIMS], n: usize) -> f32 {
        product(numbers, self.row(n)) as f32 * self.shrink[n]
    }
}

/// The dot product. A few hundred products of bytes fit.
fn product(one: &[i16; DIMS], other: &[i16; DIMS]) -> i32 {
    let pairs = one.iter().zip(other);
    pairs.map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
}
