//! `offprint topics suggest`: finds topics in the papers and writes their pages.

use std::io;
use std::path::Path;

use serde::Serialize;

use crate::cli::arguments::SuggestTopics;
use crate::cli::console::Console;
use crate::content::write_topic;
use crate::diagnostics::{Diagnostic, Diagnostics, Place, count, thousands};
use crate::library::{Library, Suggestion};
use crate::model::Topic;

use super::Loaded;

/// How many titles to show as examples for a topic.
const EXAMPLES: usize = 3;

#[derive(Serialize)]
struct Report<'a> {
    papers: usize,
    whole: bool,
    left_over: usize,
    topics: Vec<Suggested<'a>>,
    diagnostics: &'a Diagnostics,
}

#[derive(Serialize)]
struct Suggested<'a> {
    id: &'a str,
    name: &'a str,
    scope: &'a str,
    #[serde(rename = "match")]
    rule: &'a str,
    papers: usize,
    pinned: usize,
    examples: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
}

pub(super) fn run(
    command: &SuggestTopics,
    site: &Path,
    loaded: &Loaded,
    console: &Console,
) -> io::Result<bool> {
    let library = &loaded.library;
    let suggestion = library.suggest(loaded.settings.most_topics);
    let mut found = Diagnostics::new();
    let mut files: Vec<Option<String>> = vec![None; suggestion.topics.len()];
    if command.write {
        for ((topic, _), file) in suggestion.topics.iter().zip(&mut files) {
            match write_topic(site, topic) {
                Ok(written) => *file = Some(written),
                Err(error) => found.push(unwritten(topic, &error)),
            }
        }
    }
    let suggested = |((topic, papers), file)| suggested(library, topic, papers, file);
    let topics = suggestion.topics.iter().map(|(t, p)| (t, &p[..]));
    let files = files.iter().map(Option::as_deref);
    let report = Report {
        papers: suggestion.papers,
        whole: suggestion.is_whole,
        left_over: suggestion.left_over,
        topics: topics.zip(files).map(suggested).collect(),
        diagnostics: &found,
    };
    console.report(&report)?;
    console.diagnostics(&found, false);
    for topic in &report.topics {
        console.line(&format!(
            "{} ({}): {}{}",
            topic.name,
            topic.id,
            count(topic.papers, "paper"),
            if topic.pinned > 0 {
                format!(", {} of them pinned", thousands(topic.pinned))
            } else {
                String::new()
            }
        ))?;
        console.line(&format!("    {}", topic.scope))?;
        for title in &topic.examples {
            console.line(&format!("    · {title}"))?;
        }
    }
    console.line(&summary(&suggestion, command.write))?;
    Ok(!found.has_errors())
}

fn suggested<'a>(
    library: &'a Library,
    topic: &'a Topic,
    papers: &[usize],
    file: Option<&'a str>,
) -> Suggested<'a> {
    let titles = papers
        .iter()
        .map(|paper| library.papers[*paper].title.as_str());
    Suggested {
        id: topic.id.as_str(),
        name: &topic.name,
        scope: &topic.scope,
        rule: &topic.rule,
        papers: papers.len(),
        pinned: topic.pinned.len(),
        examples: titles.take(EXAMPLES).collect(),
        file,
    }
}

fn summary(suggestion: &Suggestion, written: bool) -> String {
    let of = if suggestion.is_whole {
        count(suggestion.papers, "paper")
    } else {
        format!("{} without a topic", count(suggestion.papers, "paper"))
    };
    if suggestion.topics.is_empty() {
        return format!("{of}: too few, or too different, to form a topic");
    }
    let topics = count(suggestion.topics.len(), "topic");
    let rest = match suggestion.left_over {
        0 => "every paper has a topic".to_owned(),
        n => format!("{} would have no topic", count(n, "paper")),
    };
    let next = if written {
        "their pages are in content/topics/"
    } else {
        "--write creates their pages in content/topics/"
    };
    format!("{topics} for {of}; {rest}; {next}")
}

fn unwritten(topic: &Topic, error: &io::Error) -> Diagnostic {
    Diagnostic::error("unwritable", format!("cannot be written: {error}"))
        .at(Place::file(format!("content/topics/{}.md", topic.id)))
        .help("move away whatever is there, and check the permissions")
}
