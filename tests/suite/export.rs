//! Export: papers for other programs.

use serde_json::{Value, json};

use crate::support::{Site, digest, record};

fn exported(site: &Site) -> Vec<Value> {
    let outcome = site
        .offprint(&["export", "--format", "jsonl"])
        .succeed()
        .no_stderr();
    outcome
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// A paper of which everything is known.
fn complete() -> String {
    r#"+++
title = "Sprout: Growing Trees from Seeds"
ids = ["doi:10.5555/x.1", "arxiv:2501.00001"]
authors = ["Ann Author", { name = "Ben Builder", orcid = "0000-0002-1825-0097", affiliation = "A House" }]
date = 2025-03-14
published = 2025-01-02
updated = 2025-02-03
digests = ["2025-03-14"]
topics = ["trees"]
venue = "A Journal of Trees"
keywords = ["seeds"]
categories = ["cs.CL"]
summary = "Trees grow."
[publication]
kind = "article"
volume = "3"
pages = "1-9"
[links]
code = "https://code.test/sprout"
[metrics]
upvotes = 7
+++
We grow trees in $O(n^2)$ days.
"#
    .to_owned()
}

#[test]
fn every_field_that_is_known_is_exported() {
    let site = Site::new()
        .settings("[site]\nbase_url = \"https://site.test/\"\n[topics]\ntaxonomy = \"none\"\n")
        .file(
            "content/topics/trees.md",
            "+++\nname = \"Trees\"\nmatch = \"tree\"\n+++\n",
        )
        .file(
            "content/digests/2025-03-14.md",
            "+++\ntitle = \"A day\"\ndate = 2025-03-14\npapers = [\"sprout\"]\n+++\n",
        )
        .file("content/papers/2025/sprout.md", complete());
    let papers = exported(&site);
    assert_eq!(papers.len(), 1);
    let paper = &papers[0];
    for (name, value) in [
        ("slug", json!("sprout")),
        ("url", json!("https://site.test/papers/sprout/")),
        ("title", json!("Sprout: Growing Trees from Seeds")),
        ("short", json!("Sprout")),
        ("date", json!("2025-03-14")),
        ("published", json!("2025-01-02")),
        ("updated", json!("2025-02-03")),
        ("year", json!(2025)),
        ("venue", json!("A Journal of Trees")),
        ("keywords", json!(["seeds"])),
        ("categories", json!(["cs.CL"])),
        ("digests", json!(["2025-03-14"])),
        ("links", json!({ "code": "https://code.test/sprout" })),
        ("metrics", json!({ "upvotes": 7 })),
        (
            "publication",
            json!({ "kind": "article", "volume": "3", "pages": "1-9" }),
        ),
        ("summary", json!("Trees grow.")),
        ("abstract", json!("We grow trees in O(n²) days.")),
    ] {
        assert_eq!(paper[name], value, "{name} of {paper:#}");
    }
    assert_eq!(
        paper["authors"],
        json!([
            { "name": "Ann Author" },
            { "name": "Ben Builder", "orcid": "0000-0002-1825-0097", "affiliation": "A House" },
        ])
    );
    assert_eq!(paper["topics"][0]["id"], "trees");
    assert!(paper["topics"][0]["score"].is_number());
    let mut ids: Vec<&str> = paper["ids"]
        .as_array()
        .unwrap()
        .iter()
        .map(|id| id.as_str().unwrap())
        .collect();
    ids.sort_unstable();
    assert_eq!(ids, ["arxiv:2501.00001", "doi:10.5555/x.1"]);
    let html = paper["abstract_html"].as_str().unwrap();
    assert!(html.contains("<math"), "{html}");
}

#[test]
fn what_is_not_known_is_absent() {
    let site = Site::new().file("content/papers/a.md", "+++\ntitle = \"A\"\n+++\n");
    let papers = exported(&site);
    let names: Vec<&String> = papers[0].as_object().unwrap().keys().collect();
    assert_eq!(names, ["slug", "url", "title"]);
}

#[test]
fn what_is_exported_can_be_imported() {
    let text = digest(&[record("Gears That Turn"), record("Lamps That Shine")]);
    let site = Site::new().file("content/digests/2025-01-01.jsonl", text);
    site.build().succeed();
    let outcome = site.offprint(&["export", "--format", "jsonl"]).succeed();
    let other = Site::new().file("content/digests/2025-01-01.jsonl", outcome.stdout);
    other.build().succeed();
    let of = |site: &Site| {
        let mut papers = exported(site);
        for paper in &mut papers {
            paper.as_object_mut().unwrap().remove("topics");
        }
        papers
    };
    assert_eq!(of(&site), of(&other));
}

#[test]
fn a_topic_or_a_digest_can_be_asked_for() {
    let site = Site::fixture("orchard");
    site.offprint(&["export", "--topic", "graftin"])
        .fail()
        .stderr_contains("grafting");
    let all = exported(&site).len();
    let outcome = site.offprint(&["export", "--topic", "grafting"]).succeed();
    let some = outcome.stdout.lines().count();
    assert!(0 < some && some < all, "{some} of {all}");
}
