//! Names: what a topic is called, from the way its papers write its seed.

use std::collections::{BTreeMap, HashSet};

use super::phrases::{PhraseId, Phrases};
use super::reading::Reading;
use super::seeds;

/// A longer phrase in this part of the papers of a single word names them better
/// than the word: "obstacle avoidance".
const STANDS_FOR: f64 = 0.35;

/// Two that share the last word do so together: "path & motion planning".
const TOGETHER: f64 = 0.3;

/// What each of the two reaches at least.
const EACH: f64 = 0.14;

/// An "-ing" in this part of a word's places is as good as the commonest form …
const ING: f64 = 0.3;

/// … and so is a plural in this.
const PLURAL: f64 = 0.2;

/// The name of a topic that was built around a phrase.
pub(super) fn name(seed: PhraseId, phrases: &Phrases, reading: &Reading) -> String {
    let plain = spelled(seed, phrases, reading);
    let name = match &longer(seed, phrases, reading)[..] {
        [(share, one), ..] if *share >= STANDS_FOR => spelled(*one, phrases, reading),
        [(a, one), (b, other), ..] if a + b >= TOGETHER && *b >= EACH => {
            let both = [one, other].map(|id| spelled(*id, phrases, reading));
            joined(&both[0], &both[1]).unwrap_or(plain)
        }
        _ => plain,
    };
    capital(&name)
}

/// How a phrase is written: its commonest form, or the plural or the "-ing" of
/// its last word where they are common as well, for these name subjects.
pub(super) fn spelled(phrase: PhraseId, phrases: &Phrases, reading: &Reading) -> String {
    let spellings = phrases.spellings(phrase, reading);
    let total: usize = spellings.values().sum();
    let commonest = commonest(&spellings, &|_| true);
    let good = |form: &dyn Fn(&str) -> bool, part: f64| {
        let best = commonest_of(&spellings, form)?;
        (best.1 as f64 >= part * total as f64).then(|| best.0.to_owned())
    };
    good(&|text| text.ends_with("ing"), ING)
        .or_else(|| good(&|text| text.ends_with('s') && !text.ends_with("ss"), PLURAL))
        .unwrap_or(commonest)
}

fn commonest(spellings: &BTreeMap<String, usize>, form: &dyn Fn(&str) -> bool) -> String {
    commonest_of(spellings, form).map_or_else(String::new, |(text, _)| text.to_owned())
}

fn commonest_of<'a>(
    spellings: &'a BTreeMap<String, usize>,
    form: &dyn Fn(&str) -> bool,
) -> Option<(&'a str, usize)> {
    let forms = spellings.iter().filter(|(text, _)| form(text));
    let best = forms.reduce(|best, next| if next.1 > best.1 { next } else { best });
    best.map(|(text, count)| (text.as_str(), *count))
}

/// Phrases that have the seed as their last word, or as their first where they
/// reach far, by the part of its papers that they reach.
fn longer(seed: PhraseId, phrases: &Phrases, reading: &Reading) -> Vec<(f64, PhraseId)> {
    let short = phrases.get(seed);
    if short.words().len() > 1 {
        return Vec::new();
    }
    let papers: HashSet<u32> = short.postings.iter().map(|p| p.paper).collect();
    let mut longer: Vec<(f64, PhraseId)> = Vec::new();
    for (id, phrase) in phrases.iter() {
        let is_longer = phrase.words().len() > 1
            && short.is_within(phrase)
            && seeds::can_name(phrase, reading)
            && !phrase.is_piece();
        if is_longer {
            let share = phrase.frequency() as f64 / papers.len().max(1) as f64;
            let ends_so = phrase.words().last() == short.words().last();
            if share >= STANDS_FOR || (ends_so && share >= EACH) {
                longer.push((share, id));
            }
        }
    }
    longer.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    longer
}

/// Two names that share their last word, in one; the first alone where both say
/// the same, as "robot manipulators" and "robotic manipulators" do.
fn joined(one: &str, other: &str) -> Option<String> {
    let (first, _) = one.rsplit_once([' ', '-'])?;
    let (second, _) = other.split_once(' ')?;
    let same = first.starts_with(second) || second.starts_with(first);
    // "Machine translation" has all "neural machine translation" in it.
    let [short, long] = if one.len() < other.len() {
        [one, other]
    } else {
        [other, one]
    };
    Some(if long.ends_with(short) {
        short.to_owned()
    } else if same {
        one.to_owned()
    } else {
        format!("{first} & {other}")
    })
}

/// With a capital at the beginning.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        // "mRNA" keeps its own way.
        Some(first) if !chars.clone().next().is_some_and(char::is_uppercase) => {
            first.to_uppercase().chain(chars).collect()
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_joined_and_capitalised() {
        let both = joined("path planning", "motion planning");
        assert_eq!(both.as_deref(), Some("path & motion planning"));
        let same = joined("robot manipulators", "robotic manipulators");
        assert_eq!(same.as_deref(), Some("robot manipulators"));
        let within = joined("neural machine translation", "machine translation");
        assert_eq!(within.as_deref(), Some("machine translation"));
        assert_eq!(capital("path & motion planning"), "Path & motion planning");
        assert_eq!(capital("mRNA"), "mRNA");
        assert_eq!(capital(""), "");
    }
}
