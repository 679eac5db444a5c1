//! Comma-separated and tab-separated tables, one paper per row. Headings determine
//! the columns.

use super::catalogue::{self, Heading};
use super::columns::{ColumnContent, Columns};
use super::lines::lines;
use super::named::{Found, Named};
use super::tally::ImportTally;
use super::{Format, Request, affiliation, tagged};
use crate::diagnostics::{Diagnostic, count};

/// How many rows at the start are searched for headings.
const HEADING_ROWS: usize = 10;

/// The most columns a table may have.
const MAX_COLUMNS: usize = 1_000;

/// Whether a text begins with a row of headings, and which separator it uses.
pub(super) fn detect(head: &str) -> Option<(Format, &'static str)> {
    let columns = Columns::new(&std::collections::BTreeMap::new());
    let (delimiter, _) = heading(head, &columns, None)?;
    Some(match delimiter {
        b'\t' => (Format::Tsv, "a row of headings, separated by tabs"),
        _ => (Format::Csv, "a row of headings"),
    })
}

/// Reads a decoded table.
pub(super) fn read(request: &Request<'_>, text: &str, tally: &mut ImportTally) {
    let mut named = Named::new(request, tally);
    let forced = (tally.reading.format == Format::Tsv).then_some(b'\t');
    let Some((delimiter, skip)) =
        heading(text, named.columns(), forced).or_else(|| heading(text, named.columns(), None))
    else {
        let first = lines(text).find(|line| !line.text.trim().is_empty());
        let place = first.map_or(tally.whole(), |line| tally.line(line.number, line.text));
        tally.say(
            Diagnostic::error("no-headings", "no column of this table is named title")
                .at(place)
                .help("add it to the settings: `[import.columns] title = \"…\"`"),
        );
        named.close(request, tally, None);
        return;
    };
    let body: &str = &text[skip..];
    let mut line = 1 + text[..skip].matches('\n').count();
    let mut counted = 0;
    let has_tags = are_tags(body.lines().next().unwrap_or_default(), delimiter);
    let mut rows = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        // Web of Science does not quote cells, some of which contain quotation
        // marks.
        .quoting(!(has_tags && delimiter == b'\t'))
        .from_reader(body.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut headings: Vec<String> = Vec::new();
    let mut kinds: Vec<Heading> = Vec::new();
    while let Ok(true) = rows.read_record(&mut record) {
        let at = record
            .position()
            .map_or(0, |position| position.byte() as usize);
        // The parser reports the end of the previous row.
        let start = body[at.min(body.len())..].len();
        let start = body.len() - start + (start - body[body.len() - start..].trim_start().len());
        line += body[counted..start].matches('\n').count();
        counted = start;
        if headings.is_empty() {
            headings = record
                .iter()
                .take(MAX_COLUMNS)
                .map(|cell| cell.trim().to_owned())
                .collect();
            let columns = named.columns();
            kinds = headings
                .iter()
                .map(|name| catalogue::heading(name, columns))
                .collect();
            continue;
        }
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let shown = body[start..].lines().next().unwrap_or_default();
        if record.len() > headings.len()
            && record
                .iter()
                .skip(headings.len())
                .any(|cell| !cell.trim().is_empty())
        {
            let message = format!(
                "{} in a table with {}",
                count(record.len(), "cell"),
                count(headings.len(), "column")
            );
            tally.reject(
                Diagnostic::error("row-too-long", message)
                    .at(tally.line(line, shown))
                    .help("put quotation marks around cells that contain the separator"),
            );
            continue;
        }
        let members = match has_tags {
            true => tagged::web_of_science_row(headings.iter().map(String::as_str).zip(&record)),
            false => catalogue::members(&kinds, record.iter()),
        };
        let places = catalogue::places(&kinds, record.iter());
        let found = Found {
            source: tally.reading.format.source(),
            line,
            text: shown,
            members,
            unknown: Vec::new(),
        };
        named.take(tally, found, |record| affiliation::attach(record, &places));
    }
    named.close(request, tally, None);
}

/// The separator and the byte where the heading row begins: the first row with a
/// title column and another known column.
fn heading(text: &str, columns: &Columns, delimiter: Option<u8>) -> Option<(u8, usize)> {
    let mut start = 0;
    for line in text.split_inclusive('\n').take(HEADING_ROWS) {
        let delimiters: &[u8] = match &delimiter {
            Some(delimiter) => std::slice::from_ref(delimiter),
            None => b",\t;|",
        };
        let best = delimiters
            .iter()
            .copied()
            .max_by_key(|d| known(line, *d, columns));
        if let Some(best) = best.filter(|best| known(line, *best, columns) > 1) {
            return Some((best, start));
        }
        start += line.len();
    }
    None
}

/// How many cells of a row are known field names, if one of them is the title's.
fn known(line: &str, delimiter: u8, columns: &Columns) -> usize {
    let mut rows = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .from_reader(line.as_bytes());
    let mut record = csv::StringRecord::new();
    if !matches!(rows.read_record(&mut record), Ok(true)) || record.len() < 2 {
        return 0;
    }
    if are_tags(line, delimiter) {
        return record.len();
    }
    let mut has_title = false;
    let mut fields = 0;
    for cell in record.iter().filter(|cell| cell.len() <= 60) {
        let cell = cell.trim();
        match catalogue::heading(cell, columns) {
            Heading::Known(field, _) => {
                has_title |= field == "title";
                fields += 1;
            }
            Heading::Part(_) => fields += 1,
            Heading::Plain(_) => {
                let field = columns.get(cell).map(|(field, _)| field);
                has_title |= field.is_some_and(is_title);
                fields += usize::from(field.is_some());
            }
            Heading::Empty | Heading::Places(_) => {}
        }
    }
    // Nearly all headings are names; a sentence contains commas too.
    let mostly = fields * 4 >= record.len();
    if has_title && mostly { fields } else { 0 }
}

fn is_title(field: ColumnContent) -> bool {
    field.is("title")
}

/// Whether headings are Web of Science's two-letter tags.
fn are_tags(line: &str, delimiter: u8) -> bool {
    let mut cells = line
        .split(char::from(delimiter))
        .map(|cell| cell.trim().trim_matches('"'));
    cells.next() == Some("PT")
        && cells.by_ref().take(4).any(|cell| cell == "AU")
        && cells.any(|cell| cell == "TI")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_tell_a_table() {
        for (text, want) in [
            ("title,abstract\nA,B\n", Some(Format::Csv)),
            ("sep=;\nTitle;Authors;Year\nA;B;1\n", Some(Format::Csv)),
            (
                "UID,title,authors,abstract,keywords,sessions\n",
                Some(Format::Csv),
            ),
            ("title\tabstract\nA\tB\n", Some(Format::Tsv)),
            ("PT\tAU\tBA\tTI\tSO\nJ\tDoe, J\t\tA\tB\n", Some(Format::Tsv)),
            (
                "Document Title,Authors,\"Publication Title\"\nA,B,C\n",
                Some(Format::Csv),
            ),
            ("Title, and Other Authors of Note\n\nAn abstract.", None),
            ("title\nA\n", None),
            ("A plain title\n\nAn abstract, with commas.", None),
        ] {
            assert_eq!(detect(text).map(|(format, _)| format), want, "{text}");
        }
    }
}
