//! Prints of papers: all that pages can show of a paper, in sixteen bytes. A page
//! that lists papers is made of their prints, so whether it has changed is known
//! before its citations are written and its cards are rendered.

use std::collections::HashMap;

use rayon::prelude::*;
use serde::Serialize;

use crate::config::Settings;
use crate::library::{Entry, Library};
use crate::render::{Print, Theme, list_views, views};

use super::kit::Kit;

/// The prints of the papers of a site, by their numbers.
#[derive(Debug)]
pub(in crate::site) struct PaperPrints {
    /// What the settings, and what follows from them for every page, come to.
    pub(super) site: Print,
    own: Vec<Print>,
    listed: Vec<Print>,
}

impl PaperPrints {
    /// Takes the prints of all papers.
    pub(in crate::site) fn of(
        (settings, library, theme): (&Settings, &Library, &Theme),
        kit: &Kit,
    ) -> Self {
        // What `Debug` writes has every setting, also those that are yet to come.
        let site = Print::of(&(
            format!("{settings:?}"),
            format!("{:?} {:?}", kit.layout, kit.styles),
            &theme.words,
            // A page names its picture where the theme can draw one.
            theme
                .templates
                .keys()
                .filter(|name| name.contains("cards/"))
                .collect::<Vec<_>>(),
            library.metric,
        ));
        let mut firsts: HashMap<&str, &str> = HashMap::new();
        for redirect in &library.redirects {
            firsts.entry(&redirect.to).or_insert(&redirect.from);
        }
        let own: Vec<Print> = (0..library.papers.len())
            .map(|n| kit.key(library, n))
            .collect::<Vec<_>>()
            .into_par_iter()
            .zip(&library.papers)
            .map(|(key, entry)| own(key, entry))
            .collect();
        let listed = own
            .par_iter()
            .zip(&library.papers)
            .map(|(own, entry)| listed(*own, library, entry, &firsts))
            .collect();
        Self { site, own, listed }
    }

    /// The print of what follows from a paper's own page, and of its citation key.
    pub(super) fn own(&self, n: usize) -> Print {
        self.own[n]
    }

    /// The print of a paper with what it is listed under.
    pub(super) fn listed(&self, n: usize) -> Print {
        self.listed[n]
    }
}

fn own(key: &str, entry: &Entry) -> Print {
    // All that an entry has of its own follows from its file and the settings.
    if let Some(source) = &entry.source {
        return Print::of(&(key, &*entry.file, source));
    }
    let whole = (key, &entry.paper, &*entry.derived);
    match postcard::to_allocvec(&whole) {
        Ok(bytes) => Print::of_bytes(&bytes),
        Err(_) => Print::of(&whole),
    }
}

/// What a paper is listed under.
#[derive(Serialize)]
struct Listed<'a> {
    own: Print,
    topics: Vec<[&'a str; 3]>,
    digests: Vec<crate::render::DigestBrief>,
    authors: Vec<Option<String>>,
    venue: Option<(String, &'a str)>,
    /// The first address it had.
    first: Option<&'a str>,
}

fn listed(own: Print, library: &Library, entry: &Entry, firsts: &HashMap<&str, &str>) -> Print {
    let topics = entry.topics.iter().map(|score| {
        let topic = &library.topics[score.topic].topic;
        [topic.id.as_str(), &topic.name, &topic.scope]
    });
    let digests = entry.digests.iter();
    let authors = entry.authors.iter();
    Print::of(&Listed {
        own,
        topics: topics.collect(),
        digests: digests
            .map(|n| views::digest_brief(&library.digests[*n]))
            .collect(),
        authors: authors
            .map(|author| author.map(|n| library.authors[n].path()))
            .collect(),
        venue: list_views::appearance_path(library, entry).zip(
            entry
                .venue
                .map(|appearance| library.venues[appearance.venue].name.as_str()),
        ),
        first: firsts.get(&*entry.paper.path()).copied(),
    })
}
