//! Reference lists as papers and bibliographies print them: in the styles of APA,
//! IEEE, ACM, Vancouver and their kin, numbered or not.

mod container;
mod people;
mod style;

use super::ledger::Ledger;
use super::lines::{Line, lines};
use super::named::{Found, Named};
use super::{Format, Request};
use crate::diagnostics::Diagnostic;
use crate::text::clean_line;

/// The longest reference, in bytes.
const MAX_LENGTH: usize = 4_000;

/// How many references are looked at to tell whether a text is a list of them.
const LOOK_AT: usize = 60;

/// One reference as it was found.
#[derive(Debug)]
struct Item<'a> {
    line: Line<'a>,
    text: String,
}

/// Whether a text is such a list.
pub(super) fn detect(head: &str) -> Option<(Format, &'static str)> {
    let items = items(head);
    let items = &items[..items.len().min(LOOK_AT)];
    let read = items
        .iter()
        .filter(|item| style::members(&item.text).is_some());
    let read = read.count();
    (read > 0 && read * 10 >= items.len() * 6 && (read > 1 || items.len() == 1))
        .then_some((Format::References, "references as papers print them"))
}

/// Reads a decoded list.
pub(super) fn read(request: &Request<'_>, text: &str, ledger: &mut Ledger) {
    let mut named = Named::new(request, ledger);
    for item in items(text) {
        let Some(members) = style::members(&item.text) else {
            let said = Diagnostic::error(
                "reference",
                "this reference is in no style that is known",
            )
            .at(ledger.line(item.line.number, item.line.text))
            .help(
                "authors, title and year are needed; export the list as BibTeX or RIS if you can",
            );
            ledger.reject(said);
            continue;
        };
        let found = Found {
            source: ledger.reading.format.source(),
            line: item.line.number,
            text: item.line.text,
            members,
            unknown: Vec::new(),
        };
        named.take(ledger, found, |_| {});
    }
    named.close(request, ledger, None);
}

/// Puts lines together to references: a number, an empty line, or the beginning of
/// a list of authors opens one.
fn items(text: &str) -> Vec<Item<'_>> {
    let all: Vec<Line<'_>> = lines(text).collect();
    let filled = || all.iter().filter(|line| !line.text.trim().is_empty());
    let count = filled().count();
    let numbered = filled()
        .filter(|line| number(line.text.trim()).is_some())
        .count();
    let by_number = numbered >= 1 && numbered * 6 >= count;
    let gaps = all
        .windows(2)
        .filter(|pair| pair[0].text.trim().is_empty() && !pair[1].text.trim().is_empty())
        .count();
    let by_gap = !by_number && gaps * 8 >= count && gaps > 0;
    let mut items: Vec<Item<'_>> = Vec::new();
    let mut fresh = true;
    for line in &all {
        let text = line.text.trim();
        if text.is_empty() {
            fresh = true;
            continue;
        }
        let mark = number(text);
        let body = mark.unwrap_or(text);
        let bare = body.trim_end_matches([':', '.']);
        if is_heading(bare) {
            fresh = true;
            continue;
        }
        let hanging = line.text.starts_with([' ', '\t']) && !fresh;
        let opens = if by_number {
            mark.is_some()
        } else if by_gap {
            fresh
        } else {
            !hanging && people::opens(body)
        };
        match items.last_mut() {
            Some(item) if !opens && item.text.len() < MAX_LENGTH => {
                if item.text.ends_with('-') && body.starts_with(char::is_lowercase) {
                    item.text.pop();
                } else {
                    item.text.push(' ');
                }
                item.text.push_str(body);
            }
            _ => items.push(Item {
                line: *line,
                text: body.to_owned(),
            }),
        }
        fresh = false;
    }
    for item in &mut items {
        item.text = clean_line(&item.text);
    }
    items.retain(|item| !item.text.is_empty());
    items
}

fn is_heading(text: &str) -> bool {
    matches!(
        text.to_lowercase().as_str(),
        "references"
            | "bibliography"
            | "works cited"
            | "literature"
            | "literature cited"
            | "publications"
            | "selected publications"
    )
}

/// What is behind `[1]`, `1.`, `(1)` or a bullet.
fn number(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix(['•', '▪', '●']) {
        return Some(rest.trim_start());
    }
    let (open, close) = match text.chars().next()? {
        '[' => (1, "]"),
        '(' => (1, ")"),
        _ => (0, "."),
    };
    let digits = text[open..].find(|c: char| !c.is_ascii_digit())?;
    if !(1..=4).contains(&digits) {
        return None;
    }
    let rest = text[open + digits..].strip_prefix(close).or_else(|| {
        (open == 0)
            .then(|| text[digits..].strip_prefix(')'))
            .flatten()
    })?;
    rest.starts_with(char::is_whitespace)
        .then(|| rest.trim_start())
}
