//! What the reference of contexts says of texts that are markup: a template puts
//! them out as they are, where other texts are escaped.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

/// A text that is HTML.
#[derive(Debug)]
pub struct Html;

/// A text that is a whole `svg` element.
#[derive(Debug)]
pub struct Svg;

/// The media type of [`Html`].
pub(super) const HTML: &str = "text/html";

/// The media type of [`Svg`].
pub(super) const SVG: &str = "image/svg+xml";

impl JsonSchema for Html {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Html".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "contentMediaType": HTML })
    }
}

impl JsonSchema for Svg {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Svg".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "contentMediaType": SVG })
    }
}
