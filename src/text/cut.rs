//! Words: titles and abstracts cut into tokens, once for all that ask for them. Rules,
//! terms and search take the words of a paper by number, and look each different word
//! up once for some hundred papers.
//!
//! They are held while a library is linked and compared, and are not kept: papers that
//! an earlier run cut are cut again where something asks for their words.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use foldhash::{HashMap, HashMapExt};

use super::token::for_each_positioned_token;

/// A word's number among those of some papers.
pub type WordId = u32;

/// A word at its place in a text is a number: above its two lowest bits that of the
/// word. A plain word follows the one before. The joined form of a compound stands at
/// the first of its words, and the two bits tell how many these are, less one. Words
/// are numbered as they are met, so that common ones have small numbers, and a number
/// is written in as many bytes as it needs.
const JOINED_BITS: u32 = 2;

/// The words of some papers.
#[derive(Debug, Default)]
pub struct Words {
    /// What no others have.
    id: u64,
    /// The different words, one behind the other, and where each ends.
    spelled: String,
    ends: Vec<u32>,
    tokens: Vec<u8>,
    /// For each paper where its title and its abstract end among the tokens.
    papers: Vec<[u32; 2]>,
}

/// Cuts papers into words.
#[derive(Debug)]
pub struct Cutter {
    words: Words,
    numbers: HashMap<Box<str>, WordId>,
}

/// A paper whose words are known.
#[derive(Debug, Clone)]
pub struct Cut {
    words: Arc<Words>,
    paper: usize,
}

/// What is known of each word of some papers, as far as it was asked for.
#[derive(Debug)]
pub struct Known<T> {
    of: u64,
    known: Vec<Option<T>>,
}

impl<T> Default for Known<T> {
    fn default() -> Self {
        Self {
            of: 0,
            known: Vec::new(),
        }
    }
}

impl Default for Cutter {
    fn default() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Self {
            words: Words {
                id: NEXT.fetch_add(1, Ordering::Relaxed),
                ..Words::default()
            },
            numbers: HashMap::new(),
        }
    }
}

impl Cutter {
    /// Cuts a paper, and gives its number among the others.
    pub fn cut(&mut self, title: &str, abstract_text: &str) -> usize {
        let Self { words, numbers } = self;
        let ends = [title, abstract_text].map(|text| {
            let mut next = 0_u32;
            for_each_positioned_token(text, &mut |position, token| {
                let number = match numbers.get(token) {
                    Some(number) => *number,
                    None => {
                        let number = words.ends.len() as WordId;
                        words.spelled.push_str(token);
                        words.ends.push(words.spelled.len() as u32);
                        numbers.insert(token.into(), number);
                        number
                    }
                };
                let joined = next.saturating_sub(position);
                next += u32::from(joined == 0);
                push_number(
                    &mut words.tokens,
                    number << JOINED_BITS | joined.saturating_sub(1),
                );
            });
            words.tokens.len() as u32
        });
        words.papers.push(ends);
        words.papers.len() - 1
    }

    /// The words so far.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// The words of all papers that were cut.
    pub fn finish(self) -> Arc<Words> {
        let mut words = self.words;
        words.spelled.shrink_to_fit();
        words.ends.shrink_to_fit();
        words.tokens.shrink_to_fit();
        words.papers.shrink_to_fit();
        Arc::new(words)
    }
}

impl Words {
    /// How many different words there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// A word as a token.
    pub fn word(&self, word: WordId) -> &str {
        let word = word as usize;
        let start = word.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.spelled[start as usize..self.ends[word] as usize]
    }

    /// Calls `f` with the position and the number of each word of a paper's title, or
    /// else of its abstract: what [`for_each_positioned_token`] gives.
    pub fn each(&self, paper: usize, is_title: bool, mut f: impl FnMut(u32, WordId)) {
        let before = paper
            .checked_sub(1)
            .map_or(0, |before| self.papers[before][1]);
        let [title, abstract_text] = self.papers[paper];
        let range = match is_title {
            true => before..title,
            false => title..abstract_text,
        };
        let mut next = 0;
        let mut tokens = &self.tokens[range.start as usize..range.end as usize];
        while let Some(token) = next_number(&mut tokens) {
            let joined = token & ((1 << JOINED_BITS) - 1);
            if joined == 0 {
                f(next, token >> JOINED_BITS);
                next += 1;
            } else {
                f(next - joined - 1, token >> JOINED_BITS);
            }
        }
    }
}

/// Writes a number, seven bits a byte, the lowest first; all but the last have a mark.
fn push_number(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// The first number of some, which is taken off.
fn next_number(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0;
    for shift in (0..32).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some(number)
}

impl Cut {
    /// A paper by its number among those that were cut.
    pub fn new(words: &Arc<Words>, paper: usize) -> Self {
        Self {
            words: Arc::clone(words),
            paper,
        }
    }

    /// The words of the papers that were cut with it.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// Calls `f` with the position and the number of each word of the title, or else
    /// of the abstract.
    pub fn each(&self, is_title: bool, f: impl FnMut(u32, WordId)) {
        self.words.each(self.paper, is_title, f);
    }
}

impl<T> Known<T> {
    /// What is known of a word, with room for it where that is nothing.
    pub fn of(&mut self, words: &Words, word: WordId) -> &mut Option<T> {
        if self.of != words.id {
            self.of = words.id;
            self.known.clear();
        }
        let place = word as usize;
        if place >= self.known.len() {
            self.known.resize_with(words.len(), || None);
        }
        &mut self.known[place]
    }

    /// Whether it is about these words, or about none yet.
    pub fn is_of(&self, words: &Words) -> bool {
        self.known.is_empty() || self.of == words.id
    }

    /// Forgets everything.
    pub fn forget(&mut self) {
        self.known.clear();
    }

    /// Forgets everything, and gives it.
    pub fn take(&mut self) -> impl Iterator<Item = (WordId, T)> + use<'_, T> {
        let known = self.known.drain(..).enumerate();
        known.filter_map(|(word, known)| Some((word as WordId, known?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::positioned_tokens;

    fn read(words: &Words, paper: usize, is_title: bool) -> Vec<(u32, String)> {
        let mut all = Vec::new();
        words.each(paper, is_title, |position, word| {
            all.push((position, words.word(word).to_owned()));
        });
        all
    }

    proptest::proptest! {
        #[test]
        fn words_are_those_of_the_texts(
            papers in proptest::collection::vec(("[a-cA +.'#/-]{0,20}", "[a-cé强化 ._-]{0,40}"), 1..5),
        ) {
            let mut cutter = Cutter::default();
            for (n, (title, text)) in papers.iter().enumerate() {
                assert_eq!(cutter.cut(title, text), n);
            }
            let words = cutter.finish();
            for (n, (title, text)) in papers.iter().enumerate() {
                proptest::prop_assert_eq!(read(&words, n, true), positioned_tokens(title));
                proptest::prop_assert_eq!(read(&words, n, false), positioned_tokens(text));
            }
        }
    }

    #[test]
    fn what_is_known_is_of_the_words_it_is_known_of() {
        let cut = |text| {
            let mut cutter = Cutter::default();
            cutter.cut(text, "");
            cutter.finish()
        };
        let (one, other) = (cut("a b"), cut("c"));
        let mut known = Known::default();
        *known.of(&one, 1) = Some("b");
        assert_eq!(*known.of(&one, 1), Some("b"));
        assert_eq!(*known.of(&one, 0), None);
        assert!(known.is_of(&one) && !known.is_of(&other));
        assert_eq!(known.take().collect::<Vec<_>>(), [(1, "b")]);
        *known.of(&one, 0) = Some("a");
        assert_eq!(*known.of(&other, 0), None);
    }
}
