//! Figures: what one run of a program took, in total and by stage.

use super::process::{Cpu, Usage};
use super::table::Table;

/// A stage and its cost.
#[derive(Debug)]
pub(crate) struct Stage {
    /// Its name.
    pub(crate) name: String,
    /// Seconds from start to end.
    pub(crate) wall: f64,
    /// Seconds summed over all cores.
    pub(crate) cpu: Option<f64>,
}

/// What a build left behind.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Output {
    /// The files of the site.
    pub(crate) files: u64,
    /// The files written.
    pub(crate) written: u64,
    /// The total size in bytes.
    pub(crate) bytes: u64,
}

/// The cost of a run.
#[derive(Debug)]
pub(crate) struct Figures {
    /// What was run.
    pub(crate) name: String,
    /// The whole process.
    pub(crate) usage: Usage,
    /// Its stages, as reported by the program.
    pub(crate) stages: Vec<Stage>,
    /// The site, if one was built.
    pub(crate) output: Option<Output>,
}

/// An empty table of figures.
pub(crate) fn table() -> Table {
    Table::new(
        2,
        &[
            "", "stage", "wall s", "CPU s", "user s", "system s", "peak MB", "files", "written",
            "MB",
        ],
    )
}

impl Figures {
    /// Adds the figures to a table: the total, then the stages.
    pub(crate) fn rows(&self, table: &mut Table) {
        let seconds = |value: f64| format!("{value:.2}");
        let maybe = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), seconds);
        let megabytes = |bytes: u64| format!("{:.1}", bytes as f64 / 1e6);
        let cpu = self.usage.cpu;
        let mut row = vec![
            self.name.clone(),
            "all".to_owned(),
            seconds(self.usage.wall),
            maybe(cpu.map(Cpu::all)),
            maybe(cpu.map(|cpu| cpu.user)),
            maybe(cpu.map(|cpu| cpu.system)),
            self.usage.peak.map_or_else(|| "–".to_owned(), megabytes),
        ];
        if let Some(output) = self.output {
            row.extend([
                output.files.to_string(),
                output.written.to_string(),
                megabytes(output.bytes),
            ]);
        }
        table.row(row);
        for stage in &self.stages {
            table.row(vec![
                String::new(),
                stage.name.clone(),
                seconds(stage.wall),
                maybe(stage.cpu),
            ]);
        }
    }
}

/// Each stage's cost per paper, by size. A stage that costs more per paper on a
/// larger site grows faster than linearly.
pub(crate) fn growth(sizes: &[(usize, Vec<Figures>)]) -> Option<Table> {
    let (_, first) = sizes.first().filter(|_| sizes.len() > 1)?;
    let mut header = vec![String::new(), "stage".to_owned()];
    header.extend(sizes.iter().map(|(size, _)| size.to_string()));
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let mut table = Table::new(2, &header);
    for figures in first {
        for stage in &figures.stages {
            let mut row = vec![figures.name.clone(), stage.name.clone()];
            for (size, all) in sizes {
                let same = all.iter().find(|other| other.name == figures.name);
                let cost = same
                    .and_then(|same| same.stages.iter().find(|other| other.name == stage.name))
                    .and_then(|stage| stage.cpu)
                    .map(|seconds| seconds * 1e6 / *size as f64);
                row.push(cost.map_or_else(|| "–".to_owned(), |cost| format!("{cost:.1}")));
            }
            table.row(row);
        }
    }
    Some(table)
}
