//! Watches a site's files for changes, including files outside the site that it
//! links to.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use notify::event::ModifyKind;
use notify::{Config, EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer_opt};
use walkdir::WalkDir;

/// How long files have to be unchanged. Editors write in several steps.
const QUIET: Duration = Duration::from_millis(20);

/// How long to wait for a change before checking whether to stop.
const PATIENCE: Duration = Duration::from_millis(200);

/// The longest chain of links to follow.
const MAX_HOPS: usize = 40;

/// How many links of a site to follow; usually there are only a few.
const MAX_LINKS: usize = 10_000;

/// What a site consists of. Changes to other files are ignored.
const WATCHED: [&str; 5] = [
    "content",
    "themes",
    "templates",
    "static",
    crate::config::FILE_NAME,
];

/// A watch on a site.
pub(super) struct Changes {
    site: PathBuf,
    events: Receiver<DebounceEventResult>,
    watcher: Debouncer<RecommendedWatcher, RecommendedCache>,
    /// The folders watched recursively.
    trees: BTreeSet<PathBuf>,
    /// Link targets, each with the links that lead there.
    linked: BTreeMap<PathBuf, BTreeSet<PathBuf>>,
}

/// Starts watching. The site's folder itself is watched, since a folder such as
/// `templates/` may be created later.
pub(super) fn watch(site: &Path) -> io::Result<Changes> {
    let site = site.canonicalize()?;
    let (sender, events) = channel();
    // We follow links ourselves: the watcher only follows those to folders, and
    // would walk the whole disk if one leads to its root.
    let config = Config::default().with_follow_symlinks(false);
    let mut watcher = new_debouncer_opt(QUIET, None, sender, RecommendedCache::new(), config)
        .map_err(io::Error::other)?;
    watcher
        .watch(&site, RecursiveMode::NonRecursive)
        .map_err(io::Error::other)?;
    let mut changes = Changes {
        site,
        events,
        watcher,
        trees: BTreeSet::new(),
        linked: BTreeMap::new(),
    };
    for name in WATCHED {
        let path = changes.site.join(name);
        if path.is_dir() && !path.is_symlink() {
            changes.watch_tree(&path).map_err(io::Error::other)?;
        }
        changes.follow_links(&path);
    }
    Ok(changes)
}

impl Changes {
    /// The changed files, relative to the site. `None` if nothing changed for a
    /// moment.
    pub(super) fn wait(&mut self) -> Option<Vec<String>> {
        let mut changed = BTreeSet::new();
        match self.events.recv_timeout(PATIENCE) {
            Ok(events) => self.gather(events, &mut changed),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return None,
        }
        // Changes that arrived meanwhile belong to the same build.
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
            // A folder moved here produces no events for its files.
            let moved = matches!(
                event.kind,
                EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_))
            );
            for path in &event.paths {
                self.watch_new(path);
                for path in self.names_of(path) {
                    if moved || !path.is_dir() {
                        changed.extend(self.of_interest(&path));
                    }
                }
            }
        }
    }

    /// Watches a newly created folder such as `templates/`, or the target of a new
    /// link.
    fn watch_new(&mut self, path: &Path) {
        let is_ours = WATCHED.iter().any(|name| path == self.site.join(name));
        if is_ours && path.is_dir() && !path.is_symlink() {
            // It may already be gone again; then there is nothing to watch.
            let _ = self.watch_tree(path);
        }
        let is_within = self.first_part(path).is_some();
        if (is_within || self.linked.contains_key(path)) && (path.is_dir() || path.is_symlink()) {
            self.follow_links(path);
        }
    }

    fn watch_tree(&mut self, path: &Path) -> notify::Result<()> {
        self.trees.insert(path.to_owned());
        self.watcher.watch(path, RecursiveMode::Recursive)
    }

    /// Watches the targets of the links at a path and below it.
    fn follow_links(&mut self, path: &Path) {
        let mut waiting = vec![path.to_owned()];
        let mut seen = BTreeSet::new();
        while let Some(path) = waiting.pop() {
            let links = WalkDir::new(&path)
                .follow_root_links(false)
                .into_iter()
                .filter_map(Result::ok)
                .filter(|entry| entry.path_is_symlink())
                .map(walkdir::DirEntry::into_path);
            for link in links.collect::<Vec<_>>() {
                if seen.len() < MAX_LINKS && seen.insert(link.clone()) {
                    // A linked folder may contain further links.
                    waiting.extend(self.follow(&link));
                }
            }
        }
    }

    /// Watches the target of a link, following further links. Returns it if it is a
    /// folder.
    fn follow(&mut self, link: &Path) -> Option<PathBuf> {
        let mut at = link.to_owned();
        for _ in 0..MAX_HOPS {
            let Ok(target) = fs::read_link(&at) else {
                break;
            };
            let folder = at.parent()?.canonicalize().ok()?;
            at = folder.join(target);
            let parent = at.parent()?.canonicalize().ok()?;
            at = parent.join(at.file_name()?);
            self.linked
                .entry(at.clone())
                .or_default()
                .insert(link.to_owned());
            // Editors replace a file with a new one, so its folder has to be
            // watched. If it cannot be watched, the next build still reads it.
            let is_watched =
                parent == self.site || parent.ancestors().any(|above| self.trees.contains(above));
            if !is_watched {
                let _ = self.watcher.watch(&parent, RecursiveMode::NonRecursive);
            }
        }
        // A link to a folder above the site would be a loop.
        let is_folder = at.is_dir() && !at.is_symlink() && !self.site.starts_with(&at);
        if !is_folder {
            return None;
        }
        if !at.ancestors().any(|above| self.trees.contains(above)) {
            let _ = self.watch_tree(&at);
        }
        Some(at)
    }

    /// The paths within the site by which a file is known.
    fn names_of(&self, path: &Path) -> Vec<PathBuf> {
        let mut names = vec![path.to_owned()];
        let mut from = 0;
        // A link may lead through another one.
        while from < names.len() && names.len() <= MAX_HOPS {
            let name = names[from].clone();
            from += 1;
            for above in name.ancestors() {
                let rest = name.strip_prefix(above).unwrap_or(Path::new(""));
                for link in self.linked.get(above).into_iter().flatten() {
                    let linked = match rest.as_os_str().is_empty() {
                        true => link.clone(),
                        false => link.join(rest),
                    };
                    if !names.contains(&linked) {
                        names.push(linked);
                    }
                }
            }
        }
        names
    }

    /// The first component of a path within the site, if it is one that we watch.
    fn first_part(&self, path: &Path) -> Option<&'static str> {
        let inner = path.strip_prefix(&self.site).ok()?;
        let first = inner.components().next()?.as_os_str();
        WATCHED.into_iter().find(|name| first == *name)
    }

    fn of_interest(&self, path: &Path) -> Option<String> {
        self.first_part(path)?;
        let inner = path.strip_prefix(&self.site).ok()?;
        let parts: Vec<_> = inner
            .components()
            .map(|part| part.as_os_str().to_string_lossy())
            .collect();
        let name = parts.last()?;
        let noise = name.starts_with('.')
            || name.ends_with('~')
            || name.ends_with(".swp")
            || name.starts_with('#');
        (!noise).then(|| parts.join("/"))
    }
}
