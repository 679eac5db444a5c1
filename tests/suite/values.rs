//! What programs write into values: Python lists in cells, catalogue headings,
//! markup around words, error messages instead of summaries, replies among papers.

use serde_json::{Value, json};

use crate::support::Site;

/// The papers of a file, by title, and the import's messages.
fn read(name: &str, text: &str) -> (Vec<Value>, String) {
    let site = Site::new().file(name, text);
    let outcome = site.import(name).date("2025-01-01").outcome();
    let said = format!("{}{}", outcome.stdout, outcome.stderr);
    let exported = site.offprint(&["export"]).succeed().stdout;
    let mut papers: Vec<Value> = exported
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    papers.sort_by_key(|paper| paper["title"].to_string());
    (papers, said)
}

/// A paper without derived fields, and with names as text.
fn facts(mut paper: Value) -> Value {
    let fields = paper.as_object_mut().unwrap();
    for added in [
        "slug",
        "url",
        "date",
        "digests",
        "abstract_html",
        "related",
        "topics",
    ] {
        fields.shift_remove(added);
    }
    for people in ["authors", "editors"] {
        if let Some(people) = fields.get_mut(people) {
            let names = people.as_array().unwrap().iter().map(|p| p["name"].clone());
            *people = names.collect();
        }
    }
    paper
}

fn first(name: &str, text: &str) -> (Value, String) {
    let (mut papers, said) = read(name, text);
    assert!(!papers.is_empty(), "{said}");
    (facts(papers.remove(0)), said)
}

#[test]
fn cells_hold_what_python_printed() {
    let (papers, said) = read(
        "in.csv",
        ",title,authors,year,abstract,url,volume,citations\n\
         0,A first row,\"['Jane Doe', \"\"John O'Roe\"\"]\",2021.0,An abstract of it.,https://example.org/p1,12.0,\"1,234\"\n\
         1,B second row,nan,2020,nan,nan,nan,35.0\n\
         2,C third row,None,2020,None,N/A,-,\n",
    );
    let papers: Vec<Value> = papers.into_iter().map(facts).collect();
    assert_eq!(
        papers[0],
        json!({
            "title": "A first row", "authors": ["Jane Doe", "John O'Roe"], "year": 2021,
            "links": {"paper": "https://example.org/p1"}, "metrics": {"citations": 1234},
            "publication": {"volume": "12"}, "summary": "An abstract of it.", "abstract": "An abstract of it.",
        })
    );
    assert_eq!(
        papers[1],
        json!({"title": "B second row", "year": 2020, "metrics": {"citations": 35}})
    );
    assert_eq!(papers[2], json!({"title": "C third row", "year": 2020}));
    assert!(!said.contains("note"), "{said}");
}

#[test]
fn every_catalogue_has_its_own_headings() {
    for (name, text, want) in [
        (
            "scopus.csv",
            "\u{feff}Authors;Author full names;Author(s) ID;Title;Year;Source title;Volume;Issue;Art. No.;Page start;Page end;Page count;Cited by;DOI;Link;Abstract;Author Keywords;Index Keywords;Publisher;ISSN;Language of Original Document;Document Type;Source;EID\n\
             \"Doe J.; De Vega M.\";\"Doe, Jane (57190000000); De Vega, Maria (57190000001)\";\"1; 2\";\"A row of Scopus\";2023;\"Journal of Rows\";12;3;;\"101\";\"110\";10;7;\"10.1000/s.1\";\"https://www.scopus.com/x\";\"We do\nit.\";\"rows; columns\";\"other\";\"Foo Press\";1234;English;\"Article\";Scopus;2-s2.0-1\n",
            json!({
                "title": "A row of Scopus", "ids": ["doi:10.1000/s.1"], "authors": ["Jane Doe", "Maria De Vega"],
                "year": 2023, "venue": "Journal of Rows", "language": "en", "keywords": ["rows", "columns"],
                "links": {"paper": "https://www.scopus.com/x"}, "metrics": {"citations": 7},
                "publication": {"kind": "article", "volume": "12", "number": "3", "pages": "101–110", "publisher": "Foo Press"},
                "summary": "We do it.", "abstract": "We do it.",
            }),
        ),
        (
            "pubmed.csv",
            "PMID,Title,Authors,Citation,First Author,Journal/Book,Publication Year,Create Date,PMCID,NIHMS ID,DOI\n\
             \"30000001\",\"A row of PubMed.\",\"Doe JA, Roe R, van der Berg P\",\"Foo J. 2018\",\"Doe JA\",\"Foo J\",\"2018\",\"2018/07/03\",\"\",\"\",\"10.1000/pm.1\"\n",
            json!({
                "title": "A row of PubMed", "ids": ["doi:10.1000/pm.1", "pmid:30000001"],
                "authors": ["Doe JA", "Roe R", "van der Berg P"], "year": 2018, "venue": "Foo J",
            }),
        ),
        (
            "scholar.csv",
            "Authors,Title,Publication,Volume,Number,Pages,Year,Publisher\n\
             \"Doe, Jane; Roe, Robert; \",A Google Scholar row,Journal of Rows,12,3,1-9,2019,Foo\n",
            json!({
                "title": "A Google Scholar row", "authors": ["Jane Doe", "Robert Roe"], "year": 2019,
                "venue": "Journal of Rows",
                "publication": {"volume": "12", "number": "3", "pages": "1-9", "publisher": "Foo"},
            }),
        ),
        (
            "scholar-arxiv.csv",
            "Authors,Title,Publication,Volume,Number,Pages,Year,Publisher\n\
             \"Poe, Ann; \",Another Scholar row,arXiv preprint arXiv:1901.00002,,,,2019,\n",
            json!({
                "title": "Another Scholar row", "ids": ["arxiv:1901.00002"], "authors": ["Ann Poe"], "year": 2019,
            }),
        ),
        (
            "savedrecs.txt",
            "PT\tAU\tAF\tTI\tSO\tLA\tDT\tDE\tAB\tTC\tZ9\tPU\tPD\tPY\tVL\tIS\tBP\tEP\tDI\tWC\tUT\n\
             J\tDoe, J; Roe, RT\tDoe, Jane; Roe, Robert T.\tA \"row\" of WoS\tJOURNAL OF ROWS\tEnglish\tArticle\trows; columns\tWe do it.\t4\t5\tFOO PRESS\tMAR 15\t2019\t12\t3\t101\t110\t10.1000/w.1\tComputer Science\tWOS:1\n",
            json!({
                "title": "A \"row\" of WoS", "ids": ["doi:10.1000/w.1"], "authors": ["Jane Doe", "Robert T. Roe"],
                "published": "2019-03-15", "year": 2019, "venue": "Journal of Rows", "language": "en",
                "keywords": ["rows", "columns"], "categories": ["Computer Science"], "metrics": {"citations": 5},
                "publication": {"kind": "article", "volume": "12", "number": "3", "pages": "101–110", "publisher": "Foo Press"},
                "summary": "We do it.", "abstract": "We do it.",
            }),
        ),
        (
            "ieee.csv",
            "\"Document Title\",Authors,\"Author Affiliations\",\"Publication Title\",Date Added To Xplore,\"Publication Year\",\"Volume\",\"Issue\",\"Start Page\",\"End Page\",\"Abstract\",\"ISSN\",ISBNs,\"DOI\",PDF Link,\"Author Keywords\",\"IEEE Terms\",Article Citation Count,Patent Citation Count,\"Reference Count\",\"License\",\"Publisher\",Document Identifier\n\
             \"A row of Xplore\",\"J. Doe; R. Roe\",\"\",\"IEEE Trans. Rows\",\"1 May 2020\",\"2020\",\"12\",\"3\",\"101\",\"110\",\"We do it.\",\"1234\",\"\",\"10.1109/x.1\",\"https://ieeexplore.ieee.org/x.pdf\",\"rows;columns\",\"Terms\",\"4\",\"0\",\"9\",\"CC\",\"IEEE\",\"IEEE Journals\"\n",
            json!({
                "title": "A row of Xplore", "ids": ["doi:10.1109/x.1"], "authors": ["J. Doe", "R. Roe"], "year": 2020,
                "venue": "IEEE Trans. Rows", "license": "CC", "keywords": ["rows", "columns"],
                "links": {"pdf": "https://ieeexplore.ieee.org/x.pdf"}, "metrics": {"citations": 4},
                "publication": {"volume": "12", "number": "3", "pages": "101–110", "publisher": "IEEE"},
                "summary": "We do it.", "abstract": "We do it.",
            }),
        ),
        (
            "zotero.csv",
            "Key,Item Type,Publication Year,Author,Title,Publication Title,ISBN,ISSN,DOI,Url,Abstract Note,Date,Date Added,Date Modified,Access Date,Pages,Num Pages,Issue,Volume,Journal Abbreviation,Short Title,Library Catalog,Extra,Manual Tags,Automatic Tags,Editor\n\
             ABCD1234,preprint,2024,\"Doe, Jane; Roe, Robert\",A row of Zotero,,,,,,We do it.,2024-03-06,2024-04-01 10:00:00,2024-04-01 10:00:00,,,,,,,,arXiv.org,\"arXiv:2403.03507 [cs]\nCitation Key: doe2024\",rows; columns,cs.LG,\n",
            json!({
                "title": "A row of Zotero", "ids": ["arxiv:2403.03507"], "authors": ["Jane Doe", "Robert Roe"],
                "published": "2024-03-06", "year": 2024, "keywords": ["rows", "columns"],
                "publication": {"kind": "preprint"}, "citation_key": "doe2024",
                "summary": "We do it.", "abstract": "We do it.",
            }),
        ),
        (
            "dimensions.csv",
            "\"About the data: Exported on Jan 1, 2024\"\n\
             Rank,Publication ID,DOI,PMID,Title,Abstract,Source title,Anthology title,Publisher,Publication Date,PubYear,Volume,Issue,Pagination,Open Access,Publication Type,Authors,Times cited,Dimensions URL\n\
             1,pub.1,10.1000/d.1,,A row of Dimensions,We do it.,Journal of Rows,,Foo,2023-05,2023,12,3,101-110,All OA,Proceeding,\"Doe, Jane; Roe, Robert\",4,https://app.dimensions.ai/details/publication/pub.1\n",
            json!({
                "title": "A row of Dimensions", "ids": ["doi:10.1000/d.1"], "authors": ["Jane Doe", "Robert Roe"],
                "published": "2023-05", "year": 2023, "venue": "Journal of Rows",
                "links": {"paper": "https://app.dimensions.ai/details/publication/pub.1"}, "metrics": {"citations": 4},
                "publication": {"kind": "inproceedings", "volume": "12", "number": "3", "pages": "101-110", "publisher": "Foo"},
                "summary": "We do it.", "abstract": "We do it.",
            }),
        ),
        (
            "lens.csv",
            "Lens ID,Title,Date Published,Publication Year,Publication Type,Source Title,ISSNs,Publisher,Author/s,Abstract,Volume,Issue Number,Start Page,End Page,Fields of Study,Keywords,Source URLs,External URL,PMID,DOI,Citing Works Count,Is Open Access\n\
             001,A row of Lens,2022-02-03,2022,journal article,Journal of Rows,1234,Foo,Jane Doe; Robert Roe,We do it.,12,3,101,110,Biology; Ecology,rows; columns,https://a.org/1 https://a.org/2,,,10.1000/l.1,4,true\n",
            json!({
                "title": "A row of Lens", "ids": ["doi:10.1000/l.1"], "authors": ["Jane Doe", "Robert Roe"],
                "published": "2022-02-03", "year": 2022, "venue": "Journal of Rows", "keywords": ["rows", "columns"],
                "categories": ["Biology", "Ecology"], "links": {"paper": "https://a.org/1"}, "metrics": {"citations": 4},
                "publication": {"kind": "article", "volume": "12", "number": "3", "pages": "101–110", "publisher": "Foo"},
                "summary": "We do it.", "abstract": "We do it.",
            }),
        ),
    ] {
        let (paper, said) = first(name, text);
        assert_eq!(paper, want, "{name}\n{said}");
    }
}

#[test]
fn the_help_names_the_likely_field() {
    let (_, said) = read(
        "in.csv",
        "title,authors,My journal,Paper keywords (own),Weight\nA,Jane Doe,J,k,3\n",
    );
    for help in [
        "[import.columns] venue = \"My journal\"",
        "[import.columns] keywords = \"Paper keywords (own)\"",
        "[import.columns] FIELD = \"Weight\"",
    ] {
        assert!(said.contains(help), "{help}\n{said}");
    }
}

#[test]
fn markup_around_words_is_removed() {
    let title = "Growth of <i>E. coli</i> &amp; CO<sub>2</sub> for a < b";
    let text = "<jats:p>We study <jats:inline-formula><jats:alternatives><jats:tex-math>$$a^2$$</jats:tex-math>\
                <mml:math><mml:msup><mml:mi>a</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math></jats:alternatives>\
                </jats:inline-formula> here, &amp;lt; 3.</jats:p>";
    for (name, file) in [
        ("a.json", json!([{"title": title, "abstract": text}]).to_string()),
        (
            "a.csv",
            format!("title,abstract\n\"{title}\",\"{text}\"\n"),
        ),
        ("a.yaml", format!("- title: '{title}'\n  abstract: '{text}'\n")),
        (
            "openalex.json",
            json!({"meta": {}, "results": [{"id": "https://openalex.org/W1", "title": title, "abstract": text}]})
                .to_string(),
        ),
        (
            "csl.json",
            json!([{"id": "j", "type": "article-journal", "title": title, "abstract": text,
                    "issued": {"date-parts": [[2017]]}}])
            .to_string(),
        ),
    ] {
        let (paper, said) = first(name, &file);
        assert_eq!(paper["title"], "Growth of E. coli & CO2 for a < b", "{name}\n{said}");
        assert_eq!(paper["abstract"], "We study a² here, < 3.", "{name}");
    }
}

#[test]
fn error_messages_are_not_summaries() {
    let paper = |n: usize, ai: &str| {
        json!({"id": format!("2503.0000{n}"), "pdf": "", "abs": "", "authors": ["Jane Doe"], "categories": ["cs.CV"],
               "title": format!("Record {n}"), "summary": "We study it. We propose a method.", "AI": {"tldr": ai}})
        .to_string()
    };
    let file = [
        "Error",
        "I'm sorry, but I cannot help.",
        "Rate limit exceeded",
        "A true summary.",
    ];
    let lines: Vec<String> = file
        .iter()
        .enumerate()
        .map(|(n, ai)| paper(n, ai))
        .collect();
    let (papers, said) = read("in.jsonl", &lines.join("\n"));
    let summaries: Vec<&str> = papers
        .iter()
        .map(|p| p["summary"].as_str().unwrap())
        .collect();
    assert!(
        summaries[..3].iter().all(|text| text.starts_with("We ")),
        "{summaries:?}"
    );
    assert_eq!(summaries[3], "A true summary.");
    assert!(
        said.contains("`summary` only holds an error message"),
        "{said}"
    );
    assert_eq!(papers[0]["year"], 2025, "arXiv's identifiers say the year");
}

#[test]
fn replies_at_openreview_are_not_papers() {
    let file = json!({"notes": [
        {"id": "R1", "forum": "P1", "replyto": "P1", "signatures": ["x"], "content": {"comment": {"value": "Thanks."}}},
        {"id": "R2", "forum": "P1", "replyto": "P1", "invitations": ["V/-/Official_Review"],
         "content": {"title": {"value": "Official review"}, "rating": {"value": 8}}},
        {"id": "P1", "forum": "P1", "cdate": 1_709_251_200_000_i64, "pdate": 1_714_521_600_000_i64,
         "content": {"title": {"value": "A The paper itself"}, "authors": {"value": ["Jane Doe", "John Roe"]},
                     "abstract": {"value": "We show."}, "venue": {"value": "ICLR 2024 poster"},
                     "venueid": {"value": "ICLR.cc/2024/Conference"}, "pdf": {"value": "/pdf/abc.pdf"}}},
        {"id": "P2", "forum": "P2", "invitations": ["x"], "content": {"title": {"value": "B Gone"},
         "authors": {"value": ["Anonymous"]}, "venueid": {"value": "ICLR.cc/2024/Conference/Withdrawn_Submission"}}},
        {"id": "P3", "forum": "P3", "invitations": ["x"], "content": {"title": {"value": "C Refused"},
         "authors": ["Paper7 Authors"], "venue": {"value": "ICLR 2024 Conference Desk Rejected Submission"}}},
    ], "count": 5});
    let (papers, said) = read("in.json", &file.to_string());
    assert!(
        said.contains("in.json (openreview): 3 read, 3 new"),
        "{said}"
    );
    assert!(said.contains("2 replies to papers of OpenReview"), "{said}");
    let papers: Vec<Value> = papers.into_iter().map(facts).collect();
    assert_eq!(
        papers[0],
        json!({
            "title": "A The paper itself", "ids": ["openreview:P1"], "authors": ["Jane Doe", "John Roe"],
            "published": "2024-05-01", "year": 2024, "venue": "ICLR 2024 poster",
            "links": {"pdf": "https://openreview.net/pdf/abc.pdf"},
            "summary": "We show.", "abstract": "We show.",
        })
    );
    assert_eq!(
        (&papers[1]["withdrawn"], &papers[1]["authors"]),
        (&json!(true), &Value::Null)
    );
    assert_eq!(
        (&papers[2]["status"], &papers[2]["authors"]),
        (&json!("Desk rejected"), &Value::Null)
    );
}

#[test]
fn kinds_are_taken_from_services() {
    for (file, want) in [
        (
            json!([{"paperId": "a", "title": "T", "externalIds": {}, "publicationTypes": ["JournalArticle", "Conference"]}]),
            "inproceedings",
        ),
        (
            json!([{"paperId": "a", "title": "T", "externalIds": {}, "publicationTypes": ["Book"]}]),
            "book",
        ),
        (
            json!([{"id": "https://openalex.org/W1", "title": "T", "type": "book-chapter"}]),
            "chapter",
        ),
        (
            json!([{"id": "https://openalex.org/W1", "title": "T", "type": "article",
                    "primary_location": {"source": {"display_name": "arXiv (Cornell University)", "type": "repository"}}}]),
            "preprint",
        ),
    ] {
        let (paper, said) = first("in.json", &file.to_string());
        assert_eq!(paper["publication"]["kind"], want, "{file}\n{said}");
    }
}
