//! Results: our figures and Hugo's, next to the goals.

use super::goals::{Work, goal};
use super::process::{Cpu, Usage};
use super::table::Table;

/// The cost of some work.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Cost {
    /// Seconds from start to end.
    pub(crate) seconds: Option<f64>,
    /// CPU time of all cores.
    pub(crate) cpu: Option<Cpu>,
    /// Bytes: peak memory, or the size of the output.
    pub(crate) bytes: Option<u64>,
}

impl Cost {
    /// A cost in bytes only.
    pub(crate) fn of(bytes: u64) -> Self {
        Self {
            bytes: Some(bytes),
            ..Self::default()
        }
    }

    fn cells(&self) -> [String; 4] {
        [
            shown(self.seconds),
            shown(self.cpu.map(|cpu| cpu.user)),
            shown(self.cpu.map(|cpu| cpu.system)),
            self.bytes
                .map_or_else(String::new, |bytes| format!("{:.0}", bytes as f64 / 1e6)),
        ]
    }
}

impl From<Usage> for Cost {
    fn from(usage: Usage) -> Self {
        Self {
            seconds: Some(usage.wall),
            cpu: usage.cpu,
            bytes: usage.peak,
        }
    }
}

/// Our costs and Hugo's for a site of some size.
#[derive(Debug)]
pub(crate) struct Results {
    papers: usize,
    rows: Vec<(Work, Cost, Option<Cost>)>,
}

impl Results {
    /// None yet.
    pub(crate) fn new(papers: usize) -> Self {
        Self {
            papers,
            rows: Vec::new(),
        }
    }

    /// Adds the cost of some work, and Hugo's for comparable work.
    pub(crate) fn add(&mut self, work: Work, ours: Cost, hugo: Option<Cost>) {
        self.rows.push((work, ours, hugo));
    }

    /// The results beside the goals.
    pub(crate) fn table(&self) -> Table {
        let mut table = Table::new(
            1,
            &[
                "",
                "wall s",
                "user s",
                "system s",
                "MB",
                "Hugo: wall s",
                "user s",
                "system s",
                "MB",
                "× Hugo",
                "× its CPU",
                "wanted",
                "reached",
            ],
        );
        for (work, ours, hugo) in &self.rows {
            let mut row = vec![work.name().to_owned()];
            row.extend(ours.cells());
            row.extend(hugo.unwrap_or_default().cells());
            let of_hugo = |part: fn(&Cost) -> Option<f64>| {
                let (ours, hugo) = (part(ours)?, part(hugo.as_ref()?)?);
                (hugo > 0.0).then(|| ours / hugo)
            };
            let ratio = of_hugo(|cost| cost.seconds);
            row.push(shown(ratio));
            row.push(shown(of_hugo(|cost| cost.cpu.map(Cpu::all))));
            let goal = goal(self.papers, *work);
            row.push(goal.words());
            row.push(goal.verdict(ours, ratio).to_owned());
            table.row(row);
        }
        table
    }
}

/// A figure with a sensible number of decimals.
fn shown(value: Option<f64>) -> String {
    match value {
        None => String::new(),
        Some(value) if value < 0.1 => format!("{value:.3}"),
        Some(value) if value < 10.0 => format!("{value:.2}"),
        Some(value) => format!("{value:.1}"),
    }
}
