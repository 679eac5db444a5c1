//! Rows: the papers' vectors as they are compared, one after the other.

/// Vectors of one width, in whole numbers, with what makes them one long.
#[derive(Debug, Clone, Default)]
pub(super) struct Rows {
    width: usize,
    numbers: Vec<i16>,
    /// One over the length of each; zero where it has none.
    shrink: Vec<f32>,
}

impl Rows {
    /// Rows of a width.
    pub(super) fn new<'a>(width: usize, vectors: impl IntoIterator<Item = &'a [i8]>) -> Self {
        let mut rows = Self {
            width,
            ..Self::default()
        };
        for vector in vectors {
            rows.push(vector.iter().map(|number| i16::from(*number)));
        }
        rows
    }

    /// Adds a row; what it lacks of the width is zero.
    pub(super) fn push(&mut self, numbers: impl IntoIterator<Item = i16>) {
        let start = self.numbers.len();
        self.numbers.extend(numbers.into_iter().take(self.width));
        self.numbers.resize(start + self.width, 0);
        let row = &self.numbers[start..];
        let square = product(row, row);
        self.shrink.push(match square {
            0 => 0.0,
            square => 1.0 / (square as f32).sqrt(),
        });
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.shrink.len()
    }

    /// How many numbers each has.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// The numbers of a row.
    pub(super) fn row(&self, n: usize) -> &[i16] {
        &self.numbers[n * self.width..(n + 1) * self.width]
    }

    /// One over the length of a row.
    pub(super) fn shrink(&self, n: usize) -> f32 {
        self.shrink[n]
    }

    /// How near a row is to some numbers: it can be compared with that of other rows to
    /// the same numbers.
    pub(super) fn nearness(&self, numbers: &[i16], n: usize) -> f32 {
        product(numbers, self.row(n)) as f32 * self.shrink[n]
    }
}

/// The sum of the products. Bytes of which there are a few hundred fit.
fn product(one: &[i16], other: &[i16]) -> i32 {
    let pairs = one.iter().zip(other);
    pairs.map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
}
