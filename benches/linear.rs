//! Tests that every reader takes linear time: each gets hostile input of some
//! length and of twice that length. If the time doubles, it is linear; if it
//! quadruples, it is not.
//!
//! `cargo bench --bench linear [NAME]` runs each input through the real binary.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// An input: its name, file suffix, and text for a given length.
type Input = (&'static str, &'static str, fn(usize) -> String, usize);

const INPUTS: [Input; 30] = [
    (
        "rss, declaration that is none",
        "xml",
        |n| format!("<rss><channel><item><!bad</item>{}", "<".repeat(n)),
        400_000,
    ),
    (
        "rss, comments that never end",
        "xml",
        |n| format!("<rss><channel>{}", "<item><!-- ".repeat(n)),
        100_000,
    ),
    (
        "rss, CDATA that never ends",
        "xml",
        |n| format!("<rss><channel>{}", "<item><![CDATA[ ".repeat(n)),
        100_000,
    ),
    (
        "rss, quotes that never end",
        "xml",
        |n| format!("<rss><channel>{}'>", "<item \"".repeat(n)),
        100_000,
    ),
    (
        "rss, all items on one line",
        "xml",
        |n| {
            format!(
                "<rss><channel>{}</channel></rss>",
                numbered(n, |i| format!(
                    "<item><title>Paper {i}</title><link>https://a.test/{i}</link></item>"
                ))
            )
        },
        20_000,
    ),
    (
        "rss, a tag of many attributes",
        "xml",
        |n| {
            format!(
                "<rss><channel><item {}><title>A title</title></item></channel></rss>",
                numbered(n, |i| format!("a{i}=\"x\" "))
            )
        },
        150_000,
    ),
    (
        "rss, a text of signs",
        "xml",
        |n| {
            format!(
                "<rss><channel><item><title>A</title><description><![CDATA[{}]]></description></item></channel></rss>",
                "<a".repeat(n)
            )
        },
        200_000,
    ),
    (
        "atom, elements in each other",
        "xml",
        |n| format!("<feed><entry>{}", "<a>".repeat(n)),
        200_000,
    ),
    (
        "page text, one line of tags",
        "txt",
        |n| "<div>".repeat(n),
        160_000,
    ),
    (
        "page text, lines of tags",
        "txt",
        |n| "<div>\n".repeat(n),
        20_000,
    ),
    ("page text, tiny lines", "txt", |n| "a\n".repeat(n), 50_000),
    (
        "page text, names",
        "txt",
        |n| format!("A title\n\n{}\n\nA text.\n", "Jane Doe, ".repeat(n)),
        50_000,
    ),
    (
        "page text, escapes",
        "txt",
        |n| format!("A title\n\n{}", "\u{1b}]".repeat(n)),
        200_000,
    ),
    (
        "listing",
        "txt",
        |n| {
            numbered(n, |i| {
                format!(
                    "[{i}] arXiv:2503.{:05} [pdf]\nTitle: Paper {i}\nJane Doe\nSubjects: X (cs.LG)\n\nA text.\n\n",
                    i % 100_000
                )
            })
        },
        5_000,
    ),
    (
        "markdown, points",
        "md",
        |n| {
            numbered(n, |i| {
                format!("- [A title of paper {i}](https://a.test/{i})\n")
            })
        },
        10_000,
    ),
    (
        "markdown, brackets",
        "md",
        |n| format!("- [A title of it](https://a.test)\n- {}", "[".repeat(n)),
        100_000,
    ),
    (
        "markdown, a table",
        "md",
        |n| {
            format!(
                "|Title|Paper|\n|---|---|\n{}",
                numbered(n, |i| format!(
                    "|**A title of {i}**|[pdf](https://a.test/{i})|\n"
                ))
            )
        },
        10_000,
    ),
    (
        "references",
        "txt",
        |n| {
            numbered(n, |i| {
                format!("[{i}] J. Doe, \"Paper {i} of many,\" J. Gears, vol. {i}, 2024.\n")
            })
        },
        5_000,
    ),
    (
        "bibtex, one long name",
        "bib",
        |n| format!("@article{{a, title={{A}}, author={{{}}}}}", "ab ".repeat(n)),
        250_000,
    ),
    (
        "bibtex, braces",
        "bib",
        |n| format!("@article{{a, title={{{}", "{".repeat(n)),
        100_000,
    ),
    (
        "bibtex, entries that never end",
        "bib",
        |n| "@article{a,\n".repeat(n),
        50_000,
    ),
    (
        "ris, a text of signs",
        "ris",
        |n| format!("TY  - JOUR\nTI  - A\nAB  - {}\nER  - \n", "<".repeat(n)),
        400_000,
    ),
    ("json, brackets", "json", |n| "[".repeat(n), 200_000),
    (
        "json, a list that never ends",
        "json",
        |n| {
            format!(
                "{{\"papers\": [{}",
                numbered(n, |i| format!("{{\"title\": \"Paper {i}\"}},"))
            )
        },
        10_000,
    ),
    (
        "json, halves of characters",
        "jsonl",
        |n| format!("{{\"title\": \"A{}\"}}\n", "\\ud800".repeat(n)),
        100_000,
    ),
    (
        "jsonl, one title and many DOIs",
        "jsonl",
        |n| {
            numbered(n, |i| {
                format!(
                    "{{\"title\": \"A title\", \"authors\": [\"Jane Doe\"], \"doi\": \"10.1000/{i}\"}}\n"
                )
            })
        },
        10_000,
    ),
    (
        "jsonl, one title and many authors",
        "jsonl",
        |n| {
            numbered(n, |i| {
                format!("{{\"title\": \"A title\", \"authors\": [\"Jane Doe{i}\"]}}\n")
            })
        },
        10_000,
    ),
    (
        "bibtex, one title in many volumes",
        "bib",
        |n| {
            numbered(n, |i| {
                format!(
                    "@article{{k{i}, title={{A title}}, author={{Doe, Jane}}, journal={{J}}, volume={{{i}}}, pages={{1--2}}}}\n"
                )
            })
        },
        10_000,
    ),
    (
        "yaml, a list",
        "yaml",
        |n| numbered(n, |i| format!("- title: Paper {i}\n")),
        5_000,
    ),
    (
        "toml, escapes that are none",
        "md-page",
        |n| format!("+++\ntitle = \"{}\"\n+++\n", "\\x".repeat(n)),
        100_000,
    ),
];

fn numbered(n: usize, each: impl Fn(usize) -> String) -> String {
    (0..n).map(each).collect()
}

/// The longest time allowed for one input.
const MOST: Duration = Duration::from_secs(120);

#[expect(clippy::print_stdout, reason = "a bench prints its figures")]
fn main() {
    let chosen = std::env::args().skip(1).find(|word| !word.starts_with('-'));
    let mut slow = Vec::new();
    println!(
        "{:<34} {:>9} {:>9} {:>6}",
        "input", "once", "twice", "ratio"
    );
    for (name, suffix, text, n) in INPUTS {
        if chosen
            .as_ref()
            .is_some_and(|part| !name.contains(part.as_str()))
        {
            continue;
        }
        let once = time(suffix, &text(n));
        let twice = time(suffix, &text(2 * n));
        let ratio = twice.as_secs_f64() / once.as_secs_f64().max(0.001);
        println!(
            "{name:<34} {:>7.0}ms {:>7.0}ms {ratio:>6.1}",
            once.as_secs_f64() * 1e3,
            twice.as_secs_f64() * 1e3
        );
        // For very short times, the ratio says nothing.
        if twice > Duration::from_millis(500) && ratio > 3.0 || twice >= MOST {
            slow.push(name);
        }
    }
    assert!(slow.is_empty(), "more than linear: {slow:?}");
}

/// The time the program takes to read a file.
fn time(suffix: &str, text: &str) -> Duration {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        let parent = path.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(parent).expect("a folder can be made");
        std::fs::write(path, text).expect("a file can be written");
    };
    write("offprint.toml", "[topics]\ntaxonomy = \"none\"\n");
    let words: &[&str] = if suffix == "md-page" {
        write("content/papers/2025/a.md", text);
        &["build"]
    } else {
        write(&format!("in.{suffix}"), text);
        &["import", "--date", "2025-03-14", "--dry-run"]
    };
    let mut command = Command::new(env!("CARGO_BIN_EXE_offprint"));
    command.current_dir(folder.path()).args(words);
    if suffix != "md-page" {
        command.arg(format!("in.{suffix}"));
    }
    let start = Instant::now();
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    loop {
        if matches!(child.try_wait(), Ok(Some(_))) {
            return start.elapsed();
        }
        if start.elapsed() > MOST {
            let _ = child.kill();
            let _ = child.wait();
            return MOST;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}
