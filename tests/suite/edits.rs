//! Edits are never lost: what a person changed on a page stays, whatever later
//! digests say, and the report mentions it.

use serde_json::json;

use crate::support::run::{balance, diagnostics};
use crate::support::{Site, digest};

const GEARS: &str = "content/papers/2025/gears.md";
const LAMPS: &str = "content/papers/2025/lamps.md";
const KILNS: &str = "content/papers/2025/kilns.md";
const SAILS: &str = "content/papers/2025/sails.md";

/// A first version of three papers to edit and one to leave alone.
fn first() -> String {
    digest(&[
        json!({"title": "Gears", "abstract": "Gears turn.", "ids": ["arxiv:2501.00001"], "authors": ["Ada A"]}),
        json!({"title": "Lamps", "abstract": "Lamps shine.", "ids": ["arxiv:2501.00002"], "authors": ["Ben B"]}),
        json!({"title": "Kilns", "abstract": "Kilns burn.", "ids": ["arxiv:2501.00003"], "authors": ["Cid C"]}),
        json!({"title": "Sails", "abstract": "Sails swell.", "ids": ["arxiv:2501.00004"], "authors": ["Dan D"]}),
    ])
}

/// The same papers with all fields changed.
fn second() -> String {
    digest(&[
        json!({"title": "Gears, Revised", "abstract": "Gears turn twice.", "ids": ["arxiv:2501.00001"], "authors": ["Ada A", "Eve E"]}),
        json!({"title": "Lamps, Revised", "abstract": "Lamps shine twice.", "ids": ["arxiv:2501.00002"], "authors": ["Ben B", "Eve E"]}),
        json!({"title": "Kilns, Revised", "abstract": "Kilns burn twice.", "ids": ["arxiv:2501.00003"], "authors": ["Cid C", "Eve E"]}),
        json!({"title": "Sails, Revised", "abstract": "Sails swell twice.", "ids": ["arxiv:2501.00004"], "authors": ["Dan D", "Eve E"]}),
    ])
}

/// A site with the first version imported, and with a title, an abstract and the
/// authors of three papers edited by hand.
fn edited() -> Site {
    let site = Site::new()
        .file("a.jsonl", first())
        .file("changed.jsonl", second());
    site.import("a.jsonl").date("2025-01-01").succeed();
    site.replace(GEARS, "title = \"Gears\"", "title = \"Gears by Hand\"");
    site.replace(LAMPS, "Lamps shine.", "Lamps by hand.");
    site.replace(KILNS, "[\"Cid C\"]", "[\"Cid by Hand\"]");
    site
}

#[track_caller]
fn assert_edits_are_kept_and_the_rest_is_new(site: &Site) {
    for (file, stands, gone, new) in [
        (
            GEARS,
            "title = \"Gears by Hand\"",
            "Gears, Revised",
            ["Gears turn twice.", "Eve E"],
        ),
        (
            LAMPS,
            "Lamps by hand.",
            "Lamps shine twice.",
            ["Lamps, Revised", "Eve E"],
        ),
        (
            KILNS,
            "[\"Cid by Hand\"]",
            "Eve E",
            ["Kilns, Revised", "Kilns burn twice."],
        ),
        (
            SAILS,
            "Sails, Revised",
            "\"Sails\"",
            ["Sails swell twice.", "Eve E"],
        ),
    ] {
        let page = site.read(file);
        assert!(page.contains(stands), "“{stands}” was lost:\n{page}");
        assert!(!page.contains(gone), "“{gone}” took its place:\n{page}");
        for text in new {
            assert!(page.contains(text), "“{text}” was not brought in:\n{page}");
        }
    }
}

#[test]
fn edits_are_kept_while_the_rest_is_updated() {
    let site = edited();
    site.rename("changed.jsonl", "a.jsonl");
    let report = site.import("a.jsonl").date("2025-01-01").report();
    assert_edits_are_kept_and_the_rest_is_new(&site);
    assert_eq!(balance(&report), "4 read, 4 updated, 3 kept_edits");
    let kept = diagnostics(&report, "kept-edit");
    for (file, field) in [(GEARS, "title"), (LAMPS, "body"), (KILNS, "authors")] {
        let named = |line: &&String| line.starts_with(file) && line.contains(&format!("`{field}`"));
        assert_eq!(
            kept.iter().filter(named).count(),
            1,
            "{file} {field}: {kept:?}"
        );
    }
    assert_eq!(kept.len(), 3, "{kept:?}");
}

#[test]
fn edits_are_kept_when_a_second_digest_disagrees() {
    let site = edited();
    let report = site.import("changed.jsonl").date("2025-01-08").report();
    assert_edits_are_kept_and_the_rest_is_new(&site);
    assert_eq!(report["total"]["kept_edits"], 3, "{report}");
    // And a third time, importing both, newest first.
    let before = site.tree("content");
    site.import("changed.jsonl").date("2025-01-08").succeed();
    site.import("a.jsonl").date("2025-01-01").succeed();
    site.tree("content").assert_same(&before);
}

#[test]
fn edits_are_kept_when_two_digests_are_imported_at_once() {
    let site = edited();
    site.write("b.jsonl", second());
    site.offprint(&["import", "a.jsonl", "b.jsonl"])
        .date("2025-01-01")
        .succeed();
    assert_edits_are_kept_and_the_rest_is_new(&site);
}

#[test]
fn an_undone_edit_does_not_count() {
    let site = edited();
    site.replace(GEARS, "title = \"Gears by Hand\"", "title = \"Gears\"");
    site.rename("changed.jsonl", "a.jsonl");
    let report = site.import("a.jsonl").date("2025-01-01").report();
    assert_eq!(report["total"]["kept_edits"], 2, "{report}");
    assert!(site.read(GEARS).contains("Gears, Revised"));
}

#[test]
fn an_edit_the_source_later_shares_is_not_reported() {
    let site = edited();
    site.write(
        "a.jsonl",
        first().replace("\"title\":\"Gears\"", "\"title\":\"Gears by Hand\""),
    );
    let report = site.import("a.jsonl").date("2025-01-01").report();
    let kept = diagnostics(&report, "kept-edit");
    assert!(!kept.iter().any(|line| line.starts_with(GEARS)), "{kept:?}");
}

#[test]
fn what_a_person_removed_stays_removed() {
    let site = edited();
    site.replace(SAILS, "authors = [\"Dan D\"]\n", "");
    site.import("changed.jsonl").date("2025-01-08").succeed();
    let page = site.read(SAILS);
    assert!(
        !page.contains("authors = [\"Dan D\"") && !page.contains("Eve E"),
        "{page}"
    );
}

#[test]
fn keys_comments_and_notes_of_a_person_survive_an_import() {
    let site = edited();
    let page = site.read(SAILS);
    let page = page.replace(
        "title = \"Sails\"",
        "# my remark\ntitle   =   \"Sails\"   # aligned\nsummary = \"By hand.\"",
    ) + "\n<!-- notes -->\n\nMy own *note*.\n";
    site.write(SAILS, page);
    site.import("changed.jsonl").date("2025-01-08").succeed();
    let page = site.read(SAILS);
    for text in [
        "# my remark",
        "# aligned",
        "summary = \"By hand.\"",
        "My own *note*.",
        "Sails, Revised",
        "Sails swell twice.",
    ] {
        assert!(page.contains(text), "“{text}” was lost:\n{page}");
    }
}

#[test]
fn edits_in_yaml_pages_are_kept() {
    let site = Site::new()
        .file("a.jsonl", second())
        .file(
            "content/papers/2025/gears.md",
            "---\ntitle: 'Gears by Hand'\nids: [\"arxiv:2501.00001\"]\ndate: 2024-12-01\nkeywords:\n  - wheels\n---\nBy hand.\n",
        );
    site.build().succeed();
    assert!(
        site.read("public/papers/gears/index.html")
            .contains("Gears by Hand")
    );
    site.import("a.jsonl").date("2025-01-01").succeed();
    let page = site.read(GEARS);
    for text in ["Gears by Hand", "By hand.", "wheels", "2024-12-01", "Eve E"] {
        assert!(page.contains(text), "“{text}” was lost:\n{page}");
    }
    let before = site.tree("content");
    site.import("a.jsonl").date("2025-01-01").succeed();
    site.tree("content").assert_same(&before);
    site.build().succeed();
}

#[test]
fn a_reordered_digest_keeps_its_order() {
    let site = Site::new().file("a.jsonl", first());
    site.import("a.jsonl").date("2025-01-01").succeed();
    site.replace(
        "content/digests/a.md",
        "    \"gears\",\n    \"lamps\",\n",
        "    \"lamps\",\n    \"gears\",\n",
    );
    let edited = site.read("content/digests/a.md");
    site.import("a.jsonl").date("2025-01-01").succeed();
    assert_eq!(site.read("content/digests/a.md"), edited);
}

#[test]
fn a_moved_page_is_updated_in_place() {
    let site = Site::new().file("a.jsonl", first());
    site.import("a.jsonl").date("2025-01-01").succeed();
    std::fs::create_dir_all(site.path("content/papers/best")).unwrap();
    site.rename(GEARS, "content/papers/best/gears.md");
    site.write("a.jsonl", second());
    site.import("a.jsonl").date("2025-01-01").succeed();
    assert!(!site.has(GEARS));
    assert!(
        site.read("content/papers/best/gears.md")
            .contains("Gears, Revised")
    );
}
