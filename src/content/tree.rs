//! Reads the content tree: lists its files, classifies them and loads them all.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::{HashMap, HashMapExt};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::config::SiteBounds;
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::model::{Digest, DigestId, FreePage, Paper, Slug, Topic};

use super::imported::Imported;
use super::limits::{MAX_DIGEST_BYTES, MAX_PAGE_BYTES};
use super::removed::{self, Removed};
use super::stamp::Stamp;
use super::{FOLDER, page_read};

/// A paper's page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PaperPage {
    /// What the page says.
    pub paper: Paper,
    /// Its file, relative to the site.
    #[serde(skip)]
    pub file: Arc<str>,
    /// Whether its front matter is YAML.
    pub(super) yaml: bool,
    pub(super) imported: Imported,
    /// The file it was read from. `None` if there was none, or if the page has
    /// faults: it is then read again every time, so that they are reported every
    /// time.
    #[serde(skip)]
    pub origin: Option<Origin>,
}

/// The file a page was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The file's stamp, if the file system provides one.
    pub stamp: Option<Stamp>,
    /// The BLAKE3 hash of its bytes.
    pub hash: [u8; 32],
}

/// How to recognise an unchanged file.
#[derive(Debug, Clone, Copy)]
pub enum Print<'a> {
    /// By its stamp, without reading it.
    Stamp(&'a Stamp),
    /// By the BLAKE3 hash of its bytes.
    Hash(&'a [u8; 32]),
}

/// Paper pages loaded by an earlier run.
pub trait Known: Sync {
    /// The page of a file, if the file is unchanged. Each page is returned only
    /// once.
    fn page(&self, file: &str, print: Print<'_>) -> Option<PaperPage>;
}

/// Used when there was no earlier run.
#[derive(Debug, Clone, Copy)]
pub struct NoneKnown;

impl Known for NoneKnown {
    fn page(&self, _: &str, _: Print<'_>) -> Option<PaperPage> {
        None
    }
}

/// The pages of a tree that was loaded before.
#[derive(Debug)]
pub struct ReadBefore(BTreeMap<Arc<str>, Mutex<Option<PaperPage>>>);

impl ReadBefore {
    /// The paper pages of a tree.
    pub fn of(content: Content) -> Self {
        let pages = content.papers.into_iter();
        Self(
            pages
                .map(|page| (Arc::clone(&page.file), Mutex::new(Some(page))))
                .collect(),
        )
    }
}

impl Known for ReadBefore {
    fn page(&self, file: &str, print: Print<'_>) -> Option<PaperPage> {
        let mut page = self
            .0
            .get(file)?
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        page.take_if(|page| match (print, &page.origin) {
            (Print::Stamp(stamp), Some(origin)) => origin.stamp.as_ref() == Some(stamp),
            (Print::Hash(hash), Some(origin)) => origin.hash == *hash,
            (_, None) => false,
        })
    }
}

/// A topic's page.
#[derive(Debug, Clone, PartialEq)]
pub struct TopicPage {
    /// What the page says.
    pub topic: Topic,
    /// Its file, relative to the site.
    pub file: Arc<str>,
    /// The file's text, so that errors in the topic can point into it.
    pub text: String,
}

/// A digest's page.
#[derive(Debug, Clone, PartialEq)]
pub struct DigestPage {
    /// What the page says.
    pub digest: Digest,
    /// Its file, relative to the site.
    pub file: Arc<str>,
    /// The position of its list of papers.
    pub papers_place: Option<Place>,
    pub(super) imported: Imported,
}

/// A digest file as it arrived, in `content/digests/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigestFile {
    /// Its ID: the file's stem.
    pub id: DigestId,
    /// The path.
    pub path: PathBuf,
    /// The file, relative to the site.
    pub file: Arc<str>,
}

/// The whole tree, with each kind of page sorted by name.
#[derive(Debug, Default)]
pub struct Content {
    /// The papers.
    pub papers: Vec<PaperPage>,
    /// The topics with files.
    pub topics: Vec<TopicPage>,
    /// The digest pages.
    pub digests: Vec<DigestPage>,
    /// The free pages.
    pub pages: Vec<FreePage>,
    /// The digest files.
    pub digest_files: Vec<DigestFile>,
    /// Papers that were removed, by slug.
    pub removed: Vec<Removed>,
}

/// How many files are read in one batch: enough to keep all processors busy, few
/// enough not to hold a library twice.
const AT_A_TIME: usize = 4096;

/// What a file in the tree is.
enum Found {
    Paper(PaperPage),
    Topic(TopicPage),
    Digest(DigestPage),
    Free(FreePage),
    File(DigestFile),
}

/// The files of a site's tree, before any is read.
#[derive(Debug)]
pub struct Listing {
    files: Vec<PathBuf>,
    found: Diagnostics,
}

impl Listing {
    /// Lists the tree of a site.
    pub fn of(site: &Path) -> Self {
        let root = site.join(FOLDER);
        let (mut files, mut found) = SiteBounds::of(site).files(&root);
        found.append(drop_misnamed(&root, &mut files));
        Self { files, found }
    }
}

impl Content {
    /// Reads a site's tree; empty if there is no `content/`. The diagnostics
    /// include duplicate names and all faults of the pages.
    pub fn read(site: &Path) -> (Self, Diagnostics) {
        Self::read_again(site, &NoneKnown)
    }

    /// The same, but reuses papers that an earlier run read.
    pub fn read_again(site: &Path, known: &dyn Known) -> (Self, Diagnostics) {
        Self::read_listed(site, Listing::of(site), known)
    }

    /// Reads the files of a listing, but reuses papers that an earlier run read.
    pub fn read_listed(site: &Path, listing: Listing, known: &dyn Known) -> (Self, Diagnostics) {
        let Listing { files, mut found } = listing;
        let mut content = Self {
            // Nearly all files are papers.
            papers: Vec::with_capacity(files.len()),
            ..Self::default()
        };
        for files in files.chunks(AT_A_TIME) {
            let read: Vec<(Option<Found>, Diagnostics)> = files
                .par_iter()
                .map(|path| read_file(site, path, known))
                .collect();
            for (item, diagnostics) in read {
                found.append(diagnostics);
                match item {
                    Some(Found::Paper(page)) => content.papers.push(page),
                    Some(Found::Topic(page)) => content.topics.push(page),
                    Some(Found::Digest(page)) => content.digests.push(page),
                    Some(Found::Free(page)) => content.pages.push(page),
                    Some(Found::File(file)) => content.digest_files.push(file),
                    None => {}
                }
            }
        }
        content
            .papers
            .par_sort_by(|a, b| a.paper.slug.cmp(&b.paper.slug));
        content.topics.sort_by(|a, b| a.topic.id.cmp(&b.topic.id));
        content
            .digests
            .sort_by(|a, b| a.digest.id.cmp(&b.digest.id));
        found.append(content.drop_duplicates());
        let (removed, faults) = removed::read(site);
        found.append(faults);
        found.extend(removed::drop_pages(&mut content.papers, &removed));
        content.removed = removed;
        (content, found)
    }

    /// Two pages with the same name would write the same output file. Reports both
    /// and keeps the first, so that the rest can be checked.
    fn drop_duplicates(&mut self) -> Diagnostics {
        let mut found = Diagnostics::new();
        let mut seen = HashMap::new();
        self.papers
            .retain(|page| first(&mut seen, &page.paper.slug, &page.file, "paper", &mut found));
        seen.clear();
        self.topics
            .retain(|page| first(&mut seen, &page.topic.id, &page.file, "topic", &mut found));
        seen.clear();
        self.digests
            .retain(|page| first(&mut seen, &page.digest.id, &page.file, "digest", &mut found));
        seen.clear();
        for file in &self.digest_files {
            first(&mut seen, &file.id, &file.file, "digest file", &mut found);
        }
        found
    }
}

fn first(
    seen: &mut HashMap<String, Arc<str>>,
    slug: &Slug,
    file: &Arc<str>,
    what: &str,
    found: &mut Diagnostics,
) -> bool {
    match seen.insert(slug.folded(), Arc::clone(file)) {
        None => true,
        Some(other) => {
            let message = format!("two {what}s are named `{slug}`: {other} and {file}");
            found.push(
                Diagnostic::error("duplicate-slug", message)
                    .at(Place::file(Arc::clone(file)))
                    .help("rename one of the files"),
            );
            seen.insert(slug.folded(), other);
            false
        }
    }
}

/// Leaves out files in folders such as `Topics/`, which some file systems treat as
/// `topics/` and others do not. Reports each folder once.
fn drop_misnamed(root: &Path, files: &mut Vec<PathBuf>) -> Diagnostics {
    let mut misnamed: BTreeMap<String, &str> = BTreeMap::new();
    files.retain(|path| {
        let inner = path.strip_prefix(root).unwrap_or(path);
        let mut parts = inner.components();
        let (Some(first), Some(_)) = (parts.next(), parts.next()) else {
            return true;
        };
        let first = first.as_os_str().to_string_lossy();
        let meant = ["papers", "topics", "digests"]
            .into_iter()
            .find(|name| first.to_lowercase() == *name && first != *name);
        if let Some(meant) = meant {
            misnamed.insert(first.into_owned(), meant);
        }
        meant.is_none()
    });
    let said = misnamed.into_iter().map(|(name, meant)| {
        Diagnostic::error(
            "folder-name",
            format!("`{FOLDER}/{name}/` should be `{FOLDER}/{meant}/`"),
        )
        .at(Place::file(format!("{FOLDER}/{name}")))
        .help(format!("move its files to `{FOLDER}/{meant}/`"))
    });
    let mut found = Diagnostics::new();
    found.extend(said);
    found
}

/// A path as the user knows it: relative to the site, with `/` on all systems.
fn relative(site: &Path, path: &Path) -> String {
    let path = path.strip_prefix(site).unwrap_or(path);
    let parts: Vec<_> = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}

fn read_file(site: &Path, path: &Path, known: &dyn Known) -> (Option<Found>, Diagnostics) {
    let file: Arc<str> = relative(site, path).into();
    let inner = file
        .strip_prefix(FOLDER)
        .and_then(|inner| inner.strip_prefix('/'))
        .unwrap_or(&file);
    let name = inner.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let is_ours = inner == super::redirects::FILE_NAME
        || inner == removed::FILE_NAME
        || inner.starts_with(removed::PAGES);
    if name.starts_with('.') || name.ends_with('~') || is_ours {
        return (None, Diagnostics::new());
    }
    let markdown = name.ends_with(".md");
    if !markdown {
        // Images next to a digest's page belong to the page.
        if !inner.starts_with("digests/") || is_picture(name) {
            return (None, Diagnostics::new());
        }
        // A compressed digest has two suffixes; neither is part of its name.
        let stem = [".gz", ".xz", ".zst"]
            .iter()
            .find_map(|suffix| name.strip_suffix(suffix))
            .map_or(stem, |inner| {
                inner.rsplit_once('.').map_or(inner, |(stem, _)| stem)
            });
        return match Slug::parse(stem) {
            Ok(id) => {
                let path = path.to_owned();
                (
                    Some(Found::File(DigestFile { id, path, file })),
                    Diagnostics::new(),
                )
            }
            Err(error) => (None, page_read::bad_stem(&file, stem, error).into()),
        };
    }
    let most = if inner.starts_with("digests/") {
        MAX_DIGEST_BYTES
    } else {
        MAX_PAGE_BYTES
    };
    let is_paper = inner.starts_with("papers/");
    let stamp = std::fs::metadata(path)
        .ok()
        .and_then(|data| Stamp::of(&data));
    if is_paper
        && let Some(stamp) = &stamp
        && let Some(page) = known.page(&file, Print::Stamp(stamp))
    {
        return (Some(Found::Paper(page)), Diagnostics::new());
    }
    let text = match read_text(path, &file, most) {
        Ok(text) => text,
        Err(diagnostic) => return (None, (*diagnostic).into()),
    };
    let slug = match Slug::parse(stem) {
        Ok(slug) => slug,
        Err(error) => return (None, page_read::bad_stem(&file, stem, error).into()),
    };
    if is_paper {
        let hash = *blake3::hash(text.as_bytes()).as_bytes();
        let origin = Some(Origin { stamp, hash });
        if let Some(mut page) = known.page(&file, Print::Hash(&hash)) {
            page.origin = origin;
            return (Some(Found::Paper(page)), Diagnostics::new());
        }
        let (mut page, found) = page_read::paper(&file, slug, &text);
        if let Some(page) = &mut page
            && found.is_empty()
        {
            page.origin = origin;
        }
        (page.map(Found::Paper), found)
    } else if inner.starts_with("topics/") {
        let (page, found) = page_read::topic(&file, slug, &text);
        (page.map(Found::Topic), found)
    } else if inner.starts_with("digests/") {
        let (page, found) = page_read::digest(&file, slug, &text);
        (page.map(Found::Digest), found)
    } else {
        let mut route = Vec::new();
        for part in inner.split('/').take_while(|part| *part != name) {
            match Slug::parse(part) {
                Ok(slug) => route.push(slug),
                Err(error) => return (None, page_read::bad_stem(&file, part, error).into()),
            }
        }
        route.push(slug);
        let (page, found) = page_read::free(&file, route, &text);
        (page.map(Found::Free), found)
    }
}

/// Reads one paper's page, given its file relative to the site. `None` if there is
/// no such page.
pub fn read_paper(site: &Path, file: &str) -> (Option<PaperPage>, Diagnostics) {
    match read_file(site, &site.join(file), &NoneKnown) {
        (Some(Found::Paper(page)), found) => (Some(page), found),
        (_, found) => (None, found),
    }
}

fn is_picture(name: &str) -> bool {
    let suffix = name.rsplit('.').next().unwrap_or_default();
    [
        "avif", "bmp", "gif", "ico", "jpeg", "jpg", "png", "svg", "webp",
    ]
    .iter()
    .any(|picture| suffix.eq_ignore_ascii_case(picture))
}

fn read_text(path: &Path, file: &Arc<str>, most: usize) -> Result<String, Box<Diagnostic>> {
    let fault = |code, message: String, help: &str| {
        Box::new(
            Diagnostic::error(code, message)
                .at(Place::file(Arc::clone(file)))
                .help(help),
        )
    };
    let unreadable = |error: std::io::Error| {
        fault(
            "unreadable",
            format!("cannot be read: {error}"),
            "check the file and its permissions",
        )
    };
    let mut opened = File::open(path).map_err(unreadable)?;
    let size = opened.metadata().map_err(unreadable)?.len();
    let length = usize::try_from(size).unwrap_or(usize::MAX);
    if length > most {
        return Err(fault(
            "too-large",
            format!("the file has {size} bytes, which is too large for a page"),
            "if it is a digest, put it into content/digests/ with a suffix such as .txt",
        ));
    }
    let mut bytes = Vec::with_capacity(length + 1);
    opened.read_to_end(&mut bytes).map_err(unreadable)?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
        Box::new(
            Diagnostic::error("not-utf8", "the page is not UTF-8 text")
                .at(Place::span(Arc::clone(file), &text, at..at + 1))
                .help("save the file as UTF-8"),
        )
    })
}
