//! Loading: what is on disk becomes a library and a theme, ready to be rendered. New
//! digests are imported on the way.

use std::path::Path;

use super::blocked;
use super::build::{Alone, BuildOptions};
use super::jobs::Job;
use super::output::STATE;
use super::pages::{Finish, Kit, Published};
use super::plan;
use super::progress::Progress;
use super::report::{BuildReport, Watch};
use crate::config::{CardSettings, Engine, Settings};
use crate::content::{self, Content, ImportOptions, ImportReport, Listing, ReadBefore, Redirects};
use crate::derive::{Blocks, Cache};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Place, Severity};
use crate::library::{self, Library};
use crate::render::Theme;
use crate::search::Built;

/// A site in memory.
pub(super) struct Loaded {
    pub(super) settings: Settings,
    pub(super) library: Library,
    pub(super) theme: Theme,
    /// What a person should know; no theme is loaded where it has errors.
    pub(super) found: Diagnostics,
}

/// The settings of a site, as the options of a build change them.
pub(super) fn settings(site: &Path, options: &BuildOptions) -> Result<Settings, Diagnostics> {
    let mut settings = Settings::load(site).map_err(|mut found| {
        // What pages say wrong does not depend on the settings; both are said.
        found.append(Content::read(site).1);
        found
    })?;
    if let Some(base) = &options.base_url {
        settings.base_url = crate::config::base_url(base).ok_or_else(|| {
            Diagnostic::error("bad-value", format!("`{base}` is not a valid site address"))
                .help("write it as --base-url https://example.org/papers/")
        })?;
    }
    if options.portable && settings.engine != Engine::None {
        settings.engine = Engine::Elasticlunr;
    }
    if options.no_cards {
        settings.cards = CardSettings::NONE;
    }
    Ok(settings)
}

/// Loads a site, whose lock is held. `None` where an import failed; its report says
/// why.
pub(super) fn load_site(
    site: &Path,
    settings: Settings,
    options: &BuildOptions,
    progress: &dyn Progress,
    watch: &mut Watch,
    report: &mut BuildReport,
) -> Result<Option<Loaded>, Diagnostics> {
    progress.begin("reading", None);
    let options_of_prose = library::prose_options(&settings);
    let (cache, (mut ledger, listing)) = rayon::join(
        || Cache::open(&site.join(STATE), &options_of_prose),
        || (Redirects::load(site), Listing::of(site)),
    );
    let (mut content, mut found) = Content::read_listed(site, listing, &cache);
    progress.end();
    watch.lap("read", &mut report.stages);
    if options.no_import {
        report.left_out = content::unrecorded(&content).map_or(0, |inputs| inputs.len());
    }
    if !options.no_import && !found.has_errors() {
        let (import, kept) = import(site, &settings, (content, ledger), progress)?;
        let (changed, failed) = (import.changed, import.failed());
        report.import = Some(import);
        if failed {
            return Ok(None);
        }
        (content, ledger) = (kept.0, (kept.1, String::new(), Diagnostics::new()));
        if changed {
            (content, found) = Content::read_again(site, &ReadBefore::of(content));
            ledger = Redirects::load(site);
        }
        watch.lap("import", &mut report.stages);
    }
    let theme = Theme::load(site, &settings);
    progress.begin("linking", None);
    let (ledger, _, faults) = ledger;
    found.append(faults);
    let kept = (&cache, Blocks::open(&site.join(STATE)));
    let sources = (content, ledger);
    let library = assemble(site, &settings, sources, options.drafts, kept, &mut found);
    found.extend(close(cache, &library));
    progress.end();
    watch.lap("library", &mut report.stages);
    match theme {
        Ok(theme) => {
            found.extend(theme.old_addresses());
            found.extend(theme.left_out());
            Ok(Some(Loaded {
                settings,
                library,
                theme,
                found,
            }))
        }
        Err(faults) => {
            found.append(faults);
            Err(found)
        }
    }
}

/// Loads a site alone: other runs of the program wait meanwhile.
pub(super) fn load_alone(
    site: &Path,
    options: &BuildOptions,
    progress: &dyn Progress,
    watch: &mut Watch,
    report: &mut BuildReport,
) -> Result<Option<Loaded>, Diagnostics> {
    let alone = Alone::wait(site, progress).map_err(|fault| Diagnostics::from(*fault))?;
    load_in(&alone, options, progress, watch, report)
}

/// Loads a site on which nobody else is at work.
pub(super) fn load_in(
    alone: &Alone<'_>,
    options: &BuildOptions,
    progress: &dyn Progress,
    watch: &mut Watch,
    report: &mut BuildReport,
) -> Result<Option<Loaded>, Diagnostics> {
    let settings = settings(alone.site, options)?;
    load_site(alone.site, settings, options, progress, watch, report)
}

/// The kit of a site in memory, and its files: those of the plan, whose number is
/// given, and behind them those that notes show. What is wrong goes into `found`.
pub(super) fn kit(
    site: &Path,
    (settings, library, theme): (&Settings, &Library, &Theme),
    index: &Built,
    finish: Finish,
    found: &mut Diagnostics,
) -> Result<(Kit, Vec<Job>, usize), Diagnostics> {
    let (mut jobs, faults) = plan::plan(
        settings,
        library,
        theme,
        index,
        (
            finish.thrift,
            finish.bundles.as_ref(),
            finish.chart.as_ref(),
        ),
    );
    found.append(faults);
    found.append(blocked::check(settings, theme));
    let published = Published { site, jobs: &jobs };
    match Kit::open(published, settings, library, theme, finish) {
        Ok((kit, files, faults)) => {
            found.append(faults);
            let planned = jobs.len();
            jobs.extend(files);
            Ok((kit, jobs, planned))
        }
        Err(faults) => {
            found.append(faults);
            Err(std::mem::take(found))
        }
    }
}

fn assemble(
    site: &Path,
    settings: &Settings,
    (content, ledger): (Content, Redirects),
    drafts: bool,
    (cache, blocks): (&Cache, Blocks),
    found: &mut Diagnostics,
) -> Library {
    let request = library::Request {
        site,
        settings,
        content,
        ledger: &ledger,
        drafts,
        cache,
        blocks,
    };
    let (library, mut faults) = library::assemble(request);
    let unread = unread_pages(found);
    faults.retain(|fault| !unread.iter().any(|name| is_only_unread(fault, name)));
    found.append(faults);
    library
}

/// Loads the library of a site as a build would, without importing or writing.
pub fn load(site: &Path) -> (Option<(Settings, Library)>, Diagnostics) {
    let settings = match Settings::load(site) {
        Ok(settings) => settings,
        Err(found) => return (None, found),
    };
    let options = library::prose_options(&settings);
    let cache = Cache::open(&site.join(STATE), &options).only_read();
    let (content, mut found) = Content::read_again(site, &cache);
    let (ledger, _, faults) = Redirects::load(site);
    found.append(faults);
    let kept = (&cache, Blocks::none());
    let sources = (content, ledger);
    let library = assemble(site, &settings, sources, false, kept, &mut found);
    (Some((settings, library)), found)
}

/// Ends the work with the cache. Where it cannot be written, the next build takes
/// longer.
fn close(cache: Cache, library: &Library) -> Option<Diagnostic> {
    let files = library.papers.iter().map(|entry| &*entry.file).collect();
    let error = cache.close(&files).err()?;
    let message = format!("what was read cannot be kept for the next build: {error}");
    Some(
        Diagnostic::warning("cache-unwritable", message)
            .at(Place::file(format!("{STATE}/cache")))
            .help("check permissions and free space; the next build reads everything again"),
    )
}

/// The names of the pages that could not be read.
fn unread_pages(found: &Diagnostics) -> Vec<String> {
    found
        .iter()
        .filter(|fault| fault.severity == Severity::Error)
        .filter_map(|fault| {
            let file = fault.place.as_ref()?.file.strip_prefix("content/")?;
            let stem = Path::new(file).file_stem()?.to_str()?;
            Some(stem.to_owned())
        })
        .collect()
}

/// Whether a fault says of a page that cannot be read that it does not exist: who
/// names it is not to blame.
fn is_only_unread(fault: &Diagnostic, name: &str) -> bool {
    fault.code == Code::DANGLING && fault.subject.as_deref() == Some(name)
}

fn import(
    site: &Path,
    settings: &Settings,
    sources: (Content, (Redirects, String, Diagnostics)),
    progress: &dyn Progress,
) -> Result<(ImportReport, (Content, Redirects)), Diagnostics> {
    let inputs = content::unrecorded(&sources.0)?;
    let any = !inputs.is_empty();
    if any {
        progress.begin("importing", None);
    }
    let options = ImportOptions::default();
    let (report, content, ledger) = content::import_into(site, settings, sources, inputs, &options);
    if any {
        progress.end();
    }
    Ok((report, (content, ledger)))
}
