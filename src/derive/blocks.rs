//! Blocks: what follows from some neighbouring papers together, kept by what it was
//! made from. Where one paper changes, only its block is made again.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// The folder within the program's own folder.
const FOLDER: &str = "cache/blocks";

/// How many papers a block has, about and at most.
const USUAL: u32 = 1024;
const MOST: usize = 4096;

/// Blocks of an earlier run, and where those of this one go.
#[derive(Debug, Default)]
pub struct Blocks {
    folder: Option<PathBuf>,
    used: Mutex<HashSet<String>>,
}

impl Blocks {
    /// No blocks: everything is made anew, and nothing is kept.
    pub fn none() -> Self {
        Self::default()
    }

    /// The blocks in the program's own folder of a site.
    pub fn open(state: &Path) -> Self {
        Self {
            folder: Some(state.join(FOLDER)),
            used: Mutex::default(),
        }
    }

    /// What `make` makes of `inputs`, or made of them before. `kind` says what it is.
    pub fn of<T: Serialize + DeserializeOwned>(
        &self,
        kind: &str,
        inputs: &blake3::Hash,
        make: impl FnOnce() -> T,
    ) -> T {
        let Some(folder) = &self.folder else {
            return make();
        };
        let name = format!("{kind}-{}", name(inputs));
        let file = folder.join(&name);
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.insert(name);
        drop(used);
        if let Some(kept) = read(&file) {
            return kept;
        }
        let made = make();
        write(&file, &made);
        made
    }

    /// Whether anything is kept.
    pub fn are_kept(&self) -> bool {
        self.folder.is_some()
    }

    /// What an earlier run of this program [kept](Self::replace) of a kind.
    pub fn last<T: DeserializeOwned>(&self, kind: &str) -> Option<T> {
        read(&self.whole(kind)?)
    }

    /// Keeps a value in place of the one of the same kind.
    pub fn replace<T: Serialize>(&self, kind: &str, value: &T) {
        if let Some(file) = self.whole(kind) {
            write(&file, value);
        }
    }

    /// The file of what there is one of.
    fn whole(&self, kind: &str) -> Option<PathBuf> {
        let name = name(&blake3::hash(kind.as_bytes()));
        Some(
            self.folder
                .as_ref()?
                .with_file_name(format!("{kind}-{name}")),
        )
    }

    /// Removes the blocks of a kind that nobody asked for since the last time.
    pub fn tidy(&self, kind: &str) {
        let entries = self.folder.as_ref().and_then(|it| fs::read_dir(it).ok());
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let is_of_kind = |name: &str| {
            name.strip_prefix(kind)
                .is_some_and(|it| it.starts_with('-'))
        };
        for entry in entries.into_iter().flatten().flatten() {
            let name = entry.file_name();
            let is_old = (name.to_str()).is_some_and(|it| is_of_kind(it) && !used.contains(it));
            if is_old && entry.file_type().is_ok_and(|kind| kind.is_file()) {
                let _ = fs::remove_file(entry.path());
            }
        }
        used.retain(|name| !is_of_kind(name));
    }
}

/// The file of a block. Another program makes other blocks of the same papers.
fn name(inputs: &blake3::Hash) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(env!("OFFPRINT_SOURCE").as_bytes());
    hasher.update(inputs.as_bytes());
    hasher.finalize().to_hex()[..32].to_owned()
}

/// Writes a file. Without it the next run takes longer; one that is cut off has
/// another hash.
fn write<T: Serialize>(file: &Path, value: &T) {
    if let (Some(folder), Ok(bytes)) = (file.parent(), postcard::to_allocvec(value)) {
        let _ = fs::create_dir_all(folder).and_then(|()| {
            let mut file = File::create(file)?;
            file.write_all(blake3::hash(&bytes).as_bytes())?;
            file.write_all(&bytes)
        });
    }
}

fn read<T: DeserializeOwned>(file: &Path) -> Option<T> {
    let bytes = fs::read(file).ok()?;
    let (hash, bytes) = bytes.split_first_chunk::<32>()?;
    if blake3::hash(bytes).as_bytes() != hash {
        return None;
    }
    postcard::from_bytes(bytes).ok()
}

/// Divides papers, given by what is theirs alone, into blocks. Where a block ends
/// follows from the papers themselves, so that one that comes or goes moves no other
/// block's ends.
pub fn divide<'a>(papers: impl Iterator<Item = &'a str>) -> Vec<Range<usize>> {
    let mut blocks = Vec::new();
    let mut from = 0;
    let mut next = 0;
    for paper in papers {
        next += 1;
        let hash = blake3::hash(paper.as_bytes());
        let [a, b, c, d, ..] = *hash.as_bytes();
        if u32::from_le_bytes([a, b, c, d]).is_multiple_of(USUAL) || next - from == MOST {
            blocks.push(from..next);
            from = next;
        }
    }
    if from < next {
        blocks.push(from..next);
    }
    blocks
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn a_block_is_made_once_and_again_where_its_file_is_damaged() {
        let folder = tempfile::tempdir().unwrap();
        let made = Cell::new(0);
        let ask = |blocks: &Blocks, inputs: &str| {
            blocks.of("test", &blake3::hash(inputs.as_bytes()), || {
                made.set(made.get() + 1);
                vec![inputs.len() as u32, 7]
            })
        };
        let blocks = Blocks::open(folder.path());
        assert_eq!(ask(&blocks, "abc"), [3, 7]);
        assert_eq!(ask(&blocks, "abc"), [3, 7]);
        assert_eq!(made.get(), 1);
        assert_eq!(ask(&blocks, "abcd"), [4, 7]);
        let files = || -> Vec<PathBuf> {
            let entries = fs::read_dir(folder.path().join(FOLDER)).unwrap();
            entries.map(|entry| entry.unwrap().path()).collect()
        };
        for file in files() {
            let mut bytes = fs::read(&file).unwrap();
            *bytes.last_mut().unwrap() ^= 1;
            fs::write(file, bytes).unwrap();
        }
        let blocks = Blocks::open(folder.path());
        assert_eq!(ask(&blocks, "abc"), [3, 7]);
        assert_eq!(made.get(), 3);
        blocks.tidy("tes");
        assert_eq!(files().len(), 2);
        blocks.tidy("test");
        assert_eq!(files().len(), 1);
        assert_eq!(ask(&Blocks::none(), "abc"), [3, 7]);
        assert_eq!(made.get(), 4);
    }

    #[test]
    fn a_paper_that_goes_changes_its_own_block_alone() {
        let names: Vec<String> = (0..20_000).map(|n| format!("paper-{n}")).collect();
        let all = |names: &[String]| -> HashSet<Vec<String>> {
            let blocks = divide(names.iter().map(String::as_str));
            assert_eq!(
                blocks.iter().map(ExactSizeIterator::len).sum::<usize>(),
                names.len()
            );
            blocks
                .into_iter()
                .map(|block| names[block].to_vec())
                .collect()
        };
        let before = all(&names);
        let mut fewer = names.clone();
        fewer.remove(9_000);
        let after = all(&fewer);
        assert!(before.len() > 10);
        assert!(after.difference(&before).count() <= 2);
    }
}
