//! Titles in references, and what styles print directly after them: an edition, a
//! kind of work in brackets, a publisher with its year.

use super::year_of;
use crate::text::clean_line;

/// Nature's "The Book of Moss (Lakeside Univ. Press, 2015)": a title with publisher
/// and year in brackets, and nothing after it.
pub(super) fn without_imprint<'a>(title: &'a str, source: &str) -> (&'a str, Option<&'a str>) {
    if source.is_empty()
        && let Some(inner) = title.strip_suffix(')')
        && let Some(at) = inner.rfind('(')
        && let inside = &inner[at + 1..]
        && let Some(start) = inside.len().checked_sub(4)
        && inside.get(start..).and_then(year_of).is_some()
    {
        return (title[..at].trim(), Some(inside));
    }
    (title, None)
}

/// A title without ", 2nd edn" after it, and whether it had that.
pub(super) fn without_edition(title: &str) -> (String, bool) {
    let bare = title.trim_end_matches(['.', ' ', ')']);
    let words: Vec<&str> = bare.split(' ').collect();
    if let [.., nth, edition] = words[..] {
        let nth_bare = nth.trim_start_matches('(').to_lowercase();
        let is_number = nth_bare.starts_with(|c: char| c.is_ascii_digit())
            && ["st", "nd", "rd", "th"]
                .iter()
                .any(|end| nth_bare.ends_with(end))
            || nth_bare == "revised"
            || nth_bare == "rev.";
        let is_edition = matches!(
            edition.to_lowercase().trim_end_matches('.'),
            "ed" | "edn" | "edition"
        );
        if is_number && is_edition && words.len() > 2 {
            let end = bare.len() - nth.len() - edition.len() - 1;
            return (
                bare[..end].trim_end_matches([',', ' ', '.']).to_owned(),
                true,
            );
        }
    }
    (title.to_owned(), false)
}

/// The edition named in a text: "2nd" in "2nd ed.", "Second" in "Second edition".
pub(super) fn edition(text: &str) -> Option<String> {
    const NAMES: [&str; 9] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "revised", "rev.",
    ];
    let words: Vec<&str> = text.split(' ').collect();
    let bare = |word: &str| {
        word.trim_matches(['(', ')', '[', ']', ',', ';', ':'])
            .to_owned()
    };
    let is_nth = |word: &str| {
        let lower = word.to_lowercase();
        let digits = lower.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let is_number = digits.len() < lower.len() && digits.bytes().all(|b| b.is_ascii_digit());
        !digits.is_empty() && is_number || NAMES.contains(&lower.as_str())
    };
    words.windows(2).find_map(|pair| {
        let (nth, word) = (bare(pair[0]), bare(pair[1]).to_lowercase());
        let says = matches!(word.trim_end_matches('.'), "ed" | "edn" | "edition");
        (says && is_nth(&nth)).then_some(nth)
    })
}

/// Markers of the Chinese standard GB/T 7714 after a title: "[J]", "[EB/OL]".
fn standard_mark(inside: &str) -> Option<Option<&'static str>> {
    Some(match inside.strip_suffix("/OL").unwrap_or(inside) {
        "J" | "N" | "P" => None,
        "M" => Some("edition"),
        "C" => Some("conference"),
        "D" => Some("dissertation"),
        "R" => Some("report"),
        "EB" | "OL" => Some("internet"),
        _ => return None,
    })
}

/// A title without the bracketed kind of work after it, and that kind.
pub(super) fn without_note(title: &str) -> (String, Option<String>) {
    for (open, close) in [('[', ']'), ('(', ')')] {
        if let Some(inner) = title.strip_suffix(close)
            && let Some(at) = inner.rfind(open)
        {
            let inside = inner[at + 1..].to_owned();
            if let Some(note) = standard_mark(&inside).filter(|_| open == '[') {
                return (clean_line(&inner[..at]), note.map(str::to_owned));
            }
            let lower = inside.to_lowercase();
            let known = [
                "preprint",
                "dissertation",
                "thesis",
                "data set",
                "dataset",
                "computer software",
                "paper presentation",
                "conference",
                "ed.",
                "edition",
                "internet",
                "online",
                "vol.",
                "report",
                "working paper",
                "web page",
                "webpage",
            ];
            if known.iter().any(|word| lower.contains(word)) {
                return (clean_line(&inner[..at]), Some(inside));
            }
        }
    }
    (clean_line(title), None)
}
