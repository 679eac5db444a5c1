//! Output: the published tree on disk. A file that is as it should be is left
//! alone, a file that this program did not write is never deleted, two builds do
//! not mix, no file is left cut off, and what a build that ended early left
//! behind is put right by the next.

mod lock;
mod place;
mod prints;
mod record;
mod survey;
mod target;
mod unfinished;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::render::Print;
pub(super) use lock::Lock;
use prints::{Line, Prints};

pub use record::{Record, key};
pub(super) use survey::Survey;
pub use unfinished::Unfinished;

/// The folder of a site that holds what only the program needs.
pub(super) const STATE: &str = ".offprint";

/// Where files are written before they take the place of old ones, in the output.
const SCRATCH: &str = ".offprint-new";

/// What earlier versions wrote into an output to keep it out of version control.
/// Whoever copied such an output into a repository committed nothing.
const OLD_GITIGNORE: &[u8] = b"*\n!.gitignore\n";

/// What pages of this program say of themselves.
pub(super) const GENERATOR: &str = concat!("Offprint ", env!("CARGO_PKG_VERSION"));

/// The published tree while it is being written.
#[derive(Debug)]
pub(super) struct Output {
    root: PathBuf,
    /// How the root is shown to people.
    label: String,
    /// Files that earlier builds wrote.
    earlier: Record,
    /// Where earlier versions kept the record; see [`Self::finish`].
    old_records: [PathBuf; 2],
    /// What its files came of, and where that is kept.
    prints: Prints,
    prints_path: PathBuf,
    /// The same of this build.
    new_prints: Mutex<Vec<Line>>,
    /// How many files the scratch folder has had.
    scratched: AtomicUsize,
}

/// A file that lies in the output as an earlier build wrote it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    /// What it came of.
    pub(super) print: Print,
    line: Line,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Written,
    Unchanged,
}

/// Why a file was not written.
#[derive(Debug)]
pub(super) struct WriteFault {
    pub(super) error: io::Error,
    /// Whether a part of the file was left in its place.
    pub(super) is_cut_off: bool,
}

impl From<io::Error> for WriteFault {
    fn from(error: io::Error) -> Self {
        Self {
            error,
            is_cut_off: false,
        }
    }
}

/// What was done when all was written.
#[derive(Debug, Default)]
pub(super) struct Finish {
    /// How many files of earlier builds were removed.
    pub(super) removed: usize,
    /// Files of earlier builds that could not be removed, and why.
    pub(super) left: Vec<(String, io::Error)>,
    /// Whether the `.gitignore` of an earlier version was removed.
    pub(super) ungit: bool,
}

impl Output {
    /// Finds out what earlier builds wrote. Nothing is written to the tree. The
    /// site is locked.
    pub(super) fn open(site: &Path, root: &Path) -> Result<Self, Box<Diagnostic>> {
        let state = site.join(STATE);
        let absolute = std::path::absolute(root).map_err(|error| {
            Diagnostic::error("unwritable", format!("cannot be written: {error}"))
                .at(Place::file(root.display().to_string()))
                .help("check permissions and free space")
        })?;
        let mut name = blake3::hash(absolute.to_string_lossy().as_bytes())
            .to_hex()
            .to_string();
        name.truncate(16);
        let old_records =
            ["txt", "in-progress"].map(|suffix| state.join(format!("output-{name}.{suffix}")));
        let prints_path = Prints::path(&state, &name);
        let earlier = Record::read(root).unwrap_or_else(|| {
            let old = fs::read_to_string(&old_records[0]).unwrap_or_default();
            Record::of(old.lines())
        });
        let label = root.strip_prefix(site).unwrap_or(root);
        Ok(Self {
            root: root.to_owned(),
            label: label.display().to_string(),
            earlier,
            old_records,
            prints: Prints::read(&prints_path),
            prints_path,
            new_prints: Mutex::default(),
            scratched: AtomicUsize::new(0),
        })
    }

    /// How the output is shown to people.
    pub(super) fn label(&self) -> &str {
        &self.label
    }

    /// Says why a site must not be built into a folder, if so.
    pub(super) fn refuse(site: &Path, root: &Path) -> Option<Diagnostic> {
        place::refuse(site, root)
    }

    /// Finds out whether all files can be written, and what of earlier builds has
    /// to go. Nothing is written.
    pub(super) fn survey<'a>(
        &'a self,
        paths: &'a BTreeSet<&str>,
        clean: bool,
    ) -> Result<Survey, Diagnostics> {
        let before = (&self.earlier, &self.prints);
        survey::survey(&self.root, &self.label, before, paths, clean)
    }

    /// Begins to write: from here on the tree may be half old and half new until
    /// [`Self::finish`]. Files of earlier builds that are removed go into `removed`.
    pub(super) fn begin(
        &self,
        paths: &BTreeSet<&str>,
        survey: &Survey,
        removed: &mut Vec<String>,
    ) -> io::Result<()> {
        fs::create_dir_all(&self.root)?;
        self.drop_scratch()?;
        // Whatever happens from here on, these files are known to be ours.
        self.earlier.and(&Record::of(paths)).write(&self.root)?;
        for path in &survey.first {
            if self.remove(path)? {
                removed.push(path.clone());
            }
        }
        Ok(())
    }

    /// A file that lies there as an earlier build wrote it.
    pub(super) fn known(&self, path: &str, survey: &Survey) -> Option<Known> {
        let target = self.root.join(path);
        let (print, line) = self.prints.of(path, &target, &survey.untouched)?;
        Some(Known { print, line })
    }

    /// Whether a file lies there just as an earlier build left it, by its stamp.
    pub(super) fn is_untouched(&self, path: &str) -> bool {
        self.prints.untouched(path, &self.root.join(path)).is_some()
    }

    /// Whether the output has the record of what was written.
    pub(super) fn has_record(&self) -> bool {
        self.root.join(record::FILE).is_file()
    }

    /// Where a build takes note of a whole site.
    pub(super) fn whole_file(&self) -> PathBuf {
        self.prints_path.with_extension("whole")
    }

    /// The bytes of a file that lies there.
    pub(super) fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        fs::read(self.root.join(path))
    }

    /// Takes note of a file that stays, and gives its size in bytes.
    pub(super) fn note_kept(&self, known: Known) -> u64 {
        let size = Prints::size(&known.line);
        self.note(known.line);
        size
    }

    fn note(&self, line: Line) {
        let new = self.new_prints.lock();
        new.unwrap_or_else(std::sync::PoisonError::into_inner)
            .push(line);
    }

    /// Writes a file unless it is there already with these very bytes. An old file
    /// stays whole until the new one takes its place.
    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> Result<Outcome, WriteFault> {
        self.written(path, bytes).map(|(outcome, _)| outcome)
    }

    /// Writes a file and takes note of what it came of.
    pub(super) fn write_noted(
        &self,
        path: &str,
        print: Print,
        bytes: &[u8],
    ) -> Result<Outcome, WriteFault> {
        let (outcome, file) = self.written(path, bytes)?;
        // What was just made is asked for by its handle, which is faster.
        let file = file.and_then(|file| file.metadata().ok());
        let file = file.or_else(|| fs::symlink_metadata(self.root.join(path)).ok());
        self.note(Prints::line(path, print, bytes, file.as_ref()));
        Ok(outcome)
    }

    /// Writes a file; a new one is handed on.
    fn written(&self, path: &str, bytes: &[u8]) -> Result<(Outcome, Option<File>), WriteFault> {
        let target = self.root.join(path);
        // Mostly there is nothing yet.
        let made = match File::create_new(&target) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Self::make_folder(&target)?;
                File::create_new(&target)
            }
            made => made,
        };
        match made {
            Ok(file) => return Ok((Outcome::Written, Some(fill(file, &target, bytes)?))),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error.into()),
        }
        let old = match File::open(&target) {
            Ok(mut file) => {
                let old = file.metadata()?;
                if old.is_file() && old.len() == bytes.len() as u64 {
                    let mut present = Vec::with_capacity(bytes.len());
                    file.read_to_end(&mut present)?;
                    if present == bytes {
                        return Ok((Outcome::Unchanged, None));
                    }
                }
                Some(old)
            }
            // A link that leads nowhere.
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            // It is replaced without being read.
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                Some(fs::symlink_metadata(&target)?)
            }
            Err(error) => return Err(error.into()),
        };
        self.replace(&target, old.as_ref(), bytes)?;
        Ok((Outcome::Written, None))
    }

    fn replace(
        &self,
        target: &Path,
        old: Option<&fs::Metadata>,
        bytes: &[u8],
    ) -> Result<(), WriteFault> {
        let number = self.scratched.fetch_add(1, Ordering::Relaxed);
        let folder = self.root.join(SCRATCH);
        if number == 0 {
            fs::create_dir_all(&folder)?;
        }
        let mut new = folder.join(number.to_string());
        let file = match File::create_new(&new) {
            // Another file came first and is still making the folder.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::create_dir_all(&folder)?;
                File::create_new(&new)?
            }
            other => other?,
        };
        drop(fill(file, &new, bytes).map_err(|fault| fault.error)?);
        if let Some(old) = old {
            // Whoever may read the old file may read the new one.
            let _ = fs::set_permissions(&new, old.permissions());
        }
        let mut moved = fs::rename(&new, target);
        if let Err(error) = &moved
            && error.kind() == io::ErrorKind::CrossesDevices
            && let Some(folder) = target.parent()
        {
            let beside = folder.join(format!("{SCRATCH}-{number}"));
            let copied = fs::copy(&new, &beside);
            let _ = fs::remove_file(&new);
            new = beside;
            moved = copied.and_then(|_| fs::rename(&new, target));
        }
        if moved.is_err() {
            let _ = fs::remove_file(&new);
        }
        Ok(moved?)
    }

    fn make_folder(target: &Path) -> io::Result<()> {
        let Some(folder) = target.parent() else {
            return Ok(());
        };
        // Most folders are new and their parent exists: one call instead of two.
        match fs::create_dir(folder) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(_) => fs::create_dir_all(folder)?,
        }
        Ok(())
    }

    /// Removes what earlier builds wrote and this one did not. What cannot be
    /// removed is given, and the next build tries again.
    pub(super) fn finish(&self, paths: &BTreeSet<&str>, survey: &Survey) -> io::Result<Finish> {
        let mut finish = Finish::default();
        for path in &survey.last {
            match self.remove(path) {
                Ok(there) => finish.removed += usize::from(there),
                Err(error) => finish.left.push((path.clone(), error)),
            }
        }
        let gitignore = self.root.join(".gitignore");
        if !paths.contains(".gitignore") && is_old_gitignore(&gitignore) {
            finish.ungit = fs::remove_file(gitignore).is_ok();
        }
        self.drop_scratch()?;
        Record::of(paths)
            .and(&survey.unseen)
            .and(&Record::of(finish.left.iter().map(|(path, _)| path)))
            .write(&self.root)?;
        let prints = std::mem::take(
            &mut *self
                .new_prints
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner),
        );
        // Without it the next build takes longer.
        let _ = Prints::write(&self.prints_path, prints);
        // The record is in the output now.
        for old in &self.old_records {
            let _ = fs::remove_file(old);
        }
        Ok(finish)
    }

    /// Ends a build that failed while it wrote. What it wrote stays.
    pub(super) fn abandon(&self) {
        // The next build removes what cannot be removed now.
        let _ = self.drop_scratch();
    }

    /// Removes a file and the folders that became empty. Gives whether it was there.
    fn remove(&self, path: &str) -> io::Result<bool> {
        let target = self.root.join(path);
        let there = match fs::remove_file(&target) {
            Ok(()) => true,
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) => return Err(error),
        };
        let mut folder = target.parent();
        while let Some(path) = folder {
            // A folder that holds anything cannot be removed.
            if path == self.root || fs::remove_dir(path).is_err() {
                break;
            }
            folder = path.parent();
        }
        Ok(there)
    }

    /// Removes what a build that was cut off left in the scratch folder.
    fn drop_scratch(&self) -> io::Result<()> {
        let scratch = self.root.join(SCRATCH);
        let removed = match fs::symlink_metadata(&scratch) {
            Ok(file) if file.is_dir() => fs::remove_dir_all(&scratch),
            Ok(_) => fs::remove_file(&scratch),
            Err(error) => Err(error),
        };
        match removed {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

/// Fills a new file. Where that fails, the file is removed, so that none is left
/// cut off.
fn fill(mut file: File, path: &Path, bytes: &[u8]) -> Result<File, WriteFault> {
    match file.write_all(bytes) {
        Ok(()) => Ok(file),
        Err(error) => {
            drop(file);
            Err(WriteFault {
                is_cut_off: fs::remove_file(path).is_err(),
                error,
            })
        }
    }
}

/// Whether a file is the `.gitignore` that earlier versions wrote; git may have
/// changed its line ends.
fn is_old_gitignore(path: &Path) -> bool {
    let is_small = fs::symlink_metadata(path).is_ok_and(|file| file.is_file() && file.len() < 100);
    is_small
        && fs::read(path).is_ok_and(|mut bytes| {
            bytes.retain(|byte| *byte != b'\r');
            bytes == OLD_GITIGNORE
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Builds these files, and gives how many were removed.
    fn build(site: &Path, files: &[&str]) -> Finish {
        let output = Output::open(site, &site.join("public")).unwrap();
        let all: BTreeSet<&str> = files.iter().copied().collect();
        let survey = output.survey(&all, false).unwrap();
        output.begin(&all, &survey, &mut Vec::new()).unwrap();
        for path in &all {
            output.write(path, b"x").unwrap();
            assert_eq!(output.write(path, b"x").unwrap(), Outcome::Unchanged);
        }
        output.finish(&all, &survey).unwrap()
    }

    #[test]
    fn only_our_own_files_ever_go() {
        let site = tempfile::tempdir().unwrap();
        let root = site.path().join("public");
        build(site.path(), &["index.html", "papers/a/index.html"]);
        fs::write(root.join("papers/a/foreign.txt"), "mine").unwrap();
        fs::write(root.join("CNAME"), "mine").unwrap();
        assert_eq!(build(site.path(), &["index.html"]).removed, 1);
        assert!(!root.join("papers/a/index.html").exists());
        assert!(root.join("papers/a/foreign.txt").exists());
        assert!(root.join("CNAME").exists());
    }

    #[test]
    fn a_record_of_an_earlier_version_is_taken_over() {
        let site = tempfile::tempdir().unwrap();
        let root = site.path().join("public");
        let files = ["a.html", "b/index.html"];
        build(site.path(), &files);
        fs::remove_file(root.join(record::FILE)).unwrap();
        assert_eq!(build(site.path(), &["a.html"]).removed, 0);
        fs::remove_file(root.join(record::FILE)).unwrap();
        let output = Output::open(site.path(), &root).unwrap();
        let old = output.old_records[0].clone();
        drop(output);
        fs::write(&old, "a.html\nb/index.html\n../x\n").unwrap();
        assert_eq!(build(site.path(), &["a.html"]).removed, 1);
        assert!(!root.join("b").exists() && !old.exists());
    }

    #[test]
    fn a_file_that_is_replaced_is_never_half_there() {
        let site = tempfile::tempdir().unwrap();
        let root = site.path().join("public");
        build(site.path(), &["a.html"]);
        // Another name of the same file keeps what it had.
        fs::hard_link(root.join("a.html"), site.path().join("kept")).unwrap();
        let output = Output::open(site.path(), &root).unwrap();
        assert_eq!(output.write("a.html", b"new").unwrap(), Outcome::Written);
        output.abandon();
        assert_eq!(fs::read(root.join("a.html")).unwrap(), b"new");
        assert_eq!(fs::read(site.path().join("kept")).unwrap(), b"x");
        assert!(!root.join(SCRATCH).exists());
    }
}
