//! Checks a site as a reader, a feed reader and a host would see it, before it is
//! published. Every file is rendered as in a build, but none is written.

mod address;
mod citation;
mod content;
mod external;
mod hosts;
mod json_ld;
mod machine;
mod page;
mod sarif;
mod security;

use std::path::Path;

use foldhash::{HashMap, HashSet, HashSetExt};
use jiff::Timestamp;
use rayon::prelude::*;
use serde::Serialize;

use crate::config::Host;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Place, count};
use crate::site::{Alone, BuildOptions, Edition, Progress};

pub use external::Asking;
pub use sarif::sarif;

use address::Target;
use page::Seen;

/// What to check.
#[derive(Debug, Clone, Default)]
pub struct CheckOptions {
    /// How the site would be built. New digests are never imported.
    pub build: BuildOptions,
    /// The host the site is meant for. Its limits are then errors; without it, the
    /// limits of all hosts are notes.
    pub host: Option<&'static Host>,
    /// Whether and how to check links to other sites.
    pub asking: Option<Asking>,
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct CheckReport {
    /// The number of HTML pages.
    pub pages: usize,
    /// The number of files.
    pub files: usize,
    /// Their total size.
    pub bytes: u64,
    /// The largest file and its size.
    pub largest: Option<(String, u64)>,
    /// How many links within the site were followed.
    pub links: usize,
    /// How many links lead to other sites.
    pub external: usize,
    /// How many external URLs the content has, if they were checked.
    pub asked: Option<usize>,
    /// What was found.
    pub diagnostics: Diagnostics,
}

impl CheckReport {
    /// Whether the site has errors.
    pub fn failed(&self) -> bool {
        self.diagnostics.has_errors()
    }
}

/// What is kept of each checked file.
#[derive(Debug, Default)]
struct Looked {
    bytes: u64,
    seen: Seen,
    found: Vec<Diagnostic>,
}

/// Checks a site.
pub fn check(site: &Path, options: &CheckOptions, progress: &dyn Progress) -> CheckReport {
    match Alone::wait(site, progress) {
        Ok(alone) => check_in(&alone, options, progress),
        Err(fault) => CheckReport {
            diagnostics: (*fault).into(),
            ..CheckReport::default()
        },
    }
}

/// Checks a site that is already locked.
pub fn check_in(alone: &Alone<'_>, options: &CheckOptions, progress: &dyn Progress) -> CheckReport {
    let build = BuildOptions {
        no_import: true,
        ..options.build.clone()
    };
    let (edition, built) = Edition::load_in(alone, &build, progress);
    let mut found = built.diagnostics;
    if built.left_out > 0 {
        let message = format!(
            "{} in content/digests/ left out: not imported yet",
            count(built.left_out, "digest")
        );
        found.push(
            Diagnostic::note("not-imported", message)
                .help("run `offprint build`, which imports them, and check again"),
        );
    }
    let Some(edition) = edition else {
        found.sort();
        return CheckReport {
            diagnostics: found,
            ..CheckReport::default()
        };
    };
    let mut report = check_loaded(&edition, options, found, progress);
    if let Some(asking) = &options.asking {
        let (named, found) = external::check(alone.site(), &edition, asking, progress);
        report.asked = Some(named);
        report.diagnostics.extend(found);
        report.diagnostics.sort();
    }
    report
}

/// Checks a site in memory. `said` are the diagnostics from loading it.
pub fn check_loaded(
    edition: &Edition,
    options: &CheckOptions,
    said: Diagnostics,
    progress: &dyn Progress,
) -> CheckReport {
    let mut report = CheckReport {
        pages: edition.pages_counted(),
        diagnostics: said,
        ..CheckReport::default()
    };
    files(edition, options, progress, &mut report);
    report.diagnostics.extend(content::check(edition));
    report.diagnostics.sort();
    report
}

fn files(
    edition: &Edition,
    options: &CheckOptions,
    progress: &dyn Progress,
    report: &mut CheckReport,
) {
    let paths: Vec<&str> = edition.paths().collect();
    let numbers: HashMap<&str, u32> = paths.iter().copied().zip(0..).collect();
    let base_url = &edition.settings().base_url;
    progress.begin("checking", Some(paths.len()));
    let looked: Vec<Looked> = (0..paths.len())
        .into_par_iter()
        .map(|n| {
            let looked = match edition.make(n) {
                Ok(bytes) => look(paths[n], &bytes, base_url, &|file| {
                    numbers.contains_key(file)
                }),
                Err(fault) => Looked {
                    found: vec![*fault],
                    ..Looked::default()
                },
            };
            progress.step();
            looked
        })
        .collect();
    progress.end();
    report.files = paths.len();
    report.bytes = looked.iter().map(|file| file.bytes).sum();
    let largest = looked.iter().enumerate().max_by_key(|(_, file)| file.bytes);
    report.largest = largest.map(|(n, file)| (paths[n].to_owned(), file.bytes));
    let known = said_before(&report.diagnostics);
    let mut found = Vec::new();
    for (n, file) in looked.iter().enumerate() {
        report.external += file.seen.external;
        report.links += file.seen.internal;
        found.extend(file.found.iter().cloned());
        let sight = Sight {
            edition,
            paths: &paths,
            numbers: &numbers,
            looked: &looked,
            known: &known,
        };
        sight.links(n, &mut found);
    }
    report.diagnostics.extend(found);
    let sizes = paths
        .iter()
        .copied()
        .zip(looked.iter().map(|file| file.bytes));
    report.diagnostics.extend(hosts::check(sizes, options.host));
}

/// Checks one file.
fn look(path: &str, bytes: &[u8], base_url: &str, is_there: &dyn Fn(&str) -> bool) -> Looked {
    let mut looked = Looked {
        bytes: bytes.len() as u64,
        ..Looked::default()
    };
    let text = String::from_utf8_lossy(bytes);
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => {
            let (seen, found) = page::look(path, &text, base_url, is_there);
            looked.seen = seen;
            looked.found = found;
        }
        Some("xml") => looked.found = machine::xml(path, &text, base_url),
        Some("txt") => looked
            .found
            .extend(security::look(path, &text, Timestamp::now())),
        Some("json" | "webmanifest") => looked.found.extend(machine::json(path, &text)),
        _ => {}
    }
    looked
}

/// Dead links and images that the build already reported, by file and target.
fn said_before(said: &Diagnostics) -> HashSet<(&str, &str)> {
    let dead = [Code::DEAD_LINK, Code::DEAD_PICTURE, Code::DEAD_ANCHOR];
    said.iter()
        .filter(|said| dead.contains(&said.code))
        .filter_map(|said| {
            let sought = said.subject.as_deref()?.trim_start_matches('/');
            Some((&*said.place.as_ref()?.file, sought))
        })
        .collect()
}

/// All files, after each was checked by itself.
struct Sight<'a> {
    edition: &'a Edition,
    paths: &'a [&'a str],
    numbers: &'a HashMap<&'a str, u32>,
    looked: &'a [Looked],
    known: &'a HashSet<(&'a str, &'a str)>,
}

impl Sight<'_> {
    /// Follows the links of a page.
    fn links(&self, n: usize, found: &mut Vec<Diagnostic>) {
        let page = &self.looked[n];
        let path = self.paths[n];
        let mut said: HashSet<&str> = HashSet::new();
        for link in &page.seen.links {
            if said.contains(link.address.as_str()) {
                continue;
            }
            let Some(fault) = self.follow(n, &link.target) else {
                continue;
            };
            said.insert(&link.address);
            if self.is_known(n, &fault) {
                continue;
            }
            let (code, message, help) = match fault {
                Dead::Missing(sought) => (
                    Code::DEAD_LINK,
                    format!(
                        "`{}` leads to `{sought}`, which does not exist",
                        link.address
                    ),
                    "correct the template or the page that writes it",
                ),
                Dead::Slash(folder) => (
                    "no-slash".into(),
                    format!(
                        "`{}` leads to the page `{folder}/` only through a redirect, or to \
                         nothing",
                        link.address
                    ),
                    "end the address with `/`; that page's own links depend on it",
                ),
                Dead::Anchor(anchor) => (
                    Code::DEAD_ANCHOR,
                    format!(
                        "`{}` leads to `#{anchor}`, which that page does not have",
                        link.address
                    ),
                    "link to an id of that page, or remove the part after `#`",
                ),
                Dead::Outside => (
                    "outside".into(),
                    format!("`{}` leads out of the site", link.address),
                    "links within the site are relative to the page: `../` goes up one folder",
                ),
            };
            found.push(
                Diagnostic::error(code, message)
                    .at(at(path, link.line))
                    .about(link.address.clone())
                    .help(self.from(n, help)),
            );
        }
    }

    /// The help text, with the file that a page comes from.
    fn from(&self, n: usize, help: &str) -> String {
        match self.edition.source(n) {
            Some(source) => format!("{help}; the page comes from {source}"),
            None => help.to_owned(),
        }
    }

    /// Whether the build reported this for the page's source file.
    fn is_known(&self, n: usize, fault: &Dead<'_>) -> bool {
        let to = match fault {
            Dead::Missing(file) => file.strip_suffix("index.html").unwrap_or(file),
            Dead::Anchor(anchor) => anchor,
            Dead::Slash(_) | Dead::Outside => return false,
        };
        let file = self.edition.source(n);
        file.is_some_and(|file| self.known.contains(&(file.as_str(), to)))
    }

    fn follow<'t>(&self, n: usize, target: &'t Target) -> Option<Dead<'t>> {
        match target {
            Target::Outside => Some(Dead::Outside),
            Target::Anchor(anchor) => self.anchor(n, anchor),
            Target::File(file, anchor) => match self.numbers.get(file.as_str()) {
                Some(number) => self.anchor(*number as usize, anchor.as_ref()?),
                None if self
                    .numbers
                    .contains_key(format!("{file}/index.html").as_str()) =>
                {
                    Some(Dead::Slash(file))
                }
                None => Some(Dead::Missing(file)),
            },
        }
    }

    /// Whether a page has the target of an anchor.
    fn anchor<'t>(&self, n: usize, anchor: &'t str) -> Option<Dead<'t>> {
        let seen = &self.looked[n].seen;
        // "top" means the start of any page, and a text fragment is not an ID.
        let is_plain = !anchor.is_empty() && anchor != "top" && !anchor.starts_with(":~:");
        (is_plain && seen.is_page && !seen.has(anchor)).then_some(Dead::Anchor(anchor))
    }
}

/// What is wrong with a link.
enum Dead<'t> {
    Missing(&'t str),
    Slash(&'t str),
    Anchor(&'t str),
    Outside,
}

/// A line of a file of the site.
fn at(path: &str, line: u64) -> Place {
    Place {
        line: usize::try_from(line).ok().filter(|line| *line > 0),
        ..Place::file(path)
    }
}
