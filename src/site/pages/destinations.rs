//! Destinations: what links in Markdown can lead to, which is every page and file
//! of the site and what lies beside a page in `content/`.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;

use crate::content;
use crate::library::Library;
use crate::render::Destinations;
use crate::site::jobs::Job;

/// Files of `content/` that are the program's own.
const OWN: [&str; 2] = ["urls.tsv", "removed.toml"];

/// What a site has.
#[derive(Debug)]
pub(super) struct Tree<'a> {
    /// The folder `content/`.
    folder: PathBuf,
    /// The same without links on the way to it.
    real: Option<PathBuf>,
    library: &'a Library,
    jobs: &'a [Job],
    /// Files within `content/` and the addresses of their pages. Most sites have few
    /// links in Markdown, or none.
    pages: OnceLock<BTreeMap<String, String>>,
    /// The files of the site.
    files: OnceLock<HashSet<&'a str>>,
    /// The folder of the server that the site is in.
    mount: String,
}

impl<'a> Tree<'a> {
    pub(super) fn of(site: &Path, base_url: &str, library: &'a Library, jobs: &'a [Job]) -> Self {
        let folder = site.join(content::FOLDER);
        let mount = url::Url::parse(base_url)
            .map(|url| url.path().trim_start_matches('/').to_owned())
            .unwrap_or_default();
        Self {
            real: folder.canonicalize().ok(),
            folder,
            library,
            jobs,
            pages: OnceLock::new(),
            files: OnceLock::new(),
            mount,
        }
    }

    fn pages(&self) -> &BTreeMap<String, String> {
        self.pages.get_or_init(|| pages(self.library))
    }

    fn files(&self) -> &HashSet<&'a str> {
        let paths = || self.jobs.iter().map(|job| job.path.as_str());
        self.files.get_or_init(|| paths().collect())
    }

    /// What a dead link may have meant, nearest to what was looked for.
    pub(super) fn near(&self, sought: &str) -> Option<String> {
        if sought.ends_with(".md") {
            let files = self.pages().keys().map(String::as_str);
            return crate::diagnostics::nearest(sought, files).map(|file| format!("/{file}"));
        }
        let addresses = self.pages().values().map(String::as_str);
        let files = self.files().iter().copied();
        let mut all: Vec<&str> = addresses
            .chain(files.filter(|file| !file.ends_with("index.html")))
            .collect();
        all.sort_unstable();
        crate::diagnostics::nearest(sought, all).map(|path| format!("/{path}"))
    }
}

impl Destinations for Tree<'_> {
    fn page(&self, file: &str) -> Option<&str> {
        self.pages().get(file).map(String::as_str)
    }

    fn has(&self, path: &str) -> bool {
        self.files().contains(path)
    }

    fn file(&self, path: &str) -> Option<String> {
        let name = path.rsplit('/').next().unwrap_or_default();
        // Without a dot it could want the place of a page's folder.
        let is_kept = name.contains('.')
            && !path.ends_with(".md")
            && !OWN.contains(&path)
            && path
                .split('/')
                .all(|part| !part.is_empty() && !part.starts_with('.') && !part.contains('\0'));
        if !is_kept {
            return None;
        }
        let spelled = if self.folder.join(path).is_file() {
            path.to_owned()
        } else {
            respelled(&self.folder, path)?
        };
        // A link of the file system could lead to anything on this machine.
        let real = self.folder.join(&spelled).canonicalize().ok()?;
        real.starts_with(self.real.as_ref()?).then_some(spelled)
    }

    fn mount(&self) -> &str {
        &self.mount
    }
}

/// The file that differs from a path in nothing but how accents are encoded: some
/// systems take names apart.
fn respelled(folder: &Path, path: &str) -> Option<String> {
    if path.is_ascii() {
        return None;
    }
    let mut found = String::new();
    for part in path.split('/') {
        let entries = std::fs::read_dir(folder.join(&found)).ok()?;
        let name = entries
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .find(|name| name.nfc().eq(part.nfc()))?;
        if !found.is_empty() {
            found.push('/');
        }
        found.push_str(&name);
    }
    folder.join(&found).is_file().then_some(found)
}

/// Files within `content/` and the addresses of their pages.
fn pages(library: &Library) -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    for entry in &library.papers {
        let file = entry.file.strip_prefix("content/").unwrap_or(&entry.file);
        pages.insert(file.to_owned(), entry.paper.path());
        pages
            .entry(format!("papers/{}.md", entry.paper.slug))
            .or_insert_with(|| entry.paper.path());
    }
    for entry in library.live_topics() {
        pages.insert(format!("topics/{}.md", entry.topic.id), entry.topic.path());
    }
    for entry in &library.digests {
        pages.insert(
            format!("digests/{}.md", entry.digest.id),
            entry.digest.path(),
        );
    }
    for page in &library.pages {
        pages.insert(
            format!("{}.md", page.path().trim_end_matches('/')),
            page.path(),
        );
    }
    pages
}
