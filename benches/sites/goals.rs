//! Goals: how long the work on a site should take.

use super::results::Cost;

/// Work with a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Work {
    /// A first build without search and social images.
    Plain,
    /// A first build of everything.
    Everything,
    /// Everything, rendered into an archive.
    Archive,
    /// Everything again, unchanged.
    Unchanged,
    /// Everything after an edit.
    Edited,
    /// Everything with additional papers.
    Added,
    /// The size of the output.
    Output,
    /// An edit becoming visible in the preview.
    Visible,
    /// A preview getting ready with a cache.
    ReadyAgain,
    /// A preview getting ready for the first time.
    ReadyFirst,
}

impl Work {
    /// A description.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Plain => "pages, lists, feeds, cold",
            Self::Everything => "everything on, cold",
            Self::Archive => "everything, into an archive, cold",
            Self::Unchanged => "nothing changed",
            Self::Edited => "one abstract edited",
            Self::Added => "100 papers added",
            Self::Output => "output",
            Self::Visible => "preview: edit visible",
            Self::ReadyAgain => "preview: ready, with a cache",
            Self::ReadyFirst => "preview: ready, without one",
        }
    }
}

/// The limits for some work; `None` means no limit.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Goal {
    seconds: Option<f64>,
    /// As a fraction of Hugo's time.
    of_hugo: Option<f64>,
    megabytes: Option<f64>,
}

/// A time limit in seconds.
const fn within(seconds: f64) -> Goal {
    Goal {
        seconds: Some(seconds),
        of_hugo: None,
        megabytes: None,
    }
}

/// The goals for sites of real papers on two cores, with the output in memory.
pub(crate) fn goal(papers: usize, work: Work) -> Goal {
    match (papers, work) {
        (10_000, Work::Plain) => Goal {
            of_hugo: Some(0.45),
            ..within(1.1)
        },
        (10_000, Work::Everything) => within(1.5),
        (10_000, Work::Unchanged) => within(0.4),
        (10_000, Work::Visible) => within(0.05),
        (83_271, Work::Plain) => Goal {
            of_hugo: Some(0.45),
            ..within(10.5)
        },
        (83_271, Work::Everything) => Goal {
            megabytes: Some(1_000.0),
            ..within(14.0)
        },
        (83_271, Work::Unchanged) => within(2.5),
        (83_271, Work::Edited) => within(3.0),
        (83_271, Work::Added) => within(5.0),
        (83_271, Work::Output) => Goal {
            megabytes: Some(900.0),
            ..Goal::default()
        },
        (83_271, Work::Visible) => within(0.1),
        (83_271, Work::ReadyAgain) => within(2.0),
        (83_271, Work::ReadyFirst) => within(8.0),
        _ => Goal::default(),
    }
}

impl Goal {
    /// The goal in words.
    pub(crate) fn words(self) -> String {
        let parts = [
            self.seconds.map(|seconds| format!("≤ {seconds} s")),
            self.of_hugo.map(|ratio| format!("≤ {ratio} × Hugo")),
            self.megabytes.map(|megabytes| format!("≤ {megabytes} MB")),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        parts.join(", ")
    }

    /// Whether the goal was reached; parts that were not measured are left open.
    pub(crate) fn verdict(self, ours: &Cost, ratio: Option<f64>) -> &'static str {
        let megabytes = ours.bytes.map(|bytes| bytes as f64 / 1e6);
        let parts = [
            (self.seconds, ours.seconds),
            (self.of_hugo, ratio),
            (self.megabytes, megabytes),
        ];
        let parts = parts.into_iter().filter_map(|(goal, value)| {
            let goal = goal?;
            Some(value.map(|value| value <= goal))
        });
        let parts: Vec<Option<bool>> = parts.collect();
        if parts.is_empty() {
            ""
        } else if parts.contains(&Some(false)) {
            "no"
        } else if parts.contains(&None) {
            "open"
        } else {
            "yes"
        }
    }
}
