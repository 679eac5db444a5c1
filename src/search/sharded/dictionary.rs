//! The dictionary: terms that a misspelt word may stand for.
//!
//! It is stored twice, by first and by last letter, since the first letter of a word
//! may be the wrong one. A file of it is loaded only if a word was not found.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::build::File;
use super::super::names::hash;
use super::super::numbers::push_digit;
use super::super::postings::TermPostings;

/// The dictionary's part of the root.
#[derive(Debug, Serialize)]
pub(super) struct DictionaryNames {
    hash: String,
    /// The letters for which there are files, by side of the word.
    head: String,
    tail: String,
}

/// A file of it: terms in order, separated by spaces, each as the number of characters
/// that it shares with the one before (one digit) and the rest; and for each, one digit
/// for the base-2 logarithm of its number of papers, rounded down.
#[derive(Default, Serialize)]
struct Spellings {
    terms: String,
    counts: String,
    #[serde(skip)]
    last: String,
}

impl Spellings {
    fn push(&mut self, term: &str, papers: usize) {
        let common = self
            .last
            .bytes()
            .zip(term.bytes())
            .take_while(|(a, b)| a == b)
            .count();
        if !self.terms.is_empty() {
            self.terms.push(' ');
        }
        push_digit(&mut self.terms, common as u8);
        self.terms.push_str(&term[common..]);
        push_digit(&mut self.counts, papers.ilog2() as u8);
        self.last.replace_range(.., term);
    }
}

/// The files of the dictionary and their names.
pub(super) fn dictionary(terms: &[TermPostings]) -> (Vec<File>, DictionaryNames) {
    let mut sides = [
        ("h", BTreeMap::<u8, Spellings>::new()),
        ("t", BTreeMap::new()),
    ];
    for TermPostings { term, postings, .. } in terms.iter().filter(|term| is_offered(term)) {
        let bytes = term.as_bytes();
        for ((_, files), letter) in sides.iter_mut().zip([bytes[0], bytes[bytes.len() - 1]]) {
            files.entry(letter).or_default().push(term, postings.len());
        }
    }
    let letters =
        |side: &BTreeMap<u8, Spellings>| side.keys().map(|&letter| char::from(letter)).collect();
    let [head, tail] = [letters(&sides[0].1), letters(&sides[1].1)];
    let contents: Vec<(String, Vec<u8>)> = sides
        .iter()
        .flat_map(|(side, files)| {
            files.iter().map(move |(letter, file)| {
                let name = format!("{side}{}", char::from(*letter));
                (name, serde_json::to_vec(file).expect("strings are JSON"))
            })
        })
        .collect();
    let hash = hash(contents.iter().map(|(_, content)| content.as_slice()));
    let files = contents
        .into_iter()
        .map(|(name, content)| (format!("d/{hash}{name}.json"), content))
        .collect();
    (files, DictionaryNames { hash, head, tail })
}

/// Whether a term may be suggested for another spelling: a word of `a` to `z`, long
/// enough to be misspelt, and probably not misspelt itself, since it is in two papers
/// or a title.
fn is_offered(of: &TermPostings) -> bool {
    let TermPostings { term, postings, .. } = of;
    term.len() >= 3
        && term.bytes().all(|byte| byte.is_ascii_lowercase())
        && (postings.len() > 1 || postings[0].in_title())
}
