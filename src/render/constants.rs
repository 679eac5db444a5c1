//! Constants: what is the same on every page of a site, such as the words of its
//! interface and the addresses of its assets, is put into the templates before they
//! are compiled, and not looked up on each of a hundred thousand pages. Places in
//! errors are translated back to the template as it was written.

use std::collections::BTreeMap;
use std::ops::Range;

use super::assets::Assets;
use super::context::Globals;
use super::escape::escape;
use super::metered::{inside, word};

/// The variables whose fields are the same on every page.
const SHARED: [&str; 3] = ["site", "t", "theme"];

/// What templates may name and is the same on every page.
#[derive(Debug, Default)]
pub(super) struct Constants<'a> {
    /// Texts by how they are named: `t.search`, `site.title`.
    texts: BTreeMap<String, String>,
    assets: Option<&'a Assets>,
}

/// A template with its constants put in.
#[derive(Debug, Clone, Default)]
pub(super) struct Settled {
    pub(super) text: String,
    /// For each constant where it is in `text`, and what it stands for in the template
    /// as it was written.
    pieces: Vec<(Range<usize>, Range<usize>)>,
}

impl<'a> Constants<'a> {
    /// The constants of a site with these templates. A variable that some template sets
    /// to something else is none, nor is anything where there are components, which see
    /// other variables.
    pub(super) fn of(
        globals: &Globals,
        assets: &'a Assets,
        templates: &[(String, String)],
    ) -> Self {
        if templates.iter().any(|(_, text)| text.contains("component")) {
            return Self::default();
        }
        let mut texts: BTreeMap<String, String> = BTreeMap::new();
        let all = serde_json::to_value(globals).unwrap_or_default();
        for variable in SHARED {
            if templates.iter().any(|(_, text)| sets(text, variable)) {
                continue;
            }
            let fields = all.get(variable).and_then(serde_json::Value::as_object);
            for (field, value) in fields.into_iter().flatten() {
                if let Some(text) = value.as_str().filter(|text| is_plain(text)) {
                    texts.insert(format!("{variable}.{field}"), text.to_owned());
                }
            }
        }
        Self {
            texts,
            assets: Some(assets),
        }
    }

    /// A template with its constants put in.
    pub(super) fn put_into(&self, source: &str) -> Settled {
        let mut settled = Settled::default();
        let mut copied = 0;
        let mut at = 0;
        while let Some(found) = source[at..].find('{') {
            let start = at + found;
            let rest = &source[start..];
            let end = if rest.starts_with("{#") {
                rest.find("#}").map(|n| start + n + 2)
            } else if rest.starts_with("{{") {
                inside(source, start, '}').map(|(inner, end)| {
                    // What trims white space stays.
                    let is_whole = inner == (start + 2..end - 2) && !source[..start].ends_with('{');
                    let constant = self.constant(source[inner].trim());
                    if let Some(constant) = constant.filter(|_| is_whole) {
                        settled.text.push_str(&source[copied..start]);
                        let from = settled.text.len();
                        settled.text.push_str(&constant);
                        let piece = (from..settled.text.len(), start..end);
                        settled.pieces.push(piece);
                        copied = end;
                    }
                    end
                })
            } else if rest.starts_with("{%") {
                inside(source, start, '%').and_then(|(inner, end)| {
                    if word(&source[inner]).0 != "raw" {
                        return Some(end);
                    }
                    let from = source[end..].find("endraw")? + end;
                    Some(from + source[from..].find("%}")? + 2)
                })
            } else {
                Some(start + 1)
            };
            let Some(end) = end else {
                break;
            };
            at = end;
        }
        settled.text.push_str(&source[copied..]);
        settled
    }

    /// The text of an expression, where it is the same on every page.
    fn constant(&self, expression: &str) -> Option<String> {
        if let Some(text) = self.texts.get(expression) {
            return Some(text.clone());
        }
        let (path, filter) = expression.strip_prefix('"')?.split_once('"')?;
        let assets = self.assets.filter(|assets| assets.has(path))?;
        let published = assets.published(path);
        (filter.trim_start().strip_prefix('|')?.trim() == "asset" && is_plain(&published))
            .then_some(published)
    }
}

impl Settled {
    /// A range of the text, in the template as it was written.
    pub(super) fn origin(&self, range: Range<usize>) -> Range<usize> {
        let place = |at: usize, is_end: bool| {
            let mut at_source = at;
            for (here, source) in &self.pieces {
                let is_within = match is_end {
                    false => here.contains(&at),
                    true => here.start < at && at <= here.end,
                };
                if is_within {
                    return if is_end { source.end } else { source.start };
                }
                if here.end <= at {
                    at_source = source.end + (at - here.end);
                }
            }
            at_source
        };
        let start = place(range.start, false);
        start..place(range.end, true).max(start)
    }
}

/// Whether a text can stand in a template as it is: it needs no escape, and nothing
/// around it is read in another way.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.trim() == text && !text.contains('{') && escape(text) == text
}

/// Whether a template gives a variable another value.
fn sets(template: &str, variable: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    template.match_indices(variable).any(|(at, _)| {
        let (before, after) = (&template[..at], &template[at + variable.len()..]);
        if before.ends_with(is_part) || after.starts_with(is_part) {
            return false;
        }
        let before = before.trim_end();
        let is_set = ["set", "set_global", "for"].iter().any(|keyword| {
            before
                .strip_suffix(keyword)
                .is_some_and(|rest| !rest.ends_with(is_part))
        });
        // The second name of a loop.
        is_set || (before.ends_with(',') && after.trim_start().starts_with("in "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn constants() -> Constants<'static> {
        let texts = [("t.find", "Find"), ("site.title", "Papers")];
        Constants {
            texts: texts
                .into_iter()
                .map(|(name, text)| (name.to_owned(), text.to_owned()))
                .collect(),
            assets: None,
        }
    }

    #[test]
    fn what_is_the_same_on_all_pages_is_put_in() {
        for (source, want) in [
            (
                "<a>{{ t.find }}</a> {{t.find}} {{ t.other }}",
                "<a>Find</a> Find {{ t.other }}",
            ),
            ("{{- t.find }}{{ t.find -}}", "{{- t.find }}{{ t.find -}}"),
            (
                "{% raw %}{{ t.find }}{% endraw %}{{ site.title }}",
                "{% raw %}{{ t.find }}{% endraw %}Papers",
            ),
            (
                "{# {{ t.find }} #}{% if t.find %}{{ t.find | upper }}{% endif %}{",
                "{# {{ t.find }} #}{% if t.find %}{{ t.find | upper }}{% endif %}{",
            ),
        ] {
            assert_eq!(constants().put_into(source).text, want);
        }
    }

    #[test]
    fn a_place_is_that_of_the_template_as_it_was_written() {
        let source = "{{ t.find }}, {{ a }} {{ site.title }}.";
        let settled = constants().put_into(source);
        assert_eq!(settled.text, "Find, {{ a }} Papers.");
        for part in ["{{ a }}", ",", "."] {
            let at = settled.text.find(part).unwrap();
            assert_eq!(&source[settled.origin(at..at + part.len())], part);
        }
        assert_eq!(&source[settled.origin(1..2)], "{{ t.find }}");
        assert_eq!(settled.origin(0..settled.text.len()), 0..source.len());
    }

    #[test]
    fn a_variable_that_a_template_sets_is_no_constant() {
        for template in [
            "{% set t = 1 %}",
            "{% for t in x %}",
            "{% for k, t in x %}",
            "{%set_global t=1%}",
            "{{ [x for t in y] }}",
        ] {
            assert!(sets(template, "t"), "{template}");
        }
        for template in ["{{ t.x }}", "{% set at = t.x %}", "{% if x in t %}", "a, t"] {
            assert!(!sets(template, "t"), "{template}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_settled(source in "(\\{\\{|\\}\\}|\\{%|%\\}|\\{#|#\\}|raw|endraw|t.find|site.title|\"| |-|\\{|a|é){0,30}") {
            let settled = constants().put_into(&source);
            for at in 0..settled.text.len() {
                let range = settled.origin(at..at + 1);
                proptest::prop_assert!(range.start <= range.end && range.end <= source.len());
            }
        }
    }
}
