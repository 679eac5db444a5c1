//! Atom: arXiv's API and daily feeds, and other journals' feeds.

use serde_json::{Value, json};

use super::super::registry::registered;
use super::super::{journal_ref, signatures};
use super::rss::announcement;
use super::tree::Node;
use super::{Taken, name, prose, unknown};

/// An entry.
pub(super) fn entry(entry: &Node, is_arxiv: bool) -> Taken {
    let mut taken = Taken::default();
    let id = entry.get("id").unwrap_or_default();
    let title = entry.get("title").unwrap_or_default();
    let text = ["summary", "content"]
        .into_iter()
        .filter_map(|name| entry.child(name))
        .find(|node| !node.whole().trim().is_empty());
    // arXiv answers an invalid query with an entry.
    if title == "Error" && (id.contains("/api/errors") || is_arxiv) {
        taken.failure = Some(text.map_or(id, |node| node.whole().trim().to_owned()));
        return taken;
    }
    let mut put = |field: &str, value: Option<Value>| {
        if let Some(value) = value {
            taken.members.push((field.to_owned(), value));
        }
    };
    let found =
        registered(id.trim_start_matches("oai:arXiv.org:")).filter(|id| id.scheme() == "arxiv");
    let shown = entry.child("title").map(|node| {
        let kind = node.attribute("type").unwrap_or("text");
        prose(node, kind.contains("html"))
    });
    put("title", shown.map(Value::from));
    if let Some(id) = &found {
        put("arxiv", Some(Value::from(id.value())));
    }
    if let Some(node) = text {
        let text = if found.is_some() && node.children.is_empty() {
            announcement(&node.text).1
        } else {
            prose(node, true)
        };
        put("abstract", Some(Value::from(text)));
    }
    let mut authors: Vec<Value> = entry
        .all("author")
        .filter_map(|author| {
            let known = name(&author.get("name")?);
            Some(json!({ "name": known, "affiliation": author.get("affiliation") }))
        })
        .collect();
    if authors.is_empty() {
        authors = entry
            .all("creator")
            .map(|creator| Value::from(creator.whole()))
            .collect();
    }
    match authors.as_slice() {
        // A single text with all names.
        [Value::String(names)] => put("authors", Some(signatures::authors(names))),
        [] => {}
        _ => put("authors", Some(Value::Array(authors))),
    }
    put("published", entry.get("published").map(Value::from));
    let is_new_version = entry.get("updated") != entry.get("published");
    put(
        "updated",
        entry
            .get("updated")
            .filter(|_| is_new_version && found.is_some())
            .map(Value::from),
    );
    put("comment", entry.get("arxiv:comment").map(Value::from));
    if let Some(text) = entry.get("journal_ref") {
        for (field, value) in journal_ref::members(&text) {
            put(field, Some(value));
        }
    }
    put(
        "doi",
        entry
            .get("doi")
            .or_else(|| entry.get("DOI"))
            .map(Value::from),
    );
    put(
        "license",
        entry
            .get("rights")
            .filter(|text| text.contains("creativecommons"))
            .map(Value::from),
    );
    let primary = entry
        .child("primary_category")
        .and_then(|node| node.attribute("term"));
    let terms = entry
        .all("category")
        .filter_map(|node| node.attribute("term"));
    let mut categories: Vec<&str> = primary.into_iter().collect();
    for term in terms {
        if !categories.contains(&term) {
            categories.push(term);
        }
    }
    let field = if found.is_some() {
        "categories"
    } else {
        "keywords"
    };
    if !categories.is_empty() {
        put(field, Some(Value::from(categories)));
    }
    for link in entry.all("link") {
        let href = link.attribute("href").map(Value::from);
        let is_pdf = link.attribute("title") == Some("pdf")
            || link.attribute("type") == Some("application/pdf");
        match link.attribute("rel").unwrap_or("alternate") {
            _ if is_pdf => put("pdf", href),
            "alternate" => put("url", href),
            _ => {}
        }
    }
    if found.is_none() {
        put("ids", registered(&id).map(|id| Value::from(id.to_string())));
    }
    if let Some(kind) = entry.get("announce_type") {
        taken.is_left_out = matches!(kind.as_str(), "replace" | "replace-cross");
    }
    taken.unknown = unknown(entry, KNOWN);
    taken
}

const KNOWN: &[&str] = &[
    "id",
    "title",
    "summary",
    "content",
    "author",
    "creator",
    "published",
    "updated",
    "comment",
    "journal_ref",
    "doi",
    "DOI",
    "rights",
    "primary_category",
    "category",
    "link",
    "announce_type",
    "contributor",
    "source",
    "date",
    "publisher",
    "identifier",
    "thumbnail",
    "group",
    "comments",
    "subject",
    "type",
    "language",
    "format",
];
