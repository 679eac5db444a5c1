//! The key sentence: the one that says what the paper does.

use std::collections::BTreeSet;

use crate::text::{sentences, tokens};

use super::flat::{Flat, paragraphs};
use super::html::html_into;
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

/// Finds the sentence that says what the paper does: "We propose …", "This
/// survey …", not the first sentence of background. `None` where there is no
/// text.
pub fn key_sentence(reading: &Reading, title: &str) -> Option<KeySentence> {
    let paragraphs = paragraphs(reading);
    let flats: Vec<Flat<'_>> = paragraphs.iter().map(Flat::new).collect();
    let title = Title::new(title);
    let mut best: Option<(i32, usize, std::ops::Range<usize>)> = None;
    let mut nth = 0;
    for (at, flat) in flats.iter().enumerate() {
        for range in sentences(&flat.text) {
            let score = score(&flat.text[range.clone()], &title) - position_cost(nth);
            if best.as_ref().is_none_or(|(top, _, _)| score > *top) {
                best = Some((score, at, range));
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
    words: BTreeSet<String>,
}

impl Title {
    fn new(title: &str) -> Self {
        Self {
            name: short_name(title).map(|name| name.to_lowercase()),
            words: tokens(title).into_iter().collect(),
        }
    }
}

/// How much a sentence says about what the paper does.
fn score(sentence: &str, title: &Title) -> i32 {
    let lower = sentence.to_lowercase();
    let words: Vec<&str> = lower
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
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
    score += 24 * overlap(sentence, title) / 100;
    if [
        "survey",
        "review",
        "overview",
        "tutorial",
        "benchmark",
        "dataset",
    ]
    .iter()
    .any(|kind| title.words.contains(*kind) && words.contains(kind))
    {
        score += 16;
    }
    if [
        "novel", "new", "first", "called", "named", "termed", "dubbed", "namely",
    ]
    .iter()
    .any(|word| words.contains(word))
    {
        score += 6;
    }
    if lower.contains("://") {
        score -= 40;
    }
    score += vagueness(&lower);
    if sentence.trim_end().ends_with('?') {
        score -= 40;
    }
    match sentence.chars().count() {
        0..=40 => score - 14,
        // "This article provides that overview."
        41..=75 if overlap(sentence, title) < 25 => score - 20,
        41..=75 => score - 8,
        76..=420 => score,
        _ => score - 8,
    }
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
fn overlap(sentence: &str, title: &Title) -> i32 {
    if title.words.is_empty() {
        return 0;
    }
    let words: BTreeSet<String> = tokens(sentence).into_iter().collect();
    let common = title.words.intersection(&words).count();
    (common * 100 / title.words.len()) as i32
}

/// What the authors say that they, or their paper, do: the strongest verb behind
/// "we", "this paper", "is".
fn announcement(words: &[&str]) -> i32 {
    let mut best = 0;
    for (at, word) in words.iter().enumerate() {
        let subject = match *word {
            "we" => 0,
            "paper" | "work" | "study" | "survey" | "article" | "review" | "thesis" | "letter"
            | "report" | "tutorial" | "primer" | "research" | "chapter" | "overview" | "essay"
            | "manuscript" | "dissertation" | "evaluation" => {
                let ours = at > 0
                    && words[..at]
                        .iter()
                        .rev()
                        .take(3)
                        .any(|word| matches!(*word, "this" | "our" | "the" | "present"));
                if !ours {
                    continue;
                }
                6
            }
            "authors" => 0,
            // "prompting us to conduct a survey"
            "us" if words.get(at + 1) == Some(&"to") => 14,
            "is" | "are" => {
                if let Some(weight) = words[at + 1..]
                    .iter()
                    .take(2)
                    .find_map(|verb| participle(verb))
                {
                    best = best.max(weight - 12);
                }
                continue;
            }
            _ => continue,
        };
        // The verb may have adverbs before it; a further subject ends the search.
        let mut discount = 0;
        for (nth, verb) in words[at + 1..].iter().take(6).enumerate() {
            match *verb {
                "we" | "that" | "which" => break,
                "can" | "could" | "may" | "might" | "would" | "must" | "need" | "cannot" => {
                    discount += 25
                }
                "then" | "also" | "further" | "additionally" | "finally" => discount += 12,
                _ => {}
            }
            if let Some(weight) = verb_weight(verb) {
                // "We introduce our benchmark": it is known already.
                if words.get(at + 2 + nth) == Some(&"our") {
                    discount += 12;
                }
                best = best.max(weight + subject - discount);
                break;
            }
        }
    }
    best
}

fn participle(word: &str) -> Option<i32> {
    Some(match word {
        "proposed" | "introduced" | "presented" | "developed" => 50,
        "studied" | "investigated" | "described" | "designed" | "reviewed" | "explored" => 42,
        _ => return None,
    })
}

/// How much a verb announces, in any of its forms.
fn verb_weight(word: &str) -> Option<i32> {
    let stem = match word {
        "study" | "studies" | "studied" | "studying" => "study",
        _ => word
            .strip_suffix("ing")
            .or_else(|| word.strip_suffix("ed"))
            .or_else(|| word.strip_suffix("es"))
            .or_else(|| word.strip_suffix('s'))
            .or_else(|| word.strip_suffix('e'))
            .unwrap_or(word),
    };
    Some(match stem {
        "propos" | "introduc" | "present" => 60,
        "develop" | "devis" | "unveil" | "contribut" => 52,
        "design" | "construct" | "formulat" | "reformulat" | "rethink" | "recast" | "initiat"
        | "pioneer" => 46,
        "study" | "investigat" | "explor" | "examin" | "revisit" | "survey" | "review"
        | "describ" | "delv" | "research" | "report" => 44,
        "analyz" | "analys" | "benchmark" | "address" | "tackl" | "provid" | "conduct"
        | "offer" | "creat" | "curat" | "build" | "prov" | "establish" | "advocat" | "argu"
        | "releas" | "outlin" | "systematically" | "collect" | "open-sourc" | "aim" | "seek"
        | "characteriz" | "compar" | "prepar" => 38,
        "show" | "demonstrat" | "evaluat" | "focus" | "deriv" | "extend" | "consider"
        | "discuss" | "implement" | "generaliz" | "adapt" | "cover" | "summariz" | "validat"
        | "assess" | "hypothesiz" | "suggest" | "highlight" | "identif" | "combin" | "enabl"
        | "answer" | "solv" | "optimiz" | "reveal" | "observ" => 30,
        "us" | "utiliz" | "utilis" | "leverag" | "employ" | "apply" | "train" | "find"
        | "perform" | "achiev" | "test" | "bring" | "mak" | "tak" | "set" | "start"
        | "fine-tun" => 20,
        _ => return None,
    })
}

/// What the sentence's opening says: "In this paper" announces, "Furthermore"
/// continues, "Experiments show" reports.
fn opening(lower: &str, words: &[&str]) -> i32 {
    let mut score = 0;
    let start: String = words.iter().take(8).copied().collect::<Vec<_>>().join(" ");
    if start.starts_with("in this ")
        && [
            "paper", "work", "study", "article", "survey", "report", "letter", "thesis", "primer",
            "research", "review",
        ]
        .iter()
        .any(|word| words.iter().take(5).any(|w| w == word))
    {
        score += 30;
    }
    if [
        "this paper",
        "this work",
        "this study",
        "this survey",
        "this article",
        "this review",
        "this thesis",
        "our work",
        "this research",
    ]
    .iter()
    .any(|opening| start.starts_with(opening))
    {
        score += 14;
    }
    if start.starts_with("here we")
        || start.starts_with("to this end")
        || start.starts_with("to address")
        || start.starts_with("to overcome")
        || start.starts_with("to tackle")
        || start.starts_with("motivated by")
        || start.starts_with("to bridge")
        || start.starts_with("to mitigate")
        || start.starts_with("to fill")
    {
        score += 10;
    }
    const CONTINUES: &[&str] = &[
        "furthermore",
        "moreover",
        "additionally",
        "in addition",
        "finally",
        "besides",
        "second",
        "secondly",
        "third",
        "thirdly",
        "next",
        "then",
        "also",
        "lastly",
        "last",
        "we also",
        "we further",
        "we then",
        "we additionally",
        "we finally",
        "building on",
        "for this",
        "afterwards",
        "subsequently",
        "meanwhile",
        "after",
        "in this framework",
        "in this setting",
        "first",
        "firstly",
        "to begin",
        "to further",
        "in the end",
        "we start",
        "we begin",
    ];
    if CONTINUES
        .iter()
        .any(|opening| begins_with_words(&start, opening))
    {
        score -= 18;
    }
    const DETAILS: &[&str] = &[
        "specifically",
        "in particular",
        "particularly",
        "for example",
        "for instance",
        "notably",
        "however",
        "unfortunately",
        "despite",
        "although",
        "while",
        "recently",
        "recent",
        "existing",
        "previous",
        "prior",
        "current",
        "yet",
        "as a result",
        "more specifically",
    ];
    if DETAILS
        .iter()
        .any(|opening| begins_with_words(&start, opening))
    {
        score -= 12;
    }
    const REPORTS: &[&str] = &[
        "experiment",
        "extensive",
        "empirical",
        "comprehensive experiment",
        "results",
        "our results",
        "the results",
        "our experiment",
        "our empirical",
        "our extensive",
        "evaluation",
        "evaluations",
        "experimental",
        "code",
        "our code",
        "the code",
        "source code",
        "we hope",
        "we believe",
        "we expect",
        "we envision",
        "through extensive",
        "we conduct experiments",
        "we conduct extensive",
        "to the best",
        "numerical",
    ];
    // "For evaluation, we propose": a part of it. "(3) We": an item.
    if lower.starts_with('(')
        || (lower.starts_with("for ") && lower.find(',').is_some_and(|at| at < 30))
    {
        score -= 18;
    }
    if REPORTS.iter().any(|opening| start.starts_with(opening)) {
        score -= 26;
    }
    if lower.contains("future work")
        || lower.contains("future research")
        || lower.contains("publicly available")
        || lower.contains("will be released")
    {
        score -= 14;
    }
    score
}

fn begins_with_words(start: &str, opening: &str) -> bool {
    start
        .strip_prefix(opening)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}
