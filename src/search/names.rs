//! File names, derived from the content.
//!
//! The root would be too large with a name for each of thousands of files. So
//! consecutive files form groups: a group has a hash of all its content, and a file's
//! name consists of its group's hash and its index in the group.

use rayon::prelude::*;

use super::build::File;

/// The characters of a hash: 40 bits are enough to tell a site's builds apart.
pub(super) const HASH: usize = 10;

/// A short hash of some content.
pub(super) fn hash<'a>(contents: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hasher = blake3::Hasher::new();
    for content in contents {
        hasher.update(&(content.len() as u64).to_le_bytes());
        hasher.update(content);
    }
    hasher.finalize().to_hex()[..HASH].to_owned()
}

/// Names the files of a folder in groups of `group` and returns the concatenated
/// hashes.
pub(super) fn in_groups(folder: &str, contents: Vec<Vec<u8>>, group: usize) -> (Vec<File>, String) {
    let hashes: Vec<String> = contents
        .par_chunks(group)
        .map(|files| hash(files.iter().map(Vec::as_slice)))
        .collect();
    let files = contents
        .into_iter()
        .enumerate()
        .map(|(number, content)| {
            let place = number % group;
            (
                format!("{folder}/{}{place:02}.json", hashes[number / group]),
                content,
            )
        })
        .collect();
    (files, hashes.concat())
}
