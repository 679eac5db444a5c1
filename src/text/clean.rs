//! Cleaning: normalises all text from outside before anything else reads it.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::bytes::any_byte;

/// Removes what readers cannot see and programs trip over: control characters,
/// noncharacters, byte order marks, zero-width characters, soft hyphens and
/// directional marks. All line ends become `\n`, no-break spaces become spaces, and
/// letters are composed (NFC). Joiners stay between the letters and emoji that need
/// them.
pub fn clean(text: &str) -> Cow<'_, str> {
    if is_clean(text) {
        return Cow::Borrowed(text);
    }
    let mut cleaned = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                cleaned.push('\n');
            }
            '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => cleaned.push('\n'),
            '\u{A0}' | '\u{2007}' | '\u{202F}' => cleaned.push(' '),
            '\u{200C}' | '\u{200D}' => {
                let before = cleaned.chars().next_back();
                if before.is_some_and(takes_joiner)
                    && chars.peek().copied().is_some_and(takes_joiner)
                {
                    cleaned.push(c);
                }
            }
            _ if is_removed(c) => {}
            _ => cleaned.push(c),
        }
    }
    if is_nfc(&cleaned) {
        Cow::Owned(cleaned)
    } else {
        Cow::Owned(cleaned.nfc().collect())
    }
}

/// Cleans a one-line text such as a title or a name: collapses white space and
/// trims the ends.
pub fn clean_line(text: &str) -> String {
    let cleaned = clean(text);
    let mut line = String::with_capacity(cleaned.len());
    for word in cleaned.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Maps an offset in the cleaned text back to the original, in bytes. For
/// diagnostics only: it scans the whole text.
pub fn uncleaned(text: &str, cleaned: &str, at: usize) -> usize {
    if is_clean(text) {
        return at.min(text.len());
    }
    let before = cleaned.get(..at).unwrap_or(cleaned);
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count());
    let mut starts = std::iter::once(0).chain(line_starts(text));
    let start = starts.nth(line).unwrap_or(text.len());
    let end = line_starts(&text[start..])
        .next()
        .map_or(text.len(), |n| start + n);
    let line = &text[start..end];
    let bounds: Vec<usize> = line.char_indices().map(|(at, _)| at).collect();
    // Cleaning never makes the text before a position longer.
    let n = bounds.partition_point(|at| clean(&line[..*at]).chars().count() < column);
    let rest = &bounds[n..];
    let seen = |at: &&usize| line[**at..].chars().next().is_some_and(|c| !is_removed(c));
    start + rest.iter().find(seen).copied().unwrap_or(line.len())
}

/// The starts of all lines after the first, as cleaning splits them.
fn line_starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        while let Some((at, c)) = chars.next() {
            match c {
                '\r' => {
                    let pair = chars.next_if(|(_, next)| *next == '\n');
                    return Some(at + 1 + usize::from(pair.is_some()));
                }
                '\n' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                    return Some(at + c.len_utf8());
                }
                _ => {}
            }
        }
        None
    })
}

fn is_clean(text: &str) -> bool {
    if text.is_ascii() {
        return !any_byte(text, |b| b.is_ascii_control() & (b != b'\n') & (b != b'\t'));
    }
    !text.chars().any(|c| is_removed(c) || is_replaced(c)) && is_nfc(text)
}

fn is_replaced(c: char) -> bool {
    matches!(
        c,
        '\r' | '\u{B}'
            | '\u{C}'
            | '\u{85}'
            | '\u{A0}'
            | '\u{2007}'
            | '\u{200C}'
            | '\u{200D}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{202F}'
    )
}

fn is_removed(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        // ASCII and Latin-1 control characters; the soft hyphen.
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{AD}' => true,
        // Directional marks, embeddings, overrides and isolates.
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' => true,
        // Zero-width space, word joiner, invisible operators, isolates.
        '\u{200B}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' => true,
        // Annotation marks, and the placeholder for an image that was not copied.
        '\u{FFF9}'..='\u{FFFC}' => true,
        // Tags, which can hide invisible text.
        '\u{E0000}'..='\u{E007F}' => true,
        // Noncharacters.
        '\u{FDD0}'..='\u{FDEF}' => true,
        _ => u32::from(c) & 0xFFFE == 0xFFFE,
    }
}

/// The neighbours of a meaningful joiner: letters of the scripts from Arabic to
/// Mongolian, and emoji.
fn takes_joiner(c: char) -> bool {
    matches!(c,
        '\u{600}'..='\u{1CFF}'
        | '\u{2190}'..='\u{21FF}'
        | '\u{2600}'..='\u{27BF}'
        | '\u{2B00}'..='\u{2BFF}'
        | '\u{A800}'..='\u{ABFF}'
        | '\u{FE0F}'
        | '\u{10000}'..='\u{1FFFF}')
        && !is_removed(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_gone() {
        for (text, want) in [
            ("plain\ttext\nstays", "plain\ttext\nstays"),
            ("a\0b\u{7}c\u{7f}d\u{80}e", "abcde"),
            ("\u{feff}low\u{200b}-ra\u{ad}nk\u{2060}", "low-rank"),
            ("\u{202e}evil\u{202c} \u{2066}x\u{2069}\u{200f}", "evil x"),
            ("a\u{fffe}b\u{fdd0}c\u{1ffff}d\u{10fffe}", "abcd"),
            ("a\u{e0041}\u{e007f}b\u{fffc}", "ab"),
            (
                "kept: \u{fffd} \u{e000} \u{fe0f}",
                "kept: \u{fffd} \u{e000} \u{fe0f}",
            ),
        ] {
            assert_eq!(clean(text), want, "{}", text.escape_unicode());
        }
    }

    #[test]
    fn line_ends_and_spaces_are_of_one_kind() {
        assert_eq!(
            clean("a\r\nb\rc\u{2028}d\u{2029}e\u{b}f\u{c}g\u{85}h\r\r\ni"),
            "a\nb\nc\nd\ne\nf\ng\nh\n\ni"
        );
        assert_eq!(clean("a\u{a0}b\u{202f}c\u{2007}d"), "a b c d");
    }

    #[test]
    fn joiners_stay_where_a_script_needs_them() {
        for text in [
            "می\u{200c}خواهم",
            "क्\u{200d}ष",
            "👩\u{200d}💻",
            "❤\u{fe0f}\u{200d}🔥",
        ] {
            assert_eq!(clean(text), text);
        }
        assert_eq!(clean("low\u{200c}ra\u{200d}nk\u{200d}"), "lowrank");
        assert_eq!(clean("\u{200d}می\u{200c}"), "می");
    }

    #[test]
    fn letters_are_composed() {
        assert_eq!(clean("e\u{301}"), "é");
        assert_eq!(clean("e\u{200b}\u{301}"), "é");
        assert_eq!(clean("\u{212b}"), "Å");
    }

    #[test]
    fn a_place_of_cleaned_text_is_found_in_what_it_was() {
        let text = "one\r\ntw\u{200b}o e\u{301} [x](nope)\rlast";
        let cleaned = clean(text);
        for (cleaned_word, word) in [
            ("one", "one"),
            ("two", "tw"),
            ("é", "e\u{301}"),
            ("nope", "nope"),
            ("last", "last"),
        ] {
            let at = uncleaned(text, &cleaned, cleaned.find(cleaned_word).unwrap());
            assert!(text[at..].starts_with(word), "{word} at {at}");
        }
        assert_eq!(uncleaned("plain", "plain", 3), 3);
    }

    #[test]
    fn clean_text_is_not_copied() {
        assert!(matches!(clean("naïve – 强化\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_line_has_single_spaces() {
        assert_eq!(
            clean_line("  A\u{a0}title\r\n of\t two\u{2003}lines\u{200b} "),
            "A title of two lines"
        );
        assert_eq!(clean_line(" \n"), "");
    }

    proptest::proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(
            text in "(.|\\PC|[\u{0}-\u{20}\u{7F}-\u{AD}\u{200B}-\u{206F}\u{300}-\u{310}क-्ا👩\u{FE0F}\u{212B}]){0,40}"
        ) {
            let once = clean(&text).into_owned();
            proptest::prop_assert!(matches!(clean(&once), Cow::Borrowed(_)), "{:?}", once);
            let line = clean_line(&text);
            proptest::prop_assert_eq!(clean_line(&line), line);
        }
    }
}
