//! Numbers as text: base-64 variable-length quantities, as in source maps (without a
//! sign). A character holds five bits, the lowest first, and a sixth that tells whether
//! more follow.

/// The digits. None of them needs escaping in JSON.
pub(super) const DIGITS: &[u8; 64] =
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Appends a number.
pub(super) fn push_number(out: &mut String, mut number: u32) {
    while number > 31 {
        push_digit(out, (number & 31 | 32) as u8);
        number >>= 5;
    }
    push_digit(out, number as u8);
}

/// Appends the digit for the lower six bits.
pub(super) fn push_digit(out: &mut String, bits: u8) {
    out.push(DIGITS[usize::from(bits & 63)].into());
}

/// How many characters a number takes.
pub(super) fn number_length(number: u32) -> usize {
    (32 - number.leading_zeros()).div_ceil(5).max(1) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_takes_a_digit_for_every_five_bits() {
        for (number, text) in [
            (0, "A"),
            (1, "B"),
            (31, "f"),
            (32, "gB"),
            (1023, "_f"),
            (1024, "ggB"),
        ] {
            let mut out = String::new();
            push_number(&mut out, number);
            assert_eq!(out, text, "{number}");
            assert_eq!(number_length(number), text.len(), "{number}");
        }
        assert_eq!(number_length(u32::MAX), 7);
    }
}
