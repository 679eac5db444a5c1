//! The fields of a digest's page, as values that can be compared, fingerprinted and
//! written.

use crate::model::Digest;

use super::field::{FieldName, FieldValue};

/// All fields of a digest, in page order.
pub(super) fn of_digest(digest: &Digest) -> Vec<(FieldName, FieldValue)> {
    let mut fields = Vec::new();
    let mut text = |name: &'static str, value: &Option<String>| {
        if let Some(value) = value {
            fields.push((FieldName::from(name), FieldValue::Text(value.clone())));
        }
    };
    text("title", &digest.title);
    if let Some(date) = digest.date {
        fields.push(("date".into(), FieldValue::Date(date)));
    }
    let mut text = |name: &'static str, value: &Option<String>| {
        if let Some(value) = value {
            fields.push((FieldName::from(name), FieldValue::Text(value.clone())));
        }
    };
    text("curator", &digest.curator);
    text("source", &digest.source);
    text("format", &digest.format);
    text("blake3", &digest.blake3);
    let papers = digest.papers.iter().map(ToString::to_string).collect();
    fields.push(("papers".into(), FieldValue::Words(papers)));
    fields
}

/// One field of a digest.
pub(super) fn get(digest: &Digest, name: &str) -> Option<FieldValue> {
    of_digest(digest)
        .into_iter()
        .find(|(n, _)| n == name)
        .map(|(_, value)| value)
}

/// Sets a field.
pub(super) fn set(digest: &mut Digest, name: &str, value: FieldValue) {
    match (name, value) {
        ("title", FieldValue::Text(text)) => digest.title = Some(text),
        ("date", FieldValue::Date(day)) => digest.date = Some(day),
        ("curator", FieldValue::Text(text)) => digest.curator = Some(text),
        ("source", FieldValue::Text(text)) => digest.source = Some(text),
        ("format", FieldValue::Text(text)) => digest.format = Some(text),
        ("blake3", FieldValue::Text(text)) => digest.blake3 = Some(text),
        _ => {}
    }
}
