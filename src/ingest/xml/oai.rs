//! OAI-PMH: arXiv's two formats, and Dublin Core.

use serde_json::{Value, json};

use super::super::registry::registered;
use super::super::{journal_ref, signatures, tex};
use super::tree::{Node, local};
use super::{Taken, unknown};

/// A record with its header and metadata.
pub(super) fn record(record: &Node) -> Taken {
    let mut taken = Taken::default();
    let header = record.child("header");
    let deleted = header.and_then(|header| header.attribute("status")) == Some("deleted");
    let Some(data) = record
        .child("metadata")
        .and_then(|metadata| metadata.children.first())
    else {
        taken.is_left_out = deleted;
        return taken;
    };
    if deleted {
        taken.is_left_out = true;
        return taken;
    }
    if matches!(local(&data.name), "arXiv" | "arXivRaw" | "arXivOld") {
        arxiv(data, &mut taken);
    } else {
        let name = header
            .and_then(|header| header.get("identifier"))
            .unwrap_or_default();
        dublin_core(data, &name, &mut taken);
    }
    taken
}

fn arxiv(data: &Node, taken: &mut Taken) {
    let mut put = |field: &str, value: Option<Value>| {
        if let Some(value) = value {
            taken.members.push((field.to_owned(), value));
        }
    };
    let text = |name: &str| data.get(name).map(Value::from);
    put("title", text("title"));
    put("abstract", text("abstract"));
    put("arxiv", text("id"));
    put("comment", text("comments"));
    if let Some(text) = data.get("journal-ref") {
        for (field, value) in journal_ref::members(&text) {
            put(field, Some(value));
        }
    }
    put("doi", text("doi"));
    put("license", text("license"));
    let categories = data.get("categories");
    put(
        "categories",
        categories.map(|text| Value::from(text.split_whitespace().collect::<Vec<_>>())),
    );
    let people: Vec<Value> = data
        .child("authors")
        .into_iter()
        .flat_map(|authors| authors.all("author"))
        .filter_map(|author| {
            let family = tex::plain(&author.get("keyname")?);
            let family = match author.get("suffix") {
                Some(suffix) => format!("{family} {suffix}"),
                None => family,
            };
            let given = author.get("forenames").map(|given| tex::plain(&given));
            Some(json!({ "family": family, "given": given, "affiliation": author.get("affiliation") }))
        })
        .collect();
    if people.is_empty() {
        put(
            "authors",
            data.get("authors").map(|names| signatures::authors(&names)),
        );
    } else {
        put("authors", Some(Value::Array(people)));
    }
    let versions: Vec<&Node> = data.all("version").collect();
    let first = versions.first().and_then(|version| version.get("date"));
    put("published", data.get("created").or(first).map(Value::from));
    let last = versions
        .last()
        .filter(|_| versions.len() > 1)
        .and_then(|version| version.get("date"));
    put("updated", data.get("updated").or(last).map(Value::from));
    taken.unknown = unknown(
        data,
        &[
            "title",
            "abstract",
            "id",
            "comments",
            "journal-ref",
            "doi",
            "license",
            "categories",
            "authors",
            "version",
            "created",
            "updated",
            "submitter",
            "report-no",
            "msc-class",
            "acm-class",
            "proxy",
        ],
    );
}

fn dublin_core(data: &Node, name: &str, taken: &mut Taken) {
    let all = |name: &str| -> Vec<String> {
        let texts = data.all(name).map(|node| node.whole().trim().to_owned());
        texts.filter(|text| !text.is_empty()).collect()
    };
    let mut put = |field: &str, value: Option<Value>| {
        if let Some(value) = value {
            taken.members.push((field.to_owned(), value));
        }
    };
    put("title", data.get("title").map(Value::from));
    let descriptions = all("description");
    // The longest is the abstract; the others are comments.
    let longest = descriptions.iter().max_by_key(|text| text.len());
    put("abstract", longest.map(|text| Value::from(text.as_str())));
    let creators = all("creator");
    if !creators.is_empty() {
        put("authors", Some(Value::from(creators)));
    }
    let subjects = all("subject");
    if !subjects.is_empty() {
        put("keywords", Some(Value::from(subjects)));
    }
    let dates = all("date");
    put(
        "published",
        dates.iter().min().map(|day| Value::from(day.as_str())),
    );
    let identifiers = all("identifier");
    let urls = || identifiers.iter().filter(|text| text.starts_with("http"));
    let own = std::iter::once(name.trim_start_matches("oai:arXiv.org:"));
    let ids: Vec<String> = own
        .chain(identifiers.iter().map(String::as_str))
        .filter_map(registered)
        .map(|id| id.to_string())
        .collect();
    if !ids.is_empty() {
        put("ids", Some(Value::from(ids)));
    }
    put("url", urls().next().map(|url| Value::from(url.as_str())));
    put("publisher", data.get("publisher").map(Value::from));
    put("language", data.get("language").map(Value::from));
    put("venue", data.get("source").map(Value::from));
    put(
        "license",
        data.get("rights")
            .filter(|text| text.contains("creativecommons"))
            .map(Value::from),
    );
    taken.unknown = unknown(
        data,
        &[
            "title",
            "description",
            "creator",
            "subject",
            "date",
            "identifier",
            "publisher",
            "language",
            "source",
            "rights",
            "type",
            "format",
            "relation",
            "coverage",
            "contributor",
        ],
    );
}
