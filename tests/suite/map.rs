//! The map: where papers are, what is published of it, and that they stay there.

use std::collections::BTreeMap;

use crate::support::{Site, Tree};

const SETTINGS: &str =
    "[site]\nbase_url = \"https://mill.test/\"\n[cards]\ntopics = false\ndigests = false\n";

const SUBJECTS: [[&str; 8]; 4] = [
    [
        "robot",
        "grasping",
        "arm",
        "manipulation",
        "tactile",
        "gripper",
        "motion",
        "planning",
    ],
    [
        "translation",
        "language",
        "bilingual",
        "corpus",
        "sentence",
        "words",
        "grammar",
        "dialogue",
    ],
    [
        "image",
        "segmentation",
        "pixels",
        "detection",
        "video",
        "camera",
        "depth",
        "rendering",
    ],
    [
        "protein",
        "molecule",
        "drug",
        "chemistry",
        "folding",
        "binding",
        "genome",
        "cells",
    ],
];

/// A paper on one of the subjects; which words it has follows from its number.
fn paper(n: usize, day: &str) -> (String, String) {
    let subject = SUBJECTS[n % SUBJECTS.len()];
    let word = |k: usize| subject[(n / 4 * (k + 3) + k * k + n / 32) % subject.len()];
    let text = (0..14).map(word).collect::<Vec<_>>().join(" ");
    (
        format!("content/papers/p{n:04}.md"),
        format!(
            "+++\ntitle = \"On {} and {} {n}\"\ndate = {day}\nyear = {}\n+++\nWe study {text}.\n",
            word(1),
            word(2),
            2015 + n % 9
        ),
    )
}

pub(super) fn mill(papers: usize) -> Site {
    let mut site = Site::new().settings(SETTINGS);
    for n in 0..papers {
        let (file, text) = paper(n, "2025-01-01");
        site = site.file(&file, text);
    }
    site
}

/// The number of a paper in the search index, its place and its shades.
type Points = BTreeMap<u32, (u32, u32, Vec<u32>)>;

/// Reads the map as a browser does.
fn points(tree: &Tree) -> (serde_json::Value, Points) {
    let page = tree.text("map/index.html");
    let name = page.split("data-root=").nth(1).expect("the page names it");
    let name = name.trim_start_matches('"');
    let end = name.find(['"', ' ', '>']).unwrap();
    let root: serde_json::Value =
        serde_json::from_str(tree.text(&format!("map/{}", &name[..end]))).unwrap();
    let bits: Vec<u32> = serde_json::from_value(root["bits"].clone()).unwrap();
    let mut points = Points::new();
    for tile in root["tiles"].as_array().unwrap() {
        let number = |n: usize| u32::try_from(tile[n].as_u64().unwrap()).unwrap();
        let bytes = tree
            .get(&format!("map/{}", tile[4].as_str().unwrap()))
            .unwrap();
        let mut at = 0;
        let mut take = |count: u32| {
            (0..count).fold(0_u32, |number, _| {
                let bit = bytes[at / 8] >> (7 - at % 8) & 1;
                at += 1;
                number << 1 | u32::from(bit)
            })
        };
        let (count, low) = (take(24), take(8));
        assert_eq!(count, number(3));
        let inner = 15 - number(0);
        let mut next = 0;
        for _ in 0..count {
            let mut high = 0;
            while take(1) == 1 {
                high += 1;
            }
            let paper = next + (high << low) + take(low);
            next = paper + 1;
            let (x, y) = (
                number(1) << inner | take(inner),
                number(2) << inner | take(inner),
            );
            let shades = bits.iter().map(|bits| take(*bits)).collect();
            assert_eq!(points.insert(paper, (x, y, shades)), None);
        }
    }
    (root, points)
}

fn built(site: &Site) -> Tree {
    site.build().succeed();
    site.tree("public")
}

#[test]
fn papers_on_one_subject_are_close_together() {
    let site = mill(120);
    let (root, points) = points(&built(&site));
    assert_eq!(root["papers"], 120);
    assert_eq!(points.len(), 120);
    // The search index numbers papers from the last to the first of the list.
    let subject = |paper: u32| (119 - paper as usize) % SUBJECTS.len();
    let apart = |one: u32, other: u32| {
        let ((a, b, _), (x, y, _)) = (&points[&one], &points[&other]);
        f64::from(a.abs_diff(*x)).hypot(f64::from(b.abs_diff(*y)))
    };
    let mut right = 0;
    for paper in 0..120 {
        let nearest = (0..120)
            .filter(|other| *other != paper)
            .min_by(|one, other| apart(paper, *one).total_cmp(&apart(paper, *other)));
        right += usize::from(subject(nearest.unwrap()) == subject(paper));
    }
    assert!(right > 100, "{right} of 120");
    // Each has its year.
    assert_eq!(root["years"].as_array().unwrap().len(), 9);
    assert!(
        points
            .values()
            .all(|(_, _, shades)| (1..=9).contains(&shades[1]))
    );
}

#[test]
fn what_is_added_moves_nobody_and_a_clean_build_gets_the_same() {
    let site = mill(170);
    let (_, before) = points(&built(&site));
    for n in 170..200 {
        let (file, text) = paper(n, "2025-01-02");
        site.write(&file, text);
    }
    let tree = built(&site);
    let (_, after) = points(&tree);
    assert_eq!(after.len(), 200);
    for (paper, place) in &before {
        assert_eq!(
            after.get(paper).map(|it| (it.0, it.1)),
            Some((place.0, place.1)),
            "{paper}"
        );
    }
    site.remove_folder(".offprint");
    site.remove_folder("public");
    assert!(built(&site) == tree, "a clean build differs");
}

#[test]
fn an_edited_text_moves_its_paper_and_few_others() {
    let site = mill(200);
    let (_, before) = points(&built(&site));
    let (file, _) = paper(0, "");
    let text = site.read(&file);
    let (front, body) = text.rsplit_once("We study").unwrap();
    assert!(!body.contains("genome"));
    site.write(
        &file,
        format!("{front}We study protein folding, a molecule of a drug, the genome of cells.\n"),
    );
    let tree = built(&site);
    let (_, after) = points(&tree);
    let moved: Vec<u32> = (before.iter())
        .filter(|(paper, place)| {
            let now = &after[paper];
            (now.0, now.1) != (place.0, place.1)
        })
        .map(|(paper, _)| *paper)
        .collect();
    assert!(moved.contains(&199), "the paper itself stays: {moved:?}");
    assert!(moved.len() <= 60, "{moved:?}");
    site.remove_folder(".offprint");
    site.remove_folder("public");
    assert!(built(&site) == tree, "a clean build differs");
}

#[test]
fn the_map_does_not_depend_on_the_number_of_threads() {
    let site = mill(200);
    let one = built(&site);
    site.remove_folder(".offprint");
    site.remove_folder("public");
    site.offprint(&["build"])
        .env("RAYON_NUM_THREADS", "1")
        .succeed();
    let (_, these) = points(&site.tree("public"));
    assert_eq!(points(&one).1, these);
}

#[test]
fn a_page_of_a_paper_leads_to_its_place() {
    let site = mill(90);
    let tree = built(&site);
    let (_, points) = points(&tree);
    let page = tree.text("papers/p0007/index.html");
    let number = page
        .split("map/?paper=")
        .nth(1)
        .expect("it has a link to the map");
    let end = number.find(['"', ' ', '>']).unwrap();
    let number: u32 = number[..end].parse().unwrap();
    assert_eq!(number, 89 - 7);
    assert!(points.contains_key(&number));
    assert!(page.contains("<svg class=map-near") || page.contains("<svg class=\"map-near\""));
}

#[test]
fn a_site_has_a_map_where_it_is_of_use_and_wanted() {
    let has = |site: &Site| built(site).get("map/index.html").is_some();
    assert!(!has(&mill(49)));
    let site = mill(50);
    assert!(has(&site));
    let public = site.tree("public");
    assert!(public.text("index.html").contains("map/"));
    for setting in [
        "[map]\nenabled = false\n",
        "[search]\nengine = \"none\"\n",
        "[meaning]\nvectors = \"none\"\n",
    ] {
        site.write("offprint.toml", format!("{SETTINGS}{setting}"));
        assert!(!has(&site), "{setting}");
        assert!(
            !site.tree("public").text("index.html").contains("map/"),
            "{setting}"
        );
    }
}

#[test]
fn papers_of_which_nothing_is_known_are_left_out_and_counted() {
    let mut site = mill(60);
    for n in 0..3 {
        site = site.file(
            &format!("content/papers/x{n}.md"),
            format!("+++\ntitle = \"Zzxqj{n} Qwvvk{n}\"\ndate = 2025-01-01\n+++\n"),
        );
    }
    let tree = built(&site);
    let (root, points) = points(&tree);
    assert_eq!((root["papers"].as_u64(), points.len()), (Some(60), 60));
    assert!(tree.text("map/index.html").contains("3 are not on it"));
}
