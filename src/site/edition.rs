//! An edition: a whole site in memory, of which each file can be made and handed on,
//! to be written, looked at or sent away.

use std::path::{Path, PathBuf};

use super::build::{Alone, BuildOptions};
use super::chart::{self, Chart};
use super::index;
use super::jobs::Job;
use super::loading::{self, Loaded, kit};
use super::output::{Record, STATE};
use super::pages::{Finish, Kit, Pages};
use super::portable::{self, Bundles};
use super::progress::Progress;
use super::report::{BuildReport, Watch, peak_rss};
use super::thrift;
use crate::config::{Settings, VectorSource};
use crate::diagnostics::{Diagnostic, Diagnostics, thousands};
use crate::library::{Known, Library};
use crate::render::Theme;
use crate::search::Built;
use crate::social::SocialImages;

/// A whole site in memory.
#[derive(Debug)]
pub struct Edition {
    settings: Settings,
    library: Library,
    theme: Theme,
    index: Built,
    kit: Kit,
    press: SocialImages,
    pub(super) jobs: Vec<Job>,
}

impl Edition {
    /// Loads a site, whose files can then be made; new digests are imported unless the
    /// options say otherwise. Without errors in the report there is one.
    pub fn load(
        site: &Path,
        options: &BuildOptions,
        progress: &dyn Progress,
    ) -> (Option<Self>, BuildReport) {
        match Alone::wait(site, progress) {
            Ok(alone) => Self::load_in(&alone, options, progress),
            Err(fault) => {
                let diagnostics = (*fault).into();
                let report = BuildReport {
                    diagnostics,
                    ..BuildReport::default()
                };
                (None, report)
            }
        }
    }

    /// Loads a site on which nobody else is at work.
    pub fn load_in(
        alone: &Alone<'_>,
        options: &BuildOptions,
        progress: &dyn Progress,
    ) -> (Option<Self>, BuildReport) {
        let mut report = BuildReport::default();
        let loaded = Self::try_load(alone, options, progress, &mut report);
        let edition = loaded.unwrap_or_else(|found| {
            report.diagnostics.append(found);
            None
        });
        report.peak_rss_bytes = peak_rss();
        report.diagnostics.sort();
        (edition, report)
    }

    fn try_load(
        alone: &Alone<'_>,
        options: &BuildOptions,
        progress: &dyn Progress,
        report: &mut BuildReport,
    ) -> Result<Option<Self>, Diagnostics> {
        let mut watch = Watch::new();
        let loaded = loading::load_in(alone, options, progress, &mut watch, report)?;
        let Some(loaded) = loaded else {
            return Ok(None);
        };
        let (edition, found) = Self::of(alone.site, loaded, options, &mut watch, report)?;
        if found.has_errors() {
            return Err(found);
        }
        report.pages = edition.pages_counted();
        report.diagnostics.append(found);
        watch.lap("prepare", &mut report.stages);
        Ok(Some(edition))
    }

    /// The edition of a site that was loaded, and what a person should know; no file
    /// can be made where that has errors.
    pub(super) fn of(
        site: &Path,
        loaded: Loaded,
        options: &BuildOptions,
        watch: &mut Watch,
        report: &mut BuildReport,
    ) -> Result<(Self, Diagnostics), Diagnostics> {
        let Loaded {
            settings,
            mut library,
            theme,
            mut found,
        } = loaded;
        let host = (options.host)
            .or_else(|| settings.default_target()?.host)
            .filter(|_| settings.fits_host && !options.portable);
        let (thrift, said) = match host {
            Some(host) => thrift::fit(&settings, &mut library, &theme, host),
            None => Default::default(),
        };
        found.extend(said);
        let has_map = !options.portable && chart::is_wanted(&settings, &library, &theme);
        // Related papers and the index need much memory, so the index waits. The map needs
        // little, and works where the others leave a processor idle.
        let (index, chart) = rayon::join(
            || {
                library.related();
                index::build(&settings, &library)
            },
            || has_map.then(|| Chart::of(&library)),
        );
        let index = index.map_err(|fault| {
            found.push(*fault);
            std::mem::take(&mut found)
        })?;
        let known = library.known_words();
        report.meaning = Some(known);
        found.extend(unknown_words(&settings, known));
        library.forget_words();
        watch.lap("related, search, map", &mut report.stages);
        let made = (&settings, &library, &theme);
        let finish = Finish {
            is_readable: options.readable,
            bundles: match options.portable {
                true => Some(portable_parts(&theme, &index, &mut found)?),
                false => None,
            },
            thrift,
            chart,
        };
        let (kit, jobs, _) = kit(site, made, &index, finish, &mut found)?;
        let edition = Self {
            press: SocialImages::new(&site.join(STATE).join("cards")),
            settings,
            library,
            theme,
            index,
            kit,
            jobs,
        };
        Ok((edition, found))
    }

    /// What its pages are made with.
    pub(super) fn pages(&self) -> Pages<'_> {
        Pages {
            settings: &self.settings,
            library: &self.library,
            theme: &self.theme,
            index: &self.index,
            kit: &self.kit,
            press: &self.press,
            prints: None,
            known: None,
        }
    }

    /// What draws its pictures.
    pub(super) fn press(&self) -> &SocialImages {
        &self.press
    }

    /// The settings, the library and the theme, and what is made once of them.
    pub(super) fn parts(&self) -> ((&Settings, &Library, &Theme), &Kit) {
        ((&self.settings, &self.library, &self.theme), &self.kit)
    }

    /// The settings of the site.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// What the site is made of.
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// The paths of its files below the root.
    pub fn paths(&self) -> impl ExactSizeIterator<Item = &str> {
        self.jobs.iter().map(|job| job.path.as_str())
    }

    /// Makes a file, by its number among the [paths](Self::paths).
    ///
    /// # Errors
    /// Gives what is wrong with the template.
    pub fn make(&self, n: usize) -> Result<Vec<u8>, Box<Diagnostic>> {
        self.pages().render(&self.jobs[n])
    }

    /// How many of its files are pages that people read.
    pub fn pages_counted(&self) -> usize {
        let jobs = self.jobs.iter();
        jobs.filter(|job| job.kind.is_page()).count()
    }

    /// The record of its files, which lies beside them.
    pub fn record(&self) -> Record {
        Record::of(self.jobs.iter().map(|job| &job.path))
    }

    /// What a person would edit to change a file, such as a page of `content/`, where
    /// there is one such thing.
    pub fn source(&self, n: usize) -> Option<String> {
        self.jobs[n].kind.source(&self.library)
    }
}

/// The scripts of a portable site, whose index has to fit into one of them.
fn portable_parts(
    theme: &Theme,
    index: &Built,
    found: &mut Diagnostics,
) -> Result<Bundles, Diagnostics> {
    found.extend(portable::check_size(index));
    match portable::bundles(theme) {
        Ok(bundles) if !found.has_errors() => Ok(bundles),
        Ok(_) => Err(std::mem::take(found)),
        Err(faults) => {
            found.extend(faults);
            Err(std::mem::take(found))
        }
    }
}

/// The folder of a site for what only the program needs.
pub fn state(site: &Path) -> PathBuf {
    site.join(STATE)
}

/// In fewer words than this a table has little to know.
const FEW_WORDS: usize = 500;

/// That the table that ships knows few of a site's words, and what to do about it.
fn unknown_words(settings: &Settings, known: Known) -> Option<Diagnostic> {
    let is_meant = settings.vectors == VectorSource::BuiltIn && known.words >= FEW_WORDS;
    (is_meant && 2 * known.known < known.words).then(|| {
        let message = format!(
            "the table of word vectors knows {} of the {} words that the papers share",
            thousands(known.known),
            thousands(known.words)
        );
        Diagnostic::note("unknown-words", message)
            .help("`vectors = \"corpus\"` under `[meaning]` learns them from the papers themselves")
    })
}
