//! Lays out the papers of a corpus, and says how long it took.
//!
//! ```sh
//! cargo bench --bench map                      # the whole corpus of 83,271 papers
//! cargo bench --bench map -- 12157 /tmp/map    # the first 12,157; vectors and places
//!                                              # are written for compare.py
//! ```
//!
//! Prints processor time, wall time, the most memory that was held, and how many papers
//! move when a hundred more come and when one changes.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark prints its figures"
)]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use offprint::derive::Blocks;
use offprint::map::{Place, SIDE, positions};
use offprint::meaning::{Table, Vector};
use serde::Deserialize;

const CORPUS: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../shared/corpora/papers-83k.jsonl.xz"
);

/// How many papers come.
const ADDED: usize = 100;

#[derive(Deserialize)]
struct Paper {
    title: String,
    #[serde(rename = "abstract", default)]
    abstract_text: String,
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let most = words.iter().find_map(|word| word.parse().ok());
    let folder = words.iter().find(|word| word.contains('/'));
    match run(most.unwrap_or(usize::MAX), folder.map(Path::new)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn run(most: usize, folder: Option<&Path>) -> Result<(), String> {
    let (titles, vectors) = corpus(most).map_err(|error| format!("{CORPUS}: {error}"))?;
    let (seconds, began) = (cpu_seconds(), Instant::now());
    let places = laid_out(&titles, &vectors);
    println!(
        "{} papers: {:.1} s of processor, {:.1} s, {} MB held at most",
        vectors.len(),
        cpu_seconds() - seconds,
        began.elapsed().as_secs_f64(),
        peak_mb()
    );
    let before = laid_out(&titles, &vectors[..vectors.len().saturating_sub(ADDED)]);
    println!(
        "moved when the last {ADDED} came: {}",
        moved(&before, &places)
    );
    let mut other = vectors.clone();
    let middle = other.len() / 3;
    other[middle] = other[other.len() - 1];
    println!(
        "moved when one changed: {}",
        moved(&places, &laid_out(&titles, &other))
    );
    let Some(folder) = folder else {
        return Ok(());
    };
    let numbers = vectors.iter().flat_map(Vector::numbers);
    let numbers: Vec<u8> = numbers.map(|number| number.cast_unsigned()).collect();
    let points: Vec<u8> = (places.iter())
        .flat_map(|place| [place.x, place.y])
        .flat_map(u16::to_le_bytes)
        .collect();
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(folder.join("vectors.i8"), numbers))
        .and_then(|()| std::fs::write(folder.join("places.u16"), points))
        .map_err(|error| format!("{}: {error}", folder.display()))
}

fn laid_out(titles: &[Vector], vectors: &[Vector]) -> Vec<Place> {
    positions(titles, vectors, &Blocks::none())
}

/// Which part of papers moved by more than a hundredth of the map.
fn moved(before: &[Place], after: &[Place]) -> String {
    let far = |(one, other): &(&Place, &Place)| {
        let apart = |a: u16, b: u16| f64::from(a) - f64::from(b);
        apart(one.x, other.x).hypot(apart(one.y, other.y)) > f64::from(SIDE) / 100.0
    };
    let count = before.iter().zip(after).filter(far).count();
    format!(
        "{count} of {} ({:.2} %) by more than 1 % of the width",
        before.len(),
        100.0 * count as f64 / before.len().max(1) as f64
    )
}

/// The vectors of the titles and of the whole texts of the papers of the corpus of which
/// anything is known.
fn corpus(most: usize) -> Result<(Vec<Vector>, Vec<Vector>), std::io::Error> {
    let mut child = Command::new("xz")
        .args(["-dc", CORPUS])
        .stdout(Stdio::piped())
        .spawn()?;
    let stdout = child.stdout.take().expect("it was piped");
    let table = Table::built_in();
    let (mut titles, mut vectors) = (Vec::new(), Vec::new());
    for line in BufReader::new(stdout).lines().take(most) {
        let paper: Paper = serde_json::from_str(&line?)?;
        let vector = table.paper(&paper.title, &paper.abstract_text);
        if !vector.is_none() {
            let title = table.query(&paper.title);
            titles.push(if title.is_none() { vector } else { title });
            vectors.push(vector);
        }
    }
    let _ = child.kill();
    let _ = child.wait();
    Ok((titles, vectors))
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

/// The most memory this process held so far, where the system tells.
fn peak_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    kilobytes.unwrap_or_default() * 1024 / 1_000_000
}
