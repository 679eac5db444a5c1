//! The publish report: what changed, and messages for the user.

use serde::Serialize;

use super::changes::{Changes, FileChange};
use crate::diagnostics::Diagnostics;

/// What publishing did, or would do.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct PublishReport {
    /// The name of the target.
    pub target: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Its destination.
    pub to: String,
    /// The site's URL; empty if unknown.
    pub base_url: String,
    /// Whether this was a dry run.
    pub dry_run: bool,
    /// Whether anything was sent.
    pub published: bool,
    /// The number of HTML pages.
    pub pages: usize,
    /// The number of files.
    pub files: usize,
    /// Files that did not exist at the destination.
    pub new: usize,
    /// Files whose content changed.
    pub changed: usize,
    /// Files removed because they are no longer part of the site.
    pub removed: usize,
    /// Files already up to date.
    pub unchanged: usize,
    /// Files of others, which stay.
    pub others: usize,
    /// Bytes of new and changed files.
    pub bytes: u64,
    /// The changed files, in order.
    pub changes: Vec<Changed>,
    /// Messages for the user.
    pub diagnostics: Diagnostics,
}

/// A file that changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// Its path, relative to the site's root.
    pub path: String,
    /// How.
    pub change: FileChange,
    /// Its size in bytes; zero if it is removed.
    pub bytes: u64,
}

impl PublishReport {
    /// Whether publishing failed.
    pub fn failed(&self) -> bool {
        self.diagnostics.has_errors()
    }

    /// Adds diagnostics of earlier steps, without duplicates between building and
    /// checking.
    pub(super) fn take(&mut self, found: Diagnostics) {
        for said in found {
            if !self.diagnostics.iter().any(|other| *other == said) {
                self.diagnostics.push(said);
            }
        }
    }

    /// Adds changes. `size` returns the size of a file to send.
    pub(super) fn tell(&mut self, changes: &Changes, size: impl Fn(&str) -> u64) {
        self.new = changes.count(FileChange::New);
        self.changed = changes.count(FileChange::Changed);
        self.removed = changes.count(FileChange::Removed);
        self.unchanged = changes.same();
        self.others = changes.others();
        self.changes = changes
            .files()
            .iter()
            .map(|(path, change)| Changed {
                path: path.clone(),
                change: *change,
                bytes: match change {
                    FileChange::Removed => 0,
                    FileChange::New | FileChange::Changed => size(path),
                },
            })
            .collect();
        self.bytes = self.changes.iter().map(|file| file.bytes).sum();
    }
}
