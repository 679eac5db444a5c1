//! Assembling: content becomes a library. Abstracts are read, topics scored,
//! references resolved; what refers to nothing is an error with its place.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use rayon::prelude::*;

use crate::config::Settings;
use crate::content::{Content, Ledger, PaperPage};
use crate::diagnostics::{Diagnostic, Diagnostics, Place, nearest};
use crate::model::{Paper, Slug, Topic};
use crate::prose;
use crate::topics::{self, Evidence, Scan, Taxonomy, TopicSource};

use super::entry::{DigestEntry, Entry, TopicScore};
use super::terms::{Terms, Text};
use super::{Library, Related, authors, linking, order, venues};

/// What a library is assembled from.
#[derive(Debug)]
pub struct Request<'a> {
    /// The site, to look up the lines that errors are about.
    pub site: &'a Path,
    /// The settings.
    pub settings: &'a Settings,
    /// The content tree.
    pub content: Content,
    /// Where old addresses lead.
    pub ledger: &'a Ledger,
    /// Whether drafts belong to the site.
    pub drafts: bool,
}

/// Assembles the library.
pub fn assemble(request: Request<'_>) -> (Library, Diagnostics) {
    let Request {
        site,
        settings,
        mut content,
        ledger,
        drafts,
    } = request;
    let mut found = Diagnostics::new();
    content.papers.retain(|page| drafts || !page.paper.draft);
    content.pages.retain(|page| drafts || !page.draft);
    content
        .digests
        .sort_by(|a, b| (b.digest.date, &b.digest.id).cmp(&(a.digest.date, &a.digest.id)));
    let positions = order::positions(&content.digests);
    content
        .papers
        .sort_by(|a, b| order::key(&a.paper, &positions).cmp(&order::key(&b.paper, &positions)));

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
    // A page may still name a topic as it was called before.
    for (n, topic) in topics.iter().enumerate() {
        for alias in &topic.aliases {
            topic_numbers.entry(alias.as_str()).or_insert(n);
        }
    }

    found.append(check_topics(site, &content, &numbers));
    found.append(check_repairs(site, settings));
    let reader = Reader {
        site,
        settings,
        taxonomy: &taxonomy,
        topics: &topic_numbers,
        options: prose::Options {
            repairs_off: settings.repairs_off.iter().cloned().collect(),
        },
    };
    let read: Vec<(Entry, Diagnostics)> = std::mem::take(&mut content.papers)
        .into_par_iter()
        .map_init(|| taxonomy.scan(), |scan, page| reader.read(page, scan))
        .collect();
    let mut papers = Vec::with_capacity(read.len());
    for (number, (entry, faults)) in read.into_iter().enumerate() {
        found.append(faults);
        papers.push(Entry { number, ..entry });
    }
    let digests = link_digests(site, &content, ledger, &numbers, &mut papers, &mut found);
    let metric = linking::metric(&papers);
    let topics = linking::topics(topics.to_vec(), &papers, metric);
    let authors = authors::link(&mut papers, settings.author_min_papers);
    let venues = venues::link(&mut papers);
    let mut pages = content.pages;
    pages.sort_by_key(crate::model::FreePage::path);
    let terms = Terms::of(papers.len(), |n| Text {
        title: &papers[n].title,
        abstract_text: &papers[n].abstract_text,
    });
    let redirects = linking::redirects(ledger, &topics);
    let library = Library {
        terms,
        related: Related::default(),
        papers,
        topics,
        authors,
        venues,
        digests,
        pages,
        metric,
        redirects,
        taxonomy,
    };
    (library, found)
}

/// The topics of the site's files over those of the taxonomy that ships.
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

/// Reads one paper after the other.
struct Reader<'a> {
    site: &'a Path,
    settings: &'a Settings,
    taxonomy: &'a Taxonomy,
    topics: &'a BTreeMap<&'a str, usize>,
    options: prose::Options,
}

impl Reader<'_> {
    fn read(&self, page: PaperPage, scan: &mut Scan) -> (Entry, Diagnostics) {
        let PaperPage { paper, file, .. } = page;
        let mut found = Diagnostics::new();
        let title = prose::read_title(&paper.title, &self.options);
        let reading = prose::read_abstract(&paper.abstract_text, &paper.title, &self.options);
        let (summary, summary_html) = self.summary(&paper, &reading);
        let mut links = paper.links.clone();
        for link in reading.links() {
            links.entry(link.kind).or_insert_with(|| link.url.clone());
        }
        let title_text = title.plain();
        let abstract_text = reading.plain();
        let topics = match &paper.topics {
            Some(chosen) => self.chosen(&paper, chosen, &file, &mut found),
            None => self.scored(&paper, &title_text, &abstract_text, scan),
        };
        let entry = Entry {
            // Known when all are read.
            number: 0,
            title_html: title.inline_html(),
            short: paper
                .short
                .clone()
                .or_else(|| prose::short_name(&title_text)),
            title: title_text,
            abstract_html: reading.html(),
            abstract_text,
            summary,
            summary_html,
            links,
            topics,
            digests: Vec::new(),
            authors: Vec::new(),
            venue: None,
            paper,
            file,
        };
        (entry, found)
    }

    fn summary(&self, paper: &Paper, reading: &prose::Reading) -> (String, String) {
        if let Some(given) = &paper.summary {
            let given = prose::read_title(given, &self.options);
            return (given.plain(), given.inline_html());
        }
        prose::key_sentence(reading, &paper.title)
            .map_or_else(Default::default, |sentence| (sentence.plain, sentence.html))
    }

    fn chosen(
        &self,
        paper: &Paper,
        chosen: &[Slug],
        file: &std::sync::Arc<str>,
        found: &mut Diagnostics,
    ) -> Vec<TopicScore> {
        let mut topics = Vec::new();
        for id in chosen {
            match self.topics.get(id.as_str()) {
                Some(&topic) => topics.push(TopicScore { topic, score: 0.0 }),
                None => found.push(dangling(
                    "topic",
                    id,
                    self.topics.keys().copied(),
                    locate(self.site, file, "topics"),
                    &paper.slug,
                )),
            }
        }
        topics
    }

    fn scored(
        &self,
        paper: &Paper,
        title: &str,
        abstract_text: &str,
        scan: &mut Scan,
    ) -> Vec<TopicScore> {
        let evidence = Evidence {
            paper,
            title,
            abstract_text,
            topics: &[],
        };
        let scored = self
            .taxonomy
            .score(scan, &evidence, self.settings.most_topics);
        let score = |scored: topics::Scored| TopicScore {
            topic: scored.topic,
            score: scored.score,
        };
        scored.into_iter().map(score).collect()
    }
}

/// Repairs that the settings switch off have to exist.
fn check_repairs(site: &Path, settings: &Settings) -> Diagnostics {
    let known = || prose::repairs().iter().map(|rule| rule.name);
    let mut found = Diagnostics::new();
    for name in &settings.repairs_off {
        if known().any(|rule| rule == name) {
            continue;
        }
        let file: std::sync::Arc<str> = crate::config::FILE_NAME.into();
        let place = locate_text(site, &file, &format!("\"{name}\""))
            .unwrap_or_else(|| Place::file(file.clone()));
        let diagnostic = Diagnostic::error(
            "unknown-repair",
            format!("`[import] repairs_off` names a repair `{name}` that does not exist"),
        )
        .at(place);
        found.push(match nearest(name, known()) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic.help("`offprint import --explain` lists the repairs"),
        });
    }
    found
}

/// Papers that a topic's file names have to exist. What else a file can get
/// wrong shows when the taxonomy is compiled.
fn check_topics(site: &Path, content: &Content, papers: &HashMap<Slug, usize>) -> Diagnostics {
    let mut found = Diagnostics::new();
    for page in &content.topics {
        let topic = &page.topic;
        for (field, slugs) in [("pinned", &topic.pinned), ("exclude", &topic.exclude)] {
            for slug in slugs.iter().filter(|slug| !papers.contains_key(*slug)) {
                let known = papers.keys().map(Slug::as_str);
                found.push(dangling(
                    "paper",
                    slug,
                    known,
                    locate(site, &page.file, field),
                    &topic.id,
                ));
            }
        }
    }
    found
}

fn link_digests(
    site: &Path,
    content: &Content,
    ledger: &Ledger,
    numbers: &HashMap<Slug, usize>,
    papers: &mut [Entry],
    found: &mut Diagnostics,
) -> Vec<DigestEntry> {
    let digest_numbers: BTreeMap<&str, usize> = content
        .digests
        .iter()
        .enumerate()
        .map(|(n, page)| (page.digest.id.as_str(), n))
        .collect();
    let mut lists: Vec<Vec<usize>> = Vec::with_capacity(content.digests.len());
    for page in &content.digests {
        let mut list = Vec::new();
        for slug in &page.digest.papers {
            let moved = || {
                let target = ledger.target(&format!("papers/{slug}/"))?;
                let slug = target.strip_prefix("papers/")?.strip_suffix('/')?;
                numbers.get(&Slug::parse(slug).ok()?).copied()
            };
            match numbers.get(slug).copied().or_else(moved) {
                Some(n) => list.push(n),
                None => {
                    let known = numbers.keys().map(Slug::as_str);
                    let place = page
                        .papers_place
                        .clone()
                        .unwrap_or_else(|| Place::file(page.file.clone()));
                    let place = locate_text(site, &page.file, slug.as_str()).unwrap_or(place);
                    found.push(dangling("paper", slug, known, place, &page.digest.id));
                }
            }
        }
        lists.push(list);
    }
    for (digest, list) in lists.iter_mut().enumerate() {
        list.retain(|&n| {
            let first = !papers[n].digests.contains(&digest);
            if first {
                papers[n].digests.push(digest);
            }
            first
        });
    }
    // A paper may name a digest whose list does not have it; it comes last there.
    for (n, entry) in papers.iter_mut().enumerate() {
        for id in &entry.paper.digests {
            match digest_numbers.get(id.as_str()) {
                Some(digest) if entry.digests.contains(digest) => {}
                Some(&digest) => {
                    entry.digests.push(digest);
                    lists[digest].push(n);
                }
                None => {
                    let place = locate(site, &entry.file, "digests");
                    found.push(dangling(
                        "digest",
                        id,
                        digest_numbers.keys().copied(),
                        place,
                        &entry.paper.slug,
                    ));
                }
            }
        }
    }
    for entry in papers.iter_mut() {
        entry.digests.sort_unstable();
    }
    let papers = &*papers;
    let seen = |digest: usize, n: usize| papers[n].digests.iter().any(|other| *other > digest);
    content
        .digests
        .iter()
        .zip(lists)
        .enumerate()
        .map(|(digest, (page, list))| DigestEntry {
            digest: page.digest.clone(),
            papers: list.into_iter().map(|n| (n, seen(digest, n))).collect(),
        })
        .collect()
}

fn dangling<'k>(
    what: &str,
    name: &Slug,
    known: impl IntoIterator<Item = &'k str>,
    place: Place,
    owner: &Slug,
) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        "dangling",
        format!("`{owner}` names a {what} `{name}` that does not exist"),
    )
    .at(place);
    match nearest(name.as_str(), known) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.help("correct the name, or remove it"),
    }
}

/// The line of a page on which a key of its front matter stands.
fn locate(site: &Path, file: &std::sync::Arc<str>, key: &str) -> Place {
    let text = std::fs::read_to_string(site.join(&**file)).unwrap_or_default();
    for (at, line) in text.lines().enumerate() {
        if line
            .trim_start()
            .strip_prefix(key)
            .is_some_and(|rest| rest.trim_start().starts_with(['=', ':']))
        {
            return Place::line(file.clone(), at + 1, line);
        }
    }
    Place::file(file.clone())
}

/// The first line of a page on which a name stands.
fn locate_text(site: &Path, file: &std::sync::Arc<str>, name: &str) -> Option<Place> {
    let text = std::fs::read_to_string(site.join(&**file)).ok()?;
    let at = text.find(name)?;
    Some(Place::span(file.clone(), &text, at..at + name.len()))
}
