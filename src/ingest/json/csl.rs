//! CSL-JSON, as used by citation processors and exported by Zotero.

use serde_json::Value;

use super::super::marks;
use super::super::registry::registered;
use super::shape::Object;
use super::taken::{Taken, at};
use crate::model::PublicationKind;

pub(super) fn is(object: &Object<'_>) -> bool {
    let in_parts = |key: &str, part: &str| {
        object
            .get(key)
            .is_some_and(|value| at(value, &["0", part]).is_some())
    };
    let has_names = in_parts("author", "family") || in_parts("author", "literal");
    let has_date = object
        .get("issued")
        .is_some_and(|issued| issued.get("date-parts").is_some());
    let has_type = object
        .get("type")
        .and_then(Value::as_str)
        .is_some_and(|kind| TYPES.contains(&kind));
    object.get("title").is_some_and(Value::is_string)
        && has_type
        && (has_names
            || has_date
            || object.has_some(1, &["DOI", "URL", "container-title", "citation-key"]))
}

/// Item types that may be papers.
const TYPES: [&str; 24] = [
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "paper-conference",
    "preprint",
    "report",
    "thesis",
    "chapter",
    "book",
    "manuscript",
    "speech",
    "webpage",
    "document",
    "dataset",
    "software",
    "patent",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "post",
    "post-weblog",
    "review",
    "standard",
];

pub(super) fn read(item: &mut Taken) {
    if let Some(title) = item.line("title") {
        let plain = marks::line(&title).into_owned();
        item.put("title", Value::from(plain));
    }
    if let Some(text) = item.take("abstract") {
        let plain = text.as_str().map(|text| marks::prose(text).into_owned());
        item.put("abstract", plain.map(Value::from));
    }
    item.give("author", "authors");
    item.give("editor", "editors");
    let key = item.line("citation-key").or_else(|| {
        // Zotero numbers its items; others have their citation keys here.
        let id = item.line("id")?;
        let is_key = id.starts_with(|c: char| c.is_alphabetic())
            && id.len() <= 80
            && !id.contains(|c: char| c.is_whitespace() || c == '/' || c == ':');
        is_key.then_some(id)
    });
    item.put("citation_key", key.map(Value::from));
    item.give("issued", "issued");
    if let Some(title) = item.line("container-title") {
        item.put("venue", Value::from(marks::line(&title).into_owned()));
    }
    item.give("DOI", "doi");
    item.give("PMID", "pmid");
    item.give("URL", "url");
    item.give("keyword", "keywords");
    item.give("volume", "volume");
    item.give("issue", "issue");
    item.give("page", "pages");
    item.give("publisher", "publisher");
    // The office that granted a patent.
    if let Some(office) = item.line("authority") {
        item.put("venue", Value::from(office));
    }
    item.give("collection-title", "series");
    item.give("edition", "edition");
    item.give("ISBN", "isbn");
    item.give("accessed", "accessed");
    item.give("language", "language");
    item.give("license", "license");
    let number = item.line("number");
    let archive = item.line("archive").unwrap_or_default();
    let place = item.line("archive_location");
    if let Some(id) = number
        .iter()
        .chain(&place)
        .find_map(|text| arxiv(text, &archive))
    {
        item.put("arxiv", Value::from(id));
    } else {
        item.put("number", number.map(Value::from));
    }
    if let Some(note) = item.line("note") {
        notes(item, &note);
    }
    if let Some(kind) = item.line("type") {
        let kind = match item.line("genre").map(|genre| genre.to_lowercase()) {
            Some(genre) if genre.contains("preprint") => Some("preprint"),
            Some(genre) if genre.contains("master") => Some("mastersthesis"),
            // CSL's "article" is as likely a preprint as anything else.
            _ if kind == "article" => None,
            _ => PublicationKind::parse(&kind).map(PublicationKind::key),
        };
        item.put("kind", kind.map(Value::from));
    }
    item.ignore(&[
        "id",
        "citation-label",
        "title-short",
        "shortTitle",
        "short-title",
        "journalAbbreviation",
        "container-title-short",
        "source",
        "ISSN",
        "event",
        "event-title",
        "event-place",
        "event-date",
        "publisher-place",
        "translator",
        "number-of-pages",
        "version",
        "call-number",
        "PMCID",
        "submitted",
        "original-date",
        "genre",
        "system_id",
        "number-of-volumes",
        "section",
        "status",
    ]);
}

/// An arXiv ID in a number or in a location within an archive.
fn arxiv(text: &str, archive: &str) -> Option<String> {
    let says = text.to_lowercase().contains("arxiv") || archive.to_lowercase().contains("arxiv");
    let bare = text.trim_start_matches(|c: char| !c.is_ascii_digit() && c != ':');
    let id = registered(text)
        .or_else(|| registered(&format!("arxiv:{}", bare.trim_start_matches(':'))))?;
    (says && id.scheme() == "arxiv").then(|| id.value().to_owned())
}

/// Handles lines such as "arXiv:2403.03507 [cs]" and "PMID: 1", which exports put
/// into notes. Anything else is a comment.
fn notes(item: &mut Taken, note: &str) {
    let first = note.split_whitespace().next().unwrap_or_default();
    match registered(first).filter(|id| id.scheme() == "arxiv") {
        Some(id) => item.put("arxiv", Value::from(id.value())),
        None => item.put("comment", Value::from(note)),
    }
}
