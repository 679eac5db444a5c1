//! Shapes: whether a paragraph looks like a title or like prose, judging by its
//! length, punctuation, capitals and function words, without a list of phrases.

use crate::text::sentences;

/// What a paragraph looks like regardless of context.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::ingest) enum Shape {
    /// A title or another heading.
    Title,
    /// Either; the context decides.
    Doubt,
    /// Running text.
    Prose,
}

/// The lowest score of prose.
const PROSE: i32 = 3;
/// The highest score of a title.
const TITLE: i32 = -2;

/// The shape of a paragraph.
pub(in crate::ingest) fn shape(text: &str) -> Shape {
    match score(text) {
        PROSE.. => Shape::Prose,
        ..=TITLE => Shape::Title,
        _ => Shape::Doubt,
    }
}

/// How much a text looks like prose. Negative scores look like a title.
pub(super) fn score(text: &str) -> i32 {
    let length = width(text);
    if length > LONG {
        return 20;
    }
    let mut score = match length {
        0..40 => -3,
        40..90 => -2,
        90..130 => -1,
        130..180 => 1,
        180..230 => 3,
        230..320 => 5,
        _ => 9,
    };
    let sentences = sentences(text).len();
    let more = i32::try_from(sentences.min(4)).map_or(0, |n| n - 1).max(0);
    let ending = ending(text);
    score += match ending {
        // "Are we done? A study of benchmarks" is a title with two sentences.
        Ending::None | Ending::Question if more == 1 => 1,
        _ => 4 * more,
    };
    score += match ending {
        Ending::Stop => 4,
        Ending::Open => 2,
        Ending::Question => -1,
        Ending::Address => 2,
        Ending::None => -2,
    };
    // A title that asks a question contains verbs, which prove nothing.
    let telling = match ending {
        Ending::None | Ending::Question => text.rfind(['?', '？']).map_or(text, |at| &text[at..]),
        _ => text,
    };
    let told = Words::of(telling);
    let words = Words {
        verbs: told.verbs,
        we: told.we,
        ..Words::of(text)
    };
    score += 2 * words.verbs.min(3) + 3 * words.we.min(2);
    if words.lower_start {
        score += 3;
    }
    if words.long >= 3 {
        // In title case nearly every long word is capitalised; in prose few are.
        match words.capital * 10 / words.long {
            8.. => score -= 4,
            6..8 => score -= 2,
            // A short title may have none and still be one.
            0..3 if length >= 50 => score += 1,
            _ => {}
        }
    }
    score
}

/// The longest text that may be a title.
const LONG: usize = 420;

/// The length of a text in Latin letters, with a Chinese character counting as two
/// and a half. Stops counting just above [`LONG`].
pub(super) fn width(text: &str) -> usize {
    let mut tenths = 0;
    for c in text.chars() {
        tenths += if is_wide(c) { 25 } else { 10 };
        if tenths > LONG * 10 + 10 {
            break;
        }
    }
    tenths / 10
}

fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FF60}')
}

/// How a text ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// With a full stop.
    Stop,
    /// With a question mark or an exclamation mark.
    Question,
    /// With a colon, a comma or an ellipsis: something was to follow.
    Open,
    /// With a URL.
    Address,
    /// With a word.
    None,
}

/// How a text ends, ignoring brackets and quotation marks.
pub(super) fn ending(text: &str) -> Ending {
    let text = text.trim_end();
    let last = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    if last.contains("://") || last.starts_with("www.") {
        return Ending::Address;
    }
    let bare = text.trim_end_matches(['"', '\'', ')', ']', '}', '”', '’', '»', '*', '$']);
    let bare = if bare.is_empty() { text } else { bare };
    if bare.ends_with("...") || bare.ends_with('…') {
        return Ending::Open;
    }
    match bare.chars().next_back() {
        Some('.' | '。' | '．' | '।') => Ending::Stop,
        Some('?' | '!' | '？' | '！') => Ending::Question,
        Some(':' | ',' | ';' | '：' | '，' | '、' | '；') => Ending::Open,
        _ => Ending::None,
    }
}

/// Statistics about the words of a text.
struct Words {
    /// Words of more than three letters.
    long: usize,
    /// Those that are capitalised.
    capital: usize,
    /// Finite verbs, pronouns and relatives, which are rare in titles.
    verbs: i32,
    /// "we", "our".
    we: i32,
    /// Whether it starts with a plain lower-case word, as the rest of a sentence
    /// does.
    lower_start: bool,
}

impl Words {
    fn of(text: &str) -> Self {
        let mut words = Self {
            long: 0,
            capital: 0,
            verbs: 0,
            we: 0,
            lower_start: begins_lower(text),
        };
        for word in text.split(|c: char| !c.is_alphanumeric() && c != '\'') {
            let Some(first) = word.chars().next().filter(|c| c.is_alphabetic()) else {
                continue;
            };
            if word.len() > 3 {
                words.long += 1;
                words.capital += usize::from(word.chars().any(char::is_uppercase));
            }
            if first.is_lowercase() || word.len() <= 4 {
                match word.to_ascii_lowercase().as_str() {
                    "we" | "our" => words.we += 1,
                    "is" | "are" | "was" | "were" | "has" | "have" | "had" | "been" | "be"
                    | "this" | "these" | "it" | "they" | "which" | "that" | "however" | "such"
                    | "propose" | "present" | "show" | "introduce" | "study" | "demonstrate"
                    | "achieves" | "shows" | "presents" | "proposes" | "introduces" | "can"
                    | "will" | "its" | "their" | "also" | "often" | "available" => words.verbs += 1,
                    _ => {}
                }
            }
        }
        words
    }
}

/// Whether a text starts with a plain lower-case word, as the rest of a sentence
/// does. Names such as "eDKM" or "k-means" do not count.
pub(super) fn begins_lower(text: &str) -> bool {
    let word = text.split_whitespace().next().unwrap_or_default();
    let word = word.trim_end_matches([',', '.', ';', ':', ')', '”', '"', '-']);
    let first = word.split(['-', '‐', '/']).next().unwrap_or_default();
    let single = first.chars().nth(1).is_none();
    first.starts_with(char::is_lowercase)
        && !(single && first.len() < word.len())
        && word
            .chars()
            .all(|c| c.is_lowercase() || "-‐/'’".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_prose_are_told_apart_without_their_surroundings() {
        for (text, want) in [
            (
                "StdGEN: Semantic-Decomposed 3D Character Generation",
                Shape::Title,
            ),
            ("benefits of depth in neural networks", Shape::Title),
            ("Gates", Shape::Title),
            (
                "Are we done with object recognition? The case of robots",
                Shape::Title,
            ),
            ("Attention Is All You Need", Shape::Title),
            (
                "Can open models be used for documentation in Germany? -- An evaluation on doctors' notes",
                Shape::Title,
            ),
            ("Some variations on variation independence.", Shape::Doubt),
            ("We make three contributions.", Shape::Prose),
            (
                "Code is available at https://github.com/jane/code",
                Shape::Prose,
            ),
            ("The method works well. It is also fast.", Shape::Prose),
            (
                "この論文では新しい手法を提案する。実験により有効性を示した。",
                Shape::Prose,
            ),
        ] {
            assert_eq!(shape(text), want, "{text}: {}", score(text));
        }
        let long_title = "A Comprehensive Study of Everything ".repeat(8);
        assert_eq!(
            shape(long_title.trim()),
            Shape::Doubt,
            "{}",
            score(&long_title)
        );
        assert_eq!(shape(&"word ".repeat(200)), Shape::Prose);
    }

    #[test]
    fn only_plain_words_in_lower_case_begin_in_the_middle() {
        assert!(
            begins_lower("ransformer models are")
                && begins_lower("and, also")
                && begins_lower("multi-object")
        );
        for text in ["eDKM: a method", "k-means is", "We do", "3D", "", "(and"] {
            assert!(!begins_lower(text), "{text}");
        }
    }
}
