//! The order of papers: newest first, and of one day as the digest has them.

use std::collections::HashMap;

use crate::content::DigestPage;
use crate::model::{Paper, Slug};

/// Where each paper stands in the digests: the newest digest that lists it
/// counts, digests being numbered from the newest.
pub(super) fn positions(digests: &[DigestPage]) -> HashMap<&Slug, (usize, usize)> {
    let mut positions = HashMap::new();
    for (n, page) in digests.iter().enumerate() {
        for (at, slug) in page.digest.papers.iter().enumerate() {
            positions.entry(slug).or_insert((n, at));
        }
    }
    positions
}

/// What papers are sorted by.
pub(super) fn key<'p>(
    paper: &'p Paper,
    positions: &HashMap<&Slug, (usize, usize)>,
) -> impl Ord + use<'p> {
    let position = positions
        .get(&paper.slug)
        .copied()
        .unwrap_or((usize::MAX, usize::MAX));
    // `Option` puts `None` first; a paper without a day belongs last.
    (
        paper.date.is_none(),
        std::cmp::Reverse(paper.date),
        position,
        &paper.slug,
    )
}
