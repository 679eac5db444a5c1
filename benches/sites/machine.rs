//! Describes the machine and the commit that the figures are for.

use std::fs;
use std::path::Path;
use std::process::Command;

/// A description in two lines, for sites in a folder.
pub(crate) fn describe(folder: &Path) -> String {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let model =
        line_of("/proc/cpuinfo", "model name").unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    let memory = line_of("/proc/meminfo", "MemTotal")
        .and_then(|text| text.split(' ').next()?.parse::<f64>().ok())
        .map_or_else(String::new, |kilobytes| {
            format!(", {:.0} GB of memory", kilobytes / 1e6)
        });
    let profile = if cfg!(debug_assertions) {
        "debug build, whose figures say nothing"
    } else {
        "release build"
    };
    format!(
        "{cores} cores, {model}{memory}, {}; sites and output in {} ({})\n\
         offprint {}, {}, {profile}",
        std::env::consts::OS,
        folder.display(),
        file_system(folder).unwrap_or_else(|| "file system unknown".to_owned()),
        env!("CARGO_PKG_VERSION"),
        commit().unwrap_or_else(|| "no commit".to_owned()),
    )
}

/// Whether a folder is in memory.
pub(crate) fn is_memory(folder: &Path) -> bool {
    file_system(folder).is_some_and(|name| name == "tmpfs" || name == "ramfs")
}

/// The value of the first line in a `/proc` file that starts with a key.
fn line_of(file: &str, key: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(key))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

/// The file system of a folder, if the system reports it.
fn file_system(folder: &Path) -> Option<String> {
    let folder = folder.canonicalize().ok()?;
    let mounts = fs::read_to_string("/proc/self/mounts").ok()?;
    let mounts = mounts.lines().filter_map(|line| {
        let mut parts = line.split(' ').skip(1);
        Some((parts.next()?, parts.next()?))
    });
    // Of two mounts at the same place, the later one wins.
    let (_, name) = mounts
        .filter(|(at, _)| folder.starts_with(at))
        .max_by_key(|(at, _)| at.len())?;
    Some(name.to_owned())
}

/// The commit that is checked out, and whether there are local changes.
fn commit() -> Option<String> {
    let git = |arguments: &[&str]| {
        let output = Command::new("git")
            .args(["-C", env!("CARGO_MANIFEST_DIR")])
            .args(arguments)
            .output()
            .ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        output.status.success().then(|| text.trim().to_owned())
    };
    let hash = git(&["rev-parse", "--short", "HEAD"])?;
    let changed = git(&["status", "--porcelain", "--untracked-files=no"])?;
    Some(match changed.is_empty() {
        true => format!("commit {hash}"),
        false => format!("commit {hash} with changes"),
    })
}
