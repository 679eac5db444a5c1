//! Entries: papers, topics and digests as the site shows them, with the content of
//! their pages and what is derived from it.

use std::sync::Arc;

use super::Appearance;
use crate::derive::Derived;
use crate::model::{Digest, Links, Paper, Topic};
use crate::text::{Cut, Words};
use crate::topics::{Evidence, Scan, Scored, Taxonomy};

/// A paper and what is derived from it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its number in the library.
    pub number: usize,
    /// The content of its page.
    pub paper: Paper,
    /// Its page's file, relative to the site.
    pub file: Arc<str>,
    /// The hash of its file, if the page has exactly the file's content.
    pub source: Option<[u8; 32]>,
    /// What is derived from its page alone. `Deref` gives access to it.
    pub derived: Arc<Derived>,
    /// The words of its title and abstract, while they are in memory.
    pub words: Option<Cut>,
    /// Its topics, the strongest first.
    pub topics: Vec<TopicScore>,
    /// The digests that list it, newest first.
    pub digests: Vec<usize>,
    /// For each of its authors, the number in the library of the author with a page.
    pub authors: Vec<Option<usize>>,
    /// Where it appeared.
    pub venue: Option<Appearance>,
}

impl std::ops::Deref for Entry {
    type Target = Derived;

    fn deref(&self) -> &Derived {
        &self.derived
    }
}

impl Entry {
    /// Links that its page gives and links found in the abstract and the comment.
    pub fn links(&self) -> &Links {
        self.derived.links_of(&self.paper)
    }

    /// The paper as topic rules see it.
    pub fn evidence(&self) -> Evidence<'_> {
        Evidence {
            paper: &self.paper,
            title: &self.title,
            abstract_text: &self.abstract_text,
            links: self.links(),
            vector: self.vector,
            topics: &[],
            names: &[],
            words: None,
        }
    }
}

/// A topic of a paper.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TopicScore {
    /// The topic's number in the library.
    pub topic: usize,
    /// How strongly the paper belongs to it; 0 if it was assigned by hand.
    pub score: f64,
}

/// The topics that the rules assign to a paper, the strongest first.
pub(super) fn score(
    taxonomy: &Taxonomy,
    scan: &mut Scan,
    paper: &Paper,
    (derived, words): (&Derived, Option<(&Words, usize)>),
    most: usize,
) -> Vec<TopicScore> {
    let evidence = Evidence {
        title: &derived.title,
        abstract_text: &derived.abstract_text,
        links: derived.links_of(paper),
        vector: derived.vector,
        words,
        ..Evidence::of(paper)
    };
    let scored = taxonomy.score(scan, &evidence, most);
    let score = |scored: &Scored| TopicScore {
        topic: scored.topic,
        score: scored.score,
    };
    // From a list of larger things, whose room is not to be kept.
    scored.iter().map(score).collect()
}

/// A topic and its papers.
#[derive(Debug, Clone)]
pub struct TopicEntry {
    /// The content of its page or of the taxonomy.
    pub topic: Topic,
    /// Its page's file, relative to the site; `None` if only the taxonomy has it.
    pub file: Option<Arc<str>>,
    /// Its papers, newest first.
    pub papers: Vec<usize>,
    /// The topic above it.
    pub parent: Option<usize>,
    /// The topics below it that have papers.
    pub children: Vec<usize>,
    /// Its most noted papers, by the library's metric, the highest first.
    pub noted: Vec<usize>,
    /// Related topics, the nearest first, with the number of shared papers.
    pub related: Vec<(usize, usize)>,
}

/// A digest and its papers.
#[derive(Debug, Clone)]
pub struct DigestEntry {
    /// The content of its page.
    pub digest: Digest,
    /// Its papers in its own order, each with a flag: whether an earlier digest listed it.
    pub papers: Vec<(usize, bool)>,
    /// How many of them an earlier digest listed.
    pub seen_before: usize,
    /// Their topics by number, each with its number of papers.
    pub topics: Vec<(usize, usize)>,
}
