//! Copying: the files of a built site are written into another folder, by the rules
//! of an output: nothing that is not the site's is touched, and no file is cut off.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::build::Alone;
use super::output::Output;
use super::progress::Progress;
use crate::diagnostics::{Diagnostic, Diagnostics, Place};

/// Writes files into a folder. Each group is written before the next; what earlier runs
/// wrote there and no group has is removed in the end.
///
/// # Errors
/// Gives what cannot be written or removed. Running it again completes it.
pub fn copy(
    alone: &Alone<'_>,
    to: &Path,
    groups: &[Vec<&str>],
    read: &(dyn Fn(&str) -> io::Result<Vec<u8>> + Sync),
    progress: &dyn Progress,
) -> Result<(), Diagnostics> {
    let output = Output::open(alone.site, to).map_err(|fault| Diagnostics::from(*fault))?;
    let paths: BTreeSet<&str> = groups.iter().flatten().copied().collect();
    let survey = output.survey(&paths, false)?;
    let fault = |path: &str, error: &io::Error| {
        let shown = to.join(path).display().to_string();
        Diagnostic::error("unwritable", format!("cannot be written: {error}"))
            .at(Place::file(shown))
            .help("check permissions and free space, then publish again: it goes on from here")
    };
    output
        .begin(&paths, &survey, &mut Vec::new())
        .map_err(|error| Diagnostics::from(fault("", &error)))?;
    progress.begin("copying", Some(paths.len()));
    for group in groups {
        let faults = Mutex::new(Diagnostics::new());
        group.par_iter().for_each(|path| {
            let written = read(path).and_then(|bytes| {
                let written = output.write(path, &bytes);
                written.map(|_| ()).map_err(|fault| fault.error)
            });
            if let Err(error) = written {
                let mut faults = faults.lock().unwrap_or_else(PoisonError::into_inner);
                faults.push(fault(path, &error));
            }
            progress.step();
        });
        let faults = faults.into_inner().unwrap_or_else(PoisonError::into_inner);
        if faults.has_errors() {
            progress.end();
            output.abandon();
            return Err(faults);
        }
    }
    progress.end();
    let finish = output
        .finish(&paths, &survey)
        .map_err(|error| Diagnostics::from(fault("", &error)))?;
    let mut left = Diagnostics::new();
    left.extend(finish.left.iter().map(|(path, error)| fault(path, error)));
    match left.has_errors() {
        true => Err(left),
        false => Ok(()),
    }
}

/// Why a site must not be written into a folder, if so.
pub fn refuse(site: &Path, folder: &Path) -> Option<Diagnostic> {
    Output::refuse(site, folder)
}
