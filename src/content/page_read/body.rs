//! The body of a paper's page: the abstract, a line that ends it, and a person's
//! notes.

use crate::content::field::BODY;
use crate::content::imported::Imported;
use crate::text::clean;

/// The line that ends the abstract. What follows belongs to people.
pub(in crate::content) const NOTES: &str = "<!-- notes -->";

/// Splits a body into abstract and notes.
///
/// A page without that line may still have notes: if the start of the body, up to a
/// blank line, is what import wrote, a person added the rest.
pub(super) fn split<'b>(body: &'b str, imported: &Imported) -> (&'b str, &'b str) {
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        if is_mark(line) {
            return (&body[..at], &body[at + line.len()..]);
        }
        at += line.len();
    }
    match imported.0.get(BODY) {
        Some(provenance) => body.split_at(end_of(body, &provenance.hash).unwrap_or(body.len())),
        None => (body, ""),
    }
}

/// Removes lines from a source's abstract that would end it.
pub(in crate::content) fn without_marks(text: &str) -> String {
    let cleaned = clean(text);
    if !cleaned.lines().any(is_mark) {
        return cleaned.trim().to_owned();
    }
    let lines: Vec<&str> = cleaned.lines().filter(|line| !is_mark(line)).collect();
    lines.join("\n").trim().to_owned()
}

/// Whether a line ends the abstract. People spell the comment in several ways.
fn is_mark(line: &str) -> bool {
    let inner = line
        .trim_end()
        .strip_prefix("<!--")
        .and_then(|rest| rest.strip_suffix("-->"));
    inner.is_some_and(|inner| inner.trim().eq_ignore_ascii_case("notes"))
}

/// Where the text with a fingerprint ends: before a blank line, or at the end.
fn end_of(body: &str, fingerprint: &str) -> Option<usize> {
    let mut hasher = blake3::Hasher::new();
    // White space only counts if text follows.
    let mut space = String::new();
    let mut has_begun = false;
    let mut at = 0;
    let mut lines = body.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        at += line.len();
        let cleaned = clean(line);
        let text = cleaned.trim_end();
        let rest = cleaned[text.len()..].to_owned();
        if text.is_empty() {
            space.push_str(&rest);
            continue;
        }
        if has_begun {
            hasher.update(space.as_bytes());
        }
        hasher.update(if has_begun { text } else { text.trim_start() }.as_bytes());
        has_begun = true;
        space = rest;
        let is_last = lines.peek().is_none_or(|next| next.trim().is_empty());
        if is_last && hasher.finalize().to_hex().starts_with(fingerprint) {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::field::FieldValue;

    #[test]
    fn what_stands_below_an_imported_abstract_is_found() {
        for (written, body, want) in [
            ("One.", "One.\n\nMine.\n", "Mine."),
            (
                "One.\n\nTwo.",
                "One.\n\nTwo.\n\n| a |\n|---|\n\nMore.",
                "| a |\n|---|\n\nMore.",
            ),
            ("One.", "\nOne.\r\n \r\nMine.\r\n", "Mine."),
            ("One.", "One.\n", ""),
            ("One.", "One, changed.\n\nMine.\n", ""),
            ("One.", "One.\nGoes on.\n\nMine.\n", ""),
        ] {
            let hash = FieldValue::Text(written.to_owned()).fingerprint();
            let end = end_of(body, &hash);
            let notes = end.map_or("", |end| body[end..].trim());
            assert_eq!(notes.replace("\r\n", "\n"), want, "{body:?}");
        }
    }

    #[test]
    fn the_line_that_ends_an_abstract_is_no_part_of_one() {
        for text in ["A.\n<!-- notes -->\nB.", "A.\n<!--Notes-->\t\nB."] {
            assert_eq!(without_marks(text), "A.\nB.");
        }
        assert_eq!(without_marks("<!-- notes -->\n"), "");
        assert_eq!(without_marks(" A <!-- notes -->"), "A <!-- notes -->");
    }
}
