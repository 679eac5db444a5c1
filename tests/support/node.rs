//! Asks the scripts in `tests/golden/`, which run the browser's own modules in Node.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde::de::DeserializeOwned;

/// The answers of a script that reads one JSON text per line and prints one answer
/// per line. `None` if Node is missing and optional.
pub(crate) fn ask<T: DeserializeOwned>(
    script: &str,
    args: &[&str],
    texts: &[String],
) -> Option<Vec<T>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(script);
    let child = Command::new("node")
        .arg(script)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let mut child = match child {
        Ok(child) => child,
        Err(error) if std::env::var_os("OFFPRINT_REQUIRE_SHARED").is_none() => {
            // Bypass the test harness, which hides the output of passing tests.
            let _ = writeln!(std::io::stderr(), "skipped: node does not start: {error}");
            return None;
        }
        Err(error) => panic!("node does not start: {error}"),
    };
    let mut input = child.stdin.take().unwrap();
    let questions: String = texts
        .iter()
        .map(|text| serde_json::to_string(text).unwrap() + "\n")
        .collect();
    let writer = std::thread::spawn(move || input.write_all(questions.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success());
    let answers: Vec<T> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers.len(), texts.len());
    Some(answers)
}
