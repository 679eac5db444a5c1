//! The files of the container, and the root that leads to them.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use super::super::build::File;
use super::super::cards::CardMaker;
use super::super::columns::columns;
use super::super::details::{Details, details};
use super::super::names::in_groups;
use super::super::people::Person;
use super::super::places::{PlaceNames, place_files};
use super::super::postings::postings;
use super::super::root::{self, Root};
use super::super::{Container, Document};
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
    documents: &[Document<'_>],
    people: &[Person<'_>],
    meaning: Option<&str>,
    known: &Blocks,
) -> Vec<File> {
    let root = Root::of(documents, Container::Sharded, meaning);
    let (mut files, terms, dictionary, places) = term_files(documents, known);
    let (card_files, cards) = card_files(documents, &CardMaker::new(&root));
    let (column_files, columns) = columns(documents);
    let (detail_files, details) = details(documents, people);
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
    documents: &[Document<'_>],
    known: &Blocks,
) -> (Vec<File>, TermNames, DictionaryNames, PlaceNames) {
    let terms = postings(documents, known);
    let ranges = ranges(&terms);
    let (shards, starts) = shards(&ranges);
    let (place_files, places) = place_files(&ranges);
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

fn card_files(documents: &[Document<'_>], cards: &CardMaker<'_>) -> (Vec<File>, CardNames) {
    // In the order of the papers' numbers: the oldest first, so that only the last file
    // grows.
    let contents = documents
        .par_rchunks(CARDS)
        .map(|papers| cards.json(papers.iter().rev()))
        .collect();
    let (files, hashes) = in_groups("c", contents, CARD_GROUP);
    let names = CardNames {
        file: CARDS,
        group: CARD_GROUP,
        hashes,
    };
    (files, names)
}
