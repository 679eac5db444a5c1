//! The files of the container, and the root that leads to them.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;
use serde::Serialize;

use super::super::build::File;
use super::super::cards::CardMaker;
use super::super::columns::columns;
use super::super::details::{Details, details};
use super::super::names::in_groups;
use super::super::papers::documents;
use super::super::people::Person;
use super::super::places::{PlaceNames, place_files};
use super::super::postings::{TermPostings, postings};
use super::super::root::{self, Root};
use super::super::values::Gathered;
use super::super::{Container, Papers};
use super::dictionary::{DictionaryNames, dictionary};
use super::terms::{ranges, shards};
use crate::derive::Blocks;

/// How many cards are in a file.
const CARDS: usize = 17;

/// How many files of cards, and how many shards of terms, share a hash.
const CARD_GROUP: usize = 64;
const TERM_GROUP: usize = 16;

/// The fields that this container adds to the root.
#[derive(Serialize)]
struct ShardedRoot<'a> {
    #[serde(flatten)]
    root: Root<'a>,
    terms: TermNames,
    cards: CardNames,
    dictionary: DictionaryNames,
    columns: BTreeMap<String, String>,
    places: PlaceNames,
    details: Details,
}

/// The location of the terms.
#[derive(Serialize)]
struct TermNames {
    /// The beginning of each shard, separated by spaces.
    starts: String,
    /// How many shards share a hash.
    group: usize,
    hashes: String,
}

/// The location of the cards.
#[derive(Serialize)]
struct CardNames {
    /// How many cards are in a file.
    file: usize,
    /// How many files share a hash.
    group: usize,
    hashes: String,
}

/// The files of the index.
pub(in super::super) fn files(
    papers: &dyn Papers,
    people: &[Person<'_>],
    meaning: Option<&str>,
    known: &Blocks,
) -> Vec<File> {
    let (mut files, terms, dictionary, places) = term_files(papers, known);
    let gathered = Gathered::of(papers);
    let root = Root::of(papers.count(), &gathered, Container::Sharded, meaning);
    let (card_files, cards) = card_files(papers, &CardMaker::new(&root));
    let (column_files, columns) = columns(&gathered);
    let (detail_files, details) = details(&gathered, people);
    let root = ShardedRoot {
        root,
        terms,
        cards,
        dictionary,
        columns,
        places,
        details,
    };
    files.extend(card_files);
    files.extend(column_files);
    files.extend(detail_files);
    files.push(root::file(&root));
    files
}

fn term_files(
    papers: &dyn Papers,
    known: &Blocks,
) -> (Vec<File>, TermNames, DictionaryNames, PlaceNames) {
    let mut terms = postings(papers, known);
    let ranges = ranges(&terms);
    let (place_files, places) = place_files(&sliced(&terms, &ranges));
    // They are written, and take more room than all else of a term.
    terms
        .iter_mut()
        .for_each(|term| term.places = String::new());
    let (shards, starts) = shards(&sliced(&terms, &ranges));
    let (mut files, dictionary) = dictionary(&terms);
    let (shards, hashes) = in_groups("t", shards, TERM_GROUP);
    files.extend(shards);
    files.extend(place_files);
    let names = TermNames {
        starts,
        group: TERM_GROUP,
        hashes,
    };
    (files, names, dictionary, places)
}

/// The terms of each range.
fn sliced<'t>(terms: &'t [TermPostings], ranges: &[Range<usize>]) -> Vec<&'t [TermPostings]> {
    let ranges = ranges.iter();
    ranges.map(|range| &terms[range.clone()]).collect()
}

fn card_files(papers: &dyn Papers, cards: &CardMaker<'_>) -> (Vec<File>, CardNames) {
    // In the order of the papers' numbers: the oldest first, so that only the last file
    // grows.
    let count = papers.count();
    let contents = (0..count.div_ceil(CARDS))
        .into_par_iter()
        .map(|file| {
            let from = file * CARDS;
            let documents = documents(papers, from..count.min(from + CARDS));
            cards.json(&documents.collect::<Vec<_>>(), None)
        })
        .collect();
    let (files, hashes) = in_groups("c", contents, CARD_GROUP);
    let names = CardNames {
        file: CARDS,
        group: CARD_GROUP,
        hashes,
    };
    (files, names)
}
