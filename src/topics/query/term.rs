//! Reading a term: a word, the beginning of one, or a phrase.

use super::cursor::{is_quote, is_space};
use super::parse::Parser;
use super::{QueryError, Term};

/// The shortest prefix in characters: one letter begins a good part of all words.
const MIN_PREFIX: usize = 2;

impl Parser<'_> {
    /// A word or a prefix.
    pub(super) fn term(&mut self) -> Result<Term, QueryError> {
        let start = self.cursor.at;
        let word = self.cursor.word();
        self.cursor.at += word.len();
        let Some(star) = word.find('*') else {
            return Ok(Term::Word(word.to_owned()));
        };
        let prefix = &word[..star];
        if star + 1 < word.len() || prefix.is_empty() {
            return Err(QueryError::new(
                "query-star",
                "a star can only be at the end of a word",
                start + star..start + star + 1,
            )
            .help("write the beginning of the word and then the star: `retriev*`"));
        }
        if prefix.chars().count() < MIN_PREFIX {
            return Err(QueryError::new(
                "query-short-prefix",
                format!("`{word}` would find too many words"),
                start..self.cursor.at,
            )
            .help(format!(
                "write {MIN_PREFIX} letters or more before the star"
            )));
        }
        Ok(Term::Prefix(prefix.to_owned()))
    }

    pub(super) fn phrase(&mut self) -> Result<Term, QueryError> {
        let open = self.cursor.at;
        let inner = self.cursor.char_end();
        let Some(length) = self.cursor.text[inner..].find(is_quote) else {
            return Err(QueryError::new(
                "query-unclosed-phrase",
                "this quotation mark is never closed",
                open..inner,
            )
            .help("write another one where the phrase ends"));
        };
        let text = &self.cursor.text[inner..inner + length];
        self.cursor.at = inner + length;
        self.cursor.at = self.cursor.char_end();
        if text.chars().all(is_space) {
            return Err(QueryError::new(
                "query-empty-phrase",
                "there is nothing between the quotation marks",
                open..self.cursor.at,
            )
            .help("write a phrase between them, or remove them"));
        }
        Ok(Term::Phrase(text.to_owned()))
    }
}
