//! Nodes: values of a TOML or YAML document with their positions, so that messages
//! can point at them.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

/// A key and its position, in bytes of the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    /// The key.
    pub name: String,
    /// Its position.
    pub span: Range<usize>,
}

/// A value and its position, in bytes of the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Its position.
    pub span: Range<usize>,
}

/// A value of a document, whether TOML or YAML.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text.
    String(String),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Float(f64),
    /// True or false.
    Bool(bool),
    /// A date or date-time, as written.
    Date(String),
    /// A list.
    Array(Vec<Node>),
    /// Keys with their values, in document order.
    Table(Vec<(Key, Node)>),
    /// YAML's null.
    Null,
}

impl Value {
    /// The name of this type in messages.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::String(_) => "a text",
            Self::Integer(_) => "a whole number",
            Self::Float(_) => "a number",
            Self::Bool(_) => "true or false",
            Self::Date(_) => "a date",
            Self::Array(_) => "a list",
            Self::Table(_) => "a table",
            Self::Null => "nothing",
        }
    }
}

impl Node {
    /// Converts from the TOML parser's values. `base` is added to all spans.
    pub fn from_toml(table: &DeTable<'_>, span: Range<usize>, base: usize) -> Self {
        let entries = table
            .iter()
            .map(|(key, value)| {
                let span = key.span();
                let key = Key {
                    name: key.get_ref().to_string(),
                    span: span.start + base..span.end + base,
                };
                (
                    key,
                    Self::from_toml_value(value.get_ref(), value.span(), base),
                )
            })
            .collect();
        Self {
            value: Value::Table(entries),
            span: span.start + base..span.end + base,
        }
    }

    fn from_toml_value(value: &DeValue<'_>, span: Range<usize>, base: usize) -> Self {
        let value = match value {
            DeValue::String(text) => Value::String(text.to_string()),
            DeValue::Integer(n) => match i64::from_str_radix(n.as_str(), n.radix()) {
                Ok(n) => Value::Integer(n),
                Err(_) => Value::String(n.as_str().to_owned()),
            },
            DeValue::Float(n) => n
                .as_str()
                .parse()
                .map_or_else(|_| Value::String(n.as_str().to_owned()), Value::Float),
            DeValue::Boolean(b) => Value::Bool(*b),
            DeValue::Datetime(date) => Value::Date(date.to_string()),
            DeValue::Array(items) => Value::Array(
                items
                    .iter()
                    .map(|item| Self::from_toml_value(item.get_ref(), item.span(), base))
                    .collect(),
            ),
            DeValue::Table(table) => return Self::from_toml(table, span, base),
        };
        Self {
            value,
            span: span.start + base..span.end + base,
        }
    }

    /// Converts from the YAML parser's values. The parser gives no spans, so each
    /// value is placed at the line of its top-level key.
    pub fn from_yaml(value: &serde_json::Value, source: &str, base: usize) -> Self {
        let span = base..base + source.len();
        let serde_json::Value::Object(map) = value else {
            return Self::from_json(value, span);
        };
        let entries = map
            .iter()
            .map(|(name, value)| {
                let at = yaml_key(source, name).map_or(base, |at| at + base);
                let key = Key {
                    name: name.clone(),
                    span: at..at + name.len(),
                };
                let end = source[at - base..]
                    .find('\n')
                    .map_or(base + source.len(), |n| at + n);
                (key, Self::from_json(value, (at + name.len()).min(end)..end))
            })
            .collect();
        Self {
            value: Value::Table(entries),
            span,
        }
    }

    fn from_json(value: &serde_json::Value, span: Range<usize>) -> Self {
        let value = match value {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(b) => Value::Bool(*b),
            serde_json::Value::Number(n) => match n.as_i64() {
                Some(n) => Value::Integer(n),
                None => Value::Float(n.as_f64().unwrap_or(f64::NAN)),
            },
            serde_json::Value::String(text) => Value::String(text.clone()),
            serde_json::Value::Array(items) => Value::Array(
                items
                    .iter()
                    .map(|item| Self::from_json(item, span.clone()))
                    .collect(),
            ),
            serde_json::Value::Object(map) => Value::Table(
                map.iter()
                    .map(|(name, value)| {
                        let key = Key {
                            name: name.clone(),
                            span: span.clone(),
                        };
                        (key, Self::from_json(value, span.clone()))
                    })
                    .collect(),
            ),
        };
        Self { value, span }
    }
}

/// Where a top-level key of a YAML document begins.
fn yaml_key(source: &str, name: &str) -> Option<usize> {
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let bare = line.trim_start_matches(['"', '\'']);
        if bare
            .strip_prefix(name)
            .is_some_and(|rest| rest.trim_start_matches(['"', '\'', ' ']).starts_with(':'))
        {
            return Some(at + line.len() - bare.len());
        }
        at += line.len();
    }
    None
}
