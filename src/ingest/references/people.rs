//! The authors in a reference: the order of their names, and where the list ends.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::super::signatures::is_group;

/// The longest author list, in bytes.
const MAX_LENGTH: usize = 3_000;

/// Whether a text is a single group, and not a list ending in one.
fn is_lone_group(text: &str) -> bool {
    is_group(text)
        && !text.contains(';')
        && !text
            .split(", ")
            .any(|part| is_initials(part) || glued_initials(part).is_some())
}

/// Whether a text is an author list and nothing else.
pub(super) fn is_people(text: &str) -> bool {
    let text = text.trim().trim_end_matches([',', ';', ':']);
    if text.is_empty() || text.len() > MAX_LENGTH {
        return false;
    }
    if is_lone_group(text) {
        return true;
    }
    let mut long = 0;
    let all = parts(text);
    let inverted = all.len() > 1 && is_family_alone(&all[0]) && is_initials(&all[1]);
    for part in all {
        if is_rest(&part) {
            continue;
        }
        let words: Vec<&str> = part.split_whitespace().collect();
        // "Li Li. Wheels" is a name and a title.
        let ends_within = words
            .iter()
            .skip(1)
            .rev()
            .skip(1)
            .any(|word| word.ends_with('.') && word.chars().count() == 3 && !is_suffix(word));
        // "Doe, J. Lamps That Wait": in lists of inverted names, many words after
        // an initial are a title.
        let after = words.iter().skip_while(|word| is_initials(word));
        let full = after
            .filter(|word| word.starts_with(char::is_uppercase))
            .count();
        if inverted && full > 1 && is_initials(words[0]) {
            return false;
        }
        if words.len() > 6 || ends_within || !words.iter().all(|word| is_name_word(word)) {
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

/// An author list without its final full stop; that of an initial stays.
pub(super) fn without_stop(text: &str) -> &str {
    let text = text.trim().trim_end_matches([',', ':', ' ']);
    let Some(bare) = text.strip_suffix('.') else {
        return text;
    };
    let last = bare.rsplit([' ', '.', '-']).next().unwrap_or_default();
    match last.chars().count() == 1 || is_suffix(last) {
        true => text,
        false => bare,
    }
}

/// Whether a line starts like a reference: with a name and initials, or with names
/// and a year.
pub(super) fn opens(text: &str) -> bool {
    let head: String = text.chars().take(1_500).collect();
    // A long list has many initials.
    let stops = head.match_indices(". ").map(|(at, _)| at).take(80);
    let others = head.find('(').into_iter().chain(head.find(['"', '“']));
    stops
        .chain(others)
        .map(|end| head[..end].trim_end_matches([' ', '.', ',']))
        .any(|names| names.contains([' ', ',']) && is_people(names))
}

/// Whether a line starts with names and a bracketed year, or with names, initials
/// and a colon, as only references do.
pub(super) fn opens_surely(text: &str) -> bool {
    let head: String = text.chars().take(1_500).collect();
    let dated = head.match_indices(" (").take(8).any(|(at, _)| {
        let year = head.get(at + 2..at + 6).and_then(super::year_of);
        year.is_some() && is_people(without_stop(&head[..at]))
    });
    let colon = head.split_once(".: ").map(|(names, _)| names);
    dated || colon.is_some_and(|names| names.contains(", ") && is_people(names))
}

/// The end of a list of names with initials first: "R.L. Abbott, J. Quill, ".
/// `None` if the text does not start with one.
pub(super) fn initials_first(text: &str) -> Option<usize> {
    let mut end = 0;
    for part in text.split_inclusive(", ").take(200) {
        let bare = part.trim_end_matches([',', ' ']);
        let bare = bare.strip_prefix("and ").unwrap_or(bare);
        let cut = bare.strip_suffix(" et al.").unwrap_or(bare);
        let is_list = cut
            .split(" and ")
            .flat_map(|part| part.split(" & "))
            .all(has_initials_first);
        let fits = is_list || end > 0 && (is_rest(bare) || is_suffix(bare));
        if !fits || !part.ends_with(", ") {
            break;
        }
        end += part.len();
    }
    let rest = &text[end..];
    let goes_on = rest.strip_prefix("and ").unwrap_or(rest);
    let begins_name = goes_on.split(' ').next().is_some_and(is_initials);
    (end > 0 && !begins_name).then_some(end)
}

/// "R.L. Abbott", "J.-P. van den Berg".
fn has_initials_first(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let initials = words.iter().take_while(|word| is_initials(word)).count();
    let rest = &words[initials..];
    initials > 0
        && (1..=4).contains(&rest.len())
        && rest.iter().all(|word| is_name_word(word))
        && rest
            .iter()
            .any(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1)
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
            // Within a name, a full stop follows an initial or abbreviation: "J.",
            // "St.", "Ph.".
            && bare.split('.').all(|part| part.chars().count() <= 2 || !bare.contains('.'))
        || bare.contains('\'') && bare.chars().any(char::is_uppercase)
        // A full name in Chinese characters.
        || (2..=4).contains(&bare.chars().count())
            && bare.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
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
    // "and 3 others"
    let counted = bare
        .strip_suffix(" others")
        .or_else(|| bare.strip_suffix(" more"));
    if counted.is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit())) {
        return true;
    }
    matches!(
        bare,
        "" | "et al" | "others" | "and others" | "Eds" | "Ed" | "(Eds" | "eds" | "ed"
    )
}

/// The parts between commas, "and" and "&".
fn parts(text: &str) -> Vec<String> {
    text.replace(". . .", "…")
        .replace("...", "…")
        // Authors left out before the last name.
        .replace('…', ", et al, ")
        .replace("; and ", "; ")
        .replace("; & ", "; ")
        .replace(" & ", ", ")
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

/// The authors in a list, with family and given names separated if their order is
/// clear.
pub(super) fn people(text: &str) -> Value {
    let text = text.trim().trim_end_matches([',', ';', ':']);
    if is_lone_group(text) {
        return json!([{ "literal": text }]);
    }
    let all = parts(text);
    let others = all.iter().any(|part| {
        part.starts_with("et al") || part.ends_with("others") || part.ends_with(" more")
    });
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
            at += 2 + usize::from(suffix.is_some());
            out.push(json!({ "family": part, "given": given, "suffix": suffix }));
            continue;
        }
        let suffix = next.filter(|word| is_suffix(word));
        at += 1 + usize::from(suffix.is_some());
        // Vancouver's "Birch T Jr".
        let (bare, own) = match part.rsplit_once(' ') {
            Some((bare, last)) if is_suffix(last) => (bare, Some(last)),
            _ => (part, None),
        };
        let suffix = suffix.or(own);
        match (glued_initials(bare), suffix) {
            (Some((family, given)), _) => {
                out.push(json!({ "family": family, "given": given, "suffix": suffix }));
            }
            (None, Some(suffix)) => out.push(json!({ "name": format!("{bare} {suffix}") })),
            (None, None) if is_group(part) => out.push(json!({ "literal": part })),
            (None, None) => out.push(json!({ "name": part })),
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

/// A single word, or a particle and a word: "Doe", "van den Berg".
fn is_family_alone(text: &str) -> bool {
    let plain = text
        .split_whitespace()
        .filter(|word| word.starts_with(char::is_uppercase))
        .count();
    plain == 1 && !text.contains('.')
}

/// Whether the text after a family name is another family name rather than given
/// names. Of two single words, the second is a given name only at the start of the
/// list.
fn is_family_alone_before(given: &str, parts: &[String], at: usize) -> bool {
    at > 0 && is_family_alone(given) && !parts[at + 1].contains(' ')
}

/// Vancouver's "Doe JA": family name and initials without full stops.
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

/// Replaces counts of further authors, "A. Poe, +5 more." and "A. Poe, … +5.", by
/// "et al."
pub(super) fn with_others(text: &str) -> Cow<'_, str> {
    for (at, _) in text.match_indices('+') {
        let behind = &text[at + 1..];
        let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
        let mut rest = &behind[digits..];
        for word in [
            " more authors",
            " other authors",
            " authors",
            " author",
            " more",
            " others",
        ] {
            if let Some(left) = rest.strip_prefix(word) {
                rest = left;
                break;
            }
        }
        let before = text[..at].trim_end_matches([' ', ',', '…', ';']);
        let parted = text[..at].ends_with([' ', ',', '…']) && !before.is_empty();
        if (1..=4).contains(&digits) && parted && rest.starts_with(['.', ',', ':', ' ', ')']) {
            return Cow::Owned(format!("{before} et al{}", ended(rest)));
        }
    }
    Cow::Borrowed(text)
}

/// The text after "et al", with its full stop.
fn ended(rest: &str) -> String {
    match rest.strip_prefix('.') {
        Some(_) => rest.to_owned(),
        None => format!(".{rest}"),
    }
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
            (
                "Roe, R., Poe, A., & The Gear Study Group",
                "R. Roe|A. Poe|The Gear Study Group",
            ),
            ("张伟, 李娜", "张伟|李娜"),
            ("Abbott, R.; and Quill, J.", "R. Abbott|J. Quill"),
            ("Jane Doe, Ann Poe, and 3 others", "Jane Doe|Ann Poe|et al."),
            ("Tim Birch, Jr., and Ann Cole", "Tim Birch Jr.|Ann Cole"),
            ("Birch, T., Jr., & Cole, A.", "T. Birch Jr.|A. Cole"),
            ("Birch T Jr, Cole A", "T. Birch Jr|A. Cole"),
            (
                "Abbott, R., Birch, T., ... Zorn, Z.",
                "R. Abbott|T. Birch|Z. Zorn|et al.",
            ),
        ] {
            let names: Vec<String> = value::people(&people(text))
                .names()
                .map(str::to_owned)
                .collect();
            assert_eq!(names.join("|"), want, "{text}");
            assert!(is_people(text), "{text}");
        }
        for text in [
            "Doe, J., Roe, R. Lamps That Wait",
            "Wei Wang and Li Li. Wheels",
            "Gears that turn by themselves",
            "We show, and we tell",
            "Journal of Gears. Wheels",
            "",
        ] {
            assert!(!is_people(text), "{text}");
        }
    }
}
