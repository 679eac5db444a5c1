//! Any bytes, read as one format: that which the target's name ends with, or with
//! `read-any` whichever they look like.
#![no_main]

use std::collections::BTreeMap;

use libfuzzer_sys::fuzz_target;
use offprint::diagnostics::{Style, render_all};
use offprint::ingest::{Format, Request, read};

fuzz_target!(|bytes: &[u8]| {
    let name = env!("CARGO_BIN_NAME").trim_start_matches("read-");
    let format = Format::all().find(|format| format.name() == name);
    assert!(
        format.is_some() || name == "any",
        "there is no format {name}"
    );
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
    // Whatever is said of them can be shown.
    let _ = render_all(&reading.diagnostics, Style::Plain, 20);
});
