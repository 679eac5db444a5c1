//! Words of the interface, and sentences filled with names and numbers.

use super::Pages;

impl Pages<'_> {
    pub(super) fn word(&self, key: &str) -> String {
        self.theme.words.get(key).cloned().unwrap_or_default()
    }

    /// A sentence about so many papers of a name; there is one for a single paper.
    pub(super) fn describe(&self, key: &str, count: usize, name: &str) -> String {
        let key = if count == 1 {
            format!("{key}_one")
        } else {
            key.to_owned()
        };
        filled(
            &self.word(&key),
            count,
            &[("{name}", name), ("{site}", &self.settings.title)],
        )
    }
}

/// A pattern of the interface with its number and its other fields. What fills
/// one field is never read as another.
pub(super) fn filled(pattern: &str, count: usize, fields: &[(&str, &str)]) -> String {
    let count = crate::diagnostics::thousands(count);
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let all = fields.iter().copied().chain([("{n}", count.as_str())]);
        let field = all.into_iter().find(|(name, _)| from.starts_with(name));
        let (name, value) = field.unwrap_or(("{", "{"));
        out.push_str(value);
        rest = &from[name.len()..];
    }
    out.push_str(rest);
    out.trim_end_matches([':', ' ']).to_owned()
}
