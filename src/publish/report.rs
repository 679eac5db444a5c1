//! The publish report: what changed where, and what a person should know.

use serde::Serialize;

use super::changes::{Change, Changes};
use crate::diagnostics::Diagnostics;

/// What publishing did, or would do.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct PublishReport {
    /// The name of the target.
    pub target: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Where it is.
    pub to: String,
    /// Where readers find the site; empty where nobody said.
    pub base_url: String,
    /// Whether nothing was to be sent.
    pub dry_run: bool,
    /// Whether anything was sent.
    pub published: bool,
    /// HTML pages of the site.
    pub pages: usize,
    /// All its files.
    pub files: usize,
    /// Files that were not there yet.
    pub new: usize,
    /// Files that were there and are other ones now.
    pub changed: usize,
    /// Files that no longer belong to the site.
    pub removed: usize,
    /// Files that were there as they should be.
    pub unchanged: usize,
    /// Files of others that are there, and stay.
    pub others: usize,
    /// Bytes of the files that are new or changed.
    pub bytes: u64,
    /// The files that change, in order.
    pub changes: Vec<Changed>,
    /// What a person should know.
    pub diagnostics: Diagnostics,
}

/// A file that changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// Its path below the root of the site.
    pub path: String,
    /// How.
    pub change: Change,
    /// Its bytes; none where it is removed.
    pub bytes: u64,
}

impl PublishReport {
    /// Whether the site is not where it should be.
    pub fn failed(&self) -> bool {
        self.diagnostics.has_errors()
    }

    /// Takes what earlier steps said. Building and checking say some things alike.
    pub(super) fn take(&mut self, found: Diagnostics) {
        for said in found {
            if !self.diagnostics.iter().any(|other| *other == said) {
                self.diagnostics.push(said);
            }
        }
    }

    /// Tells of changes. `size` gives the bytes of a file that is sent.
    pub(super) fn tell(&mut self, changes: &Changes, size: impl Fn(&str) -> u64) {
        self.new = changes.count(Change::New);
        self.changed = changes.count(Change::Changed);
        self.removed = changes.count(Change::Removed);
        self.unchanged = changes.same();
        self.others = changes.others();
        self.changes = changes
            .files()
            .iter()
            .map(|(path, change)| Changed {
                path: path.clone(),
                change: *change,
                bytes: match change {
                    Change::Removed => 0,
                    Change::New | Change::Changed => size(path),
                },
            })
            .collect();
        self.bytes = self.changes.iter().map(|file| file.bytes).sum();
    }
}
