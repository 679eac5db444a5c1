//! A parsed page as text, for comparison.

use std::collections::BTreeMap;
use std::fmt::Write;

use ego_tree::iter::Edge;
use scraper::node::Node;

/// The elements and texts of a page, with texts trimmed.
pub fn read(html: &str) -> String {
    let page = scraper::Html::parse_document(html);
    let mut out = String::new();
    for edge in page.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element) => {
                    let attributes: BTreeMap<_, _> = element.attrs().collect();
                    write!(out, "\n({} {attributes:?}", element.name()).expect("a text takes all");
                }
                Node::Text(text) if !text.trim().is_empty() => {
                    write!(out, " {:?}", text.trim()).expect("a text takes all");
                }
                _ => {}
            },
            Edge::Close(node) if node.value().is_element() => out.push(')'),
            Edge::Close(_) => {}
        }
    }
    out
}
