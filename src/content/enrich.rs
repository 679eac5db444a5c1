//! Enrichment: adds what a service says about papers known only by title. The
//! service counts as one more source of the digest that lists the paper; nothing a
//! person wrote changes.

use std::collections::BTreeMap;
use std::path::Path;

use crate::config::Settings;
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::model::{DigestId, PaperId, Record, Slug};
use crate::text::title_key;

use super::import::ImportOptions;
use super::merge::{Listed, Rules};
use super::redirects::Redirects;
use super::run::ImportRun;
use super::tree::Content;

/// A paper without identifiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nameless {
    /// Its slug.
    pub slug: Slug,
    /// Its title.
    pub title: String,
    /// The folded family name of its first author, if known.
    pub author: Option<String>,
}

/// The papers without identifiers that a digest lists, sorted by slug.
pub fn nameless(content: &Content) -> Vec<Nameless> {
    content
        .papers
        .iter()
        .map(|page| &page.paper)
        .filter(|paper| paper.ids.is_empty() && !paper.digests.is_empty())
        .map(|paper| Nameless {
            slug: paper.slug.clone(),
            title: paper.title.clone(),
            author: paper
                .authors
                .first()
                .map(|author| title_key(author.family())),
        })
        .collect()
}

/// Merges the records found into the papers' pages. Returns the number of pages
/// changed.
pub fn take_up(
    site: &Path,
    settings: &Settings,
    content: Content,
    found: &[(Slug, Record)],
) -> (usize, Diagnostics) {
    let mut said = Diagnostics::new();
    let options = ImportOptions::default();
    let days: BTreeMap<DigestId, _> = content
        .digests
        .iter()
        .map(|page| (page.digest.id.clone(), page.digest.date))
        .collect();
    let mut owners: BTreeMap<PaperId, usize> = content
        .papers
        .iter()
        .enumerate()
        .flat_map(|(at, page)| page.paper.ids.iter().map(move |id| (id.clone(), at)))
        .collect();
    let places: BTreeMap<Slug, usize> = content
        .papers
        .iter()
        .enumerate()
        .map(|(at, page)| (page.paper.slug.clone(), at))
        .collect();
    let rules = Rules {
        settings,
        days: &days,
    };
    let (redirects, text, redirects_found) = Redirects::load(site);
    if redirects_found.has_errors() {
        return (0, redirects_found);
    }
    let mut work = ImportRun::new(site, settings, content, &options, (redirects, text));
    let mut changed = 0;
    for (slug, record) in found {
        let Some(&at) = places.get(slug) else {
            continue;
        };
        let before = work.content.papers[at].clone();
        if let Some(owner) = record.ids.iter().find_map(|id| owners.get(id)) {
            let other = &work.content.papers[*owner].file;
            said.push(
                Diagnostic::note(
                    "resembles",
                    format!(
                        "“{}” seems to be the same paper as {other}",
                        before.paper.title
                    ),
                )
                .at(Place::file(before.file.clone()))
                .help("if so, give both pages the same identifier in `ids` and import again"),
            );
            continue;
        }
        let Some(digest) = before.paper.digests.last().cloned() else {
            continue;
        };
        let mut page = before.clone();
        rules.merge(
            &mut page,
            &[Listed {
                record,
                digest: &digest,
            }],
        );
        owners.extend(page.paper.ids.iter().map(|id| (id.clone(), at)));
        if page != before && work.rewrite(Some(&before), &mut page) {
            work.content.papers[at] = page;
            changed += 1;
        }
    }
    said.append(work.refresh_ledger());
    for error in work.writing.carry_out(site) {
        said.push(error);
    }
    (changed, said)
}
