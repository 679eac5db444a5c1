//! Round trips: what a bibliography says about books, patents and web pages is
//! exported to each format and read back, field by field.

use serde_json::{Value, json};

use crate::support::Site;

/// The papers of a site's export, with the fields that bibliographies hold.
fn papers(site: &Site) -> Vec<Value> {
    const FIELDS: [&str; 9] = [
        "title",
        "authors",
        "editors",
        "year",
        "published",
        "venue",
        "publication",
        "accessed",
        "links",
    ];
    let exported = site.offprint(&["export"]).succeed().stdout;
    let lines = exported.lines().map(|line| {
        let mut paper: Value = serde_json::from_str(line).unwrap();
        let fields = paper.as_object_mut().unwrap();
        fields.retain(|name, _| FIELDS.contains(&name.as_str()));
        fields.sort_keys();
        paper
    });
    lines.collect()
}

fn imported(name: &str, text: &str) -> Site {
    let file = format!("in/{name}");
    let site = Site::new().file(&file, text);
    site.import(file).date("2025-03-14").succeed();
    site
}

const BOOKS: &str = r#"
@book{gears, author = {Jane Doe}, title = {Gears}, publisher = {Foo Press}, year = 2019,
  edition = {2}, isbn = {978-0-262-03384-8}, series = {Slow Machines}, volume = {7}}
@online{page, author = {John Roe}, title = {A Page on Gears}, year = 2021,
  url = {https://gears.test/page}, urldate = {2024-05-06}}
@patent{patent, author = {Ann Poe and Kim Dunn}, title = {Gear with Teeth}, holder = {Gear Works},
  number = {US 1234567 B2}, date = {2020-04}, type = {patentus}, url = {https://patents.test/1}}
@techreport{report, author = {Sam Stone}, title = {On Gears}, institution = {Gear Institute}, number = {TR-7}, year = 2017}
@inproceedings{paper, author = {Tim Birch}, title = {Teeth}, booktitle = {Proceedings of the Gear Conference},
  isbn = {0-262-03384-4}, pages = {9}, year = 2018}
"#;

fn wanted() -> Vec<Value> {
    let authors =
        |names: &[&str]| -> Value { names.iter().map(|name| json!({ "name": name })).collect() };
    vec![
        json!({"authors": authors(&["Jane Doe"]), "publication": {"kind": "book", "volume": "7", "publisher": "Foo Press", "series": "Slow Machines", "edition": "2", "isbn": "978-0-262-03384-8"}, "title": "Gears", "year": 2019}),
        json!({"accessed": "2024-05-06", "authors": authors(&["John Roe"]), "links": {"paper": "https://gears.test/page"}, "publication": {"kind": "webpage"}, "title": "A Page on Gears", "year": 2021}),
        json!({"authors": authors(&["Ann Poe", "Kim Dunn"]), "links": {"paper": "https://patents.test/1"}, "publication": {"kind": "patent", "number": "US 1234567 B2", "publisher": "Gear Works"}, "published": "2020-04", "title": "Gear with Teeth", "year": 2020}),
        json!({"authors": authors(&["Sam Stone"]), "publication": {"kind": "report", "number": "TR-7", "publisher": "Gear Institute"}, "title": "On Gears", "year": 2017}),
        json!({"authors": authors(&["Tim Birch"]), "publication": {"kind": "inproceedings", "pages": "9", "isbn": "0-262-03384-4"}, "title": "Teeth", "venue": "Proceedings of the Gear Conference", "year": 2018}),
    ]
}

#[test]
fn books_patents_and_web_pages_survive_each_format() {
    let site = imported("a.bib", BOOKS);
    let sorted = |mut papers: Vec<Value>| {
        papers.sort_by_key(|paper| paper["title"].to_string());
        papers
    };
    let wanted = sorted(wanted());
    assert_eq!(sorted(papers(&site)), wanted);
    for (format, says) in [
        (
            "bibtex",
            [
                "@patent{patent",
                "edition = {2}",
                "isbn = {978-0-262-03384-8}",
                "urldate = {2024-05-06}",
            ],
        ),
        (
            "ris",
            [
                "TY  - PAT",
                "ET  - 2",
                "SN  - 978-0-262-03384-8",
                "Y2  - 2024/05/06",
            ],
        ),
        (
            "csl-json",
            [
                "\"type\":\"patent\"",
                "\"edition\":\"2\"",
                "\"ISBN\":\"978-0-262-03384-8\"",
                "\"accessed\":{\"date-parts\":[[2024,5,6]]}",
            ],
        ),
    ] {
        let exported = site
            .offprint(&["export", "--format", format])
            .succeed()
            .stdout;
        for text in says {
            assert!(exported.contains(text), "{format}: {text}\n{exported}");
        }
        let again = sorted(papers(&imported("b", &exported)));
        for (got, want) in again.iter().zip(&wanted) {
            assert_eq!(got, want, "{format}\n{exported}");
        }
        assert_eq!(again.len(), wanted.len(), "{format}");
    }
}

/// Other formats with patents, ISBNs and editions.
#[test]
fn patents_and_editions_are_read_from_every_format() {
    for (name, text, want) in [
        (
            "a.ris",
            "TY  - PAT\nAU  - Poe, Ann\nTI  - Gear with Teeth\nPB  - Gear Works\nSN  - US 1234567 B2\nPY  - 2020\nER  - \n",
            json!({"kind": "patent", "number": "US 1234567 B2", "publisher": "Gear Works"}),
        ),
        (
            "a.ris",
            "TY  - RPRT\nAU  - Poe, Ann\nTI  - Report\nSN  - TR-7\nSN  - 978-0-262-03384-8\nPY  - 2020\nER  - \n",
            json!({"kind": "report", "number": "TR-7", "isbn": "978-0-262-03384-8"}),
        ),
        (
            "a.ris",
            "TY  - JOUR\nAU  - Poe, Ann\nTI  - Article\nJO  - Gears\nSN  - 0028-0836\nPY  - 2020\nER  - \n",
            json!({"kind": "article"}),
        ),
        (
            "a.enw",
            "%0 Patent\n%T Gear with Teeth\n%A Poe, Ann\n%I Gear Works\n%@ US 1234567 B2\n%D 2020\n",
            json!({"kind": "patent", "number": "US 1234567 B2", "publisher": "Gear Works"}),
        ),
        (
            "a.enw",
            "%0 Book\n%T Gears\n%A Poe, Ann\n%I Foo Press\n%@ 978-0-262-03384-8 (hardback)\n%7 2nd\n%D 2020\n",
            json!({"kind": "book", "publisher": "Foo Press", "isbn": "978-0-262-03384-8", "edition": "2nd"}),
        ),
        (
            "a.json",
            r#"[{"id": "a", "type": "patent", "title": "Gear with Teeth", "author": [{"family": "Poe", "given": "Ann"}], "number": "US 1234567 B2", "authority": "United States", "issued": {"date-parts": [[2020]]}}]"#,
            json!({"kind": "patent", "number": "US 1234567 B2"}),
        ),
        (
            "a.csv",
            "title,authors,year,type,edition,isbn,accessed\nGears,Ann Poe,2020,book,Second,9780262033848,2024-05-06\n",
            json!({"kind": "book", "edition": "Second", "isbn": "9780262033848"}),
        ),
        (
            "a.json",
            r#"{"message": {"DOI": "10.1000/x", "type": "book", "title": ["Gears"], "ISBN": ["http://id.crossref.org/isbn/9780262033848"], "edition-number": "3", "publisher": "Foo Press", "issued": {"date-parts": [[2020]]}, "author": [{"given": "Ann", "family": "Poe"}], "reference-count": 3, "indexed": {}}}"#,
            json!({"kind": "book", "publisher": "Foo Press", "isbn": "9780262033848", "edition": "3"}),
        ),
    ] {
        let site = imported(name, text);
        assert_eq!(papers(&site)[0]["publication"], want, "{text}");
    }
}

#[test]
fn preamble_commands_are_expanded_in_every_field() {
    let site = imported(
        "a.bib",
        "@preamble{ \"\\newcommand{\\gear}{Zahnrad} \\providecommand{\\sys}[1]{{#1}} \\newcommand{\\Ob}{{\\O}}\" }\n\
         @article{a, title = {A \\sys{GearNet} and the \\gear{} Problem}, author = {\\Ob rsted, Hans and J. \\Ob dg\\aa rd},\n\
         journal = {Journal of \\gear s}, year = 2020}\n",
    );
    let got = papers(&site);
    assert_eq!(got[0]["title"], "A GearNet and the Zahnrad Problem");
    assert_eq!(got[0]["venue"], "Journal of Zahnrads");
    assert_eq!(
        got[0]["authors"],
        json!([{ "name": "Hans Ørsted" }, { "name": "J. Ødgård" }])
    );
}

#[test]
fn comma_separated_names_are_people_and_reported() {
    let file = "@misc{a, title = {A}, author = {Jane Doe, Rick Roe and Tim Poe}}\n\
                @misc{b, title = {B}, author = {Garcia Marquez, Gabriel Jose and Tim Poe}}\n";
    let site = Site::new().file("in/a.bib", file);
    let report = site.import("in/a.bib").date("2025-03-14").report();
    let names = |paper: &Value| -> Vec<String> {
        let list = paper["authors"].as_array().unwrap().iter();
        list.map(|author| author["name"].as_str().unwrap().to_owned())
            .collect()
    };
    let got = papers(&site);
    assert_eq!(names(&got[0]), ["Jane Doe", "Rick Roe", "Tim Poe"]);
    assert_eq!(names(&got[1]), ["Gabriel Jose Garcia Marquez", "Tim Poe"]);
    let said: Vec<(&Value, &Value)> = report["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|said| (&said["code"], &said["line"]))
        .collect();
    assert_eq!(said, [(&json!("names-between-commas"), &json!(1))]);
}
