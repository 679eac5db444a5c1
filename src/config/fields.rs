//! Fields: reads a table of settings or front matter key by key. All faults are
//! collected with their places. A key that nobody asked for is reported, together
//! with the closest known key.

use std::cell::{OnceCell, RefCell};
use std::ops::Range;
use std::sync::Arc;

use toml::de::DeTable;

use crate::diagnostics::{Diagnostic, Diagnostics, LineIndex, Place, nearest, thousands};
use crate::model::Date;

use super::node::{Key, Node, Value};
use super::remedy::remedy;

/// The most syntax errors shown for one document. A line that is broken throughout
/// has one for each character.
const MAX_FAULTS: usize = 50;

/// A TOML or YAML document being read.
#[derive(Debug)]
pub struct Document<'s> {
    file: Arc<str>,
    source: &'s str,
    root: Node,
    lines: OnceCell<LineIndex>,
    found: RefCell<Diagnostics>,
}

impl<'s> Document<'s> {
    /// Parses the `span` part of `source` as TOML. Syntax errors are collected; the
    /// rest can still be read.
    pub fn toml(file: impl Into<Arc<str>>, source: &'s str, span: Range<usize>) -> Self {
        let base = span.start;
        let (table, errors) = DeTable::parse_recoverable(&source[span]);
        let root = Node::from_toml(table.get_ref(), table.span(), base);
        let document = Self::new(file, source, root);
        let more = errors.len().saturating_sub(MAX_FAULTS);
        for error in errors.into_iter().take(MAX_FAULTS) {
            let at = error.span().unwrap_or(0..0);
            document.report(
                Diagnostic::error("toml", error.message().trim().replace('\n', ", "))
                    .help(remedy(source, base..at.start + base)),
                at.start + base..at.end + base,
            );
        }
        if more > 0 {
            document.report(
                Diagnostic::error("toml", format!("{} more syntax errors", thousands(more)))
                    .help("correct the first ones; most of the others follow from them"),
                base..base,
            );
        }
        document
    }

    /// Parses the `span` part of `source` as YAML.
    pub fn yaml(file: impl Into<Arc<str>>, source: &'s str, span: Range<usize>) -> Self {
        let base = span.start;
        let text = &source[span.clone()];
        let empty = serde_json::Value::Object(serde_json::Map::new());
        let (value, error) = match serde_saphyr::from_str::<serde_json::Value>(text) {
            Ok(serde_json::Value::Null) => (empty, None),
            Ok(value) if value.is_object() => (value, None),
            Ok(_) => (
                empty,
                Some((
                    "front matter must be a table of keys and values".to_owned(),
                    base,
                )),
            ),
            Err(error) => {
                let mut message = error.to_string();
                message.truncate(message.find('\n').unwrap_or(message.len()));
                let mut at = base;
                if let Some(location) = error.location() {
                    let (line, column) = (location.line(), location.column());
                    at += offset(text, line, column);
                    // The parser counts lines within the front matter; the page's
                    // lines differ.
                    let place = format!("error: line {line} column {column}: ");
                    message = message.replacen(&place, "", 1);
                }
                (empty, Some((message, at)))
            }
        };
        let document = Self::new(file, source, Node::from_yaml(&value, text, base));
        if let Some((message, at)) = error {
            document.report(
                Diagnostic::error("yaml", message).help(
                    "correct the YAML here, or write the front matter as TOML between `+++` \
                     lines",
                ),
                at..at,
            );
        }
        document
    }

    fn new(file: impl Into<Arc<str>>, source: &'s str, root: Node) -> Self {
        Self {
            file: file.into(),
            source,
            root,
            lines: OnceCell::new(),
            found: RefCell::default(),
        }
    }

    /// The document's top-level keys.
    pub fn fields(&self) -> Fields<'_, 's> {
        Fields::new(self, &self.root, String::new())
    }

    /// The place of a byte range of the source.
    pub fn place(&self, span: Range<usize>) -> Place {
        let lines = self.lines.get_or_init(|| LineIndex::new(self.source));
        lines.place(Arc::clone(&self.file), self.source, span)
    }

    /// Adds a diagnostic about a byte range of the source.
    pub fn report(&self, diagnostic: Diagnostic, span: Range<usize>) {
        let diagnostic = diagnostic.at(self.place(span));
        self.found.borrow_mut().push(diagnostic);
    }

    /// All diagnostics collected.
    pub fn into_diagnostics(self) -> Diagnostics {
        self.found.into_inner()
    }
}

/// The byte offset of a line and column, both starting at 1.
fn offset(text: &str, line: impl TryInto<usize>, column: impl TryInto<usize>) -> usize {
    let line = line.try_into().unwrap_or(1).saturating_sub(1);
    let column = column.try_into().unwrap_or(1).saturating_sub(1);
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    let inner: usize = rest
        .chars()
        .take_while(|c| *c != '\n')
        .take(column)
        .map(char::len_utf8)
        .sum();
    (start + inner).min(text.len())
}

/// One table of a [`Document`].
#[derive(Debug)]
pub struct Fields<'d, 's> {
    document: &'d Document<'s>,
    node: &'d Node,
    /// What precedes the keys in messages, for example `site.`.
    prefix: String,
    asked: RefCell<Vec<&'static str>>,
}

impl<'d, 's> Fields<'d, 's> {
    fn new(document: &'d Document<'s>, node: &'d Node, prefix: String) -> Self {
        Self {
            document,
            node,
            prefix,
            asked: RefCell::default(),
        }
    }

    /// The entries of the table, in order.
    pub fn entries(&self) -> &'d [(Key, Node)] {
        match &self.node.value {
            Value::Table(entries) => entries,
            _ => &[],
        }
    }

    /// The value of a key, of any type.
    pub fn node(&self, key: &'static str) -> Option<&'d Node> {
        self.asked.borrow_mut().push(key);
        let (_, node) = self.entries().iter().find(|(k, _)| k.name == key)?;
        (node.value != Value::Null).then_some(node)
    }

    /// Where to point for a key: at its value, else at the key, else at the table.
    pub fn span(&self, key: &'static str) -> Range<usize> {
        if let Some(node) = self.node(key) {
            return node.span.clone();
        }
        let entry = self.entries().iter().find(|(k, _)| k.name == key);
        entry.map_or(self.node.span.clone(), |(k, _)| k.span.clone())
    }

    /// The keys that were asked for so far, which are the ones the table may have.
    pub fn asked(&self) -> Vec<&'static str> {
        self.asked.borrow().clone()
    }

    /// The document the table belongs to.
    pub fn document(&self) -> &'d Document<'s> {
        self.document
    }

    /// A text. Numbers are accepted too, since people write `volume = 12`.
    pub fn string(&self, key: &'static str) -> Option<String> {
        let node = self.node(key)?;
        match &node.value {
            Value::String(text) => Some(text.clone()),
            Value::Integer(n) => Some(n.to_string()),
            Value::Float(n) => Some(n.to_string()),
            Value::Date(date) => Some(date.clone()),
            _ => self.wrong(key, node, "a text"),
        }
    }

    /// True or false.
    pub fn bool(&self, key: &'static str) -> Option<bool> {
        let node = self.node(key)?;
        match node.value {
            Value::Bool(b) => Some(b),
            _ => self.wrong(key, node, "true or false"),
        }
    }

    /// An integer within bounds.
    pub fn integer(&self, key: &'static str, bounds: std::ops::RangeInclusive<i64>) -> Option<i64> {
        let node = self.node(key)?;
        let number = match &node.value {
            Value::Integer(n) => Some(*n),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        match number {
            Some(n) if bounds.contains(&n) => Some(n),
            Some(n) => {
                let message = format!(
                    "`{}{key}` is {n}, but must be between {} and {}",
                    self.prefix,
                    bounds.start(),
                    bounds.end()
                );
                self.document.report(
                    Diagnostic::error("out-of-bounds", message)
                        .field(key)
                        .help("write a number in this range, or remove the key"),
                    node.span.clone(),
                );
                None
            }
            None => self.wrong(key, node, "a whole number"),
        }
    }

    /// A finite number.
    pub fn float(&self, key: &'static str) -> Option<f64> {
        let node = self.node(key)?;
        match node.value {
            Value::Float(n) if n.is_finite() => Some(n),
            #[expect(clippy::cast_precision_loss, reason = "settings are small numbers")]
            Value::Integer(n) => Some(n as f64),
            _ => self.wrong(key, node, "a number"),
        }
    }

    /// A calendar day. The time of a date-time is ignored.
    pub fn date(&self, key: &'static str) -> Option<Date> {
        let node = self.node(key)?;
        let text = match &node.value {
            Value::Date(text) | Value::String(text) => text.as_str(),
            _ => return self.wrong(key, node, "a date such as 2025-03-14"),
        };
        let day = text.get(..10).unwrap_or(text);
        match day.parse::<Date>() {
            Ok(date) => Some(date),
            Err(_) => self.wrong(key, node, "a date such as 2025-03-14"),
        }
    }

    /// A list of texts. A single text counts as a list of one.
    pub fn strings(&self, key: &'static str) -> Option<Vec<String>> {
        let node = self.node(key)?;
        match &node.value {
            Value::String(text) => Some(vec![text.clone()]),
            Value::Array(items) => Some(
                items
                    .iter()
                    .filter_map(|item| match &item.value {
                        Value::String(text) => Some(text.clone()),
                        Value::Integer(n) => Some(n.to_string()),
                        Value::Date(date) => Some(date.clone()),
                        _ => self.wrong(key, item, "a text"),
                    })
                    .collect(),
            ),
            _ => self.wrong(key, node, "a list of texts"),
        }
    }

    /// One of several allowed words.
    pub fn choice<T: Copy>(&self, key: &'static str, choices: &[(&'static str, T)]) -> Option<T> {
        let text = self.string(key)?;
        if let Some((_, choice)) = choices.iter().find(|(name, _)| *name == text) {
            return Some(*choice);
        }
        let names: Vec<String> = choices
            .iter()
            .map(|(name, _)| format!("`{name}`"))
            .collect();
        let mut help = format!("it can be {}", names.join(", "));
        if let Some(name) = nearest(&text, choices.iter().map(|(name, _)| *name)) {
            help = format!("did you mean `{name}`? {help}");
        }
        self.document.report(
            Diagnostic::error(
                "unknown-value",
                format!("`{}{key}` cannot be `{text}`", self.prefix),
            )
            .field(key)
            .help(help),
            self.span(key),
        );
        None
    }

    /// A nested table.
    pub fn table(&self, key: &'static str) -> Option<Fields<'d, 's>> {
        let node = self.node(key)?;
        match node.value {
            Value::Table(_) => Some(Self::new(
                self.document,
                node,
                format!("{}{key}.", self.prefix),
            )),
            _ => self.wrong(key, node, "a table"),
        }
    }

    /// A list of tables.
    pub fn tables(&self, key: &'static str) -> Vec<Fields<'d, 's>> {
        let Some(node) = self.node(key) else {
            return Vec::new();
        };
        let Value::Array(items) = &node.value else {
            self.wrong::<()>(key, node, "a list of tables");
            return Vec::new();
        };
        items
            .iter()
            .filter_map(|item| match item.value {
                Value::Table(_) => Some(Self::new(
                    self.document,
                    item,
                    format!("{}{key}.", self.prefix),
                )),
                _ => self.wrong(key, item, "a table"),
            })
            .collect()
    }

    /// The table in this value, if it is one; for tables with free keys.
    pub fn of(&self, node: &'d Node, name: &str) -> Option<Fields<'d, 's>> {
        matches!(node.value, Value::Table(_))
            .then(|| Self::new(self.document, node, format!("{}{name}.", self.prefix)))
    }

    /// Reports each key that was not asked for.
    pub fn finish(self) {
        self.finish_but(|_| false);
    }

    /// Like [`Self::finish`], but accepts the keys that `is_free` allows.
    pub fn finish_but(self, is_free: impl Fn(&str) -> bool) {
        let asked = self.asked.borrow();
        for (key, _) in self.entries() {
            if asked.contains(&key.name.as_str()) || is_free(&key.name) {
                continue;
            }
            let mut known: Vec<&str> = asked.clone();
            known.sort_unstable();
            known.dedup();
            let help = match nearest(&key.name, known.iter().copied()) {
                Some(name) => format!("did you mean `{name}`?"),
                None => format!("known keys are {}", known.join(", ")),
            };
            self.document.report(
                Diagnostic::error(
                    "unknown-key",
                    format!("unknown key `{}{}`", self.prefix, key.name),
                )
                .field(key.name.clone())
                .help(help),
                key.span.clone(),
            );
        }
    }

    fn wrong<T>(&self, key: &'static str, node: &Node, wanted: &str) -> Option<T> {
        let message = format!(
            "`{}{key}` is {}, but must be {wanted}",
            self.prefix,
            node.value.kind()
        );
        let span = node.span.clone();
        self.document.report(
            Diagnostic::error("wrong-type", message)
                .field(key)
                .help(format!("write {wanted} here, or remove the key")),
            span,
        );
        None
    }
}
