//! Character classes: which characters make words, and which are looked through.
//!
//! The browser's twin of the tokenizer has the same classes in terms of regular
//! expressions, so each is defined by Unicode properties that both sides have,
//! and by ranges where they have none.

use unicode_normalization::char::is_combining_mark;

/// Whether the character belongs to a word that spaces or punctuation delimit.
#[inline]
pub(super) fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    (c.is_alphanumeric() || is_combining_mark(c)) && !in_unspaced_script(c) && !is_badge(c)
}

/// Whether the character belongs to a run of a script that puts no spaces
/// between its words.
pub(super) fn is_unspaced(c: char) -> bool {
    in_unspaced_script(c) && (c.is_alphanumeric() || is_combining_mark(c))
}

/// Thai and Lao, Myanmar, Khmer; the ideographs, kana, bopomofo. Hangul is with
/// them: its words have spaces, but end in particles that no query repeats.
fn in_unspaced_script(c: char) -> bool {
    matches!(c,
        '\u{E00}'..='\u{EFF}'
        | '\u{1000}'..='\u{109F}'
        | '\u{1780}'..='\u{17FF}'
        | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{312F}'
        | '\u{31A0}'..='\u{31BF}'
        | '\u{31F0}'..='\u{31FF}'
        | '\u{3400}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7AF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// Boxed and circled letters that Unicode counts as alphabetic and that readers
/// know as emoji.
fn is_badge(c: char) -> bool {
    matches!(c, '\u{1F100}'..='\u{1F1FF}')
}

/// Whether folding leaves the character out: diacritics, and what is invisible.
///
/// Below U+0750 (Latin, Greek, Cyrillic, Hebrew, Arabic, Syriac) every combining
/// mark is a diacritic or a vowel point that writers leave out; the vowel signs
/// of the scripts of India are letters in all but name and stay.
pub(super) fn is_dropped(c: char) -> bool {
    match c {
        '\u{AD}' | '\u{61C}' | '\u{640}' | '\u{FEFF}' => true,
        '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{E0000}'..='\u{E0FFF}' => true,
        '\u{300}'..='\u{74F}'
        | '\u{1AB0}'..='\u{1AFF}'
        | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}'
        | '\u{FE20}'..='\u{FE2F}' => is_combining_mark(c),
        _ => false,
    }
}
