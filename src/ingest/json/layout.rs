//! The layout of a JSON file: one document, or one object per line. The document is
//! tried first, because it may happen to have one record per line.

use serde::de::IgnoredAny;

use super::super::lines::lines;
use super::split;

/// How the objects of a file are arranged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// One document, or several in a row.
    Document,
    /// One object per line.
    Lines,
}

/// How many lines to examine if the document as a whole is inconclusive.
const HEAD_LINES: usize = 20;

/// Determines the layout. `whole` says whether the text is the complete file.
pub(super) fn of(text: &str, whole: bool) -> Layout {
    let text = text.trim();
    // A list may have one object per line as well.
    if !text.starts_with('{') {
        return Layout::Document;
    }
    if let Some(end) = split::end(text) {
        let one_line = !text[..end].contains(['\n', '\r']);
        if end == text.len() {
            // A single object may be a paper, or a response that contains a list.
            let is_paper = || {
                let found = super::find::papers(text);
                found.pieces.first().is_some_and(|piece| piece.start == 0)
            };
            return lines_if(one_line && is_paper());
        }
        if one_line && begins(text) {
            return Layout::Lines;
        }
    } else if !whole && !text.contains(['\n', '\r']) {
        // The start of one long line: a response soon opens a list, and a paper has
        // a title.
        let found = super::find::papers(text);
        return lines_if(found.pieces.first().is_none_or(|piece| piece.start == 0));
    }
    // The file is truncated, or one of its lines is broken.
    if matches!(serde_json::from_str::<IgnoredAny>(text), Err(error) if error.is_eof()) {
        return Layout::Document;
    }
    let head = lines(text)
        .map(|line| line.text.trim())
        .filter(|line| !line.is_empty());
    let (mut all, mut objects, mut like) = (0, 0, 0);
    for line in head.take(HEAD_LINES) {
        all += 1;
        let is_object = begins(line) && split::end(line) == Some(line.len());
        objects += usize::from(is_object);
        like += usize::from(begins(line));
    }
    // A broken line says nothing about the others.
    lines_if(objects > 0 && (objects + like) * 2 > all)
}

/// Whether a text starts like a JSON object.
fn begins(text: &str) -> bool {
    let inner = text.strip_prefix('{');
    inner.is_some_and(|inner| inner.trim_start().starts_with(['"', '}']))
}

fn lines_if(are_lines: bool) -> Layout {
    if are_lines {
        Layout::Lines
    } else {
        Layout::Document
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_told_from_lines() {
        use Layout::{Document, Lines};
        for (text, want) in [
            ("{\"title\": \"A\"}\n", Lines),
            ("{\"title\": \"A\"}\n{\"title\": \"B\"}\n", Lines),
            ("{\"title\": \"A\"}\n{broken\n", Lines),
            (
                "{\"title\": \"A, \"x\n{\"title\": \"B\"}\n{\"title\": \"C\"}\n",
                Lines,
            ),
            ("{\"papers\": [{\"title\": \"A\"}]}", Document),
            (
                "{\"papers\": [\n{\"title\": \"A\"},\n{\"title\": \"B\"}\n]}\n",
                Document,
            ),
            (
                "{\"papers\": [\n{\"title\": \"A\"},\n{\"title\": \"B\"}\n",
                Document,
            ),
            (
                "{\"n\": 2,\n\"papers\": [\n{\"title\": NaN},\n{\"title\": \"B\"}\n]}",
                Document,
            ),
            ("{\n  \"title\": \"A\"\n}\n", Document),
            (
                "{\n  \"title\": \"A\"\n}\n{\n  \"title\": \"B\"\n}\n",
                Document,
            ),
            ("[\n{\"title\": \"A\"}\n]", Document),
        ] {
            assert_eq!(of(text, true), want, "{text}");
        }
    }
}
