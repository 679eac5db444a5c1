//! Reads any text as a title, an abstract and a formula.
#![no_main]

use libfuzzer_sys::fuzz_target;
use offprint::prose::{
    Options, formula, key_sentence, math_html, read_abstract, read_title, short_name,
};

fuzz_target!(|text: &str| {
    let (title, rest) = text.split_once('\n').unwrap_or((text, text));
    let options = Options::default();
    let reading = read_abstract(rest, title, &options);
    let html = reading.html();
    assert!(!html.to_ascii_lowercase().contains("<script"), "{html}");
    let _ = (reading.plain(), reading.inline_html());
    let _ = key_sentence(&reading, title);
    let _ = (read_title(title, &options).inline_html(), short_name(title));
    for display in [false, true] {
        let _ = (formula(rest, display), math_html(rest, display));
    }
});
