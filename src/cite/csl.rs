//! CSL-JSON: what Zotero, Pandoc and every other CSL processor read.

use serde_json::{Map, Value, json};

use super::item::Item;
use super::kind::Kind;
use super::name::Name;
use super::plain::one_line;
use super::work::Work;

/// One item under the given id. What is not known is left out.
pub fn csl_json(item: &Item<'_>, key: &str) -> Value {
    let work = Work::of(item);
    let mut entry = Fields(Map::new());
    entry.put("id", Some(key));
    entry.put("type", Some(item_type(work.kind)));
    entry.put("genre", genre(work.kind));
    entry.put("title", Some(&work.title));
    entry.put("title-short", item.short.map(one_line).as_deref());
    let authors: Vec<Value> = work.names.list.iter().map(author).collect();
    if !authors.is_empty() {
        entry.0.insert("author".to_owned(), Value::Array(authors));
    }
    if let Some(date) = date_parts(&work) {
        entry.0.insert("issued".to_owned(), date);
    }
    let stands_alone = matches!(work.kind, Kind::Thesis | Kind::MastersThesis | Kind::Report);
    if stands_alone {
        entry.put("publisher", work.institution());
        entry.put("number", work.number.as_deref());
    } else {
        entry.put("container-title", work.venue.as_deref());
        entry.put("issue", work.number.as_deref());
        entry.put("publisher", publisher(&work));
    }
    entry.put("collection-title", work.series.as_deref());
    entry.put("volume", work.volume.as_deref());
    entry.put(
        "page",
        work.pages.as_ref().map(|p| p.joined("-")).as_deref(),
    );
    entry.put("DOI", work.doi.as_deref());
    if let Some(arxiv) = &work.arxiv {
        let number = format!("arXiv:{arxiv}");
        match work.kind {
            Kind::Preprint => entry.put("number", Some(&number)),
            _ => entry.put("note", Some(&number)),
        }
    }
    if let Some(pmid) = item.paper.id("pmid") {
        entry.put("PMID", Some(pmid.value()));
    }
    entry.put("URL", work.address.as_deref());
    entry.put(
        "language",
        item.paper.language.as_deref().map(one_line).as_deref(),
    );
    let keywords: Vec<String> = item.paper.keywords.iter().map(|k| one_line(k)).collect();
    entry.put("keyword", Some(&keywords.join(", ")));
    Value::Object(entry.0)
}

/// The items in the order given as one JSON array, an item a line, so that two
/// versions can be compared; without abstracts.
pub fn csl_file<'a>(items: impl IntoIterator<Item = (&'a Item<'a>, &'a str)>) -> String {
    let lines: Vec<String> = items
        .into_iter()
        .map(|(item, key)| csl_json(item, key).to_string())
        .collect();
    if lines.is_empty() {
        return "[]\n".to_owned();
    }
    format!("[\n{}\n]\n", lines.join(",\n"))
}

fn item_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Article => "article-journal",
        Kind::Proceedings => "paper-conference",
        Kind::Thesis | Kind::MastersThesis => "thesis",
        Kind::Report => "report",
        // CSL 1.0 has no "preprint"; "article" is its word for one.
        Kind::Preprint => "article",
        Kind::Other => "document",
    }
}

fn genre(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Preprint => Some("Preprint"),
        Kind::Thesis => Some("PhD thesis"),
        Kind::MastersThesis => Some("Master's thesis"),
        _ => None,
    }
}

fn publisher(work: &Work) -> Option<&str> {
    match work.kind {
        Kind::Preprint => work.repository.as_deref().or(work.publisher.as_deref()),
        _ => work.publisher.as_deref(),
    }
}

fn author(name: &Name) -> Value {
    match name {
        Name::Person {
            family,
            given,
            suffix,
        } if suffix.is_empty() => json!({ "family": family, "given": given }),
        Name::Person {
            family,
            given,
            suffix,
        } => json!({ "family": family, "given": given, "suffix": suffix }),
        Name::Whole(name) => json!({ "literal": name }),
    }
}

fn date_parts(work: &Work) -> Option<Value> {
    match (work.day, work.year) {
        (Some(day), _) => Some(json!({ "date-parts": [[day.year(), day.month(), day.day()]] })),
        (None, Some(year)) => Some(json!({ "date-parts": [[year]] })),
        (None, None) => None,
    }
}

/// An item that is being written.
struct Fields(Map<String, Value>);

impl Fields {
    fn put(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            self.0.insert(name.to_owned(), Value::from(value));
        }
    }
}
