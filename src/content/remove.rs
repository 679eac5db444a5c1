//! Removing papers for good, and restoring them. A removed paper's page is moved
//! aside unchanged, and `removed.toml` lists it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde::Serialize;
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, value};

use crate::config::Settings;
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::model::{PaperId, Slug};

use super::FOLDER;
use super::import::ImportOptions;
use super::redirects::Redirects;
use super::removed::{FILE_NAME, PAGES, Removed};
use super::run::ImportRun;
use super::tree::Content;
use super::writing::Writing;

/// The comment at the top of the file.
const HEADER: &str = "# Papers removed by `offprint remove`. Imports skip them, and their \
    addresses say that they are gone.\n# `offprint remove --restore SLUG` restores one.\n\n";

/// The comment that earlier versions wrote.
const OLD_HEADER: &str = "# Papers that `offprint remove` took away. Imports skip them; their \
                          addresses say so.\n\
                          # `offprint remove --restore SLUG` brings one back.\n\n";

/// The most suggestions for an unknown name.
const MOST_NEAR: usize = 3;

/// A paper that was removed or restored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MovedPaper {
    /// The paper.
    pub slug: String,
    /// Where its page is now, if it had one.
    pub file: Option<String>,
    /// Its identifiers.
    pub ids: Vec<String>,
    /// Why it was removed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What a removal did.
#[derive(Debug, Default, Serialize)]
pub struct RemoveReport {
    /// Papers removed.
    pub removed: Vec<MovedPaper>,
    /// Papers restored.
    pub restored: Vec<MovedPaper>,
    /// Messages for the user.
    pub diagnostics: Diagnostics,
}

impl RemoveReport {
    /// Whether nothing was done because of an error.
    pub fn failed(&self) -> bool {
        self.diagnostics.has_errors()
    }

    fn refused(diagnostics: Diagnostics) -> Self {
        Self {
            diagnostics,
            ..Self::default()
        }
    }
}

/// A page to move: from and to, relative to the site.
type Move = (String, String);

/// Removes papers. Each is given by its slug, URL or an identifier. If there is any
/// error, nothing is done.
pub fn remove(
    site: &Path,
    settings: &Settings,
    names: &[String],
    reason: Option<&str>,
) -> RemoveReport {
    let (content, mut file) = match open(site) {
        Ok(opened) => opened,
        Err(found) => return RemoveReport::refused(found),
    };
    let mut report = RemoveReport::default();
    let mut moves: Vec<Move> = Vec::new();
    let mut seen: BTreeSet<Slug> = BTreeSet::new();
    for name in names {
        let slug = bare(name);
        let id = PaperId::parse(name);
        let page = content.papers.iter().find(|page| {
            page.paper.slug.as_str() == slug
                || id.as_ref().is_some_and(|id| page.paper.ids.contains(id))
        });
        if let Some(page) = page {
            if !seen.insert(page.paper.slug.clone()) {
                continue;
            }
            let removed = Removed::of(page, reason.map(str::to_owned));
            let kept = kept_at(&page.file);
            if site.join(&kept).symlink_metadata().is_ok() {
                report.diagnostics.push(occupied(&kept));
                continue;
            }
            insert(&mut file, &removed);
            report.removed.push(taken(&removed, Some(kept.clone())));
            moves.push((page.file.to_string(), kept));
        } else if let Some(before) = content
            .removed
            .iter()
            .find(|paper| is_named(paper, slug, id.as_ref()))
        {
            if let Some(reason) = reason {
                set_reason(&mut file, &before.slug, reason);
            }
            report.diagnostics.push(
                Diagnostic::note("removed", format!("`{}` is already removed", before.slug))
                    .at(Place::file(format!("{FOLDER}/{FILE_NAME}")))
                    .help(format!(
                        "`offprint remove --restore {}` restores it",
                        before.slug
                    )),
            );
        } else {
            let known = content.papers.iter().map(|page| page.paper.slug.as_str());
            report.diagnostics.push(unknown("paper", name, slug, known));
        }
    }
    if report.failed() {
        return RemoveReport::refused(report.diagnostics);
    }
    // Write the list first: a page it names is left out wherever the file is.
    let done = write(site, &file).and_then(|()| move_all(site, &moves));
    finish(site, settings, done, report)
}

/// Restores papers. If there is any error, nothing is done.
pub fn restore(site: &Path, settings: &Settings, names: &[String]) -> RemoveReport {
    let (content, mut file) = match open(site) {
        Ok(opened) => opened,
        Err(found) => return RemoveReport::refused(found),
    };
    let mut report = RemoveReport::default();
    let mut moves: Vec<Move> = Vec::new();
    let mut seen: BTreeSet<Slug> = BTreeSet::new();
    let kept = kept_pages(site);
    for name in names {
        let slug = bare(name);
        let id = PaperId::parse(name);
        let Some(removed) = content
            .removed
            .iter()
            .find(|paper| is_named(paper, slug, id.as_ref()))
        else {
            let known = content.removed.iter().map(|paper| paper.slug.as_str());
            report
                .diagnostics
                .push(unknown("removed paper", name, slug, known));
            continue;
        };
        if !seen.insert(removed.slug.clone()) {
            continue;
        }
        let stem = format!("/{}.md", removed.slug);
        let page = kept.iter().find(|file| file.ends_with(&stem));
        let back = page.map(|page| page.replacen("/removed/", "/", 1));
        if let (Some(page), Some(back)) = (page, &back) {
            if site.join(back).symlink_metadata().is_ok() {
                report.diagnostics.push(occupied(back));
                continue;
            }
            moves.push((page.clone(), back.clone()));
        } else {
            report.diagnostics.push(
                Diagnostic::note("no-page", format!("no page of `{}` was kept", removed.slug))
                    .at(Place::file(format!("{FOLDER}/{FILE_NAME}")))
                    .help("import a digest that lists it: `offprint import FILE`"),
            );
        }
        take_out(&mut file, &removed.slug);
        report.restored.push(taken(removed, back));
    }
    if report.failed() {
        return RemoveReport::refused(report.diagnostics);
    }
    let done = move_all(site, &moves).and_then(|()| write(site, &file));
    tidy(site, &moves);
    finish(site, settings, done, report)
}

/// The content, and the list as it is on disk.
fn open(site: &Path) -> Result<(Content, DocumentMut), Diagnostics> {
    let (content, found) = Content::read(site);
    let file = format!("{FOLDER}/{FILE_NAME}");
    // Errors in other pages should not keep a paper from being removed.
    let (_, mut own) = super::removed::read(site);
    own.append(Redirects::load(site).2);
    if own.has_errors() {
        return Err(own);
    }
    if found.iter().any(|fault| fault.code == "outside") {
        return Err(found);
    }
    let fault = |message: String| {
        Diagnostics::from(Diagnostic::error("unreadable", message).at(Place::file(file.clone())))
    };
    let text = match fs::read_to_string(site.join(&file)) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(fault(format!("cannot be read: {error}"))),
    };
    let document = text
        .parse::<DocumentMut>()
        .map_err(|error| fault(error.to_string()))?;
    Ok((content, document))
}

/// Updates the URL history after the move.
fn finish(
    site: &Path,
    settings: &Settings,
    done: Result<(), Box<Diagnostic>>,
    mut report: RemoveReport,
) -> RemoveReport {
    if let Err(fault) = done {
        report.diagnostics.push(*fault);
        return report;
    }
    let (content, found) = Content::read(site);
    if found.has_errors() {
        // Pages that cannot be read would count as gone.
        return report;
    }
    let (redirects, text, _) = Redirects::load(site);
    let options = ImportOptions::default();
    let mut work = ImportRun::new(site, settings, content, &options, (redirects, text));
    report.diagnostics.append(work.refresh_ledger());
    report.diagnostics.extend(work.writing.carry_out(site));
    report
}

/// The slug in what a person typed: a slug, a file or a URL.
fn bare(name: &str) -> &str {
    let name = name.trim_end_matches('/');
    let name = name.rsplit('/').next().unwrap_or(name);
    name.strip_suffix(".md").unwrap_or(name)
}

fn is_named(paper: &Removed, slug: &str, id: Option<&PaperId>) -> bool {
    paper.slug.as_str() == slug || id.is_some_and(|id| paper.ids.contains(id))
}

/// Where a removed paper's page is kept.
fn kept_at(file: &str) -> String {
    let inner = file
        .strip_prefix(FOLDER)
        .and_then(|file| file.strip_prefix("/papers/"))
        .unwrap_or(file);
    format!("{FOLDER}/{PAGES}{inner}")
}

/// All pages of removed papers.
fn kept_pages(site: &Path) -> Vec<String> {
    let (files, _) = crate::config::SiteBounds::of(site).files(&site.join(FOLDER).join(PAGES));
    let inner = |path: &Path| {
        let path = path.strip_prefix(site).unwrap_or(path);
        let parts: Vec<_> = path
            .components()
            .map(|part| part.as_os_str().to_string_lossy())
            .collect();
        parts.join("/")
    };
    files.iter().map(|path| inner(path)).collect()
}

fn taken(removed: &Removed, file: Option<String>) -> MovedPaper {
    MovedPaper {
        slug: removed.slug.to_string(),
        file,
        ids: removed.ids.iter().map(ToString::to_string).collect(),
        reason: removed.reason.clone(),
    }
}

fn papers(file: &mut DocumentMut) -> Option<&mut ArrayOfTables> {
    file.entry("paper")
        .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()))
        .as_array_of_tables_mut()
}

fn insert(file: &mut DocumentMut, removed: &Removed) {
    let mut table = Table::new();
    table.insert("slug", value(removed.slug.as_str()));
    if !removed.ids.is_empty() {
        let ids = removed.ids.iter().map(ToString::to_string);
        table.insert("ids", value(Array::from_iter(ids)));
    }
    table.insert("title_key", value(&removed.title_key));
    for (key, text) in [
        ("author_key", &removed.author_key),
        ("title_hash", &removed.title_hash),
        ("reason", &removed.reason),
    ] {
        if let Some(text) = text {
            table.insert(key, value(text));
        }
    }
    if let Some(papers) = papers(file) {
        papers.push(table);
    }
}

fn is_of(table: &Table, slug: &Slug) -> bool {
    table.get("slug").and_then(Item::as_str) == Some(slug.as_str())
}

fn set_reason(file: &mut DocumentMut, slug: &Slug, reason: &str) {
    for table in papers(file).into_iter().flat_map(ArrayOfTables::iter_mut) {
        if is_of(table, slug) {
            table.insert("reason", value(reason));
        }
    }
}

fn take_out(file: &mut DocumentMut, slug: &Slug) {
    let is_empty = papers(file).is_some_and(|papers| {
        papers.retain(|table| !is_of(table, slug));
        papers.is_empty()
    });
    if is_empty {
        file.remove("paper");
    }
}

/// Writes the list, or deletes the file if only its header is left.
fn write(site: &Path, file: &DocumentMut) -> Result<(), Box<Diagnostic>> {
    let name = format!("{FOLDER}/{FILE_NAME}");
    let mut text = file.to_string();
    let is_header = |line: &str| {
        let mut lines = HEADER.lines().chain(OLD_HEADER.lines());
        lines.any(|ours| !ours.is_empty() && ours == line)
    };
    if !text.trim().is_empty() && !text.lines().any(is_header) {
        text.insert_str(0, HEADER);
    }
    let mut writing = Writing::default();
    let has_content = text
        .lines()
        .any(|line| !line.trim().is_empty() && !is_header(line));
    if has_content {
        writing.write(name, text);
    } else if site.join(&name).exists() {
        writing.remove(name);
    }
    match writing.carry_out(site).into_iter().next() {
        Some(fault) => Err(Box::new(fault)),
        None => Ok(()),
    }
}

fn move_all(site: &Path, moves: &[Move]) -> Result<(), Box<Diagnostic>> {
    for (from, to) in moves {
        let target = site.join(to);
        let folder = target.parent().unwrap_or(site);
        fs::create_dir_all(folder)
            .and_then(|()| fs::rename(site.join(from), &target))
            .map_err(|error| {
                let message = format!("cannot be moved to {to}: {error}");
                Box::new(
                    Diagnostic::error("unwritable", message)
                        .at(Place::file(from.clone()))
                        .help("check permissions and free space, then run the command again"),
                )
            })?;
    }
    Ok(())
}

/// Deletes folders left empty by restoring pages.
fn tidy(site: &Path, moves: &[Move]) {
    let end = site.join(FOLDER);
    for (from, _) in moves {
        let path = site.join(from);
        for folder in path.ancestors().skip(1).take_while(|folder| *folder != end) {
            // Folders that are not empty stay.
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
    }
}

fn occupied(file: &str) -> Diagnostic {
    Diagnostic::error("occupied", "a file already exists where the page would go")
        .at(Place::file(file.to_owned()))
        .help("rename or delete it, then run the command again")
}

fn unknown<'k>(
    what: &str,
    name: &str,
    slug: &str,
    known: impl Iterator<Item = &'k str>,
) -> Diagnostic {
    let mut near: Vec<(usize, &str)> = known
        .map(|known| (strsim::damerau_levenshtein(slug, known), known))
        .filter(|(distance, known)| {
            *distance <= 2 + slug.len().max(known.len()) / 3
                || (slug.len() > 2 && known.contains(slug))
        })
        .collect();
    near.sort_unstable();
    let near: Vec<String> = near
        .into_iter()
        .take(MOST_NEAR)
        .map(|(_, known)| format!("`{known}`"))
        .collect();
    let said = Diagnostic::error("no-paper", format!("there is no {what} `{name}`"));
    if near.is_empty() {
        said.help("use its slug: the name of its file without `.md`")
    } else {
        said.help(format!("did you mean {}?", near.join(" or ")))
    }
}
