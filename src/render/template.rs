//! A template by its name and the type of what it sees.

use std::marker::PhantomData;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::Serialize;
use tera::Context;

use super::context::Globals;
use super::reference::TemplateReference;

/// A template that is rendered with a context of type `C` and no other.
#[derive(Debug)]
pub struct Template<C> {
    /// Its file.
    pub name: &'static str,
    about: &'static str,
    context: PhantomData<fn(C)>,
}

/// What a template sees: a context, and what every template sees.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "it is there for its schema")]
struct Seen<C> {
    #[serde(flatten)]
    context: C,
    #[serde(flatten)]
    globals: Globals,
}

/// What a template sees, as the engine takes it.
pub trait TemplateContext: Serialize + JsonSchema {
    /// Its fields, each a variable.
    ///
    /// # Errors
    /// Where a field cannot be a value of templates.
    fn variables(&self) -> tera::TeraResult<Context> {
        Context::from_serialize(self)
    }
}

impl<C> Template<C> {
    /// Declares a template; `about` says what it is of.
    #[must_use]
    pub const fn new(name: &'static str, about: &'static str) -> Self {
        Self {
            name,
            about,
            context: PhantomData,
        }
    }
}

impl<C: JsonSchema> Template<C> {
    /// What the template sees.
    #[must_use]
    pub fn reference(&self) -> TemplateReference {
        TemplateReference::of(self.name, self.about, &schema::<C>())
    }
}

fn schema<C: JsonSchema>() -> Schema {
    SchemaSettings::default()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<Seen<C>>()
}
