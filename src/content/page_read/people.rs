//! The authors and editors of a page: plain names, and tables with their parts.

use super::value::line;
use crate::config::{Fields, Value};
use crate::diagnostics::Diagnostic;
use crate::model::{Author, Name, People};
use crate::text::clean_line;

/// Reads a list of people, or one.
pub(super) fn read_people(fields: &Fields<'_, '_>, key: &'static str) -> People {
    let Some(node) = fields.node(key) else {
        return People::default();
    };
    let single = std::slice::from_ref(node);
    let items = match &node.value {
        Value::Array(items) => items.as_slice(),
        _ => single,
    };
    let mut people = Vec::new();
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
                    "one of `{key}` is {}, but must be a name or a table with `name`",
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

/// A name in its parts, whole, or as people write it.
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
