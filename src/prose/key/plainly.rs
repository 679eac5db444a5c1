//! Boilerplate: what a key sentence begins with in most abstracts and needs on no card:
//! "In this paper, we propose …". It is cut down to the verb, where what is left is
//! still a sentence; "We propose …" stays where it would not be.

use crate::text::bare;

/// What a paper calls itself.
const SELVES: &[&str] = &[
    "paper",
    "work",
    "study",
    "article",
    "survey",
    "report",
    "letter",
    "thesis",
    "chapter",
    "review",
    "manuscript",
    "tutorial",
    "essay",
    "overview",
    "dissertation",
    "note",
    "primer",
    "research",
    "contribution",
    "monograph",
    "investigation",
    "project",
    "preprint",
];

/// Words that tie a sentence to the one before it, which is not there.
const TIES: &[&str] = &[
    "to this end",
    "to that end",
    "towards this end",
    "toward this end",
    "to do so",
    "here",
    "herein",
    "therefore",
    "thus",
    "hence",
    "consequently",
    "accordingly",
    "specifically",
    "more specifically",
    "in particular",
    "furthermore",
    "moreover",
    "additionally",
    "in addition",
    "finally",
    "first",
    "firstly",
    "second",
    "secondly",
    "third",
    "lastly",
    "instead",
    "in response",
    "as a remedy",
    "as a solution",
    "in contrast",
    "in this context",
    "in this regard",
    "for this purpose",
    "for this reason",
    "to achieve this",
    "to achieve this goal",
    "based on this",
    "inspired by this",
    "motivated by this",
    "however",
    "in summary",
    "in short",
    "in light of this",
    "with this in mind",
    "as a result",
    "also",
    "besides",
    "next",
    "then",
    "subsequently",
    "notably",
    "in this direction",
    "in this spirit",
    "in the present",
    "building on this",
    "to remedy this",
    "nevertheless",
];

/// What is said to be done about what the sentence before has named.
const REMEDIES: &[&str] = &[
    "address",
    "addressing",
    "tackle",
    "tackling",
    "overcome",
    "overcoming",
    "solve",
    "solving",
    "fill",
    "bridge",
    "mitigate",
    "alleviate",
    "resolve",
    "remedy",
    "handle",
    "meet",
    "close",
    "answer",
    "combat",
    "counter",
    "circumvent",
    "remove",
    "avoid",
    "fix",
    "face",
    "cope",
    "deal",
    "ease",
    "explore",
    "investigate",
    "study",
    "facilitate",
    "achieve",
    "reduce",
];

/// Verbs by which authors say what they do, in their first form.
const VERBS: &[&str] = &[
    "propose",
    "introduce",
    "present",
    "develop",
    "devise",
    "unveil",
    "contribute",
    "design",
    "construct",
    "formulate",
    "reformulate",
    "rethink",
    "initiate",
    "study",
    "investigate",
    "explore",
    "examine",
    "revisit",
    "survey",
    "review",
    "describe",
    "report",
    "analyze",
    "analyse",
    "benchmark",
    "address",
    "tackle",
    "provide",
    "conduct",
    "offer",
    "create",
    "curate",
    "build",
    "prove",
    "establish",
    "advocate",
    "argue",
    "release",
    "outline",
    "collect",
    "characterize",
    "characterise",
    "compare",
    "show",
    "demonstrate",
    "evaluate",
    "focus",
    "derive",
    "extend",
    "consider",
    "discuss",
    "implement",
    "generalize",
    "generalise",
    "adapt",
    "cover",
    "summarize",
    "summarise",
    "validate",
    "assess",
    "hypothesize",
    "suggest",
    "highlight",
    "identify",
    "combine",
    "enable",
    "answer",
    "solve",
    "optimize",
    "optimise",
    "reveal",
    "observe",
    "use",
    "utilize",
    "leverage",
    "employ",
    "apply",
    "train",
    "find",
    "perform",
    "achieve",
    "test",
    "obtain",
    "give",
    "define",
    "model",
    "estimate",
    "improve",
    "aim",
    "seek",
    "attempt",
    "ask",
    "apply",
    "quantify",
    "measure",
    "propound",
    "put",
    "bring",
    "make",
    "take",
    "look",
    "deal",
    "treat",
    "discover",
    "learn",
    "predict",
    "simulate",
    "compute",
    "determine",
    "detail",
    "exploit",
    "integrate",
    "incorporate",
    "unify",
    "tailor",
    "simplify",
    "accelerate",
    "reduce",
    "increase",
    "enhance",
    "augment",
    "generate",
    "select",
    "employ",
    "run",
    "carry",
    "recast",
    "cast",
    "pose",
    "frame",
    "bound",
    "settle",
    "close",
    "complete",
    "strengthen",
    "clarify",
    "elucidate",
    "explain",
    "illustrate",
    "document",
    "share",
    "open-source",
    "pioneer",
    "propagate",
    "minimize",
    "maximize",
    "modify",
    "replace",
    "rely",
    "start",
    "begin",
    "search",
    "map",
    "construct",
    "classify",
    "detect",
    "recover",
    "characterise",
    "formalize",
    "formalise",
    "synthesize",
    "verify",
    "confirm",
    "note",
    "then",
    "experiment",
    "draw",
    "undertake",
    "trace",
    "track",
    "document",
    "resolve",
    "reconstruct",
    "interpret",
    "systematize",
    "distill",
    "scale",
    "speed",
    "equip",
    "let",
];

/// Words that may stand before the verb and are cut with the subject.
const ADVERBS: &[&str] = &[
    "first",
    "then",
    "thus",
    "also",
    "therefore",
    "further",
    "hence",
    "here",
    "now",
    "instead",
];

/// The sentence as it can stand alone: the length of what is cut from its beginning, and
/// what is put there.
pub(super) fn cut(sentence: &str) -> Option<(usize, String)> {
    let mut at = 0;
    while let Some(length) = lead_in(&sentence[at..]) {
        at += length;
    }
    let rest = &sentence[at..];
    if let Some((length, verb)) = subject(rest) {
        return Some((at + length, verb));
    }
    if at == 0 {
        return None;
    }
    let first = rest.chars().next()?;
    Some((at + first.len_utf8(), first.to_uppercase().collect()))
}

/// The length of an opening that says no more than that something comes, with the space
/// behind it.
fn lead_in(text: &str) -> Option<usize> {
    let comma = text.find(", ");
    if let Some(comma) = comma.filter(|comma| *comma < 60) {
        let opening = text[..comma].to_ascii_lowercase();
        if is_empty_opening(&opening) {
            return Some(comma + 2);
        }
        if opening.bytes().any(|byte| byte == b',') {
            return None;
        }
    }
    // "In this paper we propose", "Here we show"
    let lower = text.get(..text.len().min(80)).map_or_else(
        || {
            text.chars()
                .take(40)
                .collect::<String>()
                .to_ascii_lowercase()
        },
        str::to_ascii_lowercase,
    );
    for subject in [" we ", " the authors "] {
        if let Some(place) = lower.find(subject)
            && place < 50
            && is_empty_opening(&lower[..place])
        {
            return Some(place + 1);
        }
    }
    None
}

/// Whether an opening, in lower case and without its comma, says nothing of its own.
fn is_empty_opening(opening: &str) -> bool {
    if TIES.contains(&opening) {
        return true;
    }
    let words: Vec<&str> = opening.split_whitespace().map(bare).collect();
    match words.as_slice() {
        // "in this short paper", "within the present work"
        [
            "in" | "within" | "with" | "throughout" | "through",
            "this" | "our" | "the",
            middle @ ..,
            last,
        ] => {
            SELVES.contains(last)
                && middle.len() <= 2
                && (words[1] != "the" || matches!(middle.first(), Some(&("present" | "current"))))
        }
        // "to address this gap", "to tackle these challenges"
        ["to" | "for" | "in", verb, rest @ ..]
            if REMEDIES.contains(verb) || (*verb == "order" && rest.len() > 2) =>
        {
            let rest = match rest {
                ["to", verb, rest @ ..]
                    if *words.get(1).unwrap_or(&"") == "order" && REMEDIES.contains(verb) =>
                {
                    rest
                }
                ["with", rest @ ..] => rest,
                rest => rest,
            };
            let points_back = matches!(
                rest.first(),
                Some(&("this" | "these" | "that" | "those" | "such" | "it" | "them" | "both"))
            );
            let says_little = match rest {
                [
                    "the",
                    "above" | "aforementioned" | "gap" | "issue" | "problem" | "challenge",
                    ..,
                ] => true,
                _ => points_back,
            };
            says_little && rest.len() <= 5 && !rest.contains(&"of") && !rest.contains(&"in")
        }
        [
            "addressing" | "motivated" | "inspired" | "given" | "considering" | "building",
            rest @ ..,
        ] => {
            let rest = match rest {
                ["by" | "on", rest @ ..] => rest,
                rest => rest,
            };
            matches!(rest.first(), Some(&("this" | "these" | "that" | "such"))) && rest.len() <= 3
        }
        _ => false,
    }
}

/// The length of a subject and its verb, and the verb as it stands at the beginning.
fn subject(text: &str) -> Option<(usize, String)> {
    let words: Vec<(usize, &str)> = words_at(text).take(8).collect();
    let lower: Vec<String> = words
        .iter()
        .map(|(_, word)| word.to_ascii_lowercase())
        .collect();
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
    let behind = match lower.as_slice() {
        ["we" | "authors", ..] => 1,
        ["the", "authors", ..] => 2,
        ["this" | "our" | "the", rest @ ..] => {
            let place = rest.iter().take(3).position(|word| SELVES.contains(word))?;
            // "The paper" opens a card as well; "the survey data" do not.
            let inner = &rest[..place];
            if lower[0] == "the" && !matches!(inner, [] | ["present" | "current" | "following"]) {
                return None;
            }
            place + 2
        }
        _ => return None,
    };
    let is_we = matches!(lower[0], "we" | "authors") || lower.get(1) == Some(&"authors");
    let mut at = behind;
    while at < lower.len() && at < behind + 2 {
        let word = lower[at];
        if ADVERBS.contains(&word)
            || (word.ends_with("ly") && word.len() > 4 && word != "apply" && word != "rely")
        {
            at += 1;
        } else {
            break;
        }
    }
    let (place, verb) = *words.get(at)?;
    let end = place + verb.len();
    let rest = &text[end..];
    // A word that goes on, or a list of subjects, is no verb.
    if !rest.starts_with([' ', ':', ',']) || rest.len() < 12 {
        return None;
    }
    let verb = verb.to_ascii_lowercase();
    if is_we {
        if !VERBS.contains(&verb.as_str()) || speaks_on(rest) {
            return None;
        }
        return Some((end, capital(&third_person(&verb))));
    }
    let first_form = VERBS.iter().any(|known| third_person(known) == verb);
    (first_form && !speaks_of_authors(rest)).then(|| (end, capital(&verb)))
}

/// Whether the authors go on to speak of themselves, or go on with a further verb in
/// the first person, which would not fit to one in the third.
fn speaks_on(rest: &str) -> bool {
    if speaks_of_authors(rest) {
        return true;
    }
    let lower = rest.to_ascii_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    words.iter().enumerate().any(|(n, word)| {
        let joins = matches!(*word, "and" | "then" | "but" | "or" | "as");
        if !(joins || word.ends_with(',') && n > 0) {
            return false;
        }
        words[n + 1..]
            .iter()
            .map(|next| bare(next))
            .find(|next| !(ADVERBS.contains(next) || next.ends_with("ly") || *next == "and"))
            .is_some_and(|next| VERBS.contains(&next))
    })
}

fn speaks_of_authors(rest: &str) -> bool {
    rest.split_whitespace().map(bare).any(|word| {
        matches!(
            word,
            "we" | "We" | "our" | "Our" | "us" | "ours" | "ourselves"
        )
    })
}

/// A verb as it goes with "it".
fn third_person(verb: &str) -> String {
    match verb.as_bytes() {
        [.., before, b'y'] if !b"aeiou".contains(before) => {
            format!("{}ies", &verb[..verb.len() - 1])
        }
        [.., b's' | b'x' | b'z'] | [.., b'c' | b's', b'h'] => format!("{verb}es"),
        _ => format!("{verb}s"),
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// Words with their places; signs at their ends are left out.
fn words_at(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(' ')
        .scan(0, |at, word| {
            let place = *at;
            *at += word.len() + 1;
            Some((place, word.trim_end_matches([',', ':'])))
        })
        .filter(|(_, word)| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::cut;

    fn cleaned(sentence: &str) -> String {
        match cut(sentence) {
            Some((length, begin)) => format!("{begin}{}", &sentence[length..]),
            None => sentence.to_owned(),
        }
    }

    #[test]
    fn an_announcement_is_cut_to_its_verb() {
        for (from, to) in [
            (
                "In this paper, we propose a method for pruning trees.",
                "Proposes a method for pruning trees.",
            ),
            (
                "In this work we study how bees find their way home.",
                "Studies how bees find their way home.",
            ),
            (
                "This paper presents a survey of bees and compares their dances.",
                "Presents a survey of bees and compares their dances.",
            ),
            (
                "To address this, we introduce Hive, a model of honey.",
                "Introduces Hive, a model of honey.",
            ),
            (
                "To tackle these challenges, this work proposes a hive of experts.",
                "Proposes a hive of experts.",
            ),
            (
                "Here we show that bees can count to four in the dark.",
                "Shows that bees can count to four in the dark.",
            ),
            (
                "To this end, Hive stores honey in cells of equal size.",
                "Hive stores honey in cells of equal size.",
            ),
        ] {
            assert_eq!(cleaned(from), to);
        }
    }

    #[test]
    fn what_would_not_be_a_sentence_keeps_its_subject() {
        for (from, to) in [
            (
                "In this paper, we propose a hive and show that it holds honey.",
                "We propose a hive and show that it holds honey.",
            ),
            (
                "In this paper, we present Hive, our new model of honey.",
                "We present Hive, our new model of honey.",
            ),
            (
                "To address the cost of honey in winter, we propose sugar.",
                "To address the cost of honey in winter, we propose sugar.",
            ),
            ("Bees are important.", "Bees are important."),
            (
                "We were surprised by the number of bees in this hive.",
                "We were surprised by the number of bees in this hive.",
            ),
            (
                "The survey data show that bees prefer clover to heather.",
                "The survey data show that bees prefer clover to heather.",
            ),
        ] {
            assert_eq!(cleaned(from), to);
        }
    }

    #[test]
    fn any_text_is_taken() {
        for odd in [
            "",
            "In this paper, ",
            "We",
            "In this paper, é",
            "We propose ",
            "、我们提出",
            "In this paper, we ",
        ] {
            let _ = cleaned(odd);
        }
    }
}
