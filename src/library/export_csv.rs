//! Export as a table: a paper a row, under headings that the import understands.

use std::io;

use crate::model::LinkKind;
use crate::text::guard_formula;

use super::{Entry, Library};

/// What a source may have counted, in the order of the columns.
const METRICS: [&str; 4] = ["upvotes", "stars", "citations", "comments"];

/// The headings. `num_comments` and its like are the names that the import
/// knows without doubt.
const HEADINGS: [&str; 33] = [
    "title",
    "authors",
    "abstract",
    "tldr",
    "ids",
    "listed",
    "published",
    "updated",
    "year",
    "venue",
    "keywords",
    "categories",
    "award",
    "status",
    "comment",
    "license",
    "language",
    "withdrawn",
    "kind",
    "volume",
    "number",
    "pages",
    "publisher",
    "series",
    "url",
    "pdf",
    "code",
    "project",
    "upvotes",
    "stars",
    "citations",
    "num_comments",
    "slug",
];

impl Library {
    /// Writes papers as comma-separated values. A cell that a spreadsheet would
    /// take for a formula gets an apostrophe in front, which the import takes off.
    ///
    /// # Errors
    /// Gives what the sink says.
    pub fn write_csv(&self, papers: &[&Entry], out: impl io::Write) -> io::Result<()> {
        let mut rows = csv::Writer::from_writer(out);
        rows.write_record(HEADINGS)?;
        for entry in papers {
            rows.write_record(row(entry).iter().map(|cell| guard_formula(cell)))?;
        }
        rows.flush()
    }
}

fn row(entry: &Entry) -> Vec<String> {
    let paper = &entry.paper;
    let given = |text: &Option<String>| text.clone().unwrap_or_default();
    let day = |day: Option<crate::model::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let names: Vec<&str> = paper.authors.names().collect();
    let ids: Vec<&str> = paper
        .ids
        .iter()
        .map(crate::model::PaperId::as_str)
        .collect();
    let link = |kind: LinkKind| entry.links.get(&kind).cloned().unwrap_or_default();
    let mut row = vec![
        entry.title.clone(),
        list(&names),
        entry.abstract_text.clone(),
        // The key sentence of the abstract is found again; a given one is not.
        if entry.abstract_text.contains(&entry.summary) {
            String::new()
        } else {
            entry.summary.clone()
        },
        list(&ids),
        day(paper.date),
        paper
            .published
            .map(|day| day.to_string())
            .unwrap_or_default(),
        day(paper.updated),
        paper
            .publication_year()
            .map(|year| year.to_string())
            .unwrap_or_default(),
        given(&paper.venue),
        list(&paper.keywords),
        list(&paper.categories),
        given(&paper.award),
        given(&paper.status),
        given(&paper.comment),
        given(&paper.license),
        given(&paper.language),
        if paper.withdrawn {
            "yes".to_owned()
        } else {
            String::new()
        },
    ];
    row.extend(
        paper
            .publication
            .kind
            .map(|kind| kind.to_string())
            .or(Some(String::new())),
    );
    row.extend(
        paper
            .publication
            .fields()
            .into_iter()
            .map(|(_, value)| given(value)),
    );
    row.extend(
        [
            LinkKind::Paper,
            LinkKind::Pdf,
            LinkKind::Code,
            LinkKind::Project,
        ]
        .map(link),
    );
    row.extend(METRICS.map(|name| {
        paper
            .metrics
            .get(name)
            .map(u64::to_string)
            .unwrap_or_default()
    }));
    row.push(paper.slug.to_string());
    row
}

/// A list in a cell. One value ends in the separator too where it holds another
/// one that could be taken for it.
fn list(values: &[impl AsRef<str>]) -> String {
    let texts: Vec<&str> = values.iter().map(AsRef::as_ref).collect();
    let mut text = texts.join("; ");
    if texts.len() == 1 && text.contains([',', '|']) {
        text.push(';');
    }
    text
}
