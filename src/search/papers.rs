//! Papers: where the documents of an index come from. A document is made when it is
//! needed and dropped after that, since those of a large library would take more room
//! than their texts.

use std::ops::Range;

use super::Document;
use crate::meaning::Vector;

/// The papers of an index, newest first.
pub trait Papers: Sync {
    /// How many there are.
    fn count(&self) -> usize;

    /// The name of a paper's page.
    fn slug(&self, n: usize) -> &str;

    /// A paper as the index has it.
    fn document(&self, n: usize) -> Document<'_>;

    /// The pages that list it besides those of topics, by their paths within the
    /// site: `digests/2025-03-14/`, `venues/iclr/2025/`.
    fn lists(&self, n: usize) -> Vec<String>;

    /// What it is about.
    fn vector(&self, n: usize) -> Vector;

    /// What its title is about.
    fn title_vector(&self, n: usize) -> Vector;

    /// The place in this order of the paper that has a number in the index, where papers
    /// are numbered from the oldest, so that new ones do not change the numbers of the
    /// others.
    fn place(&self, number: usize) -> usize {
        self.count() - 1 - number
    }
}

/// The documents with these numbers, the oldest first.
pub(super) fn documents(
    papers: &dyn Papers,
    numbers: Range<usize>,
) -> impl Iterator<Item = Document<'_>> {
    numbers.map(|number| papers.document(papers.place(number)))
}

/// All documents, the oldest first.
pub(super) fn all(papers: &dyn Papers) -> impl Iterator<Item = Document<'_>> {
    documents(papers, 0..papers.count())
}

/// Documents that are in memory already, newest first, each with what it is about. No
/// page lists them.
#[derive(Debug, Default)]
pub struct Given<'a>(pub Vec<(Document<'a>, Vector)>);

impl Papers for Given<'_> {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn slug(&self, n: usize) -> &str {
        &self.0[n].0.slug
    }

    fn document(&self, n: usize) -> Document<'_> {
        self.0[n].0.clone()
    }

    fn lists(&self, _: usize) -> Vec<String> {
        Vec::new()
    }

    fn vector(&self, n: usize) -> Vector {
        self.0[n].1
    }

    fn title_vector(&self, n: usize) -> Vector {
        self.0[n].1
    }
}
