//! Writing pages: a paper's or a digest's page as Markdown with TOML front
//! matter. A page that only imports have touched has one canonical form; where a
//! person has been, their layout, comments and own text stay.

use std::fmt::Write as _;

use toml_edit::{DocumentMut, Item, Table};

use crate::model::Digest;

use super::digest_fields;
use super::field::{self, BODY, FieldValue};
use super::imported::Imported;
use super::page_read::NOTES;
use super::tree::{DigestPage, PaperPage};

/// The text of a paper's page. `before` is the page as it stands on disk.
pub(super) fn paper(page: &PaperPage, before: Option<(&PaperPage, &str)>) -> String {
    let fields = field::of_paper(&page.paper);
    let front = match before {
        Some((old, text)) if canonical_paper(old) != text => patched(
            text,
            old.yaml,
            &field::of_paper(&old.paper),
            &fields,
            &old.imported,
            &page.imported,
        ),
        _ => canonical(&fields, &page.imported),
    };
    format!("+++\n{front}+++\n{}", body(page))
}

fn canonical_paper(page: &PaperPage) -> String {
    let front = canonical(&field::of_paper(&page.paper), &page.imported);
    format!("+++\n{front}+++\n{}", body(page))
}

fn body(page: &PaperPage) -> String {
    let mut out = String::new();
    if !page.paper.abstract_text.is_empty() {
        // A line of the abstract must not pass for the one that ends it.
        for line in page.paper.abstract_text.lines() {
            if line.trim_end() == NOTES {
                out.push(' ');
            }
            out.push_str(line);
            out.push('\n');
        }
    }
    if !page.paper.notes.is_empty() {
        let _ = write!(out, "\n{NOTES}\n\n{}\n", page.paper.notes);
    }
    out
}

/// The text of a digest's page.
pub(super) fn digest(page: &DigestPage, before: Option<(&DigestPage, &str)>) -> String {
    let fields = digest_fields::of_digest(&page.digest);
    let front = match before {
        Some((old, text)) if canonical_digest(old) != text => {
            let yaml = text.trim_start_matches('\u{feff}').starts_with("---");
            patched(
                text,
                yaml,
                &digest_fields::of_digest(&old.digest),
                &fields,
                &old.imported,
                &page.imported,
            )
        }
        _ => canonical(&fields, &page.imported),
    };
    format!("+++\n{front}+++\n{}", note(&page.digest))
}

fn canonical_digest(page: &DigestPage) -> String {
    let front = canonical(&digest_fields::of_digest(&page.digest), &page.imported);
    format!("+++\n{front}+++\n{}", note(&page.digest))
}

fn note(digest: &Digest) -> String {
    if digest.note.is_empty() {
        String::new()
    } else {
        format!("{}\n", digest.note)
    }
}

type FieldList = [(field::FieldName, FieldValue)];

/// Front matter in the one form that imports write.
fn canonical(fields: &FieldList, imported: &Imported) -> String {
    let mut out = String::new();
    for (name, value) in fields
        .iter()
        .filter(|(name, _)| !name.contains('.') && name != BODY)
    {
        let _ = writeln!(out, "{name} = {}", toml_value(name, value));
    }
    let mut section = "";
    for (name, value) in fields {
        if let Some((table, key)) = name.split_once('.') {
            if table != section {
                section = table;
                let _ = writeln!(out, "[{table}]");
            }
            let _ = writeln!(out, "{key} = {}", value.to_toml());
        }
    }
    if !imported.0.is_empty() {
        out.push_str("[imported]\n");
        for (name, provenance) in &imported.0 {
            let key = if name.contains('.') {
                format!("\"{name}\"")
            } else {
                name.to_string()
            };
            let _ = writeln!(
                out,
                "{key} = {}",
                toml_edit::Value::from(provenance.to_string())
            );
        }
    }
    out
}

/// A digest's papers stand one a line, so that a change of one is a change of
/// one line.
fn toml_value(name: &str, value: &FieldValue) -> String {
    match value {
        FieldValue::Words(words) if name == "papers" && !words.is_empty() => {
            let mut out = String::from("[\n");
            for word in words {
                let _ = writeln!(out, "    {},", toml_edit::Value::from(word.as_str()));
            }
            out.push(']');
            out
        }
        value => value.to_toml().to_string(),
    }
}

/// Front matter that a person has laid out, with only the changed keys changed.
fn patched(
    text: &str,
    yaml: bool,
    old: &FieldList,
    new: &FieldList,
    old_imported: &Imported,
    imported: &Imported,
) -> String {
    let front = front_text(text);
    if yaml {
        // TOML has no way to carry YAML; what a person remarked stays as remarks.
        let comments: String = front
            .lines()
            .filter(|line| line.trim_start().starts_with('#'))
            .map(|line| format!("{}\n", line.trim()))
            .collect();
        return format!("{comments}{}", canonical(new, imported));
    }
    let Ok(mut document) = front.parse::<DocumentMut>() else {
        return canonical(new, imported);
    };
    for (name, value) in new {
        if name != BODY && old.iter().find(|(n, _)| n == name).map(|(_, v)| v) != Some(value) {
            insert(
                &mut document,
                name,
                toml_value(name, value)
                    .parse()
                    .unwrap_or_else(|_| value.to_toml()),
            );
        }
    }
    for (name, _) in old.iter().filter(|(name, _)| name != BODY) {
        if !new.iter().any(|(n, _)| n == name) {
            remove(&mut document, name);
        }
    }
    if imported != old_imported {
        for (name, provenance) in &imported.0 {
            let table = document
                .entry("imported")
                .or_insert_with(|| Item::Table(Table::new()));
            if let Some(table) = table.as_table_like_mut() {
                table.insert(name, toml_edit::value(provenance.to_string()));
            }
        }
    }
    let mut out = document.to_string();
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
    out
}

fn insert(document: &mut DocumentMut, name: &str, value: toml_edit::Value) {
    match name.split_once('.') {
        None => replace(document.as_table_mut(), name, value),
        Some((table, key)) => {
            let table = document
                .entry(table)
                .or_insert_with(|| Item::Table(Table::new()));
            if let Some(table) = table.as_table_like_mut() {
                replace(table, key, value);
            }
        }
    }
}

fn remove(document: &mut DocumentMut, name: &str) {
    match name.split_once('.') {
        None => {
            document.remove(name);
        }
        Some((table, key)) => {
            if let Some(table) = document.get_mut(table).and_then(Item::as_table_like_mut) {
                table.remove(key);
            }
        }
    }
}

/// Replaces a value and keeps what a person wrote around it.
fn replace(table: &mut dyn toml_edit::TableLike, key: &str, mut value: toml_edit::Value) {
    match table.get_mut(key) {
        Some(item) => {
            if let Some(old) = item.as_value() {
                *value.decor_mut() = old.decor().clone();
            }
            *item = Item::Value(value);
        }
        None => {
            table.insert(key, Item::Value(value));
        }
    }
}

/// The front matter between its fences; the text was read, so it has them.
fn front_text(text: &str) -> &str {
    let file = "".into();
    match super::front_matter::split(&file, text) {
        Ok(split) => split.front.map_or("", |(_, span)| &text[span]),
        Err(_) => "",
    }
}
