//! A site that is imported, built and previewed with the real program.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;

use super::edit::Subject;
use super::figures::{Figures, Output, Stage};
use super::preview::{self, Timed};
use super::process;

/// How old a site's newest file is when it is built or previewed. Timestamps of
/// very recent files are unreliable, so such files would have to be read again;
/// people are slower than that.
const REST: Duration = Duration::from_millis(500);

/// A site on disk.
#[derive(Debug)]
pub(crate) struct Site {
    folder: PathBuf,
}

/// What is built. Each scope has its own output folder, so that its first build
/// writes everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Without search and without social images.
    Plain,
    /// Everything.
    Everything,
}

impl Scope {
    fn folder(self) -> &'static str {
        match self {
            Self::Plain => "public-plain",
            Self::Everything => "public",
        }
    }

    fn settings(self) -> &'static str {
        match self {
            Self::Plain => {
                "[search]\nengine = \"none\"\n[cards]\ntopics = false\ndigests = false\n"
            }
            Self::Everything => "",
        }
    }
}

impl Site {
    /// Creates an empty site.
    pub(crate) fn make(folder: PathBuf) -> Result<Self, String> {
        process::run(offprint().arg("new").arg(&folder).arg("--empty"))?;
        Ok(Self { folder })
    }

    /// Imports papers given as JSON Lines.
    pub(crate) fn import(&self, name: &str, lines: &str, day: &str) -> Result<Figures, String> {
        // A digest is named after its file.
        let input = self.folder.with_file_name(format!("{day}.jsonl"));
        fs::write(&input, lines).map_err(|error| error.to_string())?;
        let mut command = offprint();
        command
            .arg("import")
            .arg(&input)
            .args(["--date", day, "--json", "--site"])
            .arg(&self.folder);
        let (report, usage) = process::run(&mut command)?;
        let report: Value = serde_json::from_slice(&report).map_err(|error| error.to_string())?;
        eprintln!("{name}: {}", report["total"]);
        Ok(Figures {
            name: name.to_owned(),
            usage,
            stages: Vec::new(),
            output: None,
        })
    }

    /// Sets what is built and previewed from now on.
    pub(crate) fn set(&self, scope: Scope) -> Result<(), String> {
        let settings = format!(
            "[site]\nbase_url = \"https://example.org/papers/\"\n{}",
            scope.settings()
        );
        fs::write(self.folder.join("offprint.toml"), settings).map_err(|error| error.to_string())
    }

    /// Deletes the caches of earlier runs.
    pub(crate) fn forget(&self) -> Result<(), String> {
        let kept = self.folder.join(".offprint");
        if !kept.exists() {
            return Ok(());
        }
        fs::remove_dir_all(kept).map_err(|error| error.to_string())
    }

    /// Builds the site.
    pub(crate) fn build(&self, name: &str, scope: Scope) -> Result<Figures, String> {
        let mut command = offprint();
        command
            .args(["build", "--json", "--no-import", "--site"])
            .arg(&self.folder)
            .arg("--output")
            .arg(self.output(scope));
        sleep(REST);
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
            name: name.to_owned(),
            usage,
            stages: stages.iter().map(stage).collect(),
            output: Some(Output {
                files: number("written") + number("unchanged"),
                written: number("written"),
                bytes: number("bytes"),
            }),
        })
    }

    /// Renders the site into an archive, or to nowhere.
    pub(crate) fn archive(&self, name: &str, is_kept: bool) -> Result<Figures, String> {
        let file = self.folder.join("site.tar");
        let mut command = offprint();
        command
            .args([
                "publish",
                "artifact",
                "--json",
                "--no-import",
                "--unchecked",
            ])
            .arg("--to")
            .arg(&file)
            .arg("--site")
            .arg(&self.folder);
        if !is_kept {
            command.arg("--dry-run");
        }
        sleep(REST);
        let (report, usage) = process::run(&mut command)?;
        let report: Value = serde_json::from_slice(&report).map_err(|error| error.to_string())?;
        let number = |key: &str| report[key].as_u64().unwrap_or(0);
        let bytes = fs::metadata(&file).map_or(0, |file| file.len());
        // The next one should have nothing to compare with either.
        let _ = fs::remove_file(&file);
        Ok(Figures {
            name: name.to_owned(),
            usage,
            stages: Vec::new(),
            output: Some(Output {
                files: number("files"),
                written: if is_kept { number("files") } else { 0 },
                bytes,
            }),
        })
    }

    /// The output folder of a scope.
    pub(crate) fn output(&self, scope: Scope) -> PathBuf {
        self.folder.join(scope.folder())
    }

    /// The papers as exported, one JSON object each.
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

    /// Some papers to edit.
    pub(crate) fn papers(&self, count: usize) -> Vec<Subject> {
        Subject::some(&self.folder.join("content/papers"), count)
    }

    /// Times the preview with some edits.
    pub(crate) fn preview(&self, edits: usize) -> Result<Timed, String> {
        let port = preview::free_port()?;
        let root = format!("http://127.0.0.1:{port}/papers/");
        let mut command = offprint();
        command
            .args(["serve", "--port", &port.to_string(), "--site"])
            .arg(&self.folder);
        sleep(REST);
        preview::time(&mut command, &root, &self.papers(edits.max(1)), edits)
    }
}

fn offprint() -> Command {
    Command::new(env!("CARGO_BIN_EXE_offprint"))
}
