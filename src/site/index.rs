//! The search index of a site: what search gets of each paper, and the files
//! that come of it.

use std::borrow::Cow;

use crate::config::Settings;
use crate::diagnostics::Diagnostic;
use crate::library::{Entry, Library};
use crate::meaning::Vector;
use crate::model::{LinkKind, Paper};
use crate::render::views;
use crate::search::{self, Built, Document, Papers, Person};
use crate::topics::{self, Has, Metric};

/// Builds the index.
pub(super) fn build(settings: &Settings, library: &Library) -> Result<Built, Box<Diagnostic>> {
    let people: Vec<Person<'_>> = library
        .authors
        .iter()
        .map(|author| Person {
            name: author.name.as_str().into(),
            url: author.path().into(),
            papers: author.papers.len(),
        })
        .collect();
    search::build(
        &Indexed(library),
        &people,
        settings.engine,
        library.table(),
        &library.blocks,
    )
    .map_err(Box::new)
}

/// The papers of a library, as the index gets them.
struct Indexed<'a>(&'a Library);

impl Papers for Indexed<'_> {
    fn count(&self) -> usize {
        self.0.papers.len()
    }

    fn slug(&self, n: usize) -> &str {
        self.0.papers[n].paper.slug.as_str()
    }

    fn document(&self, n: usize) -> Document<'_> {
        document(self.0, &self.0.papers[n])
    }

    fn lists(&self, n: usize) -> Vec<String> {
        lists(self.0, &self.0.papers[n])
    }

    fn vector(&self, n: usize) -> Vector {
        self.0.vector(n)
    }

    fn title_vector(&self, n: usize) -> Vector {
        self.0.title_vector(n)
    }
}

fn document<'a>(library: &'a Library, entry: &'a Entry) -> Document<'a> {
    let paper = &entry.paper;
    Document {
        slug: paper.slug.as_str().into(),
        url: paper.path().into(),
        title: entry.title.as_str().into(),
        short: entry.short.as_deref().map(Into::into),
        authors: paper
            .authors
            .iter()
            .map(|author| author.name.as_str().into())
            .collect(),
        topics: entry
            .topics
            .iter()
            .map(|score| {
                let topic = &library.topics[score.topic].topic;
                (topic.id.as_str().into(), topic.name.as_str().into())
            })
            .collect(),
        abstract_text: entry.abstract_text.as_str().into(),
        key_sentence: entry.summary.as_str().into(),
        date: paper.date,
        year: paper.publication_year(),
        venue: entry.venue.map_or_else(
            || paper.venue.as_deref().map(Into::into),
            |appearance| Some(library.venues[appearance.venue].name.as_str().into()),
        ),
        keywords: borrowed(&paper.keywords),
        texts: texts(paper),
        ids: paper.ids.iter().map(|id| id.as_str().into()).collect(),
        counts: Metric::all()
            .filter_map(|metric| Some((metric.name(), *paper.metrics.get(metric.name())?)))
            .collect(),
        parts: parts(entry),
        has: entry.links().keys().map(|kind| kind.key()).collect(),
        award: paper.award.as_deref().map(Into::into),
        withdrawn: paper.withdrawn,
        noted: library
            .metric
            .and_then(|metric| paper.metrics.get(metric).copied()),
        pdf: views::pdf(entry),
        code: link(entry, LinkKind::Code),
        words: entry.words.as_ref(),
        print: Some(entry.print),
    }
}

fn link(entry: &Entry, kind: LinkKind) -> Option<Cow<'_, str>> {
    entry.links().get(&kind).map(|url| url.as_str().into())
}

fn borrowed(texts: &[String]) -> Vec<Cow<'_, str>> {
    texts.iter().map(|text| text.as_str().into()).collect()
}

/// The texts of the fields that are searched by name alone.
fn texts(paper: &Paper) -> Vec<(&'static str, Vec<Cow<'_, str>>)> {
    let texts = topics::Field::in_columns().map(|field| {
        let mut texts = Vec::new();
        let slot = field.row().slot;
        slot.each_text(&paper.facts, &mut |text| texts.push(text.into()));
        (field.name(), texts)
    });
    texts.filter(|(_, texts)| !texts.is_empty()).collect()
}

/// What a paper has that is no link.
fn parts(entry: &Entry) -> Vec<&'static str> {
    let has_abstract = !entry.abstract_text.is_empty();
    let parts = [
        (Has::Abstract, has_abstract),
        (Has::Award, entry.paper.award.is_some()),
    ];
    let had = parts.into_iter().filter(|(_, is)| *is);
    had.map(|(part, _)| part.name()).collect()
}

/// The pages that list a paper besides those of its topics.
fn lists(library: &Library, entry: &Entry) -> Vec<String> {
    let digests = entry
        .digests
        .iter()
        .map(|n| library.digests[*n].digest.path());
    let venues = entry.venue.into_iter().flat_map(|appearance| {
        let venue = &library.venues[appearance.venue];
        let year = appearance.year.map(|year| venue.year_path(year));
        std::iter::once(venue.path()).chain(year)
    });
    let authors = entry
        .authors
        .iter()
        .flatten()
        .map(|n| library.authors[*n].path());
    let mut lists: Vec<String> = digests.chain(venues).chain(authors).collect();
    lists.sort();
    lists.dedup();
    lists
}
