//! Recognises the style of a reference, and splits it into authors, title and year.

use serde_json::{Value, json};

use super::super::named::Members;
use super::addresses::without_addresses;
use super::notes::{NoYear, no_year, without_visits};
use super::people::{initials_first, is_people, people, with_others, without_stop};
use super::title::{edition, without_edition, without_imprint, without_note};
use super::{british, container, year_of};

/// A reference, split into parts.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) authors: String,
    pub(super) title: String,
    pub(super) year: Option<i16>,
    /// What replaces an unknown year.
    pub(super) no_year: Option<NoYear>,
    pub(super) source: String,
    /// Whether the people before the year are the editors of a book.
    pub(super) is_edited: bool,
    /// Whether `source` is a book's imprint.
    pub(super) is_book: bool,
}

/// The values of a reference. `None` if its style is unknown.
pub(super) fn members(text: &str) -> Option<Members> {
    let (bare, found) = without_addresses(&without_visits(&with_others(text)));
    let parts = quoted(&bare)
        .or_else(|| british::quoted(&bare))
        .or_else(|| year_in_brackets(&bare))
        .or_else(|| year_after_names(&bare))
        .or_else(|| colon_after_names(&bare))
        .or_else(|| initials_before_names(&bare))
        .or_else(|| names_and_stops(&bare))
        .or_else(|| commas(&bare))
        .or_else(|| british::book(&bare))?;
    let title = parts.title.trim().trim_end_matches(['.', ',', ' ']);
    let title = title.trim_matches(['"', '“', '”', '‘', '’']).trim();
    let (title, own_source) = without_imprint(title, &parts.source);
    let (title, mut note) = without_note(title);
    let (bare_title, is_edition) = without_edition(&title);
    let nth = is_edition
        .then(|| edition(&title))
        .or_else(|| note.as_deref().map(edition))
        .flatten()
        .or_else(|| edition(&parts.source));
    let title = bare_title;
    if is_edition || parts.is_book {
        note = note.or(Some("edition".to_owned()));
    }
    if title.chars().filter(|c| c.is_alphabetic()).count() < 2 {
        return None;
    }
    let mut out: Members = vec![("title".to_owned(), Value::from(title))];
    let mut put = |name: &str, value: Value| out.push((name.to_owned(), value));
    let is_edited = parts.is_edited
        || [", eds", ", eds.", ", editors", ", ed", ", ed.", ", editor"]
            .iter()
            .any(|mark| parts.authors.ends_with(mark));
    let role = if is_edited { "editors" } else { "authors" };
    put(role, people(&parts.authors));
    let has_arxiv = found.ids.iter().any(|id| id.scheme() == "arxiv");
    let source = own_source.unwrap_or(&parts.source);
    let source = container::members(source, note.as_deref(), has_arxiv);
    let year = parts.year.or(source.year);
    let later = match parts.no_year {
        Some(NoYear::Later(status)) => Some(status),
        _ => source.status,
    };
    // Web pages often have no year.
    let is_page = found.url.is_some() && bare.contains(['“', '"']);
    if year.is_none() && later.is_none() && parts.no_year.is_none() && !is_page {
        return None;
    }
    if let Some(year) = year {
        put("year", Value::from(year));
    }
    if let Some(nth) = nth {
        put("edition", Value::from(nth));
    }
    if let Some(status) = later {
        put("status", Value::from(status));
    }
    let has_kind = source.members.iter().any(|(name, _)| *name == "kind");
    if !has_kind && found.ids.is_empty() && found.url.is_some() {
        put("kind", Value::from("webpage"));
    } else if is_edited && !has_kind {
        put("kind", Value::from("book"));
    }
    // With no numbers but a URL, it is a web page.
    let has_numbers = source
        .members
        .iter()
        .any(|(name, _)| matches!(*name, "volume" | "number" | "pages" | "editors"));
    let is_page = found.ids.is_empty() && found.url.is_some() && !has_numbers && later.is_none();
    for (name, value) in source.members {
        match is_page && name == "kind" && value == "article" {
            true => put(name, Value::from("webpage")),
            false => put(name, value),
        }
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

/// IEEE's `J. Doe and J. Roe, "Gears that turn," J. Gears, vol. 12 …`, and Chicago
/// and MLA's `Doe, Jane. "Gears." Journal 12, no. 3 (2024): 45–67.`
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
    let (authors, early) = without_trailing_year(without_stop(&text[..open]));
    if !is_people(authors) {
        return None;
    }
    let after = inner[close..].trim_start_matches(['"', '”', ',', '.', ' ']);
    Some(Parts {
        authors: authors.to_owned(),
        title: inner[..close].to_owned(),
        year: early,
        source: after.to_owned(),
        ..Parts::default()
    })
}

/// `Jane Doe 2024`, `Jane Doe (2024)`.
fn without_trailing_year(text: &str) -> (&str, Option<i16>) {
    let bare = text.trim_end_matches([')', '.', ',']);
    let start = bare.len().saturating_sub(4);
    match bare.get(start..).and_then(year_of) {
        Some(year) => (
            without_stop(bare[..start].trim_end_matches([' ', '('])),
            Some(year),
        ),
        None => (text, None),
    }
}

/// APA's `Doe, J., & Roe, J. (2024, March). Gears that turn. Journal …`.
fn year_in_brackets(text: &str) -> Option<Parts> {
    for (at, _) in text.match_indices('(') {
        let end = at + text[at..].find(')')?;
        let inside = &text[at + 1..end];
        let year = inside.get(..4).and_then(year_of);
        let no_year = no_year(inside);
        if year.is_none() && no_year.is_none() {
            continue;
        }
        let authors = without_stop(&text[..at]);
        let unedited = ["(Eds.)", "(Ed.)", "(eds.)", "(ed.)", "(Eds)", "(eds)"]
            .iter()
            .find_map(|mark| authors.trim_end_matches(['.', ',']).strip_suffix(mark));
        let is_edited = unedited.is_some();
        let authors = unedited.map_or(authors, |people| people.trim().trim_end_matches(','));
        if !is_people(authors) {
            return None;
        }
        let after = text[end + 1..].trim_start_matches(['.', ',', ':', ' ']);
        let (title, source) = in_quotes(after).unwrap_or_else(|| sentence(after));
        return Some(Parts {
            authors: authors.to_owned(),
            title: title.to_owned(),
            year,
            no_year,
            source: source.to_owned(),
            is_edited,
            ..Parts::default()
        });
    }
    None
}

/// A title in quotation marks of any kind, as in Harvard style, and the rest.
fn in_quotes(text: &str) -> Option<(&str, &str)> {
    let open = text.chars().next()?;
    let close = match open {
        '‘' => '’',
        '“' => '”',
        '"' | '\'' => open,
        _ => return None,
    };
    let inner = &text[open.len_utf8()..];
    let end = inner.match_indices(close).map(|(at, _)| at).find(|at| {
        let behind = &inner[at + close.len_utf8()..];
        behind.is_empty()
            || behind.starts_with([',', '.', ';'])
            || [" in ", " In ", " ("]
                .iter()
                .any(|next| behind.starts_with(next))
    })?;
    let source = inner[end + close.len_utf8()..].trim_start_matches([',', '.', ';', ' ']);
    Some((&inner[..end], source))
}

/// Springer's `Doe, J., Roe, R.: Gears that turn. J. Gears 12(3), 45–67 (2024)`.
fn colon_after_names(text: &str) -> Option<Parts> {
    let (authors, rest) = text.split_once(": ")?;
    // "Machine Learning: An Introduction" contains no initials.
    if !authors.contains('.') || !is_people(authors) {
        return None;
    }
    let (title, source) = sentence(rest);
    Some(Parts {
        authors: authors.to_owned(),
        title: title.to_owned(),
        source: source.to_owned(),
        ..Parts::default()
    })
}

/// Elsevier's
/// `R.L. Abbott, J. Quill, Gears in the cellar, J. Gears 14 (2019) 101–119`, and
/// Science's
/// `R. L. Abbott, J. Quill, Gears in the cellar. J. Gears 14, 101 (2019)`.
fn initials_before_names(text: &str) -> Option<Parts> {
    let at = initials_first(text)?;
    let rest = &text[at..];
    let (title, source) = match rest.split_once(", in: ") {
        Some((title, _)) => (title, &rest[title.len() + 2..]),
        None => title_before_container(rest),
    };
    // Physicists omit the title.
    title.contains(' ').then(|| Parts {
        authors: text[..at].trim_end_matches([',', ' ']).to_owned(),
        title: title.to_owned(),
        source: source.to_owned(),
        ..Parts::default()
    })
}

/// A title ending with a full stop, or with a comma before a journal, an edition or
/// a publisher.
fn title_before_container(rest: &str) -> (&str, &str) {
    let (title, source) = sentence(rest);
    let is_container = |part: &str, behind: &str| {
        let is_name = part.starts_with(char::is_uppercase)
            && part.split(' ').all(|word| {
                word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '(')
                    || matches!(word, "of" | "and" | "the" | "on" | "in" | "for" | "&" | "")
            });
        let has_number = part.contains(|c: char| c.is_ascii_digit())
            || behind.starts_with(|c: char| c.is_ascii_digit());
        // "…, Nat. Mach. 3": the full stop belongs to an abbreviation.
        let last = part.rsplit(' ').next().unwrap_or_default();
        let is_cut = !behind.is_empty() && last.chars().count() <= 5;
        is_name && (has_number || is_cut) || super::volume::is_publisher(part)
    };
    let whole = source.is_empty();
    for (at, _) in title.match_indices(", ") {
        let behind = &title[at + 2..];
        let part = behind.split(", ").next().unwrap_or_default();
        let is_edition = part.ends_with(" ed.") || part.ends_with(" edn.");
        let next = if part.len() == behind.len() {
            source
        } else {
            ""
        };
        if is_edition || title[..at].contains(' ') && is_container(part, next) {
            let start = if is_edition {
                at + 2 + part.len()
            } else {
                at + 2
            };
            return (&title[..at], rest[start..].trim_start_matches([',', ' ']));
        }
    }
    match whole {
        true => (rest.trim_end_matches('.'), ""),
        false => (title, source),
    }
}

/// ACM and ACL's `Jane Doe and John Roe. 2024. Gears that turn. Journal …`.
fn year_after_names(text: &str) -> Option<Parts> {
    let (at, said) = text.match_indices(". ").map(|(at, _)| at).find_map(|at| {
        let rest = &text[at + 2..];
        for undated in ["[n. d.].", "[n.d.].", "n.d.", "Forthcoming.", "In press."] {
            if rest.starts_with(undated) {
                return Some((at, undated.len()));
            }
        }
        rest.get(..4).and_then(year_of)?;
        let letter = usize::from(rest[4..].starts_with(|c: char| c.is_ascii_lowercase()));
        rest[4 + letter..]
            .starts_with(". ")
            .then_some((at, 5 + letter))
    })?;
    let authors = without_stop(&text[..=at]);
    if !is_people(authors) {
        return None;
    }
    let rest = &text[at + 2..];
    let year = rest.get(..4).and_then(year_of);
    let (title, source) = sentence(rest[said..].trim_start());
    Some(Parts {
        authors: authors.to_owned(),
        title: title.to_owned(),
        year,
        no_year: no_year(&rest[..said]),
        source: source.to_owned(),
        ..Parts::default()
    })
}

/// Vancouver's `Doe J, Roe J. Gears that turn. J Gears. 2024;12(3):45-67.`, and
/// `Jane Doe and John Roe. Gears that turn. In Conf., 2024.` as in many other
/// styles.
fn names_and_stops(text: &str) -> Option<Parts> {
    let at = text
        .match_indices(". ")
        .map(|(at, _)| at)
        .take(80)
        .filter(|at| is_people(&text[..*at]) || is_people(&text[..=*at]))
        // "In" comes after the title.
        .filter(|at| !text[at + 2..].starts_with("In ") && !text[at + 2..].starts_with("In: "))
        .last()?;
    let rest = &text[at + 2..];
    let (title, source) = sentence(rest);
    // MLA's "Fox, Jane. Brass Under Stress. 2020. Lakeside University".
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
        source: source.to_owned(),
        ..Parts::default()
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
        source: source.to_owned(),
        ..Parts::default()
    })
}

/// The first sentence of a text, and the rest. Full stops in brackets, initials and
/// numbers do not end it.
fn sentence(text: &str) -> (&str, &str) {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '.' | '?' | '!' if depth == 0 => {
                let rest = &text[at + 1..];
                let ends = rest.is_empty() || rest.starts_with([' ', ';']);
                let word = text[..at].rsplit(' ').next().unwrap_or_default();
                let is_letter = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
                let short = c == '.'
                    && (is_letter
                        || matches!(
                            word,
                            "vs" | "St" | "al" | "cf" | "e.g" | "i.e" | "No" | "vol"
                        ));
                let goes_on = rest.trim_start().starts_with(char::is_lowercase);
                if ends && !short && !(goes_on && c != '.') {
                    let title = if c == '.' { &text[..at] } else { &text[..=at] };
                    return (title, rest.trim_start_matches([' ', ';']));
                }
            }
            _ => {}
        }
    }
    (text, "")
}
