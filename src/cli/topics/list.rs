//! `offprint topics list`: lists the topics with their number of papers.

use std::io;

use serde::Serialize;

use crate::cli::console::Console;
use crate::diagnostics::{count, thousands};
use crate::library::TopicEntry;

use super::Loaded;

#[derive(Serialize)]
struct Report<'a> {
    papers: usize,
    without_topic: usize,
    topics: Vec<Listed<'a>>,
}

#[derive(Serialize)]
struct Listed<'a> {
    id: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<&'a str>,
    papers: usize,
}

pub(super) fn run(loaded: &Loaded, console: &Console) -> io::Result<bool> {
    let library = &loaded.library;
    let without = library.papers.iter().filter(|p| p.topics.is_empty());
    let report = Report {
        papers: library.papers.len(),
        without_topic: without.count(),
        topics: library.topics.iter().map(listed).collect(),
    };
    console.report(&report)?;
    if report.topics.is_empty() {
        console
            .line("the site has no topics; `offprint topics suggest` finds some in its papers")?;
        return Ok(true);
    }
    let widest = |of: &dyn Fn(&Listed<'_>) -> usize| report.topics.iter().map(of).max();
    let number = widest(&|t| thousands(t.papers).len()).unwrap_or(0);
    let id = widest(&|t| t.id.len()).unwrap_or(0);
    for topic in &report.topics {
        let under = match topic.parent {
            Some(parent) => format!(" (under {parent})"),
            None => String::new(),
        };
        console.line(&format!(
            "{:>number$}  {:id$}  {}{under}",
            thousands(topic.papers),
            topic.id,
            topic.name,
        ))?;
    }
    let live = report.topics.iter().filter(|t| t.papers > 0).count();
    console.line(&format!(
        "{} in {}; {} without a topic",
        count(report.papers, "paper"),
        count(live, "topic"),
        thousands(report.without_topic),
    ))?;
    Ok(true)
}

fn listed(entry: &TopicEntry) -> Listed<'_> {
    Listed {
        id: entry.topic.id.as_str(),
        name: &entry.topic.name,
        parent: entry.topic.parent.as_ref().map(|id| id.as_str()),
        papers: entry.papers.len(),
    }
}
