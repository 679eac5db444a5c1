//! A built site on disk, as input for publishing.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::model::Paper;
use crate::site::Record;

/// A built site.
#[derive(Debug)]
pub(super) struct Tree {
    root: PathBuf,
    /// The paths of its files below the root, in order.
    paths: Vec<String>,
}

impl Tree {
    /// The site in a folder, whose record file is next to its files.
    pub(super) fn of(root: PathBuf, mut paths: Vec<String>) -> Self {
        paths.push(Record::FILE.to_owned());
        paths.sort_unstable();
        paths.dedup();
        Self { root, paths }
    }

    /// Whether a file of somebody else blocks the site: it is where the site has a
    /// folder, or in a folder where the site has a file.
    pub(super) fn is_in_the_way(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        let at = self
            .paths
            .partition_point(|own| own.as_str() < folder.as_str());
        let is_folder = self
            .paths
            .get(at)
            .is_some_and(|own| own.starts_with(&folder));
        let mut parents = path.match_indices('/').map(|(at, _)| &path[..at]);
        is_folder || parents.any(|parent| self.has(parent))
    }

    /// Its folder.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// The paths of its files, sorted.
    pub(super) fn paths(&self) -> &[String] {
        &self.paths
    }

    /// Whether it has a file.
    pub(super) fn has(&self, path: &str) -> bool {
        let found = self.paths.binary_search_by(|own| own.as_str().cmp(path));
        found.is_ok()
    }

    /// The content of a file.
    pub(super) fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        fs::read(self.root.join(path))
    }

    /// The size of a file, in bytes.
    pub(super) fn size(&self, path: &str) -> u64 {
        fs::metadata(self.root.join(path)).map_or(0, |file| file.len())
    }

    /// Calls a function for each file and returns the results in path order.
    pub(super) fn each<T: Send>(
        &self,
        of: impl Fn(&str) -> io::Result<T> + Sync,
    ) -> io::Result<Vec<T>> {
        self.paths.par_iter().map(|path| of(path)).collect()
    }
}

/// Whether a file is an HTML page with a URL of its own.
pub(super) fn is_page(path: &str) -> bool {
    path == "index.html" || path.ends_with("/index.html")
}

/// Groups paths in publishing order; each group is complete before the next starts.
/// Assets first, then papers, then the pages that list them, and the front page
/// last, so that readers never follow a link to a missing page.
pub(super) fn groups<'a>(paths: impl Iterator<Item = &'a str>) -> Vec<Vec<&'a str>> {
    let mut groups = vec![Vec::new(); 4];
    for path in paths {
        let group = match path {
            "index.html" => 3,
            path if !path.ends_with(".html") => 0,
            path if of_paper(path) => 1,
            _ => 2,
        };
        groups[group].push(path);
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// Whether a page is a paper's, or one of its extra files.
fn of_paper(path: &str) -> bool {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    Paper::slug_of(&format!("{folder}/")).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_somebody_else_can_be_in_the_way() {
        let tree = Tree::of(
            PathBuf::new(),
            vec!["index.html".into(), "papers/a/index.html".into()],
        );
        for path in [
            "papers",
            "papers/a",
            "index.html/x",
            "papers/a/index.html/y",
        ] {
            assert!(tree.is_in_the_way(path), "{path}");
        }
        for path in ["paper", "papers/b", "papers.txt", "index.htm", "papers/a/x"] {
            assert!(!tree.is_in_the_way(path), "{path}");
        }
    }

    #[test]
    fn what_is_linked_to_comes_first() {
        let paths = [
            "index.html",
            "papers/page/2/index.html",
            "papers/a/index.html",
            "topics/rag/index.html",
            "style.css",
            "feed.xml",
        ];
        assert_eq!(
            groups(paths.into_iter()),
            [
                vec!["style.css", "feed.xml"],
                vec!["papers/a/index.html"],
                vec!["papers/page/2/index.html", "topics/rag/index.html"],
                vec!["index.html"],
            ]
        );
    }
}
