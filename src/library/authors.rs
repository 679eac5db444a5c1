//! Authors: who wrote the papers. People with an ORCID iD are distinguished by it; all
//! others only by name, so that two people with the same name share a page, and the
//! page says so.

use std::collections::BTreeMap;
use std::hash::BuildHasher;

use foldhash::HashMap;
use rayon::prelude::*;

use super::naming::{Names, commonest};
use super::{Entry, order};
use crate::model::{Author, Name, Slug};
use crate::text::{fold, title_key};

/// An author who has a page, and their papers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthorEntry {
    /// The name, as most of the papers spell it.
    pub name: String,
    /// The ORCID iD; without one, papers are matched by name.
    pub orcid: Option<String>,
    /// The name of the page.
    pub slug: Slug,
    /// The papers, newest first.
    pub papers: Vec<usize>,
    /// Other authors of this name with a page.
    pub namesakes: Vec<usize>,
}

impl AuthorEntry {
    /// The path of the page within the site, such as `authors/ada-apple/`.
    pub fn path(&self) -> String {
        format!("authors/{}/", self.slug)
    }
}

/// For each paper, the numbers of its authors who have a page.
pub(super) type Links = Vec<Vec<Option<usize>>>;

/// What distinguishes one author from another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Key {
    Orcid(String),
    Name(String),
}

/// A name for comparison: "Goulet, Nicolas" equals "Nicolas Goulet".
fn name_key(name: &str) -> String {
    title_key(&fold(name))
}

impl Key {
    /// `None` for names that do not identify a person.
    fn of(author: &Author) -> Option<Self> {
        if let Some(orcid) = &author.orcid {
            return Some(Self::Orcid(orcid.clone()));
        }
        let key = name_key(author.name.as_str());
        let nobody = matches!(
            key.as_str(),
            "" | "anonymous" | "anonymousauthors" | "etal" | "others" | "unknown"
        );
        (!nobody).then_some(Self::Name(key))
    }

    fn identity(&self) -> &str {
        match self {
            Self::Orcid(text) | Self::Name(text) => text,
        }
    }
}

/// How many papers an author needs for a page in a library of this size, if the
/// settings do not say. Of 83,000 papers, 28,000 people wrote three or more, and 5,300
/// wrote ten or more.
pub fn least_papers(papers: usize) -> usize {
    match papers {
        0..=20_000 => 3,
        20_001..=50_000 => 5,
        _ => 10,
    }
}

/// Those who wrote at least `min_papers` papers, by family name; if that is `None`, see
/// [`least_papers`]. Besides, for each paper its authors' numbers among them.
pub(super) fn find(papers: &[Entry], min_papers: Option<usize>) -> (Vec<AuthorEntry>, Links) {
    let keys: Vec<Vec<Option<Key>>> = papers
        .par_iter()
        .map(|entry| entry.paper.authors.iter().map(Key::of).collect())
        .collect();
    let least = min_papers
        .unwrap_or_else(|| least_papers(papers.len()))
        .max(1);
    let spelled = |key: &Key, n: usize| -> &str {
        let at = keys[n].iter().position(|other| other.as_ref() == Some(key));
        at.map_or("", |at| papers[n].paper.authors[at].name.as_str())
    };
    let mut live = groups(&keys, least);
    // The first person gets the plain slug: the oldest paper is last.
    live.sort_by(|(a, one), (b, two)| two.last().cmp(&one.last()).then_with(|| a.cmp(b)));
    let mut names = Names::default();
    let mut entries: Vec<(&Key, AuthorEntry)> = live
        .into_iter()
        .map(|(key, mut list)| {
            let oldest = list.last().map_or("", |n| spelled(key, *n));
            let (wanted, orcid) = match key {
                // A second person of that name must not change the first one's address.
                Key::Orcid(orcid) => {
                    let digits: String =
                        orcid.chars().filter(char::is_ascii_alphanumeric).collect();
                    let tail = digits
                        .get(digits.len().saturating_sub(4)..)
                        .unwrap_or_default();
                    (format!("{oldest} {tail}"), Some(orcid.clone()))
                }
                Key::Name(_) => (oldest.to_owned(), None),
            };
            order::by_appearance(&mut list, papers);
            let entry = AuthorEntry {
                name: commonest(list.iter().map(|n| spelled(key, *n))),
                orcid,
                slug: names.give(&wanted, "author", key.identity()),
                papers: list,
                namesakes: Vec::new(),
            };
            (key, entry)
        })
        .collect();
    entries.sort_by_cached_key(|(_, entry)| {
        let name = Name::parse(&entry.name);
        let sorted = |text: &str| fold(text).into_owned();
        (
            sorted(name.surname()),
            sorted(name.given()),
            entry.slug.clone(),
        )
    });
    let places: HashMap<&Key, usize> = entries
        .iter()
        .enumerate()
        .map(|(n, (key, _))| (*key, n))
        .collect();
    let links = keys
        .par_iter()
        .map(|keys| {
            let place = |key: &Option<Key>| places.get(key.as_ref()?).copied();
            keys.iter().map(place).collect()
        })
        .collect();
    let mut authors: Vec<AuthorEntry> = entries.into_iter().map(|(_, entry)| entry).collect();
    link_namesakes(&mut authors);
    (authors, links)
}

/// The authors of at least so many papers, each with these in order. A name that stands
/// twice on a paper counts once.
fn groups(keys: &[Vec<Option<Key>>], least: usize) -> Vec<(&Key, Vec<usize>)> {
    let hasher = &foldhash::fast::FixedState::default();
    let mut named: Vec<(u64, &Key, usize)> = (keys.par_iter().enumerate())
        .flat_map_iter(|(n, keys)| {
            let keys = keys.iter().flatten();
            keys.map(move |key| (hasher.hash_one(key), key, n))
        })
        .collect();
    // A large library has half a million names, and hashes are compared faster.
    named.par_sort_unstable();
    let same = |a: &(u64, &Key, usize), b: &(u64, &Key, usize)| a.0 == b.0 && a.1 == b.1;
    let groups = named.chunk_by(same).map(|group| {
        let mut papers: Vec<usize> = group.iter().map(|(_, _, n)| *n).collect();
        papers.dedup();
        (group[0].1, papers)
    });
    groups.filter(|(_, papers)| papers.len() >= least).collect()
}

impl super::Library {
    /// Removes the pages of authors who have fewer papers.
    pub fn keep_authors(&mut self, least: usize) {
        let mut places = vec![None; self.authors.len()];
        let mut kept = Vec::new();
        for (n, author) in std::mem::take(&mut self.authors).into_iter().enumerate() {
            if author.papers.len() >= least {
                places[n] = Some(kept.len());
                kept.push(author);
            }
        }
        for author in &mut kept {
            let namesakes = author.namesakes.iter();
            author.namesakes = namesakes.filter_map(|n| places[*n]).collect();
        }
        self.authors = kept;
        for entry in &mut self.papers {
            for author in &mut entry.authors {
                *author = author.and_then(|n| places[n]);
            }
        }
    }
}

fn link_namesakes(authors: &mut [AuthorEntry]) {
    let mut of_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (n, entry) in authors.iter().enumerate() {
        let key = name_key(&entry.name);
        of_name.entry(key).or_default().push(n);
    }
    for group in of_name.into_values().filter(|group| group.len() > 1) {
        for n in &group {
            authors[*n].namesakes = group.iter().copied().filter(|other| other != n).collect();
        }
    }
}
