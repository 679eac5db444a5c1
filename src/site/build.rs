//! The build: everything is loaded, checked and compiled, and one page of each
//! shape rendered, before the first byte is written, and the output is looked at:
//! a broken site, or an output that cannot be written, leaves the last good site
//! as it was.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::config::{FILE_NAME, Host, Settings};
use crate::diagnostics::{Diagnostic, Diagnostics, Place};

use super::edition::Edition;
use super::jobs::Job;
use super::loading;
use super::output::{Lock, Output, STATE, Survey};
use super::pages::{Pages, PaperPrints};
use super::progress::Progress;
use super::report::{BuildReport, Watch, peak_rss};
use super::whole::Whole;
use super::writing::Writing;

/// How to build.
#[derive(Debug, Clone, Default)]
pub struct BuildOptions {
    /// Where the site is published, over what the settings say.
    pub base_url: Option<String>,
    /// Where to write, over `public/`.
    pub output: Option<PathBuf>,
    /// Whether drafts belong to the site.
    pub drafts: bool,
    /// New files of `content/digests/` are left alone.
    pub no_import: bool,
    /// Pages have no pictures for where their links are passed on.
    pub no_cards: bool,
    /// Pages are left as the templates write them, for those who read their source.
    pub readable: bool,
    /// Removes what earlier builds wrote before writing.
    pub clean: bool,
    /// Makes every file anew, and says where one that seemed to be current was not.
    pub verify: bool,
    /// The site opens from a disk, without a server.
    pub portable: bool,
    /// The host that the site is for, over that of the default target of the settings.
    pub host: Option<&'static Host>,
}

impl BuildOptions {
    /// Where a site is written.
    pub fn root(&self, site: &Path) -> PathBuf {
        let usual = if self.portable { "portable" } else { "public" };
        self.output.clone().unwrap_or_else(|| site.join(usual))
    }
}

/// Builds the site in a folder.
pub fn build(site: &Path, options: &BuildOptions, progress: &dyn Progress) -> BuildReport {
    match Alone::wait(site, progress) {
        Ok(alone) => alone.build(options, progress),
        Err(fault) => BuildReport {
            diagnostics: (*fault).into(),
            ..BuildReport::default()
        },
    }
}

/// A site on which no other run of the program is at work, while this lives.
#[derive(Debug)]
pub struct Alone<'a> {
    pub(super) site: &'a Path,
    _lock: Lock,
}

impl<'a> Alone<'a> {
    /// Waits until nobody else is at work on a site.
    ///
    /// # Errors
    /// Gives why the site cannot be locked.
    pub fn wait(site: &'a Path, progress: &dyn Progress) -> Result<Self, Box<Diagnostic>> {
        let lock = Lock::take(site, || {
            progress.say("another offprint is at work on this site; waiting for it");
        })?;
        Ok(Self { site, _lock: lock })
    }

    /// The folder of the site.
    pub fn site(&self) -> &Path {
        self.site
    }

    /// Builds the site.
    pub fn build(&self, options: &BuildOptions, progress: &dyn Progress) -> BuildReport {
        run_all(self.site, options, progress)
    }
}

fn run_all(site: &Path, options: &BuildOptions, progress: &dyn Progress) -> BuildReport {
    let mut report = BuildReport::default();
    if let Err(found) = run(site, options, progress, &mut report) {
        report.diagnostics.append(found);
    }
    report.peak_rss_bytes = peak_rss();
    report.diagnostics.sort();
    report
}

fn run(
    site: &Path,
    options: &BuildOptions,
    progress: &dyn Progress,
    report: &mut BuildReport,
) -> Result<(), Diagnostics> {
    let mut watch = Watch::new();
    let settings = loading::settings(site, options)?;
    let root = options.root(site);
    if let Some(refusal) = Output::refuse(site, &root) {
        return Err(refusal.into());
    }
    let output = Output::open(site, &root).map_err(|fault| Diagnostics::from(*fault))?;
    let whole = Whole::look(site, &settings, options, &output);
    let has_address = !settings.base_url.is_empty() || options.portable;
    if !options.clean && !options.verify && whole.is_built(&output, report) {
        watch.lap("look", &mut report.stages);
        note_size(options, &settings, report);
        note_address(has_address, report);
        return Ok(());
    }

    let Some(loaded) = loading::load_site(site, settings, options, progress, &mut watch, report)?
    else {
        return Ok(());
    };
    let (edition, mut found) = Edition::of(site, loaded, options, &mut watch, report)?;
    let (made, kit) = edition.parts();
    let jobs = &edition.jobs;
    let paths: BTreeSet<&str> = jobs.iter().map(|job| job.path.as_str()).collect();
    // The survey waits for the disk.
    let (survey, prints) = rayon::join(
        || output.survey(&paths, options.clean),
        || PaperPrints::of(made, kit),
    );
    let pages = Pages {
        prints: Some(&prints),
        ..edition.pages()
    };
    found.append(check_samples(&pages, jobs));
    let survey = survey.unwrap_or_else(|faults| {
        found.append(faults);
        Survey::default()
    });
    watch.lap("prepare", &mut report.stages);
    if found.has_errors() {
        return Err(found);
    }
    report.diagnostics.append(found);
    let writing = Writing {
        output: &output,
        pages: &pages,
        jobs,
        paths: &paths,
        survey: &survey,
        state: &site.join(STATE),
        verify: options.verify,
    };
    writing.run(progress, report)?;
    edition.press().tidy();
    let has_papers = !edition.library().papers.is_empty();
    if !has_papers {
        report.diagnostics.push(
            Diagnostic::note("no-papers", "the site has no papers yet").help(
                "put a digest into content/digests/, such as 2025-03-14.txt, and build again",
            ),
        );
    }
    whole.keep(report, &paths);
    report.paths = paths.into_iter().map(ToOwned::to_owned).collect();
    watch.lap("write", &mut report.stages);
    note_size(options, edition.settings(), report);
    // One thing at a time.
    note_address(has_address || !has_papers, report);
    Ok(())
}

/// Renders one page of each shape; a fault that several show is said once.
fn check_samples(pages: &Pages<'_>, jobs: &[Job]) -> Diagnostics {
    let faults: Vec<Diagnostic> = pages
        .samples(jobs)
        .into_par_iter()
        .filter_map(|n| pages.render(&jobs[n]).err())
        .map(|fault| *fault)
        .collect();
    each_once(faults)
}

/// One mistake of a template shows on every page that uses it, each time with the
/// names that this page has; it is said once.
pub(super) fn each_once(faults: Vec<Diagnostic>) -> Diagnostics {
    let mut found = Diagnostics::new();
    for fault in faults {
        if !found
            .iter()
            .any(|other| other.place == fault.place && other.code == fault.code)
        {
            found.push(fault);
        }
    }
    found
}

/// Says once what a site lacks that does not know its own address. It follows from the
/// settings alone, so a build that had nothing to do says it as well.
fn note_address(has_address: bool, report: &mut BuildReport) {
    if !has_address {
        let message = "the site has no feeds, sitemap, canonical links and previews: they need \
                       to know its address";
        report.diagnostics.push(
            Diagnostic::note("no-base-url", message)
                .at(Place::file(FILE_NAME))
                .help(
                    "set `base_url` under `[site]`, such as https://example.org/papers/, \
             or build with --base-url; all else works without",
                ),
        );
    }
}

/// Says that a site is as large as its host takes, or nearly so. Where nobody said where
/// it goes, the common host counts.
fn note_size(options: &BuildOptions, settings: &Settings, report: &mut BuildReport) {
    let host = (options.host)
        .or_else(|| settings.default_target()?.host)
        .or_else(|| Host::named("github-pages"));
    let Some((host, most)) = host.and_then(|host| Some((host, host.bytes?))) else {
        return;
    };
    if report.bytes > most * 4 / 5 {
        let message = format!(
            "the site has {} MB; {} takes {} MB",
            report.bytes / 1_000_000,
            host.label,
            most / 1_000_000
        );
        report.diagnostics.push(
            Diagnostic::warning("large-site", message)
                .help("set `[site] abstracts = \"summary\"`, or split the library"),
        );
    }
}
