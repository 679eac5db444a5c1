//! Computes term vectors of many papers and the nearest neighbours of each.
//!
//! ```sh
//! cargo bench --bench related             # the whole corpus of 83,271 papers
//! cargo bench --bench related -- 10000    # the first 10,000 of them
//! ```
//!
//! Prints processor time, wall time and peak memory. The papers come from
//! `../shared/corpora`, decompressed with `xz`.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark prints its figures"
)]

use std::io::{BufRead, BufReader};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use offprint::derive::{Blocks, Phrase, TextPrint, gist};
use offprint::library::{Related, Subject, Terms, Text, mark};
use offprint::meaning::{Table, Vector};
use serde::Deserialize;

const CORPUS: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../shared/corpora/papers-83k.jsonl.xz"
);

#[derive(Deserialize)]
struct Paper {
    title: String,
    #[serde(rename = "abstract", default)]
    abstract_text: String,
}

fn main() -> ExitCode {
    let most = std::env::args()
        .skip(1)
        .find_map(|word| word.parse().ok())
        .unwrap_or(usize::MAX);
    let papers = match corpus(most) {
        Ok(papers) => papers,
        Err(message) => {
            eprintln!("{CORPUS}: {message}");
            return ExitCode::FAILURE;
        }
    };
    println!("{} papers, {} MB held", papers.len(), peak_mb());
    let watch = Watch::new();
    let terms = Terms::of(papers.len(), |n| Text {
        title: &papers[n].title,
        abstract_text: &papers[n].abstract_text,
        words: None,
        print: None,
    });
    watch.say("terms");
    let watch = Watch::new();
    let table = Table::built_in();
    let vectors: Vec<Vector> = papers
        .iter()
        .map(|paper| table.paper(&paper.title, &paper.abstract_text))
        .collect();
    watch.say("vectors");
    let watch = Watch::new();
    let spoken: Vec<Box<[Phrase]>> = papers
        .iter()
        .map(|paper| gist(&paper.title, &paper.abstract_text).phrases)
        .collect();
    watch.say("phrases");
    let watch = Watch::new();
    let subjects: Vec<Subject<'_>> = papers
        .iter()
        .zip(vectors.iter().zip(&spoken))
        .map(|(paper, (vector, phrases))| Subject {
            name: mark(&paper.title),
            title: &paper.title,
            is_offered: true,
            vector,
            phrases,
            print: TextPrint::of(&paper.title, &paper.abstract_text),
            authors: &[],
        })
        .collect();
    let related = Related::of(&terms, &subjects, &Blocks::none());
    watch.say("related");
    let lists = (0..papers.len()).map(|n| related.of_paper(n));
    let (mut neighbours, mut alone, mut alike, mut few, mut told) = (0, 0, 0, 0, 0);
    for list in lists {
        neighbours += list.len();
        alone += usize::from(list.is_empty());
        few += usize::from(!list.is_empty() && list.len() < 4);
        told += list
            .iter()
            .filter(|other| !other.shared().is_empty())
            .count();
        alike += usize::from(list.iter().any(|other| other.is_near_duplicate));
    }
    println!(
        "{} terms, {neighbours} neighbours, {told} of them with a reason, {alone} papers without any, {few} with less than four, {alike} with a near-duplicate, {} MB at most",
        terms.len(),
        peak_mb()
    );
    for n in (0..papers.len()).step_by(papers.len() / 8 + 1) {
        println!("{}", papers[n].title);
        for other in related.of_paper(n) {
            let own = &papers[n];
            let spans = other.shared().iter();
            let words: Vec<_> = spans
                .map(|span| span.of(&own.title, &own.abstract_text))
                .collect();
            let title = &papers[other.paper].title;
            let mark = if other.is_near_duplicate {
                " (alike)"
            } else {
                ""
            };
            println!("  {:.2}{mark} {title} [{}]", other.score, words.join(", "));
        }
    }
    ExitCode::SUCCESS
}

fn corpus(most: usize) -> Result<Vec<Paper>, String> {
    let mut unpack = Command::new("xz")
        .args(["-dc", CORPUS])
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("xz: {error}"))?;
    let output = unpack.stdout.take().ok_or("xz gives nothing")?;
    let papers = BufReader::new(output)
        .lines()
        .take(most)
        .map(|line| {
            let line = line.map_err(|error| error.to_string())?;
            serde_json::from_str(&line).map_err(|error| error.to_string())
        })
        .collect();
    // It may have more to write than was needed.
    let _ = unpack.kill();
    let _ = unpack.wait();
    papers
}

struct Watch {
    wall: Instant,
    cpu: f64,
}

impl Watch {
    fn new() -> Self {
        Self {
            wall: Instant::now(),
            cpu: cpu_seconds(),
        }
    }

    fn say(&self, what: &str) {
        println!(
            "{what}: {:.2} s CPU, {:.2} s wall",
            cpu_seconds() - self.cpu,
            self.wall.elapsed().as_secs_f64()
        );
    }
}

#[expect(clippy::cast_precision_loss, reason = "a figure of seconds")]
fn cpu_seconds() -> f64 {
    #[cfg(unix)]
    {
        let spent = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
        spent.tv_sec as f64 + spent.tv_nsec as f64 / 1e9
    }
    #[cfg(not(unix))]
    f64::NAN
}

/// The peak memory of this process so far, if the system reports it.
fn peak_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    kilobytes.unwrap_or_default() * 1024 / 1_000_000
}
