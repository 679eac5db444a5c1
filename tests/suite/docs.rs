//! The documentation: links work, examples run, and lists match the program.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use offprint::topics::Query;

use crate::support::Site;

/// The pages of `docs/`, and the README and the guides at the root.
fn pages() -> Vec<(PathBuf, String)> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<PathBuf> = [project.to_owned(), project.join("docs")]
        .iter()
        .flat_map(|folder| fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|suffix| suffix == "md"))
        .collect();
    paths.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        (path, text)
    };
    paths.into_iter().map(read).collect()
}

/// One page of the documentation.
fn page(name: &str) -> String {
    let (_, text) = pages()
        .into_iter()
        .find(|(path, _)| path.ends_with(name))
        .unwrap_or_else(|| panic!("there is no {name}"));
    text
}

/// The code blocks in a language.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut block: Option<(bool, String)> = None;
    for line in text.lines() {
        let fence = line.trim_start().strip_prefix("```");
        match (&mut block, fence) {
            (None, Some(name)) => block = Some((name == language, String::new())),
            (Some((wanted, inside)), Some(_)) => {
                if *wanted {
                    out.push(std::mem::take(inside));
                }
                block = None;
            }
            (Some((_, inside)), None) => {
                inside.push_str(line);
                inside.push('\n');
            }
            (None, None) => {}
        }
    }
    out
}

/// A page's anchors, as GitHub derives them from headings.
fn anchors(text: &str) -> BTreeSet<String> {
    text.lines()
        .filter(|line| line.starts_with('#'))
        .map(|line| {
            line.trim_start_matches('#')
                .trim()
                .to_lowercase()
                .chars()
                .filter(|c| c.is_alphanumeric() || *c == ' ' || *c == '-')
                .map(|c| if c == ' ' { '-' } else { c })
                .collect()
        })
        .collect()
}

#[test]
fn every_link_of_the_documentation_leads_to_a_file() {
    let mut followed = 0;
    for (path, text) in pages() {
        for event in pulldown_cmark::Parser::new(&text) {
            use pulldown_cmark::{Event, Tag};
            let (Event::Start(Tag::Link { dest_url, .. })
            | Event::Start(Tag::Image { dest_url, .. })) = event
            else {
                continue;
            };
            if dest_url.contains("://") {
                continue;
            }
            let (file, fragment) = dest_url.split_once('#').unwrap_or((&dest_url, ""));
            let target = if file.is_empty() {
                path.clone()
            } else {
                path.parent().unwrap().join(file)
            };
            assert!(target.exists(), "{}: {dest_url}", path.display());
            if !fragment.is_empty() {
                let text = fs::read_to_string(&target).unwrap();
                assert!(
                    anchors(&text).contains(fragment),
                    "{}: {dest_url}",
                    path.display()
                );
            }
            followed += 1;
        }
    }
    assert!(followed > 10, "only {followed} links were found");
}

#[test]
fn every_page_of_the_documentation_can_be_found_from_the_readme() {
    let readme = page("README.md");
    for (path, _) in pages() {
        let project = Path::new(env!("CARGO_MANIFEST_DIR"));
        let path = path.strip_prefix(project).unwrap();
        let name = path.to_string_lossy().replace('\\', "/");
        // The pull request and the guide for contributors lead to this one.
        let is_elsewhere = ["README.md", "CODE_OF_CONDUCT.md"].contains(&name.as_str());
        assert!(
            is_elsewhere || readme.contains(&format!("({name}")),
            "the README does not link to {name}"
        );
    }
}

/// The guides for people who change the code are only useful while the files that they
/// name exist.
#[test]
fn every_file_that_the_guides_name_exists() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let roots = [
        "src",
        "tests",
        "themes",
        "docs",
        "scripts",
        "benches",
        "fuzz",
        "packaging",
    ];
    let mut found = 0;
    for guide in ["ARCHITECTURE.md", "CONTRIBUTING.md", "RELEASING.md"] {
        let text = page(guide);
        for event in pulldown_cmark::Parser::new(&text) {
            let pulldown_cmark::Event::Code(code) = event else {
                continue;
            };
            let first = code.split('/').next().unwrap_or_default();
            if !code.contains('/') || !roots.contains(&first) || code.contains(['*', ' ']) {
                continue;
            }
            assert!(project.join(&*code).exists(), "{guide}: {code}");
            found += 1;
        }
    }
    assert!(found > 60, "only {found} files were found");
}

#[test]
fn the_settings_of_the_documentation_are_settings() {
    for name in [
        "settings.md",
        "prose.md",
        "publish.md",
        "privacy.md",
        "harvest.md",
        "feeds.md",
    ] {
        let blocks = blocks(&page(name), "toml");
        assert!(!blocks.is_empty(), "{name} shows no settings");
        for block in blocks {
            let site = Site::new().settings(&block);
            let outcome = site.build().outcome();
            assert!(outcome.status.success(), "{name}:\n{block}\n{outcome}");
        }
    }
}

#[test]
fn the_topics_of_the_documentation_are_topics() {
    for name in ["README.md", "topics.md"] {
        let mut seen = 0;
        for block in blocks(&page(name), "toml") {
            let topic = if block.starts_with("+++") {
                block
            } else if block.starts_with("match") {
                format!("+++\nname = \"Example\"\n{block}+++\n")
            } else {
                continue;
            };
            let site = Site::new().file("content/topics/example.md", &topic);
            let outcome = site.build().outcome();
            assert!(outcome.status.success(), "{name}:\n{topic}\n{outcome}");
            seen += 1;
        }
        assert!(seen > 0, "{name} shows no topic");
    }
}

#[test]
fn the_grammar_of_the_documentation_is_the_grammar() {
    let text = page("topics.md");
    let table = text
        .split("## The grammar")
        .nth(1)
        .and_then(|rest| rest.split("## ").next())
        .unwrap();
    let mut read = 0;
    for row in table.lines().filter(|line| line.starts_with("| `")) {
        let cell = row.split(" | ").next().unwrap();
        for query in cell.split('`').skip(1).step_by(2) {
            let done = Query::parse_rule(query).is_ok() || Query::parse(query).is_ok();
            assert!(done, "`{query}` is no query");
            read += 1;
        }
    }
    assert!(read > 12, "only {read} queries were found");
}

#[test]
fn every_repair_is_documented() {
    let text = page("prose.md");
    let documented: BTreeSet<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .collect();
    let site = Site::new().file("a.txt", "A Title\n\nA text.\n");
    let outcome = site
        .import("a.txt")
        .date("2025-01-01")
        .arg("--explain")
        .arg("--dry-run")
        .succeed();
    let explained: BTreeSet<&str> = outcome
        .stdout
        .split("\n\n")
        .filter(|block| block.contains("\n    when: "))
        .filter_map(|block| block.lines().next())
        .collect();
    assert!(explained.len() > 20, "{outcome}");
    assert_eq!(documented, explained);
}

#[test]
fn every_command_is_in_the_readme() {
    let readme = page("README.md");
    let help = Site::new().offprint(&["--help"]).succeed().stdout;
    let commands = help.split("Commands:").nth(1).expect("a list of commands");
    let names: Vec<&str> = commands
        .lines()
        .skip(1)
        .take_while(|line| !line.trim().is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert!(names.len() > 5, "{help}");
    for name in names {
        assert!(
            readme.contains(&format!("`offprint {name}")),
            "the README does not tell of `offprint {name}`"
        );
    }
}

/// The titles and abstracts of the papers in a pasted text.
fn pasted(text: &str) -> Vec<(String, String)> {
    let site = Site::new().file("content/digests/2025-03-14.txt", text);
    site.build().succeed();
    let outcome = site.offprint(&["export", "--format", "jsonl"]).succeed();
    let mut papers: Vec<(String, String)> = outcome
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).expect("a paper a line"))
        .map(|paper: serde_json::Value| {
            let text = |key: &str| paper[key].as_str().unwrap_or_default().to_owned();
            (text("title"), text("abstract"))
        })
        .collect();
    papers.sort();
    papers
}

const TITLES: [&str; 2] = [
    "A Title of a Paper: With a Subtitle",
    "The Title of the Next Paper",
];

#[test]
fn pasted_examples_in_the_documentation_work() {
    let readme = page("README.md");
    let example: String = blocks(&readme, "text")[0]
        .lines()
        .map(|line| format!("{}\n", line.trim_start()))
        .collect();
    let papers = pasted(&example);
    assert_eq!(papers.len(), 2, "{papers:?}");
    assert_eq!([&papers[0].0, &papers[1].0], TITLES);
    assert!(
        papers[0]
            .1
            .starts_with("The abstract of that paper, in one")
    );
    assert!(
        papers[0].1.contains("It may hold TeX such as"),
        "{papers:?}"
    );
    assert_eq!(papers[1].1, "Its abstract.");

    let papers = pasted(&blocks(&page("docs/page-text.md"), "text")[0]);
    assert_eq!(papers.len(), 2, "{papers:?}");
    assert_eq!([&papers[0].0, &papers[1].0], TITLES);
    assert!(
        papers[0]
            .1
            .starts_with("The abstract of that paper. Code is at")
    );
    assert_eq!(
        papers[1].1,
        "Its abstract, in one paragraph or broken into lines."
    );
}

#[test]
fn a_small_wrapped_paste_keeps_every_line() {
    let papers = pasted(
        "A Title of a Paper: With a Subtitle\n\n\
         This is an abstract that a mail client has wrapped at\n\
         seventy columns as mail clients do, and so it stands in\n\
         several lines that belong together, as anybody can see.\n\n\
         The Title of the Next Paper\n\n\
         Here we show that\nwrapped abstracts are read well.\n",
    );
    assert_eq!(papers.len(), 2, "{papers:?}");
    assert_eq!([&papers[0].0, &papers[1].0], TITLES);
    assert!(papers[0].1.contains("wrapped at seventy columns"));
    assert_eq!(
        papers[1].1,
        "Here we show that wrapped abstracts are read well."
    );
}

#[test]
fn the_ten_minutes_of_the_readme_work_word_for_word() {
    let readme = page("README.md");
    let pasted = blocks(&readme, "text")
        .into_iter()
        .next()
        .expect("the README shows a digest");
    let pasted: String = pasted
        .lines()
        .map(|line| format!("{}\n", line.trim_start()))
        .collect();
    let steps = blocks(&readme, "sh");
    let first = steps
        .iter()
        .find(|step| step.contains("offprint new"))
        .expect("a step makes a site");
    let folder = tempfile::tempdir().unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_offprint"));
    let path = std::env::join_paths(
        std::iter::once(program.parent().unwrap().to_path_buf()).chain(std::env::split_paths(
            &std::env::var_os("PATH").unwrap_or_default(),
        )),
    )
    .unwrap();
    let shell = |script: &str, at: &Path| {
        let output = std::process::Command::new("sh")
            .args(["-euc", script])
            .current_dir(at)
            .env("PATH", &path)
            .output()
            .expect("there is a shell");
        assert!(output.status.success(), "{script}\n{output:?}");
    };
    shell(first, folder.path());
    let site = folder.path().join("my-papers");
    fs::write(site.join("content/digests/2025-03-14.txt"), pasted).unwrap();
    let build = steps
        .iter()
        .find(|step| step.trim() == "offprint build")
        .expect("a step builds the site");
    shell(build, &site);
    for file in [
        "public/index.html",
        "public/papers/a-title-of-a-paper-with-a-subtitle/index.html",
        "public/papers/the-title-of-the-next-paper/index.html",
        "content/papers/2025/the-title-of-the-next-paper.md",
        ".github/workflows/publish.yml",
    ] {
        assert!(site.join(file).is_file(), "{file} is missing");
    }
}

#[test]
fn every_format_has_a_target_for_the_fuzzer() {
    let listed = Command::new("scripts/fuzz")
        .arg("list")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    let targets: Vec<&str> = listed.lines().collect();
    for format in offprint::ingest::Format::all() {
        let target = format!("read-{}", format.name());
        assert!(
            targets.contains(&target.as_str()),
            "scripts/fuzz lacks {target}"
        );
    }
}
