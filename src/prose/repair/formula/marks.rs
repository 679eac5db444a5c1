//! Marks: what shows that a word is a formula: a command of the math mode, or a
//! subscript or superscript as formulas have them.

use super::roles::is_two_letter_word;
use crate::prose::math::{self, command_name};

/// Whether a word holds a command of the math mode.
pub(super) fn has_math_command(word: &str) -> bool {
    let mut rest = word;
    while let Some(at) = rest.find('\\') {
        let name = command_name(&rest[at + 1..]);
        if math::is_formula_command(name) {
            return true;
        }
        rest = &rest[at
            + 1
            + name
                .len()
                .max(rest[at + 1..].chars().next().map_or(0, char::len_utf8))..];
    }
    false
}

/// Whether a word holds a subscript or superscript as formulas have them.
pub(super) fn has_script(word: &str) -> bool {
    word.char_indices()
        .filter(|(_, c)| matches!(c, '_' | '^'))
        .any(|(at, mark)| is_script(word, at, mark))
}

fn is_script(word: &str, at: usize, mark: char) -> bool {
    let before = &word[..at];
    let after = &word[at + 1..];
    let base = &before[before
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_alphanumeric())
        .last()
        .map_or(before.len(), |(start, _)| start)..];
    let ahead = before[..before.len() - base.len()].chars().next_back();
    let base_fits = if base.is_empty() {
        before.ends_with([')', ']', '}', '|', '‖', '⟩'])
    } else {
        let letters = base.chars().count();
        let is_number = base.bytes().all(|b| b.is_ascii_digit());
        !matches!(
            ahead,
            Some('_' | '.' | '@' | '#' | '&' | '-' | '~' | '"' | '\'')
        ) && ((letters == 1 && !is_number)
            || math::is_symbol_name(base)
            || (mark == '^' && is_number)
            || (mark == '^' && letters == 2 && base.is_ascii() && !is_two_letter_word(base))
            || (mark == '_' && base == "CO"))
    };
    base_fits && script_len(after).is_some_and(|len| ends_script(&after[len..]))
}

/// The length of a script: a group, a number, a sign and a number, one letter.
fn script_len(after: &str) -> Option<usize> {
    let first = after.chars().next()?;
    if first == '{' {
        return after
            .bytes()
            .take(100)
            .position(|b| b == b'}')
            .map(|end| end + 1);
    }
    let signed = after.strip_prefix(['-', '−', '+']).unwrap_or(after);
    let digits = signed.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return (digits <= 3).then_some(after.len() - signed.len() + digits);
    }
    (first.is_alphabetic() || matches!(first, '*' | '∞' | '†' | '∗' | '⊤' | '⋆' | '′'))
        .then_some(first.len_utf8())
}

/// What may follow a script: nothing that would make it part of a longer name.
fn ends_script(rest: &str) -> bool {
    match rest.chars().next() {
        None => true,
        Some(c) => {
            !(c.is_alphanumeric()
                || c == '_' && !rest[1..].starts_with(|c: char| c == '{' || c.is_ascii_digit()))
        }
    }
}
