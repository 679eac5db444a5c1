//! Parses any text as a query and as a rule. A valid query's canonical spelling
//! parses to the same query.
#![no_main]

use libfuzzer_sys::fuzz_target;
use offprint::diagnostics::{Place, Style, render};
use offprint::topics::Query;

fuzz_target!(|text: &str| {
    for parse in [Query::parse, Query::parse_rule] {
        match parse(text) {
            Ok(query) => {
                let spelled = query.to_string();
                let again = parse(&spelled).map(|query| query.to_string());
                assert_eq!(again.ok().as_deref(), Some(spelled.as_str()), "{text}");
            }
            Err(error) => {
                let _ = render(
                    &error.diagnostic(Place::line("rule", 1, text)),
                    Style::Plain,
                );
            }
        }
    }
});
