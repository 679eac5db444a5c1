//! Assembling: turns content into a library. Papers are read and references between
//! entries are linked, in an order in which each step has what it needs.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use foldhash::HashMap;
use rayon::prelude::*;

use super::dangling::{Absent, check_repairs, check_topics};
use super::entry::Entry;
use super::meaning::Source;
use super::paper::Reader;
use super::{Library, authors, digests, future, linking, order, venues};
use crate::config::{Settings, VectorSource};
use crate::content::{Content, PaperPage, Redirects};
use crate::derive::{Blocks, Cache};
use crate::diagnostics::Diagnostics;
use crate::model::{Slug, Topic};
use crate::prose;
use crate::text::{Cut, Cutter};
use crate::topics::{self, Taxonomy, TopicSource};

/// The inputs of a library.
#[derive(Debug)]
pub struct Request<'a> {
    /// The site, to look up the lines of errors.
    pub site: &'a Path,
    /// The settings.
    pub settings: &'a Settings,
    /// The content tree.
    pub content: Content,
    /// The targets of old addresses.
    pub ledger: &'a Redirects,
    /// Whether drafts are part of the site.
    pub drafts: bool,
    /// Cached results of earlier runs.
    pub cache: &'a Cache,
    /// Cached neighbours of papers from earlier runs.
    pub blocks: Blocks,
}

/// How a site reads titles and abstracts.
pub fn prose_options(settings: &Settings) -> prose::Options {
    prose::Options {
        repairs_off: settings.repairs_off.iter().cloned().collect(),
    }
}

/// Assembles the library.
pub fn assemble(request: Request<'_>) -> (Library, Diagnostics) {
    let Request {
        site,
        settings,
        mut content,
        ledger,
        drafts,
        cache,
        blocks,
    } = request;
    let mut found = Diagnostics::new();
    let absent = Absent::of(&content, ledger, drafts);
    content.papers.retain(|page| drafts || !page.paper.draft);
    content.pages.retain(|page| drafts || !page.draft);
    found.append(future::correct(site, &content.digests, &mut content.papers));
    content
        .digests
        .sort_by(|a, b| (b.digest.date, &b.digest.id).cmp(&(a.digest.date, &a.digest.id)));
    order::sort(&mut content.papers, &content.digests);

    let (taxonomy, faults) = compile(settings, &content);
    found.append(faults);
    let topics = taxonomy.topics();
    let numbers: HashMap<Slug, usize> = content
        .papers
        .iter()
        .enumerate()
        .map(|(n, page)| (page.paper.slug.clone(), n))
        .collect();
    let mut topic_numbers: BTreeMap<&str, usize> = topics
        .iter()
        .enumerate()
        .map(|(n, topic)| (topic.id.as_str(), n))
        .collect();
    // A page may still use a topic's former name.
    for (n, topic) in topics.iter().enumerate() {
        for alias in &topic.aliases {
            topic_numbers.entry(alias.as_str()).or_insert(n);
        }
    }

    found.append(check_topics(site, &content, &absent, &numbers));
    found.append(check_repairs(site, settings));
    let reader = Reader {
        site,
        settings,
        taxonomy: &taxonomy,
        topics: &topic_numbers,
        options: prose_options(settings),
        cache,
        rules: taxonomy.fingerprint() ^ settings.most_topics as u64,
    };
    let read: Vec<(Vec<Entry>, Diagnostics)> = std::mem::take(&mut content.papers)
        .into_par_iter()
        .chunks(CUT)
        .map(|pages| read_some(pages, &reader))
        .collect();
    let mut papers = Vec::with_capacity(read.iter().map(|(read, _)| read.len()).sum());
    for (entries, faults) in read {
        found.append(faults);
        for entry in entries {
            let number = papers.len();
            papers.push(Entry { number, ..entry });
        }
    }
    let digests = digests::link(
        site,
        &content,
        ledger,
        &absent,
        &numbers,
        &mut papers,
        &mut found,
    );
    let metric = linking::metric(&papers);
    let (topics, (authors, links)) = rayon::join(
        || {
            linking::topics(
                topics.to_vec(),
                &content.topics,
                &papers,
                metric,
                settings.vectors == VectorSource::BuiltIn,
            )
        },
        || authors::find(&papers, settings.author_min_papers),
    );
    for (entry, links) in papers.iter_mut().zip(links) {
        entry.authors = links;
    }
    let venues = venues::link(&mut papers);
    let mut pages = content.pages;
    pages.sort_by_key(crate::model::FreePage::path);
    let redirects = linking::redirects(ledger, &topics);
    let library = Library {
        papers,
        topics,
        authors,
        venues,
        digests,
        pages,
        metric,
        removed: content.removed,
        redirects,
        taxonomy,
        blocks: Arc::new(blocks),
        meaning: Source::new(settings.vectors),
        comparison: OnceLock::new(),
    };
    (library, found)
}

/// How many papers are read in sequence and share the numbers of their words.
const CUT: usize = 256;

/// Reads some papers.
fn read_some(pages: Vec<PaperPage>, reader: &Reader<'_>) -> (Vec<Entry>, Diagnostics) {
    let mut scan = reader.taxonomy.scan();
    let mut cutter = Cutter::default();
    let mut found = Diagnostics::new();
    let mut entries = Vec::with_capacity(pages.len());
    let mut cuts = Vec::with_capacity(pages.len());
    for page in pages {
        let (entry, cut, faults) = reader.read(page, &mut scan, &mut cutter);
        found.append(faults);
        entries.push(entry);
        cuts.push(cut);
    }
    let words = cutter.finish();
    for (entry, cut) in entries.iter_mut().zip(cuts) {
        entry.words = cut.map(|cut| Cut::new(&words, cut));
    }
    (entries, found)
}

/// The topics of the built-in taxonomy, overridden by those of the site's files.
fn compile(settings: &Settings, content: &Content) -> (Taxonomy, Diagnostics) {
    let own: Vec<Topic> = content
        .topics
        .iter()
        .map(|page| page.topic.clone())
        .collect();
    let shipped = if settings.ai_taxonomy {
        topics::shipped("ai").unwrap_or_default()
    } else {
        Vec::new()
    };
    let mut all = topics::with_shipped(own, shipped);
    for topic in all.iter_mut().filter(|topic| topic.name.is_empty()) {
        topic.name = topic.id.to_string();
    }
    let source = |topic: &Topic| {
        let page = content.topics.iter().find(|page| page.topic.id == topic.id);
        match page {
            Some(page) => Some(TopicSource {
                file: page.file.clone(),
                text: page.text.as_str().into(),
            }),
            None => topics::shipped_source("ai"),
        }
    };
    Taxonomy::compile(all, &source)
}
