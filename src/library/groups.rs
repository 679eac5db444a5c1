//! Groups: papers of one digest that are about the same subject, such as "five papers
//! on diffusion policies". They share a phrase, which is their name, and are similar in
//! meaning.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Library;
use crate::derive::Span;
use crate::meaning::{DIMS, Vector};

/// Smaller digests need no groups; larger ones are too long to read in a day.
const FEWEST_PAPERS: usize = 24;
const MOST_PAPERS: usize = 2_000;

/// The sizes of groups, and the most groups.
const LEAST: usize = 3;
const MOST: usize = 12;
const MOST_GROUPS: usize = 6;

/// The least similarity in a group: the mean similarity of its papers to their sum.
const ALIKE: f32 = 0.5;

/// Papers of a digest that are about the same subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group<'a> {
    /// The phrase that all of them contain.
    pub name: Cow<'a, str>,
    /// The papers, in the order of the digest.
    pub papers: Vec<usize>,
}

impl Library {
    /// The groups among the papers of a digest, the largest first.
    pub fn groups(&self, digest: usize) -> Vec<Group<'_>> {
        let papers: Vec<usize> = self.digests[digest]
            .papers
            .iter()
            .map(|(paper, _)| *paper)
            .filter(|paper| !self.papers[*paper].paper.withdrawn)
            .collect();
        if !(FEWEST_PAPERS..=MOST_PAPERS).contains(&papers.len()) {
            return Vec::new();
        }
        let mut sharing: BTreeMap<u32, Vec<(usize, Span, u8)>> = BTreeMap::new();
        for paper in &papers {
            for phrase in &self.papers[*paper].phrases {
                let one = (*paper, phrase.span, phrase.worth);
                sharing.entry(phrase.key).or_default().push(one);
            }
        }
        let most = MOST.min(papers.len() / 3);
        let mut candidates: Vec<(u64, u32)> = sharing
            .iter()
            .filter(|(_, sharing)| (LEAST..=most).contains(&sharing.len()))
            .filter(|(_, sharing)| self.are_alike(sharing))
            .map(|(key, sharing)| {
                let worth: u64 = sharing.iter().map(|(_, _, worth)| u64::from(*worth)).sum();
                (worth, *key)
            })
            .collect();
        candidates.sort_by_key(|(worth, key)| (std::cmp::Reverse(*worth), *key));
        let mut taken: Vec<usize> = Vec::new();
        let mut groups: Vec<Group<'_>> = Vec::new();
        for (_, key) in candidates {
            let free = sharing[&key]
                .iter()
                .filter(|(paper, ..)| !taken.contains(paper));
            let free: Vec<&(usize, Span, u8)> = free.collect();
            let Some((first, span, _)) = free.first().filter(|_| free.len() >= LEAST) else {
                continue;
            };
            let derived = &self.papers[*first].derived;
            let name = span.of(&derived.title, &derived.abstract_text);
            let own: Vec<usize> = free.iter().map(|(paper, ..)| *paper).collect();
            taken.extend(&own);
            groups.push(Group { name, papers: own });
            if groups.len() == MOST_GROUPS {
                break;
            }
        }
        groups.sort_by_key(|group| std::cmp::Reverse(group.papers.len()));
        groups
    }

    /// Whether papers are similar in meaning, if that is known.
    fn are_alike(&self, papers: &[(usize, Span, u8)]) -> bool {
        let mut sum = [0_i32; DIMS];
        let vectors: Vec<Vector> = papers.iter().map(|(n, ..)| self.vector(*n)).collect();
        for vector in &vectors {
            for (sum, number) in sum.iter_mut().zip(vector.numbers()) {
                *sum += i32::from(*number);
            }
        }
        let centre = Vector::of_sum(&sum);
        let likeness: f32 = vectors.iter().map(|vector| vector.dot(&centre)).sum();
        centre.is_none() || likeness >= ALIKE * vectors.len() as f32
    }
}
