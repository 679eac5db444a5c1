//! Strips: the mix of topics of a day or a site as a band of tones, each as wide as the
//! topic's share. Whoever cannot see it has the topics with their numbers beside it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::library::{Library, TopicEntry};

/// How wide a strip is, in its own units.
const WIDTH: usize = 400;

/// How many topics have a part of their own; what is left is one more.
const MOST: usize = 9;

/// How many tones there are for topics.
const TONES: u8 = 8;

/// A part of a strip of topics.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StripPart {
    /// The tone, from 1 to 8; a topic has the same one everywhere. 0 for what has no part
    /// of its own.
    pub tone: u8,
    /// Where it begins, of 400.
    pub start: usize,
    /// How wide it is, of 400, without the gap behind it.
    pub width: usize,
}

/// The tone of a topic. It follows from the name of its file alone, so that a further
/// topic changes no other.
pub fn tone(topic: &TopicEntry) -> u8 {
    let hash = blake3::hash(topic.topic.id.as_str().as_bytes());
    hash.as_bytes()[0] % TONES + 1
}

/// The strip of some topics by number, each with how many papers it has; empty where
/// there are fewer than two.
pub fn strip(library: &Library, topics: &[(usize, usize)]) -> Vec<StripPart> {
    let mut topics: Vec<(usize, usize)> = topics.to_vec();
    topics.retain(|(_, count)| *count > 0);
    topics.sort_by_key(|(topic, count)| (std::cmp::Reverse(*count), *topic));
    let total: usize = topics.iter().map(|(_, count)| count).sum();
    if topics.len() < 2 {
        return Vec::new();
    }
    let mut parts: Vec<(u8, usize)> = topics
        .iter()
        .take(MOST)
        .map(|(topic, count)| (tone(&library.topics[*topic]), *count))
        .collect();
    let rest = topics
        .iter()
        .skip(MOST)
        .map(|(_, count)| count)
        .sum::<usize>();
    if rest > 0 {
        parts.push((0, rest));
    }
    let mut before = 0;
    let parts = parts.into_iter().map(|(tone, count)| {
        let start = before * WIDTH / total;
        before += count;
        let width = (before * WIDTH / total).saturating_sub(start + 1).max(1);
        StripPart { tone, start, width }
    });
    parts.collect()
}
