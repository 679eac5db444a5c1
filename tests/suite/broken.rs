//! Broken sites: every error is reported with file, line, column and what to do,
//! and the last good output stays.

use serde_json::Value;

use crate::support::{Outcome, Site, digest, record};

/// A valid site that has been built.
fn good() -> Site {
    let site = Site::fixture("orchard").file(
        "content/digests/2025-01-01.jsonl",
        digest(&[record("Gears")]),
    );
    site.build().succeed();
    site
}

/// Builds a broken site, and checks what holds for all broken sites.
#[track_caller]
fn broken(site: &Site) -> Outcome {
    let before = site.tree("public");
    assert!(!before.is_empty());
    let outcome = site.build().fail();
    site.tree("public").assert_same(&before);
    let json = site.build().arg("--json").fail().json();
    site.tree("public").assert_same(&before);
    for diagnostic in json["diagnostics"].as_array().unwrap() {
        if diagnostic["severity"] == "error" {
            assert!(diagnostic["help"].is_string(), "no remedy: {diagnostic}");
            assert!(diagnostic["file"].is_string(), "no file: {diagnostic}");
        }
    }
    outcome
}

/// The places of errors with a code, as `file:line:column`.
fn places(site: &Site, code: &str) -> Vec<String> {
    let report: Value = site.build().arg("--json").fail().json();
    let all = report["diagnostics"].as_array().unwrap();
    all.iter()
        .filter(|diagnostic| diagnostic["code"] == code && diagnostic["severity"] == "error")
        .map(|diagnostic| {
            format!(
                "{}:{}:{}",
                diagnostic["file"].as_str().unwrap_or("-"),
                diagnostic["line"],
                diagnostic["column"]
            )
        })
        .collect()
}

#[test]
fn settings_with_invalid_toml() {
    let site = good().settings("[site]\ntitle = \"x\n");
    broken(&site).stderr_contains("offprint.toml:2:");
}

#[test]
fn an_unknown_key_of_the_settings_names_the_nearest() {
    let site = good().settings("[site]\ntitel = \"x\"\n");
    broken(&site)
        .stderr_contains("offprint.toml:2:1")
        .stderr_contains("`site.titel`")
        .stderr_contains("did you mean `title`?");
}

#[test]
fn a_value_of_the_wrong_kind() {
    let site = good().settings("[paginate]\nsize = \"many\"\n");
    broken(&site).stderr_contains("offprint.toml:2:8");
}

#[test]
fn front_matter_with_invalid_toml() {
    let site = good().file("content/papers/bad.md", "+++\ntitle = \"x\n+++\n");
    broken(&site).stderr_contains("content/papers/bad.md:2:");
}

#[test]
fn front_matter_with_invalid_yaml() {
    let site = good().file("content/papers/bad.md", "---\ntitle: [x\n---\n");
    broken(&site).stderr_contains("content/papers/bad.md:");
}

#[test]
fn front_matter_that_is_never_closed() {
    let site = good().file("content/papers/bad.md", "+++\ntitle = \"x\"\n");
    broken(&site).stderr_contains("content/papers/bad.md:1:1");
}

#[test]
fn an_unknown_key_of_a_page_names_the_nearest() {
    let site = good().file(
        "content/papers/bad.md",
        "+++\ntitle = \"x\"\nauthor = [\"Ada\"]\n+++\n",
    );
    broken(&site)
        .stderr_contains("content/papers/bad.md:3:1")
        .stderr_contains("did you mean `authors`?");
}

#[test]
fn a_page_without_a_title() {
    let site = good()
        .file("content/papers/bad.md", "+++\nvenue = \"x\"\n+++\n")
        .file("content/papers/worse.md", "Only text.\n");
    broken(&site)
        .stderr_contains("content/papers/bad.md:2:1")
        .stderr_contains("content/papers/worse.md");
}

#[test]
fn two_papers_with_the_same_slug() {
    let site = good().file(
        "content/papers/elsewhere/unnamed-seedlings.md",
        "+++\ntitle = \"x\"\n+++\n",
    );
    broken(&site)
        .stderr_contains("content/papers/2025/unnamed-seedlings.md")
        .stderr_contains("content/papers/elsewhere/unnamed-seedlings.md");
}

#[test]
fn a_paper_that_names_a_topic_or_a_digest_that_does_not_exist() {
    let site = good().file(
        "content/papers/bad.md",
        "+++\ntitle = \"x\"\ntopics = [\"pruninng\"]\ndigests = [\"1999-01-01\"]\n+++\n",
    );
    broken(&site)
        .stderr_contains("content/papers/bad.md:3:")
        .stderr_contains("did you mean `pruning`?")
        .stderr_contains("content/papers/bad.md:4:");
}

#[test]
fn a_digest_that_lists_a_paper_that_does_not_exist() {
    let site = good();
    site.replace(
        "content/digests/2025-03-01.md",
        "    \"the-russet-that-kept\",\n",
        "    \"the-russet-that-keeps\",\n",
    );
    broken(&site)
        .stderr_contains("content/digests/2025-03-01.md:9:6")
        .stderr_contains("did you mean `the-russet-that-kept`?");
}

#[test]
fn a_topic_that_pins_a_paper_that_does_not_exist() {
    let site = good();
    site.replace(
        "content/topics/storage.md",
        "pinned = [\"the-russet-that-kept\"]",
        "pinned = [\"the-russet\"]",
    );
    broken(&site).stderr_contains("content/topics/storage.md:5:");
}

#[test]
fn a_rule_that_cannot_be_read() {
    let site = good();
    site.replace(
        "content/topics/grafting.md",
        "graft* OR rootstock",
        "graft* OR (rootstock",
    );
    broken(&site).stderr_contains("content/topics/grafting.md:4:");
}

#[test]
fn a_topic_below_one_that_does_not_exist() {
    let site = good();
    site.replace(
        "content/topics/grafting.md",
        "parent = \"pruning\"",
        "parent = \"prunning\"",
    );
    broken(&site)
        .stderr_contains("content/topics/grafting.md:3:")
        .stderr_contains("did you mean `pruning`?");
}

#[test]
fn a_link_to_a_page_that_does_not_exist() {
    let site = good();
    site.replace(
        "content/about.md",
        "topics/pruning.md",
        "topics/prunning.md",
    );
    // A deleted page should not stop the build.
    site.build()
        .succeed()
        .stderr_contains("warning[dead-link]")
        .stderr_contains("content/about.md:")
        .stderr_contains("did you mean `/topics/pruning.md`?");
}

#[test]
fn a_template_with_a_fault_of_syntax() {
    let site = good().file("templates/card.html", "<p>\n{% if %}</p>\n");
    broken(&site).stderr_contains("templates/card.html:2:");
}

#[test]
fn a_template_that_fails_when_it_is_rendered() {
    let site = good().file(
        "templates/paper.html",
        "{% extends \"theme/gazette/paper.html\" %}\n{% block main %}{{ paper.titel.x }}{% endblock %}\n",
    );
    broken(&site).stderr_contains("templates/paper.html:2:");
}

#[test]
fn a_template_that_extends_a_missing_one() {
    let site = good().file("templates/paper.html", "{% extends \"nowhere.html\" %}\n");
    broken(&site)
        .stderr_contains("templates/paper.html")
        .stderr_contains("nowhere.html");
}

#[test]
fn a_theme_that_does_not_exist() {
    let site = good().settings("[site]\ntheme = \"gazete\"\n");
    broken(&site).stderr_contains("did you mean `gazette`?");
}

#[test]
fn a_theme_that_lacks_a_template() {
    let site = good()
        .settings("[site]\ntheme = \"bare\"\n[topics]\ntaxonomy = \"none\"\n")
        .file("themes/bare/theme.toml", "name = \"Bare\"\n")
        .file("themes/bare/templates/base.html", "<!doctype html>\n");
    broken(&site).stderr_contains("paper.html");
}

#[test]
fn two_pages_with_the_same_url() {
    let site = good().file("content/topics.md", "+++\ntitle = \"Mine\"\n+++\n");
    broken(&site)
        .stderr_contains("content/topics.md")
        .stderr_contains("topics/index.html");
}

#[test]
fn an_invalid_page_name() {
    let site = good().file("content/papers/con.md", "+++\ntitle = \"x\"\n+++\n");
    broken(&site).stderr_contains("content/papers/con.md");
}

#[test]
fn a_page_that_is_not_utf8() {
    let site = good().file("content/papers/bad.md", b"+++\ntitle = \"\xff\"\n+++\n");
    broken(&site).stderr_contains("content/papers/bad.md:2:10");
}

#[test]
fn a_url_history_with_an_invalid_row() {
    let site = good();
    let text = site.read("content/urls.tsv");
    site.write("content/urls.tsv", text + "../../etc/\tpapers/x/\t\n");
    broken(&site).stderr_contains("content/urls.tsv:");
}

#[test]
fn every_error_is_reported_not_only_the_first() {
    let site = good()
        .file("content/papers/one.md", "+++\ntitle = \"x\n+++\n")
        .file(
            "content/papers/two.md",
            "+++\ntitle = \"x\"\ntopics = [\"nope\"]\nvenu = \"y\"\n+++\n",
        )
        .file("templates/card.html", "{% if %}\n")
        .file("templates/pager.html", "{% endfor %}\n");
    site.replace(
        "content/topics/grafting.md",
        "graft* OR rootstock",
        "graft* OR (rootstock",
    );
    broken(&site)
        .stderr_contains("content/papers/one.md:2:")
        .stderr_contains("content/papers/two.md:3:")
        .stderr_contains("content/papers/two.md:4:")
        .stderr_contains("content/topics/grafting.md:4:")
        .stderr_contains("templates/card.html:1:")
        .stderr_contains("templates/pager.html:1:");
}

#[test]
fn settings_errors_do_not_hide_page_errors() {
    let site = good()
        .settings("[site]\ntitel = \"x\"\n[topics]\ntaxonomy = \"none\"\n[paginate]\nsize = 0\n")
        .file("content/papers/one.md", "+++\ntitle = \"x\n+++\n");
    broken(&site)
        .stderr_contains("offprint.toml:2:1")
        .stderr_contains("offprint.toml:6:8")
        .stderr_contains("content/papers/one.md:2:");
}

#[test]
fn the_same_error_in_two_files_is_reported_twice() {
    let text = "+++\ntitle = \"x\"\ntopics = [\"nope\"]\n+++\n";
    let site = good()
        .file("content/papers/one.md", text)
        .file("content/papers/two.md", text);
    assert_eq!(
        places(&site, "dangling"),
        ["content/papers/one.md:3:1", "content/papers/two.md:3:1"]
    );
}

#[test]
fn a_repaired_site_builds_as_before() {
    let site = good();
    let before = site.tree("public");
    site.write("templates/card.html", "{% if %}\n");
    site.build().fail();
    site.remove("templates/card.html");
    let report = site.build().report();
    assert_eq!(report["written"], 0, "{report}");
    site.tree("public").assert_same(&before);
}

#[test]
fn a_site_that_was_never_valid_writes_no_pages() {
    let site = Site::new().file("content/papers/bad.md", "+++\ntitle = \"x\n+++\n");
    site.build().fail();
    assert!(site.tree("public").is_empty());
}

#[test]
fn missing_theme_parts_are_reported_where_used() {
    let site =
        Site::new().settings("[theme]\naccent = \"pink\"\nfront_papers = \"few\"\nhue = 3\n");
    let said = site.build().fail().stderr;
    for (code, line, column) in [
        ("bad-choice", 2, 10),
        ("wrong-type", 3, 16),
        ("unknown-key", 4, 7),
    ] {
        let at = said
            .find(&format!("error[{code}]"))
            .unwrap_or_else(|| panic!("{code} in {said}"));
        let place = format!("offprint.toml:{line}:{column}");
        let shown = said[at..].lines().nth(1).unwrap_or_default();
        assert!(shown.ends_with(&place), "{place} is not in {shown}");
    }
    let site = Site::new().settings("[site]\ntheme = \"gazete\"\n");
    let said = site.build().fail().stderr;
    assert!(
        said.contains("offprint.toml:2:9") && said.contains("`gazette`"),
        "{said}"
    );
}

#[test]
fn references_to_unreadable_pages_are_not_reported() {
    let site = good()
        .file("content/papers/one.md", "+++\ntitle =\n+++\n")
        .file(
            "content/digests/2025-04-01.md",
            "+++\ndate = 2025-04-01\npapers = [\"one\", \"nowhere\"]\n+++\n",
        );
    let said = broken(&site).stderr_contains("content/papers/one.md:2:");
    said.stderr_contains("`nowhere` that does not exist")
        .stderr_lacks("`one` that does not exist");
}
