//! Paragraphs: joined rows of a page, each with its form and shape.

use super::form::{Form, form};
use super::list_marker::{ListMarker, list_marker};
use super::rows::Row;
use super::shape::{Shape, shape};
use super::vocabulary::Vocabulary;
use super::wrap::Wrapping;

/// A paragraph of a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Paragraph {
    /// The line where it starts.
    pub(super) line: usize,
    /// How many blank lines precede it.
    pub(super) gap: usize,
    /// The indentation of its first line.
    pub(super) indent: usize,
    /// Its number or bullet.
    pub(super) mark: Option<ListMarker>,
    /// Its text, without the marker.
    pub(super) text: String,
    /// Its form.
    pub(super) form: Form,
    /// Its shape.
    pub(super) shape: Shape,
    /// The marker as it was in the text.
    prefix: String,
}

impl Paragraph {
    /// Whether it is text: a title, prose, names.
    pub(super) fn is_plain(&self) -> bool {
        self.form == Form::Plain
    }

    /// Puts the marker back into the text.
    pub(super) fn unmark(&mut self) {
        if self.mark.take().is_some() {
            self.text.insert_str(0, &self.prefix);
            self.form = form(&self.text);
            self.shape = shape(&self.text);
        }
    }
}

/// Joins rows to paragraphs.
pub(super) fn paragraphs(rows: Vec<Row<'_>>, vocabulary: &Vocabulary) -> Vec<Paragraph> {
    let rows = closed_up(rows);
    let wrapping = Wrapping::of(&rows, vocabulary);
    let mut out = Vec::new();
    let mut start = 0;
    for end in 1..=rows.len() {
        if !wrapping.continues(&rows[start..end], &rows[end..]) {
            out.push(paragraph(&rows[start..end]));
            start = end;
        }
    }
    out
}

/// If a page has an empty line after every line, single empty lines mean nothing.
fn closed_up(mut rows: Vec<Row<'_>>) -> Vec<Row<'_>> {
    let apart = rows.iter().filter(|row| row.gap == 1).count();
    let lower = rows
        .iter()
        .filter(|row| super::shape::begins_lower(&row.text))
        .count();
    let narrow = rows.iter().all(|row| row.text.len() < 200);
    if rows.len() > 4 && apart * 10 > rows.len() * 8 && lower * 10 > rows.len() * 3 && narrow {
        for row in &mut rows {
            row.gap = row.gap.saturating_sub(1);
        }
    }
    rows
}

fn paragraph(rows: &[Row<'_>]) -> Paragraph {
    let mut text = String::with_capacity(rows.iter().map(|row| row.text.len() + 1).sum());
    for row in rows {
        if !text.is_empty() && !is_hyphenated(&text, &row.text) {
            text.push(' ');
        }
        text.push_str(&row.text);
    }
    let (mark, prefix) = match list_marker(&text) {
        Some((mark, rest)) => (Some(mark), text[..text.len() - rest.len()].to_owned()),
        None => (None, String::new()),
    };
    text.drain(..prefix.len());
    Paragraph {
        line: rows[0].number,
        gap: rows[0].gap,
        indent: rows[0].indent,
        mark,
        form: form(&text),
        shape: shape(&text),
        text,
        prefix,
    }
}

/// Whether a word is hyphenated at the end of a line, as in "self-" and
/// "attention".
fn is_hyphenated(before: &str, after: &str) -> bool {
    before.ends_with('-')
        && before.chars().nth_back(1).is_some_and(char::is_alphabetic)
        && after.starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::super::rows::rows;
    use super::*;

    fn texts(page: &str) -> Vec<String> {
        let (rows, _) = rows(page);
        let mut vocabulary = Vocabulary::default();
        rows.iter().for_each(|row| vocabulary.learn(&row.text));
        paragraphs(rows, &vocabulary)
            .into_iter()
            .map(|p| p.text)
            .collect()
    }

    const WRAPPED: &str = "\
A Title of Some Length
We describe a method that is good for many things and bad for
none of them. It was tried on two sets of data that nobody had
used before, and self-
supervised training helped. Code is available at
https://github.com/jane/a-long-name
Another Title That Is Long Enough to Be Wrapped over Lines of
Any Reasonable Width
This paper shows that wrapped lines can be put together again
when one looks at the words that did not fit.
";

    #[test]
    fn wrapped_lines_are_one_paragraph_and_titles_stand_apart() {
        let texts = texts(WRAPPED);
        assert_eq!(texts.len(), 4, "{texts:#?}");
        assert_eq!(texts[0], "A Title of Some Length");
        assert!(texts[1].contains("for none of them") && texts[1].ends_with("a-long-name"));
        assert!(texts[1].contains("self-supervised"));
        assert!(texts[2].ends_with("over Lines of Any Reasonable Width"));
    }

    #[test]
    fn a_line_after_every_line_means_nothing() {
        let double = WRAPPED.replace('\n', "\n\n");
        assert_eq!(texts(&double), texts(WRAPPED));
    }

    #[test]
    fn lines_that_are_not_wrapped_stay_apart() {
        let page = "A Title\nAn Abstract of one line that goes on and on.\nBeta\nGamma delta\n";
        assert_eq!(texts(page).len(), 4);
    }
}
