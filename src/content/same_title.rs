//! Papers with the same title: decides which are the same paper. The first authors
//! must match, and year, volume, issue and pages must agree where both are known,
//! since a journal has an "Editorial" in every issue.
//!
//! Ten thousand papers can share a title, so this avoids comparing all pairs.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::model::{Facts, PublicationKind};
use crate::text::title_key;

/// What distinguishes papers with the same title and author, as far as known: year,
/// volume, issue, first page.
pub(super) type Locator = [Option<String>; 4];

/// The index of the year in a [`Locator`].
const YEAR: usize = 0;

/// The front-matter fields behind a [`Locator`].
const FIELDS: [&str; 4] = [
    "year",
    "publication.volume",
    "publication.number",
    "publication.pages",
];

/// What a page or a record says about its place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Said {
    place: Locator,
    /// Whether it names a venue, a volume or pages. Otherwise its year may be a
    /// preprint's.
    is_placed: bool,
}

impl Said {
    pub(super) fn of(facts: &Facts) -> Self {
        let publication = &facts.publication;
        let key = |text: &Option<String>| {
            let key = title_key(text.as_deref().unwrap_or_default());
            (!key.is_empty()).then_some(key)
        };
        let is_range = |c: char| matches!(c, '-' | '–' | '—' | ',' | ';' | ' ');
        let pages = publication.pages.as_deref().unwrap_or_default();
        let first = pages.trim().split(is_range).next().unwrap_or_default();
        let year = facts.year.or(facts.published.map(|day| day.year()));
        let volume = key(&publication.volume);
        let place = [
            year.map(|year| year.to_string()),
            volume,
            key(&publication.number),
            key(&Some(first.to_owned())),
        ];
        let is_preprint = publication.kind == Some(PublicationKind::Preprint);
        let is_placed = !is_preprint
            && (facts.venue.is_some() || place[YEAR + 1..].iter().any(Option::is_some));
        Self { place, is_placed }
    }

    /// Drops what is no longer reliable.
    pub(super) fn without(mut self, is_left_out: impl Fn(&str) -> bool) -> Self {
        for (said, name) in self.place.iter_mut().zip(FIELDS) {
            if is_left_out(name) {
                *said = None;
            }
        }
        self
    }
}

/// What is known about a set of pages and records already joined.
#[derive(Debug)]
pub(super) struct Known {
    /// The root of their set.
    pub(super) root: usize,
    pub(super) has_ids: bool,
    /// The keys of their first authors.
    pub(super) authors: BTreeSet<String>,
    /// What they say about their place. Where they differ, it counts as unknown.
    said: Said,
    differs: [bool; 4],
}

impl Known {
    pub(super) fn new(root: usize) -> Self {
        Self {
            root,
            has_ids: false,
            authors: BTreeSet::new(),
            said: Said::default(),
            differs: [false; 4],
        }
    }

    /// Adds what a member says.
    pub(super) fn add(&mut self, said: &Said) {
        self.said.is_placed |= said.is_placed;
        let known = self.said.place.iter_mut().zip(&mut self.differs);
        for ((known, differs), said) in known.zip(&said.place) {
            match (&*known, said) {
                _ if *differs => {}
                (Some(one), Some(other)) if one != other => {
                    *known = None;
                    *differs = true;
                }
                (None, Some(said)) => *known = Some(said.clone()),
                _ => {}
            }
        }
    }
}

/// The pairs of sets that are the same paper, among sets with the same title and
/// first author.
pub(super) fn joins(sets: &[&Known]) -> Vec<(usize, usize)> {
    let groups = Groups::of(sets);
    let mut pairs = Vec::new();
    // Equal places mean the same paper, unless identifiers say otherwise.
    let mut plain: HashMap<&Locator, usize> = HashMap::new();
    let mut identified: Vec<(usize, &Locator)> = Vec::new();
    for (set, place) in sets.iter().zip(&groups.places) {
        if set.has_ids {
            identified.push((set.root, place));
        } else if let Some(first) = plain.get(place) {
            pairs.push((*first, set.root));
        } else {
            plain.insert(place, set.root);
        }
    }
    let with_id = Index::new(&identified);
    let complete: Vec<(usize, &Locator)> = plain
        .iter()
        .filter(|(place, _)| groups.is_complete(place))
        .map(|(place, root)| (*root, *place))
        .collect();
    let complete = Index::new(&complete);
    // Each set, with the sets that would join it.
    let mut wanted: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (place, root) in &plain {
        match with_id.fitting(place) {
            Fitting::One(other) => wanted.entry(other).or_default().push(*root),
            Fitting::None if !groups.is_complete(place) => {
                if let Fitting::One(other) = complete.fitting(place) {
                    pairs.push((other, *root));
                }
            }
            _ => {}
        }
    }
    let places: HashMap<usize, &Locator> = identified.into_iter().collect();
    for (other, roots) in wanted {
        // Sets that contradict each other cannot all be the one with unknown
        // details.
        if roots.len() == 1
            || places
                .get(&other)
                .is_some_and(|place| groups.is_complete(place))
        {
            pairs.extend(roots.into_iter().map(|root| (other, root)));
        }
    }
    pairs
}

/// Whether two sets contradict each other.
pub(super) fn contradict(one: &Known, other: &Known) -> bool {
    Groups::of(&[one, other]).differs.contains(&true)
}

/// The details in which sets of one title and author differ.
struct Groups {
    differs: [bool; 4],
    places: Vec<Locator>,
}

impl Groups {
    fn of(sets: &[&Known]) -> Self {
        let any_placed = sets.iter().any(|set| set.said.is_placed);
        let counts = |set: &Known, at: usize| at != YEAR || set.said.is_placed || !any_placed;
        let mut first: [Option<&String>; 4] = [None; 4];
        let mut differs = [false; 4];
        for set in sets {
            for (at, said) in set.said.place.iter().enumerate() {
                if let Some(said) = said.as_ref().filter(|_| counts(set, at)) {
                    differs[at] |= *first[at].get_or_insert(said) != said;
                }
            }
        }
        let place = |set: &&Known| {
            let mut place = set.said.place.clone();
            for (at, said) in place.iter_mut().enumerate() {
                if !differs[at] || !counts(set, at) {
                    *said = None;
                }
            }
            place
        };
        let places = sets.iter().map(place).collect();
        Self { differs, places }
    }

    /// Whether a place has all the details in which some differ.
    fn is_complete(&self, place: &Locator) -> bool {
        self.differs
            .iter()
            .zip(place)
            .all(|(differs, said)| !differs || said.is_some())
    }
}

/// How many entries of an index fit a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fitting {
    None,
    One(usize),
    Several,
}

/// Places indexed so that fitting ones are found without a scan.
struct Index<'a> {
    /// Keyed by which details they have and which are asked for.
    by_mask: BTreeMap<(u8, u8), HashMap<Vec<&'a str>, Fitting>>,
    masks: BTreeSet<u8>,
}

impl<'a> Index<'a> {
    fn new(places: &[(usize, &'a Locator)]) -> Self {
        let masks = places.iter().map(|(_, place)| mask(place)).collect();
        let mut by_mask: BTreeMap<(u8, u8), HashMap<Vec<&str>, Fitting>> = BTreeMap::new();
        for (root, place) in places {
            let said = mask(place);
            for asked in (0..16).filter(|asked| asked & said == *asked) {
                by_mask
                    .entry((said, asked))
                    .or_default()
                    .entry(seen(place, asked))
                    .and_modify(|fitting| *fitting = Fitting::Several)
                    .or_insert(Fitting::One(*root));
            }
        }
        Self { by_mask, masks }
    }

    fn fitting(&self, place: &'a Locator) -> Fitting {
        let mut found = Fitting::None;
        for said in &self.masks {
            let asked = said & mask(place);
            let fitting = self
                .by_mask
                .get(&(*said, asked))
                .and_then(|index| index.get(&seen(place, asked)));
            found = match (found, fitting) {
                (found, None) => found,
                (Fitting::None, Some(fitting)) => *fitting,
                _ => Fitting::Several,
            };
        }
        found
    }
}

/// Which details of a place are known, as bits.
fn mask(place: &Locator) -> u8 {
    let bits = place.iter().enumerate();
    bits.fold(0, |mask, (at, said)| {
        mask | (u8::from(said.is_some()) << at)
    })
}

/// The details of a place selected by a mask.
fn seen(place: &Locator, asked: u8) -> Vec<&str> {
    let parts = place.iter().enumerate();
    parts
        .filter(|(at, _)| asked & (1 << at) != 0)
        .filter_map(|(_, said)| said.as_deref())
        .collect()
}
