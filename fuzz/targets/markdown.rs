//! Renders any text as Markdown: the output runs no scripts.
#![no_main]

use std::collections::BTreeMap;

use libfuzzer_sys::fuzz_target;
use offprint::prose::math_html;
use offprint::render::{Destinations, Links, markdown};

/// A site with one page and one image.
#[derive(Debug)]
struct Site;

impl Destinations for Site {
    fn page(&self, file: &str) -> Option<&str> {
        (file == "papers/a.md").then_some("papers/a/")
    }

    fn has(&self, path: &str) -> bool {
        path == "papers/a/index.html"
    }

    fn file(&self, path: &str) -> Option<String> {
        (path == "papers/a.png").then(|| path.to_owned())
    }

    fn mount(&self) -> &str {
        "repo/"
    }
}

fuzz_target!(|text: &str| {
    let rendered = markdown(
        text,
        &Links {
            destinations: &Site,
            folder: "papers",
            address: "papers/a/",
            root: "../",
            math: math_html,
            words: &BTreeMap::new(),
        },
    );
    let html = rendered.html.to_ascii_lowercase();
    for bad in ["<script", "<iframe", "<object", "href=\"javascript:", "src=\"javascript:"] {
        assert!(!html.contains(bad), "{bad} in {html}");
    }
});
