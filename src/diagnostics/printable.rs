//! Printable text: makes strangers' file names, titles and messages safe to show on
//! a terminal.

use std::borrow::Cow;
use std::fmt::Write as _;

/// A text for a terminal. Characters that move the cursor, change direction or are
/// invisible are escaped like `\u{202e}`; line breaks stay.
pub fn printable(text: &str) -> Cow<'_, str> {
    spelled(text, |c| c == '\n' || c == '\t')
}

/// The same for text that must stay on one line, such as a file name.
pub fn printable_line(text: &str) -> Cow<'_, str> {
    spelled(text, |_| false)
}

/// Replaces characters that a terminal would act on by JSON escapes, so programs
/// still read the same value.
pub fn printable_json(json: &str) -> Cow<'_, str> {
    if !json.chars().any(|c| c != '\n' && is_unprintable(c)) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        if c != '\n' && is_unprintable(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

fn spelled(text: &str, stays: fn(char) -> bool) -> Cow<'_, str> {
    if !text.chars().any(is_unprintable) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let is_joining = matches!(c, '\u{200C}' | '\u{200D}')
            && out.chars().next_back().is_some_and(joins)
            && chars.peek().copied().is_some_and(joins);
        if !is_unprintable(c) || stays(c) || is_joining {
            out.push(c);
        } else {
            let _ = write!(out, "{}", c.escape_unicode());
        }
    }
    Cow::Owned(out)
}

/// Whether a terminal does anything with a character other than show it.
pub(super) fn is_unprintable(c: char) -> bool {
    match c {
        ' '..='~' => false,
        // ASCII and Latin-1 control characters, the soft hyphen.
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{AD}' => true,
        // Invisible joiners and fillers.
        '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{3164}' | '\u{FFA0}' => {
            true
        }
        // Directional marks, embeddings, overrides and isolates; zero-width spaces;
        // line separators; invisible operators.
        '\u{61C}' | '\u{180B}'..='\u{180E}' => true,
        '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => true,
        '\u{FEFF}' | '\u{FFF0}'..='\u{FFFB}' => true,
        // Musical control characters, tags, and ranges reserved by Unicode.
        '\u{1D173}'..='\u{1D17A}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{E0000}'..='\u{E0FFF}' => true,
        '\u{FDD0}'..='\u{FDEF}' => true,
        _ => u32::from(c) & 0xFFFE == 0xFFFE,
    }
}

/// The neighbours between which a joiner is meaningful: letters of the scripts from
/// Arabic to Mongolian, and emoji.
fn joins(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{1CFF}' | '\u{2190}'..='\u{2BFF}' | '\u{A800}'..='\u{ABFF}'
        | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_spelled() {
        for (text, want) in [
            ("plain – 强化 é", "plain – 强化 é"),
            ("\u{1b}[31mred\r", "\\u{1b}[31mred\\u{d}"),
            ("\u{9b}2J \u{202e}evil", "\\u{9b}2J \\u{202e}evil"),
            (
                "a\u{200b}b\u{feff}\u{e0041}",
                "a\\u{200b}b\\u{feff}\\u{e0041}",
            ),
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
            ("a\u{200c}b", "a\\u{200c}b"),
        ] {
            assert_eq!(printable(text), want);
        }
        assert_eq!(printable("a\nb"), "a\nb");
        assert_eq!(printable_line("a\nb"), "a\\u{a}b");
    }

    proptest::proptest! {
        #[test]
        fn json_means_the_same(text in "(.|[\u{0}-\u{20}\u{7F}-\u{AD}\u{200B}-\u{206F}\u{E0041}]){0,40}") {
            let json = serde_json::to_string_pretty(&[&text]).unwrap();
            let shown = printable_json(&json);
            proptest::prop_assert!(!shown.chars().any(|c| c != '\n' && is_unprintable(c)));
            let read: Vec<String> = serde_json::from_str(&shown).unwrap();
            proptest::prop_assert_eq!(&read[0], &text);
        }
    }
}
