//! Writes and deletes files such that interrupting a run at any moment never leaves
//! half a file.

use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::diagnostics::{Diagnostic, Place};

/// Where files are written before they are moved into place. It is on the same disk
/// as the content; leftovers of a killed run are harmless there.
const WORKSHOP: &str = ".offprint";

/// The most bytes waiting to be written. The pages of 83,000 papers take 150 MB,
/// which need not be in memory next to the papers themselves.
const WAITING: usize = 16 * 1024 * 1024;

/// Files to write and delete, relative to the site, in order.
#[derive(Debug, Default)]
pub(super) struct Writing {
    /// The site, if texts may be written before all of them are known.
    early: Option<PathBuf>,
    texts: Vec<(String, String)>,
    waiting: usize,
    removals: Vec<String>,
    wrote: bool,
    errors: Vec<Diagnostic>,
}

impl Writing {
    /// Writes texts to the site early whenever many are waiting.
    pub(super) fn early(site: &Path) -> Self {
        Self {
            early: Some(site.to_owned()),
            ..Self::default()
        }
    }

    /// Writes text to a file.
    pub(super) fn write(&mut self, file: String, text: String) {
        self.waiting += text.len();
        self.texts.push((file, text));
        if self.waiting > WAITING
            && let Some(site) = self.early.clone()
        {
            self.flush(&site);
        }
    }

    /// Cancels writing a file.
    pub(super) fn forget(&mut self, file: &str) {
        self.texts.retain(|(name, _)| name != file);
    }

    /// Deletes a file, after everything is written.
    pub(super) fn remove(&mut self, file: String) {
        self.removals.push(file);
    }

    /// Whether there was nothing to do.
    pub(super) fn is_empty(&self) -> bool {
        !self.wrote && self.texts.is_empty() && self.removals.is_empty()
    }

    /// Writes and deletes everything. Each file is complete at any moment.
    pub(super) fn carry_out(&mut self, site: &Path) -> Vec<Diagnostic> {
        self.flush(site);
        if self.errors.is_empty() {
            for file in &self.removals {
                if let Err(error) = std::fs::remove_file(site.join(file)) {
                    self.errors.push(fault(file, &error));
                }
            }
        }
        std::mem::take(&mut self.errors)
    }

    /// Writes what is waiting. After an error, nothing more is written.
    fn flush(&mut self, site: &Path) {
        self.waiting = 0;
        for (file, text) in std::mem::take(&mut self.texts) {
            if !self.errors.is_empty() {
                return;
            }
            match write_whole(site, &site.join(&file), &text) {
                Ok(()) => self.wrote = true,
                Err(error) => self.errors.push(fault(&file, &error)),
            }
        }
    }
}

fn fault(file: &str, error: &std::io::Error) -> Diagnostic {
    Diagnostic::error("unwritable", format!("cannot be written: {error}"))
        .at(Place::file(file.to_owned()))
        .help(
            "check permissions and free space, then import again; what was written so far is \
            complete",
        )
}

/// Writes to a temporary file and moves it into place, so that no reader sees half
/// a file.
fn write_whole(site: &Path, path: &Path, text: &str) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let workshop = site.join(WORKSHOP);
    std::fs::create_dir_all(&workshop)?;
    match write_by_way_of(&workshop, path, text) {
        // A link or a mount puts the content on another disk than the site.
        Err(error) if error.kind() == ErrorKind::CrossesDevices => {
            write_by_way_of(folder, path, text)
        }
        done => done,
    }
}

fn write_by_way_of(folder: &Path, path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = tempfile::Builder::new()
        .prefix("import-")
        .tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        file.as_file()
            .set_permissions(std::fs::Permissions::from_mode(0o644))?;
    }
    file.persist(path)?;
    Ok(())
}
