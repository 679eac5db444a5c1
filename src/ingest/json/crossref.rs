//! Crossref's works. Titles and venues are lists, abstracts are JATS.

use serde_json::Value;

use super::super::{markup, value};
use super::shape::Object;
use super::taken::{Taken, at};

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
        let plain = markup::plain(&title).into_owned();
        work.put("title", Value::from(plain));
    }
    if let Some(text) = work
        .take("abstract")
        .and_then(|value| value.as_str().map(markup::plain).map(String::from))
    {
        work.put("abstract", Value::from(text));
    }
    work.give("author", "authors");
    work.give("DOI", "doi");
    work.give("issued", "issued");
    work.give("container-title", "venue");
    work.give("volume", "volume");
    work.give("issue", "number");
    work.give("page", "pages");
    work.give("publisher", "publisher");
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
    if let Some(kind) = work.take("type").and_then(|kind| value::line(&kind)) {
        work.put("kind", kind_of(&kind).map(Value::from));
    }
    work.ignore(IGNORED);
}

/// The kind of publication that a type of Crossref or CSL is.
pub(super) fn kind_of(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "journal-article" | "article-journal" | "article-magazine" => "article",
        "proceedings-article" | "paper-conference" => "inproceedings",
        "posted-content" | "preprint" => "preprint",
        "dissertation" | "thesis" => "phdthesis",
        "report" => "report",
        _ => return None,
    })
}

const IGNORED: &[&str] = &[
    "URL",
    "ISSN",
    "ISBN",
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
    "funder",
    "update-policy",
    "archive",
    "event",
    "editor",
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
