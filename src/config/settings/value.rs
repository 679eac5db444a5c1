//! Values: which a setting can have beyond its type, and what is said of one
//! that it cannot.

use crate::config::fields::Fields;
use crate::config::node::Node;
use crate::diagnostics::{Diagnostic, nearest};

/// The address of a site with `/` at its end; `None` where it is no address.
/// Empty stays empty.
pub fn base_url(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() {
        return Some(String::new());
    }
    let url = url::Url::parse(text).ok()?;
    let fits = matches!(url.scheme(), "http" | "https")
        && url.host_str().is_some()
        // It is published: nobody wants their password there.
        && url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    fits.then(|| format!("{}/", url.as_str().trim_end_matches('/')))
}

/// Whether a text has the form of a language tag (BCP 47): parts of letters and
/// digits, the first of two or three letters.
pub(super) fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}

/// The words of a list, of which each has to be a known one.
pub(super) fn known_words(
    fields: &Fields<'_, '_>,
    key: &'static str,
    known: &[&'static str],
) -> Option<Vec<String>> {
    let words = fields.strings(key)?;
    for word in &words {
        if !known.contains(&word.as_str()) {
            let help = match nearest(word, known.iter().copied()) {
                Some(name) => format!("did you mean `{name}`? known are {}", known.join(", ")),
                None => format!("known are {}", known.join(", ")),
            };
            fault(fields, key, format!("`{word}` is not known here"), &help);
        }
    }
    Some(words)
}

/// Sets what a key says; where it says nothing, the default stays.
pub(super) fn set<T>(slot: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *slot = value;
    }
}

/// As [`set`], for a number whose bounds have been checked.
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

/// Reports a value whose key can be any.
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
