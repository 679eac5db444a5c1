//! Fetching: saves what remote sources return as digest files, one per source and
//! day, each complete or not written at all. Import reads them later.

mod client;
mod deposit;
mod enrich;
mod error;
mod pages;
mod redirect;
mod source;
mod visit;

use std::path::Path;

use serde::Serialize;

use crate::config::Settings;
use crate::diagnostics::{Diagnostic, Diagnostics, Place, Severity, count};
use crate::ingest::{self, Format, ParsedFile, Request};
use crate::model::{Date, Record};

pub use client::{Client, USER_AGENT};
pub use enrich::{EnrichReport, Sought, look_up};
pub use error::FetchError;
use source::{FetchSource, SourceKind};
pub use visit::{Visited, Visitor, Wait};

/// An abstract of this many bytes shows that a text is a list of papers.
const ABSTRACT: usize = 200;

/// The outcome for all sources.
#[derive(Debug, Default, Serialize)]
pub struct FetchReport {
    /// One entry per `[[source]]`, in the order of the settings.
    pub sources: Vec<SourceReport>,
    /// Messages for the user.
    #[serde(skip)]
    pub diagnostics: Diagnostics,
}

/// The outcome for one source.
#[derive(Debug, Serialize)]
pub struct SourceReport {
    /// Its name.
    pub name: String,
    /// The digest file, relative to the site, if there is one.
    pub file: Option<String>,
    /// How many papers were found.
    pub papers: usize,
    /// One of `fetched`, `unchanged`, `nothing new` and `failed`.
    pub outcome: &'static str,
}

/// Asks every source what is new on a day and writes the results to
/// `content/digests/`. `say` is called with each source.
///
/// A failing source does not affect others, and what was fetched before stays.
pub fn fetch(site: &Path, settings: &Settings, today: Date, say: impl Fn(&str)) -> FetchReport {
    let mut report = FetchReport::default();
    let (sources, found) = FetchSource::all(settings);
    report.diagnostics.append(found);
    let mut client = Client::new();
    for source in sources {
        say(&source.name);
        let outcome = fetch_one(
            site,
            settings,
            today,
            &source,
            &mut client,
            &mut report.diagnostics,
        );
        report.sources.push(outcome);
    }
    report
}

fn fetch_one(
    site: &Path,
    settings: &Settings,
    today: Date,
    source: &FetchSource,
    client: &mut Client,
    found: &mut Diagnostics,
) -> SourceReport {
    let mut report = SourceReport {
        name: source.name.clone(),
        file: None,
        papers: 0,
        outcome: "failed",
    };
    let since = deposit::newest(site, &source.name);
    client.begin(source.timeout);
    let answer = match pages::collect(site, source, since, today, client) {
        Ok(Some(answer)) => answer,
        Ok(None) => {
            report.outcome = "nothing new";
            return report;
        }
        Err(fault) => {
            found.push(failure(source, &fault));
            return report;
        }
    };
    // Do not keep files that cannot be read as a digest.
    let file_name = format!("{}.{}", source.name, answer.suffix);
    let reading = ingest::read(&Request {
        name: &file_name,
        bytes: &answer.bytes,
        format: None,
        date: Some(today),
        earlier: None,
        columns: &settings.columns,
    });
    report.papers = reading.records.len();
    if let Some(fault) = refused(&reading, &answer.bytes) {
        found.push(failure(source, &fault));
        return report;
    }
    if reading.records.is_empty() {
        report.outcome = "nothing new";
        return report;
    }
    if answer.is_cut {
        found.push(cut(source, report.papers));
    }
    let listed = reading.records[0].date;
    let same_day = reading.records.iter().all(|record| record.date == listed);
    let day = listed.filter(|_| same_day).unwrap_or(today);
    match deposit::write(site, &source.name, day, answer.suffix, &answer.bytes) {
        Ok((file, is_new)) => {
            report.outcome = if is_new { "fetched" } else { "unchanged" };
            report.file = Some(file);
            pages::done(site, source, &answer);
        }
        Err(error) => found.push(
            Diagnostic::error(
                "unwritable",
                format!("the digest cannot be written: {error}"),
            )
            .at(Place::file("content/digests")),
        ),
    }
    report
}

/// Why a response is not a digest: it cannot be read, or is not a list of papers.
fn refused(reading: &ParsedFile, bytes: &[u8]) -> Option<FetchError> {
    // Each rejected record has its own error; any further error is about the whole
    // file.
    let errors = reading.diagnostics.count(Severity::Error);
    let is_unread = reading.records.is_empty() && reading.rejected > 0;
    if errors > reading.rejected || is_unread {
        let page = ingest::web_page(&String::from_utf8_lossy(bytes));
        let mut all = reading.diagnostics.iter();
        let said = all.find(|said| said.severity == Severity::Error)?;
        return Some(match page {
            Some(title) => pages::web_page(&title),
            None => FetchError::Answer(said.message.clone()),
        });
    }
    // Any text can be read as a list of titles. Such papers have nothing but a
    // title.
    let is_bare = |record: &Record| {
        record.authors.is_empty()
            && record.ids.is_empty()
            && record.links.is_empty()
            && record.abstract_text.len() < ABSTRACT
    };
    let first = reading.records.first()?;
    let is_text = reading.format == Format::PageText && reading.records.iter().all(is_bare);
    is_text.then(|| {
        FetchError::Answer(format!(
            "the response is a text without papers: “{}”",
            first.title.chars().take(80).collect::<String>()
        ))
    })
}

/// The warning that a source has more than was asked for.
fn cut(source: &FetchSource, papers: usize) -> Diagnostic {
    let message = format!(
        "`{}` may have more than the {} that were fetched",
        source.name,
        count(papers, "paper")
    );
    let (said, help) = match source.kind {
        SourceKind::Arxiv { .. } => (
            Diagnostic::note("cut", message),
            "raise `max` if you want them",
        ),
        _ => (
            Diagnostic::warning("cut", message),
            "request less at a time, such as a day instead of a month",
        ),
    };
    said.at(Place::file(crate::config::FILE_NAME))
        .field("source")
        .help(help)
}

fn failure(source: &FetchSource, fault: &FetchError) -> Diagnostic {
    Diagnostic::error(
        "fetch",
        format!("`{}` could not be fetched: {fault}", source.name),
    )
    .at(Place::file(crate::config::FILE_NAME))
    .field("source")
    .help(fault.help())
}
