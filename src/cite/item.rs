//! Citation items: a paper with the derived data its citations need.

use crate::model::Paper;

/// A paper to cite.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    /// The paper as its page describes it.
    pub paper: &'a Paper,
    /// Its title in plain Unicode text, without TeX or markup.
    pub title: &'a str,
    /// Its short name, for example "GaLore".
    pub short: Option<&'a str>,
    /// The absolute URL of its page on this site, if the site knows its own URL.
    pub url: Option<&'a str>,
    /// The absolute URL of its PDF.
    pub pdf: Option<&'a str>,
    /// A plain-text summary of a sentence or two.
    pub summary: Option<&'a str>,
}

impl<'a> Item<'a> {
    /// A paper with nothing beyond its own file and a plain-text title.
    pub fn new(paper: &'a Paper, title: &'a str) -> Self {
        Self {
            paper,
            title,
            short: None,
            url: None,
            pdf: None,
            summary: None,
        }
    }
}
