//! Scopes: what can be subscribed to and taken along, and in which forms.

use std::ops::Range;

use crate::config::Settings;
use crate::library::Library;
use crate::syndicate::archive_parts;

use super::layout::Layout;

/// What a feed or a bibliography is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    Site,
    Topic(usize),
    Digest(usize),
    Author(usize),
}

impl Scope {
    /// Whether it can be subscribed to, on a site that knows its address.
    pub(super) fn has_feeds(self, settings: &Settings) -> bool {
        !settings.base_url.is_empty()
            && match self {
                Self::Site | Self::Topic(_) => true,
                Self::Author(_) => settings.author_feeds,
                Self::Digest(_) => false,
            }
    }

    /// Its papers by number, newest first; a digest's in its own order.
    pub(super) fn papers(self, library: &Library) -> Vec<usize> {
        match self {
            Self::Site => (0..library.papers.len()).collect(),
            Self::Topic(n) => library.topics[n].papers.clone(),
            Self::Author(n) => library.authors[n].papers.clone(),
            Self::Digest(n) => {
                let papers = &library.digests[n].papers;
                papers.iter().map(|(n, _)| *n).collect()
            }
        }
    }

    /// The address of its page.
    pub(super) fn path(self, library: &Library) -> String {
        match self {
            Self::Site => String::new(),
            Self::Topic(n) => library.topics[n].topic.path(),
            Self::Digest(n) => library.digests[n].digest.path(),
            Self::Author(n) => library.authors[n].path(),
        }
    }

    /// How many papers it has.
    pub(super) fn count(self, library: &Library) -> usize {
        match self {
            Self::Site => library.papers.len(),
            Self::Topic(n) => library.topics[n].papers.len(),
            Self::Author(n) => library.authors[n].papers.len(),
            Self::Digest(n) => library.digests[n].papers.len(),
        }
    }

    /// The parts of its feed's archive, the oldest first, as ranges of its
    /// papers counted from the oldest.
    pub(super) fn feed_parts(
        self,
        (settings, library, layout): (&Settings, &Library, Layout),
    ) -> Vec<Range<usize>> {
        let total = self.count(library);
        if matches!(self, Self::Digest(_)) || !layout.has_archive(total) {
            return Vec::new();
        }
        archive_parts(total, settings.feed_limit)
    }
}

/// The forms of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FeedForm {
    Atom,
    Json,
}

impl FeedForm {
    pub(super) const ALL: [Self; 2] = [Self::Atom, Self::Json];

    pub(super) fn file(self) -> &'static str {
        match self {
            Self::Atom => "feed.xml",
            Self::Json => "feed.json",
        }
    }

    /// The file of a part of the archive, from 1, the oldest.
    pub(super) fn part_file(part: usize) -> String {
        format!("feed/{part}.xml")
    }
}

/// The forms of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LetterForm {
    Html,
    Text,
}

impl LetterForm {
    pub(super) const ALL: [Self; 2] = [Self::Html, Self::Text];

    pub(super) fn file(self) -> &'static str {
        match self {
            Self::Html => "email.html",
            Self::Text => "email.txt",
        }
    }
}

/// What has feeds or bibliographies, with the address of its page.
pub(super) fn scopes(settings: &Settings, library: &Library) -> Vec<(Scope, String)> {
    let mut scopes = vec![(Scope::Site, String::new())];
    for (n, entry) in library
        .topics
        .iter()
        .enumerate()
        .filter(|(_, entry)| !entry.papers.is_empty())
    {
        scopes.push((Scope::Topic(n), entry.topic.path()));
    }
    for (n, entry) in library.digests.iter().enumerate() {
        scopes.push((Scope::Digest(n), entry.digest.path()));
    }
    if settings.author_feeds {
        for (n, entry) in library.authors.iter().enumerate() {
            scopes.push((Scope::Author(n), entry.path()));
        }
    }
    scopes
}
