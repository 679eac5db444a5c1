//! MEDLINE: PubMed's tagged format, also called nbib.

use serde_json::{Value, json};

use super::{Dialect, Members, RecordFields, Role, Tags, person, without_stop};
use crate::ingest::Format;

pub(super) const DIALECT: Dialect = Dialect {
    format: Format::Medline,
    because: "lines such as `PMID- 12345678`",
    tag,
    role,
    blank_line_ends: |_| false,
    members,
    known: KNOWN,
};

/// A tag of up to four letters, padded with spaces, then a hyphen and a space.
fn tag(line: &str) -> Option<(&str, &str)> {
    let (tag, value) = line.split_at_checked(4)?;
    let value = value.strip_prefix('-')?;
    let tag = tag.trim_end();
    let is_tag = (2..=4).contains(&tag.len())
        && tag
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        && (value.is_empty() || value.starts_with(' '));
    is_tag.then(|| (tag, value.trim()))
}

fn role(tag: &str) -> Role {
    match tag {
        "PMID" => Role::Begin,
        _ => Role::Value,
    }
}

fn members(tags: &Tags) -> Members {
    let mut fields = RecordFields::default();
    fields.put("title", tags.first(&["TI", "TT"]).map(|text| title(&text)));
    fields.put("abstract", tags.first(&["AB", "OAB"]));
    fields.put_list("authors", people(tags));
    fields.put_list("editors", editors(tags));
    fields.put("venue", tags.first(&["JT", "BTI", "CTI", "TA"]));
    fields.put("volume", tags.first(&["VI"]));
    fields.put("number", tags.first(&["IP"]));
    fields.put(
        "pages",
        tags.first(&["PG"]).map(|pages| whole_pages(&pages)),
    );
    fields.put("publisher", tags.first(&["PB"]));
    fields.put(
        "series",
        tags.first(&["CTI"])
            .filter(|_| tags.first(&["JT", "BTI"]).is_some()),
    );
    fields.put("published", tags.first(&["DP"]));
    fields.put("language", tags.first(&["LA"]));
    fields.put("kind", kind(tags).map(str::to_owned));
    fields.put("pmid", tags.first(&["PMID"]));
    fields.put("doi", doi(tags));
    fields.put("url", tags.first(&["URL"]));
    let keywords: Vec<Value> = match tags.lines(&["OT"]).next() {
        Some(_) => tags.all(&["OT"]).map(|word| keyword(&word)).collect(),
        None => tags.all(&["MH"]).map(|word| keyword(&word)).collect(),
    };
    fields.put_list("keywords", keywords);
    let is_retracted = tags
        .all(&["PT"])
        .any(|kind| kind.eq_ignore_ascii_case("retracted publication"));
    if is_retracted {
        fields.put("withdrawn", Some("true".to_owned()));
    }
    fields.0
}

/// The title without the full stop that PubMed adds, and without square brackets,
/// which mark a translation.
pub(in crate::ingest) fn title(title: &str) -> String {
    let title = without_stop(title);
    let bare = title
        .strip_prefix('[')
        .and_then(|title| title.strip_suffix(']'))
        .filter(|title| !title.contains(['[', ']']));
    match bare {
        Some(bare) => without_stop(bare),
        None => title,
    }
}

/// Authors in order: full names if available, including groups. An author's ORCID
/// and institution follow the name.
fn people(tags: &Tags) -> Vec<Value> {
    let has_full = tags.lines(&["FAU"]).next().is_some();
    let mut people: Vec<Value> = Vec::new();
    for (tag, lines) in &tags.values {
        let text = super::joined(lines);
        match tag.as_str() {
            "FAU" => people.push(person(&text)),
            "AU" if !has_full => people.push(Value::from(text)),
            "CN" => people.push(json!({ "literal": text })),
            "AD" | "AUID" => {
                let Some(last) = people.last_mut() else {
                    continue;
                };
                if let Value::String(name) = last {
                    *last = json!({ "name": name.as_str() });
                }
                let key = if tag == "AD" { "affiliation" } else { "orcid" };
                let text = match key {
                    "orcid" => text.trim_start_matches("ORCID:").trim().to_owned(),
                    _ => text,
                };
                if let Some(fields) = last.as_object_mut()
                    && !fields.contains_key(key)
                {
                    fields.insert(key.to_owned(), Value::from(text));
                }
            }
            _ => {}
        }
    }
    people
}

fn editors(tags: &Tags) -> Vec<Value> {
    let full: Vec<Value> = tags.all(&["FED"]).map(|name| person(&name)).collect();
    if full.is_empty() {
        tags.all(&["ED"]).map(Value::from).collect()
    } else {
        full
    }
}

/// The DOI among the article's identifiers: `10.1000/x [doi]`.
fn doi(tags: &Tags) -> Option<String> {
    tags.all(&["LID", "AID"])
        .find_map(|id| id.strip_suffix("[doi]").map(|id| id.trim().to_owned()))
}

fn kind(tags: &Tags) -> Option<&'static str> {
    let kinds: Vec<String> = tags.all(&["PT"]).map(|kind| kind.to_lowercase()).collect();
    let is = |name: &str| kinds.iter().any(|kind| kind == name);
    if is("preprint") {
        Some("preprint")
    } else if is("dataset") {
        Some("dataset")
    } else if is("technical report") {
        Some("report")
    } else if is("academic dissertation") {
        Some("phdthesis")
    } else if tags.first(&["BTI"]).is_some() {
        Some(if tags.first(&["TI"]).is_some() {
            "incollection"
        } else {
            "book"
        })
    } else if tags.first(&["JT", "TA"]).is_some() {
        Some("article")
    } else {
        None
    }
}

/// Expands "1945-53" to 1945 to 1953.
pub(in crate::ingest) fn whole_pages(pages: &str) -> String {
    let Some((first, last)) = pages.split_once('-') else {
        return pages.to_owned();
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if digits(first) && digits(last) && last.len() < first.len() {
        return format!("{first}–{}{last}", &first[..first.len() - last.len()]);
    }
    format!("{first}–{last}")
}

/// A keyword without the asterisk that marks major topics, and without a heading's
/// qualifiers.
fn keyword(word: &str) -> Value {
    let word = word.split('/').next().unwrap_or(word);
    Value::from(word.trim_matches(['*', ' ']).to_owned())
}

/// Tags that are read, or irrelevant.
const KNOWN: &[&str] = &[
    "PMID", "TI", "TT", "BTI", "CTI", "AB", "OAB", "OABL", "FAU", "AU", "CN", "AD", "AUID", "FED",
    "ED", "JT", "TA", "VI", "IP", "PG", "PB", "PL", "DP", "DEP", "LA", "PT", "LID", "AID", "OT",
    "OTO", "MH", "OWN", "STAT", "DCOM", "LR", "IS", "ISBN", "SB", "SO", "EDAT", "MHDA", "CRDT",
    "PHST", "PST", "JID", "PMC", "MID", "GR", "COIS", "CIN", "CON", "RN", "NM", "SI", "RF", "GN",
    "CI", "DA", "RIN", "ROF", "EIN", "EFR", "CRI", "CRF", "UIN", "UOF", "SPIN", "ORI", "IR", "FIR",
    "IRAD", "PS", "FPS", "URL", "CDAT", "CTDT", "DRDT", "LRDT", "PMCR", "SFM", "CP", "DDIN",
    "DRIN", "ECI", "RPI", "RPF", "TTAB", "VTI", "EN",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_have_four_places_and_a_hyphen() {
        assert_eq!(tag("PMID- 300"), Some(("PMID", "300")));
        assert_eq!(tag("TI  - A title"), Some(("TI", "A title")));
        assert_eq!(tag("AB  -"), Some(("AB", "")));
        assert_eq!(tag("      goes on"), None);
        assert_eq!(tag("TY  - JOUR"), Some(("TY", "JOUR")));
        assert_eq!(tag("well-known"), None);
        assert_eq!(tag("éééé- x"), None);
    }

    #[test]
    fn pages_are_written_out() {
        assert_eq!(whole_pages("1945-53"), "1945–1953");
        assert_eq!(whole_pages("1-9"), "1–9");
        assert_eq!(whole_pages("e12"), "e12");
        assert_eq!(whole_pages("101-9"), "101–109");
    }
}
