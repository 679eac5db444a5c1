//! What publishing would change at a destination, file by file, and checks that
//! catch unintended changes.

use serde::Serialize;

use super::tree::{Tree, is_page};
use crate::diagnostics::{Diagnostic, count};

/// What happens to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileChange {
    /// It does not exist there yet.
    New,
    /// It exists with different content.
    Changed,
    /// It exists but is no longer part of the site.
    Removed,
}

/// How many files a message names.
const MOST_NAMED: usize = 5;

/// What would change at a destination.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// The files that change, sorted by path.
    files: Vec<(String, FileChange)>,
    /// Files that are already up to date.
    same: usize,
    /// The site's pages that exist there, whether they stay or not.
    pages_there: usize,
    /// Files of others, which stay.
    others: usize,
    /// Files of others that block files of the site.
    in_the_way: Vec<String>,
}

/// The state of one of the site's files at the destination.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum There {
    /// Missing.
    No,
    /// Up to date.
    Same,
    /// Different, and published by us.
    Other,
    /// Different, and put there by somebody else.
    Foreign,
}

impl Changes {
    /// Counts a file of the site.
    pub(super) fn add(&mut self, path: &str, there: There) {
        if is_page(path) && matches!(there, There::Same | There::Other) {
            self.pages_there += 1;
        }
        let change = match there {
            There::Same => {
                self.same += 1;
                return;
            }
            There::No => FileChange::New,
            There::Other => FileChange::Changed,
            There::Foreign => {
                self.in_the_way.push(path.to_owned());
                FileChange::Changed
            }
        };
        self.files.push((path.to_owned(), change));
    }

    /// Counts a file of ours that is no longer part of the site.
    pub(super) fn remove(&mut self, path: &str) {
        self.pages_there += usize::from(is_page(path));
        self.files.push((path.to_owned(), FileChange::Removed));
    }

    /// Counts a file found there. Files that the site has are ignored; others are
    /// removed if they are ours and stay otherwise.
    pub(super) fn find(&mut self, path: &str, is_ours: bool, tree: &Tree) {
        match (tree.has(path), is_ours) {
            (true, _) => {}
            (false, true) => self.remove(path),
            (false, false) => self.leave(path, tree),
        }
    }

    /// Counts a file of somebody else, which stays unless it blocks ours.
    pub(super) fn leave(&mut self, path: &str, tree: &Tree) {
        match tree.is_in_the_way(path) {
            true => self.in_the_way.push(path.to_owned()),
            false => self.others += 1,
        }
    }

    /// Counts a file of somebody else, for stores without folders.
    pub(super) fn leave_beside(&mut self) {
        self.others += 1;
    }

    /// Sorts the files.
    pub(super) fn sorted(mut self) -> Self {
        self.files.sort();
        self
    }

    /// Whether anything changes.
    pub(super) fn any(&self) -> bool {
        !self.files.is_empty()
    }

    /// The files that change.
    pub(super) fn files(&self) -> &[(String, FileChange)] {
        &self.files
    }

    /// The files to send.
    pub(super) fn sent(&self) -> impl Iterator<Item = &str> + Clone {
        let files = self.files.iter();
        files
            .filter(|(_, change)| *change != FileChange::Removed)
            .map(|(path, _)| path.as_str())
    }

    /// The files to remove.
    pub(super) fn removed(&self) -> impl Iterator<Item = &str> + Clone {
        let files = self.files.iter();
        files
            .filter(|(_, change)| *change == FileChange::Removed)
            .map(|(path, _)| path.as_str())
    }

    /// How many files change in this way.
    pub(super) fn count(&self, of: FileChange) -> usize {
        let files = self.files.iter();
        files.filter(|(_, change)| *change == of).count()
    }

    /// How many files are up to date.
    pub(super) fn same(&self) -> usize {
        self.same
    }

    /// How many files of others stay.
    pub(super) fn others(&self) -> usize {
        self.others
    }

    /// The error if more than this share of the existing pages would be removed.
    #[expect(clippy::cast_precision_loss, reason = "numbers of pages")]
    pub(super) fn shrinks(&self, most: f64) -> Option<Diagnostic> {
        let gone = self.removed().filter(|path| is_page(path)).count();
        if gone as f64 <= most * self.pages_there as f64 {
            return None;
        }
        let named: Vec<&str> = self
            .removed()
            .filter(|path| is_page(path))
            .take(MOST_NAMED)
            .collect();
        let message = format!(
            "{gone} of the {} there would be removed, such as {}; the limit is {} %",
            count(self.pages_there, "page"),
            named.join(", "),
            (most * 100.0).round(),
        );
        Some(Diagnostic::error("shrinks", message).help(
            "check what is missing from content/; if all is well, publish with --allow-shrink, \
             or set a larger `max_shrink`",
        ))
    }

    /// The error if files of somebody else would be replaced.
    pub(super) fn replaces(&self) -> Option<Diagnostic> {
        if self.in_the_way.is_empty() {
            return None;
        }
        let named: Vec<&str> = self
            .in_the_way
            .iter()
            .take(MOST_NAMED)
            .map(String::as_str)
            .collect();
        let message = format!(
            "{} there that Offprint did not write would be replaced, such as {}",
            count(self.in_the_way.len(), "file"),
            named.join(", ")
        );
        Some(Diagnostic::error("foreign-files", message).help(
            "check that this is the destination you mean; if so, publish with \
                    --replace",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes(same: usize, removed: usize) -> Changes {
        let mut changes = Changes::default();
        for n in 0..same {
            changes.add(&format!("{n}/index.html"), There::Same);
        }
        for n in 0..removed {
            changes.remove(&format!("old-{n}/index.html"));
            changes.remove(&format!("old-{n}/paper.json"));
        }
        changes
    }

    #[test]
    fn a_site_does_not_shrink_by_accident() {
        assert!(changes(8, 2).shrinks(0.2).is_none());
        assert!(changes(7, 2).shrinks(0.2).is_some());
        assert!(changes(0, 0).shrinks(0.0).is_none());
        assert!(changes(9, 1).shrinks(0.0).is_some());
        assert!(changes(0, 5).shrinks(1.0).is_none());
    }

    #[test]
    fn files_of_others_are_told_and_not_counted_as_pages() {
        let mut changes = changes(1, 0);
        changes.add("index.html", There::Foreign);
        assert!(
            changes
                .replaces()
                .is_some_and(|said| said.message.contains("index.html"))
        );
        assert_eq!(
            (changes.count(FileChange::Changed), changes.pages_there),
            (1, 1)
        );
    }
}
