//! Output: the published tree on disk. A file that is as it should be is left
//! alone, a file that this program did not write is never deleted, two builds do
//! not mix, and a build that was cut off is healed by the next.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::diagnostics::{Diagnostic, Place};

/// The folder of a site that holds what only the program needs.
pub(super) const STATE: &str = ".offprint";

/// What the published tree's own `.gitignore` says: it is made, not kept.
const GITIGNORE: &[u8] = b"*\n!.gitignore\n";

/// What pages of this program say of themselves.
pub(super) const GENERATOR: &str = concat!("Offprint ", env!("CARGO_PKG_VERSION"));

/// The published tree while it is being written.
#[derive(Debug)]
pub(super) struct Output {
    root: PathBuf,
    manifest: PathBuf,
    mark: PathBuf,
    /// Files that earlier builds wrote, relative to the root.
    earlier: BTreeSet<String>,
    /// Folders that are known to exist.
    folders: Mutex<BTreeSet<PathBuf>>,
    /// Keeps other builds away while it lives.
    _lock: File,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Written,
    Unchanged,
}

impl Output {
    /// Takes the lock and finds out what earlier builds wrote. Nothing is
    /// written to the tree. `wait` is called before waiting for another build.
    pub(super) fn open(
        site: &Path,
        root: &Path,
        wait: impl FnOnce(),
    ) -> Result<Self, Box<Diagnostic>> {
        let state = site.join(STATE);
        let fault = |path: &Path, error: &io::Error| {
            Box::new(
                Diagnostic::error("unwritable", format!("cannot be written: {error}"))
                    .at(Place::file(path.display().to_string()))
                    .help("check permissions and free space"),
            )
        };
        fs::create_dir_all(&state).map_err(|error| fault(&state, &error))?;
        let lock_path = state.join("lock");
        let lock = File::create(&lock_path).map_err(|error| fault(&lock_path, &error))?;
        if lock.try_lock().is_err() {
            wait();
            lock.lock().map_err(|error| fault(&lock_path, &error))?;
        }
        let absolute = std::path::absolute(root).map_err(|error| fault(root, &error))?;
        let mut name = blake3::hash(absolute.to_string_lossy().as_bytes())
            .to_hex()
            .to_string();
        name.truncate(16);
        let manifest = state.join(format!("output-{name}.txt"));
        let mark = state.join(format!("output-{name}.in-progress"));
        let earlier = match fs::read_to_string(&manifest) {
            Ok(text) => text.lines().map(ToOwned::to_owned).collect(),
            Err(_) => recognised(root),
        };
        Ok(Self {
            root: root.to_owned(),
            manifest,
            mark,
            earlier,
            folders: Mutex::default(),
            _lock: lock,
        })
    }

    /// Begins to write: from here on the tree may be half old and half new, and
    /// a mark says so until [`Self::finish`].
    pub(super) fn begin(&self, paths: &BTreeSet<String>) -> io::Result<()> {
        fs::write(
            &self.mark,
            "a build is writing, or was cut off while it did\n",
        )?;
        // Whatever happens from here on, these files are known to be ours.
        let all: BTreeSet<&String> = self.earlier.union(paths).collect();
        write_manifest(&self.manifest, all.into_iter())?;
        fs::create_dir_all(&self.root)?;
        let gitignore = self.root.join(".gitignore");
        if !gitignore.exists() {
            fs::write(gitignore, GITIGNORE)?;
        }
        Ok(())
    }

    /// Writes a file unless it is there already with these very bytes.
    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> io::Result<Outcome> {
        let target = self.root.join(path);
        match File::open(&target) {
            Ok(mut file) => {
                let size = file.metadata()?;
                if size.is_file() && size.len() == bytes.len() as u64 {
                    let mut present = Vec::with_capacity(bytes.len());
                    file.read_to_end(&mut present)?;
                    if present == bytes {
                        return Ok(Outcome::Unchanged);
                    }
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => self.make_folder(&target)?,
            Err(error) => return Err(error),
        }
        File::create(&target)?.write_all(bytes)?;
        Ok(Outcome::Written)
    }

    fn make_folder(&self, target: &Path) -> io::Result<()> {
        let Some(folder) = target.parent() else {
            return Ok(());
        };
        {
            let folders = self
                .folders
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            if folders.contains(folder) {
                return Ok(());
            }
        }
        // Most folders are new and their parent exists: one call instead of two.
        match fs::create_dir(folder) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(_) => fs::create_dir_all(folder)?,
        }
        let mut folders = self
            .folders
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        folders.insert(folder.to_owned());
        Ok(())
    }

    /// Removes what earlier builds wrote and this one did not, and takes the
    /// mark away. Gives how many files went.
    pub(super) fn finish(&self, paths: &BTreeSet<String>) -> io::Result<usize> {
        let mut removed = 0;
        for path in self.earlier.difference(paths) {
            if !is_inside(path) {
                continue;
            }
            let target = self.root.join(path);
            match fs::remove_file(&target) {
                Ok(()) => removed += 1,
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
            self.remove_empty_folders(&target);
        }
        write_manifest(&self.manifest, paths.iter())?;
        fs::remove_file(&self.mark)?;
        Ok(removed)
    }

    /// Folders that became empty go too; one that holds anything cannot.
    fn remove_empty_folders(&self, target: &Path) {
        let mut folder = target.parent();
        while let Some(path) = folder {
            if path == self.root || fs::remove_dir(path).is_err() {
                break;
            }
            folder = path.parent();
        }
    }
}

/// The manifest is written beside its place and moved there: it is what keeps
/// foreign files safe.
fn write_manifest<'a>(manifest: &Path, paths: impl Iterator<Item = &'a String>) -> io::Result<()> {
    let mut text = String::new();
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    let folder = manifest.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.persist(manifest)?;
    Ok(())
}

/// Whether a manifest's path stays below the root.
fn is_inside(path: &str) -> bool {
    !path.is_empty()
        && !path.starts_with('/')
        && path
            .split('/')
            .all(|part| !part.is_empty() && part != "." && part != "..")
}

/// What stands beside a page of ours, under names that nobody else would give.
const BESIDE_PAGES: [&str; 10] = [
    "index.html",
    "index.md",
    "feed.xml",
    "feed.json",
    "papers.bib",
    "papers.ris",
    "papers.json",
    "email.html",
    "email.txt",
    super::card::FILE,
];

/// Without a manifest, the files that can be told to be ours: pages that name
/// this program as their generator, and what such a page has beside it.
fn recognised(root: &Path) -> BTreeSet<String> {
    let mut ours = BTreeSet::new();
    if !root.is_dir() {
        return ours;
    }
    for entry in walkdir::WalkDir::new(root)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
    {
        if entry.file_name() != "index.html" || !is_our_page(entry.path()) {
            continue;
        }
        let Some(folder) = entry.path().parent() else {
            continue;
        };
        for name in BESIDE_PAGES {
            let path = folder.join(name);
            if path.is_file()
                && let Ok(inner) = path.strip_prefix(root)
            {
                let parts: Vec<_> = inner
                    .components()
                    .map(|part| part.as_os_str().to_string_lossy())
                    .collect();
                ours.insert(parts.join("/"));
            }
        }
    }
    ours
}

fn is_our_page(path: &Path) -> bool {
    let mut head = [0; 2048];
    let Ok(n) = File::open(path).and_then(|mut file| file.read(&mut head)) else {
        return false;
    };
    memchr::memmem::find(&head[..n], b"name=\"generator\" content=\"Offprint ").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(list: &[&str]) -> BTreeSet<String> {
        list.iter().map(|path| (*path).to_owned()).collect()
    }

    #[test]
    fn only_our_own_files_ever_go() {
        let site = tempfile::tempdir().unwrap();
        let root = site.path().join("public");
        let first = Output::open(site.path(), &root, || {}).unwrap();
        let all = paths(&["index.html", "papers/a/index.html"]);
        first.begin(&all).unwrap();
        for path in &all {
            assert_eq!(first.write(path, b"x").unwrap(), Outcome::Written);
            assert_eq!(first.write(path, b"x").unwrap(), Outcome::Unchanged);
        }
        first.finish(&all).unwrap();
        drop(first);
        fs::write(root.join("papers/a/foreign.txt"), "mine").unwrap();
        fs::write(root.join("CNAME"), "mine").unwrap();

        let second = Output::open(site.path(), &root, || {}).unwrap();
        let fewer = paths(&["index.html"]);
        second.begin(&fewer).unwrap();
        assert_eq!(second.finish(&fewer).unwrap(), 1);
        assert!(!root.join("papers/a/index.html").exists());
        assert!(root.join("papers/a/foreign.txt").exists());
        assert!(root.join("CNAME").exists());
    }

    #[test]
    fn a_lost_manifest_costs_nothing_but_time() {
        let site = tempfile::tempdir().unwrap();
        let root = site.path().join("public");
        let first = Output::open(site.path(), &root, || {}).unwrap();
        let all = paths(&["papers/a/index.html"]);
        first.begin(&all).unwrap();
        first
            .write(
                "papers/a/index.html",
                format!("<meta name=\"generator\" content=\"{GENERATOR}\">").as_bytes(),
            )
            .unwrap();
        first.finish(&all).unwrap();
        drop(first);
        fs::create_dir_all(root.join("papers/b")).unwrap();
        fs::write(root.join("papers/b/index.html"), "somebody else's").unwrap();
        fs::remove_dir_all(site.path().join(STATE)).unwrap();

        let second = Output::open(site.path(), &root, || {}).unwrap();
        second.begin(&paths(&[])).unwrap();
        assert_eq!(second.finish(&paths(&[])).unwrap(), 1);
        assert!(root.join("papers/b/index.html").exists());
    }

    #[test]
    fn a_manifest_cannot_reach_outside() {
        for path in ["../x", "/etc/passwd", "a/../../b", "", "a//b"] {
            assert!(!is_inside(path), "{path}");
        }
    }
}
