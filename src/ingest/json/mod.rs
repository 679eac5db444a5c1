//! Reads JSON: one object per line, a list of objects, or an object that contains a
//! list. Each object's shape shows which service it comes from, since API responses
//! are saved as lists as well as line by line.

mod arxiv_snapshot;
mod crossref;
mod csl;
mod cv_arxiv_daily;
mod daily_arxiv;
mod find;
mod huggingface;
mod layout;
mod open_alex;
mod open_review;
mod paperlists;
mod repair;
mod semantic_scholar;
mod shape;
mod split;
mod taken;

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::lines::lines;
use super::named::{Found, Members, Named};
use super::tally::ImportTally;
use super::{Format, Request};
use crate::diagnostics::{Diagnostic, count};
use crate::model::Date;
use layout::Layout;
use shape::Shape;

/// The largest object, in bytes. Parsed JSON takes many times its size, and no
/// paper needs this much.
const MAX_OBJECT: usize = 4 * 1024 * 1024;

/// How many papers to examine to recognise the service.
const HEAD_PAPERS: usize = 20;

/// Reads decoded JSON of any shape.
pub(super) fn read(request: &Request<'_>, text: &str, tally: &mut ImportTally) {
    let mut reader = Reader {
        forced: shape::of_format(tally.reading.format),
        settled: request.format.is_some(),
        named: Named::new(request, tally),
        listed: Listed::Nothing,
        replies: 0,
    };
    let forced = request.format == Some(Format::Jsonl);
    if forced || layout::of(text, true) == Layout::Lines {
        for line in lines(text) {
            if !line.text.trim().is_empty() {
                reader.piece(tally, line.number, line.text, None);
            }
        }
    } else {
        reader.documents(tally, text);
    }
    if reader.replies > 0 {
        tally.say(shape::left_out(reader.replies).at(tally.whole()));
    }
    let day = reader.listed.day();
    reader.named.close(request, tally, day);
}

/// The format shown by the start of a JSON file. `whole` says whether it is the
/// complete file.
pub(super) fn detect(head: &str, whole: bool) -> Option<(Format, &'static str)> {
    if !head.starts_with(['{', '[']) {
        return None;
    }
    let first = |piece: &str| match serde_json::from_str(piece) {
        Ok(OrderedMembers(members)) => shape::of_members(&members),
        Err(_) => None,
    };
    if layout::of(head, whole) == Layout::Lines {
        let because = "each line is a JSON object";
        let mut shapes = lines(head).filter_map(|line| first(line.text.trim()));
        return Some(match shapes.next() {
            Some(shape) => (shape.format, shape.because),
            None => (Format::Jsonl, because),
        });
    }
    if !looks_like_json(head) {
        return None;
    }
    let found = find::papers(head);
    if found.is_cv_arxiv_daily {
        return Some((Format::CvArxivDaily, "tables of papers by topic"));
    }
    let shape = found
        .pieces
        .iter()
        .take(HEAD_PAPERS)
        .find_map(|piece| first(&head[piece.clone()]));
    Some(match shape {
        Some(shape) => (shape.format, shape.because),
        None => (Format::Json, "it is JSON"),
    })
}

/// Whether a text starts like JSON, unlike "[1] A title".
fn looks_like_json(text: &str) -> bool {
    let Some(inner) = text.strip_prefix(['{', '[']) else {
        return false;
    };
    let inner = inner.trim_start();
    match text.as_bytes()[0] {
        b'{' => inner.starts_with(['"', '}']),
        _ => inner.starts_with(['{', '[', ']', '"']),
    }
}

struct Reader {
    /// The shape for the format the user chose.
    forced: Option<&'static Shape>,
    /// Whether the format is decided.
    settled: bool,
    named: Named,
    listed: Listed,
    /// How many OpenReview notes were replies.
    replies: usize,
}

impl Reader {
    /// Reads values in a row, usually a single one.
    fn documents(&mut self, tally: &mut ImportTally, text: &str) {
        let mut lines = LineCounter::new(text);
        let mut start = text.len() - text.trim_start().len();
        loop {
            let end = start + split::end(&text[start..]).unwrap_or(text.len() - start);
            self.document(tally, text, start..end, &mut lines);
            let behind = text[end..].trim_start_matches(|c: char| c.is_whitespace() || c == ',');
            start = text.len() - behind.len();
            if !behind.starts_with(['{', '[']) {
                break;
            }
        }
        if start < text.len() {
            let line = lines.line_of(start);
            let shown = text[start..].lines().next().unwrap_or_default();
            tally.say(
                Diagnostic::warning(
                    "stray-text",
                    "the text after the end of the JSON was not read",
                )
                .at(tally.line(line, shown))
                .help("look for an extra bracket before it"),
            );
        }
    }

    fn document(
        &mut self,
        tally: &mut ImportTally,
        text: &str,
        range: std::ops::Range<usize>,
        lines: &mut LineCounter<'_>,
    ) {
        let start = range.start;
        let found = find::papers(&text[range]);
        if found.is_cv_arxiv_daily {
            self.settle(tally, Format::CvArxivDaily);
        }
        for (n, piece) in found.pieces.iter().enumerate() {
            let piece = start + piece.start..start + piece.end;
            let line = lines.line_of(piece.start);
            if found.is_cv_arxiv_daily {
                self.row(tally, line, &text[piece]);
                continue;
            }
            let is_last = n + 1 == found.pieces.len();
            let help = (is_last && !found.is_closed).then_some(CUT_OFF);
            self.piece(tally, line, &text[piece], help);
        }
        if found.pieces.is_empty() && !found.is_empty {
            tally.say(
                Diagnostic::error("no-papers", "no list of papers was found in this JSON")
                    .at(tally.whole())
                    .help("write a list of objects: [{\"title\": …, \"abstract\": …}, …]"),
            );
        } else if !found.is_closed {
            tally.say(
                Diagnostic::warning("cut-off", "the file ends before its list does")
                    .at(tally.whole())
                    .help("download it again: papers may be missing"),
            );
        }
    }

    /// Reads one JSON object.
    fn piece(
        &mut self,
        tally: &mut ImportTally,
        line: usize,
        text: &str,
        help: Option<&'static str>,
    ) {
        let members = match parse(text) {
            Ok(members) => members,
            Err(fault) => {
                let mut diagnostic = fault.diagnostic(tally, line, text);
                if let Some(help) = help {
                    diagnostic = diagnostic.help(help);
                }
                tally.reject(diagnostic);
                return;
            }
        };
        if shape::is_reply(&members) {
            self.replies += 1;
            return;
        }
        let shape = self.forced.or_else(|| shape::of_members(&members));
        self.settle(
            tally,
            shape.map_or(tally.reading.format, |shape| shape.format),
        );
        let source = match shape {
            Some(shape) => shape.format.source(),
            None => tally.reading.format.source(),
        };
        // A paper may span many lines; the first one identifies it.
        let text = text.lines().next().unwrap_or_default();
        let (members, unknown) = match shape {
            Some(shape) => shape.members(members),
            None => (members, Vec::new()),
        };
        self.take(
            tally,
            Found {
                source,
                line,
                text,
                members,
                unknown,
            },
        );
    }

    /// Reads a row of a cv-arxiv-daily table, with its topic.
    fn row(&mut self, tally: &mut ImportTally, line: usize, text: &str) {
        for (members, row) in cv_arxiv_daily::rows(text) {
            let line = line + text[..row].matches('\n').count();
            let shown = text[row..].lines().next().unwrap_or_default();
            let source = Format::CvArxivDaily.source();
            let found = Found {
                source,
                line,
                text: shown,
                members,
                unknown: Vec::new(),
            };
            self.take(tally, found);
        }
    }

    fn take(&mut self, tally: &mut ImportTally, found: Found<'_>) {
        let listed = &mut self.listed;
        self.named
            .take(tally, found, |record| listed.note(record.date));
    }

    /// Unless the user chose one, the format is that of the first paper.
    fn settle(&mut self, tally: &mut ImportTally, format: Format) {
        if !self.settled {
            tally.reading.format = format;
            self.settled = true;
        }
    }
}

/// Line numbers of positions given in ascending order.
struct LineCounter<'a> {
    text: &'a str,
    number: usize,
    counted: usize,
}

impl<'a> LineCounter<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            number: 1,
            counted: 0,
        }
    }

    fn line_of(&mut self, at: usize) -> usize {
        let between = &self.text.as_bytes()[self.counted..at.max(self.counted)];
        self.number += memchr::memchr_iter(b'\n', between).count();
        self.counted = at.max(self.counted);
        self.number
    }
}

/// The date on which all papers of a file were listed.
enum Listed {
    Nothing,
    One(Date),
    Several,
}

impl Listed {
    fn note(&mut self, day: Option<Date>) {
        *self = match (day, &self) {
            (Some(day), Self::Nothing) => Self::One(day),
            (Some(day), Self::One(other)) if day == *other => Self::One(day),
            _ => Self::Several,
        };
    }

    fn day(&self) -> Option<Date> {
        match self {
            Self::One(day) => Some(*day),
            _ => None,
        }
    }
}

/// Why a piece of text is not a paper.
enum PieceError {
    TooLong,
    Json(serde_json::Error),
    NoObject,
}

fn parse(text: &str) -> Result<Members, PieceError> {
    if text.len() > MAX_OBJECT {
        return Err(PieceError::TooLong);
    }
    let parsed = serde_json::from_str(text).or_else(|error| match repair::numbers(text) {
        Some(repaired) => serde_json::from_str(&repaired).map_err(|_| error),
        None => Err(error),
    });
    match parsed {
        Ok(OrderedMembers(members)) => Ok(members),
        Err(error) if error.is_data() => Err(PieceError::NoObject),
        Err(error) => Err(PieceError::Json(error)),
    }
}

impl PieceError {
    fn diagnostic(self, tally: &ImportTally, number: usize, text: &str) -> Diagnostic {
        let first = text.lines().next().unwrap_or_default();
        let place = tally.line(number, first);
        match self {
            Self::TooLong => Diagnostic::error(
                "line-too-long",
                format!("a paper larger than {}", count(MAX_OBJECT, "byte")),
            )
            .at(place),
            Self::NoObject => {
                Diagnostic::error("no-object", "not a JSON object and thus not a paper")
                    .at(place)
                    .help(ONE_PAPER)
            }
            Self::Json(error) => {
                let message = error.to_string();
                let what = message.split(" at line ").next().unwrap_or_default();
                let line = error.line().max(1);
                let shown = text.lines().nth(line - 1).unwrap_or_default();
                let column = error.column().saturating_sub(1);
                Diagnostic::error("json", format!("invalid JSON: {what}"))
                    .at(tally.at(number + line - 1, shown, column))
                    .help(ONE_PAPER)
            }
        }
    }
}

/// The help for a piece that is not a paper.
const ONE_PAPER: &str = "each paper is an object: {\"title\": …, \"abstract\": …}";

/// The help for the last piece of a truncated file.
const CUT_OFF: &str = "the file ends in the middle of a paper; download it again";

/// The members of an object, in order and including duplicates.
struct OrderedMembers(Members);

impl<'de> Deserialize<'de> for OrderedMembers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;

        impl<'de> Visitor<'de> for Visit {
            type Value = OrderedMembers;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<OrderedMembers, A::Error> {
                let mut members: Vec<(String, Value)> = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(OrderedMembers(members))
            }
        }

        deserializer.deserialize_map(Visit)
    }
}
