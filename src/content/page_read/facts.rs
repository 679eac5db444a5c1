//! Reads a paper's front matter, field by field, following the schema.

use super::people::read_people;
use super::stray::report_strays;
use super::value::{line, lines, slugs};
use crate::config::{Fields, Value};
use crate::diagnostics::Diagnostic;
use crate::model::schema::{BODY, FIELDS, Slot};
use crate::model::{Day, Extra, Facts, LinkKind, PaperId, PublicationKind, is_publishable_url};
use crate::text::clean_line;

/// Reads all fields of a page except the body.
pub(super) fn read(fields: &Fields<'_, '_>) -> Facts {
    let mut facts = Facts::default();
    let mut tables: Vec<&'static str> = Vec::new();
    for field in FIELDS.iter().filter(|field| field.name != BODY) {
        match field.table() {
            (None, key) => read_field(fields, key, &field.slot, &mut facts),
            (Some(table), _) if !tables.contains(&table) => tables.push(table),
            _ => {}
        }
    }
    // The page's own keys are known by now, so that they are recognised if
    // misplaced in a table.
    for name in tables {
        let Some(table) = fields.table(name) else {
            continue;
        };
        for field in FIELDS {
            if let (Some(of), key) = field.table()
                && of == name
            {
                read_field(&table, key, &field.slot, &mut facts);
            }
        }
        report_strays(&table, fields, name);
        table.finish();
    }
    facts.publication.tidy();
    facts
}

fn read_field(fields: &Fields<'_, '_>, key: &'static str, slot: &Slot, facts: &mut Facts) {
    match *slot {
        Slot::Line(_, slot) => *slot(facts) = line(fields, key).unwrap_or_default(),
        Slot::Text(_, slot) => *slot(facts) = line(fields, key),
        Slot::Words(_, slot) => *slot(facts) = lines(fields, key),
        Slot::Ids(_, slot) => *slot(facts) = read_ids(fields, key),
        Slot::Slugs(_, slot) => {
            let mut names = slugs(fields, key).unwrap_or_default();
            names.sort();
            names.dedup();
            names.shrink_to_fit();
            *slot(facts) = names;
        }
        Slot::Topics(_, slot) => *slot(facts) = slugs(fields, key),
        Slot::People(_, slot) => *slot(facts) = read_people(fields, key),
        Slot::Date(_, slot) => *slot(facts) = fields.date(key),
        Slot::Day(_, slot) => *slot(facts) = read_day(fields, key),
        Slot::Year(_, slot) => {
            let year = fields.integer(key, 1000..=9999);
            *slot(facts) = year.and_then(|year| i16::try_from(year).ok());
        }
        Slot::Kind(_, slot) => *slot(facts) = read_kind(fields, key),
        Slot::Flag(_, slot) => *slot(facts) = fields.bool(key).unwrap_or_default(),
        Slot::Link(kind) => read_link(fields, key, kind, facts),
        Slot::Count(name) => {
            let number = fields.integer(key, 0..=i64::MAX);
            if let Some(number) = number.and_then(|number| u64::try_from(number).ok()) {
                facts.metrics.insert(name.to_owned(), number);
            }
        }
        Slot::Extra => facts.extra = read_extra(fields, key),
    }
}

fn read_link(links: &Fields<'_, '_>, key: &'static str, kind: LinkKind, facts: &mut Facts) {
    let Some(url) = links.string(key) else {
        return;
    };
    let url = url.trim().to_owned();
    if is_publishable_url(&url) {
        facts.links.insert(kind, url);
        return;
    }
    let message = format!("`links.{key}` is not a URL that can be published");
    let help = "only http, https and mailto URLs become links; this one is left out";
    links.document().report(
        Diagnostic::warning("bad-link", message)
            .field("links")
            .help(help),
        links.span(key),
    );
}

fn read_ids(fields: &Fields<'_, '_>, key: &'static str) -> Vec<PaperId> {
    let mut ids = Vec::new();
    for text in fields.strings(key).unwrap_or_default() {
        match PaperId::parse(&text) {
            Some(id) => ids.push(id),
            None => {
                let message = format!("`{}` is not an identifier", clean_line(&text));
                let help =
                    "write it as scheme:value, such as arxiv:2403.03507 or doi:10.1145/12345";
                fields.document().report(
                    Diagnostic::error("bad-id", message).field(key).help(help),
                    fields.span(key),
                );
            }
        }
    }
    ids.sort();
    ids.dedup();
    ids.shrink_to_fit();
    ids
}

/// A day, a month, a season or a year.
fn read_day(fields: &Fields<'_, '_>, key: &'static str) -> Option<Day> {
    let node = fields.node(key)?;
    let text = match &node.value {
        Value::Date(text) => text.get(..10).unwrap_or(text),
        Value::String(text) => text.as_str(),
        Value::Integer(year) => &year.to_string(),
        _ => "",
    };
    // The date may include a time.
    let day = Day::parse(text).or_else(|| Day::parse(text.get(..10)?));
    if day.is_none() {
        let message = format!("`{key}` is not a date");
        fields.document().report(
            Diagnostic::error("wrong-type", message)
                .field(key)
                .help("write it as 2025-03-14, \"2025-03\", \"2025-summer\" or 2025"),
            node.span.clone(),
        );
    }
    day
}

fn read_kind(publication: &Fields<'_, '_>, key: &'static str) -> Option<PublicationKind> {
    let text = line(publication, key)?;
    let kind = PublicationKind::parse(&text);
    if kind.is_none() {
        let known: Vec<&str> = PublicationKind::ALL
            .into_iter()
            .map(PublicationKind::key)
            .collect();
        publication.document().report(
            Diagnostic::note(
                "unknown-kind",
                format!("`{text}` is not a known kind of publication; it counts as `other`"),
            )
            .field("publication.kind")
            .help(format!("known are {}", known.join(", "))),
            publication.span(key),
        );
    }
    Some(kind.unwrap_or(PublicationKind::Other))
}

fn read_extra(fields: &Fields<'_, '_>, key: &'static str) -> Extra {
    let Some(node) = fields.node(key) else {
        return Extra::new();
    };
    match free(&node.value) {
        serde_json::Value::Object(extra) => extra,
        _ => {
            fields.document().report(
                Diagnostic::error("wrong-type", "`extra` must be a table with your own fields")
                    .field("extra")
                    .help("write one line per field, such as `extra.rating = 5`"),
                node.span.clone(),
            );
            Extra::new()
        }
    }
}

/// A value in JSON, as used by templates and exports.
fn free(value: &Value) -> serde_json::Value {
    match value {
        Value::String(text) | Value::Date(text) => text.as_str().into(),
        Value::Integer(number) => (*number).into(),
        Value::Float(number) => (*number).into(),
        Value::Bool(flag) => (*flag).into(),
        Value::Array(items) => items.iter().map(|item| free(&item.value)).collect(),
        Value::Table(entries) => {
            let known = entries.iter().filter(|(_, node)| node.value != Value::Null);
            serde_json::Value::Object(
                known
                    .map(|(key, node)| (key.name.clone(), free(&node.value)))
                    .collect(),
            )
        }
        Value::Null => serde_json::Value::Null,
    }
}
