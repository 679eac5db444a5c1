//! Bibliographies: BibTeX, BibLaTeX, RIS, CSL-JSON and Crossref are read
//! completely, including what people and programs get wrong.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::Site;

fn case(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/cases");
    fs::read(folder.join(name)).unwrap()
}

/// The papers of a site's export, without fields derived from the digest or the
/// title.
fn papers(site: &Site) -> Vec<Value> {
    let exported = site.offprint(&["export"]).succeed().stdout;
    let lines = exported.lines().map(|line| {
        let mut paper: Value = serde_json::from_str(line).unwrap();
        let fields = paper.as_object_mut().unwrap();
        for name in [
            "slug",
            "url",
            "date",
            "digests",
            "related",
            "topics",
            "short",
            "summary",
            "abstract_html",
        ] {
            fields.remove(name);
        }
        fields.sort_keys();
        paper
    });
    lines.collect()
}

fn imported(name: &str, bytes: impl AsRef<[u8]>) -> (Site, Value) {
    let file = format!("in/{name}");
    let site = Site::new().file(&file, bytes);
    let report = site.import(file).date("2025-03-14").arg("--json");
    // If nothing can be read, the import fails but still reports.
    let report = report.outcome().json();
    (site, report)
}

fn codes(report: &Value) -> Vec<(String, u64)> {
    let said = report["diagnostics"].as_array().unwrap().iter();
    said.map(|said| {
        let code = said["code"].as_str().unwrap().to_owned();
        (code, said["line"].as_u64().unwrap_or_default())
    })
    .collect()
}

fn authors(names: &[&str]) -> Value {
    names.iter().map(|name| json!({ "name": name })).collect()
}

/// Inputs that bibliography readers got wrong, here or elsewhere. The snapshots
/// contain every field of every paper.
const CASES: [&str; 46] = [
    "01-csl-year-as-string.json",
    "02-json-wrapper-record-a-line.json",
    "03-bib-quotes-in-braces.bib",
    "04-bib-crossref-doi.bib",
    "05-bib-braced-commands.bib",
    "06-bib-ampersand-in-venue.bib",
    "07-bib-and-others.bib",
    "08-bib-corporate-author.bib",
    "08-bib-corporate-author.json",
    "09-compound-family-names.bib",
    "09-compound-family-names.json",
    "10-bib-tilde-in-url.bib",
    "12-dblp-number-suffix.bib",
    "14-ris-semicolons.ris",
    "19-doi-percent-encoded.bib",
    "19-doi-percent-encoded.ris",
    "20-two-dois.bib",
    "22-bib-month.bib",
    "25-crossref-details-amp.json",
    "25-crossref-details.json",
    "27-biblatex-extended-names.bib",
    "28-stacked-accents.bib",
    "29-cjk-names.bib",
    "31-books-and-chapters.bib",
    "31-books-and-chapters.ris",
    "33-ris-dates.ris",
    "34-ads-macros.bib",
    "35-two-authors-of-one-name.bib",
    "variants-lists.bib",
    "variants-values.bib",
    "variants-dblp.bib",
    "variants.ris",
    "variants.nbib",
    "variants-wos.txt",
    "variants.enw",
    "variants-endnote.xml",
    "variants-pubmed.xml",
    "variants.rdf",
    "variants-mods.xml",
    "variants-csl.json",
    "variants-arxiv.xml",
    "variants-crossref.json",
    "variants-openreview.json",
    "variants-scholar.txt",
    "variants-scholar.csv",
    "variants-references.txt",
];

#[test]
fn each_case_is_read_completely() {
    for name in CASES {
        let (site, report) = imported(name, case(name));
        assert_eq!(report["total"]["rejected"], 0, "{name}");
        let mut lines: Vec<String> = papers(&site).iter().map(Value::to_string).collect();
        for (code, line) in codes(&report) {
            lines.push(format!("{code} in line {line}"));
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("snapshots");
        settings.set_prepend_module_to_snapshot(false);
        let _bound = settings.bind_to_scope();
        insta::assert_snapshot!(format!("case-{}", name.replace('.', "-")), lines.join("\n"));
    }
}

#[test]
fn names_and_dates_reach_every_export() {
    for (name, bibtex, ris) in [
        (
            "07-bib-and-others.bib",
            vec!["Aalto, Georg and others"],
            vec!["AU  - Aalto, Georg"],
        ),
        (
            "08-bib-corporate-author.bib",
            vec!["{{Widget developers}}", "{Smith and Sons, Inc.}"],
            vec!["Smith and Sons, Inc."],
        ),
        (
            "09-compound-family-names.bib",
            vec!["García Márquez, Gabo", "Delgado de Vega"],
            vec!["AU  - Ruiz y Blasco, Pablo"],
        ),
        (
            "22-bib-month.bib",
            vec!["month = mar"],
            vec!["DA  - 2001/03"],
        ),
        (
            "27-biblatex-extended-names.bib",
            vec!["van den Bergh, Hendrik and Stone, Jr., Ada"],
            vec!["AU  - Stone, Ada, Jr."],
        ),
        (
            "29-cjk-names.bib",
            vec!["李, 明 and 王, 小明"],
            vec!["AU  - 李, 明"],
        ),
        (
            "31-books-and-chapters.bib",
            vec!["@incollection{n6", "@book{n5", "editor"],
            vec!["TY  - CHAP", "TY  - BOOK"],
        ),
    ] {
        let (site, _) = imported(name, case(name));
        for (format, wanted) in [("bibtex", bibtex), ("ris", ris)] {
            let exported = site
                .offprint(&["export", "--format", format])
                .succeed()
                .stdout;
            for text in wanted {
                assert!(exported.contains(text), "{name}: {text}\n{exported}");
            }
        }
    }
}

/// Jekyll's themes for sites of labs put files of their own and the addresses of pages
/// into fields that BibTeX does not know.
#[test]
fn the_bibliography_of_a_jekyll_site_gives_identifiers_and_links() {
    let (site, report) = imported(
        "papers.bib",
        "---\n---\n\n@inproceedings{apple2024, title={Grafting at Night}, author={Apple, Ada},\n\
         booktitle={OrchConf}, year={2024}, arxiv={2405.01234}, html={https://orchard.test/g},\n\
         website={https://graft.test/}, pdf={grafting.pdf}, slides={a.pdf}, selected={true}}\n\
         @inproceedings{birch2024, title={Shade}, author={Birch, Ben}, year={2024},\n\
         pdf={orchard.test/shade.pdf}}\n",
    );
    assert_eq!(report["total"]["new"], 2, "{report}");
    let mut papers = papers(&site);
    papers.sort_by_key(|paper| paper["title"].to_string());
    assert_eq!(papers[0]["ids"], json!(["arxiv:2405.01234"]));
    assert_eq!(
        papers[0]["links"],
        json!({"paper": "https://orchard.test/g", "project": "https://graft.test/"})
    );
    assert_eq!(
        papers[1]["links"],
        json!({"pdf": "https://orchard.test/shade.pdf"})
    );
    let said = report["diagnostics"].to_string();
    for name in ["`pdf`", "`slides`", "`selected`"] {
        assert!(said.contains(name), "{name}: {said}");
    }
    for name in ["`arxiv`", "`html`", "`website`"] {
        assert!(!said.contains(name), "{name}: {said}");
    }
}

#[test]
fn values_macros_and_inheritance_are_read_as_bibtex_reads_them() {
    let (site, report) = imported("variants.bib", case("variants.bib"));
    let said = codes(&report);
    let has = |code: &str, line: u64| said.contains(&(code.to_owned(), line));
    assert!(has("bibtex", 13), "a comma is missing: {said:?}");
    assert!(has("bibtex", 18), "a quotation mark is missing: {said:?}");
    assert_eq!(report["total"]["rejected"], 1, "{report:#}");
    let got = papers(&site);
    let want = vec![
        json!({"title": "The \"A\" and the ö: a x₁ study", "ids": ["doi:10.1000/abc.1"], "authors": authors(&["Văn Nguyễn", "Ana D’Souza"]), "published": "2001-05", "year": 2001, "venue": "Journal of Names", "publication": {"kind": "article", "number": "3", "pages": "1–9"}, "citation_key": "one"}),
        json!({"title": "A child", "ids": ["doi:10.1000/two"], "authors": authors(&["Jane Doe"]), "published": "2020-04-02", "year": 2020, "venue": "Proceedings of the VLDB: Volume One", "publication": {"kind": "inproceedings", "publisher": "Data & Press", "series": "A Series"}, "citation_key": "two"}),
        json!({"title": "Another child", "authors": authors(&["R. Roe"]), "year": 2021, "venue": "Proceedings of the VLDB: Volume One", "publication": {"kind": "inproceedings", "publisher": "Data & Press", "series": "A Series"}, "citation_key": "three"}),
        json!({"title": "After the broken one", "authors": authors(&["A. Poe"]), "year": 1999, "links": {"paper": "http://four.test/a_b"}, "citation_key": "four"}),
        json!({"title": "A Thesis", "ids": ["arxiv:hep-th/0301001"], "authors": authors(&["Ann Poe"]), "published": "2003-01-13", "year": 2003, "venue": "University of Åbo", "publication": {"kind": "mastersthesis"}, "citation_key": "five"}),
    ];
    assert_eq!(got, want, "{report:#}");
}

#[test]
fn names_with_two_ands_are_read() {
    for (names, want) in [
        (
            "John Smith and and Terry Brown",
            vec!["John Smith", "Terry Brown"],
        ),
        (
            "and John Smith AND\n and Terry Brown and",
            vec!["John Smith", "Terry Brown"],
        ),
        ("and and and", vec![]),
        (
            "{A and B} and {{C and D, Inc.}}",
            vec!["A and B", "C and D, Inc."],
        ),
    ] {
        let entry = format!("@misc{{a, title = {{T}}, author = {{{names}}}}}");
        let (site, _) = imported("a.bib", entry);
        let got = papers(&site);
        let names = got[0].get("authors").cloned().unwrap_or_else(|| json!([]));
        assert_eq!(names, authors(&want));
    }
}

/// Macros that double, an entry that many inherit from, and one that inherits from
/// itself: excessive growth is rejected with its line, and the rest is read.
#[test]
fn expansion_is_bounded() {
    let mut doubling = String::from("@string{m0 = \"xxxxxxxxxx\"}\n");
    for n in 1..=40 {
        doubling += &format!("@string{{m{n} = m{} # m{}}}\n", n - 1, n - 1);
    }
    doubling += "@misc{a, title = {Too much}, note = m40}\n@misc{b, title = {Fine}, note = m2}\n";
    let (site, report) = imported("a.bib", &doubling);
    assert_eq!(codes(&report), [("too-large".to_owned(), 42)], "{report:#}");
    let found = papers(&site);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["comment"], "x".repeat(40));

    // Long values used repeatedly, through macros and inheritance.
    let long = "x".repeat(60_000);
    let many = format!("@string{{m = \"{long}\"}}\n") + &"@misc{a, title = {A}, note = m # m # m # m # m # m # m # m # m # m # m # m # m # m # m # m # m # m}\n".repeat(60);
    let heirs = format!("@proceedings{{p, title = {{P}}, series = {{{long}}}}}\n")
        + &(0..300)
            .map(|n| format!("@inproceedings{{c{n}, title = {{C {n}}}, crossref = {{p}}}}\n"))
            .collect::<String>();
    let ring = "@misc{a, title = {A}, crossref = {b}, xdata = {a}}\n@misc{b, title = {B}, crossref = {a}}\n";
    for (text, read) in [(many, 60), (heirs, 300), (ring.to_owned(), 2)] {
        let begun = Instant::now();
        let (_, report) = imported("a.bib", &text);
        assert_eq!(report["total"]["read"], read, "{}", report["total"]);
        assert!(begun.elapsed() < Duration::from_secs(60));
    }
}

/// YAML aliases and XML entities grow in the same way as macros.
#[test]
fn aliases_and_entities_are_bounded() {
    let mut yaml =
        String::from("- title: Fine\n- title: Much\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    let mut xml =
        String::from("<?xml version=\"1.0\"?>\n<!DOCTYPE feed [<!ENTITY e0 \"xxxxxxxxxx\">\n");
    for n in 1..=40 {
        let before = n - 1;
        yaml += &format!("  a{n}: &a{n} [*a{before}, *a{before}]\n");
        xml += &format!("<!ENTITY e{n} \"&e{before};&e{before};\">\n");
    }
    yaml += "- title: Fine too\n";
    xml += "]>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title>&e40;</title></entry><entry><title>Fine</title></entry><entry><title>Fine too</title></entry></feed>";
    for (name, text) in [("a.yaml", yaml), ("a.xml", xml)] {
        let begun = Instant::now();
        let (site, report) = imported(name, &text);
        let titles = site.offprint(&["export"]).succeed().stdout;
        assert!(
            titles.contains("\"Fine\"") && titles.contains("\"Fine too\""),
            "{name}: {report:#}"
        );
        assert!(titles.len() < 100_000, "{name}");
        assert!(begun.elapsed() < Duration::from_secs(30), "{name}");
    }
}

/// Inputs that once took quadratic time.
#[test]
fn long_values_take_linear_time() {
    let names = format!(
        "@misc{{a, title = {{A}}, author = {{{}}}}}\n@misc{{b, title = {{B}}}}\n",
        "ab ".repeat(250_000)
    );
    let signs = format!(
        "TY  - JOUR\nTI  - A\nAB  - {}\nER  - \nTY  - JOUR\nTI  - B\nER  - \n",
        "<".repeat(800_000)
    );
    let tags = format!(
        "TY  - JOUR\nTI  - A\nAB  - {}\nER  - \nTY  - JOUR\nTI  - B\nER  - \n",
        "<a".repeat(400_000)
    );
    let accents = format!(
        "@misc{{a, title = {{{}}}}}\n@misc{{b, title = {{B}}}}\n",
        "\\'".repeat(400_000)
    );
    let escapes = format!("{}\n", "\\x".repeat(600_000));
    for (name, text) in [
        ("names.bib", names),
        ("signs.ris", signs),
        ("tags.ris", tags),
        ("accents.bib", accents),
    ] {
        let begun = Instant::now();
        let (site, report) = imported(name, &text);
        assert_eq!(report["total"]["read"], 2, "{name}: {}", report["total"]);
        let papers = papers(&site);
        assert!(papers.iter().any(|paper| paper["title"] == "B"), "{name}");
        assert!(
            begun.elapsed() < Duration::from_secs(20),
            "{name}: {:?}",
            begun.elapsed()
        );
    }
    let site = Site::new().file(
        "content/papers/a.md",
        format!("+++\ntitle = \"{}\"\n+++\n", escapes.trim()),
    );
    let begun = Instant::now();
    site.build().fail();
    assert!(
        begun.elapsed() < Duration::from_secs(20),
        "{:?}",
        begun.elapsed()
    );
}

#[test]
fn ris_is_read_as_programs_write_it() {
    let text = "\u{feff}ty - CPAPER\r\nti - Hedges as\r\n   walls\r\nau - Doe, Jane\r\nau - Roe, R.\r\nda - 2024 May 3\r\npy - 2024\r\nab - AI - based methods\r\nin - depth\r\nt2 - Hedge Conference\r\ndo - https://doi.org/10.1000%2Fhedge.1\r\nkw - a\r\nb; c\r\nty - JOUR\r\nti - No end\r\ny1 - 20230708\r\n";
    let (site, report) = imported("a.ris", text);
    let want = vec![
        json!({"title": "Hedges as walls", "ids": ["doi:10.1000/hedge.1"], "authors": authors(&["Jane Doe", "R. Roe"]), "published": "2024-05-03", "year": 2024, "venue": "Hedge Conference", "keywords": ["a", "b", "c"], "abstract": "AI - based methods in - depth", "publication": {"kind": "inproceedings"}}),
        json!({"title": "No end", "published": "2023-07-08", "year": 2023, "publication": {"kind": "article"}}),
    ];
    assert_eq!(papers(&site), want, "{report:#}");
    assert_eq!(codes(&report), [("cut-off".to_owned(), 14)]);
}

/// A journal's recurring columns stay separate papers. "et al." never becomes an
/// author in an export, and is read back correctly.
#[test]
fn recurring_columns_stay_separate_and_et_al_is_nobody() {
    let entry = |key: &str, rest: &str| {
        format!(
            "@article{{{key}, title={{Editorial}}, author={{Doe, Jane and others}}, journal={{J. of Gears}}, {rest}}}\n"
        )
    };
    let text = entry("a", "volume=1, year=2001, pages={1--2}")
        + &entry("b", "volume=2, year=2002, pages={1--2}")
        + &entry("c", "volume=2, year=2002, pages={1–2}")
        + &entry("d", "volume=2, year=2002, pages={9}");
    let (site, report) = imported("a.bib", &text);
    let total = &report["total"];
    assert_eq!((&total["new"], &total["merged"]), (&json!(3), &json!(1)));
    for (format, wanted) in [
        ("ris", "N1  - Not all authors are named (et al.)\r\n"),
        ("bibtex", "author = {Doe, Jane and others}"),
        ("csl-json", "{\"literal\":\"others\"}"),
    ] {
        let exported = site
            .offprint(&["export", "--format", format])
            .succeed()
            .stdout;
        assert!(exported.contains(wanted), "{format}: {exported}");
        let named = exported.replace(wanted, "");
        assert!(!named.contains("et al"), "{format}: {exported}");
        let (again, _) = imported("again", exported);
        let read = papers(&again);
        assert_eq!(read.len(), 3, "{format}");
        for paper in read {
            assert_eq!(
                paper["authors"],
                authors(&["Jane Doe", "et al."]),
                "{format}"
            );
            assert_eq!(paper["comment"], Value::Null, "{format}");
        }
    }
}

/// If a digest is imported again with a corrected year, it is still the same paper.
#[test]
fn a_corrected_digest_adds_no_second_paper() {
    let text = "@article{a, title={On Gears}, author={Doe, Jane}, journal={J. of Gears}, volume=1, year=2001}\n";
    let site = Site::new().file("in/a.bib", text);
    site.import("in/a.bib").date("2025-03-14").succeed();
    let site = site.file(
        "in/a.bib",
        text.replace("volume=1, year=2001", "volume=2, year=2002"),
    );
    let report = site
        .import("in/a.bib")
        .date("2025-03-14")
        .arg("--json")
        .outcome()
        .json();
    assert_eq!(report["total"]["updated"], 1, "{report:#}");
    let found = papers(&site);
    assert_eq!((found.len(), &found[0]["year"]), (1, &json!(2002)));
}

#[test]
fn consecutive_json_values_are_all_read() {
    for (text, read) in [
        ("{\n \"title\": \"A\"\n}\n{\n \"title\": \"B\"\n}\n", 2),
        ("[{\"title\": \"A\"}]\n[{\"title\": \"B\"}]\n", 2),
        (
            "{\"n\": 2, \"papers\": [\n{\"title\": \"A\"},\n{\"title\": \"B\", \"citations\": NaN}\n]}",
            2,
        ),
        (
            "{\"papers\": [\n{\"title\": \"A\"},\n{\"title\": \"B\"},\n",
            2,
        ),
    ] {
        let (site, report) = imported("a.json", text);
        assert_eq!(report["total"]["read"], read, "{text}\n{report:#}");
        assert_eq!(papers(&site).len(), 2, "{text}");
    }
    let (_, report) = imported("a.json", "[{\"title\": \"A\"}]\n]\n{\"title\": \"B\"}");
    assert!(
        codes(&report).contains(&("stray-text".to_owned(), 2)),
        "{report:#}"
    );
}
