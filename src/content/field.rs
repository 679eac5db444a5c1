//! Field values on a paper's page: how TOML spells them, and the fingerprints that
//! reveal edits.

use toml_edit::{Array, InlineTable};

use super::page_read::without_marks;
use crate::model::schema::{self, Merge};
use crate::model::{Author, Paper, People, Record};

pub(super) use crate::model::schema::{BODY, FieldName, FieldValue};

/// The length of a fingerprint, in hex digits.
pub(super) const FINGERPRINT: usize = 6;

impl FieldValue {
    /// The value in TOML.
    pub(in crate::content) fn to_toml(&self) -> toml_edit::Value {
        match self {
            Self::Text(text) => text.as_str().into(),
            Self::Words(words) => Array::from_iter(words.iter().map(String::as_str)).into(),
            Self::People(people) => {
                let others = people.others.then(|| People::OTHERS.into());
                Array::from_iter(people.iter().map(author_to_toml).chain(others)).into()
            }
            Self::Date(day) => date_to_toml(&day.to_string()),
            Self::Day(day) => match day.date() {
                Some(_) => date_to_toml(&day.to_string()),
                None => day.to_string().into(),
            },
            Self::Kind(kind) => kind.key().into(),
            Self::Free(value) => free_to_toml(value),
            Self::Number(number) => (*number).into(),
            Self::Flag(flag) => (*flag).into(),
        }
    }

    /// A short hash that reveals whether somebody changed the value.
    pub(in crate::content) fn fingerprint(&self) -> String {
        let text = match self {
            Self::Text(text) => text.clone(),
            other => other.to_toml().to_string(),
        };
        let mut hash = blake3::hash(text.as_bytes()).to_hex().to_string();
        hash.truncate(FINGERPRINT);
        hash
    }
}

fn date_to_toml(day: &str) -> toml_edit::Value {
    day.parse().unwrap_or_else(|_| day.into())
}

/// JSON's `null` has no counterpart in TOML and is left out.
fn free_to_toml(value: &serde_json::Value) -> toml_edit::Value {
    use serde_json::Value;
    match value {
        Value::Null => "".into(),
        Value::Bool(flag) => (*flag).into(),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(number), _) => number.into(),
            (None, Some(number)) => number.into(),
            (None, None) => number.to_string().into(),
        },
        Value::String(text) => text.as_str().into(),
        Value::Array(items) => {
            let items = items.iter().filter(|item| !item.is_null());
            Array::from_iter(items.map(free_to_toml)).into()
        }
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(_, value)| !value.is_null());
            InlineTable::from_iter(fields.map(|(key, value)| (key, free_to_toml(value)))).into()
        }
    }
}

fn author_to_toml(author: &Author) -> toml_edit::Value {
    if author.is_plain() {
        return author.name.as_str().into();
    }
    let name = &author.name;
    let mut table = InlineTable::new();
    if name.is_plain() {
        table.insert("name", name.as_str().into());
    } else if name.is_literal() {
        table.insert("literal", name.as_str().into());
    } else {
        for (key, part) in [
            ("family", name.family()),
            ("given", name.given()),
            ("particle", name.particle()),
            ("suffix", name.suffix()),
        ] {
            if !part.is_empty() {
                table.insert(key, part.into());
            }
        }
    }
    if let Some(orcid) = &author.orcid {
        table.insert("orcid", orcid.as_str().into());
    }
    if let Some(affiliation) = &author.affiliation {
        table.insert("affiliation", affiliation.as_str().into());
    }
    table.into()
}

/// The fields that a source can state and a person can change. Identifiers, digests
/// and the listing date are collected rather than replaced; the merge handles them
/// separately.
pub(super) fn of_record(record: &Record) -> Vec<(FieldName, FieldValue)> {
    let mut values = schema::values(&record.facts);
    values.retain_mut(|(name, value)| {
        if let FieldValue::Text(text) = value
            && name == BODY
        {
            *text = without_marks(text);
        }
        let is_said = !matches!(value, FieldValue::Text(text) if text.is_empty());
        is_said && merge_of(name) == Merge::Best
    });
    values
}

/// How values of a field are combined.
pub(super) fn merge_of(name: &str) -> Merge {
    schema::field(name).map_or(Merge::People, |field| field.merge)
}

/// All fields of a paper, in page order; the body comes last.
pub(super) fn of_paper(paper: &Paper) -> Vec<(FieldName, FieldValue)> {
    schema::values(&paper.facts)
}

/// One field of a paper.
pub(super) fn get(paper: &Paper, name: &str) -> Option<FieldValue> {
    schema::get(&paper.facts, name)
}

/// Sets a field of a paper.
pub(super) fn set(paper: &mut Paper, name: &str, value: FieldValue) {
    schema::set(&mut paper.facts, name, value);
}
