//! The survey: what a build is going to meet in an output, found out before the
//! first byte is written. Whatever would keep a file from being written ends the
//! build while the site is still whole.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use foldhash::{HashSet, HashSetExt};
use rayon::prelude::*;
use walkdir::WalkDir;

use crate::diagnostics::{Diagnostic, Diagnostics, count};

use super::place::resolve;
use super::prints::Prints;
use super::record::{self, Record};
use super::target::{LEAVES, Target, fault, look_at_file, writable};

/// How many faults are named one by one.
const MOST_NAMED: usize = 50;

/// What a build is going to do to an output beside writing files.
#[derive(Debug, Default)]
pub(in crate::site) struct Survey {
    /// Files of earlier builds to remove before anything is written: they stand in
    /// the way of what is written.
    pub(super) first: BTreeSet<String>,
    /// Files of earlier builds to remove when all is written.
    pub(super) last: BTreeSet<String>,
    /// What earlier builds wrote and could not be looked for.
    pub(super) unseen: Record,
    /// Keys of the files that lie there just as an earlier build left them.
    pub(super) untouched: HashSet<u64>,
}

/// What a folder of the output is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Folder {
    /// It is there and takes new files.
    There,
    /// It is not there yet, or is made anew.
    Missing,
    /// It cannot be used; that has been said.
    Faulty,
}

/// What was found at the path of a file.
enum Look {
    /// A file that is as an earlier build left it, by its key.
    Untouched(u64),
    /// Something else that matters.
    Target(Target),
}

/// A survey under way.
struct Surveyor<'a> {
    root: &'a Path,
    /// The root without links.
    real: PathBuf,
    /// How the root is shown to people.
    label: &'a str,
    prints: &'a Prints,
    stale: BTreeSet<String>,
    /// Folders about which there is nothing to say.
    plain: HashSet<&'a str>,
    folders: BTreeMap<String, Folder>,
    first: BTreeSet<String>,
    untouched: HashSet<u64>,
    found: Diagnostics,
}

/// Looks at an output before `paths` are written to it. `earlier` is what earlier
/// builds wrote; with `clean` all of it goes first.
pub(super) fn survey<'a>(
    root: &'a Path,
    label: &'a str,
    (earlier, prints): (&Record, &'a Prints),
    paths: &'a BTreeSet<&str>,
    clean: bool,
) -> Result<Survey, Diagnostics> {
    let mut surveyor = Surveyor {
        root,
        real: resolve(root),
        label,
        prints,
        stale: BTreeSet::new(),
        plain: plain(root, paths),
        folders: BTreeMap::new(),
        first: BTreeSet::new(),
        untouched: HashSet::new(),
        found: Diagnostics::new(),
    };
    if surveyor.folder("") != Folder::There {
        return surveyor.end(Survey::default());
    }
    let gone = if clean {
        earlier.clone()
    } else {
        earlier.without(&Record::of(paths))
    };
    let mut unseen = Record::default();
    if !gone.is_empty() {
        let (stale, complete) = written_before(root, &gone);
        if !complete {
            unseen = gone.without(&Record::of(&stale));
        }
        surveyor.stale = stale;
    }
    surveyor.check_removals();
    surveyor.check_targets(paths);
    let mut first = std::mem::take(&mut surveyor.first);
    let mut last = std::mem::take(&mut surveyor.stale);
    let mut untouched = std::mem::take(&mut surveyor.untouched);
    if clean {
        first = std::mem::take(&mut last);
        // They will not lie there any more.
        untouched.clear();
    } else if !last.is_empty() {
        // Where upper and lower case are not told apart, removing the old name later
        // would remove the new file.
        let folded: BTreeSet<String> = paths.iter().map(|path| path.to_lowercase()).collect();
        let same = |path: &&String| folded.contains(&path.to_lowercase());
        first.extend(last.iter().filter(same).cloned());
    }
    last.retain(|path| !first.contains(path));
    surveyor.end(Survey {
        first,
        last,
        unseen,
        untouched,
    })
}

/// The folders of `paths` that are there, are no links, and take new files.
fn plain<'a>(root: &Path, paths: &'a BTreeSet<&str>) -> HashSet<&'a str> {
    let mut folders: HashSet<&str> = HashSet::new();
    for path in paths {
        let mut path = *path;
        while let Some((folder, _)) = path.rsplit_once('/') {
            if !folders.insert(folder) {
                break;
            }
            path = folder;
        }
    }
    let is_plain = |folder: &&str| {
        let full = root.join(folder);
        let file = fs::symlink_metadata(&full);
        file.is_ok_and(|file| file.is_dir() && writable(&full, &file).is_ok())
    };
    folders.into_par_iter().filter(is_plain).collect()
}

/// The files of an output that a record names, and whether all folders could be
/// searched. A link is nothing that a build wrote, and is not followed.
fn written_before(root: &Path, record: &Record) -> (BTreeSet<String>, bool) {
    let (mut files, mut complete) = (BTreeSet::new(), true);
    for entry in WalkDir::new(root).follow_root_links(true).min_depth(1) {
        let Ok(entry) = entry else {
            complete = false;
            continue;
        };
        if !entry.file_type().is_file() {
            continue;
        }
        let inner = entry.path().strip_prefix(root).unwrap_or(entry.path());
        let parts: Option<Vec<&str>> = inner
            .components()
            .map(|part| part.as_os_str().to_str())
            .collect();
        if let Some(path) = parts.map(|parts| parts.join("/"))
            && record.has(&path)
        {
            files.insert(path);
        }
    }
    (files, complete)
}

impl Surveyor<'_> {
    fn end(self, survey: Survey) -> Result<Survey, Diagnostics> {
        if self.found.has_errors() {
            Err(few(self.found, self.label))
        } else {
            Ok(survey)
        }
    }

    fn fault(&mut self, path: &str, message: String, help: &str) {
        self.found.push(fault(self.label, path, message, help));
    }

    /// What a folder of the output is, said where it is faulty. The empty path is
    /// the output itself.
    fn folder(&mut self, path: &str) -> Folder {
        if let Some(known) = self.folders.get(path) {
            return *known;
        }
        if self.is_plain(path) {
            return Folder::There;
        }
        let parent = match path.rsplit_once('/') {
            Some((parent, _)) => self.folder(parent),
            None if path.is_empty() => Folder::There,
            None => self.folder(""),
        };
        let folder = match parent {
            Folder::There => self.look_at_folder(path),
            other => other,
        };
        self.folders.insert(path.to_owned(), folder);
        folder
    }

    /// Whether a folder and all above it are plain. Most are, and need no entry.
    fn is_plain(&mut self, path: &str) -> bool {
        let mut rest = path;
        loop {
            if !self.plain.contains(rest) {
                return false;
            }
            match rest.rsplit_once('/') {
                Some((parent, _)) => rest = parent,
                None => return self.folder("") == Folder::There,
            }
        }
    }

    fn look_at_folder(&mut self, path: &str) -> Folder {
        let full = if path.is_empty() {
            self.root.to_owned()
        } else {
            self.root.join(path)
        };
        let is_link = fs::symlink_metadata(&full).is_ok_and(|file| file.is_symlink());
        // The output itself may be a link to where it is wanted.
        if is_link && !path.is_empty() && !resolve(&full).starts_with(&self.real) {
            self.fault(path, LEAVES.0.to_owned(), LEAVES.1);
            return Folder::Faulty;
        }
        match fs::metadata(&full) {
            Ok(file) if file.is_dir() => match writable(&full, &file) {
                Ok(()) => Folder::There,
                Err(error) => {
                    self.fault(
                        path,
                        format!("no file can be written in this folder: {error}"),
                        "check its permissions",
                    );
                    Folder::Faulty
                }
            },
            Ok(_) if self.stale.contains(path) => {
                self.first.insert(path.to_owned());
                Folder::Missing
            }
            Ok(_) => {
                self.fault(
                    path,
                    "is a file, and the site needs a folder of this name".to_owned(),
                    "move the file away",
                );
                Folder::Faulty
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound && !is_link => {
                if path.is_empty() && self.no_root_can_be_made() {
                    return Folder::Faulty;
                }
                Folder::Missing
            }
            Err(error) => {
                self.fault(
                    path,
                    format!("cannot be looked at: {error}"),
                    "remove it, or check its permissions",
                );
                Folder::Faulty
            }
        }
    }

    /// Whether the output does not exist and cannot be made, which is said.
    fn no_root_can_be_made(&mut self) -> bool {
        for folder in self.real.clone().ancestors().skip(1) {
            let Ok(file) = fs::metadata(folder) else {
                continue;
            };
            let error = if file.is_dir() {
                match writable(folder, &file) {
                    Ok(()) => return false,
                    Err(error) => error.to_string(),
                }
            } else {
                format!("{} is a file", folder.display())
            };
            self.fault(
                "",
                format!("the folder cannot be made: {error}"),
                "check permissions, or name another folder with --output",
            );
            return true;
        }
        false
    }

    /// Files that have to go must lie in folders that let them.
    fn check_removals(&mut self) {
        let folders: BTreeSet<String> = self
            .stale
            .iter()
            .filter_map(|path| path.rsplit_once('/'))
            .map(|(folder, _)| folder.to_owned())
            .collect();
        for folder in folders {
            self.folder(&folder);
        }
    }

    fn check_targets(&mut self, paths: &BTreeSet<&str>) {
        let mut present: Vec<&str> = vec![record::FILE];
        for path in paths {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            if self.folder(folder) == Folder::There {
                present.push(path);
            }
        }
        let (root, real, label, stale) = (self.root, &self.real, self.label, &self.stale);
        let prints = self.prints;
        // What lies there as a build left it can be written, as it could then.
        let look = |path: &&str| match prints.untouched(path, &root.join(path)) {
            Some(key) => Some(Look::Untouched(key)),
            None => look_at_file(root, real, label, stale, path).map(Look::Target),
        };
        let looks: Vec<Look> = present.par_iter().filter_map(look).collect();
        for look in looks {
            match look {
                Look::Untouched(key) => {
                    self.untouched.insert(key);
                }
                Look::Target(Target::Faulty(diagnostic)) => self.found.push(*diagnostic),
                Look::Target(Target::InTheWay(files)) => self.first.extend(files),
            }
        }
    }
}

/// The faults, of which so many are named that a person can read them.
fn few(found: Diagnostics, label: &str) -> Diagnostics {
    let all: Vec<Diagnostic> = found.into_iter().collect();
    let more = all.len().saturating_sub(MOST_NAMED);
    let mut few = Diagnostics::new();
    for diagnostic in all.into_iter().take(MOST_NAMED) {
        few.push(diagnostic);
    }
    if more > 0 {
        let message = format!("{} more cannot be written", count(more, "file"));
        few.push(fault(label, "", message, "check the folder's permissions"));
    }
    few
}
