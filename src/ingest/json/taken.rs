//! Takes a service's object apart. Readers take the values they know; what is left
//! is reported as unknown.

use serde_json::{Map, Value};

use super::super::named::Members;
use super::super::value;

/// An object being taken apart.
#[derive(Debug)]
pub(super) struct Taken {
    left: Map<String, Value>,
    members: Members,
    /// The prefix of nested keys in messages, for example `paper.`.
    prefix: &'static str,
    unknown: Vec<String>,
}

impl Taken {
    pub(super) fn new(members: Members) -> Self {
        Self {
            left: members.into_iter().rev().collect(),
            members: Vec::new(),
            prefix: "",
            unknown: Vec::new(),
        }
    }

    /// Takes a key's value, marking the key as known.
    pub(super) fn take(&mut self, key: &str) -> Option<Value> {
        self.left
            .shift_remove(key)
            .filter(|value| !value::is_absent(value))
    }

    /// Takes a one-line text.
    pub(super) fn line(&mut self, key: &str) -> Option<String> {
        self.take(key).and_then(|value| value::line(&value))
    }

    /// Assigns a key's value to a field, named in the usual way.
    pub(super) fn give(&mut self, key: &str, field: &str) {
        if let Some(value) = self.take(key) {
            self.put(field, value);
        }
    }

    /// Assigns a value, if there is one, to a field.
    pub(super) fn put(&mut self, field: &str, value: impl Into<Option<Value>>) {
        if let Some(value) = value.into() {
            self.members.push((field.to_owned(), value));
        }
    }

    /// Marks keys as known and unneeded.
    pub(super) fn ignore(&mut self, keys: &[&str]) {
        for key in keys {
            self.left.shift_remove(*key);
        }
    }

    /// Continues within a nested object. Whatever is left outside it is irrelevant
    /// wrapping or not understood.
    pub(super) fn enter(&mut self, key: &str, prefix: &'static str) {
        if let Some(Value::Object(inner)) = self.left.shift_remove(key) {
            self.note_left();
            self.left = inner;
            self.prefix = prefix;
        }
    }

    fn note_left(&mut self) {
        let left = std::mem::take(&mut self.left);
        let present = left
            .into_iter()
            .filter(|(_, value)| !value::is_absent(value));
        self.unknown
            .extend(present.map(|(key, _)| format!("{}{key}", self.prefix)));
    }

    /// The values assigned to fields, and the names of those left over.
    pub(super) fn finish(mut self) -> (Members, Vec<String>) {
        self.note_left();
        (self.members, self.unknown)
    }
}

/// The value at a path of keys and indices.
pub(super) fn at<'a>(value: &'a Value, path: &[&str]) -> Option<&'a Value> {
    path.iter()
        .try_fold(value, |value, key| match key.parse::<usize>() {
            Ok(n) if value.is_array() => value.get(n),
            _ => value.get(key),
        })
        .filter(|value| !value::is_absent(value))
}
