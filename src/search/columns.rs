//! Columns: the values that papers are filtered and counted by, one file per field for
//! all papers. They are loaded when a reader filters or a query names such a field.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::HashMap;
use serde::Serialize;

use super::Document;
use super::build::File;
use super::names::hash;
use super::numbers::push_number;

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
pub(super) fn columns(documents: &[Document<'_>]) -> (Vec<File>, BTreeMap<String, String>) {
    let papers = || documents.iter().rev();
    let dates: Vec<Option<String>> = papers()
        .map(|paper| paper.date.map(|date| date.to_string()))
        .collect();
    let years: Vec<Option<String>> = papers()
        .map(|paper| paper.year.map(|year| year.to_string()))
        .collect();
    let columns = [
        (
            "date",
            column(dates.iter().map(|date| date.as_deref().into_iter())),
        ),
        (
            "year",
            column(years.iter().map(|year| year.as_deref().into_iter())),
        ),
        (
            "venue",
            column(papers().map(|paper| paper.venue.as_deref().into_iter())),
        ),
        (
            "has",
            column(papers().map(|paper| paper.has.iter().copied())),
        ),
        (
            "in",
            column(papers().map(|paper| paper.lists.iter().map(|path| &**path))),
        ),
        ("topic", topics(documents)),
    ];
    files(columns)
}

/// The files of the columns that are not facets and in which at least one paper has a value.
pub(super) fn further_columns(documents: &[Document<'_>]) -> (Vec<File>, BTreeMap<String, String>) {
    let papers = || documents.iter().rev();
    let mut columns = vec![(
        "part".to_owned(),
        column(papers().map(|paper| paper.parts.iter().copied())),
    )];
    let names: BTreeSet<&'static str> = papers()
        .flat_map(|paper| paper.texts.iter().map(|(name, _)| *name))
        .collect();
    for name in names {
        let texts = papers().map(|paper| {
            let of_name = paper.texts.iter().filter(move |(other, _)| *other == name);
            of_name.flat_map(|(_, texts)| texts.iter().map(|text| &**text))
        });
        columns.push((format!("text-{name}"), column(texts)));
    }
    let metrics: BTreeSet<&'static str> = papers()
        .flat_map(|paper| paper.counts.iter().map(|(name, _)| *name))
        .collect();
    let counts: Vec<(&'static str, Vec<Option<String>>)> = metrics
        .into_iter()
        .map(|metric| (metric, papers().map(|paper| paper.count(metric)).collect()))
        .collect();
    for (metric, counts) in &counts {
        let counts = counts.iter().map(|count| count.as_deref().into_iter());
        columns.push(((*metric).to_owned(), column(counts)));
    }
    columns.retain(|(_, column)| !column.values.is_empty());
    files(columns)
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

/// Builds a column from the values of each paper.
fn column<'a, V>(papers: impl Iterator<Item = V> + Clone) -> Column<'a>
where
    V: Iterator<Item = &'a str>,
{
    // Only the distinct values are sorted, since papers share them.
    let mut places: HashMap<&str, u32> = papers.clone().flatten().map(|value| (value, 0)).collect();
    let mut sorted: Vec<&str> = places.keys().copied().collect();
    sorted.sort_unstable();
    for (value, number) in sorted.iter().zip(1..) {
        places.insert(value, number);
    }
    let mut of = String::new();
    for values in papers {
        for value in values {
            push_number(&mut of, places[value]);
        }
        push_number(&mut of, 0);
    }
    Column {
        values: sorted,
        labels: Vec::new(),
        of,
    }
}

fn topics<'a>(documents: &'a [Document<'_>]) -> Column<'a> {
    let names: BTreeMap<&str, &str> = documents
        .iter()
        .rev()
        .flat_map(|paper| &paper.topics)
        .map(|(id, name)| (&**id, &**name))
        .collect();
    let papers = documents.iter().rev();
    let mut column = column(papers.map(|paper| paper.topics.iter().map(|(id, _)| &**id)));
    column.labels = column.values.iter().map(|id| names[id]).collect();
    column
}
