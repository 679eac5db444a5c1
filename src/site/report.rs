//! The build report: what was built, what it took, and what a person should know.

use std::time::Instant;

use serde::Serialize;

use crate::content::ImportReport;
use crate::diagnostics::Diagnostics;
use crate::library::Known;

use super::output::Unfinished;

/// One stage of a build.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stage {
    /// What was done.
    pub name: &'static str,
    /// How long it took, in milliseconds.
    pub ms: f64,
    /// What all cores together spent on it, in milliseconds, where the system
    /// tells. Unlike `ms` it says the same on a busy machine.
    pub cpu_ms: Option<f64>,
}

/// What a build did.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct BuildReport {
    /// HTML pages of the site.
    pub pages: usize,
    /// Files that were written.
    pub written: usize,
    /// Files that were as they should be.
    pub unchanged: usize,
    /// Files of an earlier build that no longer belong to the site.
    pub removed: usize,
    /// Bytes of all files of the site.
    pub bytes: u64,
    /// The most memory the process had at any time, where the system tells.
    pub peak_rss_bytes: Option<u64>,
    /// The paths of all files of a site that was built, in order.
    #[serde(skip)]
    pub paths: Vec<String>,
    /// The stages in their order.
    pub stages: Vec<Stage>,
    /// Digests of `content/digests/` that an import would read, where none was to be done.
    #[serde(skip)]
    pub left_out: usize,
    /// How many of the words that papers share the table of word vectors knows that
    /// ships; none where papers were not compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meaning: Option<Known>,
    /// What the import at the beginning did.
    pub import: Option<ImportReport>,
    /// What a build that failed while it wrote left behind; none where the site is
    /// whole, be it the new one or the one before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unfinished: Option<Unfinished>,
    /// What a person should know.
    pub diagnostics: Diagnostics,
}

impl BuildReport {
    /// Whether the site has errors.
    pub fn failed(&self) -> bool {
        self.diagnostics.has_errors() || self.import.as_ref().is_some_and(ImportReport::failed)
    }
}

/// Measures stages.
#[derive(Debug)]
pub(super) struct Watch {
    since: Instant,
    cpu_since: Option<f64>,
}

impl Watch {
    pub(super) fn new() -> Self {
        Self {
            since: Instant::now(),
            cpu_since: cpu_seconds(),
        }
    }

    /// Ends a stage and begins the next.
    pub(super) fn lap(&mut self, name: &'static str, stages: &mut Vec<Stage>) {
        let seconds = self.since.elapsed().as_secs_f64();
        let cpu = cpu_seconds();
        stages.push(Stage {
            name,
            ms: tenths_of_ms(seconds),
            cpu_ms: cpu
                .zip(self.cpu_since)
                .map(|(now, then)| tenths_of_ms(now - then)),
        });
        self.since = Instant::now();
        self.cpu_since = cpu;
    }
}

fn tenths_of_ms(seconds: f64) -> f64 {
    (seconds * 10_000.0).round() / 10.0
}

/// What this process has spent on all cores so far, in seconds.
#[cfg(unix)]
#[expect(clippy::cast_precision_loss, reason = "a figure of seconds")]
fn cpu_seconds() -> Option<f64> {
    let spent = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Some(spent.tv_sec as f64 + spent.tv_nsec as f64 / 1e9)
}

#[cfg(not(unix))]
fn cpu_seconds() -> Option<f64> {
    None
}

/// The most memory this process had at any time, in bytes.
pub(super) fn peak_rss() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024)
}
