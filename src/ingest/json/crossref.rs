//! Crossref works. Titles and venues are lists, abstracts are JATS.

use serde_json::Value;

use super::super::isbn::isbn;
use super::super::{marks, value};
use super::shape::Object;
use super::taken::{Taken, at};
use crate::model::PublicationKind;

pub(super) fn is(object: &Object<'_>) -> bool {
    object.has("DOI")
        && (object.get("title").is_some_and(Value::is_array)
            || object.has_some(
                2,
                &[
                    "reference-count",
                    "is-referenced-by-count",
                    "deposited",
                    "indexed",
                ],
            ))
}

pub(super) fn read(work: &mut Taken) {
    if let Some(title) = work.line("title") {
        let subtitle = work.line("subtitle");
        let title = match subtitle {
            Some(subtitle) if !title.contains(&subtitle) => format!("{title}: {subtitle}"),
            _ => title,
        };
        let plain = marks::line(&title).into_owned();
        work.put("title", Value::from(plain));
    }
    if let Some(text) = work
        .take("abstract")
        .and_then(|value| value.as_str().map(marks::prose).map(String::from))
    {
        work.put("abstract", Value::from(text));
    }
    work.give("author", "authors");
    work.give("editor", "editors");
    work.give("DOI", "doi");
    let days: Vec<Value> = ["issued", "published-print", "published-online", "posted"]
        .iter()
        .filter_map(|name| work.take(name))
        .collect();
    let known = days.iter().find(|day| value::when(day).is_some());
    // Pass on what cannot be parsed, so that it is reported.
    work.put("issued", known.or(days.first()).cloned());
    let kind = work.line("type").as_deref().and_then(kind_of);
    containers(work, kind);
    work.give("volume", "volume");
    work.give("issue", "number");
    // Journals without page numbers have article numbers.
    let pages = work.line("page").or_else(|| work.line("article-number"));
    work.put("pages", pages.map(Value::from));
    // A preprint server is named as an institution.
    let institution = work.take("institution").and_then(|of| value::line(&of));
    let publisher = work.line("publisher").or(institution);
    work.put("publisher", publisher.map(Value::from));
    work.give("edition-number", "edition");
    // Formerly a list of URLs, now of numbers.
    let numbers = work.take("ISBN").map(|found| match found {
        Value::Array(list) => list,
        one => vec![one],
    });
    let isbn = numbers.iter().flatten().find_map(|number| {
        let number = number.as_str()?.rsplit('/').next()?;
        isbn(number)
    });
    work.put("isbn", isbn.map(Value::from));
    work.give("subject", "keywords");
    work.give("language", "language");
    work.give("is-referenced-by-count", "citations");
    if let Some(license) = work.take("license") {
        work.put("license", at(&license, &["0", "URL"]).cloned());
    }
    if let Some(Value::Array(links)) = work.take("link") {
        let is_pdf = |link: &&Value| {
            at(link, &["content-type"]).and_then(Value::as_str) == Some("application/pdf")
        };
        let pdf = links
            .iter()
            .find(is_pdf)
            .and_then(|link| at(link, &["URL"]));
        work.put("pdf", pdf.cloned());
    }
    work.put("kind", kind.map(|kind| Value::from(kind.key())));
    if let Some(Value::Array(funders)) = work.take("funder") {
        work.put(
            "funding",
            Value::Array(funders.iter().filter_map(funder).collect()),
        );
    }
    work.ignore(IGNORED);
}

/// A funder, with grant numbers in brackets.
fn funder(funder: &Value) -> Option<Value> {
    let name = value::line(funder)?;
    let awards = funder.get("award").map(value::list).unwrap_or_default();
    Some(match awards.is_empty() {
        true => name.into(),
        false => format!("{name} ({})", awards.join(", ")).into(),
    })
}

/// What a work is part of. For a conference paper or a chapter, the last title is
/// the volume's, and the one before it the series'.
fn containers(work: &mut Taken, kind: Option<PublicationKind>) {
    let Some(found) = work.take("container-title") else {
        return;
    };
    let titles: Vec<String> = match &found {
        Value::Array(titles) => titles.iter().filter_map(value::line).collect(),
        one => value::line(one).into_iter().collect(),
    };
    let titles: Vec<String> = titles
        .iter()
        .map(|title| marks::line(title).into_owned())
        .collect();
    let has_series = matches!(
        kind,
        Some(PublicationKind::Proceedings | PublicationKind::Chapter)
    ) && titles.len() > 1;
    let (series, venue) = match has_series {
        true => (titles.first(), titles.last()),
        false => (None, titles.first()),
    };
    work.put("venue", venue.cloned().map(Value::from));
    work.put("series", series.cloned().map(Value::from));
}

/// The publication kind for a Crossref type.
fn kind_of(kind: &str) -> Option<PublicationKind> {
    match kind {
        // Here, the whole volume.
        "proceedings" => Some(PublicationKind::Book),
        kind => PublicationKind::parse(kind).filter(|kind| *kind != PublicationKind::Other),
    }
}

const IGNORED: &[&str] = &[
    "URL",
    "ISSN",
    "issn-type",
    "isbn-type",
    "indexed",
    "deposited",
    "created",
    "published",
    "published-print",
    "published-online",
    "reference",
    "reference-count",
    "references-count",
    "content-domain",
    "prefix",
    "member",
    "score",
    "source",
    "resource",
    "relation",
    "short-title",
    "short-container-title",
    "original-title",
    "journal-issue",
    "alternative-id",
    "assertion",
    "update-policy",
    "archive",
    "event",
    "publisher-location",
    "institution",
    "group-title",
    "subtype",
    "posted",
    "accepted",
    "approved",
    "article-number",
    "update-to",
    "free-to-read",
    "aliases",
    "published-other",
    "content-created",
    "translator",
    "proceedings-subject",
    "degree",
    "clinical-trial-number",
];
