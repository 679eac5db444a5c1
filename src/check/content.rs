//! Checks content for problems that do not prevent a build but that curators want
//! to know about.

use foldhash::HashSet;

use crate::diagnostics::{Diagnostic, Place};
use crate::library::{Entry, Library, TopicEntry};
use crate::model::{PaperId, Slug};
use crate::site::Edition;

/// Checks a site's papers and topics.
pub(super) fn check(edition: &Edition) -> Vec<Diagnostic> {
    let library = edition.library();
    let mut found = Vec::new();
    for entry in &library.papers {
        found.extend(without_abstract(entry));
        found.extend(entry.paper.ids.iter().filter_map(|id| bad_doi(entry, id)));
    }
    let chosen: HashSet<&Slug> = (library.papers.iter())
        .filter(|entry| entry.paper.topics.is_some())
        .map(|entry| &entry.paper.slug)
        .collect();
    for topic in &library.topics {
        found.extend(empty_topic(topic));
        found.extend(unused_pins(&chosen, topic));
    }
    found.extend(near_duplicates(library));
    found
}

fn at(entry: &Entry) -> Place {
    Place::file(entry.file.clone())
}

fn without_abstract(entry: &Entry) -> Option<Diagnostic> {
    let is_bare = entry.abstract_text.is_empty() && entry.summary.is_empty();
    (is_bare && !entry.paper.withdrawn).then(|| {
        Diagnostic::note("no-abstract", format!("“{}” has no abstract", entry.title))
            .at(at(entry))
            .help(
                "write one below the front matter; `offprint fetch --enrich` looks up \
                identifiers first",
            )
    })
}

/// A DOI has a prefix starting with `10.`, a slash and a suffix.
fn bad_doi(entry: &Entry, id: &PaperId) -> Option<Diagnostic> {
    let doi = id.as_str().strip_prefix("doi:")?;
    let (prefix, suffix) = doi.split_once('/').unwrap_or((doi, ""));
    let registrant = prefix.strip_prefix("10.").unwrap_or_default();
    let is_sound = registrant.len() >= 4
        && registrant.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && !suffix.is_empty()
        && !doi.contains(char::is_whitespace)
        && !suffix.ends_with(['.', ',', ';']);
    (!is_sound).then(|| {
        Diagnostic::warning("bad-doi", format!("`{doi}` is not a valid DOI"))
            .at(at(entry))
            .field("ids")
            .help("write it as at https://doi.org/, such as `doi:10.1145/3544548.3581388`")
    })
}

/// A topic with a hand-written rule or pins that no paper has.
fn empty_topic(topic: &TopicEntry) -> Option<Diagnostic> {
    let file = topic.file.clone()?;
    (topic.papers.is_empty() && topic.children.is_empty()).then(|| {
        let message = format!(
            "no paper is about “{}”, so it has no page",
            topic.topic.name
        );
        Diagnostic::warning("empty-topic", message)
            .at(Place::file(file))
            .help(
                "`offprint topics explain SLUG` shows what a paper lacks; widen `match`, or \
                lower `threshold`",
            )
    })
}

/// Pins without effect, because the paper sets its own topics and these override
/// rules and pins. `chosen` are the papers that do.
fn unused_pins(chosen: &HashSet<&Slug>, topic: &TopicEntry) -> Vec<Diagnostic> {
    let Some(file) = &topic.file else {
        return Vec::new();
    };
    let pins = topic.topic.pinned.iter().chain(&topic.topic.exclude);
    let unused = pins.filter(|slug| chosen.contains(slug));
    unused
        .map(|slug| {
            let message =
                format!("`{slug}` sets its own topics, so pinning or excluding it has no effect");
            Diagnostic::warning("unused-pin", message)
                .at(Place::file(file.clone()))
                .about(slug.to_string())
                .help("remove it from this page, or remove `topics` from the paper's")
        })
        .collect()
}

/// Papers that look like duplicates.
fn near_duplicates(library: &Library) -> Vec<Diagnostic> {
    let related = library.related();
    let mut found = Vec::new();
    for (n, entry) in library.papers.iter().enumerate() {
        let alike = related
            .of_paper(n)
            .iter()
            .filter(|other| other.is_near_duplicate && other.paper > n);
        for other in alike {
            let other = &library.papers[other.paper];
            let message = format!(
                "“{}” and {} seem to be the same paper",
                entry.title, other.file
            );
            found.push(
                Diagnostic::note("near-duplicate", message)
                    .at(at(entry))
                    .about(other.paper.slug.to_string())
                    .help("if so, give both pages the same identifier in `ids` and import again"),
            );
        }
    }
    found
}
