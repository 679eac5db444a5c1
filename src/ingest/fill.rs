//! Fills records from named values. Shared by all formats with named fields.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::address;
use super::columns::{ColumnContent, Columns};
use super::registry::{SCHEMES, dois, registered};
use super::value::{self, When};
use crate::model::schema::{self, BODY, FIELDS, Slot};
use crate::model::{LinkKind, PaperId, People, PublicationKind, Record};

/// Columns of a paper that could not be used, by name.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Unused {
    /// Columns with unknown names.
    pub(super) unknown: Vec<String>,
    /// Columns with invalid values, or with a second value for a field.
    pub(super) unfit: Vec<String>,
}

/// Fills a record from named values. If several columns hold the same field, the
/// most likely one wins.
pub(super) fn fill(record: &mut Record, values: Vec<(String, Value)>, columns: &Columns) -> Unused {
    let mut unused = Unused::default();
    let exported = is_exported(&values);
    let mut known = Vec::with_capacity(values.len());
    for (name, value) in values {
        match columns.get(&name) {
            Some((field, rank)) if !value::is_absent(&value) => {
                known.push((field, rank, name, value));
            }
            None if !value::is_absent(&value) => unused.unknown.push(name),
            _ => {}
        }
    }
    known.sort_by_key(|(field, rank, ..)| (*field, *rank));
    let mut day = None;
    for (field, _, name, value) in known {
        let fits = match field {
            ColumnContent::Day => {
                day = value::when(&value);
                day.is_some()
            }
            _ => set(record, field, &value),
        };
        if !fits {
            unused.unfit.push(name);
        }
    }
    if let Some(day) = day {
        place_day(record, day, exported);
    }
    unused
}

/// Whether Offprint exported the paper: only we list the digests it was in.
fn is_exported(values: &[(String, Value)]) -> bool {
    ["slug", "digests"]
        .iter()
        .all(|name| values.iter().any(|(other, _)| other == name))
}

/// Treats a plain date as the listing date if the source also gives a publication
/// date or is Offprint itself. Otherwise the two cannot be told apart, and it is
/// the publication date.
fn place_day(record: &mut Record, day: When, exported: bool) {
    match day.date() {
        Some(date) if exported || record.published.is_some() => {
            record.date.get_or_insert(date);
        }
        _ if is_year(day) => {
            record.year.get_or_insert(day.year());
        }
        _ => record.published = Some(record.published.unwrap_or(day)),
    }
}

/// Sets a field if it is still empty, or adds to it if it is a list. Returns
/// `false` if the value does not fit or another one was first.
fn set(record: &mut Record, field: ColumnContent, value: &Value) -> bool {
    match field {
        ColumnContent::Of(at) => set_field(record, &FIELDS[at], value),
        ColumnContent::Gist if record.abstract_text.is_empty() => {
            put_text(&mut record.abstract_text, value::prose(value))
        }
        ColumnContent::Gist => put(&mut record.summary, value::line(value)),
        ColumnContent::Id("doi") => {
            // A second one is often that of an erratum, and would merge two papers.
            let text = value::line(value).unwrap_or_default();
            let found = dois(&text);
            let first = found.first().and_then(|doi| PaperId::new("doi", doi));
            id(record, first) && found.len() == 1
        }
        ColumnContent::Id(scheme) => id(
            record,
            value::line(value).and_then(|text| PaperId::new(scheme, &text)),
        ),
        ColumnContent::Key => {
            // Only unique within a venue at best. Ignored unless it clearly belongs
            // to a registry, which loses nothing.
            let text = value::line(value).unwrap_or_default();
            id(record, registered(&text));
            true
        }
        ColumnContent::Table(name) => table(value, |key, value| {
            let is_it = |field: &&schema::Field| field.table() == (Some(name), key);
            FIELDS
                .iter()
                .find(is_it)
                .is_some_and(|field| set_field(record, field, value))
        }),
        // Set once the other dates are known.
        ColumnContent::Day | ColumnContent::Concluded => true,
    }
}

/// The same for a field of the schema.
fn set_field(record: &mut Record, field: &schema::Field, value: &Value) -> bool {
    match field.slot {
        Slot::Line(..) if field.name == BODY => match is_address(value) {
            true => link(record, LinkKind::Paper, value),
            false => put_text(&mut record.abstract_text, value::prose(value)),
        },
        Slot::Line(_, slot) => put_text(slot(record), value::line(value)),
        Slot::Text(_, slot) => match value {
            // An award of unknown name.
            Value::Bool(true) => put(slot(record), Some(capitalised(field.name))),
            _ => put(slot(record), value::line(value)),
        },
        Slot::Words(_, slot) => add(slot(record), value),
        Slot::Ids(..) => ids(record, value),
        Slot::People(_, slot) => put_people(slot(record), value),
        Slot::Date(_, slot) => same_or_put(slot(record), value::when(value).and_then(When::date)),
        Slot::Day(_, slot) => match value::when(value) {
            Some(day) if is_year(day) => same_or_put(&mut record.year, Some(day.year())),
            day => same_or_put(slot(record), day),
        },
        Slot::Year(_, slot) => put(slot(record), value::when(value).map(When::year)),
        Slot::Kind(_, slot) => match value::line(value)
            .as_deref()
            .and_then(PublicationKind::parse)
        {
            // "misc" says nothing.
            Some(PublicationKind::Other) => true,
            kind => put(slot(record), kind),
        },
        Slot::Flag(_, slot) => {
            *slot(record) |= matches!(value, Value::Bool(true))
                || value::line(value).is_some_and(|text| text == "true" || text == "yes");
            true
        }
        Slot::Link(kind) => link(record, kind, value),
        Slot::Count("comments") if value::number(value).is_none() => {
            put(&mut record.comment, value::line(value))
        }
        Slot::Count(name) => metric(record, name, value),
        Slot::Extra => match value {
            Value::Object(fields) => {
                let known = fields.iter().filter(|(_, value)| !value.is_null());
                record
                    .extra
                    .extend(known.map(|(k, v)| (k.clone(), v.clone())));
                true
            }
            _ => false,
        },
        // Digests and topics belong to this site.
        Slot::Slugs(..) | Slot::Topics(..) => true,
    }
}

/// "Award" for `award`.
fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

fn put<T>(slot: &mut Option<T>, value: Option<T>) -> bool {
    let fits = slot.is_none() && value.is_some();
    if fits {
        *slot = value;
    }
    fits
}

fn put_text(slot: &mut String, value: Option<String>) -> bool {
    match value {
        Some(text) if slot.is_empty() => {
            *slot = text;
            true
        }
        Some(text) => *slot == text,
        None => false,
    }
}

fn same_or_put<T: PartialEq>(slot: &mut Option<T>, value: Option<T>) -> bool {
    (value.is_some() && *slot == value) || put(slot, value)
}

/// Whether only the year is known, for which records have a separate field.
fn is_year(day: When) -> bool {
    day.month().is_none() && day.season().is_none()
}

fn add(slot: &mut Vec<String>, value: &Value) -> bool {
    let found = value::list(value);
    let fits = !found.is_empty();
    let mut known: BTreeSet<String> = slot.iter().cloned().collect();
    slot.extend(found.into_iter().filter(|text| known.insert(text.clone())));
    fits
}

fn id(record: &mut Record, id: Option<PaperId>) -> bool {
    match id {
        Some(id) => {
            if !record.ids.contains(&id) {
                record.ids.push(id);
            }
            true
        }
        None => false,
    }
}

/// A list of `scheme:value`, or a table keyed by scheme.
fn ids(record: &mut Record, value: &Value) -> bool {
    match value {
        Value::Object(_) => table(value, |key, value| {
            let scheme = match key.to_ascii_lowercase().as_str() {
                "pubmed" => "pmid".to_owned(),
                "corpusid" => "s2corpus".to_owned(),
                other => other.to_owned(),
            };
            let known = SCHEMES.contains(&scheme.as_str());
            let text = value::line(value).filter(|_| known);
            id(record, text.and_then(|text| PaperId::new(&scheme, &text)))
        }),
        _ => {
            let found = value::list(value);
            let mut fits = !found.is_empty();
            for text in found {
                fits &= id(record, PaperId::parse(&text));
            }
            fits
        }
    }
}

fn is_address(value: &Value) -> bool {
    matches!(value, Value::String(text) if !text.trim().contains(char::is_whitespace)
        && address::link(text).is_some())
}

/// Sets a link, and takes the identifier from a paper's URL.
fn link(record: &mut Record, kind: LinkKind, value: &Value) -> bool {
    let Some(text) = value::line(value) else {
        return false;
    };
    let found = match kind {
        LinkKind::Code => address::repository(&text),
        _ => address::link(&text),
    };
    let Some(mut url) = found else {
        return false;
    };
    if matches!(kind, LinkKind::Paper | LinkKind::Pdf | LinkKind::Discussion) {
        let found = PaperId::from_url(&url);
        // In a DOI's URL, characters are encoded once or not at all.
        if let Some(plain) = found.as_ref().and_then(PaperId::url)
            && plain.starts_with("https://doi.org/")
            && (url.contains("%2") || url.contains('<'))
        {
            url = plain;
        }
        id(record, found);
    }
    match record.links.get(&kind) {
        Some(first) => *first == url,
        None => {
            record.links.insert(kind, url);
            true
        }
    }
}

fn put_people(slot: &mut People, value: &Value) -> bool {
    let free = slot.is_empty();
    if free {
        *slot = value::people(value);
    }
    free && !slot.is_empty()
}

fn metric(record: &mut Record, key: &str, value: &Value) -> bool {
    let Some(number) = value::number(value) else {
        // -1 means "not counted".
        return matches!(value, Value::Number(_));
    };
    record.metrics.entry(key.to_owned()).or_insert(number);
    true
}

/// Calls `each` for the entries of a table. Returns `false` if it is not a table or
/// an entry does not fit.
fn table(value: &Value, mut each: impl FnMut(&str, &Value) -> bool) -> bool {
    let Value::Object(fields) = value else {
        return false;
    };
    let present = fields.iter().filter(|(_, value)| !value::is_absent(value));
    present.fold(true, |all, (key, value)| each(key, value) && all)
}

/// Column names that occur more than once in a paper.
pub(super) fn repeated(values: &[(String, Value)]) -> Vec<String> {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, _) in values {
        *count.entry(name).or_default() += 1;
    }
    let twice = count.into_iter().filter(|(_, n)| *n > 1);
    twice.map(|(name, _)| name.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Metrics, Source};
    use serde_json::json;

    fn filled(value: Value) -> (Record, Unused) {
        let mut record = Record::new(Source::JSONL, 1, "");
        let values = value.as_object().unwrap().clone().into_iter().collect();
        let unused = fill(&mut record, values, &Columns::new(&BTreeMap::new()));
        (record, unused)
    }

    fn ids_of(record: &Record) -> String {
        record
            .ids
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn the_likelier_name_of_a_field_wins_whatever_the_order() {
        let (record, unused) =
            filled(json!({"name": "B", "title": "A", "summary": "short", "abstract": "long"}));
        assert_eq!(
            (record.title.as_str(), record.abstract_text.as_str()),
            ("A", "long")
        );
        assert_eq!(record.summary.as_deref(), Some("short"));
        assert_eq!(unused.unfit, ["name"]);
        let (record, _) = filled(json!({"title": "A", "summary": "the abstract"}));
        assert_eq!(record.abstract_text, "the abstract");
    }

    #[test]
    fn only_known_registries_give_an_identity() {
        for (value, want) in [
            (json!({"id": "paper280"}), ""),
            (json!({"id": "1234"}), ""),
            (json!({"id": "2403.03507v2"}), "arxiv:2403.03507"),
            (json!({"id": "1234.56789"}), ""),
            (json!({"id": "xyz:17"}), ""),
            (
                json!({"id": "MPw3obDKcD", "url": "https://openreview.net/forum?id=MPw3obDKcD"}),
                "openreview:MPw3obDKcD",
            ),
            (
                json!({"doi": "https://link.springer.com/chapter/10.1007/978-3-031-19830-4 _38"}),
                "doi:10.1007/978-3-031-19830-4_38",
            ),
            (json!({"arxiv_id": "arXiv:1804.01681"}), "arxiv:1804.01681"),
            (
                json!({"externalIds": {"ArXiv": "1804.01681", "DOI": "10.1/x", "MAG": "7"}}),
                "arxiv:1804.01681 doi:10.1/x",
            ),
            (
                json!({"ids": ["arxiv:1804.01681", "doi:10.1/x"]}),
                "arxiv:1804.01681 doi:10.1/x",
            ),
            (
                json!({"project_url": "https://arxiv.org/abs/1804.01681"}),
                "",
            ),
        ] {
            let text = value.to_string();
            assert_eq!(ids_of(&filled(value).0), want, "{text}");
        }
    }

    #[test]
    fn links_are_mended_or_named_as_unfit() {
        let (record, unused) = filled(json!({
            "github": "jane/code", "project_url": "www.a.org", "pdf": "/pdf/x.pdf", "abs": "https://arxiv.org/abs/1804.01681",
        }));
        assert_eq!(
            record.links[&LinkKind::Code],
            "https://github.com/jane/code"
        );
        assert_eq!(record.links[&LinkKind::Project], "https://www.a.org");
        assert_eq!(
            record.links[&LinkKind::Paper],
            "https://arxiv.org/abs/1804.01681"
        );
        assert_eq!(record.abstract_text, "");
        assert_eq!(unused.unfit, ["pdf"]);
    }

    #[test]
    fn dates_are_kept_apart() {
        let day = |text: &str| Some(text.parse().unwrap());
        let when = |text: &str| When::parse(text);
        let (record, _) = filled(
            json!({"date": "2025-03-14", "published": "2024-12-01", "updated": "2025-01-02"}),
        );
        assert_eq!(
            (record.date, record.published, record.updated),
            (day("2025-03-14"), when("2024-12-01"), day("2025-01-02"))
        );
        let (record, _) = filled(json!({"date": "2025-03-14"}));
        assert_eq!((record.date, record.published), (None, when("2025-03-14")));
        let (record, _) = filled(json!({"date": 2024}));
        assert_eq!(record.year, Some(2024));
    }

    #[test]
    fn tables_of_links_metrics_and_publication_are_read() {
        let (record, unused) = filled(json!({
            "links": {"code": "https://github.com/a/b"}, "metrics": {"stars": 4}, "publication": {"volume": "3"},
            "citations": -1, "comments": "12 pages", "award": true, "year": "2023", "withdrawn": true, "digests": ["x"],
        }));
        assert_eq!(record.links[&LinkKind::Code], "https://github.com/a/b");
        assert_eq!(record.metrics, Metrics::from([("stars".to_owned(), 4)]));
        assert_eq!(record.publication.volume.as_deref(), Some("3"));
        assert_eq!(record.comment.as_deref(), Some("12 pages"));
        assert_eq!(
            (record.award.as_deref(), record.year, record.withdrawn),
            (Some("Award"), Some(2023), true)
        );
        assert_eq!(unused, Unused::default());
    }

    #[test]
    fn what_nobody_knows_is_named() {
        let (_, unused) = filled(json!({"title": "A", "zebra": 1, "empty": null, "year": "soon"}));
        assert_eq!(
            (unused.unknown, unused.unfit),
            (vec!["zebra".to_owned()], vec!["year".to_owned()])
        );
    }
}
