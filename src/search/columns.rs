//! Columns: the values that papers are filtered and counted by, one file per field for
//! all papers. They are loaded when a reader filters or a query names such a field.

use std::collections::BTreeMap;

use serde::Serialize;

use super::build::File;
use super::names::hash;
use super::numbers::push_number;
use super::values::{Gathered, Values};

/// A column as it is stored.
#[derive(Serialize)]
struct Column<'a> {
    /// All values, sorted.
    values: Vec<&'a str>,
    /// Their names, where they have names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    labels: Vec<&'a str>,
    /// For each paper, the indexes of its values, starting at one, then a zero.
    of: String,
}

/// The files of the columns of facets, and their hashes by name.
pub(super) fn columns(gathered: &Gathered<'_>) -> (Vec<File>, BTreeMap<String, String>) {
    let mut topics = column(&gathered.topic);
    let labels = topics.values.iter().map(|id| &*gathered.topics[*id]);
    topics.labels = labels.collect();
    files([
        ("date", column(&gathered.date)),
        ("year", column(&gathered.year)),
        ("venue", column(&gathered.venue)),
        ("has", column(&gathered.has)),
        ("in", column(&gathered.lists)),
        ("topic", topics),
    ])
}

/// The files of the columns that are not facets and in which at least one paper has a value.
pub(super) fn further_columns(gathered: &Gathered<'_>) -> (Vec<File>, BTreeMap<String, String>) {
    let part = ("part".to_owned(), &gathered.part);
    let texts = gathered.texts.iter();
    let texts = texts.map(|(name, values)| (format!("text-{name}"), values));
    let counts = gathered.counts.iter();
    let counts = counts.map(|(metric, values)| ((*metric).to_owned(), values));
    let columns = [part].into_iter().chain(texts).chain(counts);
    files(
        columns
            .filter(|(_, values)| !values.is_empty())
            .map(|(name, values)| (name, column(values))),
    )
}

fn files<'a>(
    columns: impl IntoIterator<Item = (impl Into<String>, Column<'a>)>,
) -> (Vec<File>, BTreeMap<String, String>) {
    let mut files = Vec::new();
    let mut names = BTreeMap::new();
    for (name, column) in columns {
        let content = serde_json::to_vec(&column).expect("strings are JSON");
        let hash = hash([content.as_slice()]);
        files.push((format!("f/{hash}.json"), content));
        names.insert(name.into(), hash);
    }
    (files, names)
}

fn column<'a>(values: &'a Values<'_>) -> Column<'a> {
    let (values, places) = values.sorted();
    let mut of = String::new();
    for place in places {
        push_number(&mut of, place);
    }
    Column {
        values,
        labels: Vec::new(),
        of,
    }
}
