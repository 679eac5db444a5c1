//! `offprint topics show`: a topic as a page says it, with its rule. What is printed can
//! be put into `content/topics/` and changed.

use std::io;

use serde::Serialize;

use crate::cli::arguments::ShowTopic;
use crate::cli::console::Console;
use crate::content::topic_page;
use crate::diagnostics::{Diagnostic, nearest};
use crate::topics::DEFAULT_THRESHOLD;

use super::Loaded;

#[derive(Serialize)]
struct Report<'a> {
    id: &'a str,
    name: &'a str,
    scope: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<&'a str>,
    #[serde(rename = "match")]
    rule: &'a str,
    threshold: f64,
    /// The page that says so; none where the program does.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    papers: usize,
    page: String,
}

pub(super) fn run(command: &ShowTopic, loaded: &Loaded, console: &Console) -> io::Result<bool> {
    let topics = &loaded.library.topics;
    let is_meant = |id: &str| id == command.id;
    let entry = topics.iter().find(|entry| {
        is_meant(entry.topic.id.as_str())
            || (entry.topic.aliases.iter()).any(|alias| is_meant(alias.as_str()))
    });
    let Some(entry) = entry else {
        let said = Diagnostic::error("unknown-id", format!("there is no topic `{}`", command.id));
        let ids = topics.iter().map(|entry| entry.topic.id.as_str());
        let said = match nearest(&command.id, ids) {
            Some(near) => said.help(format!("did you mean `{near}`?")),
            None => said.help("`offprint topics list` lists them"),
        };
        console.diagnostics(&said.into(), false);
        return Ok(false);
    };
    let topic = &entry.topic;
    let report = Report {
        id: topic.id.as_str(),
        name: &topic.name,
        scope: &topic.scope,
        parent: topic.parent.as_ref().map(|parent| parent.as_str()),
        rule: &topic.rule,
        threshold: topic.threshold.unwrap_or(DEFAULT_THRESHOLD),
        file: entry.file.as_deref(),
        papers: entry.papers.len(),
        page: topic_page(topic),
    };
    console.report(&report)?;
    console.line(report.page.trim_end())?;
    Ok(true)
}
