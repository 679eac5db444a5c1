//! The index of terms: every term of every query, cut into words and filed
//! under the first of them.

use std::collections::HashMap;

use crate::text::{positioned_tokens, stem};
use crate::topics::Term;

/// A term's number within an index.
pub(in crate::topics) type TermId = u32;

/// A word's number within an index: a stem, or what words begin with.
pub(super) type WordId = u32;

/// All terms of a set of queries.
#[derive(Debug, Default)]
pub(super) struct Index {
    stems: HashMap<Box<str>, WordId>,
    /// Beginnings of words under their first two bytes.
    prefixes: HashMap<[u8; 2], Vec<(Box<str>, WordId)>>,
    /// For each word, the spellings of terms that begin with it.
    spellings: Vec<Vec<Spelling>>,
    terms: Vec<Term>,
}

/// One way to write a term: words side by side.
#[derive(Debug)]
pub(super) struct Spelling {
    pub(super) term: TermId,
    /// The words after the first.
    pub(super) rest: Box<[WordId]>,
}

impl Index {
    /// How many terms there are.
    pub(super) fn len(&self) -> usize {
        self.terms.len()
    }

    /// A term as it was written.
    pub(super) fn term(&self, id: TermId) -> &Term {
        &self.terms[id as usize]
    }

    pub(super) fn spellings(&self, word: WordId) -> &[Spelling] {
        &self.spellings[word as usize]
    }

    /// The words of the index that a token is: its stem, and its beginnings.
    pub(super) fn words_of(&self, token: &str) -> Box<[WordId]> {
        let mut words: Vec<WordId> = self.stems.get(&*stem(token)).copied().into_iter().collect();
        if let Some(beginnings) = first_two(token).and_then(|key| self.prefixes.get(&key)) {
            let begin = beginnings
                .iter()
                .filter(|(text, _)| token.starts_with(&**text));
            words.extend(begin.map(|(_, word)| word));
        }
        words.into()
    }
}

fn first_two(token: &str) -> Option<[u8; 2]> {
    token.as_bytes().first_chunk().copied()
}

/// Gathers terms into an [`Index`]; equal terms are filed once.
#[derive(Debug, Default)]
pub(super) struct IndexBuilder {
    index: Index,
    known: HashMap<Term, Option<TermId>>,
}

impl IndexBuilder {
    /// The number of a term; `None` where no word is in it.
    pub(super) fn add(&mut self, term: &Term) -> Option<TermId> {
        if let Some(known) = self.known.get(term) {
            return *known;
        }
        let id = self.file(term);
        self.known.insert(term.clone(), id);
        id
    }

    /// The finished index.
    pub(super) fn build(self) -> Index {
        self.index
    }

    fn file(&mut self, term: &Term) -> Option<TermId> {
        let spellings = spellings(term);
        if spellings.is_empty() {
            return None;
        }
        let id = TermId::try_from(self.index.terms.len()).ok()?;
        self.index.terms.push(term.clone());
        for words in spellings {
            let (last, before) = words.split_last()?;
            let mut ids: Vec<WordId> = before.iter().map(|word| self.stem(word)).collect();
            ids.push(match term {
                Term::Prefix(_) => self.prefix(last),
                _ => self.stem(last),
            });
            let spelling = Spelling {
                term: id,
                rest: ids[1..].into(),
            };
            self.index.spellings[ids[0] as usize].push(spelling);
        }
        Some(id)
    }

    fn stem(&mut self, word: &str) -> WordId {
        let stem = stem(word);
        if let Some(id) = self.index.stems.get(&*stem) {
            return *id;
        }
        let id = self.new_word();
        self.index.stems.insert(stem.into(), id);
        id
    }

    fn prefix(&mut self, word: &str) -> WordId {
        // A prefix of one byte is only left of something like `x-*`; it stands
        // for that word.
        let Some(key) = first_two(word) else {
            return self.stem(word);
        };
        let same = |list: &Vec<(Box<str>, WordId)>| {
            let found = list.iter().find(|(text, _)| &**text == word);
            found.map(|(_, id)| *id)
        };
        if let Some(id) = self.index.prefixes.get(&key).and_then(same) {
            return id;
        }
        let id = self.new_word();
        let list = self.index.prefixes.entry(key).or_default();
        list.push((word.into(), id));
        id
    }

    fn new_word(&mut self) -> WordId {
        self.index.spellings.push(Vec::new());
        WordId::try_from(self.index.spellings.len() - 1).expect("queries are bounded in length")
    }
}

/// What a term looks for: two terms are found in the same places where this is
/// equal, however they are written.
pub(in crate::topics) fn sought(term: &Term) -> Vec<String> {
    let stems = |words: Vec<String>| -> Vec<String> {
        let last = words.len() - 1;
        let words = words.into_iter().enumerate();
        words
            .map(|(i, word)| match term {
                Term::Prefix(_) if i == last => word + "*",
                _ => stem(&word).into_owned(),
            })
            .collect()
    };
    let spellings = spellings(term).into_iter();
    spellings.map(|words| stems(words).join(" ")).collect()
}

/// The ways to write a term. The compounds in it stand apart ("low rank") or
/// joined ("lowrank"), and a phrase of two words is also found as one word.
fn spellings(term: &Term) -> Vec<Vec<String>> {
    let tokens = positioned_tokens(term.text());
    let mut apart: Vec<String> = Vec::new();
    let mut joined: Vec<String> = Vec::new();
    // Where in `joined` each word of `apart` begins.
    let mut places: Vec<usize> = Vec::new();
    for (position, token) in tokens {
        let position = position as usize;
        if position == apart.len() {
            places.push(joined.len());
            joined.push(token.clone());
            apart.push(token);
        } else if let Some(place) = places.get(position) {
            // A joined form comes behind its words and takes their place.
            joined.truncate(*place);
            joined.push(token);
        }
    }
    if apart == joined && apart.len() == 2 {
        joined = vec![apart.concat()];
    }
    let mut spellings = vec![apart];
    if spellings[0] != joined {
        spellings.push(joined);
    }
    spellings.retain(|words| !words.is_empty());
    spellings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compounds_and_pairs_are_spelled_apart_and_joined() {
        let all = |term: Term| -> Vec<String> {
            spellings(&term)
                .iter()
                .map(|words| words.join(" "))
                .collect()
        };
        let phrase = |text: &str| all(Term::Phrase(text.into()));
        assert_eq!(all(Term::Word("rag".into())), ["rag"]);
        assert_eq!(all(Term::Word("low-rank".into())), ["low rank", "lowrank"]);
        assert_eq!(phrase("data set"), ["data set", "dataset"]);
        assert_eq!(
            phrase("text-to-image low-rank model"),
            ["text to image low rank model", "texttoimage lowrank model"]
        );
        assert_eq!(phrase("chain of thought"), ["chain of thought"]);
        assert_eq!(phrase("+ -"), Vec::<String>::new());
    }
}
