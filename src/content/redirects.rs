//! Redirects: the URL history, `content/urls.tsv`: every URL ever published and where it leads
//! now. Renamed and merged pages are recognised by identity, and their old URLs
//! redirect.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use foldhash::{HashMap, HashMapExt, HashSet};
use rayon::prelude::*;

use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::model::{Paper, PaperId};
use crate::text::title_key;

use super::identity::title_of;
use super::tree::Content;
use super::{FOLDER, removed::Removed};

/// The file's name within `content/`.
pub(super) const FILE_NAME: &str = "urls.tsv";

const HEADER: &str = "# address\tleads to\tidentity\n";

/// The target written for a page that is gone.
const GONE: &str = "-";

/// The history of every published URL, by URL.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Redirects(BTreeMap<String, Row>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    /// Where the URL leads; empty if nowhere.
    target: String,
    identity: String,
}

/// An old URL that redirects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The old URL within the site, for example `papers/old/`.
    pub from: String,
    /// The current URL.
    pub to: String,
}

impl Redirects {
    /// The file, relative to the site.
    pub fn file() -> String {
        format!("{FOLDER}/{FILE_NAME}")
    }

    /// The URL history of a site, and the file's text. Empty if there is no file.
    /// An unreadable file is an error: continuing would lose every URL in it.
    pub fn load(site: &Path) -> (Self, String, Diagnostics) {
        let file = Self::file();
        let bytes = match std::fs::read(site.join(&file)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            Err(error) => {
                let said = Diagnostic::error("unreadable", format!("cannot be read: {error}"))
                    .at(Place::file(file))
                    .help(
                        "check the file and its permissions; it holds every URL the site has \
                        ever had",
                    );
                return (Self::default(), String::new(), said.into());
            }
        };
        match String::from_utf8(bytes) {
            Ok(text) => {
                let (redirects, found) = Self::parse(&text);
                (redirects, text, found)
            }
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let said = Diagnostic::error("not-utf8", "the file is not UTF-8 text")
                    .at(Place::span(file, &text, at..at + 1))
                    .help(
                        "save the file as UTF-8, or restore it from version control; it \
                        holds every URL the site has ever had",
                    );
                (Self::default(), String::new(), said.into())
            }
        }
    }

    /// Parses the file. Invalid rows are reported and skipped.
    pub fn parse(text: &str) -> (Self, Diagnostics) {
        let mut redirects = Self::default();
        let mut found = Diagnostics::new();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (at, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let mut columns = line.split('\t');
            let (Some(from), Some(to)) = (columns.next(), columns.next()) else {
                found.push(bad_row(at, line));
                continue;
            };
            if !is_address(from) || !(to == GONE || is_address(to)) {
                found.push(bad_row(at, line));
                continue;
            }
            let row = Row {
                target: if to == GONE {
                    String::new()
                } else {
                    to.to_owned()
                },
                identity: columns.next().unwrap_or_default().to_owned(),
            };
            redirects.0.insert(from.to_owned(), row);
        }
        (redirects, found)
    }

    /// The file's text, sorted.
    pub fn to_text(&self) -> String {
        let mut out = String::from(HEADER);
        for (from, row) in &self.0 {
            let target = if row.target.is_empty() {
                GONE
            } else {
                &row.target
            };
            let _ = writeln!(out, "{from}\t{target}\t{}", row.identity);
        }
        out
    }

    /// Updates the history from the content. `merged` maps URLs of merged pages to
    /// the pages they became part of.
    pub(super) fn refresh(
        &mut self,
        content: &Content,
        merged: &BTreeMap<String, String>,
    ) -> Diagnostics {
        let pages = live(content);
        let live: HashMap<&str, usize> = (pages.iter().map(|page| page.address.as_str()))
            .zip(0..)
            .collect();
        let mut by_identity: Option<HashMap<&str, &str>> = None;
        let mut found = Diagnostics::new();
        for (from, row) in &mut self.0 {
            if live.contains_key(from.as_str()) {
                continue;
            }
            let by_identity = by_identity.get_or_insert_with(|| by_identities(&pages));
            let is_live = |address: &str| {
                let page = live.get(address)?;
                Some(pages[*page].address.as_str())
            };
            let merged_into = |address: &str| merged.get(address).map(String::as_str);
            let target = merged_into(from)
                .or_else(|| by_identity.get(row.identity.as_str()).copied())
                .or_else(|| is_live(&row.target))
                .or_else(|| merged_into(&row.target))
                .or_else(|| is_live(&alias_target(content, from)?));
            match target {
                Some(target) => row.target = target.to_owned(),
                None if !row.target.is_empty() => {
                    found.push(
                        Diagnostic::warning(
                            "address-gone",
                            format!(
                                "`{from}` was published \
                            before and now leads nowhere"
                            ),
                        )
                        .at(Place::file(format!("content/{FILE_NAME}")))
                        .help(
                            "restore the page, or name its successor in the second \
                                column of that row",
                        ),
                    );
                    row.target.clear();
                }
                None => {}
            }
        }
        for page in &content.topics {
            for alias in &page.topic.aliases {
                let from = format!("topics/{alias}/");
                if !live.contains_key(from.as_str()) {
                    let row = Row {
                        target: page.topic.path(),
                        identity: String::new(),
                    };
                    self.0.insert(from, row);
                }
            }
        }
        for Live {
            address,
            identities,
        } in pages
        {
            let identity = identities.into_iter().next().unwrap_or_default();
            match self.0.get_mut(&address) {
                Some(row) if row.target == address && row.identity == identity => {}
                Some(row) => {
                    *row = Row {
                        target: address,
                        identity,
                    }
                }
                None => {
                    let target = address.clone();
                    self.0.insert(address, Row { target, identity });
                }
            }
        }
        found
    }

    /// The old URLs that redirect, with their final targets.
    pub fn active(&self) -> Vec<Redirect> {
        let mut out = Vec::new();
        for (from, row) in &self.0 {
            if row.target.is_empty() || row.target == *from {
                continue;
            }
            // Follow a chain of renames to its end. A loop has none.
            let mut to = &row.target;
            for _ in 0..self.0.len() {
                match self.0.get(to) {
                    Some(next) if !next.target.is_empty() && next.target != *to => {
                        to = &next.target
                    }
                    _ => break,
                }
            }
            if to != from {
                out.push(Redirect {
                    from: from.clone(),
                    to: to.clone(),
                });
            }
        }
        out
    }

    /// Whether a URL was ever published.
    pub fn knows(&self, address: &str) -> bool {
        self.0.contains_key(address)
    }

    /// Where a URL leads now. `None` if it is unknown or leads nowhere.
    pub fn target(&self, address: &str) -> Option<&str> {
        let row = self.0.get(address)?;
        (!row.target.is_empty()).then_some(row.target.as_str())
    }
}

/// A page that exists.
struct Live {
    address: String,
    /// Its identities, best first. A page without any is known only by its URL.
    identities: Vec<String>,
}

/// The pages of a site. URLs are unique.
fn live(content: &Content) -> Vec<Live> {
    let mut pages: Vec<Live> = content
        .papers
        .par_iter()
        .map(|page| Live {
            address: page.paper.path(),
            identities: identities(&page.paper),
        })
        .collect();
    if !content.removed.is_empty() {
        let papers: HashSet<String> = pages.iter().map(|page| page.address.clone()).collect();
        // A removed paper's URL still has a page that says so.
        let removed = content.removed.iter().map(|paper| Live {
            address: paper.path(),
            identities: removed_identities(paper),
        });
        pages.extend(removed.filter(|page| !papers.contains(&page.address)));
    }
    pages.extend(content.topics.iter().map(|page| Live {
        address: page.topic.path(),
        identities: vec![format!("topic:{}", title_key(&page.topic.name))],
    }));
    pages.extend(content.digests.iter().map(|page| {
        let hash = page.digest.blake3.iter();
        Live {
            address: page.digest.path(),
            identities: hash
                .map(|hash| format!("blake3:{}", &hash[..hash.len().min(16)]))
                .collect(),
        }
    }));
    pages.extend(content.pages.iter().map(|page| Live {
        address: page.path(),
        identities: Vec::new(),
    }));
    pages
}

/// The URL of each identity; if several pages share one, the first wins.
fn by_identities(pages: &[Live]) -> HashMap<&str, &str> {
    let mut by_identity = HashMap::new();
    for page in pages {
        for identity in &page.identities {
            by_identity
                .entry(identity.as_str())
                .or_insert(page.address.as_str());
        }
    }
    by_identity
}

fn alias_target(content: &Content, from: &str) -> Option<String> {
    let id = from.strip_prefix("topics/")?.strip_suffix('/')?;
    let page = content
        .topics
        .iter()
        .find(|page| page.topic.aliases.iter().any(|alias| alias.as_str() == id))?;
    Some(page.topic.path())
}

/// What identifies a paper after its page was renamed: its identifiers, else title
/// and first author. Never empty.
fn identities(paper: &Paper) -> Vec<String> {
    let author = paper
        .authors
        .first()
        .map(|author| title_key(author.family()))
        .unwrap_or_default();
    all_identities(&paper.ids, &title_of(&paper.title), &author)
}

fn removed_identities(paper: &Removed) -> Vec<String> {
    let author = paper.author_key.as_deref().unwrap_or_default();
    all_identities(&paper.ids, &paper.title_key, author)
}

fn all_identities(ids: &[PaperId], title: &str, author: &str) -> Vec<String> {
    let mut hash = blake3::hash(format!("{title}|{author}").as_bytes())
        .to_hex()
        .to_string();
    hash.truncate(12);
    let mut all: Vec<String> = ids.iter().map(PaperId::to_string).collect();
    all.push(format!("title:{hash}"));
    all
}

/// Whether a text is a path within the site: valid segments, each followed by `/`.
fn is_address(text: &str) -> bool {
    text.len() <= 500
        && text.strip_suffix('/').is_some_and(|path| {
            path.split('/').all(|part| {
                !part.is_empty()
                    && part != "."
                    && part != ".."
                    && !part.contains(['\\', ':', '<', '>', '"', '\'', '?', '#', '%'])
                    && !part.chars().any(char::is_control)
            })
        })
}

fn bad_row(at: usize, line: &str) -> Diagnostic {
    Diagnostic::error(
        "bad-row",
        "a row must be a URL path, a tab and the path it leads to",
    )
    .at(Place::line(format!("content/{FILE_NAME}"), at + 1, line))
    .help("write it as papers/old-name/<tab>papers/new-name/, or remove the row")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_read_back_and_chains_lead_to_their_end() {
        let text = format!(
            "{HEADER}papers/a/\tpapers/b/\tarxiv:1\npapers/b/\tpapers/c/\t\npapers/c/\tpapers/c/\t\npapers/d/\t-\t\n"
        );
        let (redirects, found) = Redirects::parse(&text);
        assert!(found.is_empty());
        assert_eq!(redirects.to_text(), text);
        let redirects: Vec<(String, String)> = redirects
            .active()
            .into_iter()
            .map(|r| (r.from, r.to))
            .collect();
        assert_eq!(
            redirects,
            [
                ("papers/a/".to_owned(), "papers/c/".to_owned()),
                ("papers/b/".to_owned(), "papers/c/".to_owned())
            ]
        );
    }

    #[test]
    fn a_ring_leads_nowhere_and_a_row_cannot_leave_the_site() {
        let (redirects, _) = Redirects::parse("papers/a/\tpapers/b/\t\npapers/b/\tpapers/a/\t\n");
        assert!(redirects.active().len() <= 2);
        for row in [
            "../x/\tpapers/a/",
            "papers/a\tpapers/b/",
            "papers/a/\thttps://evil/",
            "x",
            "papers/<b>/\tpapers/a/",
        ] {
            let (_, found) = Redirects::parse(row);
            assert!(found.has_errors(), "{row}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "(?s).{0,200}") {
            let (redirects, _) = Redirects::parse(&text);
            proptest::prop_assert_eq!(Redirects::parse(&redirects.to_text()).0, redirects);
        }
    }
}
