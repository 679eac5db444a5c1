//! `offprint build`: builds the site.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::diagnostics::{Diagnostic, Place, count, thousands};
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
        portable: command.portable,
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
            None => "the site was not built; the previous output is unchanged".to_owned(),
            Some(unfinished) => format!(
                "the build was interrupted: {}; the next build will complete it",
                unfinished.sentence()
            ),
        });
        return Ok(false);
    }
    let output = options.root(&site);
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
    if command.zip {
        return zip(&output, &report.paths, console);
    }
    Ok(true)
}

/// Packs a portable site into an archive next to its folder.
fn zip(output: &Path, paths: &[String], console: &Console) -> io::Result<bool> {
    let name = output.file_name().unwrap_or_default().to_string_lossy();
    let archive = output.with_file_name(format!("{name}.zip"));
    match site::pack(output, paths, &name, &archive) {
        Ok(bytes) => {
            console.line(&format!(
                "packed into {}: {:.1} MB",
                archive.strip_prefix(".").unwrap_or(&archive).display(),
                as_megabytes(bytes)
            ))?;
            Ok(true)
        }
        Err(error) => {
            let said = Diagnostic::error("unwritable", format!("cannot be written: {error}"))
                .at(Place::file(archive.display().to_string()))
                .help("check permissions and free space");
            console.diagnostics(&said.into(), true);
            Ok(false)
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a figure with one decimal for people"
)]
fn as_megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
