//! Reads any text as the page of a paper, a topic or a digest, and as a free page.
#![no_main]

use std::fs;

use libfuzzer_sys::fuzz_target;
use offprint::content::Content;
use offprint::diagnostics::{Style, render_all};

fuzz_target!(|bytes: &[u8]| {
    let site = tempfile::tempdir().expect("a folder can be made");
    for path in [
        "papers/a.md",
        "topics/b.md",
        "digests/2025-03-14.md",
        "c.md",
    ] {
        let path = site.path().join("content").join(path);
        let folder = path.parent().expect("a file has a folder");
        fs::create_dir_all(folder).expect("a folder can be made");
        fs::write(path, bytes).expect("a file can be written");
    }
    let (_, found) = Content::read(site.path());
    let _ = render_all(&found, Style::Plain, 20);
});
