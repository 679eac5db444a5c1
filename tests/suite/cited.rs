//! Exporting the bibliography of a LaTeX file.

use crate::support::Site;

/// Papers with keys from a bibliography.
const LIBRARY: &str = r#"{"title": "Gears", "authors": ["Jane Doe"], "type": "article", "journal": "Journal of Gears", "year": 2019, "volume": 3, "pages": "1-9", "doi": "10.1000/Gears.1", "citation_key": "Doe2019Gears"}
{"title": "Lamps at Night", "authors": ["Robert Roe"], "arxiv": "2403.03507", "citation_key": "lamps"}
{"title": "Never Cited", "authors": ["Ann Poe"], "type": "book", "year": 2001, "publisher": "Press", "citation_key": "unused"}
{"title": "Old Maps of Towns", "authors": ["Lea Low"], "type": "inproceedings", "booktitle": "Proc. of Maps", "year": 1999}
"#;

fn site() -> Site {
    let site = Site::new().file("library.jsonl", LIBRARY);
    site.import("library.jsonl").date("2025-01-01").succeed();
    site
}

/// The keys in a bibliography.
fn keys(bibtex: &str) -> Vec<&str> {
    bibtex
        .lines()
        .filter(|line| line.starts_with('@'))
        .filter_map(|line| line.split('{').nth(1))
        .map(|key| key.trim_end_matches(','))
        .collect()
}

#[test]
fn cited_papers_are_exported_with_the_keys_used() {
    let site = site()
        .file(
            "text/paper.tex",
            "\\documentclass{article}\n% \\cite{unused}\n\\citep[see][p.~3]{Doe2019Gears, missing:key}\n\
             \\textcite{arXiv:2403.03507} and \\autocite{10.1000/gears.1}\n\\input{part}\n\\include{chapters/two}\n\
             \\input{../outside}\n\\end{document}\n\\cite{unused}\n",
        )
        .file("text/part.tex", "\\parencite*{oldmapsoftowns}\n")
        .file("text/chapters/two.tex", "\\cite{alsoMissing,\n  lamps}\n")
        .file("outside.tex", "\\cite{unused}\n");
    let outcome = site
        .offprint(&["export", "--cited", "text/paper.tex"])
        .succeed()
        .stderr_contains("no paper is cited as `missing:key`")
        .stderr_contains("text/paper.tex:3:33")
        .stderr_contains("text/chapters/two.tex:1:7")
        .stderr_contains("`../outside` is not in the folder");
    assert_eq!(
        keys(&outcome.stdout),
        [
            "Doe2019Gears",
            "arXiv:2403.03507",
            "10.1000/gears.1",
            "oldmapsoftowns",
            "lamps"
        ]
    );
    let gears = outcome.stdout.split("\n\n").next().unwrap();
    assert_eq!(
        gears,
        "@article{Doe2019Gears,\n  title = {Gears},\n  author = {Doe, Jane},\n  journal = {Journal of Gears},\n  \
         volume = {3},\n  pages = {1--9},\n  year = {2019},\n  doi = {10.1000/gears.1}\n}"
    );
    let strict = ["export", "--cited", "text/paper.tex", "--strict"];
    let failed = site.offprint(&strict).fail();
    assert_eq!(keys(&failed.stdout).len(), 5);
    // Other formats also contain only cited papers, each of them once.
    let lines = site
        .offprint(&["export", "--format", "jsonl", "--cited", "text/paper.tex"])
        .succeed();
    assert_eq!(lines.stdout.lines().count(), 3);
    let items = site
        .offprint(&["export", "--format", "csl-json", "--cited", "text/part.tex"])
        .succeed()
        .json();
    assert_eq!(items[0]["id"], "oldmapsoftowns");
    assert_eq!(items[0]["title"], "Old Maps of Towns");
}

#[test]
fn auxiliary_files_and_nocite_are_read() {
    let site = site()
        .file("a.aux", "\\relax\n\\citation{lamps}\n\\@input{b.aux}\n")
        .file("b.aux", "\\abx@aux@cite{0}{Doe2019Gears}\n")
        .file("all.tex", "\\cite{low1999old}\\nocite{*}\n");
    let outcome = site
        .offprint(&["export", "--cited", "a.aux", "--strict"])
        .succeed();
    assert_eq!(keys(&outcome.stdout), ["lamps", "Doe2019Gears"]);
    let outcome = site
        .offprint(&[
            "export", "--cited", "all.tex", "a.aux", "--format", "bibtex",
        ])
        .succeed();
    let mut found = keys(&outcome.stdout);
    assert_eq!(&found[..3], ["low1999old", "lamps", "Doe2019Gears"]);
    found.sort_unstable();
    assert_eq!(found, ["Doe2019Gears", "lamps", "low1999old", "unused"]);
    site.offprint(&["export", "--cited", "none.tex"])
        .fail()
        .stderr_contains("none.tex");
    site.offprint(&["export", "--strict"]).misuse();
}
