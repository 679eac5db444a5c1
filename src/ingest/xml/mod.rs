//! Reads XML: feeds of arXiv and others, arXiv's API, and OAI-PMH records.

mod atom;
mod oai;
mod rss;
mod tree;

use std::collections::BTreeSet;

use super::named::{Found, Members, Named};
use super::tally::ImportTally;
use super::{Format, Request};
use crate::diagnostics::{Code, Diagnostic};
use crate::model::Date;
use tree::{Node, Part, local, walk};

/// The format shown by the start of a document.
pub(super) fn detect(head: &str) -> Option<(Format, &'static str)> {
    if !head.starts_with('<') {
        return None;
    }
    let has = |word: &str| head.contains(word);
    let root = root(head)?;
    Some(match local(root) {
        "OAI-PMH" => (Format::Oai, "an OAI-PMH response"),
        "feed" if has("arxiv.org/api/") || has("opensearch:totalResults") && has("arxiv.org") => {
            (Format::ArxivApi, "an arXiv API response")
        }
        "feed" => (Format::Feed, "an Atom feed"),
        "rss" | "RDF" => (Format::Feed, "an RSS feed"),
        _ => return None,
    })
}

/// The name of the root element.
fn root(text: &str) -> Option<&str> {
    let mut rest = text;
    for _ in 0..50 {
        let at = rest.find('<')?;
        rest = &rest[at + 1..];
        if rest.starts_with(['?', '!']) {
            continue;
        }
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))?;
        return Some(&rest[..end]);
    }
    None
}

/// A parsed record.
#[derive(Debug, Default)]
struct Taken {
    members: Members,
    unknown: Vec<String>,
    /// The error message, if the service failed.
    failure: Option<String>,
    /// Whether to skip it: a deleted record, or a repeated announcement.
    is_left_out: bool,
}

/// Reads a decoded document.
pub(super) fn read(request: &Request<'_>, text: &str, tally: &mut ImportTally) {
    let mut named = Named::new(request, tally);
    let format = tally.reading.format;
    let (mut number, mut counted) = (1, 0);
    let mut line_of = |at: usize| {
        let at = at.min(text.len()).max(counted);
        number += text.as_bytes()[counted..at]
            .iter()
            .filter(|b| **b == b'\n')
            .count();
        counted = at;
        number
    };
    let mut head = Head::default();
    let mut any = false;
    let is_whole = walk(text, &["entry", "item", "record"], |part| match part {
        Part::Record(at, node) => {
            any = true;
            let line = line_of(at);
            let shown = beginning(text, at);
            let is_arxiv = head.is_arxiv || format == Format::ArxivApi;
            let taken = match local(&node.name) {
                "record" => oai::record(&node),
                "entry" => atom::entry(&node, is_arxiv),
                _ => rss::item(&node, &head.title),
            };
            if let Some(said) = taken.failure {
                tally.say(
                    Diagnostic::error(
                        Code::SERVICE_ERROR,
                        format!("the service answered with an error: {said}"),
                    )
                    .at(tally.line(line, shown))
                    .help("check the query, and download it again"),
                );
                return;
            }
            if taken.is_left_out {
                head.left_out += 1;
                return;
            }
            let source = if is_arxiv || taken.members.iter().any(|(name, _)| name == "arxiv") {
                Format::ArxivApi.source()
            } else {
                format.source()
            };
            let found = Found {
                source,
                line,
                text: shown,
                members: taken.members,
                unknown: taken.unknown,
            };
            named.take(tally, found, |_| {});
        }
        Part::Broken(at, what) => {
            any = true;
            let line = line_of(at);
            let shown = beginning(text, at);
            tally.reject(
                Diagnostic::error("xml", format!("this record cannot be read: {what}"))
                    .at(tally.line(line, shown))
                    .help("download the file again; the other records were read"),
            );
        }
        Part::Around(node) => head.note(&node),
    });
    if let Some(said) = &head.error {
        tally.say(
            Diagnostic::error(
                Code::SERVICE_ERROR,
                format!("the service answered with an error: {said}"),
            )
            .at(tally.whole())
            .help("check the query, and download it again"),
        );
    } else if !any && format != Format::Feed {
        tally.say(Diagnostic::note("no-papers", "the service found nothing").at(tally.whole()));
    }
    if !is_whole {
        tally.say(
            Diagnostic::warning("cut-off", "the file ends before its root element is closed")
                .at(tally.whole())
                .help("download it again: records may be missing"),
        );
    }
    if head.left_out > 0 {
        let message = format!(
            "{} left out: deleted, or a new version of a paper listed before",
            crate::diagnostics::count(head.left_out, "record")
        );
        tally.say(Diagnostic::note("left-out", message).at(tally.whole()));
    }
    if tally.reading.title.is_none() && format == Format::Feed && !head.title.is_empty() {
        tally.reading.title = Some(crate::text::clean_line(&head.title));
    }
    // The date of arXiv's daily feed is the digest's.
    let day = head.day.filter(|_| format == Format::Feed && head.is_arxiv);
    named.close(request, tally, day);
}

/// What a document says about itself.
#[derive(Default)]
struct Head {
    title: String,
    day: Option<Date>,
    error: Option<String>,
    is_arxiv: bool,
    left_out: usize,
}

impl Head {
    fn note(&mut self, node: &Node) {
        let text = node.whole();
        let text = text.trim();
        match local(&node.name) {
            "title" if self.title.is_empty() => text.clone_into(&mut self.title),
            "updated" | "lastBuildDate" | "pubDate" if self.day.is_none() => {
                let value = serde_json::Value::from(text);
                if let Some(day) = super::value::when(&value).and_then(super::value::When::date) {
                    self.day = Some(day);
                }
            }
            "error" => self.error = Some(text.to_owned()),
            _ => {}
        }
        let said = node.attribute("href").unwrap_or(text);
        self.is_arxiv |= said.contains("arxiv.org");
    }
}

/// The names of a record's unknown child elements.
fn unknown(record: &Node, known: &[&str]) -> Vec<String> {
    let names = record.children.iter().map(|child| child.name.clone());
    let names: BTreeSet<String> = names.filter(|name| !known.contains(&local(name))).collect();
    names.into_iter().collect()
}

/// The line that starts at a byte, shortened. A feed may have all records on one
/// line.
fn beginning(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    let shown = &rest[..rest.floor_char_boundary(SHOWN)];
    shown.trim_start().lines().next().unwrap_or_default()
}

/// How much of a line is shown, in bytes.
const SHOWN: usize = 300;

/// Text that may be HTML, as paragraphs.
fn plain(text: &str) -> String {
    super::marks::prose(text).into_owned()
}

/// An element's content, as paragraphs. Markup may be escaped or consist of
/// elements, as in XHTML; `is_html` says whether escaped text is HTML.
fn prose(node: &Node, is_html: bool) -> String {
    if !node.children.is_empty() {
        plain(&node.html())
    } else if is_html {
        plain(&node.text)
    } else {
        node.text.trim().to_owned()
    }
}

/// A name with TeX accents converted; arXiv's feeds have names as authors typed
/// them.
fn name(text: &str) -> String {
    super::tex::plain(&plain(text))
}
