//! The fields of a paper: the documentation matches the schema, and each field
//! survives from an input to a page, an export and back.

use std::fmt::Write as _;
use std::path::Path;

use offprint::model::schema::{FIELDS, Field, Merge, Slot};
use serde_json::{Value, json};

use crate::support::{Site, digest};

fn inputs(field: &Field) -> String {
    let names = field.inputs.split_whitespace();
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    names.join(" ")
}

/// The page of the documentation.
fn markdown() -> String {
    let mut out = String::from(
        "# The fields of a paper\n\n\
         Generated from `src/model/schema/`, the one place where fields are declared. Front matter, imports,\n\
         `[import.columns]`, merging, exports and queries all follow it.\n\n\
         *Input names* are the names of columns and of keys in JSON and YAML, most likely first; upper and lower case,\n\
         spaces and punctuation make no difference. The abstract is the body of a page, and `abstract` in exports. If\n\
         several sources state a field and *one wins*, it is a person's value, else that of the source which\n\
         `[import] prefer` names first, and within a source the newest.\n\n\
         | field | meaning | type | input names | CSV | query | several values |\n\
         |---|---|---|---|---|---|---|\n",
    );
    for field in FIELDS {
        let merge = match field.merge {
            Merge::Best => "one wins",
            Merge::Gather => "all are kept",
            Merge::Earliest => "the earliest wins",
            Merge::People => "only people set it",
        };
        let code = |text: Option<&str>| text.map_or(String::new(), |text| format!("`{text}`"));
        let query = match field.slot {
            Slot::Count(name) => format!("`{name}:>5`"),
            _ => field
                .search
                .map_or(String::new(), |name| format!("`{name}:`")),
        };
        writeln!(
            out,
            "| `{}` | {} | {} | {} | {} | {query} | {merge} |",
            field.name,
            field.about,
            field.slot.holds(),
            inputs(field),
            code(field.column),
        )
        .unwrap();
    }
    out
}

#[test]
fn the_documentation_matches_the_schema() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/fields.md");
    let written = markdown();
    if std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
        std::fs::write(&path, &written).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == written,
        "docs/fields.md does not match the schema; regenerate it with\n    \
         INSTA_UPDATE=always cargo test --test suite fields"
    );
}

/// A value for a field, different from all others.
fn sample(at: usize, field: &Field) -> Value {
    match field.slot {
        Slot::Line(..) | Slot::Text(..) => json!(format!("Text {at}")),
        Slot::Words(..) => json!([format!("Word {at}"), "more, or less"]),
        Slot::Ids(..) => json!(["arxiv:2403.03507"]),
        Slot::People(..) => {
            json!([{"family": "García Márquez", "given": format!("G{at}")}, "et al."])
        }
        Slot::Date(..) => json!(format!("2024-01-{:02}", at + 1)),
        Slot::Day(..) => json!("2024-02"),
        Slot::Year(..) => json!(2024),
        Slot::Count(_) => json!(at + 1),
        Slot::Kind(..) => json!("book"),
        Slot::Flag(..) => json!(true),
        Slot::Link(_) => json!(format!("https://example.org/{at}")),
        Slot::Extra => json!({"rating": at, "seen": ["a", {"b": true}]}),
        Slot::Slugs(..) | Slot::Topics(..) => Value::Null,
    }
}

/// A paper with a value in every importable field, under the field's most likely
/// name.
fn full() -> Value {
    let mut paper = serde_json::Map::new();
    for (at, field) in FIELDS.iter().enumerate() {
        if let Some(name) = field.inputs.split_whitespace().next() {
            paper.insert(name.to_owned(), sample(at, field));
        }
    }
    Value::Object(paper)
}

fn exported(site: &Site, format: &str) -> String {
    let run = site.offprint(&["export", "--format", format]).succeed();
    run.stdout
}

#[test]
fn every_field_survives_import_page_and_export() {
    let site = Site::new().file("a.jsonl", digest(&[full()]));
    let report = site.import("a.jsonl").date("2025-01-01").report();
    assert_eq!(report["diagnostics"], json!([]), "nothing is left over");
    let page = site.read("content/papers/2024/text-0.md");
    for field in FIELDS.iter().filter(|field| !field.inputs.is_empty()) {
        let key = format!("\n{}", field.name);
        let is_there = field.name == "body"
            || page.contains(&format!("{key} = "))
            || page.contains(&format!("{key}."));
        assert!(is_there, "{} in\n{page}", field.name);
    }
    // Importing the same again changes nothing, nor does a round trip through JSON.
    site.import("a.jsonl").date("2025-01-01").succeed();
    assert_eq!(site.read("content/papers/2024/text-0.md"), page);
    let jsonl = exported(&site, "jsonl");
    let again = Site::new().file("a.jsonl", &jsonl);
    again.import("a.jsonl").date("2025-01-01").succeed();
    let front = |page: &str| -> Vec<String> {
        let lines = page.lines().filter(|line| !line.starts_with("imported."));
        lines.map(str::to_owned).collect()
    };
    assert_eq!(
        front(&again.read("content/papers/2024/text-0.md")),
        front(&page)
    );
    // A table cannot hold custom fields; everything else survives.
    let table = Site::new().file("a.csv", exported(&site, "csv"));
    table.import("a.csv").date("2025-01-01").succeed();
    let read = front(&table.read("content/papers/2024/text-0.md"));
    for line in front(&page) {
        if !line.starts_with("extra.") && !line.starts_with("digests") {
            assert!(read.contains(&line), "{line} in\n{}", read.join("\n"));
        }
    }
}

#[test]
fn decisions_never_depend_on_messages() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in walkdir::WalkDir::new(root) {
        let entry = entry.unwrap();
        if entry.path().extension().is_none_or(|suffix| suffix != "rs") {
            continue;
        }
        let text = std::fs::read_to_string(entry.path()).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let flat: String = code.split_whitespace().collect();
        for test in [
            "message.contains(",
            "message.starts_with(",
            "message.ends_with(",
            "message==",
        ] {
            let found = flat
                .match_indices(test)
                .any(|(at, _)| flat[..at].ends_with('.'));
            assert!(!found, "{}: {test}", entry.path().display());
        }
    }
}
