//! The small container: one elasticlunr index, one file of cards, and files that only
//! some queries load.
//!
//! elasticlunr's own tokenizer and stemmer lose too much (accents, C++, compounds,
//! most of Unicode), so the index is built with ours and without a pipeline; any
//! elasticlunr.js still loads it. A paper's reference is its number.

use elasticlunr::{IndexBuilder, Language, Pipeline};
use serde::Serialize;

use super::build::File;
use super::cards::CardMaker;
use super::details::{Details, details};
use super::names::hash;
use super::papers::all;
use super::people::Person;
use super::places::joined;
use super::postings::postings;
use super::root::{self, Root};
use super::values::Gathered;
use super::weight::Field;
use super::{Container, Document, Papers};
use crate::derive::Blocks;
use crate::text::{is_stop_word, tokens};

/// The beginning of the name of the file that elasticlunr.js reads.
pub(super) const INDEX: &str = "index.";

/// The files of the index.
pub(super) fn files(
    papers: &dyn Papers,
    people: &[Person<'_>],
    meaning: Option<&str>,
    known: &Blocks,
) -> Vec<File> {
    let gathered = Gathered::of(papers);
    let root = Root::of(papers.count(), &gathered, Container::Elasticlunr, meaning);
    let lists = (0..papers.count()).map(|number| papers.lists(papers.place(number)));
    let documents: Vec<Document<'_>> = all(papers).collect();
    let cards = CardMaker::new(&root).json(&documents, Some(lists.collect()));
    let (mut files, details) = details(&gathered, people);
    let places = places(papers, known);
    let index = index(&documents).into_bytes();
    let root = SmallRoot {
        root,
        index: hash([index.as_slice()]),
        cards: hash([cards.as_slice()]),
        places: hash([places.as_slice()]),
        details,
    };
    files.push((format!("w/{}.json", root.places), places));
    files.push((format!("cards.{}.json", root.cards), cards));
    files.push((format!("{INDEX}{}.json", root.index), index));
    files.push(root::file(&root));
    files
}

/// The fields that this container adds to the root.
#[derive(Serialize)]
struct SmallRoot<'a> {
    #[serde(flatten)]
    root: Root<'a>,
    /// The hashes of the index, of the cards and of the file of places.
    index: String,
    cards: String,
    places: String,
    details: Details,
}

/// The places of all terms, in one file.
fn places(papers: &dyn Papers, known: &Blocks) -> Vec<u8> {
    #[derive(Serialize)]
    struct Places {
        terms: String,
        places: String,
    }
    let terms = postings(papers, known);
    let names: Vec<&str> = terms.iter().map(|term| term.term.as_str()).collect();
    let places = Places {
        terms: names.join(" "),
        places: joined(&terms),
    };
    serde_json::to_vec(&places).expect("strings are JSON")
}

/// The index of documents in the order of their numbers.
fn index(documents: &[Document<'_>]) -> String {
    let mut builder = IndexBuilder::with_language(Box::new(PaperLanguage))
        .save_docs(false)
        .set_ref("paper");
    for field in Field::ALL {
        builder = match field {
            Field::Abstract => {
                builder.add_field_with_tokenizer(field.name(), Box::new(content_tokens))
            }
            _ => builder.add_field(field.name()),
        };
    }
    let mut index = builder.build();
    for (number, document) in documents.iter().enumerate() {
        index.add_doc(
            &number.to_string(),
            Field::ALL.map(|field| document.text(field)),
        );
    }
    index.to_json()
}

/// The language of papers: our tokens, without further processing.
struct PaperLanguage;

impl Language for PaperLanguage {
    fn name(&self) -> String {
        "Papers".to_owned()
    }

    fn code(&self) -> String {
        "en".to_owned()
    }

    fn tokenize(&self, text: &str) -> Vec<String> {
        tokens(text)
    }

    fn make_pipeline(&self) -> Pipeline {
        Pipeline { queue: Vec::new() }
    }
}

/// The tokens of an abstract. Stop words are kept only in titles: "To be or not to be"
/// can be found, but no abstract is found by its "the".
fn content_tokens(text: &str) -> Vec<String> {
    let mut tokens = tokens(text);
    tokens.retain(|token| !is_stop_word(token));
    tokens
}

/// The minimum size of the index, in bytes, by its postings. Stops as soon as it
/// exceeds `limit`, and then returns an estimate for all documents.
pub(super) fn least_bytes(papers: &dyn Papers, limit: usize) -> usize {
    let mut bytes = 0;
    for (done, document) in all(papers).enumerate() {
        for field in Field::ALL {
            let mut terms = match field {
                Field::Abstract => content_tokens(&document.text(field)),
                _ => tokens(&document.text(field)),
            };
            terms.sort_unstable();
            bytes += terms.chunk_by(|a, b| a == b).count() * POSTING;
        }
        if bytes > limit {
            return bytes / (done + 1) * papers.count();
        }
    }
    bytes
}

/// The minimum bytes of a posting: `"12":{"tf":1.0},`.
const POSTING: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_holds_our_tokens_and_no_documents() {
        let documents = [Document {
            title: "The β-VAE in C++".into(),
            abstract_text: "the managements".into(),
            authors: vec!["José".into()],
            ..Document::default()
        }];
        let index: serde_json::Value = serde_json::from_str(&index(&documents)).unwrap();
        assert_eq!(index["documentStore"]["save"], false);
        assert_eq!(index["documentStore"]["docInfo"]["0"]["title"], 6);
        assert_eq!(index["documentStore"]["docInfo"]["0"]["abstract"], 1);
        let title = &index["index"]["title"]["root"];
        assert_eq!(title["c"]["+"]["+"]["df"], 1);
        assert_eq!(title["β"]["v"]["a"]["e"]["df"], 1);
        assert_eq!(title["t"]["h"]["e"]["df"], 1);
        assert_eq!(
            index["index"]["authors"]["root"]["j"]["o"]["s"]["e"]["df"],
            1
        );
    }
}
