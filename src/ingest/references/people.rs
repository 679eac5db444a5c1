//! The authors of a reference: in which order their names are, and where their
//! list ends.

use serde_json::{Value, json};

use super::super::signatures::is_group;

/// The longest list of authors that is looked at, in bytes.
const MAX_LENGTH: usize = 3_000;

/// Whether a text reads like a list of authors and nothing else.
pub(super) fn is_people(text: &str) -> bool {
    let text = text.trim().trim_end_matches([',', ';', ':']);
    if text.is_empty() || text.len() > MAX_LENGTH {
        return false;
    }
    if is_group(text) {
        return true;
    }
    let mut long = 0;
    for part in parts(text) {
        if is_rest(&part) {
            continue;
        }
        let words: Vec<&str> = part.split_whitespace().collect();
        if words.len() > 6 || !words.iter().all(|word| is_name_word(word)) {
            return false;
        }
        long += usize::from(
            words
                .iter()
                .any(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1),
        );
    }
    long > 0
}

/// Whether a line begins as a reference does: with a name and initials, or with
/// names and a year.
pub(super) fn opens(text: &str) -> bool {
    let head: String = text.chars().take(200).collect();
    let stops = head.match_indices(". ").map(|(at, _)| at);
    let others = head.find('(').into_iter().chain(head.find(['"', '“']));
    stops
        .chain(others)
        .any(|end| is_people(head[..end].trim_end_matches([' ', '.', ','])))
}

fn is_name_word(word: &str) -> bool {
    const PARTICLES: [&str; 22] = [
        "de", "da", "do", "dos", "das", "del", "della", "di", "du", "van", "von", "der", "den",
        "ter", "ten", "la", "le", "el", "al", "bin", "ibn", "zu",
    ];
    let bare = word.trim_matches(|c: char| !c.is_alphabetic() && c != '.');
    PARTICLES.contains(&bare)
        || is_suffix(bare)
        || bare.starts_with(char::is_uppercase)
            && bare.chars().all(|c| c.is_alphabetic() || "-'’.‐‑".contains(c))
            // Within a name a stop follows an initial: "J.", "St.", "Ph.".
            && bare.split('.').all(|part| part.chars().count() <= 2 || !bare.contains('.'))
        || bare.contains('\'') && bare.chars().any(char::is_uppercase)
}

fn is_suffix(word: &str) -> bool {
    matches!(
        word.trim_end_matches('.'),
        "Jr" | "Sr" | "II" | "III" | "IV"
    )
}

fn is_rest(part: &str) -> bool {
    let bare = part
        .trim()
        .trim_end_matches('.')
        .trim_start_matches(['.', '…', ' ']);
    matches!(
        bare,
        "" | "et al" | "others" | "and others" | "Eds" | "Ed" | "(Eds" | "eds" | "ed"
    )
}

/// The parts between commas, "and" and "&".
fn parts(text: &str) -> Vec<String> {
    text.replace(" & ", ", ")
        .replace(" and ", ", ")
        .replace("; ", ", ")
        .replace(" et al", ", et al")
        .split(", ")
        .map(|part| {
            part.trim()
                .trim_start_matches("& ")
                .trim_start_matches("and ")
                .trim_matches(',')
                .trim()
        })
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The authors in a list, with family and given names apart where their order
/// shows them.
pub(super) fn people(text: &str) -> Value {
    let text = text.trim().trim_end_matches([',', ';', ':']);
    if is_group(text) {
        return json!([{ "literal": text }]);
    }
    let all = parts(text);
    let others = all
        .iter()
        .any(|part| part.starts_with("et al") || part.ends_with("others"));
    let parts: Vec<String> = all.into_iter().filter(|part| !is_rest(part)).collect();
    let mut out = Vec::new();
    let mut at = 0;
    while at < parts.len() {
        let part = parts[at].as_str();
        let next = parts.get(at + 1).map(String::as_str);
        if let Some(given) = next
            && (is_initials(given)
                || is_family_alone(part) && !is_family_alone_before(given, &parts, at))
            && !is_initials(part)
        {
            let suffix = parts.get(at + 2).filter(|word| is_suffix(word));
            let family = match suffix {
                Some(suffix) => format!("{part} {suffix}"),
                None => part.to_owned(),
            };
            at += 2 + usize::from(suffix.is_some());
            out.push(json!({ "family": family, "given": given }));
            continue;
        }
        at += 1;
        match glued_initials(part) {
            Some((family, given)) => out.push(json!({ "family": family, "given": given })),
            None => out.push(json!({ "name": part })),
        }
    }
    if others {
        out.push(Value::from("et al."));
    }
    Value::Array(out)
}

/// "J.", "J. A.", "J.-P.".
fn is_initials(text: &str) -> bool {
    text.contains('.')
        && text
            .split([' ', '.', '-', '‐'])
            .all(|part| part.chars().count() <= 1)
}

/// One word, or a particle and a word: "Doe", "van den Berg".
fn is_family_alone(text: &str) -> bool {
    let plain = text
        .split_whitespace()
        .filter(|word| word.starts_with(char::is_uppercase))
        .count();
    plain == 1 && !text.contains('.')
}

/// Whether what follows a family name is a family name itself and not given names:
/// of two single words the second is the given name only at the beginning.
fn is_family_alone_before(given: &str, parts: &[String], at: usize) -> bool {
    at > 0 && is_family_alone(given) && !parts[at + 1].contains(' ')
}

/// "Doe JA" of Vancouver: family name and initials without stops.
fn glued_initials(part: &str) -> Option<(String, String)> {
    let (family, initials) = part.trim_end_matches('.').rsplit_once(' ')?;
    let fits =
        (1..=3).contains(&initials.len()) && initials.bytes().all(|b| b.is_ascii_uppercase());
    if !fits || family.contains('.') {
        return None;
    }
    let given: Vec<String> = initials.chars().map(|c| format!("{c}.")).collect();
    Some((family.to_owned(), given.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::value;

    #[test]
    fn names_are_read_in_either_order() {
        for (text, want) in [
            ("Doe, J., & Roe, J.", "J. Doe|J. Roe"),
            (
                "Li, M., Poe, A., & van den Berg, J. A.",
                "M. Li|A. Poe|J. A. van den Berg",
            ),
            ("J. Doe and J. Roe", "J. Doe|J. Roe"),
            (
                "M. Li, A. Poe, and J. van den Berg",
                "M. Li|A. Poe|J. van den Berg",
            ),
            (
                "Jane Doe, John Roe, and Ann Poe",
                "Jane Doe|John Roe|Ann Poe",
            ),
            (
                "Doe J, Roe JA, van den Berg JA",
                "J. Doe|J. A. Roe|J. A. van den Berg",
            ),
            ("Doe, Jane, and John Roe", "Jane Doe|John Roe"),
            ("Doe, Jane", "Jane Doe"),
            ("Ada Apple, Ben Birch, et al.", "Ada Apple|Ben Birch|et al."),
            ("The FOO Collaboration", "The FOO Collaboration"),
        ] {
            let names: Vec<String> = value::people(&people(text))
                .names()
                .map(str::to_owned)
                .collect();
            assert_eq!(names.join("|"), want, "{text}");
            assert!(is_people(text), "{text}");
        }
        for text in [
            "Gears that turn by themselves",
            "We show, and we tell",
            "Journal of Gears. Wheels",
            "",
        ] {
            assert!(!is_people(text), "{text}");
        }
    }
}
