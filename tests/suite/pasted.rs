//! Unstructured text: pasted pages, listings, Markdown lists, and text in any
//! encoding. Each fixture is read completely.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::Site;
use crate::support::run::balance;

fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/text");
    fs::read(path.join(name)).unwrap()
}

/// The result for one file: the report, and one line per paper.
struct Got {
    report: Value,
    papers: Vec<String>,
}

fn import(name: &str, bytes: impl AsRef<[u8]>) -> Got {
    let site = Site::new().file(&format!("in/{name}"), bytes);
    let report = site
        .import(format!("in/{name}"))
        .date("2025-03-14")
        .report();
    let exported = site.offprint(&["export"]).succeed().stdout;
    let papers = exported
        .lines()
        .map(|line| shown(&serde_json::from_str(line).unwrap()))
        .collect();
    Got { report, papers }
}

/// A paper on one line: title, authors, venue and numbers, year, links and
/// identifiers, counts, funders, abstract. Missing fields are left out.
fn shown(paper: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let list = |value: &Value, each: &dyn Fn(&Value) -> String| {
        let items = value.as_array().cloned().unwrap_or_default();
        items.iter().map(each).collect::<Vec<_>>().join(", ")
    };
    let author = |author: &Value| match author["affiliation"].as_str() {
        Some(place) => format!("{} @ {place}", text(&author["name"])),
        None => text(&author["name"]),
    };
    let mut parts = vec![text(&paper["title"]), list(&paper["authors"], &author)];
    parts.push(text(&paper["venue"]));
    if paper["editors"].is_array() {
        parts.push(format!("edited by {}", list(&paper["editors"], &author)));
    }
    for key in [
        "kind",
        "volume",
        "number",
        "pages",
        "publisher",
        "series",
        "edition",
        "isbn",
    ] {
        let value = text(&paper["publication"][key]);
        if !value.is_empty() {
            parts.push(format!("{key} {value}"));
        }
    }
    parts.push(
        paper["year"]
            .as_i64()
            .map_or(String::new(), |year| year.to_string()),
    );
    for key in ["published", "language", "award"] {
        let value = text(&paper[key]);
        if !value.is_empty() {
            parts.push(format!("{key} {value}"));
        }
    }
    parts.push(text(&paper["status"]));
    parts.push(text(&paper["comment"]));
    parts.push(list(&paper["ids"], &text));
    if let Some(links) = paper["links"].as_object() {
        parts.extend(
            links
                .iter()
                .map(|(kind, url)| format!("{kind}={}", text(url))),
        );
    }
    if let Some(counts) = paper["metrics"].as_object() {
        parts.extend(counts.iter().map(|(name, n)| format!("{n} {name}")));
    }
    parts.push(list(&paper["funding"], &|one| {
        format!("paid by {}", text(one))
    }));
    if let Some(extra) = paper["extra"].as_object() {
        parts.extend(
            extra
                .iter()
                .map(|(name, value)| format!("{name}: {}", text(value))),
        );
    }
    parts.push(text(&paper["citation_key"]));
    if paper["withdrawn"] == Value::Bool(true) {
        parts.push("withdrawn".to_owned());
    }
    parts.push(text(&paper["abstract"]).replace("\n\n", " ¶ "));
    parts.retain(|part| !part.is_empty());
    parts.join(" | ")
}

fn diagnostics(report: &Value) -> &Vec<Value> {
    report["diagnostics"].as_array().unwrap()
}

#[test]
fn every_kind_of_text_is_read_completely() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    let _bound = settings.bind_to_scope();
    for name in FIXTURES {
        let got = import(name, fixture(name));
        let said: Vec<String> = diagnostics(&got.report)
            .iter()
            .map(|d| format!("{} {}: {}", d["severity"], d["line"], d["message"]).replace('"', ""))
            .collect();
        insta::assert_snapshot!(
            format!("text-{}", name.replace('.', "-")),
            format!(
                "{}\n{}\n\n{}",
                balance(&got.report),
                said.join("\n"),
                got.papers.join("\n")
            )
        );
    }
}

const FIXTURES: [&str; 116] = [
    "atom-xhtml.xml",
    "mail-affiliations.txt",
    "mail-digest.eml",
    "mail-bib.eml",
    "rss-tex-names.xml",
    "journal-refs.xml",
    "withdrawn.xml",
    "table.md",
    "table-short.md",
    "tables.md",
    "listing-new.txt",
    "listing-recent.txt",
    "listing-lines.txt",
    "awesome.md",
    "headings.md",
    "simple.md",
    "week.md",
    "page-acl.txt",
    "page-acl-paper.txt",
    "page-acl-papers.txt",
    "page-cvf-bare.txt",
    "page-cvf-paper.txt",
    "page-nips-paper.txt",
    "page-nips-turned.txt",
    "page-nips-2020.txt",
    "references-counted.txt",
    "page-pmlr-paper.txt",
    "page-acm.txt",
    "page-apa.txt",
    "page-cvf.txt",
    "page-dblp.txt",
    "page-hf.txt",
    "page-ieee.txt",
    "page-nips.txt",
    "page-nips2.txt",
    "page-or.txt",
    "page-pmlr.txt",
    "page-s2.txt",
    "page-s2-cut.txt",
    "page-cut-authors.txt",
    "page-scholar.txt",
    "page-vancouver.txt",
    "page-wrap1.txt",
    "page-wrap2.txt",
    "page-wrap3.txt",
    "page-wrap4.txt",
    "page-wrap5.txt",
    "page-wrap6.txt",
    "list-a1.md",
    "list-a2.md",
    "list-a3.md",
    "list-a4.md",
    "list-a5.md",
    "list-a6.md",
    "references-r1.txt",
    "references-r2.txt",
    "references-r3.txt",
    "references-r4.txt",
    "listing-catchup.txt",
    "references-apa.txt",
    "references-ieee.txt",
    "references-acm.txt",
    "references-vanc.txt",
    "references-mla.txt",
    "references-chicago.txt",
    "references-harvard.txt",
    "references-nature.txt",
    "references-springer.txt",
    "references-els.txt",
    "references-sbasic.txt",
    "references-front.txt",
    "references-aaai.txt",
    "references-british.txt",
    "references-aclr.txt",
    "references-nipsr.txt",
    "references-mdpi.txt",
    "references-science.txt",
    "references-apa2.txt",
    "references-bibitems.bbl",
    "page-hf-day.txt",
    "page-hf-paper.txt",
    "page-s2-lines.txt",
    "page-or-now.txt",
    "page-nips-now.txt",
    "page-cvf-now.txt",
    "page-acl-now.txt",
    "page-scholar-now.txt",
    "page-pmlr-now.txt",
    "page-dblp-now.txt",
    "list-places.md",
    "table-unheaded.md",
    "table-mixed.md",
    "catalogue-scopus.csv",
    "catalogue-ieee.csv",
    "catalogue-acm.csv",
    "catalogue-dimensions.csv",
    "catalogue-lens.csv",
    "catalogue-openalex.csv",
    "catalogue-s2.csv",
    "catalogue-pubmed.csv",
    "catalogue-gs.csv",
    "catalogue-wos.tsv",
    "references-glued.txt",
    "references-ama.txt",
    "references-bullets.txt",
    "references-colon.txt",
    "references-labels.txt",
    "page-hf-votes.txt",
    "page-or-paper.txt",
    "table-papers.md",
    "catalogue-scopus-old.csv",
    "catalogue-wos-plain.txt",
    "catalogue-openalex-short.csv",
    "references-broken.txt",
    "references-jama.txt",
    "references-gbt.txt",
];

const PAPER: &str = "Gears That Turn by Themselves\n\nWe build gears that turn without being asked to. \
A spring of our own design stores what the wind brings by night, at a naïve café’s cost.\n";

#[test]
fn text_is_read_in_any_encoding_and_without_its_control_characters() {
    let utf16 = |unit: fn(u16) -> [u8; 2]| PAPER.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    let marked = |mark: &[u8], rest: Vec<u8>| [mark, &rest].concat();
    let western: Vec<u8> = PAPER
        .chars()
        .map(|c| {
            if c == '’' {
                0x92
            } else {
                u8::try_from(u32::from(c)).unwrap()
            }
        })
        .collect();
    let colours = PAPER.replace("Gears", "\u{1b}[1;31mGears\u{1b}[0m");
    for (name, bytes, code) in [
        (
            "utf-8 with a mark",
            marked(b"\xef\xbb\xbf", PAPER.into()),
            None,
        ),
        (
            "utf-16 le with a mark",
            marked(b"\xff\xfe", utf16(u16::to_le_bytes)),
            None,
        ),
        (
            "utf-16 be with a mark",
            marked(b"\xfe\xff", utf16(u16::to_be_bytes)),
            None,
        ),
        ("utf-16 le", utf16(u16::to_le_bytes), None),
        ("utf-16 be", utf16(u16::to_be_bytes), None),
        ("windows-1252", western, Some("encoding")),
        (
            "padding behind",
            [PAPER.as_bytes(), &[0; 65_536]].concat(),
            Some("control-characters"),
        ),
        (
            "padding before",
            [&[0; 4096], PAPER.as_bytes()].concat(),
            Some("control-characters"),
        ),
        ("colours", colours.into_bytes(), Some("control-characters")),
    ] {
        let got = import("day.txt", bytes);
        assert_eq!(balance(&got.report), "1 read, 1 new", "{name}");
        let codes: Vec<&Value> = diagnostics(&got.report)
            .iter()
            .map(|d| &d["code"])
            .collect();
        assert_eq!(codes, code.into_iter().collect::<Vec<_>>(), "{name}");
        assert!(
            got.papers[0].starts_with("Gears That Turn by Themselves | We build"),
            "{name}"
        );
        assert!(
            got.papers[0].ends_with("naïve café’s cost."),
            "{name}: {}",
            got.papers[0]
        );
    }
    // Japanese as written on Windows.
    let shift_jis = b"\x90\x5b\x91\x77\x8a\x77\x8f\x4b\x82\xc9\x82\xe6\x82\xe9\x89\xe6\x91\x9c\x94\x46\x8e\xaf\n\n\
\x96\x7b\x98\x5f\x95\xb6\x82\xc5\x82\xcd\x90\x56\x82\xb5\x82\xa2\x8e\xe8\x96\x40\x82\xf0\x92\xf1\x88\xc4\x82\xb7\x82\xe9\x81\x42\n";
    let got = import("day.txt", shift_jis);
    assert_eq!(
        got.papers,
        ["深層学習による画像認識 | 本論文では新しい手法を提案する。"]
    );
}

#[test]
fn a_lone_surrogate_loses_no_json_paper() {
    let lines = "{\"title\": \"Gears \\ud83d\", \"abstract\": \"They turn.\"}\n{\"title\": \"Lamps \\ud83d\\ude00\"}\n";
    for (name, text) in [
        ("day.jsonl", lines.to_owned()),
        ("day.json", format!("[{}]", lines.trim().replace('\n', ","))),
    ] {
        let got = import(name, text);
        assert_eq!(balance(&got.report), "2 read, 2 new", "{name}");
        assert_eq!(
            got.papers,
            ["Gears \u{fffd} | They turn.", "Lamps 😀"],
            "{name}"
        );
        let all = diagnostics(&got.report);
        assert_eq!(all.len(), 1, "{all:?}");
        assert_eq!(
            (&all[0]["code"], &all[0]["line"]),
            (&"lone-surrogate".into(), &1.into())
        );
    }
}

#[test]
fn binary_files_are_refused() {
    let noise: Vec<u8> = (0..4000_u32)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 11) as u8)
        .collect();
    for bytes in [
        noise,
        b"\x7fELF\x02\x01\x01\0\0\0\0\0".to_vec(),
        vec![0; 4096],
    ] {
        let site = Site::new().file("in/day.txt", bytes);
        site.import("in/day.txt")
            .date("2025-03-14")
            .fail()
            .stderr_contains("not a text file");
        assert!(!site.has("content/papers"));
    }
}

#[test]
fn a_dry_run_lists_what_it_would_import() {
    let site = Site::new().file(
        "in/day.txt",
        PAPER.replace("\n\nWe", "\nJane Doe, John Roe\n\nWe"),
    );
    let said = site
        .import("in/day.txt")
        .date("2025-03-14")
        .arg("--dry-run")
        .succeed()
        .stdout;
    for part in [
        "1  Gears That Turn by Themselves\n",
        "Jane Doe, John Roe\n",
        "We build gears that turn",
    ] {
        assert!(said.contains(part), "{part} in\n{said}");
    }
    assert!(!site.has("content/papers"));
}

#[test]
fn records_that_look_misread_are_reported_with_lines() {
    let long = "Gears turn, and we say why they do. ".repeat(12);
    for (text, code, line) in [
        ("Gears That Turn by Themselves Jane Doe, John Roe, Ann Poe\n\nWe build gears that turn. They do.\n".to_owned(), "suspect", 1),
        ("Title: [pdf] [supp] Gears That Turn\nAbstract: We build gears.\n".to_owned(), "suspect", 1),
        (
            format!("- [Gears That Turn](https://a.test/1)\n- [Lamps for Cellars](https://a.test/2)\n- [Moss on Stones](https://a.test/3)\n\n{long}\n"),
            "no-abstracts",
            5,
        ),
    ] {
        let got = import("day.txt", &text);
        let found = diagnostics(&got.report).iter().any(|d| d["code"] == code && d["line"] == line);
        assert!(found, "{code} at {line} for\n{text}\n{}", got.report);
    }
}

/// Twice the input takes about twice the time. Four times would not be linear.
#[test]
fn hostile_feeds_take_linear_time() {
    for (name, begin, piece, n) in [
        (
            "declarations",
            "<rss><channel><item><!bad</item>",
            "<",
            100_000,
        ),
        ("comments", "<rss><channel>", "<item><!-- ", 50_000),
        ("CDATA", "<rss><channel>", "<item><![CDATA[ ", 50_000),
        ("quotes", "<rss><channel>", "<item \"", 50_000),
        (
            "one line",
            "<rss><channel>",
            "<item><title/></item>",
            20_000,
        ),
        (
            "a text of signs",
            "<rss><channel><item><title>A</title><description>",
            "&lt;",
            100_000,
        ),
    ] {
        let site = Site::new().file("in/a.xml", format!("{begin}{}", piece.repeat(n)));
        let start = std::time::Instant::now();
        let _ = site.import("in/a.xml").date("2025-03-14").outcome();
        let took = start.elapsed();
        assert!(took.as_secs() < 20, "{name}: {took:?}");
    }
}

/// A digest in an e-mail has the date it was sent, unless the user gives another.
#[test]
fn a_digest_in_an_email_has_the_emails_date() {
    for (date, want) in [(None, "2025-03-07"), (Some("2025-03-14"), "2025-03-14")] {
        let site = Site::new().file("in/digest.eml", fixture("mail-digest.eml"));
        let import = site.import("in/digest.eml");
        let report = match date {
            Some(date) => import.date(date).report(),
            None => import.report(),
        };
        assert_eq!(balance(&report), "2 read, 2 new");
        let exported = site.offprint(&["export"]).succeed().stdout;
        for line in exported.lines() {
            let paper: Value = serde_json::from_str(line).unwrap();
            assert_eq!(paper["date"], want);
        }
    }
}
