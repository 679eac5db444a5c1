//! A deposit: a digest file in `content/digests/`, named after its day and its
//! source, whole or not there.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use crate::model::Date;

/// What a file is called until it is whole.
const PREFIX: &str = ".fetch-";
const SUFFIX: &str = ".part";

/// After so long nobody is still writing such a file.
const STALE: Duration = Duration::from_secs(600);

/// The folder of digest files within a site.
const FOLDER: &str = "content/digests";

/// The day of the newest digest of a source.
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

/// Writes the digest of a day. Gives its path within the site, and whether it is
/// new or differs from what was there.
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
    // Under a name that no import takes for a digest, until it is whole.
    let mut part = tempfile::Builder::new()
        .prefix(PREFIX)
        .suffix(SUFFIX)
        .tempfile_in(&folder)?;
    part.write_all(bytes)?;
    part.as_file().sync_all()?;
    part.persist(&path)?;
    Ok((file, true))
}

/// Removes what a fetch that was ended in its middle has left.
fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_stale = || {
            let age = entry.metadata().ok()?.modified().ok()?.elapsed().ok()?;
            Some(age > STALE)
        };
        if name.starts_with(PREFIX) && name.ends_with(SUFFIX) && is_stale() == Some(true) {
            // What cannot be removed is no digest either.
            let _ = fs::remove_file(entry.path());
        }
    }
}
