//! The key sentence: the one that says what the paper does.

mod announcement;
mod opening;
mod plainly;

use crate::text::{bare, for_each_token, sentences, tokens, words};
use announcement::announcement;
use opening::opening;

use super::flat::{Flat, paragraphs};
use super::html::{escape_into, html_into};
use super::name::short_name;
use super::nodes::trimmed;
use super::tree::Reading;

/// The sentence that says what the paper does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeySentence {
    /// With its markup and formulas; inline HTML.
    pub html: String,
    /// As plain text.
    pub plain: String,
}

impl KeySentence {
    /// The sentence without what it begins with in most abstracts: "In this paper, we
    /// propose a method" says as much as "Proposes a method".
    #[must_use]
    pub fn plainly(self) -> Self {
        let Some((length, begin)) = plainly::cut(&self.plain) else {
            return self;
        };
        // Markup within what is cut would be torn; there is hardly ever any.
        let mut cut = String::new();
        escape_into(&mut cut, &self.plain[..length]);
        match self.html.strip_prefix(cut.as_str()) {
            Some(rest) => Self {
                html: format!("{begin}{rest}"),
                plain: format!("{begin}{}", &self.plain[length..]),
            },
            None => self,
        }
    }
}

/// Finds the sentence that says what the paper does: "We propose …", "This
/// survey …", not the first sentence of background. `None` where there is no
/// text.
pub fn key_sentence(reading: &Reading, title: &str) -> Option<KeySentence> {
    let paragraphs = paragraphs(reading);
    let flats: Vec<Flat<'_>> = paragraphs.iter().map(|nodes| Flat::new(nodes)).collect();
    let title = Title::new(title);
    let mut best: Option<(i32, usize, std::ops::Range<usize>)> = None;
    let mut nth = 0;
    for (at, flat) in flats.iter().enumerate() {
        for range in sentences(&flat.text) {
            let cost = position_cost(nth);
            let least = best.as_ref().map(|(top, _, _)| top + cost);
            if let Some(score) = score(&flat.text[range.clone()], &title, least) {
                best = Some((score - cost, at, range));
            }
            nth += 1;
        }
    }
    let (_, at, range) = best?;
    let flat = &flats[at];
    let plain = flat.text[range.clone()].to_owned();
    let mut html = String::new();
    html_into(&mut html, &trimmed(flat.slice(range)));
    Some(KeySentence { html, plain })
}

/// A later sentence has to be better by this much.
fn position_cost(nth: usize) -> i32 {
    nth.min(12) as i32 * 2
}

struct Title {
    name: Option<String>,
    /// Its words in order, each once.
    words: Vec<String>,
    /// The beginnings and lengths of its words; most words of a text have none
    /// of them.
    shapes: u64,
}

impl Title {
    fn new(title: &str) -> Self {
        let mut words = tokens(title);
        words.sort_unstable();
        words.dedup();
        Self {
            name: short_name(title).map(|name| name.to_lowercase()),
            shapes: words.iter().fold(0, |shapes, word| shapes | shape(word)),
            words,
        }
    }

    /// The place of a word among those of the title.
    fn place(&self, word: &str) -> Option<usize> {
        if self.shapes & shape(word) == 0 {
            return None;
        }
        self.words
            .binary_search_by(|other| other.as_str().cmp(word))
            .ok()
    }
}

/// One bit for the beginning and the length of a word.
fn shape(word: &str) -> u64 {
    let first = word.bytes().next().unwrap_or_default();
    1 << ((usize::from(first) + 7 * word.len()) % 64)
}

/// What a sentence of all the title's words has for them.
const WHOLE_TITLE: i32 = 24;

/// How much a sentence says about what the paper does; `None` where that is not
/// more than `least`.
fn score(sentence: &str, title: &Title, least: Option<i32>) -> Option<i32> {
    let lower = sentence.to_lowercase();
    let words: Vec<&str> = words(&lower)
        .map(bare)
        .filter(|word| !word.is_empty())
        .collect();
    let mut score = announcement(&words);
    score += opening(&lower, &words);
    if let Some(name) = &title.name
        && lower.contains(name.as_str())
    {
        score += 14;
        let defined =
            words.first() == Some(&name.as_str()) && matches!(words.get(1), Some(&("is" | "are")));
        score += if defined { 14 } else { 0 };
        if is_named(&words, name, &lower) {
            score += 12;
            // "Our method, named X, prunes …": the announcement has no verb of its own.
            let is_ours = words.first() == Some(&"our")
                && words[..words.len().min(6)]
                    .iter()
                    .any(|word| matches!(*word, "named" | "called" | "termed" | "dubbed"));
            score += if is_ours {
                44 - announcement(&words).min(44)
            } else {
                0
            };
        }
    }
    if [
        "survey",
        "review",
        "overview",
        "tutorial",
        "benchmark",
        "dataset",
    ]
    .iter()
    .any(|kind| title.place(kind).is_some() && words.contains(kind))
    {
        score += 16;
    }
    let says_new = |word: &&str| {
        matches!(
            *word,
            "novel" | "new" | "first" | "called" | "named" | "termed" | "dubbed" | "namely"
        )
    };
    if words.iter().any(says_new) {
        score += 6;
    }
    if lower.contains("://") {
        score -= 40;
    }
    score += vagueness(&lower);
    if sentence.trim_end().ends_with('?') {
        score -= 40;
    }
    let length = sentence.chars().count();
    score -= match length {
        0..=40 => 14,
        41..=75 => 8,
        76..=420 => 0,
        _ => 8,
    };
    // The words of the title are compared last, since that takes longest.
    if least.is_some_and(|least| score + WHOLE_TITLE <= least) {
        return None;
    }
    let overlap = overlap(sentence, &lower, title);
    score += WHOLE_TITLE * overlap / 100;
    // "This article provides that overview."
    if (41..=75).contains(&length) && overlap < 25 {
        score -= 12;
    }
    least.is_none_or(|least| score > least).then_some(score)
}

/// What takes from a sentence that only says what is wanted: "there is a need
/// for a survey", "this work addresses the problem of …" and no more.
fn vagueness(lower: &str) -> i32 {
    let mut cost = 0;
    if [
        "there is a need",
        "there is a strong need",
        "there is an urgent need",
        "remains an open",
    ]
    .iter()
    .any(|need| lower.contains(need))
    {
        cost -= 30;
    }
    if lower.contains(" the problem of ") && lower.len() < 110 {
        cost -= 16;
    }
    cost
}

/// Whether the sentence gives the thing its name: "called X", "(X)", "X is a".
fn is_named(words: &[&str], name: &str, lower: &str) -> bool {
    let introduced = words.windows(2).any(|pair| {
        matches!(pair[0], "called" | "named" | "termed" | "dubbed" | "namely") && pair[1] == name
    });
    let described = words.windows(3).any(|three| {
        three[0] == name && three[1] == "is" && matches!(three[2], "a" | "an" | "the")
    });
    introduced
        || described
        || lower.contains(&format!("({name})"))
        || lower.contains(&format!(", {name},"))
}

/// The share of the title's words that the sentence has, in percent.
fn overlap(sentence: &str, lower: &str, title: &Title) -> i32 {
    if title.words.is_empty() {
        return 0;
    }
    let mut common = 0;
    let mut met = vec![false; title.words.len()];
    // What is in lower case already need not be copied to be folded.
    let sentence = if lower.is_ascii() { lower } else { sentence };
    for_each_token(sentence, &mut |token| {
        if let Some(place) = title.place(token) {
            common += usize::from(!std::mem::replace(&mut met[place], true));
        }
    });
    (common * 100 / title.words.len()) as i32
}
