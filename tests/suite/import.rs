//! Import: every record is accounted for, and importing again changes nothing.

use serde_json::json;

use crate::support::run::{balance, diagnostics};
use crate::support::{Site, digest, record, shared};

/// A digest as copied from a web page, with invented text.
const PASTED: &str = "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\n\
byAK and the research community\n\nMar 14\n\n\
Gears That Turn by Themselves\n\n\
We build gears that turn without being asked to. A spring of our own design stores what the \
wind brings by night, and the gears turn all day at half the usual cost.\n\n\
Lamps for Deep Cellars\n\n\
Cellars are dark. We compare three lamps in forty cellars over one winter and find that the \
smallest of them gives the most light for each drop of oil.\n";

#[test]
fn every_paper_of_the_real_digest_is_read_without_a_warning() {
    let Some(file) = shared::file(shared::DIGEST) else {
        return;
    };
    let site = Site::new();
    let report = site.import(&file).date("2025-03-14").report();
    assert_eq!(balance(&report), "122 read, 122 new");
    assert_eq!(report["diagnostics"], json!([]));
    assert_eq!(site.tree("content/papers").len(), 122);
}

#[test]
fn importing_the_real_digest_twice_changes_nothing() {
    let Some(file) = shared::file(shared::DIGEST) else {
        return;
    };
    let site = Site::new();
    site.import(&file).date("2025-03-14").succeed();
    let before = site.tree("content");
    let report = site.import(&file).date("2025-03-14").report();
    assert_eq!(balance(&report), "122 read, 122 unchanged");
    site.tree("content").assert_same(&before);
}

#[test]
fn a_pasted_page_gives_its_papers_date_and_curator() {
    let site = Site::new().file("content/digests/2025-03-14.txt", PASTED);
    let report = site.import("content/digests/2025-03-14.txt").report();
    assert_eq!(balance(&report), "2 read, 2 new");
    assert_eq!(report["diagnostics"], json!([]));
    let page = site.read("content/papers/2025/lamps-for-deep-cellars.md");
    assert!(
        page.contains("title = \"Lamps for Deep Cellars\""),
        "{page}"
    );
    assert!(page.contains("date = 2025-03-14"), "{page}");
    assert!(page.contains("three lamps in forty cellars"), "{page}");
    let digest = site.read("content/digests/2025-03-14.md");
    assert!(
        digest.contains("curator = \"AK and the research community\""),
        "{digest}"
    );
}

#[test]
fn a_missing_year_is_never_guessed() {
    let site = Site::new().file("paste.txt", PASTED);
    site.import("paste.txt")
        .fail()
        .stderr_contains("--date")
        .stderr_contains("paste.txt");
    assert!(!site.has("content/papers"));
}

#[test]
fn importing_twice_changes_nothing() {
    let site = Site::new().file(
        "a.jsonl",
        digest(&[
            json!({"title": "Gears", "abstract": "They turn.\n\nFor ever.", "ids": ["arxiv:2501.00001"], "authors": ["Ada A"], "links": {"code": "https://example.org/g"}}),
            record("Lamps"),
        ]),
    );
    site.import("a.jsonl").date("2025-01-01").succeed();
    let before = site.tree("content");
    let report = site.import("a.jsonl").date("2025-01-01").report();
    assert_eq!(balance(&report), "2 read, 2 unchanged");
    site.tree("content").assert_same(&before);
}

#[test]
fn nothing_but_the_papers_of_the_digest_is_written() {
    let site = Site::new().file("a.jsonl", digest(&[record("Gears")]));
    site.import("a.jsonl").date("2025-01-01").succeed();
    let tree = site.tree("content");
    let paths: Vec<&str> = tree.paths().collect();
    assert_eq!(paths, ["digests/a.md", "papers/2025/gears.md", "urls.tsv"]);
    let page = site.read("content/papers/2025/gears.md");
    for computed in ["topics", "summary", "short", "[links]"] {
        assert!(!page.contains(computed), "{computed} is concluded: {page}");
    }
}

#[test]
fn a_digest_from_standard_input_is_named_after_its_date() {
    let site = Site::new();
    let report = site
        .import("-")
        .date("2025-01-01")
        .stdin(digest(&[record("Gears")]))
        .report();
    assert_eq!(balance(&report), "1 read, 1 new");
    assert!(site.has("content/digests/2025-01-01.md"));
    site.import("-")
        .stdin(digest(&[record("Gears")]))
        .fail()
        .stderr_contains("--date");
}

#[test]
fn a_dry_run_reports_and_writes_nothing() {
    let site = Site::new().file("a.jsonl", digest(&[record("Gears"), record("Lamps")]));
    let before = site.tree("");
    let report = site
        .import("a.jsonl")
        .date("2025-01-01")
        .arg("--dry-run")
        .report();
    assert_eq!(balance(&report), "2 read, 2 new");
    site.tree("").assert_same(&before);
}

#[test]
fn a_broken_record_is_rejected_and_the_others_accepted() {
    let text = format!(
        "{}{{\"abstract\": \"no title\"}}\nnot json\n{}",
        digest(&[record("Gears")]),
        digest(&[record("Lamps")])
    );
    let site = Site::new().file("a.jsonl", text);
    let outcome = site
        .import("a.jsonl")
        .date("2025-01-01")
        .arg("--json")
        .succeed()
        .stderr_contains("a.jsonl:2")
        .stderr_contains("a.jsonl:3");
    assert_eq!(balance(&outcome.json()), "4 read, 2 new, 2 rejected");
    assert!(site.has("content/papers/2025/gears.md"));
    assert!(site.has("content/papers/2025/lamps.md"));
}

#[test]
fn strict_writes_nothing_if_a_record_is_rejected() {
    let text = format!("{}not json\n", digest(&[record("Gears"), record("Lamps")]));
    let site = Site::new().file("a.jsonl", text);
    let before = site.tree("");
    site.import("a.jsonl")
        .date("2025-01-01")
        .arg("--strict")
        .fail()
        .stderr_contains("nothing was written")
        .stderr_contains("a.jsonl:3");
    site.tree("").assert_same(&before);
}

#[test]
fn a_rejected_record_does_not_stop_the_build() {
    let text = format!("{}not json\n", digest(&[record("Gears"), record("Lamps")]));
    let site = Site::new().file("content/digests/2025-01-01.jsonl", text);
    site.build()
        .succeed()
        .stderr_contains("content/digests/2025-01-01.jsonl:3");
    assert!(site.has("public/papers/gears/index.html"));
}

#[test]
fn an_unreadable_file_is_a_failure() {
    let site = Site::new().file("a.jsonl", "{\"x\": 1}\n{\"x\": 2}\n");
    let before = site.tree("");
    site.import("a.jsonl")
        .date("2025-01-01")
        .fail()
        .stderr_contains("a.jsonl:1")
        .stderr_contains("a.jsonl:2");
    site.tree("").assert_same(&before);
    site.import("missing.txt")
        .date("2025-01-01")
        .fail()
        .stderr_contains("missing.txt");
}

#[test]
fn an_empty_file_is_a_warning() {
    let site = Site::new().file("a.txt", "");
    let report = site.import("a.txt").date("2025-01-01").report();
    assert_eq!(balance(&report), "");
    assert_eq!(diagnostics(&report, "empty-file").len(), 1, "{report}");
}

#[test]
fn a_binary_file_is_refused() {
    let bytes: Vec<u8> = (0..4000u32).map(|n| (n * 37 % 256) as u8).collect();
    let site = Site::new().file("a.txt", bytes);
    let before = site.tree("");
    site.import("a.txt")
        .date("2025-01-01")
        .fail()
        .stderr_contains("a.txt");
    site.tree("").assert_same(&before);
}

#[test]
fn the_balance_adds_up() {
    let same = json!({"title": "Gears", "ids": ["arxiv:2501.00001"]});
    let site = Site::new()
        .file("a.jsonl", digest(&[same.clone(), record("Lamps")]))
        .file(
            "b.jsonl",
            format!(
                "{}broken\n",
                digest(&[
                    same.clone(),
                    same,
                    record("Kilns"),
                    json!({"title": "Lamps", "abstract": "Now with oil."}),
                ])
            ),
        );
    site.import("a.jsonl").date("2025-01-01").succeed();
    let report = site.import("b.jsonl").date("2025-01-02").report();
    let total = &report["total"];
    let sum: u64 = ["new", "merged", "updated", "unchanged", "rejected"]
        .iter()
        .map(|name| total[name].as_u64().unwrap())
        .sum();
    assert_eq!(total["read"], 5);
    assert_eq!(sum, 5, "{total}");
    assert_eq!(total["merged"], 1, "{total}");
    assert_eq!(total["rejected"], 1, "{total}");
}

#[test]
fn a_digest_keeps_lost_papers_unless_allowed_to_shrink() {
    let site = Site::new().file(
        "a.jsonl",
        digest(&[record("Gears"), record("Lamps"), record("Kilns")]),
    );
    site.import("a.jsonl").date("2025-01-01").succeed();
    site.write("a.jsonl", digest(&[record("Gears")]));
    let report = site.import("a.jsonl").date("2025-01-01").report();
    assert_eq!(diagnostics(&report, "digest-shrank").len(), 1, "{report}");
    assert!(site.read("content/digests/a.md").contains("\"lamps\""));

    site.import("a.jsonl")
        .date("2025-01-01")
        .arg("--allow-shrink")
        .succeed();
    let page = site.read("content/digests/a.md");
    assert!(!page.contains("\"lamps\""), "{page}");
    assert!(page.contains("\"gears\""), "{page}");
    assert!(
        site.has("content/papers/2025/lamps.md"),
        "a paper that left its digest stays"
    );
}

#[test]
fn a_withdrawn_paper_stays_and_says_so() {
    let site = Site::new().file("a.jsonl", digest(&[record("Gears")]));
    site.import("a.jsonl").date("2025-01-01").succeed();
    site.replace(
        "content/papers/2025/gears.md",
        "title = \"Gears\"\n",
        "title = \"Gears\"\nwithdrawn = true\n",
    );
    let report = site.import("a.jsonl").date("2025-01-01").report();
    assert_eq!(report["total"]["unchanged"], 1, "{report}");
    site.build().succeed();
    let page = site.read("public/papers/gears/index.html");
    assert!(page.to_lowercase().contains("withdrawn"), "{page}");
}

#[test]
fn build_imports_the_digests_that_are_not_recorded_yet() {
    let site = Site::new().file(
        "content/digests/2025-01-01.jsonl",
        digest(&[record("Gears")]),
    );
    let report = site.build().report();
    assert_eq!(balance(&report["import"]), "1 read, 1 new");
    let report = site.build().report();
    assert_eq!(balance(&report["import"]), "");
    site.write(
        "content/digests/2025-01-01.jsonl",
        digest(&[record("Gears"), record("Lamps")]),
    );
    let report = site.build().report();
    assert_eq!(balance(&report["import"]), "2 read, 1 new, 1 unchanged");
}

#[test]
fn build_ignores_new_digests_on_request() {
    let site = Site::new().file(
        "content/digests/2025-01-01.jsonl",
        digest(&[record("Gears")]),
    );
    let report = site.build().arg("--no-import").report();
    assert!(report["import"].is_null(), "{report}");
    assert!(!site.has("content/papers"));
}

#[test]
fn the_digest_file_itself_is_never_changed() {
    let text =
        "\u{feff}Gears That Turn\r\n\r\nThey turn and turn, and no one knows why they do.\r\n";
    let site = Site::new().file("content/digests/2025-01-01.txt", text);
    site.build().succeed();
    assert_eq!(site.read("content/digests/2025-01-01.txt"), text);
}

/// A newsletter in Markdown, like those people keep in their notes.
const NEWSLETTER: &str = "# Weekly reading — 14 March 2025\n\nCurated by Dana K.\n\n\
1. **Gears That Turn by Themselves** (https://arxiv.org/abs/2103.03404)\n\
   *Yihe Dong, Ann Poe, Andreas Loukas*\n\n\
   We build gears that turn without being asked to, at half the usual cost.\n\n\
2. **[Related Work](https://arxiv.org/abs/2403.03507)**\n\
   *Jiawei Zhao et al.*\n\n\
   Cellars are dark. We compare three lamps in forty cellars over one winter.\n";

#[test]
fn a_markdown_newsletter_yields_clean_titles() {
    let site = Site::new().file("week.md.txt", NEWSLETTER);
    let report = site.import("week.md.txt").report();
    assert_eq!(balance(&report), "2 read, 2 new");
    assert_eq!(report["diagnostics"], json!([]));
    let gears = site.read("content/papers/2025/gears-that-turn-by-themselves.md");
    for line in [
        "title = \"Gears That Turn by Themselves\"",
        "ids = [\"arxiv:2103.03404\"]",
        "authors = [\"Yihe Dong\", \"Ann Poe\", \"Andreas Loukas\"]",
        "date = 2025-03-14",
    ] {
        assert!(gears.contains(line), "{line} in\n{gears}");
    }
    // A title made of menu words counts because of its number.
    let lamps = site.read("content/papers/2025/related-work.md");
    assert!(lamps.contains("ids = [\"arxiv:2403.03507\"]"), "{lamps}");
    assert!(lamps.contains("authors = [\"Jiawei Zhao\""), "{lamps}");
}

#[test]
fn cards_copied_line_by_line_yield_titles_and_votes() {
    let cards = "Models\nDatasets\nDaily Papers\nby AK and the research community\nMar 15\n\
Upvote\n57\nSubmitted by\nakhaliq\nGears That Turn by Themselves\n·\n6 authors\n3\n\
Upvote\n12\nSubmitted by\nsomeone\nLamps for Deep Cellars\n·\n4 authors\n2\nPrevious\nNext\n";
    let site = Site::new().file("2025-03-15.txt", cards);
    let report = site.import("2025-03-15.txt").report();
    assert_eq!(balance(&report), "2 read, 2 new");
    let gears = site.read("content/papers/2025/gears-that-turn-by-themselves.md");
    assert!(gears.contains("upvotes = 57"), "{gears}");
    assert!(gears.contains("comments = 3"), "{gears}");
    let lamps = site.read("content/papers/2025/lamps-for-deep-cellars.md");
    assert!(lamps.contains("upvotes = 12"), "{lamps}");
}
