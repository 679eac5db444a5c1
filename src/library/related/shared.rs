//! Shared terms: what two papers have in common, as readers are told.

use foldhash::HashMap;

use crate::library::terms::{TermId, Terms};
use crate::text::{stem, tokens};

use super::TOLD;
use super::vectors::Vectors;

/// The parts of compounds: "low-rank" stands for itself, "low" and "rank".
#[derive(Debug)]
pub(super) struct Parts(HashMap<TermId, Box<[TermId]>>);

impl Parts {
    pub(super) fn of(terms: &Terms) -> Self {
        let all = 0..terms.len() as TermId;
        let is_compound = |term: &TermId| {
            let word = terms.word(*term);
            word.contains(|c: char| !c.is_alphanumeric())
        };
        let compounds: Vec<TermId> = all.clone().filter(is_compound).collect();
        let numbers: HashMap<&str, TermId> = all.map(|term| (terms.stem(term), term)).collect();
        let parts = |term: TermId| {
            let words = tokens(terms.word(term));
            let parts = words
                .iter()
                .filter_map(|word| numbers.get(&*stem(word)).copied())
                .filter(|part| *part != term);
            (term, parts.collect())
        };
        Self(compounds.into_iter().map(parts).collect())
    }

    /// The parts of a term that is a compound.
    pub(super) fn of_term(&self, term: TermId) -> &[TermId] {
        self.0.get(&term).map_or(&[], |parts| parts)
    }

    /// The terms that add most to the likeness of a paper, whose weights are
    /// given by term, and another; most telling first. A compound is told
    /// instead of its parts.
    pub(super) fn most_telling(
        &self,
        vectors: &Vectors,
        weights: &[u32],
        other: &[(TermId, u32)],
    ) -> ([TermId; TOLD], u8) {
        let mut shared: Vec<(TermId, u32)> = other
            .iter()
            .map(|(term, weight)| (*term, weight * weights[*term as usize]))
            .filter(|(_, worth)| *worth > 0)
            .collect();
        let mark = |term: TermId| vectors.mark(term);
        shared.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| mark(a.0).cmp(&mark(b.0))));
        let is_part = |part: TermId| {
            let compound = |(term, _): &(TermId, u32)| {
                self.0.get(term).is_some_and(|parts| parts.contains(&part))
            };
            shared.iter().any(compound)
        };
        let mut told = [0; TOLD];
        let mut count = 0;
        let telling = shared.iter().map(|(term, _)| *term);
        for (slot, term) in told.iter_mut().zip(telling.filter(|term| !is_part(*term))) {
            *slot = term;
            count += 1;
        }
        (told, count)
    }
}
