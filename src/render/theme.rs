//! A theme: templates, static files and the words of an interface. A theme comes
//! from the site's `themes/` or with the program, may build on another, and the
//! site's own `templates/` and `static/` stand over it file by file.

use std::collections::BTreeMap;
use std::path::Path;

use crate::config::{Document, Settings, Value, place_of};
use crate::diagnostics::{Diagnostic, Diagnostics, Place, nearest};

use super::theme_files::{Asset, files_below, shipped, theme_files};

/// How many themes may build on one another.
const MAX_CHAIN: usize = 8;

/// A theme, ready to be compiled.
#[derive(Debug, Default)]
pub struct Theme {
    /// Its name and those it builds on, nearest first.
    pub chain: Vec<String>,
    /// Template texts by the names that templates use: `paper.html` for the
    /// site's own, `theme/gazette/paper.html` for a theme's.
    pub templates: BTreeMap<String, Asset>,
    /// Static files by their path within the site.
    pub statics: BTreeMap<String, Asset>,
    /// The options that templates see, with the site's values.
    pub options: BTreeMap<String, Value>,
    /// The words of the interface in the site's language.
    pub words: BTreeMap<String, String>,
    /// All files of the theme and of those it builds on by their paths within a
    /// theme, the nearest of each.
    pub files: BTreeMap<String, Asset>,
}

/// What `theme.toml` says.
#[derive(Debug, Default)]
struct Manifest {
    extends: Option<String>,
    options: BTreeMap<String, Value>,
    /// The words that an option may be, where it may not be any.
    choices: BTreeMap<String, Vec<String>>,
}

impl Theme {
    /// Loads the theme that the settings name, for a site in a folder.
    ///
    /// # Errors
    /// Gives everything that is wrong with the theme and the site's own files.
    pub fn load(site: &Path, settings: &Settings) -> Result<Self, Diagnostics> {
        let mut found = Diagnostics::new();
        let mut theme = Self::default();
        let mut name = settings.theme.clone();
        let mut manifests = Vec::new();
        loop {
            let files = theme_files(site, &name, &mut found);
            if files.is_empty() {
                found.push(unknown_theme(site, &name));
                break;
            }
            let manifest = files
                .get("theme.toml")
                .map_or_else(Manifest::default, |asset| read_manifest(asset, &mut found));
            theme.chain.push(name.clone());
            manifests.push((files, manifest));
            let next = manifests
                .last()
                .and_then(|(_, manifest)| manifest.extends.clone());
            match next {
                Some(next) if theme.chain.contains(&next) || theme.chain.len() == MAX_CHAIN => {
                    let message =
                        format!("the theme `{name}` builds on `{next}`, which builds on it");
                    found.push(
                        Diagnostic::error("theme-ring", message)
                            .help("remove one of the `extends`"),
                    );
                    break;
                }
                Some(next) => name = next,
                None => break,
            }
        }
        let mut choices = BTreeMap::new();
        // The farthest theme first, so that nearer ones stand over it.
        for ((files, manifest), name) in manifests.into_iter().zip(theme.chain.clone()).rev() {
            theme.options.extend(manifest.options);
            choices.extend(manifest.choices);
            for (path, asset) in files {
                theme.files.insert(path.clone(), asset.clone());
                theme.take(&name, &path, asset, &settings.language, &mut found);
            }
        }
        theme.add_site_files(site, &mut found);
        theme.set_options(site, settings, &choices, &mut found);
        if found.has_errors() {
            Err(found)
        } else {
            Ok(theme)
        }
    }

    fn take(
        &mut self,
        theme: &str,
        path: &str,
        asset: Asset,
        language: &str,
        found: &mut Diagnostics,
    ) {
        if let Some(template) = path.strip_prefix("templates/") {
            self.templates
                .insert(format!("theme/{theme}/{template}"), asset);
        } else if let Some(inner) = path.strip_prefix("static/") {
            self.statics.insert(inner.to_owned(), asset);
        } else if let Some(file) = path.strip_prefix("i18n/") {
            let wanted = file.strip_suffix(".toml").unwrap_or_default();
            let primary = language.split('-').next().unwrap_or(language);
            // English stands in for what a language lacks.
            if wanted == "en" {
                for (key, word) in read_words(&asset, found) {
                    self.words.entry(key).or_insert(word);
                }
            } else if wanted == language || wanted == primary {
                self.words.extend(read_words(&asset, found));
            }
        }
    }

    fn add_site_files(&mut self, site: &Path, found: &mut Diagnostics) {
        for (path, asset) in files_below(&site.join("templates"), "templates", found) {
            self.templates.insert(path, asset);
        }
        for (path, asset) in files_below(&site.join("static"), "static", found) {
            self.statics.insert(path, asset);
        }
    }

    fn set_options(
        &mut self,
        site: &Path,
        settings: &Settings,
        choices: &BTreeMap<String, Vec<String>>,
        found: &mut Diagnostics,
    ) {
        for (key, value) in &settings.theme_options {
            if let (Some(choices), Value::String(word)) = (choices.get(key), value)
                && !choices.contains(word)
            {
                let message = format!("`theme.{key}` cannot be `{word}`");
                found.push(
                    Diagnostic::error("bad-choice", message)
                        .at(place_of(site, "theme", key))
                        .field(key.clone())
                        .help(format!("it can be {}", choices.join(", "))),
                );
                continue;
            }
            match self.options.get_mut(key) {
                Some(slot) if std::mem::discriminant(slot) == std::mem::discriminant(value) => {
                    *slot = value.clone()
                }
                Some(slot) => {
                    let message = format!(
                        "`theme.{key}` is {}, but the theme wants {}",
                        value.kind(),
                        slot.kind()
                    );
                    found.push(
                        Diagnostic::error("wrong-type", message)
                            .at(place_of(site, "theme", key))
                            .field(key.clone()),
                    );
                }
                None => {
                    let message = format!("the theme `{}` has no option `{key}`", settings.theme);
                    let mut diagnostic = Diagnostic::error("unknown-key", message)
                        .at(place_of(site, "theme", key))
                        .field(key.clone());
                    if let Some(near) = nearest(key, self.options.keys().map(String::as_str)) {
                        diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
                    }
                    found.push(diagnostic);
                }
            }
        }
    }

    /// The file of a template, the site's own or the nearest theme's.
    pub fn template(&self, name: &str) -> Option<&Asset> {
        let themes = self
            .chain
            .iter()
            .map(|theme| format!("theme/{theme}/{name}"));
        std::iter::once(name.to_owned())
            .chain(themes)
            .find_map(|name| self.templates.get(&name))
    }

    /// Whether there is a template.
    pub fn has_template(&self, name: &str) -> bool {
        self.template(name).is_some()
    }

    /// An option whose value is a word.
    pub fn option(&self, key: &str) -> Option<&str> {
        match self.options.get(key) {
            Some(Value::String(word)) => Some(word),
            _ => None,
        }
    }

    /// The options as templates see them.
    pub fn plain_options(&self) -> BTreeMap<String, serde_json::Value> {
        let options = self.options.iter();
        options
            .map(|(key, value)| (key.clone(), plain(value)))
            .collect()
    }
}

fn plain(value: &Value) -> serde_json::Value {
    match value {
        Value::String(text) | Value::Date(text) => text.as_str().into(),
        Value::Integer(n) => (*n).into(),
        Value::Float(n) => (*n).into(),
        Value::Bool(b) => (*b).into(),
        Value::Array(items) => items.iter().map(|item| plain(&item.value)).collect(),
        Value::Table(entries) => entries
            .iter()
            .map(|(key, node)| (key.name.clone(), plain(&node.value)))
            .collect(),
        Value::Null => serde_json::Value::Null,
    }
}

fn text_of(asset: &Asset, found: &mut Diagnostics) -> String {
    match std::str::from_utf8(&asset.bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => {
            found.push(
                Diagnostic::error("not-utf8", "the file is not UTF-8 text")
                    .at(Place::file(asset.origin.clone())),
            );
            String::new()
        }
    }
}

fn read_manifest(asset: &Asset, found: &mut Diagnostics) -> Manifest {
    let text = text_of(asset, found);
    let document = Document::toml(asset.origin.clone(), &text, 0..text.len());
    let fields = document.fields();
    let mut manifest = Manifest {
        extends: fields.string("extends").filter(|name| !name.is_empty()),
        ..Manifest::default()
    };
    for key in ["name", "description", "author", "license", "homepage"] {
        fields.string(key);
    }
    if let Some(options) = fields.table("options") {
        for (key, node) in options.entries() {
            let Some(option) = options.of(node, &key.name) else {
                continue;
            };
            option.string("help");
            if let Some(choices) = option.strings("choices") {
                manifest.choices.insert(key.name.clone(), choices);
            }
            if let Some(default) = option.node("default") {
                manifest
                    .options
                    .insert(key.name.clone(), default.value.clone());
            } else {
                document.report(
                    Diagnostic::error(
                        "no-default",
                        format!("the option `{}` needs a default", key.name),
                    )
                    .help("add `default = …`"),
                    key.span.clone(),
                );
            }
            option.finish();
        }
    }
    fields.finish();
    found.append(document.into_diagnostics());
    manifest
}

fn read_words(asset: &Asset, found: &mut Diagnostics) -> BTreeMap<String, String> {
    let text = text_of(asset, found);
    let document = Document::toml(asset.origin.clone(), &text, 0..text.len());
    let mut words = BTreeMap::new();
    for (key, node) in document.fields().entries() {
        match &node.value {
            Value::String(word) => {
                words.insert(key.name.clone(), word.clone());
            }
            other => document.report(
                Diagnostic::error(
                    "wrong-type",
                    format!("`{}` is {}, but must be a text", key.name, other.kind()),
                ),
                node.span.clone(),
            ),
        }
    }
    found.append(document.into_diagnostics());
    words
}

fn unknown_theme(site: &Path, name: &str) -> Diagnostic {
    let mut known = shipped();
    if let Ok(entries) = std::fs::read_dir(site.join("themes")) {
        known.extend(entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()));
    }
    known.sort();
    known.dedup();
    let diagnostic = Diagnostic::error("unknown-theme", format!("there is no theme `{name}`"))
        .at(place_of(site, "site", "theme"));
    match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.help(format!(
            "known themes are {}; a theme of your own is a folder in themes/",
            known.join(", ")
        )),
    }
}
