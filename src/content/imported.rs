//! Provenance: which source wrote a field of a page, and what it wrote, so that
//! a later import can tell a person's edit from its own work.

use std::collections::BTreeMap;

use crate::config::{Fields, Value};
use crate::model::{DigestId, Source};

use super::field::{FieldName, FieldValue};

/// The `[imported]` table of a page.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Imported(pub(super) BTreeMap<FieldName, Provenance>);

/// Where one field's value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Provenance {
    pub(super) source: Source,
    /// The fingerprint of what was written.
    pub(super) hash: String,
    /// The digest that said it. `None` stands for the newest digest that lists
    /// the paper, and is written as nothing at all: a page then names a digest
    /// only where a newer one was silent about that field.
    pub(super) digest: Option<DigestId>,
}

impl Provenance {
    /// Reads `source hash` or `source hash digest`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let source = Source::named(words.next()?);
        let hash = words.next()?.to_owned();
        let digest = words.next().and_then(|word| DigestId::parse(word).ok());
        Some(Self {
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

/// Who a field's present value belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner<'a> {
    /// Nobody has said anything yet.
    Nobody,
    /// A source wrote it and nobody has touched it since.
    Source(&'a Provenance),
    /// A person wrote it, changed it or took it away.
    Person,
}

impl Imported {
    /// Reads the table. What is not as it was written counts as not there.
    pub(super) fn read(fields: &Fields<'_, '_>) -> Self {
        let mut imported = Self::default();
        let Some(node) = fields.node("imported") else {
            return imported;
        };
        let Value::Table(entries) = &node.value else {
            return imported;
        };
        for (key, value) in entries {
            match &value.value {
                Value::String(text) => {
                    if let Some(provenance) = Provenance::parse(text) {
                        imported.0.insert(key.name.clone().into(), provenance);
                    }
                }
                Value::Table(inner) => {
                    for (sub, value) in inner {
                        if let Value::String(text) = &value.value
                            && let Some(provenance) = Provenance::parse(text)
                        {
                            imported
                                .0
                                .insert(format!("{}.{}", key.name, sub.name).into(), provenance);
                        }
                    }
                }
                _ => {}
            }
        }
        imported
    }

    /// Who a field belongs to, given its present value.
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
