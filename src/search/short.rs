//! Short rows: a paper's vector in about fifty digits, for pages that carry it. What
//! comes last of a vector says least and is left out, and the rest is rounded.

use super::meaning::push_row;
use crate::meaning::{DIMS, Vector};

/// How many numbers a short row has.
pub const SHORT_DIMS: usize = 64;

/// A number of a row, whose length is one, is stored in so many steps to one. Measured
/// with `benches/for-you`: twice as many steps, or all numbers, rank papers hardly better.
const STEPS: f64 = 8.0;

const _: () = assert!(SHORT_DIMS <= DIMS);

/// The row of a vector, in the digits of the search index; empty where nothing is
/// known of the paper.
pub fn short_row(vector: &Vector) -> String {
    let mut out = String::new();
    let (numbers, _) = vector.numbers().split_at(SHORT_DIMS);
    let square: i32 = numbers.iter().map(|number| i32::from(*number).pow(2)).sum();
    if square == 0 {
        return out;
    }
    let length = f64::from(square).sqrt();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "no part is longer than the whole"
    )]
    let row: Vec<i32> = numbers
        .iter()
        .map(|number| (f64::from(*number) / length * STEPS).round() as i32)
        .collect();
    push_row(&mut out, &row);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meaning::Table;

    #[test]
    fn a_row_is_short_and_says_nothing_of_what_is_not_known() {
        let row = short_row(&Table::built_in().query("robots fold laundry"));
        assert!((20..70).contains(&row.len()), "{row}");
        assert!(
            row.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        );
        assert_eq!(short_row(&Vector::NONE), "");
    }
}
