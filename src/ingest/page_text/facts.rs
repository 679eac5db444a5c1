//! Facts that a page gives about a paper besides its text: votes, comments,
//! submitter, publication date, number of authors.

use crate::ingest::day::Day;
use crate::ingest::value::count;

/// Something that pages count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) enum Counter {
    /// Votes, likes, points.
    Upvotes,
    /// Comments.
    Comments,
    /// Stars of a repository.
    Stars,
    /// Citations.
    Citations,
    /// Authors, pages, minutes: not a measure of success.
    Other,
}

impl Counter {
    /// The key in a record's metrics.
    pub(in crate::ingest) fn key(self) -> Option<&'static str> {
        match self {
            Self::Upvotes => Some("upvotes"),
            Self::Comments => Some("comments"),
            Self::Stars => Some("stars"),
            Self::Citations => Some("citations"),
            Self::Other => None,
        }
    }
}

/// One fact.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::ingest) enum Fact {
    /// A number, and what it counts if that is said.
    Count(Option<Counter>, u64),
    /// A counter whose number is on the next line.
    Counter(Counter),
    /// The submitter; `None` if the name is on the next line.
    Submitter(Option<String>),
    /// The publication date.
    Published(Day),
    /// Other text among facts, such as an institution.
    Other(String),
}

/// The longest line of facts, in bytes.
const MAX_LENGTH: usize = 300;

/// The facts on a line that contains nothing else. If the line is divided by dots,
/// one fact among short texts is enough.
pub(in crate::ingest) fn facts(text: &str) -> Option<Vec<Fact>> {
    if text.len() > MAX_LENGTH {
        return None;
    }
    let parts: Vec<&str> = text
        .split(['·', '•', '∙', '⋅', '|'])
        .map(str::trim)
        .filter(|part| part.contains(char::is_alphanumeric) || counter_sign(part).is_some())
        .collect();
    let found: Vec<Option<Fact>> = parts.iter().map(|part| fact(part)).collect();
    let sure = found.iter().filter(|fact| fact.is_some()).count();
    let short = parts.iter().all(|part| part.split(' ').count() <= 6);
    if sure == 0 || (sure < parts.len() && !short) {
        return None;
    }
    let facts = found.into_iter().zip(parts);
    Some(
        facts
            .map(|(fact, part)| fact.unwrap_or_else(|| Fact::Other(part.to_owned())))
            .collect(),
    )
}

fn fact(text: &str) -> Option<Fact> {
    submitter(text)
        .or_else(|| published(text))
        .or_else(|| counted(text))
}

fn counter_sign(text: &str) -> Option<Counter> {
    match text.trim_end_matches('\u{FE0F}') {
        "▲" | "△" | "⬆" | "↑" | "👍" | "❤" | "♥" | "🔥" | "🤗" => {
            Some(Counter::Upvotes)
        }
        "💬" | "🗨" => Some(Counter::Comments),
        "⭐" | "★" | "☆" | "🌟" => Some(Counter::Stars),
        _ => None,
    }
}

fn counter_word(word: &str) -> Option<Counter> {
    match word.to_ascii_lowercase().as_str() {
        "upvote" | "upvotes" | "vote" | "votes" | "like" | "likes" | "point" | "points" => {
            Some(Counter::Upvotes)
        }
        "comment" | "comments" | "reply" | "replies" => Some(Counter::Comments),
        "star" | "stars" | "github" => Some(Counter::Stars),
        "citation" | "citations" | "cited" => Some(Counter::Citations),
        "author" | "authors" | "pages" | "views" | "downloads" | "min" | "minutes" | "figures"
        | "tables" | "more" => Some(Counter::Other),
        _ => None,
    }
}

/// "35", "▲ 35", "35 upvotes", "Cited by 12", "5 min read", "+3", or the name of a
/// counter alone.
fn counted(text: &str) -> Option<Fact> {
    let mut number = None;
    let mut counter = None;
    for word in text.split_whitespace().take(6) {
        let bare = word.trim_matches(['(', ')', ',', ':', '.']);
        let added = bare.strip_prefix('+');
        if let Some(n) = count(added.unwrap_or(bare)) {
            if number.replace(n).is_some() {
                return None;
            }
            if added.is_some() {
                counter = Some(Counter::Other);
            }
        } else if let Some(c) = counter_sign(bare).or_else(|| counter_word(bare)) {
            counter = counter.or(Some(c));
        } else if let Some((c, n)) = sign_and_number(bare) {
            counter = Some(c);
            number = Some(n);
        } else if !(counter.is_some() && matches!(bare, "by" | "read" | "and" | "")) {
            return None;
        }
    }
    let words = text.split_whitespace().count();
    match (number, counter) {
        (Some(n), counter) if words <= 6 => Some(Fact::Count(counter, n)),
        (None, Some(counter)) if words == 1 && counter != Counter::Other => {
            Some(Fact::Counter(counter))
        }
        _ => None,
    }
}

/// "▲35".
fn sign_and_number(word: &str) -> Option<(Counter, u64)> {
    let at = word.find(|c: char| c.is_ascii_digit())?;
    Some((counter_sign(&word[..at])?, count(&word[at..])?))
}

/// "Submitted by X", also with the name run together with it, as happens when
/// copying.
fn submitter(text: &str) -> Option<Fact> {
    const VERBS: [&str; 6] = [
        "submitted",
        "shared",
        "posted",
        "suggested",
        "contributed",
        "added",
    ];
    let (verb, rest) = text.split_once(' ')?;
    if !VERBS.contains(&verb.to_ascii_lowercase().as_str()) {
        return None;
    }
    let rest = rest.trim_start();
    let name = rest
        .get(..2)
        .filter(|by| by.eq_ignore_ascii_case("by"))
        .map(|_| &rest[2..])?;
    let name = name.trim_start_matches([':', ' ']);
    let name = match name.split_once(" on ") {
        Some((name, day)) if Day::parse(day).is_some() => name,
        _ => name,
    };
    let short = name.split_whitespace().count() <= 5;
    short.then(|| Fact::Submitter((!name.is_empty()).then(|| name.trim().to_owned())))
}

/// "Published on Mar 13", "Submitted 13 March, 2025; originally announced …".
fn published(text: &str) -> Option<Fact> {
    const VERBS: [&str; 6] = [
        "published",
        "submitted",
        "posted",
        "announced",
        "released",
        "on",
    ];
    let (verb, rest) = text.split_once([' ', ':'])?;
    if !VERBS.contains(&verb.to_ascii_lowercase().as_str()) {
        return None;
    }
    let rest = rest.trim_start();
    let rest = rest.strip_prefix("on ").unwrap_or(rest);
    let day = Day::starting(rest)?;
    (rest.split_whitespace().count() <= 12).then_some(Fact::Published(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let Some(facts) = facts(text) else {
            return "-".to_owned();
        };
        let show = |fact: &Fact| match fact {
            Fact::Count(Some(c), n) => format!("{c:?} {n}"),
            Fact::Count(None, n) => format!("{n}"),
            Fact::Counter(c) => format!("{c:?}"),
            Fact::Submitter(name) => format!("by {}", name.as_deref().unwrap_or("?")),
            Fact::Published(day) => format!("on {}-{}", day.month, day.day),
            Fact::Other(text) => format!("{text:?}"),
        };
        facts.iter().map(show).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn facts_are_recognised_and_titles_are_not() {
        for (text, want) in [
            ("35", "35"),
            ("▲ 35", "Upvotes 35"),
            ("▲35", "Upvotes 35"),
            ("Upvote 35", "Upvotes 35"),
            ("1.2k stars", "Stars 1200"),
            ("1,204", "1204"),
            ("Upvote", "Upvotes"),
            ("▲", "Upvotes"),
            ("Cited by 12", "Citations 12"),
            ("5 min read", "Other 5"),
            ("+30", "Other 30"),
            ("12 authors", "Other 12"),
            ("Submitted by akhaliq", "by akhaliq"),
            ("Submitted byJane Doe", "by Jane Doe"),
            ("Submitted by", "by ?"),
            ("Submitted by X on Mar 14", "by X"),
            ("Published on Mar 13", "on 3-13"),
            (
                "Submitted 13 March, 2025; originally announced March 2025.",
                "on 3-13",
            ),
            ("· 12 authors", "Other 12"),
            (
                "Meta AI · 12 authors · 3 comments",
                "\"Meta AI\", Other 12, Comments 3",
            ),
            ("Jane Doe · John Roe", "-"),
            ("3D Generation", "-"),
            ("10 Ways to Prune", "-"),
            ("Comments on Attention", "-"),
            ("Submitted to the Will of the Model", "-"),
            ("Stars", "Stars"),
            ("·", "-"),
            ("", "-"),
        ] {
            assert_eq!(shown(text), want, "{text}");
        }
    }
}
