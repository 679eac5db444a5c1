//! A deposit: a digest file in `content/digests/`, named after its day and its
//! source, whole or not there.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use crate::model::Date;

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
    // Under a name that no import takes for a digest, until it is whole.
    let mut part = tempfile::Builder::new()
        .prefix(".fetch-")
        .suffix(".part")
        .tempfile_in(&folder)?;
    part.write_all(bytes)?;
    part.as_file().sync_all()?;
    part.persist(&path)?;
    Ok((file, true))
}
