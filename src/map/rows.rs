//! Rows: the papers' vectors in one block of memory, for comparison.

use crate::meaning::{DIMS, Vector, product};

/// Vectors of whole numbers, with the factors that normalise them.
#[derive(Debug, Clone, Default)]
pub(super) struct Rows {
    numbers: Vec<[i8; DIMS]>,
    /// One over the length of each; zero where it has none.
    shrink: Vec<f32>,
}

impl Rows {
    /// The rows of vectors.
    pub(super) fn of(vectors: &[Vector]) -> Self {
        let numbers = |vector: &Vector| *vector.numbers();
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
    pub(super) fn row(&self, n: usize) -> &[i8; DIMS] {
        &self.numbers[n]
    }

    /// One over the length of a row.
    pub(super) fn shrink(&self, n: usize) -> f32 {
        self.shrink[n]
    }

    /// The similarity of a row and some numbers, which can be compared with that of
    /// other rows and the same numbers; to be called in a [wide](fn@crate::meaning::wide)
    /// loop.
    #[inline(always)]
    pub(super) fn nearness(&self, numbers: &[i8; DIMS], n: usize) -> f32 {
        product(numbers, self.row(n)) as f32 * self.shrink[n]
    }
}
