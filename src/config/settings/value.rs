//! Checks on values that go beyond their type, and the messages for values that
//! fail.

use crate::config::fields::Fields;
use crate::config::node::Node;
use crate::diagnostics::{Diagnostic, nearest};

/// Normalises a site's URL, adding a final `/`. `None` if it is not a valid URL.
/// Empty stays empty.
pub fn base_url(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() {
        return Some(String::new());
    }
    let url = url::Url::parse(text).ok()?;
    let fits = matches!(url.scheme(), "http" | "https")
        && url.host_str().is_some()
        // The URL is published, so it must not contain a password.
        && url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    fits.then(|| format!("{}/", url.as_str().trim_end_matches('/')))
}

/// Whether a text looks like a BCP 47 language tag: parts of letters and digits,
/// the first of two or three letters.
pub(super) fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}

/// Reads a list in which each word has to be a known one.
pub(super) fn known_words(
    fields: &Fields<'_, '_>,
    key: &'static str,
    known: &[&'static str],
) -> Option<Vec<String>> {
    let words = fields.strings(key)?;
    for word in &words {
        if !known.contains(&word.as_str()) {
            let help = match nearest(word, known.iter().copied()) {
                Some(name) => format!(
                    "did you mean `{name}`? The choices are {}",
                    known.join(", ")
                ),
                None => format!("known are {}", known.join(", ")),
            };
            fault(
                fields,
                key,
                format!("`{word}` is not one of the choices"),
                &help,
            );
        }
    }
    Some(words)
}

/// Sets a value if the key is present.
pub(super) fn set<T>(slot: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *slot = value;
    }
}

/// Like [`set`], for a number whose bounds have been checked.
pub(super) fn set_size(slot: &mut usize, value: Option<i64>) {
    set(slot, value.and_then(|n| usize::try_from(n).ok()));
}

/// Reports the value of a key.
pub(super) fn fault(fields: &Fields<'_, '_>, key: &'static str, message: String, help: &str) {
    fields.document().report(
        Diagnostic::error("bad-value", message)
            .field(key)
            .help(help),
        fields.span(key),
    );
}

/// Reports a value, whatever its key.
pub(super) fn fault_at(fields: &Fields<'_, '_>, node: &Node, message: String) {
    fields
        .document()
        .report(Diagnostic::error("bad-value", message), node.span.clone());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_a_tag() {
        for good in ["en", "de-AT", "zh-Hant-TW", "haw"] {
            assert!(is_language(good), "{good}");
        }
        for bad in ["", "4", "xx-!", "english", "en_US", "en-", "-en"] {
            assert!(!is_language(bad), "{bad}");
        }
    }

    #[test]
    fn a_base_url_has_one_form() {
        for (text, want) in [
            ("https://a.org", Some("https://a.org/")),
            ("https://a.org/repo", Some("https://a.org/repo/")),
            ("https://a.org/repo//", Some("https://a.org/repo/")),
            ("", Some("")),
            ("a.org", None),
            ("ftp://a.org", None),
            ("https://a.org/?x", None),
            ("https://user:secret@a.org/", None),
            ("https://user@a.org/", None),
        ] {
            assert_eq!(base_url(text).as_deref(), want, "{text}");
        }
    }
}
