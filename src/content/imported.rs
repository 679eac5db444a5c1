//! Provenance: records which source wrote a field and what it wrote, so that later
//! imports can recognise people's edits.

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut, Range};
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::config::{Fields, Value};
use crate::diagnostics::{Diagnostic, nearest};
use crate::model::{DigestId, Source};

use super::field::{FINGERPRINT, FieldName, FieldValue};

/// The `[imported]` table of a page.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(super) struct Imported(pub(super) Rows);

/// The rows of the table. Only imports need them, so rows from the cache are parsed
/// on demand.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub(super) struct Rows {
    kept: String,
    read: OnceLock<BTreeMap<FieldName, Provenance>>,
}

impl From<Rows> for String {
    fn from(rows: Rows) -> Self {
        if rows.read.get().is_none() {
            return rows.kept;
        }
        let texts = rows.iter();
        let texts: Vec<(&str, String)> = texts
            .map(|(name, provenance)| (&**name, provenance.to_string()))
            .collect();
        serde_json::to_string(&texts).expect("pairs of texts are JSON")
    }
}

impl From<String> for Rows {
    fn from(kept: String) -> Self {
        Self {
            kept,
            read: OnceLock::new(),
        }
    }
}

impl Deref for Rows {
    type Target = BTreeMap<FieldName, Provenance>;

    fn deref(&self) -> &Self::Target {
        self.read.get_or_init(|| {
            let kept: Vec<(String, String)> = serde_json::from_str(&self.kept).unwrap_or_default();
            kept.into_iter()
                .filter_map(|(name, text)| Some((FieldName::from(name), Provenance::parse(&text)?)))
                .collect()
        })
    }
}

impl DerefMut for Rows {
    fn deref_mut(&mut self) -> &mut Self::Target {
        let _ = &**self;
        self.read.get_mut().expect("they were just read")
    }
}

impl PartialEq for Rows {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

/// Where one field's value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Provenance {
    pub(super) source: Source,
    /// The fingerprint of what was written.
    pub(super) hash: String,
    /// The digest that stated it. `None` means the newest digest that lists the
    /// paper and is not written out; a page names a digest only if newer ones do
    /// not state the field.
    pub(super) digest: Option<DigestId>,
}

impl Provenance {
    /// Parses `source hash` or `source hash digest`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let source = Source::named(words.next()?);
        let hash = words.next().filter(|word| is_fingerprint(word))?.to_owned();
        let digest = match words.next() {
            Some(word) => Some(DigestId::parse(word).ok()?),
            None => None,
        };
        words.next().is_none().then_some(Self {
            source,
            hash,
            digest,
        })
    }
}

impl std::fmt::Display for Provenance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.source, self.hash)?;
        match &self.digest {
            Some(digest) => write!(f, " {digest}"),
            None => Ok(()),
        }
    }
}

fn is_fingerprint(word: &str) -> bool {
    word.len() == FINGERPRINT && word.bytes().all(|b| b.is_ascii_hexdigit())
}

/// Who owns a field's current value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner<'a> {
    /// No value yet.
    Nobody,
    /// A source wrote it and nobody changed it.
    Source(&'a Provenance),
    /// A person wrote, changed or deleted it.
    Person,
}

impl Imported {
    /// Reads the table, after all other keys of the page. Entries that are not
    /// fingerprints are keys that a person added below the line `[imported]`, where
    /// they have no effect; they are reported as errors.
    pub(super) fn read(fields: &Fields<'_, '_>) -> Self {
        let mut imported = Self::default();
        let Some(table) = fields.table("imported") else {
            return imported;
        };
        for (key, node) in table.entries() {
            match &node.value {
                Value::Table(inner) => {
                    for (sub, node) in inner {
                        let name = format!("{}.{}", key.name, sub.name);
                        // Underline both parts if they are next to each other.
                        let is_beside = sub.span.start.saturating_sub(key.span.end) <= 2;
                        let start = if is_beside { &key.span } else { &sub.span }.start;
                        imported.take(fields, name, start..sub.span.end, &node.value);
                    }
                }
                value => imported.take(fields, key.name.clone(), key.span.clone(), value),
            }
        }
        imported
    }

    fn take(&mut self, fields: &Fields<'_, '_>, name: String, span: Range<usize>, value: &Value) {
        let provenance = match value {
            Value::String(text) => Provenance::parse(text),
            _ => None,
        };
        if let Some(provenance) = provenance {
            self.0.insert(name.into(), provenance);
            return;
        }
        let known = fields.asked();
        let first = name.split('.').next().unwrap_or_default();
        let help = if known.contains(&first) {
            format!("move it above `[imported]`, to the page's own keys: `{name} = …`")
        } else if let Some(near) = nearest(first, known.iter().copied()) {
            format!("did you mean `{near}`? Move it above `[imported]`, to the page's own keys")
        } else {
            "`imported` only holds notes made by imports: remove the line, or move it above \
             `[imported]`"
                .to_owned()
        };
        fields.document().report(
            Diagnostic::error(
                "misplaced-key",
                format!("`{name}` is in the table `imported`, where it has no effect"),
            )
            .field(name)
            .help(help),
            span,
        );
    }

    /// Notes that an imported value is now spelled differently.
    pub(super) fn respell(&mut self, name: &str, old: &FieldValue, new: &FieldValue) {
        if let Some(provenance) = self.0.get_mut(name)
            && provenance.hash == old.fingerprint()
        {
            provenance.hash = new.fingerprint();
        }
    }

    /// Who owns a field with this value.
    pub(super) fn owner(&self, name: &str, value: Option<&FieldValue>) -> Owner<'_> {
        match (self.0.get(name), value) {
            (None, None) => Owner::Nobody,
            (None, Some(_)) | (Some(_), None) => Owner::Person,
            (Some(provenance), Some(value)) if value.fingerprint() == provenance.hash => {
                Owner::Source(provenance)
            }
            (Some(_), Some(_)) => Owner::Person,
        }
    }
}
