//! Bibliographies: papers as BibTeX, RIS or CSL-JSON, with the keys that they
//! have throughout the site.

use rayon::prelude::*;

use crate::cite;
use crate::config::Settings;
use crate::library::{Entry, Library};
use crate::model::LinkKind;
use crate::render::escape_url_path;

/// The forms of a bibliography.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bibliography {
    /// For LaTeX.
    Bibtex,
    /// For reference managers.
    Ris,
    /// For citation processors.
    Csl,
}

impl Bibliography {
    pub(super) const ALL: [Self; 3] = [Self::Bibtex, Self::Ris, Self::Csl];

    /// The file it has beside a page.
    pub(super) fn file(self) -> &'static str {
        match self {
            Self::Bibtex => "papers.bib",
            Self::Ris => "papers.ris",
            Self::Csl => "papers.json",
        }
    }

    /// The file it has beside the page of one paper.
    pub(super) fn paper_file(self) -> &'static str {
        match self {
            Self::Bibtex => "paper.bib",
            Self::Ris => "paper.ris",
            Self::Csl => "paper.json",
        }
    }

    /// What readers call it.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Bibtex => "BibTeX",
            Self::Ris => "RIS",
            Self::Csl => "CSL JSON",
        }
    }

    /// Its media type.
    pub(super) fn media_type(self) -> &'static str {
        match self {
            Self::Bibtex => "application/x-bibtex",
            Self::Ris => "application/x-research-info-systems",
            Self::Csl => "application/vnd.citationstyles.csl+json",
        }
    }
}

/// Some papers of a library in one of the forms. Keys are given out over the
/// whole library, so that a paper has one key wherever it is cited.
pub fn bibliography(
    settings: &Settings,
    library: &Library,
    papers: &[&Entry],
    form: Bibliography,
) -> String {
    let all = keys(library);
    let key_of: std::collections::HashMap<&str, &str> = library
        .papers
        .iter()
        .zip(&all)
        .map(|(entry, key)| (entry.paper.slug.as_str(), key.as_str()))
        .collect();
    let keys: Vec<&str> = papers
        .iter()
        .map(|entry| key_of[entry.paper.slug.as_str()])
        .collect();
    text(&settings.base_url, papers, &keys, form)
}

/// The key of each paper of a library.
pub(super) fn keys(library: &Library) -> Vec<String> {
    let papers = library.papers.par_iter();
    cite::keys(papers.map(|entry| cite::Work::of(item(entry))))
}

/// Papers with their keys in one of the forms.
pub(super) fn text(base_url: &str, papers: &[&Entry], keys: &[&str], form: Bibliography) -> String {
    let urls: Vec<Option<String>> = papers
        .iter()
        .map(|entry| {
            (!base_url.is_empty())
                .then(|| format!("{base_url}{}", escape_url_path(&entry.paper.path())))
        })
        .collect();
    let works: Vec<cite::Work<'_>> = papers
        .iter()
        .zip(&urls)
        .map(|(entry, url)| {
            cite::Work::of(cite::Item {
                url: url.as_deref(),
                ..item(entry)
            })
        })
        .collect();
    let keyed = || works.iter().zip(keys.iter().copied());
    match form {
        Bibliography::Bibtex => cite::bibtex_file(keyed()),
        Bibliography::Ris => cite::ris_file(&works),
        Bibliography::Csl => cite::csl_file(keyed()),
    }
}

/// A paper as citations take it, without its address on this site.
pub(super) fn item(entry: &Entry) -> cite::Item<'_> {
    cite::Item {
        short: entry.short.as_deref(),
        pdf: entry.links().get(&LinkKind::Pdf).map(String::as_str),
        summary: Some(entry.summary.as_str()).filter(|summary| !summary.is_empty()),
        ..cite::Item::new(&entry.paper, &entry.title)
    }
}
