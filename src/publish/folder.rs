//! Publishes to a local folder, for example one that a web server serves.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::changes::{Changes, There};
use super::publisher::{Publisher, Sending};
use super::tree::{Tree, groups};
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::site::{self, Alone, Progress, Record};

/// A folder to publish to.
#[derive(Debug)]
pub(super) struct Folder<'a> {
    alone: &'a Alone<'a>,
    to: PathBuf,
    /// Keeps other sites from publishing here at the same time.
    _lock: Option<fs::File>,
}

impl<'a> Folder<'a> {
    /// Opens the folder, and creates it if necessary. Refuses the site's own source
    /// folders.
    pub(super) fn open(alone: &'a Alone<'a>, to: &Path, is_dry: bool) -> Result<Self, Diagnostics> {
        if let Some(refusal) = site::refuse(alone.site(), to) {
            return Err(refusal
                .help("choose a folder that contains nothing else")
                .into());
        }
        if to.is_file() {
            return Err(Diagnostic::error("unwritable", "is a file, not a folder")
                .at(Place::file(to.display().to_string()))
                .help("name a folder")
                .into());
        }
        if !is_dry {
            // It has to exist to be locked. If it cannot be created, writing
            // reports why.
            let _ = fs::create_dir_all(to);
        }
        Ok(Self {
            alone,
            to: fs::canonicalize(to).unwrap_or_else(|_| to.to_owned()),
            _lock: lock(to),
        })
    }

    fn fault(&self, path: &str, error: &io::Error) -> Diagnostics {
        Diagnostic::error("unreadable", format!("cannot be read: {error}"))
            .at(Place::file(self.to.join(path).display().to_string()))
            .help("check the folder and its permissions")
            .into()
    }
}

/// Waits for another publish to the same folder. If locking fails, continues
/// anyway, since most folders have one publisher.
fn lock(to: &Path) -> Option<fs::File> {
    let folder = fs::File::open(to).ok()?;
    folder.lock().ok()?;
    Some(folder)
}

impl Publisher for Folder<'_> {
    fn place(&self) -> String {
        self.to.display().to_string()
    }

    fn compare(&mut self, tree: &Tree) -> Result<Changes, Diagnostics> {
        let earlier = Record::read(&self.to);
        let is_ours = |path: &str| {
            path == Record::FILE || earlier.as_ref().is_some_and(|record| record.has(path))
        };
        let found: Result<Vec<There>, Diagnostics> = tree
            .paths()
            .par_iter()
            .map(|path| {
                let there = match fs::read(self.to.join(path)) {
                    Ok(bytes) => bytes,
                    Err(error)
                        if matches!(
                            error.kind(),
                            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
                        ) =>
                    {
                        return Ok(There::No);
                    }
                    // A dangling link or a folder: writing reports the problem.
                    Err(_) if self.to.join(path).is_dir() => return Ok(There::Foreign),
                    Err(error) => return Err(self.fault(path, &error)),
                };
                let wanted = tree.read(path).map_err(|error| self.fault(path, &error))?;
                Ok(match (wanted == there, is_ours(path)) {
                    (true, _) => There::Same,
                    (false, true) => There::Other,
                    (false, false) => There::Foreign,
                })
            })
            .collect();
        let mut changes = Changes::default();
        for (path, there) in tree.paths().iter().zip(found?) {
            changes.add(path, there);
        }
        for path in files(&self.to) {
            changes.find(&path, is_ours(&path), tree);
        }
        Ok(changes.sorted())
    }

    fn send(
        &mut self,
        tree: &Tree,
        _changes: &Changes,
        progress: &dyn Progress,
    ) -> Result<Sending, Diagnostics> {
        // The record file is written separately, before and after.
        let paths = tree.paths().iter().map(String::as_str);
        let groups = groups(paths.filter(|path| *path != Record::FILE));
        let read = |path: &str| tree.read(path);
        site::copy(self.alone, &self.to, &groups, &read, progress)?;
        Ok(Sending::Done)
    }
}

/// The paths of all files in a folder.
fn files(root: &Path) -> Vec<String> {
    let entries = WalkDir::new(root).follow_root_links(true).min_depth(1);
    entries
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| !entry.file_type().is_dir())
        .filter_map(|entry| {
            let inner = entry.path().strip_prefix(root).ok()?;
            let parts: Option<Vec<&str>> = inner
                .components()
                .map(|part| part.as_os_str().to_str())
                .collect();
            Some(parts?.join("/"))
        })
        .collect()
}
