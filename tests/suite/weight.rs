//! Page weight: the size of published pages.

use crate::support::{Site, dom, shared};

/// The most bytes of papers' pages on average, and of the heaviest one.
const ON_AVERAGE: usize = 9_000;
const AT_MOST: usize = 15_000;

#[test]
fn minified_pages_keep_their_meaning() {
    let site = Site::fixture("orchard");
    site.build().succeed();
    let readable = site.tree("public");
    site.offprint(&["build"]).succeed();
    let mut lighter = 0;
    for (path, text) in site.tree("public").pages() {
        let whole = String::from_utf8_lossy(readable.get(path).expect("the same pages"));
        assert_eq!(dom::read(text), dom::read(&whole), "{path}");
        lighter += whole.len() - text.len();
    }
    assert!(lighter > 5_000, "{lighter} bytes");
}

#[test]
fn the_pages_of_a_thousand_papers_are_light() {
    let Some(papers) = shared::file("corpora/papers-1k.jsonl") else {
        return;
    };
    let site = Site::new();
    site.import(papers).date("2025-03-01").succeed();
    site.offprint(&["build"]).succeed();
    let tree = site.tree("public");
    let sizes: Vec<usize> = tree
        .pages()
        .filter(|(path, _)| path.starts_with("papers/") && !path.starts_with("papers/page/"))
        .filter(|(path, _)| path.matches('/').count() == 2 && path.ends_with("/index.html"))
        .map(|(_, text)| text.len())
        .collect();
    assert_eq!(sizes.len(), 1_000);
    let mean = sizes.iter().sum::<usize>() / sizes.len();
    let most = sizes.iter().max().copied().unwrap_or_default();
    assert!(
        mean <= ON_AVERAGE && most <= AT_MOST,
        "{mean} bytes on average, {most} at most"
    );
}
