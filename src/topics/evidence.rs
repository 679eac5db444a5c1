//! Evidence: what is known of one paper when it is asked what it is about.

use crate::meaning::Vector;
use crate::model::{Links, Paper, TopicId};
use crate::text::Words;

/// One paper, as rules and filters see it.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// The paper, for everything that is not said below.
    pub paper: &'a Paper,
    /// Its title as plain text.
    pub title: &'a str,
    /// Its abstract as plain text.
    pub abstract_text: &'a str,
    /// Its links, those found in its text among them.
    pub links: &'a Links,
    /// What it is about; [`Vector::NONE`] where that is not known.
    pub vector: Vector,
    /// The topics it was found to have, for filters; rules do not see them.
    pub topics: &'a [TopicId],
    /// The names of those topics, and its own short name, for filters.
    pub names: &'a [&'a str],
    /// The words of title and abstract, where they are known, and the paper's number
    /// there.
    pub words: Option<(&'a Words, usize)>,
}

impl<'a> Evidence<'a> {
    /// The paper with title and abstract as its source has them, and no topics.
    pub fn of(paper: &'a Paper) -> Self {
        Self {
            paper,
            title: &paper.title,
            abstract_text: &paper.abstract_text,
            links: &paper.links,
            vector: Vector::NONE,
            topics: &[],
            names: &[],
            words: None,
        }
    }
}
