//! Identity: a paper has one page, whatever digests call it and in whatever order
//! they come, and old URLs redirect.

use serde_json::json;

use crate::support::run::balance;
use crate::support::{Site, digest, record};

#[test]
fn versions_of_a_paper_share_a_page() {
    let site = Site::new().file(
        "a.jsonl",
        digest(&[
            json!({"title": "Gears", "ids": ["arxiv:2501.00001v1"]}),
            json!({"title": "Gears, Revised", "url": "https://arxiv.org/abs/2501.00001v2"}),
        ]),
    );
    let report = site.import("a.jsonl").date("2025-01-01").report();
    assert_eq!(balance(&report), "2 read, 1 new, 1 merged");
    assert_eq!(site.tree("content/papers").len(), 1);
}

#[test]
fn papers_with_the_same_title_but_other_authors_stay_separate() {
    let site = Site::new().file(
        "a.jsonl",
        digest(&[
            json!({"title": "Preface", "authors": ["Ada A"], "ids": ["doi:10.5555/a"]}),
            json!({"title": "Preface", "authors": ["Ben B"], "ids": ["doi:10.5555/b"]}),
        ]),
    );
    let report = site.import("a.jsonl").date("2025-01-01").report();
    assert_eq!(balance(&report), "2 read, 2 new");
    assert_eq!(site.tree("content/papers").len(), 2);
}

/// Two pages that turn out to be the same paper, and the record that reveals it.
fn joined() -> Site {
    let site = Site::new()
        .file(
            "old.jsonl",
            digest(&[json!({"title": "Gears at Work", "abstract": "An early text.", "ids": ["arxiv:2501.00001"]})]),
        )
        .file(
            "new.jsonl",
            digest(&[
                json!({"title": "Gears at Work: The Journal Version", "abstract": "A late text.", "ids": ["doi:10.5555/g"]}),
                record("Lamps"),
            ]),
        )
        .file(
            "both.jsonl",
            digest(&[json!({"title": "Gears at Work", "ids": ["arxiv:2501.00001", "doi:10.5555/g"]})]),
        );
    site.import("old.jsonl").date("2025-01-01").succeed();
    site.import("new.jsonl").date("2025-02-01").succeed();
    assert_eq!(site.tree("content/papers").len(), 3);
    site.build().succeed();
    site
}

#[test]
fn a_record_that_joins_two_pages_keeps_the_older_url() {
    let site = joined();
    let report = site.import("both.jsonl").date("2025-03-01").report();
    assert_eq!(report["total"]["updated"], 1, "{report}");
    let tree = site.tree("content/papers");
    let papers: Vec<&str> = tree.paths().collect();
    assert_eq!(papers, ["2025/gears-at-work.md", "2025/lamps.md"]);
    let page = site.read("content/papers/2025/gears-at-work.md");
    assert!(
        page.contains("arxiv:2501.00001") && page.contains("doi:10.5555/g"),
        "{page}"
    );
    assert!(
        page.contains("digests = [\"both\", \"new\", \"old\"]"),
        "{page}"
    );
    let digest = site.read("content/digests/new.md");
    assert!(digest.contains("\"gears-at-work\""), "{digest}");
    assert!(!digest.contains("journal-version"), "{digest}");
}

#[test]
fn a_merged_page_redirects_to_the_other() {
    let site = joined();
    site.import("both.jsonl").date("2025-03-01").succeed();
    let old = "papers/gears-at-work-the-journal-version/";
    let urls = site.read("content/urls.tsv");
    let row = urls.lines().find(|line| line.starts_with(old)).unwrap();
    assert!(row.contains("\tpapers/gears-at-work/\t"), "{row}");
    site.build().succeed();
    let page = site.read(&format!("public/{old}index.html"));
    assert!(page.contains("url=../../papers/gears-at-work/"), "{page}");
}

#[test]
fn a_merge_keeps_what_people_wrote_in_both_pages() {
    let site = joined();
    let (one, other) = (
        "content/papers/2025/gears-at-work.md",
        "content/papers/2025/gears-at-work-the-journal-version.md",
    );
    site.replace(one, "An early text.", "By one hand.");
    site.replace(other, "A late text.", "By another hand.");
    site.write(other, site.read(other) + "\n<!-- notes -->\n\nA remark.\n");
    site.import("both.jsonl").date("2025-03-01").succeed();
    let page = site.read(one);
    for text in ["By one hand.", "By another hand.", "A remark."] {
        assert!(page.contains(text), "“{text}” was lost:\n{page}");
    }
}

#[test]
fn a_renamed_page_leaves_a_redirect() {
    let site = Site::new().file(
        "a.jsonl",
        digest(&[
            json!({"title": "Gears", "ids": ["arxiv:2501.00001"]}),
            record("Lamps"),
        ]),
    );
    site.import("a.jsonl").date("2025-01-01").succeed();
    site.build().succeed();
    for (from, to) in [("gears", "wheels"), ("lamps", "lights")] {
        site.rename(
            &format!("content/papers/2025/{from}.md"),
            &format!("content/papers/2025/{to}.md"),
        );
    }
    site.build().succeed();
    for (from, to) in [("gears", "wheels"), ("lamps", "lights")] {
        let page = site.read(&format!("public/papers/{from}/index.html"));
        assert!(page.contains(&format!("url=../../papers/{to}/")), "{page}");
        assert!(site.has(&format!("public/papers/{to}/index.html")));
    }
    // After another rename, the first URL leads directly to the last.
    site.rename(
        "content/papers/2025/wheels.md",
        "content/papers/2025/cogs.md",
    );
    site.build().succeed();
    for from in ["gears", "wheels"] {
        let page = site.read(&format!("public/papers/{from}/index.html"));
        assert!(page.contains("url=../../papers/cogs/"), "{page}");
    }
}

#[test]
fn a_renamed_topic_leaves_a_redirect() {
    let site = Site::new()
        .file("a.jsonl", digest(&[record("Gears")]))
        .file(
            "content/topics/wheels.md",
            "+++\nname = \"Wheels\"\nmatch = 'gear*'\n+++\n",
        );
    site.import("a.jsonl").date("2025-01-01").succeed();
    site.build().succeed();
    assert!(site.has("public/topics/wheels/index.html"));
    site.rename("content/topics/wheels.md", "content/topics/round-things.md");
    site.build().succeed();
    let page = site.read("public/topics/wheels/index.html");
    assert!(page.contains("url=../../topics/round-things/"), "{page}");
}

/// Overlapping digests with different dates.
fn overlapping() -> [(&'static str, &'static str, String); 3] {
    [
        (
            "a.jsonl",
            "2025-01-01",
            digest(&[
                json!({"title": "Gears", "abstract": "First.", "ids": ["arxiv:2501.00001"]}),
                json!({"title": "Lamps", "abstract": "First."}),
                json!({"title": "Kilns", "abstract": "First.", "ids": ["arxiv:2501.00003"], "authors": ["Cid C"]}),
            ]),
        ),
        (
            "b.jsonl",
            "2025-02-01",
            digest(&[
                json!({"title": "Gears", "abstract": "Second.", "ids": ["arxiv:2501.00001", "doi:10.5555/g"], "venue": "B"}),
                json!({"title": "Lamps", "authors": ["Ben B"]}),
                json!({"title": "Sails", "abstract": "Second."}),
            ]),
        ),
        (
            "c.jsonl",
            "2025-03-01",
            digest(&[
                json!({"title": "Gears", "ids": ["arxiv:2501.00001v3"], "venue": "C", "abstract": "Third."}),
                json!({"title": "Kilns", "ids": ["arxiv:2501.00003"], "year": 2024}),
                json!({"title": "Sails", "abstract": "Third.", "keywords": ["cloth"]}),
            ]),
        ),
    ]
}

/// A site that imported the digests in a certain order.
fn imported(digests: &[(&str, &str, String); 3], order: [usize; 3]) -> Site {
    let site = Site::new();
    for at in order {
        let (name, day, text) = &digests[at];
        site.write(name, text);
        site.import(name).date(day).succeed();
    }
    site
}

const ORDERS: [[usize; 3]; 5] = [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

#[test]
fn the_order_of_imports_changes_no_byte() {
    let digests = overlapping();
    let first = imported(&digests, [0, 1, 2]).tree("content");
    for order in ORDERS {
        let differences = imported(&digests, order)
            .tree("content")
            .differences(&first);
        assert!(
            differences.is_empty(),
            "{order:?}:\n{}",
            differences.join("\n")
        );
    }
}

#[test]
fn importing_all_at_once_equals_one_by_one() {
    let one_by_one = Site::new();
    let at_once = Site::new();
    for (name, day, text) in overlapping() {
        let name = format!("content/digests/{day}{}", &name[1..]);
        one_by_one.write(&name, &text);
        one_by_one.build().succeed();
        at_once.write(&name, &text);
    }
    at_once.build().succeed();
    one_by_one
        .tree("content")
        .assert_same(&at_once.tree("content"));
    one_by_one
        .tree("public")
        .assert_same(&at_once.tree("public"));
}

#[test]
fn papers_with_the_same_title_get_different_urls() {
    let site = Site::new().file(
        "a.jsonl",
        digest(&[
            json!({"title": "Gears!", "authors": ["Ada A"], "ids": ["doi:10.5555/a"]}),
            json!({"title": "Gears?", "authors": ["Ben B"], "ids": ["doi:10.5555/b"]}),
            json!({"title": "gears", "authors": ["Cid C"], "ids": ["doi:10.5555/c"]}),
        ]),
    );
    let report = site.import("a.jsonl").date("2025-01-01").report();
    assert_eq!(balance(&report), "3 read, 3 new");
    let tree = site.tree("content/papers");
    assert!(tree.get("2025/gears.md").is_some());
    assert!(tree.paths().all(|path| path.starts_with("2025/gears")));
    site.build().succeed();
}

#[test]
fn every_merged_record_and_every_resemblance_is_explained() {
    let site = Site::new().file(
        "a.jsonl",
        digest(&[
            json!({"title": "Gears", "ids": ["arxiv:2501.00001v1"]}),
            json!({"title": "Gears, Revised", "url": "https://arxiv.org/abs/2501.00001v2"}),
            json!({"title": "Lamps", "authors": ["Ada A"]}),
            json!({"title": "LAMPS!", "authors": ["Ada A"]}),
            json!({"title": "Preface", "authors": ["Ben B"], "ids": ["doi:10.5555/a"]}),
            json!({"title": "Preface", "authors": ["Ben B"], "ids": ["doi:10.5555/b"]}),
        ]),
    );
    let outcome = site.import("a.jsonl").date("2025-01-01").succeed();
    for said in [
        "“Gears, Revised” is the same paper as line 1: both are arxiv:2501.00001",
        "“LAMPS!” is the same paper as line 3: they have the same title and first author",
        "“Preface” has the same title as",
        "put both identifiers into one page's `ids`",
    ] {
        assert!(
            outcome.stderr.contains(said),
            "{said} in {}",
            outcome.stderr
        );
    }
    let report = site.import("a.jsonl").date("2025-01-01").report();
    let merged = report["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|said| said["code"] == "merged")
        .count();
    assert_eq!(merged, 2);
}
