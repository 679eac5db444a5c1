//! Postings: which papers have a term, and with what weight.

use foldhash::{HashMap, HashMapExt};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::papers::documents;
use super::places::{self, FIELD, push_places};
use super::weight::{Field, Occurrences, Weight};
use super::{Document, Papers};
use crate::derive::{Blocks, divide};
use crate::text::{Known, for_each_positioned_token, is_stop_word, stem};

/// A paper's number and a term's weight in it, in one word: a large library has
/// ten million of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Posting(u32);

/// The bits of a weight.
const WEIGHT_BITS: u32 = 6;

impl Posting {
    fn new(paper: u32, weight: Weight) -> Self {
        let bits = u32::from(weight.level)
            | u32::from(weight.in_authors) << 4
            | u32::from(weight.in_title) << 5;
        Self(paper << WEIGHT_BITS | bits)
    }

    /// The same of a paper whose number is higher by so much.
    fn moved(self, by: u32) -> Self {
        Self(self.0 + (by << WEIGHT_BITS))
    }

    /// The paper's number.
    pub(super) fn paper(self) -> u32 {
        self.0 >> WEIGHT_BITS
    }

    /// Level, and whether the term is in an author's name or in the title.
    pub(super) fn weight(self) -> u8 {
        (self.0 & ((1 << WEIGHT_BITS) - 1)) as u8
    }

    /// Whether the term is in the title.
    pub(super) fn in_title(self) -> bool {
        self.0 & (1 << 5) != 0
    }
}

/// A term, its postings by rising number of the paper, and for each of them its
/// places, as they are stored.
#[derive(Debug)]
pub(super) struct TermPostings {
    pub(super) term: String,
    pub(super) postings: Vec<Posting>,
    pub(super) places: String,
}

/// How many blocks are read at a time: enough to keep all processors busy, little
/// enough to hold.
const BLOCKS: usize = 8;

/// All terms with their postings, in the order in which JavaScript sorts strings.
/// `known` has the postings of papers that were read before.
pub(super) fn postings(papers: &dyn Papers, known: &Blocks) -> Vec<TermPostings> {
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let mut all: Vec<TermPostings> = Vec::new();
    let ranges = divide((0..papers.count()).map(|number| papers.slug(papers.place(number))));
    for window in ranges.chunks(BLOCKS) {
        let blocks: Vec<(u32, Block)> = window
            .par_iter()
            .map(|range| {
                let documents: Vec<Document<'_>> = documents(papers, range.clone()).collect();
                let make = || Block::of(&documents);
                let block = known.of("postings", &Block::inputs(&documents), make);
                (
                    u32::try_from(range.start).expect("four billion papers are no library"),
                    block,
                )
            })
            .collect();
        for (first, block) in blocks {
            let numbers_of: Vec<usize> = block
                .terms
                .into_iter()
                .map(|term| {
                    *numbers.entry(term).or_insert_with_key(|term| {
                        all.push(TermPostings {
                            term: term.clone(),
                            postings: Vec::new(),
                            places: String::new(),
                        });
                        all.len() - 1
                    })
                })
                .collect();
            let mut begin = 0;
            for (term, posting, end) in block.postings {
                let term = &mut all[numbers_of[term as usize]];
                term.postings.push(posting.moved(first));
                term.places.push_str(&block.places[begin..end]);
                begin = end;
            }
        }
    }
    drop(numbers);
    known.tidy("postings");
    // Stop words that are in abstracts only.
    all.retain(|term| !term.postings.is_empty());
    all.par_sort_unstable_by(|a, b| a.term.encode_utf16().cmp(b.term.encode_utf16()));
    all
}

/// The postings of some papers, with numbers for terms and for papers that count from
/// the first of them.
#[derive(Default, Serialize, Deserialize)]
struct Block {
    terms: Vec<String>,
    /// Term, posting, and where its places end.
    postings: Vec<(u32, Posting, usize)>,
    places: String,
}

impl Block {
    /// All that a block is made from.
    fn inputs(papers: &[Document<'_>]) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        for document in papers {
            hasher.update(document.print().bytes());
            let others = |field: &Field| !matches!(field, Field::Title | Field::Abstract);
            for field in Field::ALL.into_iter().filter(others) {
                document.each_text(field, &mut |text| {
                    hasher.update(&(text.len() as u64).to_le_bytes());
                    hasher.update(text.as_bytes());
                });
                // No text is as long as this.
                hasher.update(&u64::MAX.to_le_bytes());
            }
        }
        hasher.finalize()
    }

    fn of(papers: &[Document<'_>]) -> Self {
        let mut block = Self::default();
        let mut words = Words::default();
        let mut known: Known<Word> = Known::default();
        let mut occurrences: Vec<Occurrences> = Vec::new();
        let mut found: Vec<(u32, u32)> = Vec::new();
        let mut places: Vec<u32> = Vec::new();
        for (paper, document) in (0..).zip(papers) {
            let mut lengths = [0; Field::ALL.len()];
            for field in Field::ALL {
                let mut take = |terms: usize, place: u32, word: Word| {
                    if field == Field::Abstract && word.is_stop {
                        return;
                    }
                    lengths[field as usize] += 1;
                    occurrences.resize(terms, Occurrences::default());
                    occurrences[word.term as usize].add(field);
                    let place = places::base(field) + place.min(FIELD - 2);
                    found.push((word.term, place));
                };
                if let (Field::Title | Field::Abstract, Some(cut)) = (field, document.words) {
                    cut.each(field == Field::Title, |place, word| {
                        let of = cut.words();
                        let word = *known
                            .of(of, word)
                            .get_or_insert_with(|| words.word(of.word(word), &mut block.terms));
                        take(block.terms.len(), place, word);
                    });
                    continue;
                }
                let mut begin = 0;
                document.each_text(field, &mut |text| {
                    let mut end = begin;
                    for_each_positioned_token(text, &mut |position, token| {
                        let word = words.word(token, &mut block.terms);
                        let place = begin + position;
                        end = place + 1;
                        take(block.terms.len(), place, word);
                    });
                    // A gap, over which no phrase reaches.
                    begin = end + 1;
                });
            }
            found.sort_unstable();
            found.dedup();
            let [title, .., text] = lengths;
            for of_term in found.chunk_by(|a, b| a.0 == b.0) {
                let term = of_term[0].0;
                let counts = std::mem::take(&mut occurrences[term as usize]);
                places.clear();
                places.extend(of_term.iter().map(|(_, place)| *place));
                push_places(&mut block.places, &places);
                let posting = Posting::new(paper, counts.weight(title, text));
                block.postings.push((term, posting, block.places.len()));
            }
            found.clear();
        }
        block
    }
}

/// What is known of a token.
#[derive(Clone, Copy)]
struct Word {
    term: u32,
    is_stop: bool,
}

/// The tokens met so far.
#[derive(Default)]
struct Words {
    tokens: HashMap<String, Word>,
    stems: HashMap<String, u32>,
}

impl Words {
    fn word(&mut self, token: &str, terms: &mut Vec<String>) -> Word {
        if let Some(word) = self.tokens.get(token) {
            return *word;
        }
        let stem = stem(token);
        let term = match self.stems.get(&*stem) {
            Some(term) => *term,
            None => {
                let term = terms.len() as u32;
                terms.push(stem.to_string());
                self.stems.insert(stem.into_owned(), term);
                term
            }
        };
        let word = Word {
            term,
            is_stop: is_stop_word(token),
        };
        self.tokens.insert(token.to_owned(), word);
        word
    }
}
