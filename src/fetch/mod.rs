//! Fetch: what remote sources answer becomes digest files, one for each source
//! and day, whole or not at all. What the files say is for the import to read.

mod client;
mod deposit;
mod enrich;
mod pages;
mod source;

use std::path::Path;

use serde::Serialize;

use crate::config::Settings;
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::ingest::{self, Request};
use crate::model::Date;

pub use client::{Client, Fault};
pub use enrich::{EnrichReport, Sought, look_up};
use source::Source;

/// What became of all sources.
#[derive(Debug, Default, Serialize)]
pub struct FetchReport {
    /// One for each `[[source]]`, in the order of the settings.
    pub sources: Vec<SourceReport>,
    /// What a person should know.
    #[serde(skip)]
    pub diagnostics: Diagnostics,
}

/// What became of one source.
#[derive(Debug, Serialize)]
pub struct SourceReport {
    /// Its name.
    pub name: String,
    /// The digest file, relative to the site, where there is one.
    pub file: Option<String>,
    /// How many papers were found.
    pub papers: usize,
    /// What happened: `fetched`, `unchanged`, `nothing new`, `failed`.
    pub outcome: &'static str,
}

/// Asks every source of a site for what is new on a day, and writes the answers
/// into `content/digests/`. `say` hears which source is asked.
///
/// A source that fails spoils no other, and leaves what was fetched before as it
/// is.
pub fn fetch(site: &Path, settings: &Settings, today: Date, say: impl Fn(&str)) -> FetchReport {
    let mut report = FetchReport::default();
    let (sources, found) = Source::all(settings);
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
    source: &Source,
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
    // What cannot be read as a digest is not kept as one.
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
    let refused = reading.diagnostics.iter().find(|said| {
        matches!(
            said.code,
            "service-error" | "unreadable-format" | "not-text"
        )
    });
    if let Some(said) = refused {
        found.push(failure(source, &Fault::Answer(said.message.clone())));
        return report;
    }
    if reading.records.is_empty() {
        if reading.rejected > 0 {
            found.push(failure(
                source,
                &Fault::Answer("no paper in it can be read".to_owned()),
            ));
        } else {
            report.outcome = "nothing new";
        }
        return report;
    }
    let listed = reading.records[0].listed;
    let same_day = reading.records.iter().all(|record| record.listed == listed);
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

fn failure(source: &Source, fault: &Fault) -> Diagnostic {
    Diagnostic::error(
        "fetch",
        format!("`{}` could not be fetched: {fault}", source.name),
    )
    .at(Place::file(crate::config::FILE_NAME))
    .field("source")
    .help(fault.help())
}
