//! `offprint new`: creates a site.

use std::fs;
use std::io;
use std::path::Path;

use crate::config::FILE_NAME;
use crate::diagnostics::{Diagnostic, Place};

use super::arguments::{Ci, New};
use super::console::Console;

/// The sample digest of a new site.
const SAMPLE: &str = include_str!("../../content/digests/2025-03-14.txt");

/// The version that a new site's workflows install: the one that created it.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Where the program's releases, source and documentation are.
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

/// How all workflows install the program; replaces `@INSTALL@`.
const INSTALL: &str = include_str!("scaffold/install.sh");

/// The files of every new site, by path.
const FILES: [(&str, &str); 3] = [
    (FILE_NAME, include_str!("scaffold/offprint.toml")),
    (
        ".gitignore",
        "/.offprint/\n/public/\n/portable/\n/portable.zip\n/artifact.tar\n",
    ),
    ("content/about.md", include_str!("scaffold/about.md")),
];

/// The workflow files that publish a site, by path.
const fn workflows(ci: Ci) -> &'static [(&'static str, &'static str)] {
    match ci {
        Ci::Github => &[
            (
                ".github/workflows/publish.yml",
                include_str!("scaffold/github/publish.yml"),
            ),
            (
                ".github/workflows/check.yml",
                include_str!("scaffold/github/check.yml"),
            ),
            (
                ".github/workflows/submit.yml",
                include_str!("scaffold/github/submit.yml"),
            ),
            (
                ".github/ISSUE_TEMPLATE/papers.yml",
                include_str!("scaffold/github/papers.yml"),
            ),
            (
                ".github/actions/offprint/action.yml",
                include_str!("scaffold/github/action.yml"),
            ),
        ],
        Ci::Gitlab => &[(
            ".gitlab-ci.yml",
            include_str!("scaffold/gitlab/gitlab-ci.yml"),
        )],
        Ci::Forgejo => &[
            (
                ".forgejo/workflows/publish.yml",
                include_str!("scaffold/forgejo/publish.yml"),
            ),
            (
                ".forgejo/workflows/check.yml",
                include_str!("scaffold/forgejo/check.yml"),
            ),
        ],
        Ci::None => &[],
    }
}

pub(super) fn run(command: &New, console: &Console) -> io::Result<bool> {
    let dir = &command.dir;
    if is_occupied(dir)? {
        let diagnostic = Diagnostic::error(
            "occupied",
            "the folder already exists and is not \
            empty",
        )
        .at(Place::file(dir.display().to_string()))
        .help("choose a folder that does not exist yet");
        console.diagnostics(&diagnostic.into(), false);
        return Ok(false);
    }
    for (path, text) in FILES.iter().chain(workflows(command.ci)) {
        write(&dir.join(path), &filled(text))?;
    }
    fs::create_dir_all(dir.join("content/digests"))?;
    if !command.empty {
        write(&dir.join("content/digests/2025-03-14.txt"), SAMPLE)?;
    }
    console.line(&format!("made {}", dir.display()))?;
    console.line("next:")?;
    console.line(&format!("    cd {}", dir.display()))?;
    if command.empty {
        console.line("    put a digest into content/digests/, such as 2025-03-14.txt")?;
    }
    console.line("    offprint build")?;
    Ok(true)
}

/// A file's text with its placeholders filled in.
fn filled(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        if line.trim() == "@INSTALL@" {
            let indent = &line[..line.len() - line.trim_start().len()];
            for step in INSTALL.lines() {
                out.push_str(indent);
                out.push_str(step);
                out.push('\n');
            }
        } else {
            out.push_str(line);
            out.push('\n');
        }
    }
    out.replace("@VERSION@", VERSION)
        .replace("@REPOSITORY@", REPOSITORY)
}

fn is_occupied(dir: &Path) -> io::Result<bool> {
    match fs::read_dir(dir) {
        Ok(mut entries) => Ok(entries.next().is_some()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}
