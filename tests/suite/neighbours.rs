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
    assert!(terms.contains(&"GaLore"), "{terms:?}");
    for paper in &papers {
        let related = paper["related"].as_array().map_or(0, Vec::len);
        assert!(related >= 4, "{}", paper["title"]);
    }
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

#[test]
fn papers_near_a_text_are_exported_nearest_first() {
    let site = Site::new().file(
        "a.jsonl",
        digest(&[
            paper("Pruning Pear Trees", "Pears are pruned in May.", 1),
            paper(
                "Cloth Manipulation by Household Robots",
                "Robots handle garments and towels in a simulated home.",
                2,
            ),
            paper("Speech Recognition", "Acoustic models of audio.", 3),
        ]),
    );
    site.import("a.jsonl").date("2025-01-01").succeed();
    let titles = |near: &str, limit: &str| -> Vec<String> {
        let run = site
            .offprint(&["export", "--near", near, "--limit", limit])
            .succeed();
        run.stdout
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap()["title"].to_string())
            .collect()
    };
    let found = titles("teaching a helper to fold laundry", "1");
    assert!(found[0].contains("Cloth"), "{found:?}");
    assert_eq!(found.len(), 1);
    let found = titles("speech-recognition", "20");
    assert!(
        found.iter().all(|title| !title.contains("Speech")),
        "{found:?}"
    );
    let run = site.offprint(&["export", "--near", "xqzv"]).fail();
    assert!(
        run.stderr.contains("no word of `xqzv` is known"),
        "{}",
        run.stderr
    );
    let settings = site.read("offprint.toml") + "\n[meaning]\nvectors = \"none\"\n";
    let site = site.file("offprint.toml", settings);
    let run = site.offprint(&["export", "--near", "speech"]).fail();
    assert!(run.stderr.contains("vectors"), "{}", run.stderr);
}

#[test]
fn a_site_may_learn_its_vectors_from_its_own_papers() {
    let words = [
        ["pear", "plum", "orchard", "graft"],
        ["kiln", "glaze", "clay", "pot"],
        ["sail", "mast", "keel", "tide"],
    ];
    let papers: Vec<Value> = (0..90)
        .map(|n| {
            let own = words[n % 3];
            let word = |k: usize| own[(n / 3 + k) % 4];
            let text = format!("On the {} and the {} of a {}.", word(1), word(2), word(1));
            paper(&format!("{} {n}", word(0)), &text, n)
        })
        .collect();
    let site = Site::new().file("a.jsonl", digest(&papers));
    let settings = site.read("offprint.toml") + "\n[meaning]\nvectors = \"corpus\"\n";
    let site = site.file("offprint.toml", settings);
    site.import("a.jsonl").date("2025-01-01").succeed();
    let near = |text: &str| -> Vec<String> {
        let run = site
            .offprint(&["export", "--near", text, "--limit", "10"])
            .succeed();
        run.stdout
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap()["title"].to_string())
            .collect()
    };
    let found = near("kiln");
    let is_pottery = |title: &String| words[1].iter().any(|word| title.contains(word));
    assert!(found.iter().all(is_pottery), "{found:?}");
    assert_eq!(found, near("kiln"), "it is not the same twice");
    site.build().succeed();
    assert!(site.has("public/search/m"));
}

#[test]
fn a_pin_adds_a_topic_and_takes_the_place_of_none() {
    let topic = |name: &str, rest: &str| format!("+++\nname = \"{name}\"\n{rest}+++\n");
    let site = Site::new()
        .file(
            "a.jsonl",
            digest(&[paper("Pears and Plums", "Apples too.", 1)]),
        )
        .file("content/topics/a.md", topic("A", "match = 'pears^3'\n"))
        .file("content/topics/b.md", topic("B", "match = 'plums^3'\n"))
        .file(
            "content/topics/c.md",
            topic("C", "pinned = [\"pears-and-plums\"]\n"),
        );
    let settings = "[topics]\ntaxonomy = \"none\"\nmost = 2\n";
    let site = site.file("offprint.toml", settings);
    site.import("a.jsonl").date("2025-01-01").succeed();
    let papers = exported(&site);
    assert_eq!(
        papers[0]["topics"].as_array().unwrap().len(),
        3,
        "{papers:?}"
    );
    let run = site.offprint(&["topics", "show", "a"]).succeed();
    assert!(run.stdout.contains("pears^3"), "{}", run.stdout);
    let run = site.offprint(&["topics", "show", "aa"]).fail();
    assert!(run.stderr.contains("no topic `aa`"), "{}", run.stderr);
    let wrong = topic("C", "pinned = [\"plums\"]\n");
    let site = site.file("content/topics/c.md", wrong);
    let run = site.build().fail();
    assert!(
        run.stderr.contains("did you mean `pears-and-plums`"),
        "{}",
        run.stderr
    );
}
