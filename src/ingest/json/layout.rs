//! The layout of a file of JSON: one document, or an object on each line. The
//! whole is tried before its lines are, because a document may well have one
//! record on each line.

use serde::de::IgnoredAny;

use super::super::lines::lines;
use super::split;

/// How the objects of a file follow one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// A document that holds them, or several one behind the other.
    Document,
    /// One on each line.
    Lines,
}

/// How many lines are looked at where the whole does not decide.
const HEAD_LINES: usize = 20;

/// Tells the layout. `whole` says whether all of the file is there.
pub(super) fn of(text: &str, whole: bool) -> Layout {
    let text = text.trim();
    // A list may have an object on each line as well.
    if !text.starts_with('{') {
        return Layout::Document;
    }
    if let Some(end) = split::end(text) {
        let one_line = !text[..end].contains(['\n', '\r']);
        if end == text.len() {
            // One object may be a paper, or an answer that holds a list of them.
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
        // The beginning of one long line: an answer opens a list soon, a paper
        // has its title.
        let found = super::find::papers(text);
        return lines_if(found.pieces.first().is_none_or(|piece| piece.start == 0));
    }
    // It was cut off, or a line of it is broken.
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
    // A line that is broken says nothing against the others.
    lines_if(objects > 0 && (objects + like) * 2 > all)
}

/// Whether a text begins as an object of JSON does.
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
