//! Reports: what a run prints, where, and its exit status.

use serde_json::Value;

use crate::support::digest::many;
use crate::support::{Site, digest, record};

/// The keys of an object, in order.
fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn import_reports_always_have_the_same_keys() {
    let site = Site::new().file("a.jsonl", many(3));
    let report = site.import("a.jsonl").date("2025-01-01").report();
    assert_eq!(keys(&report), ["total", "files", "diagnostics"]);
    let counts = [
        "read",
        "new",
        "merged",
        "updated",
        "unchanged",
        "rejected",
        "kept_edits",
    ];
    assert_eq!(keys(&report["total"]), counts);
    let file = &report["files"][0];
    assert_eq!(file["path"], "a.jsonl");
    assert_eq!(file["format"], "jsonl");
    for count in counts {
        assert!(file[count].is_u64(), "{count} of {file}");
    }
}

#[test]
fn a_report_of_a_build_has_its_stages_and_sizes() {
    let site = Site::new().file("content/digests/2025-01-01.jsonl", many(3));
    let report = site.build().report();
    for name in [
        "pages",
        "written",
        "unchanged",
        "removed",
        "bytes",
        "peak_rss_bytes",
    ] {
        assert!(report[name].is_u64(), "{name} of {report}");
    }
    assert!(report["bytes"].as_u64() > Some(1_000), "{report}");
    assert_eq!(report["import"]["total"]["new"], 3);
    let stages = report["stages"].as_array().expect("stages");
    assert!(stages.len() > 2, "{report}");
    for stage in stages {
        assert!(
            stage["name"].is_string() && stage["ms"].is_number(),
            "{stage}"
        );
    }
}

#[test]
fn a_diagnostic_in_a_report_says_where_and_what_to_do() {
    let text = format!("{}not json\n", digest(&[record("Gears"), record("Lamps")]));
    let site = Site::new().file("a.jsonl", text);
    let report = site.import("a.jsonl").date("2025-01-01").report();
    let diagnostic = &report["diagnostics"][0];
    assert_eq!(diagnostic["severity"], "warning", "{report}");
    assert_eq!(diagnostic["file"], "a.jsonl");
    assert_eq!(diagnostic["line"], 3);
    for name in ["code", "message", "help"] {
        let text = diagnostic[name].as_str().unwrap_or_default();
        assert!(!text.is_empty(), "{name} of {diagnostic}");
    }
}

#[test]
fn a_failed_run_still_reports() {
    let site = Site::new().file("offprint.toml", "[site]\ntitel = \"x\"\n");
    let outcome = site.build().arg("--json").fail();
    let report = outcome.json();
    assert_eq!(report["diagnostics"][0]["severity"], "error", "{report}");
    assert_eq!(report["diagnostics"][0]["line"], 2);
}

#[test]
fn success_takes_few_lines_and_no_colour() {
    let site = Site::new()
        .settings("[site]\nbase_url = \"https://set.test/\"\n[topics]\ntaxonomy = \"none\"\n")
        .file("content/digests/2025-01-01.jsonl", many(3));
    let outcome = site.build().succeed();
    assert!(outcome.stdout.lines().count() <= 6, "{outcome}");
    assert!(!outcome.stdout.contains('\u{1b}'), "{outcome}");
    outcome.no_stderr().stdout_contains("public");
    site.build().arg("--quiet").succeed().no_stderr();
}

#[test]
fn incorrect_usage_has_its_own_exit_status() {
    let site = Site::new().file("a.jsonl", many(1));
    site.offprint(&["biuld"]).misuse().stderr_contains("build");
    site.offprint(&["build", "--no-such"]).misuse();
    site.offprint(&["import"]).misuse();
    site.import("a.jsonl").date("yesterday").misuse();
    site.import("a.jsonl")
        .date("2025-01-01")
        .arg("--format")
        .arg("jsonnl")
        .misuse()
        .stderr_contains("jsonl");
    site.offprint(&["export", "--format", "docx"]).misuse();
}

#[test]
fn outside_a_site_the_error_says_how_to_get_one() {
    // Somebody may have left settings above the temporary folder.
    crate::support::Run::new(std::path::Path::new("/"), ["build"])
        .fail()
        .stderr_contains("offprint new");
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    let site = Site::new().file("content/digests/2025-01-01.jsonl", many(2_000));
    site.build().succeed();
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_offprint"))
        .current_dir(site.folder())
        .args(["export", "--format", "jsonl"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
}

#[test]
fn completions_and_manual_are_written() {
    let site = Site::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        site.offprint(&["completions", shell])
            .succeed()
            .stdout_contains("offprint");
    }
    site.offprint(&["man"]).succeed().stdout_contains(".TH");
}
