//! A column: what an input has under a name, in every format whose fields have
//! names.

use std::collections::BTreeMap;

use crate::model::schema::FIELDS;

/// What a column of an input holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    /// A field of the schema, by its place there.
    Of(usize),
    /// A summary, or the abstract where there is no other.
    Gist,
    /// An identifier of a registry.
    Id(&'static str),
    /// An identifier that may be of any registry or of none.
    Key,
    /// The fields of one of front matter's tables, with their keys.
    Table(&'static str),
    /// The day it was listed, or published where there is no other.
    Day,
    /// What this program itself concludes and writes into its exports.
    Concluded,
}

impl Field {
    /// Whether it is the field of that name.
    pub(super) fn is(self, name: &str) -> bool {
        matches!(self, Self::Of(at) if FIELDS[at].name == name)
    }
}

/// Names of columns that are no field's alone. Those of the fields are in the
/// [schema](FIELDS).
const NAMES: &[(Field, &str)] = &[
    (Field::Gist, "summary"),
    (Field::Id("arxiv"), "arxivid arxiv eprint"),
    (Field::Id("doi"), "doi paperdoi"),
    (Field::Id("openreview"), "openreviewid openreview"),
    (Field::Id("acl"), "aclid anthologyid"),
    (Field::Id("pmid"), "pmid pubmedid"),
    (Field::Id("s2"), "s2id semanticscholarid"),
    (Field::Id("s2corpus"), "corpusid"),
    (Field::Key, "id paperid uid forum key identifier"),
    (Field::Table("publication"), "publication"),
    (Field::Table("links"), "links"),
    (Field::Table("metrics"), "metrics"),
    (Field::Day, "date"),
    (
        Field::Concluded,
        "slug short abstracthtml related topics digests draft",
    ),
];

/// All names of columns with what they hold, the likeliest of each first; where a
/// record has several of them the first one holds. Case and all but letters and
/// digits are left out of account.
fn names() -> impl Iterator<Item = (Field, &'static str)> {
    let of_schema = FIELDS.iter().enumerate();
    of_schema
        .map(|(at, field)| (Field::Of(at), field.inputs))
        .chain(NAMES.iter().copied())
}

/// Which column of a file holds which field, and how likely it is meant: of two
/// columns for one field that of the lower rank holds.
#[derive(Debug)]
pub(super) struct Columns {
    by_name: BTreeMap<String, (Field, usize)>,
    /// The fields that the settings name and that do not exist.
    pub(super) unknown: Vec<String>,
}

impl Columns {
    /// The known names, and before them those that the settings give: by the
    /// name of the field the name of the column.
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
    pub(super) fn get(&self, column: &str) -> Option<(Field, usize)> {
        self.by_name.get(&folded(column)).copied()
    }
}

/// The field names that a person would write into the settings.
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
        assert_eq!(columns.get("arxiv_id"), Some((Field::Id("arxiv"), 1)));
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
