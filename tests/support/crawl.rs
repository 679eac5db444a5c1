//! A crawler that reads every page of a published tree as a browser would, and
//! checks that every URL within the site leads to a file, and every fragment to an
//! element.

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use super::Tree;
use super::html::{self, Element};

/// The crawl's host name; no requests are made to it.
const HOST: &str = "https://site.test";

/// The result of a crawl.
#[derive(Debug, Default)]
pub struct Crawl {
    /// Everything that is wrong, with its page.
    pub faults: Vec<String>,
    /// How many URLs within the site were followed.
    pub followed: usize,
    /// URLs outside the site.
    pub outside: BTreeSet<String>,
    /// Pages that no other page links to, except the error page.
    pub orphans: BTreeSet<String>,
}

impl Crawl {
    /// Asserts that nothing is wrong and that there were links to follow.
    #[track_caller]
    pub fn assert_sound(&self) {
        assert!(
            self.faults.is_empty(),
            "{} faults:\n{}",
            self.faults.len(),
            self.faults[..self.faults.len().min(40)].join("\n")
        );
        assert!(self.followed > 0, "there was nothing to follow");
    }
}

/// Crawls a tree published at a path such as `/`, `/repo/` or `/a/b/`.
pub fn crawl(tree: &Tree, mount: &str) -> Crawl {
    let mut crawl = Crawl::default();
    let mut pages: BTreeMap<&str, Element> = BTreeMap::new();
    for (path, text) in tree.pages() {
        match html::parse(text) {
            Ok(root) => {
                pages.insert(path, root);
            }
            Err(fault) => crawl.faults.push(format!("{path}: {fault}")),
        }
    }
    let anchors: BTreeMap<&str, BTreeSet<&str>> = pages
        .iter()
        .map(|(path, root)| (*path, anchors(root, path, &mut crawl.faults)))
        .collect();
    let site = Url::parse(HOST)
        .and_then(|host| host.join(mount))
        .expect("a mount is a path");
    let mut reached: BTreeSet<String> = BTreeSet::from(["index.html".into(), "404.html".into()]);
    for (path, root) in &pages {
        // The error page is shown at URLs of any depth, and its links must work at
        // all of them.
        let seen_at = if *path == "404.html" {
            "no/such/page/"
        } else {
            path.strip_suffix("index.html").unwrap_or(path)
        };
        let base = site.join(seen_at).expect("a path can be joined");
        for address in addresses(root) {
            let Ok(target) = base.join(&address) else {
                crawl
                    .faults
                    .push(format!("{path}: `{address}` is no address"));
                continue;
            };
            if target.host_str() != site.host_str() {
                if !matches!(target.scheme(), "https" | "http" | "mailto") {
                    crawl.faults.push(format!("{path}: leads to `{address}`"));
                }
                crawl.outside.insert(target.into());
                continue;
            }
            crawl.followed += 1;
            // A lone fragment stays on the page, at any URL.
            if let Some(fragment) = address.strip_prefix('#') {
                if !fragment.is_empty()
                    && !anchors[path].contains(percent_decoded(fragment).as_str())
                {
                    crawl
                        .faults
                        .push(format!("{path}: `{address}` leads to no element"));
                }
                continue;
            }
            // Without a base URL, the error page can only assume `/`.
            let mount = if *path == "404.html" && !target.path().starts_with(mount) {
                "/"
            } else {
                mount
            };
            let Some(inner) = target.path().strip_prefix(mount) else {
                crawl
                    .faults
                    .push(format!("{path}: `{address}` leaves the site"));
                continue;
            };
            let file = percent_decoded(inner);
            let file = if file.is_empty() || file.ends_with('/') {
                format!("{file}index.html")
            } else {
                file
            };
            if tree.get(&file).is_none() {
                crawl
                    .faults
                    .push(format!("{path}: `{address}` leads to nothing ({file})"));
                continue;
            }
            if let Some(fragment) = target.fragment().filter(|text| !text.is_empty())
                && let Some(known) = anchors.get(file.as_str())
                && !known.contains(percent_decoded(fragment).as_str())
            {
                crawl
                    .faults
                    .push(format!("{path}: `{address}` leads to no element"));
            }
            if file != **path {
                reached.insert(file);
            }
        }
    }
    for path in pages.keys().filter(|path| !reached.contains(**path)) {
        crawl.orphans.insert((*path).to_owned());
    }
    crawl
}

/// The IDs of a page. Duplicates are faults, and so are references to missing IDs
/// within the page.
fn anchors<'p>(root: &'p Element, path: &str, faults: &mut Vec<String>) -> BTreeSet<&'p str> {
    let mut ids = BTreeSet::new();
    for element in root.elements() {
        if let Some(id) = element.attribute("id")
            && !ids.insert(id)
        {
            faults.push(format!("{path}: the id `{id}` stands twice"));
        }
    }
    for element in root.elements() {
        for name in [
            "for",
            "aria-labelledby",
            "aria-describedby",
            "aria-controls",
        ] {
            for id in element
                .attribute(name)
                .unwrap_or_default()
                .split_whitespace()
            {
                if !ids.contains(id) {
                    faults.push(format!("{path}: `{name}` names `{id}`, which is not there"));
                }
            }
        }
    }
    ids
}

/// Every URL on a page that a browser or a reader would go to.
fn addresses(root: &Element) -> Vec<String> {
    let mut out = Vec::new();
    for element in root.elements() {
        let name = element.name.as_str();
        // A page states its own URL as an absolute one on purpose.
        if name == "link"
            && matches!(
                element.attribute("rel"),
                Some("canonical" | "license" | "preconnect")
            )
        {
            continue;
        }
        for attribute in ["href", "src", "action", "poster", "data-root", "data-index"] {
            if let Some(address) = element.attribute(attribute) {
                // URLs are relative to the page; an empty `data-root` is its own
                // folder.
                if !(attribute == "data-root" && address.is_empty()) {
                    out.push(address.to_owned());
                }
            }
        }
        for candidate in element.attribute("srcset").unwrap_or_default().split(',') {
            if let Some(address) = candidate.split_whitespace().next() {
                out.push(address.to_owned());
            }
        }
        if name == "meta" && element.attribute("http-equiv") == Some("refresh") {
            let content = element.attribute("content").unwrap_or_default();
            if let Some((_, address)) = content.split_once("url=") {
                out.push(address.to_owned());
            }
        }
    }
    out
}

fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digits = text
            .get(at + 1..at + 3)
            .filter(|_| bytes[at] == b'%')
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match digits {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
