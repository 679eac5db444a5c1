//! Program runs: builds a call step by step, checks its outcome, and shows all
//! output if a test fails.

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};

use serde_json::Value;

/// The program under test.
const PROGRAM: &str = env!("CARGO_BIN_EXE_offprint");

/// One call of the program. Nothing is run before `succeed`, `fail`, `misuse`,
/// `report` or `spawn`.
#[must_use = "a run does nothing before it is told how it should end"]
pub struct Run {
    command: Command,
    stdin: Option<Vec<u8>>,
}

impl Run {
    /// A call in a folder.
    pub fn new(folder: &Path, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Self {
        let mut command = Command::new(PROGRAM);
        command.current_dir(folder).args(args);
        // Tests must not depend on the terminal.
        for variable in ["CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "NO_COLOR"] {
            command.env_remove(variable);
        }
        Self {
            command,
            stdin: None,
        }
    }

    /// Adds an argument.
    pub fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.command.arg(arg);
        self
    }

    /// Sets an environment variable.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Sets the digest's date.
    pub fn date(self, date: &str) -> Self {
        self.arg("--date").arg(date)
    }

    /// Sets the standard input.
    pub fn stdin(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.stdin = Some(bytes.into());
        self
    }

    /// Runs to the end, whatever the exit status.
    pub fn outcome(self) -> Outcome {
        let words = format!("{:?}", self.command);
        let Self { mut command, stdin } = self;
        command.stdin(if stdin.is_some() {
            Stdio::piped()
        } else {
            Stdio::null()
        });
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        if let (Some(mut pipe), Some(bytes)) = (child.stdin.take(), stdin) {
            // The program may stop reading early.
            let _ = pipe.write_all(&bytes);
        }
        let output = child.wait_with_output().expect("the program ends");
        Outcome {
            words,
            status: output.status,
            stdout: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
        }
    }

    /// Runs and expects exit status 0.
    pub fn succeed(self) -> Outcome {
        self.outcome().with_status(0)
    }

    /// Runs and expects exit status 1: the site has errors.
    pub fn fail(self) -> Outcome {
        self.outcome().with_status(1)
    }

    /// Runs and expects exit status 2: incorrect usage.
    pub fn misuse(self) -> Outcome {
        self.outcome().with_status(2)
    }

    /// Runs with `--json`, expects exit status 0 and returns the report.
    pub fn report(self) -> Value {
        self.arg("--json").succeed().json()
    }

    /// Starts it in the background and ignores its output.
    pub fn spawn(mut self) -> Child {
        self.command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts")
    }
}

/// The outcome of a run.
#[derive(Debug)]
pub struct Outcome {
    words: String,
    pub status: ExitStatus,
    pub stdout: String,
    pub stderr: String,
}

impl Outcome {
    #[track_caller]
    fn with_status(self, wanted: i32) -> Self {
        assert_eq!(self.status.code(), Some(wanted), "exit status of {self}");
        self
    }

    /// Asserts that standard error contains a text.
    #[track_caller]
    pub fn stderr_contains(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "no “{text}” from {self}");
        self
    }

    /// Asserts that standard error does not contain a text.
    #[track_caller]
    pub fn stderr_lacks(self, text: &str) -> Self {
        assert!(!self.stderr.contains(text), "“{text}” from {self}");
        self
    }

    /// Asserts that standard output contains a text.
    #[track_caller]
    pub fn stdout_contains(self, text: &str) -> Self {
        assert!(self.stdout.contains(text), "no “{text}” from {self}");
        self
    }

    /// Asserts that standard error is empty.
    #[track_caller]
    pub fn no_stderr(self) -> Self {
        assert!(self.stderr.is_empty(), "standard error of {self}");
        self
    }

    /// The report on standard output, which must contain nothing else.
    #[track_caller]
    pub fn json(&self) -> Value {
        match serde_json::from_str(&self.stdout) {
            Ok(value) => value,
            Err(error) => panic!("standard output is not one JSON value: {error}; {self}"),
        }
    }
}

impl std::fmt::Display for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} ({})\n--- stdout\n{}\n--- stderr\n{}",
            self.words, self.status, self.stdout, self.stderr
        )
    }
}

/// The diagnostics in a report with a code, as `file:line message`.
pub fn diagnostics(report: &Value, code: &str) -> Vec<String> {
    let all = report["diagnostics"]
        .as_array()
        .expect("a report has diagnostics");
    all.iter()
        .filter(|diagnostic| diagnostic["code"] == code)
        .map(|diagnostic| {
            format!(
                "{}:{} {}",
                diagnostic["file"].as_str().unwrap_or("-"),
                diagnostic["line"],
                diagnostic["message"].as_str().unwrap_or_default()
            )
        })
        .collect()
}

/// The counts in an import report as one line, for easy comparison.
pub fn balance(report: &Value) -> String {
    let total = &report["total"];
    let parts: Vec<String> = [
        "read",
        "new",
        "merged",
        "updated",
        "unchanged",
        "rejected",
        "kept_edits",
    ]
    .into_iter()
    .filter(|name| total[name] != 0)
    .map(|name| format!("{} {name}", total[name]))
    .collect();
    parts.join(", ")
}
