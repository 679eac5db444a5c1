//! A scored topic: what a paper is worth to a topic's rule, and why.

use super::Field;

/// One topic of a paper, or one that it narrowly missed.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// The topic's place in the taxonomy.
    pub topic: usize,
    /// The sum of what its terms are worth.
    pub score: f64,
    /// The sum from which a paper belongs to the topic.
    pub threshold: f64,
    /// How near the paper is to the topic's papers in meaning: the logarithm of how many
    /// papers like it belong to the topic for one that does not. Only of topics whose
    /// rules ship.
    pub nearness: Option<f64>,
    /// Whether the paper belongs to it, and why or why not.
    pub verdict: Verdict,
    /// The terms found, most telling first, where they were asked for. They add
    /// up to the score.
    pub finds: Vec<Find>,
}

impl Scored {
    /// Whether the paper belongs to the topic.
    pub fn passed(&self) -> bool {
        matches!(self.verdict, Verdict::Passed | Verdict::Pinned)
    }

    /// How telling the topic is for the paper: the score in thresholds, by which
    /// topics with different thresholds compare.
    pub fn strength(&self) -> f64 {
        self.score / self.threshold
    }
}

/// Why a paper belongs to a topic or does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// A person pinned the paper to the topic.
    Pinned,
    /// The score reaches the threshold.
    Passed,
    /// The score reaches the threshold, but too little beside what tells most of
    /// the paper.
    Overshadowed,
    /// The score reaches the threshold, but enough other topics tell more.
    Crowded,
    /// The score reaches the threshold, but the paper is about something else.
    Far,
    /// The score is below the threshold.
    Missed,
    /// A person excluded the paper from the topic.
    Excluded,
}

/// A term that was found, and what that adds or takes away.
#[derive(Debug, Clone, PartialEq)]
pub struct Find {
    /// The term as the rule has it.
    pub term: String,
    /// The field it was found in.
    pub field: Field,
    /// How often it was found there.
    pub count: u32,
    /// What that is worth; negative for a negative term.
    pub worth: f64,
}
