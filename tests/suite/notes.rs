//! What people add to a paper's page: notes below the abstract, and keys at the end
//! of the front matter.

use serde_json::{Value, json};

use crate::support::run::diagnostics;
use crate::support::{Site, digest};

const GEARS: &str = "content/papers/2025/gears.md";

const NOTES: &str = "Mine[^1], with a table:\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```rust\nfn f() {}\n```\n\n[^1]: A footnote.\n";

fn gears(abstract_text: &str) -> String {
    digest(&[json!({
        "title": "Gears", "abstract": abstract_text, "ids": ["arxiv:2501.00001"],
        "url": "https://example.org/gears", "upvotes": 3,
    })])
}

/// A site with one imported paper.
fn site() -> Site {
    let site = Site::new().file("a.jsonl", gears("Gears turn.\n\nThey turn again."));
    site.import("a.jsonl").date("2025-01-01").succeed();
    site
}

/// The paper in the export.
fn exported(site: &Site) -> Value {
    site.offprint(&["export"]).succeed().json()
}

fn assert_notes_are_separate(site: &Site, abstract_text: &str) {
    let before = site.tree("content");
    site.build().succeed();
    site.tree("content").assert_same(&before);
    assert_eq!(exported(site)["abstract"], abstract_text);
    let page = site.read("public/papers/gears/index.html");
    for text in ["<table", "<pre", "A footnote.", "Mine"] {
        assert!(page.contains(text), "no {text} in {page}");
    }
}

#[test]
fn a_note_below_the_notes_line_is_kept() {
    let site = site();
    let page = site.read(GEARS);
    assert!(
        page.ends_with("They turn again.\n\n<!-- notes -->\n"),
        "{page}"
    );
    site.write(GEARS, format!("{page}\n{NOTES}"));
    assert_notes_are_separate(&site, "Gears turn.\n\nThey turn again.");
    site.write("a.jsonl", gears("Gears turn thrice."));
    site.import("a.jsonl").date("2025-01-01").succeed();
    assert!(site.read(GEARS).ends_with(NOTES), "{}", site.read(GEARS));
    assert_notes_are_separate(&site, "Gears turn thrice.");
    let before = site.tree("content");
    site.import("a.jsonl").date("2025-01-01").succeed();
    site.tree("content").assert_same(&before);
}

#[test]
fn a_note_without_the_line_is_distinguished_from_the_abstract() {
    for (end, blank) in [("\n", "\n"), ("\r\n", " \r\n")] {
        let site = site();
        let page = site.read(GEARS).replace("\n<!-- notes -->\n", "");
        let page = format!("{page}{blank}{NOTES}");
        site.write(GEARS, page.replace("\r\n", "\n").replace('\n', end));
        assert_notes_are_separate(&site, "Gears turn.\n\nThey turn again.");
        site.write("a.jsonl", gears("Gears turn thrice."));
        site.import("a.jsonl").date("2025-01-01").succeed();
        assert_notes_are_separate(&site, "Gears turn thrice.");
    }
}

#[test]
fn an_edited_abstract_stays_complete() {
    let site = site();
    site.replace(GEARS, "Gears turn.\n", "Gears do turn.\n");
    site.replace(GEARS, "\n<!-- notes -->\n", "\nMore of mine.\n");
    site.write("a.jsonl", gears("Gears turn thrice."));
    site.import("a.jsonl").date("2025-01-01").succeed();
    let text = "Gears do turn.\n\nThey turn again.\n\nMore of mine.";
    assert_eq!(exported(&site)["abstract"], text);
}

#[test]
fn an_abstract_containing_the_notes_line_is_not_cut() {
    let site = Site::new().file("a.jsonl", gears("Gears turn.\n<!-- notes -->\nOn."));
    site.import("a.jsonl").date("2025-01-01").succeed();
    assert_eq!(exported(&site)["abstract"], "Gears turn. On.");
    let report = site.import("a.jsonl").date("2025-01-01").report();
    assert_eq!(report["total"]["kept_edits"], 0, "{report}");
}

#[test]
fn a_key_added_at_the_end_of_the_front_matter_counts() {
    let site = site();
    let end = "\n+++\nGears turn.";
    site.replace(
        GEARS,
        end,
        &format!("\nwithdrawn = true\nlinks.code = \"https://example.org/code\"{end}"),
    );
    site.build().succeed();
    let paper = exported(&site);
    assert_eq!(paper["links"]["code"], "https://example.org/code");
    assert!(
        site.read("public/papers/gears/index.html")
            .contains("withdrawn")
    );
    // They are still there after the next import, even though it rewrites the page.
    site.write("a.jsonl", gears("Gears turn thrice."));
    site.import("a.jsonl").date("2025-01-01").succeed();
    let page = site.read(GEARS);
    assert!(
        page.contains("\nwithdrawn = true\n") && page.contains("thrice"),
        "{page}"
    );
    assert!(!page.contains("\n["), "{page}");
    site.build().succeed();
    // The same for the digest's page.
    site.replace(
        "content/digests/a.md",
        "\n+++\n",
        "\ntitle = \"By Hand\"\n+++\n",
    );
    site.build().succeed();
    assert!(site.read("public/digests/a/index.html").contains("By Hand"));
}

/// A page as written by earlier versions.
const OLD: &str = "+++\ntitle = \"Gears\"\nids = [\"arxiv:2501.00001\"]\ndigests = [\"a\"]\n[links]\npaper = \"https://example.org/gears\"\n[metrics]\nupvotes = 3\n[imported]\n\"links.paper\" = \"jsonl 94f6bd\"\ntitle = \"jsonl 94f6bd\"\n+++\nGears turn.\n";

#[test]
fn a_misplaced_key_in_a_table_is_an_error() {
    for (table, line, help) in [
        ("imported", "withdrawn = true", "above `[imported]`"),
        ("imported", "draft = true", "above `[imported]`"),
        (
            "imported",
            "summary = \"Gears that turn.\"",
            "above `[imported]`",
        ),
        ("imported", "withdrwn = true", "did you mean `withdrawn`"),
        (
            "imported",
            "links.code = \"https://example.org\"",
            "above `[imported]`",
        ),
        ("imported", "remark = 3", "above `[imported]`"),
        ("imported", "venue = \"ICML 2024\"", "above `[imported]`"),
        ("imported", "title = \"Another\"", "above `[imported]`"),
        ("links", "draft = true", "above `[links]`"),
        ("metrics", "comment = \"Ten pages.\"", "above `[metrics]`"),
        ("metrics", "venue = \"ICML\"", "above `[metrics]`"),
    ] {
        let site = site();
        let head = format!("[{table}]\n");
        let (before, rest) = OLD.split_once(&head).unwrap();
        let at = rest.find("\n[").or_else(|| rest.find("\n+++")).unwrap();
        let page = format!("{before}{head}{}\n{line}{}", &rest[..at], &rest[at..]);
        let number = page.lines().position(|other| other == line).unwrap() + 1;
        site.write(GEARS, &page);
        let said = site.build().fail();
        let place = format!("{GEARS}:{number}:1");
        assert!(said.stderr.contains(&place), "{place}: {said}");
        assert!(said.stderr.contains(help), "{line}: {said}");
        // It is the only error.
        assert!(said.stderr.contains("1 error"), "{line}: {said}");
    }
}

#[test]
fn pages_in_the_form_of_earlier_versions_are_read_and_updated() {
    let site = site();
    site.write(GEARS, OLD);
    let address = ["--base-url", "https://gears.test/"];
    let report = site.build().arg(address[0]).arg(address[1]).report();
    assert_eq!(report["diagnostics"], json!([]), "{report}");
    assert_eq!(
        exported(&site)["links"]["paper"],
        "https://example.org/gears"
    );
    site.import("a.jsonl").date("2025-01-01").succeed();
    let before = site.tree("content");
    let report = site.import("a.jsonl").date("2025-01-01").report();
    assert!(diagnostics(&report, "misplaced-key").is_empty(), "{report}");
    site.tree("content").assert_same(&before);
    let page = site.read(GEARS);
    assert!(!page.contains("\n["), "{page}");
}

#[test]
fn a_dotted_table_explains_how_to_extend_it() {
    let site = site();
    site.replace(
        GEARS,
        "\n+++\nGears",
        "\n[links]\ncode = \"https://example.org/code\"\n+++\nGears",
    );
    site.build()
        .fail()
        .stderr_contains("write its other keys in the same way, such as `links.name = …`");
}
