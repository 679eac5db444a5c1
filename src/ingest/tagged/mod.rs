//! Tagged records, in which each line starts with a short tag: MEDLINE, Web of
//! Science and EndNote.

mod endnote;
mod medline;
mod web_of_science;

pub(super) use medline::{title as pubmed_title, whole_pages};
pub(super) use web_of_science::cased;

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::affiliation::{self, Way};
use super::lines::lines;
use super::named::{Found, Members, Named};
use super::record_fields::RecordFields;
use super::tally::ImportTally;
use super::{Format, Request};
use crate::diagnostics::Diagnostic;

/// The differences between the tagged formats.
struct Dialect {
    format: Format,
    /// The reason for detection, for `--explain`.
    because: &'static str,
    /// A line's tag and value; `None` if the line continues a value.
    tag: fn(&str) -> Option<(&str, &str)>,
    /// The effect of a tag on the structure of the file.
    role: fn(&str) -> Role,
    /// Whether a blank line ends the open record.
    blank_line_ends: fn(&Tags) -> bool,
    /// The record's values by field name.
    members: fn(&Tags) -> Members,
    /// Tags that are understood, or irrelevant.
    known: &'static [&'static str],
}

/// The effect of a tag on the structure of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Starts a record, and is one of its values.
    Begin,
    /// Ends the record.
    End,
    /// Belongs to the file rather than a record.
    File,
    /// A value of the open record.
    Value,
}

/// Every tagged format.
const DIALECTS: [&Dialect; 3] = [
    &medline::DIALECT,
    &web_of_science::DIALECT,
    &endnote::DIALECT,
];

/// How many lines are examined for detection.
const HEAD_LINES: usize = 12;

/// The format shown by the first lines of a text.
pub(super) fn detect(head: &str) -> Option<(Format, &'static str)> {
    let first: Vec<&str> = lines(head)
        .map(|line| line.text)
        .filter(|text| !text.trim().is_empty())
        .take(HEAD_LINES)
        .collect();
    let shows = |dialect: &&&Dialect| {
        let tags: Vec<&str> = first
            .iter()
            .filter_map(|line| (dialect.tag)(line))
            .map(|(tag, _)| tag)
            .collect();
        let begins = tags
            .iter()
            .take(3)
            .any(|tag| (dialect.role)(tag) == Role::Begin);
        // Prose may look like a tag by chance, so most lines must have tags.
        let expected = tags.iter().filter(|tag| is_expected(dialect, tag)).count();
        match begins {
            true => expected >= 2 && expected * 2 > tags.len(),
            // Files from refer do not mark the start of a record.
            false => {
                expected >= 3
                    && expected * 2 > first.len()
                    && tags.first() == Some(&first_tag(first[0]))
            }
        }
    };
    DIALECTS
        .iter()
        .find(shows)
        .map(|dialect| (dialect.format, dialect.because))
}

/// The refer tag at the start of a line: a percent sign and a letter.
fn first_tag(line: &str) -> &str {
    line.trim_start()
        .get(..2)
        .filter(|tag| tag.starts_with('%'))
        .unwrap_or_default()
}

fn is_expected(dialect: &Dialect, tag: &str) -> bool {
    (dialect.role)(tag) != Role::Value || dialect.known.contains(&tag)
}

/// Reads decoded text in a tagged format.
pub(super) fn read(request: &Request<'_>, text: &str, tally: &mut ImportTally) {
    let format = tally.reading.format;
    let Some(dialect) = DIALECTS.iter().find(|dialect| dialect.format == format) else {
        return;
    };
    let mut named = Named::new(request, tally);
    let mut open: Option<Tags> = None;
    let mut stray: Option<(usize, String)> = None;
    for line in lines(text) {
        if line.text.trim().is_empty() {
            match &mut open {
                Some(tags) if (dialect.blank_line_ends)(tags) => {
                    take(dialect, open.take(), &mut named, tally);
                }
                Some(tags) => {
                    tags.continue_value("");
                }
                None => {}
            }
            continue;
        }
        let Some((tag, value)) = (dialect.tag)(line.text) else {
            let goes_on = open
                .as_mut()
                .is_some_and(|tags| tags.continue_value(line.text));
            if !goes_on {
                stray.get_or_insert_with(|| (line.number, line.text.to_owned()));
            }
            continue;
        };
        match (dialect.role)(tag) {
            Role::Begin => {
                take(dialect, open.take(), &mut named, tally);
                let mut tags = Tags::new(line.number, line.text);
                tags.push(tag, value);
                open = Some(tags);
            }
            Role::End => take(dialect, open.take(), &mut named, tally),
            Role::File => {}
            Role::Value => match &mut open {
                Some(tags) => tags.push(tag, value),
                // Accept a record whose first line is missing.
                None => {
                    let mut tags = Tags::new(line.number, line.text);
                    tags.push(tag, value);
                    open = Some(tags);
                }
            },
        }
    }
    take(dialect, open.take(), &mut named, tally);
    if let Some((number, text)) = stray {
        tally.say(
            Diagnostic::warning("stray-lines", "this line belongs to no record")
                .at(tally.line(number, &text))
                .help("look for an unwanted line break; the line was left out"),
        );
    }
    named.close(request, tally, None);
}

fn take(dialect: &Dialect, tags: Option<Tags>, named: &mut Named, tally: &mut ImportTally) {
    let Some(tags) = tags else {
        return;
    };
    let place = tally.line(tags.line, &tags.text);
    if tags.size > MAX_RECORD {
        tally.reject(
            Diagnostic::error(
                "too-large",
                "this record holds more than a megabyte of text",
            )
            .at(place)
            .help("shorten it; the other records were read"),
        );
        return;
    }
    let found = Found {
        source: tally.reading.format.source(),
        line: tags.line,
        text: &tags.text,
        members: (dialect.members)(&tags),
        unknown: tags.unknown(dialect.known),
    };
    let addresses: Vec<&str> = match dialect.format {
        Format::WebOfScience => tags.lines(&["C1"]).collect(),
        _ => Vec::new(),
    };
    let addresses = addresses.join("; ");
    named.take(tally, found, |record| {
        affiliation::attach(record, &[(Way::Before, addresses.as_str())]);
    });
}

/// The largest record, in bytes.
const MAX_RECORD: usize = 1024 * 1024;

/// The values of one record, in file order.
#[derive(Debug)]
struct Tags {
    /// The line where the record starts, starting at 1, and its text.
    line: usize,
    text: String,
    values: Vec<(String, Vec<String>)>,
    /// The total size of its values in bytes. Values beyond the limit are counted
    /// but not kept.
    size: usize,
}

impl Tags {
    fn new(line: usize, text: &str) -> Self {
        Self {
            line,
            text: text.to_owned(),
            values: Vec::new(),
            size: 0,
        }
    }

    fn push(&mut self, tag: &str, value: &str) {
        self.size += value.len() + tag.len() + 1;
        if self.size <= MAX_RECORD {
            let value = value.trim().to_owned();
            self.values.push((tag.to_owned(), vec![value]));
        }
    }

    /// Adds a line to the last value. Returns `false` if there is none.
    fn continue_value(&mut self, text: &str) -> bool {
        let Some((_, value)) = self.values.last_mut() else {
            return false;
        };
        self.size += text.len() + 1;
        if self.size <= MAX_RECORD {
            value.push(text.trim().to_owned());
        }
        true
    }

    /// All lines of a tag's values, each as a value of its own.
    fn lines<'a>(&'a self, tags: &'a [&str]) -> impl Iterator<Item = &'a str> {
        self.values
            .iter()
            .filter(move |(tag, _)| tags.contains(&tag.as_str()))
            .flat_map(|(_, lines)| lines)
            .map(String::as_str)
            .filter(|line| !line.is_empty())
    }

    /// All values of some tags, their lines joined by spaces.
    fn all<'a>(&'a self, tags: &'a [&str]) -> impl Iterator<Item = String> + 'a {
        self.values
            .iter()
            .filter(move |(tag, _)| tags.contains(&tag.as_str()))
            .map(|(_, lines)| joined(lines))
            .filter(|value| !value.is_empty())
    }

    /// The first value of a tag, with blank lines as paragraph breaks.
    fn prose(&self, tag: &str) -> Option<String> {
        let (_, lines) = self.values.iter().find(|(name, _)| name == tag)?;
        let paragraphs: Vec<String> = lines
            .split(|line| line.is_empty())
            .map(joined)
            .filter(|paragraph| !paragraph.is_empty())
            .collect();
        (!paragraphs.is_empty()).then(|| paragraphs.join("\n\n"))
    }

    fn has(&self, tag: &str) -> bool {
        self.values.iter().any(|(name, _)| name == tag)
    }

    /// The first value of the first of some tags that has one.
    fn first(&self, tags: &[&str]) -> Option<String> {
        tags.iter().find_map(|tag| self.all(&[tag]).next())
    }

    fn unknown(&self, known: &[&str]) -> Vec<String> {
        let tags: BTreeSet<&str> = self.values.iter().map(|(tag, _)| tag.as_str()).collect();
        tags.into_iter()
            .filter(|tag| !known.contains(tag))
            .map(str::to_owned)
            .collect()
    }
}

/// The fields of a row in Web of Science's table format, whose headings are these
/// tags. People are separated by semicolons there.
pub(super) fn web_of_science_row<'a>(cells: impl Iterator<Item = (&'a str, &'a str)>) -> Members {
    const PEOPLE: [&str; 8] = ["AU", "AF", "BA", "BF", "BE", "ED", "CA", "GP"];
    let mut tags = Tags::new(0, "");
    for (tag, cell) in cells {
        if tag.len() == 2 && !cell.trim().is_empty() {
            tags.push(tag, cell);
            if PEOPLE.contains(&tag)
                && let Some((_, lines)) = tags.values.last_mut()
            {
                *lines = cell.split(';').map(|name| name.trim().to_owned()).collect();
            }
        }
    }
    (web_of_science::DIALECT.members)(&tags)
}

fn joined(lines: &[String]) -> String {
    let lines: Vec<&str> = lines
        .iter()
        .map(String::as_str)
        .filter(|line| !line.is_empty())
        .collect();
    lines.join(" ")
}

/// Splits a name at its comma; without one, it stays as it is.
pub(super) fn person(name: &str) -> Value {
    let name = name.trim();
    let mut parts = name.split(',').map(str::trim);
    match (parts.next(), parts.next(), parts.next()) {
        (Some(family), Some(given), None) if !family.is_empty() && !given.is_empty() => {
            json!({ "family": family, "given": given })
        }
        (Some(family), Some(given), Some(suffix)) if !family.is_empty() && !given.is_empty() => {
            json!({ "family": family, "given": given, "suffix": suffix })
        }
        _ => Value::from(name),
    }
}

/// A title without the full stop that some services add.
fn without_stop(title: &str) -> String {
    let title = title.trim();
    match title.strip_suffix('.') {
        // Abbreviations and ellipses keep theirs.
        Some(bare) if !bare.ends_with('.') && !ends_in_initial(bare) => bare.to_owned(),
        _ => title.to_owned(),
    }
}

fn ends_in_initial(text: &str) -> bool {
    let last = text.rsplit([' ', '.']).next().unwrap_or_default();
    let mut letters = last.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_detected_by_their_first_lines() {
        for (text, want) in [
            ("PMID- 1\nTI  - A\n", Some(Format::Medline)),
            ("\n\nPMID- 1\nOWN - NLM\n", Some(Format::Medline)),
            (
                "FN Clarivate\nVR 1.0\nPT J\nTI A\n",
                Some(Format::WebOfScience),
            ),
            ("%0 Journal Article\n%T A\n", Some(Format::Endnote)),
            ("%T A\n%A Doe, Jane\n%D 2015\n", Some(Format::Endnote)),
            ("TY  - JOUR\nTI  - A\n", None),
            ("PT J is a way to begin\nTI is another\nnot so\n", None),
            ("A title\n\nAn abstract.\n", None),
            ("% A comment of TeX\n@article{a, title={B}}", None),
            ("", None),
        ] {
            assert_eq!(detect(text).map(|(format, _)| format), want, "{text}");
        }
    }

    #[test]
    fn the_stop_of_a_service_goes_and_an_abbreviation_keeps_its_own() {
        for (title, want) in [
            ("A title.", "A title"),
            ("A title", "A title"),
            ("Is it?", "Is it?"),
            ("And so on...", "And so on..."),
            ("Growth in the U.S.", "Growth in the U.S."),
            ("Vitamin B.", "Vitamin B."),
        ] {
            assert_eq!(without_stop(title), want);
        }
    }

    #[test]
    fn names_are_split_at_their_comma() {
        assert_eq!(
            person("García Márquez, Gabo"),
            json!({"family": "García Márquez", "given": "Gabo"})
        );
        assert_eq!(person("Doe JA"), json!("Doe JA"));
        assert_eq!(
            person("Lakeside University,"),
            json!("Lakeside University,")
        );
    }
}
