//! Any text as Markdown: what comes out runs no script.
#![no_main]

use std::collections::BTreeMap;

use libfuzzer_sys::fuzz_target;
use offprint::prose::math_html;
use offprint::render::{Links, markdown};

fuzz_target!(|text: &str| {
    let pages = BTreeMap::from([("papers/a.md".to_owned(), "papers/a/".to_owned())]);
    let rendered = markdown(
        text,
        &Links {
            pages: &pages,
            folder: "papers",
            root: "../",
            math: math_html,
            words: &BTreeMap::new(),
        },
    );
    let html = rendered.html.to_ascii_lowercase();
    for bad in [
        "<script",
        "<iframe",
        "<object",
        "href=\"javascript:",
        "src=\"javascript:",
    ] {
        assert!(!html.contains(bad), "{bad} in {html}");
    }
});
