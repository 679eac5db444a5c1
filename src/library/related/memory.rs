//! Memory: the neighbours of papers from an earlier run, and for which papers they are
//! still valid.

use foldhash::HashMap;
use rayon::prelude::*;
use serde::{Deserialize, Serialize, Serializer};

use crate::derive::{Blocks, Span};
use crate::library::terms::TermId;

use super::nearest::Searcher;
use super::vectors::Vectors;
use super::{Neighbour, Subject, TOLD};

/// Its name in the cache.
const KIND: &str = "related";

/// A hash of everything that a paper's neighbours depend on, in sixteen bytes.
type Print = [u64; 2];

/// The neighbours of a paper, as they are cached.
type List = Box<[Neighbour]>;

/// A neighbour as it is cached: by names and marks, since numbers change.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    name: u64,
    score: f32,
    is_near_duplicate: bool,
    spans: [Span; TOLD],
    told: u8,
}

/// The known neighbours, and what is needed to cache all of them.
#[derive(Debug)]
pub(super) struct Memory<'a> {
    names: &'a [u64],
    prints: Vec<Print>,
    known: Vec<Option<List>>,
}

impl<'a> Memory<'a> {
    /// Looks up which papers still have the same neighbours.
    pub(super) fn open(
        blocks: &Blocks,
        vectors: &Vectors,
        subjects: &[Subject<'_>],
        names: &'a [u64],
        searcher: &Searcher<'_>,
    ) -> Self {
        let prints = if blocks.are_kept() {
            prints(vectors, subjects, names, searcher)
        } else {
            Vec::new()
        };
        let kept: Vec<(Print, Vec<Kept>)> = blocks.last(KIND).unwrap_or_default();
        let mut known: Vec<Option<List>> = vec![None; subjects.len()];
        if !kept.is_empty() {
            let papers: HashMap<u64, usize> = names.iter().copied().zip(0..).collect();
            let kept: HashMap<Print, Vec<Kept>> = kept.into_iter().collect();
            known = prints
                .par_iter()
                .map(|print| {
                    let list = kept.get(print)?.iter();
                    list.map(|kept| kept.neighbour(&papers)).collect()
                })
                .collect();
        }
        Self {
            names,
            prints,
            known,
        }
    }

    /// The papers whose neighbours must be computed.
    pub(super) fn unknown(&self) -> Vec<usize> {
        let papers = self.known.iter().enumerate();
        papers
            .filter(|(_, list)| list.is_none())
            .map(|(paper, _)| paper)
            .collect()
    }

    /// The neighbours of all papers, including the newly computed ones; they are cached
    /// for the next run.
    pub(super) fn complete(
        self,
        blocks: &Blocks,
        unknown: &[usize],
        found: Vec<List>,
    ) -> Vec<List> {
        let mut lists = self.known;
        for (paper, list) in unknown.iter().zip(found) {
            lists[*paper] = Some(list);
        }
        let lists: Vec<List> = lists.into_iter().map(Option::unwrap_or_default).collect();
        if !unknown.is_empty() && blocks.are_kept() {
            let all = All {
                prints: self.prints,
                lists: &lists,
                names: self.names,
            };
            blocks.replace(KIND, &all);
        }
        lists
    }
}

/// The neighbours of all papers as they are cached, each list made when it is written.
struct All<'a> {
    prints: Vec<Print>,
    lists: &'a [List],
    names: &'a [u64],
}

impl Serialize for All<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let kept = |neighbour: &Neighbour| Kept {
            name: self.names[neighbour.paper],
            score: neighbour.score,
            is_near_duplicate: neighbour.is_near_duplicate,
            spans: neighbour.spans,
            told: neighbour.told,
        };
        let lists = self.prints.iter().zip(self.lists);
        serializer.collect_seq(
            lists.map(|(print, list)| (print, list.iter().map(kept).collect::<Vec<_>>())),
        )
    }
}

impl Kept {
    fn neighbour(&self, papers: &HashMap<u64, usize>) -> Option<Neighbour> {
        Some(Neighbour {
            paper: *papers.get(&self.name)?,
            score: self.score,
            is_near_duplicate: self.is_near_duplicate,
            spans: self.spans,
            told: self.told.min(TOLD as u8),
        })
    }
}

/// For each paper, the print of everything that its neighbours depend on.
fn prints(
    vectors: &Vectors,
    subjects: &[Subject<'_>],
    names: &[u64],
    searcher: &Searcher<'_>,
) -> Vec<Print> {
    let own: Vec<Print> = subjects
        .par_iter()
        .enumerate()
        .map(|(paper, subject)| {
            let mut bytes = Vec::with_capacity(512);
            let mut add = |number: u64| bytes.extend_from_slice(&number.to_le_bytes());
            add(names[paper]);
            add(u64::from(subject.is_offered));
            // By mark, since the numbers of terms and their order depend on other papers.
            // A sum does not depend on the order.
            let weights = vectors.of_paper(paper).iter();
            let [a, b] = weights.fold([0_u64; 2], |sum, (term, weight)| {
                let mark = vectors.mark(*term);
                [
                    sum[0].wrapping_add(stirred(mark, *weight)),
                    sum[1].wrapping_add(stirred(mark.rotate_left(32), *weight)),
                ]
            });
            add(a);
            add(b);
            subject.authors.iter().for_each(|author| add(*author));
            bytes.extend(subject.vector.numbers().map(i8::cast_unsigned));
            // The phrases follow from the texts.
            bytes.extend_from_slice(subject.print.bytes());
            print(&bytes)
        })
        .collect();
    let found_by: Vec<Print> = (0..vectors.terms() as TermId)
        .into_par_iter()
        .map(|term| {
            // A sum, since the order of papers does not matter.
            let papers = searcher.found_by(term).iter();
            papers.fold([0_u64; 2], |sum, (paper, weight)| {
                let [a, b] = own[*paper as usize];
                [
                    sum[0].wrapping_add(stirred(a, *weight)),
                    sum[1].wrapping_add(stirred(b, *weight)),
                ]
            })
        })
        .collect();
    own.par_iter()
        .enumerate()
        .map(|(paper, [a, b])| {
            let mut kept: Vec<(u64, Print)> = (searcher.kept(paper).iter())
                .map(|(term, _)| (vectors.mark(*term), found_by[*term as usize]))
                .collect();
            kept.sort_unstable();
            let mut bytes = Vec::with_capacity(512);
            for number in [*a, *b]
                .into_iter()
                .chain(kept.into_iter().flat_map(|(mark, [a, b])| [mark, a, b]))
            {
                bytes.extend_from_slice(&number.to_le_bytes());
            }
            print(&bytes)
        })
        .collect()
}

/// Half a print combined with a number. The halves are hashes already, so this short
/// mix of the number is enough.
fn stirred(half: u64, number: u32) -> u64 {
    let mut stirred = half ^ u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    stirred = (stirred ^ (stirred >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    stirred = (stirred ^ (stirred >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    stirred ^ (stirred >> 31)
}

fn print(bytes: &[u8]) -> Print {
    let hash = blake3::hash(bytes);
    let (halves, _) = hash.as_bytes().as_chunks::<8>();
    [u64::from_le_bytes(halves[0]), u64::from_le_bytes(halves[1])]
}
