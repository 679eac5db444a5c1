//! Lone surrogates: JSON cut in the middle of an emoji contains half a UTF-16 pair,
//! as in `"\ud83d"`, which no parser accepts.

use std::borrow::Cow;

/// Replaces each escaped lone surrogate with `\ufffd`, and returns their lines,
/// starting at 1. Lengths do not change.
pub(super) fn mended(text: &str) -> (Cow<'_, str>, Vec<usize>) {
    let bytes = text.as_bytes();
    let mut out: Option<Vec<u8>> = None;
    let mut lines = Vec::new();
    let (mut line, mut counted) = (1, 0);
    let mut at = 0;
    while let Some(step) = memchr::memchr(b'\\', &bytes[at..]) {
        at += step;
        let Some(unit) = unit(bytes, at) else {
            // Skip whatever is escaped, including another backslash.
            at = (at + 2).min(bytes.len());
            continue;
        };
        let is_high = (0xd800..0xdc00).contains(&unit);
        let next = self::unit(bytes, at + 6).is_some_and(|unit| (0xdc00..0xe000).contains(&unit));
        if is_high && next {
            at += 12;
            continue;
        }
        if (0xd800..0xe000).contains(&unit) {
            line += memchr::memchr_iter(b'\n', &bytes[counted..at]).count();
            counted = at;
            lines.push(line);
            let out = out.get_or_insert_with(|| bytes.to_vec());
            out[at..at + 6].copy_from_slice(b"\\ufffd");
        }
        at += 6;
    }
    match out.map(String::from_utf8) {
        Some(Ok(text)) => (Cow::Owned(text), lines),
        _ => (Cow::Borrowed(text), lines),
    }
}

/// The UTF-16 unit of the escape at a position.
fn unit(bytes: &[u8], at: usize) -> Option<u32> {
    let escape = bytes.get(at..at + 6)?;
    let digits = escape.strip_prefix(b"\\u")?;
    u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_stay_and_halves_are_replaced() {
        for (text, want, lines) in [
            (
                r#"{"a": "\ud83d\ude00"}"#,
                r#"{"a": "\ud83d\ude00"}"#,
                vec![],
            ),
            (r#"{"a": "\ud83d"}"#, r#"{"a": "\ufffd"}"#, vec![1]),
            (
                "x\n\\ude00 \\uD83D\\ud83d\\ude00",
                "x\n\\ufffd \\ufffd\\ud83d\\ude00",
                vec![2, 2],
            ),
            (r"\\ud83d", r"\\ud83d", vec![]),
            (r"\\\ud83d", r"\\\ufffd", vec![1]),
            (r"\ud8", r"\ud8", vec![]),
            (r"\u00e9", r"\u00e9", vec![]),
            ("\\", "\\", vec![]),
        ] {
            let (got, at) = mended(text);
            assert_eq!((got.as_ref(), at), (want, lines), "{text}");
        }
    }
}
