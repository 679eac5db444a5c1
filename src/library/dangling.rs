//! Dangling names: what content or settings name and nobody has is an error at
//! its line, with the name that was probably meant.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use crate::config::{FILE_NAME, Settings};
use crate::content::Content;
use crate::diagnostics::{Diagnostic, Diagnostics, Place, nearest};
use crate::model::Slug;
use crate::prose;

/// Repairs that the settings switch off have to exist.
pub(super) fn check_repairs(site: &Path, settings: &Settings) -> Diagnostics {
    let known = || prose::repairs().iter().map(|rule| rule.name);
    let mut found = Diagnostics::new();
    for name in &settings.repairs_off {
        if known().any(|rule| rule == name) {
            continue;
        }
        let file: Arc<str> = FILE_NAME.into();
        let place = locate_text(site, &file, &format!("\"{name}\""))
            .unwrap_or_else(|| Place::file(file.clone()));
        let diagnostic = Diagnostic::error(
            "unknown-repair",
            format!("`[import] repairs_off` names a repair `{name}` that does not exist"),
        )
        .at(place);
        found.push(match nearest(name, known()) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic.help("`offprint import --explain` lists the repairs"),
        });
    }
    found
}

/// Papers that a topic's file names have to exist. What else a file can get
/// wrong shows when the taxonomy is compiled.
pub(super) fn check_topics(
    site: &Path,
    content: &Content,
    papers: &HashMap<Slug, usize>,
) -> Diagnostics {
    let mut found = Diagnostics::new();
    for page in &content.topics {
        let topic = &page.topic;
        for (field, slugs) in [("pinned", &topic.pinned), ("exclude", &topic.exclude)] {
            for slug in slugs.iter().filter(|slug| !papers.contains_key(*slug)) {
                let known = papers.keys().map(Slug::as_str);
                found.push(dangling(
                    "paper",
                    slug,
                    known,
                    locate(site, &page.file, field),
                    &topic.id,
                ));
            }
        }
    }
    found
}

/// That something names what does not exist.
pub(super) fn dangling<'k>(
    what: &str,
    name: &Slug,
    known: impl IntoIterator<Item = &'k str>,
    place: Place,
    owner: &Slug,
) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        "dangling",
        format!("`{owner}` names a {what} `{name}` that does not exist"),
    )
    .at(place);
    match nearest(name.as_str(), known) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.help("correct the name, or remove it"),
    }
}

/// The line of a page on which a key of its front matter stands.
pub(super) fn locate(site: &Path, file: &Arc<str>, key: &str) -> Place {
    let text = std::fs::read_to_string(site.join(&**file)).unwrap_or_default();
    for (at, line) in text.lines().enumerate() {
        if line
            .trim_start()
            .strip_prefix(key)
            .is_some_and(|rest| rest.trim_start().starts_with(['=', ':']))
        {
            return Place::line(file.clone(), at + 1, line);
        }
    }
    Place::file(file.clone())
}

/// The first line of a page on which a name stands.
pub(super) fn locate_text(site: &Path, file: &Arc<str>, name: &str) -> Option<Place> {
    let text = std::fs::read_to_string(site.join(&**file)).ok()?;
    let at = text.find(name)?;
    Some(Place::span(file.clone(), &text, at..at + name.len()))
}
