//! Prints of an output: what each of its files came of, and how it is known again. A
//! file of the same print is not made again, and while its stamp is as it was, it is
//! not even read; where stamps say nothing, as in a fresh checkout, its bytes decide.
//! All is kept in the program's own folder; without it a build takes longer and
//! writes the same.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use foldhash::{HashMap, HashSet};
use serde::{Deserialize, Serialize};

use super::record::key;
use crate::content::Stamp;
use crate::render::Print;

/// What the file of another program begins with is something else.
const HEAD: &str = concat!(
    "offprint output ",
    env!("CARGO_PKG_VERSION"),
    " ",
    env!("OFFPRINT_SOURCE"),
    "\n"
);

/// How many bytes of a hash stand behind the head.
const HASH: usize = 32;

/// A file of an output: the hash of its path, and what is kept of it.
pub(super) type Line = (u64, Entry);

/// What is kept of a file.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Entry {
    print: Print,
    /// The print of its bytes.
    bytes: Print,
    size: u64,
    stamp: Option<Stamp>,
}

/// What the files of an output came of.
#[derive(Debug, Default)]
pub(super) struct Prints(HashMap<u64, Entry>);

impl Prints {
    /// The file in which the prints of an output are kept, in a folder.
    pub(super) fn path(state: &Path, name: &str) -> PathBuf {
        state.join("cache").join(format!("output-{name}"))
    }

    /// Reads the prints of an output. A damaged or foreign file is as good as none.
    pub(super) fn read(path: &Path) -> Self {
        let bytes = fs::read(path).unwrap_or_default();
        let lines = bytes
            .strip_prefix(HEAD.as_bytes())
            .and_then(|rest| rest.split_first_chunk::<HASH>())
            .filter(|(hash, lines)| blake3::hash(lines).as_bytes() == *hash)
            .and_then(|(_, lines)| postcard::from_bytes::<Vec<Line>>(lines).ok());
        Self(lines.unwrap_or_default().into_iter().collect())
    }

    /// What is kept of a file that lies at `target` as it was written. `untouched` are
    /// the keys of files whose stamps were seen to be as they were.
    pub(super) fn of(
        &self,
        path: &str,
        target: &Path,
        untouched: &HashSet<u64>,
    ) -> Option<(Print, Line)> {
        let key = key(path);
        let mut entry = *self.0.get(&key)?;
        if untouched.contains(&key) {
            return Some((entry.print, (key, entry)));
        }
        let file = fs::symlink_metadata(target).ok()?;
        let stamp = Stamp::at_once(&file);
        if stamp.is_none() || stamp != entry.stamp {
            let is_likely = file.is_file() && file.len() == entry.size;
            let bytes = is_likely.then(|| fs::read(target).ok())??;
            if Print::of_bytes(&bytes) != entry.bytes {
                return None;
            }
            entry.stamp = stamp;
        }
        Some((entry.print, (key, entry)))
    }

    /// The key of a file that lies at `target` with the stamp that it got when it was
    /// written.
    pub(super) fn untouched(&self, path: &str, target: &Path) -> Option<u64> {
        let key = key(path);
        let stamp = self.0.get(&key)?.stamp?;
        let file = fs::symlink_metadata(target).ok()?;
        (Stamp::at_once(&file) == Some(stamp)).then_some(key)
    }

    /// The size of a file, in bytes.
    pub(super) fn size(line: &Line) -> u64 {
        line.1.size
    }

    /// Keeps the prints of an output.
    pub(super) fn write(path: &Path, mut lines: Vec<Line>) -> io::Result<()> {
        lines.sort_unstable_by_key(|(key, ..)| *key);
        let lines = postcard::to_allocvec(&lines).map_err(io::Error::other)?;
        let mut bytes = HEAD.as_bytes().to_vec();
        bytes.extend_from_slice(blake3::hash(&lines).as_bytes());
        bytes.extend_from_slice(&lines);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let new = path.with_extension("new");
        fs::write(&new, bytes)?;
        fs::rename(new, path)
    }

    /// What is to be kept of a file that was just written.
    pub(super) fn line(
        path: &str,
        print: Print,
        bytes: &[u8],
        file: Option<&fs::Metadata>,
    ) -> Line {
        let entry = Entry {
            print,
            bytes: Print::of_bytes(bytes),
            size: bytes.len() as u64,
            stamp: file.and_then(Stamp::at_once),
        };
        (key(path), entry)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::{BuildOptions, BuildReport, Silent, build};

    /// Builds a site, with the codes of what was said.
    fn codes(site: &Path, verify: bool) -> (BuildReport, Vec<String>) {
        let options = BuildOptions {
            verify,
            ..BuildOptions::default()
        };
        let report = build(site, &options, &Silent);
        let codes = report.diagnostics.iter().map(|said| said.code.to_string());
        let codes = codes.collect();
        (report, codes)
    }

    #[test]
    fn a_record_that_is_not_true_is_found_by_a_build_that_verifies() {
        let site = tempfile::tempdir().unwrap();
        let page = "papers/gears/index.html";
        let source = site.path().join("content/papers/gears.md");
        let settings = "[site]\nbase_url = \"https://gears.test/\"\n";
        fs::write(site.path().join("offprint.toml"), settings).unwrap();
        fs::create_dir_all(source.parent().unwrap()).unwrap();
        fs::write(&source, "+++\ntitle = \"Gears\"\n+++\nThey turn.\n").unwrap();
        assert_eq!(codes(site.path(), false).1, [""; 0]);
        let target = site.path().join("public").join(page);
        let whole = fs::read(&target).unwrap();
        let cache = fs::read_dir(site.path().join(".offprint/cache")).unwrap();
        let record = cache
            .map(|entry| entry.unwrap().path())
            .find(|path| {
                path.file_name()
                    .is_some_and(|name| name.as_encoded_bytes().starts_with(b"output-"))
            })
            .unwrap();
        // As a mistake in what a print is taken of would leave it.
        fs::write(&target, "something else").unwrap();
        let mut prints = Prints::read(&record).0;
        let print = prints[&key(page)].print;
        let file = fs::symlink_metadata(&target).unwrap();
        let (key, entry) = Prints::line(page, print, b"something else", Some(&file));
        prints.insert(key, entry);
        Prints::write(&record, prints.into_iter().collect()).unwrap();
        assert_eq!(codes(site.path(), false).0.written, 0);
        assert_eq!(codes(site.path(), true).1, ["untrue-record"]);
        assert_eq!(fs::read(&target).unwrap(), whole);
        assert_eq!(codes(site.path(), true).1, [""; 0]);
    }
}
