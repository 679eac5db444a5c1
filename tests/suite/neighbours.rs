//! Related papers, on a paper's page and in the export.

use serde_json::Value;

use crate::support::{Site, digest, shared};

/// The papers of a site's export.
fn exported(site: &Site) -> Vec<Value> {
    let run = site.offprint(&["export", "--format", "jsonl"]).succeed();
    run.stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The titles of the papers most related to one, which is given by part of its
/// title.
#[track_caller]
fn beside(papers: &[Value], title: &str, most: usize) -> Vec<String> {
    let of = |paper: &Value| paper["title"].as_str().unwrap().to_owned();
    let paper = papers.iter().find(|paper| of(paper).contains(title));
    let paper = paper.unwrap_or_else(|| panic!("no paper “{title}”"));
    let related = paper["related"].as_array().map_or(&[][..], Vec::as_slice);
    assert!(related.len() <= 8, "{title}");
    related
        .iter()
        .take(most)
        .map(|other| {
            let slug = &other["slug"];
            of(papers.iter().find(|paper| paper["slug"] == *slug).unwrap())
        })
        .collect()
}

#[test]
fn papers_of_the_real_digest_have_sensible_neighbours() {
    let Some(file) = shared::file(shared::DIGEST) else {
        return;
    };
    let site = Site::new();
    site.import(&file).date("2025-03-14").succeed();
    let papers = exported(&site);
    let mri = ["Cardiac MRI", "Accelerated MRI"];
    let solid = ["StdGEN", "Instructive3D", "GTR: Improving"];
    let mut pairs = vec![
        ("GaLore: Memory", "From GaLore to WeLore"),
        (
            "(re)warm your model?",
            "Simple and Scalable Strategies to Continually",
        ),
        ("LLM-Pruner", "LoRAPrune"),
    ];
    for group in [&mri[..], &solid[..]] {
        for one in group {
            pairs.extend(
                group
                    .iter()
                    .filter(|other| *other != one)
                    .map(|other| (*one, *other)),
            );
        }
    }
    for (title, wanted) in pairs {
        let first = beside(&papers, title, 5);
        let found = first.iter().any(|other| other.contains(wanted));
        assert!(found, "{title} lacks {wanted}: {first:#?}");
    }
    let galore = papers
        .iter()
        .find(|paper| paper["title"].as_str().unwrap().starts_with("GaLore"))
        .unwrap();
    let terms: Vec<&str> = galore["related"][0]["terms"]
        .as_array()
        .unwrap()
        .iter()
        .map(|term| term.as_str().unwrap())
        .collect();
    assert_eq!(terms, ["GaLore", "low-rank", "gradient"]);
}

fn paper(title: &str, text: &str, id: usize) -> Value {
    serde_json::json!({ "title": title, "abstract": text, "ids": [format!("arxiv:2501.{id:05}")] })
}

#[test]
fn related_papers_are_shown_with_their_terms() {
    let site = Site::new().file(
        "a.jsonl",
        digest(&[
            paper(
                "Low-Rank Gradients",
                "Memory is saved by low-rank gradients.",
                1,
            ),
            paper(
                "Gradients of <b> Low Rank",
                "A gradient in low-rank form takes less memory.",
                2,
            ),
            paper("Pruning Pear Trees", "Pears are pruned in May.", 3),
            paper("Song", "Birds sing.", 4),
        ]),
    );
    site.import("a.jsonl").date("2025-01-01").succeed();
    site.build().succeed();
    let page = site.read("public/papers/low-rank-gradients/index.html");
    let from = page.find("class=\"neighbours\"").expect("a section");
    let section = &page[from..from + page[from..].find("</section>").unwrap()];
    assert!(
        section.contains("\"../gradients-of-b-low-rank/\""),
        "{section}"
    );
    assert!(section.contains("low-rank"), "{section}");
    assert!(
        !section.contains("<b>") && !section.contains("pear"),
        "{section}"
    );
    let alone = site.read("public/papers/song/index.html");
    assert!(!alone.contains("id=\"beside\""));
}

#[test]
fn papers_with_the_same_title_are_marked_and_linked() {
    let text = "Orchards are pruned by robots with long shears.";
    let site = Site::new().file(
        "a.jsonl",
        digest(&[
            paper("Robots in Orchards", text, 1),
            paper("Robots in Orchards", text, 2),
            paper("Song", "Birds sing.", 3),
        ]),
    );
    site.import("a.jsonl").date("2025-01-01").succeed();
    let papers = exported(&site);
    let slugs: Vec<&Value> = papers.iter().map(|paper| &paper["slug"]).collect();
    for paper in papers.iter().filter(|paper| paper["title"] != "Song") {
        let related = paper["related"].as_array().unwrap();
        assert_eq!(related.len(), 1, "{paper}");
        assert_eq!(related[0]["near_duplicate"], true);
        assert_ne!(related[0]["slug"], paper["slug"]);
        assert!(slugs.contains(&&related[0]["slug"]));
    }
}
