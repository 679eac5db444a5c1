//! Safety: a build changes only files that an earlier build wrote, never leaves its
//! folder, and produces a complete site or reports what is new.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use crate::support::{Run, Site, Tree};

/// A site with papers that no digest lists.
fn papers(names: &[&str]) -> Site {
    let mut site = Site::new().settings(
        "[site]\nbase_url = \"https://safe.test/\"\n[topics]\ntaxonomy = \"none\"\n\
         [search]\nengine = \"elasticlunr\"\n",
    );
    for name in names {
        site = site.file(
            &format!("content/papers/{name}.md"),
            format!(
                "+++\ntitle = \"Of {name}\"\nauthors = [\"Ada Apple\"]\n+++\nIt is about {name}.\n"
            ),
        );
    }
    site
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    let done = Command::new("cp").arg("-a").args([from, to]).status();
    assert!(done.unwrap().success());
}

/// The files of a folder without our own record.
fn listed(tree: &Tree) -> Vec<&str> {
    tree.paths()
        .filter(|path| !path.ends_with(".offprint-files"))
        .collect()
}

fn git(folder: &Path, args: &[&str]) -> String {
    let done = Command::new("git")
        .current_dir(folder)
        .args(["-c", "core.excludesFile=/dev/null"])
        .args(args)
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
    String::from_utf8(done.stdout).unwrap()
}

#[test]
fn files_of_another_site_stay_with_and_without_a_record() {
    let old = papers(&["ink", "quill"]);
    old.build().succeed();
    let site = papers(&["ink", "paper"]);
    site.build().succeed();
    copy(&old.path("public"), &site.path("public/2024"));
    // As left by older versions: without a record.
    copy(&old.path("public"), &site.path("public/2023"));
    fs::remove_file(site.path("public/2023/.offprint-files")).unwrap();
    let (with, without) = (site.tree("public/2024"), site.tree("public/2023"));
    assert!(with.len() > 20);

    site.remove("content/papers/paper.md");
    let gone = site.build().report()["removed"].as_u64().unwrap();
    assert!(gone >= 5, "{gone}");
    site.remove_folder(".offprint");
    site.build().succeed();
    site.build().arg("--clean").succeed();
    site.tree("public/2024").assert_same(&with);
    site.tree("public/2023").assert_same(&without);

    // A fresh clone built over existing files keeps all of them.
    let clone = papers(&["ink"]);
    copy(&old.path("public"), &clone.path("public"));
    fs::remove_file(clone.path("public/.offprint-files")).unwrap();
    let report = clone.build().arg("--clean").report();
    assert_eq!(report["removed"], 0);
    for path in listed(&without) {
        assert!(clone.has(&format!("public/{path}")), "{path}");
    }
}

#[test]
fn files_of_a_removed_paper_are_deleted_anywhere() {
    type Change = fn(Site) -> Site;
    let changes: [(&str, Change, &[&str]); 5] = [
        ("nothing else", |site| site, &[]),
        (
            "no .offprint",
            |site| {
                site.remove_folder(".offprint");
                site
            },
            &[],
        ),
        (
            "no .offprint, --clean",
            |site| {
                site.remove_folder(".offprint");
                site
            },
            &["--clean"],
        ),
        ("--clean", |site| site, &["--clean"]),
        (
            "a copy of the site",
            |site| {
                let other = Site::new();
                for name in ["offprint.toml", "content", "public"] {
                    let _ = fs::remove_file(other.path(name));
                    copy(&site.path(name), &other.path(name));
                }
                other
            },
            &[],
        ),
    ];
    for (what, change, args) in changes {
        let site = papers(&["ink", "quill"]);
        site.build().succeed();
        let beside = site.tree("public/papers/quill");
        for suffix in ["index.html", "cite.html", ".bib", ".ris", ".json"] {
            let is_there = beside.paths().any(|path| path.ends_with(suffix));
            assert!(is_there, "{suffix}");
        }
        site.write("public/papers/quill/mine.txt", "mine");
        let site = change(site);
        site.remove("content/papers/quill.md");
        site.replace("offprint.toml", "elasticlunr", "sharded");
        let mut run = site.build();
        for arg in args {
            run = run.arg(arg);
        }
        run.succeed();
        let left = site.tree("public/papers/quill");
        assert_eq!(listed(&left), ["mine.txt"], "{what}");
        let search = site.tree("public/search");
        assert!(
            !search.paths().any(|path| path.starts_with("cards.")),
            "{what}"
        );
        assert!(
            search.paths().any(|path| path.starts_with("root.")),
            "{what}"
        );
        site.remove("public/papers/quill/mine.txt");
        // The same as if it had been built like that from the start.
        let fresh = papers(&["ink"]);
        fresh.replace("offprint.toml", "elasticlunr", "sharded");
        fresh.build().succeed();
        fs::remove_dir(site.path("public/papers/quill")).unwrap();
        fresh.tree("public").assert_same(&site.tree("public"));
    }
}

#[test]
fn an_output_in_the_sources_is_refused() {
    let site = papers(&["ink"])
        .file("outer/x", "")
        .file("themes/own/theme.toml", "extends = \"gazette\"\n")
        .file("elsewhere/theme.toml", "extends = \"gazette\"\n");
    fs::create_dir_all(site.path(".git")).unwrap();
    fs::create_dir_all(site.path("deep/er")).unwrap();
    symlink("../content", site.path("deep/content")).unwrap();
    symlink("content/new", site.path("dangling")).unwrap();
    symlink(site.folder(), site.path("deep/whole")).unwrap();
    // Files that a theme links to are sources, wherever they are.
    symlink("../elsewhere", site.path("themes/linked")).unwrap();
    let absolute = site.path("static/x");
    let before = |site: &Site| {
        let tree = site.tree(".");
        tree.without(|path| path.starts_with(".offprint/"))
    };
    let whole = before(&site);
    for output in [
        "content",
        "content/",
        "content/papers",
        "content/new/site",
        "Content",
        "STATIC/site",
        "static",
        "static/site",
        "templates",
        "themes",
        "themes/own",
        "themes/own/static",
        "themes/linked",
        "themes/linked/x",
        "elsewhere",
        ".git",
        ".GIT/x",
        ".offprint",
        ".offprint/preview",
        ".",
        "..",
        "/",
        "deep/..",
        "public/../content",
        "nowhere/../content/x",
        "deep/content",
        "deep/content/site",
        "deep/whole",
        "deep/whole/static",
        "dangling",
        "dangling/x",
        "other/.git/x",
        absolute.to_str().unwrap(),
    ] {
        site.build()
            .arg("--output")
            .arg(output)
            .fail()
            .stderr_contains("error[output-in-sources]")
            .stderr_contains("--output public");
        before(&site).assert_same(&whole);
    }
    // The default output folder may be a link to it as well.
    symlink("content", site.path("public")).unwrap();
    site.build().fail().stderr_contains("output-in-sources");
    fs::remove_file(site.path("public")).unwrap();
    for output in [
        "docs",
        "deep/er/site",
        "contents",
        "deep/../public",
        "content.old",
    ] {
        site.build().arg("--output").arg(output).succeed();
    }
    // The output folder itself may be a link.
    fs::remove_dir_all(site.path("public")).unwrap();
    symlink("outer", site.path("public")).unwrap();
    site.build().succeed();
    assert!(site.has("outer/index.html") && site.has("outer/x"));
}

#[test]
fn nothing_in_the_output_tells_git_to_skip_it() {
    let site = papers(&["ink"]);
    site.build().arg("--output").arg("docs").succeed();
    let repository = Site::new();
    copy(&site.path("docs"), &repository.path("docs"));
    git(repository.folder(), &["init", "--quiet"]);
    git(repository.folder(), &["add", "docs"]);
    let added = git(repository.folder(), &["ls-files", "docs"]);
    let all = repository.tree("docs");
    assert_eq!(added.lines().count(), all.len(), "{added}");

    // Files of an earlier version are removed with a message; a person's files
    // stay.
    for (text, stays) in [
        ("*\n!.gitignore\n", false),
        ("*\r\n!.gitignore\r\n", false),
        ("*\n", true),
        ("*\n!.gitignore\n*.bak\n", true),
    ] {
        site.write("public/.gitignore", text);
        site.write("public/2024/.gitignore", text);
        let outcome = site.build().succeed();
        assert_eq!(site.has("public/.gitignore"), stays, "{text:?}");
        assert_eq!(
            outcome
                .stderr
                .contains("public/.gitignore of an earlier version was removed"),
            !stays,
            "{outcome}"
        );
        assert!(site.has("public/2024/.gitignore"));
    }
    site.write("static/.gitignore", "*\n!.gitignore\n");
    site.build().succeed();
    site.build().succeed();
    assert!(site.has("public/.gitignore"));

    let outer = Site::new();
    outer.offprint(&["new", "site"]).succeed();
    let new = outer.path("site");
    git(&new, &["init", "--quiet"]);
    git(&new, &["add", "."]);
    Run::new(&new, ["build"]).succeed();
    let status = git(&new, &["status", "--porcelain", "--untracked-files=all"]);
    assert!(
        !status.contains("public") && !status.contains(".offprint/"),
        "{status}"
    );
}

/// Puts something in the way of one of the site's files.
type Obstacle = fn(&Site);

#[test]
fn an_unwritable_file_leaves_the_site_unchanged() {
    let outside = |site: &Site| {
        site.write("outside/index.html", "mine");
        site.write("outside/ink/index.html", "mine");
    };
    let obstacles: [(&str, &str, Obstacle); 10] = [
        ("a folder", "papers/ink/index.html", |site| {
            site.remove("public/papers/ink/index.html");
            site.write("public/papers/ink/index.html/mine.txt", "mine");
        }),
        ("an empty folder", "search/index.html", |site| {
            site.remove("public/search/index.html");
            fs::create_dir(site.path("public/search/index.html")).unwrap();
        }),
        ("a file where a folder is needed", "papers/ink", |site| {
            site.remove_folder("public/papers/ink");
            site.write("public/papers/ink", "mine");
        }),
        ("a pipe", "feed.xml", |site| {
            site.remove("public/feed.xml");
            let made = Command::new("mkfifo")
                .arg(site.path("public/feed.xml"))
                .status();
            assert!(made.unwrap().success());
        }),
        ("a link to a file elsewhere", "index.html", |site| {
            site.remove("public/index.html");
            symlink("../outside/index.html", site.path("public/index.html")).unwrap();
        }),
        ("a link to nothing elsewhere", "robots.txt", |site| {
            site.remove("public/robots.txt");
            symlink("../outside/new", site.path("public/robots.txt")).unwrap();
        }),
        ("a link to a folder elsewhere", "papers", |site| {
            site.remove_folder("public/papers");
            symlink("../outside", site.path("public/papers")).unwrap();
        }),
        ("an absolute link", "papers/ink", |site| {
            site.remove_folder("public/papers/ink");
            symlink(site.path("outside/ink"), site.path("public/papers/ink")).unwrap();
        }),
        ("a record that leads elsewhere", ".offprint-files", |site| {
            site.remove("public/.offprint-files");
            symlink("../outside/index.html", site.path("public/.offprint-files")).unwrap();
        }),
        ("a file for an output", "", |site| {
            site.remove_folder("public");
            site.write("public", "mine");
        }),
    ];
    for (what, place, obstacle) in obstacles {
        let site = papers(&["ink", "quill"]);
        outside(&site);
        site.build().succeed();
        obstacle(&site);
        site.replace("content/papers/ink.md", "Of ink", "Of blue ink");
        let before = site.tree("public").without(|path| path == "feed.xml");
        let others = site.tree("outside");
        for args in [&[][..], &["--clean"]] {
            let mut run = site.build();
            for arg in args {
                run = run.arg(arg);
            }
            run.fail()
                .stderr_contains("error[unwritable]")
                .stderr_contains(format!("public/{place}").trim_end_matches('/'))
                .stderr_contains("the previous output is unchanged")
                .stderr_lacks("half-built");
            if what != "a file for an output" {
                site.tree("public")
                    .without(|path| path == "feed.xml")
                    .assert_same(&before);
            }
            site.tree("outside").assert_same(&others);
        }
    }
}

#[test]
fn nothing_is_deleted_through_a_link() {
    let site = papers(&["ink", "quill"]);
    site.build().succeed();
    // A folder of the output is moved elsewhere and replaced by a link.
    copy(&site.path("public/papers/quill"), &site.path("outside"));
    site.remove_folder("public/papers/quill");
    symlink("../../outside", site.path("public/papers/quill")).unwrap();
    let before = site.tree("outside");
    site.remove("content/papers/quill.md");
    site.build().succeed();
    site.build().arg("--clean").succeed();
    site.tree("outside").assert_same(&before);
}

#[test]
fn a_link_within_the_output_is_replaced_and_not_written_through() {
    let site = papers(&["ink"]);
    site.build().succeed();
    let good = site.tree("public");
    site.write("public/kept.html", "mine");
    site.remove("public/index.html");
    symlink("kept.html", site.path("public/index.html")).unwrap();
    site.remove("public/404.html");
    symlink("nothing.html", site.path("public/404.html")).unwrap();
    site.build().succeed();
    assert_eq!(site.read("public/kept.html"), "mine");
    site.remove("public/kept.html");
    site.tree("public").assert_same(&good);
    assert!(
        !fs::symlink_metadata(site.path("public/index.html"))
            .unwrap()
            .is_symlink()
    );
}

/// Builds with a file size limit of one megabyte, as if the disk were full.
fn build_with_little_room(site: &Site, arg: &str) -> (i32, String, String) {
    let done = Command::new("bash")
        .current_dir(site.folder())
        .args(["-c", "trap '' XFSZ; ulimit -f 1024; exec \"$0\" build $1"])
        .arg(env!("CARGO_BIN_EXE_offprint"))
        .arg(arg)
        .output()
        .unwrap();
    (
        done.status.code().unwrap(),
        String::from_utf8(done.stdout).unwrap(),
        String::from_utf8(done.stderr).unwrap(),
    )
}

#[test]
fn a_full_disk_leaves_no_partial_file() {
    for replaced in [true, false] {
        let names: Vec<String> = (0..40).map(|n| format!("ink-{n}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let site = papers(&names);
        if replaced {
            site.write("static/big.bin", vec![b'a'; 3_000_000]);
        }
        site.build().succeed();
        site.write("static/big.bin", vec![b'b'; 3_000_000]);
        site.replace(
            "offprint.toml",
            "[site]\n",
            "[site]\ntitle = \"New Name\"\n",
        );
        let before = site.tree("public");

        let (status, stdout, stderr) = build_with_little_room(&site, "--json");
        assert_eq!(status, 1, "{stderr}");
        assert!(!stderr.contains("as it was"), "{stderr}");
        let report: serde_json::Value = serde_json::from_str(&stdout).unwrap();
        let unfinished = &report["unfinished"];
        let after = site.tree("public");
        let changed: Vec<&str> = after
            .iter()
            .filter(|(path, bytes)| before.get(path) != Some(*bytes) && !path.starts_with(".off"))
            .map(|(path, _)| path)
            .collect();
        assert!(!changed.is_empty());
        let new: Vec<&str> = unfinished["new"]
            .as_array()
            .unwrap()
            .iter()
            .map(|path| path.as_str().unwrap())
            .collect();
        assert_eq!(new, changed);
        assert_eq!(unfinished["cut_off"], serde_json::json!([]));
        assert_eq!(before.get("big.bin"), after.get("big.bin"));
        let list = site.read(".offprint/unfinished.txt");
        assert_eq!(list.lines().count(), new.len(), "{list}");

        // The message is also shown to people, and the next build repairs
        // everything.
        let (_, _, stderr) = build_with_little_room(&site, "");
        assert!(stderr.contains("public/big.bin"), "{stderr}");
        site.build().succeed();
        assert!(!site.has(".offprint/unfinished.txt"));
        let fresh = papers(&names);
        fresh.write("offprint.toml", site.read("offprint.toml"));
        fresh.write("static/big.bin", vec![b'b'; 3_000_000]);
        fresh.build().succeed();
        fresh.tree("public").assert_same(&site.tree("public"));
    }
}

#[test]
fn a_page_failing_midway_is_reported() {
    let names: Vec<String> = (0..30).map(|n| format!("ink-{n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let site = papers(&names);
    site.build().succeed();
    site.write(
        "templates/paper.html",
        "{% extends \"theme/gazette/paper.html\" %}\n\
         {% block footer %}{% if paper.title == \"Of ink-17\" %}{{ paper.title.nothing.there }}{% endif %}<p>new</p>{% endblock %}\n",
    );
    let before = site.tree("public");
    let outcome = site
        .build()
        .fail()
        .stderr_contains("templates/paper.html:2:");
    let same = site.tree("public").differences(&before).is_empty();
    assert_eq!(outcome.stderr.contains("as it was"), same, "{outcome}");
    assert_eq!(outcome.stderr.contains("half-built"), !same, "{outcome}");
}

#[test]
fn files_of_earlier_builds_make_room() {
    let site = papers(&["ink"])
        .file("static/one", "a file")
        .file("static/two/a.txt", "in a folder")
        .file("static/two/deep/b.txt", "in a folder")
        .file("static/line\nbreak.txt", "odd")
        .file("static/Case.txt", "upper");
    site.build().succeed();
    assert!(site.has("public/line\nbreak.txt"));
    site.remove("static/one");
    site.remove_folder("static/two");
    site.remove("static/line\nbreak.txt");
    site.rename("static/Case.txt", "static/case.txt");
    site.write("static/one/a.txt", "now a folder");
    site.write("static/two", "now a file");
    site.build().succeed();
    assert_eq!(site.read("public/one/a.txt"), "now a folder");
    assert_eq!(site.read("public/two"), "now a file");
    assert_eq!(site.read("public/case.txt"), "upper");
    assert!(!site.has("public/line\nbreak.txt"));
    assert!(!site.has("public/Case.txt"));
    // A foreign file keeps such a folder from being deleted.
    site.write("public/one/mine.txt", "mine");
    site.remove_folder("static/one");
    site.write("static/one", "a file again");
    let before = site.tree("public");
    site.build()
        .fail()
        .stderr_contains("public/one")
        .stderr_contains("move the folder away");
    site.tree("public").assert_same(&before);
}

#[test]
fn the_site_overrides_files_for_hosts() {
    let site = papers(&["ink"])
        .file("static/robots.txt", "User-agent: *\nDisallow: /\n")
        .file("static/.nojekyll", "mine")
        .file("static/CNAME", "own.test\n")
        .file("static/llms.txt", "mine")
        .file("static/Sitemap.xml", "mine")
        .file("static/.well-known/security.txt", "mine");
    site.replace(
        "offprint.toml",
        "[site]",
        "[publish]\ncname = \"own.test\"\n[site]",
    );
    site.build().succeed().no_stderr();
    assert_eq!(
        site.read("public/robots.txt"),
        "User-agent: *\nDisallow: /\n"
    );
    assert_eq!(site.read("public/CNAME"), "own.test\n");
    for file in [
        ".nojekyll",
        "llms.txt",
        "Sitemap.xml",
        ".well-known/security.txt",
    ] {
        assert_eq!(site.read(&format!("public/{file}")), "mine", "{file}");
    }
    assert!(!site.has("public/sitemap.xml") || site.read("public/sitemap.xml") == "mine");
    site.replace(
        "offprint.toml",
        "cname = \"own.test\"",
        "cname = \"other.test\"",
    );
    site.build()
        .succeed()
        .stderr_contains("static/CNAME")
        .stderr_contains("`other.test`");
    assert_eq!(site.read("public/CNAME"), "own.test\n");
    // Without a file of its own, the site gets the generated one.
    site.remove("static/CNAME");
    site.build().succeed();
    assert_eq!(site.read("public/CNAME"), "other.test\n");
}

#[test]
fn the_workflows_include_hidden_files() {
    let outer = Site::new();
    outer.offprint(&["new", "site"]).succeed();
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join(".github/workflows/publish.yml");
    for text in [
        fs::read_to_string(own).unwrap(),
        outer.read("site/.github/workflows/publish.yml"),
    ] {
        let (_, step) = text.split_once("actions/upload-pages-artifact").unwrap();
        let step = step.split("\n      - ").next().unwrap();
        assert!(step.contains("include-hidden-files: true"), "{step}");
    }
}

#[test]
fn an_undated_paper_does_not_move_in_feeds() {
    let site = papers(&["undated"])
        .file(
            "content/papers/listed.md",
            "+++\ntitle = \"Listed\"\n+++\nText.\n",
        )
        .file(
            "content/digests/2024-05-05.md",
            "+++\ndate = 2024-05-05\npapers = [\"listed\"]\n+++\n",
        );
    let entries = |site: &Site| {
        site.build().succeed();
        let json: serde_json::Value = serde_json::from_str(&site.read("public/feed.json")).unwrap();
        let atom = site.read("public/feed.xml");
        ["undated", "listed"].map(|name| {
            let url = format!("https://safe.test/papers/{name}/");
            let item = json["items"]
                .as_array()
                .unwrap()
                .iter()
                .find(|item| item["id"] == url.as_str())
                .unwrap();
            let entry = atom
                .split("<entry")
                .find(|entry| entry.contains(&format!("<id>{url}</id>")))
                .unwrap();
            let entry = entry.split("</entry>").next().unwrap().to_owned();
            (item.to_string(), entry)
        })
    };
    let before = entries(&site);
    let [(undated, _), (listed, listed_atom)] = &before;
    assert!(!undated.contains("date_published") && !undated.contains("date_modified"));
    assert!(listed.contains("2024-05-05"), "{listed}");
    assert!(
        listed_atom.contains("<published>2024-05-05"),
        "{listed_atom}"
    );
    site.write(
        "content/papers/newer.md",
        "+++\ntitle = \"Newer\"\ndate = 2026-02-03\n+++\nText.\n",
    );
    site.write(
        "content/digests/2026-02-03.md",
        "+++\ndate = 2026-02-03\npapers = [\"newer\", \"listed\"]\n+++\n",
    );
    assert_eq!(entries(&site), before);
}

#[test]
fn an_invalid_page_name_gets_a_suggestion() {
    for (file, help) in [
        ("content/index.md", "rename the file to `the-index.md`"),
        ("content/papers/Page.md", "rename the file to `the-page.md`"),
        ("content/papers/aux.md", "rename the file to `the-aux.md`"),
        (
            "content/digests/con.txt",
            "rename the file to `the-con.txt`",
        ),
        ("content/a b.md", "rename the file to `a-b.md`"),
        ("content/nul/x.md", "rename the folder to `the-nul`"),
        (
            "content/papers/!!!.md",
            "rename the file; its name may contain letters",
        ),
    ] {
        papers(&[])
            .file(file, "+++\ntitle = \"x\"\n+++\n")
            .build()
            .fail()
            .stderr_contains(help);
    }
}
