//! Parses any text as `offprint.toml`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use offprint::config::Settings;
use offprint::diagnostics::{Style, render_all};

fuzz_target!(|text: &str| {
    let (_, found) = Settings::parse(text);
    let _ = render_all(&found, Style::Plain, 20);
});
