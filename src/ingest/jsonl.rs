//! JSONL: JSON, one object a line, one paper an object. Lines are read one
//! after the other; one that is broken is left out and the others go on.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::field::{Columns, usual_names};
use super::fill::{Unused, fill, repeated};
use super::ledger::Ledger;
use super::lines::lines;
use super::{Format, Request, dating};
use crate::diagnostics::{Diagnostic, count, nearest};
use crate::model::Record;

/// The longest line that is read, in bytes. A line of JSON takes many times its
/// length when it is taken apart, and no paper needs as much.
const MAX_LINE: usize = 4 * 1024 * 1024;

/// How many column names of one file are spoken of.
const MAX_NAMES: usize = 200;

/// Reads decoded JSONL.
pub(super) fn read(request: &Request<'_>, text: &str, ledger: &mut Ledger) {
    let columns = Columns::new(request.columns);
    for field in &columns.unknown {
        ledger.say(unknown_setting(field));
    }
    let mut about = About::default();
    for line in lines(text) {
        if line.text.trim().is_empty() {
            continue;
        }
        match record(line.text, line.number, &columns) {
            Ok((record, unused, twice)) => {
                about.note(&unused, &twice, line.number, line.text);
                ledger.accept(record);
            }
            Err(fault) => {
                let diagnostic = fault.diagnostic(ledger, line.number, line.text);
                ledger.reject(diagnostic);
            }
        }
    }
    about.say(ledger);
    let (date, said) = dating::settle(dating::Evidence {
        name: request.name,
        asked: request.date,
        earlier: None,
        found: None,
    });
    ledger.reading.date = date;
    said.into_iter().for_each(|d| ledger.say(d));
}

/// Whether a line is one object of JSON.
pub(super) fn is_object(line: &str) -> bool {
    line.len() <= MAX_LINE && serde_json::from_str::<Fields>(line).is_ok()
}

/// Why a line gives no record.
enum Fault {
    TooLong,
    Json(serde_json::Error),
    NoObject,
    NoTitle,
}

type Found = (Record, Unused, Vec<String>);

fn record(line: &str, number: usize, columns: &Columns) -> Result<Found, Fault> {
    if line.len() > MAX_LINE {
        return Err(Fault::TooLong);
    }
    let Fields(values) = match serde_json::from_str(line) {
        Ok(fields) => fields,
        Err(error) if error.is_data() => return Err(Fault::NoObject),
        Err(error) => return Err(Fault::Json(error)),
    };
    let twice = repeated(&values);
    let mut record = Record::new(Format::Jsonl.source(), number, "");
    let unused = fill(&mut record, values, columns);
    if record.title.is_empty() {
        return Err(Fault::NoTitle);
    }
    Ok((record, unused, twice))
}

impl Fault {
    fn diagnostic(self, ledger: &Ledger, number: usize, line: &str) -> Diagnostic {
        let place = ledger.line(number, line);
        match self {
            Self::TooLong => Diagnostic::error(
                "line-too-long",
                format!("a line of more than {} bytes", count(MAX_LINE, "byte")),
            )
            .at(place),
            Self::NoObject => {
                Diagnostic::error("no-object", "not an object of JSON, so not a paper")
                    .at(place)
                    .help(ONE_PAPER_A_LINE)
            }
            Self::NoTitle => Diagnostic::error("no-title", "a paper without a title")
                .at(place)
                .field("title")
                .help("where the title has another name, say it: `[import.columns] title = \"…\"`"),
            Self::Json(error) => {
                let message = error.to_string();
                let what = message.split(" at line ").next().unwrap_or_default();
                Diagnostic::error("json", format!("not JSON: {what}"))
                    .at(ledger.at(number, line, error.column().saturating_sub(1)))
                    .help(ONE_PAPER_A_LINE)
            }
        }
    }
}

/// What to do about a line that is no paper.
const ONE_PAPER_A_LINE: &str = "each line is one paper: {\"title\": …, \"abstract\": …}";

/// The members of an object, in order and with repeated names.
struct Fields(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;

        impl<'de> Visitor<'de> for Members {
            type Value = Fields;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Fields(members))
            }
        }

        deserializer.deserialize_map(Members)
    }
}

/// What is to be said once a file about its columns.
#[derive(Default)]
struct About {
    by_name: BTreeMap<(&'static str, String), Seen>,
    /// Names beyond the bound.
    more: usize,
}

struct Seen {
    count: usize,
    first: (usize, String),
}

/// How much of a line is kept to show it.
const SHOWN: usize = 200;

impl About {
    fn note(&mut self, unused: &Unused, twice: &[String], number: usize, line: &str) {
        let all = unused.unknown.iter().map(|name| ("unknown-field", name));
        let all = all.chain(unused.unfit.iter().map(|name| ("unused-value", name)));
        for (code, name) in all.chain(twice.iter().map(|name| ("repeated-field", name))) {
            let key = (code, name.chars().take(80).collect());
            if let Some(seen) = self.by_name.get_mut(&key) {
                seen.count += 1;
            } else if self.by_name.len() < MAX_NAMES {
                let shown = line.chars().take(SHOWN).collect();
                let first = (number, shown);
                self.by_name.insert(key, Seen { count: 1, first });
            } else {
                self.more += 1;
            }
        }
    }

    fn say(self, ledger: &mut Ledger) {
        for ((code, name), seen) in self.by_name {
            let papers = count(seen.count, "paper");
            let message = match code {
                "unknown-field" => format!("`{name}` is not understood; {papers} have it"),
                "repeated-field" => {
                    format!("`{name}` stands more than once; the first holds, in {papers}")
                }
                _ => format!("a value of `{name}` could not be used, in {papers}"),
            };
            let place = ledger.line(seen.first.0, &seen.first.1);
            let mut note = Diagnostic::note(code, message)
                .at(place)
                .field(name.as_str());
            if code == "unknown-field" {
                let like = nearest(&name, usual_names()).unwrap_or("title");
                note = note.help(format!(
                    "if it is a field, say so: `[import.columns] {like} = {name:?}`"
                ));
            }
            ledger.say(note);
        }
        if self.more > 0 {
            ledger.say(
                Diagnostic::note(
                    "unknown-field",
                    format!("{} under still other names", count(self.more, "value")),
                )
                .at(ledger.whole()),
            );
        }
    }
}

fn unknown_setting(field: &str) -> Diagnostic {
    let diagnostic = Diagnostic::warning(
        "unknown-key",
        format!("`[import.columns]` names a field `{field}` that papers do not have"),
    )
    .field(format!("import.columns.{field}"));
    match nearest(field, usual_names()) {
        Some(name) => diagnostic.help(format!("did you mean `{name}`?")),
        None => diagnostic,
    }
}
