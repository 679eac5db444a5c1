//! Prints: what a page is made of, in sixteen bytes. A template is a function of its
//! context, so two pages of one print are the same page. A print covers the context or
//! the prints of what it is made of, the templates that may be used, the part of the
//! globals that these name, and the program.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::context::Globals;
use super::metered::inside;
use super::theme::Theme;

/// The print of a page or of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Print([u64; 2]);

impl Print {
    /// The print of a file whose bytes are known.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self::from(blake3::hash(bytes))
    }

    /// The print of a value, as the program that runs reads it.
    pub fn of(value: &impl Serialize) -> Self {
        let mut hasher = Hasher::new();
        hasher.add(value);
        hasher.print()
    }
}

impl From<blake3::Hash> for Print {
    fn from(hash: blake3::Hash) -> Self {
        let (halves, _) = hash.as_bytes().as_chunks::<8>();
        Self([u64::from_le_bytes(halves[0]), u64::from_le_bytes(halves[1])])
    }
}

/// The prints of the templates of a theme, each with all that it may use.
#[derive(Debug, Default)]
pub(super) struct TemplatePrints(BTreeMap<String, Print>);

impl TemplatePrints {
    /// The prints of the templates of a theme, with what the pages of a site see.
    pub(super) fn of(theme: &Theme, globals: &Globals) -> Self {
        let texts: Vec<(&str, &str)> = theme
            .templates
            .iter()
            .filter_map(|(name, asset)| Some((bare(name), std::str::from_utf8(&asset.bytes).ok()?)))
            .collect();
        let names: BTreeSet<&str> = texts.iter().map(|(name, _)| *name).collect();
        // A template names those that it uses; components are there for all.
        let uses = |text: &str| -> BTreeSet<&str> {
            let named = names.iter().copied();
            named.filter(|name| text.contains(*name)).collect()
        };
        let mut direct: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut shared: BTreeSet<&str> = BTreeSet::new();
        for (name, text) in &texts {
            direct.entry(name).or_default().extend(uses(text));
            if text.contains("component") {
                shared.insert(name);
            }
        }
        let prints = names.iter().map(|name| {
            let mut reached: BTreeSet<&str> = shared.clone();
            let mut waiting: Vec<&str> = shared.iter().copied().chain([*name]).collect();
            while let Some(next) = waiting.pop() {
                reached.insert(next);
                let further = direct[next].iter().filter(|name| !reached.contains(*name));
                waiting.extend(further.copied().collect::<Vec<_>>());
            }
            let used = theme
                .templates
                .iter()
                .filter(|(name, _)| reached.contains(bare(name)));
            let mut hasher = Hasher::new();
            let mut fields = Fields::default();
            let mut names_assets = false;
            for (name, asset) in used {
                hasher.add(&(name, &asset.bytes[..]));
                let text = String::from_utf8_lossy(&asset.bytes);
                fields.add(&text);
                names_assets |= text.contains("asset");
            }
            if names_assets {
                hasher.add(&theme.assets.folder());
            }
            hasher.add(&(&globals.t, &globals.theme));
            hasher.add(&fields.of(globals));
            ((*name).to_owned(), hasher.print())
        });
        Self(prints.collect())
    }

    /// The print of a template with all that it may use.
    pub(super) fn template(&self, name: &str) -> Option<Print> {
        self.0.get(name).copied()
    }

    /// The print of a page: of its template, of its context or what that is made of,
    /// of the way to the root, and how it is finished.
    pub(super) fn page(
        &self,
        template: &str,
        inputs: &impl Serialize,
        root: &str,
        finish: (bool, bool),
    ) -> Option<Print> {
        let mut hasher = Hasher::new();
        hasher.add(&(self.0.get(template)?, root, finish));
        hasher.add(inputs);
        Some(hasher.print())
    }
}

/// The name of a template without the theme that it is of.
fn bare(name: &str) -> &str {
    let within = name
        .strip_prefix("theme/")
        .and_then(|rest| rest.split_once('/'));
    within.map_or(name, |(_, bare)| bare)
}

/// The fields of `site` that templates name.
#[derive(Debug, Default)]
struct Fields {
    named: BTreeSet<String>,
    /// A template uses `site` in another way, so all count.
    are_all: bool,
}

impl Fields {
    /// Adds those of a template. What stands outside of its tags is no name: a comment
    /// that speaks of a large site does not ask for all that is known of it.
    fn add(&mut self, template: &str) {
        let mut at = 0;
        while let Some(found) = template[at..].find('{') {
            let start = at + found;
            let rest = &template[start..];
            let close = match rest.as_bytes().get(1) {
                Some(b'#') => {
                    at = rest
                        .find("#}")
                        .map_or(template.len(), |length| start + length + 2);
                    continue;
                }
                Some(b'{') => '}',
                Some(b'%') => '%',
                _ => {
                    at = start + 1;
                    continue;
                }
            };
            let (range, end) =
                inside(template, start, close).unwrap_or((start..template.len(), template.len()));
            self.add_code(&template[range]);
            at = end;
        }
    }

    fn add_code(&mut self, text: &str) {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        for (at, word) in text.match_indices("site") {
            let before = text[..at].chars().next_back();
            let rest = &text[at + word.len()..];
            if before.is_some_and(|c| is_part(c) || c == '.') || rest.starts_with(is_part) {
                continue;
            }
            let field = rest.strip_prefix('.').map(|rest| {
                let end = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
                &rest[..end]
            });
            match field.filter(|field| !field.is_empty()) {
                Some(field) => {
                    self.named.insert(field.to_owned());
                }
                None => self.are_all = true,
            }
        }
    }

    /// The values of the fields.
    fn of(&self, globals: &Globals) -> BTreeMap<String, serde_json::Value> {
        let all = serde_json::to_value(&globals.site);
        let fields = all.ok().and_then(|site| match site {
            serde_json::Value::Object(fields) => Some(fields),
            _ => None,
        });
        fields
            .into_iter()
            .flatten()
            .filter(|(name, _)| self.are_all || self.named.contains(name))
            .collect()
    }
}

/// Hashes values as JSON.
struct Hasher {
    hasher: blake3::Hasher,
    text: Vec<u8>,
}

impl Hasher {
    /// Begins with the program, which reads contexts in its own way.
    fn new() -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(env!("OFFPRINT_SOURCE").as_bytes());
        Self {
            hasher,
            text: Vec::with_capacity(1024),
        }
    }

    fn add(&mut self, value: &impl Serialize) {
        self.text.clear();
        // What cannot be serialized cannot be rendered either, and is said there.
        let _ = serde_json::to_writer(&mut self.text, value);
        self.text.push(b'\n');
        self.hasher.update(&self.text);
    }

    fn print(self) -> Print {
        Print::from(self.hasher.finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &str) -> (Vec<String>, bool) {
        let mut fields = Fields::default();
        fields.add(text);
        (fields.named.into_iter().collect(), fields.are_all)
    }

    #[test]
    fn the_fields_that_a_template_names_are_found() {
        for (text, named, all) in [
            (
                "{{ site.title }} {{ site.papers | counted }}",
                "papers title",
                false,
            ),
            ("{% if page.site.x %}website{% endif %}sites", "", false),
            ("{% set s = site %}{{ s.title }}", "", true),
            (
                "{# a large site #}<p>site {{ site.title }}</p>{",
                "title",
                false,
            ),
            ("{# {{ site }} #}{% if site %}", "", true),
            ("{{ site['title'] }}", "", true),
        ] {
            let (found, are_all) = fields(text);
            assert_eq!((found.join(" ").as_str(), are_all), (named, all), "{text}");
        }
    }
}
