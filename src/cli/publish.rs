//! `offprint publish`: sends the site to a host.

use std::io;
use std::path::PathBuf;
use std::time::Instant;

use crate::diagnostics::{count, thousands};
use crate::publish::{self, FileChange, PublishOptions};

use super::arguments::Publish;
use super::console::Console;

pub(super) fn run(command: &Publish, site: Option<PathBuf>, console: &Console) -> io::Result<bool> {
    let Some(site) = console.site(site) else {
        return Ok(false);
    };
    let options = PublishOptions {
        target: command.target.clone(),
        to: command.to.clone(),
        base_url: command.base_url.clone(),
        dry_run: command.dry_run,
        allow_shrink: command.allow_shrink,
        replace: command.replace,
        resend: command.resend,
        unchecked: command.unchecked,
        no_import: command.no_import,
    };
    let start = Instant::now();
    let report = publish::publish(&site, &options, console);
    console.diagnostics(&report.diagnostics, true);
    console.report(&report)?;
    if command.dry_run {
        for file in &report.changes {
            let (mark, bytes) = match file.change {
                FileChange::New => ('+', format!("  {} bytes", thousands_of(file.bytes))),
                FileChange::Changed => ('~', format!("  {} bytes", thousands_of(file.bytes))),
                FileChange::Removed => ('-', String::new()),
            };
            console.line(&format!("{mark} {}{bytes}", file.path))?;
        }
    }
    if report.failed() {
        return Ok(false);
    }
    let others = match report.others {
        0 => String::new(),
        1 => "; 1 other file kept".to_owned(),
        n => format!("; {} other files kept", count(n, "file")),
    };
    let changes = format!(
        "{} new, {} changed, {} removed, {} unchanged{others}",
        thousands(report.new),
        thousands(report.changed),
        thousands(report.removed),
        thousands(report.unchanged),
    );
    console.line(&match (command.dry_run, report.published) {
        (true, _) => format!(
            "would publish to {}: {changes}; {} bytes to send. Nothing was sent",
            report.to,
            thousands_of(report.bytes)
        ),
        (false, true) => format!(
            "published to {}: {changes}; {} bytes in {:.1} s",
            report.to,
            thousands_of(report.bytes),
            start.elapsed().as_secs_f64()
        ),
        (false, false) => format!("{} is up to date: {changes}", report.to),
    })?;
    Ok(true)
}

fn thousands_of(bytes: u64) -> String {
    thousands(usize::try_from(bytes).unwrap_or(usize::MAX))
}
