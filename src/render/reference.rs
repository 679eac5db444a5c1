//! The reference of what templates see: the types of contexts and their doc
//! comments, as theme authors read them.

use std::collections::VecDeque;
use std::fmt;

use schemars::Schema;
use serde_json::{Map, Value};

use super::markup::{HTML, SVG};

/// What a template sees.
#[derive(Debug, Clone)]
pub struct TemplateReference {
    /// The template's file.
    pub name: &'static str,
    /// What it is of.
    pub about: &'static str,
    /// Its variables: those of its own, then those that others see too.
    pub variables: Vec<Field>,
    /// The types that have fields, in the order in which the variables lead to them.
    pub types: Vec<TypeReference>,
}

/// A type that has fields.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeReference {
    /// Its name.
    pub name: String,
    /// What it is.
    pub about: String,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// A variable, or a field of one.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What its values are.
    pub kind: Kind,
    /// Whether it may be none.
    pub is_optional: bool,
    /// What it says.
    pub about: String,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Plain text, which templates escape.
    Text,
    /// HTML, which they put out as it is.
    Html,
    /// An `svg` element.
    Svg,
    /// A whole or other number.
    Number,
    /// True or false.
    Flag,
    /// Some values of one kind.
    List(Box<Kind>),
    /// So many values, each of its kind.
    Tuple(Vec<Kind>),
    /// Values of one kind by name.
    Map(Box<Kind>),
    /// A type that has fields.
    Named(String),
    /// Any of these.
    Any,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => f.write_str("text"),
            Self::Html => f.write_str("HTML"),
            Self::Svg => f.write_str("SVG"),
            Self::Number => f.write_str("number"),
            Self::Flag => f.write_str("true or false"),
            Self::List(of) => write!(f, "list of {of}"),
            Self::Tuple(of) => {
                let of: Vec<String> = of.iter().map(ToString::to_string).collect();
                write!(f, "[{}]", of.join(", "))
            }
            Self::Map(of) => write!(f, "{of} by name"),
            Self::Named(name) => f.write_str(name),
            Self::Any => f.write_str("any value"),
        }
    }
}

impl Kind {
    /// The type that has fields in it, if any.
    #[must_use]
    pub fn named(&self) -> Option<&str> {
        match self {
            Self::Named(name) => Some(name),
            Self::List(of) | Self::Map(of) => of.named(),
            _ => None,
        }
    }

    /// What a schema without alternatives says.
    fn of(schema: &Value) -> Self {
        if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
            return Self::Named(target.rsplit('/').next().unwrap_or(target).to_owned());
        }
        let within = |key: &str| Box::new(schema.get(key).map_or(Self::Any, |of| field_kind(of).0));
        match types(schema).find(|name| *name != "null") {
            Some("string") => match schema.get("contentMediaType").and_then(Value::as_str) {
                Some(HTML) => Self::Html,
                Some(SVG) => Self::Svg,
                _ => Self::Text,
            },
            Some("integer" | "number") => Self::Number,
            Some("boolean") => Self::Flag,
            Some("array") => match schema.get("prefixItems").and_then(Value::as_array) {
                Some(of) => Self::Tuple(of.iter().map(|of| field_kind(of).0).collect()),
                None => Self::List(within("items")),
            },
            Some("object") => Self::Map(within("additionalProperties")),
            _ => Self::Any,
        }
    }
}

/// The types that a schema names: one, or several of which one is `null`.
fn types(schema: &Value) -> impl Iterator<Item = &str> {
    let named = schema.get("type");
    let several = named.and_then(Value::as_array).into_iter().flatten();
    named.into_iter().chain(several).filter_map(Value::as_str)
}

/// What a field's values are, and whether it may be none.
fn field_kind(schema: &Value) -> (Kind, bool) {
    let Some(choices) = schema.get("anyOf").and_then(Value::as_array) else {
        return (Kind::of(schema), types(schema).any(|name| name == "null"));
    };
    let is_null = |choice: &&Value| types(choice).eq(["null"]);
    let kind = choices.iter().find(|choice| !is_null(choice));
    (
        kind.map_or(Kind::Any, Kind::of),
        choices.iter().any(|choice| is_null(&choice)),
    )
}

/// The description of a schema in one line, as its comment may go over several.
fn about(schema: &Value) -> String {
    let text = schema.get("description").and_then(Value::as_str);
    let words: Vec<&str> = text.unwrap_or_default().split_whitespace().collect();
    words.join(" ")
}

fn fields(schema: &Value) -> Vec<Field> {
    let properties = schema.get("properties").and_then(Value::as_object);
    properties
        .into_iter()
        .flat_map(Map::iter)
        .map(|(name, schema)| {
            let (kind, is_optional) = field_kind(schema);
            Field {
                name: name.clone(),
                kind,
                is_optional,
                about: about(schema),
            }
        })
        .collect()
}

impl TemplateReference {
    /// Reads the schema of a template's context.
    pub(super) fn of(name: &'static str, about_it: &'static str, schema: &Schema) -> Self {
        let schema = schema.as_value();
        let variables = fields(schema);
        let mut types: Vec<TypeReference> = Vec::new();
        let names = |fields: &[Field]| -> Vec<String> {
            let named = fields.iter().filter_map(|field| field.kind.named());
            named.map(ToOwned::to_owned).collect()
        };
        let mut ahead = VecDeque::from(names(&variables));
        while let Some(name) = ahead.pop_front() {
            let definition = schema.get("$defs").and_then(|all| all.get(&name));
            let Some(definition) = definition.filter(|_| types.iter().all(|t| t.name != name))
            else {
                continue;
            };
            let fields = fields(definition);
            ahead.extend(names(&fields));
            types.push(TypeReference {
                about: about(definition),
                name,
                fields,
            });
        }
        Self {
            name,
            about: about_it,
            variables,
            types,
        }
    }
}
