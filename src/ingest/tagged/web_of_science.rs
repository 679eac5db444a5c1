//! Web of Science's "plain text" export, also called ISI format.

use serde_json::{Value, json};

use super::{Dialect, Members, RecordFields, Role, Tags, person};
use crate::ingest::Format;
use crate::ingest::isbn::isbn;

pub(super) const DIALECT: Dialect = Dialect {
    format: Format::WebOfScience,
    because: "lines such as `PT J` and `ER`",
    tag,
    role,
    blank_line_ends: |_| false,
    members,
    known: KNOWN,
};

/// Two characters and a space; the value may be missing. Values continue on
/// indented lines.
fn tag(line: &str) -> Option<(&str, &str)> {
    let (tag, value) = line.split_at_checked(2)?;
    let bytes = tag.as_bytes();
    let is_tag = bytes[0].is_ascii_uppercase()
        && (bytes[1].is_ascii_uppercase() || bytes[1].is_ascii_digit())
        && (value.is_empty() || value.starts_with(' ') && !value.starts_with("  -"));
    let value = value.trim();
    // Prose may start with these letters, but a publication type is a single
    // letter.
    let is_type = tag != "PT" || matches!(value, "J" | "B" | "S" | "P" | "C" | "R");
    (is_tag && is_type).then_some((tag, value))
}

fn role(tag: &str) -> Role {
    match tag {
        "PT" => Role::Begin,
        "ER" => Role::End,
        "FN" | "VR" | "EF" => Role::File,
        _ => Role::Value,
    }
}

fn members(tags: &Tags) -> Members {
    let mut fields = RecordFields::default();
    fields.put("title", tags.first(&["TI"]));
    fields.put("abstract", tags.prose("AB"));
    fields.put_list("authors", people(tags));
    let editors: Vec<Value> = tags.lines(&["BE", "ED"]).map(person).collect();
    fields.put_list("editors", editors);
    fields.put(
        "venue",
        tags.first(&["SO", "CT", "JI", "J9"])
            .map(|name| cased(&name)),
    );
    fields.put("series", tags.first(&["SE"]).map(|name| cased(&name)));
    fields.put("publisher", tags.first(&["PU"]).map(|name| cased(&name)));
    let funding = tags.first(&["FU"]).or_else(|| tags.first(&["FX"]));
    fields.put_list(
        "funding",
        funding.iter().flat_map(|text| funders(text)).collect(),
    );
    fields.put("volume", tags.first(&["VL"]));
    fields.put("number", tags.first(&["IS"]));
    fields.put_pages(tags.first(&["BP", "AR"]), tags.first(&["EP"]));
    fields.put("isbn", tags.first(&["BN"]).and_then(|text| isbn(&text)));
    fields.put("kind", kind(tags).map(str::to_owned));
    fields.put("doi", tags.first(&["DI"]));
    fields.put("pmid", tags.first(&["PM"]));
    fields.put("published", date(tags));
    fields.put("year", tags.first(&["PY"]));
    fields.put("language", tags.first(&["LA"]));
    fields.put("citations", tags.first(&["Z9", "TC"]));
    let keywords = tags.first(&["DE"]).or_else(|| tags.first(&["ID"]));
    fields.put("keywords", keywords);
    fields.put("categories", tags.first(&["WC"]));
    fields.0
}

/// The authors, with full names if available, and groups.
fn people(tags: &Tags) -> Vec<Value> {
    let full = tags.lines(&["AF", "BF"]).next().is_some();
    let names = if full { ["AF", "BF"] } else { ["AU", "BA"] };
    let orcids = orcids(tags);
    let mut people: Vec<Value> = tags
        .lines(&names)
        .map(|name| {
            let mut author = person(name);
            let found = orcids
                .iter()
                .find(|(known, _)| known.eq_ignore_ascii_case(name));
            if let Some((_, orcid)) = found {
                if let Value::String(name) = &author {
                    author = json!({ "name": name.as_str() });
                }
                if let Some(fields) = author.as_object_mut() {
                    fields.insert("orcid".to_owned(), Value::from(orcid.as_str()));
                }
            }
            author
        })
        .collect();
    people.extend(
        tags.lines(&["CA", "GP"])
            .map(|name| json!({ "literal": name })),
    );
    people
}

/// `Doe, Jane/0000-0002-1825-0097; Roe, R/0000-…`.
fn orcids(tags: &Tags) -> Vec<(String, String)> {
    let text = tags.first(&["OI"]).unwrap_or_default();
    text.split(';')
        .filter_map(|part| part.split_once('/'))
        .map(|(name, orcid)| (name.trim().to_owned(), orcid.trim().to_owned()))
        .collect()
}

/// Combines the publication date "MAR 15" and the year "2019" to "15 MAR 2019".
fn date(tags: &Tags) -> Option<String> {
    let year = tags.first(&["PY"])?;
    match tags.first(&["PD"]) {
        Some(day) => Some(match day.to_ascii_uppercase().as_str() {
            "SPR" => format!("Spring {year}"),
            "SUM" => format!("Summer {year}"),
            "FAL" => format!("Fall {year}"),
            "WIN" => format!("Winter {year}"),
            _ => format!("{day} {year}"),
        }),
        None => Some(year),
    }
}

fn kind(tags: &Tags) -> Option<&'static str> {
    let stated = tags.first(&["DT"]).unwrap_or_default().to_lowercase();
    if stated.contains("proceedings paper") && tags.first(&["PT"]).as_deref() != Some("J") {
        return Some("inproceedings");
    }
    if stated.contains("book chapter") {
        return Some("incollection");
    }
    if stated == "book" {
        return Some("book");
    }
    if stated.contains("data set") {
        return Some("dataset");
    }
    Some(match tags.first(&["PT"])?.as_str() {
        "J" => "article",
        "B" if tags.first(&["SO"]) == tags.first(&["TI"]) => "book",
        "B" if tags.first(&["CT"]).is_some() => "inproceedings",
        "B" => "incollection",
        "S" | "C" => "inproceedings",
        "R" => "report",
        "P" => "patent",
        _ => return None,
    })
}

/// Funders, with grant numbers in round brackets as elsewhere.
fn funders(text: &str) -> Vec<Value> {
    let parts = text
        .split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    parts
        .map(|part| Value::from(part.replace('[', "(").replace(']', ")")))
        .collect()
}

/// Converts capitals to title case; the service writes all journals in capitals.
pub(in crate::ingest) fn cased(name: &str) -> String {
    const SMALL: [&str; 16] = [
        "of", "and", "the", "in", "on", "for", "to", "a", "an", "by", "with", "de", "la", "et",
        "der", "und",
    ];
    if name.chars().any(char::is_lowercase) || !name.contains(char::is_alphabetic) {
        return name.to_owned();
    }
    let word = |(at, word): (usize, &str)| {
        let lower = word.to_lowercase();
        // Short words in capitals are often abbreviations: "IEEE", "ACM".
        let is_short = word.chars().count() <= 4 && !word.contains(['A', 'E', 'I', 'O', 'U', 'Y'])
            || ABBREVIATIONS.contains(&word);
        if is_short && !SMALL.contains(&lower.as_str()) {
            return word.to_owned();
        }
        if at > 0 && SMALL.contains(&lower.as_str()) {
            return lower;
        }
        capitalised(&lower)
    };
    let words: Vec<String> = name.split(' ').enumerate().map(word).collect();
    words.join(" ")
}

/// Common abbreviations of publishers and journals that contain a vowel.
const ABBREVIATIONS: [&str; 12] = [
    "IEEE", "ACM", "AIP", "IET", "SIAM", "USA", "II", "III", "IV", "IOP", "AAAI", "ASME",
];

/// Capitalises each part of a word with hyphens or slashes.
fn capitalised(word: &str) -> String {
    let mut begins = true;
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        if begins && c.is_alphabetic() {
            out.extend(c.to_uppercase());
            begins = false;
        } else {
            out.push(c);
            begins = matches!(c, '-' | '/' | '(');
        }
    }
    out
}

/// Tags that are read, or irrelevant.
const KNOWN: &[&str] = &[
    "PT", "AU", "AF", "BA", "BF", "CA", "GP", "BE", "ED", "TI", "SO", "SE", "BS", "LA", "DT", "CT",
    "CY", "CL", "SP", "HO", "DE", "ID", "AB", "C1", "C3", "RP", "EM", "RI", "OI", "FU", "FX", "FP",
    "CR", "NR", "TC", "Z9", "Z1", "Z2", "Z3", "Z4", "Z8", "ZB", "ZS", "ZR", "ZA", "U1", "U2", "PU",
    "PI", "PA", "SN", "EI", "BN", "J9", "JI", "PD", "PY", "VL", "IS", "PN", "SU", "SI", "MA", "BP",
    "EP", "AR", "DI", "DL", "D2", "EA", "PG", "P2", "WC", "WE", "SC", "GA", "PM", "OA", "HC", "HP",
    "DA", "UT", "ER", "EF", "FN", "VR", "TA",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_capitals_are_cased_as_titles_are() {
        for (name, want) in [
            ("JOURNAL OF THINGS", "Journal of Things"),
            (
                "IEEE TRANSACTIONS ON ROBOTICS",
                "IEEE Transactions on Robotics",
            ),
            ("Journal of Foo", "Journal of Foo"),
            ("PHYSICS-USPEKHI", "Physics-Uspekhi"),
            ("PLOS ONE", "Plos One"),
            ("12", "12"),
        ] {
            assert_eq!(cased(name), want);
        }
    }
}
