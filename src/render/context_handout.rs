//! The context of a handout.

use schemars::JsonSchema;
use serde::Serialize;
use tera::Value;

use super::context_paper::PaperView;
use super::markup::Html;

/// `handout` in `handout.html`: papers in one file that needs nothing beside it.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct Handout {
    /// What kind of choice it is; empty where it is of all papers.
    pub kicker: String,
    /// The topic's name, the digest's title or day, the query.
    pub title: String,
    /// What falls under the topic; may be empty.
    pub scope: String,
    /// What the papers were chosen by besides: a digest's title, a query.
    pub within: Vec<String>,
    /// Who put the digest together.
    pub curator: Option<String>,
    /// The topic's introduction or the digest's note as HTML.
    #[schemars(with = "Option<Html>")]
    pub introduction_html: Option<Value>,
    /// Where the list, else the site, stands on the web.
    pub url: Option<String>,
    /// The papers in full, as `paper.html` sees them. Paths within the site are of
    /// no use here.
    pub papers: Vec<PaperView>,
}
