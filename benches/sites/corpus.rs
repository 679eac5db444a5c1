//! The papers to measure with: the first ones of the shared corpus, or invented
//! ones if it is missing.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// Papers as JSON Lines.
#[derive(Debug)]
pub(crate) struct Papers {
    /// The lines.
    pub(crate) lines: String,
    /// Where they come from, for display.
    pub(crate) origin: &'static str,
}

/// The first `size` papers.
pub(crate) fn papers(size: usize) -> Result<Papers, String> {
    let folder = std::env::var_os("OFFPRINT_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let packed = folder.join("corpora/papers-83k.jsonl.xz");
    if packed.is_file() {
        return Ok(Papers {
            lines: unpack(&packed, size)?,
            origin: "of the shared corpus",
        });
    }
    Ok(Papers {
        lines: make_up(size),
        origin: "made up: the shared corpus is not here",
    })
}

impl Papers {
    /// New papers that are not among them: the start of one title with the end of
    /// the next and its abstract, since the real ones may be used up.
    pub(crate) fn newcomers(&self, count: usize) -> Result<String, String> {
        let read = |line: &str| serde_json::from_str::<Value>(line);
        let papers = self.lines.lines().take(count + 1).map(read);
        let papers: Vec<Value> = papers
            .collect::<Result<_, _>>()
            .map_err(|error| error.to_string())?;
        let mut text = String::new();
        for n in 0..count {
            let of = |at: usize| &papers[at % papers.len()];
            let (one, next) = (of(n), of(n + 1));
            let words = |paper: &Value| -> Vec<String> {
                let title = paper["title"].as_str().unwrap_or_default();
                title.split_whitespace().map(str::to_owned).collect()
            };
            let (begin, end) = (words(one), words(next));
            let title = [&begin[..begin.len().div_ceil(2)], &end[end.len() / 2..]].concat();
            let paper = serde_json::json!({
                "id": format!("newcomer-{n}"),
                "title": title.join(" "),
                "abstract": next["abstract"],
                "authors": one["authors"],
                "venue": next["venue"],
                "year": next["year"],
            });
            let _ = writeln!(text, "{paper}");
        }
        Ok(text)
    }
}

/// The first lines of a compressed file, using the system's `xz`.
fn unpack(packed: &Path, size: usize) -> Result<String, String> {
    let mut child = Command::new("xz")
        .args(["--decompress", "--stdout"])
        .arg(packed)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("xz is needed to unpack {}: {error}", packed.display()))?;
    let mut reader = BufReader::new(child.stdout.take().ok_or("xz has no output")?);
    let mut text = String::new();
    for _ in 0..size {
        let read = reader
            .read_line(&mut text)
            .map_err(|error| error.to_string())?;
        if read == 0 {
            break;
        }
    }
    // `xz` is interrupted if fewer papers are needed than there are.
    drop(reader);
    child.wait().map_err(|error| error.to_string())?;
    Ok(text)
}

/// Words for invented papers; rarer ones get a number.
const WORDS: [&str; 24] = [
    "network",
    "gradient",
    "sparse",
    "attention",
    "robot",
    "policy",
    "image",
    "language",
    "retrieval",
    "graph",
    "speech",
    "token",
    "planning",
    "video",
    "kernel",
    "reward",
    "prompt",
    "sampling",
    "protein",
    "translation",
    "pruning",
    "memory",
    "benchmark",
    "learning",
];

/// Papers with titles of about ten words and abstracts of about 190, as in the
/// corpus. The result is reproducible.
fn make_up(size: usize) -> String {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let mut text = String::new();
    for n in 0..size {
        let mut words = |count: usize| {
            let mut line = String::new();
            for at in 0..count {
                let pick = next();
                let word = WORDS[(pick % 24) as usize];
                let gap = if at == 0 { "" } else { " " };
                if pick % 5 == 0 {
                    let _ = write!(line, "{gap}{word}{}", (pick >> 8) % 9_000);
                } else {
                    let _ = write!(line, "{gap}{word}");
                }
                if at % 19 == 18 {
                    line.push('.');
                }
            }
            line
        };
        let (title, body) = (words(10), words(190));
        let paper = serde_json::json!({
            "id": format!("made-up-{n}"),
            "title": format!("{title} {n}"),
            "abstract": format!("We propose a method. {body}."),
            "authors": [format!("Author {}", n % 3_001), format!("Author {}", n % 997)],
            "venue": format!("Venue {}", n % 12),
            "year": 2013 + n % 12,
        });
        let _ = writeln!(text, "{paper}");
    }
    text
}
