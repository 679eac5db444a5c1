//! The atlas of a library: where each of its papers is, and what its regions are called.

use rayon::prelude::*;

use crate::library::Library;
use crate::meaning::{Vector, landmarks};
use crate::model::Date;

use super::regions::{Region, regions};
use super::{Place, positions};

/// A paper on the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// Where it is.
    pub place: Place,
    /// Its number in the library.
    pub paper: usize,
}

/// The papers of a library on a map.
#[derive(Debug, Default)]
pub struct Atlas {
    /// The papers that have a vector, in order of arrival.
    pub spots: Vec<Spot>,
    /// The named regions of the map, the largest first.
    pub regions: Vec<Region>,
    places: Vec<Option<Place>>,
}

impl Atlas {
    /// Lays out the map of a library. Results cached by an earlier run are reused.
    pub fn of(library: &Library) -> Self {
        let vectors: Vec<Vector> = (0..library.papers.len())
            .into_par_iter()
            .map(|n| library.vector(n))
            .collect();
        let mut papers = by_arrival(library);
        papers.retain(|paper| !vectors[*paper].is_none());
        let titles: Vec<Vector> = papers[..landmarks(papers.len())]
            .par_iter()
            .map(|paper| library.title_vector(*paper).or(vectors[*paper]))
            .collect();
        let vectors: Vec<Vector> = papers.iter().map(|paper| vectors[*paper]).collect();
        let places = positions(&titles, &vectors, &library.blocks);
        let mut atlas = Self {
            spots: Vec::with_capacity(papers.len()),
            regions: Vec::new(),
            places: vec![None; library.papers.len()],
        };
        for (paper, place) in papers.into_iter().zip(places) {
            atlas.places[paper] = Some(place);
            atlas.spots.push(Spot { place, paper });
        }
        atlas.regions = regions(library, &atlas.spots);
        atlas
    }

    /// A paper's position, if it has a vector.
    pub fn place(&self, paper: usize) -> Option<Place> {
        self.places.get(paper).copied().flatten()
    }
}

/// The papers in order of arrival: oldest first, and within a day in the order of the
/// digest that first listed them. New papers come last.
fn by_arrival(library: &Library) -> Vec<usize> {
    let mut at: Vec<Option<usize>> = vec![None; library.papers.len()];
    // Digests are sorted newest first, so the oldest one is written last and wins.
    for entry in &library.digests {
        for (place, (paper, _)) in entry.papers.iter().enumerate() {
            at[*paper] = Some(place);
        }
    }
    let mut papers: Vec<usize> = (0..library.papers.len()).collect();
    papers.sort_by_cached_key(|n| {
        let entry = &library.papers[*n];
        let digest = entry
            .digests
            .last()
            .map(|digest| &library.digests[*digest].digest);
        let day: Option<Date> = entry.paper.date;
        (
            day,
            digest.is_none(),
            digest.map(|digest| (digest.date, digest.id.clone())),
            at[*n],
            entry.paper.slug.clone(),
        )
    });
    papers
}
