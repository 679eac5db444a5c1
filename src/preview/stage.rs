//! The stage: the live site, shared between requests that read it and edits that
//! change it.

use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use tokio::sync::watch;

use super::shown::{Shown, Update};
use crate::diagnostics::{Diagnostics, Style, render_all};
use crate::library::Comparison;
use crate::site::{Answer, Edit, Live};

/// How many errors to show on top of a page.
const MOST_SHOWN: usize = 20;

/// The live site and the state shown to browsers.
#[derive(Debug)]
pub(super) struct Stage {
    live: RwLock<Option<Live>>,
    shown: watch::Sender<Shown>,
    /// Requests recomputing related papers.
    wanted: Mutex<mpsc::Sender<()>>,
}

/// What a path leads to.
pub(super) enum Found {
    /// A file.
    File(Vec<u8>),
    /// No such file; the site's 404 page, if it has one.
    Missing(Option<Vec<u8>>),
    /// A folder; its page is at the URL with a final slash.
    Folder,
    /// A page whose template has an error.
    Fault,
    /// A page that has to wait for related papers.
    Later,
}

impl Stage {
    /// An empty stage.
    pub(super) fn new(base: String) -> Arc<Self> {
        let (wanted, asked) = mpsc::channel();
        let stage = Arc::new(Self {
            live: RwLock::new(None),
            shown: watch::Sender::new(Shown::new(base)),
            wanted: Mutex::new(wanted),
        });
        let comparing = Arc::clone(&stage);
        std::thread::spawn(move || comparing.compare(&asked));
        stage
    }

    /// Subscribes to state changes.
    pub(super) fn subscribe(&self) -> watch::Receiver<Shown> {
        self.shown.subscribe()
    }

    fn read(&self) -> RwLockReadGuard<'_, Option<Live>> {
        self.live.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Option<Live>> {
        self.live.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Replaces the site. Returns the previous one, because dropping a large one
    /// takes a moment.
    pub(super) fn show(&self, live: Live, base: String) -> Option<Live> {
        let styles = live.styles();
        let before = self.write().replace(live);
        self.shown.send_modify(|shown| {
            shown.base = base;
            shown.note(Update::Pages);
            if before
                .as_ref()
                .is_some_and(|before| before.styles() != styles)
            {
                shown.note(Update::Styles);
            }
        });
        self.ask_to_compare();
        before
    }

    /// Applies an edit in place if possible. It is not while there are errors,
    /// because another file may be to blame.
    pub(super) fn edit(&self, changed: &[String]) -> Edit {
        if self.shown.borrow().problem.is_some() {
            return Edit::Wide;
        }
        let (edit, other_styles) = match &mut *self.write() {
            Some(live) => {
                let styles = live.styles();
                let edit = live.edit(changed);
                (edit, live.styles() != styles)
            }
            None => return Edit::Wide,
        };
        if let Edit::Done(found) = &edit {
            if found.has_errors() {
                self.report(found);
            } else {
                let only_styles = changed.iter().all(|file| file.ends_with(".css"));
                self.shown.send_modify(|shown| {
                    if !only_styles {
                        shown.note(Update::Pages);
                    }
                    if only_styles || other_styles {
                        shown.note(Update::Styles);
                    }
                });
                self.ask_to_compare();
            }
        }
        edit
    }

    /// Shows errors on top of the site's pages.
    pub(super) fn report(&self, found: &Diagnostics) {
        let text = render_all(found, Style::Plain, MOST_SHOWN);
        self.shown
            .send_modify(|shown| shown.note(Update::Problem(text)));
    }

    /// What is at a path below the root. If `must` is set, a page is rendered
    /// without waiting for related papers.
    pub(super) fn at(&self, path: &str, must: bool) -> Found {
        let live = self.read();
        let Some(live) = &*live else {
            return Found::Missing(None);
        };
        let is_folder = path.is_empty() || path.ends_with('/');
        let file = match is_folder {
            true => format!("{path}index.html"),
            false => path.to_owned(),
        };
        if !must && live.waits_for_comparison(&file) {
            return Found::Later;
        }
        match live.get(&file) {
            Answer::File(bytes) => Found::File(bytes),
            Answer::Fault(fault) => {
                self.report(&Diagnostics::from(*fault));
                Found::Fault
            }
            Answer::Missing if !is_folder && live.has(&format!("{path}/index.html")) => {
                Found::Folder
            }
            Answer::Missing => match live.get("404.html") {
                Answer::File(bytes) => Found::Missing(Some(bytes)),
                _ => Found::Missing(None),
            },
        }
    }

    fn ask_to_compare(&self) {
        let wanted = self.wanted.lock().unwrap_or_else(PoisonError::into_inner);
        // The receiving thread lives as long as the program.
        let _ = wanted.send(());
    }

    /// Recomputes related papers whenever texts have changed. In a large library
    /// this takes seconds, during which pages show the previous result.
    fn compare(&self, asked: &Receiver<()>) {
        while asked.recv().is_ok() {
            while asked.try_recv().is_ok() {}
            let wanted = {
                let live = self.read();
                live.as_ref()
                    .and_then(|live| Some((live.to_compare()?, live.blocks(), live.state())))
            };
            let Some((papers, blocks, state)) = wanted else {
                continue;
            };
            let comparison = Comparison::of(&papers, &blocks);
            drop(papers);
            if let Some(live) = &mut *self.write()
                && live.state() == state
            {
                live.compare_by(comparison);
            } else {
                // The texts have changed meanwhile, and a new request is queued.
                continue;
            }
            self.shown.send_modify(Shown::look_again);
        }
    }
}
