//! A request: one file to be read, with what the user said about it.

use std::collections::BTreeMap;

use super::decode::{NotText, decode};
use super::detect::{Detection, detect};
use super::ledger::Ledger;
use super::{Format, Reading, jsonl, page_text};
use crate::diagnostics::{Diagnostic, count};
use crate::model::Date;

/// One file to be read.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The file's name as the user knows it, or "-".
    pub name: &'a str,
    /// What is in it.
    pub bytes: &'a [u8],
    /// The format, where the user named it; else it is detected.
    pub format: Option<Format>,
    /// The day of the digest, where the user named it; it wins.
    pub date: Option<Date>,
    /// The day of an earlier digest, for a date without a year.
    pub earlier: Option<Date>,
    /// `[import.columns]`: by the name of the field the name of the column.
    pub columns: &'a BTreeMap<String, String>,
}

/// Reads a file. It does not fail: what is wrong is in the reading's
/// diagnostics.
pub fn read(request: &Request<'_>) -> Reading {
    let detection = detect(request.name, request.bytes);
    let format = request
        .format
        .or(detection.format())
        .unwrap_or(Format::PageText);
    let mut ledger = Ledger::new(format, request.name);
    match (request.format, detection) {
        (None, Detection::Foreign { what, help }) => {
            let said = Diagnostic::error(
                "unreadable-format",
                format!("this is {what}, for which there is no reader"),
            );
            ledger.say(said.at(ledger.whole()).help(help));
        }
        _ => read_text(request, &mut ledger),
    }
    ledger.close()
}

fn read_text(request: &Request<'_>, ledger: &mut Ledger) {
    let decoded = match decode(request.bytes) {
        Ok(decoded) => decoded,
        Err(NotText::Binary) => {
            let said = Diagnostic::error("not-text", "this is not a text file");
            ledger.say(
                said.at(ledger.whole())
                    .help("give the digest as text, in UTF-8"),
            );
            return;
        }
        Err(NotText::Encoding) => {
            let said = Diagnostic::error(
                "not-text",
                "this is not text in UTF-8, and its encoding cannot be told",
            );
            ledger.say(said.at(ledger.whole()).help("save it in UTF-8"));
            return;
        }
    };
    if decoded.guessed > 0 {
        let bytes = count(decoded.guessed, "byte");
        let said = Diagnostic::warning(
            "encoding",
            format!("not all of this is UTF-8; {bytes} were read as Windows-1252"),
        );
        ledger.say(
            said.at(ledger.whole())
                .help("look at accented letters and quotation marks, or save the file in UTF-8"),
        );
    }
    if decoded.text.trim().is_empty() {
        let said = Diagnostic::warning("empty-file", "there is nothing in this file");
        ledger.say(said.at(ledger.whole()));
        ledger.reading.date = request.date;
        return;
    }
    match ledger.reading.format {
        Format::PageText => page_text::read(request, &decoded.text, ledger),
        Format::Jsonl => jsonl::read(request, &decoded.text, ledger),
    }
}
