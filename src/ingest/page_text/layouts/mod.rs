//! Tests with real papers, laid out in many ways: what goes in must come out again.

mod page;

use std::collections::BTreeMap;

use crate::ingest::{Format, ParsedFile, Request, read};
use page::LAYOUTS;

/// A paper as shown on a page.
#[derive(Debug, Clone)]
struct Paper {
    title: String,
    authors: Vec<String>,
    /// Its abstract, in one paragraph.
    text: String,
}

fn normal(text: &str) -> String {
    crate::text::clean_line(text)
}

/// Papers of the shared corpus, or `None` if it is not available.
fn papers() -> Option<Vec<Paper>> {
    let shared = std::env::var("OFFPRINT_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").to_owned());
    let path = std::path::Path::new(&shared).join("corpora/papers-1k.jsonl");
    let Ok(text) = std::fs::read_to_string(&path) else {
        assert!(
            std::env::var("OFFPRINT_REQUIRE_SHARED").as_deref() != Ok("1"),
            "{} is missing",
            path.display()
        );
        // Bypass the test harness, which hides the output of passing tests.
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr(), "skipped: the shared corpus is not there");
        return None;
    };
    let columns = BTreeMap::new();
    let reading = read(&Request {
        name: "papers-1k.jsonl",
        bytes: text.as_bytes(),
        format: Some(Format::Jsonl),
        date: None,
        earlier: None,
        columns: &columns,
    });
    Some(
        reading
            .records
            .into_iter()
            .map(|record| Paper {
                title: record.facts.title.clone(),
                authors: record.authors.iter().map(|a| a.name.to_string()).collect(),
                text: record
                    .abstract_text
                    .split("\n\n")
                    .map(normal)
                    .filter(|p| !p.is_empty())
                    .collect::<Vec<_>>()
                    .join(" "),
            })
            .collect(),
    )
}

fn reading(page: &str) -> ParsedFile {
    let columns = BTreeMap::new();
    read(&Request {
        name: "2025-03-14.txt",
        bytes: page.as_bytes(),
        format: Some(Format::PageText),
        date: None,
        earlier: None,
        columns: &columns,
    })
}

/// Texts mostly differ at the end.
fn end_of(text: &str) -> &str {
    let start = text.char_indices().rev().take(150).last();
    &text[start.map_or(0, |(at, _)| at)..]
}

#[test]
fn papers_come_out_of_every_layout_as_they_went_in() {
    let count = std::env::var("LAYOUT_N")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(100);
    let show = std::env::var("LAYOUT").ok();
    let Some(all) = papers() else { return };
    for layout in LAYOUTS {
        let name = layout.name;
        let (mut want, mut got, mut right, mut warned) = (0, 0, 0, 0);
        for papers in all.chunks(count) {
            let reading = reading(&layout.page(papers));
            assert_eq!(reading.read, reading.records.len() + reading.rejected);
            want += papers.len();
            got += reading.records.len();
            warned += reading
                .diagnostics
                .count(crate::diagnostics::Severity::Warning);
            let mut by_title: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for record in &reading.records {
                by_title
                    .entry(normal(&record.title))
                    .or_default()
                    .push(record.abstract_text.clone());
            }
            for (n, paper) in papers.iter().enumerate() {
                let text = layout.text(n, paper);
                let found = by_title.get(&paper.title);
                if found.is_some_and(|texts| texts.contains(&text)) {
                    right += 1;
                } else if show.as_deref() == Some(name) {
                    println!(
                        "--- {}\n    {:?}\n want {}",
                        paper.title,
                        found.map(|texts| texts.iter().map(|t| end_of(t)).collect::<Vec<_>>()),
                        end_of(&text)
                    );
                }
            }
            if show.as_deref() == Some(name) {
                let titles: std::collections::BTreeSet<_> =
                    papers.iter().map(|p| p.title.clone()).collect();
                for r in &reading.records {
                    if !titles.contains(&r.title) {
                        println!(
                            "+++ {} | {}",
                            r.title,
                            r.abstract_text.chars().take(60).collect::<String>()
                        );
                    }
                }
                println!(
                    "{}",
                    crate::diagnostics::render_all(
                        &reading.diagnostics,
                        crate::diagnostics::Style::Plain,
                        3
                    )
                );
            }
        }
        println!("{name:<34} want {want} got {got} right {right} warnings {warned}");
        // In wrapped text, a two-line title and a short paragraph can look the
        // same. In other layouts there is hardly any doubt.
        let least = if name.starts_with("wrapped") { 75 } else { 99 };
        assert!(right * 100 >= want * least, "{name}: {right} of {want}");
        // Wrong results may cause warnings, and hardly anything else.
        let most = want / 100 + (want - right);
        assert!(warned <= most, "{name}: {warned} warnings");
    }
}
