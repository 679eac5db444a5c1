//! Export: papers in other formats.

use serde_json::{Value, json};

use crate::support::{Site, digest, record};

fn exported(site: &Site) -> Vec<Value> {
    let outcome = site
        .offprint(&["export", "--format", "jsonl"])
        .succeed()
        .no_stderr();
    outcome
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// A paper with all fields.
fn complete() -> String {
    r#"+++
title = "Sprout: Growing Trees from Seeds"
ids = ["doi:10.5555/x.1", "arxiv:2501.00001"]
authors = ["Ann Author", { name = "Ben Builder", orcid = "0000-0002-1825-0097", affiliation = "A House" }]
date = 2025-03-14
published = 2025-01-02
updated = 2025-02-03
digests = ["2025-03-14"]
topics = ["trees"]
venue = "A Journal of Trees"
keywords = ["seeds"]
categories = ["cs.CL"]
summary = "Trees grow."
[publication]
kind = "article"
volume = "3"
pages = "1-9"
[links]
code = "https://code.test/sprout"
[metrics]
upvotes = 7
+++
We grow trees in $O(n^2)$ days.
"#
    .to_owned()
}

#[test]
fn every_field_that_is_known_is_exported() {
    let site = Site::new()
        .settings("[site]\nbase_url = \"https://site.test/\"\n[topics]\ntaxonomy = \"none\"\n")
        .file(
            "content/topics/trees.md",
            "+++\nname = \"Trees\"\nmatch = \"tree\"\n+++\n",
        )
        .file(
            "content/digests/2025-03-14.md",
            "+++\ntitle = \"A day\"\ndate = 2025-03-14\npapers = [\"sprout\"]\n+++\n",
        )
        .file("content/papers/2025/sprout.md", complete());
    let papers = exported(&site);
    assert_eq!(papers.len(), 1);
    let paper = &papers[0];
    for (name, value) in [
        ("slug", json!("sprout")),
        ("url", json!("https://site.test/papers/sprout/")),
        ("title", json!("Sprout: Growing Trees from Seeds")),
        ("short", json!("Sprout")),
        ("date", json!("2025-03-14")),
        ("published", json!("2025-01-02")),
        ("updated", json!("2025-02-03")),
        ("year", json!(2025)),
        ("venue", json!("A Journal of Trees")),
        ("keywords", json!(["seeds"])),
        ("categories", json!(["cs.CL"])),
        ("digests", json!(["2025-03-14"])),
        ("links", json!({ "code": "https://code.test/sprout" })),
        ("metrics", json!({ "upvotes": 7 })),
        (
            "publication",
            json!({ "kind": "article", "volume": "3", "pages": "1-9" }),
        ),
        ("summary", json!("Trees grow.")),
        ("abstract", json!("We grow trees in O(n²) days.")),
    ] {
        assert_eq!(paper[name], value, "{name} of {paper:#}");
    }
    assert_eq!(
        paper["authors"],
        json!([
            { "name": "Ann Author" },
            { "name": "Ben Builder", "orcid": "0000-0002-1825-0097", "affiliation": "A House" },
        ])
    );
    assert_eq!(paper["topics"][0]["id"], "trees");
    assert!(paper["topics"][0]["score"].is_number());
    let mut ids: Vec<&str> = paper["ids"]
        .as_array()
        .unwrap()
        .iter()
        .map(|id| id.as_str().unwrap())
        .collect();
    ids.sort_unstable();
    assert_eq!(ids, ["arxiv:2501.00001", "doi:10.5555/x.1"]);
    let html = paper["abstract_html"].as_str().unwrap();
    assert!(html.contains("<math"), "{html}");
}

#[test]
fn unknown_values_are_absent() {
    let site = Site::new().file("content/papers/a.md", "+++\ntitle = \"A\"\n+++\n");
    let papers = exported(&site);
    let names: Vec<&String> = papers[0].as_object().unwrap().keys().collect();
    assert_eq!(names, ["slug", "url", "title"]);
}

#[test]
fn exports_can_be_imported() {
    let text = digest(&[record("Gears That Turn"), record("Lamps That Shine")]);
    let site = Site::new().file("content/digests/2025-01-01.jsonl", text);
    site.build().succeed();
    let outcome = site.offprint(&["export", "--format", "jsonl"]).succeed();
    let other = Site::new().file("content/digests/2025-01-01.jsonl", outcome.stdout);
    other.build().succeed();
    let of = |site: &Site| {
        let mut papers = exported(site);
        for paper in &mut papers {
            paper.as_object_mut().unwrap().remove("topics");
        }
        papers
    };
    assert_eq!(of(&site), of(&other));
}

#[test]
fn a_topic_or_a_digest_can_be_exported() {
    let site = Site::fixture("orchard");
    site.offprint(&["export", "--topic", "graftin"])
        .fail()
        .stderr_contains("grafting");
    let all = exported(&site).len();
    let outcome = site.offprint(&["export", "--topic", "grafting"]).succeed();
    let some = outcome.stdout.lines().count();
    assert!(0 < some && some < all, "{some} of {all}");
}

/// A paper without derived fields and its location.
fn facts(mut paper: Value, kept: &[&str]) -> Value {
    paper
        .as_object_mut()
        .unwrap()
        .retain(|name, _| kept.contains(&name.as_str()));
    paper
}

/// Exports can be read back without losing anything the format can hold.
#[test]
fn every_format_survives_a_round_trip() {
    for (format, kept) in [
        (
            "csv",
            "title ids venue year published updated keywords categories publication abstract summary metrics links date",
        ),
        ("bibtex", "title ids venue year"),
        ("ris", "title ids venue year keywords"),
        ("csl-json", "title ids venue year"),
    ] {
        let site = Site::new()
            .settings("[topics]\ntaxonomy = \"none\"\n")
            .file(
                "content/topics/trees.md",
                "+++\nname = \"Trees\"\nmatch = \"tree\"\n+++\n",
            )
            .file(
                "content/digests/2025-03-14.md",
                "+++\ndate = 2025-03-14\npapers = [\"sprout\"]\n+++\n",
            )
            .file("content/papers/2025/sprout.md", complete())
            .file(
                "content/papers/formula.md",
                "+++\ntitle = \"=1+1 Is \\\"Two\\\", They Say; & <b>So {It} Is\"\nids = [\"arxiv:2501.00002\"]\nauthors = [\"Jan van der Berg\", \"Ann Author Jr.\", \"Gemini Team\"]\nyear = 2025\nvenue = \"A Conference, with a Comma\"\n+++\nOf 50\\% and more.\n",
            );
        let outcome = site
            .offprint(&["export", "--format", format])
            .succeed()
            .no_stderr();
        let other = Site::new()
            .settings("[topics]\ntaxonomy = \"none\"\n")
            .file("in/papers", &outcome.stdout);
        let import = other.import("in/papers").date("2025-03-14").succeed();
        assert!(
            import
                .stdout
                .contains(&format!("({format}): 2 read, 2 new")),
            "{}{}",
            import.stdout,
            import.stderr
        );
        let kept: Vec<&str> = kept.split(' ').collect();
        let of = |site: &Site| {
            let mut papers: Vec<Value> = exported(site)
                .into_iter()
                .map(|paper| facts(paper, &kept))
                .collect();
            papers.sort_by_key(|paper| paper["title"].to_string());
            papers
        };
        let (before, after) = (of(&site), of(&other));
        for (before, after) in before.iter().zip(&after) {
            for name in &kept {
                // A paper without a date gets the digest's.
                if *name == "date" && before[name].is_null() {
                    continue;
                }
                assert_eq!(
                    before[name], after[name],
                    "{name} through {format}:\n{}",
                    outcome.stdout
                );
            }
        }
        let names = |site: &Site| {
            let mut names: Vec<String> = exported(site)
                .iter()
                .flat_map(|paper| paper["authors"].as_array().unwrap().clone())
                .map(|author| author["name"].as_str().unwrap().to_owned())
                .collect();
            names.sort();
            names
        };
        assert_eq!(names(&site), names(&other), "{format}:\n{}", outcome.stdout);
    }
}

#[test]
fn a_query_chooses_papers() {
    let site = Site::new()
        .file(
            "content/papers/a.md",
            "+++\ntitle = \"Apples\"\nauthors = [\"Ann Author\"]\nyear = 2023\n+++\n",
        )
        .file(
            "content/papers/b.md",
            "+++\ntitle = \"Pears\"\nauthors = [\"Ben Builder\"]\nyear = 2025\n+++\n",
        );
    let outcome = site
        .offprint(&["export", "--query", "year:2024.. author:builder"])
        .succeed();
    assert!(
        outcome.stdout.contains("Pears") && !outcome.stdout.contains("Apples"),
        "{}",
        outcome.stdout
    );
    site.offprint(&["export", "--query", "titel:x"])
        .fail()
        .stderr_contains("is not a field");
}

/// The same papers from several formats, in any order, end up with the same fields.
#[test]
fn the_order_of_sources_does_not_matter() {
    let bib = "@inproceedings{a, title={Gears That {T}urn}, author={Doe, Jane and Roe, John}, year={2025}, booktitle={GEARS 2025}, eprint={2503.00001}, archiveprefix={arXiv}, abstract={The abstract of the bibliography.}}\n";
    let csl = r#"[{"id":"a","type":"paper-conference","title":"Gears that Turn","author":[{"family":"Doe","given":"Jane"}],"DOI":"10.5555/gears","note":"arXiv:2503.00001","issued":{"date-parts":[[2025,4,1]]},"container-title":"Conference on Gears"}]"#;
    let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><link href=\"http://arxiv.org/api/query\"/><entry><id>http://arxiv.org/abs/2503.00001v2</id><title>Gears That Turn</title><summary>The abstract of arXiv.</summary><published>2025-03-01T00:00:00Z</published><updated>2025-03-09T00:00:00Z</updated><author><name>Jane Doe</name></author><author><name>John Roe</name></author></entry></feed>";
    let page = "Papers\n\nGears That Turn\n\nThe abstract of the page, which is long enough to be seen as one, and it ends here.\n\nLamps That Shine\n\nAnother abstract of the page, which is long enough to be seen as one, and it ends here.\n";
    let files = [
        ("a.bib", bib),
        ("b.json", csl),
        ("c.xml", atom),
        ("d.txt", page),
    ];
    let mut seen: Option<Vec<Value>> = None;
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2]] {
        let site = Site::new().settings("[topics]\ntaxonomy = \"none\"\n");
        for n in order {
            let (name, text) = files[n];
            site.write(&format!("in/{name}"), text);
            site.import(format!("in/{name}"))
                .date("2025-03-14")
                .succeed();
        }
        let mut papers = exported(&site);
        papers.sort_by_key(|paper| paper["title"].to_string());
        for paper in &mut papers {
            paper.as_object_mut().unwrap().remove("slug");
            paper.as_object_mut().unwrap().remove("url");
            paper.as_object_mut().unwrap().remove("digests");
            paper.as_object_mut().unwrap().remove("related");
        }
        assert_eq!(papers.len(), 2, "{papers:#?}");
        assert_eq!(papers[0]["abstract"], "The abstract of arXiv.");
        match &seen {
            None => seen = Some(papers),
            Some(first) => assert_eq!(first, &papers, "{order:?}"),
        }
    }
}

const EVIL: &str = "</script><script>alert(1)</script> & \"quotes\" 'and' <b>";

/// A topic with an introduction and papers, one of which has every field.
fn library(settings: &str) -> Site {
    Site::new()
        .settings(&format!(
            "[site]\ntitle = \"The Press\"\n{settings}[topics]\ntaxonomy = \"none\"\n"
        ))
        .file(
            "content/topics/trees.md",
            "+++\nname = \"Trees & <i>Shrubs</i>\"\nmatch = \"tree\"\n+++\n\
             How trees grow: see [Sprout](../papers/2025/sprout.md), [the source](https://trees.test/) \
             and ![a tree](https://trees.test/tree.png).\n",
        )
        .file(
            "content/digests/2025-03-14.md",
            "+++\ntitle = \"A day\"\ndate = 2025-03-14\npapers = [\"sprout\", \"evil\"]\n+++\n",
        )
        .file("content/papers/2025/sprout.md", complete())
        .file(
            "content/papers/2025/evil.md",
            format!(
                "+++\ntitle = {EVIL:?}\nauthors = [{EVIL:?}]\ndate = 2025-03-14\ntopics = [\"trees\"]\n\
                 venue = {EVIL:?}\n+++\n{EVIL}\n\n<!-- notes -->\n\nA note with ![a picture](https://evil.test/a.png) and \
                 [a link](sprout.md).\n"
            ),
        )
        .file(
            "content/papers/2025/moss.md",
            "+++\ntitle = \"Moss\"\ndate = 2025-03-15\n+++\nWe propose moss.\n",
        )
}

fn handout(site: &Site, choice: &[&str]) -> String {
    let args = [&["export", "--format", "html"], choice].concat();
    site.offprint(&args).succeed().no_stderr().stdout
}

/// The values of an attribute.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let mark = format!(" {attribute}=\"");
    html.match_indices(&mark)
        .map(|(at, _)| {
            let rest = &html[at + mark.len()..];
            &rest[..rest.find('"').unwrap()]
        })
        .collect()
}

#[test]
fn a_handout_is_self_contained() {
    for settings in ["", "base_url = \"https://press.test/p/\"\n"] {
        let site = library(settings);
        let html = handout(&site, &["--topic", "trees"]);
        for tag in ["<script", "<img", "@import", "url(", " src=", "<b>", "<i>"] {
            assert!(!html.contains(tag), "{tag}\n{html}");
        }
        assert!(html.contains("default-src 'none'"), "{html}");
        for address in values(&html, "href") {
            let is_absolute = ["https://", "http://", "data:,"]
                .iter()
                .any(|scheme| address.starts_with(scheme));
            assert!(is_absolute, "{address}\n{html}");
        }
        for part in [
            "<h1>Trees &amp; &lt;i&gt;Shrubs&lt;/i&gt;</h1>",
            "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;",
            "<a href=\"https://arxiv.org/abs/2501.00001\">Sprout: Growing Trees from Seeds</a>",
            "<a href=\"https://code.test/sprout\">code.test/sprout</a>",
            "<a href=\"https://trees.test/\">the source</a>",
            "Ann Author, Ben Builder",
            "<math>",
            "2 papers",
        ] {
            assert!(html.contains(part), "{part}\n{html}");
        }
        let has_link = html.contains("<a href=\"https://press.test/p/papers/sprout/\">Sprout</a>");
        assert_eq!(has_link, !settings.is_empty(), "{html}");
        assert!(!html.contains('\u{fdd0}'), "{html}");
    }
}

#[test]
fn a_handout_says_how_its_papers_were_selected() {
    let site = library("");
    for (choice, title, first) in [
        (vec![], "All papers", "Moss"),
        (vec!["--digest", "2025-03-14"], "A day", "Sprout"),
        (vec!["--query", "title:moss"], "title:moss", "Moss"),
        (
            vec!["--topic", "trees", "--digest", "2025-03-14"],
            "Trees &amp; &lt;i&gt;Shrubs&lt;/i&gt;",
            "Sprout",
        ),
    ] {
        let html = handout(&site, &choice);
        assert!(html.contains(&format!("<h1>{title}</h1>")), "{html}");
        let (_, rest) = html.split_once("<h2>").unwrap();
        let (heading, _) = rest.split_once("</h2>").unwrap();
        assert!(heading.contains(first), "{choice:?}: {heading}");
    }
    assert!(
        handout(&site, &["--topic", "trees", "--digest", "2025-03-14"])
            .contains("<span>A day</span>")
    );
}

#[test]
fn a_handout_shows_summaries_if_abstracts_are_off() {
    let site = library("abstracts = \"summary\"\n");
    let html = handout(&site, &["--topic", "trees"]);
    assert!(html.contains("<p>Trees grow.</p>"), "{html}");
    assert!(!html.contains("We grow trees in"), "{html}");
}

#[test]
fn every_format_can_be_written_to_a_file() {
    let site = library("");
    for format in ["jsonl", "bibtex", "ris", "csl-json", "csv", "html"] {
        let args = ["export", "--topic", "trees", "--format", format];
        let printed = site.offprint(&args).succeed().stdout;
        let written = site.offprint(&args).arg("-o").arg("out.txt").succeed();
        assert_eq!(written.stdout, "", "{format}");
        assert_eq!(site.read("out.txt"), printed, "{format}");
        site.offprint(&args)
            .arg("--output")
            .arg("nowhere/out.txt")
            .fail()
            .stderr_contains("nowhere/out.txt");
    }
}

#[test]
fn a_site_can_write_its_own_handouts() {
    let site = library("").file(
        "templates/handout.html",
        "<h1>{{ handout.title }}</h1>{% for paper in handout.papers %}{{ paper.title }}\n{% endfor %}",
    );
    let html = handout(&site, &["--query", "title:moss"]);
    assert_eq!(html, "<h1>title:moss</h1>Moss\n");
    site.write("templates/handout.html", "{{ handout.nothing.at_all }}");
    site.offprint(&["export", "--format", "html", "-o", "out.html"])
        .fail()
        .stderr_contains("templates/handout.html:1:");
    assert!(!site.has("out.html"));
}
