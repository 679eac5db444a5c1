//! Writes the pages of papers and digests as Markdown with TOML front matter. A
//! page touched only by imports has one canonical form. On a page that a person
//! edited, layout, comments and their own text are preserved.

use std::fmt::Write as _;

use toml_edit::{DocumentMut, Item, Table};

use crate::model::Digest;

use super::digest_fields;
use super::field::{self, BODY, FieldValue};
use super::imported::Imported;
use super::page_read::{NOTES, TABLES};
use super::tree::{DigestPage, PaperPage};

/// The text of a paper's page. `before` is the page as it is on disk.
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

/// The abstract, the line that ends it, and a person's notes. The line is always
/// written, to show where notes go.
fn body(page: &PaperPage) -> String {
    let paper = &page.paper;
    let mut out = String::new();
    if !paper.abstract_text.is_empty() {
        out.push_str(&paper.abstract_text);
        out.push_str("\n\n");
    }
    out.push_str(NOTES);
    out.push('\n');
    if !paper.notes.is_empty() {
        let _ = write!(out, "\n{}\n", paper.notes);
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

/// Front matter in the canonical form of imports. No table gets a header, so that a
/// key added at the end belongs to the page.
fn canonical(fields: &FieldList, imported: &Imported) -> String {
    let mut out = String::new();
    for (name, value) in fields
        .iter()
        .filter(|(name, _)| !name.contains('.') && name != BODY)
    {
        let _ = writeln!(out, "{name} = {}", toml_value(name, value));
    }
    for (name, value) in fields.iter().filter(|(name, _)| name.contains('.')) {
        let _ = writeln!(out, "{} = {}", quoted(name), value.to_toml());
    }
    for (name, provenance) in &*imported.0 {
        let value = toml_edit::Value::from(provenance.to_string());
        let _ = writeln!(out, "imported.{} = {value}", quoted(name));
    }
    out
}

/// A field's name as a TOML key. Custom field names may need quotes.
fn quoted(name: &str) -> String {
    match name.split_once('.') {
        Some((table, key)) => format!("{table}.{}", toml_edit::Key::new(key).display_repr()),
        None => name.to_owned(),
    }
}

/// Lists a digest's papers one per line, for readable diffs.
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

/// Front matter that a person laid out, with only the changed keys replaced.
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
        // TOML cannot carry YAML; keep the person's comments.
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
    for table in TABLES {
        write_dotted(&mut document, table);
    }
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
        for name in old_imported.0.keys() {
            if !imported.0.contains_key(name) {
                remove(&mut document, &format!("imported.{name}"));
            }
        }
        for (name, provenance) in &*imported.0 {
            insert_provenance(&mut document, name, provenance.to_string());
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
            let table = document.entry(table).or_insert_with(dotted);
            if let Some(table) = table.as_table_like_mut() {
                replace(table, key, value);
            }
        }
    }
}

/// A table whose keys are written dotted.
fn dotted() -> Item {
    let mut table = Table::new();
    table.set_dotted(true);
    Item::Table(table)
}

/// Writes a table's keys dotted instead of under a header. A header with a comment
/// stays.
fn write_dotted(document: &mut DocumentMut, name: &str) {
    let Some(Item::Table(table)) = document.get_mut(name) else {
        return;
    };
    let remark = table.decor().prefix().and_then(|prefix| prefix.as_str());
    let is_remarked = remark.is_some_and(|text| text.contains('#'))
        || table
            .decor()
            .suffix()
            .and_then(|suffix| suffix.as_str())
            .is_some_and(|text| text.contains('#'));
    if !is_remarked && table.iter().all(|(_, item)| item.is_value()) {
        table.set_dotted(true);
    }
}

fn insert_provenance(document: &mut DocumentMut, name: &str, text: String) {
    let imported = document.entry("imported").or_insert_with(dotted);
    let is_inline = !imported.is_table();
    let Some(imported) = imported.as_table_like_mut() else {
        return;
    };
    match name.split_once('.') {
        // Earlier versions wrote `"links.code" = …`.
        Some((table, key)) if !is_inline && !imported.contains_key(name) => {
            let inner = imported.entry(table).or_insert_with(dotted);
            if let Some(inner) = inner.as_table_like_mut() {
                replace(inner, key, text.into());
            }
        }
        _ => replace(imported, name, text.into()),
    }
}

fn remove(document: &mut DocumentMut, name: &str) {
    remove_from(document.as_table_mut(), name);
}

fn remove_from(table: &mut dyn toml_edit::TableLike, name: &str) {
    if table.remove(name).is_none()
        && let Some((first, rest)) = name.split_once('.')
        && let Some(inner) = table.get_mut(first).and_then(Item::as_table_like_mut)
    {
        remove_from(inner, rest);
    }
}

/// Replaces a value and keeps the comments and spacing around it.
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

/// The front matter between its fences. It was parsed before, so the fences are
/// there.
fn front_text(text: &str) -> &str {
    let file = "".into();
    match super::front_matter::split(&file, text) {
        Ok(split) => split.front.map_or("", |(_, span)| &text[span]),
        Err(_) => "",
    }
}
