//! Trees: all files below a folder with their contents, for comparison. Differences
//! are shown by file, and for text files by line.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// All files below a folder, by path, with `/` as separator.
#[derive(Clone, PartialEq, Eq)]
pub struct Tree(BTreeMap<String, Vec<u8>>);

impl Tree {
    /// A tree with these files.
    pub fn of(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        Self(files.into_iter().collect())
    }

    /// Reads a folder. If it does not exist, the tree is empty.
    pub fn read(folder: &Path) -> Self {
        let mut files = BTreeMap::new();
        if !folder.exists() {
            return Self(files);
        }
        for entry in walkdir::WalkDir::new(folder) {
            let entry = entry.expect("the folder can be read");
            if entry.file_type().is_file() {
                let inner = entry.path().strip_prefix(folder).expect("it is within");
                let parts: Vec<_> = inner
                    .components()
                    .map(|part| part.as_os_str().to_string_lossy())
                    .collect();
                let bytes = fs::read(entry.path()).expect("the file can be read");
                files.insert(parts.join("/"), bytes);
            }
        }
        Self(files)
    }

    /// The paths of all files.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The files and their contents.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0
            .iter()
            .map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// A file's content.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.0.get(path).map(Vec::as_slice)
    }

    /// The HTML pages, as text.
    pub fn pages(&self) -> impl Iterator<Item = (&str, &str)> {
        self.iter()
            .filter(|(path, _)| path.ends_with(".html"))
            .map(|(path, bytes)| {
                (
                    path,
                    std::str::from_utf8(bytes).expect("pages are in UTF-8"),
                )
            })
    }

    /// The number of files.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no files.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The tree without certain files.
    pub fn without(mut self, skip: impl Fn(&str) -> bool) -> Self {
        self.0.retain(|path, _| !skip(path));
        self
    }

    /// The tree with its paths and texts rewritten.
    pub fn rewritten(self, rewrite: impl Fn(&str) -> String) -> Self {
        let files = self.0.into_iter().map(|(path, bytes)| {
            let text = rewrite(&String::from_utf8_lossy(&bytes));
            (rewrite(&path), text.into_bytes())
        });
        Self(files.collect())
    }

    /// Asserts that both trees have the same files and contents.
    #[track_caller]
    pub fn assert_same(&self, other: &Self) {
        let differences = self.differences(other);
        assert!(
            differences.is_empty(),
            "the trees differ:\n{}",
            differences.join("\n")
        );
    }

    /// The differences from another tree.
    pub fn differences(&self, other: &Self) -> Vec<String> {
        let mut out = Vec::new();
        for (path, bytes) in &self.0 {
            match other.0.get(path) {
                None => out.push(format!("only on the left: {path}")),
                Some(others) if others != bytes => {
                    out.push(format!("{path}: {}", first_difference(bytes, others)));
                }
                Some(_) => {}
            }
        }
        let only = other.0.keys().filter(|path| !self.0.contains_key(*path));
        out.extend(only.map(|path| format!("only on the right: {path}")));
        out
    }
}

fn first_difference(left: &[u8], right: &[u8]) -> String {
    let (left, right) = (
        String::from_utf8_lossy(left),
        String::from_utf8_lossy(right),
    );
    let mut rights = right.lines();
    for (at, line) in left.lines().enumerate() {
        let other = rights.next().unwrap_or("(end)");
        if line != other {
            return format!("line {}:\n    {line}\n    {other}", at + 1);
        }
    }
    format!("{} bytes against {}", left.len(), right.len())
}
