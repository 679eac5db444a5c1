//! A whole site: a build that ended well takes note of all that it was made from and
//! of all that it wrote. While every file of both is as it was, the next build has
//! nothing to do, and reads none of them.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::build::BuildOptions;
use super::output::Output;
use super::report::BuildReport;
use crate::config::{FILE_NAME, Settings, SiteBounds};
use crate::content::{FOLDER, Stamp};
use crate::render::Print;

/// What the file of another program begins with is something else.
const HEAD: &str = concat!("offprint whole ", env!("OFFPRINT_SOURCE"), "\n");

/// The folders of a site that a build reads.
const FOLDERS: [&str; 4] = [FOLDER, "themes", "templates", "static"];

/// What a build takes note of.
#[derive(Debug, Serialize, Deserialize)]
struct Note {
    sources: Print,
    pages: usize,
    bytes: u64,
    /// The files of the site by their paths.
    paths: Vec<String>,
}

/// A site before it is built, and what an earlier build took note of.
#[derive(Debug)]
pub(super) struct Whole {
    file: PathBuf,
    /// What the site is made from; `None` where stamps do not tell.
    sources: Option<Print>,
}

impl Whole {
    /// Looks at all that a site is made from.
    pub(super) fn look(
        site: &Path,
        settings: &Settings,
        options: &BuildOptions,
        output: &Output,
    ) -> Self {
        // A style of references can lie anywhere in the site.
        let are_all_seen = settings.citation_styles.is_empty();
        Self {
            file: output.whole_file(),
            sources: are_all_seen.then(|| sources(site, options)).flatten(),
        }
    }

    /// Whether there is nothing to do. The report then says what there is.
    pub(super) fn is_built(&self, output: &Output, report: &mut BuildReport) -> bool {
        let Some(note) = self.note() else {
            return false;
        };
        let are_there = note.paths.par_iter().all(|path| output.is_untouched(path));
        if !are_there || !output.has_record() {
            return false;
        }
        report.pages = note.pages;
        report.unchanged = note.paths.len();
        report.bytes = note.bytes;
        report.paths = note.paths;
        true
    }

    fn note(&self) -> Option<Note> {
        let sources = self.sources?;
        let bytes = fs::read(&self.file).ok()?;
        let (hash, note) = bytes
            .strip_prefix(HEAD.as_bytes())?
            .split_first_chunk::<32>()?;
        if blake3::hash(note).as_bytes() != hash {
            return None;
        }
        let note: Note = postcard::from_bytes(note).ok()?;
        (note.sources == sources).then_some(note)
    }

    /// Takes note of a build that ended well and had nothing to say.
    pub(super) fn keep<'p>(
        &self,
        report: &BuildReport,
        paths: impl IntoIterator<Item = &'p &'p str>,
    ) {
        let quiet = report.diagnostics.is_empty()
            && report.import.as_ref().is_none_or(|import| !import.changed);
        let Some(sources) = self.sources.filter(|_| quiet) else {
            let _ = fs::remove_file(&self.file);
            return;
        };
        let note = Note {
            sources,
            pages: report.pages,
            bytes: report.bytes,
            paths: paths.into_iter().map(|path| (*path).to_owned()).collect(),
        };
        let Ok(note) = postcard::to_allocvec(&note) else {
            return;
        };
        let mut bytes = HEAD.as_bytes().to_vec();
        bytes.extend_from_slice(blake3::hash(&note).as_bytes());
        bytes.extend_from_slice(&note);
        // Without it the next build looks at everything again. One that is cut off
        // has another hash.
        let _ = fs::write(&self.file, bytes);
    }
}

/// What a site is made from: the stamps of all its files, and the options.
fn sources(site: &Path, options: &BuildOptions) -> Option<Print> {
    let bounds = SiteBounds::of(site);
    let mut files = vec![site.join(FILE_NAME)];
    for folder in FOLDERS {
        let (found, faults) = bounds.files(&site.join(folder));
        if !faults.is_empty() {
            return None;
        }
        files.extend(found);
    }
    let stamps: Option<Vec<Stamp>> = files
        .par_iter()
        .map(|file| Stamp::of(&fs::metadata(file).ok()?))
        .collect();
    let names: Vec<_> = files.iter().map(|file| file.to_string_lossy()).collect();
    let options = format!("{options:?}");
    let all = postcard::to_allocvec(&(names, stamps?, options)).ok()?;
    Some(Print::of_bytes(&all))
}
