//! Links: every URL within a site leads somewhere, wherever the site is published.

use crate::support::crawl::crawl;
use crate::support::{Site, shared};

/// Paths at which a site may be published.
const MOUNTS: [&str; 3] = ["/", "/repo/", "/a/b/"];

/// Builds a site for each path and crawls the result.
fn assert_sound_everywhere(site: &Site) {
    for mount in MOUNTS {
        let base = format!("https://site.test{mount}");
        site.build().arg("--base-url").arg(&base).succeed();
        let tree = site.tree("public");
        let crawl = crawl(&tree, mount);
        crawl.assert_sound();
        let orphans: Vec<&str> = crawl
            .orphans
            .iter()
            .map(String::as_str)
            .filter(|path| !is_reached_otherwise(path, &tree))
            .collect();
        assert!(orphans.is_empty(), "no page leads to {orphans:?}");
    }
}

/// Redirects are only reached from outside, and e-mails are sent, not visited.
fn is_reached_otherwise(path: &str, tree: &crate::support::Tree) -> bool {
    let is_redirect = tree
        .get(path)
        .is_some_and(|bytes| String::from_utf8_lossy(bytes).contains("http-equiv=\"refresh\""));
    is_redirect || path.ends_with("email.html")
}

#[test]
fn every_link_of_a_site_with_everything_resolves_at_any_address() {
    assert_sound_everywhere(&Site::fixture("orchard"));
}

#[test]
fn every_link_of_the_real_digest_resolves_at_any_address() {
    let Some(file) = shared::file(shared::DIGEST) else {
        return;
    };
    let site = Site::new().settings("");
    site.import(&file).date("2025-03-14").succeed();
    assert_sound_everywhere(&site);
}

#[test]
fn a_site_without_base_url_works_anywhere() {
    let site = Site::fixture("orchard");
    site.replace(
        "offprint.toml",
        "base_url = \"https://orchard.test/papers/\"\n",
        "",
    );
    site.build().succeed();
    let tree = site.tree("public");
    for mount in MOUNTS {
        crawl(&tree, mount).assert_sound();
    }
}

#[test]
fn an_empty_site_is_a_site() {
    let site = Site::new();
    site.build().succeed();
    let tree = site.tree("public");
    assert!(tree.get("index.html").is_some());
    crawl(&tree, "/").assert_sound();
}

#[test]
fn markdown_links_work_from_every_depth() {
    let site = Site::new()
        .file(
            "content/papers/2025/a.md",
            "+++\ntitle = \"A\"\n+++\nText.\n",
        )
        .file(
            "content/guide/b.md",
            "+++\ntitle = \"B\"\n+++\nSee [A](../papers/2025/a.md), [pic](%C3%A9.png).\n",
        )
        .file("static/guide/é.png", "no picture");
    site.build().succeed();
    let page = site.read("public/guide/b/index.html");
    assert!(page.contains("href=\"../../papers/a/\""), "{page}");
}

/// What a comment names is the paper's own, but for other articles.
#[test]
fn addresses_in_a_comment_are_links_and_are_used() {
    let site = Site::new()
        .file(
            "content/papers/gears.md",
            "+++\ntitle = \"Gears\"\ncomment = \"12 pages. Code: https://github.com/mill/gears <b>, and an extended version of https://arxiv.org/abs/2403.03507\"\n+++\nThey turn.\n",
        )
        .file(
            "content/papers/lamps.md",
            "+++\ntitle = \"Lamps\"\ncomment = \"Code: https://github.com/mill/old\"\nlinks.code = \"https://github.com/mill/lamps\"\n+++\nThey shine.\n",
        );
    site.build().succeed();
    let page = site.read("public/papers/gears/index.html");
    assert!(
        page.matches("href=\"https://github.com/mill/gears\"").count() >= 2
            || page.matches("href=https://github.com/mill/gears").count() >= 2,
        "{page}"
    );
    assert!(!page.contains("<b>"), "{page}");
    let exported = site
        .offprint(&["export", "--format", "jsonl"])
        .succeed()
        .stdout;
    assert!(exported.contains("\"code\":\"https://github.com/mill/gears\""), "{exported}");
    assert!(!exported.contains("\"paper\":\"https://arxiv.org/abs/2403.03507\""), "{exported}");
    assert!(exported.contains("\"code\":\"https://github.com/mill/lamps\""), "{exported}");
}
