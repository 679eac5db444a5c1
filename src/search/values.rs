//! Values: what papers are filtered and counted by, and the identifiers and topics they
//! have, gathered from all papers in one pass.

use std::borrow::Cow;
use std::collections::BTreeMap;

use foldhash::HashMap;

use super::papers::all;
use super::{Document, Papers};

/// The values of one field: for each paper, the numbers of its values in the order in
/// which they were met, from one, then a zero.
#[derive(Debug, Default)]
pub(super) struct Values<'a> {
    numbers: HashMap<Cow<'a, str>, u32>,
    of: Vec<u32>,
    /// How many papers have their zero.
    ended: usize,
}

impl<'a> Values<'a> {
    /// Adds a value of a paper. Papers come in the order of their numbers.
    fn add(&mut self, paper: usize, value: impl Into<Cow<'a, str>>) {
        self.end(paper);
        let value = value.into();
        let next = self.numbers.len() as u32 + 1;
        let number = match self.numbers.get(&*value) {
            Some(number) => *number,
            None => *self.numbers.entry(value).or_insert(next),
        };
        self.of.push(number);
    }

    /// Ends all papers before this one.
    fn end(&mut self, paper: usize) {
        let missing = paper.saturating_sub(self.ended);
        self.of.extend(std::iter::repeat_n(0, missing));
        self.ended += missing;
    }

    /// Whether no paper has any.
    pub(super) fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// The distinct values, sorted, and for each paper the places of its values among
    /// them, from one, then a zero.
    pub(super) fn sorted(&self) -> (Vec<&str>, impl Iterator<Item = u32>) {
        let mut sorted: Vec<(&str, u32)> = (self.numbers.iter())
            .map(|(value, number)| (&**value, *number))
            .collect();
        sorted.sort_unstable();
        // The zero stays what it is.
        let mut places = vec![0; sorted.len() + 1];
        for ((_, number), place) in sorted.iter().zip(1..) {
            places[*number as usize] = place;
        }
        let values = sorted.into_iter().map(|(value, _)| value).collect();
        (values, self.of.iter().map(move |n| places[*n as usize]))
    }
}

/// What was gathered from the papers of an index.
#[derive(Debug, Default)]
pub(super) struct Gathered<'a> {
    /// The text before and after the slug in the address of the newest page; cards whose
    /// address differs have it in full.
    pub(super) url: [String; 2],
    /// All topics, by id. A topic has one name; if papers disagree, the newest one's is
    /// used.
    pub(super) topics: BTreeMap<Cow<'a, str>, Cow<'a, str>>,
    /// Identifiers with the numbers of their papers.
    pub(super) ids: Vec<(Cow<'a, str>, u32)>,
    pub(super) date: Values<'a>,
    pub(super) year: Values<'a>,
    pub(super) venue: Values<'a>,
    pub(super) has: Values<'a>,
    pub(super) lists: Values<'a>,
    pub(super) topic: Values<'a>,
    pub(super) part: Values<'a>,
    /// The texts of fields that are searched by name alone, and what sources counted.
    pub(super) texts: BTreeMap<&'static str, Values<'a>>,
    pub(super) counts: BTreeMap<&'static str, Values<'a>>,
}

impl<'a> Gathered<'a> {
    /// Gathers from all papers.
    pub(super) fn of(papers: &'a dyn Papers) -> Self {
        let url = (0..papers.count()).find_map(|n| frame(&papers.document(n)));
        let mut gathered = Self {
            url: url.unwrap_or_default(),
            ..Self::default()
        };
        for (number, document) in all(papers).enumerate() {
            if let Some(date) = document.date {
                gathered.date.add(number, date.to_string());
            }
            if let Some(year) = document.year {
                gathered.year.add(number, year.to_string());
            }
            if let Some(venue) = document.venue {
                gathered.venue.add(number, venue);
            }
            for part in document.has {
                gathered.has.add(number, part);
            }
            for path in papers.lists(papers.place(number)) {
                gathered.lists.add(number, path);
            }
            for (id, name) in document.topics {
                gathered.topic.add(number, id.clone());
                gathered.topics.insert(id, name);
            }
            for part in document.parts {
                gathered.part.add(number, part);
            }
            for (name, texts) in document.texts {
                let values = gathered.texts.entry(name).or_default();
                texts.into_iter().for_each(|text| values.add(number, text));
            }
            for (metric, count) in document.counts {
                let values = gathered.counts.entry(metric).or_default();
                values.add(number, count.to_string());
            }
            let ids = document.ids.into_iter();
            gathered.ids.extend(ids.map(|id| (id, number as u32)));
        }
        let count = papers.count();
        let all = [
            &mut gathered.date,
            &mut gathered.year,
            &mut gathered.venue,
            &mut gathered.has,
            &mut gathered.lists,
            &mut gathered.topic,
            &mut gathered.part,
        ];
        let named = gathered.texts.values_mut();
        let counts = gathered.counts.values_mut();
        for values in all.into_iter().chain(named).chain(counts) {
            values.end(count);
        }
        gathered
    }
}

/// The text around the slug in a page's address.
fn frame(document: &Document<'_>) -> Option<[String; 2]> {
    let slug = Some(&*document.slug).filter(|slug| !slug.is_empty())?;
    let (before, after) = document.url.rsplit_once(slug)?;
    Some([before.to_owned(), after.to_owned()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_without_a_value_have_a_zero_alone() {
        let mut values = Values::default();
        values.add(1, "b");
        values.add(1, "a");
        values.add(3, "b");
        values.end(5);
        let (sorted, of) = values.sorted();
        assert_eq!(sorted, ["a", "b"]);
        assert_eq!(of.collect::<Vec<_>>(), [0, 2, 1, 0, 0, 2, 0, 0]);
    }
}
