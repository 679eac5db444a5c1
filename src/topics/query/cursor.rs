//! A cursor: how far into a query's text its reader has come, and where words
//! begin and end.

use std::ops::Range;

use super::field::Name;
use super::identifier;

/// A place in a text; it only moves forward.
pub(super) struct Cursor<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
}

impl<'a> Cursor<'a> {
    /// Takes an operator, where one stands here, and gives its span.
    pub(super) fn operator(
        &mut self,
        operator: &'static str,
    ) -> Option<(&'static str, Range<usize>)> {
        self.skip_space();
        if self.word() != operator {
            return None;
        }
        let start = self.at;
        self.at += operator.len();
        Some((operator, start..self.at))
    }

    /// The word that begins here, with every character that a word can have.
    pub(super) fn word(&self) -> &'a str {
        let rest = &self.text[self.at..];
        let end = rest.find(ends_word).unwrap_or(rest.len());
        &rest[..end]
    }

    pub(super) fn skip_space(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start_matches(is_space).len();
    }

    pub(super) fn next_is(&self, is: impl Fn(char) -> bool) -> bool {
        self.text[self.at..].starts_with(is)
    }

    /// Whether the text or the brackets end here.
    pub(super) fn at_end(&self) -> bool {
        self.at == self.text.len() || self.next_is(|c| c == ')')
    }

    /// Where the character that begins here ends.
    pub(super) fn char_end(&self) -> usize {
        let next = self.text[self.at..].chars().next();
        self.at + next.map_or(0, char::len_utf8)
    }
}

/// The name before a colon, where a word is a field and its value. Names have two
/// letters or more and a value follows at once, so that `N:M`, `2:4` and a
/// title's `GaLore: …` are words. `follows`: brackets or a phrase come directly
/// after the word.
pub(super) fn field_name(word: &str, follows: bool) -> Option<&str> {
    let (name, value) = word.split_once(':')?;
    let named = name.len() >= 2 && name.bytes().all(|b| b.is_ascii_alphabetic());
    let known = || Name::from_text(name).is_some();
    (named && (follows || !value.is_empty() || known())).then_some(name)
}

/// Whether a character separates words; control characters do as well, for they
/// come with pasted text.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

pub(super) fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂' | '〝' | '〞' | '〟'
    )
}

fn ends_word(c: char) -> bool {
    is_space(c) || is_quote(c) || matches!(c, '(' | ')' | '^')
}

/// Whether a text, written behind a field's name, reads back as one word.
pub(super) fn is_plain_value(text: &str) -> bool {
    !text.is_empty() && !text.starts_with('-') && !text.contains(|c| ends_word(c) || c == '*')
}

/// Whether a text, written where a term may be, reads back as one word. Within the
/// brackets of a field nothing is taken for an identifier.
pub(super) fn is_plain_word(text: &str, in_field: bool) -> bool {
    is_plain_prefix(text)
        && !matches!(text, "OR" | "AND" | "NOT")
        && (in_field || identifier::typed(identifier::run(text)).is_none())
}

/// Whether a text, written where a term may be and with a star behind it, reads
/// back as a prefix.
pub(super) fn is_plain_prefix(text: &str) -> bool {
    is_plain_value(text) && field_name(text, false).is_none()
}
