//! `offprint remove`: removes papers for good, or restores them.

use std::io;
use std::path::PathBuf;

use crate::content;
use crate::text::clean_line;

use super::arguments::Remove;
use super::console::Console;

pub(super) fn run(command: &Remove, site: Option<PathBuf>, console: &Console) -> io::Result<bool> {
    let Some((site, settings)) = console.settings(site) else {
        return Ok(false);
    };
    let report = if command.restore {
        content::restore(&site, &settings, &command.papers)
    } else {
        let reason = command.reason.as_deref().map(clean_line);
        let reason = reason.filter(|text| !text.is_empty());
        content::remove(&site, &settings, &command.papers, reason.as_deref())
    };
    for paper in &report.removed {
        let kept = paper.file.as_deref().unwrap_or_default();
        console.line(&format!(
            "removed {}; its page is kept as {kept}",
            paper.slug
        ))?;
    }
    for paper in &report.restored {
        match &paper.file {
            Some(file) => console.line(&format!("restored {}: {file}", paper.slug))?,
            None => console.line(&format!("{} may be imported again", paper.slug))?,
        }
    }
    console.diagnostics(&report.diagnostics, true);
    console.report(&report)?;
    Ok(!report.failed())
}
