//! A live site: it is held in memory, and each of its files is rendered when
//! somebody asks for it. An edit changes what it touches and no more. Nothing is
//! written but what an import writes.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use super::blocked;
use super::build::{BuildOptions, each_once};
use super::chart;
use super::index;
use super::jobs::{Job, Kind};
use super::loading::{self, Loaded, kit};
use super::machines;
use super::output::STATE;
use super::pages::map::PREVIEW_ROOT;
use super::pages::search::PREVIEW_INDEX;
use super::pages::{Finish, Kit, Notes, Pages, Published};
use super::progress::Progress;
use super::report::{BuildReport, Watch};
use crate::config::{Engine, Settings};
use crate::content::{self, PaperPage};
use crate::derive::{Blocks, Derived, derive};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::library::{self, Compared, Comparison, Library};
use crate::model::Facts;
use crate::render::Theme;
use crate::search::Built;
use crate::social::SocialImages;

/// A site in memory.
#[derive(Debug)]
pub struct Live {
    site: PathBuf,
    readable: bool,
    settings: Settings,
    library: Library,
    theme: Theme,
    kit: Kit,
    press: SocialImages,
    /// An index without files: those are built when search asks for them.
    none: Built,
    index: OnceLock<Result<Built, Box<Diagnostic>>>,
    jobs: Vec<Job>,
    /// How many of them the plan has; the rest are files that notes show.
    planned: usize,
    /// The jobs by their paths.
    by_path: HashMap<String, usize>,
    /// Whether a text changed since the papers were compared.
    is_stale: bool,
    /// Another number for each state of each live site.
    state: u64,
}

/// How many states live sites have had.
static STATES: AtomicU64 = AtomicU64::new(0);

/// What a live site has at a path.
#[derive(Debug)]
pub enum Answer {
    /// A file.
    File(Vec<u8>),
    /// Nothing.
    Missing,
    /// A page whose template has a fault.
    Fault(Box<Diagnostic>),
}

/// What became of an edit.
#[derive(Debug)]
pub enum Edit {
    /// The site shows it. The diagnostics are what is wrong with what was edited.
    Done(Diagnostics),
    /// It touches more than can be changed in place: the site has to be loaded anew.
    Wide,
}

impl Live {
    /// Loads a site; new digests are imported. Without errors in the report there is
    /// one.
    pub fn load(
        site: &Path,
        options: &BuildOptions,
        progress: &dyn Progress,
    ) -> (Option<Self>, BuildReport) {
        let mut report = BuildReport::default();
        let live = Self::try_load(site, options, progress, &mut report);
        let live = live.unwrap_or_else(|found| {
            report.diagnostics.append(found);
            None
        });
        report.diagnostics.sort();
        (live, report)
    }

    fn try_load(
        site: &Path,
        options: &BuildOptions,
        progress: &dyn Progress,
        report: &mut BuildReport,
    ) -> Result<Option<Self>, Diagnostics> {
        let mut watch = Watch::new();
        let loaded = loading::load_alone(site, options, progress, &mut watch, report)?;
        let Some(loaded) = loaded else {
            return Ok(None);
        };
        let Loaded {
            settings,
            mut library,
            theme,
            mut found,
        } = loaded;
        // They are no use to a preview, which compares papers later.
        library.forget_words();
        let none = Built::none();
        let theme = editable(theme);
        let made = (&settings, &library, &theme);
        let (kit, jobs, planned) = kit(
            site,
            made,
            &none,
            Finish::readable(options.readable),
            &mut found,
        )?;
        if found.has_errors() {
            return Err(found);
        }
        report.pages = jobs.iter().filter(|job| job.kind.is_page()).count();
        report.diagnostics.append(found);
        watch.lap("prepare", &mut report.stages);
        let live = Self {
            site: site.to_owned(),
            readable: options.readable,
            by_path: by_path(&jobs),
            press: SocialImages::new(&site.join(STATE).join("cards")),
            index: OnceLock::new(),
            is_stale: false,
            state: STATES.fetch_add(1, Ordering::Relaxed),
            settings,
            library,
            theme,
            kit,
            none,
            planned,
            jobs,
        };
        let found = live.look_at_samples();
        match found.has_errors() {
            true => Err(found),
            false => Ok(Some(live)),
        }
    }

    fn pages(&self) -> Pages<'_> {
        Pages {
            settings: &self.settings,
            library: &self.library,
            theme: &self.theme,
            index: &self.none,
            kit: &self.kit,
            press: &self.press,
            prints: None,
            known: None,
        }
    }

    /// The base URL of the site.
    pub fn base_url(&self) -> &str {
        &self.settings.base_url
    }

    /// Whether a file shows how papers compare with one another, and they have not
    /// been compared yet.
    pub fn waits_for_comparison(&self, path: &str) -> bool {
        let shows = |n: &usize| self.jobs[*n].kind.compares_papers();
        !self.library.is_compared() && self.by_path.get(path).is_some_and(shows)
    }

    /// The file at a path below the root, such as `papers/galore/index.html`.
    pub fn get(&self, path: &str) -> Answer {
        let job = self.by_path.get(path).map(|n| &self.jobs[*n]);
        let rendered = match job {
            Some(job) if matches!(job.kind, Kind::Text(_)) => Ok(self.machine_file(job)),
            Some(job) => self.pages().render(job),
            None if path.starts_with(chart::FOLDER) => return self.map_file(path),
            None => return self.search_file(path),
        };
        match rendered {
            Ok(bytes) => Answer::File(bytes),
            Err(fault) => Answer::Fault(fault),
        }
    }

    /// A file for machines, of the library as it is now.
    fn machine_file(&self, job: &Job) -> Vec<u8> {
        let files = machines::files(
            &self.settings,
            &self.library,
            (&self.theme, self.kit.layout()),
            &self.jobs,
        );
        let now = files.into_iter().find(|(path, _)| *path == job.path);
        now.map(|(_, text)| text.into_bytes()).unwrap_or_default()
    }

    fn map_file(&self, path: &str) -> Answer {
        let name = path.strip_prefix(chart::FOLDER).unwrap_or(path);
        if !self.has(&format!("{}index.html", chart::FOLDER)) {
            return Answer::Missing;
        }
        let chart = self.kit.chart(&self.library);
        let name = if name == PREVIEW_ROOT {
            &chart.root
        } else {
            name
        };
        match chart.file(name) {
            Some(bytes) => Answer::File(bytes.to_vec()),
            None => Answer::Missing,
        }
    }

    fn search_file(&self, path: &str) -> Answer {
        let Some(name) = path.strip_prefix("search/") else {
            return Answer::Missing;
        };
        if self.settings.engine == Engine::None {
            return Answer::Missing;
        }
        let built = self
            .index
            .get_or_init(|| index::build(&self.settings, &self.library));
        let name = match built {
            Ok(built) if name == PREVIEW_INDEX => built.root().unwrap_or(name),
            _ => name,
        };
        match built {
            Ok(built) => match built
                .files
                .binary_search_by(|(file, _)| file.as_str().cmp(name))
            {
                Ok(at) => Answer::File(built.files[at].1.clone()),
                Err(_) => Answer::Missing,
            },
            Err(fault) => Answer::Fault(fault.clone()),
        }
    }

    /// The paths of all files, those of search left out.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.jobs.iter().map(|job| job.path.as_str())
    }

    /// A hash of all style sheets.
    pub fn styles(&self) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        let statics = self.theme.statics.iter();
        for (path, asset) in statics.filter(|(path, _)| path.ends_with(".css")) {
            hasher.update(path.as_bytes()).update(&asset.bytes);
        }
        hasher.finalize()
    }

    /// A number that no other state of the site has.
    pub fn state(&self) -> u64 {
        self.state
    }

    /// Whether there is a file at a path, those of search left out.
    pub fn has(&self, path: &str) -> bool {
        self.by_path.contains_key(path)
    }

    /// Takes up the edit of some files, given relative to the site.
    pub fn edit(&mut self, changed: &[String]) -> Edit {
        self.state = STATES.fetch_add(1, Ordering::Relaxed);
        let is_theme = |file: &String| {
            let folder = file.split('/').next().unwrap_or_default();
            ["templates", "static", "themes"].contains(&folder)
        };
        if changed.iter().all(is_theme) {
            return self.take_theme();
        }
        match changed {
            [file] if file.starts_with("content/papers/") => self.take_paper(file),
            _ => Edit::Wide,
        }
    }

    /// Takes up other templates, styles and words. Which files there are may change
    /// with them.
    fn take_theme(&mut self) -> Edit {
        let theme = match Theme::load(&self.site, &self.settings) {
            Ok(theme) => editable(theme),
            Err(found) => return Edit::Done(found),
        };
        let same_files = theme.statics.keys().eq(self.theme.statics.keys())
            && theme.templates.keys().eq(self.theme.templates.keys());
        if !same_files || theme.options != self.theme.options {
            return Edit::Wide;
        }
        let published = self.published();
        let opened = Kit::open(
            published,
            &self.settings,
            &self.library,
            &theme,
            Finish::readable(self.readable),
        );
        match opened {
            Ok((kit, _, mut found)) => {
                found.append(blocked::check(&self.settings, &theme));
                let before = (
                    std::mem::replace(&mut self.kit, kit),
                    std::mem::replace(&mut self.theme, theme),
                );
                found.append(self.look_at_samples());
                if found.has_errors() {
                    (self.kit, self.theme) = before;
                }
                Edit::Done(found)
            }
            Err(found) => Edit::Done(found),
        }
    }

    /// Renders one page of each shape. What has to wait for the comparison of papers
    /// is left out.
    fn look_at_samples(&self) -> Diagnostics {
        let pages = self.pages();
        let is_compared = self.library.is_compared();
        let mut samples = pages.samples(&self.jobs);
        samples.retain(|n| {
            let kind = &self.jobs[*n].kind;
            !matches!(kind, Kind::Card(_)) && (is_compared || !kind.compares_papers())
        });
        let faults = samples.into_iter();
        let faults = faults.filter_map(|n| pages.render(&self.jobs[n]).err());
        each_once(faults.map(|fault| *fault).collect())
    }

    fn published(&self) -> Published<'_> {
        Published {
            site: &self.site,
            jobs: &self.jobs[..self.planned],
        }
    }

    /// Takes up other texts of a paper. Whatever it is listed by has to be as it was.
    fn take_paper(&mut self, file: &str) -> Edit {
        let mut papers = self.library.papers.iter();
        let Some(n) = papers.position(|entry| &*entry.file == file) else {
            return Edit::Wide;
        };
        if !self.site.join(file).exists() {
            return Edit::Wide;
        }
        let (page, mut found) = content::read_paper(&self.site, file);
        if found.has_errors() {
            return Edit::Done(found);
        }
        let Some(PaperPage { paper, .. }) = page else {
            return Edit::Wide;
        };
        let entry = &self.library.papers[n];
        if listed_by(&paper.facts, &entry.paper.facts) != entry.paper.facts
            || paper.slug != entry.paper.slug
        {
            return Edit::Wide;
        }
        let derived = derive(&paper, &library::prose_options(&self.settings));
        let topics = match paper.topics {
            Some(_) => entry.topics.clone(),
            None => self
                .library
                .score(&paper, &derived, self.settings.most_topics),
        };
        let same_topics = topics.len() == entry.topics.len()
            && topics
                .iter()
                .zip(&entry.topics)
                .all(|(new, old)| new.topic == old.topic);
        if !same_topics {
            return Edit::Wide;
        }
        let texts = |derived: &Derived| (derived.title.clone(), derived.abstract_text.clone());
        self.is_stale |= texts(&derived) != texts(&entry.derived);
        let other_notes = paper.notes != entry.paper.notes;
        let other_title = paper.title != entry.paper.title;
        let entry = &mut self.library.papers[n];
        entry.paper = paper;
        entry.source = None;
        entry.derived = Arc::new(derived);
        entry.topics = topics;
        self.kit.forget_paper(n, other_title);
        self.index = OnceLock::new();
        if other_notes {
            let (settings, library, theme) = (&self.settings, &self.library, &self.theme);
            let (notes, files, faults) = Notes::render(self.published(), settings, library, theme);
            self.kit.take_notes(notes);
            found.append(faults);
            if files
                .iter()
                .any(|job| !self.by_path.contains_key(&job.path))
            {
                return Edit::Wide;
            }
        }
        Edit::Done(found)
    }

    /// What the papers are to be compared by, where the comparison is not there or
    /// not of these texts.
    pub fn to_compare(&self) -> Option<Vec<Compared>> {
        (self.is_stale || !self.library.is_compared()).then(|| self.library.compared())
    }

    /// What was made of neighbouring papers before.
    pub fn blocks(&self) -> Arc<Blocks> {
        Arc::clone(&self.library.blocks)
    }

    /// Takes a comparison of the papers as they are now.
    pub fn compare_by(&mut self, comparison: Comparison) {
        self.library.compare_by(comparison);
        self.kit.forget_trends();
        self.kit.forget_chart();
        self.is_stale = false;
    }
}

/// A theme whose pages stay the same while its assets are edited: browsers exchange the
/// style sheet of a page and keep the page.
fn editable(mut theme: Theme) -> Theme {
    theme.assets.keep_name();
    theme
}

fn by_path(jobs: &[Job]) -> HashMap<String, usize> {
    jobs.iter()
        .enumerate()
        .map(|(n, job)| (job.path.clone(), n))
        .collect()
}

/// New facts with the texts of the old ones: they are equal to the old ones where
/// nothing changed that a paper is listed, linked or dated by.
fn listed_by(new: &Facts, old: &Facts) -> Box<Facts> {
    let old = old.clone();
    Box::new(Facts {
        title: old.title,
        abstract_text: old.abstract_text,
        summary: old.summary,
        short: old.short,
        comment: old.comment,
        status: old.status,
        award: old.award,
        license: old.license,
        funding: old.funding,
        keywords: old.keywords,
        links: old.links,
        extra: old.extra,
        ..new.clone()
    })
}
