//! Meaning: which vectors are used to compare the papers of a library.

use std::sync::OnceLock;

use rayon::prelude::*;
use serde::Serialize;

use super::{Entry, TermId, Terms};
use crate::config::VectorSource;
use crate::derive::Blocks;
use crate::meaning::{Table, Vector, for_each_word};

/// Its name in the cache.
const KIND: &str = "learned";

/// The source of the vectors of a library's papers.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) from: VectorSource,
    learned: OnceLock<Learned>,
}

impl Default for Source {
    fn default() -> Self {
        Self::new(VectorSource::BuiltIn)
    }
}

/// A table learned from the papers, and their vectors from it.
#[derive(Debug)]
struct Learned {
    table: Table,
    vectors: Vec<Vector>,
}

/// How many of a library's words a table knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Known {
    /// The words that at least two papers have.
    pub words: usize,
    /// How many of them the built-in table knows.
    pub known: usize,
}

impl Source {
    pub(super) fn new(from: VectorSource) -> Self {
        Self {
            from,
            learned: OnceLock::new(),
        }
    }

    /// The vectors of words, if there are any.
    pub(super) fn table(&self, papers: &[Entry], known: &Blocks) -> Option<&Table> {
        match self.from {
            VectorSource::BuiltIn => Some(Table::built_in()),
            VectorSource::Corpus => Some(&self.learned(papers, known).table),
            VectorSource::None => None,
        }
    }

    /// What a paper is about.
    pub(super) fn vector(&self, papers: &[Entry], paper: usize, known: &Blocks) -> Vector {
        match self.from {
            VectorSource::BuiltIn => papers[paper].vector,
            VectorSource::Corpus => (self.learned(papers, known).vectors)
                .get(paper)
                .copied()
                .unwrap_or_default(),
            VectorSource::None => Vector::NONE,
        }
    }

    /// What a paper is about by its title alone.
    pub(super) fn title_vector(&self, papers: &[Entry], paper: usize, known: &Blocks) -> Vector {
        let entry = &papers[paper];
        match self.from {
            VectorSource::BuiltIn => entry.title_vector,
            VectorSource::Corpus => self.learned(papers, known).table.query(&entry.title),
            VectorSource::None => Vector::NONE,
        }
    }

    fn learned(&self, papers: &[Entry], known: &Blocks) -> &Learned {
        self.learned.get_or_init(|| {
            let text = |n: usize| {
                let entry = &papers[n];
                (entry.title.as_str(), entry.abstract_text.as_str())
            };
            let mut hasher = blake3::Hasher::new();
            for (title, body) in (0..papers.len()).map(text) {
                for part in [title, body] {
                    hasher.update(&(part.len() as u64).to_le_bytes());
                    hasher.update(part.as_bytes());
                }
            }
            let learn = || Table::learned(papers.len(), text);
            let table: Table = known.of(KIND, &hasher.finalize(), learn);
            known.tidy(KIND);
            let vectors = (0..papers.len())
                .into_par_iter()
                .map(|n| {
                    let (title, body) = text(n);
                    table.paper(title, body)
                })
                .collect();
            Learned { table, vectors }
        })
    }
}

/// How many of the words that papers share are in the built-in table.
pub(super) fn known_words(terms: &Terms) -> Known {
    let table = Table::built_in();
    let mut count = Known { words: 0, known: 0 };
    for term in 0..terms.len() as TermId {
        let word = terms.word(term);
        let is_word = word.chars().any(char::is_alphabetic);
        if terms.frequency(term) < 2 || terms.is_stop(term) || !is_word {
            continue;
        }
        // A compound is known if one of its parts is.
        let mut is_known = false;
        for_each_word(word, &mut |part| is_known |= table.knows(part));
        count.words += 1;
        count.known += usize::from(is_known);
    }
    count
}
