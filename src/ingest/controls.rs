//! Removes control characters left by terminals, broken downloads and old programs.
//! Line breaks, tabs and form feeds are kept.

use std::borrow::Cow;

/// What was removed from a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Removed {
    /// How many characters.
    pub(super) count: usize,
    /// The line of the first one, starting at 1.
    pub(super) line: usize,
}

/// The longest escape sequence, in bytes. Anything longer is not one.
const MAX_ESCAPE: usize = 256;

/// The text without control characters, and what was removed.
pub(super) fn remove(text: Cow<'_, str>) -> (Cow<'_, str>, Removed) {
    let Some(first) = text.char_indices().find(|(_, c)| is_stray(*c)) else {
        return (text, Removed::default());
    };
    let mut removed = Removed {
        count: 0,
        line: 1 + text[..first.0].matches('\n').count(),
    };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..first.0]);
    let mut rest = &text[first.0..];
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '\u{1b}' => escape(rest),
            // The same as a single Latin-1 byte.
            '\u{9b}' => 2 + parameters(&rest[2..]),
            '\u{8}' => overstrike(&mut out, &rest[1..]),
            _ if is_stray(c) => c.len_utf8(),
            _ => {
                let end = rest.find(is_stray).unwrap_or(rest.len());
                out.push_str(&rest[..end]);
                rest = &rest[end..];
                continue;
            }
        };
        removed.count += rest[..length].chars().count();
        rest = &rest[length..];
    }
    // The end-of-file mark of old systems needs no mention.
    if removed.count == 1 && text.trim_end().ends_with('\u{1a}') {
        removed = Removed::default();
    }
    (Cow::Owned(out), removed)
}

fn is_stray(c: char) -> bool {
    match c {
        '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' => false,
        _ => c.is_control(),
    }
}

/// The length of the escape sequence that the text begins with, or of the escape
/// character alone.
fn escape(text: &str) -> usize {
    let head = &text.as_bytes()[..text.len().min(MAX_ESCAPE)];
    match head.get(1) {
        Some(b'[') => 2 + parameters(&text[2..]),
        // Window titles and links, up to a bell or `ESC \`.
        Some(b']' | b'P' | b'^' | b'_') => {
            let end = head
                .iter()
                .enumerate()
                .skip(2)
                .find_map(|(at, byte)| match byte {
                    7 => Some(at + 1),
                    0x1b if head.get(at + 1) == Some(&b'\\') => Some(at + 2),
                    _ => None,
                });
            end.filter(|end| !head[..*end].contains(&b'\n'))
                .unwrap_or(1)
        }
        // Character sets.
        Some(b'(' | b')') if head.get(2).is_some_and(u8::is_ascii_alphanumeric) => 3,
        Some(b'7' | b'8' | b'=' | b'>' | b'M' | b'c') => 2,
        _ => 1,
    }
}

/// The length of a control sequence's parameters and final letter; zero if it has
/// no end.
fn parameters(text: &str) -> usize {
    let head = &text.as_bytes()[..text.len().min(MAX_ESCAPE)];
    let end = head.iter().position(|b| !(0x20..0x40).contains(b));
    match end {
        Some(end) if (0x40..0x7f).contains(&head[end]) => end + 1,
        _ => 0,
    }
}

/// Printers make bold and underlined text by overstriking: "A\u{8}A", "_\u{8}A".
/// Keep the last letter.
fn overstrike(out: &mut String, after: &str) -> usize {
    let before = out.chars().next_back();
    let next = after.chars().next();
    if before.is_some() && (before == next || before == Some('_')) && next.is_some() {
        out.pop();
    }
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_controls_a_terminal_goes_and_the_text_stays() {
        for (text, want, count) in [
            ("plain\ttext\r\nhere\u{c}", "plain\ttext\r\nhere\u{c}", 0),
            (
                "\u{1b}[1;31mRed\u{1b}[0m and \u{1b}[38;5;12mblue\u{1b}[m",
                "Red and blue",
                24,
            ),
            (
                "\u{1b}]8;;https://a.org\u{7}link\u{1b}]8;;\u{7}",
                "link",
                25,
            ),
            ("\u{1b}]0;title\u{1b}\\x", "x", 11),
            ("A\u{8}Ab\u{8}b _\u{8}c", "Ab c", 3),
            ("\\\u{8}eta", "\\eta", 1),
            ("a\0\0\u{7f}b\u{80}", "ab", 4),
            ("a\u{1b}b", "ab", 1),
            ("a\u{1b}", "a", 1),
            ("a\u{1b}[", "a", 2),
            ("\u{1b}]never ended", "]never ended", 1),
            ("\u{9b}1mx", "x", 3),
            ("The end.\n\u{1a}", "The end.\n", 0),
        ] {
            let (got, removed) = remove(Cow::Borrowed(text));
            assert_eq!((got.as_ref(), removed.count), (want, count), "{text:?}");
        }
        let (_, removed) = remove(Cow::Borrowed("a\nb\nc\0"));
        assert_eq!(removed.line, 3);
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_left(text in "[\u{0}-\u{9f}a-c\\[\\]é]{0,40}") {
            let (got, _) = remove(Cow::Borrowed(&text));
            proptest::prop_assert!(!got.contains(is_stray));
        }
    }
}
