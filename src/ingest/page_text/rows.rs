//! Rows: the non-empty lines of a page, cleaned, with the gaps between them.

use std::borrow::Cow;

use super::markdown::undressed;
use crate::ingest::lines::lines;
use crate::text::clean;

/// A non-empty line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row<'a> {
    /// Its number in the file, starting at 1.
    pub(super) number: usize,
    /// How many blank lines precede it.
    pub(super) gap: usize,
    /// Its indentation, in columns.
    pub(super) indent: usize,
    /// Its cleaned and trimmed text.
    pub(super) text: Cow<'a, str>,
}

/// The most rows of a page; bounds the cost of a hostile file. 80,000 papers with
/// wrapped abstracts have fewer.
const MAX_ROWS: usize = 2_000_000;

/// The rows of a page, and the number of the first line beyond the limit.
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

/// Splits a line at other kinds of breaks, such as form feeds.
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
