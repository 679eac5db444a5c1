//! An outline of each kind of page, to show what a template change affects.

use crate::support::Site;
use crate::support::outline::outline;

#[test]
fn every_kind_of_page_matches_its_outline() {
    let site = Site::fixture("orchard");
    site.build().succeed();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.add_filter("assets/[0-9a-f]{10}/", "assets/[hash]/");
    settings.add_filter("root\\.[0-9a-f]{10}\\.json", "root.[hash].json");
    settings.bind(|| {
        for (name, path) in [
            ("home", "index.html"),
            ("papers", "papers/index.html"),
            (
                "paper",
                "papers/grafting-old-wood-onto-young-rootstock/index.html",
            ),
            (
                "withdrawn",
                "papers/a-withdrawn-claim-about-pears/index.html",
            ),
            ("topics", "topics/index.html"),
            ("topic", "topics/grafting/index.html"),
            ("digests", "digests/index.html"),
            ("digest", "digests/2025-03-01/index.html"),
            ("free-page", "about/index.html"),
            ("search", "search/index.html"),
            ("error", "404.html"),
        ] {
            let page = site.read(&format!("public/{path}"));
            insta::assert_snapshot!(name, outline(&page));
        }
    });
}

#[test]
fn each_month_has_a_page_of_its_digests() {
    let mut site = Site::new();
    for day in ["2025-03-14", "2025-03-15", "2025-02-01"] {
        site = site.file(
            &format!("content/digests/{day}.txt"),
            format!(
                "Gears of {day}\n\nGears turn, and this is an abstract that says how they do it.\n"
            ),
        );
    }
    site.build().succeed();
    let archive = site.read("public/digests/index.html");
    assert!(
        archive.contains("href=\"../digests/month/2025-03/\""),
        "{archive}"
    );
    let month = site.read("public/digests/month/2025-03/index.html");
    assert!(month.contains("<h1>March 2025</h1>"), "{month}");
    assert!(
        month.contains("../../../digests/2025-03-14/") && !month.contains("2025-02-01"),
        "{month}"
    );
    assert!(site.has("public/digests/month/2025-02/index.html"));
}

#[test]
fn an_empty_day_says_why_it_is_empty() {
    let site = Site::new()
        .file("content/digests/2025-03-14.jsonl", "")
        .file("content/digests/2025-03-15.json", "[]");
    site.build().succeed();
    let friday = site.read("public/digests/2025-03-14/index.html");
    assert!(
        friday.contains("This digest has no papers. The file 2025-03-14.jsonl contains none.</p>"),
        "{friday}"
    );
    let saturday = site.read("public/digests/2025-03-15/index.html");
    assert!(
        saturday.contains(
            "The file 2025-03-15.json contains none. Most services list nothing on weekends."
        ),
        "{saturday}"
    );
}

#[test]
fn heading_levels_are_never_skipped() {
    let site = Site::new().file(
        "content/about.md",
        "+++\ntitle = \"About\"\n+++\n### Deep first\n\n# Shallow\n\n#### Far below\n\n## Between\n",
    );
    site.build().succeed();
    let page = site.read("public/about/index.html");
    for heading in [
        "<h2 id=\"deep-first\">",
        "<h2 id=\"shallow\">",
        "<h3 id=\"far-below\">",
        "<h3 id=\"between\">",
    ] {
        assert!(page.contains(heading), "{heading} in {page}");
    }
}

#[test]
fn code_is_highlighted_and_styles_are_loaded_only_there() {
    const CODE: &str = "```python\ndef f(): return 1\n```\n";
    let site = Site::new()
        .settings("[topics]\ntaxonomy = \"none\"\n")
        .file(
            "content/papers/a.md",
            format!("+++\ntitle = \"A\"\ntopics = [\"t\"]\n+++\nText.\n<!-- notes -->\n{CODE}"),
        )
        .file("content/papers/b.md", "+++\ntitle = \"B\"\n+++\nText.\n")
        .file(
            "content/topics/t.md",
            format!("+++\nname = \"T\"\nmatch = \"x\"\n+++\n{CODE}"),
        )
        .file(
            "content/about.md",
            format!("+++\ntitle = \"About\"\n+++\n{CODE}"),
        );
    site.build().succeed();
    for (path, has_code) in [
        ("papers/a/", true),
        ("papers/b/", false),
        ("topics/t/", true),
        ("about/", true),
        ("", false),
    ] {
        let page = site.read(&format!("public/{path}index.html"));
        assert_eq!(page.contains("code.css"), has_code, "{path}");
        assert_eq!(
            page.contains("<code class=\"language-python\">"),
            has_code,
            "{path}"
        );
    }
}
