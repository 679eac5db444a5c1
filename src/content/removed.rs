//! Removed papers, `content/removed.toml`: the papers taken away by
//! `offprint remove`. Imports skip them, and their URLs say that they are gone.

use std::collections::BTreeSet;
use std::path::Path;

use crate::config::{Document, Fields};
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::model::{Author, Name, Paper, PaperId, Record, Slug, Source};
use crate::text::{clean_line, title_key};

use super::FOLDER;
use super::identity::title_of;
use super::imported::{Imported, Provenance};
use super::tree::PaperPage;

/// The file within `content/`.
pub(super) const FILE_NAME: &str = "removed.toml";

/// Where pages of removed papers are kept, within `content/`.
pub(super) const PAGES: &str = "removed/papers/";

/// A paper that was removed.
#[derive(Debug, Clone, PartialEq)]
pub struct Removed {
    /// The slug of its page.
    pub slug: Slug,
    /// Its identifiers.
    pub ids: Vec<PaperId>,
    /// The letters and digits of its title.
    pub title_key: String,
    /// The same for its first author's family name, if known.
    pub author_key: Option<String>,
    /// The fingerprint of the imported title, which a person may since have
    /// changed.
    pub title_hash: Option<String>,
    /// The reason shown at its URL.
    pub reason: Option<String>,
}

impl Removed {
    /// What to remember of a page.
    pub(super) fn of(page: &PaperPage, reason: Option<String>) -> Self {
        let paper = &page.paper;
        let author = paper.authors.first();
        Self {
            slug: paper.slug.clone(),
            ids: paper.ids.clone(),
            title_key: title_of(&paper.title),
            author_key: author.map(|author| title_key(author.family())),
            title_hash: page.imported.0.get("title").map(|said| said.hash.clone()),
            reason,
        }
    }

    /// Its URL within the site.
    pub fn path(&self) -> String {
        Paper::path_of(&self.slug)
    }

    /// A page with the same identity as the removed one.
    pub(super) fn stand_in(&self) -> PaperPage {
        let mut paper = Paper::new(self.slug.clone(), self.title_key.clone());
        paper.ids.clone_from(&self.ids);
        paper.authors = self
            .author_key
            .iter()
            .map(|key| Author::from(Name::literal(key)))
            .collect();
        let mut imported = Imported::default();
        if let Some(hash) = &self.title_hash {
            let provenance = Provenance {
                source: Source::HAND,
                hash: hash.clone(),
                digest: None,
            };
            imported.0.insert("title".into(), provenance);
        }
        PaperPage {
            paper,
            file: format!("{FOLDER}/{FILE_NAME}").into(),
            yaml: false,
            imported,
            origin: None,
        }
    }

    /// The note that a record was skipped.
    pub(super) fn skips(&self, file: &str, record: &Record) -> Diagnostic {
        let message = format!(
            "skipped “{}”, which was removed from the site",
            record.title
        );
        Diagnostic::note("removed", message)
            .at(Place::line(file.to_owned(), record.line, &record.title))
            .help(format!(
                "`offprint remove --restore {}` restores it",
                self.slug
            ))
    }
}

/// The removed papers of a site, by slug.
pub(super) fn read(site: &Path) -> (Vec<Removed>, Diagnostics) {
    let file = format!("{FOLDER}/{FILE_NAME}");
    let text = match std::fs::read_to_string(site.join(&file)) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return (Vec::new(), Diagnostics::new());
        }
        Err(error) => {
            let said = Diagnostic::error("unreadable", format!("cannot be read: {error}"))
                .at(Place::file(file))
                .help(
                    "check the file and its permissions, and save it as UTF-8; without it, \
                    removed papers would come back",
                );
            return (Vec::new(), said.into());
        }
    };
    let document = Document::toml(file, &text, 0..text.len());
    let fields = document.fields();
    let mut removed: Vec<Removed> = fields
        .tables("paper")
        .into_iter()
        .filter_map(|paper| read_one(paper))
        .collect();
    fields.finish();
    removed.sort_by(|a, b| a.slug.cmp(&b.slug));
    removed.dedup_by(|a, b| a.slug == b.slug);
    (removed, document.into_diagnostics())
}

fn read_one(paper: Fields<'_, '_>) -> Option<Removed> {
    let fault = |key, message: String, help: &str| {
        let said = Diagnostic::error("bad-value", message)
            .field(key)
            .help(help);
        paper.document().report(said, paper.span(key));
    };
    let slug = match paper.string("slug") {
        Some(text) => match Slug::parse(&text) {
            Ok(slug) => Some(slug),
            Err(error) => {
                let message = format!("`{}` is not a valid page name: {error}", clean_line(&text));
                fault(
                    "slug",
                    message,
                    "write the slug of the page that was removed",
                );
                None
            }
        },
        None => {
            let help = "add `slug = \"…\"` with the slug of the page that was removed";
            fault("slug", "a removed paper has no slug".to_owned(), help);
            None
        }
    };
    let mut ids = Vec::new();
    for text in paper.strings("ids").unwrap_or_default() {
        match PaperId::parse(&text) {
            Some(id) => ids.push(id),
            None => {
                let message = format!("`{}` is not an identifier", clean_line(&text));
                fault(
                    "ids",
                    message,
                    "write it as scheme:value, such as arxiv:2403.03507",
                );
            }
        }
    }
    let removed = slug.map(|slug| Removed {
        title_key: paper.string("title_key").unwrap_or_default(),
        author_key: paper.string("author_key"),
        title_hash: paper.string("title_hash"),
        reason: paper.string("reason").map(|text| clean_line(&text)),
        ids,
        slug,
    });
    paper.finish();
    removed
}

/// Drops pages of removed papers and reports them. Such a page can come back
/// through a Git merge.
pub(super) fn drop_pages(papers: &mut Vec<PaperPage>, removed: &[Removed]) -> Vec<Diagnostic> {
    if removed.is_empty() {
        return Vec::new();
    }
    let slugs: BTreeSet<String> = removed.iter().map(|paper| paper.slug.folded()).collect();
    let ids: BTreeSet<&PaperId> = removed.iter().flat_map(|paper| &paper.ids).collect();
    let mut found = Vec::new();
    papers.retain(|page| {
        let is_removed = slugs.contains(&page.paper.slug.folded())
            || page.paper.ids.iter().any(|id| ids.contains(id));
        if is_removed {
            let message = format!(
                "the paper was removed but still has a page, which is left out; it is listed \
                 in {FOLDER}/{FILE_NAME}"
            );
            found.push(
                Diagnostic::warning("removed-has-page", message)
                    .at(Place::file(page.file.clone()))
                    .help(format!(
                        "delete the page, or restore the paper with `offprint remove --restore \
                         {}`",
                        page.paper.slug
                    )),
            );
        }
        !is_removed
    });
    found
}
