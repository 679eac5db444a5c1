//! Rising words: those used by a significantly larger share of the recent papers than
//! of the earlier ones.

use std::collections::HashMap;

use super::super::{Library, TermId, Terms, Timeline};
use super::company::phrases;
use crate::topics::is_about_the_work;

/// How many papers are needed on either side.
pub const LEAST_PAPERS: usize = 20;

/// The recent papers are those of the newest periods that together have this fraction
/// of all papers.
const RECENT_PART: usize = 5;

/// How many recent papers must use a word.
const LEAST_RECENT: u32 = 5;

/// The fraction of the recent papers with a word that must have it in the title: titles
/// say what a paper is about, not how well it does it.
const TITLED_PART: u32 = 5;

/// The largest fraction of all papers that may use a word: a more common one belongs to
/// the whole field.
const COMMON_PART: usize = 4;

/// By how many standard errors the shares must differ.
const LEAST_ERRORS: f64 = 2.0;

/// How many words are shown.
const WORDS: usize = 20;

/// Rising words.
#[derive(Debug, Clone, PartialEq)]
pub struct Rising {
    /// The first of the recent periods, which continue to the last.
    pub from: usize,
    /// How many papers those have.
    pub recent: usize,
    /// How many papers the periods before have.
    pub earlier: usize,
    /// The words, the most significant first.
    pub words: Vec<Word>,
}

/// A rising word.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// Its number among the terms.
    pub term: TermId,
    /// The two-word phrase in which it mostly appears, if any.
    pub phrase: Option<String>,
    /// How many recent papers use it.
    pub recent: u32,
    /// How many earlier papers use it.
    pub earlier: u32,
}

impl Rising {
    /// `None` if there are too few papers to tell. `papers` are the papers of each
    /// period.
    pub(super) fn of(library: &Library, timeline: &Timeline, papers: &[usize]) -> Option<Self> {
        let terms = library.terms();
        let all: usize = papers.iter().sum();
        let mut from = papers.len();
        let mut recent = 0;
        while from > 1 && recent * RECENT_PART < all {
            from -= 1;
            recent += papers[from];
        }
        let earlier = all - recent;
        if recent < LEAST_PAPERS || earlier < LEAST_PAPERS {
            return None;
        }
        let mut uses: Vec<(u32, u32)> = vec![(0, 0); terms.len()];
        let mut titled: Vec<u32> = vec![0; terms.len()];
        for paper in 0..terms.papers() {
            let Some(period) = timeline.period(paper) else {
                continue;
            };
            for count in terms.paper(paper) {
                let (new, old) = &mut uses[count.term as usize];
                if period >= from {
                    *new += 1;
                    titled[count.term as usize] += u32::from(count.in_title > 0);
                } else {
                    *old += 1;
                }
            }
        }
        let mut found: Vec<(f64, Word)> = (0..)
            .zip(&uses)
            .filter(|(term, (new, old))| {
                let titled = titled[*term as usize];
                *new >= LEAST_RECENT
                    && titled * TITLED_PART >= *new
                    && (*new + *old) as usize * COMMON_PART <= all
                    && is_word(terms, *term)
            })
            .map(|(term, (new, old))| {
                let word = Word {
                    term,
                    phrase: None,
                    recent: *new,
                    earlier: *old,
                };
                (errors((*new, recent), (*old, earlier)), word)
            })
            .filter(|(errors, _)| *errors >= LEAST_ERRORS)
            .collect();
        found.sort_by(|(a, one), (b, two)| {
            let stem = |word: &Word| terms.stem(word.term);
            b.total_cmp(a).then_with(|| stem(one).cmp(stem(two)))
        });
        // "shot" rises with "zero-shot", which is more specific, if it is hardly used
        // without it.
        let mut pieces: HashMap<String, u32> = HashMap::new();
        for (_, word) in &found {
            let compound = terms.word(word.term);
            for piece in compound.split('-').filter(|piece| *piece != compound) {
                let most = pieces.entry(piece.to_lowercase()).or_default();
                *most = word.recent.max(*most);
            }
        }
        found.retain(|(_, word)| {
            let within = pieces.get(&terms.word(word.term).to_lowercase());
            within.is_none_or(|within| within * 2 < word.recent)
        });
        found.truncate(WORDS);
        let mut words: Vec<Word> = found.into_iter().map(|(_, word)| word).collect();
        let rising: Vec<TermId> = words.iter().map(|word| word.term).collect();
        let titles = (0..terms.papers())
            .filter(|paper| timeline.period(*paper).is_some_and(|period| period >= from))
            .map(|paper| library.papers[paper].title.as_str());
        for (word, phrase) in words.iter_mut().zip(phrases(terms, &rising, titles)) {
            word.phrase = phrase;
        }
        Some(Self {
            from,
            recent,
            earlier,
            words,
        })
    }
}

/// Whether a term may be a trend: a word, and specific to the subject.
fn is_word(terms: &Terms, term: TermId) -> bool {
    let word = terms.word(term);
    !terms.is_stop(term)
        && !is_about_the_work(terms.stem(term))
        && word.chars().count() > 2
        && word.chars().any(char::is_alphabetic)
}

/// The logarithm of the odds ratio in standard errors, each count with half a
/// paper added so that none is zero.
#[expect(clippy::cast_precision_loss, reason = "no library has 2^52 papers")]
fn errors((new, recent): (u32, usize), (old, earlier): (u32, usize)) -> f64 {
    let with = |uses: u32| f64::from(uses) + 0.5;
    let without = |uses: u32, all: usize| all as f64 - f64::from(uses) + 0.5;
    let odds = (with(new) / without(new, recent)).ln() - (with(old) / without(old, earlier)).ln();
    let variance = 1.0 / with(new)
        + 1.0 / without(new, recent)
        + 1.0 / with(old)
        + 1.0 / without(old, earlier);
    odds / variance.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_that_grew_stands_out_from_one_that_did_not() {
        assert!(errors((30, 100), (10, 100)) > 3.0);
        assert!(errors((10, 100), (10, 100)).abs() < 1e-9);
        assert!(errors((10, 100), (30, 100)) < -3.0);
        assert!(errors((100, 100), (0, 100)).is_finite());
    }
}
