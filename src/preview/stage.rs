//! The stage: the live site that the preview shows, shared by the requests that read it
//! and the edits that change it.

use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use tokio::sync::watch;

use super::shown::{Change, Shown};
use crate::diagnostics::{Diagnostics, Style, render_all};
use crate::library::Comparison;
use crate::site::{Answer, Edit, Live};

/// How many errors are shown over a page.
const MOST_SHOWN: usize = 20;

/// The live site and what there is to see.
#[derive(Debug)]
pub(super) struct Stage {
    live: RwLock<Option<Live>>,
    shown: watch::Sender<Shown>,
    /// Asks for the papers to be compared.
    wanted: Mutex<mpsc::Sender<()>>,
}

/// What is found at a path.
pub(super) enum Found {
    /// A file.
    File(Vec<u8>),
    /// Nothing, and what the site has for such addresses.
    Missing(Option<Vec<u8>>),
    /// A folder; its page is at the address with a slash at the end.
    Folder,
    /// A page whose template has a fault.
    Fault,
    /// A page that has to wait until the papers have been compared.
    Later,
}

impl Stage {
    /// A stage with nothing on it.
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

    /// Tells of each change of what there is to see.
    pub(super) fn subscribe(&self) -> watch::Receiver<Shown> {
        self.shown.subscribe()
    }

    fn read(&self) -> RwLockReadGuard<'_, Option<Live>> {
        self.live.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Option<Live>> {
        self.live.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Shows another site. The one before is given back: to drop a large one takes
    /// a moment.
    pub(super) fn show(&self, live: Live, base: String) -> Option<Live> {
        let styles = live.styles();
        let before = self.write().replace(live);
        self.shown.send_modify(|shown| {
            shown.base = base;
            shown.note(Change::Pages);
            if before
                .as_ref()
                .is_some_and(|before| before.styles() != styles)
            {
                shown.note(Change::Styles);
            }
        });
        self.ask_to_compare();
        before
    }

    /// Takes up an edit of the site that is shown, if that can be done in place. It
    /// cannot while anything is wrong: another file may be what is wrong.
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
                        shown.note(Change::Pages);
                    }
                    if only_styles || other_styles {
                        shown.note(Change::Styles);
                    }
                });
                self.ask_to_compare();
            }
        }
        edit
    }

    /// Shows what is wrong with the site over its pages.
    pub(super) fn report(&self, found: &Diagnostics) {
        let text = render_all(found, Style::Plain, MOST_SHOWN);
        self.shown
            .send_modify(|shown| shown.note(Change::Problem(text)));
    }

    /// What is at a path below the root of the site. A page is not kept waiting
    /// where it `must` be given now.
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
        // The thread that compares lives as long as the program.
        let _ = wanted.send(());
    }

    /// Compares the papers whenever their texts have changed. In a large library it
    /// takes seconds, in which the pages show the comparison before.
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
                // It is of texts that have changed since, and was asked for again.
                continue;
            }
            self.shown.send_modify(Shown::look_again);
        }
    }
}
