//! Parses `author` and `editor` fields by BibTeX's rules and in BibLaTeX's extended
//! form.

use serde_json::{Value, json};

use crate::ingest::{people, tex};
use crate::model::{People, is_group, without_others};

/// More than any real entry names; bounds the cost of a hostile line.
const MAX_NAMES: usize = 10_000;

/// The people in a field. Names come in parts where the source gives parts, and
/// whole where it marks them as whole.
pub(super) fn people(raw: &str) -> Vec<Value> {
    let flat = raw.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut people = Vec::new();
    let mut others = false;
    let mut names = Vec::new();
    for name in split(&flat, Separator::And) {
        let (name, more) = without_others(name.trim());
        others |= more;
        names.extend(Some(name).filter(|name| !name.is_empty()));
    }
    let parted = are_parted_by_commas(&names);
    for name in names {
        if people.len() >= MAX_NAMES {
            break;
        }
        match parted && name.contains(',') {
            true => add_all(name, &mut people),
            false => add(name, &mut people),
        }
    }
    if others {
        people.push(json!({ "literal": People::OTHERS }));
    }
    people
}

/// Whether a list separates names with both commas and "and": "Jane Doe, Rick Roe
/// and Tim Poe". BibTeX would read the first part as one person, "Rick Roe Jane
/// Doe".
pub(super) fn is_parted_by_commas(raw: &str) -> bool {
    let flat = raw.split_whitespace().collect::<Vec<_>>().join(" ");
    let names = split(&flat, Separator::And).into_iter();
    let names: Vec<&str> = names.map(|name| without_others(name.trim()).0).collect();
    are_parted_by_commas(&names)
}

/// BibTeX's rules hold unless the whole list contradicts them: at least one name
/// has no comma, and each part of the others looks like a full name.
fn are_parted_by_commas(names: &[&str]) -> bool {
    let (turned, plain): (Vec<&str>, Vec<&str>) =
        names.iter().copied().partition(|name| name.contains(','));
    !turned.is_empty()
        && plain.iter().any(|name| !name.is_empty())
        && plain
            .iter()
            .filter(|name| !name.is_empty())
            .all(|name| is_whole(name))
        && turned.iter().all(|name| {
            let parts = split(name, Separator::Comma);
            // With more than two commas, it can only be a list.
            parts.len() == 2 && parts.iter().all(|part| is_whole(part))
        })
}

/// Whether a text looks like a given and a family name, in this order: two or more
/// words, of which the last is not an initial, a suffix or a given name, and the
/// first not a particle. This tells "Garcia Marquez" and "Gabriel Jose" apart.
fn is_whole(text: &str) -> bool {
    if text.contains(['{', '}', '\\', ';', '|', '=', '(', '~']) || is_group(text) {
        return false;
    }
    let words: Vec<&str> = text.split(' ').collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return false;
    };
    let particle = [
        "van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "du", "la", "le",
        "al", "el", "bin", "ibn", "ter", "ten", "mac", "st.", "san", "santa",
    ];
    let is_initial = |word: &str| word.trim_end_matches('.').chars().count() <= 1;
    let is_suffix = matches!(
        last.trim_end_matches('.'),
        "Jr" | "Sr" | "II" | "III" | "IV"
    );
    (2..=5).contains(&words.len())
        && words.iter().all(|word| {
            word.chars()
                .all(|c| c.is_alphabetic() || "-.'’".contains(c))
        })
        && first.starts_with(char::is_uppercase)
        && last.starts_with(char::is_uppercase)
        && !particle.contains(&first.to_lowercase().as_str())
        && !is_initial(last)
        && !last.ends_with('.')
        && !is_suffix
        && !is_second_given_name(last)
}

/// Common second given names: in "Garcia Marquez, Gabriel Jose" they show that the
/// last word is not a family name.
fn is_second_given_name(word: &str) -> bool {
    const NAMES: [&str; 68] = [
        "Alberto",
        "Alejandro",
        "Alexandre",
        "Andrea",
        "Andrés",
        "Angel",
        "Ángel",
        "Ann",
        "Anna",
        "Anne",
        "Antonio",
        "António",
        "Augusto",
        "Carlos",
        "Carmen",
        "Carolina",
        "César",
        "Cristina",
        "Daniel",
        "David",
        "Eduardo",
        "Elena",
        "Elizabeth",
        "Enrique",
        "Ernesto",
        "Eugenia",
        "Fernando",
        "Francisco",
        "Gabriel",
        "Henri",
        "Henrique",
        "Ignacio",
        "Isabel",
        "Javier",
        "Jean",
        "Jesús",
        "Jose",
        "José",
        "Juan",
        "Julio",
        "Laura",
        "Louise",
        "Lucia",
        "Lucía",
        "Luis",
        "Luís",
        "Luisa",
        "Manuel",
        "Marcela",
        "María",
        "Maria",
        "Marie",
        "Mario",
        "Mary",
        "Mercedes",
        "Miguel",
        "Pablo",
        "Patricia",
        "Paul",
        "Paulo",
        "Pedro",
        "Pierre",
        "Rafael",
        "Ricardo",
        "Roberto",
        "Rosa",
        "Teresa",
        "Vicente",
    ];
    NAMES.contains(&word)
}

/// Adds a person, or several if the "and" between them is missing.
fn add(name: &str, people: &mut Vec<Value>) {
    let name = without_role(name);
    if let Some(inner) = braced(name) {
        let whole = tex::plain(inner);
        let whole = whole.trim();
        if is_person(whole) {
            people.push(json!({ "name": whole }));
        } else if says(whole) {
            people.push(json!({ "literal": whole }));
        }
        return;
    }
    let parts = split(name, Separator::Comma);
    if parts.iter().any(|part| is_labelled(part)) {
        people.push(labelled(&parts));
        return;
    }
    // `&eacute;` contains a semicolon too.
    if name.contains([';', '|']) && !name.contains('&') {
        return add_all(name, people);
    }
    let plain = |part: &str| tex::plain(part).trim().to_owned();
    let value = match parts[..] {
        [name] => without_commas(name),
        [family, given] => json!({ "family": plain(family), "given": plain(given) }),
        [family, prefix, given] if is_prefix(prefix) => {
            json!({ "family": plain(family), "prefix": plain(prefix), "given": plain(given) })
        }
        [family, suffix, given] if !is_list(&parts) => {
            json!({ "family": plain(family), "suffix": plain(suffix), "given": plain(given) })
        }
        // BibTeX allows at most two commas in a name.
        _ => return add_all(name, people),
    };
    let shown = value
        .as_object()
        .into_iter()
        .flat_map(|parts| parts.values());
    if shown.filter_map(Value::as_str).any(says) {
        people.push(value);
    }
}

/// Adds the people in a list separated by commas or semicolons.
fn add_all(list: &str, people: &mut Vec<Value>) {
    let names = people::parts(&tex::plain(list));
    let names = names.into_iter().filter(|name| says(name));
    let room = MAX_NAMES - people.len().min(MAX_NAMES);
    people.extend(names.take(room).map(|name| json!({ "name": name })));
}

/// Whether the middle of three parts is a prefix like "von", which belongs to the
/// front.
fn is_prefix(part: &str) -> bool {
    !part.is_empty()
        && part.split(' ').all(|word| {
            matches!(
                word,
                "von" | "van" | "de" | "der" | "den" | "di" | "du" | "la"
            )
        })
}

/// Whether three parts between commas are three people, "Jane Doe, John Roe, Ann
/// Poe", rather than family name, "Jr." and given names.
fn is_list(parts: &[&str]) -> bool {
    parts.iter().all(|part| part.contains(' ')) || parts[1..].iter().any(|part| part.contains('&'))
}

/// Whether a braced name is a person after all: "Rhodin Jr., T. N." Only initials
/// after the comma show that, since a company may be "Smith and Sons, Inc."
fn is_person(whole: &str) -> bool {
    let Some((family, given)) = whole.split_once(", ") else {
        return false;
    };
    let is_initial = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.all(|c| c.is_uppercase() || "-.".contains(c))
            && word.ends_with('.')
    };
    // "A. G." and "S. A." are legal forms of companies.
    let company = ["AG", "SA", "NV", "BV", "SPA", "SE", "SL", "LP", "AS", "PC"];
    let letters: String = given.chars().filter(|c| c.is_alphabetic()).collect();
    !is_group(family)
        && family.split(' ').count() <= 4
        && given.split(' ').all(is_initial)
        && !company.contains(&letters.as_str())
}

/// Removes the role from a name: "Doe, J. (eds)", "Jane Doe, editor".
fn without_role(name: &str) -> &str {
    const ROLES: [&str; 10] = [
        "ed",
        "eds",
        "edt",
        "editor",
        "editors",
        "trans",
        "translator",
        "translators",
        "hrsg",
        "compiler",
    ];
    let bare = name.trim_end_matches([')', ']']);
    let at = match bare.len() < name.len() {
        true => bare.rfind(['(', '[']),
        false => bare.rfind(','),
    };
    let Some(at) = at.filter(|at| *at > 0) else {
        return name;
    };
    let role = bare[at + 1..].trim().trim_end_matches('.');
    match ROLES.iter().any(|known| known.eq_ignore_ascii_case(role)) {
        true => name[..at].trim_end_matches([' ', ',']),
        false => name,
    }
}

/// Whether a name contains a letter.
fn says(name: &str) -> bool {
    name.chars().any(char::is_alphabetic)
}

/// The content of braces around a whole name: `{Lakeside University}`.
fn braced(name: &str) -> Option<&str> {
    let opened = name.strip_prefix('{')?;
    let (inner, behind) = tex::group(opened);
    let is_closed = inner.len() < opened.len();
    (is_closed && behind.is_empty()).then(|| {
        // Additional braces add nothing.
        braced(inner.trim()).unwrap_or(inner)
    })
}

/// Parses "Given Family". If braces group words, the last group is the family name;
/// otherwise the general rules apply.
fn without_commas(name: &str) -> Value {
    let words = split(name, Separator::Space);
    let words: Vec<&str> = match words.split_last() {
        // DBLP numbers people with the same name.
        Some((last, rest)) if !rest.is_empty() && is_number(last) => rest.to_vec(),
        _ => words,
    };
    let plain = |words: &[&str]| tex::plain(&words.join(" ")).trim().to_owned();
    match words.split_last() {
        Some((last, given)) if !given.is_empty() && braced(last).is_some() => {
            json!({ "family": plain(&[last]), "given": plain(given) })
        }
        _ => json!({ "name": plain(&words) }),
    }
}

fn is_number(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a part is `family=…` or the like.
fn is_labelled(part: &str) -> bool {
    label(part).is_some()
}

fn label(part: &str) -> Option<(&'static str, &str)> {
    let (label, value) = part.split_once('=')?;
    let known = [
        ("family", "family"),
        ("given", "given"),
        ("prefix", "prefix"),
        ("suffix", "suffix"),
        ("useprefix", ""),
        ("given-i", ""),
        ("family-i", ""),
        ("prefix-i", ""),
        ("suffix-i", ""),
        ("id", ""),
        ("nameorder", ""),
    ];
    let label = label.trim().to_ascii_lowercase();
    let found = known.iter().find(|(name, _)| *name == label)?;
    Some((found.1, value))
}

/// Parses BibLaTeX's extended form: `family=Bergh, given=Hendrik, prefix=van den`.
fn labelled(parts: &[&str]) -> Value {
    let mut value = serde_json::Map::new();
    for part in parts {
        if let Some((key, text)) = label(part)
            && !key.is_empty()
        {
            let text = tex::plain(text.trim().trim_matches('"'));
            value.insert(key.to_owned(), Value::from(text.trim()));
        }
    }
    Value::Object(value)
}

/// A separator between the parts of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Separator {
    And,
    Comma,
    Space,
}

/// Splits at separators outside all braces. White space must be single spaces.
fn split(text: &str, separator: Separator) -> Vec<&str> {
    let bytes = text.as_bytes();
    let mut parts = Vec::new();
    let (mut depth, mut start, mut at) = (0usize, 0, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b',' if depth == 0 && separator == Separator::Comma => {
                parts.push(text[start..at].trim());
                start = at + 1;
            }
            b' ' | b'~' if depth == 0 && separator == Separator::Space => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            b' ' if depth == 0 && separator == Separator::And && is_and(&bytes[at + 1..]) => {
                parts.push(&text[start..at]);
                // The space after "and" may be the one before the next "and".
                start = (at + 4).min(text.len());
                at += 3;
            }
            _ => {}
        }
        at += 1;
    }
    parts.push(text.get(start..).unwrap_or_default().trim());
    if separator == Separator::Space {
        parts.retain(|part| !part.is_empty());
    }
    // A list may start with "and".
    if separator == Separator::And
        && let Some(first) = parts.first_mut()
        && is_and(first.as_bytes())
    {
        *first = first.get(4..).unwrap_or_default();
    }
    parts
}

/// Whether a text starts with the word "and".
fn is_and(bytes: &[u8]) -> bool {
    let is_word = bytes
        .get(..3)
        .is_some_and(|word| word.eq_ignore_ascii_case(b"and"));
    is_word && matches!(bytes.get(3), None | Some(b' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(raw: &str) -> String {
        let people = people(raw);
        let one = |value: &Value| {
            let parts = value.as_object().unwrap().iter();
            let parts: Vec<String> = parts
                .map(|(key, text)| format!("{key}={}", text.as_str().unwrap()))
                .collect();
            parts.join(" ")
        };
        people.iter().map(one).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn names_come_in_the_parts_that_the_source_gives() {
        for (raw, want) in [
            (
                "Doe, Jane and John Roe",
                "family=Doe given=Jane|name=John Roe",
            ),
            (
                "John Smith and and Terry Brown",
                "name=John Smith|name=Terry Brown",
            ),
            ("and Doe, J. and", "family=Doe given=J."),
            ("A AND B\n and\tC", "name=A|name=B|name=C"),
            (
                "Anderson, Sandy and Brandon Andrews",
                "family=Anderson given=Sandy|name=Brandon Andrews",
            ),
            (
                "Jane Doe, Rick Roe and Tim Poe",
                "name=Jane Doe|name=Rick Roe|name=Tim Poe",
            ),
            (
                "J. Doe, Ann-Marie O'Neill and Piet van der Berg and others",
                "name=J. Doe|name=Ann-Marie O'Neill|name=Piet van der Berg|literal=et al.",
            ),
            (
                "Garcia Marquez, Gabriel Jose",
                "family=Garcia Marquez given=Gabriel Jose",
            ),
            (
                "Garcia Marquez, Gabriel Jose and John Roe",
                "family=Garcia Marquez given=Gabriel Jose|name=John Roe",
            ),
            ("Jane Doe, Rick Roe", "family=Jane Doe given=Rick Roe"),
            (
                "Jane Doe, Rick Roe and Poe, Tim",
                "family=Jane Doe given=Rick Roe|family=Poe given=Tim",
            ),
            (
                "Jane Doe, Rick Roe and Plato",
                "family=Jane Doe given=Rick Roe|name=Plato",
            ),
            (
                "van den Berg, Piet Hein and Tim Poe",
                "family=van den Berg given=Piet Hein|name=Tim Poe",
            ),
            (
                "Van Dyke, Mary Wood and Tim Poe",
                "family=Van Dyke given=Mary Wood|name=Tim Poe",
            ),
            (
                "Doe Smith, J. K. and Tim Poe",
                "family=Doe Smith given=J. K.|name=Tim Poe",
            ),
            (
                "{Gear Works}, Some Town and Tim Poe",
                "family=Gear Works given=Some Town|name=Tim Poe",
            ),
            (
                "{Gemini Team, Google} and Doe, J.",
                "literal=Gemini Team, Google|family=Doe given=J.",
            ),
            ("{{Smith and Sons, Inc.}}", "literal=Smith and Sons, Inc."),
            (
                "{Barnes and Noble} and others",
                "literal=Barnes and Noble|literal=et al.",
            ),
            ("Neumann, von, J.", "family=Neumann prefix=von given=J."),
            ("Davis, Jr., Sammy", "family=Davis suffix=Jr. given=Sammy"),
            ("Rhodin Jr., T. N.", "family=Rhodin Jr. given=T. N."),
            ("{Rhodin Jr., T. N.}", "name=Rhodin Jr., T. N."),
            ("{{Doe, J.-P.}}", "name=Doe, J.-P."),
            ("{Siemens, A. G.}", "literal=Siemens, A. G."),
            ("{\\'Ecole Normale}", "literal=École Normale"),
            (
                "{{\\LaTeX\\,3} Project Team}",
                "literal=LaTeX 3 Project Team",
            ),
            ("Doe, J., et al.", "family=Doe given=J.|literal=et al."),
            (
                "Doe, J. and Roe, R. et al.",
                "family=Doe given=J.|family=Roe given=R.|literal=et al.",
            ),
            ("J Doe and {et al.}", "name=J Doe|literal=et al."),
            ("J Doe and …", "name=J Doe|literal=et al."),
            (
                "Jane Doe, John Roe, Ann Poe",
                "name=Jane Doe|name=John Roe|name=Ann Poe",
            ),
            (
                "Doe, J., Roe, R., Poe, T.",
                "name=Doe, J.|name=Roe, R.|name=Poe, T.",
            ),
            ("Jane Doe; Roe, John", "name=Jane Doe|name=Roe, John"),
            ("Doe, Jane & Roe, John", "name=Doe, Jane|name=Roe, John"),
            (
                "Wood, Patrick, editor and J. van der Berg (eds.)",
                "family=Wood given=Patrick|name=J. van der Berg",
            ),
            ("{Delgado de Vega}, A.", "family=Delgado de Vega given=A."),
            ("Gabo {García Márquez}", "family=García Márquez given=Gabo"),
            ("{\\\"O}zge {\\\"O}z", "name=Özge Öz"),
            ("Ana Garc{\\'i}a", "name=Ana García"),
            ("Wei Wang 0001", "name=Wei Wang"),
            (
                "family=Bergh, given=Hendrik, prefix=van den, useprefix=true",
                "family=Bergh given=Hendrik prefix=van den",
            ),
            ("{}, {} and ,", ""),
            ("", ""),
            ("and", ""),
            ("and and", ""),
        ] {
            assert_eq!(shown(raw), want, "{raw}");
        }
    }

    proptest::proptest! {
        /// Malformed name lists: words, separators and braces in any order.
        #[test]
        fn any_list_of_names_is_read(words in proptest::collection::vec("and|AND|others|[{},=~\\\\\"]|Jr\\.|family=|é|[a-c]{1,3}", 0..12)) {
            for text in [words.join(" "), words.concat()] {
                for value in people(&text) {
                    proptest::prop_assert!(value.is_object(), "{text}");
                }
            }
        }
    }
}
