//! JSON-LD: describes pages to search engines in schema.org terms. Each function
//! returns the content of a `<script type="application/ld+json">`, escaped so that
//! nothing in it can end the script.

mod page;
mod paper;

use serde::Serialize;

use super::plain::{line, web_address};

pub use page::{
    Collection, Crumb, Website, json_ld_breadcrumbs, json_ld_collection, json_ld_website,
};
pub use paper::json_ld_paper;

/// Something with a name and perhaps a page: a topic, a paper in a list.
#[derive(Debug, Clone, Copy)]
pub struct Thing<'a> {
    /// Its name in plain text.
    pub name: &'a str,
    /// The absolute URL of its page, if the site knows its own URL.
    pub url: Option<&'a str>,
}

/// JSON for use inside a `<script>`: without `<`, `>`, `&`, and the two line
/// separators that older JavaScript does not allow in strings.
///
/// # Errors
/// Fails if a value cannot be JSON: a map with keys that are not strings, or a
/// failing [`Serialize`].
pub fn json_for_script(value: &impl Serialize) -> Result<String, serde_json::Error> {
    let json = serde_json::to_string(value)?;
    let mut script = String::with_capacity(json.len() + json.len() / 16);
    let mut rest = json.as_str();
    // In JSON these occur only within strings, so they can be escaped anywhere.
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

/// [`json_for_script`] for the nodes of this module, which always serialise.
fn script(node: &impl Serialize) -> String {
    json_for_script(node).expect("texts and numbers are always JSON")
}

/// A node with a type, a name and perhaps a page.
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
