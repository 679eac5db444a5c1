//! Nearness: whether a paper is about what the papers of a topic are about, as a second
//! witness beside the topic's rule. A rule sees words; a paper may have them and be
//! about something else, or be about the topic and say so in few words.
//!
//! Only topics that ship have it, and only while a site leaves their rules as they are:
//! a site's own rule has the last word.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::shipped::shipped;
use crate::meaning::{DIMS, Vector};
use crate::model::Topic;

/// Weights for the numbers of a vector, and what is added, in sixteenths: a line a
/// topic, its id before them. They were fitted (by logistic regression) to the papers
/// of a large collection that the rules find.
const WEIGHTS: &str = include_str!("taxonomy/ai.near");

/// The part of one in which weights are written, and how long vectors are for them.
const PART: f64 = 16.0;
const LENGTH: f64 = 3.0;

/// From here on a paper is near a topic: as likely its as not.
pub(super) const NEAR: f64 = 0.0;

/// Below this a paper is far from a topic: one in thirty such papers belongs to it.
pub(super) const FAR: f64 = -3.5;

/// What the nearness to a topic follows from.
#[derive(Debug, Clone)]
pub(super) struct Nearness {
    weights: Vec<f64>,
    offset: f64,
}

/// The topics that ship, by id, each with the nearness to it.
static SHIPPED: LazyLock<HashMap<String, (Topic, Nearness)>> = LazyLock::new(|| {
    let mut topics: HashMap<String, Topic> = shipped("ai")
        .unwrap_or_default()
        .into_iter()
        .map(|topic| (topic.id.to_string(), topic))
        .collect();
    let lines = WEIGHTS.lines().filter_map(|line| {
        let (id, numbers) = line.split_once(' ')?;
        let mut weights: Vec<f64> = numbers
            .split(' ')
            .filter_map(|number| number.parse::<i16>().ok())
            .map(|number| f64::from(number) / PART)
            .collect();
        let offset = weights.pop().filter(|_| weights.len() == DIMS)?;
        let topic = topics.remove(id)?;
        Some((id.to_owned(), (topic, Nearness { weights, offset })))
    });
    lines.collect()
});

impl Nearness {
    /// The nearness to a topic, where it has its rule from the program.
    pub(super) fn to(topic: &Topic) -> Option<&'static Self> {
        let (shipped, nearness) = SHIPPED.get(topic.id.as_str())?;
        let is_same = shipped.rule == topic.rule && shipped.threshold == topic.threshold;
        is_same.then_some(nearness)
    }

    /// How near a paper is: the logarithm of how many papers like it belong to the topic
    /// for one that does not. None where nothing is known of the paper.
    pub(super) fn of(&self, vector: &Vector) -> Option<f64> {
        if vector.is_none() {
            return None;
        }
        let pairs = vector.unit().into_iter().zip(&self.weights);
        let sum: f64 = pairs
            .map(|(number, weight)| f64::from(number) * weight)
            .sum();
        Some(sum * LENGTH + self.offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meaning::Table;

    #[test]
    fn every_topic_that_ships_has_weights() {
        let topics = shipped("ai").unwrap();
        for topic in &topics {
            assert!(Nearness::to(topic).is_some(), "{}", topic.id);
        }
        let mut own = topics[0].clone();
        own.rule = "pears".to_owned();
        assert!(Nearness::to(&own).is_none());
    }

    #[test]
    fn a_paper_is_nearer_to_its_topic_than_to_another() {
        let topics = shipped("ai").unwrap();
        let to = |id: &str, text: &str| {
            let topic = topics.iter().find(|topic| topic.id.as_str() == id).unwrap();
            let vector = Table::built_in().query(text);
            Nearness::to(topic).unwrap().of(&vector).unwrap()
        };
        let robots = "a robot arm grasps objects on a table";
        let speech = "speech recognition with acoustic models of audio";
        assert!(to("robotics", robots) > to("speech-audio", robots));
        assert!(to("speech-audio", speech) > to("robotics", speech));
    }
}
