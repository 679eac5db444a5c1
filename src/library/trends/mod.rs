//! Trends: what changes from digest to digest. Topics over time, rising words, and what
//! papers link to most.

mod company;
mod linked;
mod rising;

pub use linked::Linked;
pub use rising::{LEAST_PAPERS, Rising, Word};

use super::{Library, Timeline};

/// What changes over time in a library.
#[derive(Debug, Default)]
pub struct Trends {
    /// The periods; `None` if all papers have the same time.
    pub timeline: Option<Timeline>,
    /// The weeks, if the periods are days of several weeks.
    pub weeks: Option<Timeline>,
    /// How many papers each period has.
    pub papers: Vec<usize>,
    /// The topics with the most papers, the largest first.
    pub topics: Vec<TopicTrend>,
    /// Rising words, if there are enough papers to tell.
    pub rising: Option<Rising>,
    /// Repositories that several papers link to, the most linked first.
    pub repositories: Vec<Linked>,
    /// Hosts that papers link to, the most linked first.
    pub hosts: Vec<Linked>,
}

/// A topic over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicTrend {
    /// The topic's number in the library.
    pub topic: usize,
    /// How many of its papers each period has.
    pub counts: Vec<usize>,
    /// How many of them each week has, if there are [`Trends::weeks`].
    pub weekly: Vec<usize>,
}

/// How many topics are followed.
const TOPICS: usize = 20;

impl Trends {
    /// Counts everything; each paper is seen a fixed number of times.
    pub fn of(library: &Library) -> Self {
        let timeline = Timeline::of(&library.papers, &library.digests);
        let mut topics: Vec<usize> = (0..library.topics.len())
            .filter(|topic| !library.topics[*topic].papers.is_empty())
            .collect();
        topics.sort_by_key(|topic| {
            (
                std::cmp::Reverse(library.topics[*topic].papers.len()),
                *topic,
            )
        });
        topics.truncate(TOPICS);
        let weeks = timeline
            .as_ref()
            .and_then(|timeline| timeline.weeks(&library.papers, &library.digests));
        let counts = |timeline: Option<&Timeline>, papers: &[usize]| {
            timeline.map_or_else(Vec::new, |timeline| timeline.counts(papers.iter().copied()))
        };
        let topics = topics
            .into_iter()
            .map(|topic| TopicTrend {
                topic,
                counts: counts(timeline.as_ref(), &library.topics[topic].papers),
                weekly: counts(weeks.as_ref(), &library.topics[topic].papers),
            })
            .collect();
        let all = timeline.as_ref().map_or_else(Vec::new, |timeline| {
            timeline.counts(0..library.papers.len())
        });
        let rising = timeline
            .as_ref()
            .and_then(|timeline| Rising::of(library, timeline, &all));
        let (repositories, hosts) = linked::linked(&library.papers);
        Self {
            timeline,
            weeks,
            papers: all,
            topics,
            rising,
            repositories,
            hosts,
        }
    }
}
