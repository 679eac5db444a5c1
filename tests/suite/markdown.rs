//! Markdown written by people: what cannot be published is reported with its place,
//! and the rest is published with everything it needs.

use serde_json::Value;

use crate::support::crawl::crawl;
use crate::support::{Site, html};

/// A build's warnings with a code, as `file:line:column what-is-quoted`.
#[track_caller]
fn warnings(site: &Site, code: &str) -> Vec<String> {
    let report = site.build().report();
    let all = report["diagnostics"].as_array().unwrap();
    all.iter()
        .filter(|diagnostic| diagnostic["code"] == code)
        .map(|diagnostic| {
            assert_eq!(diagnostic["severity"], "warning", "{diagnostic}");
            assert!(diagnostic["help"].is_string(), "no remedy: {diagnostic}");
            let message = diagnostic["message"].as_str().unwrap();
            format!(
                "{}:{}:{} {}",
                diagnostic["file"].as_str().unwrap_or("-"),
                diagnostic["line"],
                diagnostic["column"],
                message.split('`').nth(1).unwrap_or(message),
            )
        })
        .collect()
}

/// A free page with this text.
fn page(text: &str) -> Site {
    Site::new()
        .file(
            "content/about.md",
            format!("+++\ntitle = \"About\"\n+++\n{text}\n"),
        )
        .file(
            "content/papers/2025/p1.md",
            "+++\ntitle = \"P1\"\n+++\nText.\n",
        )
        .file(
            "content/papers/2024/p2.md",
            "+++\ntitle = \"P2\"\n+++\nText.\n",
        )
}

/// The URLs of the links and images in a page's text.
#[track_caller]
fn addresses(page: &str) -> Vec<String> {
    let root = html::parse(page).unwrap();
    let elements = root.elements();
    let prose = elements
        .iter()
        .find(|e| {
            e.attribute("class")
                .is_some_and(|class| class.starts_with("prose"))
        })
        .expect("the page has a text");
    prose
        .elements()
        .iter()
        .filter_map(|e| e.attribute("href").or(e.attribute("src")))
        .map(ToOwned::to_owned)
        .collect()
}

#[test]
fn dead_links_and_images_are_reported_everywhere() {
    let text = "One [a](/papers/nope/).\n\n- two ![b](nope.png)\n  [c](../papers/nope/)\n";
    let front = "+++\ntitle = \"A\"\n+++\n";
    let site = Site::new()
        .file(
            "content/papers/2025/a.md",
            format!("{front}Text.\n\n<!-- notes -->\n\n{text}"),
        )
        .file(
            "content/topics/t.md",
            format!("+++\nname = \"T\"\nmatch = \"text\"\n+++\n{text}"),
        )
        .file(
            "content/digests/2025-01-01.md",
            format!("+++\ndate = 2025-01-01\npapers = [\"a\"]\n+++\n{text}"),
        )
        .file(
            "content/about.md",
            format!("# About\r\n\r\n{}", text.replace('\n', "\r\n")),
        );
    assert_eq!(
        warnings(&site, "dead-link"),
        [
            "content/about.md:3:9 /papers/nope/",
            "content/about.md:6:7 ../papers/nope/",
            "content/digests/2025-01-01.md:5:9 /papers/nope/",
            "content/digests/2025-01-01.md:8:7 ../papers/nope/",
            "content/papers/2025/a.md:8:9 /papers/nope/",
            "content/papers/2025/a.md:11:7 ../papers/nope/",
            "content/topics/t.md:5:9 /papers/nope/",
            "content/topics/t.md:8:7 ../papers/nope/",
        ]
    );
    assert_eq!(
        warnings(&site, "dead-picture"),
        [
            "content/about.md:5:12 nope.png",
            "content/digests/2025-01-01.md:7:12 nope.png",
            "content/papers/2025/a.md:10:12 nope.png",
            "content/topics/t.md:7:12 nope.png",
        ]
    );
    assert!(
        site.build()
            .succeed()
            .stderr
            .contains("did you mean `/papers/a/`?")
    );
}

#[test]
fn links_are_resolved_from_the_file_and_from_the_page() {
    for (written, want) in [
        ("/papers/p1/", "../papers/p1/"),
        ("/papers/p1", "../papers/p1/"),
        ("/repo/papers/p1/", "../papers/p1/"),
        ("../papers/p1/", "../papers/p1/"),
        ("papers/p1.md", "../papers/p1/"),
        ("papers/2025/p1.md#op-x", "../papers/p1/#op-x"),
        ("./papers/2025/p1", "../papers/p1/"),
        ("papers/p1/index.html", "../papers/p1/index.html"),
        ("/search/?q=lora", "../search/?q=lora"),
        (
            "/search/?q=a%20b&x=%22y%22#top",
            "../search/?q=a%20b&x=%22y%22#top",
        ),
        ("a.pdf?download=1", "../a.pdf?download=1"),
        ("<a file.txt>", "../a%20file.txt"),
        ("a%20file.txt", "../a%20file.txt"),
        ("ü.png", "../%C3%BC.png"),
        ("%C3%BC.png", "../%C3%BC.png"),
        ("//example.org/x?y", "//example.org/x?y"),
        ("mailto:a@b.org?subject=x", "mailto:a@b.org?subject=x"),
        (
            "https://example.org/ü?a=b&c",
            "https://example.org/%C3%BC?a=b&c",
        ),
        ("?page=2", "?page=2"),
        ("/", ".././"),
    ] {
        let site = page(&format!("[x]({written})"))
            .settings(
                "[site]\nbase_url = \"https://example.org/repo/\"\n[topics]\ntaxonomy = \"none\"\n",
            )
            .file("content/a file.txt", "x")
            .file("static/a.pdf", "x")
            .file("content/ü.png", "x");
        let said = site.build().succeed();
        assert!(said.stderr.is_empty(), "{written}: {said}");
        let about = site.read("public/about/index.html");
        assert_eq!(addresses(&about), [want], "{written}");
    }
}

#[test]
fn files_next_to_a_page_are_published_if_linked() {
    let site = Site::new()
        .file(
            "content/papers/2025/a.md",
            "+++\ntitle = \"A\"\ntopics = [\"t\"]\n+++\nText.\n\n<!-- notes -->\n![](fig.png)\n\n<img src=\"fig.png\" width=\"9\">\n\n[b](b.md)\n",
        )
        .file("content/papers/2025/b.md", "+++\ntitle = \"B\"\n+++\nText.\n")
        .file("content/papers/2025/fig.png", "picture")
        .file("content/papers/2025/draft.png", "unused")
        .file("content/.secret.txt", "secret")
        .file(
            "content/topics/t.md",
            "+++\nname = \"T\"\nmatch = \"text\"\n+++\n![](t/chart.svg) [s](../.secret.txt) [u](../urls.tsv)\n",
        )
        .file("content/topics/t/chart.svg", "<svg/>")
        .file(
            "content/digests/2025-01-01.md",
            "+++\ndate = 2025-01-01\npapers = [\"a\"]\n+++\n![](day.jpg)\n",
        )
        .file("content/digests/day.jpg", "picture");
    let said = site.build().succeed();
    for (page, file) in [
        ("papers/a", "papers/2025/fig.png"),
        ("topics/t", "topics/t/chart.svg"),
        ("digests/2025-01-01", "digests/day.jpg"),
    ] {
        let html = site.read(&format!("public/{page}/index.html"));
        let source = format!("<img src=\"../../{file}\"");
        assert!(html.contains(&source), "{source} is not in {html}");
        assert_eq!(
            site.read(&format!("public/{file}")),
            site.read(&format!("content/{file}"))
        );
    }
    let paper = site.read("public/papers/a/index.html");
    assert_eq!(
        paper.matches("../../papers/2025/fig.png").count(),
        2,
        "{paper}"
    );
    assert!(paper.contains("href=\"../../papers/b/\""), "{paper}");
    assert!(!site.has("public/papers/2025/draft.png"));
    assert!(!site.has("public/.secret.txt") && !site.has("public/urls.tsv"));
    for name in [".secret.txt", "urls.tsv"] {
        assert!(said.stderr.contains(name), "{said}");
    }
    // Files that nothing links to any more are removed.
    site.replace("content/digests/2025-01-01.md", "![](day.jpg)", "");
    site.build().succeed();
    assert!(!site.has("public/digests/day.jpg"));
}

#[cfg(unix)]
#[test]
fn a_symlink_publishes_nothing_from_the_machine() {
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("secret.txt"), "secret").unwrap();
    let site = page("[s](secret.txt)");
    std::os::unix::fs::symlink(
        outside.path().join("secret.txt"),
        site.path("content/secret.txt"),
    )
    .unwrap();
    site.build().outcome();
    assert!(!site.has("public/secret.txt"));
}

#[test]
fn dropped_raw_html_is_reported() {
    let text = "a <b onclick=\"x()\">b</b>\n\n<script>\nalert(1)\n</script>\n\n> <div\n>   style=\"color: red\">\n> x</div>\n\n<iframe src=\"https://example.org/\"></iframe>\n\nc <td>d</td> <a href=\"javascript:alert(1)\">e</a>\n\n<!-- a remark is no fault -->\n<details open><summary>f</summary>g</details>\n";
    let site = page(text);
    let said = warnings(&site, "removed-html");
    assert_eq!(
        said.iter()
            .map(|said| said.strip_prefix("content/about.md:").unwrap())
            .collect::<Vec<_>>(),
        [
            "4:6 onclick",
            "6:1 <script>",
            "10:3 style",
            "14:1 <iframe>",
            "16:3 <td>",
        ]
    );
    assert_eq!(
        warnings(&site, "no-address"),
        ["content/about.md:16:17 javascript:alert(1)"]
    );
    let about = site.read("public/about/index.html");
    assert!(
        about.contains("<b>b</b>") && about.contains("<details open"),
        "{about}"
    );
    assert!(!about.contains("alert(1)"), "{about}");
}

#[test]
fn a_forbidden_url_becomes_plain_text() {
    for address in [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://a.org",
        "vbscript:x",
        "",
    ] {
        let site = page(&format!("[text]({address}) ![picture]({address})"));
        let said = warnings(&site, "no-address");
        assert_eq!(said.len(), 2, "{address}: {said:?}");
        assert!(said[0].starts_with("content/about.md:4:"), "{said:?}");
        let about = site.read("public/about/index.html");
        assert!(about.contains("text picture"), "{about}");
        assert!(addresses(&about).is_empty(), "{about}");
    }
}

#[test]
fn page_ids_do_not_collide_with_theme_ids() {
    let text = "## Content\n\n## Q\n\n## References\n\n## Share\n\n## Op content\n\n## A\n\n## A\n\n## A 2\n\n## Mine {#My_id}\n\n<a id=\"a\"></a><a id=\"op-q\"></a>\n\nx[^1] [up](#content) [a](#My_id) [b](#Op-Content) [c](#nope) [d](#top)\n\n[^1]: Note.\n\n## fn-1\n";
    let site = page(text).file(
        "content/papers/2025/p1.md",
        format!("+++\ntitle = \"P1\"\n+++\nText.\n\n<!-- notes -->\n\n{text}"),
    );
    assert_eq!(
        warnings(&site, "dead-anchor"),
        [
            "content/about.md:24:55 #nope",
            "content/papers/2025/p1.md:28:55 #nope"
        ]
    );
    assert_eq!(warnings(&site, "removed-html").len(), 2);
    let tree = site.tree("public");
    let faults: Vec<String> = crawl(&tree, "/")
        .faults
        .into_iter()
        .filter(|fault| !fault.contains("#nope") && !fault.contains("#top"))
        .collect();
    assert!(faults.is_empty(), "{faults:?}");
    let about = site.read("public/about/index.html");
    for id in [
        "content",
        "q",
        "My_id",
        "section-op-content",
        "a",
        "a-2",
        "a-3",
        "a-2-2",
        "fn-1",
    ] {
        assert!(about.contains(&format!(" id=\"{id}\"")), "{id} in {about}");
    }
    assert!(about.contains("href=\"#section-op-content\">b"), "{about}");
}

#[test]
fn footnotes_are_at_the_end_in_order_of_use() {
    let text = "First[^b] and second[^a].\n\n[^a]: Text of a.\n\n[^c]: Text of c.\n\nThird[^b], none[^nope].\n\n[^b]: Text of b.\n\n[^a]: Another a.\n\nThe end.\n";
    let site = page(text);
    assert_eq!(
        warnings(&site, "unused-footnote"),
        ["content/about.md:8:1 c"]
    );
    assert_eq!(
        warnings(&site, "second-footnote"),
        ["content/about.md:14:1 a"]
    );
    assert_eq!(
        warnings(&site, "no-footnote"),
        ["content/about.md:10:16 [^nope]"]
    );
    let about = site.read("public/about/index.html");
    let order: Vec<usize> = [
        "The end.",
        "Text of b.",
        "Text of a.",
        "Text of c.",
        "Another a.",
    ]
    .iter()
    .map(|text| {
        about
            .find(text)
            .unwrap_or_else(|| panic!("{text} in {about}"))
    })
    .collect();
    assert!(order.is_sorted(), "{order:?}");
    crawl(&site.tree("public"), "/").assert_sound();
}

#[test]
fn a_bare_address_becomes_a_link() {
    for (text, want) in [
        (
            "See https://example.org/a_b_c?x=1&y=2.",
            vec!["https://example.org/a_b_c?x=1&y=2"],
        ),
        (
            "(http://example.org/a--b...c) and www.example.org/x",
            vec!["http://example.org/a--b...c", "https://www.example.org/x"],
        ),
        (
            "见https://example.org/x，然后",
            vec!["https://example.org/x"],
        ),
        (
            "`https://a.org` [https://a.org](https://b.org)",
            vec!["https://b.org"],
        ),
        (
            "<a href=\"https://c.org\">https://a.org</a>",
            vec!["https://c.org"],
        ),
        ("javascript://a.org and file.md and a.b", vec![]),
        (
            "\"https://a.org\" -- <https://b.org>",
            vec!["https://a.org", "https://b.org"],
        ),
    ] {
        let site = page(text);
        site.build().succeed();
        let about = site.read("public/about/index.html");
        assert_eq!(addresses(&about), want, "{text}");
    }
}

#[test]
fn external_images_are_allowed_on_their_page() {
    let site = page("![](https://pictures.example:8443/x.png)\n\n![](//other.example/y.png)");
    site.build().succeed();
    let policy = |page: &str| {
        let html = site.read(page);
        let root = html::parse(&html).unwrap();
        let meta = root.named("meta");
        let meta = meta
            .iter()
            .find(|e| e.attribute("http-equiv") == Some("Content-Security-Policy"));
        meta.expect("a policy")
            .attribute("content")
            .unwrap()
            .to_owned()
    };
    assert!(
        policy("public/about/index.html")
            .contains("img-src 'self' data: https://other.example https://pictures.example:8443;")
    );
    assert!(!policy("public/index.html").contains("https:"));
}

#[test]
fn cutting_a_long_text_is_reported() {
    let site = page(&"A line of text.\n".repeat(140_000));
    assert_eq!(warnings(&site, "too-long").len(), 1);
}

#[test]
fn a_page_full_of_errors_is_fast() {
    let text = "[a](/nope/) ![b](c.png) <x y=1> [^z] #\n\n".repeat(20_000);
    let site = page(&text);
    let report: Value = site.build().report();
    let all = report["diagnostics"].as_array().unwrap();
    assert!(
        all.iter().any(|d| d["code"] == "more-faults"),
        "{}",
        all.len()
    );
}
