//! Reads reference lists as printed in papers and bibliographies: APA, IEEE, ACM,
//! Vancouver and similar styles, numbered or not.

mod addresses;
mod bibitem;
mod british;
mod container;
mod notes;
mod people;
mod style;
mod title;
mod volume;

use serde_json::Value;

use super::lines::{Line, lines};
use super::named::{Found, Named};
use super::tally::ImportTally;
use super::{Format, Request};
use crate::diagnostics::Diagnostic;
use crate::text::clean_line;

/// The longest reference, in bytes.
const MAX_LENGTH: usize = 4_000;

/// How many references are examined to detect a list.
const LOOK_AT: usize = 60;

/// One reference as found in the text.
#[derive(Debug)]
struct Item<'a> {
    line: Line<'a>,
    text: String,
    /// Its citation key.
    key: Option<String>,
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
        .then_some((Format::References, "references as printed in papers"))
}

/// Reads a decoded list.
pub(super) fn read(request: &Request<'_>, text: &str, tally: &mut ImportTally) {
    let mut named = Named::new(request, tally);
    // The authors of the previous reference, for "---. Another Title".
    let mut last: Option<Value> = None;
    for item in items(text) {
        let by_same = same_authors(&item.text);
        let text = by_same.map(|rest| format!("Ditto, D. {rest}"));
        let members = style::members(text.as_deref().unwrap_or(&item.text));
        let members = members.map(|mut members| {
            for (name, value) in &mut members {
                match (&last, by_same) {
                    (Some(same), Some(_)) if name == "authors" => *value = same.clone(),
                    _ if name == "authors" => last = Some(value.clone()),
                    _ => {}
                }
            }
            members
        });
        let Some(mut members) = members else {
            let said = Diagnostic::error("reference", "the style of this reference is unknown")
                .at(tally.line(item.line.number, item.line.text))
                .help(
                    "authors, title and year are needed; export the list as BibTeX or RIS if you \
                 can",
                );
            tally.reject(said);
            continue;
        };
        let key = item
            .key
            .map(|key| ("citation_key".to_owned(), Value::from(key)));
        members.extend(key);
        let found = Found {
            source: tally.reading.format.source(),
            line: item.line.number,
            text: item.line.text,
            members,
            unknown: Vec::new(),
        };
        named.take(tally, found, |_| {});
    }
    named.close(request, tally, None);
}

/// The text after dashes that mean "the same authors".
fn same_authors(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(['-', '—', '–', '―', '_']);
    let dashes = text.len() - rest.len();
    (dashes >= 3).then(|| rest.trim_start_matches(['.', ',', ' ']))
}

/// Joins lines into references. A number, an empty line or the start of an author
/// list starts a new one.
fn items(text: &str) -> Vec<Item<'_>> {
    if text.contains("\\bibitem") {
        return bibitem::items(text);
    }
    let all: Vec<Line<'_>> = lines(text)
        .filter(|line| {
            let bare = number(line.text.trim()).unwrap_or(line.text.trim());
            !is_heading(bare.trim_end_matches([':', '.'])) && !notes::is_button(bare)
        })
        .collect();
    let filled = || all.iter().filter(|line| !line.text.trim().is_empty());
    let count = filled().count();
    let numbered = filled()
        .filter(|line| number(line.text.trim()).is_some())
        .count();
    let by_number = numbered >= 1 && numbered * 6 >= count;
    let first = all.iter().position(|line| !line.text.trim().is_empty());
    let gaps = all[first.unwrap_or(0)..]
        .windows(2)
        .filter(|pair| pair[0].text.trim().is_empty() && !pair[1].text.trim().is_empty())
        .count();
    let by_gap = !by_number && gaps * 8 >= count && gaps > 0;
    // If only some lines are indented, the others start references.
    let indented = |line: &&Line<'_>| line.text.starts_with([' ', '\t']);
    let indents = filled().filter(indented).count();
    let by_indent = !by_number
        && indents > 0
        && filled().next().is_some_and(|line| !indented(&line))
        && filled()
            .filter(|line| !indented(line))
            .all(|line| people::opens(line.text.trim()) || same_authors(line.text).is_some());
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
        let hanging = line.text.starts_with([' ', '\t']) && !fresh;
        let opens = if by_number {
            mark.is_some()
        } else if by_gap {
            fresh
        } else if by_indent {
            !hanging
        } else {
            // A line that ends in the middle of a sentence does not end a
            // reference.
            let ended = items.last().is_none_or(|item| {
                let last = item.text.rsplit(' ').next().unwrap_or_default();
                item.text
                    .ends_with(['.', ')', ']', '/', '?', '!', '”', '"'])
                    || last.contains(|c: char| c.is_ascii_digit())
                    || last.contains("://")
            });
            !hanging
                && (people::opens_surely(body)
                    || ended && (people::opens(body) || same_authors(body).is_some()))
        };
        match items.last_mut() {
            Some(item) if !opens && item.text.len() < MAX_LENGTH => {
                if notes::goes_on(&item.text, body) {
                } else if item.text.ends_with('-') && body.starts_with(char::is_lowercase) {
                    item.text.pop();
                } else {
                    item.text.push(' ');
                }
                item.text.push_str(body);
            }
            _ => items.push(Item {
                line: *line,
                text: body.to_owned(),
                key: None,
            }),
        }
        fresh = false;
    }
    for item in &mut items {
        item.text = notes::without_buttons(&clean_line(&item.text)).to_owned();
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
            | "reference list"
            | "list of references"
            | "sources"
            | "literature"
            | "literature cited"
            | "publications"
            | "selected publications"
    )
}

fn year_of(word: &str) -> Option<i16> {
    let is_year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    (is_year && word.bytes().all(|b| b.is_ascii_digit()))
        .then(|| word.parse().ok())
        .flatten()
}

/// The text after `[1]`, `1.`, `(1)`, a bullet, or a label such as `[DPR+21]`.
fn number(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix(['•', '▪', '●']) {
        return Some(rest.trim_start());
    }
    let label = text.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    if let Some((label, rest)) = label
        && (1..=12).contains(&label.len())
        && label.contains(|c: char| c.is_ascii_digit())
        && label
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '+' | '-' | '*'))
    {
        return Some(rest.trim_start());
    }
    let (open, close) = match text.chars().next()? {
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
