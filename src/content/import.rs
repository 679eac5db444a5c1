//! Import: turns digest files into pages. Every record is accounted for, people's
//! edits are kept, and repeating an import changes nothing.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::config::Settings;
use crate::diagnostics::{Diagnostic, Diagnostics, Place, Severity};
use crate::ingest::{self, Format};
use crate::model::{Date, DigestId, Record};
use crate::text::clean_line;

use super::limits;
use super::redirects::Redirects;
use super::run::ImportRun;
use super::tree::Content;
use super::writing::Writing;

/// One digest to import.
#[derive(Debug, Clone)]
pub struct Input {
    /// The name shown to the user: a path, or `-`.
    pub name: String,
    /// Its digest's ID.
    pub id: DigestId,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// How to import.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// The digests' date, if the user gave one.
    pub date: Option<Date>,
    /// The format, if the user gave one.
    pub format: Option<Format>,
    /// Write nothing if any record is rejected.
    pub strict: bool,
    /// Write nothing.
    pub dry_run: bool,
    /// Allow a digest to lose papers.
    pub allow_shrink: bool,
}

/// How many records had which outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Balance {
    /// Records read: the sum of the next five.
    pub read: usize,
    /// Records that created a page.
    pub new: usize,
    /// Records of a paper that another record of this import also describes.
    pub merged: usize,
    /// Records that changed a page.
    pub updated: usize,
    /// Records that changed nothing.
    pub unchanged: usize,
    /// Records that could not be used.
    pub rejected: usize,
    /// Fields kept as a person edited them although a source disagrees.
    pub kept_edits: usize,
}

impl Balance {
    pub(super) fn add(&mut self, other: &Self) {
        self.read += other.read;
        self.new += other.new;
        self.merged += other.merged;
        self.updated += other.updated;
        self.unchanged += other.unchanged;
        self.rejected += other.rejected;
        self.kept_edits += other.kept_edits;
    }
}

/// The outcome for one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileReport {
    /// The file as the user named it.
    pub path: String,
    /// The format it was read as.
    pub format: String,
    /// The outcomes of its records.
    #[serde(flatten)]
    pub balance: Balance,
    /// In a dry run, the papers as read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub papers: Vec<Preview>,
}

/// A paper as read, abridged for display.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Preview {
    /// The line where it starts.
    pub line: usize,
    /// Its title.
    pub title: String,
    /// Its authors' names.
    pub authors: Vec<String>,
    /// The start of its abstract.
    pub begins: String,
}

/// How much of an abstract a preview shows, in characters.
const PREVIEW: usize = 100;

impl Preview {
    fn of(record: &Record) -> Self {
        let head: String = record.abstract_text.chars().take(PREVIEW).collect();
        let is_cut = head.len() < record.abstract_text.len();
        let mut begins = clean_line(&head);
        if is_cut {
            begins.push('…');
        }
        Self {
            line: record.line,
            title: record.title.clone(),
            authors: record.authors.names().map(str::to_owned).collect(),
            begins,
        }
    }
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct ImportReport {
    /// The totals of all files.
    pub total: Balance,
    /// Each file, in the order given.
    pub files: Vec<FileReport>,
    /// Messages for the user.
    pub diagnostics: Diagnostics,
    /// Whether anything was written, or would be without a dry run.
    #[serde(skip)]
    pub changed: bool,
}

/// A file that was read.
pub(super) struct InputFile {
    pub(super) id: DigestId,
    pub(super) name: String,
    pub(super) reading: ingest::ParsedFile,
    pub(super) blake3: String,
    /// Whether the file as a whole is unusable.
    pub(super) failed: bool,
}

/// Imports digests into a site's content. Without inputs it only updates the URL
/// history.
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
    let kept = (content, Redirects::load(site));
    let (mut report, ..) = import_into(site, settings, kept, inputs, options);
    found.append(std::mem::take(&mut report.diagnostics));
    report.diagnostics = found;
    report
}

/// Imports digests into content that is already loaded, with the URL history from
/// [`Redirects::load`], and returns both. If the report says that something changed,
/// reload them from disk.
pub fn import_into(
    site: &Path,
    settings: &Settings,
    (content, (redirects, redirects_text, redirects_found)): (
        Content,
        (Redirects, String, Diagnostics),
    ),
    inputs: Vec<Input>,
    options: &ImportOptions,
) -> (ImportReport, Content, Redirects) {
    let mut report = ImportReport::default();
    if redirects_found.has_errors() {
        report.diagnostics = redirects_found;
        return (report, content, redirects);
    }
    let sources = read_sources(&content, settings, inputs, options, &mut report);
    let rejected: usize = sources.iter().map(|source| source.reading.rejected).sum();
    let failed = report.diagnostics.has_errors();
    let mut work = ImportRun::new(
        site,
        settings,
        content,
        options,
        (redirects, redirects_text),
    );
    let is_refused = options.strict && (rejected > 0 || failed);
    if !is_refused && !options.dry_run {
        work.writing = Writing::early(site);
    }
    if !sources.is_empty() {
        work.bring_in(&sources, &mut report);
    }
    let redirects_found = work.refresh_ledger();
    report.diagnostics.extend(redirects_found);
    if is_refused {
        let message = format!(
            "nothing was written: {} rejected and --strict was given",
            crate::diagnostics::count(rejected, "record")
        );
        report.diagnostics.push(
            Diagnostic::error("strict", message)
                .help("correct the records named above, or import without --strict"),
        );
        return (report, work.content, work.redirects.0);
    }
    report.changed = !work.writing.is_empty();
    if !options.dry_run {
        for error in work.writing.carry_out(site) {
            report.diagnostics.push(error);
        }
    }
    (report, work.content, work.redirects.0)
}

fn read_sources(
    content: &Content,
    settings: &Settings,
    inputs: Vec<Input>,
    options: &ImportOptions,
    report: &mut ImportReport,
) -> Vec<InputFile> {
    let mut sources: Vec<InputFile> = Vec::new();
    for input in inputs {
        let earlier = content
            .digests
            .iter()
            .filter(|page| page.digest.id != input.id)
            .filter_map(|page| page.digest.date)
            .max();
        // A digest that was imported before knows its own date.
        let own = content
            .digests
            .iter()
            .find(|page| page.digest.id == input.id)
            .and_then(|page| page.digest.date);
        let mut reading = ingest::read(&ingest::Request {
            name: &input.name,
            bytes: &input.bytes,
            format: options.format,
            date: options.date,
            earlier: own.or(earlier),
            columns: &settings.columns,
        });
        let known = content
            .digests
            .iter()
            .find(|page| page.digest.id == input.id)
            .map_or(0, |page| page.digest.papers.len());
        limits::keep_within(&mut reading, &input.name, known);
        // Each rejected record has its own error, which becomes a warning if other
        // records were accepted. Any further error is about the file.
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
            papers: Vec::new(),
        };
        if options.dry_run {
            file.papers = reading.records.iter().map(Preview::of).collect();
        }
        file.balance.read = reading.read;
        file.balance.rejected = if failed {
            reading.read
        } else {
            reading.rejected
        };
        report.files.push(file);
        let mut source = InputFile {
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

impl ImportReport {
    /// Whether any file could be read.
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

/// The inputs a build imports automatically: files in `content/digests/` that no
/// digest page records.
///
/// # Errors
/// Fails if a file cannot be read.
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

/// The ID of a digest from a file, or from standard input on a date.
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
