//! The output on disk: the same input produces the same bytes everywhere,
//! up-to-date files are not rewritten, and other people's files stay.

use std::collections::BTreeMap;
use std::time::SystemTime;

use crate::support::digest::many;
use crate::support::{Site, Tree, digest, record, shared};

/// When each output file was last written.
fn times(site: &Site) -> BTreeMap<String, SystemTime> {
    let tree = site.tree("public");
    tree.paths()
        .map(|path| {
            let path = format!("public/{path}");
            let time = std::fs::metadata(site.path(&path))
                .and_then(|data| data.modified())
                .unwrap();
            (path, time)
        })
        .collect()
}

#[test]
fn builds_in_two_folders_are_identical() {
    let one = Site::fixture("orchard");
    let two = Site::fixture("orchard");
    one.build().succeed();
    two.build().succeed();
    assert_ne!(one.folder(), two.folder());
    one.tree("public").assert_same(&two.tree("public"));
    one.tree("content").assert_same(&two.tree("content"));
}

#[test]
fn builds_of_the_real_digest_are_identical() {
    let Some(file) = shared::file(shared::DIGEST) else {
        return;
    };
    let built = || {
        let site = Site::new().settings("[site]\nbase_url = \"https://example.org/p/\"\n");
        site.import(&file).date("2025-03-14").succeed();
        site.build().succeed();
        site
    };
    let (one, two) = (built(), built());
    one.tree("content").assert_same(&two.tree("content"));
    one.tree("public").assert_same(&two.tree("public"));
}

#[test]
fn no_page_knows_the_folder_it_was_built_in() {
    let site = Site::fixture("orchard");
    site.build().succeed();
    let folder = site.folder().to_string_lossy().into_owned();
    for (path, bytes) in site.tree("public").iter() {
        assert!(!String::from_utf8_lossy(bytes).contains(&folder), "{path}");
    }
}

#[test]
fn a_second_build_writes_nothing() {
    let site = Site::fixture("orchard");
    let first = site.build().report();
    assert!(first["written"].as_u64().unwrap() > 20, "{first}");
    let before = (times(&site), site.tree("content"));
    let second = site.build().report();
    assert_eq!(second["written"], 0, "{second}");
    assert_eq!(second["removed"], 0, "{second}");
    assert_eq!(second["unchanged"], first["written"], "{second}");
    assert_eq!(times(&site), before.0);
    site.tree("content").assert_same(&before.1);
}

#[test]
fn editing_a_paper_rewrites_only_pages_that_show_it() {
    // A paper of a small map that is written anew may move all others.
    let site = Site::new()
        .settings("[map]\nenabled = false\n")
        .file("a.jsonl", many(60));
    site.import("a.jsonl").date("2025-01-01").succeed();
    site.build().succeed();
    let before = times(&site);
    let page = site
        .tree("content/papers/2025")
        .paths()
        .next()
        .unwrap()
        .to_owned();
    let file = format!("content/papers/2025/{page}");
    site.write(
        &file,
        site.read(&file).replace("It was done", "It was redone"),
    );
    let report = site.build().report();
    let written = report["written"].as_u64().unwrap();
    assert!((1..20).contains(&written), "{report}");
    let after = times(&site);
    let changed = after
        .iter()
        .filter(|(path, time)| before.get(*path) != Some(*time))
        // The record of written files is not a page.
        .filter(|(path, _)| !path.ends_with(".offprint-files"));
    assert_eq!(changed.count() as u64, written);
}

#[test]
fn a_foreign_file_stays() {
    let site = Site::fixture("orchard")
        .file("public/CNAME", "orchard.test\n")
        .file("public/papers/mine.txt", "mine\n")
        .file("public/mine/index.html", "<p>mine</p>\n");
    site.build().succeed();
    site.write("public/papers/unnamed-seedlings/data.csv", "1,2\n");
    site.remove("content/papers/2025/unnamed-seedlings.md");
    for digest in ["2025-02-01"] {
        site.replace(
            &format!("content/digests/{digest}.md"),
            "    \"unnamed-seedlings\",\n",
            "",
        );
    }
    site.replace(
        "content/papers/2025/pruning-in-may-a-field-study.md",
        "[link to another paper](unnamed-seedlings.md)",
        "link to another paper",
    );
    site.build().succeed();
    site.build().arg("--clean").succeed();
    for path in [
        "public/CNAME",
        "public/papers/mine.txt",
        "public/mine/index.html",
        "public/papers/unnamed-seedlings/data.csv",
    ] {
        assert!(site.has(path), "{path}");
    }
    assert!(!site.has("public/papers/unnamed-seedlings/index.html"));
}

#[test]
fn the_output_of_a_deleted_page_is_removed() {
    let site = Site::new().file("a.jsonl", digest(&[record("Gears"), record("Lamps")]));
    site.import("a.jsonl").date("2025-01-01").succeed();
    site.write("content/extra.md", "+++\ntitle = \"Extra\"\n+++\n");
    site.build().succeed();
    assert!(site.has("public/extra/index.html"));
    site.remove("content/extra.md");
    let report = site.build().report();
    assert_eq!(report["removed"], 1, "{report}");
    assert!(!site.has("public/extra"));
}

#[test]
fn a_clean_build_equals_one_over_old_output() {
    let site = Site::fixture("orchard");
    site.build().succeed();
    site.replace("offprint.toml", "size = 3", "size = 2");
    site.replace("offprint.toml", "The Orchard Papers", "Orchard");
    site.build().succeed();
    let over = site.tree("public");
    site.build().arg("--clean").succeed();
    site.tree("public").assert_same(&over);
    let fresh = Site::fixture("orchard");
    fresh.write("offprint.toml", site.read("offprint.toml"));
    fresh.build().succeed();
    fresh.tree("public").assert_same(&over);
}

#[test]
fn the_cache_can_be_deleted() {
    let site = Site::fixture("orchard");
    site.build().succeed();
    let before = site.tree("public");
    site.remove_folder(".offprint");
    site.replace("offprint.toml", "size = 3", "size = 2");
    site.build().succeed();
    site.replace("offprint.toml", "size = 2", "size = 3");
    site.remove_folder(".offprint");
    site.build().succeed();
    site.tree("public").assert_same(&before);
}

#[test]
fn the_output_can_be_another_folder() {
    let site = Site::fixture("orchard");
    site.build().succeed();
    site.build().arg("--output").arg("elsewhere/site").succeed();
    site.tree("elsewhere/site")
        .assert_same(&site.tree("public"));
}

#[test]
fn a_base_url_is_used_only_where_needed() {
    let plain = Site::new().file("a.jsonl", digest(&[record("Gears")]));
    plain.import("a.jsonl").date("2025-01-01").succeed();
    plain.build().succeed();
    let elsewhere = "https://else.test/where/";
    plain
        .build()
        .arg("--base-url")
        .arg(elsewhere)
        .arg("--output")
        .arg("other")
        .succeed();
    for (path, text) in plain.tree("other").pages() {
        // An e-mail is read in a mail program.
        if path == "404.html" || path.ends_with("email.html") {
            continue;
        }
        for line in text.lines().filter(|line| line.contains(elsewhere)) {
            let allowed = [
                "rel=\"canonical\"",
                "property=\"og:",
                // What is printed of a page.
                "<p class=\"address\">",
                "name=\"citation_",
                "name=\"twitter:",
                "application/ld+json",
                "itemprop",
                "url = {",
                "<dt>",
                "UR  - ",
                "&quot;URL&quot;",
                "href=\"mailto:",
                "Z3988",
            ];
            assert!(
                allowed.iter().any(|mark| line.contains(mark)),
                "{path}: {line}"
            );
        }
    }
}

#[test]
fn drafts_are_left_out_unless_asked_for() {
    let site = Site::new().file(
        "content/papers/draft.md",
        "+++\ntitle = \"A Draft\"\ndraft = true\n+++\nText.\n",
    );
    site.build().succeed();
    assert!(!site.has("public/papers/draft/index.html"));
    site.build().arg("--drafts").succeed();
    assert!(site.has("public/papers/draft/index.html"));
    site.build().succeed();
    assert!(!site.has("public/papers/draft/index.html"));
}

#[test]
fn hashed_file_names_never_change_content() {
    for engine in ["elasticlunr", "sharded"] {
        let settings = format!("[topics]\ntaxonomy = \"none\"\n[search]\nengine = \"{engine}\"\n");
        let site = Site::new()
            .settings(&settings)
            .file("content/digests/2025-01-01.jsonl", many(20));
        site.build().succeed();
        let first = site.tree("public");
        let paper = site.tree("content/papers");
        let paper = format!("content/papers/{}", paper.paths().next().unwrap());
        let text = site
            .read(&paper)
            .replacen("title = \"", "title = \"Quinces and ", 1);
        site.write(&paper, text);
        site.write("static/style.css", "h1 { color: red }");
        site.build().succeed();
        let second = site.tree("public");
        let named: Vec<&str> = second
            .paths()
            .filter(|path| path.starts_with("assets/") || path.starts_with("search/"))
            .filter(|path| *path != "search/index.html")
            .collect();
        assert!(named.len() > 10, "{named:?}");
        let mut new = 0;
        for path in &named {
            match first.get(path) {
                Some(bytes) => assert_eq!(Some(bytes), second.get(path), "{path}"),
                None => new += 1,
            }
        }
        assert!(new > 3, "what changed has another name: {named:?}");
        // Assets used by the first build's pages never change under the same name.
        let asset = |tree: &Tree| {
            let page = String::from_utf8_lossy(tree.get("index.html").unwrap()).into_owned();
            let (_, rest) = page.split_once("assets/").unwrap();
            rest.split('/').next().unwrap().to_owned()
        };
        assert_ne!(asset(&first), asset(&second));
        // Deprecated names in templates are reported.
        site.write(
            "templates/header.html",
            "<img src=\"{{ root }}favicon.svg\" alt=\"\">",
        );
        site.build()
            .succeed()
            .stderr_contains("old-asset")
            .stderr_contains("templates/header.html:1:11")
            .stderr_contains("{{ \"favicon.svg\" | asset }}");
    }
}

#[test]
fn a_portable_site_links_between_files() {
    let site = Site::fixture("orchard");
    site.offprint(&["build", "--portable", "--zip"]).succeed();
    let tree = site.tree("portable");
    for (path, page) in tree.pages() {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        assert!(!page.contains("type=\"module\""), "{path}");
        for part in page.split("href=").skip(1) {
            let part = part.trim_start_matches('"');
            let end = part.find(['"', ' ', '>', '#', '?']).unwrap_or(part.len());
            let link = &part[..end];
            if link.is_empty() || link.contains(':') || link.starts_with('/') {
                continue;
            }
            let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
            for part in link.split('/') {
                match part {
                    "." | "" => {}
                    ".." => drop(parts.pop()),
                    part => parts.push(part),
                }
            }
            let target = parts.join("/").replace("%20", " ");
            assert!(
                tree.get(&target).is_some(),
                "{path}: {link} leads to {target}"
            );
        }
    }
    let script = String::from_utf8_lossy(tree.get("search/index.js").unwrap()).into_owned();
    assert!(
        script.starts_with("globalThis.offprintSearch={\"page\":"),
        "{script}"
    );
    assert!(site.has("portable.zip") && !site.has("public"));
    let zip = std::fs::read(site.path("portable.zip")).unwrap();
    site.offprint(&["build", "--portable", "--zip"]).succeed();
    assert_eq!(zip, std::fs::read(site.path("portable.zip")).unwrap());
}
