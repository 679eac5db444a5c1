//! `offprint check`: finds problems before the site is published.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use crate::check::{self, Asking, CheckOptions};
use crate::config::Host;
use crate::diagnostics::{Severity, count, thousands};
use crate::site::BuildOptions;

use super::arguments::Check;
use super::console::Console;

pub(super) fn run(command: &Check, site: Option<PathBuf>, console: &Console) -> io::Result<bool> {
    let Some(site) = console.site(site) else {
        return Ok(false);
    };
    let options = CheckOptions {
        build: BuildOptions {
            base_url: command.base_url.clone(),
            drafts: command.drafts,
            ..BuildOptions::default()
        },
        host: command.host.as_deref().and_then(Host::named),
        asking: command.external.then(|| Asking {
            time: Duration::from_secs(command.minutes.saturating_mul(60)),
            pace: Duration::from_secs_f64(command.pace),
            takes_private: command.private,
            archive: command.archive.clone(),
        }),
    };
    let report = check::check(&site, &options, console);
    console.diagnostics(&report.diagnostics, true);
    if command.sarif {
        console.document(&check::sarif(&report.diagnostics))?;
    } else {
        console.report(&report)?;
    }
    let summary = format!(
        "{} checked, {} of {} MB: {} within the site, {}",
        count(report.pages, "page"),
        count(report.files, "file"),
        report.bytes.div_ceil(1_000_000),
        count(report.links, "link"),
        count(report.diagnostics.count(Severity::Error), "error"),
    );
    let others = match (report.asked, report.external) {
        (Some(asked), _) => format!("; {} to other sites", count(asked, "address")),
        (None, 0) => String::new(),
        (None, n) => format!("; {} to other sites were not checked", thousands(n)),
    };
    if command.sarif {
        console.error_line(&format!("{summary}{others}"));
    } else {
        console.line(&format!("{summary}{others}"))?;
    }
    Ok(!report.failed())
}
