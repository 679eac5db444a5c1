//! Author lists as arXiv has them in a single text, with institutions in brackets
//! or as numbers, and with collaborations.

use serde_json::{Value, json};

use super::tex;

/// The longest list that is parsed, in bytes.
const MAX_LENGTH: usize = 1024 * 1024;

/// The authors in a text, in order, as a list for the `authors` field. Lists in the
/// order "Family, Given" are left to the general parser.
pub(super) fn authors(text: &str) -> Value {
    let text = tex::plain(&without_superscripts(text));
    if text.len() > MAX_LENGTH || text.contains([';', '|']) {
        return Value::from(text);
    }
    let (text, legend) = legend(&text);
    let mut people = Vec::new();
    let mut later = Vec::new();
    let (group, text) = collaboration(text);
    people.extend(group.map(|name| json!({ "literal": name })));
    let mut parts: Vec<String> = Vec::new();
    for part in split(text) {
        match parts.last_mut() {
            Some(before) if is_suffix(&part) => {
                before.push(' ');
                before.push_str(&part);
            }
            _ => parts.push(part),
        }
    }
    // A single name with a comma is inverted: "Doe, Jane".
    let grouped = parts.iter().any(|part| is_group(part));
    if people.is_empty() && legend.is_empty() && parts.len() <= 2 && !text.contains('(') && !grouped
    {
        return Value::from(text.to_owned());
    }
    for part in &parts {
        if part == "et al." {
            people.push(Value::from(part.as_str()));
            continue;
        }
        let (name, brackets) = signed(part);
        let mut places: Vec<String> = Vec::new();
        for inside in brackets {
            if let Some(group) = on_behalf(inside) {
                later.push(group.to_owned());
            } else if let Some(keys) = keys(inside, &legend) {
                places.extend(keys);
            } else {
                places.push(inside.to_owned());
            }
        }
        let name = match on_behalf(&name) {
            Some(group) => {
                later.push(group.to_owned());
                continue;
            }
            None => name,
        };
        if name.chars().any(char::is_alphabetic) {
            let affiliation = (!places.is_empty()).then(|| places.join("; "));
            people.push(json!({ "name": name, "affiliation": affiliation }));
        }
    }
    people.extend(later.iter().map(|name| json!({ "literal": name })));
    Value::Array(people)
}

/// `Jane Doe$^{1,2}$` and `Jane Doe$^*$` without superscripts.
fn without_superscripts(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("$^") {
        let Some(end) = rest[at + 2..].find('$') else {
            break;
        };
        out.push_str(&rest[..at]);
        rest = &rest[at + 2 + end + 1..];
    }
    out.push_str(rest);
    out
}

/// The text before a list of institutions at its end, and that list by number:
/// `((1) Lab A, Paris, (2) Lab B)`, `(1: Lab A, 2: Lab B)`.
fn legend(text: &str) -> (&str, Vec<(String, String)>) {
    let none = (text, Vec::new());
    let Some(body) = text.trim_end().strip_suffix(')') else {
        return none;
    };
    let mut depth = 1_usize;
    let mut start = None;
    for (at, c) in body.char_indices().rev() {
        match c {
            ')' => depth += 1,
            '(' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            start = Some(at);
            break;
        }
    }
    let Some(start) = start.filter(|at| *at > 0) else {
        return none;
    };
    let inside = &body[start + 1..];
    let marks = marks(inside);
    let first = marks.first().is_some_and(|(at, ..)| *at == 0);
    if !first || (marks.len() < 2 && !inside.starts_with('(')) {
        return none;
    }
    let ends = marks.iter().skip(1).map(|(at, ..)| *at);
    let entries = marks.iter().zip(ends.chain([inside.len()]));
    let entries = entries.map(|((_, behind, key), end)| {
        let place = inside[*behind..end].trim();
        let place = place.strip_suffix(" and").unwrap_or(place);
        (
            key.clone(),
            place.trim_end_matches([',', ';', '.', ' ']).to_owned(),
        )
    });
    (text[..start].trim_end(), entries.collect())
}

/// Where `(1)`, `1:` or `$1$` starts an institution: the start, the end and the
/// key.
fn marks(inside: &str) -> Vec<(usize, usize, String)> {
    let mut out = Vec::new();
    let bytes = inside.as_bytes();
    let mut from = 0;
    while from < bytes.len() {
        let fresh = from == 0 || matches!(bytes[from - 1], b' ' | b',' | b';' | b'(');
        let bracket = bytes[from] == b'(';
        let start = from + usize::from(bracket);
        let end = inside[start..]
            .find(|c: char| !c.is_ascii_alphanumeric())
            .map_or(inside.len(), |length| start + length);
        let key = &inside[start..end];
        let closed = matches!(
            (bracket, bytes.get(end)),
            (true, Some(b')')) | (false, Some(b':'))
        );
        if fresh && closed && is_key(key) {
            out.push((from, end + 1, key.to_owned()));
            from = end + 1;
        } else {
            from += 1;
            while !inside.is_char_boundary(from) {
                from += 1;
            }
        }
    }
    out
}

fn is_key(text: &str) -> bool {
    let number = (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    number || (text.len() == 1 && text.bytes().all(|b| b.is_ascii_lowercase()))
}

/// The institutions behind the numbers in a bracket; empty if the text does not
/// list any. `None` if the bracket holds no numbers.
fn keys(inside: &str, legend: &[(String, String)]) -> Option<Vec<String>> {
    let keys: Vec<&str> = inside
        .split([',', ';', ' ', '&', '*'])
        .filter(|key| !key.is_empty() && *key != "and")
        .collect();
    let known = |key: &&str| legend.iter().find(|(name, _)| name == key);
    let all_keys = keys
        .iter()
        .all(|key| key.bytes().all(|b| b.is_ascii_digit()) || known(key).is_some());
    let places = || {
        keys.iter()
            .filter_map(known)
            .map(|(_, place)| place.clone())
    };
    all_keys.then(|| places().collect())
}

/// The collaboration at the start of an author list, and the rest:
/// `The FOO Collaboration: B. Bar, C. Baz`.
fn collaboration(text: &str) -> (Option<String>, &str) {
    let text = text.trim();
    let Some(at) = text.find([':', ',', '(']).filter(|at| *at <= 120) else {
        return (None, text);
    };
    let head = text[..at].trim();
    if !is_group(head) {
        return (None, text);
    }
    let rest = match &text[at..] {
        // The members in brackets after it.
        rest if rest.starts_with('(') => match rest.trim_end().strip_suffix(')') {
            Some(inside) if inside.contains(',') => &inside[1..],
            _ => return (None, text),
        },
        rest => &rest[1..],
    };
    (Some(head.to_owned()), rest.trim())
}

/// Whether a name is a group's.
pub(super) fn is_group(name: &str) -> bool {
    const WORDS: [&str; 7] = [
        "collaboration",
        "collaborations",
        "consortium",
        "team",
        "group",
        "working",
        "network",
    ];
    let last = name.rsplit(' ').next().unwrap_or_default();
    let last = last.trim_end_matches(['.', ',']).to_lowercase();
    name.contains(' ') && WORDS.contains(&last.as_str())
}

/// "on behalf of the FOO Collaboration", "for the FOO Collaboration".
fn on_behalf(text: &str) -> Option<&str> {
    let text = text.trim();
    ["on behalf of ", "for "]
        .iter()
        .find_map(|before| text.strip_prefix(before))
        .filter(|group| is_group(group))
        .map(|group| group.trim_start_matches("the "))
}

/// An author's name, and the contents of the brackets after it.
fn signed(part: &str) -> (String, Vec<&str>) {
    let mut name = String::new();
    let mut brackets = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    for (at, c) in part.char_indices() {
        match c {
            '(' => {
                if depth == 0 {
                    start = at + 1;
                }
                depth += 1;
            }
            ')' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    brackets.push(part[start..at].trim());
                }
            }
            _ if depth == 0 => name.push(c),
            _ => {}
        }
    }
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.trim_end_matches(['*', '†', '‡', '§', ' ', ',']);
    (name.to_owned(), brackets)
}

/// Splits at commas and "and" outside brackets.
fn split(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' | ' ' if depth == 0 && at >= start => {
                let length = match c {
                    ',' => 1,
                    _ if text[at..].starts_with(" and ") => 4,
                    _ => continue,
                };
                out.push(&text[start..at]);
                start = at + length;
            }
            _ => {}
        }
    }
    out.push(text.get(start..).unwrap_or_default());
    out.into_iter()
        .map(|part| part.trim().trim_start_matches("and ").trim())
        .filter(|part| !part.is_empty())
        // "et al. (15 additional authors not shown)".
        .map(|part| {
            if part.starts_with("et al") {
                "et al."
            } else {
                part
            }
        })
        .map(str::to_owned)
        .collect()
}

fn is_suffix(word: &str) -> bool {
    matches!(
        word.trim_end_matches('.'),
        "Jr" | "Sr" | "II" | "III" | "IV"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::value;

    fn shown(text: &str) -> String {
        let people = value::people(&authors(text));
        let people = people.iter().map(|author| match &author.affiliation {
            Some(place) => format!("{} @ {place}", author.name.as_str()),
            None => author.name.as_str().to_owned(),
        });
        people.collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn authors_institutions_and_collaborations_are_told_apart() {
        for (text, want) in [
            (
                "Jane Doe, John Roe and Ann Poe",
                "Jane Doe | John Roe | Ann Poe",
            ),
            (
                "Jane Doe (1), John Roe (1 and 2), Jos\\'e Garc\\'{\\i}a (2) ((1) Lab A, Paris,\n  (2) Lab B)",
                "Jane Doe @ Lab A, Paris | John Roe @ Lab A, Paris; Lab B | José García @ Lab B",
            ),
            (
                "Jane Doe (1,2), John Roe (2) (1: Lab A, 2: Lab B)",
                "Jane Doe @ Lab A; Lab B | John Roe @ Lab B",
            ),
            (
                "Jane Doe (a), John Roe (b) ((a) Lab A, (b) Lab B)",
                "Jane Doe @ Lab A | John Roe @ Lab B",
            ),
            ("Jane Doe (1), John Roe (2)", "Jane Doe | John Roe"),
            ("Jane Doe (1) ((1) Lab A)", "Jane Doe @ Lab A"),
            ("Jane Doe (MIT), John Roe", "Jane Doe @ MIT | John Roe"),
            (
                "Jane Doe (MIT, Cambridge, MA), John Roe (ETH)",
                "Jane Doe @ MIT, Cambridge, MA | John Roe @ ETH",
            ),
            (
                "Jane Doe$^{1,2}$, John Roe$^*$, Ann Poe",
                "Jane Doe | John Roe | Ann Poe",
            ),
            (
                "The FOO Collaboration: B. Bar, C. Baz",
                "The FOO Collaboration | B. Bar | C. Baz",
            ),
            (
                "FOO Collaboration, B. Bar, C. Baz",
                "FOO Collaboration | B. Bar | C. Baz",
            ),
            (
                "FOO Collaboration (B. Bar, C. Baz)",
                "FOO Collaboration | B. Bar | C. Baz",
            ),
            ("FOO Collaboration", "FOO Collaboration"),
            (
                "B. Bar, C. Baz (on behalf of the FOO Collaboration)",
                "B. Bar | C. Baz | FOO Collaboration",
            ),
            (
                "B. Bar, for the FOO Collaboration",
                "B. Bar | FOO Collaboration",
            ),
            ("Sammy Davis, Jr., Jane Doe", "Sammy Davis Jr. | Jane Doe"),
            ("Doe, Jane", "Jane Doe"),
            ("Jane Doe", "Jane Doe"),
            ("Jane Doe; John Roe", "Jane Doe | John Roe"),
            ("", ""),
        ] {
            assert_eq!(shown(text), want, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "[()a-c1,:; é$^]{0,40}( and | Collaboration|: )?[()a-c1,]{0,10}") {
            let _ = shown(&text);
        }
    }
}
