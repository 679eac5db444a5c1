//! Digests: which papers each has, and which of them an earlier digest listed too.

use std::collections::BTreeMap;
use std::path::Path;

use foldhash::HashMap;

use super::dangling::{Absent, locate, locate_text};
use super::entry::{DigestEntry, Entry};
use crate::content::{Content, Redirects};
use crate::diagnostics::{Diagnostics, Place};
use crate::model::{Paper, Slug};

/// Links digests and papers in both directions: by the lists of the digests, and by the
/// digests that papers name.
pub(super) fn link(
    site: &Path,
    content: &Content,
    ledger: &Redirects,
    absent: &Absent<'_>,
    numbers: &HashMap<Slug, usize>,
    papers: &mut [Entry],
    found: &mut Diagnostics,
) -> Vec<DigestEntry> {
    let digest_numbers: BTreeMap<&str, usize> = content
        .digests
        .iter()
        .enumerate()
        .map(|(n, page)| (page.digest.id.as_str(), n))
        .collect();
    let mut lists: Vec<Vec<usize>> = Vec::with_capacity(content.digests.len());
    for page in &content.digests {
        let mut list = Vec::new();
        for slug in &page.digest.papers {
            let moved = || {
                let target = ledger.target(&Paper::path_of(slug))?;
                numbers.get(&Paper::slug_of(target)?).copied()
            };
            match numbers.get(slug).copied().or_else(moved) {
                Some(n) => list.push(n),
                None => {
                    let known = numbers.keys().map(Slug::as_str);
                    let place = page
                        .papers_place
                        .clone()
                        .unwrap_or_else(|| Place::file(page.file.clone()));
                    let place = locate_text(site, &page.file, slug.as_str()).unwrap_or(place);
                    found.extend(absent.listed(slug, known, place, &page.digest.id));
                }
            }
        }
        lists.push(list);
    }
    for (digest, list) in lists.iter_mut().enumerate() {
        list.retain(|&n| {
            let first = !papers[n].digests.contains(&digest);
            if first {
                papers[n].digests.push(digest);
            }
            first
        });
    }
    // A paper may name a digest that does not list it; it comes last there.
    for (n, entry) in papers.iter_mut().enumerate() {
        for id in &entry.paper.digests {
            match digest_numbers.get(id.as_str()) {
                Some(digest) if entry.digests.contains(digest) => {}
                Some(&digest) => {
                    entry.digests.push(digest);
                    lists[digest].push(n);
                }
                None => {
                    let place = locate(site, &entry.file, "digests");
                    let known = digest_numbers.keys().copied();
                    found.push(absent.named("digest", id, known, place, &entry.paper.slug));
                }
            }
        }
    }
    for entry in papers.iter_mut() {
        entry.digests.sort_unstable();
    }
    let papers = &*papers;
    let seen = |digest: usize, n: usize| papers[n].digests.iter().any(|other| *other > digest);
    content
        .digests
        .iter()
        .zip(lists)
        .enumerate()
        .map(|(digest, (page, list))| {
            let mut topics: BTreeMap<usize, usize> = BTreeMap::new();
            for score in list.iter().flat_map(|n| &papers[*n].topics) {
                *topics.entry(score.topic).or_default() += 1;
            }
            let listed: Vec<(usize, bool)> =
                list.into_iter().map(|n| (n, seen(digest, n))).collect();
            DigestEntry {
                digest: page.digest.clone(),
                seen_before: listed.iter().filter(|(_, seen)| *seen).count(),
                papers: listed,
                topics: topics.into_iter().collect(),
            }
        })
        .collect()
}
