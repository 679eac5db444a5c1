//! `offprint topics explain`: shows the terms behind each topic of a paper, and
//! behind those it missed.

use std::io;

use serde::Serialize;

use crate::cli::arguments::ExplainTopics;
use crate::cli::console::Console;
use crate::diagnostics::{Diagnostic, nearest};
use crate::library::{Entry, Library};
use crate::model::{Paper, PaperId};
use crate::topics::{Find, Scored, Verdict};

use super::Loaded;

/// A near miss has at least this share of the topic's threshold.
const NARROWLY: f64 = 0.5;

#[derive(Serialize)]
struct Report<'a> {
    slug: &'a str,
    title: &'a str,
    /// Topics set on the page itself, which override all others.
    #[serde(skip_serializing_if = "Option::is_none")]
    chosen: Option<Vec<&'a str>>,
    most: usize,
    topics: Vec<Explained<'a>>,
}

#[derive(Serialize)]
struct Explained<'a> {
    id: &'a str,
    name: &'a str,
    score: f64,
    threshold: f64,
    belongs: bool,
    why: &'static str,
    terms: Vec<Told<'a>>,
}

#[derive(Serialize)]
struct Told<'a> {
    term: &'a str,
    field: &'static str,
    count: u32,
    worth: f64,
}

pub(super) fn run(command: &ExplainTopics, loaded: &Loaded, console: &Console) -> io::Result<bool> {
    let library = &loaded.library;
    let Some(entry) = find(library, &command.paper) else {
        console.diagnostics(&unknown(library, &command.paper).into(), false);
        return Ok(false);
    };
    let most = loaded.settings.most_topics;
    let scored = library.explain(entry, most);
    let chosen = entry.paper.topics.as_ref();
    let report = Report {
        slug: entry.paper.slug.as_str(),
        title: &entry.title,
        chosen: chosen.map(|ids| ids.iter().map(|id| id.as_str()).collect()),
        most,
        topics: scored.iter().map(|one| explained(library, one)).collect(),
    };
    console.report(&report)?;
    console.line(&entry.title)?;
    if let Some(ids) = &report.chosen {
        let ids = if ids.is_empty() {
            "none".to_owned()
        } else {
            ids.join(", ")
        };
        console.line(&format!(
            "its page sets its topics: {ids}; without that, the rules would say:"
        ))?;
    }
    let mut left_out = 0;
    for (one, topic) in scored.iter().zip(&report.topics) {
        if one.verdict == Verdict::Missed && one.strength() < NARROWLY && !command.all {
            left_out += 1;
            continue;
        }
        console.line(&format!(
            "\n{}  {:.2} of {:.2}: {}",
            topic.id, topic.score, topic.threshold, topic.why
        ))?;
        for told in &topic.terms {
            console.line(&format!(
                "  {:+.2}  {} in the {}{}",
                told.worth,
                told.term,
                told.field,
                times(told.count)
            ))?;
        }
    }
    if scored.is_empty() {
        console.line("\nno rule matches it")?;
    }
    if left_out > 0 {
        console.line(&format!(
            "\n{left_out} more have less than half of their threshold; --all shows them"
        ))?;
    }
    Ok(true)
}

fn explained<'a>(library: &'a Library, scored: &'a Scored) -> Explained<'a> {
    let topic = &library.topics[scored.topic].topic;
    Explained {
        id: topic.id.as_str(),
        name: &topic.name,
        score: two_digits(scored.score),
        threshold: scored.threshold,
        belongs: scored.passed(),
        why: why(scored.verdict),
        terms: scored.finds.iter().map(told).collect(),
    }
}

fn told(find: &Find) -> Told<'_> {
    Told {
        term: &find.term,
        field: find.field.name(),
        count: find.count,
        worth: two_digits(find.worth),
    }
}

fn two_digits(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

fn times(count: u32) -> String {
    match count {
        1 => String::new(),
        2 => ", twice".to_owned(),
        n => format!(", {n} times"),
    }
}

fn why(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pinned => "included: pinned on the topic's page",
        Verdict::Passed => "belongs",
        Verdict::Overshadowed => "left out: another topic scores more than twice as high",
        Verdict::Crowded => "left out: enough other topics score higher",
        Verdict::Missed => "missed",
        Verdict::Excluded => "left out: excluded on the topic's page",
    }
}

/// Finds a paper by slug, former slug or identifier.
fn find<'a>(library: &'a Library, name: &str) -> Option<&'a Entry> {
    let of_slug = |slug: &str| {
        let mut papers = library.papers.iter();
        papers.find(|entry| entry.paper.slug.as_str() == slug)
    };
    let moved = || {
        let old = Paper::path_of(name);
        let mut redirects = library.redirects.iter();
        let redirect = redirects.find(|redirect| redirect.from == old)?;
        of_slug(Paper::slug_of(&redirect.to)?.as_str())
    };
    let of_id = || {
        let id = PaperId::parse(name)?;
        library.papers.iter().find(|e| e.paper.ids.contains(&id))
    };
    of_slug(name).or_else(moved).or_else(of_id)
}

fn unknown(library: &Library, name: &str) -> Diagnostic {
    let diagnostic = Diagnostic::error("unknown-id", format!("there is no paper `{name}`"));
    let slugs = library.papers.iter().map(|entry| entry.paper.slug.as_str());
    match nearest(name, slugs) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.help(format!(
            "the slug is the last part of its address: {}",
            Paper::path_of("<slug>")
        )),
    }
}
