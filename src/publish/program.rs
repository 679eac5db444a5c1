//! Runs git and rsync. They handle authentication themselves, so no keys pass
//! through us. Their messages are passed on without secrets.

use std::io::{self, Write};
use std::process::{Command, Output, Stdio};
use std::thread;

use crate::diagnostics::{Diagnostic, without_secrets};

/// The most characters of a program's message to pass on.
const MOST_SAID: usize = 300;

/// Runs a program to its end, with input from `feed`. The caller judges its exit
/// status.
///
/// # Errors
/// Returns an error if the program is missing or cannot be run.
pub(super) fn run(
    command: &mut Command,
    feed: impl FnOnce(&mut dyn Write) -> io::Result<()> + Send,
) -> Result<Output, Box<Diagnostic>> {
    let name = command.get_program().to_string_lossy().into_owned();
    let fault = |error: &io::Error| {
        let (message, help) = match error.kind() {
            io::ErrorKind::NotFound => (
                format!("the program `{name}` is not installed"),
                format!("install {name}, and publish again"),
            ),
            _ => (
                format!("the program `{name}` cannot be run: {error}"),
                "publish again; it continues from here".to_owned(),
            ),
        };
        Box::new(Diagnostic::error("no-program", message).help(help))
    };
    // We parse its output, which must not be localised.
    command.env("LC_ALL", "C");
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| fault(&error))?;
    let input = child.stdin.take();
    thread::scope(|scope| {
        let feeding = scope.spawn(move || match input {
            Some(input) => {
                let mut input = io::BufWriter::new(input);
                feed(&mut input).and_then(|()| input.flush())
            }
            None => Ok(()),
        });
        let output = child.wait_with_output().map_err(|error| fault(&error))?;
        match feeding.join() {
            // A program that exits early explains why itself.
            Ok(Err(error))
                if error.kind() != io::ErrorKind::BrokenPipe || output.status.success() =>
            {
                Err(fault(&error))
            }
            _ => Ok(output),
        }
    })
}

/// No input.
pub(super) fn nothing(_: &mut dyn Write) -> io::Result<()> {
    Ok(())
}

/// A failed program's message, on one line.
pub(super) fn said(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let text = without_secrets(&text);
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let telling = |line: &&str| {
        [
            "fatal: ",
            "error: ",
            "remote: ",
            "rsync: ",
            "@ERROR",
            "rsync error",
        ]
        .iter()
        .any(|mark| line.starts_with(mark))
    };
    let line = lines()
        .find(telling)
        .or_else(|| lines().next_back())
        .unwrap_or("it ended without a message");
    let line = ["fatal: ", "git: ", "rsync: "]
        .iter()
        .fold(line, |line, mark| line.strip_prefix(mark).unwrap_or(line));
    line.chars().take(MOST_SAID).collect()
}
