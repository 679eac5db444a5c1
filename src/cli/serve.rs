//! `offprint serve`: previews the site while it is edited.

use std::io;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::diagnostics::{count, printable_line};
use crate::preview::{self, Observer, PreviewOptions};
use crate::site::BuildReport;

use super::arguments::Serve;
use super::console::Console;
use super::import;

pub(super) fn run(command: &Serve, site: Option<PathBuf>, console: &Console) -> io::Result<bool> {
    let Some(site) = console.site(site) else {
        return Ok(false);
    };
    let options = PreviewOptions {
        host: command.host,
        port: command.port,
        drafts: command.drafts,
    };
    let teller = Teller {
        console,
        open: command.open,
    };
    preview::preview(&site, &options, &teller)?;
    Ok(true)
}

struct Teller<'a> {
    console: &'a Console,
    open: bool,
}

impl Teller<'_> {
    fn line(&self, text: &str) {
        // Keep serving even if the terminal is gone.
        let _ = self.console.line(text);
    }
}

impl Observer for Teller<'_> {
    fn listening(&self, address: &str, busy: Option<u16>) {
        if let Some(port) = busy {
            self.line(&format!("port {port} is busy; using another one"));
        }
        self.line(&format!("serving at {address} (press Ctrl-C to stop)"));
        if self.open && open_browser(address).is_err() {
            self.line("could not open a browser; open the address yourself");
        }
    }

    fn ready(&self, changed: &[String], report: &BuildReport, seconds: f64) {
        if let Some(imported) = &report.import {
            for file in &imported.files {
                self.line(&import::describe(file));
            }
            self.console.diagnostics(&imported.diagnostics, false);
        }
        self.console
            .diagnostics(&report.diagnostics, changed.is_empty());
        let cause = match changed {
            [] => String::new(),
            [one] => format!("{} changed: ", printable_line(one)),
            many => format!("{} changed: ", count(many.len(), "file")),
        };
        if report.failed() {
            self.line(&format!(
                "{cause}has errors; the last good version stays up"
            ));
            return;
        }
        let pages = match report.pages {
            0 => String::new(),
            pages => format!("{} ", count(pages, "page")),
        };
        self.line(&format!("{cause}{pages}ready in {seconds:.2} s"));
    }

    fn stopped(&self) {
        self.line("stopped");
    }
}

fn open_browser(address: &str) -> io::Result<()> {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    Command::new(program)
        .args(arguments)
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map(|_| ())
}
