//! Console output. Reports go to standard output, everything else to standard
//! error, and progress only to a terminal.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use crate::config::{FILE_NAME, Settings};
use crate::diagnostics::{
    Diagnostic, Diagnostics, Place, Severity, Style, count, printable, printable_json, render_all,
};
use crate::site::Progress;

/// How many diagnostics of one kind to show.
const MOST_OF_A_KIND: usize = 20;

/// Where output goes.
#[derive(Debug)]
pub(super) struct Console {
    json: bool,
    quiet: bool,
    bar: Mutex<Option<ProgressBar>>,
}

impl Console {
    pub(super) fn new(json: bool, quiet: bool) -> Self {
        Self {
            json,
            quiet,
            bar: Mutex::new(None),
        }
    }

    /// Prints a line for people. With `--json`, standard output is reserved for the
    /// report.
    pub(super) fn line(&self, text: &str) -> io::Result<()> {
        let text = printable(text);
        if self.quiet {
            Ok(())
        } else if self.json {
            writeln!(anstream::stderr(), "{text}")
        } else {
            writeln!(anstream::stdout(), "{text}")
        }
    }

    /// Prints the report as JSON if requested.
    pub(super) fn report(&self, report: &impl Serialize) -> io::Result<()> {
        match self.json {
            true => self.document(report),
            false => Ok(()),
        }
    }

    /// Prints a document as JSON, whatever was requested.
    pub(super) fn document(&self, document: &impl Serialize) -> io::Result<()> {
        let text = serde_json::to_string_pretty(document).map_err(io::Error::other)?;
        writeln!(io::stdout(), "{}", printable_json(&text))
    }

    /// Prints a line to standard error. Failures are ignored, since there is
    /// nowhere to report them.
    pub(super) fn error_line(&self, text: &str) {
        let _ = writeln!(anstream::stderr(), "{}", printable(text));
    }

    /// Shows progress on a terminal.
    pub(super) fn doing(&self, what: &str) {
        if !self.quiet && io::stderr().is_terminal() {
            self.error_line(&format!("{what} …"));
        }
    }

    /// Prints all diagnostics to standard error. Notes are shown only on request.
    pub(super) fn diagnostics(&self, diagnostics: &Diagnostics, notes: bool) {
        let mut shown = Diagnostics::new();
        shown.extend(
            diagnostics
                .iter()
                .filter(|d| d.severity != Severity::Note || (notes && !self.quiet))
                .cloned(),
        );
        if shown.is_empty() {
            return;
        }
        let style = if anstream::AutoStream::choice(&io::stderr()) == anstream::ColorChoice::Never {
            Style::Plain
        } else {
            Style::Colour
        };
        let _ = write!(
            anstream::stderr(),
            "{}",
            render_all(&shown, style, MOST_OF_A_KIND)
        );
        let (errors, warnings) = (shown.count(Severity::Error), shown.count(Severity::Warning));
        let parts: Vec<String> = [(errors, "error"), (warnings, "warning")]
            .into_iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, noun)| count(n, noun))
            .collect();
        if !parts.is_empty() {
            self.error_line(&parts.join(", "));
        }
    }

    /// Finds the site to work on: the one named, else the nearest parent folder
    /// with settings.
    pub(super) fn site(&self, named: Option<PathBuf>) -> Option<PathBuf> {
        if let Some(site) = named {
            if site.join(FILE_NAME).is_file() {
                return Some(site);
            }
            let diagnostic =
                Diagnostic::error("no-site", format!("{} has no {FILE_NAME}", site.display()))
                    .at(Place::file(site.display().to_string()))
                    .help(
                        "create a site with `offprint new DIR`, or name its folder with \
                        --site",
                    );
            self.diagnostics(&diagnostic.into(), false);
            return None;
        }
        let here = std::env::current_dir().unwrap_or_default();
        // A relative path keeps messages short if the site is the current folder.
        if here.join(FILE_NAME).is_file() {
            return Some(PathBuf::from("."));
        }
        if let Some(site) = here
            .ancestors()
            .find(|folder| folder.join(FILE_NAME).is_file())
        {
            return Some(site.to_owned());
        }
        let diagnostic = Diagnostic::error(
            "no-site",
            format!("there is no {FILE_NAME} in this folder or any folder above it"),
        )
        .help("create a site with `offprint new DIR`, or name its folder with --site");
        self.diagnostics(&diagnostic.into(), false);
        None
    }

    /// Finds the site and loads its settings. Reports what is wrong with either.
    pub(super) fn settings(&self, named: Option<PathBuf>) -> Option<(PathBuf, Settings)> {
        let site = self.site(named)?;
        match Settings::load(&site) {
            Ok(settings) => Some((site, settings)),
            Err(found) => {
                self.diagnostics(&found, true);
                None
            }
        }
    }

    fn with_bar(&self, f: impl FnOnce(&mut Option<ProgressBar>)) {
        if !self.quiet && io::stderr().is_terminal() {
            f(&mut self
                .bar
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner));
        }
    }
}

impl Progress for Console {
    fn begin(&self, stage: &'static str, total: Option<usize>) {
        self.with_bar(|slot| {
            let bar = match total {
                Some(total) => ProgressBar::new(total as u64).with_style(style(
                    "{msg:>10} {bar:30} {human_pos}/{human_len} {elapsed}",
                )),
                None => {
                    ProgressBar::new_spinner().with_style(style("{msg:>10} {spinner} {elapsed}"))
                }
            };
            bar.set_message(stage);
            bar.enable_steady_tick(Duration::from_millis(100));
            *slot = Some(bar);
        });
    }

    fn step(&self) {
        self.with_bar(|slot| {
            if let Some(bar) = slot {
                bar.inc(1);
            }
        });
    }

    fn end(&self) {
        self.with_bar(|slot| {
            if let Some(bar) = slot.take() {
                bar.finish_and_clear();
            }
        });
    }

    fn say(&self, line: &str) {
        self.error_line(line);
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
