//! A theme's manifest, `theme.toml`: what it builds on and which options it has.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::config::{Document, Fields, Key, Node, Value, is_theme_name};
use crate::diagnostics::{Diagnostic, Diagnostics};

use super::theme_files::{Asset, text_of};

/// What whole numbers an option can be where its theme does not say: those that
/// are exact in every program that reads them.
const WHOLE: RangeInclusive<i64> = -9_007_199_254_740_991..=9_007_199_254_740_991;

/// What `theme.toml` says.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    /// The theme it builds on.
    pub(super) extends: Option<String>,
    /// Its options by name.
    pub(super) options: BTreeMap<String, ThemeOption>,
}

/// An option that a theme declares.
#[derive(Debug, Clone)]
pub(super) struct ThemeOption {
    /// What it is where the site does not say.
    pub(super) default: Value,
    /// The words that it can be, where it cannot be any.
    choices: Option<Vec<String>>,
    /// The whole numbers that it can be.
    bounds: RangeInclusive<i64>,
}

impl ThemeOption {
    /// What is wrong with a value that a site gives the option `key`: a message
    /// and what to do, where there is something to say.
    pub(super) fn fault(&self, key: &str, value: &Value) -> Option<(&'static str, String, String)> {
        if std::mem::discriminant(&self.default) != std::mem::discriminant(value) {
            let (given, wanted) = (value.kind(), self.default.kind());
            return Some((
                "wrong-type",
                format!("`theme.{key}` is {given}, but the theme wants {wanted}"),
                format!("write {wanted} here, or remove the key"),
            ));
        }
        match (value, &self.choices) {
            (Value::String(word), Some(choices)) if !choices.contains(word) => Some((
                "bad-choice",
                format!("`theme.{key}` cannot be `{word}`"),
                format!("it can be {}", choices.join(", ")),
            )),
            (Value::Integer(n), _) if !self.bounds.contains(n) => Some((
                "out-of-bounds",
                format!(
                    "`theme.{key}` is {n}, but must be between {} and {}",
                    self.bounds.start(),
                    self.bounds.end()
                ),
                "write a number within these bounds, or remove the key".to_owned(),
            )),
            _ => None,
        }
    }
}

/// Reads a manifest.
pub(super) fn read_manifest(asset: &Asset, found: &mut Diagnostics) -> Manifest {
    let text = text_of(asset, found);
    let document = Document::toml(asset.origin.clone(), &text, 0..text.len());
    let fields = document.fields();
    let mut manifest = Manifest {
        extends: fields.string("extends").filter(|name| !name.is_empty()),
        ..Manifest::default()
    };
    if let Some(name) = manifest.extends.take_if(|name| !is_theme_name(name)) {
        document.report(
            Diagnostic::error(
                "bad-value",
                format!("`{name}` is not a valid name for a folder in themes/"),
            )
            .field("extends")
            .help("write the folder's name alone"),
            fields.span("extends"),
        );
    }
    for key in ["name", "description", "author", "license", "homepage"] {
        fields.string(key);
    }
    if let Some(options) = fields.table("options") {
        for (key, node) in options.entries() {
            if let Some(option) = read_option(&document, &options, key, node) {
                manifest.options.insert(key.name.clone(), option);
            }
        }
    }
    fields.finish();
    found.append(document.into_diagnostics());
    manifest
}

fn read_option(
    document: &Document<'_>,
    options: &Fields<'_, '_>,
    key: &Key,
    node: &Node,
) -> Option<ThemeOption> {
    let Some(fields) = options.of(node, &key.name) else {
        document.report(
            Diagnostic::error(
                "wrong-type",
                format!("the option `{}` must be a table", key.name),
            )
            .field(key.name.clone())
            .help("write it as `name = { default = …, help = \"…\" }`"),
            node.span.clone(),
        );
        return None;
    };
    fields.string("help");
    let (min, max) = (fields.integer("min", WHOLE), fields.integer("max", WHOLE));
    let option = fields.node("default").map(|default| ThemeOption {
        default: default.value.clone(),
        choices: fields.strings("choices"),
        bounds: min.unwrap_or(*WHOLE.start())..=max.unwrap_or(*WHOLE.end()),
    });
    match &option {
        None => document.report(
            Diagnostic::error(
                "no-default",
                format!("the option `{}` needs a default", key.name),
            )
            .help("add `default = …`"),
            key.span.clone(),
        ),
        Some(option) => {
            if let Some((code, message, help)) = option.fault(&key.name, &option.default) {
                let said = Diagnostic::error(code, message)
                    .field(key.name.clone())
                    .help(help);
                document.report(said, fields.span("default"));
            }
        }
    }
    fields.finish();
    option
}
