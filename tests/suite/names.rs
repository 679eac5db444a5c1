//! Names, kinds and dates: what a source says reaches the page and every citation,
//! and survives a round trip.

use serde_json::{Value, json};

use crate::support::{Site, digest};

/// All forms of names: as the source gives them, in front matter, and in BibTeX,
/// RIS and CSL.
fn people() -> Vec<(Value, &'static str, &'static str, &'static str, Value)> {
    vec![
        (
            json!("Jiawei Zhao"),
            "\"Jiawei Zhao\"",
            "Zhao, Jiawei",
            "Zhao, Jiawei",
            json!({"family": "Zhao", "given": "Jiawei"}),
        ),
        (
            json!({"family": "García Márquez", "given": "Gabo"}),
            "{ family = \"García Márquez\", given = \"Gabo\" }",
            "García Márquez, Gabo",
            "García Márquez, Gabo",
            json!({"family": "García Márquez", "given": "Gabo"}),
        ),
        (
            json!({"family": "Bergh", "given": "Hendrik", "non-dropping-particle": "van den", "suffix": "Jr."}),
            "\"Hendrik van den Bergh Jr.\"",
            "van den Bergh, Jr., Hendrik",
            "van den Bergh, Hendrik, Jr.",
            json!({"family": "Bergh", "given": "Hendrik", "non-dropping-particle": "van den", "suffix": "Jr."}),
        ),
        (
            json!({"literal": "Smith Lakeside"}),
            "{ literal = \"Smith Lakeside\" }",
            "{Smith Lakeside}",
            "Smith Lakeside",
            json!({"literal": "Smith Lakeside"}),
        ),
        (
            json!({"literal": "Smith and Sons, Inc."}),
            "\"Smith and Sons, Inc.\"",
            "{Smith and Sons, Inc.}",
            "Smith and Sons, Inc.",
            json!({"literal": "Smith and Sons, Inc."}),
        ),
        (
            json!("The FOO Collaboration"),
            "\"The FOO Collaboration\"",
            "{The FOO Collaboration}",
            "The FOO Collaboration",
            json!({"literal": "The FOO Collaboration"}),
        ),
        (
            json!("李, 明"),
            "{ family = \"李\", given = \"明\" }",
            "李, 明",
            "李, 明",
            json!({"family": "李", "given": "明"}),
        ),
        (
            json!("王小明"),
            "\"王小明\"",
            "{王小明}",
            "王小明",
            json!({"literal": "王小明"}),
        ),
        (
            json!("Doe J."),
            "\"J. Doe\"",
            "Doe, J.",
            "Doe, J.",
            json!({"family": "Doe", "given": "J."}),
        ),
        (
            json!("van der Berg PA"),
            "\"van der Berg PA\"",
            "van der Berg, PA",
            "van der Berg, PA",
            json!({"family": "Berg", "given": "P. A.", "non-dropping-particle": "van der"}),
        ),
        (
            json!("Wei Wang 0001"),
            "\"Wei Wang\"",
            "Wang, Wei",
            "Wang, Wei",
            json!({"family": "Wang", "given": "Wei"}),
        ),
        (
            json!("others"),
            "\"et al.\"",
            "others",
            "",
            json!({"literal": "others"}),
        ),
    ]
}

#[test]
fn a_name_keeps_its_parts_from_the_source_to_the_last_export() {
    let names: Vec<Value> = people().into_iter().map(|(source, ..)| source).collect();
    let paper = json!({"title": "On Names", "authors": names, "editors": ["Ed Itor"], "year": 2020, "type": "chapter", "venue": "Book of Names"});
    let site = Site::new().file("a.jsonl", digest(&[paper]));
    site.import("a.jsonl").date("2025-01-01").succeed();
    let page = site.read("content/papers/2025/on-names.md");
    let bibtex = site
        .offprint(&["export", "--format", "bibtex"])
        .succeed()
        .stdout;
    let ris = site
        .offprint(&["export", "--format", "ris"])
        .succeed()
        .stdout;
    let csl = site
        .offprint(&["export", "--format", "csl-json"])
        .succeed()
        .stdout;
    let csl: Value = serde_json::from_str(&csl).unwrap();
    let mut spelled = Vec::new();
    for (at, (source, front, bib, sorted, person)) in people().into_iter().enumerate() {
        assert!(page.contains(front), "{source}: {front} in\n{page}");
        // Unnamed people are not authors in RIS.
        let line = match sorted {
            "" => "N1  - Not all authors are named (et al.)\r\n".to_owned(),
            sorted => format!("AU  - {sorted}\r\n"),
        };
        assert!(ris.contains(&line), "{source}: {sorted} in\n{ris}");
        assert_eq!(csl[0]["author"][at], person, "{source}");
        spelled.push(bib);
    }
    let authors = format!("author = {{{}}}", spelled.join(" and "));
    assert!(bibtex.contains(&authors), "{authors} in\n{bibtex}");
    for (written, wanted) in [
        (&bibtex, "@incollection{zhao2020names,"),
        (&bibtex, "editor = {Itor, Ed}"),
        (&bibtex, "booktitle = {Book of Names}"),
        (&ris, "TY  - CHAP"),
        (&ris, "A2  - Itor, Ed"),
    ] {
        assert!(written.contains(wanted), "{wanted} in\n{written}");
    }

    assert!(!ris.contains("- et al."), "{ris}");

    // Exports are read back unchanged.
    let jsonl = site
        .offprint(&["export", "--format", "jsonl"])
        .succeed()
        .stdout;
    let again = Site::new().file("a.jsonl", jsonl);
    again.import("a.jsonl").succeed();
    let read = again.read("content/papers/2025/on-names.md");
    let line = |page: &str| {
        let line = page.lines().find(|line| line.starts_with("authors = "));
        line.unwrap_or_default().to_owned()
    };
    assert_eq!(line(&read), line(&page));
}

#[test]
fn a_date_is_as_precise_in_citations_as_its_source() {
    for (said, front, month, ris, csl) in [
        (
            json!("2001-09-03"),
            "2001-09-03",
            "sep",
            "2001/09/03",
            json!({"date-parts": [[2001, 9, 3]]}),
        ),
        (
            json!("2001-09"),
            "\"2001-09\"",
            "sep",
            "2001/09",
            json!({"date-parts": [[2001, 9]]}),
        ),
        (
            json!("September 2001"),
            "\"2001-09\"",
            "sep",
            "2001/09",
            json!({"date-parts": [[2001, 9]]}),
        ),
        (
            json!("Summer 2001"),
            "\"2001-summer\"",
            "{summer}",
            "2001///summer",
            json!({"date-parts": [[2001]], "season": 2}),
        ),
    ] {
        let paper = json!({"title": "On Days", "published": said, "type": "journal-article"});
        let site = Site::new().file("a.jsonl", digest(&[paper]));
        site.import("a.jsonl").date("2025-01-01").succeed();
        let page = site.read("content/papers/2025/on-days.md");
        assert!(page.contains(&format!("\npublished = {front}\n")), "{page}");
        let bibtex = site
            .offprint(&["export", "--format", "bibtex"])
            .succeed()
            .stdout;
        assert!(bibtex.contains(&format!("month = {month}")), "{bibtex}");
        let written = site
            .offprint(&["export", "--format", "ris"])
            .succeed()
            .stdout;
        assert!(written.contains(&format!("DA  - {ris}\r\n")), "{written}");
        let written = site
            .offprint(&["export", "--format", "csl-json"])
            .succeed()
            .stdout;
        let written: Value = serde_json::from_str(&written).unwrap();
        assert_eq!(written[0]["issued"], csl, "{said}");
        site.build().succeed();
    }
}

#[test]
fn custom_fields_and_keys_survive_imports_and_exports() {
    let first = json!({"title": "Own Things", "ids": ["doi:10.1000/own"], "citation_key": "Own:1999", "year": 1999});
    let second = json!({"title": "Own Things, Revised", "ids": ["doi:10.1000/own"], "year": 1999});
    let site = Site::new()
        .file("a.jsonl", digest(&[first]))
        .file("b.jsonl", digest(&[second]));
    site.import("a.jsonl").date("2025-01-01").succeed();
    let page = "content/papers/2025/own-things.md";
    let extra =
        "extra.rating = 5\nextra.\"read by\" = [\"Ada\", { name = \"Ben\", when = 2025-01-02 }]\n";
    site.replace(page, "imported.title", &format!("{extra}imported.title"));
    site.import("b.jsonl").date("2025-01-08").succeed();
    let text = site.read(page);
    assert!(text.contains("Revised") && text.contains(extra), "{text}");
    let bibtex = site
        .offprint(&["export", "--format", "bibtex"])
        .succeed()
        .stdout;
    assert!(bibtex.starts_with("@misc{Own:1999,"), "{bibtex}");
    let jsonl = site
        .offprint(&["export", "--format", "jsonl"])
        .succeed()
        .stdout;
    let exported: Value = serde_json::from_str(&jsonl).unwrap();
    let want = json!({"rating": 5, "read by": ["Ada", {"name": "Ben", "when": "2025-01-02"}]});
    assert_eq!(
        (&exported["extra"], &exported["citation_key"]),
        (&want, &json!("Own:1999"))
    );
    let again = Site::new().file("a.jsonl", jsonl).file(
        "templates/paper.html",
        "{{ paper.extra.rating }} {{ paper.extra[\"read by\"][1].name }}",
    );
    again.import("a.jsonl").succeed();
    again.build().succeed();
    assert_eq!(
        again
            .read("public/papers/own-things-revised/index.html")
            .trim(),
        "5 Ben"
    );
}

#[test]
fn an_unknown_kind_is_kept_and_reported() {
    let site = Site::new().file(
        "content/papers/a.md",
        "+++\ntitle = \"A\"\n[publication]\nkind = \"zine\"\n+++\n",
    );
    let run = site.offprint(&["export", "--format", "ris"]).succeed();
    assert!(run.stdout.contains("TY  - GEN"), "{}", run.stdout);
    site.build().succeed().stderr_contains("`zine`");
}
