//! Fast byte-level checks on text.

/// Whether any byte matches `is`. Chunks are scanned without branching so that the
/// compiler can vectorise the loop; `is` should be a comparison or two.
#[inline]
pub(crate) fn any_byte(text: &str, is: impl Fn(u8) -> bool) -> bool {
    const STRETCH: usize = 256;
    text.as_bytes()
        .chunks(STRETCH)
        .any(|bytes| bytes.iter().fold(false, |any, byte| any | is(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_is_found_wherever_it_stands() {
        let text = "-".repeat(700);
        assert!(!any_byte(&text, |b| b == b'x') && !any_byte("", |_| true));
        for at in [0, 255, 256, 511, 699] {
            let mut text = text.clone();
            text.replace_range(at..=at, "x");
            assert!(any_byte(&text, |b| b == b'x'), "{at}");
        }
    }
}
