//! Papers with named fields. All such formats share this code, so that a name means
//! the same in each.

use std::collections::BTreeMap;

use serde_json::Value;

use super::columns::{Columns, usual_names};
use super::day::Day;
use super::fill::{Unused, fill, repeated};
use super::polish::polish;
use super::tally::ImportTally;
use super::withdrawal::{comment_says_withdrawn, says_withdrawn};
use super::{Request, dating};
use crate::diagnostics::{Diagnostic, Place, count, nearest};
use crate::model::{Date, Record, Source};

/// How many column names of one file are reported.
const MAX_NAMES: usize = 200;

/// A paper's values with their names, in the source's order.
pub(super) type Members = Vec<(String, Value)>;

/// One paper as found by a reader.
#[derive(Debug)]
pub(super) struct Found<'a> {
    /// The source it comes from.
    pub(super) source: Source,
    /// The line where it starts, starting at 1, and that line's text for messages.
    pub(super) line: usize,
    pub(super) text: &'a str,
    /// Its values.
    pub(super) members: Members,
    /// Names of values the reader does not understand.
    pub(super) unknown: Vec<String>,
}

/// The papers of one file while they are being read.
#[derive(Debug)]
pub(super) struct Named {
    columns: Columns,
    about: About,
}

impl Named {
    /// Also reports unknown field names in `[import.columns]`.
    pub(super) fn new(request: &Request<'_>, tally: &mut ImportTally) -> Self {
        let columns = Columns::new(request.columns);
        for field in &columns.unknown {
            tally.say(unknown_setting(field));
        }
        Self {
            columns,
            about: About::default(),
        }
    }

    /// The columns that are known.
    pub(super) fn columns(&self) -> &Columns {
        &self.columns
    }

    /// Accepts a paper, or rejects it if it has no title. `settle` may change the
    /// record first.
    pub(super) fn take(
        &mut self,
        tally: &mut ImportTally,
        found: Found<'_>,
        settle: impl FnOnce(&mut Record),
    ) {
        let twice = repeated(&found.members);
        let mut record = Record::new(found.source, found.line, "");
        let unused = fill(&mut record, found.members, &self.columns);
        if record.ids.iter().any(|id| id.scheme() == "arxiv") {
            let comment = record.comment.as_deref().unwrap_or_default();
            record.withdrawn |=
                comment_says_withdrawn(comment) || says_withdrawn(&record.abstract_text);
        }
        settle(&mut record);
        let failed = polish(&mut record);
        if record.title.is_empty() {
            let place = tally.line(found.line, found.text);
            tally.reject(
                Diagnostic::error("no-title", "a paper without a title")
                    .at(place)
                    .field("title")
                    .help(
                        "if the title has another name, add it to the settings: \
                         `[import.columns] title = \"…\"`",
                    ),
            );
            return;
        }
        self.about.note(&unused, &twice, found.line, found.text);
        self.about
            .add("failed-summary", &failed, found.line, found.text);
        self.about
            .add("unknown-value", &found.unknown, found.line, found.text);
        tally.accept(record);
    }

    /// Finishes the file: reports what was not understood and determines the date.
    /// The file's own date counts only if neither the user nor the file name gives
    /// one.
    pub(super) fn close(self, request: &Request<'_>, tally: &mut ImportTally, day: Option<Date>) {
        let date = self.settle(request, tally, None);
        self.finish(tally);
        tally.reading.date = date.or(day);
    }

    /// Reports what was not understood.
    pub(super) fn finish(self, tally: &mut ImportTally) {
        self.about.say(tally);
    }

    /// The digest's date, from the user, the file's name and its text.
    pub(super) fn settle(
        &self,
        request: &Request<'_>,
        tally: &mut ImportTally,
        found: Option<(Day, Place)>,
    ) -> Option<Date> {
        let (date, said) = dating::settle(dating::Evidence {
            name: request.name,
            asked: request.date,
            earlier: request.earlier,
            found,
        });
        said.into_iter().for_each(|d| tally.say(d));
        date
    }
}

/// What to report once per file about its columns.
#[derive(Debug, Default)]
struct About {
    by_name: BTreeMap<(&'static str, String), Seen>,
    /// How many names exceeded the limit.
    more: usize,
}

#[derive(Debug)]
struct Seen {
    count: usize,
    first: (usize, String),
}

/// How much of a line is kept for messages.
const SHOWN: usize = 200;

impl About {
    fn note(&mut self, unused: &Unused, twice: &[String], number: usize, line: &str) {
        self.add("unknown-field", &unused.unknown, number, line);
        self.add("unused-value", &unused.unfit, number, line);
        self.add("repeated-field", twice, number, line);
    }

    fn add(&mut self, code: &'static str, names: &[String], number: usize, line: &str) {
        for name in names {
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

    fn say(self, tally: &mut ImportTally) {
        for ((code, name), seen) in self.by_name {
            let papers = count(seen.count, "paper");
            let message = match code {
                "unknown-field" | "unknown-value" => {
                    format!("unknown field `{name}`, in {papers}")
                }
                "failed-summary" => {
                    format!("`{name}` only holds an error message and was left out, in {papers}")
                }
                "repeated-field" => {
                    format!("`{name}` occurs more than once; the first one is used, in {papers}")
                }
                _ => format!("a value of `{name}` could not be used, in {papers}"),
            };
            let place = tally.line(seen.first.0, &seen.first.1);
            let mut note = Diagnostic::note(code, message)
                .at(place)
                .field(name.as_str());
            if code == "unknown-field" {
                note = note.help(match likely(&name) {
                    Some(field) => format!(
                        "if it is that field, add it to the settings: `[import.columns] \
                         {field} = {name:?}`"
                    ),
                    None => format!(
                        "if it belongs to a field, add it to the settings: `[import.columns] \
                         FIELD = {name:?}`"
                    ),
                });
            }
            tally.say(note);
        }
        if self.more > 0 {
            tally.say(
                Diagnostic::note(
                    "unknown-field",
                    format!("{} under further names", count(self.more, "value")),
                )
                .at(tally.whole()),
            );
        }
    }
}

/// The field that an unknown column probably holds: one whose name, or a common
/// synonym, is among its words or close to it.
fn likely(name: &str) -> Option<&'static str> {
    const WORDS: &[(&str, &str)] = &[
        (
            "venue",
            "journal magazine conference proceedings booktitle container periodical source publication",
        ),
        ("keywords", "keyword tag term topic subject"),
        ("authors", "author writer creator contributor"),
        ("editors", "editor"),
        (
            "abstract",
            "abstract description zusammenfassung resumen résumé",
        ),
        ("tldr", "tldr tl gist"),
        ("year", "year jahr año année"),
        ("published", "date published publication datum"),
        ("citations", "cited citation cite"),
        ("pages", "page seiten"),
        ("doi", "doi"),
        ("pdf", "pdf fulltext"),
        ("code", "code github repository repo implementation"),
        ("project", "project website homepage"),
        ("url", "url link address"),
        ("language", "language"),
        ("publisher", "publisher"),
        ("title", "title titel título titre"),
    ];
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let named = usual_names().find(|field| words.contains(field));
    let by_word = || {
        WORDS
            .iter()
            .find(|(_, known)| {
                known.split(' ').any(|known| {
                    words
                        .iter()
                        .any(|word| *word == known || word.strip_suffix('s') == Some(known))
                })
            })
            .map(|(field, _)| *field)
    };
    named
        .or_else(by_word)
        .or_else(|| nearest(name, usual_names()))
}

fn unknown_setting(field: &str) -> Diagnostic {
    let diagnostic = Diagnostic::warning(
        "unknown-key",
        format!("`[import.columns]` names an unknown field `{field}`"),
    )
    .field(format!("import.columns.{field}"));
    match nearest(field, usual_names()) {
        Some(name) => diagnostic.help(format!("did you mean `{name}`?")),
        None => diagnostic,
    }
}
