//! The kit: what is made once for a site and used for every page, such as the
//! compiled templates, the notes as HTML and the papers' cards. What few pages need
//! is made when the first of them asks for it.

use std::path::Path;
use std::sync::OnceLock;

use tera::Value;

use crate::cite::Style;
use crate::config::Settings;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::library::{Library, Timeline, Trends};
use crate::render::{Renderer, Theme};
use crate::site::bibliography;
use crate::site::foot::Foot;
use crate::site::jobs::Job;
use crate::site::layout::Layout;

use super::globals::globals;
use super::notes::Notes;
use super::styles;
use crate::site::portable::Bundles;
use crate::site::thrift::Thrift;

/// Where a site is, and the files it is published as.
#[derive(Debug, Clone, Copy)]
pub(in crate::site) struct Published<'s> {
    pub(in crate::site) site: &'s Path,
    pub(in crate::site) jobs: &'s [Job],
}

/// How a site is made, beyond what its settings say.
#[derive(Debug, Default)]
pub(in crate::site) struct Finish {
    /// Pages are left as the templates write them.
    pub(in crate::site) is_readable: bool,
    /// The scripts of a portable site, where it is one.
    pub(in crate::site) bundles: Option<Bundles>,
    /// What is left out for its host.
    pub(in crate::site) thrift: Thrift,
}

impl Finish {
    /// A site of which all is made, for those who read its source where they want to.
    pub(in crate::site) fn readable(is_readable: bool) -> Self {
        Self {
            is_readable,
            ..Self::default()
        }
    }
}

/// What is made once for a site.
#[derive(Debug)]
pub(in crate::site) struct Kit {
    pub(super) renderer: Renderer,
    /// The scripts of a portable site.
    pub(super) bundles: Option<Bundles>,
    cards: Vec<OnceLock<Value>>,
    rows: Vec<OnceLock<Value>>,
    pub(super) notes: Notes,
    /// Which files the site has.
    pub(super) layout: Layout,
    /// The styles in which references are written.
    pub(super) styles: Vec<Style>,
    /// Whether somebody chose the networks, who then wants them on every page.
    pub(super) are_networks_chosen: bool,
    trends: OnceLock<Trends>,
    years: OnceLock<Option<Timeline>>,
    keys: OnceLock<Vec<String>>,
}

impl Kit {
    /// Compiles the templates and renders what people wrote. Pages are left as the
    /// templates write them where they are to be readable.
    ///
    /// # Errors
    /// Gives all faults of templates and of what people wrote.
    pub(in crate::site) fn open(
        published: Published<'_>,
        settings: &Settings,
        library: &Library,
        theme: &Theme,
        finish: Finish,
    ) -> Result<(Self, Vec<Job>, Diagnostics), Diagnostics> {
        let globals = globals(settings, library, theme, finish.bundles.is_some());
        let renderer = Renderer::new(theme, &globals, crate::social::register)?;
        let layout = Layout::of(theme, library, finish.thrift);
        let styles = match layout.foot {
            Foot::Whole | Foot::Sheet => styles::open(published.site, settings)?,
            Foot::Short => Vec::new(),
        };
        let (notes, files, found) = Notes::render(published, settings, library, theme);
        if found.has_errors() {
            return Err(found);
        }
        let kit = Self {
            renderer: renderer
                .readable(finish.is_readable)
                .portable(finish.bundles.is_some()),
            bundles: finish.bundles,
            cards: unmade(library.papers.len()),
            rows: unmade(library.papers.len()),
            notes,
            layout,
            styles,
            are_networks_chosen: settings.networks != Settings::default().networks,
            trends: OnceLock::new(),
            years: OnceLock::new(),
            keys: OnceLock::new(),
        };
        Ok((kit, files, found))
    }

    /// Which files the site has.
    pub(in crate::site) fn layout(&self) -> Layout {
        self.layout
    }

    /// A paper's card, made by `make` when it is asked for first.
    pub(super) fn card(
        &self,
        n: usize,
        make: impl FnOnce() -> Result<Value, Box<Diagnostic>>,
    ) -> Result<&Value, Box<Diagnostic>> {
        made_once(&self.cards[n], make)
    }

    /// A paper's row, made by `make` when it is asked for first.
    pub(super) fn row(
        &self,
        n: usize,
        make: impl FnOnce() -> Result<Value, Box<Diagnostic>>,
    ) -> Result<&Value, Box<Diagnostic>> {
        made_once(&self.rows[n], make)
    }

    /// Forgets what was made of a paper's texts. Keys are made of its title.
    pub(in crate::site) fn forget_paper(&mut self, n: usize, other_title: bool) {
        self.cards[n] = OnceLock::new();
        self.rows[n] = OnceLock::new();
        if other_title {
            self.keys = OnceLock::new();
        }
        self.forget_trends();
    }

    /// Takes other notes.
    pub(in crate::site) fn take_notes(&mut self, notes: Notes) {
        self.notes = notes;
    }

    /// Forgets what changes over time: papers were compared anew.
    pub(in crate::site) fn forget_trends(&mut self) {
        self.trends = OnceLock::new();
    }

    /// What changes over time.
    pub(super) fn trends(&self, library: &Library) -> &Trends {
        self.trends.get_or_init(|| Trends::of(library))
    }

    /// The papers by year.
    pub(super) fn years(&self, library: &Library) -> Option<&Timeline> {
        self.years
            .get_or_init(|| Timeline::years(&library.papers, &library.digests))
            .as_ref()
    }

    /// A paper's key in bibliographies.
    pub(super) fn key(&self, library: &Library, n: usize) -> &str {
        &self.keys.get_or_init(|| bibliography::keys(library))[n]
    }
}

/// Room for the HTML of so many papers.
fn unmade(papers: usize) -> Vec<OnceLock<Value>> {
    (0..papers).map(|_| OnceLock::new()).collect()
}

fn made_once(
    place: &OnceLock<Value>,
    make: impl FnOnce() -> Result<Value, Box<Diagnostic>>,
) -> Result<&Value, Box<Diagnostic>> {
    match place.get() {
        Some(made) => Ok(made),
        None => {
            let made = make()?;
            Ok(place.get_or_init(|| made))
        }
    }
}
