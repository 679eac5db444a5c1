//! Builds the search index of a corpus and prints the cost.
//!
//! `search_index CORPUS.jsonl PAPERS OUTPUT [auto|elasticlunr|sharded]` reads the
//! first PAPERS papers, writes the index and the engine to OUTPUT and prints a line
//! of JSON. It is a faster alternative to building a whole site when measuring
//! search.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tests and examples may stop at the first surprise, and say so"
)]

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;

use offprint::config::Engine;
use offprint::derive::Blocks;
use offprint::meaning::Vector;
use offprint::model::slugify;
use offprint::search::{Document, Given, build, engine_module};
use serde::Deserialize;

/// A line of the corpus.
#[derive(Deserialize)]
struct Line {
    title: String,
    #[serde(default)]
    r#abstract: String,
    #[serde(default)]
    authors: Vec<String>,
    venue: Option<String>,
    year: Option<i16>,
    #[serde(default)]
    keywords: Vec<String>,
    pdf_url: Option<String>,
    code_url: Option<String>,
}

/// Topics by a word that indicates them, as many as in a small taxonomy.
const TOPICS: [(&str, &str, &str); 24] = [
    ("3d", "3D Vision", "3d"),
    ("agents", "Agents & Tool Use", "agent"),
    ("audio", "Audio & Speech", "speech"),
    ("bandits", "Bandits & Online Learning", "regret"),
    ("control", "Control", "controller"),
    ("detection", "Object Detection", "detection"),
    ("diffusion", "Diffusion Models", "diffusion"),
    ("fairness", "Fairness & Safety", "fair"),
    ("graphs", "Graph Learning", "graph"),
    ("grasping", "Grasping & Manipulation", "grasp"),
    ("language", "Language Models", "language model"),
    ("locomotion", "Legged Locomotion", "legged"),
    ("medical", "Medicine & Biology", "medical"),
    ("motion", "Motion Planning", "motion planning"),
    ("optimization", "Optimization", "convex"),
    ("pose", "Pose Estimation", "pose"),
    ("probabilistic", "Probabilistic Inference", "posterior"),
    ("quantization", "Efficient Inference", "quantiz"),
    (
        "reinforcement",
        "Reinforcement Learning",
        "reinforcement learning",
    ),
    ("segmentation", "Segmentation", "segmentation"),
    ("slam", "SLAM & Localization", "localization"),
    ("theory", "Learning Theory", "bound"),
    ("translation", "Machine Translation", "translation"),
    ("video", "Video", "video"),
];

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [corpus, papers, output, rest @ ..] = args.as_slice() else {
        return Err(
            "usage: search_index CORPUS.jsonl PAPERS OUTPUT [auto|elasticlunr|sharded]".into(),
        );
    };
    let engine = match rest.first().map_or("auto", String::as_str) {
        "auto" => Engine::Auto,
        "elasticlunr" => Engine::Elasticlunr,
        "sharded" => Engine::Sharded,
        other => return Err(format!("unknown engine {other}").into()),
    };
    let mut lines = BufReader::new(fs::File::open(corpus)?)
        .lines()
        .take(papers.parse()?)
        .map(|line| Ok(serde_json::from_str(&line?)?))
        .collect::<Result<Vec<Line>, Box<dyn Error>>>()?;
    // Sites list the newest first.
    lines.sort_by_key(|line| std::cmp::Reverse(line.year));
    let mut slugs = BTreeSet::new();
    let documents: Vec<(Document<'_>, Vector)> = lines
        .iter()
        .enumerate()
        .map(|(number, line)| {
            let mut slug = slugify(&line.title, 80);
            if !slugs.insert(slug.clone()) {
                slug = format!("{slug}-{number}");
            }
            (document(slug, line), Vector::NONE)
        })
        .collect();
    let documents = Given(documents);

    let before = Usage::now();
    let built = build(&documents, &[], engine, None, &Blocks::none())
        .map_err(|diagnostic| diagnostic.message)?;
    let after = Usage::now();

    let output = Path::new(output);
    for (path, content) in &built.files {
        let path = output.join(path);
        fs::create_dir_all(path.parent().ok_or("a file has a folder")?)?;
        fs::write(path, content)?;
    }
    fs::write(output.join("engine.js"), engine_module())?;
    println!(
        "{}",
        serde_json::json!({
            "papers": documents.0.len(),
            "container": built.container.name(),
            "files": built.files.len(),
            "bytes": built.bytes,
            "cpu_s": after.cpu - before.cpu,
            "rss_before_mb": before.rss_mb,
            "peak_rss_mb": after.peak_mb,
        })
    );
    Ok(())
}

fn document(slug: String, line: &Line) -> Document<'_> {
    let text = format!("{} {}", line.title, line.r#abstract).to_lowercase();
    let topics = TOPICS
        .iter()
        .filter(|(_, _, word)| text.contains(word))
        .take(3)
        .map(|&(id, name, _)| (Cow::Borrowed(id), Cow::Borrowed(name)))
        .collect();
    let end = line
        .r#abstract
        .char_indices()
        .nth(200)
        .map_or(line.r#abstract.len(), |(at, _)| at);
    let mut has = Vec::new();
    has.extend(line.code_url.as_ref().map(|_| "code"));
    has.extend(line.pdf_url.as_ref().map(|_| "pdf"));
    Document {
        url: format!("papers/{slug}/").into(),
        slug: slug.into(),
        title: Cow::Borrowed(&line.title),
        short: line
            .title
            .split_once(": ")
            .map(|(short, _)| short)
            .filter(|short| !short.contains(' '))
            .map(Cow::Borrowed),
        authors: line
            .authors
            .iter()
            .map(|name| Cow::Borrowed(&**name))
            .collect(),
        topics,
        abstract_text: Cow::Borrowed(&*line.r#abstract),
        keywords: line
            .keywords
            .iter()
            .map(|keyword| Cow::Borrowed(&**keyword))
            .collect(),
        key_sentence: Cow::Borrowed(&line.r#abstract[..end]),
        date: None,
        year: line.year,
        venue: line.venue.as_deref().map(Cow::Borrowed),
        has,
        ..Document::default()
    }
}

/// Resources used by this process so far, according to the kernel.
struct Usage {
    cpu: f64,
    rss_mb: u64,
    peak_mb: u64,
}

impl Usage {
    fn now() -> Self {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let megabytes = |key: &str| {
            let line = status.lines().find(|line| line.starts_with(key));
            let number = line.and_then(|line| line.split_whitespace().nth(1));
            number
                .and_then(|number| number.parse::<u64>().ok())
                .unwrap_or_default()
                / 1024
        };
        let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
        // User and system time, in hundredths of a second.
        let ticks: u64 = stat
            .rsplit(") ")
            .next()
            .unwrap_or_default()
            .split(' ')
            .skip(11)
            .take(2)
            .filter_map(|number| number.parse::<u64>().ok())
            .sum();
        Self {
            cpu: ticks as f64 / 100.0,
            rss_mb: megabytes("VmRSS"),
            peak_mb: megabytes("VmHWM"),
        }
    }
}
