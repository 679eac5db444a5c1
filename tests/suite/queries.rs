//! Queries: one file defines the results, and topic rules, exports, filtered lists
//! and the search box agree with it.

use std::path::Path;
use std::process::Command;

use offprint::topics::names_module;
use serde_json::Value;

use crate::support::Site;

/// A line of `tests/golden/queries.tsv`.
struct Vector {
    line: usize,
    query: String,
    /// The slugs in order, or the code of the error.
    wanted: Result<Vec<String>, String>,
    is_rule: bool,
}

fn vectors() -> Vec<Vector> {
    let text = include_str!("../golden/queries.tsv");
    let lines = (1..).zip(text.lines());
    let vectors: Vec<Vector> = lines
        .filter(|(_, line)| !line.starts_with('#'))
        .map(|(line, text)| {
            let mut columns = text.split('\t');
            let query = columns.next().unwrap().to_owned();
            let wanted = columns.next().unwrap_or_else(|| panic!("line {line}"));
            Vector {
                line,
                query,
                wanted: match wanted.strip_prefix('!') {
                    Some(code) => Err(code.to_owned()),
                    None => Ok(sorted(wanted.split_whitespace().map(str::to_owned))),
                },
                is_rule: columns.next() != Some("rule"),
            }
        })
        .collect();
    assert!(vectors.len() > 150, "{} queries", vectors.len());
    vectors
}

fn sorted(slugs: impl Iterator<Item = String>) -> Vec<String> {
    let mut slugs: Vec<String> = slugs.collect();
    slugs.sort();
    slugs
}

fn slugs(jsonl: &str) -> Vec<String> {
    sorted(jsonl.lines().map(|line| {
        let paper: Value = serde_json::from_str(line).unwrap();
        paper["slug"].as_str().unwrap().to_owned()
    }))
}

#[test]
fn exports_find_the_expected_papers() {
    let site = Site::fixture("shelves");
    let mut wrong = Vec::new();
    for Vector {
        line,
        query,
        wanted,
        ..
    } in vectors()
    {
        // A query may begin with a minus.
        let asked = format!("--query={query}");
        let run = site
            .offprint(&["export", "--format", "jsonl", &asked])
            .outcome();
        match wanted {
            Ok(wanted) if run.stderr.is_empty() && slugs(&run.stdout) == wanted => {}
            Err(code) if run.stderr.contains(&format!("[{code}]")) => {}
            wanted => wrong.push(format!("{line}: {query}: want {wanted:?}\n{run}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn topic_rules_find_the_expected_papers() {
    let vectors: Vec<Vector> = vectors().into_iter().filter(|v| v.is_rule).collect();
    let (found, mistaken): (Vec<&Vector>, Vec<&Vector>) =
        vectors.iter().partition(|vector| vector.wanted.is_ok());
    let mut wrong = Vec::new();
    // A paper can have only so many topics.
    for some in found.chunks(15) {
        let site = Site::fixture("shelves");
        for Vector { line, query, .. } in some {
            let rule = toml::Value::String(query.clone());
            let topic =
                format!("+++\nname = \"Line {line}\"\nmatch = {rule}\nthreshold = 0.01\n+++\n");
            site.write(&format!("content/topics/line-{line}.md"), topic);
        }
        let run = site.offprint(&["export", "--format", "jsonl"]).succeed();
        let papers: Vec<Value> = run
            .stdout
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        for Vector {
            line,
            query,
            wanted,
            ..
        } in some
        {
            let id = format!("line-{line}");
            let has = |paper: &&Value| {
                let mut topics = paper["topics"].as_array().into_iter().flatten();
                topics.any(|topic| topic["id"] == id.as_str())
            };
            let had = papers.iter().filter(has);
            let had = sorted(had.map(|paper| paper["slug"].as_str().unwrap().to_owned()));
            if Ok(&had) != wanted.as_ref() {
                wrong.push(format!("{line}: {query}: have {had:?}, want {wanted:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Errors, in rules as in exports.
    let site = Site::fixture("shelves");
    for Vector { line, query, .. } in &mistaken {
        let rule = toml::Value::String(query.clone());
        let topic = format!("+++\nname = \"Line {line}\"\nmatch = {rule}\n+++\n");
        site.write(&format!("content/topics/line-{line}.md"), topic);
    }
    let run = site.offprint(&["topics", "list"]).outcome();
    for Vector {
        line,
        query,
        wanted,
        ..
    } in mistaken
    {
        let code = wanted.as_ref().unwrap_err();
        let at = format!("content/topics/line-{line}.md:3:");
        let said = run.stderr.split("\n\n").find(|one| one.contains(&at));
        let said = said.unwrap_or_else(|| panic!("{line}: {query}\n{}", run.stderr));
        assert!(
            said.contains(&format!("[{code}]")),
            "{line}: {query}\n{said}"
        );
    }
}

/// Queries the search engine of a built site.
fn asked_in_node(site: &Site, queries: &[String]) -> Option<Vec<Value>> {
    let lines: Vec<String> = queries
        .iter()
        .map(|query| serde_json::to_string(query).unwrap())
        .collect();
    site.write("queries.jsonl", lines.join("\n"));
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/queries.mjs");
    let output = Command::new("node")
        .arg(script)
        .args([site.path("public"), site.path("queries.jsonl")])
        .output();
    let output = match output {
        Ok(output) => output,
        Err(error) if std::env::var_os("OFFPRINT_REQUIRE_SHARED").is_none() => {
            println!("skipped: node does not start: {error}");
            return None;
        }
        Err(error) => panic!("node does not start: {error}"),
    };
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let answers = String::from_utf8(output.stdout).unwrap();
    Some(
        answers
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect(),
    )
}

#[test]
fn the_search_box_finds_the_expected_papers() {
    let vectors = vectors();
    let queries: Vec<String> = vectors.iter().map(|vector| vector.query.clone()).collect();
    for engine in ["elasticlunr", "sharded"] {
        let site = Site::fixture("shelves");
        let settings = site.read("offprint.toml");
        site.write(
            "offprint.toml",
            format!("{settings}\n[search]\nengine = \"{engine}\"\n"),
        );
        site.build().succeed();
        let Some(answers) = asked_in_node(&site, &queries) else {
            return;
        };
        assert_eq!(answers.len(), vectors.len());
        let mut wrong = Vec::new();
        for (
            Vector {
                line,
                query,
                wanted,
                ..
            },
            answer,
        ) in vectors.iter().zip(&answers)
        {
            let notes = answer["notes"].as_array().unwrap();
            let right = match wanted {
                Ok(wanted) => notes.is_empty() && answer["papers"] == serde_json::json!(wanted),
                Err(code) => notes.len() == 1 && notes[0]["code"] == code.as_str(),
            };
            if !right {
                wrong.push(format!("{line}: {query}: have {answer}, want {wanted:?}"));
            }
            if wanted.is_err() {
                // With the same wording as the export.
                let asked = format!("--query={query}");
                let run = site
                    .offprint(&["export", "--format", "csv", &asked])
                    .outcome();
                for part in ["message", "help"] {
                    let text = notes[0][part].as_str().unwrap();
                    assert!(run.stderr.contains(text), "{query}: {text}\n{}", run.stderr);
                }
            }
        }
        assert!(wrong.is_empty(), "{engine}\n{}", wrong.join("\n"));
    }
}

#[test]
fn identical_columns_share_a_file() {
    // If no venue has a year, papers and facet use the same text.
    let site = Site::new()
        .settings("[topics]\ntaxonomy = \"none\"\n[search]\nengine = \"sharded\"\n")
        .file(
            "content/papers/a.md",
            "+++\ntitle = \"Pears\"\nvenue = \"Orchards\"\n[metrics]\nstars = 3\nupvotes = 3\n+++\nA pear.\n",
        );
    site.build().succeed();
    let queries = ["venue:orchards", "stars:3", "upvotes:>2"].map(str::to_owned);
    for answer in asked_in_node(&site, &queries).into_iter().flatten() {
        assert_eq!(answer["papers"], serde_json::json!(["a"]));
    }
}

#[test]
fn the_browser_knows_the_same_query_fields() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/gazette/static/search/fields.js");
    let written = names_module();
    if std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
        std::fs::write(&path, &written).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == written,
        "{} is not what the code says; renew it with\n    \
         INSTA_UPDATE=always cargo test --test suite queries",
        path.display()
    );
}
