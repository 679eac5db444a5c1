//! Runs random queries through the parser and its counterpart in the browser. Both
//! must parse them alike, and report the same mistakes in the same words.
#![expect(
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise and says when it is skipped"
)]

#[path = "support/node.rs"]
mod node_script;

use offprint::topics::{Has, Query, Term};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

fn range<T: ToString>(field: &str, from: Option<T>, to: Option<T>) -> Value {
    let end = |end: Option<T>| end.map(|end| end.to_string());
    json!({ "type": "range", "field": field, "from": end(from), "to": end(to) })
}

fn node(query: &Query) -> Value {
    let nodes = |items: &[Query]| items.iter().map(node).collect::<Vec<_>>();
    match query {
        Query::Term(term) => {
            let kind = match term {
                Term::Word(_) => "word",
                Term::Prefix(_) => "prefix",
                Term::Phrase(_) => "phrase",
            };
            json!({ "type": "term", "kind": kind, "text": term.text() })
        }
        Query::In(field, inner) => {
            json!({ "type": "in", "field": field.name(), "node": node(inner) })
        }
        Query::Id(id) => json!({ "type": "id", "id": id.as_str() }),
        Query::Has(has) => json!({ "type": "has", "part": Has::name(*has) }),
        Query::Year(years) => {
            let text = |year: Option<i16>| year.map(|year| format!("{year:04}"));
            range("year", text(years.from), text(years.to))
        }
        Query::Date(days) => range("date", days.from, days.to),
        Query::Count(metric, counts) => range(metric.name(), counts.from, counts.to),
        Query::Not(inner) => json!({ "type": "not", "node": node(inner) }),
        Query::And(items) => json!({ "type": "and", "nodes": nodes(items) }),
        Query::Or(items) => json!({ "type": "or", "nodes": nodes(items) }),
        Query::Weight(..) => panic!("searches have no weights"),
    }
}

fn own_answer(text: &str) -> Value {
    match Query::parse(text) {
        Ok(query) => json!({ "node": node(&query) }),
        Err(error) => json!({
            "code": error.code,
            "message": error.message,
            "help": error.help,
            "part": &text[error.span],
        }),
    }
}

/// Pieces of queries, chosen so that rules interact often.
fn piece() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        " ",
        " ",
        " OR ",
        " AND ",
        "NOT ",
        "-",
        "(",
        ")",
        "\"",
        "“",
        "»",
        "*",
        "^2",
        ":",
        ".",
        ",",
        "title:",
        "Abstract:",
        "author:",
        "topic:",
        "venue:",
        "keyword:",
        "category:",
        "year:",
        "date:",
        "id:",
        "has:",
        "citations:",
        "stars:",
        "titel:",
        "frob:",
        "code",
        "awrd",
        "2024",
        "2023..2025",
        "..",
        ">",
        ">=",
        "<",
        "≤",
        "=",
        "007",
        "2024-05",
        "2024-02-30",
        "2024-12-31",
        "9999",
        "0001",
        "2403.03507v2",
        "arXiv:",
        "arxiv: 2403.03507",
        "hep-th/9901001",
        "doi:",
        "10.1145/a(b).c",
        "10.12/x",
        "10.48550/arXiv.2403.03507",
        "PMID: 12345",
        "pmid:",
        "s2:",
        "2024.acl-long.1",
        "P19-1001",
        "https://",
        "http://www.",
        "arxiv.org/abs/",
        "doi.org/",
        "openreview.net/forum?id=",
        "aclanthology.org/",
        "pubmed.ncbi.nlm.nih.gov/123/",
        "nature.com/articles/s41586-1",
        "x.org/doi/10.1101/2020.01v2.full",
        "%2F",
        "<",
        "[",
        "]",
        "semanticscholar.org/paper/0123456789abcdef0123456789abcdef01234567",
    ]);
    prop_oneof![
        12 => known.prop_map(str::to_owned),
        4 => "[a-zA-Z]{1,6}",
        1 => "[0-9.]{1,9}",
        1 => "[àéß强化π😀\u{0}\u{85}\u{a0}\u{3000}\u{200b}\u{feff}/?#&;!-]{1,3}",
    ]
}

#[test]
fn random_queries_are_parsed_alike_in_the_browser() {
    let mut runner = TestRunner::deterministic();
    let text = prop::collection::vec(piece(), 0..9).prop_map(|pieces| pieces.concat());
    let mut texts: Vec<String> = (0..40_000)
        .map(|_| text.new_tree(&mut runner).unwrap().current())
        .collect();
    // Long and deeply nested queries.
    texts.extend(
        ["(", "-", "NOT ", "é", "a ", "\"", "a(b)", ")", "title:("].map(|one| one.repeat(20_000)),
    );
    texts.push(format!("has:{}", "x".repeat(2_000)));
    texts.push(format!("https://doi.org/10.1145/{}", "x".repeat(5_000)));
    let Some(answers) = node_script::ask::<Value>("query-twin.mjs", &[], &texts) else {
        return;
    };
    let mut read = 0;
    for (text, twin) in texts.iter().zip(answers) {
        let own = own_answer(text);
        read += usize::from(own.get("node").is_some());
        let shown: String = text.chars().take(200).collect();
        assert_eq!(own, twin, "{shown:?}");
    }
    assert!(read > 5_000, "{read} queries without a mistake");
}
