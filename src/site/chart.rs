//! The chart: the map of a site's papers as it is published, with the files from which
//! a browser draws it.

use serde::Serialize;

use crate::config::{Engine, Settings, VectorSource};
use crate::library::Library;
use crate::map::{Atlas, Marks, Near, SIDE, tiles};
use crate::render::Theme;

use super::pages::map::MAP;

/// Fewer papers than this are found without a map.
const LEAST: usize = 50;

/// The folder of the page and its files.
pub(super) const FOLDER: &str = "map/";

/// The version of the files' format.
const FORMAT: u32 = 1;

/// The most topics and years that have colours of their own, and steps of a count.
const MOST_TOPICS: usize = 255;
const MOST_YEARS: usize = 127;
const STEPS: u32 = 15;

/// The map of a site.
#[derive(Debug, Default)]
pub(super) struct Chart {
    /// Where papers are.
    pub(super) atlas: Atlas,
    /// The same, to find those around a place.
    pub(super) near: Near,
    /// The topics of its papers by number, those with the most papers first.
    pub(super) topics: Vec<(usize, usize)>,
    /// The years in which its papers appeared.
    pub(super) years: Vec<i32>,
    /// The name of the file with which it begins.
    pub(super) root: String,
    /// Its files, by their names in the folder.
    pub(super) files: Vec<(String, Vec<u8>)>,
}

/// The number of a paper on the map, which is that in the search index: papers count from
/// the oldest, so that those that are added leave the others as they are.
pub(super) fn number(library: &Library, paper: usize) -> u32 {
    u32::try_from(library.papers.len() - 1 - paper).unwrap_or(u32::MAX)
}

/// Whether a site has a map. The names of papers and what a query finds come from the
/// search index, so a site without one has no map.
pub(super) fn is_wanted(settings: &Settings, library: &Library, theme: &Theme) -> bool {
    settings.map
        && settings.engine != Engine::None
        && library.papers.len() >= LEAST
        && settings.vectors != VectorSource::None
        && theme.has_template(MAP.name)
}

/// What the file says with which the map begins.
#[derive(Serialize)]
struct Root<'a> {
    format: u32,
    side: u32,
    papers: usize,
    /// How many bits a paper's topic, year and step have.
    bits: [u32; 3],
    topics: Vec<(&'a str, String)>,
    years: &'a [i32],
    metric: Option<&'static str>,
    /// For each tile how often the map was divided, which it is from the left and from
    /// above, how many papers it has, and its file.
    tiles: Vec<(u32, u32, u32, usize, &'a str)>,
    /// For each name where it stands, its scale, how many papers it is of, and which
    /// topic it is, from 1; else 0.
    regions: Vec<(&'a str, u16, u16, u8, usize, usize)>,
}

impl Chart {
    /// Draws the map of a site.
    pub(super) fn of(library: &Library) -> Self {
        let atlas = Atlas::of(library);
        let topics = topics(library, &atlas);
        let mut shade = vec![0_u32; library.topics.len()];
        for ((topic, _), number) in topics.iter().zip(1_u32..) {
            shade[*topic] = number;
        }
        let mut years: Vec<i32> = (atlas.spots.iter())
            .filter_map(|spot| year(library, spot.paper))
            .collect();
        years.sort_unstable();
        years.dedup();
        // Of more years than that the oldest are one.
        years.drain(..years.len().saturating_sub(MOST_YEARS));
        let count = |paper: usize| {
            let metrics = &library.papers[paper].paper.metrics;
            library.metric.and_then(|name| metrics.get(name)).copied()
        };
        let bits_for = |most: usize| usize::BITS - most.leading_zeros();
        let bits = [
            bits_for(topics.len()),
            bits_for(years.len()),
            if library.metric.is_some() { 4 } else { 0 },
        ];
        let marks = |paper: usize| {
            let entry = &library.papers[paper];
            let topic = entry.topics.first().map_or(0, |score| shade[score.topic]);
            let year = year(library, paper).map_or(0, |year| {
                let at = years.partition_point(|other| *other < year);
                u32::try_from(at + 1).unwrap_or(0)
            });
            let step = count(paper).map_or(0, |count| (count + 1).ilog2().min(STEPS - 1) + 1);
            let hash = blake3::hash(entry.paper.slug.as_str().as_bytes());
            let [a, b, c, d, e, f, g, h, ..] = *hash.as_bytes();
            Marks {
                number: number(library, paper),
                shades: [topic, year, step],
                rank: u64::from_be_bytes([a, b, c, d, e, f, g, h]),
            }
        };
        let tiles = tiles(&atlas.spots, bits, marks);
        let mut files: Vec<(String, Vec<u8>)> = Vec::with_capacity(tiles.len() + 1);
        let mut listed = Vec::with_capacity(tiles.len());
        for tile in tiles {
            let name = format!("{}.bin", hash(&tile.bytes));
            listed.push((tile.depth, tile.x, tile.y, tile.papers, name.clone()));
            // Tiles of the same papers at one place are the same.
            if !files.iter().any(|(other, _)| *other == name) {
                files.push((name, tile.bytes));
            }
        }
        let shade_of = |topic: usize| shade.get(topic).map_or(0, |number| *number as usize);
        let root = Root {
            format: FORMAT,
            side: SIDE,
            papers: atlas.spots.len(),
            bits,
            topics: (topics.iter())
                .map(|(topic, _)| {
                    let topic = &library.topics[*topic].topic;
                    (topic.name.as_str(), topic.path())
                })
                .collect(),
            years: &years,
            metric: library.metric,
            tiles: (listed.iter())
                .map(|(depth, x, y, papers, name)| (*depth, *x, *y, *papers, name.as_str()))
                .collect(),
            regions: (atlas.regions.iter())
                .map(|region| {
                    (
                        region.name.as_str(),
                        region.place.x,
                        region.place.y,
                        region.scale,
                        region.papers,
                        region.topic.map_or(0, shade_of),
                    )
                })
                .collect(),
        };
        let bytes = serde_json::to_vec(&root).expect("strings and numbers are JSON");
        let name = format!("root.{}.json", hash(&bytes));
        files.push((name.clone(), bytes));
        files.sort();
        Self {
            near: Near::of(&atlas),
            atlas,
            topics,
            years,
            root: name,
            files,
        }
    }

    /// A file by its name.
    pub(super) fn file(&self, name: &str) -> Option<&[u8]> {
        let at = self
            .files
            .binary_search_by(|(file, _)| file.as_str().cmp(name));
        at.ok().map(|at| self.files[at].1.as_slice())
    }
}

/// The first topics of papers, each with how many papers of the map it is of.
fn topics(library: &Library, atlas: &Atlas) -> Vec<(usize, usize)> {
    let mut counts = vec![0_usize; library.topics.len()];
    for spot in &atlas.spots {
        if let Some(score) = library.papers[spot.paper].topics.first() {
            counts[score.topic] += 1;
        }
    }
    let mut topics: Vec<(usize, usize)> = (counts.into_iter().enumerate())
        .filter(|(_, count)| *count > 0)
        .collect();
    topics.sort_by_key(|(topic, count)| (std::cmp::Reverse(*count), *topic));
    topics.truncate(MOST_TOPICS);
    topics
}

/// The year in which a paper appeared, or was listed.
fn year(library: &Library, paper: usize) -> Option<i32> {
    let paper = &library.papers[paper].paper;
    let listed = paper.date.map(|date| date.year());
    paper.publication_year().or(listed).map(i32::from)
}

fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..10].to_owned()
}
