//! The cache: pages that were read and what was derived from them, from one run to
//! the next. Each record is known by the file's stamp or the hash of its bytes, and
//! the whole by the program that wrote it. Without the cache a build takes longer
//! and gives the same pages.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use foldhash::{HashMap, HashMapExt};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Derived, frames};
use crate::content::{Known, Origin, PaperPage, Print};
use crate::prose::Options;

/// The file within the program's own folder.
const FILE: &str = "cache/papers";

/// What a file of this program begins with.
const HEAD: &str = concat!(
    "offprint papers ",
    env!("CARGO_PKG_VERSION"),
    " ",
    env!("OFFPRINT_SOURCE"),
    "\n"
);

/// The topics that a taxonomy gives a paper.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Scores {
    /// The fingerprint of the taxonomy.
    pub taxonomy: u64,
    /// The topics by their numbers there, each with its score.
    pub topics: Vec<(u32, f64)>,
}

/// A record as it is written.
#[derive(Serialize)]
struct Written<'a> {
    file: &'a str,
    origin: Origin,
    options: u64,
    /// Without its abstract.
    page: Option<&'a PaperPage>,
    /// The abstract as the page has it, where readers see it otherwise.
    source: Option<&'a str>,
    derived: Option<&'a Derived>,
    scores: &'a Scores,
}

/// A record as it is read. What is taken from it is gone.
#[derive(Debug, Deserialize)]
struct Held {
    file: Box<str>,
    origin: Origin,
    options: u64,
    page: Option<PaperPage>,
    source: Option<String>,
    derived: Option<Derived>,
    scores: Scores,
}

/// What was kept of a page.
#[derive(Debug, Default)]
pub struct Kept {
    /// What follows from it.
    pub derived: Option<Derived>,
    /// The topics it had.
    pub scores: Scores,
    /// Whether the record is as it would be written now.
    pub is_current: bool,
}

/// Pages and derived data of an earlier run, and where those of this one go.
#[derive(Debug)]
pub struct Cache {
    path: Option<PathBuf>,
    options: u64,
    /// In boxes: a table of whole records would be moved as it grows.
    held: HashMap<Box<str>, Box<Mutex<Held>>>,
    /// How many records the file had, and how many of its bytes are sound.
    records: usize,
    sound: u64,
    sink: Mutex<Sink>,
}

/// Where new records go.
#[derive(Debug, Default)]
enum Sink {
    /// Nothing was written yet.
    #[default]
    Closed,
    Open(BufWriter<File>, usize),
    /// It cannot be written.
    Failed(io::Error),
}

impl Cache {
    /// No cache: everything is read and derived anew, and nothing is kept.
    pub fn none(options: &Options) -> Self {
        Self {
            path: None,
            options: fingerprint(options),
            held: HashMap::new(),
            records: 0,
            sound: 0,
            sink: Mutex::default(),
        }
    }

    /// Opens the cache in the program's own folder of a site. A cache of another
    /// version counts as empty.
    pub fn open(state: &Path, options: &Options) -> Self {
        let path = state.join(FILE);
        let mut cache = Self::none(options);
        let sound = frames::read(&path, HEAD.as_bytes(), |records| {
            cache.records += records.len();
            let read: Vec<(Box<str>, Box<Mutex<Held>>)> = records
                .into_par_iter()
                .filter_map(|record| {
                    let mut held: Held = postcard::from_bytes(record).ok()?;
                    let file = std::mem::take(&mut held.file);
                    Some((file, Box::new(Mutex::new(held))))
                })
                .collect();
            // The later record is the newer one.
            cache.held.extend(read);
        });
        cache.sound = sound.unwrap_or_default();
        cache.path = Some(path);
        cache
    }

    /// The same cache, which stays as it is.
    #[must_use]
    pub fn only_read(self) -> Self {
        Self { path: None, ..self }
    }

    /// Gives what was derived from a page, once.
    pub fn take(&self, page: &PaperPage) -> Kept {
        let (Some(origin), Some(held)) = (&page.origin, self.held.get(&*page.file)) else {
            return Kept::default();
        };
        let mut held = lock(held);
        if held.origin.hash != origin.hash || held.options != self.options {
            return Kept::default();
        }
        Kept {
            derived: held.derived.take(),
            scores: std::mem::take(&mut held.scores),
            is_current: origin.stamp.is_none() || held.origin.stamp == origin.stamp,
        }
    }

    /// Keeps what was derived from a page for the next run. Its abstract was taken from it,
    /// and is given as the `source`.
    pub fn keep(&self, page: &PaperPage, source: &str, derived: &Derived, scores: &Scores) {
        let (Some(path), Some(origin)) = (&self.path, page.origin) else {
            return;
        };
        let record = Written {
            file: &page.file,
            origin,
            options: self.options,
            page: Some(page),
            source: Some(source).filter(|source| *source != derived.abstract_text),
            derived: Some(derived),
            scores,
        };
        let Some(frame) = postcard::to_allocvec(&record)
            .ok()
            .and_then(|record| frames::frame(&record))
        else {
            return;
        };
        let mut sink = lock(&self.sink);
        if let Sink::Closed = *sink {
            let opened = path
                .parent()
                .map_or(Ok(()), fs::create_dir_all)
                .and_then(|()| frames::open(path, HEAD.as_bytes(), self.sound));
            *sink = match opened {
                Ok(writer) => Sink::Open(writer, 0),
                Err(error) => Sink::Failed(error),
            };
        }
        if let Sink::Open(writer, added) = &mut *sink {
            *added += 1;
            if let Err(error) = writer.write_all(&frame) {
                *sink = Sink::Failed(error);
            }
        }
    }

    /// Ends a run that read `live` files. Records that no file has any more go once
    /// they are the larger part.
    ///
    /// # Errors
    /// When the cache cannot be written. It is then what it was, or shorter.
    pub fn close(self, live: &HashSet<&str>) -> io::Result<()> {
        let added = match self
            .sink
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
        {
            Sink::Closed => 0,
            Sink::Open(mut writer, added) => {
                writer.flush()?;
                added
            }
            Sink::Failed(error) => return Err(error),
        };
        let dead = (self.records + added).saturating_sub(live.len());
        match self.path {
            Some(path) if dead > live.len() + 64 => compact(&path, live),
            _ => Ok(()),
        }
    }
}

/// Leaves in a file the last record of each file that lives.
fn compact(path: &Path, live: &HashSet<&str>) -> io::Result<()> {
    let mut last: HashMap<String, usize> = HashMap::new();
    let mut number = 0;
    frames::read(path, HEAD.as_bytes(), |records| {
        for record in records {
            if let Ok((file, _)) = postcard::take_from_bytes::<&str>(record)
                && live.contains(file)
            {
                last.insert(file.to_owned(), number);
            }
            number += 1;
        }
    })?;
    let kept: HashSet<usize> = last.into_values().collect();
    let new = path.with_extension("new");
    let mut writer = frames::open(&new, HEAD.as_bytes(), 0)?;
    let mut written = Ok(());
    number = 0;
    frames::read(path, HEAD.as_bytes(), |records| {
        for record in records {
            if kept.contains(&number)
                && written.is_ok()
                && let Some(frame) = frames::frame(record)
            {
                written = writer.write_all(&frame);
            }
            number += 1;
        }
    })?;
    written.and_then(|()| writer.flush())?;
    fs::rename(new, path)
}

impl Known for Cache {
    fn page(&self, file: &str, print: Print<'_>) -> Option<PaperPage> {
        let mut held = lock(self.held.get(file)?);
        let is_same = match print {
            Print::Stamp(stamp) => held.origin.stamp.as_ref() == Some(stamp),
            Print::Hash(hash) => held.origin.hash == *hash,
        };
        if !is_same {
            return None;
        }
        let mut page = held.page.take()?;
        page.paper.abstract_text = match (held.source.take(), &held.derived) {
            (Some(source), _) => source,
            (None, Some(derived)) => derived.abstract_text.clone(),
            (None, None) => return None,
        };
        page.file = file.into();
        page.origin = Some(held.origin);
        Some(page)
    }
}

fn lock<T>(held: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The settings that what is derived depends on.
fn fingerprint(options: &Options) -> u64 {
    // Every option counts: one that is not named here does not compile.
    let Options { repairs_off } = options;
    let mut hasher = blake3::Hasher::new();
    for name in repairs_off {
        hasher.update(name.as_bytes()).update(b"\n");
    }
    let mut first = [0; 8];
    first.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    u64::from_le_bytes(first)
}
