//! `offprint new`: a folder that is a site.

use std::fs;
use std::io;
use std::path::Path;

use crate::config::FILE_NAME;
use crate::diagnostics::{Diagnostic, Place};

use super::arguments::New;
use super::console::Console;

/// The digest that a new site begins with.
const SAMPLE: &str = include_str!("../../content/digests/2025-03-14.txt");

/// The version that a new site is published with: the one that made it.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Where the program comes from: its releases, its source, its documentation.
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

/// The files of a new site, by path.
const FILES: [(&str, &str); 4] = [
    (FILE_NAME, include_str!("scaffold/offprint.toml")),
    (".gitignore", "/.offprint/\n/public/\n"),
    (
        ".github/workflows/publish.yml",
        include_str!("scaffold/publish.yml"),
    ),
    ("content/about.md", include_str!("scaffold/about.md")),
];

pub(super) fn run(command: &New, console: &Console) -> io::Result<bool> {
    let dir = &command.dir;
    if is_occupied(dir)? {
        let diagnostic = Diagnostic::error("occupied", "the folder is there already and not empty")
            .at(Place::file(dir.display().to_string()))
            .help("name a folder that does not exist yet");
        console.diagnostics(&diagnostic.into(), false);
        return Ok(false);
    }
    for (path, text) in FILES {
        let text = text
            .replace("@VERSION@", VERSION)
            .replace("@REPOSITORY@", REPOSITORY);
        write(&dir.join(path), &text)?;
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
