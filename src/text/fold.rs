//! Folding: reduces different spellings of the same letters to one.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::chars::is_dropped;

/// Folds a text for comparison: decomposes compatibility forms (NFKD), drops
/// diacritics and invisible characters, lower-cases, spells letters such as `ß` and
/// `ø` in plain ASCII, and turns typographic apostrophes and hyphens into `'` and
/// `-`. The result is composed again (NFC), so that kana and Hangul keep their
/// usual form.
pub fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return if text.bytes().any(|b| b.is_ascii_uppercase()) {
            Cow::Owned(text.to_ascii_lowercase())
        } else {
            Cow::Borrowed(text)
        };
    }
    let mut folded = String::with_capacity(text.len());
    let mut rest = text;
    // ASCII is part of no composition that survives dropping diacritics, so the
    // non-ASCII runs can be folded separately.
    while !rest.is_empty() {
        let ascii = rest
            .bytes()
            .position(|b| !b.is_ascii())
            .unwrap_or(rest.len());
        let (plain, after) = rest.split_at(ascii);
        folded.extend(plain.chars().map(|c| c.to_ascii_lowercase()));
        let other = after
            .bytes()
            .position(|b| b.is_ascii())
            .unwrap_or(after.len());
        let (foreign, after) = after.split_at(other);
        fold_run(foreign, &mut folded);
        rest = after;
    }
    Cow::Owned(folded)
}

/// Folds a run without ASCII characters.
fn fold_run(run: &str, folded: &mut String) {
    let mut chars = run.chars();
    if let (Some(c), None) = (chars.next(), chars.next())
        && let Some(plain) = plain_punctuation(c)
    {
        folded.push(plain);
        return;
    }
    folded.extend(
        run.chars()
            // Decomposing these two would glue "tm" to a name.
            .map(|c| {
                if matches!(c, '\u{2120}' | '\u{2122}') {
                    ' '
                } else {
                    c
                }
            })
            .nfkd()
            .filter(|&c| !is_dropped(c))
            .flat_map(char::to_lowercase)
            .flat_map(Plain::of)
            .nfc(),
    );
}

/// Apostrophes of typesetting and transliteration; hyphens; the minus sign.
fn plain_punctuation(c: char) -> Option<char> {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{2B9}'..='\u{2BF}' => Some('\''),
        '\u{5BE}' | '\u{2010}'..='\u{2013}' | '\u{2212}' => Some('-'),
        _ => None,
    }
}

/// The plain spelling of one lower-case character, of one or two characters.
struct Plain(Option<char>, Option<char>);

impl Plain {
    fn of(c: char) -> Self {
        let (first, second) = match c {
            'ß' => ('s', Some('s')),
            'æ' => ('a', Some('e')),
            'œ' => ('o', Some('e')),
            'þ' => ('t', Some('h')),
            'ø' => ('o', None),
            'ł' => ('l', None),
            'đ' | 'ð' => ('d', None),
            'ħ' => ('h', None),
            'ŧ' => ('t', None),
            'ı' => ('i', None),
            'ŋ' => ('n', None),
            'ς' => ('σ', None),
            _ => (plain_punctuation(c).unwrap_or(c), None),
        };
        Self(Some(first), second)
    }
}

impl Iterator for Plain {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        self.0.take().or_else(|| self.1.take())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_for_the_same_letters() {
        for (text, want) in [
            ("Low-Rank", "low-rank"),
            ("Schrödinger’s Łódź", "schrodinger's lodz"),
            ("ÆØÅ ß ẞ ŒÞÐ", "aeoa ss ss oethd"),
            ("ΟΔΟΣ οδός", "οδοσ οδοσ"),
            ("ﬁ x² ＡＢＣ 𝒩 ½", "fi x2 abc n 1\u{2044}2"),
            ("İI ıi", "ii ii"),
            ("ガ ｶﾞ 한 が", "ガ ガ 한 が"),
            ("हिन्दी", "हिन्दी"),
            ("en–dash em—dash minus−", "en-dash em—dash minus-"),
            ("X™", "x "),
        ] {
            assert_eq!(fold(text), want, "{text}");
        }
    }

    #[test]
    fn folded_ascii_is_not_copied() {
        assert!(matches!(fold("low-rank 2:4"), Cow::Borrowed(_)));
    }

    proptest::proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "(.|[a-zÀ-ʯ\u{2B9}-\u{36F}Ͱ-ۿ가-힣ァ-ヾ\u{3099}ｦ-ﾟ]){0,30}") {
            let once = fold(&text).into_owned();
            proptest::prop_assert_eq!(fold(&once).into_owned(), once);
        }
    }
}
