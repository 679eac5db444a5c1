//! Columns: maps names of columns and keys in the input to fields. Shared by all
//! formats with named fields.

use std::collections::BTreeMap;

use crate::model::schema::FIELDS;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ColumnContent {
    /// A field of the schema, by index.
    Of(usize),
    /// A summary, or the abstract if there is no other.
    Gist,
    /// An identifier of a certain registry.
    Id(&'static str),
    /// An identifier of any registry or of none.
    Key,
    /// The fields of a front-matter table, by key.
    Table(&'static str),
    /// The listing date, or the publication date if there is no other.
    Day,
    /// Something Offprint infers and writes to its exports.
    Concluded,
}

impl ColumnContent {
    /// Whether it is the field with this name.
    pub(super) fn is(self, name: &str) -> bool {
        matches!(self, Self::Of(at) if FIELDS[at].name == name)
    }
}

/// Names that do not belong to a single field. The others are in the
/// [schema](FIELDS).
const NAMES: &[(ColumnContent, &str)] = &[
    (ColumnContent::Gist, "summary"),
    (ColumnContent::Id("arxiv"), "arxivid arxiv eprint"),
    (ColumnContent::Id("doi"), "doi paperdoi"),
    (ColumnContent::Id("openreview"), "openreviewid openreview"),
    (ColumnContent::Id("acl"), "aclid anthologyid"),
    (ColumnContent::Id("pmid"), "pmid pubmedid"),
    (ColumnContent::Id("s2"), "s2id semanticscholarid"),
    (ColumnContent::Id("s2corpus"), "corpusid"),
    (ColumnContent::Key, "id paperid uid forum key identifier"),
    (ColumnContent::Table("publication"), "publication"),
    (ColumnContent::Table("links"), "links"),
    (ColumnContent::Table("metrics"), "metrics"),
    (ColumnContent::Day, "date"),
    (
        ColumnContent::Concluded,
        "slug short abstracthtml related topics digests draft",
    ),
];

/// All column names with what they hold, most likely first. If a record has several
/// for one field, the first wins. Matching ignores case and everything but letters
/// and digits.
fn names() -> impl Iterator<Item = (ColumnContent, &'static str)> {
    let of_schema = FIELDS.iter().enumerate();
    of_schema
        .map(|(at, field)| (ColumnContent::Of(at), field.inputs))
        .chain(NAMES.iter().copied())
}

/// The known columns. If two columns hold the same field, the one with the lower
/// rank wins.
#[derive(Debug)]
pub(super) struct Columns {
    by_name: BTreeMap<String, (ColumnContent, usize)>,
    /// Field names in the settings that do not exist.
    pub(super) unknown: Vec<String>,
}

impl Columns {
    /// The known names, preceded by those in the settings, which map field names to
    /// column names.
    pub(super) fn new(settings: &BTreeMap<String, String>) -> Self {
        let mut by_name = BTreeMap::new();
        for (field, names) in names() {
            for (rank, name) in names.split_whitespace().enumerate() {
                by_name.insert(name.to_owned(), (field, rank + 1));
            }
        }
        let mut unknown = Vec::new();
        let mut named = Vec::new();
        for (field, column) in settings {
            match by_name.get(&folded(field)) {
                Some((field, _)) => named.push((folded(column), (*field, 0))),
                None => unknown.push(field.clone()),
            }
        }
        by_name.extend(named);
        Self { by_name, unknown }
    }

    /// The field that a column holds, and its rank.
    pub(super) fn get(&self, column: &str) -> Option<(ColumnContent, usize)> {
        self.by_name.get(&folded(column)).copied()
    }
}

/// The field names to use in the settings.
pub(super) fn usual_names() -> impl Iterator<Item = &'static str> {
    names().filter_map(|(_, names)| names.split_whitespace().next())
}

fn folded(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_in_every_spelling_and_stand_once() {
        let columns = Columns::new(&BTreeMap::new());
        for (name, want) in [
            ("Title", "title"),
            ("pdf_url", "links.pdf"),
            ("publishedAt", "published"),
            ("container-title", "venue"),
        ] {
            let found = columns.get(name).map(|(field, _)| field);
            assert!(found.is_some_and(|field| field.is(want)), "{name}");
        }
        assert_eq!(
            columns.get("arxiv_id"),
            Some((ColumnContent::Id("arxiv"), 1))
        );
        assert_eq!(columns.get("zebra"), None);
        let all: Vec<&str> = names().flat_map(|(_, n)| n.split_whitespace()).collect();
        assert_eq!(all.len(), columns.by_name.len());
    }

    #[test]
    fn the_settings_name_columns_and_win() {
        let settings = BTreeMap::from([
            ("abstract".to_owned(), "Zusammen-Fassung".to_owned()),
            ("titel".to_owned(), "x".to_owned()),
        ]);
        let columns = Columns::new(&settings);
        for (name, want) in [("zusammen fassung", 0), ("abstract", 1)] {
            let (field, rank) = columns.get(name).unwrap();
            assert!(field.is("body") && rank == want, "{name}");
        }
        assert_eq!(columns.unknown, ["titel"]);
    }
}
