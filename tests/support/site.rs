//! Test sites in temporary folders.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Run, Tree};

/// The default settings: no built-in topics, so that tests do not depend on them.
const SETTINGS: &str = "[topics]\ntaxonomy = \"none\"\n";

/// A site in a temporary folder, with a private folder around it, so that files
/// next to the site belong to the test as well.
pub struct Site {
    around: tempfile::TempDir,
    folder: PathBuf,
}

impl Site {
    /// A site with nothing but settings.
    pub fn new() -> Self {
        let around = tempfile::Builder::new()
            .prefix("offprint-test-")
            .tempdir()
            .expect("a temporary folder");
        let folder = around.path().join("site");
        Self { around, folder }.settings(SETTINGS)
    }

    /// A copy of a site in `tests/fixtures/`.
    pub fn fixture(name: &str) -> Self {
        let from = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/fixtures")
            .join(name);
        assert!(from.is_dir(), "there is no fixture {}", from.display());
        let site = Self::new();
        for entry in walkdir::WalkDir::new(&from) {
            let entry = entry.expect("a fixture can be read");
            if entry.file_type().is_file() {
                let inner = entry.path().strip_prefix(&from).expect("it is within");
                site.write(
                    inner.to_str().expect("a fixture's names are UTF-8"),
                    fs::read(entry.path()).expect("a fixture can be read"),
                );
            }
        }
        site
    }

    /// Replaces the settings.
    pub fn settings(self, text: &str) -> Self {
        self.file("offprint.toml", text)
    }

    /// Adds a file.
    pub fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        self.write(path, text);
        self
    }

    /// Writes a file and creates its folders.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).expect("a folder can be made");
        }
        fs::write(path, text).expect("a file can be written");
    }

    /// Reads a file as text.
    #[track_caller]
    pub fn read(&self, path: &str) -> String {
        match fs::read_to_string(self.path(path)) {
            Ok(text) => text,
            Err(error) => panic!("{path}: {error}"),
        }
    }

    /// Replaces a text in a file, where it must occur exactly once.
    #[track_caller]
    pub fn replace(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert_eq!(text.matches(from).count(), 1, "“{from}” in {path}:\n{text}");
        self.write(path, text.replace(from, to));
    }

    /// Moves a file.
    pub fn rename(&self, from: &str, to: &str) {
        fs::rename(self.path(from), self.path(to)).expect("a file can be moved");
    }

    /// Removes a file.
    pub fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).expect("a file can be removed");
    }

    /// Removes a folder with its contents.
    pub fn remove_folder(&self, path: &str) {
        fs::remove_dir_all(self.path(path)).expect("a folder can be removed");
    }

    /// Whether there is a file or a folder.
    pub fn has(&self, path: &str) -> bool {
        self.path(path).exists()
    }

    /// The absolute path of a file of the site.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// The site's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder around the site, initially empty.
    pub fn around(&self) -> &Path {
        self.around.path()
    }

    /// All files below a folder of the site; empty if there is no such folder.
    pub fn tree(&self, folder: &str) -> Tree {
        Tree::read(&self.path(folder))
    }

    /// A call of the program in the site's folder.
    pub fn offprint(&self, args: &[&str]) -> Run {
        Run::new(self.folder(), args)
    }

    /// `offprint import` for a file, relative to the site's folder.
    pub fn import(&self, file: impl AsRef<Path>) -> Run {
        self.offprint(&["import"]).arg(file.as_ref())
    }

    /// `offprint build` with unminified pages, so that end tags missing from
    /// templates are found.
    pub fn build(&self) -> Run {
        self.offprint(&["build", "--readable"])
    }
}
