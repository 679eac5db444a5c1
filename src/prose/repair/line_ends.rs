//! The rule for hyphens that a converter of PDF wrote as a mark.

use super::{Edit, Rule, Source, last_word};

/// The mark that a converter of PDF wrote for a hyphen at a line's end.
pub(super) const CID_HYPHENS: Rule = Rule {
    name: "cid-hyphens",
    what: "`informa(cid:173) tion` becomes one word again, `low(cid:173) level` a compound with its hyphen.",
    condition: "The mark for character 173, the soft hyphen, which is never written by hand; the hyphen stays between words that are usually written with one.",
    example: ("informa(cid:173) tion", "information"),
    find: cid_hyphens,
};

fn cid_hyphens(source: &Source<'_>) -> Vec<Edit> {
    const MARK: &str = "(cid:173)";
    source
        .occurrences(MARK)
        .map(|at| {
            let rest = &source.text[at + MARK.len()..];
            let spaces = rest.len() - rest.trim_start_matches(' ').len();
            let within_word = source.before(at).is_some_and(char::is_alphabetic)
                && rest[spaces..].starts_with(|c: char| c.is_lowercase());
            let is_hyphen = within_word && is_compound(&source.text[..at], &rest[spaces..]);
            Edit {
                range: at..at + MARK.len() + if within_word { spaces } else { 0 },
                text: if is_hyphen { "-" } else { "" }.to_owned(),
            }
        })
        .collect()
}

/// Whether the parts of a word are words that are written with a hyphen, so
/// that it stood there before the line ended: "low-level", "model-based".
fn is_compound(before: &str, after: &str) -> bool {
    let head = last_word(before).to_ascii_lowercase();
    let end = after
        .find(|c: char| !c.is_ascii_lowercase())
        .unwrap_or(after.len());
    let tail = &after[..end];
    let is_ending = [
        "ing", "ed", "er", "est", "en", "ly", "ness", "ment", "iz", "is", "ist", "ish",
    ]
    .iter()
    .any(|ending| tail.starts_with(ending));
    let opens = matches!(
        head.as_str(),
        "two"
            | "three"
            | "four"
            | "five"
            | "first"
            | "second"
            | "higher"
            | "lower"
            | "real"
            | "well"
            | "low"
            | "high"
            | "large"
            | "long"
            | "short"
            | "nearest"
            | "worst"
            | "discrete"
            | "continuous"
            | "state"
            | "sample"
            | "event"
            | "speaker"
            | "vector"
            | "model"
            | "input"
            | "noise"
            | "cost"
            | "domain"
            | "context"
            | "error"
            | "random"
            | "history"
            | "integrate"
            | "maximum"
            | "expectation"
            | "self"
            | "single"
            | "time"
    );
    let closes = matches!(
        tail,
        "based"
            | "dimensional"
            | "driven"
            | "valued"
            | "specific"
            | "dependent"
            | "independent"
            | "invariant"
            | "sensitive"
            | "selective"
            | "theoretic"
            | "likelihood"
            | "neighbour"
            | "neighbours"
            | "neighbor"
            | "neighbors"
            | "organizing"
            | "centered"
            | "known"
            | "validation"
    );
    let is_prefix = head.len() < 3
        || matches!(
            head.as_str(),
            "multi" | "uni" | "non" | "micro" | "macro" | "inter" | "intra" | "hyper" | "super"
        );
    (opens && tail.len() >= 4 && !is_ending) || (closes && !is_prefix)
}
