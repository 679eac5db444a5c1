//! Splits a page into front matter, between `+++` lines (TOML) or `---` lines
//! (YAML), and the body that follows.

use std::ops::Range;
use std::sync::Arc;

use crate::config::Document;
use crate::diagnostics::{Diagnostic, Place};

/// The languages of front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    Toml,
    Yaml,
}

/// A page's text, split; ranges are in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Split {
    /// Language and range of the front matter, if there is any.
    pub(super) front: Option<(Language, Range<usize>)>,
    /// Where the body starts.
    pub(super) body: usize,
}

/// Splits a page's text.
///
/// # Errors
/// Fails if the front matter is not closed.
pub(super) fn split(file: &Arc<str>, text: &str) -> Result<Split, Box<Diagnostic>> {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let first_end = line_end(text, start);
    let (language, fence) = match text[start..first_end].trim_end() {
        "+++" => (Language::Toml, "+++"),
        "---" => (Language::Yaml, "---"),
        _ => {
            return Ok(Split {
                front: None,
                body: start,
            });
        }
    };
    let mut at = first_end;
    while at < text.len() {
        let end = line_end(text, at);
        if text[at..end].trim_end() == fence {
            return Ok(Split {
                front: Some((language, first_end..at)),
                body: end,
            });
        }
        at = end;
    }
    Err(Box::new(
        Diagnostic::error(
            "unclosed-front-matter",
            format!("the front matter opened with `{fence}` is never closed"),
        )
        .at(Place::span(Arc::clone(file), text, start..start + 3))
        .help(format!("add a line `{fence}` after the last key")),
    ))
}

/// The document in a page's front matter; empty if there is none.
pub(super) fn document<'s>(file: &Arc<str>, text: &'s str, split: &Split) -> Document<'s> {
    match &split.front {
        Some((Language::Toml, span)) => Document::toml(Arc::clone(file), text, span.clone()),
        Some((Language::Yaml, span)) => Document::yaml(Arc::clone(file), text, span.clone()),
        None => Document::toml(Arc::clone(file), text, 0..0),
    }
}

fn line_end(text: &str, from: usize) -> usize {
    memchr::memchr(b'\n', &text.as_bytes()[from..]).map_or(text.len(), |n| from + n + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(Option<&str>, &str)> {
        let split = split(&"a.md".into(), text).ok()?;
        Some((
            split.front.map(|(_, span)| &text[span]),
            &text[split.body..],
        ))
    }

    #[test]
    fn front_matter_and_body_part() {
        assert_eq!(
            parts("+++\na = 1\n+++\nbody\n"),
            Some((Some("a = 1\n"), "body\n"))
        );
        assert_eq!(
            parts("\u{feff}---\r\na: 1\r\n---\r\nbody"),
            Some((Some("a: 1\r\n"), "body"))
        );
        assert_eq!(parts("+++\n+++"), Some((Some(""), "")));
        assert_eq!(parts("no front matter"), Some((None, "no front matter")));
        assert_eq!(parts("+++ x\n"), Some((None, "+++ x\n")));
        assert_eq!(parts("+++\na = 1\n"), None);
        assert_eq!(parts(""), Some((None, "")));
    }

    proptest::proptest! {
        #[test]
        fn any_text_splits_or_says_why(text in "(\\+\\+\\+|---|\n|a = 1|é|\u{feff}){0,12}") {
            if let Ok(split) = split(&"f".into(), &text) {
                proptest::prop_assert!(text.is_char_boundary(split.body));
            }
        }
    }
}
