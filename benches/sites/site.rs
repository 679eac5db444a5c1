//! A site that is imported and built by the real program.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::corpus::Papers;
use super::process::{self, Usage};
use super::table::Table;

/// A site on disk.
pub(crate) struct Site {
    /// Its folder.
    pub(crate) folder: PathBuf,
    input: PathBuf,
}

/// How it is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Variant {
    /// Without search and without social images.
    Plain,
    /// As it is published.
    Everything,
    /// The same once more: nothing has changed.
    Again,
    /// The same after one abstract was edited.
    Edited,
}

/// A stage and what it took.
pub(crate) struct Stage {
    /// Its name.
    pub(crate) name: String,
    /// Seconds from start to end.
    pub(crate) wall: f64,
    /// Seconds of all cores together.
    pub(crate) cpu: Option<f64>,
}

/// What a run took.
pub(crate) struct Figures {
    /// What was done.
    pub(crate) name: &'static str,
    /// The whole process.
    pub(crate) usage: Usage,
    /// Its parts, as the program reports them.
    pub(crate) stages: Vec<Stage>,
    /// How many files the site has, how many were written, and their bytes.
    pub(crate) output: Option<(u64, u64, u64)>,
}

impl Figures {
    /// Adds the figures to a table: the whole, then its stages.
    pub(crate) fn rows(&self, name: &str, table: &mut Table) {
        let seconds = |value: f64| format!("{value:.2}");
        let maybe = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), seconds);
        let (files, written, bytes) = match self.output {
            Some((files, written, bytes)) => (
                files.to_string(),
                written.to_string(),
                format!("{:.1}", bytes as f64 / 1e6),
            ),
            None => Default::default(),
        };
        let peak = self.usage.peak.map_or_else(
            || "–".to_owned(),
            |bytes| format!("{:.0}", bytes as f64 / 1e6),
        );
        table.row(vec![
            name.to_owned(),
            "all".to_owned(),
            seconds(self.usage.wall),
            maybe(self.usage.cpu),
            peak,
            files,
            written,
            bytes,
        ]);
        for stage in &self.stages {
            let mut row = vec![
                String::new(),
                stage.name.clone(),
                seconds(stage.wall),
                maybe(stage.cpu),
            ];
            row.resize(8, String::new());
            table.row(row);
        }
    }
}

impl Site {
    /// Makes an empty site and lays the papers beside it.
    pub(crate) fn make(folder: &Path, papers: &Papers) -> Result<Self, String> {
        let input = folder.with_extension("jsonl");
        fs::write(&input, &papers.lines).map_err(|error| error.to_string())?;
        process::run(offprint().arg("new").arg(folder).arg("--empty"))?;
        Ok(Self {
            folder: folder.to_owned(),
            input,
        })
    }

    /// Imports the papers.
    pub(crate) fn import(&self) -> Result<Figures, String> {
        let mut command = offprint();
        command
            .arg("import")
            .arg(&self.input)
            .args(["--date", "2025-03-14", "--json", "--site"])
            .arg(&self.folder);
        let (report, usage) = process::run(&mut command)?;
        let report: Value = serde_json::from_slice(&report).map_err(|error| error.to_string())?;
        eprintln!("import: {}", report["total"]);
        Ok(Figures {
            name: "import",
            usage,
            stages: Vec::new(),
            output: None,
        })
    }

    /// Builds the site. The plain variant goes to a folder of its own, so that
    /// every first build writes all of its files.
    pub(crate) fn build(&self, name: &'static str, variant: Variant) -> Result<Figures, String> {
        let settings = match variant {
            Variant::Plain => {
                "[search]\nengine = \"none\"\n[cards]\ntopics = false\ndigests = false\n"
            }
            _ => "",
        };
        let settings = format!("[site]\nbase_url = \"https://example.org/papers/\"\n{settings}");
        fs::write(self.folder.join("offprint.toml"), settings)
            .map_err(|error| error.to_string())?;
        if variant == Variant::Edited {
            self.edit()?;
        }
        let output = match variant {
            Variant::Plain => "public-plain",
            _ => "public",
        };
        let mut command = offprint();
        command
            .args(["build", "--json", "--no-import", "--site"])
            .arg(&self.folder)
            .arg("--output")
            .arg(self.folder.join(output));
        let (report, usage) = process::run(&mut command)?;
        let report: Value = serde_json::from_slice(&report).map_err(|error| error.to_string())?;
        let number = |key: &str| report[key].as_u64().unwrap_or(0);
        let stages = report["stages"].as_array().cloned().unwrap_or_default();
        let stage = |stage: &Value| Stage {
            name: stage["name"].as_str().unwrap_or_default().to_owned(),
            wall: stage["ms"].as_f64().unwrap_or(0.0) / 1e3,
            cpu: stage["cpu_ms"].as_f64().map(|ms| ms / 1e3),
        };
        Ok(Figures {
            name,
            usage,
            stages: stages.iter().map(stage).collect(),
            output: Some((
                number("written") + number("unchanged"),
                number("written"),
                number("bytes"),
            )),
        })
    }

    /// The papers as the program sees them, one JSON object each.
    pub(crate) fn export(&self) -> Result<Vec<Value>, String> {
        let mut command = offprint();
        command.args(["export", "--format", "jsonl", "--site"]);
        let (text, _) = process::run(command.arg(&self.folder))?;
        let lines = text.split(|&byte| byte == b'\n');
        lines
            .filter(|line| !line.is_empty())
            .map(|line| serde_json::from_slice(line).map_err(|error| error.to_string()))
            .collect()
    }

    /// Adds a sentence to the abstract of the first paper.
    fn edit(&self) -> Result<(), String> {
        let pages = walkdir::WalkDir::new(self.folder.join("content/papers")).sort_by_file_name();
        let page = pages
            .into_iter()
            .filter_map(Result::ok)
            .find(|entry| entry.file_type().is_file())
            .ok_or("there is no paper to edit")?;
        let mut text = fs::read_to_string(page.path()).map_err(|error| error.to_string())?;
        text.push_str("\nA sentence more.\n");
        fs::write(page.path(), text).map_err(|error| error.to_string())
    }
}

fn offprint() -> Command {
    Command::new(env!("CARGO_BIN_EXE_offprint"))
}
