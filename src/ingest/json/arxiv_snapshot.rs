//! arXiv's metadata dump as distributed on Kaggle and elsewhere, one paper per
//! line.

use serde_json::{Value, json};

use super::super::{journal_ref, signatures, tex, value};
use super::shape::Object;
use super::taken::{Taken, at};

pub(super) fn is(object: &Object<'_>) -> bool {
    object.has("authors_parsed")
        || object.has("id")
            && object.has_some(2, &["journal-ref", "report-no", "update_date", "submitter"])
}

pub(super) fn read(paper: &mut Taken) {
    paper.give("id", "arxiv");
    paper.give("title", "title");
    paper.give("abstract", "abstract");
    let names = paper
        .line("authors")
        .map(|names| signatures::authors(&names));
    let parsed = paper.take("authors_parsed").and_then(|list| {
        let people: Vec<Value> = list.as_array()?.iter().filter_map(person).collect();
        (!people.is_empty()).then_some(Value::Array(people))
    });
    paper.put("authors", parsed.or(names));
    paper.give("comments", "comment");
    if let Some(text) = paper.line("journal-ref") {
        for (field, value) in journal_ref::members(&text) {
            paper.put(field, Some(value));
        }
    }
    paper.give("doi", "doi");
    paper.give("license", "license");
    let categories = paper.line("categories");
    paper.put(
        "categories",
        categories.map(|text| Value::from(text.split(' ').collect::<Vec<_>>())),
    );
    if let Some(Value::Array(versions)) = paper.take("versions") {
        let day = |version: &Value| at(version, &["created"]).cloned();
        paper.put("published", versions.first().and_then(day));
        if versions.len() > 1 {
            paper.put("updated", versions.last().and_then(day));
        }
    }
    paper.ignore(&[
        "submitter",
        "report-no",
        "update_date",
        "msc-class",
        "acm-class",
    ]);
}

/// `[family, given, suffix, affiliation …]`.
fn person(parts: &Value) -> Option<Value> {
    let part = |n: usize| {
        let text = value::line(parts.get(n)?)?;
        Some(tex::plain(&text))
    };
    let family = part(0)?;
    let family = match part(2) {
        Some(suffix) => format!("{family} {suffix}"),
        None => family,
    };
    Some(json!({ "family": family, "given": part(1), "affiliation": part(3) }))
}
