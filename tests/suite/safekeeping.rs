//! Safekeeping: data the program must not lose, and files it must not write because
//! it could not read them again.

use std::fmt::Write as _;

use serde_json::json;

use crate::support::run::{balance, diagnostics};
use crate::support::{Site, digest};

const LEDGER: &str = "content/urls.tsv";

/// A site with a paper that had another URL before.
fn renamed() -> Site {
    let site = Site::new().file(
        "content/digests/2025-01-01.jsonl",
        digest(&[json!({"title": "Gears", "abstract": "Gears turn."})]),
    );
    site.build().succeed();
    site.rename(
        "content/papers/2025/gears.md",
        "content/papers/2025/cogs.md",
    );
    site.build().succeed();
    assert!(site.has("public/papers/gears/index.html"));
    site
}

#[test]
fn an_unreadable_url_history_is_an_error_and_unchanged() {
    let utf16 = |text: &str| {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect::<Vec<u8>>()
    };
    let good = renamed().read(LEDGER).into_bytes();
    let spoiled: [(&str, Vec<u8>); 5] = [
        ("a bad byte", [&good[..], b"# f\xfcr\n"].concat()),
        ("UTF-16", utf16(std::str::from_utf8(&good).unwrap())),
        ("a bad row", [&good[..], b"<<<<<<< HEAD\n"].concat()),
        ("zeros", vec![0; good.len()]),
        ("half a character", [&good[..], b"\xc3"].concat()),
    ];
    for (what, bytes) in spoiled {
        let site = renamed();
        site.write(LEDGER, &bytes);
        site.write(
            "content/digests/2025-01-02.jsonl",
            digest(&[json!({"title": "Lamps"})]),
        );
        let before = (site.tree("content"), site.tree("public"));
        let said = site.build().fail();
        assert!(said.stderr.contains(LEDGER), "{what}: {said}");
        site.import("content/digests/2025-01-02.jsonl").fail();
        site.tree("content").assert_same(&before.0);
        site.tree("public").assert_same(&before.1);
    }
    // A byte order mark, as some editors write it, is fine.
    let site = renamed();
    site.write(LEDGER, format!("\u{feff}{}", site.read(LEDGER)));
    site.build().succeed();
    assert!(site.has("public/papers/gears/index.html"));
}

#[cfg(unix)]
#[test]
fn a_url_history_that_is_not_a_file_is_an_error() {
    let site = renamed();
    site.remove(LEDGER);
    std::fs::create_dir(site.path(LEDGER)).unwrap();
    site.build().fail().stderr_contains(LEDGER);
}

#[test]
fn an_oversized_record_is_rejected_and_the_others_are_read() {
    let long = "x".repeat(4_200_000);
    let many: Vec<String> = (0..60_000)
        .map(|n| format!("Ann Author Number {n}"))
        .collect();
    let words: Vec<String> = (0..200_000).map(|n| format!("keyword{n}")).collect();
    for (what, record) in [
        ("abstract", json!({"title": "Lamps", "abstract": long})),
        ("title", json!({"title": long})),
        ("authors", json!({"title": "Lamps", "authors": many})),
        ("keywords", json!({"title": "Lamps", "keywords": words})),
        ("comment", json!({"title": "Lamps", "comment": long})),
        (
            "affiliation",
            json!({"title": "Lamps", "authors": [{"name": "A B", "affiliation": long}]}),
        ),
    ] {
        let site = Site::new().file(
            "content/digests/2025-01-01.jsonl",
            digest(&[json!({"title": "Gears", "abstract": "Gears turn."}), record]),
        );
        let report = site.import("content/digests/2025-01-01.jsonl").report();
        let good = ["2 read, 1 new, 1 rejected", "2 read, 2 new"];
        assert!(
            good.contains(&balance(&report).as_str()),
            "{what}: {}",
            balance(&report)
        );
        for (path, bytes) in site.tree("content/papers").iter() {
            assert!(bytes.len() <= 4 * 1024 * 1024, "{what}: {path}");
        }
        let report = site.build().report();
        assert_eq!(diagnostics(&report, "too-large"), [""; 0], "{what}");
    }
    let mut csv = "title,abstract\nA good paper,".to_owned();
    let _ = writeln!(csv, "{long}");
    let site = Site::new().file("content/digests/2025-01-02.csv", csv);
    site.build()
        .fail()
        .stderr_contains("content/digests/2025-01-02.csv:2");
    site.build().fail();
    assert!(!site.has("content/papers"));
}

#[test]
fn a_title_without_letters_is_recognised_again() {
    for title in ["..", "…", "???", "——", "🙂", "\" \""] {
        let site = Site::new().file(
            "a.jsonl",
            digest(&[
                json!({"title": title, "abstract": "x"}),
                json!({"title": "Gears"}),
            ]),
        );
        site.import("a.jsonl").date("2025-01-01").succeed();
        let before = site.tree("content");
        for _ in 0..2 {
            let report = site.import("a.jsonl").date("2025-01-01").report();
            assert_eq!(balance(&report), "2 read, 2 unchanged", "{title}");
        }
        site.tree("content").assert_same(&before);
        // Another paper with such a title is a separate paper.
        site.write(
            "b.jsonl",
            digest(&[json!({"title": "!?", "abstract": "y"})]),
        );
        assert_eq!(
            balance(&site.import("b.jsonl").date("2025-01-02").report()),
            "1 read, 1 new"
        );
    }
}

#[test]
fn a_placeholder_title_is_reported_each_time() {
    // People and programs write a single dash into empty cells.
    let site = Site::new().file(
        "a.jsonl",
        digest(&[
            json!({"title": "—", "abstract": "x"}),
            json!({"title": "Gears"}),
        ]),
    );
    for outcome in ["1 new", "1 unchanged"] {
        let report = site.import("a.jsonl").date("2025-01-01").report();
        assert_eq!(
            balance(&report),
            format!("2 read, {outcome}, 1 rejected"),
            "{report}"
        );
        assert_eq!(diagnostics(&report, "no-title").len(), 1);
    }
}

#[test]
fn authors_in_one_text_are_split_or_reported() {
    for (authors, want, code) in [
        (
            "authors = \"Ann Lee, Bob Stone and Carl Ray\"",
            json!(["Ann Lee", "Bob Stone", "Carl Ray"]),
            "authors-divided",
        ),
        (
            "authors = \"Ann Lee; Bob Stone\"",
            json!(["Ann Lee", "Bob Stone"]),
            "authors-divided",
        ),
        (
            "authors = \"Lee, Ann and Stone, Bob\"",
            json!(["Ann Lee", "Bob Stone"]),
            "authors-divided",
        ),
        ("authors = \"Lee, Ann\"", json!(["Ann Lee"]), ""),
        ("authors = \"Ann Lee\"", json!(["Ann Lee"]), ""),
        (
            "authors = [\"Ann Lee\", \"Bob Stone and Carl Ray\"]",
            json!(["Ann Lee", "Bob Stone and Carl Ray"]),
            "authors-joined",
        ),
        (
            "authors = [\"Research and Development\"]",
            json!(["Research and Development"]),
            "",
        ),
        (
            "authors = [{ literal = \"Ann Lee and Bob Ray\" }]",
            json!(["Ann Lee and Bob Ray"]),
            "",
        ),
    ] {
        for yaml in [false, true] {
            let (fence, line) = if yaml && !authors.contains('{') {
                (
                    "---",
                    format!("title: T\n{}", authors.replacen(" =", ":", 1)),
                )
            } else {
                ("+++", format!("title = \"T\"\n{authors}"))
            };
            let site = Site::new().file(
                "content/papers/t.md",
                format!("{fence}\n{line}\n{fence}\nAn abstract.\n"),
            );
            let report = site.build().report();
            let said =
                ["authors-divided", "authors-joined"].map(|code| diagnostics(&report, code).len());
            let wanted = [
                usize::from(code == "authors-divided"),
                usize::from(code == "authors-joined"),
            ];
            assert_eq!(said, wanted, "{line}");
            let paper = site.offprint(&["export"]).succeed().json();
            let names: Vec<_> = paper["authors"]
                .as_array()
                .unwrap()
                .iter()
                .map(|one| one["name"].clone())
                .collect();
            assert_eq!(json!(names), want, "{line}");
        }
    }
}

#[test]
fn a_future_date_is_reported_and_not_listed_first() {
    let site = Site::new()
        .file("content/digests/2025-03-14.jsonl", digest(&[json!({"title": "Gears"}), json!({"title": "Lamps"})]))
        .file("content/papers/late.md", "+++\ntitle = \"Late\"\ndate = 2031-01-01\npublished = 2031-01-01\nyear = 2031\n+++\nx\n")
        .file("content/papers/soon.md", "+++\ntitle = \"Soon\"\ndate = 2025-03-20\n+++\nx\n");
    let report = site.build().report();
    let said = diagnostics(&report, "future-date");
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(said[0].starts_with("content/papers/late.md:3"), "{said:?}");
    let papers = site.offprint(&["export"]).succeed().stdout;
    let first = papers.lines().next().unwrap();
    assert!(first.contains("\"slug\":\"soon\""), "{papers}");
    assert!(!papers.contains("2031"), "{papers}");
}

#[test]
fn an_invalid_name_is_reported_with_a_valid_one() {
    for (file, help) in [
        (
            "content/Topics/gears.md",
            "move its files to `content/topics/`",
        ),
        (
            "content/PAPERS/gears.md",
            "move its files to `content/papers/`",
        ),
        ("content/papers/aux.md", "rename the file to `the-aux.md`"),
        ("content/index.md", "rename the file to `the-index.md`"),
        (
            "content/digests/con.txt",
            "rename the file to `the-con.txt`",
        ),
        (
            "content/our group/us.md",
            "rename the folder to `our-group`",
        ),
        ("content/papers/a b.md", "rename the file to `a-b.md`"),
    ] {
        let site = Site::new().file(file, "+++\ntitle = \"T\"\n+++\nx\n");
        site.build().fail().stderr_contains(help);
    }
}

#[test]
fn a_yaml_error_is_shown_on_its_line() {
    for (front, place) in [
        ("title: x\nyear: [1\nvenue: y\n", "t.md:4:6"),
        ("title: ä: y\n", "t.md:2:9"),
        ("title: x\ntitle: y\n", "t.md:3:1"),
    ] {
        let site = Site::new().file("content/papers/t.md", format!("---\n{front}---\nx\n"));
        let said = site.build().fail();
        assert!(said.stderr.contains(place), "{place}: {said}");
        assert!(!said.stderr.contains("line "), "{said}");
    }
}
