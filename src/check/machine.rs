//! Checks feeds, sitemaps and JSON, which programs reject entirely for a single
//! fault.

use roxmltree::{Document, Node, ParsingOptions};
use serde_json::Value;

use super::at;
use crate::diagnostics::{Diagnostic, Place};

/// The most URLs and bytes in a sitemap.
const MOST_ADDRESSES: usize = 50_000;
const MOST_SITEMAP_BYTES: usize = 50 * 1024 * 1024;

fn fault(place: Place, message: String) -> Diagnostic {
    Diagnostic::error("bad-feed", message)
        .at(place)
        .help("programs reject the whole file; correct it, or report a bug if Offprint wrote it")
}

/// What is wrong with an XML file: a feed, a sitemap or an OPML list.
pub(super) fn xml(path: &str, text: &str, base_url: &str) -> Vec<Diagnostic> {
    let options = ParsingOptions {
        nodes_limit: 20_000_000,
        ..ParsingOptions::default()
    };
    let document = match Document::parse_with_options(text, options) {
        Ok(document) => document,
        Err(error) => {
            let line = u64::from(error.pos().row);
            return vec![fault(
                at(path, line),
                format!("the file is not valid XML: {error}"),
            )];
        }
    };
    let root = document.root_element();
    let missing: Vec<String> = match root.tag_name().name() {
        "feed" => atom(root),
        "urlset" => sitemap(root, text.len(), base_url),
        "sitemapindex" => addresses(root, "sitemap", base_url),
        "opml" => outlines(root),
        _ => Vec::new(),
    };
    missing
        .into_iter()
        .map(|message| fault(at(path, 0), message))
        .collect()
}

fn child<'a>(node: Node<'a, 'a>, name: &str) -> Option<Node<'a, 'a>> {
    node.children().find(|node| node.has_tag_name_local(name))
}

/// The name of an element, ignoring its namespace.
trait Local {
    fn has_tag_name_local(&self, name: &str) -> bool;
}

impl Local for Node<'_, '_> {
    fn has_tag_name_local(&self, name: &str) -> bool {
        self.is_element() && self.tag_name().name() == name
    }
}

/// What is missing from an Atom feed or its entries.
fn atom(feed: Node<'_, '_>) -> Vec<String> {
    let mut faults = Vec::new();
    let mut ids = std::collections::HashSet::new();
    let entries = feed
        .children()
        .filter(|node| node.has_tag_name_local("entry"));
    for (what, node) in
        std::iter::once(("the feed", feed)).chain(entries.map(|node| ("an entry", node)))
    {
        for name in ["id", "title", "updated"] {
            match child(node, name).and_then(|node| node.text()) {
                Some(text) if name == "id" && !ids.insert(text.to_owned()) => {
                    faults.push(format!("two entries have the id `{text}`"));
                }
                Some(text) if name == "updated" && text.parse::<jiff::Timestamp>().is_err() => {
                    faults.push(format!("`{text}` is not a timestamp"));
                }
                Some(_) => {}
                None => faults.push(format!("{what} has no `{name}`")),
            }
        }
    }
    faults
}

fn sitemap(root: Node<'_, '_>, bytes: usize, base_url: &str) -> Vec<String> {
    let mut faults = addresses(root, "url", base_url);
    let urls = root
        .children()
        .filter(|node| node.has_tag_name_local("url"))
        .count();
    if urls > MOST_ADDRESSES || bytes > MOST_SITEMAP_BYTES {
        faults.push(format!(
            "a sitemap has at most 50,000 URLs and 50 MB; this one has {urls} and {} MB",
            bytes / 1_000_000
        ));
    }
    faults
}

/// URLs in a sitemap that are not on the site.
fn addresses(root: Node<'_, '_>, name: &str, base_url: &str) -> Vec<String> {
    let rows = root.children().filter(|node| node.has_tag_name_local(name));
    let foreign = rows.filter_map(|row| {
        let address = child(row, "loc")
            .and_then(|node| node.text())
            .unwrap_or_default();
        (!address.starts_with(base_url) || address.is_empty())
            .then(|| format!("`{address}` is not a URL of this site"))
    });
    foreign.take(3).collect()
}

fn outlines(root: Node<'_, '_>) -> Vec<String> {
    let outlines = root
        .descendants()
        .filter(|node| node.has_tag_name_local("outline"));
    let nameless = outlines.filter(|node| node.attribute("text").is_none_or(str::is_empty));
    nameless
        .take(1)
        .map(|_| "an `outline` has no `text`".to_owned())
        .collect()
}

/// What is wrong with a JSON file.
pub(super) fn json(path: &str, text: &str) -> Option<Diagnostic> {
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => {
            let line = error.line() as u64;
            return Some(fault(
                at(path, line),
                format!("the file is not valid JSON: {error}"),
            ));
        }
    };
    let is_feed = path.rsplit('/').next() == Some("feed.json");
    let is_sound = |item: &Value| {
        item.get("id")
            .is_some_and(|id| id.is_string() || id.is_number())
    };
    let items = value.get("items").and_then(Value::as_array);
    let is_complete = value.get("version").is_some()
        && value.get("title").is_some_and(Value::is_string)
        && items.is_some_and(|items| items.iter().all(is_sound));
    (is_feed && !is_complete).then(|| {
        fault(
            at(path, 0),
            "a JSON Feed needs a version, a title, and items with ids".to_owned(),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_and_sitemaps_are_read_as_their_readers_do() {
        let base = "https://example.org/";
        let entry = "<id>b</id><title>B</title><updated>2025-03-14T00:00:00Z</updated>";
        let feed = |inner: &str| {
            format!(
                "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>a</id><title>A</title><updated>2025-03-14T00:00:00Z</updated>{inner}</feed>"
            )
        };
        for (text, faults) in [
            (feed(&format!("<entry>{entry}</entry>")), 0),
            (
                feed(&format!("<entry>{entry}</entry><entry>{entry}</entry>")),
                1,
            ),
            (feed("<entry><id>b</id></entry>"), 2),
            (feed("<entry>"), 1),
            (
                "<urlset><url><loc>https://example.org/a/</loc></url></urlset>".to_owned(),
                0,
            ),
            (
                "<urlset><url><loc>https://example.com/a/</loc></url></urlset>".to_owned(),
                1,
            ),
            ("<opml><body><outline/></body></opml>".to_owned(), 1),
            ("<other/>".to_owned(), 0),
            ("a & b".to_owned(), 1),
        ] {
            assert_eq!(xml("a.xml", &text, base).len(), faults, "{text}");
        }
        for (path, text, is_sound) in [
            ("search/root.json", "{}", true),
            ("search/root.json", "{", false),
            (
                "feed.json",
                r#"{"version": "1", "title": "A", "items": [{"id": "1"}]}"#,
                true,
            ),
            (
                "a/feed.json",
                r#"{"version": "1", "title": "A", "items": [{}]}"#,
                false,
            ),
        ] {
            assert_eq!(json(path, text).is_none(), is_sound, "{text}");
        }
    }
}
