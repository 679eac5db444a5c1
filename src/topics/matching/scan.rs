//! A scan: the terms found in one paper, counted by field.

use foldhash::HashMap;

use super::index::{Index, TermId, WordId};
use crate::text::for_each_positioned_token;
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
    /// What each word seen so far means: a place in `meanings`.
    remembered: HashMap<Box<str>, u32>,
    meanings: Vec<Box<[WordId]>>,
    /// The words of a field that the index knows, by position.
    found: Vec<(u32, WordId)>,
    counts: Vec<[u32; FIELDS]>,
    /// The position at which each term was last found in the field.
    last: Vec<Option<u32>>,
    touched: Vec<TermId>,
}

impl Scan {
    pub(super) fn new(index: &Index) -> Self {
        Self {
            meanings: vec![Box::default()],
            counts: vec![[0; FIELDS]; index.len()],
            last: vec![None; index.len()],
            ..Self::default()
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
            let meaning = self.meaning(index, token);
            found.extend(meaning.iter().map(|word| (position, *word)));
        });
        // A joined compound comes behind its words but stands at the first.
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

    fn meaning(&mut self, index: &Index, token: &str) -> &[WordId] {
        let place = match self.remembered.get(token) {
            Some(place) => *place as usize,
            None => {
                let words = index.words_of(token);
                let place = if words.is_empty() {
                    0
                } else {
                    self.meanings.push(words);
                    self.meanings.len() - 1
                };
                if self.remembered.len() >= MAX_REMEMBERED {
                    self.remembered.clear();
                }
                if let Ok(number) = u32::try_from(place) {
                    self.remembered.insert(token.into(), number);
                }
                place
            }
        };
        &self.meanings[place]
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

/// Whether the words stand at the positions that follow on `position`; `found`
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
