//! Checks links to other sites. Results are kept with their dates, so that each run
//! asks only what it needs to.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use pulldown_cmark::{Event, Parser, Tag};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::diagnostics::{Diagnostic, Place, count};
use crate::fetch::{Visited, Visitor, Wait};
use crate::library::Library;
use crate::site::{Edition, Progress, state};

/// What to ask, and for how long.
#[derive(Debug, Clone)]
pub struct Asking {
    /// The time limit for new URLs; the rest waits for the next run.
    pub time: Duration,
    /// The pause between two requests to one host.
    pub pace: Duration,
    /// Whether to ask addresses of this machine and its network.
    pub takes_private: bool,
    /// The service to ask for archived copies; empty for none.
    pub archive: String,
}

impl Default for Asking {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(600),
            pace: Duration::from_secs(1),
            takes_private: false,
            archive: "https://archive.org/wayback/available".to_owned(),
        }
    }
}

/// What is known about a URL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Known {
    /// When it was asked.
    asked: Timestamp,
    result: Visited,
    /// An archived copy and its date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    archived: Option<(String, String)>,
}

impl Known {
    /// Whether it need not be asked again. Working links stay fresh for longer than
    /// dead ones, which may come back.
    fn is_fresh(&self, now: Timestamp) -> bool {
        let days = match self.result {
            Visited::There | Visited::Moved { .. } => 30,
            Visited::Gone { .. } | Visited::NoHost => 7,
            Visited::Unclear { .. } => 1,
        };
        let until = self
            .asked
            .checked_add(SignedDuration::from_hours(days * 24));
        until.is_ok_and(|until| now < until)
    }
}

/// How many hosts to ask in parallel.
const WORKERS: usize = 8;

/// The longest wait a host may ask for. If it asks for more, the next run asks
/// again.
const MOST_WAIT: Duration = Duration::from_secs(30);

/// The most archived copies to look up per run.
const MOST_ARCHIVED: usize = 100;

/// Checks the URLs in a site's content until time runs out. Returns the number of
/// URLs and what was found.
pub(super) fn check(
    site: &Path,
    edition: &Edition,
    asking: &Asking,
    progress: &dyn Progress,
) -> (usize, Vec<Diagnostic>) {
    let named = named(edition.library());
    let file = state(site).join("cache").join("addresses.json");
    let mut known = read(&file);
    known.retain(|address, _| named.contains_key(address));
    let now = Timestamp::now();
    let mut hosts: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let mut old: Vec<&String> = named
        .keys()
        .filter(|address| known.get(*address).is_none_or(|known| !known.is_fresh(now)))
        .collect();
    // Ask new URLs first, then the ones asked longest ago.
    old.sort_by_key(|address| known.get(*address).map(|known| known.asked));
    for address in &old {
        if let Some(host) = host(address) {
            hosts.entry(host).or_default().push(address);
        }
    }
    progress.begin("asking", Some(old.len()));
    let mut found = ask(hosts, asking, progress);
    progress.end();
    let mut said = Vec::new();
    if is_cut_off(&found, asking) {
        found.clear();
        said.push(
            Diagnostic::warning("offline", "none of the hosts could be found")
                .help("check whether this machine is online, and try again"),
        );
    }
    let left = old.len() - found.len();
    look_for_copies(&mut found, asking);
    known.extend(found);
    if let Err(error) = write(&file, &known) {
        let message = format!("the results cannot be saved for the next run: {error}");
        said.push(Diagnostic::warning("cache-unwritable", message));
    }
    for (address, known) in &known {
        said.extend(diagnostic(address, known, &named[address], site));
    }
    if left > 0 {
        let message = format!("{} not checked for lack of time", count(left, "address"));
        said.push(
            Diagnostic::note("not-asked", message)
                .help("run `offprint check --external` again; it continues from here"),
        );
    }
    (named.len(), said)
}

/// Whether this machine seems to be offline. Then no host is found, which says
/// nothing about the hosts.
fn is_cut_off(found: &BTreeMap<String, Known>, asking: &Asking) -> bool {
    let mut results = found.values().map(|known| &known.result);
    let is_none_found = !found.is_empty() && results.all(|result| *result == Visited::NoHost);
    is_none_found && (asking.archive.is_empty() || Visitor::is_unknown(&asking.archive))
}

/// The URLs in papers, topics, digests and pages, each with the first file that
/// contains it.
fn named(library: &Library) -> BTreeMap<String, String> {
    let mut named = BTreeMap::new();
    let mut add = |address: &str, file: &str| {
        let address = address.split('#').next().unwrap_or_default();
        let is_web = address.starts_with("http://") || address.starts_with("https://");
        if is_web && host(address).is_some() {
            named
                .entry(address.to_owned())
                .or_insert_with(|| file.to_owned());
        }
    };
    let in_text = |text: &str, file: &str, add: &mut dyn FnMut(&str, &str)| {
        for event in Parser::new(text) {
            if let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = event {
                add(&dest_url, file);
            }
        }
    };
    for entry in &library.papers {
        for address in entry.links().values() {
            add(address, &entry.file);
        }
        in_text(&entry.paper.notes, &entry.file, &mut add);
    }
    for topic in &library.topics {
        if let Some(file) = &topic.file {
            in_text(&topic.topic.introduction, file, &mut add);
        }
    }
    for entry in &library.digests {
        let file = format!("content/digests/{}.md", entry.digest.id);
        in_text(&entry.digest.note, &file, &mut add);
    }
    for page in &library.pages {
        let file = format!("content/{}.md", page.path().trim_end_matches('/'));
        in_text(&page.body, &file, &mut add);
    }
    named
}

fn host(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    url.host_str().map(str::to_owned)
}

/// Asks URLs, one at a time per host.
fn ask(
    hosts: BTreeMap<String, Vec<&str>>,
    asking: &Asking,
    progress: &dyn Progress,
) -> BTreeMap<String, Known> {
    let until = Instant::now() + asking.time;
    // The host with the most URLs takes longest, so it starts first.
    let mut queue: Vec<Vec<&str>> = hosts.into_values().collect();
    queue.sort_by_key(Vec::len);
    let queue = Mutex::new(queue);
    let found = Mutex::new(BTreeMap::new());
    let next = || queue.lock().ok()?.pop();
    std::thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                let visitor = Visitor::new(asking.takes_private);
                while let Some(addresses) = next() {
                    for address in addresses {
                        if Instant::now() >= until {
                            return;
                        }
                        let Some(result) = visit(&visitor, address, until) else {
                            // The host asked us to wait.
                            break;
                        };
                        let known = Known {
                            asked: Timestamp::now(),
                            result,
                            archived: None,
                        };
                        if let Ok(mut found) = found.lock() {
                            found.insert(address.to_owned(), known);
                        }
                        progress.step();
                        std::thread::sleep(asking.pace);
                    }
                }
            });
        }
    });
    found.into_inner().unwrap_or_default()
}

/// Visits a URL, and once more after the wait that its host asks for. `None` if
/// that is too long.
fn visit(visitor: &Visitor, address: &str, until: Instant) -> Option<Visited> {
    match visitor.visit(address) {
        Ok(visited) => Some(visited),
        Err(Wait(wait)) => {
            if wait > MOST_WAIT || Instant::now() + wait > until {
                return None;
            }
            std::thread::sleep(wait);
            visitor.visit(address).ok()
        }
    }
}

/// Looks up archived copies of dead links.
fn look_for_copies(found: &mut BTreeMap<String, Known>, asking: &Asking) {
    if asking.archive.is_empty() {
        return;
    }
    let visitor = Visitor::new(asking.takes_private);
    let gone = found
        .iter_mut()
        .filter(|(_, known)| matches!(known.result, Visited::Gone { .. } | Visited::NoHost));
    for (address, known) in gone.take(MOST_ARCHIVED) {
        known.archived = visitor.archived(&asking.archive, address);
        std::thread::sleep(asking.pace);
    }
}

fn diagnostic(address: &str, known: &Known, file: &str, site: &Path) -> Option<Diagnostic> {
    let day = known.asked.strftime("%Y-%m-%d");
    let dead = |what: String| {
        let help = match &known.archived {
            Some((copy, when)) => format!(
                "the copy of {} is at {copy}; link to that, or correct the URL",
                when.get(..4).unwrap_or(when)
            ),
            None => "correct the URL, or remove the link".to_owned(),
        };
        Diagnostic::warning(
            "dead-address",
            format!("`{address}` {what} (checked on {day})"),
        )
        .help(help)
    };
    let said = match &known.result {
        Visited::There => return None,
        Visited::Moved { to } => Diagnostic::note(
            "moved",
            format!("`{address}` has moved permanently to `{to}`"),
        )
        .help("use the new URL"),
        Visited::Gone { status } => dead(format!(
            "does not exist: its host answers with status \
            {status}"
        )),
        Visited::NoHost => dead("has a host that does not exist".to_owned()),
        Visited::Unclear { reason } => Diagnostic::note(
            "unclear-address",
            format!("whether `{address}` exists is unclear: {reason} (checked on {day})"),
        )
        .help("open it in a browser; some hosts do not answer programs"),
    };
    Some(said.at(place(site, file, address)).about(address))
}

/// Where a file contains a URL.
fn place(site: &Path, file: &str, address: &str) -> Place {
    let text = fs::read_to_string(site.join(file)).unwrap_or_default();
    match text.find(address) {
        Some(at) => Place::span(file, &text, at..at + address.len()),
        None => Place::file(file),
    }
}

fn read(file: &Path) -> BTreeMap<String, Known> {
    let bytes = fs::read(file).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

fn write(file: &Path, known: &BTreeMap<String, Known>) -> std::io::Result<()> {
    let text = serde_json::to_vec_pretty(known)?;
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let new = file.with_extension("new");
    fs::write(&new, text)?;
    fs::rename(new, file)
}
