//! An item: a paper with what a citation of it needs and the paper's own file
//! does not hold.

use crate::model::Paper;

/// One paper to be cited.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    /// The paper, as its page's front matter has it.
    pub paper: &'a Paper,
    /// Its title in plain text: no TeX, no markup, Unicode.
    pub title: &'a str,
    /// Its short name, such as "GaLore", where it has one.
    pub short: Option<&'a str>,
    /// The absolute address of its page on this site, where the site knows its
    /// own address.
    pub url: Option<&'a str>,
    /// The absolute address of its PDF, where one is known.
    pub pdf: Option<&'a str>,
    /// A summary of a sentence or two in plain text.
    pub summary: Option<&'a str>,
}

impl<'a> Item<'a> {
    /// A paper of which nothing is known beyond its own file and a title in
    /// plain text.
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
