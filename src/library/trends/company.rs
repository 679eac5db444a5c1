//! Company: the word that a rising word mostly has beside it in titles. "Language"
//! rises, and what readers know as the trend is "language models".

use std::collections::{BTreeMap, HashMap};

use crate::library::{TermId, Terms};
use crate::text::{is_stop_word, stem, tokens};
use crate::topics::is_about_the_work;

/// The share of the titles with a word that must contain a phrase.
const MOSTLY: f64 = 0.4;

/// How many titles that have to be.
const LEAST: usize = 3;

/// For each of `words` the two words side by side, in lower case, that it mostly
/// occurs in; `None` if it occurs alone or in many.
pub(super) fn phrases<'t>(
    terms: &Terms,
    words: &[TermId],
    titles: impl Iterator<Item = &'t str>,
) -> Vec<Option<String>> {
    let numbers: HashMap<&str, usize> = words
        .iter()
        .enumerate()
        .map(|(number, term)| (terms.stem(*term), number))
        .collect();
    let mut of_word = vec![0_usize; words.len()];
    // By the stems of both, so that "model" and "models" are one; the spellings
    // in order, so that ties do not hang on the order of the papers.
    let mut pairs: Vec<BTreeMap<String, BTreeMap<String, usize>>> =
        vec![BTreeMap::new(); words.len()];
    for title in titles {
        let said: Vec<(String, String)> = title.split(ends_word).map(read).collect();
        for (at, (_, own)) in said.iter().enumerate() {
            let Some(word) = numbers.get(&**own) else {
                continue;
            };
            of_word[*word] += 1;
            for pair in [
                at.checked_sub(1).map(|before| before..=at),
                Some(at..=at + 1),
            ] {
                let Some([(one, first), (two, second)]) = pair.and_then(|range| said.get(range))
                else {
                    continue;
                };
                if names(one, first) && names(two, second) {
                    let spellings = pairs[*word].entry(format!("{first} {second}")).or_default();
                    *spellings.entry(format!("{one} {two}")).or_default() += 1;
                }
            }
        }
    }
    let best = |(spellings, titles): (BTreeMap<String, BTreeMap<String, usize>>, usize)| {
        let all = spellings
            .into_values()
            .map(|forms| (forms.values().sum::<usize>(), forms));
        let (count, forms) = all.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
        let is_mostly = count >= LEAST && count as f64 >= MOSTLY * titles as f64;
        let commonest = forms
            .into_iter()
            .reduce(|best, next| if next.1 > best.1 { next } else { best });
        commonest.filter(|_| is_mostly).map(|(text, _)| text)
    };
    pairs.into_iter().zip(of_word).map(best).collect()
}

fn ends_word(c: char) -> bool {
    !(c.is_alphanumeric() || matches!(c, '-' | '\'' | '’'))
}

/// A word in lower case and its stem; that of a compound is of all of it.
fn read(word: &str) -> (String, String) {
    let stem = tokens(word).last().map(|token| stem(token).into_owned());
    (word.to_lowercase(), stem.unwrap_or_default())
}

/// Whether a word can be part of a phrase.
fn names(word: &str, stem: &str) -> bool {
    !stem.is_empty()
        && !is_stop_word(word)
        && word.chars().any(char::is_alphabetic)
        && !is_about_the_work(stem)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Text;

    #[test]
    fn a_word_is_told_with_the_one_it_mostly_has_beside_it() {
        let titles = [
            "Large Language Models for Pears",
            "A Language Model of Orchards",
            "Language: Models of it",
            "Pruning Language Models",
            "Bees and Pears",
        ];
        let terms = Terms::of(titles.len(), |n| Text {
            title: titles[n],
            abstract_text: "",
            words: None,
            print: None,
        });
        let numbered =
            |word: &str| (0..terms.len() as TermId).find(|t| terms.stem(*t) == stem(word));
        let words = ["language", "pears"].map(|word| numbered(word).unwrap());
        let found = phrases(&terms, &words, titles.into_iter());
        assert_eq!(found, [Some("language models".to_owned()), None]);
    }
}
