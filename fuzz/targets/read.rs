//! Reads any bytes as the format in `OFFPRINT_FORMAT`, or as the detected one if
//! that is not set.
#![no_main]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use offprint::diagnostics::{Style, render_all};
use offprint::ingest::{Format, Request, read};

static FORMAT: LazyLock<Option<Format>> = LazyLock::new(|| {
    let name = std::env::var("OFFPRINT_FORMAT").ok()?;
    let format = Format::all().find(|format| format.name() == name);
    assert!(format.is_some(), "there is no format {name}");
    format
});

fuzz_target!(|bytes: &[u8]| {
    let format = *FORMAT;
    let reading = read(&Request {
        name: "fuzz",
        bytes,
        format,
        date: None,
        earlier: None,
        columns: &BTreeMap::new(),
    });
    assert_eq!(
        reading.read,
        reading.records.len() + reading.rejected,
        "a record was lost"
    );
    for record in &reading.records {
        assert!(!record.title.trim().is_empty(), "a paper has no title");
        assert!(!record.title.contains('\n'), "a title has two lines");
    }
    // All diagnostics can be rendered.
    let _ = render_all(&reading.diagnostics, Style::Plain, 20);
});
