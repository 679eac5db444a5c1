//! Abstracts as readers see them: no TeX or damage is left anywhere on the site of
//! a real digest, and sites can turn repairs off.

use serde_json::Value;

use crate::support::prose_rows::{Of, ROWS, residue};
use crate::support::{Site, digest, shared};

/// What a reader sees of a published file, as texts without markup.
fn seen(path: &str, text: &str) -> Vec<String> {
    let extension = path.rsplit('.').next().unwrap_or_default();
    match extension {
        "html" => {
            let (page, bibtex) = cut_all(text, "<pre class=\"bibtex\"", "</pre>");
            let (page, _) = cut_all(&page, "<annotation", "</annotation>");
            let mut seen = vec![unescaped(&page)];
            seen.extend(bibtex.iter().map(|entry| of_bibtex(&unescaped(entry))));
            seen
        }
        // Feeds contain escaped HTML.
        "xml" => {
            let (feed, _) = cut_all(&unescaped(text), "<annotation", "</annotation>");
            vec![unescaped(&feed)]
        }
        "json" => {
            let value: Value = serde_json::from_str(text).unwrap();
            let mut seen = Vec::new();
            strings(&value, &mut seen);
            words(&value, &mut String::new(), &mut seen);
            seen.iter()
                .map(|text| unescaped(&cut_all(text, "<annotation", "</annotation>").0))
                .collect()
        }
        "bib" => vec![of_bibtex(text)],
        "js" | "css" | "svg" | "png" => Vec::new(),
        _ => vec![text.to_owned()],
    }
}

/// BibTeX without the TeX it writes itself.
fn of_bibtex(text: &str) -> String {
    text.replace("\\%", "%").replace(" -- ", " – ")
}

/// Removes everything between two markers, and returns both parts.
fn cut_all(text: &str, open: &str, close: &str) -> (String, Vec<String>) {
    let (mut kept, mut cut) = (String::new(), Vec::new());
    let mut rest = text;
    while let Some(at) = rest.find(open) {
        let end = rest[at..]
            .find(close)
            .map_or(rest.len(), |end| at + end + close.len());
        kept.push_str(&rest[..at]);
        cut.push(rest[at..end].to_owned());
        rest = &rest[end..];
    }
    kept.push_str(rest);
    (kept, cut)
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&amp;", "&")
}

fn strings(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::String(text) => out.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| strings(value, out)),
        Value::Object(fields) => {
            for (name, value) in fields {
                out.push(name.clone());
                strings(value, out);
            }
        }
        _ => {}
    }
}

/// The words of an index stored as a tree of letters.
fn words(value: &Value, word: &mut String, out: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let is_letter = name.chars().count() == 1;
                if !is_letter {
                    words(value, &mut String::new(), out);
                    continue;
                }
                word.push_str(name);
                out.push(word.clone());
                words(value, word, out);
                word.pop();
            }
        }
        Value::Array(values) => {
            for value in values {
                words(value, &mut String::new(), out);
            }
        }
        _ => {}
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn readers_see_no_tex_and_no_damage() {
    let Some(file) = shared::file(shared::DIGEST) else {
        return;
    };
    for engine in ["elasticlunr", "sharded"] {
        let site = Site::new().settings(&format!(
            "[site]\nbase_url = \"https://example.org/p/\"\n[search]\nengine = \"{engine}\"\n"
        ));
        site.import(&file).date("2025-03-14").succeed();
        site.build().succeed();
        let mut pages = String::new();
        let mut looked_at = 0;
        for (path, bytes) in site.tree("public").iter() {
            // Fonts have no abstracts, and the known words of the built-in table (search/v) are
            // not shown to anybody.
            if path.contains("/fonts/") || path.starts_with("search/v/") {
                continue;
            }
            let text = String::from_utf8_lossy(bytes);
            for seen in seen(path, &text) {
                looked_at += 1;
                if let Some(residue) = residue(&seen) {
                    let at = seen.find(residue).unwrap_or(0);
                    let around: String = seen[at.min(seen.len())..].chars().take(80).collect();
                    panic!("“{residue}” in {path}: {around}");
                }
            }
            if path.starts_with("papers/") && path.ends_with("index.html") {
                pages.push_str(&text);
            }
        }
        assert!(looked_at > 1_000, "{looked_at}");
        for row in ROWS.iter().filter(|row| !matches!(row.of, Of::Title)) {
            assert!(pages.contains(row.html), "{}", row.source);
        }
        for format in ["jsonl", "bibtex", "ris", "csl-json"] {
            let export = site.offprint(&["export", "--format", format]).succeed();
            let shown = match format {
                "jsonl" => export
                    .stdout
                    .lines()
                    .flat_map(|line| seen("x.json", line))
                    .collect(),
                "csl-json" => seen("x.json", &export.stdout),
                "bibtex" => seen("x.bib", &export.stdout),
                _ => vec![export.stdout.clone()],
            };
            for shown in shown {
                assert_eq!(residue(&shown), None, "{format}: {shown}");
            }
        }
    }
}

#[test]
fn the_rest_of_the_text_is_unchanged() {
    let Some(file) = shared::file(shared::DIGEST) else {
        return;
    };
    let source = std::fs::read_to_string(&file).unwrap();
    let lines: Vec<&str> = source
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let start = lines.iter().position(|line| *line == "Mar 14").unwrap() + 1;
    let mut wanted: Vec<(String, String)> = lines[start..]
        .chunks_exact(2)
        .map(|pair| {
            let read = |text: &str| {
                ROWS.iter().fold(one_line(text), |text, row| {
                    text.replace(row.source, row.plain)
                })
            };
            (read(pair[0]), read(pair[1]))
        })
        .collect();
    let site = Site::new();
    site.import(&file).date("2025-03-14").succeed();
    let export = site.offprint(&["export"]).succeed();
    let mut exported: Vec<(String, String)> = export
        .stdout
        .lines()
        .map(|line| {
            let paper: Value = serde_json::from_str(line).unwrap();
            let text = |field: &str| one_line(paper[field].as_str().unwrap_or_default());
            (text("title"), text("abstract"))
        })
        .collect();
    wanted.sort();
    exported.sort();
    assert_eq!(exported.len(), 122);
    for (exported, wanted) in exported.iter().zip(&wanted) {
        assert_eq!(exported, wanted);
    }
}

#[test]
fn content_keeps_the_source_and_a_repair_can_be_switched_off() {
    let line =
        r#"{"title": "Fast", "abstract": "We are 3times faster at 50\\% of $O(n^2)$ cost."}"#;
    let site = Site::new().file("content/digests/2025-03-14.jsonl", line);
    site.build().succeed();
    let page = || site.read("public/papers/fast/index.html");
    assert!(
        page().contains("We are 3× faster at 50% of <math>"),
        "{}",
        page()
    );
    let content = site.read("content/papers/2025/fast.md");
    assert!(
        content.contains(r"We are 3times faster at 50\% of $O(n^2)$ cost."),
        "{content}"
    );

    site.write(
        "offprint.toml",
        "[topics]\ntaxonomy = \"none\"\n[import]\nrepairs_off = [\"times\"]\n",
    );
    site.build().succeed();
    assert!(
        page().contains("We are 3times faster at 50% of <math>"),
        "{}",
        page()
    );
}

#[test]
fn an_unknown_repair_is_an_error_that_names_the_nearest() {
    let site = Site::new().settings("[import]\nrepairs_off = [\"tmes\"]\n");
    site.build().fail().stderr_contains("times");
}

#[test]
fn explain_lists_every_repair_with_its_condition() {
    let site = Site::new().file("d.jsonl", digest(&[]));
    let said = site.import("d.jsonl").arg("--explain").outcome().stdout;
    for rule in offprint::prose::repairs() {
        for part in [rule.name, rule.what, rule.condition, rule.example.1] {
            assert!(said.contains(part), "{part} in {said}");
        }
    }
}

#[test]
fn math_in_markdown_uses_the_same_code() {
    let line = r#"{"title": "Fast", "abstract": "Its cost is $\\tilde{O}(\\sqrt{dT})$."}"#;
    let site = Site::new().file("content/digests/2025-03-14.jsonl", line);
    site.build().succeed();
    let paper = "content/papers/2025/fast.md";
    let formula = r"$\tilde{O}(\sqrt{dT})$";
    let note = format!(
        "{}\n<!-- notes -->\n\nA note: {formula}, $5 and $6, $\\foo x$, $\\operatorname{{<b>x}}$.\n\n$$x^2$$\n",
        site.read(paper)
    );
    site.write(paper, note);
    site.write(
        "content/topics/t.md",
        format!("+++\nname = \"T\"\npinned = [\"fast\"]\n+++\nAbout {formula}.\n"),
    );
    site.write(
        "content/about.md",
        format!("+++\ntitle = \"About\"\n+++\nThis {formula}.\n"),
    );
    site.build().succeed();
    let page = site.read("public/papers/fast/index.html");
    let shown = offprint::prose::math_html(r"\tilde{O}(\sqrt{dT})", false);
    assert!(shown.starts_with("<math>"), "{shown}");
    assert_eq!(page.matches(&shown).count(), 2, "{page}");
    assert!(page.contains("$5 and $6"), "{page}");
    // Unknown commands show their name; invalid formulas show their source.
    assert!(
        page.contains("<mi>foo</mi>") || page.contains(">foo<"),
        "{page}"
    );
    assert!(
        page.contains(r"<code>\operatorname{&lt;b&gt;x}</code>"),
        "{page}"
    );
    assert!(page.contains("<math display=\"block\">"), "{page}");
    for file in ["public/topics/t/index.html", "public/about/index.html"] {
        assert!(site.read(file).contains(&shown), "{file}");
    }
}
