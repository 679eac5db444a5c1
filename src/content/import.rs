//! Import: digest files become pages. What is read is accounted for to the last
//! record, nothing that a person wrote is changed, and the same import a second
//! time changes nothing.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::config::Settings;
use crate::diagnostics::{Diagnostic, Diagnostics, Place, Severity};
use crate::ingest::{self, Format};
use crate::model::{Date, DigestId, Record};
use crate::text::clean_line;

use super::bounds;
use super::ledger::Ledger;
use super::tree::Content;
use super::work::Work;
use super::writing::Writing;

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
    /// With a dry run, the papers as they were read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub papers: Vec<Preview>,
}

/// A paper as it was read, short enough to be looked over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Preview {
    /// The line on which it begins.
    pub line: usize,
    /// Its title.
    pub title: String,
    /// Its authors' names.
    pub authors: Vec<String>,
    /// The first words of its abstract.
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
pub(super) struct Source {
    pub(super) id: DigestId,
    pub(super) name: String,
    pub(super) reading: ingest::Reading,
    pub(super) blake3: String,
    /// Whether the file as a whole is of no use.
    pub(super) failed: bool,
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
    let kept = (content, Ledger::load(site));
    let (mut report, ..) = import_into(site, settings, kept, inputs, options);
    found.append(std::mem::take(&mut report.diagnostics));
    report.diagnostics = found;
    report
}

/// Imports digests into content that was read already, with the ledger as
/// [`Ledger::load`] gave it, and gives both back. Where the report says that something
/// changed, what is on disk counts.
pub fn import_into(
    site: &Path,
    settings: &Settings,
    (content, (ledger, ledger_text, ledger_found)): (Content, (Ledger, String, Diagnostics)),
    inputs: Vec<Input>,
    options: &ImportOptions,
) -> (ImportReport, Content, Ledger) {
    let mut report = ImportReport::default();
    if ledger_found.has_errors() {
        report.diagnostics = ledger_found;
        return (report, content, ledger);
    }
    let sources = read_sources(&content, settings, inputs, options, &mut report);
    let rejected: usize = sources.iter().map(|source| source.reading.rejected).sum();
    let failed = report.diagnostics.has_errors();
    let mut work = Work::new(site, settings, content, options, (ledger, ledger_text));
    let is_refused = options.strict && (rejected > 0 || failed);
    if !is_refused && !options.dry_run {
        work.writing = Writing::early(site);
    }
    if !sources.is_empty() {
        work.bring_in(&sources, &mut report);
    }
    let ledger_found = work.refresh_ledger();
    report.diagnostics.extend(ledger_found);
    if is_refused {
        let message = format!(
            "nothing was written: {} rejected and --strict was given",
            crate::diagnostics::count(rejected, "record")
        );
        report.diagnostics.push(
            Diagnostic::error("strict", message)
                .help("correct the records named above, or import without --strict"),
        );
        return (report, work.content, work.ledger.0);
    }
    report.changed = !work.writing.is_empty();
    if !options.dry_run {
        for error in work.writing.carry_out(site) {
            report.diagnostics.push(error);
        }
    }
    (report, work.content, work.ledger.0)
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
        bounds::keep_within(&mut reading, &input.name, known);
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
