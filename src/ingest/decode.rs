//! Decoding: the bytes of a file become text, or it is said why they are none.

use std::borrow::Cow;

/// Text that was decoded, and what had to be done for it.
#[derive(Debug, PartialEq)]
pub(super) struct Decoded<'a> {
    /// The text, without a byte order mark.
    pub(super) text: Cow<'a, str>,
    /// How many bytes were no UTF-8 and were read as Windows-1252.
    pub(super) guessed: usize,
}

/// Bytes that are no text.
#[derive(Debug, PartialEq)]
pub(super) enum NotText {
    /// Too many control characters: something other than text.
    Binary,
    /// Text perhaps, but in an encoding that cannot be told.
    Encoding,
}

/// Reads UTF-8, or UTF-16 where a byte order mark says so. Single bytes that
/// are no UTF-8 are taken for Windows-1252, of which most such files are.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, NotText> {
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return utf16(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return utf16(rest, u16::from_be_bytes);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if mostly(controls(bytes), bytes.len()) {
        return Err(NotText::Binary);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded {
            text: Cow::Borrowed(text),
            guessed: 0,
        });
    }
    let guessed = bytes.utf8_chunks().map(|c| c.invalid().len()).sum();
    if mostly(guessed, bytes.len()) {
        return Err(NotText::Encoding);
    }
    let mut text = String::with_capacity(bytes.len() + guessed * 2);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|b| windows_1252(*b)));
    }
    Ok(Decoded {
        text: Cow::Owned(text),
        guessed,
    })
}

/// Text has a few stray bytes at most; a tenth is no accident any more.
fn mostly(strange: usize, all: usize) -> bool {
    strange * 10 > all
}

/// How many bytes are control characters that text does not use.
fn controls(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .filter(|b| matches!(b, 0..=8 | 14..=26 | 28..=31 | 127))
        .count()
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Decoded<'_>, NotText> {
    let (pairs, _) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len() / 2);
    let mut broken = 0;
    for c in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        text.push(c.unwrap_or_else(|_| {
            broken += 1;
            char::REPLACEMENT_CHARACTER
        }));
    }
    if mostly(broken, pairs.len()) || mostly(controls(text.as_bytes()), text.len()) {
        return Err(NotText::Binary);
    }
    Ok(Decoded {
        text: Cow::Owned(text),
        guessed: 0,
    })
}

/// The characters of the bytes 0x80 to 0x9F in Windows-1252; the five that it
/// leaves open stay the control characters they are in Latin-1.
const UPPER: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => UPPER[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        decode(bytes).unwrap().text.into_owned()
    }

    #[test]
    fn byte_order_marks_are_obeyed_and_dropped() {
        assert_eq!(text(b"\xef\xbb\xbfa\xc3\xa9"), "aé");
        assert_eq!(text(b"\xff\xfea\0\xe9\0\x3d\xd8\x00\xde"), "aé😀");
        assert_eq!(text(b"\xfe\xff\0a\0\xe9"), "aé");
        assert_eq!(text(b"\xff\xfea\0b"), "a");
    }

    #[test]
    fn stray_bytes_of_another_encoding_are_kept_as_letters() {
        let decoded = decode(b"na\xefve methods with \x93quotes\x94 and caf\xc3\xa9s").unwrap();
        assert_eq!(decoded.text, "naïve methods with “quotes” and cafés");
        assert_eq!(decoded.guessed, 3);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(
            decode(b"\x7fELF\x02\x01\x01\0\0\0\0\0"),
            Err(NotText::Binary)
        );
        assert_eq!(decode(&[0; 40]), Err(NotText::Binary));
        let shift_jis = b"\x93\xfa\x96\x7b\x8c\xea\x82\xcc\x95\xb6\x8f\xcd";
        assert_eq!(decode(shift_jis), Err(NotText::Encoding));
    }

    #[test]
    fn a_few_nuls_among_text_are_text() {
        assert!(text(b"A title\0 of a paper that is long enough").contains("title"));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_decode_or_are_refused(bytes in proptest::collection::vec(0u8.., 0..300)) {
            let _ = decode(&bytes);
        }
    }
}
