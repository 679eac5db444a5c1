//! The style of a reference: where its authors, its title and its year are.

use serde_json::{Value, json};

use super::super::address;
use super::super::named::Members;
use super::container;
use super::people::{is_people, people};
use crate::model::{LinkKind, PaperId};
use crate::text::clean_line;

/// A reference in its parts.
#[derive(Debug, Default, PartialEq, Eq)]
struct Parts {
    authors: String,
    title: String,
    year: Option<i16>,
    source: String,
}

/// The values of a reference; `None` where it is in no style that is known.
pub(super) fn members(text: &str) -> Option<Members> {
    let (bare, found) = without_addresses(text);
    let parts = quoted(&bare)
        .or_else(|| year_in_brackets(&bare))
        .or_else(|| year_after_names(&bare))
        .or_else(|| names_and_stops(&bare))
        .or_else(|| commas(&bare))?;
    let title = parts.title.trim().trim_end_matches(['.', ',', ' ']);
    let title = title.trim_matches(['"', '“', '”', '‘', '’']).trim();
    if title.chars().filter(|c| c.is_alphabetic()).count() < 2 {
        return None;
    }
    let (title, note) = without_note(title);
    let mut out: Members = vec![("title".to_owned(), Value::from(title))];
    let mut put = |name: &str, value: Value| out.push((name.to_owned(), value));
    put("authors", people(&parts.authors));
    let has_arxiv = found.ids.iter().any(|id| id.scheme() == "arxiv");
    let source = container::members(&parts.source, note.as_deref(), has_arxiv);
    let year = parts.year.or(source.year);
    year?;
    put("year", Value::from(year));
    for (name, value) in source.members {
        put(name, value);
    }
    let ids: Vec<String> = found.ids.iter().map(ToString::to_string).collect();
    if !ids.is_empty() {
        put("ids", Value::from(ids));
    }
    if let Some(url) = found.url {
        put("links", json!({ url.0.key(): url.1 }));
    }
    Some(out)
}

#[derive(Debug, Default)]
struct Addresses {
    ids: Vec<PaperId>,
    url: Option<(LinkKind, String)>,
}

/// The text without its addresses and identifiers, and those.
fn without_addresses(text: &str) -> (String, Addresses) {
    let mut found = Addresses::default();
    let mut out: Vec<&str> = Vec::new();
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let bare = word
            .trim_matches(['(', ')', '[', ']', '<', '>', ',', ';'])
            .trim_end_matches('.');
        let lower = bare.to_ascii_lowercase();
        let registered = ["doi:", "arxiv:", "pmid:", "pmcid:"]
            .iter()
            .find(|p| lower.starts_with(**p));
        let (scheme, value) = match registered {
            Some(scheme) if lower.len() > scheme.len() => {
                (Some(*scheme), bare[scheme.len()..].to_owned())
            }
            Some(scheme) => {
                let next = words
                    .peek()
                    .map_or("", |next| next.trim_matches(['(', ')', ',', ';', '.']));
                (Some(*scheme), next.to_owned())
            }
            None => (None, String::new()),
        };
        if let Some(scheme) = scheme {
            let id = match scheme {
                "pmcid:" => None,
                _ => PaperId::new(scheme.trim_end_matches(':'), &value),
            };
            if lower.len() == scheme.len() && (id.is_some() || scheme == "pmcid:") {
                words.next();
            }
            if let Some(id) = id {
                if !found.ids.contains(&id) {
                    found.ids.push(id);
                }
                // "[cs.LG]" behind an identifier of arXiv.
                let category = |word: &&&str| word.starts_with('[') && word.contains(']');
                if words.peek().filter(category).is_some() {
                    words.next();
                }
                if scheme == "arxiv:" {
                    out.push("arXiv");
                }
                continue;
            }
            if scheme == "pmcid:" {
                continue;
            }
        }
        if lower.contains("://") || lower.starts_with("www.") || lower.starts_with("doi.org/") {
            if let Some(url) = address::link(bare) {
                if let Some(id) = PaperId::from_url(&url)
                    && !found.ids.contains(&id)
                {
                    found.ids.push(id);
                }
                found.url.get_or_insert((address::kind(&url), url));
            }
            while out.last().is_some_and(|word| {
                let word = word.to_lowercase();
                matches!(
                    word.trim_matches(['[', ']', ':', '.', ',']),
                    "available"
                        | "online"
                        | "retrieved"
                        | "from"
                        | "url"
                        | "at"
                        | "doi"
                        | "accessed"
                )
            }) {
                out.pop();
            }
            // A place of a stop that belonged to the sentence before.
            continue;
        }
        out.push(word);
    }
    (out.join(" "), found)
}

/// `J. Doe and J. Roe, "Gears that turn," J. Gears, vol. 12 …` of IEEE, and
/// `Doe, Jane. "Gears." Journal 12, no. 3 (2024): 45–67.` of Chicago and MLA.
fn quoted(text: &str) -> Option<Parts> {
    let open = text.find(['"', '“'])?;
    let width = text[open..].chars().next()?.len_utf8();
    let inner = &text[open + width..];
    let close = inner
        .char_indices()
        .filter(|(_, c)| matches!(c, '"' | '”'))
        .find(|(at, c)| {
            let next = inner[at + c.len_utf8()..].chars().next();
            next.is_none_or(|next| next == ' ' || matches!(next, ',' | '.' | ';' | '('))
        })?
        .0;
    let authors = text[..open].trim().trim_end_matches([',', '.', ':']);
    let (authors, early) = without_trailing_year(authors);
    if !is_people(authors) {
        return None;
    }
    let after = inner[close..].trim_start_matches(['"', '”', ',', '.', ' ']);
    Some(Parts {
        authors: authors.to_owned(),
        title: inner[..close].to_owned(),
        year: early,
        source: after.to_owned(),
    })
}

/// `Jane Doe 2024`, `Jane Doe (2024)`.
fn without_trailing_year(text: &str) -> (&str, Option<i16>) {
    let bare = text.trim_end_matches([')', '.', ',']);
    let start = bare.len().saturating_sub(4);
    match bare.get(start..).and_then(year_of) {
        Some(year) => (
            bare[..start].trim_end_matches([' ', '(', ',', '.']),
            Some(year),
        ),
        None => (text, None),
    }
}

/// `Doe, J., & Roe, J. (2024, March). Gears that turn. Journal …` of APA.
fn year_in_brackets(text: &str) -> Option<Parts> {
    for (at, _) in text.match_indices('(') {
        let end = at + text[at..].find(')')?;
        let inside = &text[at + 1..end];
        let Some(year) = inside.get(..4).and_then(year_of) else {
            continue;
        };
        let authors = text[..at].trim().trim_end_matches([',', ':']);
        let authors = authors
            .trim_end_matches("(Eds.)")
            .trim_end_matches("(Ed.)")
            .trim();
        let authors = authors.strip_suffix('.').map_or(authors, |bare| {
            // The stop of a last initial stays.
            let initial = bare
                .rsplit([' ', '.', '-'])
                .next()
                .is_some_and(|w| w.chars().count() == 1);
            if initial { authors } else { bare }
        });
        if !is_people(authors) {
            return None;
        }
        let after = text[end + 1..].trim_start_matches(['.', ',', ':', ' ']);
        let (title, source) = sentence(after);
        return Some(Parts {
            authors: authors.to_owned(),
            title: title.to_owned(),
            year: Some(year),
            source: source.to_owned(),
        });
    }
    None
}

/// `Jane Doe and John Roe. 2024. Gears that turn. Journal …` of ACM and ACL.
fn year_after_names(text: &str) -> Option<Parts> {
    let at = text.match_indices(". ").map(|(at, _)| at).find(|at| {
        let rest = &text[at + 2..];
        let year = rest.get(..4).and_then(year_of);
        let letter = rest
            .get(4..)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()));
        let letter = usize::from(letter);
        year.is_some()
            && rest
                .get(4 + letter..)
                .is_some_and(|rest| rest.starts_with(". "))
    })?;
    let authors = &text[..at];
    if !is_people(authors) {
        return None;
    }
    let rest = &text[at + 2..];
    let year = year_of(&rest[..4]);
    let after =
        rest[4..].trim_start_matches(|c: char| c.is_ascii_lowercase() || c == '.' || c == ' ');
    let (title, source) = sentence(after);
    Some(Parts {
        authors: authors.to_owned(),
        title: title.to_owned(),
        year,
        source: source.to_owned(),
    })
}

/// `Doe J, Roe J. Gears that turn. J Gears. 2024;12(3):45-67.` of Vancouver, and
/// `Jane Doe and John Roe. Gears that turn. In Conf., 2024.` of many others.
fn names_and_stops(text: &str) -> Option<Parts> {
    let at = text
        .match_indices(". ")
        .map(|(at, _)| at)
        .take(80)
        .filter(|at| is_people(&text[..*at]) || is_people(&text[..=*at]))
        .last()?;
    let (title, source) = sentence(&text[at + 2..]);
    if source.is_empty() && !text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let initial = text[..at]
        .rsplit([' ', '.', '-'])
        .next()
        .is_some_and(|w| w.chars().count() == 1);
    Some(Parts {
        authors: text[..at + usize::from(initial)].to_owned(),
        title: title.to_owned(),
        year: None,
        source: source.to_owned(),
    })
}

/// `B. Birch, The Book of Wheels, 2nd ed. New York: Wheel House, 2020.`
fn commas(text: &str) -> Option<Parts> {
    let at = text
        .match_indices(", ")
        .map(|(at, _)| at)
        .take(60)
        .filter(|at| is_people(&text[..*at]))
        .last()?;
    // "Machine Learning, Springer" is a title that looks like names.
    let initials = text[..at].contains(". ");
    let (title, source) = text[at + 2..].split_once(", ")?;
    let words = title.split_whitespace().count();
    (initials && words >= 2).then(|| Parts {
        authors: text[..at].to_owned(),
        title: title.to_owned(),
        year: None,
        source: source.to_owned(),
    })
}

/// The first sentence of a text and the rest. Stops in brackets and of initials and
/// numbers end nothing.
fn sentence(text: &str) -> (&str, &str) {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '.' | '?' | '!' if depth == 0 => {
                let rest = &text[at + 1..];
                let ends = rest.is_empty() || rest.starts_with(' ');
                let word = text[..at].rsplit(' ').next().unwrap_or_default();
                let short = c == '.'
                    && (word.chars().count() == 1
                        || matches!(
                            word,
                            "vs" | "St" | "al" | "cf" | "e.g" | "i.e" | "No" | "vol"
                        ));
                let goes_on = rest.trim_start().starts_with(char::is_lowercase);
                if ends && !short && !(goes_on && c != '.') {
                    let title = if c == '.' { &text[..at] } else { &text[..=at] };
                    return (title, rest.trim_start());
                }
            }
            _ => {}
        }
    }
    (text, "")
}

/// A title without the kind of work in brackets behind it, and that.
fn without_note(title: &str) -> (String, Option<String>) {
    for (open, close) in [('[', ']'), ('(', ')')] {
        if let Some(inner) = title.strip_suffix(close)
            && let Some(at) = inner.rfind(open)
        {
            let inside = inner[at + 1..].to_lowercase();
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
            ];
            if known.iter().any(|word| inside.contains(word)) {
                return (clean_line(&inner[..at]), Some(inside));
            }
        }
    }
    (clean_line(title), None)
}

fn year_of(word: &str) -> Option<i16> {
    let is_year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    (is_year && word.bytes().all(|b| b.is_ascii_digit()))
        .then(|| word.parse().ok())
        .flatten()
}
