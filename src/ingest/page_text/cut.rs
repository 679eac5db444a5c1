//! Detects abstracts that were copied incompletely.

use super::shape::{Ending, begins_lower, ending};
use super::vocabulary::Vocabulary;

/// Shorter texts are remarks and are not checked.
const MIN_LENGTH: usize = 60;

/// Whether a text starts in the middle of a sentence or a word.
pub(super) fn begins_in_the_middle(text: &str) -> bool {
    text.len() >= MIN_LENGTH
        && (begins_lower(text) || text.starts_with([',', ';', '.', ')', ']', '}']))
}

/// Whether a text ends in the middle of a word: there is no full stop, and the last
/// word occurs nowhere else on the page and looks incomplete.
pub(super) fn ends_in_the_middle(text: &str, vocabulary: &Vocabulary) -> bool {
    if text.len() < MIN_LENGTH || ending(text) != Ending::None {
        return false;
    }
    let Some(word) = text.split_whitespace().next_back() else {
        return false;
    };
    if word.ends_with('-') {
        return true;
    }
    let plain = word.chars().all(char::is_lowercase);
    plain && !vocabulary.is_whole(word) && (vocabulary.has_longer(word) || !looks_whole(word))
}

/// Whether a word ends as English words do.
fn looks_whole(word: &str) -> bool {
    const ENDINGS: [&str; 47] = [
        "able", "able", "age", "al", "ally", "an", "ance", "ant", "ar", "ary", "ate", "ce", "ck",
        "ct", "cs", "ed", "ence", "ent", "er", "es", "et", "ful", "fy", "gy", "ible", "ic", "ine",
        "ing", "ion", "ise", "ish", "ism", "ist", "ity", "ive", "ize", "less", "ly", "ment",
        "ness", "or", "ous", "phy", "ry", "ss", "ts", "ure",
    ];
    word.len() > 3 && ENDINGS.iter().any(|ending| word.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_are_seen_and_names_are_none() {
        let text =
            "Large models have achieved remarkable progress in the tasks that we represent here";
        let mut vocabulary = Vocabulary::default();
        vocabulary.learn(text);
        vocabulary
            .learn("Nothing is represented without a representation of the achieved tasks here");
        assert!(!ends_in_the_middle(text, &vocabulary));
        for cut in ["ransformer models", "and so", ", which"] {
            assert!(begins_in_the_middle(&format!("{cut} {text}")));
        }
        for whole in ["eDKM is", "k-means is", "We do"] {
            assert!(!begins_in_the_middle(&format!("{whole} {text}")));
        }
        for cut in ["achie", "remarkabl", "cross-lingual en-", "represe"] {
            let text = format!("{text} {cut}");
            assert!(ends_in_the_middle(&text, &vocabulary), "{cut}");
        }
        for whole in ["achieved", "LLM", "https://a.org/achiev", "achiev."] {
            let text = format!("{text} {whole}");
            assert!(!ends_in_the_middle(&text, &vocabulary), "{whole}");
        }
    }
}
