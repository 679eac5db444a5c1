//! Reads RIS, the tagged format of reference managers.

mod tags;

use serde_json::{Value, json};

use super::isbn::isbn;
use super::lines::lines;
use super::named::{Found, Members, Named};
use super::partial;
use super::registry::registered;
use super::tally::ImportTally;
use super::{Format, Request, marks};
use crate::diagnostics::Diagnostic;
use crate::model::{Day, People, PublicationKind, is_group};
use tags::{KNOWN, Style, style, tag};

/// The longest reference, in bytes.
const MAX_REFERENCE: usize = 1024 * 1024;

/// Whether a text starts like RIS.
pub(super) fn detect(head: &str) -> Option<(Format, &'static str)> {
    style(head)?;
    Some((Format::Ris, "lines such as `TY  - JOUR`"))
}

/// Reads decoded RIS.
pub(super) fn read(request: &Request<'_>, text: &str, tally: &mut ImportTally) {
    let mut named = Named::new(request, tally);
    let mut open: Option<Reference> = None;
    let mut stray = false;
    let style = style(text).unwrap_or(Style::Strict);
    for line in lines(text) {
        match tag(line.text, style) {
            Some((tag, kind)) if tag == "TY" => {
                if let Some(reference) = open.replace(Reference::new(line.number, line.text, kind))
                {
                    stray |= !reference.take(&mut named, tally);
                }
            }
            Some((tag, _)) if tag == "ER" => {
                if let Some(reference) = open.take() {
                    stray |= !reference.take(&mut named, tally);
                }
            }
            // Accept a reference without a type.
            Some((tag, value)) => open
                .get_or_insert_with(|| Reference::new(line.number, line.text, ""))
                .push(&tag, value),
            // Continues a value.
            None => match &mut open {
                Some(reference) => reference.go_on(line.text.trim()),
                None => stray |= !line.text.trim().is_empty(),
            },
        }
    }
    if let Some(reference) = open {
        let place = tally.line(reference.line, &reference.text);
        tally.say(
            Diagnostic::warning(
                "cut-off",
                "the last reference does not end with a line `ER  - `",
            )
            .at(place)
            .help("download the file again if it is truncated"),
        );
        stray |= !reference.take(&mut named, tally);
    }
    if stray {
        tally.say(
            Diagnostic::note(
                "stray-lines",
                "lines before a `TY` or after an `ER` belong to no reference",
            )
            .at(tally.whole()),
        );
    }
    named.close(request, tally, None);
}

/// One reference while it is being read.
struct Reference {
    line: usize,
    text: String,
    kind: String,
    tags: Vec<(String, String)>,
    /// The total size of its values, in bytes.
    length: usize,
}

impl Reference {
    fn new(line: usize, text: &str, kind: &str) -> Self {
        Self {
            line,
            text: text.chars().take(200).collect(),
            kind: kind.to_ascii_uppercase(),
            tags: Vec::new(),
            length: 0,
        }
    }

    fn push(&mut self, tag: &str, value: &str) {
        self.length += tag.len() + value.len();
        if self.length <= MAX_REFERENCE {
            self.tags.push((tag.to_owned(), value.to_owned()));
        }
    }

    /// Adds a line to the last value.
    fn go_on(&mut self, line: &str) {
        self.length += line.len() + 1;
        if let Some((_, value)) = self.tags.last_mut()
            && self.length <= MAX_REFERENCE
        {
            value.push('\n');
            value.push_str(line);
        }
    }

    /// Passes it on. Returns `false` if it has neither type nor title and is
    /// therefore not a reference.
    fn take(self, named: &mut Named, tally: &mut ImportTally) -> bool {
        if self.length > MAX_REFERENCE {
            let said = Diagnostic::error("too-large", "a reference larger than a megabyte");
            let place = tally.line(self.line, &self.text);
            tally.reject(said.at(place).help("remove it, or shorten it"));
            return true;
        }
        let found = Found {
            source: tally.reading.format.source(),
            line: self.line,
            text: &self.text,
            members: self.members(),
            unknown: self.unknown(),
        };
        let is_none =
            self.kind.is_empty() && !found.members.iter().any(|(name, _)| name == "title");
        if !is_none {
            named.take(tally, found, |_| {});
        }
        !is_none
    }

    fn first(&self, names: &[&str]) -> Option<String> {
        let found = names.iter().find_map(|name| {
            self.tags
                .iter()
                .find(|(tag, value)| tag == name && !value.is_empty())
        });
        found.map(|(_, value)| value.clone())
    }

    fn values(&self, names: &[&str]) -> Vec<String> {
        let found = self
            .tags
            .iter()
            .filter(|(tag, value)| names.contains(&tag.as_str()) && !value.is_empty());
        found.map(|(_, value)| value.clone()).collect()
    }

    /// The values of a repeatable tag. Some programs put them all on one line,
    /// separated by semicolons, or on a line each below a single tag.
    fn listed(&self, names: &[&str]) -> Vec<Value> {
        let values = self.values(names);
        let parts = values.iter().flat_map(|value| value.split([';', '\n']));
        let parts = parts.map(str::trim).filter(|part| !part.is_empty());
        parts.map(Value::from).collect()
    }

    /// The people under some tags. A comma always ends a family name here; a name
    /// without one may be a group's.
    fn people(&self, names: &[&str]) -> Vec<Value> {
        let listed = self.listed(names);
        let listed = listed.iter().filter_map(Value::as_str);
        listed.flat_map(people).collect()
    }

    /// The kind named by the type. Only the notes tell a master's thesis from
    /// others.
    fn kind(&self) -> Option<String> {
        let kind = PublicationKind::parse(&self.kind)?;
        let is_masters = || {
            let said = self.values(&["M3", "U1", "VL"]);
            said.iter()
                .any(|text| text.to_lowercase().contains("master"))
        };
        Some(match kind {
            PublicationKind::Thesis if is_masters() => {
                PublicationKind::MastersThesis.key().to_owned()
            }
            kind => kind.key().to_owned(),
        })
    }

    /// The date's field and value: the stated year, as precisely as any tag with
    /// the same year gives it.
    fn date(&self) -> (&'static str, Option<String>) {
        let dates = |names: &[&str]| {
            let values = self.values(names).into_iter();
            values
                .filter_map(|text| partial::written(&text))
                .collect::<Vec<_>>()
        };
        let stated = dates(&["PY", "Y1", "YR"]);
        let further = dates(&["DA"]);
        let Some(year) = stated.first().or(further.first()).map(|date| date.year()) else {
            // Pass on what cannot be parsed, so that it is reported.
            return ("year", self.first(&["PY", "Y1", "YR", "DA"]));
        };
        let same = further
            .into_iter()
            .chain(stated)
            .filter(|date| date.year() == year);
        // If equally precise, the first wins.
        let best = same.fold(None, |best: Option<Day>, date| match best {
            Some(best) if partial::precision(best) >= partial::precision(date) => Some(best),
            _ => Some(date),
        });
        match best {
            Some(date) if partial::precision(date) > 0 => ("published", Some(date.to_string())),
            _ => ("year", Some(format!("{year:04}"))),
        }
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
                .map(|title| marks::line(&title).into_owned()),
        );
        put(
            "abstract",
            self.first(&["AB", "N2"])
                .map(|text| marks::prose(&text).into_owned()),
        );
        // A book's second title is its series.
        let is_book = PublicationKind::parse(&self.kind) == Some(PublicationKind::Book);
        let container: &[&str] = match is_book {
            true => &["BT", "JO", "JF"],
            // The proceedings come before the conference.
            false if PublicationKind::parse(&self.kind) == Some(PublicationKind::Proceedings) => {
                &["C3", "JF", "T2", "BT", "JO", "JA", "J2"]
            }
            // The full name comes before abbreviations.
            false => &["JF", "T2", "BT", "JO", "JA", "J2", "C3"],
        };
        let title = self.first(&["TI", "T1", "CT"]);
        let container = self
            .first(container)
            .filter(|name| Some(name) != title.as_ref());
        put(
            "venue",
            container.map(|name| marks::line(&name).into_owned()),
        );
        put("doi", self.first(&["DO"]));
        put("kind", self.kind());
        let key = self.first(&["ID"]).filter(|key| {
            key.len() <= 80
                && key.starts_with(|c: char| c.is_alphabetic())
                && !key.contains(char::is_whitespace)
        });
        put("citation_key", key);
        put("volume", self.first(&["VL"]));
        // Reports have their number where others have the ISSN.
        let number: &[&str] = match PublicationKind::parse(&self.kind) {
            Some(PublicationKind::Report | PublicationKind::Patent) => &["IS", "SN", "M1"],
            _ => &["IS"],
        };
        let mut numbers = number.iter().filter_map(|tag| self.first(&[*tag]));
        put("number", numbers.find(|number| isbn(number).is_none()));
        let pages = match (self.first(&["SP"]), self.first(&["EP"])) {
            (Some(first), Some(last)) if first != last && !first.contains(['-', '–']) => {
                Some(format!("{first}–{last}"))
            }
            (first, _) => first,
        };
        // The article number, in a journal without page numbers.
        let article = || {
            self.first(&["C7"])
                .filter(|number| registered(number).is_none())
        };
        put("pages", pages.or_else(article));
        put("publisher", self.first(&["PB"]));
        let series: &[&str] = if is_book { &["T2", "T3"] } else { &["T3"] };
        put("series", self.first(series));
        put("edition", self.first(&["ET"]));
        // The same tag holds journals' ISSNs.
        put(
            "isbn",
            self.values(&["SN"]).iter().find_map(|text| isbn(text)),
        );
        // Formerly a second date of any meaning. If it has a day, it is the access
        // date.
        let accessed = self.first(&["Y2"]).and_then(|text| partial::written(&text));
        let accessed = accessed.filter(|date| date.day().is_some());
        put("accessed", accessed.map(|date| date.to_string()));
        put("language", self.first(&["LA"]));
        let (field, date) = self.date();
        put(field, date);
        put(
            "pdf",
            self.first(&["L1"]).filter(|url| url.starts_with("http")),
        );
        let mut notes = self.values(&["N1"]);
        let cut_off = [People::AUTHORS_CUT_OFF, People::EDITORS_CUT_OFF].map(|said| {
            let before = notes.len();
            notes.retain(|note| note != said);
            notes.len() < before
        });
        put(
            "comment",
            Some(notes.join("; ")).filter(|notes| !notes.is_empty()),
        );
        let urls = self.values(&["UR", "L2", "LK"]);
        let urls: Vec<&str> = urls
            .iter()
            .flat_map(|urls| urls.split_whitespace())
            .collect();
        let page = urls
            .iter()
            .find(|url| url.contains("://") || url.starts_with("www."));
        if let Some(url) = page.or(urls.first()) {
            members.push(("url".into(), Value::from(*url)));
        }
        // Any of the URLs may contain the identifier.
        let further = self.values(&["AN", "M1", "M3", "C7"]);
        let further = further.iter().map(String::as_str);
        let ids: Vec<String> = urls
            .into_iter()
            .filter(|url| url.contains("://"))
            .chain(further)
            .filter_map(registered)
            .map(|id| id.to_string())
            .collect();
        if !ids.is_empty() {
            members.push(("ids".into(), Value::from(ids)));
        }
        // In an edited book, the people named first are the editors.
        let is_edited = self.kind == "EDBOOK";
        let authors = if is_edited { &[][..] } else { &["AU", "A1"] };
        let editors = if is_edited {
            &["AU", "A1", "A2", "ED"][..]
        } else {
            &["A2", "ED"]
        };
        let lists = [("authors", authors), ("editors", editors)];
        for ((field, tags), cut_off) in lists.into_iter().zip(cut_off) {
            let mut people = self.people(tags);
            if cut_off {
                people.push(Value::from(People::OTHERS));
            }
            if !people.is_empty() {
                members.push((field.into(), Value::Array(people)));
            }
        }
        let keywords = self.listed(&["KW"]);
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

/// The people on a line: one, or several despite the format.
fn people(line: &str) -> Vec<Value> {
    let inner = line
        .strip_prefix('{')
        .and_then(|name| name.strip_suffix('}'));
    if let Some(whole) = inner.filter(|inner| !inner.contains(['{', '}'])) {
        return vec![json!({ "literal": whole })];
    }
    // "Smith and Sons, Inc." is not a person.
    let several =
        line.matches(',').count() > 1 && [" and ", " & "].iter().any(|joint| line.contains(joint));
    if several {
        let names = super::people::parts(line).into_iter();
        return names.map(|name| json!({ "name": name })).collect();
    }
    let name = person(line).filter(|_| !is_group(line));
    vec![name.unwrap_or_else(|| Value::from(line))]
}

/// Splits "Family, Given" and "Family, Given, Jr."
fn person(name: &str) -> Option<Value> {
    let parts: Vec<&str> = name.split(',').map(str::trim).collect();
    match parts[..] {
        [family, given] => Some(json!({ "family": family, "given": given })),
        [family, given, suffix] => {
            Some(json!({ "family": family, "given": given, "suffix": suffix }))
        }
        _ => None,
    }
}
