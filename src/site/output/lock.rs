//! The lock: one program at a time imports into a site, writes its output and what
//! it keeps for the next run.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use super::STATE;
use crate::diagnostics::{Diagnostic, Place};

/// A lock on a site, held while it lives.
#[derive(Debug)]
pub(in crate::site) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of a site. `wait` is called before waiting for another
    /// program.
    pub(in crate::site) fn take(site: &Path, wait: impl FnOnce()) -> Result<Self, Box<Diagnostic>> {
        let state = site.join(STATE);
        let fault = |path: &Path, error: &io::Error| {
            Box::new(
                Diagnostic::error("unwritable", format!("cannot be written: {error}"))
                    .at(Place::file(path.display().to_string()))
                    .help("check permissions and free space"),
            )
        };
        fs::create_dir_all(&state).map_err(|error| fault(&state, &error))?;
        let path = state.join("lock");
        let file = File::create(&path).map_err(|error| fault(&path, &error))?;
        if file.try_lock().is_err() {
            wait();
            file.lock().map_err(|error| fault(&path, &error))?;
        }
        Ok(Self { _file: file })
    }
}
