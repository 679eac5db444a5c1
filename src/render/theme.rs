//! A theme: templates, static files and the words of an interface. A theme comes
//! from the site's `themes/` or with the program, may build on another, and the
//! site's own `templates/` and `static/` stand over it file by file.

use std::collections::BTreeMap;
use std::path::Path;

use crate::config::{Document, Settings, SiteBounds, Value, place_of};
use crate::diagnostics::{Diagnostic, Diagnostics, Place, nearest};

use super::assets::Assets;
use super::theme_files::{Asset, files_below, shipped, text_of, theme_files};
use super::theme_manifest::{Manifest, ThemeOption, read_manifest};

/// How many themes may build on one another.
const MAX_CHAIN: usize = 16;

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
    /// Which static files are published below a folder named by their content.
    pub assets: Assets,
    /// A file of git among the static ones, which are not published.
    of_git: Option<String>,
}

impl Theme {
    /// Loads the theme that the settings name, for a site in a folder.
    ///
    /// # Errors
    /// Gives everything that is wrong with the theme and the site's own files.
    pub fn load(site: &Path, settings: &Settings) -> Result<Self, Diagnostics> {
        let mut found = Diagnostics::new();
        let bounds = SiteBounds::of(site);
        let mut theme = Self::default();
        let mut name = settings.theme.clone();
        let mut manifests = Vec::new();
        loop {
            let mut faults = Diagnostics::new();
            let files = theme_files(&bounds, site, &name, &mut faults);
            let is_refused = faults.has_errors();
            found.append(faults);
            if files.is_empty() {
                if !is_refused {
                    found.push(unknown_theme(site, &name, theme.chain.last()));
                }
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
                Some(next) if theme.chain.contains(&next) => {
                    let message =
                        format!("the theme `{name}` builds on `{next}`, which builds on it");
                    found.push(
                        Diagnostic::error("theme-ring", message)
                            .at(Place::file(format!("themes/{name}/theme.toml")))
                            .help("remove one of the `extends`"),
                    );
                    break;
                }
                Some(_) if theme.chain.len() == MAX_CHAIN => {
                    let message = format!(
                        "more than {MAX_CHAIN} themes build on one another: {}",
                        theme.chain.join(", ")
                    );
                    found.push(
                        Diagnostic::error("theme-chain", message)
                            .at(Place::file(format!("themes/{name}/theme.toml")))
                            .help("put what they share into fewer themes"),
                    );
                    break;
                }
                Some(next) => name = next,
                None => break,
            }
        }
        let mut declared = BTreeMap::new();
        // The farthest theme first, so that nearer ones stand over it.
        for ((files, manifest), name) in manifests.into_iter().zip(theme.chain.clone()).rev() {
            declared.extend(manifest.options);
            for (path, asset) in files {
                theme.files.insert(path.clone(), asset.clone());
                theme.take(&name, &path, asset, &settings.language, &mut found);
            }
        }
        theme.add_site_files(&bounds, site, &mut found);
        theme.set_options(site, settings, &declared, &mut found);
        theme.assets = Assets::of(&theme.statics, &theme.files);
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
                .insert(format!("theme/{theme}/{template}"), asset.without_mark());
        } else if let Some(inner) = path.strip_prefix("static/") {
            self.statics.insert(inner.to_owned(), asset);
        } else if let Some(file) = path.strip_prefix("i18n/") {
            let wanted = file.strip_suffix(".toml").unwrap_or_default();
            let primary = language.split('-').next().unwrap_or(language);
            // English fills in what a language lacks.
            if wanted == language || wanted == primary {
                self.words.extend(read_words(&asset, found));
            } else if wanted == "en" {
                for (key, word) in read_words(&asset, found) {
                    self.words.entry(key).or_insert(word);
                }
            }
        }
    }

    fn add_site_files(&mut self, bounds: &SiteBounds, site: &Path, found: &mut Diagnostics) {
        for (path, asset) in files_below(bounds, &site.join("templates"), "templates", found) {
            self.templates.insert(path, asset.without_mark());
        }
        let mut of_git = None;
        for (path, asset) in files_below(bounds, &site.join("static"), "static", found) {
            // A checkout within a site: nobody means to publish its history and settings.
            match path
                .split('/')
                .any(|part| part.eq_ignore_ascii_case(".git"))
            {
                true => of_git = of_git.or(Some(asset.origin)),
                false => drop(self.statics.insert(path, asset)),
            }
        }
        self.of_git = of_git;
    }

    fn set_options(
        &mut self,
        site: &Path,
        settings: &Settings,
        declared: &BTreeMap<String, ThemeOption>,
        found: &mut Diagnostics,
    ) {
        let defaults = declared.iter();
        self.options = defaults
            .map(|(key, option)| (key.clone(), option.default.clone()))
            .collect();
        for (key, value) in &settings.theme_options {
            let (code, message, help) = match declared.get(key) {
                Some(option) => match option.fault(key, value) {
                    Some(fault) => fault,
                    None => {
                        self.options.insert(key.clone(), value.clone());
                        continue;
                    }
                },
                None => {
                    let help = match nearest(key, declared.keys().map(String::as_str)) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => "`offprint theme show theme.toml` lists the options".to_owned(),
                    };
                    let message = format!("the theme `{}` has no option `{key}`", settings.theme);
                    ("unknown-key", message, help)
                }
            };
            found.push(
                Diagnostic::error(code, message)
                    .at(place_of(site, "theme", key))
                    .field(key.clone())
                    .help(help),
            );
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

    /// Says that what git keeps in `static/` is not published, if there is any.
    pub fn left_out(&self) -> Option<Diagnostic> {
        let file = self.of_git.clone()?;
        Some(
            Diagnostic::warning("git-folder", "what belongs to git is not published")
                .at(Place::file(file))
                .help("take the folder `.git` out of static/"),
        )
    }

    /// Templates of a site that name an asset as it was named before its address had a
    /// hash.
    pub fn old_addresses(&self) -> Vec<Diagnostic> {
        let own = (self.templates.values()).filter(|asset| asset.origin.starts_with("templates/"));
        own.filter_map(|asset| {
            let text = std::str::from_utf8(&asset.bytes).ok()?;
            let paths = self.assets.paths().iter();
            let (path, at, old) = paths
                .filter_map(|path| {
                    let old = format!("{{{{ root }}}}{path}");
                    Some((path, text.find(&old)?, old))
                })
                .min_by_key(|(_, at, _)| *at)?;
            let message =
                format!("`{path}` is not there: assets are published below a folder with a hash");
            Some(
                Diagnostic::warning("old-asset", message)
                    .at(Place::span(asset.origin.clone(), text, at..at + old.len()))
                    .help(format!("write {{{{ root }}}}{{{{ \"{path}\" | asset }}}}")),
            )
        })
        .collect()
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

    /// An option that is a number of things.
    pub fn number(&self, key: &str) -> Option<usize> {
        match self.options.get(key) {
            Some(Value::Integer(n)) => usize::try_from(*n).ok(),
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

fn unknown_theme(site: &Path, name: &str, child: Option<&String>) -> Diagnostic {
    let mut known = shipped();
    if let Ok(entries) = std::fs::read_dir(site.join("themes")) {
        known.extend(entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()));
    }
    known.sort();
    known.dedup();
    let diagnostic =
        Diagnostic::error("unknown-theme", format!("there is no theme `{name}`")).at(child
            .map_or_else(
                || place_of(site, "site", "theme"),
                |child| Place::file(format!("themes/{child}/theme.toml")),
            ));
    match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.help(format!(
            "known themes are {}; a theme of your own is a folder in themes/",
            known.join(", ")
        )),
    }
}
