//! Shards of terms: consecutive terms with their postings, in files of about twelve
//! kilobytes.
//!
//! Smaller files would load faster but be too many; most of a larger file would be
//! useless to the query.

use std::ops::Range;

use rayon::prelude::*;
use serde::Serialize;

use super::super::numbers::{number_length, push_digit, push_number};
use super::super::postings::{Posting, TermPostings};

/// The size of a shard, in bytes. A larger term has its own shard.
const SHARD: usize = 12_000;

/// A shard as it is stored. All three are lists in one string, in the same order.
#[derive(Serialize)]
struct Shard {
    /// The terms, separated by spaces.
    terms: String,
    /// For each term, the weights, one digit each, with a space between terms.
    weights: String,
    /// For each term, the distances from paper to paper; the first is from before the
    /// first paper. There are as many as weights.
    papers: String,
}

/// The shards of ranges of terms as JSON, and the beginning of the first term of each:
/// enough to differ from the term before it.
pub(super) fn shards(ranges: &[&[TermPostings]]) -> (Vec<Vec<u8>>, String) {
    let files = ranges
        .par_iter()
        .map(|range| serde_json::to_vec(&shard(range)).expect("strings are JSON"))
        .collect();
    let mut starts = String::new();
    let mut before = "";
    for range in ranges {
        if !before.is_empty() {
            starts.push(' ');
        }
        starts.push_str(start(before, &range[0].term));
        before = &range[range.len() - 1].term;
    }
    (files, starts)
}

/// Divides the terms into shards.
pub(super) fn ranges(terms: &[TermPostings]) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut from = 0;
    let mut size = 0;
    for (at, TermPostings { term, postings, .. }) in terms.iter().enumerate() {
        let own =
            term.len() + 2 + postings.len() + gaps(postings).map(number_length).sum::<usize>();
        if size > 0 && size + own > SHARD {
            ranges.push(from..at);
            from = at;
            size = 0;
        }
        size += own;
    }
    if from < terms.len() {
        ranges.push(from..terms.len());
    }
    ranges
}

fn shard(terms: &[TermPostings]) -> Shard {
    let mut shard = Shard {
        terms: String::new(),
        weights: String::new(),
        papers: String::new(),
    };
    for TermPostings { term, postings, .. } in terms {
        if !shard.terms.is_empty() {
            shard.terms.push(' ');
            shard.weights.push(' ');
        }
        shard.terms.push_str(term);
        for posting in postings {
            push_digit(&mut shard.weights, posting.weight());
        }
        for gap in gaps(postings) {
            push_number(&mut shard.papers, gap);
        }
    }
    shard
}

/// The distances from paper to paper, less one: 0 is the next paper.
fn gaps(postings: &[Posting]) -> impl Iterator<Item = u32> {
    let mut next = 0;
    postings.iter().map(move |posting| {
        let gap = posting.paper() - next;
        next = posting.paper() + 1;
        gap
    })
}

/// The shortest prefix of `first` that sorts after `before`.
pub(in super::super) fn start<'a>(before: &str, first: &'a str) -> &'a str {
    let common = before
        .chars()
        .zip(first.chars())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum::<usize>();
    let next = first[common..].chars().next().map_or(0, char::len_utf8);
    &first[..common + next]
}
