//! Text processing: cleaning, folding, tokens, sentences and stems.
//!
//! Topics, related papers and search all use this one tokenizer. The search box in
//! the browser reimplements it; `docs/text.md` specifies both.

mod abbreviation;
mod bytes;
mod chars;
mod clean;
mod cut;
mod fold;
mod formula;
mod key;
mod sentences;
mod stem;
mod stop;
#[cfg(test)]
mod tests;
mod tex_letter;
mod token;

pub(crate) use bytes::any_byte;
pub use clean::{clean, clean_line, uncleaned};
pub use cut::{Cut, Cutter, Known, WordId, Words};
pub use fold::fold;
pub use formula::{guard_formula, unguard_formula};
pub use key::title_key;
pub use sentences::sentences;
pub(crate) use sentences::{bare, words};
pub use stem::stem;
pub use stop::{is_stop_word, stop_words};
pub use tex_letter::{tex_accent, tex_letter, tex_symbol};
pub use token::{
    MAX_TOKEN_CHARS, for_each_positioned_token, for_each_token, positioned_tokens, tokens,
};
