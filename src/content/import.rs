//! Import: digest files become pages. What is read is accounted for to the last
//! record, nothing that a person wrote is changed, and the same import a second
//! time changes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::config::Settings;
use crate::diagnostics::{Diagnostic, Diagnostics, Place, Severity};
use crate::ingest::{self, Format};
use crate::model::{Date, DigestId, Record, Slug};

use super::identity::{self, Group};
use super::imported::Imported;
use super::ledger::{self, Ledger};
use super::merge::{Listed, Rules};
use super::tree::{Content, DigestPage, PaperPage};
use super::{FOLDER, digest_import, page_write};

/// One digest to import.
#[derive(Debug, Clone)]
pub struct Input {
    /// How the user knows it: a path, or `-`.
    pub name: String,
    /// The id of its digest.
    pub id: DigestId,
    /// What it says.
    pub bytes: Vec<u8>,
}

/// How to import.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// The day the digests are of, where the user says so.
    pub date: Option<Date>,
    /// The format, where the user says so.
    pub format: Option<Format>,
    /// Nothing is written if any record is rejected.
    pub strict: bool,
    /// Nothing is written.
    pub dry_run: bool,
    /// A digest may lose papers.
    pub allow_shrink: bool,
}

/// What became of the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Balance {
    /// Records read; the sum of the next five.
    pub read: usize,
    /// Records that gave a new page.
    pub new: usize,
    /// Records of a paper that another record of this import speaks of too.
    pub merged: usize,
    /// Records that changed a page.
    pub updated: usize,
    /// Records that changed nothing.
    pub unchanged: usize,
    /// Records that could not be used.
    pub rejected: usize,
    /// Fields that stayed as a person left them though a source says otherwise.
    pub kept_edits: usize,
}

impl Balance {
    fn add(&mut self, other: &Self) {
        self.read += other.read;
        self.new += other.new;
        self.merged += other.merged;
        self.updated += other.updated;
        self.unchanged += other.unchanged;
        self.rejected += other.rejected;
        self.kept_edits += other.kept_edits;
    }
}

/// What became of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileReport {
    /// The file as the user knows it.
    pub path: String,
    /// The format it was read as.
    pub format: String,
    /// Its records.
    #[serde(flatten)]
    pub balance: Balance,
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct ImportReport {
    /// All files together.
    pub total: Balance,
    /// File by file, in the order given.
    pub files: Vec<FileReport>,
    /// What a person should know.
    pub diagnostics: Diagnostics,
    /// Whether anything was, or with a dry run would be, written.
    #[serde(skip)]
    pub changed: bool,
}

/// A file that was read.
struct Source {
    id: DigestId,
    name: String,
    reading: ingest::Reading,
    blake3: String,
    /// Whether the file as a whole is of no use.
    failed: bool,
}

/// Imports digests into the content of a site. With no inputs it only brings
/// the ledger of addresses up to date.
pub fn import(
    site: &Path,
    settings: &Settings,
    inputs: Vec<Input>,
    options: &ImportOptions,
) -> ImportReport {
    let (content, mut found) = Content::read(site);
    if found.has_errors() {
        return ImportReport {
            diagnostics: found,
            ..ImportReport::default()
        };
    }
    let (mut report, _) = import_into(site, settings, content, inputs, options);
    found.append(std::mem::take(&mut report.diagnostics));
    report.diagnostics = found;
    report
}

/// Imports digests into content that was read already, and gives it back. Where
/// the report says that something changed, the tree on disk is what counts.
pub fn import_into(
    site: &Path,
    settings: &Settings,
    content: Content,
    inputs: Vec<Input>,
    options: &ImportOptions,
) -> (ImportReport, Content) {
    let mut report = ImportReport::default();
    let sources = read_sources(&content, settings, inputs, options, &mut report);
    let rejected: usize = sources.iter().map(|source| source.reading.rejected).sum();
    let failed = report.diagnostics.has_errors();
    let mut work = Work::new(site, settings, content, options);
    if !sources.is_empty() {
        work.bring_in(&sources, &mut report);
    }
    let ledger_found = work.refresh_ledger();
    report.diagnostics.extend(ledger_found);
    if options.strict && (rejected > 0 || failed) {
        let message = format!(
            "nothing was written: {} rejected and --strict was given",
            crate::diagnostics::count(rejected, "record")
        );
        report.diagnostics.push(
            Diagnostic::error("strict", message)
                .help("correct the records named above, or import without --strict"),
        );
        return (report, work.content);
    }
    report.changed = !work.writes.is_empty() || !work.removals.is_empty();
    if !options.dry_run {
        for error in work.write() {
            report.diagnostics.push(error);
        }
    }
    (report, work.content)
}

fn read_sources(
    content: &Content,
    settings: &Settings,
    inputs: Vec<Input>,
    options: &ImportOptions,
    report: &mut ImportReport,
) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    for input in inputs {
        let earlier = content
            .digests
            .iter()
            .filter(|page| page.digest.id != input.id)
            .filter_map(|page| page.digest.date)
            .max();
        // A digest that was imported before knows its own day.
        let own = content
            .digests
            .iter()
            .find(|page| page.digest.id == input.id)
            .and_then(|page| page.digest.date);
        let reading = ingest::read(&ingest::Request {
            name: &input.name,
            bytes: &input.bytes,
            format: options.format,
            date: options.date,
            year_hint: own.or(earlier).map(|date| date.year()),
            columns: &settings.columns,
        });
        // Each rejected record has an error of its own. As long as others are
        // taken, these are warnings; an error beyond them is about the file.
        let errors = reading.diagnostics.count(Severity::Error);
        let failed =
            errors > reading.rejected || (reading.rejected > 0 && reading.records.is_empty());
        for diagnostic in reading.diagnostics.iter() {
            let mut diagnostic = diagnostic.clone();
            if !failed && diagnostic.severity == Severity::Error {
                diagnostic.severity = Severity::Warning;
            }
            report.diagnostics.push(diagnostic);
        }
        let mut file = FileReport {
            path: input.name.clone(),
            format: reading.format.name().to_owned(),
            balance: Balance::default(),
        };
        file.balance.read = reading.read;
        file.balance.rejected = if failed {
            reading.read
        } else {
            reading.rejected
        };
        report.files.push(file);
        let mut source = Source {
            id: input.id,
            name: input.name,
            blake3: blake3::hash(&input.bytes).to_hex().to_string(),
            reading,
            failed,
        };
        if failed {
            source.reading.records.clear();
        }
        sources.push(source);
    }
    sources
}

/// An import under way: the content as it will be, and what has to be written.
struct Work<'a> {
    site: &'a Path,
    settings: &'a Settings,
    content: Content,
    options: &'a ImportOptions,
    /// Texts by file relative to the site. Papers come before the digests that
    /// list them, and the ledger last, so that an import that is cut off is
    /// taken up by the next one.
    writes: Vec<(String, String)>,
    removals: Vec<String>,
    /// Addresses of pages that became part of another.
    merged: BTreeMap<String, String>,
}

impl<'a> Work<'a> {
    fn new(
        site: &'a Path,
        settings: &'a Settings,
        content: Content,
        options: &'a ImportOptions,
    ) -> Self {
        Self {
            site,
            settings,
            content,
            options,
            writes: Vec::new(),
            removals: Vec::new(),
            merged: BTreeMap::new(),
        }
    }

    fn bring_in(&mut self, sources: &[Source], report: &mut ImportReport) {
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
        let (mut groups, resemblances) = identity::groups(&self.content.papers, &records);
        for resemblance in &resemblances {
            report
                .diagnostics
                .push(self.describe(resemblance, sources, &listed));
        }
        // New papers take their slugs in the order of their identity, so that
        // the order of records and files does not matter.
        groups.sort_by_cached_key(|group| identity_key(group, &records));
        let mut taken: BTreeSet<String> = self
            .content
            .papers
            .iter()
            .map(|page| page.paper.slug.folded())
            .collect();
        let mut slugs: Vec<Option<Slug>> = vec![None; records.len()];
        let mut gone: BTreeSet<usize> = BTreeSet::new();
        let rules = Rules {
            settings: self.settings,
            days: &days,
        };
        let mut added = Vec::new();
        for group in &groups {
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
                self.removals.push(absorbed.file.to_string());
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
                    _ => balance.merged += 1,
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
                            "`{}` stays as a person left it; the digest {} says otherwise",
                            edit.field, edit.digest
                        ),
                    )
                    .at(Place::file(page.file.clone()))
                    .field(edit.field.to_string()),
                );
            }
            match base {
                Some(at) => {
                    if changed {
                        self.rewrite(before.as_ref(), &mut page);
                        self.content.papers[at] = page;
                    }
                }
                None => {
                    page.file = paper_file(&page).into();
                    self.writes
                        .push((page.file.to_string(), page_write::paper(&page, None)));
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

    fn days(&self, sources: &[Source]) -> BTreeMap<DigestId, Option<Date>> {
        let mut days: BTreeMap<DigestId, Option<Date>> = self
            .content
            .digests
            .iter()
            .map(|page| (page.digest.id.clone(), page.digest.date))
            .collect();
        for source in sources {
            let day = days.entry(source.id.clone()).or_default();
            *day = source.reading.date.or(*day);
        }
        days
    }

    /// Of the pages of one paper, the one that was there first.
    fn oldest(&self, pages: &[usize]) -> Option<usize> {
        pages.iter().copied().min_by_key(|&at| {
            let paper = &self.content.papers[at].paper;
            (paper.date.is_none(), paper.date, paper.slug.clone())
        })
    }

    fn rewrite(&mut self, before: Option<&PaperPage>, page: &mut PaperPage) {
        let on_disk = std::fs::read_to_string(self.site.join(&*page.file)).unwrap_or_default();
        let text = page_write::paper(page, before.map(|before| (before, on_disk.as_str())));
        page.yaml = false;
        if text != on_disk {
            self.writes.push((page.file.to_string(), text));
        }
    }

    fn bring_in_digests(
        &mut self,
        sources: &[Source],
        listed: &[(usize, &Record)],
        slugs: &[Option<Slug>],
        report: &mut ImportReport,
    ) {
        for (at, source) in sources.iter().enumerate() {
            // A file that could not be read is not recorded; the next import
            // tries it again.
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
        // Digests that were not imported just now may list pages that are gone.
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
        let on_disk = std::fs::read_to_string(self.site.join(&file)).unwrap_or_default();
        let text = page_write::digest(&page, before.map(|before| (before, on_disk.as_str())));
        self.writes.retain(|(name, _)| *name != file);
        if text != on_disk {
            self.writes.push((file, text));
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

    fn refresh_ledger(&mut self) -> Diagnostics {
        let file = format!("{FOLDER}/{}", ledger::FILE_NAME);
        let on_disk = std::fs::read_to_string(self.site.join(&file)).unwrap_or_default();
        let (mut ledger, mut found) = Ledger::parse(&on_disk);
        if found.has_errors() {
            return found;
        }
        let fresh = ledger.refresh(&self.content, &self.merged);
        found.append(fresh);
        let text = ledger.to_text();
        if text != on_disk && ledger != Ledger::default() {
            self.writes.push((file, text));
        }
        found
    }

    fn describe(
        &self,
        resemblance: &identity::Resemblance,
        sources: &[Source],
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
            "“{}” has the title of {other} and was left apart",
            record.title
        );
        let place = Place::line(sources[at].name.clone(), record.line, &record.title);
        if resemblance.without_id {
            Diagnostic::warning("resembles", message).at(place).help(
                "if they are one paper, give both pages one identifier in `ids` and import again",
            )
        } else {
            Diagnostic::note("resembles", message).at(place).help("their identifiers differ; if they are one paper, name both identifiers in one page's `ids`")
        }
    }

    /// Writes everything; each file is whole at every moment.
    fn write(&self) -> Vec<Diagnostic> {
        let mut errors = Vec::new();
        let mut fault = |file: &str, error: &std::io::Error| {
            errors.push(
                Diagnostic::error("unwritable", format!("cannot be written: {error}"))
                    .at(Place::file(file.to_owned()))
                    .help("check permissions and free space, then import again: what was written so far is complete"),
            );
        };
        for (file, text) in &self.writes {
            if let Err(error) = write_whole(&self.site.join(file), text) {
                fault(file, &error);
                return errors;
            }
        }
        for file in &self.removals {
            if let Err(error) = std::fs::remove_file(self.site.join(file)) {
                fault(file, &error);
            }
        }
        errors
    }
}

/// Writes a file beside its place and moves it there, so that nobody ever finds
/// half of it.
fn write_whole(path: &Path, text: &str) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new()
        .prefix(".offprint-")
        .tempfile_in(folder)?;
    std::io::Write::write_all(&mut file, text.as_bytes())?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        file.as_file()
            .set_permissions(std::fs::Permissions::from_mode(0o644))?;
    }
    file.persist(path)?;
    Ok(())
}

/// What new papers are ordered by: their least identifier, else their title.
fn identity_key(group: &Group, records: &[&Record]) -> (bool, String, String) {
    let of = |at: &usize| records[*at];
    let id = group.records.iter().flat_map(|at| of(at).ids.iter()).min();
    let title = group
        .records
        .iter()
        .map(|at| of(at).title.as_str())
        .min()
        .unwrap_or_default();
    let author = group
        .records
        .iter()
        .filter_map(|at| of(at).authors.first())
        .map(|author| author.name.as_str())
        .min();
    let id_text = id.map(ToString::to_string).unwrap_or_default();
    (
        id.is_none(),
        id_text,
        format!("{title}|{}", author.unwrap_or_default()),
    )
}

fn new_page(group: &Group, records: &[&Record], taken: &mut BTreeSet<String>) -> PaperPage {
    let (_, id, title) = identity_key(group, records);
    let identity = if id.is_empty() { title } else { id };
    let hash = blake3::hash(identity.as_bytes()).to_hex().to_string();
    let name = group
        .records
        .iter()
        .map(|at| records[*at].title.as_str())
        .min()
        .unwrap_or_default();
    let plain =
        Slug::from_title(name).or_else(|| Slug::parse(&format!("paper-{}", &hash[..6])).ok());
    let mut slug = plain.expect("six hexadecimal digits make a slug");
    let base = slug.clone();
    // Six digits tell all but a few apart; the rest take more of them.
    for digits in 6..=hash.len() {
        if taken.insert(slug.folded()) {
            break;
        }
        slug = base.with_suffix(&hash[..digits]);
    }
    PaperPage {
        paper: crate::model::Paper::new(slug, ""),
        file: "".into(),
        yaml: false,
        imported: Imported::default(),
    }
}

/// Where a new paper's page goes: by the year in which it was first listed.
fn paper_file(page: &PaperPage) -> String {
    let year = page
        .paper
        .date
        .map(|date| date.year())
        .or_else(|| page.paper.publication_year());
    let folder = year.map_or_else(|| "undated".to_owned(), |year| format!("{year:04}"));
    format!("{FOLDER}/papers/{folder}/{}.md", page.paper.slug)
}

impl ImportReport {
    /// Whether at least one file could be read.
    pub fn any_read(&self) -> bool {
        self.files.is_empty()
            || self
                .files
                .iter()
                .any(|file| file.balance.rejected < file.balance.read || file.balance.read == 0)
    }

    /// Whether the import failed as a whole.
    pub fn failed(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|d| d.severity == Severity::Error)
    }
}

/// The inputs that a build imports by itself: the files of `content/digests/`
/// that no digest's page records.
///
/// # Errors
/// When a file cannot be read.
pub fn unrecorded(content: &Content) -> Result<Vec<Input>, Diagnostics> {
    let mut inputs = Vec::new();
    let mut found = Diagnostics::new();
    for file in &content.digest_files {
        let recorded = content
            .digests
            .iter()
            .find(|page| page.digest.id == file.id)
            .and_then(|page| page.digest.blake3.as_deref());
        match std::fs::read(&file.path) {
            Ok(bytes) => {
                if recorded != Some(blake3::hash(&bytes).to_hex().as_str()) {
                    inputs.push(Input {
                        name: file.file.to_string(),
                        id: file.id.clone(),
                        bytes,
                    });
                }
            }
            Err(error) => found.push(
                Diagnostic::error("unreadable", format!("cannot be read: {error}"))
                    .at(Place::file(file.file.clone())),
            ),
        }
    }
    if found.is_empty() {
        Ok(inputs)
    } else {
        Err(found)
    }
}

/// The id of a digest that comes from a file, or from standard input on a day.
pub fn digest_id(path: &Path, date: Option<Date>) -> Option<DigestId> {
    if path == Path::new("-") {
        return DigestId::parse(&date?.to_string()).ok();
    }
    let name = path.file_name()?.to_string_lossy().into_owned();
    let name = [".gz", ".xz", ".zst"]
        .iter()
        .find_map(|suffix| name.strip_suffix(suffix))
        .unwrap_or(&name);
    let stem = PathBuf::from(name)
        .file_stem()?
        .to_string_lossy()
        .into_owned();
    DigestId::parse(&stem)
        .ok()
        .or_else(|| DigestId::parse(&crate::model::slugify(&stem, 80)).ok())
}
