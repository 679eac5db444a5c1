//! Unfinished: what a build that failed while it wrote left behind. Whoever
//! publishes such a tree has to know which files are new and which are not.

use std::fs;
use std::path::Path;

use serde::Serialize;

use crate::diagnostics::{Diagnostic, Place, count};

/// The list of an unfinished build, in the program's folder.
const FILE: &str = "unfinished.txt";

/// How many files are named in a message.
const MOST_NAMED: usize = 10;

/// What a build that failed while it wrote left in the output. Paths are
/// relative to the output, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Unfinished {
    /// Files that are as this build made them.
    pub new: Vec<String>,
    /// Files of which only a part was written, and that could not be removed.
    pub cut_off: Vec<String>,
    /// Files of earlier builds that are gone already.
    pub removed: Vec<String>,
    /// How many files this build would have written, that are as they were or
    /// not there at all.
    pub old: usize,
    /// Files of earlier builds that could not be removed. Where there are any, all
    /// new files are in place.
    pub left: Vec<String>,
}

impl Unfinished {
    /// Whether the tree is as it was before.
    pub(in crate::site) fn is_nothing(&self) -> bool {
        self.new.is_empty()
            && self.cut_off.is_empty()
            && self.removed.is_empty()
            && self.left.is_empty()
    }

    /// What it is, in a sentence.
    pub fn sentence(&self) -> String {
        let mut parts = vec![format!("{} new", count(self.new.len(), "file"))];
        if self.left.is_empty() {
            parts.push(format!("{} not yet written", self.old));
        }
        if !self.removed.is_empty() {
            parts.push(format!("{} removed", self.removed.len()));
        }
        if !self.left.is_empty() {
            parts.push(format!(
                "{} that should be gone still there",
                self.left.len()
            ));
        }
        parts.push(if self.cut_off.is_empty() {
            "none cut off".to_owned()
        } else {
            format!("{} cut off", self.cut_off.len())
        });
        parts.join(", ")
    }

    /// What a person should know. The whole list goes into a file, where that can
    /// be written.
    pub(in crate::site) fn diagnostic(&self, label: &str, state: &Path) -> Diagnostic {
        let list = state.join(FILE);
        let whole = fs::write(&list, self.list()).is_ok();
        let some = |what: &str, files: &[String]| match files.len() {
            0 => None,
            n => {
                let names = files[..n.min(MOST_NAMED)].join(", ");
                let more = n.saturating_sub(MOST_NAMED);
                let more = match more {
                    0 => String::new(),
                    more => format!(" and {more} more"),
                };
                Some(format!("{what}: {names}{more}"))
            }
        };
        let named: Vec<String> = [
            some("cut off", &self.cut_off),
            some("new", &self.new),
            some("removed", &self.removed),
            some("left over", &self.left),
        ]
        .into_iter()
        .flatten()
        .collect();
        let help = if whole {
            format!(
                "do not publish it now; put right what is named above and build again. {} lists all files",
                list.display()
            )
        } else {
            "do not publish it now; put right what is named above and build again".to_owned()
        };
        Diagnostic::warning(
            "half-built",
            format!(
                "the site is part new and part old: {}. {}",
                self.sentence(),
                named.join("; ")
            ),
        )
        .at(Place::file(label.to_owned()))
        .help(help)
    }

    fn list(&self) -> String {
        let mut text = String::new();
        for (what, files) in [
            ("new", &self.new),
            ("cut off", &self.cut_off),
            ("removed", &self.removed),
            ("left over", &self.left),
        ] {
            for file in files {
                text.push_str(&format!("{what}\t{file}\n"));
            }
        }
        text
    }

    /// Forgets the list of an earlier build that did not end well.
    pub(in crate::site) fn forget(state: &Path) {
        let _ = fs::remove_file(state.join(FILE));
    }
}
