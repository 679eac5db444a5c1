//! Entries: a paper, a topic, a digest as the site shows them: what the page
//! says together with what follows from it.

use std::sync::Arc;

use super::Appearance;
use crate::derive::Derived;
use crate::model::{Digest, Paper, Topic};
use crate::text::{Cut, Words};
use crate::topics::{Evidence, Scan, Scored, Taxonomy};

/// A paper and what was concluded from it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its number in the library.
    pub number: usize,
    /// What its page says.
    pub paper: Paper,
    /// Its page's file, relative to the site.
    pub file: Arc<str>,
    /// The hash of its file, where the file says all that the page does.
    pub source: Option<[u8; 32]>,
    /// What follows from its page alone. It can be used as the entry's own fields.
    pub derived: Arc<Derived>,
    /// The words of its title and abstract, while they are known.
    pub words: Option<Cut>,
    /// Its topics, most telling first.
    pub topics: Vec<TopicScore>,
    /// The digests that list it, newest first.
    pub digests: Vec<usize>,
    /// For each of its authors the number in the library of the one who has a
    /// page.
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
    /// The paper as rules see it.
    pub fn evidence(&self) -> Evidence<'_> {
        Evidence {
            paper: &self.paper,
            title: &self.title,
            abstract_text: &self.abstract_text,
            links: &self.links,
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
    /// How strongly the paper belongs to it; 0 where a person said so.
    pub score: f64,
}

/// The topics that the rules give a paper, most telling first.
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
        links: &derived.links,
        vector: derived.vector,
        words,
        ..Evidence::of(paper)
    };
    let scored = taxonomy.score(scan, &evidence, most).into_iter();
    let score = |scored: Scored| TopicScore {
        topic: scored.topic,
        score: scored.score,
    };
    scored.map(score).collect()
}

/// A topic and its papers.
#[derive(Debug, Clone)]
pub struct TopicEntry {
    /// What its page or the taxonomy says.
    pub topic: Topic,
    /// Its page's file, relative to the site; `None` where the taxonomy alone has it.
    pub file: Option<Arc<str>>,
    /// Its papers, newest first.
    pub papers: Vec<usize>,
    /// The topic above it.
    pub parent: Option<usize>,
    /// The topics below it that have papers.
    pub children: Vec<usize>,
    /// Its most noted papers, by the library's metric, most first.
    pub noted: Vec<usize>,
    /// Topics beside it, nearest first, with how many papers they share.
    pub related: Vec<(usize, usize)>,
}

/// A digest and its papers.
#[derive(Debug, Clone)]
pub struct DigestEntry {
    /// What its page says.
    pub digest: Digest,
    /// Its papers in its own order, each with whether an earlier digest listed it.
    pub papers: Vec<(usize, bool)>,
    /// How many of them an earlier digest listed.
    pub seen_before: usize,
    /// Their topics by number, each with how many of them have it.
    pub topics: Vec<(usize, usize)>,
}
