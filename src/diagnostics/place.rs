//! Places: file, line and column, with just enough of the line to show. A
//! diagnostic about a 100 MB file thus costs no more than a line.

use std::ops::Range;
use std::sync::Arc;

use super::secret::{masked, without_secrets};

/// How much of a long line is kept around the position, in bytes.
const WINDOW: usize = 160;

/// How far from the position we look for secrets, in bytes.
const MARGIN: usize = 2_000;

/// A position in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file, relative to the site or as the user named it.
    pub file: Arc<str>,
    /// The line, starting at 1; `None` for the whole file.
    pub line: Option<usize>,
    /// The column in characters, starting at 1.
    pub column: Option<usize>,
    /// The line's text, or the part around the position.
    pub text: String,
    /// The range of `text` to underline, in bytes.
    pub span: Range<usize>,
}

impl Place {
    /// A whole file.
    pub fn file(file: impl Into<Arc<str>>) -> Self {
        Self {
            file: named(file.into()),
            line: None,
            column: None,
            text: String::new(),
            span: 0..0,
        }
    }

    /// A whole line.
    pub fn line(file: impl Into<Arc<str>>, line: usize, text: &str) -> Self {
        let text = text.trim_end_matches(['\r', '\n']);
        let indent = text.len() - text.trim_start().len();
        Self::window(file.into(), line, text, indent..text.len())
    }

    /// A byte range of a file's text, cut at the end of its first line.
    pub fn span(file: impl Into<Arc<str>>, source: &str, span: Range<usize>) -> Self {
        LineIndex::new(source).place(file, source, span)
    }

    fn window(file: Arc<str>, line: usize, text: &str, span: Range<usize>) -> Self {
        let start = floor(text, span.start.min(text.len()));
        let end = floor(text, span.end.clamp(start, text.len()));
        let column = text[..start].chars().count() + 1;
        let (from, to) = if text.len() <= WINDOW {
            (0, text.len())
        } else {
            let from = floor(text, start.saturating_sub(WINDOW / 3));
            (from, floor(text, (from + WINDOW).min(text.len())))
        };
        let end = end.min(to).max(start);
        Self {
            file: named(file),
            line: Some(line),
            column: Some(column),
            text: without_secret(text, from..to),
            span: start - from..end - from,
        }
    }
}

/// The part of a line to show, without secrets. What marks a secret may be outside
/// the part.
fn without_secret(text: &str, part: Range<usize>) -> String {
    let from = floor(text, part.start.saturating_sub(MARGIN));
    let to = floor(text, (part.end + MARGIN).min(text.len()));
    let masked = masked(&text[from..to]);
    masked[part.start - from..part.end - from].to_owned()
}

/// The file's name without secrets; it may be a URL.
fn named(file: Arc<str>) -> Arc<str> {
    match without_secrets(&file) {
        std::borrow::Cow::Borrowed(_) => file,
        std::borrow::Cow::Owned(name) => name.into(),
    }
}

/// The offsets at which lines begin, so that many spans can be placed after one
/// pass.
#[derive(Debug)]
pub struct LineIndex(Vec<usize>);

impl LineIndex {
    /// Indexes the text.
    pub fn new(source: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', source.as_bytes()).map(|at| at + 1));
        Self(starts)
    }

    /// The line, starting at 1, that contains a byte.
    pub fn line_of(&self, at: usize) -> usize {
        self.0.partition_point(|start| *start <= at).max(1)
    }

    /// The place of a byte range in the indexed text.
    pub fn place(&self, file: impl Into<Arc<str>>, source: &str, span: Range<usize>) -> Place {
        let at = span.start.min(source.len());
        let line = self.line_of(at);
        let start = self.0[line - 1];
        let end = self.0.get(line).map_or(source.len(), |next| next - 1);
        let text = source[start..end].trim_end_matches('\r');
        let span = at - start..span.end.saturating_sub(start).max(at - start);
        Place::window(file.into(), line, text, span)
    }
}

/// The last character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at)
        .rev()
        .find(|i| text.is_char_boundary(*i))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_knows_its_line_and_column() {
        let source = "one\r\nzwölf = 3\nlast";
        let at = source.find("= 3").unwrap();
        let place = Place::span("a.toml", source, at..at + 3);
        assert_eq!((place.line, place.column), (Some(2), Some(7)));
        assert_eq!(&place.text[place.span.clone()], "= 3");
        let end = Place::span("a.toml", source, source.len()..source.len());
        assert_eq!((end.line, end.column), (Some(3), Some(5)));
    }

    proptest::proptest! {
        #[test]
        fn any_span_of_any_text_has_a_place(source in "(?s).{0,400}", a in 0usize..900, b in 0usize..900) {
            let place = Place::span("f", &source, a..b);
            proptest::prop_assert!(place.text.get(place.span.clone()).is_some());
            proptest::prop_assert!(place.text.len() <= WINDOW);
        }
    }
}
