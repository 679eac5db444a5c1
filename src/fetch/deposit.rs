//! Stores fetched digests in `content/digests/`, atomically, named after date and
//! source.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use crate::model::Date;

/// The prefix of incomplete files.
const PREFIX: &str = ".fetch-";
const SUFFIX: &str = ".part";

/// After this time, nobody is still writing an incomplete file.
const STALE: Duration = Duration::from_secs(600);

/// The site's folder for digest files.
const FOLDER: &str = "content/digests";

/// The date of a source's newest digest.
pub(super) fn newest(site: &Path, name: &str) -> Option<Date> {
    let files = fs::read_dir(site.join(FOLDER)).ok()?;
    files
        .filter_map(Result::ok)
        .filter_map(|file| {
            let file = file.file_name().to_string_lossy().into_owned();
            let (day, rest) = file.split_at_checked(10)?;
            let rest = rest.strip_prefix('-')?.strip_prefix(name)?;
            rest.starts_with('.').then_some(())?;
            day.parse().ok()
        })
        .max()
}

/// Writes the digest of a date. Returns its path within the site, and whether it is
/// new or changed.
pub(super) fn write(
    site: &Path,
    name: &str,
    day: Date,
    suffix: &str,
    bytes: &[u8],
) -> io::Result<(String, bool)> {
    let file = format!("{FOLDER}/{day}-{name}.{suffix}");
    let path = site.join(&file);
    if fs::read(&path).is_ok_and(|before| before == bytes) {
        return Ok((file, false));
    }
    let folder = site.join(FOLDER);
    fs::create_dir_all(&folder)?;
    sweep(&folder);
    // Imports ignore this name until the file is complete.
    let mut part = tempfile::Builder::new()
        .prefix(PREFIX)
        .suffix(SUFFIX)
        .tempfile_in(&folder)?;
    part.write_all(bytes)?;
    part.as_file().sync_all()?;
    part.persist(&path)?;
    Ok((file, true))
}

/// Deletes what an interrupted fetch left behind.
fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_stale = || {
            let age = entry.metadata().ok()?.modified().ok()?.elapsed().ok()?;
            Some(age > STALE)
        };
        if name.starts_with(PREFIX) && name.ends_with(SUFFIX) && is_stale() == Some(true) {
            // Imports ignore it even if it cannot be deleted.
            let _ = fs::remove_file(entry.path());
        }
    }
}
