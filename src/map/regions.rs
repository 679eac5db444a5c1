//! Regions: parts of the map where papers are close together, at several scales, and
//! their names: the topic that most of their papers have, if it is concentrated there,
//! else a phrase that is used there and not elsewhere.
//!
//! A region is the area around a peak of the density of papers. The larger the regions
//! are to be, the more the density is blurred.

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use rayon::prelude::*;

use crate::library::{Entry, Library};

use super::atlas::Spot;
use super::{Place, SIDE};

/// The width and height of the grid in which peaks are searched, in cells.
const CELLS: usize = 256;

/// The radius of the blur at each scale, in cells, and the fewest papers of a region.
const SCALES: [(usize, usize); 4] = [(14, 24), (6, 12), (3, 7), (1, 5)];

/// How many times it is blurred: three box blurs are nearly round.
const BLURS: usize = 3;

/// A phrase can be a name if at least this many papers use it, and at least one in this
/// many of the region's papers.
const FEWEST: u32 = 3;
const PART: u32 = 25;

/// The longest name, in bytes.
const LONGEST: usize = 40;

/// How much a topic's name is preferred to a phrase that fits equally well.
const TOPIC: f64 = 1.25;

/// A part of the map with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// Its name.
    pub name: String,
    /// The topic whose name it has, by its number in the library.
    pub topic: Option<usize>,
    /// The position of the name.
    pub place: Place,
    /// Its scale: 0 the largest regions, 3 the smallest.
    pub scale: u8,
    /// How many papers it has.
    pub papers: usize,
}

/// A peak of the density of papers, and the papers around it.
type Hill = (Place, Vec<usize>);

/// The possible names of groups of papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Name {
    Topic(usize),
    Phrase(u32),
}

/// The regions of a map, the largest first.
pub(super) fn regions(library: &Library, spots: &[Spot]) -> Vec<Region> {
    if spots.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<Region> = Vec::new();
    let mut taken: HashSet<String> = HashSet::new();
    let scales: Vec<_> = (SCALES.into_par_iter())
        .map(|(blur, fewest)| crowded(library, spots, blur, fewest))
        .collect();
    let common = scales.iter().flat_map(|(_, common)| common);
    let all = counted_among(library, spots, common.flatten());
    for (scale, (hills, common)) in (0_u8..).zip(scales) {
        let named = (hills.iter().zip(common))
            .map(|((_, papers), common)| names(common, papers.len(), &all, spots.len()));
        let named: Vec<Vec<(Name, f64)>> = named.collect();
        for ((place, papers), names) in hills.into_iter().zip(named) {
            let names = names.into_iter();
            let named =
                names.filter_map(|(name, _)| Some((name, written(library, &papers, name)?)));
            let free = named
                .filter(|(_, text)| text.len() <= LONGEST)
                .find(|(_, text)| !taken.contains(&text.to_lowercase()));
            let Some((name, text)) = free else {
                continue;
            };
            taken.insert(text.to_lowercase());
            found.push(Region {
                name: text,
                topic: match name {
                    Name::Topic(topic) => Some(topic),
                    Name::Phrase(_) => None,
                },
                place,
                scale,
                papers: papers.len(),
            });
        }
    }
    found
}

/// The parts of the map with enough papers, the largest first: the peak and the papers of
/// each. And for each the names that a good part of them have.
fn crowded(
    library: &Library,
    spots: &[Spot],
    blur: usize,
    fewest: usize,
) -> (Vec<Hill>, Vec<Vec<(Name, u32)>>) {
    let fewest = fewest.min(spots.len() / 16).max(FEWEST as usize);
    let mut hills = hills(spots, blur);
    hills.retain(|(_, papers)| papers.len() >= fewest);
    hills.sort_by_key(|(place, papers)| (std::cmp::Reverse(papers.len()), *place));
    let common = hills.par_iter().map(|(_, papers)| common(library, papers));
    let common = common.collect();
    (hills, common)
}

/// The names of a paper.
fn names_of(entry: &Entry) -> impl Iterator<Item = Name> {
    let topics = entry.topics.iter().map(|score| Name::Topic(score.topic));
    topics.chain(entry.phrases.iter().map(|phrase| Name::Phrase(phrase.key)))
}

/// The names that a good part of some papers have, each with how many have it.
fn common(library: &Library, papers: &[usize]) -> Vec<(Name, u32)> {
    let mut counts: HashMap<Name, u32> = HashMap::new();
    for paper in papers {
        for name in names_of(&library.papers[*paper]) {
            *counts.entry(name).or_insert(0) += 1;
        }
    }
    let is_common = |n: u32| n >= FEWEST && n as usize * PART as usize >= papers.len();
    counts.into_iter().filter(|(_, n)| is_common(*n)).collect()
}

/// How many papers have each of some names. There are few of these, while all papers have
/// millions.
fn counted_among<'a>(
    library: &Library,
    spots: &[Spot],
    names: impl Iterator<Item = &'a (Name, u32)>,
) -> HashMap<Name, u32> {
    let mut counts: HashMap<Name, u32> = names.map(|(name, _)| (*name, 0)).collect();
    for spot in spots {
        for name in names_of(&library.papers[spot.paper]) {
            if let Some(count) = counts.get_mut(&name) {
                *count += 1;
            }
        }
    }
    counts
}

/// Possible names of papers out of those that are common among them, the best first:
/// topics and phrases that few other papers have. `all` has how many papers have each
/// name, out of `count`.
fn names(
    common: Vec<(Name, u32)>,
    papers: usize,
    all: &HashMap<Name, u32>,
    count: usize,
) -> Vec<(Name, f64)> {
    let size = papers as f64;
    let mut names: Vec<(Name, f64)> = common
        .into_iter()
        .filter_map(|(name, n)| {
            let everywhere = f64::from(*all.get(&name)?);
            let here = f64::from(n);
            // No more common here than elsewhere.
            if here * count as f64 <= 1.5 * everywhere * size {
                return None;
            }
            let fit = here / (size * everywhere).sqrt();
            let worth = if matches!(name, Name::Topic(_)) {
                TOPIC
            } else {
                1.0
            };
            Some((name, fit * worth))
        })
        .collect();
    names.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    names.truncate(12);
    names
}

/// A name as it is written on the map; a phrase as the first paper spells it.
fn written(library: &Library, papers: &[usize], name: Name) -> Option<String> {
    match name {
        Name::Topic(topic) => Some(library.topics.get(topic)?.topic.name.clone()),
        Name::Phrase(key) => papers.iter().find_map(|paper| {
            let entry = &library.papers[*paper];
            let phrase = entry.phrases.iter().find(|phrase| phrase.key == key)?;
            let text = phrase.span.of(&entry.title, &entry.abstract_text);
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            tells(&text).then_some(text)
        }),
    }
}

/// Whether a phrase is meaningful on its own: several words, or one without punctuation.
/// "Real-world" and "top-1" are not.
fn tells(phrase: &str) -> bool {
    let is_word = phrase.len() > 4 && phrase.chars().all(char::is_alphabetic);
    !phrase.contains(['\'', '’', '%']) && (is_word || phrase.contains(' '))
}

/// Peaks of density, each with its top and its papers.
fn hills(spots: &[Spot], blur: usize) -> Vec<(Place, Vec<usize>)> {
    let width = SIDE as usize / CELLS;
    let cell = |place: Place| usize::from(place.y) / width * CELLS + usize::from(place.x) / width;
    let mut heights = vec![0_u64; CELLS * CELLS];
    for spot in spots {
        heights[cell(spot.place)] += 1;
    }
    for _ in 0..BLURS {
        heights = blurred(&heights, blur);
        heights = blurred(&transposed(&heights), blur);
        heights = transposed(&heights);
    }
    let mut tops: Vec<Option<usize>> = vec![None; heights.len()];
    let mut papers: HashMap<usize, Vec<usize>> = HashMap::new();
    for spot in spots {
        let top = climb(&heights, &mut tops, cell(spot.place));
        papers.entry(top).or_default().push(spot.paper);
    }
    let middle = |at: usize| u16::try_from(at * width + width / 2).unwrap_or(u16::MAX);
    let mut hills: Vec<(Place, Vec<usize>)> = papers
        .into_iter()
        .map(|(top, papers)| {
            let place = Place {
                x: middle(top % CELLS),
                y: middle(top / CELLS),
            };
            (place, papers)
        })
        .collect();
    hills.sort_by_key(|(place, _)| *place);
    hills
}

/// The peak that is reached from a cell by always going up.
fn climb(heights: &[u64], tops: &mut [Option<usize>], from: usize) -> usize {
    let mut way = Vec::new();
    let mut at = from;
    let top = loop {
        if let Some(top) = tops[at] {
            break top;
        }
        way.push(at);
        let (x, y) = (at % CELLS, at / CELLS);
        let mut best = at;
        for y in y.saturating_sub(1)..=(y + 1).min(CELLS - 1) {
            for x in x.saturating_sub(1)..=(x + 1).min(CELLS - 1) {
                let other = y * CELLS + x;
                if (heights[other], std::cmp::Reverse(other))
                    > (heights[best], std::cmp::Reverse(best))
                {
                    best = other;
                }
            }
        }
        if best == at {
            break at;
        }
        at = best;
    };
    for cell in way {
        tops[cell] = Some(top);
    }
    top
}

/// Each row of cells with its neighbours added.
fn blurred(heights: &[u64], blur: usize) -> Vec<u64> {
    let mut all = Vec::with_capacity(heights.len());
    for row in heights.chunks_exact(CELLS) {
        let mut sum: u64 = row[..=blur.min(CELLS - 1)].iter().sum();
        for at in 0..CELLS {
            all.push(sum);
            sum += row.get(at + blur + 1).copied().unwrap_or(0);
            sum -= at.checked_sub(blur).map_or(0, |behind| row[behind]);
        }
    }
    all
}

fn transposed(heights: &[u64]) -> Vec<u64> {
    let cells = 0..CELLS * CELLS;
    cells
        .map(|at| heights[at % CELLS * CELLS + at / CELLS])
        .collect()
}
