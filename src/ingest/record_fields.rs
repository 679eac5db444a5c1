//! The values of a record while a reader collects them. Missing values are left
//! out.

use serde_json::Value;

use super::named::Members;

/// Values by field name, in the order found.
#[derive(Debug, Default)]
pub(super) struct RecordFields(pub(super) Members);

impl RecordFields {
    pub(super) fn put(&mut self, field: &str, value: Option<String>) {
        if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            self.0.push((field.to_owned(), Value::from(value)));
        }
    }

    pub(super) fn put_list(&mut self, field: &str, values: Vec<Value>) {
        if !values.is_empty() {
            self.0.push((field.to_owned(), Value::Array(values)));
        }
    }

    /// Joins a first and a last page.
    pub(super) fn put_pages(&mut self, first: Option<String>, last: Option<String>) {
        self.put(
            "pages",
            match (first, last) {
                (Some(first), Some(last)) if first != last && !first.contains(['-', '–']) => {
                    Some(format!("{first}–{last}"))
                }
                (first, _) => first,
            },
        );
    }
}
