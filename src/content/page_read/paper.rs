//! The page of a paper: its front matter, its abstract and a person's notes.

use std::sync::Arc;

use super::body;
use super::stray::report_strays;
use super::value::{line, lines, slugs};
use crate::config::{Fields, Value};
use crate::content::field::FieldValue;
use crate::content::front_matter::{self, Language};
use crate::content::imported::Imported;
use crate::content::tree::PaperPage;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::model::{
    Author, Day, Extra, Kind, LinkKind, Name, Paper, PaperId, People, Slug, is_publishable_url,
};
use crate::text::{clean, clean_line};

/// The tables that front matter can have.
pub(in crate::content) const TABLES: [&str; 4] = ["publication", "links", "metrics", "imported"];

/// What the metrics of a paper can be called.
const METRICS: [&str; 4] = ["upvotes", "stars", "citations", "comments"];

/// Reads the page of a paper.
pub(in crate::content) fn paper(
    file: &Arc<str>,
    slug: Slug,
    text: &str,
) -> (Option<PaperPage>, Diagnostics) {
    let split = match front_matter::split(file, text) {
        Ok(split) => split,
        Err(diagnostic) => return (None, (*diagnostic).into()),
    };
    let document = front_matter::document(file, text, &split);
    let fields = document.fields();
    let mut paper = Paper::new(slug, title(&fields).unwrap_or_default());
    if paper.title.is_empty() && split.front.is_none() {
        let help = "begin the page with `+++`, a line `title = \"…\"` and another `+++`";
        document.report(
            Diagnostic::error(
                "no-front-matter",
                "the page of a paper needs front matter with its title",
            )
            .help(help),
            0..0,
        );
    }
    read_paper(&fields, &mut paper);
    let mut imported = Imported::read(&fields);
    // An import wrote another word for the kind before there was one for each.
    if let (Some(kind), Some(publication)) = (paper.publication.kind, fields.table("publication"))
        && let Some(written) = line(&publication, "kind")
    {
        let (old, new) = (FieldValue::Text(written), FieldValue::Kind(kind));
        imported.respell("publication.kind", &old, &new);
    }
    fields.finish();
    let (abstract_text, notes) = body::split(&text[split.body..], &imported);
    paper.abstract_text = clean(abstract_text).trim().to_owned();
    paper.notes = notes.trim().to_owned();
    let page = PaperPage {
        paper,
        file: Arc::clone(file),
        yaml: matches!(split.front, Some((Language::Yaml, _))),
        imported,
    };
    let found = document.into_diagnostics();
    let usable = !page.paper.title.is_empty();
    (usable.then_some(page), found)
}

fn title(fields: &Fields<'_, '_>) -> Option<String> {
    let title = line(fields, "title");
    if title.is_none() && fields.node("title").is_none() && !fields.entries().is_empty() {
        let span = fields
            .entries()
            .first()
            .map_or(0..0, |(key, _)| key.span.clone());
        fields.document().report(
            Diagnostic::error("no-title", "the page has no title")
                .field("title")
                .help("add a line `title = \"…\"` to the front matter"),
            span,
        );
    }
    title
}

fn read_paper(fields: &Fields<'_, '_>, paper: &mut Paper) {
    paper.ids = read_ids(fields);
    paper.authors = read_people(fields, "authors");
    paper.editors = read_people(fields, "editors");
    paper.date = fields.date("date");
    paper.published = read_day(fields, "published");
    paper.updated = fields.date("updated");
    paper.year = fields
        .integer("year", 1000..=9999)
        .and_then(|year| i16::try_from(year).ok());
    paper.digests = slugs(fields, "digests").unwrap_or_default();
    paper.digests.sort();
    paper.digests.dedup();
    paper.venue = line(fields, "venue");
    paper.keywords = lines(fields, "keywords");
    paper.categories = lines(fields, "categories");
    paper.award = line(fields, "award");
    paper.status = line(fields, "status");
    paper.comment = line(fields, "comment");
    paper.license = line(fields, "license");
    paper.language = line(fields, "language");
    paper.topics = slugs(fields, "topics");
    paper.summary = line(fields, "summary");
    paper.citation_key = line(fields, "citation_key");
    paper.extra = read_extra(fields);
    paper.short = line(fields, "short");
    paper.withdrawn = fields.bool("withdrawn").unwrap_or_default();
    paper.draft = fields.bool("draft").unwrap_or_default();
    if let Some(publication) = fields.table("publication") {
        paper.publication.kind = read_kind(&publication);
        for name in ["volume", "number", "pages", "publisher", "series"] {
            if let (Some(slot), Some(value)) =
                (paper.publication.field_mut(name), line(&publication, name))
            {
                *slot = Some(value);
            }
        }
        report_strays(&publication, fields, "publication");
        publication.finish();
    }
    if let Some(links) = fields.table("links") {
        read_links(&links, paper);
        report_strays(&links, fields, "links");
        links.finish();
    }
    if let Some(metrics) = fields.table("metrics") {
        for name in METRICS {
            if let Some(n) = metrics
                .integer(name, 0..=i64::MAX)
                .and_then(|n| u64::try_from(n).ok())
            {
                paper.metrics.insert(name.to_owned(), n);
            }
        }
        report_strays(&metrics, fields, "metrics");
        metrics.finish();
    }
}

fn read_ids(fields: &Fields<'_, '_>) -> Vec<PaperId> {
    let mut ids = Vec::new();
    for text in fields.strings("ids").unwrap_or_default() {
        match PaperId::parse(&text) {
            Some(id) => ids.push(id),
            None => {
                let message = format!("`{}` is no identifier", clean_line(&text));
                let help =
                    "write it as scheme:value, such as arxiv:2403.03507 or doi:10.1145/12345";
                fields.document().report(
                    Diagnostic::error("bad-id", message).field("ids").help(help),
                    fields.span("ids"),
                );
            }
        }
    }
    ids.sort();
    ids.dedup();
    ids
}

fn read_people(fields: &Fields<'_, '_>, key: &'static str) -> People {
    let Some(node) = fields.node(key) else {
        return People::default();
    };
    let single = std::slice::from_ref(node);
    let items = match &node.value {
        Value::Array(items) => items.as_slice(),
        _ => single,
    };
    let mut people = Vec::new();
    for item in items {
        match &item.value {
            Value::String(name) => people.push(Author::named(clean_line(name))),
            Value::Table(_) => {
                if let Some(author) = fields.of(item, key) {
                    people.push(Author {
                        name: read_name(&author),
                        orcid: line(&author, "orcid"),
                        affiliation: line(&author, "affiliation"),
                    });
                    author.finish();
                }
            }
            other => {
                let message = format!(
                    "one of `{key}` is {}, but must be a name or a table with `name`",
                    other.kind()
                );
                fields.document().report(
                    Diagnostic::error("wrong-type", message)
                        .field(key)
                        .help("write it as \"Ada Author\" or { name = \"Ada Author\" }"),
                    item.span.clone(),
                );
            }
        }
    }
    people.into()
}

/// A name in its parts, whole, or as people write it.
fn read_name(author: &Fields<'_, '_>) -> Name {
    let [family, given, particle, suffix] =
        ["family", "given", "particle", "suffix"].map(|key| line(author, key).unwrap_or_default());
    let literal = line(author, "literal");
    let name = line(author, "name");
    if !family.is_empty() {
        return Name::from_parts(&family, &given, &particle, &suffix);
    }
    match (literal, name) {
        (Some(literal), _) => Name::literal(&literal),
        (None, Some(name)) => Name::parse(&name),
        (None, None) => Name::parse(&given),
    }
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
    // A date may have a time behind it.
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

fn read_kind(publication: &Fields<'_, '_>) -> Option<Kind> {
    let text = line(publication, "kind")?;
    let kind = Kind::parse(&text);
    if kind.is_none() {
        let known: Vec<&str> = Kind::ALL.into_iter().map(Kind::key).collect();
        publication.document().report(
            Diagnostic::note(
                "unknown-kind",
                format!("`{text}` is no kind of publication that is known; it counts as `other`"),
            )
            .field("publication.kind")
            .help(format!("known are {}", known.join(", "))),
            publication.span("kind"),
        );
    }
    Some(kind.unwrap_or(Kind::Other))
}

fn read_extra(fields: &Fields<'_, '_>) -> Extra {
    let Some(node) = fields.node("extra") else {
        return Extra::new();
    };
    match free(&node.value) {
        serde_json::Value::Object(extra) => extra,
        _ => {
            fields.document().report(
                Diagnostic::error(
                    "wrong-type",
                    "`extra` must be a table of fields of your own",
                )
                .field("extra")
                .help("write `[extra]` and below it a line for each field, such as `rating = 5`"),
                node.span.clone(),
            );
            Extra::new()
        }
    }
}

/// A value as templates and exports take it.
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

fn read_links(links: &Fields<'_, '_>, paper: &mut Paper) {
    for kind in LinkKind::ALL {
        let Some(url) = links.string(kind.key()) else {
            continue;
        };
        let url = url.trim().to_owned();
        if is_publishable_url(&url) {
            paper.links.insert(kind, url);
        } else {
            let message = format!("`links.{}` is no address that can be linked to", kind.key());
            let help = "only http, https and mailto addresses become links; this one is left out";
            links.document().report(
                Diagnostic::warning("bad-link", message)
                    .field("links")
                    .help(help),
                links.span(kind.key()),
            );
        }
    }
}
