//! Refusals: what services send instead of papers, despite a success status: a web
//! page, such as a login form, or an error as text, JSON or XML. None of it may
//! become a paper.

mod answer;
mod markup;
mod wording;

use crate::model::Record;

pub use answer::service_error;
pub(super) use markup::{Markup, markup};

/// A record with an abstract of this many bytes is a paper, whatever its title.
const LONG_ABSTRACT: usize = 400;

/// The title of a web page, empty if it has none. `None` if the text is not a web
/// page.
pub fn web_page(text: &str) -> Option<String> {
    match markup(text) {
        Some(Markup::Page(title)) => Some(title),
        _ => None,
    }
}

/// Whether a record is an error message: it has the title of an error, and nothing
/// else that a paper would have.
pub(super) fn is_error(record: &Record) -> bool {
    record.authors.is_empty()
        && record.ids.is_empty()
        && record.abstract_text.len() < LONG_ABSTRACT
        && wording::is_error_title(&record.title)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn any_text_is_looked_at(text in "(<|>|/|!--|-->|html|title|\\{|\\}|\\[|\\]|\"|:|,|error|4|é| |\n){0,40}") {
            let _ = (markup(&text), service_error(&text));
        }
    }
}
