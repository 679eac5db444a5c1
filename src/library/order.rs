//! The order of papers: newest first, and of one day as the digest has them.

use foldhash::{HashMap, HashMapExt};

use rayon::prelude::*;

use crate::content::{DigestPage, PaperPage};
use crate::model::{Paper, Slug};

use super::Entry;

/// The position of each paper in the digests: the newest digest that lists it
/// counts, digests being numbered from the newest.
fn positions(digests: &[DigestPage]) -> HashMap<&Slug, (usize, usize)> {
    let mut positions = HashMap::new();
    for (n, page) in digests.iter().enumerate() {
        for (at, slug) in page.digest.papers.iter().enumerate() {
            positions.entry(slug).or_insert((n, at));
        }
    }
    positions
}

/// Puts the papers of one author or venue in order: by the year in which they
/// appeared, the newest first, since all may have been listed on one day; of one
/// year as the library has them.
pub(super) fn by_appearance(listed: &mut [usize], papers: &[Entry]) {
    listed.sort_by_key(|n| {
        let paper = &papers[*n].paper;
        let listed = paper.date.map(|date| date.year());
        (std::cmp::Reverse(paper.publication_year().or(listed)), *n)
    });
}

/// Sorts the papers of a library. `digests` are the newest first.
pub(super) fn sort(papers: &mut Vec<PaperPage>, digests: &[DigestPage]) {
    let positions = positions(digests);
    let mut keyed: Vec<_> = std::mem::take(papers)
        .into_iter()
        .map(|page| (key(&page.paper, &positions), page))
        .collect();
    keyed.par_sort_unstable_by(|(a, one), (b, two)| {
        (a.cmp(b)).then_with(|| one.paper.slug.cmp(&two.paper.slug))
    });
    papers.extend(keyed.into_iter().map(|(_, page)| page));
}

/// What papers are sorted by, before their names.
fn key(paper: &Paper, positions: &HashMap<&Slug, (usize, usize)>) -> impl Ord + Send + use<> {
    let position = positions
        .get(&paper.slug)
        .copied()
        .unwrap_or((usize::MAX, usize::MAX));
    // `Option` puts `None` first; a paper without a day belongs last.
    (
        paper.date.is_none(),
        std::cmp::Reverse(paper.date),
        position,
    )
}
