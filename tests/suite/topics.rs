//! Topics on the command line: the list, and explanations for a paper.

use serde_json::{Value, json};

use crate::support::{Site, digest, record};

fn page(title: &str, more: &str, text: &str) -> String {
    format!("+++\ntitle = \"{title}\"\n{more}+++\n{text}\n")
}

/// Three topics and four papers, each with a different outcome.
fn garden() -> Site {
    Site::new()
        .file(
            "content/topics/pears.md",
            "+++\nname = \"Pears\"\nmatch = 'pear^2 OR \"stone fruit\" OR -apple^1.5'\npinned = [\"song\"]\n+++\n",
        )
        .file(
            "content/topics/apples.md",
            "+++\nname = \"Apples\"\nparent = \"pears\"\nmatch = 'apple^2'\nthreshold = 3.5\n+++\n",
        )
        .file(
            "content/topics/bees.md",
            "+++\nname = \"Bees\"\nmatch = 'bee^3'\nexclude = [\"hive\"]\n+++\n",
        )
        .file(
            "content/papers/hive.md",
            page("The Bee in the Pear Tree", "", "Pears. A bee. One apple."),
        )
        .file(
            "content/papers/cider.md",
            page("Cider", "ids = [\"arxiv:2403.03507\"]\n", "An apple and an apple."),
        )
        .file("content/papers/song.md", page("Song", "", "Birds sing."))
        .file(
            "content/papers/chosen.md",
            page("Chosen Pears", "topics = [\"bees\"]\n", "A pear."),
        )
}

fn explain(site: &Site, paper: &str) -> Value {
    site.offprint(&["topics", "explain", paper]).report()
}

#[test]
fn topics_are_listed_with_their_papers() {
    let site = garden();
    let report = site.offprint(&["topics", "list"]).report();
    assert_eq!(
        report,
        json!({
            "papers": 4,
            "without_topic": 1,
            "topics": [
                { "id": "apples", "name": "Apples", "parent": "pears", "papers": 0 },
                { "id": "bees", "name": "Bees", "papers": 1 },
                { "id": "pears", "name": "Pears", "papers": 2 },
            ],
        })
    );
    let said = site.offprint(&["topics", "list"]).succeed().no_stderr();
    said.stdout_contains("2  pears   Pears\n")
        .stdout_contains("0  apples  Apples (under pears)\n")
        .stdout_contains("4 papers in 2 topics; 1 without a topic\n");
}

#[test]
fn the_terms_and_their_sum_are_shown_for_each_topic() {
    let report = explain(&garden(), "hive");
    // Twice the weight in the title, 0.7 times in the abstract.
    assert_eq!(
        report["topics"],
        json!([
            {
                "id": "pears", "name": "Pears", "score": 4.35, "threshold": 2.0,
                "belongs": true, "why": "belongs",
                "terms": [
                    { "term": "pear", "field": "title", "count": 1, "worth": 4.0 },
                    { "term": "pear", "field": "abstract", "count": 1, "worth": 1.4 },
                    { "term": "apple", "field": "abstract", "count": 1, "worth": -1.05 },
                ],
            },
            {
                "id": "bees", "name": "Bees", "score": 8.1, "threshold": 2.0,
                "belongs": false, "why": "left out: excluded on the topic's page",
                "terms": [
                    { "term": "bee", "field": "title", "count": 1, "worth": 6.0 },
                    { "term": "bee", "field": "abstract", "count": 1, "worth": 2.1 },
                ],
            },
            {
                "id": "apples", "name": "Apples", "score": 1.4, "threshold": 3.5,
                "belongs": false, "why": "missed",
                "terms": [{ "term": "apple", "field": "abstract", "count": 1, "worth": 1.4 }],
            },
        ])
    );
}

#[test]
fn a_topic_narrowly_missed_is_shown_and_one_far_off_on_request() {
    let site = garden();
    let said = site.offprint(&["topics", "explain", "cider"]).succeed();
    said.no_stderr()
        .stdout_contains("Cider\n\napples  2.10 of 3.50: missed\n")
        .stdout_contains("  +2.10  apple in the abstract, twice\n");
    let hive = site.offprint(&["topics", "explain", "hive"]).succeed();
    assert!(!hive.stdout.contains("apples"), "{hive}");
    let hive = hive.stdout_contains("1 more have less than half");
    drop(hive);
    site.offprint(&["topics", "explain", "hive", "--all"])
        .succeed()
        .stdout_contains("apples  1.40 of 3.50: missed\n");
}

#[test]
fn topics_set_by_people_are_distinguished_from_rules() {
    let site = garden();
    let song = explain(&site, "song");
    assert_eq!(song["topics"][0]["id"], "pears");
    assert_eq!(song["topics"][0]["belongs"], true);
    assert_eq!(song["topics"][0]["terms"], json!([]));
    let chosen = explain(&site, "chosen");
    assert_eq!(chosen["chosen"], json!(["bees"]));
    assert_eq!(chosen["topics"][0]["id"], "pears");
    site.offprint(&["topics", "explain", "chosen"])
        .succeed()
        .stdout_contains("its page sets its topics: bees;");
}

#[test]
fn a_paper_is_found_by_identifier_and_a_mistyped_one_brings_the_nearest() {
    let site = garden();
    assert_eq!(explain(&site, "2403.03507v2")["slug"], "cider");
    site.offprint(&["topics", "explain", "cidre"])
        .fail()
        .stderr_contains("did you mean `cider`?");
    site.offprint(&["topics", "explain"]).misuse();
    site.offprint(&["topics"]).misuse();
}

#[test]
fn the_shown_terms_add_up_to_the_exported_score() {
    let site = Site::new().settings("[topics]\ntaxonomy = \"ai\"\n").file(
        "content/digests/2025-01-01.jsonl",
        digest(&[
            record("Low-Rank Adaptation for Fine-Tuning on a Memory Budget"),
            record("Retrieval-Augmented Generation: a Survey of Benchmarks"),
            record("Pruning and Quantization of Vision Transformers"),
        ]),
    );
    site.build().succeed();
    let export = site.offprint(&["export"]).succeed();
    for line in export.stdout.lines() {
        let paper: Value = serde_json::from_str(line).unwrap();
        let report = explain(&site, paper["slug"].as_str().unwrap());
        let mut belongs = Vec::new();
        for topic in report["topics"].as_array().unwrap() {
            let terms = topic["terms"].as_array().unwrap().iter();
            let sum: f64 = terms.map(|term| term["worth"].as_f64().unwrap()).sum();
            let score = topic["score"].as_f64().unwrap();
            assert!((sum - score).abs() < 0.05, "{topic}");
            if topic["belongs"] == true {
                belongs.push(json!({ "id": topic["id"], "score": score }));
            }
        }
        assert!(!belongs.is_empty());
        assert_eq!(paper["topics"], Value::Array(belongs));
    }
}

/// A digest with papers on six subjects that share no words.
fn six_subjects() -> String {
    let subjects = [
        ("Pear Pruning", "pear pruning shears branches orchard"),
        ("Bee Dances", "bee dances hive pollen honeycomb"),
        ("Tidal Mills", "tidal mills sluice ebb millstone"),
        ("Bell Founding", "bell founding bronze mould clapper"),
        ("Kite Flight", "kite flight bridle tail gust"),
        ("Salt Glazes", "salt glazes kiln pots stoneware"),
    ];
    let papers: Vec<Value> = (0..36)
        .map(|n| {
            let (title, words) = subjects[n % 6];
            let words: Vec<&str> = words.split(' ').collect();
            json!({
                "title": format!("{title} in Village {}", ["Ham", "Lea", "Wick"][n / 6 % 3]),
                "abstract": format!(
                    "{title} was seen. The {} and the {} were {} and {}.",
                    words[2], words[3], words[4], ["old", "wet", "tall", "red"][n % 4]
                ),
                "ids": [format!("arxiv:2501.{n:05}")],
            })
        })
        .collect();
    digest(&papers)
}

/// The topics of each paper, by slug.
fn topics_of(site: &Site) -> Vec<(String, Vec<String>)> {
    let export = site.offprint(&["export"]).succeed();
    let mut papers: Vec<(String, Vec<String>)> = export
        .stdout
        .lines()
        .map(|line| {
            let paper: Value = serde_json::from_str(line).unwrap();
            let topics = paper["topics"].as_array().map_or(&[][..], Vec::as_slice);
            let ids = topics.iter().map(|t| t["id"].as_str().unwrap().to_owned());
            (paper["slug"].as_str().unwrap().to_owned(), ids.collect())
        })
        .collect();
    papers.sort();
    papers
}

#[test]
fn topics_are_found_in_the_papers_and_become_files_like_any_other() {
    let site = Site::new().file("a.jsonl", six_subjects());
    site.import("a.jsonl").date("2025-01-01").succeed();
    let suggest = ["topics", "suggest"];
    let first = site.offprint(&suggest).report();
    assert_eq!(first, site.offprint(&suggest).report());
    assert!(!site.has("content/topics"), "nothing is written unasked");
    assert_eq!(
        (&first["papers"], &first["left_over"]),
        (&json!(36), &json!(0))
    );
    let names: Vec<&str> = first["topics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|topic| topic["name"].as_str().unwrap())
        .collect();
    let all = names.join(", ").to_lowercase();
    for word in ["prun", "bee", "tidal"] {
        assert!(all.contains(word), "{all}");
    }
    let written = site.offprint(&suggest).arg("--write").report();
    for topic in written["topics"].as_array().unwrap() {
        assert!(site.has(topic["file"].as_str().unwrap()), "{topic}");
    }
    site.build().succeed().stderr_lacks("warning");
    let papers = topics_of(&site);
    assert!(papers.iter().all(|(_, topics)| !topics.is_empty()));
    // The written files deliver what was announced.
    for topic in written["topics"].as_array().unwrap() {
        let id = topic["id"].as_str().unwrap();
        let has = papers.iter().filter(|(_, ids)| ids.iter().any(|i| i == id));
        assert_eq!(topic["papers"], has.count(), "{topic}");
    }
    // Once every paper has a topic, there is nothing left to find.
    let again = site.offprint(&suggest).arg("--write").report();
    assert_eq!(
        (&again["papers"], &again["topics"]),
        (&json!(0), &json!([]))
    );
}

#[test]
fn topics_are_suggested_for_uncovered_papers() {
    let site = Site::new().file("a.jsonl", six_subjects()).file(
        "content/topics/bees.md",
        "+++\nname = \"Bees\"\nmatch = 'bee^3'\n+++\n",
    );
    site.import("a.jsonl").date("2025-01-01").succeed();
    let report = site.offprint(&["topics", "suggest"]).report();
    assert_eq!(
        (&report["papers"], &report["whole"]),
        (&json!(30), &json!(false))
    );
    let topics = report["topics"].as_array().unwrap();
    assert!(!topics.is_empty());
    for topic in topics {
        assert_eq!(topic["pinned"], 0);
        assert!(!topic["match"].as_str().unwrap().contains("bee"), "{topic}");
    }
}

#[test]
fn few_papers_make_no_topics() {
    let site = Site::new().file("a.jsonl", digest(&[record("Song"), record("Dance")]));
    site.import("a.jsonl").date("2025-01-01").succeed();
    site.offprint(&["topics", "suggest", "--write"])
        .succeed()
        .stdout_contains("2 papers: too few");
    assert!(!site.has("content/topics"));
}
