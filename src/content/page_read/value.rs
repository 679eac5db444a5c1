//! Reads front-matter values: lines of text and slugs.

use crate::config::Fields;
use crate::diagnostics::Diagnostic;
use crate::model::Slug;
use crate::text::clean_line;

/// A one-line text. `None` if empty.
pub(super) fn line(fields: &Fields<'_, '_>, key: &'static str) -> Option<String> {
    fields
        .string(key)
        .map(|text| clean_line(&text))
        .filter(|text| !text.is_empty())
}

/// A list of one-line texts.
pub(super) fn lines(fields: &Fields<'_, '_>, key: &'static str) -> Vec<String> {
    let mut lines: Vec<String> = fields
        .strings(key)
        .unwrap_or_default()
        .iter()
        .map(|text| clean_line(text))
        .collect();
    lines.retain(|line| !line.is_empty());
    lines
}

/// The slugs in a list, without invalid ones.
pub(super) fn slugs(fields: &Fields<'_, '_>, key: &'static str) -> Option<Vec<Slug>> {
    let texts = fields.strings(key)?;
    Some(
        texts
            .iter()
            .filter_map(|text| slug(fields, key, text))
            .collect(),
    )
}

/// The slug in a key.
pub(super) fn slug(fields: &Fields<'_, '_>, key: &'static str, text: &str) -> Option<Slug> {
    match Slug::parse(text) {
        Ok(slug) => Some(slug),
        Err(error) => {
            let message = format!("`{}` is not a valid page name: {error}", clean_line(text));
            fields.document().report(
                Diagnostic::error("bad-slug", message).field(key),
                fields.span(key),
            );
            None
        }
    }
}
