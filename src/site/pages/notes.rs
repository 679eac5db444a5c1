//! Notes: what people wrote in Markdown, rendered before any page is, so that a
//! link to nothing is found in time.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;
use serde::Serialize;
use tera::Value;

use crate::config::Settings;
use crate::content;
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::library::Library;
use crate::prose;
use crate::render::{self, Links, ROOT, Rendered, Theme};
use crate::site::jobs::{Job, Kind};

use super::destinations::Tree;
use super::kit::Published;
use super::note_faults::{self, Faulty};
use super::{Owner, Pages};

/// The largest file beside a page that is published, in bytes. Hosts of static
/// sites take no larger one.
const MAX_FILE_BYTES: u64 = 100 * 1024 * 1024;

/// A text that a person wrote.
struct Text<'a> {
    owner: Owner,
    /// Its file, relative to the site.
    file: String,
    /// The address of the page that shows it.
    address: String,
    text: Cow<'a, str>,
}

/// All texts of a site as HTML, by what they belong to.
#[derive(Debug, Default)]
pub(in crate::site) struct Notes {
    html: BTreeMap<Owner, Value>,
    /// Whose text holds code that is coloured.
    coloured: BTreeSet<Owner>,
    /// The origins of pictures that a text shows from elsewhere.
    picture_origins: BTreeMap<Owner, Vec<String>>,
}

impl Notes {
    /// Renders all Markdown that people wrote. Gives the files that the texts need
    /// beside the pages, and what is wrong with the texts.
    pub(in crate::site) fn render(
        published: Published<'_>,
        settings: &Settings,
        library: &Library,
        theme: &Theme,
    ) -> (Self, Vec<Job>, Diagnostics) {
        let Published { site, jobs } = published;
        let texts = texts(library);
        let mut notes = Self::default();
        if texts.is_empty() {
            return (notes, Vec::new(), Diagnostics::new());
        }
        let tree = Tree::of(site, &settings.base_url, library, jobs);
        let rendered: Vec<Rendered> = texts
            .par_iter()
            .map(|text| {
                let folder = text
                    .file
                    .strip_prefix("content/")
                    .and_then(|file| file.rsplit_once('/'))
                    .map_or("", |(folder, _)| folder);
                let links = Links {
                    destinations: &tree,
                    folder,
                    address: &text.address,
                    root: ROOT,
                    math: prose::math_html,
                    words: &theme.words,
                };
                render::markdown(&text.text, &links)
            })
            .collect();
        let mut faulty = Vec::new();
        let mut files: BTreeMap<String, &str> = BTreeMap::new();
        for (text, rendered) in texts.iter().zip(rendered) {
            if render::code::is_coloured(&rendered.html) {
                notes.coloured.insert(text.owner);
            }
            if !rendered.picture_origins.is_empty() {
                let origins = rendered.picture_origins.into_iter().collect();
                notes.picture_origins.insert(text.owner, origins);
            }
            let html = Value::safe_string(&rendered.html);
            notes.html.insert(text.owner, html);
            for file in rendered.files {
                files.entry(file).or_insert(&text.file);
            }
            if !rendered.faults.is_empty() {
                faulty.push(Faulty {
                    file: &text.file,
                    text: &text.text,
                    faults: rendered.faults,
                });
            }
        }
        let mut found = note_faults::diagnostics(site, &tree, faulty);
        let (files, faults) = take_files(site, jobs, files);
        found.append(faults);
        (notes, files, found)
    }
}

/// The texts of a library that are not empty.
fn texts(library: &Library) -> Vec<Text<'_>> {
    let mut texts = Vec::new();
    for (n, entry) in library.papers.iter().enumerate() {
        // Few papers have any, and there may be many.
        if !entry.paper.notes.is_empty() {
            texts.push(Text {
                owner: Owner::Paper(n),
                file: entry.file.to_string(),
                address: entry.paper.path(),
                text: (&entry.paper.notes).into(),
            });
        }
        if let Some(image) = &entry.paper.image {
            texts.push(Text {
                owner: Owner::Picture(n),
                file: entry.file.to_string(),
                address: entry.paper.path(),
                text: picture(image, entry.paper.image_alt.as_deref()).into(),
            });
        }
    }
    for (n, entry) in library.topics.iter().enumerate() {
        texts.push(Text {
            owner: Owner::Topic(n),
            file: format!("content/topics/{}.md", entry.topic.id),
            address: entry.topic.path(),
            text: (&entry.topic.introduction).into(),
        });
    }
    for (n, entry) in library.digests.iter().enumerate() {
        texts.push(Text {
            owner: Owner::Digest(n),
            file: format!("content/digests/{}.md", entry.digest.id),
            address: entry.digest.path(),
            text: (&entry.digest.note).into(),
        });
    }
    for (n, page) in library.pages.iter().enumerate() {
        texts.push(Text {
            owner: Owner::Free(n),
            file: format!("content/{}.md", page.path().trim_end_matches('/')),
            address: page.path(),
            text: (&page.body).into(),
        });
    }
    texts.retain(|text| !text.text.is_empty());
    texts
}

/// A picture as Markdown has it, so that it is looked for, checked and published as
/// those in a text are.
fn picture(image: &str, alt: Option<&str>) -> String {
    let image: String = image.chars().filter(|sign| !sign.is_control()).collect();
    let image = image.replace(['<', '>'], "").replace('\\', "/");
    let alt = alt.unwrap_or_default();
    let plain = |sign: char| match sign {
        sign if sign.is_control() => " ".to_owned(),
        sign if sign.is_ascii_punctuation() => format!("\\{sign}"),
        sign => sign.to_string(),
    };
    let alt: String = alt.chars().map(plain).collect();
    format!("![{alt}](<{image}>)")
}

/// Takes the files that pages show or link to into the site. Each is named with
/// a page that wants it.
fn take_files(site: &Path, jobs: &[Job], files: BTreeMap<String, &str>) -> (Vec<Job>, Diagnostics) {
    let mut found = Diagnostics::new();
    let mut wanted = Vec::new();
    if files.is_empty() {
        return (wanted, found);
    }
    // Some file systems do not tell upper from lower case.
    let mut taken: BTreeSet<String> = jobs.iter().map(|job| job.path.to_lowercase()).collect();
    for (file, page) in files {
        let path = site.join(content::FOLDER).join(&file);
        let size = std::fs::metadata(&path).map_or(0, |data| data.len());
        if size > MAX_FILE_BYTES {
            let message = format!(
                "`{file}`, which the page links to, has {} MB and is not published",
                size / 1_000_000
            );
            found.push(
                Diagnostic::warning("large-file", message)
                    .at(Place::file(page.to_owned()))
                    .help("put it somewhere else, and link to it there"),
            );
            continue;
        }
        if !taken.insert(file.to_lowercase()) {
            let message =
                format!("`{file}` differs from another file of the site only in its capitals");
            found.push(
                Diagnostic::error("duplicate-path", message)
                    .at(Place::file(format!("{}/{file}", content::FOLDER)))
                    .help("rename one of them"),
            );
            continue;
        }
        wanted.push(Job {
            kind: Kind::Beside(path),
            path: file,
        });
    }
    (wanted, found)
}

impl Notes {
    /// A text as HTML, where it was written.
    pub(super) fn html(&self, owner: Owner) -> Option<&Value> {
        self.html.get(&owner)
    }
}

impl Pages<'_> {
    pub(super) fn note(&self, owner: Owner) -> Value {
        self.kit
            .notes
            .html
            .get(&owner)
            .cloned()
            .unwrap_or_else(|| Value::safe_string(""))
    }

    /// All that the page of a text shows of it.
    pub(super) fn note_inputs(&self, owner: Owner) -> impl Serialize {
        let notes = &self.kit.notes;
        let html = notes.html.get(&owner);
        let is_coloured = notes.coloured.contains(&owner);
        html.map(|html| (html, is_coloured, notes.picture_origins.get(&owner)))
    }

    /// What a page needs that shows the picture of a paper.
    pub(super) fn picture_needs(&self, n: usize, info: &mut render::PageInfo) {
        if let Some(origins) = self.kit.notes.picture_origins.get(&Owner::Picture(n)) {
            info.picture_origins.extend(origins.iter().cloned());
            info.picture_origins.sort();
            info.picture_origins.dedup();
        }
    }

    /// What the page of a text needs for it beside its HTML.
    pub(super) fn note_needs(&self, owner: Owner, info: &mut render::PageInfo) {
        info.has_code = self.kit.notes.coloured.contains(&owner);
        info.picture_origins = self
            .kit
            .notes
            .picture_origins
            .get(&owner)
            .cloned()
            .unwrap_or_default();
    }
}
