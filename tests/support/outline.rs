//! Page outlines, one node per line, so that snapshot diffs stay small.

use super::html::{Element, Node, parse};

/// The outline of a page, without the program's version, so that releases do not
/// change snapshots.
pub fn outline(page: &str) -> String {
    let root = parse(page).expect("the page is well formed");
    let mut out = String::new();
    write(&root, 0, &mut out);
    out.replace(
        concat!("Offprint ", env!("CARGO_PKG_VERSION")),
        "Offprint (version)",
    )
}

fn write(element: &Element, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    out.push_str(&indent);
    out.push_str(&element.name);
    for (name, value) in &element.attributes {
        out.push_str(&format!(" {name}={value:?}"));
    }
    // An element that holds only text is on one line with it.
    if let [Node::Text(text)] = element.children.as_slice() {
        out.push_str(&format!(" | {}\n", shown(text)));
        return;
    }
    out.push('\n');
    for child in &element.children {
        match child {
            Node::Element(child) => write(child, depth + 1, out),
            Node::Text(text) if text.trim().is_empty() => {}
            Node::Text(text) => out.push_str(&format!("{indent}  | {}\n", shown(text))),
        }
    }
}

fn shown(text: &str) -> String {
    text.trim().replace('\n', "⏎ ")
}
