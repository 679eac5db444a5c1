//! A refusal: what a service says in place of papers, though its status says
//! success: a web page, such as one to log in at, or an error as text, JSON or XML.
//! None of it may become a paper.

mod answer;
mod markup;
mod wording;

use crate::model::Record;

pub use answer::service_error;
pub(super) use markup::{Markup, markup};

/// An abstract of so many bytes is one of a paper, whatever its title is.
const LONG_ABSTRACT: usize = 400;

/// The title of the web page that a text is, empty where it has none; nothing where
/// it is no web page.
pub fn web_page(text: &str) -> Option<String> {
    match markup(text) {
        Some(Markup::Page(title)) => Some(title),
        _ => None,
    }
}

/// Whether a record is what a service says in place of a paper: it has the title of
/// an error, and nothing that a paper would have.
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
