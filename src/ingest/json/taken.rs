//! Taking: a service's object, from which its reader takes what it knows. What
//! is left is what nobody understands.

use serde_json::{Map, Value};

use super::super::named::Members;
use super::super::value;

/// An object that is being taken apart.
#[derive(Debug)]
pub(super) struct Taken {
    left: Map<String, Value>,
    members: Members,
    /// What the keys within an object are called in messages: `paper.`.
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

    /// The value of a key, which counts as understood.
    pub(super) fn take(&mut self, key: &str) -> Option<Value> {
        self.left
            .shift_remove(key)
            .filter(|value| !value::is_absent(value))
    }

    /// A text of one line.
    pub(super) fn line(&mut self, key: &str) -> Option<String> {
        self.take(key).and_then(|value| value::line(&value))
    }

    /// Gives the value of a key to a field under the name that it usually has.
    pub(super) fn give(&mut self, key: &str, field: &str) {
        if let Some(value) = self.take(key) {
            self.put(field, value);
        }
    }

    /// Gives a value to a field, where there is one.
    pub(super) fn put(&mut self, field: &str, value: impl Into<Option<Value>>) {
        if let Some(value) = value.into() {
            self.members.push((field.to_owned(), value));
        }
    }

    /// Keys that are understood and not needed.
    pub(super) fn ignore(&mut self, keys: &[&str]) {
        for key in keys {
            self.left.shift_remove(*key);
        }
    }

    /// Goes on within an object that a key holds: what is left outside of it is
    /// the wrapping of no interest or not understood.
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

    /// What was given to fields, and the names of what nobody took.
    pub(super) fn finish(mut self) -> (Members, Vec<String>) {
        self.note_left();
        (self.members, self.unknown)
    }
}

/// The value at a path of keys and positions within a value.
pub(super) fn at<'a>(value: &'a Value, path: &[&str]) -> Option<&'a Value> {
    path.iter()
        .try_fold(value, |value, key| match key.parse::<usize>() {
            Ok(n) if value.is_array() => value.get(n),
            _ => value.get(key),
        })
        .filter(|value| !value::is_absent(value))
}
