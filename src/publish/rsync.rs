//! Publishes with rsync, to another machine over SSH or to this one.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::changes::{Changes, There};
use super::program::{nothing, run, said};
use super::publisher::{Publisher, Sending};
use super::tree::{Tree, groups};
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::site::{Progress, Record, state};

/// A folder reached by rsync.
#[derive(Debug)]
pub(super) struct Rsync {
    /// The folder, ending in `/`.
    to: String,
    /// A folder for temporary files, deleted at the end.
    scratch: PathBuf,
    /// Whether the folder exists. A dry run does not create it.
    is_there: bool,
    /// The files that an earlier run published.
    earlier: Option<Record>,
}

impl Rsync {
    /// Opens a folder in rsync's notation. Local paths are relative to the site.
    pub(super) fn open(site: &Path, to: &str, is_dry: bool) -> Result<Self, Diagnostics> {
        let mut to = match is_remote(to) {
            true => to.to_owned(),
            false => {
                let to = site.join(to);
                if let Some(refusal) = crate::site::refuse(site, &to) {
                    return Err(refusal
                        .help("choose a folder that contains nothing else")
                        .into());
                }
                if to.is_file() {
                    let place = Place::file(to.display().to_string());
                    return Err(Diagnostic::error("unwritable", "is a file, not a folder")
                        .at(place)
                        .help("name a folder")
                        .into());
                }
                let real = fs::canonicalize(&to).unwrap_or(to);
                real.display().to_string()
            }
        };
        if !to.ends_with('/') {
            to.push('/');
        }
        // The site is locked, so anything here was left by a killed run.
        let scratch = state(site).join("publish/.rsync");
        let _ = fs::remove_dir_all(&scratch);
        fs::create_dir_all(&scratch).map_err(|error| no_scratch(&error))?;
        let rsync = Self {
            to,
            scratch,
            earlier: None,
            is_there: true,
        };
        rsync.find(is_dry)
    }

    /// Creates the folder if it does not exist.
    fn find(mut self, is_dry: bool) -> Result<Self, Diagnostics> {
        let Err(fault) = self.rsync(&["--list-only", "--no-recursive", "--dirs", &self.to]) else {
            return Ok(self);
        };
        let empty = self.scratch.join("empty");
        fs::create_dir_all(&empty).map_err(|error| no_scratch(&error))?;
        let from = format!("{}/", empty.display());
        let arguments = ["--mkpath", &from, &self.to];
        if is_dry {
            // If the host cannot be reached, there is no point in asking anything
            // else.
            let mut asked = vec!["--dry-run"];
            asked.extend(arguments);
            self.rsync(&asked).map_err(|_| fault)?;
            self.is_there = false;
            return Ok(self);
        }
        self.rsync(&arguments).map_err(|_| fault)?;
        Ok(self)
    }

    /// Runs rsync with the options of every run. Compares by content, since a fresh
    /// checkout changes all times.
    fn rsync(&self, arguments: &[&str]) -> Result<String, Diagnostics> {
        let mut command = Command::new("rsync");
        command
            .args(["--recursive", "--checksum", "--times", "--perms"])
            .args(["--chmod=D755,F644", "--omit-dir-times"])
            .args(arguments);
        let output = run(&mut command, nothing).map_err(|fault| Diagnostics::from(*fault))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let message = format!("rsync failed: {}", said(&output));
        Err(Diagnostic::error("rsync", message)
            .help(
                "check that `rsync` and `ssh` can reach the folder, and publish again; it \
                continues from here",
            )
            .into())
    }

    /// Writes a NUL-terminated list of paths.
    fn list<'a>(&self, paths: impl Iterator<Item = &'a str>) -> Result<String, Diagnostics> {
        let mut text = String::new();
        for path in paths {
            text.push_str(path);
            text.push('\0');
        }
        let file = self.scratch.join("list");
        fs::write(&file, text).map_err(|error| no_scratch(&error))?;
        Ok(format!("--files-from={}", file.display()))
    }

    /// Sends files.
    fn send_files(&self, from: &Path, paths: &[&str]) -> Result<(), Diagnostics> {
        let list = self.list(paths.iter().copied())?;
        let from = format!("{}/", from.display());
        self.rsync(&["--from0", &list, &from, &self.to]).map(|_| ())
    }

    /// Deletes files that the site's folder does not have, and folders that become
    /// empty. Rsync leaves alone everything that no rule includes.
    fn remove_files(&self, from: &Path, paths: &[&str]) -> Result<(), Diagnostics> {
        let mut included = BTreeSet::new();
        for path in paths {
            let folders = path.match_indices('/').map(|(at, _)| &path[..=at]);
            included.extend(folders.map(rule));
            included.insert(rule(path));
        }
        let text: String = included.into_iter().map(|rule| rule + "\0").collect();
        let file = self.scratch.join("rules");
        fs::write(&file, text).map_err(|error| no_scratch(&error))?;
        let rules = format!("--include-from={}", file.display());
        let from = format!("{}/", from.display());
        let arguments = [
            "--from0",
            &rules,
            "--exclude=*",
            "--delete",
            &from,
            &self.to,
        ];
        self.rsync(&arguments).map(|_| ())
    }

    /// Sends the record of which files are ours.
    fn send_record(&self, record: &Record) -> Result<(), Diagnostics> {
        let folder = self.scratch.join("record");
        fs::create_dir_all(&folder)
            .and_then(|()| fs::write(folder.join(Record::FILE), record.text()))
            .map_err(|error| no_scratch(&error))?;
        self.send_files(&folder, &[Record::FILE])
    }

    fn fetch_record(&self) -> Result<Option<Record>, Diagnostics> {
        let folder: PathBuf = self.scratch.join("there");
        fs::create_dir_all(&folder).map_err(|error| no_scratch(&error))?;
        let (from, to) = (self.to.clone(), format!("{}/", folder.display()));
        // The filter selects this one file, if it exists.
        let include = format!("--include=/{}", Record::FILE);
        self.rsync(&[&include, "--exclude=*", &from, &to])?;
        Ok(Record::read(&folder))
    }
}

impl Drop for Rsync {
    fn drop(&mut self) {
        // The next run deletes any leftovers.
        let _ = fs::remove_dir_all(&self.scratch);
    }
}

/// Whether rsync treats a text as remote: a colon comes before the first slash.
fn is_remote(to: &str) -> bool {
    let first = to.split('/').next().unwrap_or_default();
    first.contains(':')
}

/// A folder from the command line. Local ones are relative to the working
/// directory.
pub(super) fn here(to: &str) -> String {
    match is_remote(to) {
        true => to.to_owned(),
        false => super::here(to).display().to_string(),
    }
}

fn no_scratch(error: &io::Error) -> Diagnostics {
    Diagnostic::error(
        "unwritable",
        format!("a temporary file for rsync cannot be written: {error}"),
    )
    .help("check the permissions and free space of the site's folder")
    .into()
}

impl Publisher for Rsync {
    fn place(&self) -> String {
        self.to.clone()
    }

    fn compare(&mut self, tree: &Tree) -> Result<Changes, Diagnostics> {
        if !self.is_there {
            let mut changes = Changes::default();
            for path in tree.paths() {
                changes.add(path, There::No);
            }
            return Ok(changes.sorted());
        }
        self.earlier = self.fetch_record()?;
        let is_ours = |path: &str| {
            path == Record::FILE || self.earlier.as_ref().is_some_and(|record| record.has(path))
        };
        let listed = self.rsync(&["--list-only", "--no-human-readable", &self.to])?;
        let files = listed.lines().filter_map(listed_file);
        let links = listed.lines().filter_map(listed_link);
        let links: HashSet<String> = links.map(unescaped).collect();
        // What it would send, and why.
        let list = self.list(tree.paths().iter().map(String::as_str))?;
        let from = format!("{}/", tree.root().display());
        let told = self.rsync(&[
            "--dry-run",
            "--out-format=%i %n",
            "--from0",
            &list,
            &from,
            &self.to,
        ])?;
        let differs: HashMap<String, There> = told
            .lines()
            .filter_map(|line| {
                let (how, path) = line.split_once(' ')?;
                let path = unescaped(path);
                // A file transfer: `>f+++++++++` for a new file, otherwise what
                // differs.
                let how = how.strip_prefix("<f").or_else(|| how.strip_prefix(">f"))?;
                let there = match how.starts_with('+') {
                    true => There::No,
                    false if is_ours(&path) => There::Other,
                    false => There::Foreign,
                };
                Some((path, there))
            })
            .collect();
        let mut changes = Changes::default();
        for path in tree.paths() {
            let there = differs.get(path).copied().unwrap_or(There::Same);
            // A link of somebody else, which a file of ours would replace.
            let is_link = links.contains(path.as_str());
            changes.add(path, if is_link { There::Foreign } else { there });
        }
        for link in &links {
            changes.find(link, false, tree);
        }
        for path in files.map(unescaped) {
            changes.find(&path, is_ours(&path), tree);
        }
        Ok(changes.sorted())
    }

    fn send(
        &mut self,
        tree: &Tree,
        changes: &Changes,
        progress: &dyn Progress,
    ) -> Result<Sending, Diagnostics> {
        let ours = Record::of(tree.paths().iter().filter(|path| *path != Record::FILE));
        // Record first, so that the next run knows all our files even if this one
        // is interrupted.
        if let Some(earlier) = &self.earlier {
            self.send_record(&earlier.and(&ours))?;
        } else {
            self.send_record(&ours)?;
        }
        let sent = changes.sent().filter(|path| *path != Record::FILE);
        let groups = groups(sent);
        progress.begin("sending", Some(groups.len() + 1));
        for group in &groups {
            let done = self.send_files(tree.root(), group);
            progress.step();
            if let Err(fault) = done {
                progress.end();
                return Err(fault);
            }
        }
        let removed: Vec<&str> = changes.removed().collect();
        let done = match removed.is_empty() {
            true => Ok(()),
            false => self.remove_files(tree.root(), &removed),
        };
        progress.end();
        done?;
        self.send_record(&ours)?;
        Ok(Sending::Done)
    }
}

/// A rule that matches exactly one path, relative to the folder. In rules with
/// wildcards, a backslash escapes them.
fn rule(path: &str) -> String {
    if !path.contains(['*', '?', '[']) {
        return format!("/{path}");
    }
    let mut out = String::from("/");
    for c in path.chars() {
        if matches!(c, '*' | '?' | '[' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The path of a link in a listing line, without its target.
fn listed_link(line: &str) -> Option<&str> {
    let rest = listed(line, 'l')?;
    Some(rest.split_once(" -> ").map_or(rest, |(path, _)| path))
}

/// The path of a file in a listing line.
fn listed_file(line: &str) -> Option<&str> {
    listed(line, '-')
}

/// The path in a listing line: permissions, size, date, time, path.
fn listed(line: &str, kind: char) -> Option<&str> {
    let mut rest = line.strip_prefix(kind)?;
    for _ in 0..4 {
        rest = rest.trim_start();
        let end = rest.find(' ')?;
        rest = &rest[end..];
    }
    rest.strip_prefix(' ')
}

/// Undoes rsync's escapes: `\#012` is a character code in octal.
fn unescaped(path: &str) -> String {
    if !path.contains("\\#") {
        return path.to_owned();
    }
    let mut out = Vec::with_capacity(path.len());
    let bytes = path.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let digits = bytes
            .get(at + 2..at + 5)
            .filter(|_| bytes[at..].starts_with(b"\\#"))
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 8).ok());
        match digits {
            Some(byte) => {
                out.push(byte);
                at += 5;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listing_is_read_with_its_spaces() {
        let line = "-rw-r--r--          1,234 2026/11/30 12:00:00 papers/a b.html";
        assert_eq!(listed_file(line), Some("papers/a b.html"));
        assert_eq!(
            listed_file("-rw-r--r--  0 2026/11/30 12:00:00  x"),
            Some(" x")
        );
        assert_eq!(
            listed_file("drwxr-xr-x 4,096 2026/11/30 12:00:00 papers"),
            None
        );
        assert_eq!(
            listed_link("lrwxrwxrwx 7 2026/11/30 12:00:00 papers -> /etc"),
            Some("papers")
        );
        assert_eq!(rule("a\\b"), "/a\\b");
        assert_eq!(rule("a[1]\\b*"), "/a\\[1]\\\\b\\*");
        assert_eq!(unescaped("k\\#303\\#244se\\#"), "käse\\#");
    }

    #[test]
    fn a_folder_of_another_machine_has_a_colon() {
        assert!(is_remote("ann@a.test:/srv/papers") && is_remote("rsync://a.test/papers"));
        assert!(is_remote("a.test::papers"));
        assert!(!is_remote("/srv/a:b") && !is_remote("../site") && !is_remote("./a:b"));
    }
}
