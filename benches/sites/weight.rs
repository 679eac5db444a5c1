//! Weight: the number and size of files of each kind.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::Path;

use super::table::Table;

/// The files of one kind.
#[derive(Debug, Default)]
struct Kind {
    files: u64,
    bytes: u64,
    largest: u64,
}

impl Kind {
    fn row(&self, name: &str) -> Vec<String> {
        vec![
            name.to_owned(),
            self.files.to_string(),
            format!("{:.1}", self.bytes as f64 / 1e6),
            format!("{:.1}", self.bytes as f64 / self.files.max(1) as f64 / 1e3),
            format!("{:.1}", self.largest as f64 / 1e3),
        ]
    }
}

/// The files of a site, by kind.
#[derive(Debug)]
pub(crate) struct Weight {
    kinds: BTreeMap<String, Kind>,
    all: Kind,
}

impl Weight {
    /// Weighs a published site.
    pub(crate) fn of(output: &Path) -> Self {
        let mut weight = Self {
            kinds: BTreeMap::new(),
            all: Kind::default(),
        };
        let entries = walkdir::WalkDir::new(output).into_iter();
        for entry in entries.filter_map(Result::ok) {
            if !entry.file_type().is_file() {
                continue;
            }
            let path = entry.path().strip_prefix(output).unwrap_or(entry.path());
            let bytes = entry.metadata().map_or(0, |data| data.len());
            let kind = weight.kinds.entry(kind_of(path)).or_default();
            for kind in [kind, &mut weight.all] {
                kind.files += 1;
                kind.bytes += bytes;
                kind.largest = kind.largest.max(bytes);
            }
        }
        weight
    }

    /// The total size in bytes.
    pub(crate) fn bytes(&self) -> u64 {
        self.all.bytes
    }

    /// The number of files.
    pub(crate) fn files(&self) -> u64 {
        self.all.files
    }

    /// The kinds, largest first.
    pub(crate) fn table(&self) -> Table {
        let mut table = Table::new(1, &["", "files", "MB", "kB each", "kB of the largest"]);
        let mut kinds: Vec<(&String, &Kind)> = self.kinds.iter().collect();
        kinds.sort_by_key(|(_, kind)| Reverse(kind.bytes));
        for (name, kind) in kinds {
            table.row(kind.row(name));
        }
        table.row(self.all.row("all"));
        table
    }
}

/// The kind of a file: pages by top-level folder, other pages there by name, and
/// files next to them.
fn kind_of(path: &Path) -> String {
    let parts: Vec<&str> = path.iter().filter_map(|part| part.to_str()).collect();
    match &parts[..] {
        // No paper has this slug.
        ["papers", "index.html"] | ["papers", "page", ..] => "lists of papers".to_owned(),
        [folder, .., "index.html"] => (*folder).to_owned(),
        [folder, .., name] if name.ends_with(".html") => format!("{folder}: {name}"),
        [folder, .., _] => format!("{folder}: not pages"),
        _ => "in no folder".to_owned(),
    }
}
