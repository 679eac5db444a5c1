//! A scan: the terms found in one paper, counted by field.

use std::sync::{Arc, Mutex, PoisonError};

use foldhash::HashMap;

use super::index::{Index, TermId, WordId};
use crate::text::{Known, Words, for_each_positioned_token};
use crate::topics::Field;

/// How many different words a scan remembers; beyond it they are looked up
/// anew each time, so that strangers' texts cannot fill the memory.
const MAX_REMEMBERED: usize = 1 << 19;

const FIELDS: usize = Field::ALL.len();

/// Counts of one paper's terms, and the room to count the next one's. One scan
/// serves many papers in turn, which is what makes it fast: what a word means to
/// the queries is worked out once.
#[derive(Debug, Default)]
pub struct Scan {
    vocabulary: Vocabulary,
    /// Where the vocabulary goes in the end.
    shelf: Arc<Shelf>,
    /// What the words of papers that were cut mean: places among the meanings.
    places: Known<u32>,
    /// The words of a field that the index knows, by position.
    found: Vec<(u32, WordId)>,
    counts: Vec<[u32; FIELDS]>,
    /// The position at which each term was last found in the field.
    last: Vec<Option<u32>>,
    touched: Vec<TermId>,
}

/// What the words of texts mean to the queries, as far as they were met.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// What each word seen so far means: a place in `meanings`.
    remembered: HashMap<Box<str>, u32>,
    /// The first is empty: most words mean nothing.
    meanings: Vec<Box<[WordId]>>,
}

impl Vocabulary {
    fn meaning(&mut self, index: &Index, token: &str) -> &[WordId] {
        let (place, _) = self.place(index, token);
        self.at(place)
    }

    fn at(&self, place: u32) -> &[WordId] {
        &self.meanings[place as usize]
    }

    /// Where the meaning of a token is among all, and whether these were forgotten, so
    /// that no other place is true any more.
    fn place(&mut self, index: &Index, token: &str) -> (u32, bool) {
        match self.remembered.get(token) {
            Some(place) => (*place, false),
            None => {
                let words = index.words_of(token);
                let is_full = self.remembered.len() >= MAX_REMEMBERED;
                if is_full {
                    self.remembered.clear();
                    self.meanings.clear();
                }
                if self.meanings.is_empty() {
                    self.meanings.push(Box::default());
                }
                let place = if words.is_empty() {
                    0
                } else {
                    self.meanings.push(words);
                    self.meanings.len() - 1
                };
                let place = place as u32;
                self.remembered.insert(token.into(), place);
                (place, is_full)
            }
        }
    }
}

/// The vocabularies of scans that are done. Threads take up a library in many
/// pieces, and the scan of a new piece goes on with the words of an old one. The
/// last scan takes the shelf with it.
pub(super) type Shelf = Mutex<Vec<Vocabulary>>;

impl Drop for Scan {
    fn drop(&mut self) {
        // A thread that panicked left nothing half done.
        let mut shelf = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        shelf.push(std::mem::take(&mut self.vocabulary));
    }
}

impl Scan {
    pub(super) fn new(index: &Index, shelf: Arc<Shelf>) -> Self {
        let used = shelf.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Self {
            vocabulary: used.unwrap_or_default(),
            shelf,
            counts: vec![[0; FIELDS]; index.len()],
            last: vec![None; index.len()],
            places: Known::default(),
            found: Vec::new(),
            touched: Vec::new(),
        }
    }

    /// Forgets the paper.
    pub(super) fn clear(&mut self) {
        for term in self.touched.drain(..) {
            self.counts[term as usize] = [0; FIELDS];
        }
    }

    /// How often a term was found in a field.
    pub(super) fn count(&self, term: TermId, field: Field) -> u32 {
        self.counts[term as usize][field.place()]
    }

    /// The terms that were found, in the order of their finding.
    pub(super) fn touched(&self) -> &[TermId] {
        &self.touched
    }

    /// Counts the terms in a text of a field. A phrase does not reach from one
    /// text into the next.
    pub(super) fn read(&mut self, index: &Index, field: Field, text: &str) {
        let mut found = std::mem::take(&mut self.found);
        for_each_positioned_token(text, &mut |position, token| {
            let meaning = self.vocabulary.meaning(index, token);
            found.extend(meaning.iter().map(|word| (position, *word)));
        });
        self.count_found(index, field, found);
    }

    /// The same of the title or the abstract of a paper that was cut.
    pub(super) fn read_cut(
        &mut self,
        index: &Index,
        field: Field,
        (words, paper): (&Words, usize),
    ) {
        let mut found = std::mem::take(&mut self.found);
        let Self {
            vocabulary, places, ..
        } = self;
        words.each(paper, field == Field::TITLE, |position, word| {
            let place = match *places.of(words, word) {
                Some(place) => place,
                None => {
                    let (place, is_other) = vocabulary.place(index, words.word(word));
                    if is_other {
                        places.forget();
                    }
                    *places.of(words, word) = Some(place);
                    place
                }
            };
            let meaning = vocabulary.at(place);
            found.extend(meaning.iter().map(|word| (position, *word)));
        });
        self.count_found(index, field, found);
    }

    fn count_found(&mut self, index: &Index, field: Field, mut found: Vec<(u32, WordId)>) {
        // A joined compound comes after its words but has the position of the first.
        found.sort_unstable();
        for (i, (position, word)) in found.iter().enumerate() {
            for spelling in index.spellings(*word) {
                if follows(&found[i..], *position, &spelling.rest) {
                    self.hit(spelling.term, field, *position);
                }
            }
        }
        for (_, word) in found.drain(..) {
            for spelling in index.spellings(word) {
                self.last[spelling.term as usize] = None;
            }
        }
        self.found = found;
    }

    /// Counts a find; the spellings of one term at one place count once.
    fn hit(&mut self, term: TermId, field: Field, position: u32) {
        let last = &mut self.last[term as usize];
        if *last == Some(position) {
            return;
        }
        *last = Some(position);
        let counts = &mut self.counts[term as usize];
        if counts.iter().all(|count| *count == 0) {
            self.touched.push(term);
        }
        counts[field.place()] = counts[field.place()].saturating_add(1);
    }
}

/// Whether the words are at the positions that follow `position`; `found`
/// begins there.
fn follows(found: &[(u32, WordId)], position: u32, words: &[WordId]) -> bool {
    let mut at = 0;
    (position.saturating_add(1)..).zip(words).all(|wanted| {
        while at < found.len() && found[at] < (wanted.0, *wanted.1) {
            at += 1;
        }
        found.get(at) == Some(&(wanted.0, *wanted.1))
    })
}
