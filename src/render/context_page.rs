//! The parts of what templates see that pages share: what every page has beside its
//! own, papers in lists, and the context of pages that have nothing of their own.

use schemars::JsonSchema;
use serde::Serialize;
use tera::{Context, Value};

use super::context::PageInfo;
use super::markup::Html;
use super::template::TemplateContext;

/// A page: what its template sees of its own, and what that of every page sees.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PageContext<T> {
    /// What the page shows.
    #[serde(flatten)]
    pub own: T,
    /// The page that is rendered.
    pub page: PageInfo,
    /// The way to the site's root: write `{{ root }}papers/`.
    pub root: String,
}

impl<T: Serialize + JsonSchema> TemplateContext for PageContext<T> {
    // What is flattened is copied once more for nothing, on every page.
    fn variables(&self) -> tera::TeraResult<Context> {
        let mut variables = Context::from_serialize(&self.own)?;
        variables.insert("page", &self.page);
        variables.insert("root", &self.root);
        Ok(variables)
    }
}

/// A page that shows nothing of the site's.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BareContext {}

/// A paper in a list: an entry of `papers`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ListItem {
    /// Its HTML: from `row.html` in lists of an author, of a venue and where a site is large,
    /// elsewhere from `card.html`.
    #[schemars(with = "Html")]
    pub card: Value,
    /// The path of its page.
    pub path: String,
    /// Its title as plain text.
    pub title: String,
    /// Whether an earlier digest listed it.
    pub seen: bool,
    /// Its citation for reference managers (COinS), an element without words; in
    /// lists that they may be asked to take along.
    #[schemars(with = "Option<Html>")]
    pub coins: Option<Value>,
}
