//! Figures: processor time, and the share of formulas that were understood.

use std::collections::BTreeMap;
use std::time::Instant;

use offprint::prose::{self, BlockKind, Inline, Options, Outcome, Reading};

use super::corpus::Paper;

/// Prints the figures, and on request the formulas that were not understood.
pub(crate) fn print(papers: &[Paper], failures: bool) {
    let options = Options::default();
    let (wall, cpu) = (Instant::now(), cpu_seconds());
    let mut bytes = 0;
    for paper in papers {
        let title = prose::read_title(&paper.title, &options);
        let reading = prose::read_abstract(&paper.abstract_text, &paper.title, &options);
        let key = prose::key_sentence(&reading, &paper.title);
        bytes += title.inline_html().len() + title.plain().len();
        bytes += reading.html().len() + reading.plain().len() + reading.links().len();
        bytes += key.map_or(0, |key| key.plain.len() + key.html.len());
    }
    println!(
        "{} papers read and written as HTML, plain text, links and key sentence: {:.2} s CPU, {:.2} s wall, {bytes} bytes",
        papers.len(),
        cpu_seconds() - cpu,
        wall.elapsed().as_secs_f64()
    );

    let mut all = Count::default();
    let mut written = Count::default();
    // As in the source: without the formulas found by repairs.
    let delimited = Options {
        repairs_off: ["lost-dollars", "lost-backslashes", "doubled-formulas"]
            .map(str::to_owned)
            .into(),
    };
    for paper in papers {
        all.add(&prose::read_abstract(
            &paper.abstract_text,
            &paper.title,
            &options,
        ));
        written.add(&prose::read_abstract(
            &paper.abstract_text,
            &paper.title,
            &delimited,
        ));
    }
    written.print("formulas that stand between delimiters");
    all.print("formulas, with those that repairs found");
    if failures {
        for (outcome, count) in [(Outcome::Source, &all.source), (Outcome::Named, &all.named)] {
            for (tex, times) in count {
                println!("{outcome:?} {times} {tex}");
            }
        }
    }
}

#[derive(Default)]
struct Count {
    whole: usize,
    error_marks: usize,
    named: BTreeMap<String, usize>,
    source: BTreeMap<String, usize>,
}

impl Count {
    fn add(&mut self, reading: &Reading) {
        for block in reading.blocks() {
            match &block.kind {
                BlockKind::Paragraph { content, .. } => self.nodes(content),
                BlockKind::List { items, .. } => {
                    for item in items {
                        self.nodes(&item.content);
                    }
                }
            }
        }
    }

    fn nodes(&mut self, nodes: &[Inline]) {
        for node in nodes {
            match node {
                Inline::Math { tex, display } => self.formula(tex, *display),
                Inline::Emphasis(inner)
                | Inline::Strong(inner)
                | Inline::Footnote(inner)
                | Inline::Link { content: inner, .. } => self.nodes(inner),
                _ => {}
            }
        }
    }

    fn formula(&mut self, tex: &str, display: bool) {
        let formula = prose::formula(tex, display);
        self.error_marks += usize::from(formula.html.contains("<merror"));
        match formula.outcome {
            Outcome::Whole => self.whole += 1,
            Outcome::Named => *self.named.entry(tex.to_owned()).or_default() += 1,
            Outcome::Source => *self.source.entry(tex.to_owned()).or_default() += 1,
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "a share")]
    fn print(&self, what: &str) {
        let named: usize = self.named.values().sum();
        let source: usize = self.source.values().sum();
        let all = self.whole + named + source;
        println!(
            "{what}: {all}; {:.2} % converted whole, {named} with a command shown by its name, {source} shown as source, {} with an error mark in the MathML",
            100.0 * self.whole as f64 / all.max(1) as f64,
            self.error_marks
        );
    }
}

#[expect(clippy::cast_precision_loss, reason = "a figure of seconds")]
fn cpu_seconds() -> f64 {
    #[cfg(unix)]
    {
        let spent = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
        spent.tv_sec as f64 + spent.tv_nsec as f64 / 1e9
    }
    #[cfg(not(unix))]
    {
        f64::NAN
    }
}
