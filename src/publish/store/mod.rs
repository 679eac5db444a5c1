//! Publishes to an S3-compatible bucket. A manifest among the objects records what
//! is there. It is updated before sending, with what may change, and regularly
//! while sending, with what has. An interrupted publish can therefore be resumed,
//! and the content of each object is either known or marked unknown.

mod client;
mod manifest;

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rayon::prelude::*;
use url::Url;

use super::changes::{Changes, There};
use super::publisher::{Publisher, Sending};
use super::tree::{Tree, groups};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::site::{Progress, Record, is_immutable, key, state};
use client::{Client, Object, Only, Refusal};
use manifest::{ContentHash, Manifest, NAME};

/// The number of concurrent requests.
const AT_ONCE: usize = 16;

/// How long a run on another machine may be silent before it counts as dead. A live
/// run writes the manifest several times in that time.
const SILENT: Duration = Duration::from_secs(60);

/// How often to look meanwhile.
const LOOK: Duration = Duration::from_secs(2);

/// Cache headers for files whose names change with their content, and for others.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const ASK_FIRST: &str = "public, max-age=0, must-revalidate";

/// Options of a run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Manner {
    /// Write nothing.
    pub(super) is_dry: bool,
    /// Send files even if they are known to be up to date.
    pub(super) sends_all: bool,
}

/// The state of the manifest in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Standing {
    /// It does not exist.
    Absent,
    /// It exists, with this ETag.
    Marked(String),
    /// It exists, but the store has no ETags, so concurrent writes go unnoticed.
    Unmarked,
}

impl Standing {
    /// The state, given the ETag.
    fn of(mark: Option<String>) -> Self {
        mark.map_or(Self::Unmarked, Self::Marked)
    }

    /// The precondition for writing it.
    fn only(&self) -> Only<'_> {
        match self {
            Self::Absent => Only::IfAbsent,
            Self::Marked(mark) => Only::If(mark),
            Self::Unmarked => Only::Always,
        }
    }
}

/// A bucket to publish to.
pub(super) struct Store<'a> {
    client: Client,
    /// The prefix of all object names.
    prefix: String,
    machine: u64,
    run: u64,
    manner: Manner,
    progress: &'a dyn Progress,
    /// What is there, and the state of the manifest.
    there: Manifest,
    standing: Standing,
    /// Whether the manifest existed and was valid.
    is_known: bool,
    /// Our files according to the record of files, if the manifest is missing.
    record: Record,
    /// The content of each file of the site, in path order.
    marks: Vec<ContentHash>,
}

impl<'a> Store<'a> {
    /// Opens a bucket.
    pub(super) fn open(
        site: &Path,
        (bucket, prefix): (&str, &str),
        (region, endpoint): (&str, Option<&Url>),
        manner: Manner,
        progress: &'a dyn Progress,
    ) -> Result<Self, Diagnostics> {
        let client =
            Client::new(bucket, region, endpoint).map_err(|fault| Diagnostics::from(*fault))?;
        Ok(Self {
            client,
            prefix: prefix.to_owned(),
            machine: machine(site),
            run: random(),
            manner,
            progress,
            there: Manifest::default(),
            standing: Standing::Absent,
            is_known: false,
            record: Record::default(),
            marks: Vec::new(),
        })
    }

    /// Reads the manifest, waiting for other machines to finish.
    fn look(&mut self) -> Result<(), Diagnostics> {
        let name = self.name(NAME);
        let mut since = Instant::now();
        let mut said = false;
        loop {
            let object = self.client.get(&name).map_err(told)?;
            let (there, standing) = match object {
                None => (None, Standing::Absent),
                Some(Object { bytes, etag }) => {
                    let text = String::from_utf8_lossy(&bytes);
                    (Manifest::parse(&text), Standing::of(etag))
                }
            };
            if standing != self.standing {
                since = Instant::now();
            }
            self.is_known = there.is_some();
            self.there = there.unwrap_or_default();
            self.standing = standing;
            let Some((machine, _)) = self.there.at_work else {
                return Ok(());
            };
            // The site's lock rules out other runs on this machine.
            if machine == self.machine || since.elapsed() >= SILENT {
                return self.take_over();
            }
            if !said {
                self.progress.say(
                    "another machine is publishing there, or was stopped while doing so; \
                     waiting for it",
                );
                said = true;
            }
            sleep(LOOK);
        }
    }

    /// Clears an abandoned run from the manifest, so that others need not wait for
    /// it.
    fn take_over(&mut self) -> Result<(), Diagnostics> {
        self.there.at_work = None;
        if self.manner.is_dry {
            return Ok(());
        }
        match self.write(&self.there, &self.standing) {
            Ok(standing) => {
                self.standing = standing;
                Ok(())
            }
            // Somebody else did; sending will notice.
            Err(Refusal::Otherwise) => Ok(()),
            Err(refusal) => Err(told(refusal)),
        }
    }

    /// Writes the manifest, unless somebody else has written it meanwhile.
    fn write(&self, manifest: &Manifest, standing: &Standing) -> Result<Standing, Refusal> {
        let headers = [
            ("content-type", "text/plain; charset=utf-8"),
            ("cache-control", "no-store"),
        ];
        let text = manifest.text();
        let name = self.name(NAME);
        self.client
            .put(&name, text.as_bytes(), &headers, standing.only())
            .map(Standing::of)
    }

    fn name(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }
}

/// Objects being sent.
struct Transfer<'s> {
    store: &'s Store<'s>,
    state: Mutex<State>,
    /// Set to stop all threads.
    is_over: AtomicBool,
    progress: &'s dyn Progress,
}

/// What is known about the store's content.
struct State {
    manifest: Manifest,
    standing: Standing,
    written: Instant,
    refusal: Option<Refusal>,
}

impl Transfer<'_> {
    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn stop(&self, refusal: Refusal) {
        self.is_over.store(true, Ordering::Relaxed);
        self.state().refusal.get_or_insert(refusal);
    }

    /// Runs an action for each path, several at a time. `done` returns what is
    /// known of the object afterwards.
    fn each(
        &self,
        pool: &rayon::ThreadPool,
        paths: &[&str],
        act: impl Fn(&str) -> Result<Option<ContentHash>, Refusal> + Sync,
    ) {
        pool.install(|| {
            paths.par_iter().for_each(|path| {
                if self.is_over.load(Ordering::Relaxed) {
                    return;
                }
                match act(path) {
                    Ok(mark) => self.done(path, mark),
                    Err(refusal) => self.stop(refusal),
                }
                self.progress.step();
            });
        });
    }

    fn done(&self, path: &str, mark: Option<ContentHash>) {
        let mut state = self.state();
        match mark {
            Some(mark) => state.manifest.objects.insert(key(path), Some(mark)),
            None => state.manifest.objects.remove(&key(path)),
        };
        if state.written.elapsed() < pause(&state.manifest) || self.is_over.load(Ordering::Relaxed)
        {
            return;
        }
        // Other threads wait for the lock, so nothing is sent after a refusal.
        match self.store.write(&state.manifest, &state.standing) {
            Ok(standing) => {
                state.standing = standing;
                state.written = Instant::now();
            }
            Err(refusal) => {
                self.is_over.store(true, Ordering::Relaxed);
                state.refusal.get_or_insert(refusal);
            }
        }
    }
}

impl Publisher for Store<'_> {
    fn place(&self) -> String {
        let place = self.client.place();
        match self.prefix.trim_end_matches('/') {
            "" => place,
            prefix => format!("{place}, below {prefix}"),
        }
    }

    fn compare(&mut self, tree: &Tree) -> Result<Changes, Diagnostics> {
        self.look()?;
        self.marks = tree
            .each(|path| Ok(mark_of(path, &tree.read(path)?)))
            .map_err(|error| {
                Diagnostic::error(
                    "unreadable",
                    format!("the built site cannot be read: {error}"),
                )
                .help("publish again")
            })?;
        let objects = &self.there.objects;
        let mut changes = Changes::default();
        // Names are needed only if there may be objects unknown to the manifest, or
        // objects to delete.
        let ours: BTreeSet<u64> = tree.paths().iter().map(|path| key(path)).collect();
        let is_same = self.is_known && ours.iter().eq(objects.keys());
        let listed = match is_same {
            true => HashSet::new(),
            false => self.listed()?,
        };
        self.record = match self.is_known {
            true => Record::default(),
            // The objects there may still belong to a site.
            false => self.record_there()?,
        };
        let is_ours = |path: &str| {
            objects.contains_key(&key(path)) || path == Record::FILE || self.record.has(path)
        };
        for (path, mark) in tree.paths().iter().zip(&self.marks) {
            let is_listed = is_same || listed.contains(path);
            changes.add(
                path,
                match objects.get(&key(path)) {
                    Some(Some(there)) if there == mark && is_listed && !self.manner.sends_all => {
                        There::Same
                    }
                    _ if !is_listed => There::No,
                    _ if is_ours(path) => There::Other,
                    _ => There::Foreign,
                },
            );
        }
        for path in listed.iter().filter(|path| !tree.has(path)) {
            match is_ours(path) {
                true => changes.remove(path),
                false => changes.leave_beside(),
            }
        }
        Ok(changes.sorted())
    }

    fn send(
        &mut self,
        tree: &Tree,
        changes: &Changes,
        progress: &dyn Progress,
    ) -> Result<Sending, Diagnostics> {
        // From here on, the content of these objects is unknown.
        let mut manifest = self.there.clone();
        manifest.at_work = Some((self.machine, self.run));
        for (path, _) in changes.files() {
            manifest.objects.insert(key(path), None);
        }
        let standing = match self.write(&manifest, &self.standing) {
            Ok(standing) => standing,
            Err(Refusal::Otherwise) => return Ok(Sending::Contended),
            Err(refusal) => return Err(told(refusal)),
        };
        let pool = rayon::ThreadPoolBuilder::new().num_threads(AT_ONCE).build();
        let pool = pool.map_err(|error| {
            Diagnostic::error(
                "store",
                format!("no threads available for sending: {error}"),
            )
            .help("publish again")
        })?;
        let work = Transfer {
            store: self,
            state: Mutex::new(State {
                manifest,
                standing,
                written: Instant::now(),
                refusal: None,
            }),
            is_over: AtomicBool::new(false),
            progress,
        };
        progress.begin("sending", Some(changes.files().len()));
        for group in groups(changes.sent()) {
            work.each(&pool, &group, |path| {
                let bytes = tree.read(path).map_err(|error| {
                    let message = format!("{path} of the built site cannot be read: {error}");
                    Refusal::Fault(Box::new(
                        Diagnostic::error("unreadable", message).help("publish again"),
                    ))
                })?;
                let kind = content_type(path);
                let headers = [
                    ("content-type", kind.as_str()),
                    ("cache-control", caching(path)),
                ];
                self.client
                    .put(&self.name(path), &bytes, &headers, Only::Always)?;
                Ok(Some(mark_of(path, &bytes)))
            });
        }
        let removed: Vec<&str> = changes.removed().collect();
        work.each(&pool, &removed, |path| {
            self.client.remove(&self.name(path)).map(|()| None)
        });
        progress.end();
        let mut state = work
            .state
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        let refusal = state.refusal.take();
        // Save what was done for the next run, even after a failure.
        if refusal.is_none() {
            state.manifest.at_work = None;
        }
        let written = match refusal {
            Some(Refusal::Otherwise) => return Ok(Sending::Contended),
            _ => self.write(&state.manifest, &state.standing),
        };
        match (refusal, written) {
            (Some(refusal), _) => Err(told(refusal)),
            (None, Err(Refusal::Otherwise)) => Ok(Sending::Contended),
            (None, Err(refusal)) => Err(told(refusal)),
            (None, Ok(_)) => Ok(Sending::Done),
        }
    }
}

impl Store<'_> {
    /// The record of files in the store.
    fn record_there(&self) -> Result<Record, Diagnostics> {
        let object = self.client.get(&self.name(Record::FILE)).map_err(told)?;
        Ok(object.map_or_else(Record::default, |object| {
            Record::parse(&String::from_utf8_lossy(&object.bytes))
        }))
    }

    /// The paths of all objects except the manifest.
    fn listed(&self) -> Result<HashSet<String>, Diagnostics> {
        let keys = self.client.list(&self.prefix).map_err(told)?;
        let paths = keys.into_iter().filter_map(|key| {
            let path = key.strip_prefix(&self.prefix)?;
            (path != NAME && !path.ends_with('/')).then(|| path.to_owned())
        });
        Ok(paths.collect())
    }
}

/// The interval between manifest writes; larger manifests are written less often.
fn pause(manifest: &Manifest) -> Duration {
    Duration::from_secs(3 + manifest.objects.len() as u64 / 10_000)
}

fn told(refusal: Refusal) -> Diagnostics {
    match refusal {
        Refusal::Fault(fault) => (*fault).into(),
        Refusal::Otherwise => Diagnostic::error("contended", "somebody else changed the manifest")
            .help("publish again")
            .into(),
    }
}

/// A hash of an object's content and metadata.
fn mark_of(path: &str, bytes: &[u8]) -> ContentHash {
    let mut hash = blake3::Hasher::new();
    hash.update(content_type(path).as_bytes());
    hash.update(caching(path).as_bytes());
    hash.update(bytes);
    let mut first = [0; 16];
    first.copy_from_slice(&hash.finalize().as_bytes()[..16]);
    ContentHash::from_be_bytes(first)
}

/// The MIME type of a file.
fn content_type(path: &str) -> String {
    if path == Record::FILE || path.ends_with(".bib") || path.ends_with(".ris") {
        return "text/plain; charset=utf-8".to_owned();
    }
    let guess = mime_guess::from_path(path).first_or_octet_stream();
    let is_text = guess.type_() == "text"
        || matches!(
            guess.subtype().as_str(),
            "javascript" | "json" | "xml" | "svg"
        )
        || guess
            .suffix()
            .is_some_and(|suffix| matches!(suffix.as_str(), "json" | "xml"));
    match is_text {
        true => format!("{}; charset=utf-8", guess.essence_str()),
        false => guess.essence_str().to_owned(),
    }
}

/// The cache header of a file.
fn caching(path: &str) -> &'static str {
    match is_immutable(path) {
        true => FOR_EVER,
        false => ASK_FIRST,
    }
}

/// A random ID for this machine and site, drawn once and kept.
fn machine(site: &Path) -> u64 {
    let folder = state(site).join("publish");
    // No target can have this name.
    let file = folder.join(".machine");
    let kept = fs::read_to_string(&file).ok();
    if let Some(number) = kept.and_then(|text| u64::from_str_radix(text.trim(), 16).ok()) {
        return number;
    }
    let number = random();
    // If it cannot be saved, the next run waits for a killed one to time out.
    let _ = fs::create_dir_all(&folder).and_then(|()| fs::write(&file, format!("{number:016x}\n")));
    number
}

/// A random number, unique to this run.
fn random() -> u64 {
    use std::hash::{BuildHasher, Hasher, RandomState};
    RandomState::new().build_hasher().finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_those_that_browsers_and_readers_take() {
        for (path, want) in [
            ("index.html", "text/html; charset=utf-8"),
            ("a/style.css", "text/css; charset=utf-8"),
            ("site.js", "text/javascript; charset=utf-8"),
            ("feed.json", "application/json; charset=utf-8"),
            ("feed.xml", "text/xml; charset=utf-8"),
            ("favicon.svg", "image/svg+xml; charset=utf-8"),
            ("card.png", "image/png"),
            ("papers.bib", "text/plain; charset=utf-8"),
            ("index.md", "text/markdown; charset=utf-8"),
            (".nojekyll", "application/octet-stream"),
        ] {
            assert_eq!(content_type(path), want, "{path}");
        }
    }
}
