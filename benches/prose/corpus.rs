//! The corpus: real titles and abstracts.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

use serde::Deserialize;

const CORPUS: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../shared/corpora/papers-83k.jsonl.xz"
);

#[derive(Deserialize)]
pub(crate) struct Paper {
    pub(crate) title: String,
    #[serde(rename = "abstract", default)]
    pub(crate) abstract_text: String,
}

/// The whole corpus.
pub(crate) fn all() -> Result<Vec<Paper>, String> {
    read(CORPUS)
}

/// The papers of a file, one per line.
pub(crate) fn read(path: &str) -> Result<Vec<Paper>, String> {
    let file = File::open(path).map_err(|error| format!("{path}: {error}"))?;
    if !path.ends_with(".xz") {
        return lines(path, file);
    }
    let mut unpack = Command::new("xz")
        .arg("-dc")
        .stdin(file)
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("xz is needed to unpack {path}: {error}"))?;
    let output = unpack.stdout.take().ok_or("xz gives nothing")?;
    let papers = lines(path, output);
    unpack.wait().map_err(|error| format!("xz: {error}"))?;
    papers
}

fn lines(path: &str, input: impl Read) -> Result<Vec<Paper>, String> {
    BufReader::new(input)
        .lines()
        .enumerate()
        .map(|(nth, line)| {
            let line = line.map_err(|error| format!("{path}: {error}"))?;
            serde_json::from_str(&line).map_err(|error| format!("{path}:{}: {error}", nth + 1))
        })
        .collect()
}
