//! Character classes: which characters form words, and which are ignored.
//!
//! The tokenizer's counterpart in the browser expresses these classes as regular
//! expressions. Each is therefore defined by Unicode properties that both sides
//! know, or by ranges.

use unicode_normalization::char::is_combining_mark;

/// Whether the character belongs to a word delimited by spaces or punctuation.
#[inline]
pub(super) fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    (c.is_alphanumeric() || is_combining_mark(c)) && !in_unspaced_script(c) && !is_badge(c)
}

/// Whether the character belongs to a script that does not separate words with
/// spaces.
pub(super) fn is_unspaced(c: char) -> bool {
    in_unspaced_script(c) && (c.is_alphanumeric() || is_combining_mark(c))
}

/// Thai and Lao, Myanmar, Khmer; ideographs, kana, bopomofo. Hangul is included:
/// its words have spaces, but end in particles that queries leave out.
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

/// Boxed and circled letters, which Unicode counts as alphabetic but readers see as
/// emoji.
fn is_badge(c: char) -> bool {
    matches!(c, '\u{1F100}'..='\u{1F1FF}')
}

/// Whether folding drops the character: diacritics and invisible characters.
///
/// Below U+0750 (Latin, Greek, Cyrillic, Hebrew, Arabic, Syriac) every combining
/// mark is a diacritic or an optional vowel point. The vowel signs of Indic scripts
/// are part of the spelling and are kept.
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
