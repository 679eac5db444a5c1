//! `offprint fetch`: what is new at the sources becomes digest files.

use std::io;
use std::path::PathBuf;

use crate::diagnostics::{Diagnostic, Place, count};
use crate::fetch;

use super::arguments::Fetch;
use super::console::Console;

pub(super) fn run(command: &Fetch, site: Option<PathBuf>, console: &Console) -> io::Result<bool> {
    let Some((site, settings)) = console.settings(site) else {
        return Ok(false);
    };
    if settings.sources.is_empty() {
        let said = Diagnostic::note("no-sources", "there is no `[[source]]` to fetch from")
            .at(Place::file(crate::config::FILE_NAME))
            .help("add one: [[source]] with type = \"arxiv\" and categories = [\"cs.LG\"]");
        console.diagnostics(&said.into(), true);
        return Ok(true);
    }
    // A digest is named after the day on which it was fetched.
    let today = command.date.unwrap_or_else(|| {
        jiff::tz::Offset::UTC
            .to_datetime(jiff::Timestamp::now())
            .date()
    });
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
    console.diagnostics(&report.diagnostics, true);
    console.report(&report)?;
    Ok(!report.diagnostics.has_errors())
}
