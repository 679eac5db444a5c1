//! A block: some papers cut into terms on one thread, with numbers of its own.

use foldhash::{HashMap, HashMapExt};
use serde::{Deserialize, Serialize};

use crate::text::{Cut, Known, for_each_token, is_stop_word, stem};

use super::spelling::{for_each_spelling, stem_of_spelling};
use super::{Counts, Length, TermId, Text};

/// What is known of a token.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Token {
    /// Its stem's number in the block.
    pub(super) term: TermId,
    pub(super) is_stop: bool,
    /// How often it was met.
    pub(super) count: u32,
}

/// The terms of some papers.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Block {
    pub(super) stems: Vec<Box<str>>,
    pub(super) tokens: HashMap<Box<str>, Token>,
    /// Spellings that folding takes away, such as "LoRA" and "low-rank": the
    /// term of each, and how often it was met.
    pub(super) spellings: HashMap<Box<str>, (TermId, u32)>,
    /// For each paper its length and its terms, in the order of their finding.
    pub(super) papers: Vec<(Length, Vec<(TermId, Counts)>)>,
}

impl Block {
    /// All that a block is made from.
    pub(super) fn inputs<'a>(papers: impl Iterator<Item = Text<'a>>) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        for paper in papers {
            hasher.update(paper.print().bytes());
        }
        hasher.finalize()
    }

    /// Reads papers.
    pub(super) fn of<'a>(papers: impl Iterator<Item = Text<'a>>) -> Self {
        let mut block = Self::default();
        let mut numbers = HashMap::new();
        let mut known: Known<Token> = Known::default();
        let mut of: Option<&Cut> = None;
        // The counts of the present paper, by term.
        let mut counts: Vec<Counts> = Vec::new();
        let mut spellings: HashMap<Box<str>, u32> = HashMap::new();
        for paper in papers {
            // What was counted by number goes where texts are counted.
            if let Some(before) =
                of.filter(|_| paper.words.is_none_or(|cut| !known.is_of(cut.words())))
            {
                block.gather(before, &mut known);
            }
            of = paper.words.or(of);
            let mut present = Vec::new();
            let mut lengths = [0; 2];
            for (text, is_title) in [(paper.title, true), (paper.abstract_text, false)] {
                let mut take = |block: &Self, token: Token| {
                    if token.is_stop && !is_title {
                        return;
                    }
                    lengths[usize::from(!is_title)] += 1;
                    counts.resize(block.stems.len(), Counts::default());
                    let own = &mut counts[token.term as usize];
                    if *own == Counts::default() {
                        present.push(token.term);
                    }
                    own.add(is_title);
                };
                match paper.words {
                    Some(cut) => cut.each(is_title, |_, word| {
                        let words = cut.words();
                        let slot = known.of(words, word);
                        let token = slot.get_or_insert_with(|| {
                            let token = block.token(words.word(word), &mut numbers);
                            Token { count: 0, ..*token }
                        });
                        token.count += 1;
                        let token = *token;
                        take(&block, token);
                    }),
                    None => for_each_token(text, &mut |text| {
                        let token = block.token(text, &mut numbers);
                        token.count += 1;
                        let token = *token;
                        take(&block, token);
                    }),
                }
                for_each_spelling(text, &mut |spelling| match spellings.get_mut(spelling) {
                    Some(count) => *count += 1,
                    None => {
                        spellings.insert(spelling.into(), 1);
                    }
                });
            }
            let present = present
                .into_iter()
                .map(|term| (term, std::mem::take(&mut counts[term as usize])))
                .collect();
            let [title, abstract_text] = lengths;
            let length = Length {
                title,
                abstract_text,
            };
            block.papers.push((length, present));
        }
        if let Some(last) = of {
            block.gather(last, &mut known);
        }
        for (spelling, count) in spellings {
            let term = stem_of_spelling(&spelling).and_then(|stem| numbers.get(&*stem).copied());
            if let Some(term) = term {
                block.spellings.insert(spelling, (term, count));
            }
        }
        block
    }

    /// Counts the tokens that were counted by their numbers among the words of a paper.
    fn gather(&mut self, of: &Cut, known: &mut Known<Token>) {
        for (word, token) in known.take() {
            if let Some(own) = self.tokens.get_mut(of.words().word(word)) {
                own.count += token.count;
            }
        }
    }

    /// What is known of a token, which is counted by whoever asks.
    fn token(&mut self, text: &str, numbers: &mut HashMap<Box<str>, TermId>) -> &mut Token {
        // Asked for twice, since a borrow that is given back ends with the function.
        if self.tokens.contains_key(text) {
            return self.tokens.get_mut(text).expect("it is there");
        }
        let stem = stem(text);
        let term = match numbers.get(&*stem) {
            Some(term) => *term,
            None => {
                let term = TermId::try_from(self.stems.len()).expect("a block is small");
                let stem: Box<str> = stem.into();
                self.stems.push(stem.clone());
                numbers.insert(stem, term);
                term
            }
        };
        let token = Token {
            term,
            is_stop: is_stop_word(text),
            count: 0,
        };
        self.tokens.entry(text.into()).or_insert(token)
    }
}
