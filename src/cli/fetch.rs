//! `offprint fetch`: saves new papers from the sources as digest files.

use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::Serialize;

use crate::config::Settings;
use crate::content::{self, Content, ImportOptions};
use crate::diagnostics::{Diagnostic, Diagnostics, Place, count};
use crate::fetch::{self, EnrichReport, Sought, SourceReport};
use crate::model::Date;

use super::arguments::Fetch;
use super::console::Console;

pub(super) fn run(command: &Fetch, site: Option<PathBuf>, console: &Console) -> io::Result<bool> {
    let Some((site, settings)) = console.settings(site) else {
        return Ok(false);
    };
    if settings.sources.is_empty() && !command.enrich {
        let said = Diagnostic::note("no-sources", "there is no `[[source]]` to fetch from")
            .at(Place::file(crate::config::FILE_NAME))
            .help("add one: [[source]] with type = \"arxiv\" and categories = [\"cs.LG\"]");
        console.diagnostics(&said.into(), true);
        return Ok(true);
    }
    // A digest is named after the day it was fetched.
    let Some(today) = command.date.or_else(|| day_of(SystemTime::now())) else {
        let said = Diagnostic::error("clock", "the system clock does not show a usable date")
            .help("set the clock, or give the date with --date 2025-03-14");
        console.diagnostics(&said.into(), true);
        return Ok(false);
    };
    let report = fetch::fetch(&site, &settings, today, |name| {
        console.doing(&format!("asking {name}"))
    });
    for source in &report.sources {
        let what = match &source.file {
            Some(file) => format!("{} in {file}", count(source.papers, "paper")),
            None => String::new(),
        };
        let gap = if what.is_empty() { "" } else { ", " };
        console.line(&format!("{}: {}{gap}{what}", source.name, source.outcome))?;
    }
    let mut diagnostics = report.diagnostics;
    let enriched = command
        .enrich
        .then(|| enrich(&site, &settings, today, console, &mut diagnostics));
    if let Some(enriched) = &enriched {
        console.line(&describe(enriched))?;
    }
    console.diagnostics(&diagnostics, true);
    console.report(&Report {
        sources: report.sources,
        enriched,
    })?;
    Ok(!diagnostics.has_errors())
}

/// The UTC date of a time. `None` outside the supported range of years.
fn day_of(time: SystemTime) -> Option<Date> {
    let time = jiff::Timestamp::try_from(time).ok()?;
    Some(jiff::tz::Offset::UTC.to_datetime(time).date())
}

/// What `--json` prints.
#[derive(Serialize)]
struct Report {
    sources: Vec<SourceReport>,
    #[serde(skip_serializing_if = "Option::is_none")]
    enriched: Option<EnrichReport>,
}

/// Looks up papers without identifiers and updates their pages with what is found.
fn enrich(
    site: &Path,
    settings: &Settings,
    today: Date,
    console: &Console,
    diagnostics: &mut Diagnostics,
) -> EnrichReport {
    let Some(content) = imported(site, settings, console, diagnostics) else {
        return EnrichReport::default();
    };
    let papers = content::nameless(&content);
    let sought: Vec<Sought<'_>> = papers
        .iter()
        .map(|paper| Sought {
            title: &paper.title,
            author: paper.author.as_deref(),
        })
        .collect();
    let (found, mut report) = fetch::look_up(site, settings, today, &sought, |asked| {
        console.doing(&format!("looked up {asked} of {}", sought.len()));
    });
    let found: Vec<_> = found
        .into_iter()
        .map(|(at, record)| (papers[at].slug.clone(), record))
        .collect();
    let (_, said) = content::take_up(site, settings, content, &found);
    diagnostics.append(std::mem::take(&mut report.diagnostics));
    diagnostics.append(said);
    report
}

/// The site's content, after importing pending digests, so that papers fetched just
/// now are looked up too.
fn imported(
    site: &Path,
    settings: &Settings,
    console: &Console,
    diagnostics: &mut Diagnostics,
) -> Option<Content> {
    let (content, found) = Content::read(site);
    if found.has_errors() {
        diagnostics.append(found);
        return None;
    }
    let inputs = match content::unrecorded(&content) {
        Ok(inputs) if inputs.is_empty() => return Some(content),
        Ok(inputs) => inputs,
        Err(found) => {
            diagnostics.append(found);
            return None;
        }
    };
    let report = content::import(site, settings, inputs, &ImportOptions::default());
    for file in &report.files {
        // Failing to print is no reason to stop.
        let _ = console.line(&super::import::describe(file));
    }
    let failed = report.failed();
    diagnostics.append(report.diagnostics);
    let (content, found) = Content::read(site);
    diagnostics.append(found);
    (!failed).then_some(content)
}

fn describe(report: &EnrichReport) -> String {
    let mut parts = vec![format!("{} found", report.found)];
    for (n, what) in [
        (report.not_found, "not found"),
        (report.ambiguous, "ambiguous"),
        (report.asked_before, "not found before"),
    ] {
        if n > 0 {
            parts.push(format!("{n} {what}"));
        }
    }
    format!(
        "{} without identifiers: {}",
        count(report.without_id, "paper"),
        parts.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_clock_far_in_the_future_shows_no_day() {
        let at = |seconds| day_of(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
        assert_eq!(
            at(0).map(|day| day.to_string()).as_deref(),
            Some("1970-01-01")
        );
        assert_eq!(at(253_402_300_800), None);
        assert_eq!(at(1 << 40), None);
    }
}
