//! The build report: what was built, what it took, and what a person should know.

use std::time::Instant;

use serde::Serialize;

use crate::content::ImportReport;
use crate::diagnostics::Diagnostics;

/// One stage of a build.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stage {
    /// What was done.
    pub name: &'static str,
    /// How long it took, in milliseconds.
    pub ms: f64,
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
    /// The stages in their order.
    pub stages: Vec<Stage>,
    /// What the import at the beginning did.
    pub import: Option<ImportReport>,
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
}

impl Watch {
    pub(super) fn new() -> Self {
        Self {
            since: Instant::now(),
        }
    }

    /// Ends a stage and begins the next.
    pub(super) fn lap(&mut self, name: &'static str, stages: &mut Vec<Stage>) {
        let ms = self.since.elapsed().as_secs_f64() * 1_000.0;
        stages.push(Stage {
            name,
            ms: (ms * 10.0).round() / 10.0,
        });
        self.since = Instant::now();
    }
}

/// The most memory this process had at any time, in bytes.
pub(super) fn peak_rss() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024)
}
