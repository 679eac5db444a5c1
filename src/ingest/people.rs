//! Parses lists of names as sources write them: separated by semicolons, bars,
//! commas or "and", in either order, with or without institutions.

use crate::model::{Author, People, without_others};
use crate::text::clean_line;

/// More than any real paper has; bounds the cost of a hostile line.
const MAX_AUTHORS: usize = 10_000;

/// The names in a text that contains nothing else.
pub fn in_text(text: &str) -> People {
    let text = clean_line(text);
    let (named, others) = match text.contains([';', '|']) {
        // What precedes "and others" shows how the names are separated.
        true => (text.as_str(), false),
        false => without_others(&text),
    };
    let mut people = list(parts(named).iter().map(String::as_str));
    people.others |= others;
    people
}

/// People whose names are given one per text.
pub(super) fn list<'a>(texts: impl IntoIterator<Item = &'a str>) -> People {
    let mut others = false;
    let mut named = Vec::new();
    for text in texts {
        let (name, rest) = without_others(text.trim());
        others |= rest;
        named.extend(person(name));
    }
    let mut people = unique(named);
    people.others |= others;
    people
}

/// One name, with an affiliation in brackets after it.
pub(super) fn person(text: &str) -> Option<Author> {
    let text = text
        .trim()
        .trim_end_matches([',', ';', '*', '†', '‡', '§', '¶'])
        .trim();
    let (name, affiliation) = match text.strip_suffix(')').and_then(|t| t.rsplit_once('(')) {
        Some((name, inside)) if !name.trim().is_empty() => (name, Some(inside.trim().to_owned())),
        _ => (text, None),
    };
    let said = name.chars().any(char::is_alphabetic);
    said.then(|| Author {
        affiliation: affiliation.filter(|a| !a.is_empty()),
        ..Author::named(clean_line(name))
    })
}

/// The people in a list, without repetition. A name or a list that directly follows
/// itself was repeated by the source; elsewhere, an equal name is another person.
pub(super) fn unique(authors: impl IntoIterator<Item = Author>) -> People {
    let mut people: People = authors.into_iter().take(MAX_AUTHORS).collect();
    let named = people.named();
    named.dedup_by(|next, last| next.name == last.name && next.orcid == last.orcid);
    // Some sources write the whole list twice.
    let (first, second) = named.split_at(named.len() / 2);
    if first
        .iter()
        .map(|a| &a.name)
        .eq(second.iter().map(|a| &a.name))
    {
        named.truncate(named.len() / 2);
    }
    people
}

fn is_suffix(word: &str) -> bool {
    matches!(
        word.trim_end_matches('.'),
        "Jr" | "Sr" | "II" | "III" | "IV"
    )
}

/// The names, not yet in reading order.
pub(super) fn parts(text: &str) -> Vec<String> {
    let split = |separator: &str| -> Vec<String> {
        outside_brackets(text, separator)
            .into_iter()
            .map(str::to_owned)
            .collect()
    };
    if text.contains(';') {
        return split(";");
    }
    if text.contains('|') {
        return split("|");
    }
    if text.contains(" · ") || text.contains('•') {
        return text
            .split(['·', '•'])
            .map(|p| p.trim().to_owned())
            .collect();
    }
    let joined: Vec<&str> = outside_brackets(text, " and ")
        .into_iter()
        .flat_map(|part| outside_brackets(part, " & "))
        .collect();
    let turned = joined.len() > 1 && joined.iter().all(|part| part.matches(',').count() == 1);
    if turned {
        return joined.into_iter().map(str::to_owned).collect();
    }
    let names = joined.iter().flat_map(|part| outside_brackets(part, ","));
    let names: Vec<&str> = names
        .map(|name| name.trim().strip_prefix("and ").unwrap_or(name.trim()))
        .filter(|name| !name.is_empty())
        .collect();
    pairs(&names)
}

/// Handles names separated by commas: in "Doe, J., Roe, R." or a lone "Doe, Jane",
/// two parts make a name. A suffix belongs to the part before it.
fn pairs(names: &[&str]) -> Vec<String> {
    let mut parts: Vec<(&str, Option<&str>)> = Vec::with_capacity(names.len());
    for name in names {
        match parts.last_mut() {
            Some((_, suffix @ None)) if is_suffix(name) => *suffix = Some(name),
            _ => parts.push((name, None)),
        }
    }
    let turned = match parts[..] {
        [(family, _), (given, _)] => {
            let words = |name: &str| name.split(' ').count();
            let particle = family.starts_with(char::is_lowercase);
            let ends_in_suffix = family.rsplit(' ').next().is_some_and(is_suffix);
            let is_family = words(family) == 1 || particle || ends_in_suffix;
            is_initials(given) && !is_initials(family) || is_family && words(given) <= 3
        }
        _ => {
            parts.len() >= 2
                && parts.len().is_multiple_of(2)
                && parts.chunks(2).all(|pair| {
                    let [(family, _), (given, _)] = pair else {
                        return false;
                    };
                    is_initials(given) && !is_initials(family)
                })
        }
    };
    let whole = |(name, suffix): &(&str, Option<&str>)| match suffix {
        Some(suffix) => format!("{name}, {suffix}"),
        None => (*name).to_owned(),
    };
    if turned {
        let pairs = parts.chunks(2);
        pairs
            .map(|pair| pair.iter().map(whole).collect::<Vec<_>>().join(", "))
            .collect()
    } else {
        parts.iter().map(whole).collect()
    }
}

/// Whether a part between commas consists of initials: "J.", "R. S.", "JA".
fn is_initials(name: &str) -> bool {
    let dotted = name.contains('.')
        && name
            .split([' ', '-', '.'])
            .all(|word| word.chars().count() <= 1);
    dotted || name.len() <= 3 && name.bytes().all(|b| b.is_ascii_uppercase())
}

/// Splits a text at separators outside brackets.
fn outside_brackets<'a>(text: &'a str, separator: &str) -> Vec<&'a str> {
    let mut out = Vec::new();
    let (mut start, mut depth) = (0, 0usize);
    let mut skip = 0;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 && at >= skip && text[at..].starts_with(separator) => {
                out.push(text[start..at].trim());
                start = at + separator.len();
                skip = start;
            }
            _ => {}
        }
    }
    out.push(text[start..].trim());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_names_are_taken_apart() {
        for (text, want) in [
            ("Jane Doe, John Roe", "Jane Doe|John Roe"),
            (
                "Jane Doe, John Roe, and Ann Poe",
                "Jane Doe|John Roe|Ann Poe",
            ),
            ("Jane Doe and John Roe", "Jane Doe|John Roe"),
            (
                "Jane Doe et al.; Jane Doe et al. et al.,",
                "Jane Doe|et al.",
            ),
            ("Jane Doe;John Roe; Ann Poe", "Jane Doe|John Roe|Ann Poe"),
            ("Jane Doe|John Roe", "Jane Doe|John Roe"),
            ("Doe, Jane and Roe, John", "Jane Doe|John Roe"),
            ("Doe, Jane & Roe, John", "Jane Doe|John Roe"),
            ("Doe, Jane; Roe, John", "Jane Doe|John Roe"),
            ("Doe, Jane", "Jane Doe"),
            ("van der Berg, Jan", "Jan van der Berg"),
            ("Doe, J., Roe, R. S.", "J. Doe|R. S. Roe"),
            ("Davis, Jr., Sammy", "Sammy Davis Jr."),
            ("Rhodin Jr., T. N.", "T. N. Rhodin Jr."),
            ("Davis, S., Jr., Doe, J.", "S. Davis Jr.|J. Doe"),
            ("Davis, Jr., S., Doe, J.", "S. Davis Jr.|J. Doe"),
            ("Garcia Marquez, G.", "G. Garcia Marquez"),
            ("Doe, JA, Roe, R", "JA Doe|R Roe"),
            ("Doe, J., et al.", "J. Doe|et al."),
            ("García Márquez, Gabo; et al.", "Gabo García Márquez|et al."),
            ("Doe, J., Roe, R., …", "J. Doe|R. Roe|et al."),
            ("J Doe, R Roe, T Poe...", "J Doe|R Roe|T Poe|et al."),
            ("Doe J, Roe R, u. a.", "Doe J|Roe R|et al."),
            ("Jane Doe & al.", "Jane Doe|et al."),
            ("Jane Doe and 12 others", "Jane Doe|et al."),
            ("Sammy Davis, Jr., Jane Doe", "Sammy Davis Jr.|Jane Doe"),
            ("Jane Doe, Jane Doe, John Roe", "Jane Doe|John Roe"),
            ("Jane Doe et al.", "Jane Doe|et al."),
            ("Jane Doe, et al", "Jane Doe|et al."),
            ("Jane Doe and others", "Jane Doe|et al."),
            ("Doe J, van der Berg PA", "Doe J|van der Berg PA"),
            ("Jane  Doe*, John Roe†", "Jane Doe|John Roe"),
            ("Jane Doe · John Roe", "Jane Doe|John Roe"),
            ("Plato", "Plato"),
            ("", ""),
            (", ; ,", ""),
        ] {
            let people = in_text(text);
            let names: Vec<&str> = people.names().collect();
            assert_eq!(names.join("|"), want, "{text}");
        }
    }

    #[test]
    fn an_institution_in_brackets_is_the_affiliation() {
        let authors = in_text("Jane Doe (MIT, Boston), John Roe");
        assert_eq!(authors[0].affiliation.as_deref(), Some("MIT, Boston"));
        assert_eq!(authors[1], Author::named("John Roe"));
    }

    proptest::proptest! {
        #[test]
        fn any_text_gives_names_none_of_which_follows_itself(text in "(and|et al\\.|Jr\\.|[a-c ,;()|.]){0,40}") {
            let authors = in_text(&text);
            for pair in authors.windows(2) {
                proptest::prop_assert!(pair[0] != pair[1], "{}", text);
            }
        }
    }
}
