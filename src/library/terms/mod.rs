//! Terms: the words of all papers, counted once. Search, related papers and
//! rising words take their words from here. Texts that were just cut into words, for
//! the rules of topics, are not cut again.
//!
//! A term is a stem ([`crate::text::stem`]). Terms have numbers, given out in
//! the order in which the papers first use them; a paper is a list of numbers
//! with how often each occurs in its title and in its abstract.

mod block;
mod spelling;

use foldhash::HashMap;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use block::Block;

use crate::derive::{Blocks, TextPrint, divide};
use crate::text::Cut;

/// A term's number.
pub type TermId = u32;

/// What of a paper is cut into terms, as plain text.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// The title.
    pub title: &'a str,
    /// The abstract.
    pub abstract_text: &'a str,
    /// Their words, where they are known.
    pub words: Option<&'a Cut>,
    /// Their print, where it is known.
    pub print: Option<TextPrint>,
}

impl Text<'_> {
    /// What both are known by.
    fn print(&self) -> TextPrint {
        (self.print).unwrap_or_else(|| TextPrint::of(self.title, self.abstract_text))
    }
}

/// How often a term occurs in a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// The term.
    pub term: TermId,
    /// How often it occurs in the title, at most 3.
    pub in_title: u8,
    /// How often it occurs in the abstract, at most 63.
    pub in_abstract: u8,
}

/// Both counts of a term in one byte: a large library has ten million of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Counts(u8);

impl Counts {
    const MOST_IN_ABSTRACT: u8 = 0b0011_1111;
    const ONE_IN_TITLE: u8 = 0b0100_0000;
    const MOST_IN_TITLE: u8 = 3;

    fn in_title(self) -> u8 {
        self.0 >> 6
    }

    fn in_abstract(self) -> u8 {
        self.0 & Self::MOST_IN_ABSTRACT
    }

    fn add(&mut self, is_title: bool) {
        if is_title && self.in_title() < Self::MOST_IN_TITLE {
            self.0 += Self::ONE_IN_TITLE;
        } else if !is_title && self.in_abstract() < Self::MOST_IN_ABSTRACT {
            self.0 += 1;
        }
    }
}

/// How many tokens a paper has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Length {
    /// In the title.
    pub title: u32,
    /// In the abstract, stop words left out.
    pub abstract_text: u32,
}

/// The terms of all papers of a library.
#[derive(Debug, Default)]
pub struct Terms {
    stems: Vec<Box<str>>,
    /// For each term how people write it.
    words: Vec<Box<str>>,
    /// For each term in how many papers it stands.
    frequencies: Vec<u32>,
    /// For each term whether it is a stop word.
    stops: Vec<bool>,
    /// For each paper where its terms begin in `terms`, and a last one.
    starts: Vec<usize>,
    terms: Vec<TermId>,
    counts: Vec<Counts>,
    lengths: Vec<Length>,
}

/// How many blocks are read at a time: enough to keep all processors busy, little
/// enough to hold.
const BLOCKS: usize = 8;

impl Terms {
    /// Counts the terms of papers. `text` gives the words of a paper by number.
    pub fn of<'a>(papers: usize, text: impl Fn(usize) -> Text<'a> + Sync) -> Self {
        Self::with(&Blocks::none(), papers, text)
    }

    /// The same, with what is known of papers that were counted before.
    pub fn with<'a>(
        known: &Blocks,
        papers: usize,
        text: impl Fn(usize) -> Text<'a> + Sync,
    ) -> Self {
        let mut gathered = Gathered::default();
        let mut terms = Self {
            starts: vec![0],
            ..Self::default()
        };
        let blocks = divide((0..papers).map(|n| text(n).title));
        for window in blocks.chunks(BLOCKS) {
            let read: Vec<Block> = window
                .par_iter()
                .map(|block| {
                    let texts = || block.clone().map(&text);
                    known.of("terms", &Block::inputs(texts()), || Block::of(texts()))
                })
                .collect();
            for block in read {
                terms.take(block, &mut gathered);
            }
        }
        known.tidy("terms");
        terms.words = spelling::words(&terms.stems, gathered.tokens, gathered.spellings);
        terms
    }

    /// Adds a block's papers, with the numbers that its terms have here.
    fn take(&mut self, block: Block, gathered: &mut Gathered) {
        let numbers: Vec<TermId> = block
            .stems
            .into_iter()
            .map(|stem| self.number(stem, &mut gathered.numbers))
            .collect();
        for (token, word) in block.tokens {
            let term = numbers[word.term as usize];
            self.stops[term as usize] &= word.is_stop;
            gathered.tokens.add(token, term, word.count);
        }
        for (spelling, (term, count)) in block.spellings {
            let term = numbers[term as usize];
            gathered.spellings.add(spelling, term, count);
        }
        for (length, counts) in block.papers {
            let mut own: Vec<(TermId, Counts)> = counts
                .into_iter()
                .map(|(term, counts)| (numbers[term as usize], counts))
                .collect();
            own.sort_unstable_by_key(|(term, _)| *term);
            for (term, counts) in own {
                self.frequencies[term as usize] += 1;
                self.terms.push(term);
                self.counts.push(counts);
            }
            self.starts.push(self.terms.len());
            self.lengths.push(length);
        }
    }

    fn number(&mut self, stem: Box<str>, numbers: &mut HashMap<Box<str>, TermId>) -> TermId {
        if let Some(number) = numbers.get(&stem) {
            return *number;
        }
        let number = TermId::try_from(self.stems.len()).expect("four billion words are no library");
        numbers.insert(stem.clone(), number);
        self.stems.push(stem);
        self.frequencies.push(0);
        self.stops.push(true);
        number
    }

    /// How many terms there are.
    pub fn len(&self) -> usize {
        self.stems.len()
    }

    /// Whether no paper has any word.
    pub fn is_empty(&self) -> bool {
        self.stems.is_empty()
    }

    /// How many papers there are.
    pub fn papers(&self) -> usize {
        self.lengths.len()
    }

    /// A term's stem: what texts are compared by.
    pub fn stem(&self, term: TermId) -> &str {
        &self.stems[term as usize]
    }

    /// A term as people write it: the commonest of its forms, such as "pruning",
    /// "low-rank", "LoRA".
    pub fn word(&self, term: TermId) -> &str {
        &self.words[term as usize]
    }

    /// In how many papers a term stands.
    pub fn frequency(&self, term: TermId) -> u32 {
        self.frequencies[term as usize]
    }

    /// Whether a term is a stop word in all its forms. Stop words are counted in
    /// titles only.
    pub fn is_stop(&self, term: TermId) -> bool {
        self.stops[term as usize]
    }

    /// The terms of a paper, by rising number.
    pub fn paper(&self, paper: usize) -> impl ExactSizeIterator<Item = Count> + Clone + '_ {
        let range = self.starts[paper]..self.starts[paper + 1];
        self.terms[range.clone()]
            .iter()
            .zip(&self.counts[range])
            .map(|(term, counts)| Count {
                term: *term,
                in_title: counts.in_title(),
                in_abstract: counts.in_abstract(),
            })
    }

    /// How many tokens a paper has.
    pub fn length(&self, paper: usize) -> Length {
        self.lengths[paper]
    }
}

/// What is known only while papers are being read.
#[derive(Debug, Default)]
struct Gathered {
    numbers: HashMap<Box<str>, TermId>,
    tokens: spelling::Tally,
    spellings: spelling::Tally,
}

#[cfg(test)]
mod tests;
