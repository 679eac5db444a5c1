//! Places: positions of terms in papers. They decide whether words are adjacent and in
//! which field they are; only a query that needs that loads them.
//!
//! A posting's places are numbers (see `numbers`), each the distance from the one
//! before, doubled, and one more where another follows. Fields begin at multiples of
//! [`FIELD`], abstracts first since they have the most words.

use rayon::prelude::*;
use serde::Serialize;

use super::build::File;
use super::names::in_groups;
use super::numbers::push_number;
use super::postings::TermPostings;
use super::weight::Field;

/// The number of places in a field. Later words of a text all have its last place.
pub(super) const FIELD: u32 = 1 << 13;

/// Where a field begins.
pub(super) fn base(field: Field) -> u32 {
    FIELD
        * match field {
            Field::Abstract => 0,
            Field::Title => 1,
            Field::Authors => 2,
            Field::Keywords => 3,
            Field::Topics => 4,
            Field::Short => 5,
        }
}

/// Appends the places of a posting, which are ascending.
pub(super) fn push_places(out: &mut String, places: &[u32]) {
    let mut before = 0;
    for (at, place) in places.iter().enumerate() {
        let more = u32::from(at + 1 < places.len());
        push_number(out, (place - before) << 1 | more);
        before = *place;
    }
}

/// How many shards of terms share one file of places, and how many files share a hash.
const SHARDS: usize = 4;
const GROUP: usize = 64;

/// The location of the places.
#[derive(Serialize)]
pub(super) struct PlaceNames {
    /// How many shards are in a file.
    file: usize,
    /// How many files share a hash.
    group: usize,
    hashes: String,
}

/// A file of places: for each shard, those of its terms, separated by spaces.
#[derive(Serialize)]
struct Places {
    places: Vec<String>,
}

/// The files of places for shards of terms.
pub(super) fn place_files(shards: &[&[TermPostings]]) -> (Vec<File>, PlaceNames) {
    let contents = shards
        .par_chunks(SHARDS)
        .map(|shards| {
            let places = shards.iter().map(|terms| joined(terms)).collect();
            serde_json::to_vec(&Places { places }).expect("strings are JSON")
        })
        .collect();
    let (files, hashes) = in_groups("w", contents, GROUP);
    let names = PlaceNames {
        file: SHARDS,
        group: GROUP,
        hashes,
    };
    (files, names)
}

/// The places of terms in one string, separated by spaces.
pub(super) fn joined(terms: &[TermPostings]) -> String {
    let mut joined = String::new();
    for (at, term) in terms.iter().enumerate() {
        if at > 0 {
            joined.push(' ');
        }
        joined.push_str(&term.places);
    }
    joined
}
