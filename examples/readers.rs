//! Runs the readers over folders of other people's files and reports the outcome of
//! each. Each file is read in a process of its own, so that a file that makes a
//! reader panic, hang or run out of memory is reported and the rest is read.
//!
//! `cargo run --release --example readers -- [--show N] [--seconds S] [--megabytes M] FOLDER…`
//!
//! `--show N` prints the first N papers of each file, to see what was made of them,
//! and the first N messages of an import. Nothing is written.
#![allow(clippy::print_stderr, reason = "an example says what it finds")]

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use offprint::config::Settings;
use offprint::content::{ImportOptions, Input, digest_id, import};
use offprint::diagnostics::{Style, render_all};
use offprint::ingest::{Request, read};
use serde::{Deserialize, Serialize};

/// Makes this program read a single file.
const ONE: &str = "--one-file";

/// A child's result for its file.
#[derive(Serialize, Deserialize, Default)]
struct Outcome {
    format: String,
    read: usize,
    new: usize,
    merged: usize,
    rejected: usize,
    /// How often each code was reported.
    said: BTreeMap<String, usize>,
    shown: Vec<String>,
}

struct Limits {
    show: usize,
    seconds: u64,
    megabytes: u64,
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    match run() {
        // The reader of our output has seen enough.
        Err(error) if is_broken_pipe(error.as_ref()) => Ok(ExitCode::SUCCESS),
        outcome => outcome,
    }
}

fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

fn run() -> Result<ExitCode, Box<dyn Error>> {
    let mut out = io::stdout();
    let mut limits = Limits {
        show: 0,
        seconds: 60,
        megabytes: 4096,
    };
    let mut folders = Vec::new();
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut number = || words.next().unwrap_or_default().parse::<u64>();
        match word.as_str() {
            ONE => {
                let file = words.next().ok_or("no file")?;
                let show = words.next().unwrap_or_default().parse()?;
                writeln!(
                    out,
                    "{}",
                    serde_json::to_string(&one(Path::new(&file), show)?)?
                )?;
                return Ok(ExitCode::SUCCESS);
            }
            "--show" => limits.show = usize::try_from(number()?)?,
            "--seconds" => limits.seconds = number()?,
            "--megabytes" => limits.megabytes = number()?,
            _ => folders.push(PathBuf::from(word)),
        }
    }
    if folders.is_empty() {
        eprintln!("which folders?");
        return Ok(ExitCode::from(2));
    }
    writeln!(
        out,
        "seconds\tformat\tread\tnew\tmerged\trejected\tfile\tremarks"
    )?;
    let (mut all, mut failed) = (0, Vec::new());
    for folder in &folders {
        let entries = walkdir::WalkDir::new(folder).sort_by_file_name();
        for entry in entries.into_iter().filter_map(Result::ok) {
            if !entry.file_type().is_file() {
                continue;
            }
            all += 1;
            if !line(entry.path(), &limits)? {
                failed.push(entry.path().display().to_string());
            }
        }
    }
    writeln!(out, "{all} files, {} did not end in order", failed.len())?;
    for file in &failed {
        writeln!(out, "  {file}")?;
    }
    Ok(ExitCode::from(u8::from(!failed.is_empty())))
}

/// Reads a file in a child process and prints a line about it. Returns whether it
/// ended normally.
fn line(file: &Path, limits: &Limits) -> Result<bool, Box<dyn Error>> {
    let start = Instant::now();
    let (outcome, fault) = in_a_child(file, limits)?;
    let seconds = start.elapsed().as_secs_f64();
    let said: Vec<String> = outcome
        .said
        .iter()
        .map(|(code, count)| format!("{code} {count}"))
        .collect();
    let remarks = fault.clone().unwrap_or_else(|| said.join(", "));
    let mut out = io::stdout();
    writeln!(
        out,
        "{seconds:.2}\t{}\t{}\t{}\t{}\t{}\t{}\t{remarks}",
        outcome.format,
        outcome.read,
        outcome.new,
        outcome.merged,
        outcome.rejected,
        file.display(),
    )?;
    for shown in &outcome.shown {
        writeln!(out, "{shown}")?;
    }
    Ok(fault.is_none())
}

fn in_a_child(file: &Path, limits: &Limits) -> Result<(Outcome, Option<String>), Box<dyn Error>> {
    let this = std::env::current_exe()?;
    let mut command = if cfg!(unix) {
        // The shell sets the limit and then becomes the child.
        let mut command = Command::new("sh");
        let limit = limits.megabytes * 1024;
        command.args(["-c", &format!("ulimit -v {limit}; exec \"$0\" \"$@\"")]);
        command.arg(this);
        command
    } else {
        Command::new(this)
    };
    let mut child = command
        .arg(ONE)
        .arg(file)
        .arg(limits.show.to_string())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    // Read both while it runs, so that it never blocks on a full pipe.
    let mut stdout = child.stdout.take().ok_or("no output")?;
    let mut stderr = child.stderr.take().ok_or("no output")?;
    let out = std::thread::spawn(move || {
        let mut text = String::new();
        stdout.read_to_string(&mut text).map(|_| text)
    });
    let err = std::thread::spawn(move || {
        let mut text = Vec::new();
        stderr.read_to_end(&mut text).map(|_| text)
    });
    let until = Instant::now() + Duration::from_secs(limits.seconds);
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break Some(status);
        }
        if Instant::now() > until {
            child.kill()?;
            child.wait()?;
            break None;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let out = out.join().map_err(|_| "the output was lost")??;
    let err = err.join().map_err(|_| "the output was lost")??;
    let err = String::from_utf8_lossy(&err);
    let fault = match status {
        None => Some(format!("not done after {} seconds", limits.seconds)),
        Some(status) if !status.success() => Some(format!(
            "{status}: {}",
            err.lines().take(3).collect::<Vec<_>>().join(" ")
        )),
        Some(_) => None,
    };
    let outcome = serde_json::from_str(&out).unwrap_or_default();
    Ok((outcome, fault))
}

/// Reads a file as `offprint import --dry-run` does.
fn one(file: &Path, show: usize) -> Result<Outcome, Box<dyn Error>> {
    let bytes = std::fs::read(file)?;
    let name = file.display().to_string();
    let mut outcome = Outcome::default();
    let reading = read(&Request {
        name: &name,
        bytes: &bytes,
        format: None,
        date: None,
        earlier: None,
        columns: &BTreeMap::new(),
    });
    for record in reading.records.iter().take(show) {
        let authors: Vec<String> = record
            .authors
            .iter()
            .map(|author| author.name.to_string())
            .collect();
        let ids: Vec<String> = record.ids.iter().map(ToString::to_string).collect();
        let words: String = record.abstract_text.chars().take(80).collect();
        outcome.shown.push(format!(
            "    {}: {} | {} | {} | {} | {} | {words}",
            record.line,
            record.title,
            authors.join("; "),
            record.venue.as_deref().unwrap_or("-"),
            record.year.map_or("-".to_owned(), |year| year.to_string()),
            ids.join(" "),
        ));
    }
    let site = tempfile::tempdir()?;
    let id = digest_id(file, None).or_else(|| digest_id(Path::new("file"), None));
    let input = Input {
        name,
        id: id.ok_or("a file has a name")?,
        bytes,
    };
    let options = ImportOptions {
        dry_run: true,
        ..ImportOptions::default()
    };
    let report = import(site.path(), &Settings::default(), vec![input], &options);
    for file in &report.files {
        outcome.format.clone_from(&file.format);
    }
    outcome.read = report.total.read;
    outcome.new = report.total.new;
    outcome.merged = report.total.merged;
    outcome.rejected = report.total.rejected;
    for said in report.diagnostics.iter() {
        *outcome.said.entry(said.code.to_string()).or_default() += 1;
    }
    if show > 0 && !report.diagnostics.is_empty() {
        let text = render_all(&report.diagnostics, Style::Plain, show);
        outcome
            .shown
            .extend(text.lines().map(|line| format!("    ! {line}")));
    }
    Ok(outcome)
}
