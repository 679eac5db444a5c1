//! Publishing: what arrives is what was built, only changes are sent, and other
//! people's files are not touched. Each target is real but local: a repository,
//! rsync, an S3-compatible server.

use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::digest::many;
use crate::support::server::Server;
use crate::support::store::Store;
use crate::support::{Run, Site, Tree};

/// Settings for a site that can be published anywhere.
const SETTINGS: &str = "[site]\nbase_url = \"https://orchard.test/papers/\"\n\n[topics]\ntaxonomy = \"none\"\n\n[authors]\nmin_papers = 1\n";

/// A place to publish to.
enum Place {
    Branch { remote: PathBuf },
    Artifact { file: PathBuf },
    Folder { folder: PathBuf },
    Rsync { folder: PathBuf },
    Store(Box<Store>),
}

impl Place {
    /// One of each kind, within a folder.
    fn all(around: &Path) -> Vec<Self> {
        vec![
            Self::branch(around),
            Self::Artifact {
                file: around.join("site.tar"),
            },
            Self::Folder {
                folder: around.join("folder"),
            },
            Self::Rsync {
                folder: around.join("rsync"),
            },
            Self::Store(Box::new(Store::start())),
        ]
    }

    fn branch(around: &Path) -> Self {
        let remote = around.join("remote.git");
        git(around, &["init", "--quiet", "--bare", "remote.git"]);
        Self::Branch { remote }
    }

    fn settings(&self) -> String {
        let keys = match self {
            Self::Branch { remote } => {
                format!(
                    "type = \"github-pages\"\nremote = \"{}\"\n",
                    remote.display()
                )
            }
            Self::Artifact { file } => {
                format!("type = \"artifact\"\nfile = \"{}\"\n", file.display())
            }
            Self::Folder { folder } => {
                format!("type = \"folder\"\nto = \"{}\"\n", folder.display())
            }
            Self::Rsync { folder } => format!("type = \"rsync\"\nto = \"{}\"\n", folder.display()),
            Self::Store(store) => store.settings(),
        };
        format!("\n[[publish]]\n{keys}")
    }

    /// What is there.
    fn tree(&self) -> Tree {
        match self {
            Self::Branch { remote } => branch_tree(remote, "gh-pages"),
            Self::Artifact { file } => {
                let Ok(bytes) = std::fs::File::open(file) else {
                    return Tree::of([]);
                };
                let unpacked = tempfile::tempdir().unwrap();
                tar::Archive::new(bytes).unpack(unpacked.path()).unwrap();
                Tree::read(unpacked.path())
            }
            Self::Folder { folder } | Self::Rsync { folder } => Tree::read(folder),
            Self::Store(store) => store.tree().without(|path| path == ".offprint-manifest"),
        }
    }

    /// Puts a foreign file there. Archives cannot have any.
    fn put(&self, name: &str, text: &str) -> bool {
        match self {
            Self::Artifact { .. } => return false,
            Self::Branch { remote } => commit(remote, &[(name, text)]),
            Self::Folder { folder } | Self::Rsync { folder } => {
                std::fs::create_dir_all(folder).unwrap();
                std::fs::write(folder.join(name), text).unwrap();
            }
            Self::Store(store) => store.put(name, text),
        }
        true
    }
}

/// Runs git, which must succeed.
fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .current_dir(folder)
        .args(["-c", "user.name=Ann", "-c", "user.email=ann@orchard.test"])
        .args(arguments)
        .output()
        .expect("git is there");
    assert!(
        output.status.success(),
        "git {arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// The files of a branch.
fn branch_tree(remote: &Path, branch: &str) -> Tree {
    let clone = tempfile::tempdir().unwrap();
    let remote = remote.display().to_string();
    let is_there = !git(
        clone.path(),
        &["ls-remote", &remote, &format!("refs/heads/{branch}")],
    )
    .is_empty();
    if !is_there {
        return Tree::of([]);
    }
    git(
        clone.path(),
        &[
            "clone",
            "--quiet",
            "--no-checkout",
            "--branch",
            branch,
            &remote,
            "clone",
        ],
    );
    // Read the branch's files without git's conversions for working copies.
    let attributes = clone.path().join("clone/.git/info/attributes");
    std::fs::create_dir_all(attributes.parent().unwrap()).unwrap();
    std::fs::write(attributes, "* -text\n").unwrap();
    git(&clone.path().join("clone"), &["checkout", "--quiet"]);
    Tree::read(&clone.path().join("clone")).without(|path| path.starts_with(".git/"))
}

/// Commits files to the branch as somebody else.
fn commit(remote: &Path, files: &[(&str, &str)]) {
    let clone = tempfile::tempdir().unwrap();
    let remote = remote.display().to_string();
    git(clone.path(), &["init", "--quiet", "clone"]);
    let clone = clone.path().join("clone");
    git(&clone, &["remote", "add", "origin", &remote]);
    if !git(&clone, &["ls-remote", "origin", "refs/heads/gh-pages"]).is_empty() {
        git(&clone, &["fetch", "--quiet", "origin", "gh-pages"]);
        git(&clone, &["reset", "--quiet", "--hard", "FETCH_HEAD"]);
    }
    for (name, text) in files {
        std::fs::write(clone.join(name), text).unwrap();
    }
    git(&clone, &["add", "--all", "--force"]);
    git(&clone, &["commit", "--quiet", "--message", "By hand"]);
    git(
        &clone,
        &["push", "--quiet", "origin", "HEAD:refs/heads/gh-pages"],
    );
}

fn site(papers: usize) -> Site {
    Site::new()
        .settings(SETTINGS)
        .file("content/digests/2025-01-01.jsonl", many(papers))
}

/// A site with one target.
fn site_for(papers: usize, place: &Place) -> Site {
    site(papers).settings(&format!("{SETTINGS}{}", place.settings()))
}

/// Publishes with a key that any store here accepts.
fn publish(site: &Site, arguments: &[&str]) -> Run {
    let mut words = vec!["publish"];
    words.extend(arguments);
    site.offprint(&words)
        .env("AWS_ACCESS_KEY_ID", "key")
        .env("AWS_SECRET_ACCESS_KEY", "secret")
}

/// The changed paths in a report, with the kind of change.
fn changes(report: &Value) -> Vec<String> {
    let changes = report["changes"].as_array().expect("a list of changes");
    let line = |change: &Value| {
        let (how, path) = (&change["change"], &change["path"]);
        format!("{} {}", how.as_str().unwrap(), path.as_str().unwrap())
    };
    changes.iter().map(line).collect()
}

/// The changes between two trees, in the form of a report.
fn changes_between(before: &Tree, after: &Tree) -> Vec<String> {
    let mut changes = Vec::new();
    for (path, bytes) in after.iter() {
        match before.get(path) {
            None => changes.push(format!("new {path}")),
            Some(there) if there != bytes => changes.push(format!("changed {path}")),
            Some(_) => {}
        }
    }
    let gone = before.paths().filter(|path| after.get(path).is_none());
    changes.extend(gone.map(|path| format!("removed {path}")));
    changes.sort_by_key(|line| line.split_once(' ').map(|(_, path)| path.to_owned()));
    changes
}

fn paper_file(site: &Site, n: usize) -> String {
    let tree = site.tree("content/papers");
    format!("content/papers/{}", tree.paths().nth(n).expect("a paper"))
}

#[test]
fn each_target_gets_the_site_and_then_only_changes() {
    let around = tempfile::tempdir().unwrap();
    for place in Place::all(around.path()) {
        let site = site_for(12, &place);
        let planned = publish(&site, &["--dry-run"]).report();
        assert!(place.tree().is_empty(), "a dry run sends nothing");
        let report = publish(&site, &[]).report();
        assert_eq!(report["changes"], planned["changes"]);
        assert_eq!(report["published"], true);
        site.offprint(&["build"]).succeed();
        let before = site.tree("public");
        place.tree().assert_same(&before);

        let again = publish(&site, &[]).report();
        assert_eq!(changes(&again), [""; 0], "{}", place.settings());
        assert_eq!(again["unchanged"], before.len());

        // One paper gets another title; another is deleted along with its page.
        let file = paper_file(&site, 3);
        let text = site
            .read(&file)
            .replacen("title = \"", "title = \"Pears and ", 1);
        site.write(&file, text);
        site.remove(&paper_file(&site, 7));
        let report = publish(&site, &[]).report();
        site.offprint(&["build"]).succeed();
        let after = site.tree("public");
        assert_eq!(
            changes(&report),
            changes_between(&before, &after),
            "{}",
            place.settings()
        );
        assert!(
            changes(&report)
                .iter()
                .any(|line| line.starts_with("removed papers/"))
        );
        place.tree().assert_same(&after);
    }
}

#[test]
fn foreign_files_stay_and_are_not_replaced_by_accident() {
    let around = tempfile::tempdir().unwrap();
    for place in Place::all(around.path()) {
        let site = site_for(3, &place);
        if !place.put("theirs.html", "theirs") || !place.put("index.html", "theirs too") {
            continue;
        }
        publish(&site, &[])
            .fail()
            .stderr_contains("error[foreign-files]")
            .stderr_contains("index.html");
        assert_eq!(
            place.tree().get("index.html"),
            Some(b"theirs too".as_slice())
        );
        let report = publish(&site, &["--replace"]).report();
        assert_eq!(report["others"], 1, "{}", place.settings());
        let tree = place.tree();
        assert_eq!(tree.get("theirs.html"), Some(b"theirs".as_slice()));
        tree.without(|path| path == "theirs.html")
            .assert_same(&site.tree("public"));
        // From now on the file belongs to the site.
        site.write(
            "offprint.toml",
            format!(
                "{}\n",
                site.read("offprint.toml")
                    .replace("[site]", "[site]\ntitle = \"Other\"")
            ),
        );
        publish(&site, &[]).succeed();
    }
}

#[test]
fn a_site_that_lost_its_papers_is_not_published() {
    let around = tempfile::tempdir().unwrap();
    for place in Place::all(around.path()) {
        let site = site_for(12, &place);
        publish(&site, &[]).succeed();
        let before = place.tree();
        for n in (0..12).rev().step_by(2) {
            site.remove(&paper_file(&site, n));
        }
        publish(&site, &[])
            .fail()
            .stderr_contains("error[shrinks]")
            .stderr_contains("--allow-shrink");
        place.tree().assert_same(&before);
        publish(&site, &["--allow-shrink"]).succeed();
        place.tree().assert_same(&site_tree(&site));
    }
}

/// The site as published; archives are made without a tree.
fn site_tree(site: &Site) -> Tree {
    site.offprint(&["build"]).succeed();
    site.tree("public")
}

#[test]
fn a_site_with_errors_is_not_published() {
    let around = tempfile::tempdir().unwrap();
    for place in Place::all(around.path()) {
        let site = site_for(3, &place);
        publish(&site, &[]).succeed();
        let before = place.tree();
        site.write("templates/footer.html", "<a href=\"nowhere/\">x</a>");
        publish(&site, &[])
            .fail()
            .stderr_contains("error[dead-link]");
        place.tree().assert_same(&before);
        site.write("templates/footer.html", "{{ nothing.at.all }}");
        publish(&site, &["--unchecked"])
            .fail()
            .stderr_contains("nothing was published");
        place.tree().assert_same(&before);
        site.write("templates/footer.html", "<a href=\"nowhere/\">x</a>");
        publish(&site, &["--unchecked"]).succeed();
    }
}

/// Ends a run after a while; returns whether it was still running.
fn kill_after(mut child: Child, delay: Duration) -> bool {
    std::thread::sleep(delay);
    let was_running = child.try_wait().expect("the run can be asked").is_none();
    let _ = child.kill();
    child.wait().expect("the run ends");
    was_running
}

#[test]
fn a_killed_publish_is_completed_by_the_next() {
    let around = tempfile::tempdir().unwrap();
    for place in Place::all(around.path()) {
        let site = site_for(10, &place);
        publish(&site, &["--unchecked"]).succeed();
        let start = Instant::now();
        retitle(&site, "First");
        publish(&site, &["--unchecked"]).succeed();
        let whole = start.elapsed();
        let mut killed = 0;
        for n in 1..=10 {
            let is_archive = matches!(place, Place::Artifact { .. });
            // An archive is replaced in a single step.
            if is_archive && n % 3 > 0 {
                continue;
            }
            retitle(&site, &format!("Kill {n}"));
            killed += usize::from(kill_after(
                publish(&site, &["--unchecked"]).spawn(),
                whole * n / 10,
            ));
            publish(&site, &["--unchecked"]).succeed();
            if is_archive {
                site.offprint(&["build"]).succeed();
            }
            place.tree().assert_same(&site.tree("public"));
        }
        assert!(killed >= 1, "no run was killed in time");
    }
}

/// Gives the site another title, which appears on every page.
fn retitle(site: &Site, title: &str) {
    let settings = site.read("offprint.toml");
    let rest: Vec<&str> = settings
        .lines()
        .filter(|line| !line.starts_with("title = "))
        .collect();
    let text = rest
        .join("\n")
        .replacen("[site]", &format!("[site]\ntitle = \"{title}\""), 1);
    site.write("offprint.toml", text);
}

#[test]
fn two_at_once_do_not_mix() {
    let around = tempfile::tempdir().unwrap();
    for place in Place::all(around.path()) {
        // Two people, each with a copy of the site.
        let sites: Vec<Site> = ["Ann's", "Bob's"]
            .map(|title| {
                let site = site_for(10, &place);
                retitle(&site, title);
                site.offprint(&["build"]).succeed();
                site
            })
            .into();
        // Rsync has nothing that two machines could synchronise on.
        if matches!(place, Place::Rsync { .. }) {
            continue;
        }
        let mut runs: Vec<Child> = sites
            .iter()
            .map(|site| publish(site, &[]).spawn())
            .collect();
        for run in &mut runs {
            assert!(run.wait().unwrap().success(), "{}", place.settings());
        }
        let tree = place.tree();
        let of = |site: &Site| tree.differences(&site_tree(site)).is_empty();
        assert!(of(&sites[0]) || of(&sites[1]), "{}", place.settings());
    }
}

#[test]
fn a_wrong_key_is_reported_but_never_shown() {
    let server = Server::new(|_, _| {
        let body = "<?xml version=\"1.0\"?><Error><Code>InvalidAccessKeyId</Code><Message>no AKIAWRONG</Message></Error>";
        format!(
            "HTTP/1.1 403 Forbidden\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
        .into_bytes()
    });
    let target = format!(
        "{SETTINGS}\n[[publish]]\ntype = \"s3\"\nbucket = \"papers\"\nendpoint = \"{}\"\n",
        server.url
    );
    let site = site(2).settings(&target);
    let outcome = site
        .offprint(&["publish"])
        .env("AWS_ACCESS_KEY_ID", "AKIAWRONG")
        .env("AWS_SECRET_ACCESS_KEY", "hush-hush")
        .fail();
    let said = format!("{}{}", outcome.stdout, outcome.stderr);
    assert!(
        said.contains("refuses the key (InvalidAccessKeyId)"),
        "{said}"
    );
    for secret in ["hush-hush", "AKIAWRONG", "X-Amz-Signature"] {
        assert!(!said.contains(secret), "{said}");
    }
    site.offprint(&["publish"])
        .env("AWS_ACCESS_KEY_ID", "")
        .env("AWS_SECRET_ACCESS_KEY", "hush-hush")
        .fail()
        .stderr_contains("AWS_ACCESS_KEY_ID is not set")
        .stderr_lacks("hush-hush");
    // A key in the settings is refused and not repeated.
    site.write(
        "offprint.toml",
        format!(
            "{}secret_access_key = \"hush-hush\"\n",
            site.read("offprint.toml")
        ),
    );
    publish(&site, &[])
        .fail()
        .stderr_contains("secret_access_key")
        .stderr_lacks("hush-hush");
    let settings =
        format!("{SETTINGS}\n[[publish]]\nremote = \"http://ann:hush-hush@127.0.0.1:9/x.git\"\n");
    let site = site.settings(&settings);
    publish(&site, &[]).fail().stderr_lacks("hush-hush");
    let tree = site.tree("public");
    assert!(
        tree.iter()
            .all(|(_, bytes)| !String::from_utf8_lossy(bytes).contains("hush-hush"))
    );
}

#[test]
fn a_branch_keeps_its_domain_and_may_hold_a_site_in_a_folder() {
    let around = tempfile::tempdir().unwrap();
    let place = Place::branch(around.path());
    let Place::Branch { remote } = &place else {
        panic!("a branch");
    };
    place.put("CNAME", "papers.orchard.test\n");
    let site = site_for(2, &place);
    publish(&site, &[])
        .succeed()
        .stderr_contains("papers.orchard.test");
    let tree = place.tree();
    assert_eq!(tree.get("CNAME"), Some(b"papers.orchard.test\n".as_slice()));
    assert_eq!(tree.get(".nojekyll"), Some(b"".as_slice()));

    let text = format!(
        "{SETTINGS}\n[[publish]]\nremote = \"{}\"\nbranch = \"main\"\nfolder = \"docs\"\n",
        remote.display()
    );
    let site = site.settings(&text);
    publish(&site, &[]).succeed();
    let tree = branch_tree(remote, "main");
    assert!(tree.get("docs/index.html").is_some() && tree.get("index.html").is_none());
    assert_eq!(git(remote, &["rev-list", "--count", "main"]), "1");
    retitle(&site, "Other");
    publish(&site, &[]).succeed();
    assert_eq!(git(remote, &["rev-list", "--count", "main"]), "2");
    let tree = branch_tree(remote, "main");
    let inner = tree.iter().map(|(path, bytes)| {
        let inner = path.strip_prefix("docs/").expect("all is in the folder");
        (inner.to_owned(), bytes.to_vec())
    });
    Tree::of(inner).assert_same(&site.tree("public"));
}

#[test]
fn the_history_of_a_branch_is_squashed_on_request() {
    let around = tempfile::tempdir().unwrap();
    let place = Place::branch(around.path());
    let Place::Branch { remote } = &place else {
        panic!("a branch");
    };
    let keys = place.settings();
    let site = site(2).settings(&format!("{SETTINGS}{keys}history = \"one\"\n"));
    place.put("theirs.txt", "theirs");
    for title in ["One", "Two", "Three"] {
        retitle(&site, title);
        publish(&site, &[]).succeed();
        assert_eq!(git(remote, &["rev-list", "--count", "gh-pages"]), "1");
        let tree = place.tree();
        assert_eq!(tree.get("theirs.txt"), Some(b"theirs".as_slice()));
        tree.without(|path| path == "theirs.txt")
            .assert_same(&site.tree("public"));
    }
    // Commits that somebody else makes meanwhile are kept.
    place.put("more.txt", "more");
    retitle(&site, "Four");
    publish(&site, &[]).succeed();
    assert_eq!(place.tree().get("more.txt"), Some(b"more".as_slice()));
}

#[test]
fn objects_have_types_and_cache_headers() {
    let store = Store::start();
    let place = Place::Store(Box::new(store));
    let settings = format!("{SETTINGS}{}prefix = \"a/b\"\n", place.settings());
    let site = site(2).settings(&settings);
    publish(&site, &[]).succeed();
    let Place::Store(store) = &place else {
        panic!("a store");
    };
    let header = |path: &str, name: &str| store.header(&format!("a/b/{path}"), name);
    assert_eq!(
        header("index.html", "content-type"),
        "text/html; charset=utf-8"
    );
    assert_eq!(
        header("index.html", "cache-control"),
        "public, max-age=0, must-revalidate"
    );
    assert_eq!(
        header("feed.xml", "content-type"),
        "text/xml; charset=utf-8"
    );
    let tree = site.tree("public");
    let kept: Vec<&str> = tree
        .paths()
        .filter(|path| path.starts_with("assets/"))
        .collect();
    assert!(!kept.is_empty(), "a site has assets");
    for path in kept {
        assert!(
            header(path, "cache-control").contains("immutable"),
            "{path}"
        );
    }
    // The manifest does not reveal which pages exist.
    let manifest = String::from_utf8(store.get("a/b/.offprint-manifest")).unwrap();
    assert!(
        !manifest.contains("papers") && !manifest.contains("at work"),
        "{manifest}"
    );
}

#[test]
fn the_target_is_named_or_the_only_one_or_the_default() {
    let site = site(1);
    publish(&site, &[])
        .fail()
        .stderr_contains("no target is defined")
        .stderr_contains("github-pages");
    publish(&site, &["foldr"])
        .fail()
        .stderr_contains("did you mean `folder`?");
    publish(&site, &["folder"]).fail().stderr_contains("--to");
    publish(&site, &["folder", "--to", "content/x"])
        .fail()
        .stderr_contains("output-in-sources");
    let around = site.around().to_owned();
    let place = |name: &str| around.join(name).display().to_string();
    let site = site.settings(&format!(
        "{SETTINGS}\n[[publish]]\nname = \"one\"\ntype = \"folder\"\nto = \"{}\"\n\n[[publish]]\nname = \"two\"\ntype = \"folder\"\nto = \"{}\"\nbase_url = \"https://two.test/\"\n",
        place("one"),
        place("two")
    ));
    publish(&site, &[])
        .fail()
        .stderr_contains("name one of one, two");
    publish(&site, &["two"]).succeed();
    let feed = std::fs::read_to_string(Path::new(&place("two")).join("feed.xml")).unwrap();
    assert!(
        feed.contains("https://two.test/") && !feed.contains("orchard.test"),
        "{feed}"
    );
    assert!(!Path::new(&place("one")).exists());
}

#[test]
fn what_is_in_the_way_of_a_folder_is_not_replaced_by_accident() {
    let around = tempfile::tempdir().unwrap();
    for place in Place::all(around.path()) {
        let site = site_for(2, &place);
        if matches!(place, Place::Store(_)) || !place.put("papers", "theirs") {
            continue;
        }
        publish(&site, &[])
            .fail()
            .stderr_contains("error[foreign-files]")
            .stderr_contains("papers");
        assert_eq!(place.tree().get("papers"), Some(b"theirs".as_slice()));
    }
    // Nor is a file that is not an archive of a site.
    let site = site(1)
        .file("notes.tar", "theirs")
        .file("notes.txt", "theirs");
    for (to, said) in [
        ("notes.tar", "foreign-files"),
        ("notes.txt", "does not end in .tar"),
        ("content/x.tar", "output-in-sources"),
        ("static/x.tar", "output-in-sources"),
        ("~/x.tar", "tilde"),
        ("", "empty"),
    ] {
        publish(&site, &["artifact", "--to", to])
            .fail()
            .stderr_contains(said);
    }
    assert_eq!(site.read("notes.tar"), "theirs");
    assert!(!site.has("content/x.tar") && !site.has("static/x.tar"));
}

#[test]
fn a_damaged_manifest_costs_only_time() {
    let place = Place::Store(Box::new(Store::start()));
    let Place::Store(store) = &place else {
        panic!("a store");
    };
    let site = site_for(4, &place);
    publish(&site, &[]).succeed();
    store.put(".offprint-manifest", "junk");
    store.put("theirs.txt", "theirs");
    site.remove(&paper_file(&site, 1));
    site.write("static/theirs.txt", "ours");
    publish(&site, &["--allow-shrink"])
        .fail()
        .stderr_contains("theirs.txt");
    site.remove("static/theirs.txt");
    let report = publish(&site, &["--allow-shrink"]).report();
    assert!(report["removed"].as_u64() > Some(0), "{report}");
    assert_eq!(report["others"], 1);
    let tree = place.tree();
    assert_eq!(tree.get("theirs.txt"), Some(b"theirs".as_slice()));
    tree.without(|path| path == "theirs.txt")
        .assert_same(&site.tree("public"));
    // On request, files that somebody else changed are restored.
    store.put("index.html", "theirs");
    publish(&site, &[]).succeed();
    assert_eq!(place.tree().get("index.html"), Some(b"theirs".as_slice()));
    publish(&site, &["--resend"]).succeed();
    place
        .tree()
        .without(|path| path == "theirs.txt")
        .assert_same(&site.tree("public"));
}

#[test]
fn unusual_file_names_arrive() {
    let around = tempfile::tempdir().unwrap();
    for place in Place::all(around.path()) {
        let site = site_for(1, &place)
            .file("static/\"quoted\".txt", "1")
            .file("static/a b/ü[1]*?.txt", "2")
            .file("static/-n.txt", "3")
            .file("static/back\\slash.txt", "4")
            .file("static/.git/config", "token = secret")
            .file("static/.gitattributes", "* text eol=crlf\n")
            .file("static/lines.txt", "a\nb\n");
        publish(&site, &[]).succeed().stderr_contains("git-folder");
        let tree = place.tree();
        tree.assert_same(&site_tree(&site));
        assert!(tree.paths().all(|path| !path.contains(".git/")));
        site.remove("static/a b/ü[1]*?.txt");
        publish(&site, &[]).succeed();
        place.tree().assert_same(&site_tree(&site));
    }
}

#[test]
fn a_dry_run_checks_and_writes_nothing() {
    let around = tempfile::tempdir().unwrap();
    for place in Place::all(around.path()) {
        let site = site_for(1, &place);
        site.write("templates/footer.html", "<a href=\"nowhere/\">x</a>");
        publish(&site, &["--dry-run"])
            .fail()
            .stderr_contains("error[dead-link]");
        match &place {
            Place::Folder { folder } | Place::Rsync { folder } => assert!(!folder.exists()),
            Place::Artifact { file } => assert!(!file.exists()),
            Place::Branch { .. } | Place::Store(_) => assert!(place.tree().is_empty()),
        }
    }
}

#[test]
fn a_relative_remote_starts_at_the_repository_root() {
    let around = tempfile::tempdir().unwrap();
    git(around.path(), &["init", "--quiet", "--bare", "remote.git"]);
    git(
        around.path(),
        &["init", "--quiet", "--initial-branch", "main", "repo"],
    );
    let repo = around.path().join("repo");
    git(&repo, &["remote", "add", "origin", "../remote.git"]);
    let site = site(1);
    let copy = repo.join("site");
    std::fs::create_dir_all(copy.join("content/digests")).unwrap();
    for file in ["offprint.toml", "content/digests/2025-01-01.jsonl"] {
        std::fs::copy(site.path(file), copy.join(file)).unwrap();
    }
    Run::new(&copy, ["publish", "github-pages"]).succeed();
    let remote = around.path().join("remote.git");
    branch_tree(&remote, "gh-pages").assert_same(&Tree::read(&copy.join("public")));
    // Pages must not end up among their own sources.
    let settings = format!("{SETTINGS}\n[[publish]]\nbranch = \"main\"\n");
    std::fs::write(copy.join("offprint.toml"), settings).unwrap();
    Run::new(&copy, ["publish"])
        .fail()
        .stderr_contains("source-branch");
}
