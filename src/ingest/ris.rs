//! RIS: tagged lines, as reference managers write them.

use serde_json::Value;

use super::ledger::Ledger;
use super::lines::lines;
use super::named::{Found, Members, Named};
use super::registry::registered;
use super::{Format, Request, markup};
use crate::diagnostics::Diagnostic;

/// Whether a text begins as RIS does.
pub(super) fn detect(head: &str) -> Option<(Format, &'static str)> {
    let mut rest = lines(head)
        .filter(|line| !line.text.trim().is_empty())
        .take(8);
    rest.any(|line| tag(line.text).is_some_and(|(tag, _)| tag == "TY"))
        .then_some((Format::Ris, "lines such as `TY  - JOUR`"))
}

/// The tag of a line and its value: two characters, two spaces, a hyphen.
fn tag(line: &str) -> Option<(&str, &str)> {
    let (tag, rest) = line.split_at_checked(2)?;
    let is_tag = tag.as_bytes()[0].is_ascii_uppercase()
        && (tag.as_bytes()[1].is_ascii_uppercase() || tag.as_bytes()[1].is_ascii_digit());
    let value = rest
        .strip_prefix("  -")
        .or_else(|| rest.strip_prefix(" -"))?;
    is_tag.then(|| (tag, value.trim()))
}

/// Reads decoded RIS.
pub(super) fn read(request: &Request<'_>, text: &str, ledger: &mut Ledger) {
    let mut named = Named::new(request, ledger);
    let mut open: Option<Reference> = None;
    let mut stray = false;
    for line in lines(text) {
        match tag(line.text) {
            Some(("TY", kind)) => {
                if let Some(reference) = open.replace(Reference::new(line.number, line.text, kind))
                {
                    reference.take(&mut named, ledger);
                }
            }
            Some(("ER", _)) => {
                if let Some(reference) = open.take() {
                    reference.take(&mut named, ledger);
                }
            }
            Some((tag, value)) => match &mut open {
                Some(reference) => reference.tags.push((tag.to_owned(), value.to_owned())),
                None => stray = true,
            },
            // A value goes on over lines.
            None => {
                let last = open
                    .as_mut()
                    .and_then(|reference| reference.tags.last_mut());
                if let Some((_, value)) = last {
                    value.push('\n');
                    value.push_str(line.text.trim());
                }
            }
        }
    }
    if let Some(reference) = open {
        let place = ledger.line(reference.line, &reference.text);
        ledger.say(
            Diagnostic::warning(
                "cut-off",
                "the last reference is not ended by a line `ER  - `",
            )
            .at(place)
            .help("get the file again if it was cut off"),
        );
        reference.take(&mut named, ledger);
    }
    if stray {
        ledger.say(
            Diagnostic::note(
                "stray-lines",
                "lines before a `TY` or after an `ER` belong to no reference",
            )
            .at(ledger.whole()),
        );
    }
    named.close(request, ledger, None);
}

/// One reference while it is being read.
struct Reference {
    line: usize,
    text: String,
    kind: String,
    tags: Vec<(String, String)>,
}

impl Reference {
    fn new(line: usize, text: &str, kind: &str) -> Self {
        Self {
            line,
            text: text.to_owned(),
            kind: kind.to_owned(),
            tags: Vec::new(),
        }
    }

    fn take(self, named: &mut Named, ledger: &mut Ledger) {
        let found = Found {
            source: ledger.reading.format.source(),
            line: self.line,
            text: &self.text,
            members: self.members(),
            unknown: self.unknown(),
        };
        named.take(ledger, found, |_| {});
    }

    fn first(&self, names: &[&str]) -> Option<String> {
        let found = names.iter().find_map(|name| {
            self.tags
                .iter()
                .find(|(tag, value)| tag == name && !value.is_empty())
        });
        found.map(|(_, value)| value.clone())
    }

    fn all(&self, names: &[&str]) -> Vec<Value> {
        let found = self
            .tags
            .iter()
            .filter(|(tag, value)| names.contains(&tag.as_str()) && !value.is_empty());
        found.map(|(_, value)| Value::from(value.clone())).collect()
    }

    fn members(&self) -> Members {
        let mut members = Members::new();
        let mut put = |field: &str, value: Option<String>| {
            if let Some(value) = value {
                members.push((field.to_owned(), Value::from(value)));
            }
        };
        put(
            "title",
            self.first(&["TI", "T1", "CT"])
                .map(|title| markup::title(&title)),
        );
        put(
            "abstract",
            self.first(&["AB", "N2"])
                .map(|text| markup::plain(&text).into_owned()),
        );
        put("venue", self.first(&["JO", "JF", "T2", "BT", "JA", "J2"]));
        put("doi", self.first(&["DO"]));
        let kind = kind_of(&self.kind);
        put("kind", kind.map(str::to_owned));
        put("volume", self.first(&["VL"]));
        put("number", self.first(&["IS"]));
        let pages = match (self.first(&["SP"]), self.first(&["EP"])) {
            (Some(first), Some(last)) if first != last && !first.contains(['-', '–']) => {
                Some(format!("{first}–{last}"))
            }
            (first, _) => first,
        };
        put("pages", pages);
        put("publisher", self.first(&["PB"]));
        put("series", self.first(&["T3"]));
        put("language", self.first(&["LA"]));
        put(
            "year",
            self.first(&["PY", "Y1"]).map(|year| {
                year.trim_end_matches('/')
                    .split('/')
                    .next()
                    .unwrap_or_default()
                    .to_owned()
            }),
        );
        put(
            "published",
            self.first(&["DA"])
                .or_else(|| self.first(&["PY", "Y1"]))
                .and_then(|day| whole_day(&day)),
        );
        put(
            "pdf",
            self.first(&["L1"]).filter(|url| url.starts_with("http")),
        );
        put("comment", self.first(&["N1"]));
        let urls = self.all(&["UR", "L2", "LK"]);
        let mut urls = urls.into_iter();
        if let Some(url) = urls.next() {
            members.push(("url".into(), url));
        }
        let ids = self.all(&["AN", "M1", "C7"]);
        if let Some(id) = ids.iter().filter_map(Value::as_str).find_map(registered) {
            members.push(("ids".into(), Value::from(id.to_string())));
        }
        let authors = self.all(&["AU", "A1"]);
        if !authors.is_empty() {
            members.push(("authors".into(), Value::Array(authors)));
        }
        let keywords = self.all(&["KW"]);
        if !keywords.is_empty() {
            members.push(("keywords".into(), Value::Array(keywords)));
        }
        members
    }

    fn unknown(&self) -> Vec<String> {
        let tags = self.tags.iter().map(|(tag, _)| tag.clone());
        let mut unknown: Vec<String> = tags.filter(|tag| !KNOWN.contains(&tag.as_str())).collect();
        unknown.sort();
        unknown.dedup();
        unknown
    }
}

/// "2024/05/01/other" with month and day as a date.
fn whole_day(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(['/', '-']).map(str::trim).collect();
    match parts[..] {
        [year, month, day, ..] if !month.is_empty() && !day.is_empty() => {
            Some(format!("{year}-{month:0>2}-{day:0>2}"))
        }
        _ => None,
    }
}

fn kind_of(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "JOUR" | "MGZN" | "EJOUR" => "article",
        "CONF" | "CPAPER" | "CHAP" => "inproceedings",
        "THES" => "phdthesis",
        "RPRT" => "report",
        "UNPB" | "INPR" | "PREPRINT" => "preprint",
        _ => return None,
    })
}

/// Tags that are understood, or that say nothing of a paper.
const KNOWN: &[&str] = &[
    "TI", "T1", "CT", "AB", "N2", "JO", "JF", "T2", "BT", "JA", "J2", "DO", "VL", "IS", "SP", "EP",
    "PB", "T3", "LA", "PY", "Y1", "DA", "L1", "N1", "UR", "L2", "LK", "AN", "M1", "C7", "AU", "A1",
    "KW", "SN", "ID", "M3", "A2", "A3", "A4", "ED", "CY", "PP", "Y2", "DB", "DP", "ST", "C1", "C2",
    "C3", "RP", "L3", "L4", "ET", "CN", "AD", "OP", "RN", "SE", "TT", "U1", "U2", "U3", "U4", "U5",
    "VO", "AV", "H1", "H2", "RI",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_told_from_text() {
        assert_eq!(tag("TY  - JOUR"), Some(("TY", "JOUR")));
        assert_eq!(tag("ER  -"), Some(("ER", "")));
        assert_eq!(tag("A title - with a dash"), None);
        assert_eq!(tag("é"), None);
        assert!(detect("TY  - JOUR\nTI  - A\n").is_some());
        assert!(detect("A title\n\nAn abstract.").is_none());
    }

    #[test]
    fn days_are_whole_or_none() {
        assert_eq!(whole_day("2024/05/01").as_deref(), Some("2024-05-01"));
        assert_eq!(whole_day("2024/5/1/spring").as_deref(), Some("2024-05-01"));
        assert_eq!(whole_day("2024///").as_deref(), None);
    }
}
