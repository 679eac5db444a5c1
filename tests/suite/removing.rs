//! Removing papers: drafts, deleted pages, and `offprint remove`.

use serde_json::{Value, json};

use crate::support::run::{balance, diagnostics};
use crate::support::{Site, digest};

const GEARS: &str = "content/papers/2025/gears.md";
const KEPT: &str = "content/removed/papers/2025/gears.md";

fn records() -> String {
    digest(&[
        json!({"title": "Gears", "abstract": "Gears turn.", "ids": ["arxiv:2501.00001"], "authors": ["Ada Apple"]}),
        json!({"title": "Lamps", "abstract": "Lamps shine.", "authors": ["Ben B"]}),
        json!({"title": "Kilns", "abstract": "Kilns burn.", "authors": ["Cid C"]}),
    ])
}

fn site() -> Site {
    let site = Site::new()
        .settings("[site]\nbase_url = \"https://example.org/\"\n[topics]\ntaxonomy = \"none\"\n[authors]\nmin_papers = 1\n")
        .file("content/digests/2025-01-01.jsonl", records())
        .file(
            "content/topics/things.md",
            "+++\nname = \"Things\"\nmatch = 'gears OR lamps OR kilns'\npinned = [\"gears\"]\n+++\n",
        );
    site.build().succeed();
    site
}

/// Expects that only the paper's own page mentions it.
fn assert_gone(site: &Site) {
    for (path, bytes) in site.tree("public").iter() {
        let text = String::from_utf8_lossy(bytes);
        if path != "papers/gears/index.html" {
            assert!(
                !text.contains("Gears") && !text.contains("papers/gears/"),
                "{path} still has the paper"
            );
        }
    }
    let slugs = site.offprint(&["export"]).succeed().stdout;
    assert_eq!(slugs.lines().count(), 2, "{slugs}");
}

fn codes(report: &Value) -> Vec<(&str, &str)> {
    report["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|said| {
            (
                said["severity"].as_str().unwrap(),
                said["code"].as_str().unwrap(),
            )
        })
        .collect()
}

#[test]
fn a_draft_and_a_deleted_paper_leave_the_site_with_a_warning() {
    for is_draft in [true, false] {
        let site = site();
        if is_draft {
            site.replace(GEARS, "\n+++\nGears", "\ndraft = true\n+++\nGears");
        } else {
            site.remove(GEARS);
        }
        let report = site.build().report();
        let said = codes(&report);
        // The digest that lists it and the topic that pins it.
        assert_eq!(said, [("warning", "dangling"); 2], "{report}");
        assert_gone(&site);
        assert!(!site.has("public/papers/gears/index.html"));
        assert!(!site.has("public/papers/gears"), "a sidecar is left");
    }
}

#[test]
fn a_removed_paper_is_gone_until_it_is_restored_as_it_was() {
    let site = site();
    site.replace(GEARS, "title = \"Gears\"", "title = \"Gears\" # mine");
    let page = site.read(GEARS) + "\nMy note.\n";
    site.write(GEARS, &page);
    site.build().succeed();
    let (content, public) = (site.tree("content"), site.tree("public"));

    let report = site
        .offprint(&["remove", "gears", "--reason", "Asked by <b>the author</b>"])
        .report();
    assert_eq!(report["removed"][0]["slug"], "gears", "{report}");
    assert_eq!(report["removed"][0]["file"], KEPT, "{report}");
    assert!(!site.has(GEARS) && site.read(KEPT) == page);
    assert!(
        site.read("content/removed.toml")
            .starts_with("# Papers removed by")
    );
    let said = site.build().report();
    // The topic that pins it. Digests are not reported, since they may be imported
    // again.
    assert_eq!(codes(&said), [("warning", "dangling")], "{said}");
    assert_gone(&site);
    let told = site.read("public/papers/gears/index.html");
    assert!(
        told.contains("removed") && told.contains("Asked by &lt;b&gt;the author"),
        "{told}"
    );
    assert!(!told.contains("Gears turn"), "{told}");

    // No import adds it again, whether by identifier or by title.
    let other = digest(&[
        json!({"title": "Cogs", "ids": ["arxiv:2501.00001v2"], "abstract": "x"}),
        json!({"title": "GEARS!", "authors": ["Apple, Ada"], "abstract": "y"}),
        json!({"title": "Sails", "abstract": "z"}),
    ]);
    site.write("content/digests/2025-01-02.jsonl", other);
    let report = site.import("content/digests/2025-01-02.jsonl").report();
    assert_eq!(balance(&report), "3 read, 1 new, 2 unchanged");
    assert_eq!(diagnostics(&report, "removed").len(), 2, "{report}");
    let report = site.import("content/digests/2025-01-01.jsonl").report();
    assert_eq!(balance(&report), "3 read, 3 unchanged", "{report}");
    site.build().succeed();
    assert!(!site.has(GEARS));
    assert!(
        site.read("public/papers/gears/index.html")
            .contains("removed")
    );

    // Once restored, everything is as before.
    site.remove("content/digests/2025-01-02.jsonl");
    site.remove("content/digests/2025-01-02.md");
    site.remove("content/papers/2025/sails.md");
    let report = site.offprint(&["remove", "--restore", "gears"]).report();
    assert_eq!(report["restored"][0]["file"], GEARS, "{report}");
    site.build().succeed();
    let tree = site.tree("content").without(|path| path == "urls.tsv");
    tree.assert_same(&content.without(|path| path == "urls.tsv"));
    site.tree("public").assert_same(&public);
    assert!(!site.has("content/removed"));
}

#[test]
fn an_old_url_of_a_removed_paper_says_so() {
    let site = site();
    site.rename(GEARS, "content/papers/2025/cogs.md");
    site.replace("content/topics/things.md", "pinned = [\"gears\"]\n", "");
    site.build().succeed();
    site.offprint(&["remove", "papers/cogs/"]).succeed();
    let report = site.build().report();
    assert_eq!(codes(&report), [], "{report}");
    assert!(
        site.read("public/papers/gears/index.html")
            .contains("papers/cogs/")
    );
    assert!(
        site.read("public/papers/cogs/index.html")
            .contains("removed")
    );
}

#[test]
fn an_unknown_name_does_nothing_and_names_the_nearest() {
    let site = site();
    let before = site.tree("content");
    site.offprint(&["remove", "gears", "lampz"])
        .fail()
        .stderr_contains("did you mean `lamps`");
    site.offprint(&["remove", "--restore", "gears"])
        .fail()
        .stderr_contains("there is no removed paper `gears`");
    site.offprint(&["remove"]).misuse();
    site.tree("content").assert_same(&before);
    site.offprint(&["remove", "arxiv:2501.00001"]).succeed();
    // Removing it again says so, and changes the reason.
    site.offprint(&["remove", "gears", "--reason", "Because"])
        .succeed()
        .stderr_contains("is already removed");
    assert!(
        site.read("content/removed.toml")
            .contains("reason = \"Because\"")
    );
}

#[test]
fn a_page_that_comes_back_by_hand_stays_out_with_a_warning() {
    let site = site();
    let page = site.read(GEARS);
    site.offprint(&["remove", "gears"]).succeed();
    site.write("content/papers/renamed.md", page);
    let report = site.build().report();
    assert!(
        !diagnostics(&report, "removed-has-page").is_empty(),
        "{report}"
    );
    assert_gone(&site);
}

#[test]
fn a_list_of_removed_papers_that_cannot_be_read_stops_the_build() {
    for bytes in [
        &b"[[paper]]\nslug = \"gears\xff\"\n"[..],
        b"[[paper]]\n",
        b"[[paper]\n",
    ] {
        let site = site();
        site.write("content/removed.toml", bytes);
        let before = site.tree("content");
        site.build().fail().stderr_contains("content/removed.toml");
        site.import("content/digests/2025-01-01.jsonl").fail();
        site.tree("content").assert_same(&before);
    }
}
