//! Size limits for pages. Import must not write what build cannot read, so both use
//! the same limits.

use std::mem::size_of;

use crate::diagnostics::{Diagnostic, Place, count};
use crate::ingest::ParsedFile;
use crate::model::Record;

use super::field::{self, FieldValue};

/// The largest page read or written, in bytes.
pub(super) const MAX_PAGE_BYTES: usize = 4 * 1024 * 1024;

/// The limit for a digest's page, which lists its papers: room for millions.
pub(super) const MAX_DIGEST_BYTES: usize = 512 * 1024 * 1024;

/// The most bytes a single record may add to a page. A page combines several
/// records and a person's notes, so its own limit is higher.
const MAX_RECORD_BYTES: usize = 1024 * 1024;

/// The most bytes one paper takes on its digest's page: the longest slug plus
/// punctuation.
const MAX_LISTED_BYTES: usize = 200;

/// The longest title or curator of a digest, in bytes.
const MAX_DIGEST_LINE: usize = 2000;

/// Rejects records that no page could hold, and reports them. `known` is the number
/// of papers the digest already lists.
pub(super) fn keep_within(reading: &mut ParsedFile, name: &str, known: usize) {
    let most = MAX_DIGEST_BYTES / MAX_LISTED_BYTES - 1;
    if reading.records.len() + known > most {
        let message = format!(
            "the digest has {}; the limit is {most}",
            count(reading.records.len() + known, "paper")
        );
        reading.diagnostics.push(
            Diagnostic::error("too-many", message)
                .at(Place::file(name.to_owned()))
                .help("split the file into several digests"),
        );
        return;
    }
    let mut rejected = Vec::new();
    reading.records.retain(|record| {
        let size = size_of_page(record);
        if size > MAX_RECORD_BYTES {
            rejected.push((record.line, record.title.clone(), size));
        }
        size <= MAX_RECORD_BYTES
    });
    for (line, title, size) in rejected {
        reading.rejected += 1;
        let message = format!("the record has {size} bytes; the limit is {MAX_RECORD_BYTES}");
        reading.diagnostics.push(
            Diagnostic::error("too-large", message)
                .at(Place::line(name.to_owned(), line, &title))
                .help("shorten it; no abstract is that long, so the file may be damaged"),
        );
    }
    for (what, text) in [
        ("title", &mut reading.title),
        ("curator", &mut reading.curator),
    ] {
        if text.take_if(|text| text.len() > MAX_DIGEST_LINE).is_some() {
            let message = format!(
                "the digest's {what} is longer than {MAX_DIGEST_LINE} bytes and was left out"
            );
            reading.diagnostics.push(
                Diagnostic::warning("too-large", message)
                    .at(Place::file(name.to_owned()))
                    .help("write it into the digest's page by hand"),
            );
        }
    }
}

/// The error for a page too large to be written.
pub(super) fn too_large(file: &str, text: &str, most: usize) -> Option<Diagnostic> {
    (text.len() > most).then(|| {
        let message = format!(
            "the page would have {} bytes; the limit is {most}, so it was not changed",
            text.len()
        );
        Diagnostic::error("too-large", message)
            .at(Place::file(file.to_owned()))
            .help("shorten what was added to the page, or remove papers from the digest")
    })
}

/// An upper estimate of a record's size on a page, in bytes.
fn size_of_page(record: &Record) -> usize {
    let fields = field::of_record(record);
    // An escaped character takes at most six bytes, a list item its quotation marks
    // and a comma.
    let rough: usize = fields
        .iter()
        .map(|(name, value)| name.len() + 40 + weight(value))
        .sum();
    let ids: usize = record.ids.iter().map(|id| id.to_string().len() + 4).sum();
    if rough * 6 + ids <= MAX_RECORD_BYTES {
        return rough + ids;
    }
    let exact = |(name, value): &(field::FieldName, FieldValue)| {
        let size = match value {
            FieldValue::Text(text) if name == field::BODY => text.len(),
            value => value.to_toml().to_string().len(),
        };
        name.len() + 40 + size
    };
    fields.iter().map(exact).sum::<usize>() + ids
}

fn weight(value: &FieldValue) -> usize {
    match value {
        FieldValue::Text(text) => text.len(),
        FieldValue::Words(words) => words.iter().map(|word| word.len() + 4).sum(),
        FieldValue::People(authors) => authors
            .iter()
            .map(|author| {
                let more = |text: &Option<String>| text.as_ref().map_or(0, |text| text.len() + 20);
                author.name.as_str().len() * 2
                    + 60
                    + more(&author.orcid)
                    + more(&author.affiliation)
            })
            .sum(),
        FieldValue::Free(value) => value.to_string().len(),
        _ => size_of::<FieldValue>(),
    }
}
