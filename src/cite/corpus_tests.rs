//! Round trips of the citations of a thousand real papers.
//!
//! If `OFFPRINT_CITATIONS` names a folder, the files and their expected content are
//! also written there, for parsers in other languages (`tests/parsers/`).

use std::path::{Path, PathBuf};

use biblatex::{Bibliography, ChunksExt};
use serde_json::{Value, json};

use super::*;
use crate::model::{Author, LinkKind, Paper, PaperId, Slug};

/// The corpus. `None` if it is unavailable and optional.
fn corpus() -> Option<String> {
    let shared = std::env::var_os("OFFPRINT_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let path = shared.join("corpora/papers-1k.jsonl");
    match std::fs::read_to_string(&path) {
        Ok(text) => Some(text),
        Err(error) if std::env::var_os("OFFPRINT_REQUIRE_SHARED").is_some() => {
            panic!("{}: {error}", path.display())
        }
        Err(_) => {
            // Bypass the test harness, which hides the output of passing tests.
            use std::io::Write as _;
            let _ = writeln!(
                std::io::stderr(),
                "skipped: {} is not there",
                path.display()
            );
            None
        }
    }
}

fn papers(corpus: &str) -> Vec<Paper> {
    corpus
        .lines()
        .enumerate()
        .map(|(at, line)| paper(at, &serde_json::from_str(line).unwrap()))
        .collect()
}

fn paper(at: usize, record: &Value) -> Paper {
    let text = |key: &str| record[key].as_str().unwrap_or_default().to_owned();
    let list = |key: &str| -> Vec<String> {
        let list = record[key].as_array().cloned().unwrap_or_default();
        let texts = list.iter().filter_map(|v| v.as_str()).map(str::to_owned);
        texts.collect()
    };
    let slug = Slug::parse(&format!("paper-{at}")).unwrap();
    let mut paper = Paper::new(slug, text("title"));
    paper.authors = list("authors").into_iter().map(Author::named).collect();
    paper.keywords = list("keywords");
    paper.year = record["year"]
        .as_i64()
        .and_then(|year| i16::try_from(year).ok());
    paper.venue = Some(text("venue")).filter(|venue| !venue.is_empty());
    paper.ids.extend(PaperId::new("arxiv", &text("arxiv_id")));
    paper.ids.extend(PaperId::new("doi", &text("doi")));
    for (kind, key) in [(LinkKind::Paper, "url"), (LinkKind::Pdf, "pdf_url")] {
        if !text(key).is_empty() {
            paper.links.insert(kind, text(key));
        }
    }
    paper
}

#[test]
fn a_thousand_papers_read_back_with_authors_and_titles_intact() {
    let Some(corpus) = corpus() else {
        return;
    };
    let papers = papers(&corpus);
    let titles: Vec<String> = papers.iter().map(|paper| one_line(&paper.title)).collect();
    let works: Vec<Work<'_>> = papers
        .iter()
        .zip(&titles)
        .map(|(paper, title)| Work::of(Item::new(paper, title)))
        .collect();
    let keys = keys(&works);
    let pairs = || works.iter().zip(keys.iter().map(String::as_str));
    let bib = bibtex_file(pairs());
    let read = Bibliography::parse(&bib).unwrap();
    assert_eq!(read.len(), papers.len());
    for (paper, (title, key)) in papers.iter().zip(titles.iter().zip(&keys)) {
        let entry = read.get(key).unwrap();
        assert_eq!(entry.title().unwrap().format_verbatim(), *title, "{key}");
        let authors = entry.author().unwrap_or_default();
        let names: Vec<String> = authors.iter().map(whole_name).collect();
        let wanted: Vec<String> = paper
            .authors
            .iter()
            .map(|a| one_line(a.name.as_str()))
            .collect();
        assert_eq!(names, wanted, "{key}");
    }
    if let Some(folder) = std::env::var_os("OFFPRINT_CITATIONS") {
        write_files(Path::new(&folder), &papers, &works, &keys, &bib);
    }
}

/// A name in reading order.
fn whole_name(person: &biblatex::Person) -> String {
    let parts = [
        &person.given_name,
        &person.prefix,
        &person.name,
        &person.suffix,
    ];
    let known: Vec<&str> = parts
        .iter()
        .map(|part| part.as_str())
        .filter(|part| !part.is_empty())
        .collect();
    known.join(" ")
}

fn write_files(folder: &Path, papers: &[Paper], works: &[Work<'_>], keys: &[String], bib: &str) {
    let wanted: Vec<Value> = papers
        .iter()
        .zip(works.iter().zip(keys))
        .map(|(paper, (work, key))| {
            let authors: Vec<String> = paper
                .authors
                .iter()
                .map(|a| one_line(a.name.as_str()))
                .collect();
            json!({ "key": key, "title": work.title, "authors": authors, "year": paper.year })
        })
        .collect();
    let styles: Vec<Style> = DEFAULT_STYLES
        .iter()
        .map(|name| Style::open(name, Path::new(""), "en").unwrap())
        .collect();
    let texts: Vec<String> = works
        .iter()
        .flat_map(|work| styles.iter().map(|style| style.text(work).plain))
        .collect();
    let spans: Vec<String> = works.iter().map(coins).collect();
    let pairs = works.iter().zip(keys.iter().map(String::as_str));
    for (name, content) in [
        ("papers.bib", bib),
        ("papers.ris", &ris_file(works)),
        ("papers.json", &csl_file(pairs)),
        ("wanted.json", &Value::Array(wanted).to_string()),
        ("texts.txt", &texts.join("\n")),
        ("coins.html", &spans.join("\n")),
    ] {
        std::fs::write(folder.join(name), content).unwrap();
    }
}
