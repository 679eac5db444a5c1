//! Spreadsheet formulas: table cells that a spreadsheet would evaluate get a
//! leading apostrophe when written, and lose it when read.

/// The cell, escaped so that no spreadsheet evaluates it.
pub fn guard_formula(cell: &str) -> String {
    if is_guarded(cell) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// Undoes [`guard_formula`].
pub fn unguard_formula(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_guarded(rest) => rest,
        _ => cell,
    }
}

/// Whether a cell starts like a formula, with or without apostrophes. Existing
/// apostrophes need another one, or reading would remove one.
fn is_guarded(cell: &str) -> bool {
    cell.trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_of_a_formula_is_guarded() {
        for sign in ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"] {
            let cell = format!("{sign}1+1");
            assert_eq!(guard_formula(&cell), format!("'{cell}"));
        }
        for cell in ["", "a=1", "'tis", "1-1"] {
            assert_eq!(guard_formula(cell), cell);
        }
    }

    proptest::proptest! {
        #[test]
        fn a_guard_is_taken_off_again(cell in "('|=|＝|-|a| |\t){0,6}") {
            let guarded = guard_formula(&cell);
            proptest::prop_assert_eq!(unguard_formula(&guarded), cell);
        }
    }
}
