//! The tally: collects the result of reading a file. It counts every record, so
//! that no reader can lose one, and limits what a hostile file can cost.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Format, ParsedFile, refusal};
use crate::diagnostics::{Code, Diagnostic, Place, count, thousands, without_secrets};
use crate::model::Record;

/// The most records accepted from one file; the rest is rejected and reported.
const MAX_RECORDS: usize = 500_000;

/// The most diagnostics kept per code and file. The rest is summarised in one.
const MAX_ALIKE: usize = 10_000;

/// The result of reading a file, under construction.
#[derive(Debug)]
pub(super) struct ImportTally {
    /// The result so far. Records, counts and diagnostics are added only by the
    /// methods below.
    pub(super) reading: ParsedFile,
    file: Arc<str>,
    alike: BTreeMap<Code, Alike>,
}

/// The diagnostics of one code.
#[derive(Debug, Default)]
struct Alike {
    count: usize,
    /// The last one that was not kept.
    last: Option<Diagnostic>,
}

impl ImportTally {
    /// An empty tally for a file.
    pub(super) fn new(format: Format, file: &str) -> Self {
        Self {
            reading: ParsedFile::new(format),
            file: file.into(),
            alike: BTreeMap::new(),
        }
    }

    /// A line of the file, to be shown.
    pub(super) fn line(&self, number: usize, text: &str) -> Place {
        Place::line(Arc::clone(&self.file), number, text)
    }

    /// A position on a line, in bytes from its start.
    pub(super) fn at(&self, number: usize, text: &str, byte: usize) -> Place {
        let mut place = Place::span(Arc::clone(&self.file), text, byte..byte + 1);
        place.line = Some(number);
        place
    }

    /// The file as a whole.
    pub(super) fn whole(&self) -> Place {
        Place::file(Arc::clone(&self.file))
    }

    /// Accepts a paper.
    pub(super) fn accept(&mut self, mut record: Record) {
        hide_secrets(&mut record);
        if refusal::is_error(&record) {
            let place = self.line(record.line, &record.title);
            let message = format!(
                "this is a service's error message, not a paper: “{}”",
                record.title
            );
            self.reject(
                Diagnostic::error(Code::SERVICE_ERROR, message)
                    .at(place)
                    .help("download it again; if a paper really has this title, add its authors"),
            );
            return;
        }
        if self.reading.records.len() < MAX_RECORDS {
            self.reading.read += 1;
            self.reading.records.push(record);
            return;
        }
        let place = self.line(record.line, &record.title);
        self.reject(
            Diagnostic::error(
                "too-many-records",
                format!("more than {} in one file", count(MAX_RECORDS, "record")),
            )
            .at(place)
            .help("split the file"),
        );
    }

    /// Rejects a paper, for the reason given.
    pub(super) fn reject(&mut self, reason: Diagnostic) {
        self.reading.read += 1;
        self.reading.rejected += 1;
        self.say(reason);
    }

    /// Adds a diagnostic, within the limit.
    pub(super) fn say(&mut self, diagnostic: Diagnostic) {
        let alike = self.alike.entry(diagnostic.code).or_default();
        alike.count += 1;
        if alike.count <= MAX_ALIKE {
            self.reading.diagnostics.push(diagnostic);
        } else {
            alike.last = Some(diagnostic);
        }
    }

    /// Finishes, and reports how many diagnostics were dropped.
    pub(super) fn close(mut self) -> ParsedFile {
        for alike in self.alike.into_values() {
            if let Some(mut last) = alike.last {
                last.message = format!(
                    "{} more of this kind; the last one: {}",
                    thousands(alike.count - MAX_ALIKE),
                    last.message
                );
                self.reading.diagnostics.push(last);
            }
        }
        self.reading
    }
}

/// Removes user names and passwords from URLs in a record; nobody meant to publish
/// them.
fn hide_secrets(record: &mut Record) {
    for text in [&mut record.facts.title, &mut record.facts.abstract_text] {
        if let Cow::Owned(hidden) = without_secrets(text) {
            *text = hidden;
        }
    }
    for link in record.links.values_mut().filter(|link| link.contains('@')) {
        if let Ok(mut url) = url::Url::parse(link)
            && (!url.username().is_empty() || url.password().is_some())
            && url.set_username("").is_ok()
            && url.set_password(None).is_ok()
        {
            *link = url.to_string();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Source;

    #[test]
    fn the_balance_holds_and_diagnostics_are_bounded() {
        let mut tally = ImportTally::new(Format::Jsonl, "a.jsonl");
        tally.accept(Record::new(Source::JSONL, 1, "A"));
        for n in 0..MAX_ALIKE + 5 {
            tally.reject(Diagnostic::error("bad", format!("number {n}")));
        }
        let reading = tally.close();
        assert_eq!(reading.read, reading.records.len() + reading.rejected);
        assert_eq!(reading.diagnostics.iter().count(), MAX_ALIKE + 1);
        let last = reading.diagnostics.iter().last().unwrap();
        assert_eq!(
            last.message,
            "5 more of this kind; the last one: number 10004"
        );
    }
}
