//! Every digest format: a fixture with its pitfalls is detected by content, read
//! completely, and yields the same when imported again.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::Site;

/// The fixtures: format, papers read, papers rejected.
const FIXTURES: [(&str, &str, usize, usize); 31] = [
    ("huggingface.json", "huggingface", 2, 0),
    ("huggingface-paper.json", "huggingface", 1, 0),
    ("openreview-v2.json", "openreview", 2, 0),
    ("openreview-v1.json", "openreview", 1, 0),
    ("semantic-scholar.json", "semantic-scholar", 1, 0),
    ("openalex.json", "openalex", 2, 1),
    ("crossref.json", "crossref", 1, 0),
    ("csl.json", "csl-json", 2, 0),
    ("arxiv-snapshot.jsonl", "arxiv-snapshot", 3, 1),
    ("daily-arxiv.jsonl", "daily-arxiv", 1, 0),
    ("cv-arxiv-daily.json", "cv-arxiv-daily", 3, 0),
    ("paperlists.json", "paperlists", 2, 0),
    ("papers.json", "json", 3, 1),
    ("papers.yaml", "yaml", 3, 1),
    ("mini-conf.csv", "csv", 3, 0),
    ("papers.tsv", "tsv", 2, 0),
    ("papers.bib", "bibtex", 6, 1),
    ("papers.ris", "ris", 2, 0),
    ("arxiv-api.xml", "arxiv-api", 1, 0),
    ("arxiv-rss.xml", "feed", 1, 0),
    ("journal-atom.xml", "feed", 1, 0),
    ("oai.xml", "oai-pmh", 2, 0),
    ("arxiv-mail.txt", "arxiv-listing", 2, 0),
    ("pubmed.nbib", "medline", 3, 1),
    ("web-of-science.txt", "web-of-science", 2, 0),
    ("endnote.enw", "endnote", 2, 0),
    ("refer.enw", "endnote", 2, 0),
    ("pubmed.xml", "pubmed-xml", 2, 0),
    ("endnote.xml", "endnote-xml", 2, 0),
    ("zotero.rdf", "zotero-rdf", 2, 0),
    ("mods.xml", "mods", 2, 1),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/formats")
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).unwrap()
}

#[test]
fn every_format_is_read_completely() {
    for (name, format, read, rejected) in FIXTURES {
        let site = Site::new().file(&format!("in/{name}"), fixture(name));
        let outcome = site
            .import(format!("in/{name}"))
            .date("2025-03-14")
            .outcome();
        let said = format!("in/{name} ({format}): {read} read");
        assert!(
            outcome.stdout.contains(&said),
            "{said}\n{}{}",
            outcome.stdout,
            outcome.stderr
        );
        let dropped = format!("{rejected} rejected");
        assert_eq!(
            outcome.stdout.contains("rejected"),
            rejected > 0,
            "{name}: {}",
            outcome.stdout
        );
        assert!(
            rejected == 0 || outcome.stdout.contains(&dropped),
            "{name}: {}",
            outcome.stdout
        );
        let exported = site.offprint(&["export"]).succeed().stdout;
        let lines: Vec<String> = exported.lines().map(pretty).collect();
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("snapshots");
        settings.set_prepend_module_to_snapshot(false);
        let _bound = settings.bind_to_scope();
        insta::assert_snapshot!(
            format!("format-{}", name.replace('.', "-")),
            format!("{}\n{}", outcome.stderr, lines.join("\n"))
        );
        // The same file again changes nothing.
        let before = site.tree("content");
        let again = site
            .import(format!("in/{name}"))
            .date("2025-03-14")
            .outcome();
        assert!(
            again
                .stdout
                .contains(&format!("{} unchanged", read - rejected)),
            "{name}: {}",
            again.stdout
        );
        site.tree("content").assert_same(&before);
    }
}

fn pretty(line: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(line).unwrap();
    serde_json::to_string_pretty(&value).unwrap()
}

#[test]
fn the_format_is_detected_from_content_not_name() {
    for (name, format, ..) in FIXTURES {
        for other in [
            "digest",
            "digest.txt",
            "digest.json",
            "digest.bib",
            "digest.csv",
        ] {
            let site = Site::new().file(&format!("in/{other}"), fixture(name));
            let outcome = site
                .import(format!("in/{other}"))
                .date("2025-03-14")
                .outcome();
            let said = format!("({format})");
            assert!(
                outcome.stdout.contains(&said),
                "{name} as {other}: {}{}",
                outcome.stdout,
                outcome.stderr
            );
        }
    }
}

#[test]
fn columns_are_named_in_the_settings() {
    let site = Site::new()
        .settings("[import.columns]\ntitle = \"Titel\"\nabstract = \"Zusammenfassung\"\nauthors = \"Autoren\"\nyear = \"Jahr\"\n")
        .file("in/columns.csv", fixture("columns.csv"));
    let outcome = site.import("in/columns.csv").date("2025-03-14").outcome();
    assert!(
        outcome.stdout.contains("(csv): 3 read, 2 new, 1 rejected"),
        "{}{}",
        outcome.stdout,
        outcome.stderr
    );
    assert!(
        outcome.stderr.contains("columns.csv:6"),
        "{}",
        outcome.stderr
    );
    let exported = site.offprint(&["export"]).succeed().stdout;
    assert!(
        exported.contains("Äpfel; und Birnen") && exported.contains("Ben Birch"),
        "{exported}"
    );
    // Without the settings, the report says what is missing.
    let site = Site::new().file("in/columns.csv", fixture("columns.csv"));
    let outcome = site.import("in/columns.csv").date("2025-03-14").outcome();
    assert!(
        outcome.stderr.contains("[import.columns] title"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn a_service_error_is_not_a_digest() {
    for (name, bytes, said) in [
        (
            "error.xml",
            fixture("arxiv-error.xml"),
            "incorrect id format",
        ),
        ("rate.txt", b"Rate exceeded.\n".to_vec(), "Rate exceeded"),
    ] {
        let site = Site::new().file(&format!("in/{name}"), bytes);
        let outcome = site
            .import(format!("in/{name}"))
            .date("2025-03-14")
            .outcome();
        assert!(outcome.stderr.contains(said), "{}", outcome.stderr);
        assert!(outcome.stdout.contains("0 read"), "{}", outcome.stdout);
        assert!(!site.has("content/papers"), "{name}");
    }
}

#[test]
fn a_listing_of_arxiv_and_a_list_of_links_are_read() {
    for (name, titles) in [
        ("arxiv-listing.txt", ["Moss on Stones", "Lichen on Bark"]),
        ("links.md", ["Petals Fall", "Stems Stand"]),
    ] {
        let site = Site::new().file(&format!("in/{name}"), fixture(name));
        site.import(format!("in/{name}"))
            .date("2025-03-14")
            .succeed();
        let exported = site.offprint(&["export"]).succeed().stdout;
        for title in titles {
            assert!(
                exported.contains(&format!("\"title\":\"{title}\"")),
                "{name}: {exported}"
            );
        }
        assert_eq!(exported.lines().count(), 2, "{exported}");
    }
}

#[test]
fn a_truncated_list_is_reported_and_removes_nothing() {
    let whole = fixture("huggingface.json");
    let site = Site::new().file("in/day.json", &whole);
    site.import("in/day.json").date("2025-03-14").succeed();
    let cut = &whole[..whole.len() - 400];
    let site = site.file("in/day.json", cut);
    let outcome = site.import("in/day.json").date("2025-03-14").outcome();
    assert!(
        outcome.stderr.contains("ends in the middle"),
        "{}",
        outcome.stderr
    );
    let exported = site.offprint(&["export"]).succeed().stdout;
    assert_eq!(exported.lines().count(), 2, "{exported}");
}

#[test]
fn a_response_on_one_line_is_not_json_lines() {
    let site = Site::new().file(
        "in/a",
        "{\"notes\": [{\"title\": \"A\"}, {\"title\": \"B\"}]}",
    );
    let outcome = site.import("in/a").date("2025-03-14").succeed();
    assert!(
        outcome.stdout.contains("(json): 2 read"),
        "{}",
        outcome.stdout
    );
    let site = Site::new().file("in/a", "{\"title\": \"A\"}\n");
    let outcome = site.import("in/a").date("2025-03-14").succeed();
    assert!(
        outcome.stdout.contains("(jsonl): 1 read"),
        "{}",
        outcome.stdout
    );
}
