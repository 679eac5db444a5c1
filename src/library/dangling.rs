//! Dangling names: what content or settings name and nobody has is said at its
//! line, with the name that was probably meant. A page that was taken away leaves
//! the site, and who still names it is warned; a name that never was is an error.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use foldhash::HashMap;

use crate::config::{FILE_NAME, Settings};
use crate::content::{Content, Redirects};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Place, Severity, nearest};
use crate::model::{Paper, Slug};
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

/// Papers and digests that are not on the site although something may name them.
pub(super) struct Absent<'a> {
    /// Drafts, with their files.
    drafts: HashMap<Slug, Arc<str>>,
    removed: BTreeSet<Slug>,
    ledger: &'a Redirects,
}

impl<'a> Absent<'a> {
    /// Those of a site; `drafts` where drafts are on the site.
    pub(super) fn of(content: &Content, ledger: &'a Redirects, drafts: bool) -> Self {
        let hidden = content
            .papers
            .iter()
            .filter(|page| !drafts && page.paper.draft);
        Self {
            drafts: hidden
                .map(|page| (page.paper.slug.clone(), page.file.clone()))
                .collect(),
            removed: content
                .removed
                .iter()
                .map(|paper| paper.slug.clone())
                .collect(),
            ledger,
        }
    }

    /// What to say where a digest lists a paper that is not on the site. Nothing
    /// where it was removed: it may come back.
    pub(super) fn listed<'k>(
        &self,
        name: &Slug,
        known: impl IntoIterator<Item = &'k str>,
        place: Place,
        owner: &Slug,
    ) -> Option<Diagnostic> {
        if self.removed.contains(&self.present(name)) {
            return None;
        }
        Some(self.named("paper", name, known, place, owner))
    }

    /// The name that a paper's page has now.
    fn present(&self, name: &Slug) -> Slug {
        self.ledger
            .target(&Paper::path_of(name))
            .and_then(Paper::slug_of)
            .unwrap_or_else(|| name.clone())
    }

    /// What to say where something names a paper or a digest that is not on the
    /// site: a warning where it once was, an error where it never was.
    pub(super) fn named<'k>(
        &self,
        what: &str,
        name: &Slug,
        known: impl IntoIterator<Item = &'k str>,
        place: Place,
        owner: &Slug,
    ) -> Diagnostic {
        let warning = |message: String| Diagnostic::warning("dangling", message).at(place.clone());
        if what == "paper" {
            let present = self.present(name);
            if let Some(file) = self.drafts.get(&present) {
                return warning(format!(
                    "`{owner}` names the paper `{name}`, which is a draft and was left out"
                ))
                .help(format!(
                    "take `draft = true` out of {file}, or build with --drafts"
                ));
            }
            if self.removed.contains(&present) {
                return warning(format!(
                    "`{owner}` names the paper `{name}`, which was removed"
                ))
                .help("take the name out here");
            }
        }
        let mut said = dangling(what, name, known, place, owner);
        if self.ledger.knows(&format!("{what}s/{name}/")) {
            said.severity = Severity::Warning;
            if what == "paper" {
                said.help = Some(format!(
                    "its page is gone; take the name out here, or bring the page back; `offprint remove {name}` takes a paper away for good"
                ));
            }
        }
        said
    }
}

/// Papers that a topic's file names have to exist. What else a file can get
/// wrong shows when the taxonomy is compiled.
pub(super) fn check_topics(
    site: &Path,
    content: &Content,
    absent: &Absent<'_>,
    papers: &HashMap<Slug, usize>,
) -> Diagnostics {
    let mut found = Diagnostics::new();
    for page in &content.topics {
        let topic = &page.topic;
        for (field, slugs) in [("pinned", &topic.pinned), ("exclude", &topic.exclude)] {
            for slug in slugs.iter().filter(|slug| !papers.contains_key(*slug)) {
                let known = papers.keys().map(Slug::as_str);
                let place = locate(site, &page.file, field);
                found.push(absent.named("paper", slug, known, place, &topic.id));
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
        Code::DANGLING,
        format!("`{owner}` names a {what} `{name}` that does not exist"),
    )
    .about(name.as_str())
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
