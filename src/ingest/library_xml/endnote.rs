//! EndNote's XML.

use roxmltree::Node;
use serde_json::{Value, json};

use super::{Dialect, Members, RecordFields, at, child, children, text, text_at};
use crate::ingest::Format;
use crate::ingest::isbn::isbn;

pub(super) const DIALECT: Dialect = Dialect {
    format: Format::EndnoteXml,
    because: "elements `records` and `ref-type`",
    shows: |root, head| {
        matches!(root, "xml" | "records")
            && head.contains("<record>")
            && (head.contains("<ref-type") || head.contains("<records"))
    },
    is_record: |node| node.tag_name().name() == "record",
    separable: &["record"],
    members,
    known: KNOWN,
};

fn members(record: &Node<'_, '_>) -> Option<Members> {
    let mut fields = RecordFields::default();
    let get = |path: &[&str]| text_at(record, path);
    fields.put("title", get(&["titles", "title"]));
    fields.put("abstract", get(&["abstract"]));
    fields.put_list("authors", people(record, "authors"));
    fields.put_list("editors", people(record, "secondary-authors"));
    fields.put(
        "venue",
        get(&["titles", "secondary-title"])
            .or_else(|| get(&["periodical", "full-title"]))
            .or_else(|| get(&["alt-periodical", "full-title"])),
    );
    fields.put("series", get(&["titles", "tertiary-title"]));
    fields.put("publisher", get(&["publisher"]));
    fields.put("volume", get(&["volume"]));
    let kind = kind(record);
    // Patents have their number where books have their ISBN.
    let patent = || get(&["isbn"]).filter(|_| kind == Some("patent"));
    fields.put("number", get(&["number"]).or_else(patent));
    fields.put("pages", get(&["pages"]));
    fields.put("edition", get(&["edition"]));
    fields.put("isbn", get(&["isbn"]).and_then(|text| isbn(&text)));
    fields.put("accessed", get(&["access-date"]));
    fields.put("year", get(&["dates", "year"]));
    fields.put("published", date(record));
    fields.put("doi", get(&["electronic-resource-num"]));
    let urls = at(record, &["urls", "related-urls"]);
    fields.put("url", urls.and_then(|urls| text_at(&urls, &["url"])));
    let pdf = at(record, &["urls", "pdf-urls"]).and_then(|urls| text_at(&urls, &["url"]));
    fields.put("pdf", pdf.filter(|url| url.starts_with("http")));
    fields.put("language", get(&["language"]));
    fields.put("comment", get(&["notes"]));
    fields.put("citation_key", get(&["label"]));
    fields.put("kind", kind.map(str::to_owned));
    let words = child(record, "keywords")
        .map(|list| {
            children(&list, "keyword")
                .filter_map(|node| text(&node))
                .map(Value::from)
                .collect()
        })
        .unwrap_or_default();
    fields.put_list("keywords", words);
    Some(fields.0)
}

/// Names as "Family, Given". A comma at the end marks a group.
fn people(record: &Node<'_, '_>, role: &str) -> Vec<Value> {
    let Some(list) = at(record, &["contributors", role]) else {
        return Vec::new();
    };
    children(&list, "author")
        .filter_map(|node| text(&node))
        .map(|name| match name.strip_suffix(',') {
            Some(group) => json!({ "literal": group.trim() }),
            None => super::super::tagged::person(&name),
        })
        .collect()
}

fn date(record: &Node<'_, '_>) -> Option<String> {
    let day = text_at(record, &["dates", "pub-dates", "date"])?;
    match text_at(record, &["dates", "year"]) {
        Some(year) if !day.contains(&year) => Some(format!("{day} {year}")),
        _ => Some(day),
    }
}

fn kind(record: &Node<'_, '_>) -> Option<&'static str> {
    let node = child(record, "ref-type")?;
    let name = node.attribute("name").map(str::to_lowercase);
    let number = text(&node).unwrap_or_default();
    // Names depend on the user's language; numbers do not.
    Some(match (number.as_str(), name.as_deref()) {
        ("17" | "19" | "23" | "43", _) | (_, Some("journal article" | "magazine article")) => {
            "article"
        }
        ("10" | "47", _) | (_, Some("conference proceedings" | "conference paper")) => {
            "inproceedings"
        }
        ("5" | "60", _) | (_, Some("book section")) => "incollection",
        ("6" | "28" | "44", _) | (_, Some("book" | "edited book")) => "book",
        ("32", _) | (_, Some("thesis")) => "phdthesis",
        ("27" | "46", _) | (_, Some("report")) => "report",
        ("34" | "36", _) | (_, Some("unpublished work" | "manuscript")) => "preprint",
        ("9", _) | (_, Some("computer program")) => "software",
        ("25", _) | (_, Some("patent")) => "patent",
        ("59", _) | (_, Some("dataset")) => "dataset",
        ("12" | "16", _) | (_, Some("web page")) => "webpage",
        _ => return None,
    })
}

/// Elements that are read, or irrelevant.
const KNOWN: &[&str] = &[
    "database",
    "source-app",
    "rec-number",
    "foreign-keys",
    "ref-type",
    "contributors",
    "titles",
    "periodical",
    "alt-periodical",
    "pages",
    "volume",
    "number",
    "dates",
    "publisher",
    "isbn",
    "electronic-resource-num",
    "urls",
    "abstract",
    "keywords",
    "language",
    "notes",
    "label",
    "accession-num",
    "auth-address",
    "remote-database-name",
    "remote-database-provider",
    "research-notes",
    "work-type",
    "edition",
    "section",
    "pub-location",
    "num-vols",
    "call-num",
    "custom1",
    "custom2",
    "custom3",
    "custom4",
    "custom5",
    "custom6",
    "custom7",
    "access-date",
    "caption",
    "image",
    "reprint-edition",
    "reprint-status",
    "short-title",
    "translated-author",
    "translated-title",
    "misc1",
    "misc2",
    "misc3",
    "modified-date",
    "orig-pub",
    "added-date",
    "electronic-resource-num-1",
    "alt-title",
    "size",
    "reviewed-item",
];
