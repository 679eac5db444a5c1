//! JSON-LD: what a page is about, in the words of schema.org, for search
//! engines. Every function gives the content of a
//! `<script type="application/ld+json">`, spelled so that nothing in it can end
//! the script.

mod page;
mod paper;

use serde::Serialize;

use super::plain::{line, web_address};

pub use page::{
    Collection, Crumb, Website, json_ld_breadcrumbs, json_ld_collection, json_ld_website,
};
pub use paper::json_ld_paper;

/// Something with a name that has a page: a topic, a paper of a list.
#[derive(Debug, Clone, Copy)]
pub struct Thing<'a> {
    /// Its name in plain text.
    pub name: &'a str,
    /// The absolute address of its page, where the site knows its own address.
    pub url: Option<&'a str>,
}

/// Anything as JSON for the inside of a `<script>`: without `<`, `>` and `&`,
/// and without the two line ends that JavaScript knows and JSON does not.
///
/// # Errors
/// Where a value cannot be JSON: a map whose keys are no texts, or a
/// [`Serialize`] that fails of its own.
pub fn json_for_script(value: &impl Serialize) -> Result<String, serde_json::Error> {
    let json = serde_json::to_string(value)?;
    let mut script = String::with_capacity(json.len() + json.len() / 16);
    let mut rest = json.as_str();
    // Outside strings JSON has none of these, so that each may be replaced by
    // its escape wherever it stands.
    while let Some(at) = rest.find(is_dangerous) {
        script.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(c) = rest.chars().next() else {
            break;
        };
        script.push_str(match c {
            '<' => "\\u003c",
            '>' => "\\u003e",
            '&' => "\\u0026",
            '\u{2028}' => "\\u2028",
            _ => "\\u2029",
        });
        rest = &rest[c.len_utf8()..];
    }
    script.push_str(rest);
    Ok(script)
}

fn is_dangerous(c: char) -> bool {
    matches!(c, '<' | '>' | '&' | '\u{2028}' | '\u{2029}')
}

/// [`json_for_script`] for the nodes of this room, which are texts, numbers and
/// lists of these.
fn script(node: &impl Serialize) -> String {
    json_for_script(node).expect("texts and numbers are always JSON")
}

/// A node of a type and a name, with its page where it has one.
#[derive(Serialize)]
struct Named<'a> {
    #[serde(rename = "@type")]
    node_type: &'static str,
    name: std::borrow::Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

impl<'a> Named<'a> {
    fn new(node_type: &'static str, thing: &Thing<'a>) -> Self {
        Self {
            node_type,
            name: line(thing.name),
            url: thing.url.and_then(web_address),
        }
    }

    fn organization(name: &'a str) -> Self {
        Self {
            node_type: "Organization",
            name: line(name),
            url: None,
        }
    }
}

const CONTEXT: &str = "https://schema.org";
