//! Spelling: how people write a term. Tokens are folded and stemmed to be
//! compared; what readers are shown is "LoRA", "low-rank", "pruning".

use std::borrow::Cow;

use foldhash::HashMap;

use crate::text::{self, bare, stem, tokens};

use super::TermId;

/// How often each spelling of a term occurs.
#[derive(Debug, Default)]
pub(super) struct Tally(HashMap<Box<str>, (TermId, u32)>);

impl Tally {
    pub(super) fn add(&mut self, text: Box<str>, term: TermId, count: u32) {
        let (_, sum) = self.0.entry(text).or_insert((term, 0));
        *sum = sum.saturating_add(count);
    }

    /// For each of `terms` terms, the most common spelling; among equally common ones
    /// the shortest, then the first in order.
    fn commonest(&self, terms: usize) -> Vec<Option<(&str, u32)>> {
        let mut best: Vec<Option<(&str, u32)>> = vec![None; terms];
        for (text, (term, count)) in &self.0 {
            let slot = &mut best[*term as usize];
            let better = slot.is_none_or(|(other, most)| {
                (*count, other.len(), other) > (most, text.len(), &**text)
            });
            if better {
                *slot = Some((text, *count));
            }
        }
        best
    }
}

/// For each term, how people write it: its most common token, unless a spelling that
/// folding removes accounts for at least a third of the term.
pub(super) fn words(stems: &[Box<str>], tokens: Tally, spellings: Tally) -> Vec<Box<str>> {
    let mut totals = vec![0_u32; stems.len()];
    for (term, count) in tokens.0.values() {
        let total = &mut totals[*term as usize];
        *total = total.saturating_add(*count);
    }
    let plain = tokens.commonest(stems.len());
    let spelled = spellings.commonest(stems.len());
    stems
        .iter()
        .zip(plain)
        .zip(spelled)
        .zip(totals)
        .map(|(((stem, plain), spelled), total)| match (plain, spelled) {
            (_, Some((text, count))) if count.saturating_mul(3) >= total => text.into(),
            (Some((text, _)), _) => text.into(),
            _ => stem.clone(),
        })
        .collect()
}

/// The longest word that is examined, in bytes.
const LONGEST: usize = 40;

/// Calls `f` with each word in which folding changes more than an initial capital:
/// "LoRA", "GPT-4", "low-rank". "Low-Rank" counts as "low-rank".
pub(super) fn for_each_spelling(text: &str, f: &mut dyn FnMut(&str)) {
    for word in text::words(text).map(bare) {
        if word.len() < 2 || word.len() > LONGEST || !word.is_ascii() {
            continue;
        }
        let inner = &word.as_bytes()[1..];
        if !inner
            .iter()
            .any(|byte| byte.is_ascii_uppercase() || is_connector(*byte))
        {
            continue;
        }
        let strange = |byte: u8| !(byte.is_ascii_alphanumeric() || is_connector(byte));
        if word.bytes().any(strange) {
            continue;
        }
        let word = uncapitalised(word);
        if word.bytes().skip(1).any(|byte| !byte.is_ascii_lowercase()) {
            f(&word);
        }
    }
}

/// The stem that a spelling stands for: of its only token, or of the joined
/// form of its tokens.
pub(super) fn stem_of_spelling(spelling: &str) -> Option<String> {
    let tokens = tokens(spelling);
    let (last, parts) = tokens.split_last()?;
    (parts.is_empty() || parts.concat() == *last).then(|| stem(last).into_owned())
}

fn is_connector(byte: u8) -> bool {
    matches!(byte, b'-' | b'_' | b'.' | b'/' | b':' | b'@' | b'&' | b'^')
}

/// Words with only an initial capital are put in lower case: it may come from a title
/// or the beginning of a sentence.
fn uncapitalised(word: &str) -> Cow<'_, str> {
    let is_capitalised = |part: &str| {
        let bytes = part.as_bytes();
        bytes.len() > 1
            && bytes[0].is_ascii_uppercase()
            && bytes[1..].iter().all(u8::is_ascii_lowercase)
    };
    let connector = |c: char| c.is_ascii() && is_connector(c as u8);
    if !word.split(connector).any(is_capitalised) {
        return Cow::Borrowed(word);
    }
    let parts = word.split_inclusive(connector).map(|part| {
        if is_capitalised(part.trim_end_matches(connector)) {
            part.to_ascii_lowercase()
        } else {
            part.to_owned()
        }
    });
    Cow::Owned(parts.collect())
}
