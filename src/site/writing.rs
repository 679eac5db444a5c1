//! Writing: the pages of a site become files of its output. It stops at the first
//! file that cannot be written, and says what is new by then.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::diagnostics::{Diagnostic, Diagnostics, Place};

use super::build::each_once;
use super::jobs::Job;
use super::output::{Outcome, Output, Survey, Unfinished};
use super::pages::{Made, Pages};
use super::progress::Progress;
use super::report::BuildReport;

/// All that is written, and where.
pub(super) struct Writing<'a> {
    pub(super) output: &'a Output,
    pub(super) pages: &'a Pages<'a>,
    pub(super) jobs: &'a [Job],
    /// The paths of the jobs.
    pub(super) paths: &'a BTreeSet<&'a str>,
    pub(super) survey: &'a Survey,
    /// The folder for what only the program needs.
    pub(super) state: &'a Path,
    /// Makes every file and compares it with the one that the record of prints would
    /// have left in place.
    pub(super) verify: bool,
}

/// What became of the jobs.
#[derive(Default)]
struct Outcomes {
    bytes: AtomicU64,
    unchanged: AtomicUsize,
    /// Numbers of the jobs whose files are new.
    new: Mutex<Vec<usize>>,
    cut_off: Mutex<Vec<usize>>,
    faults: Mutex<Vec<Diagnostic>>,
    /// Files that the record of prints wrongly called up to date.
    untrue: Mutex<Vec<Diagnostic>>,
    /// Set when a file could not be written or rendered.
    stop_writing: AtomicBool,
    /// Set when a file could not be written: what is wrong is not with the site.
    stop_rendering: AtomicBool,
}

impl Writing<'_> {
    /// Writes all files and removes those of earlier builds that no longer belong
    /// to the site.
    pub(super) fn run(
        &self,
        progress: &dyn Progress,
        report: &mut BuildReport,
    ) -> Result<(), Diagnostics> {
        let mut unfinished = Unfinished::default();
        Unfinished::forget(self.state);
        let begun = self
            .output
            .begin(self.paths, self.survey, &mut unfinished.removed);
        if let Err(error) = begun {
            unfinished.old = self.jobs.len();
            return Err(self.fail(vec![self.fault("", &error)], unfinished, report));
        }
        let outcomes = Outcomes::default();
        progress.begin("writing", Some(self.jobs.len()));
        (0..self.jobs.len()).into_par_iter().for_each(|n| {
            self.write(n, &outcomes);
            progress.step();
        });
        progress.end();
        let new = taken(outcomes.new);
        report.written = new.len();
        report.unchanged = outcomes.unchanged.into_inner();
        report.bytes = outcomes.bytes.into_inner();
        report.diagnostics.extend(taken(outcomes.untrue));
        let faults = taken(outcomes.faults);
        if !faults.is_empty() {
            let cut_off = taken(outcomes.cut_off);
            unfinished.old = self.jobs.len() - new.len() - cut_off.len() - report.unchanged;
            unfinished.new = self.names(&new);
            unfinished.cut_off = self.names(&cut_off);
            return Err(self.fail(faults, unfinished, report));
        }
        match self.output.finish(self.paths, self.survey) {
            Ok(finish) => {
                report.removed = unfinished.removed.len() + finish.removed;
                if finish.ungit {
                    report.diagnostics.push(self.ungit());
                }
                if finish.left.is_empty() {
                    report.pages = self.jobs.iter().filter(|job| job.kind.is_page()).count();
                    return Ok(());
                }
                unfinished.new = self.names(&new);
                let faults = finish.left.iter().map(|(path, error)| {
                    let message = format!("is no longer part of the site, and cannot be removed: {error}");
                    Diagnostic::error("unremovable", message)
                        .at(self.place(path))
                        .help("remove it by hand, or check the permissions of its folder and build again")
                });
                let faults = faults.take(20).collect();
                unfinished.left = finish.left.into_iter().map(|(path, _)| path).collect();
                Err(self.fail(faults, unfinished, report))
            }
            Err(error) => {
                unfinished.new = self.names(&new);
                Err(self.fail(vec![self.fault("", &error)], unfinished, report))
            }
        }
    }

    fn write(&self, n: usize, outcomes: &Outcomes) {
        if outcomes.stop_rendering.load(Ordering::Relaxed) {
            return;
        }
        let job = &self.jobs[n];
        let known = self.output.known(&job.path, self.survey);
        let pages = Pages {
            known: known.filter(|_| !self.verify).map(|known| known.print),
            ..*self.pages
        };
        let (print, content) = match pages.make(job) {
            Ok(Made::Same) => {
                if let Some(known) = known {
                    let size = self.output.note_kept(known);
                    outcomes.bytes.fetch_add(size, Ordering::Relaxed);
                }
                outcomes.unchanged.fetch_add(1, Ordering::Relaxed);
                return;
            }
            Ok(Made::Anew(print, content)) => (print, content),
            Err(fault) => {
                outcomes.stop_writing.store(true, Ordering::Relaxed);
                return push(&outcomes.faults, *fault);
            }
        };
        // The other pages are rendered to find what else is wrong with the site.
        if outcomes.stop_writing.load(Ordering::Relaxed) {
            return;
        }
        outcomes
            .bytes
            .fetch_add(content.len() as u64, Ordering::Relaxed);
        if let Some(known) = known.filter(|_| self.verify)
            && known.print == print
            && self
                .output
                .read(&job.path)
                .is_ok_and(|there| there != content)
        {
            push(&outcomes.untrue, self.untrue(&job.path));
        }
        match self.output.write_noted(&job.path, print, &content) {
            Ok(Outcome::Written) => push(&outcomes.new, n),
            Ok(Outcome::Unchanged) => {
                outcomes.unchanged.fetch_add(1, Ordering::Relaxed);
            }
            Err(fault) => {
                outcomes.stop_writing.store(true, Ordering::Relaxed);
                outcomes.stop_rendering.store(true, Ordering::Relaxed);
                if fault.is_cut_off {
                    push(&outcomes.cut_off, n);
                }
                push(&outcomes.faults, self.fault(&job.path, &fault.error));
            }
        }
    }

    /// Gathers what a build that failed has to say.
    fn fail(
        &self,
        faults: Vec<Diagnostic>,
        mut unfinished: Unfinished,
        report: &mut BuildReport,
    ) -> Diagnostics {
        self.output.abandon();
        let mut found = each_once(faults);
        unfinished.removed.sort();
        if !unfinished.is_nothing() {
            found.push(unfinished.diagnostic(self.output.label(), self.state));
            report.unfinished = Some(unfinished);
        }
        found
    }

    fn names(&self, numbers: &[usize]) -> Vec<String> {
        let mut names: Vec<String> = numbers.iter().map(|n| self.jobs[*n].path.clone()).collect();
        names.sort();
        names
    }

    fn place(&self, path: &str) -> Place {
        let label = self.output.label();
        Place::file(match path {
            "" => label.to_owned(),
            path => format!("{label}/{path}"),
        })
    }

    fn fault(&self, path: &str, error: &io::Error) -> Diagnostic {
        Diagnostic::error("unwritable", format!("cannot be written: {error}"))
            .at(self.place(path))
            .help("check permissions and free space, then build again: the next build completes this one")
    }

    fn untrue(&self, path: &str) -> Diagnostic {
        let message = "counted as up to date, but its content differs from a fresh rendering";
        Diagnostic::error("untrue-record", message)
            .at(self.place(path))
            .help("it has been rewritten; please report this, and say what you edited before")
    }

    fn ungit(&self) -> Diagnostic {
        let label = self.output.label();
        Diagnostic::note(
            "gitignore",
            format!("{label}/.gitignore of an earlier version was removed: with it, a copy of the site in a repository stayed empty"),
        )
        .at(Place::file(format!("{label}/.gitignore")))
        .help(format!(
            "to keep the folder out of version control, write `/{label}/` into the .gitignore beside offprint.toml"
        ))
    }
}

fn push<T>(list: &Mutex<Vec<T>>, item: T) {
    list.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(item);
}

fn taken<T>(list: Mutex<Vec<T>>) -> Vec<T> {
    list.into_inner().unwrap_or_else(PoisonError::into_inner)
}
