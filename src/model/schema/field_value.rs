//! Values: the content of any field, in one form that pages and records can
//! compare, write and export.

use serde_json::Value as Json;

use crate::model::{Author, Date, Day, People, PublicationKind};

/// The value of a field. Unknown fields have no value.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldValue {
    /// A one-line text, or an abstract.
    Text(String),
    /// A list of texts or slugs.
    Words(Vec<String>),
    /// Authors or editors.
    People(People),
    /// A calendar day.
    Date(Date),
    /// A date that may be known only to the month or year.
    Day(Day),
    /// A publication kind.
    Kind(PublicationKind),
    /// A year or a count.
    Number(i64),
    /// A yes-or-no value.
    Flag(bool),
    /// One of the site's own fields.
    Free(Json),
}

impl FieldValue {
    /// The value in JSON exports.
    pub fn to_json(&self) -> Json {
        match self {
            Self::Text(text) => text.as_str().into(),
            Self::Words(words) => words.iter().map(String::as_str).collect(),
            Self::People(people) => people_to_json(people),
            Self::Date(day) => day.to_string().into(),
            Self::Day(day) => day.to_string().into(),
            Self::Kind(kind) => kind.key().into(),
            Self::Number(number) => (*number).into(),
            Self::Flag(flag) => (*flag).into(),
            Self::Free(value) => value.clone(),
        }
    }

    /// The value in a table cell. List entries are separated by semicolons; a
    /// single entry gets a final one if it could be mistaken for several.
    pub fn to_cell(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Words(words) => list(words.clone()),
            Self::People(people) => {
                let others = people.others.then(|| People::OTHERS.to_owned());
                let names = people.iter().map(|author| {
                    // The inverted form preserves the name's parts.
                    if author.name.is_plain() || author.name.is_literal() {
                        author.name.to_string()
                    } else {
                        author.name.inverted()
                    }
                });
                list(names.chain(others).collect())
            }
            Self::Date(day) => day.to_string(),
            Self::Day(day) => day.to_string(),
            Self::Kind(kind) => kind.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
            Self::Free(value) => value.to_string(),
        }
    }
}

fn list(words: Vec<String>) -> String {
    let alone = words.len() == 1;
    let mut text = words.join("; ");
    if alone && text.contains([',', '|']) {
        text.push(';');
    }
    text
}

/// The names, with their parts where plain text would lose them. Unnamed people
/// become one name, "et al."
fn people_to_json(people: &People) -> Json {
    let others = people
        .others
        .then(|| serde_json::json!({ "name": People::OTHERS }));
    people.iter().map(person_to_json).chain(others).collect()
}

fn person_to_json(author: &Author) -> Json {
    let name = &author.name;
    let mut person = serde_json::Map::new();
    let mut put = |key: &str, text: &str| {
        if !text.is_empty() {
            person.insert(key.to_owned(), text.into());
        }
    };
    put("name", name.as_str());
    if !name.is_plain() {
        if name.is_literal() {
            put("literal", name.as_str());
        } else {
            put("family", name.family());
            put("given", name.given());
            put("particle", name.particle());
            put("suffix", name.suffix());
        }
    }
    put("orcid", author.orcid.as_deref().unwrap_or_default());
    put(
        "affiliation",
        author.affiliation.as_deref().unwrap_or_default(),
    );
    Json::Object(person)
}
