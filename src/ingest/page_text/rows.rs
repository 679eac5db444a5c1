//! Rows: the lines of a page with something on them, cleaned, and how far apart
//! they stand.

use std::borrow::Cow;

use super::markdown::undressed;
use crate::ingest::lines::lines;
use crate::text::clean;

/// A line with something on it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row<'a> {
    /// Its number in the file, from 1.
    pub(super) number: usize,
    /// How many blank lines stand before it.
    pub(super) gap: usize,
    /// How far it is indented, in columns.
    pub(super) indent: usize,
    /// What is on it, cleaned, without white space at its ends.
    pub(super) text: Cow<'a, str>,
}

/// How many rows one page may have. It bounds what a hostile file can cost; 80,000
/// papers with their abstracts wrapped are fewer.
const MAX_ROWS: usize = 2_000_000;

/// The rows of a page, and the number of the first line that was too much.
pub(super) fn rows(text: &str) -> (Vec<Row<'_>>, Option<usize>) {
    let mut rows: Vec<Row<'_>> = Vec::new();
    let mut gap = 0;
    for line in lines(text) {
        let before = rows.len();
        for part in parts(clean(line.text)) {
            if rows.len() == MAX_ROWS {
                return (rows, Some(line.number));
            }
            let indent = indent(&part);
            let text = undressed(trimmed(part));
            if text.is_empty() {
                continue;
            }
            rows.push(Row {
                number: line.number,
                gap,
                indent,
                text,
            });
            gap = 0;
        }
        if rows.len() == before {
            gap += 1;
        }
    }
    (rows, None)
}

/// The parts of a line that hold breaks of other kinds, such as form feeds.
fn parts(line: Cow<'_, str>) -> Vec<Cow<'_, str>> {
    if !line.contains('\n') {
        return vec![line];
    }
    line.split('\n')
        .map(|part| Cow::Owned(part.to_owned()))
        .collect()
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) if text.trim().len() == text.len() => Cow::Owned(text),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

fn indent(text: &str) -> usize {
    let white = text.chars().take_while(|c| c.is_whitespace()).take(80);
    white.map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_the_numbers_of_their_lines() {
        let (rows, _) = rows("\u{feff}A\u{a0}b\r\n\r\n \u{200b} \r\n  C\0\u{c}d\n");
        let all: Vec<_> = rows
            .iter()
            .map(|r| (r.number, r.gap, r.indent, &*r.text))
            .collect();
        assert_eq!(all, [(1, 0, 0, "A b"), (4, 2, 2, "C"), (4, 0, 0, "d")]);
    }
}
