//! Titles broken over several lines, as in e-mails and PDF files. If the context
//! shows that a line continues the title before it, they are joined.

use std::collections::BTreeSet;

use super::form::{Form, form};
use super::labels::Label;
use super::list_marker::list_marker;
use super::names::{Names, names};
use super::rows::Row;
use super::shape::{Ending, Shape, ending, shape};
use super::venue::venue;
use super::vocabulary::Vocabulary;
use crate::text::is_stop_word;

/// A shorter line was ended on purpose, in bytes.
const MIN_BROKEN: usize = 30;

/// The most lines of a title.
const MAX_LINES: usize = 4;

/// How many rows are joined to see whether a text is prose.
const LOOK_AHEAD: usize = 6;

/// The numbers of the lines that continue a title.
pub(super) fn continued(rows: &[Row<'_>], vocabulary: &Vocabulary) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let page = Page { rows, vocabulary };
    let mut at = 0;
    while at + 1 < rows.len() {
        let lines = page.title_lines(at);
        found.extend(rows[at + 1..at + lines].iter().map(|row| row.number));
        at += lines;
    }
    found
}

struct Page<'a> {
    rows: &'a [Row<'a>],
    vocabulary: &'a Vocabulary,
}

impl Page<'_> {
    /// How many rows the title at a row spans; 1 if the row is not a title or not
    /// continued.
    fn title_lines(&self, at: usize) -> usize {
        let row = &self.rows[at];
        let is_start = at == 0 || row.gap > 0 || list_marker(&row.text).is_some() || {
            let before = ending(&self.rows[at - 1].text);
            matches!(before, Ending::Stop | Ending::Address)
        };
        let text = list_marker(&row.text).map_or(&*row.text, |(_, rest)| rest);
        let labelled = match form(text) {
            Form::Plain => false,
            Form::Label(Label::Title, value) if !value.is_empty() => true,
            _ => return 1,
        };
        if !(is_start || labelled) || names(text, self.vocabulary) == Names::List {
            return 1;
        }
        let mut lines = 1;
        while lines < MAX_LINES && self.goes_on(at, at + lines, labelled) {
            lines += 1;
        }
        lines
    }

    /// Whether the row `next` belongs to the title that starts at `first`.
    fn goes_on(&self, first: usize, next: usize, labelled: bool) -> bool {
        let Some(row) = self.rows.get(next) else {
            return false;
        };
        let before = &self.rows[next - 1];
        let open_end = matches!(ending(&before.text), Ending::None | Ending::Open);
        if row.gap > 0
            || list_marker(&row.text).is_some()
            || form(&row.text) != Form::Plain
            || !open_end
        {
            return false;
        }
        if labelled {
            return self.labelled_goes_on(next);
        }
        if shape(&row.text) == Shape::Prose || shape(&before.text) == Shape::Prose {
            return false;
        }
        let people = names(&row.text, self.vocabulary);
        let names_follow = self.names_follow(next + 1);
        if people == Names::List || (people == Names::One && !names_follow) {
            return false;
        }
        if venue(&row.text).is_some() || is_institution(&row.text) {
            return false;
        }
        if ends_open(&before.text) && !begins_sentence(&row.text) {
            return true;
        }
        let shorter = row.text.len() < before.text.len() && before.text.len() >= MIN_BROKEN;
        let marked = list_marker(&self.rows[first].text).is_some();
        let text_follows =
            self.text_follows(next + 1, true) || marked && self.text_follows(next + 1, false);
        shorter && first + 1 == next && (names_follow || text_follows)
    }

    /// Whether a row after "Title: …" belongs to the title. If the authors have no
    /// label, the last row before the next label is theirs.
    fn labelled_goes_on(&self, next: usize) -> bool {
        let people = names(&self.rows[next].text, self.vocabulary);
        let behind = self.rows[next + 1..].iter().take(MAX_LINES);
        let mut plain = 0;
        for row in behind.take_while(|row| row.gap == 0) {
            match form(&row.text) {
                Form::Label(Label::Authors, _) => return people != Names::List,
                Form::Label(..) => return people == Names::No && plain > 0,
                _ => plain += 1,
            }
        }
        false
    }

    /// Whether the next row, without an empty line before it, names people.
    fn names_follow(&self, at: usize) -> bool {
        let row = self.rows.get(at).filter(|row| row.gap == 0);
        row.is_some_and(|row| names(&row.text, self.vocabulary) == Names::List)
    }

    /// Whether prose starts at a row, with or without an empty line before it.
    fn text_follows(&self, at: usize, apart: bool) -> bool {
        let Some(row) = self.rows.get(at).filter(|row| (row.gap > 0) == apart) else {
            return false;
        };
        let mut text = row.text.to_string();
        for row in self.rows[at + 1..]
            .iter()
            .take(LOOK_AHEAD)
            .take_while(|row| row.gap == 0)
        {
            text.push(' ');
            text.push_str(&row.text);
        }
        shape(&text) == Shape::Prose && names(&row.text, self.vocabulary) != Names::List
    }
}

/// Whether a line ends with a word that cannot be the last.
fn ends_open(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or_default();
    if text.ends_with([':', '-', '–', '—', '/', '&']) {
        return true;
    }
    let lower = last.to_lowercase();
    let more = is_stop_word(&lower)
        && !matches!(
            lower.as_str(),
            "it" | "us"
                | "them"
                | "all"
                | "you"
                | "there"
                | "me"
                | "not"
                | "up"
                | "down"
                | "out"
                | "off"
                | "on"
                | "over"
                | "too"
                | "now"
                | "more"
                | "do"
                | "no"
                | "who"
                | "why"
                | "how"
                | "what"
                | "once"
                | "here"
                | "each"
                | "other"
                | "again"
                | "own"
                | "same"
                | "so"
                | "under"
                | "be"
                | "is"
                | "are"
                | "has"
                | "have"
                | "can"
                | "does"
        );
    more || matches!(
        lower.as_str(),
        "via" | "using" | "towards" | "toward" | "without" | "under" | "within" | "beyond"
    )
}

/// Whether a row reads like the start of a sentence rather than part of a title.
fn begins_sentence(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    matches!(
        first,
        "We" | "In" | "This" | "Our" | "It" | "There" | "Here" | "These"
    ) && text.split_whitespace().nth(5).is_some()
}

fn is_institution(text: &str) -> bool {
    const WORDS: [&str; 16] = [
        "university",
        "institute",
        "institut",
        "universität",
        "université",
        "universidad",
        "laboratory",
        "lab",
        "labs",
        "research",
        "college",
        "academy",
        "school",
        "department",
        "inc",
        "google",
    ];
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| WORDS.contains(&word))
}
