//! Identifiers: which paper has each one. They are spread over buckets by a hash, so
//! that a query loads one small file whatever the number of papers.

use std::borrow::Cow;

use serde::Serialize;

use super::build::File;
use super::names::in_groups;
use super::numbers::push_number;

/// Roughly how many identifiers are in a bucket.
const BUCKET: usize = 512;

/// How many buckets share a hash in their names.
const GROUP: usize = 64;

/// The location of the identifiers.
#[derive(Serialize)]
pub(super) struct IdNames {
    /// How many buckets there are.
    buckets: usize,
    group: usize,
    hashes: String,
}

/// A bucket: sorted identifiers, separated by spaces, and the number of each one's
/// paper.
#[derive(Default, Serialize)]
struct Bucket {
    ids: String,
    papers: String,
}

/// The files of buckets of identifiers and the numbers of their papers.
pub(super) fn id_files(ids: &[(Cow<'_, str>, u32)]) -> (Vec<File>, IdNames) {
    let mut all: Vec<(&str, u32)> = (ids.iter())
        .map(|(id, paper)| (&**id, *paper))
        // They are separated by spaces.
        .filter(|(id, _)| !id.is_empty() && !id.contains(' '))
        .collect();
    all.sort_unstable();
    let buckets = all.len().div_ceil(BUCKET);
    let mut contents: Vec<Bucket> = Vec::new();
    contents.resize_with(buckets, Bucket::default);
    for (id, paper) in all {
        let bucket = &mut contents[hash(id) as usize % buckets];
        if !bucket.ids.is_empty() {
            bucket.ids.push(' ');
        }
        bucket.ids.push_str(id);
        push_number(&mut bucket.papers, paper);
    }
    let contents = contents
        .iter()
        .map(|bucket| serde_json::to_vec(bucket).expect("strings are JSON"))
        .collect();
    let (files, hashes) = in_groups("i", contents, GROUP);
    let names = IdNames {
        buckets,
        group: GROUP,
        hashes,
    };
    (files, names)
}

/// FNV-1a of 32 bits, which the browser also computes.
pub(super) fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}
