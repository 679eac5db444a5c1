//! The files of new papers that a browser ranks for its reader, and the page that has
//! them ranked.

use serde_json::{Value, json};

use crate::support::{Site, digest};

/// A site with a digest of papers on robots and one of papers on proteins.
fn site() -> Site {
    let site = Site::new();
    let papers = |titles: &[&str]| {
        let records = titles.iter().map(|title| {
            json!({
                "title": title,
                "abstract": format!("We study {}. Our experiments show that it works well.", title.to_lowercase()),
                "authors": ["Ada Apple", "Bea Birch", "Carl Cedar", "Dora Date", "Emil Elm"],
                "venue": "ICRA 2024",
            })
        });
        digest::digest(&records.collect::<Vec<_>>())
    };
    site.write(
        "content/digests/2025-03-13.jsonl",
        papers(&["Robots Grasp Objects with Visual Reinforcement Learning"]),
    );
    site.write(
        "content/digests/2025-03-14.jsonl",
        papers(&[
            "Predicting Protein Folding with Neural Networks",
            "Étude </script><b> \"of\" Language Models, Pruned",
        ]),
    );
    site
}

fn offer(site: &Site, id: &str) -> Value {
    let text = site.read(&format!("public/for-you/{id}.json"));
    serde_json::from_str(&text).expect("a file of papers is JSON")
}

/// How many rows a text has.
fn rows(offer: &Value) -> usize {
    let digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let numbers: usize = offer["rows"]
        .as_str()
        .unwrap()
        .chars()
        .map(|digit| match digits.find(digit).expect("a digit") {
            zeros @ 0..32 => zeros + 1,
            32..62 => 1,
            _ => 0,
        })
        .sum();
    let width = usize::try_from(offer["width"].as_u64().unwrap()).unwrap();
    assert_eq!(numbers % width, 0, "rows are whole");
    numbers / width
}

#[test]
fn each_of_the_newest_digests_is_a_file_that_the_page_names() {
    let site = site();
    site.build().succeed();
    let newest = offer(&site, "2025-03-14");
    assert_eq!(newest["total"], 2);
    assert_eq!(newest["vectors"], "built-in");
    assert_eq!(rows(&newest), 2);
    let papers = newest["papers"].as_array().unwrap();
    assert_eq!(
        papers[0][0],
        "Predicting Protein Folding with Neural Networks"
    );
    assert_eq!(papers[0][1], 0, "the slug follows from the title");
    assert_eq!(
        papers[0][3],
        json!(["Ada Apple", "Bea Birch", "Carl Cedar"])
    );
    assert_eq!(papers[0][4], 2);
    assert_eq!(papers[0][5], "ICRA");
    assert!(papers[0][6].as_str().unwrap().len() > 20, "{papers:?}");
    assert_eq!(papers[1][1], "etude-script-b-of-language-models-pruned");
    let page = site.read("public/for-you/index.html");
    for part in [
        "value=\"2025-03-14.json\" data-date=\"2025-03-14\"",
        "value=\"2025-03-13.json\"",
        "content=\"noindex\"",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(!site.read("public/sitemap.xml").contains("for-you"));
    let front = site.read("public/index.html");
    assert!(front.contains("data-file=\"2025-03-14.json\""), "{front}");
    let folding = "public/papers/predicting-protein-folding-with-neural-networks/index.html";
    let row = site.read(folding);
    let row = row.split("data-meaning=\"").nth(1).unwrap();
    let row = row.split('"').next().unwrap();
    assert!(newest["rows"].as_str().unwrap().starts_with(row), "{row}");
}

#[test]
fn a_digest_that_is_too_long_is_cut_and_says_so() {
    let site = Site::new();
    let records: Vec<Value> = (0..900)
        .map(|n| {
            json!({
                "title": format!("Robots number {n} learn to fold laundry and wash dishes in kitchens"),
                "abstract": format!("Robot {n} folds. It learns from demonstrations of people in homes."),
                "authors": ["Ada Apple", format!("Bea {}", "B".repeat(3_000))],
            })
        })
        .collect();
    site.write("content/digests/2025-03-14.jsonl", digest::digest(&records));
    site.build().succeed();
    let path = site.path("public/for-you/2025-03-14.json");
    let bytes = std::fs::metadata(path).unwrap().len();
    assert!((50_000..=60_000).contains(&bytes), "{bytes} bytes");
    let offer = offer(&site, "2025-03-14");
    let told = offer["papers"].as_array().unwrap().len();
    assert_eq!(offer["total"], 900);
    assert!((300..900).contains(&told), "{told} papers");
    assert_eq!(rows(&offer), told);
    // In the digest's own order, from its beginning.
    for (n, paper) in offer["papers"].as_array().unwrap().iter().enumerate() {
        assert!(paper[0].as_str().unwrap().contains(&format!("number {n} ")));
    }
}

#[test]
fn old_digests_make_room_and_a_build_from_nothing_is_the_same() {
    let site = Site::new();
    let add = |day: u32| {
        let title = format!("Attention number {day} for language models");
        site.write(
            &format!("content/digests/2025-03-{day:02}.jsonl"),
            digest::digest(&[digest::record(&title)]),
        );
        site.build().succeed();
    };
    for day in 1..=15 {
        add(day);
    }
    assert!(!site.has("public/for-you/2025-03-01.json"));
    assert!(site.has("public/for-you/2025-03-02.json"));
    add(16);
    assert!(!site.has("public/for-you/2025-03-02.json"));
    assert!(site.has("public/for-you/2025-03-16.json"));
    let kept = site.tree("public");
    site.offprint(&["build", "--readable", "--clean"]).succeed();
    kept.assert_same(&site.tree("public"));
    // A month and more later they are old, however few there are.
    site.write(
        "content/digests/2025-05-01.jsonl",
        digest::digest(&[digest::record("Attention once more")]),
    );
    site.build().succeed();
    let files: Vec<String> = site
        .tree("public")
        .paths()
        .filter(|path| path.starts_with("for-you/"))
        .map(str::to_owned)
        .collect();
    assert_eq!(files, ["for-you/2025-05-01.json", "for-you/index.html"]);
}

#[test]
fn a_site_without_vectors_has_none_of_it() {
    let site = site();
    let settings = site.read("offprint.toml");
    site.write(
        "offprint.toml",
        format!("{settings}\n[meaning]\nvectors = \"none\"\n"),
    );
    site.build().succeed();
    let tree = site.tree("public");
    assert!(!tree.paths().any(|path| path.starts_with("for-you/")));
    for (path, text) in tree.pages() {
        assert!(!text.contains("data-meaning"), "{path}");
        assert!(!text.contains("for-you/"), "{path}");
    }
}

#[test]
fn vectors_of_the_sites_own_papers_are_not_put_into_their_pages() {
    let site = site();
    let settings = site.read("offprint.toml");
    site.write(
        "offprint.toml",
        format!("{settings}\n[meaning]\nvectors = \"corpus\"\n"),
    );
    site.build().succeed();
    assert_eq!(offer(&site, "2025-03-14")["vectors"], "corpus");
    assert!(
        !site
            .tree("public")
            .pages()
            .any(|(_, text)| text.contains("data-meaning"))
    );
}

#[test]
fn a_portable_site_has_them_as_scripts() {
    let site = site();
    site.offprint(&["build", "--portable"]).succeed();
    let script = site.read("public/for-you/2025-03-14.js");
    let json = script
        .strip_prefix("(globalThis.offprintForYou??={})[\"2025-03-14.js\"]=")
        .and_then(|rest| rest.trim_end().strip_suffix(';'))
        .expect("a script that keeps the papers");
    assert_eq!(serde_json::from_str::<Value>(json).unwrap()["total"], 2);
    assert!(
        site.read("public/for-you/index.html")
            .contains("2025-03-14.js")
    );
    assert!(!site.has("public/for-you/2025-03-14.json"));
}
