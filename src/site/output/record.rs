//! The record: which files of an output this program wrote. It lies in the output
//! itself, so that it goes wherever the output goes, and names each file by a hash
//! of its path: it is short, it tells nobody of files that no page links to, and
//! it can name nothing outside of the folder.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

/// The file's name in the output.
pub(super) const FILE: &str = Record::FILE;

const HEAD: &str = "\
# Offprint wrote the files of this folder that are listed here, each as a hash of its path.
# A later build removes only these. Without this list it removes nothing.
";

/// The largest record that is read, in bytes.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// Files of an output.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record(BTreeSet<u64>);

impl Record {
    /// The file's name in the folder of a site.
    pub const FILE: &str = ".offprint-files";

    /// The record of these paths.
    pub fn of(paths: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        Self(paths.into_iter().map(|path| key(path.as_ref())).collect())
    }

    /// The record of an output; `None` where it has none.
    pub fn read(root: &Path) -> Option<Self> {
        let path = root.join(FILE);
        if !fs::symlink_metadata(&path).ok()?.is_file() {
            return None;
        }
        let mut text = String::new();
        fs::File::open(path)
            .ok()?
            .take(MOST_BYTES)
            .read_to_string(&mut text)
            .ok()?;
        Some(Self::parse(&text))
    }

    /// The record of a text; lines that are none of a record are passed over.
    pub fn parse(text: &str) -> Self {
        let keys = text.lines().filter_map(|line| {
            let line = line.trim();
            (line.len() == 16).then(|| u64::from_str_radix(line, 16).ok())?
        });
        Self(keys.collect())
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let mut text = String::with_capacity(HEAD.len() + self.0.len() * 17);
        text.push_str(HEAD);
        for key in &self.0 {
            text.push_str(&format!("{key:016x}\n"));
        }
        text
    }

    /// Whether it names a file.
    pub fn has(&self, path: &str) -> bool {
        self.0.contains(&key(path))
    }

    /// Whether it names nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many files it names.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// What it names and another does not.
    pub(super) fn without(&self, other: &Self) -> Self {
        Self(self.0.difference(&other.0).copied().collect())
    }

    /// What it or another names.
    pub fn and(&self, other: &Self) -> Self {
        Self(self.0.union(&other.0).copied().collect())
    }

    /// Writes it into an output. It is written beside its place and moved there:
    /// a record that is cut off would leave files behind for good.
    pub(super) fn write(&self, root: &Path) -> io::Result<()> {
        let text = self.text();
        let path = root.join(FILE);
        let is_plain = fs::symlink_metadata(&path).is_ok_and(|file| file.is_file());
        if is_plain && fs::read(&path).is_ok_and(|present| present == text.as_bytes()) {
            return Ok(());
        }
        let new = root.join(format!("{FILE}.new"));
        // Left by a build that was cut off, or a link that somebody put there.
        match fs::remove_file(&new) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let written = fs::File::create_new(&new)
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .and_then(|()| fs::rename(&new, &path));
        if written.is_err() {
            let _ = fs::remove_file(&new);
        }
        written
    }
}

/// The hash by which a record names a path.
pub fn key(path: &str) -> u64 {
    let mut first = [0; 8];
    first.copy_from_slice(&blake3::hash(path.as_bytes()).as_bytes()[..8]);
    u64::from_be_bytes(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(paths: &[&str]) -> Record {
        let paths: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
        Record::of(&paths)
    }

    #[test]
    fn a_record_is_read_as_it_was_written() {
        let root = tempfile::tempdir().unwrap();
        assert_eq!(Record::read(root.path()), None);
        let all = record(&["index.html", "a\nb.txt", "papers/x/index.html"]);
        all.write(root.path()).unwrap();
        assert_eq!(Record::read(root.path()), Some(all.clone()));
        assert!(all.has("a\nb.txt") && !all.has("b.txt"));
        assert_eq!(
            all.without(&record(&["index.html", "a\nb.txt"])),
            record(&["papers/x/index.html"])
        );
        let text = fs::read_to_string(root.path().join(FILE)).unwrap();
        assert!(!text.contains("papers"), "{text}");
        // As git might change it, and as nobody wrote it.
        let text = format!("{}junk\n", text.replace('\n', "\r\n"));
        fs::write(root.path().join(FILE), text).unwrap();
        assert_eq!(Record::read(root.path()), Some(all));
    }
}
