//! Hostile input: digests come from strangers. Titles, names, texts, URLs and file
//! names may contain anything; nothing in them is executed, leaves its folder or
//! gets lost.

use serde_json::json;

use crate::support::crawl::crawl;
use crate::support::html;
use crate::support::run::balance;
use crate::support::{Site, digest, record};

/// A title that breaks out of any context it is not escaped for.
const BREAKOUT: &str = "</script><script>alert(1)</script> & \"quotes\" 'and' <b>bold</b>";

/// A site with a paper whose fields are all hostile.
fn hostile_site() -> Site {
    let mut paper = record(BREAKOUT);
    paper["abstract"] = json!(format!(
        "We show {BREAKOUT}. ]]> --> {{{{ 1 + 1 }}}} {{% raw %}}"
    ));
    paper["authors"] = json!(["<img src=x onerror=alert(1)>", "\"; DROP TABLE papers; --"]);
    paper["venue"] = json!("</title><svg onload=alert(1)>");
    paper["keywords"] = json!(["<i>", "a\"b"]);
    paper["ids"] = json!(["arxiv:2501.00001", "doi:10.1/\"><script>"]);
    paper["links"] = json!({
        "code": "javascript:alert(1)",
        "project": "https://a.test/\"onmouseover=\"alert(1)",
    });
    Site::new()
        .settings("[site]\ntitle = \"A & <b>\"\n[topics]\ntaxonomy = \"none\"\n")
        .file(
            "content/topics/t.md",
            "+++\nname = \"</script><b>&\\\"'\"\nmatch = \"alert OR show OR bold\"\n+++\n",
        )
        .file("content/digests/2025-01-01.jsonl", digest(&[paper]))
}

#[test]
fn hostile_titles_are_harmless_on_every_page() {
    let site = hostile_site();
    site.build()
        .arg("--base-url")
        .arg("https://site.test/")
        .succeed();
    let tree = site.tree("public");
    crawl(&tree, "/").assert_sound();
    for (path, text) in tree.pages() {
        let root = html::parse(text).unwrap_or_else(|fault| panic!("{path}: {fault}"));
        for element in root.elements() {
            let name = element.name.as_str();
            assert!(name != "img" && name != "b", "<{name}> in {path}");
            assert!(
                element.attribute("onerror").is_none()
                    && element.attribute("onload").is_none()
                    && element.attribute("onmouseover").is_none(),
                "a handler in {path}"
            );
            if name == "script" {
                let is_data = element.attribute("type") == Some("application/ld+json");
                assert!(
                    is_data || element.attribute("src").is_some(),
                    "a script of its own in {path}"
                );
            }
            for attribute in ["href", "src"] {
                let address = element.attribute(attribute).unwrap_or_default();
                assert!(
                    !address.trim().starts_with("javascript:"),
                    "{path}: {address}"
                );
            }
        }
    }
    let page = &tree
        .pages()
        .find(|(path, _)| path.starts_with("papers/") && path.matches('/').count() == 2)
        .expect("the paper has a page");
    let root = html::parse(page.1).unwrap();
    let heading = root
        .elements()
        .into_iter()
        .find(|element| element.name == "h1")
        .expect("a heading");
    // Markup around a word is markup; everything else is text from the source.
    let shown = BREAKOUT.replace("<b>", "").replace("</b>", "");
    assert_eq!(heading.text(), shown, "nothing of the title is lost");
}

#[test]
fn feeds_and_data_of_hostile_papers_are_well_formed() {
    let site = hostile_site();
    site.build()
        .arg("--base-url")
        .arg("https://site.test/")
        .succeed();
    let tree = site.tree("public");
    let (mut xml, mut json) = (0, 0);
    for (path, bytes) in tree.iter() {
        let text = String::from_utf8(bytes.to_vec());
        if path.ends_with(".xml") {
            let text = text.unwrap();
            let mut reader = quick_xml::Reader::from_str(&text);
            loop {
                match reader.read_event() {
                    Ok(quick_xml::events::Event::Eof) => break,
                    Ok(_) => {}
                    Err(error) => panic!("{path}: {error}"),
                }
            }
            xml += 1;
        } else if path.ends_with(".json") {
            serde_json::from_str::<serde_json::Value>(&text.unwrap())
                .unwrap_or_else(|error| panic!("{path}: {error}"));
            json += 1;
        }
    }
    assert!(xml >= 3 && json >= 3, "{xml} XML, {json} JSON");
}

#[test]
fn no_slug_leaves_its_folder() {
    let mut records = Vec::new();
    let titles = [
        "../../x",
        "..\\..\\y",
        "/etc/passwd",
        "CON",
        "index",
        "page",
        "...",
        "\u{202e}evil",
        "%2e%2e%2fz",
        "🦀🦀🦀",
    ];
    for (i, title) in titles.iter().enumerate() {
        let mut paper = record(title);
        paper["slug"] = json!("../../../slug");
        paper["ids"] = json!([format!("arxiv:2501.0000{i}")]);
        records.push(paper);
    }
    let site = Site::new().file("inner/a.jsonl", digest(&records));
    let report = site.import("inner/a.jsonl").date("2025-01-01").report();
    assert_eq!(balance(&report), "10 read, 10 new");
    site.build().succeed();
    let tree = site.tree("");
    for path in tree.paths() {
        let known = [
            "content/",
            "public/",
            "inner/",
            ".offprint/",
            "offprint.toml",
        ];
        assert!(known.iter().any(|at| path.starts_with(at)), "{path}");
    }
    assert_eq!(site.tree("content/papers/2025").len(), 10);
    assert_eq!(std::fs::read_dir(site.around()).unwrap().count(), 1);
    crawl(&site.tree("public"), "/").assert_sound();
}

#[test]
fn a_slug_that_a_person_wrote_stays_in_its_folder() {
    let site = Site::new().file(
        "content/papers/2025/a.md",
        "+++\ntitle = \"A\"\nslug = \"../../x\"\n+++\nText.\n",
    );
    let outcome = site.build().outcome();
    assert!(matches!(outcome.status.code(), Some(0 | 1)), "{outcome}");
    assert!(!site.has("x") && !site.has("public/x"));
}

#[test]
fn garbage_is_read_or_refused_without_panics() {
    let texts: [&[u8]; 9] = [
        b"\0\0\0\0",
        b"\xff\xfe\xff\xfe",
        "\u{feff}".as_bytes(),
        b"\r\r\r\r",
        b"{",
        b"[[[[[[[[[[[[[[[[",
        b"{\"title\": \"\\ud800\"}",
        "Title\n\n\u{0}\u{8}\u{1b}[31mA text with control characters in it.\n".as_bytes(),
        "<html><body><p>Not a digest</p></body></html>".as_bytes(),
    ];
    for (i, bytes) in texts.iter().enumerate() {
        let site = Site::new().file("a.txt", bytes);
        let outcome = site.import("a.txt").date("2025-01-01").outcome();
        assert!(
            matches!(outcome.status.code(), Some(0 | 1)),
            "text {i}: {outcome}"
        );
        assert!(!outcome.stderr.contains("panicked"), "text {i}: {outcome}");
        assert!(!outcome.stderr.contains('\u{1b}'), "text {i}: {outcome}");
        site.build().succeed();
    }
}

#[test]
fn deep_and_long_input_is_bounded() {
    let deep = format!(
        "{{\"title\": {}1{}}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    let mut long = record("A Title of Some Length");
    long["title"] = json!("Word ".repeat(60_000));
    let mut many_authors = record("Many Hands");
    many_authors["authors"] = json!((0..5_000).map(|i| format!("Ann B{i}")).collect::<Vec<_>>());
    let text = format!(
        "{}{deep}\n{}",
        digest(&[record("Gears"), record("Lamps")]),
        digest(&[long, many_authors])
    );
    let site = Site::new().file("a.jsonl", text);
    let report = site.import("a.jsonl").date("2025-01-01").report();
    assert_eq!(report["total"]["read"], 5, "{report}");
    site.build().succeed();
    crawl(&site.tree("public"), "/").assert_sound();
}
