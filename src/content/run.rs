//! An import in progress: matches records with pages, merges them, and collects
//! what has to be written.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::config::Settings;
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::model::{Date, DigestId, Record, Slug};

use super::identity::{self, Apart};
use super::import::{ImportOptions, ImportReport, InputFile};
use super::merge::{Listed, Rules};
use super::newcomer::{identity_key, new_page, paper_file};
use super::redirects::{self, Redirects};
use super::removed::Removed;
use super::tree::{Content, DigestPage, PaperPage};
use super::writing::Writing;
use super::{FOLDER, digest_import, limits, page_write};

/// An import in progress: the resulting content, and what has to be written.
pub(super) struct ImportRun<'a> {
    site: &'a Path,
    settings: &'a Settings,
    pub(super) content: Content,
    options: &'a ImportOptions,
    /// Papers are written before the digests that list them, and the URL history
    /// last, so that the next import can resume an interrupted one.
    pub(super) writing: Writing,
    /// URLs of pages merged into others.
    merged: BTreeMap<String, String>,
    /// The URL history, and the file's text.
    pub(super) redirects: (Redirects, String),
    /// Errors for files that could not be updated.
    faults: Diagnostics,
}

impl<'a> ImportRun<'a> {
    pub(super) fn new(
        site: &'a Path,
        settings: &'a Settings,
        content: Content,
        options: &'a ImportOptions,
        redirects: (Redirects, String),
    ) -> Self {
        Self {
            redirects,
            faults: Diagnostics::new(),
            site,
            settings,
            content,
            options,
            writing: Writing::default(),
            merged: BTreeMap::new(),
        }
    }

    pub(super) fn bring_in(&mut self, sources: &[InputFile], report: &mut ImportReport) {
        let days = self.days(sources);
        let listed: Vec<(usize, &Record)> = sources
            .iter()
            .enumerate()
            .flat_map(|(at, source)| {
                source
                    .reading
                    .records
                    .iter()
                    .map(move |record| (at, record))
            })
            .collect();
        let records: Vec<&Record> = listed.iter().map(|(_, record)| *record).collect();
        // Removed papers are recognised like those with pages.
        let pages = self.content.papers.len();
        let removed = self.content.removed.iter().map(Removed::stand_in);
        self.content.papers.extend(removed);
        let (mut groups, resemblances) = identity::groups(&self.content.papers, &records, |at| {
            Some(&sources[listed[at].0].id)
        });
        for resemblance in &resemblances {
            report
                .diagnostics
                .push(self.describe(resemblance, sources, &listed));
        }
        self.content.papers.truncate(pages);
        // New papers get their slugs in the order of their identity, so that the
        // order of records and files does not matter.
        groups.sort_by_cached_key(|group| identity_key(group, &records));
        let mut taken: BTreeSet<String> = self
            .content
            .papers
            .iter()
            .map(|page| &page.paper.slug)
            .chain(self.content.removed.iter().map(|paper| &paper.slug))
            .map(Slug::folded)
            .collect();
        let mut slugs: Vec<Option<Slug>> = vec![None; records.len()];
        let mut gone: BTreeSet<usize> = BTreeSet::new();
        let rules = Rules {
            settings: self.settings,
            days: &days,
        };
        let mut added = Vec::new();
        for group in &groups {
            if let Some(at) = group.pages.iter().find(|page| **page >= pages) {
                let removed = &self.content.removed[*at - pages];
                for &at in &group.records {
                    let (source, record) = listed[at];
                    report.files[source].balance.unchanged += 1;
                    report
                        .diagnostics
                        .push(removed.skips(&sources[source].name, record));
                    // The digest still lists it, in case it is restored.
                    slugs[at] = Some(removed.slug.clone());
                }
                continue;
            }
            let mentions: Vec<Listed<'_>> = group
                .records
                .iter()
                .map(|&at| Listed {
                    record: records[at],
                    digest: &sources[listed[at].0].id,
                })
                .collect();
            let base = self.oldest(&group.pages);
            let before = base.map(|at| self.content.papers[at].clone());
            let mut page = match &before {
                Some(page) => page.clone(),
                None => new_page(group, &records, &mut taken),
            };
            for &other in group.pages.iter().filter(|page| Some(**page) != base) {
                let absorbed = self.content.papers[other].clone();
                report
                    .diagnostics
                    .extend(rules.absorb(&mut page, &absorbed));
                self.merged.insert(absorbed.paper.path(), page.paper.path());
                self.writing.remove(absorbed.file.to_string());
                gone.insert(other);
            }
            let kept = rules.merge(&mut page, &mentions);
            let changed = before.as_ref() != Some(&page) || group.pages.len() > 1;
            for (n, &at) in group.records.iter().enumerate() {
                let balance = &mut report.files[listed[at].0].balance;
                match (n, &before, changed) {
                    (0, None, _) => balance.new += 1,
                    (0, Some(_), true) => balance.updated += 1,
                    (0, Some(_), false) => balance.unchanged += 1,
                    _ => {
                        balance.merged += 1;
                        let first = group.records[0];
                        report.diagnostics.push(merged(at, first, sources, &listed));
                    }
                }
                slugs[at] = Some(page.paper.slug.clone());
            }
            for edit in kept {
                if let Some(at) = sources.iter().position(|source| source.id == edit.digest) {
                    report.files[at].balance.kept_edits += 1;
                }
                report.diagnostics.push(
                    Diagnostic::note(
                        "kept-edit",
                        format!(
                            "`{}` was edited by hand and is kept; the digest {} disagrees",
                            edit.field, edit.digest
                        ),
                    )
                    .at(Place::file(page.file.clone()))
                    .field(edit.field.to_string()),
                );
            }
            match base {
                Some(at) => {
                    if changed && self.rewrite(before.as_ref(), &mut page) {
                        self.content.papers[at] = page;
                    }
                }
                None => {
                    page.file = paper_file(&page).into();
                    self.writing
                        .write(page.file.to_string(), page_write::paper(&page, None));
                    added.push(page);
                }
            }
        }
        let mut at = 0;
        self.content.papers.retain(|_| {
            at += 1;
            !gone.contains(&(at - 1))
        });
        self.content.papers.extend(added);
        self.content
            .papers
            .sort_by(|a, b| a.paper.slug.cmp(&b.paper.slug));
        self.bring_in_digests(sources, &listed, &slugs, report);
        for file in &report.files {
            report.total.add(&file.balance);
        }
    }

    fn days(&self, sources: &[InputFile]) -> BTreeMap<DigestId, Option<Date>> {
        let mut days: BTreeMap<DigestId, Option<Date>> = self
            .content
            .digests
            .iter()
            .map(|page| (page.digest.id.clone(), page.digest.date))
            .collect();
        for source in sources {
            let day = days.entry(source.id.clone()).or_default();
            let said = source.reading.date.or(*day);
            *day = said.or_else(|| digest_import::day_of(&source.id));
        }
        days
    }

    /// The oldest of several pages of one paper.
    fn oldest(&self, pages: &[usize]) -> Option<usize> {
        pages.iter().copied().min_by_key(|&at| {
            let paper = &self.content.papers[at].paper;
            (paper.date.is_none(), paper.date, paper.slug.clone())
        })
    }

    /// Rewrites a page. Returns `false` if it has to stay as it is.
    pub(super) fn rewrite(&mut self, before: Option<&PaperPage>, page: &mut PaperPage) -> bool {
        let Some(on_disk) = self.on_disk(&page.file) else {
            return false;
        };
        let text = page_write::paper(page, before.map(|before| (before, on_disk.as_str())));
        if let Some(fault) = limits::too_large(&page.file, &text, limits::MAX_PAGE_BYTES) {
            self.faults.push(fault);
            return false;
        }
        page.yaml = false;
        if text != on_disk {
            self.writing.write(page.file.to_string(), text);
        }
        true
    }

    /// The text of a file about to be rewritten; empty if there is none. Unreadable
    /// files are left alone.
    fn on_disk(&mut self, file: &str) -> Option<String> {
        match std::fs::read_to_string(self.site.join(file)) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Some(String::new()),
            Err(error) => {
                let message = format!("cannot be read and was not changed: {error}");
                self.faults.push(
                    Diagnostic::error("unreadable", message)
                        .at(Place::file(file.to_owned()))
                        .help("check the file and its permissions, then import again"),
                );
                None
            }
        }
    }

    fn bring_in_digests(
        &mut self,
        sources: &[InputFile],
        listed: &[(usize, &Record)],
        slugs: &[Option<Slug>],
        report: &mut ImportReport,
    ) {
        for (at, source) in sources.iter().enumerate() {
            // Do not record a file that could not be read, so that the next import
            // retries it.
            if source.failed {
                continue;
            }
            let mut papers: Vec<Slug> = Vec::new();
            let mut seen = BTreeSet::new();
            for ((_, _), slug) in listed.iter().zip(slugs).filter(|((of, _), _)| *of == at) {
                if let Some(slug) = slug
                    && seen.insert(slug.clone())
                {
                    papers.push(slug.clone());
                }
            }
            let before = self
                .content
                .digests
                .iter()
                .find(|page| page.digest.id == source.id)
                .cloned();
            let offer = digest_import::Offer {
                id: &source.id,
                file_name: &source.name,
                blake3: &source.blake3,
                reading: &source.reading,
                papers,
                merged: &self.merged,
                allow_shrink: self.options.allow_shrink,
            };
            let (page, found) = digest_import::bring_in(before.as_ref(), &offer, self.settings);
            report.diagnostics.extend(found);
            self.keep_digest(before.as_ref(), page);
        }
        // Digests outside this import may list pages that are gone.
        if !self.merged.is_empty() {
            for before in self.content.digests.clone() {
                let mut page = before.clone();
                digest_import::rename(&mut page, &self.merged);
                self.keep_digest(Some(&before), page);
            }
        }
    }

    fn keep_digest(&mut self, before: Option<&DigestPage>, page: DigestPage) {
        if before == Some(&page) {
            return;
        }
        let file = page.file.to_string();
        let Some(on_disk) = self.on_disk(&file) else {
            return;
        };
        let text = page_write::digest(&page, before.map(|before| (before, on_disk.as_str())));
        if let Some(fault) = limits::too_large(&file, &text, limits::MAX_DIGEST_BYTES) {
            self.faults.push(fault);
            return;
        }
        self.writing.forget(&file);
        if text != on_disk {
            self.writing.write(file, text);
        }
        match self
            .content
            .digests
            .iter_mut()
            .find(|old| old.digest.id == page.digest.id)
        {
            Some(old) => *old = page,
            None => self.content.digests.push(page),
        }
    }

    pub(super) fn refresh_ledger(&mut self) -> Diagnostics {
        let (redirects, on_disk) = &mut self.redirects;
        let mut found = std::mem::take(&mut self.faults);
        found.append(redirects.refresh(&self.content, &self.merged));
        let text = redirects.to_text();
        if text != *on_disk && *redirects != Redirects::default() {
            let file = format!("{FOLDER}/{}", redirects::FILE_NAME);
            self.writing.write(file, text);
        }
        found
    }

    fn describe(
        &self,
        resemblance: &identity::Resemblance,
        sources: &[InputFile],
        listed: &[(usize, &Record)],
    ) -> Diagnostic {
        let (at, record) = listed[resemblance.record];
        let other = match resemblance.other {
            Ok(page) => self.content.papers[page].file.to_string(),
            Err(other) => {
                let (at, record) = listed[other];
                format!("{}:{}", sources[at].name, record.line)
            }
        };
        let message = format!(
            "“{}” has the same title as {other} but was kept separate",
            record.title
        );
        let place = Place::line(sources[at].name.clone(), record.line, &record.title);
        match resemblance.reason {
            Apart::Unsure => Diagnostic::warning("resembles", message).at(place).help(
                "if they are the same paper, give both pages the same identifier in `ids` and \
                 import again",
            ),
            Apart::Place => Diagnostic::note("resembles", message).at(place).help(
                "their \
                years, volumes, issues or pages differ; if they are the same paper, give both \
                pages the same identifier in `ids`",
            ),
            Apart::Ids => Diagnostic::note("resembles", message).at(place).help(
                "their \
                identifiers differ; if they are the same paper, put both identifiers into one \
                page's `ids`",
            ),
        }
    }
}

/// Explains why two records of an import are the same paper.
fn merged(
    at: usize,
    first: usize,
    sources: &[InputFile],
    listed: &[(usize, &Record)],
) -> Diagnostic {
    let (source, record) = listed[at];
    let (other_source, other) = listed[first];
    let place_of_other = if source == other_source {
        format!("line {}", other.line)
    } else {
        format!("{}:{}", sources[other_source].name, other.line)
    };
    let shared = record.ids.iter().find(|id| other.ids.contains(id));
    let reason = match shared {
        Some(id) => format!("both are {id}"),
        None if !record.ids.is_empty() && !other.ids.is_empty() => {
            "a third record or a page has identifiers of both".to_owned()
        }
        None if !record.authors.is_empty() && !other.authors.is_empty() => {
            "they have the same title and first author".to_owned()
        }
        None => "they have the same title, and nothing contradicts it".to_owned(),
    };
    Diagnostic::note(
        "merged",
        format!(
            "“{}” is the same paper as {place_of_other}: {reason}",
            record.title
        ),
    )
    .at(Place::line(
        sources[source].name.clone(),
        record.line,
        &record.title,
    ))
}
