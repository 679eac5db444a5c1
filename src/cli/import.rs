//! `offprint import`: turns digests into Markdown pages.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::content::{self, FileReport, ImportOptions, Input, Preview};
use crate::diagnostics::{
    Diagnostic, Diagnostics, Place, count, printable_line, thousands, without_secrets,
};
use crate::fetch::{Client, FetchError};
use crate::model::Date;
use crate::prose;

use super::arguments::Import;
use super::console::Console;

/// The minimum time between two requests, and the first pause if a service is busy.
const PACE: Duration = Duration::from_secs(1);

pub(super) fn run(command: &Import, site: Option<PathBuf>, console: &Console) -> io::Result<bool> {
    let Some((site, settings)) = console.settings(site) else {
        return Ok(false);
    };
    if command.explain {
        explain(console)?;
    }
    let (inputs, unreadable) = read_inputs(command);
    let any_input = !inputs.is_empty();
    let options = ImportOptions {
        date: command.date,
        format: command.format,
        strict: command.strict,
        dry_run: command.dry_run,
        allow_shrink: command.allow_shrink,
    };
    let mut report = content::import(&site, &settings, inputs, &options);
    report.diagnostics.append(unreadable);
    for file in &report.files {
        console.line(&describe(file))?;
        for paper in &file.papers {
            console.line(&previewed(paper))?;
        }
    }
    if report.files.len() > 1 {
        let total = FileReport {
            path: "in all".to_owned(),
            format: String::new(),
            balance: report.total,
            papers: Vec::new(),
        };
        console.line(&describe(&total))?;
    }
    if command.dry_run {
        console.line("nothing was written: this was a dry run")?;
    }
    console.diagnostics(&report.diagnostics, true);
    console.report(&report)?;
    Ok(any_input && !report.failed() && report.any_read())
}

fn read_inputs(command: &Import) -> (Vec<Input>, Diagnostics) {
    let mut inputs = Vec::new();
    let mut found = Diagnostics::new();
    for path in &command.files {
        let name = path.display().to_string();
        if name.starts_with("http://") || name.starts_with("https://") {
            match fetched(&name, command.date) {
                Ok(input) => inputs.push(input),
                Err(said) => found.push(*said),
            }
            continue;
        }
        let Some(id) = content::digest_id(path, command.date) else {
            let help = if path == Path::new("-") {
                "give the date with --date, such as --date 2025-03-14; it becomes the digest's \
                 name"
            } else {
                "rename the file to something with letters or digits"
            };
            found.push(
                Diagnostic::error("no-id", "the digest has no name")
                    .at(Place::file(name))
                    .help(help),
            );
            continue;
        };
        let bytes = if path == Path::new("-") {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
        } else {
            std::fs::read(path)
        };
        match bytes {
            Ok(bytes) => inputs.push(Input { name, id, bytes }),
            Err(error) => found.push(
                Diagnostic::error("unreadable", format!("cannot be read: {error}"))
                    .at(Place::file(name))
                    .help("check the path"),
            ),
        }
    }
    (inputs, found)
}

/// Downloads a URL. The digest is named after the last meaningful part of the path,
/// else after the host.
fn fetched(address: &str, date: Option<Date>) -> Result<Input, Box<Diagnostic>> {
    let refusal = |fault: &FetchError| {
        Box::new(
            Diagnostic::error("fetch", format!("cannot be fetched: {fault}"))
                .at(Place::file(address.to_owned()))
                .help(fault.help()),
        )
    };
    let url =
        url::Url::parse(address).map_err(|_| refusal(&FetchError::Address(address.to_owned())))?;
    let last = url
        .path_segments()
        .and_then(|parts| parts.rev().find(|part| !part.is_empty()));
    let named = last.or(url.host_str()).unwrap_or("-");
    let id = content::digest_id(Path::new(named), date).ok_or_else(|| {
        Box::new(
            Diagnostic::error("no-id", "the digest has no name")
                .at(Place::file(address.to_owned()))
                .help("save it to a file, and import that"),
        )
    })?;
    let answer = Client::new()
        .get(address, PACE)
        .map_err(|fault| refusal(&fault))?;
    Ok(Input {
        name: without_secrets(address).into_owned(),
        id,
        bytes: answer.bytes,
    })
}

/// A paper from a dry run: line, title, authors and the start of the abstract.
fn previewed(paper: &Preview) -> String {
    let mut out = format!("  {:>5}  {}", paper.line, visible(&paper.title));
    let shown = match paper.authors.as_slice() {
        [] => String::new(),
        [first, second, third, .., last] if paper.authors.len() > 6 => format!(
            "{first}, {second}, {third} … {last} ({})",
            count(paper.authors.len(), "author")
        ),
        all => all.join(", "),
    };
    for line in [shown.as_str(), paper.begins.as_str()] {
        if !line.is_empty() {
            out.push_str("\n         ");
            out.push_str(&visible(line));
        }
    }
    out
}

/// One line with the outcome for a file.
pub(super) fn describe(file: &FileReport) -> String {
    let balance = &file.balance;
    let mut parts = vec![format!("{} read", thousands(balance.read))];
    for (n, what) in [
        (balance.new, "new"),
        (balance.merged, "merged"),
        (balance.updated, "updated"),
        (balance.unchanged, "unchanged"),
        (balance.rejected, "rejected"),
    ] {
        if n > 0 || (what == "new" && balance.read == balance.rejected) {
            parts.push(format!("{} {what}", thousands(n)));
        }
    }
    let kept = if balance.kept_edits > 0 {
        format!("; {} kept", count(balance.kept_edits, "edit"))
    } else {
        String::new()
    };
    let format = if file.format.is_empty() {
        String::new()
    } else {
        format!(" ({})", file.format)
    };
    format!(
        "{}{format}: {}{kept}",
        printable_line(&file.path),
        parts.join(", ")
    )
}

/// Prints the rules for repairing abstracts during builds.
fn explain(console: &Console) -> io::Result<()> {
    console.line(
        "Damaged abstracts are repaired when the site is built; content/ keeps them as they \
         arrived.",
    )?;
    console.line("Each rule can be turned off by name in `[import] repairs_off`.\n")?;
    for rule in prose::repairs() {
        console.line(&format!(
            "{}\n    {}\n    when: {}",
            rule.name, rule.what, rule.condition
        ))?;
        let (damaged, repaired) = rule.example;
        if !damaged.is_empty() {
            console.line(&format!(
                "    for example: {} → {repaired}",
                visible(damaged)
            ))?;
        }
        console.line("")?;
    }
    Ok(())
}

/// A text with its control characters escaped.
fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}
