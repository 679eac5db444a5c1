//! Reads a page's authors and editors: plain names, and tables with the parts of a
//! name.

use super::value::line;
use crate::config::{Fields, Node, Value};
use crate::content::field::FieldValue;
use crate::content::imported::{Imported, Owner};
use crate::diagnostics::Diagnostic;
use crate::ingest::people_in;
use crate::model::{Author, Name, Paper, People};
use crate::text::clean_line;

/// Reads a list of people, or a single one.
pub(super) fn read_people(fields: &Fields<'_, '_>, key: &'static str) -> People {
    let Some(node) = fields.node(key) else {
        return People::default();
    };
    if let Value::String(text) = &node.value {
        let people = people_in(text);
        if people.len() > 1 {
            let message = format!(
                "`{key}` is a single text and was read as {} people",
                people.len()
            );
            fields.document().report(
                Diagnostic::note("authors-divided", message)
                    .field(key)
                    .help(format!(
                        "write them as a list: {key} = [{}]",
                        quoted(&people)
                    )),
                node.span.clone(),
            );
            return people;
        }
    }
    let single = std::slice::from_ref(node);
    let items = match &node.value {
        Value::Array(items) => items.as_slice(),
        _ => single,
    };
    let mut people = Vec::with_capacity(items.len());
    for item in items {
        match &item.value {
            Value::String(name) => people.push(Author::named(clean_line(name))),
            Value::Table(_) => {
                if let Some(author) = fields.of(item, key) {
                    people.push(Author {
                        name: read_name(&author),
                        orcid: line(&author, "orcid"),
                        affiliation: line(&author, "affiliation"),
                    });
                    author.finish();
                }
            }
            other => {
                let message = format!(
                    "an entry of `{key}` is {}, but must be a name or a table with `name`",
                    other.kind()
                );
                fields.document().report(
                    Diagnostic::error("wrong-type", message)
                        .field(key)
                        .help("write it as \"Ada Author\" or { name = \"Ada Author\" }"),
                    item.span.clone(),
                );
            }
        }
    }
    people.into()
}

/// Reads a name given in parts, as a literal, or as people write it.
fn read_name(author: &Fields<'_, '_>) -> Name {
    let [family, given, particle, suffix] =
        ["family", "given", "particle", "suffix"].map(|key| line(author, key).unwrap_or_default());
    let literal = line(author, "literal");
    let name = line(author, "name");
    if !family.is_empty() {
        return Name::from_parts(&family, &given, &particle, &suffix);
    }
    match (literal, name) {
        (Some(literal), _) => Name::literal(&literal),
        (None, Some(name)) => Name::parse(&name),
        (None, None) => Name::parse(&given),
    }
}

/// Warns if one name in a hand-written list looks like several:
/// `["Ann Lee and Bob Ray"]`.
pub(super) fn warn_of_joined(fields: &Fields<'_, '_>, paper: &Paper, imported: &Imported) {
    let Some(Value::Array(items)) = fields.node("authors").map(|node| &node.value) else {
        return;
    };
    let suspects: Vec<(&Node, &String)> = items
        .iter()
        .filter_map(|item| match &item.value {
            Value::String(name) => Some((item, name)),
            _ => None,
        })
        .filter(|(_, name)| {
            name.contains(" and ") || name.contains(';') || name.matches(',').count() >= 2
        })
        .collect();
    // Only look up who wrote the names if one looks odd.
    let owner = || imported.owner("authors", Some(&FieldValue::People(paper.authors.clone())));
    if suspects.is_empty() || owner() != Owner::Person {
        return;
    }
    for (item, name) in suspects {
        let people = people_in(name);
        if people.len() > 1 && people.iter().all(|one| one.name.as_str().contains(' ')) {
            fields.document().report(
                Diagnostic::warning(
                    "authors-joined",
                    "one name in `authors` looks like several people",
                )
                .field("authors")
                .help(format!(
                    "write {}; if it really is one name, write {{ literal = \"…\" }}",
                    quoted(&people)
                )),
                item.span.clone(),
            );
        }
    }
}

fn quoted(people: &People) -> String {
    let names: Vec<String> = people.names().map(|name| format!("\"{name}\"")).collect();
    names.join(", ")
}
