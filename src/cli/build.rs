//! `offprint build`: the site from its content.

use std::io;
use std::path::PathBuf;
use std::time::Instant;

use crate::diagnostics::{count, thousands};
use crate::site::{self, BuildOptions};

use super::arguments::Build;
use super::console::Console;
use super::import;

pub(super) fn run(command: &Build, site: Option<PathBuf>, console: &Console) -> io::Result<bool> {
    let Some(site) = console.site(site) else {
        return Ok(false);
    };
    let options = BuildOptions {
        base_url: command.base_url.clone(),
        output: command.output.clone(),
        drafts: command.drafts,
        no_import: command.no_import,
        no_cards: false,
        readable: command.readable,
        clean: command.clean,
        verify: command.verify,
        host: None,
    };
    let start = Instant::now();
    let report = site::build(&site, &options, console);
    if let Some(imported) = &report.import {
        for file in &imported.files {
            console.line(&import::describe(file))?;
        }
        console.diagnostics(&imported.diagnostics, true);
    }
    console.diagnostics(&report.diagnostics, true);
    console.report(&report)?;
    if report.failed() {
        console.error_line(&match &report.unfinished {
            None => "the site was not built; the last good one is as it was".to_owned(),
            Some(unfinished) => format!(
                "the site was not built to the end: {}; the next build completes it",
                unfinished.sentence()
            ),
        });
        return Ok(false);
    }
    let output = options.output.unwrap_or_else(|| site.join("public"));
    let removed = if report.removed > 0 {
        format!(", {} removed", thousands(report.removed))
    } else {
        String::new()
    };
    console.line(&format!(
        "{} in {}: {} written, {} unchanged{removed}; {:.1} MB in {:.2} s",
        count(report.pages, "page"),
        output.strip_prefix(".").unwrap_or(&output).display(),
        thousands(report.written),
        thousands(report.unchanged),
        as_megabytes(report.bytes),
        start.elapsed().as_secs_f64(),
    ))?;
    Ok(true)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a figure with one decimal for people"
)]
fn as_megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
