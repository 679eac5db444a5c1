//! Decodes the bytes of a file to text, whatever the encoding, and refuses binary
//! files.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, ISO_2022_JP, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::controls::{self, Removed};

/// Decoded text, and what decoding it took.
#[derive(Debug, PartialEq)]
pub(super) struct Decoded<'a> {
    /// The text, without byte order mark and control characters.
    pub(super) text: Cow<'a, str>,
    /// The encoding guess, if the file is not UTF-8 and does not declare its
    /// encoding.
    pub(super) guess: Option<Guess>,
    /// The control characters that were removed.
    pub(super) removed: Removed,
}

/// A guessed encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Guess {
    /// The encoding's WHATWG name.
    pub(super) encoding: &'static str,
    /// How many bytes it was used for; the rest of the file is UTF-8.
    pub(super) bytes: usize,
    /// How many characters could not be decoded and became �.
    pub(super) lost: usize,
}

/// Why bytes are not text.
#[derive(Debug, PartialEq)]
pub(super) enum NotText {
    /// Too many control characters.
    Binary,
    /// Perhaps text, but in no encoding that gives a plausible result.
    Encoding,
}

/// How much of a file is used to guess the encoding, in bytes.
const SAMPLE: usize = 1024 * 1024;

/// Decodes UTF-8, UTF-16 and UTF-32, with or without a byte order mark, and guesses
/// any other encoding.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, NotText> {
    let (text, guess) = characters(bytes)?;
    let (text, removed) = controls::remove(text);
    Ok(Decoded {
        text,
        guess,
        removed,
    })
}

type Read<'a> = (Cow<'a, str>, Option<Guess>);

fn characters(bytes: &[u8]) -> Result<Read<'_>, NotText> {
    if let Some(text) = utf32(bytes) {
        return checked(Cow::Owned(text));
    }
    if let Some((encoding, length)) = Encoding::for_bom(bytes)
        && (encoding == UTF_16LE || encoding == UTF_16BE)
    {
        return utf16(encoding, &bytes[length..]);
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return utf16(encoding, bytes);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if is_binary(bytes, 10) {
        return Err(NotText::Binary);
    }
    // Escape sequences are ASCII, so ISO-2022-JP looks like UTF-8.
    if [&b"\x1b$B"[..], b"\x1b$@"]
        .iter()
        .any(|start| memchr::memmem::find(bytes, start).is_some())
    {
        return legacy(ISO_2022_JP, bytes);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((Cow::Borrowed(text), None)),
        Err(_) => not_utf8(bytes),
    }
}

/// Decodes bytes that are not valid UTF-8: UTF-8 with stray bytes, or another
/// encoding.
fn not_utf8(bytes: &[u8]) -> Result<Read<'_>, NotText> {
    // A tenth of compressed or random data is control characters; text has hardly
    // any.
    if is_binary(bytes, 50) {
        return Err(NotText::Binary);
    }
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += chunk.invalid().len();
    }
    if good > bad {
        return Ok(mixed(WINDOWS_1252, bytes, bad));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(SAMPLE)], true);
    let encoding = match detector.guess(None, Utf8Detection::Deny) {
        found if found == GBK => GB18030,
        found => found,
    };
    if encoding.is_single_byte() {
        // A file concatenated from several may contain UTF-8 in between.
        return Ok(mixed(encoding, bytes, bad));
    }
    legacy(encoding, bytes)
}

/// A text with some bytes in another encoding than UTF-8.
fn mixed(encoding: &'static Encoding, bytes: &[u8], bad: usize) -> Read<'static> {
    let mut text = String::with_capacity(bytes.len() + bad * 2);
    let mut lost = 0;
    let mut rest = bytes;
    while !rest.is_empty() {
        let Some(chunk) = rest.utf8_chunks().next() else {
            break;
        };
        text.push_str(chunk.valid());
        rest = &rest[chunk.valid().len()..];
        if let Some((c, length)) = surrogate(rest) {
            lost += usize::from(c == char::REPLACEMENT_CHARACTER);
            text.push(c);
            rest = &rest[length..];
            continue;
        }
        let invalid = chunk.invalid();
        match encoding.decode_without_bom_handling_and_without_replacement(invalid) {
            Some(read) => text.push_str(&read),
            None => {
                lost += 1;
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
        rest = &rest[invalid.len()..];
    }
    let guess = Guess {
        encoding: encoding.name(),
        bytes: bad,
        lost,
    };
    (Cow::Owned(text), Some(guess))
}

/// A UTF-16 surrogate encoded as UTF-8, or a pair of them: the resulting character
/// and its length in bytes.
fn surrogate(bytes: &[u8]) -> Option<(char, usize)> {
    let half = |bytes: &[u8]| match *bytes {
        [0xed, second @ 0xa0..=0xbf, third @ 0x80..=0xbf, ..] => {
            Some(0xd000 | u32::from(second & 0x3f) << 6 | u32::from(third & 0x3f))
        }
        _ => None,
    };
    let first = half(bytes)?;
    let pair = bytes.get(3..).and_then(half).and_then(|second| {
        ((0xd800..0xdc00).contains(&first) && second >= 0xdc00)
            .then(|| char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00)))?
    });
    Some(match pair {
        Some(c) => (c, 6),
        None => (char::REPLACEMENT_CHARACTER, 3),
    })
}

/// A whole file in a multi-byte encoding.
fn legacy(encoding: &'static Encoding, bytes: &[u8]) -> Result<Read<'static>, NotText> {
    let (text, bad) = encoding.decode_without_bom_handling(bytes);
    let lost = if bad {
        text.matches(char::REPLACEMENT_CHARACTER).count()
    } else {
        0
    };
    // A few damaged characters are accidents; many mean that the guess is wrong.
    if lost > 2 && lost * 50 > text.chars().count() {
        return Err(NotText::Encoding);
    }
    let guess = Guess {
        encoding: encoding.name(),
        bytes: bytes.len(),
        lost,
    };
    Ok((Cow::Owned(text.into_owned()), Some(guess)))
}

fn utf16(encoding: &'static Encoding, bytes: &[u8]) -> Result<Read<'static>, NotText> {
    // An odd byte at the end is half a character of a truncated file.
    let whole = &bytes[..bytes.len() & !1];
    let (text, bad) = encoding.decode_without_bom_handling(whole);
    let broken = if bad {
        text.matches(char::REPLACEMENT_CHARACTER).count()
    } else {
        0
    };
    if broken * 10 > text.chars().count() {
        return Err(NotText::Binary);
    }
    checked(Cow::Owned(text.into_owned()))
}

fn checked(text: Cow<'_, str>) -> Result<Read<'_>, NotText> {
    if is_binary(text.as_bytes(), 10) {
        return Err(NotText::Binary);
    }
    Ok((text, None))
}

/// UTF-16 without a byte order mark: in English text, digits and spaces, every
/// other byte is NUL, and the bytes between hardly ever are.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let end = bytes.iter().rposition(|b| *b != 0)? + 1;
    let (pairs, _) = bytes[..end.min(SAMPLE)].as_chunks::<2>();
    if pairs.len() < 4 {
        return None;
    }
    let first = pairs.iter().filter(|[a, _]| *a == 0).count();
    let second = pairs.iter().filter(|[_, b]| *b == 0).count();
    let many = |n: usize| n * 8 > pairs.len();
    let few = |n: usize| n * 50 <= pairs.len();
    if many(second) && few(first) {
        Some(UTF_16LE)
    } else if many(first) && few(second) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Decodes four bytes to a number.
type Unit = fn([u8; 4]) -> u32;

/// UTF-32, recognised only by its byte order mark.
fn utf32(bytes: &[u8]) -> Option<String> {
    let (rest, unit): (&[u8], Unit) = if let Some(rest) = bytes.strip_prefix(b"\xff\xfe\0\0") {
        (rest, u32::from_le_bytes)
    } else {
        (bytes.strip_prefix(b"\0\0\xfe\xff")?, u32::from_be_bytes)
    };
    let (units, _) = rest.as_chunks::<4>();
    units
        .iter()
        .map(|bytes| char::from_u32(unit(*bytes)))
        .collect()
}

/// Whether more than one in `share` bytes is a control character that text does not
/// have. Long runs of NUL bytes are padding and do not count, nor do terminal
/// colour codes.
fn is_binary(bytes: &[u8], share: usize) -> bool {
    let (mut strange, mut all, mut zeros) = (0, 0, 0);
    for (at, byte) in bytes.iter().enumerate() {
        if *byte == 0 {
            zeros += 1;
            continue;
        }
        if (1..PADDING).contains(&zeros) {
            strange += zeros;
            all += zeros;
        }
        zeros = 0;
        all += 1;
        let colours = *byte == 0x1b && matches!(bytes.get(at + 1), Some(b'[' | b']' | b'(' | b'$'));
        strange += usize::from(matches!(byte, 1..=8 | 14..=26 | 28..=31 | 127) && !colours);
        strange += usize::from(*byte == 0x1b && !colours);
    }
    if all == 0 {
        return zeros > 0;
    }
    if zeros < PADDING {
        strange += zeros;
        all += zeros;
    }
    strange * share > all
}

/// From this length, a run of NUL bytes is padding.
const PADDING: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        decode(bytes).unwrap().text.into_owned()
    }

    fn utf16_bytes(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn byte_order_marks_are_obeyed_and_dropped() {
        assert_eq!(text(b"\xef\xbb\xbfa\xc3\xa9"), "aé");
        assert_eq!(text(b"\xff\xfea\0\xe9\0\x3d\xd8\x00\xde"), "aé😀");
        assert_eq!(text(b"\xfe\xff\0a\0\xe9"), "aé");
        assert_eq!(text(b"\xff\xfea\0b"), "a");
        assert_eq!(text(b"\xff\xfe\0\0a\0\0\0\xe9\0\0\0"), "aé");
        assert_eq!(text(b"\0\0\xfe\xff\0\0\0a\0\0\0\xe9"), "aé");
    }

    #[test]
    fn utf16_is_known_without_a_mark() {
        for words in [
            "A title of a paper\n\nIts abstract.\n",
            "表題 of a paper: 要旨\n",
        ] {
            assert_eq!(text(&utf16_bytes(words, u16::to_le_bytes)), words);
            assert_eq!(text(&utf16_bytes(words, u16::to_be_bytes)), words);
        }
    }

    #[test]
    fn other_encodings_are_guessed() {
        let text = "Étude des réseaux. Ça marche très bien, même l’été à Nîmes. ".repeat(4);
        let russian = "Обучение с подкреплением для больших моделей. ".repeat(4);
        let japanese = "深層学習による画像認識の研究。本論文では新しい手法を提案する。".repeat(4);
        let chinese = "基于深度学习的图像识别研究。本文提出了一种新的方法。".repeat(4);
        let korean = "딥러닝을 이용한 영상 인식 연구. 새로운 방법을 제안한다. ".repeat(4);
        for (words, encoding) in [
            (&text, WINDOWS_1252),
            (&russian, encoding_rs::WINDOWS_1251),
            (&russian, encoding_rs::KOI8_U),
            (&japanese, encoding_rs::SHIFT_JIS),
            (&japanese, encoding_rs::EUC_JP),
            (&japanese, ISO_2022_JP),
            (&chinese, GB18030),
            (&chinese, encoding_rs::BIG5),
            (&korean, encoding_rs::EUC_KR),
        ] {
            // Big5 has no simplified characters.
            let words = if encoding == encoding_rs::BIG5 {
                "基於深度學習的圖像識別研究。本文提出了一種新的方法。".repeat(4)
            } else {
                words.clone()
            };
            let (bytes, _, unmappable) = encoding.encode(&words);
            assert!(!unmappable, "{}", encoding.name());
            let decoded = decode(&bytes).unwrap();
            assert_eq!(decoded.text, words, "{}", encoding.name());
            assert!(decoded.guess.is_some());
        }
    }

    #[test]
    fn stray_bytes_of_another_encoding_are_kept_as_letters() {
        let decoded = decode(b"na\xefve methods with \x93quotes\x94 and caf\xc3\xa9s").unwrap();
        assert_eq!(decoded.text, "naïve methods with “quotes” and cafés");
        assert_eq!(decoded.guess.map(|guess| guess.bytes), Some(3));
        // A surrogate pair, each half encoded as UTF-8, and a lone surrogate.
        let decoded = decode(b"caf\xc3\xa9 \xed\xa0\xbd\xed\xb8\x80 \xed\xa0\xbd.").unwrap();
        assert_eq!(decoded.text, "café 😀 \u{fffd}.");
    }

    #[test]
    fn binary_files_are_refused() {
        assert_eq!(
            decode(b"\x7fELF\x02\x01\x01\0\0\0\0\0"),
            Err(NotText::Binary)
        );
        assert_eq!(decode(&[0; 40]), Err(NotText::Binary));
        // Noise that resembles compressed data.
        let mut state = 1_u32;
        let noise: Vec<u8> = std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
        .take(20_000)
        .collect();
        assert_eq!(decode(&noise), Err(NotText::Binary));
    }

    #[test]
    fn padding_and_colours_leave_the_text() {
        for (bytes, want) in [
            (
                [b"A title of a paper".as_slice(), &[0; 65_536]].concat(),
                "A title of a paper",
            ),
            (
                [&[0; 4096], b"A title of a paper".as_slice()].concat(),
                "A title of a paper",
            ),
            (b"\x1b[1;31mA title\x1b[0m".to_vec(), "A title"),
            (
                b"A title\0 of a paper that is long".to_vec(),
                "A title of a paper that is long",
            ),
        ] {
            let decoded = decode(&bytes).unwrap();
            assert_eq!(decoded.text, want);
            assert!(decoded.removed.count > 0);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_decode_or_are_refused(bytes in proptest::collection::vec(0u8.., 0..300)) {
            let _ = decode(&bytes);
        }
    }
}
