//! Repairs: what extraction broke, put right before the text is read.
//!
//! Each is a rule with a name, a condition under which it is safe, and an
//! example that is a test. A rule sees prose only: formulas, addresses and the
//! arguments of `\url`, `\cite` and the like are out of its reach.

mod characters;
mod formula;
mod line_ends;
mod markup;
mod signs;
mod spacing;
mod words;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use super::scan::{self, Span};
use crate::text::any_byte;

/// A repair, as the documentation and `import --explain` list it.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The name by which it can be switched off.
    pub name: &'static str,
    /// What it does.
    pub what: &'static str,
    /// When it is applied; why it is safe.
    pub condition: &'static str,
    /// A damaged text and its plain text after the reading.
    pub example: (&'static str, &'static str),
    find: fn(&Source<'_>) -> Vec<Edit>,
}

/// A repair that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The rule's name.
    pub rule: &'static str,
    /// What stood there.
    pub before: String,
    /// What stands there now.
    pub after: String,
}

/// A change to the source.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Edit {
    range: Range<usize>,
    text: String,
}

/// What a rule looks at.
struct Source<'a> {
    text: &'a str,
    spans: &'a [Span],
    title: &'a str,
    is_title: bool,
}

impl<'a> Source<'a> {
    /// The stretches of prose.
    fn prose(&self) -> impl Iterator<Item = Range<usize>> + 'a {
        scan::prose(self.text, self.spans)
    }

    /// Every place in the prose where a word stands.
    fn occurrences<'w>(&self, word: &'w str) -> impl Iterator<Item = usize> + use<'a, 'w> {
        let text = self.text;
        // Most rules look for signs that are nowhere in the text, which is cheap
        // to know.
        let sign = word.bytes().find(|byte| byte.is_ascii_punctuation());
        let is_absent = sign.is_some_and(|sign| memchr::memchr(sign, text.as_bytes()).is_none());
        let prose = (!is_absent).then(|| scan::prose(text, self.spans));
        prose.into_iter().flatten().flat_map(move |range| {
            memchr::memmem::find_iter(&text.as_bytes()[range.clone()], word)
                .map(move |at| range.start + at)
        })
    }

    /// Whether a digit is in the text.
    fn has_digit(&self) -> bool {
        any_byte(self.text, |byte| byte.is_ascii_digit())
    }

    /// Writes a text for a word, in those of its places that fit.
    fn replace(&self, word: &str, text: &str, fits: impl Fn(usize) -> bool) -> Vec<Edit> {
        self.occurrences(word)
            .filter(|at| fits(*at))
            .map(|at| Edit {
                range: at..at + word.len(),
                text: text.to_owned(),
            })
            .collect()
    }

    fn before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    fn after(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }
}

/// The run of ASCII letters that ends `text`. What is longer than any word is
/// cut, so that a hostile text costs no more than its length.
fn last_word(text: &str) -> &str {
    const LONGEST: usize = 60;
    let letters = text
        .bytes()
        .rev()
        .take(LONGEST)
        .take_while(u8::is_ascii_alphabetic)
        .count();
    &text[text.len() - letters..]
}

/// All rules in the order in which they are applied. The first
/// [`EARLY_RULES`] of them need the text as it arrived, control characters and
/// all.
static RULES: [Rule; 26] = [
    characters::EATEN_ESCAPES,
    characters::MOJIBAKE,
    characters::LIGATURES,
    line_ends::CID_HYPHENS,
    characters::ENTITIES,
    characters::CODE_POINTS,
    characters::LITERAL_NEWLINES,
    signs::SPELT_SIGNS,
    markup::LOST_INITIALS,
    markup::GLUED_COMMANDS,
    markup::GLUED_FONT,
    markup::MARKDOWN,
    words::TIMES,
    words::ARROWS,
    words::SIM,
    formula::LOST_DOLLARS,
    formula::LOST_BACKSLASHES,
    formula::DOUBLED,
    words::GREEK_NAME,
    words::SPLIT_WORDS,
    words::ABBREVIATIONS,
    words::CITATION_LABELS,
    spacing::SENTENCE_SPACE,
    spacing::BRACKET_SPACE,
    spacing::COMMA_SPACE,
    spacing::ODD_QUOTES,
];

const EARLY_RULES: usize = 2;

/// All rules, in the order in which they are applied.
pub fn repairs() -> &'static [Rule] {
    &RULES
}

/// Applies the early rules.
pub(super) fn repair_characters(text: &mut Cow<'_, str>, off: &BTreeSet<String>) -> Vec<Applied> {
    if text.is_ascii() && !any_byte(text, |b| (7..=13).contains(&b) | (b == 27)) {
        return Vec::new();
    }
    run(&RULES[..EARLY_RULES], text, "", false, off)
}

/// Applies every rule that is not switched off.
pub(super) fn repair(
    text: &mut Cow<'_, str>,
    title: &str,
    is_title: bool,
    off: &BTreeSet<String>,
) -> Vec<Applied> {
    run(&RULES[EARLY_RULES..], text, title, is_title, off)
}

fn run(
    rules: &[Rule],
    text: &mut Cow<'_, str>,
    title: &str,
    is_title: bool,
    off: &BTreeSet<String>,
) -> Vec<Applied> {
    let mut applied = Vec::new();
    let mut spans = scan::scan(text);
    for rule in rules {
        if !off.is_empty() && off.contains(rule.name) {
            continue;
        }
        let edits = (rule.find)(&Source {
            text,
            spans: &spans,
            title,
            is_title,
        });
        if edits.is_empty() {
            continue;
        }
        *text = Cow::Owned(apply(text, edits, rule.name, &mut applied));
        spans = scan::scan(text);
    }
    applied
}

/// Makes the edits, which are in order; one that overlaps the last is left out.
fn apply(text: &str, edits: Vec<Edit>, rule: &'static str, applied: &mut Vec<Applied>) -> String {
    let mut out = String::with_capacity(text.len() + 16 * edits.len());
    let mut done = 0;
    for edit in edits {
        if edit.range.start < done {
            continue;
        }
        out.push_str(&text[done..edit.range.start]);
        out.push_str(&edit.text);
        done = edit.range.end;
        applied.push(Applied {
            rule,
            before: text[edit.range].to_owned(),
            after: edit.text,
        });
    }
    out.push_str(&text[done..]);
    out
}
