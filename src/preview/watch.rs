//! Watching: which files of a site a person has changed.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use notify::{EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};

/// How long files have to be quiet. Editors write in several steps.
const QUIET: Duration = Duration::from_millis(80);

/// How long to wait for a change before looking whether to stop.
const PATIENCE: Duration = Duration::from_millis(200);

/// What a site is made of; anything else may change as it likes.
const WATCHED: [&str; 5] = [
    "content",
    "themes",
    "templates",
    "static",
    crate::config::FILE_NAME,
];

/// A watch over a site.
pub(super) struct Changes {
    site: PathBuf,
    events: Receiver<DebounceEventResult>,
    watcher: Debouncer<RecommendedWatcher, RecommendedCache>,
}

/// Begins to watch. The folder of the site is watched itself, since a folder
/// such as `templates/` may come into being later.
pub(super) fn watch(site: &Path) -> io::Result<Changes> {
    let site = site.canonicalize()?;
    let (sender, events) = channel();
    let mut watcher = new_debouncer(QUIET, None, sender).map_err(io::Error::other)?;
    watcher
        .watch(&site, RecursiveMode::NonRecursive)
        .map_err(io::Error::other)?;
    for name in WATCHED {
        let path = site.join(name);
        if path.is_dir() {
            watcher
                .watch(&path, RecursiveMode::Recursive)
                .map_err(io::Error::other)?;
        }
    }
    Ok(Changes {
        site,
        events,
        watcher,
    })
}

impl Changes {
    /// The files that changed, relative to the site; `None` where none did for a
    /// moment.
    pub(super) fn wait(&mut self) -> Option<Vec<String>> {
        let mut changed = BTreeSet::new();
        match self.events.recv_timeout(PATIENCE) {
            Ok(events) => self.gather(events, &mut changed),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return None,
        }
        // What came in meanwhile belongs to the same build.
        while let Ok(events) = self.events.try_recv() {
            self.gather(events, &mut changed);
        }
        (!changed.is_empty()).then(|| changed.into_iter().collect())
    }

    fn gather(&mut self, events: DebounceEventResult, changed: &mut BTreeSet<String>) {
        for event in events.into_iter().flatten() {
            if !matches!(
                event.kind,
                EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_)
            ) {
                continue;
            }
            for path in &event.paths {
                self.watch_new_folder(path);
                changed.extend(self.of_interest(path));
            }
        }
    }

    /// A folder such as `templates/` that came into being is watched from now on.
    fn watch_new_folder(&mut self, path: &Path) {
        let is_ours = WATCHED.iter().any(|name| path == self.site.join(name));
        if is_ours && path.is_dir() {
            // It may be gone again already; then there is nothing to watch.
            let _ = self.watcher.watch(path, RecursiveMode::Recursive);
        }
    }

    fn of_interest(&self, path: &Path) -> Option<String> {
        let inner = path.strip_prefix(&self.site).ok()?;
        let parts: Vec<_> = inner
            .components()
            .map(|part| part.as_os_str().to_string_lossy())
            .collect();
        let first = parts.first()?;
        let name = parts.last()?;
        let noise = name.starts_with('.')
            || name.ends_with('~')
            || name.ends_with(".swp")
            || name.starts_with('#');
        (WATCHED.contains(&first.as_ref()) && !noise && (parts.len() == 1 || !path.is_dir()))
            .then(|| parts.join("/"))
    }
}
