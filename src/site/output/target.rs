//! A target: what lies where a file of the site is to be written, and whether it
//! can take its place.

use std::collections::BTreeSet;
use std::fs::{self, Metadata};
use std::io;
use std::path::Path;

use walkdir::WalkDir;

use crate::diagnostics::{Diagnostic, Place};

use super::place::resolve;

/// What stands where a file is to be written, where it matters.
pub(super) enum Target {
    Faulty(Box<Diagnostic>),
    /// A folder that holds only files of earlier builds, which go first.
    InTheWay(Vec<String>),
}

/// Looks at what lies at a path of the output; `None` where a file can be written
/// there. `stale` are files of earlier builds that go in any case.
pub(super) fn look_at_file(
    root: &Path,
    real: &Path,
    label: &str,
    stale: &BTreeSet<String>,
    path: &str,
) -> Option<Target> {
    let full = root.join(path);
    let (message, help) = match fs::symlink_metadata(&full) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(error) => (
            format!("cannot be looked at: {error}"),
            "check the permissions of its folder",
        ),
        Ok(file) if file.is_file() => match writable(&full, &file) {
            Ok(()) => return None,
            Err(error) => (
                format!("cannot be written: {error}"),
                "make the file writable, or remove it",
            ),
        },
        // A link within the output is replaced, and never written through.
        Ok(file) if file.is_symlink() => {
            if resolve(&full).starts_with(real) {
                return None;
            }
            (LEAVES.0.to_owned(), LEAVES.1)
        }
        Ok(file) if file.is_dir() => {
            let prefix = format!("{path}/");
            let ours: Vec<String> = stale
                .range(prefix.clone()..)
                .take_while(|file| file.starts_with(&prefix))
                .cloned()
                .collect();
            if holds_only(&full, &ours, path) {
                return Some(Target::InTheWay(ours));
            }
            (
                "is a folder, and the site needs a file of this name".to_owned(),
                "move the folder away",
            )
        }
        Ok(_) => (
            "is neither a file nor a folder".to_owned(),
            "remove it: a file of the site belongs here",
        ),
    };
    Some(Target::Faulty(Box::new(fault(label, path, message, help))))
}

/// Whether a folder holds these files and nothing else.
fn holds_only(folder: &Path, files: &[String], path: &str) -> bool {
    WalkDir::new(folder).into_iter().all(|entry| {
        let Ok(entry) = entry else { return false };
        let Some(inner) = entry
            .path()
            .strip_prefix(folder)
            .ok()
            .and_then(Path::to_str)
        else {
            return false;
        };
        let full = format!("{path}/{}", inner.replace(std::path::MAIN_SEPARATOR, "/"));
        let full = full.trim_end_matches('/');
        if entry.file_type().is_dir() {
            files
                .iter()
                .any(|file| file.starts_with(&format!("{full}/")))
        } else {
            files.iter().any(|file| file == full)
        }
    })
}

/// What is said of a link that leaves the output, and what to do about it.
pub(super) const LEAVES: (&str, &str) = (
    "is a link that leads out of the output, and nothing is written through it",
    "remove the link; to publish elsewhere, name that folder with --output",
);

/// A fault of a path of the output; the empty path is the output itself.
pub(super) fn fault(label: &str, path: &str, message: String, help: &str) -> Diagnostic {
    let file = match path {
        "" => label.to_owned(),
        path => format!("{label}/{path}"),
    };
    Diagnostic::error("unwritable", message)
        .at(Place::file(file))
        .help(help)
}

/// Whether a file can be written to, or a folder takes new files.
#[cfg(unix)]
pub(super) fn writable(path: &Path, file: &Metadata) -> io::Result<()> {
    let mut wanted = rustix::fs::Access::WRITE_OK;
    if file.is_dir() {
        wanted |= rustix::fs::Access::EXEC_OK;
    }
    rustix::fs::access(path, wanted).map_err(io::Error::from)
}

#[cfg(not(unix))]
pub(super) fn writable(_: &Path, file: &Metadata) -> io::Result<()> {
    if file.is_file() && file.permissions().readonly() {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    Ok(())
}
