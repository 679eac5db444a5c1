//! BibTeX and BibLaTeX. Entries are taken one by one, so that one that is broken
//! spoils no other; macros and the volume that `crossref` names are looked up in
//! the whole file.

mod blocks;
mod fields;

use std::collections::{BTreeMap, BTreeSet};

use super::ledger::Ledger;
use super::named::{Found, Named};
use super::{Format, Request};
use crate::diagnostics::Diagnostic;
use blocks::{Block, Entry, Fields, blocks, entry, macros};
use fields::members;

/// Whether a text begins as a bibliography does.
pub(super) fn detect(head: &str) -> Option<(Format, &'static str)> {
    let mut rest = head;
    // Comments of any kind may stand before the first entry.
    for _ in 0..50 {
        let at = rest.find('@')?;
        let begins_line = rest[..at]
            .rsplit('\n')
            .next()
            .is_some_and(|before| before.trim().is_empty());
        rest = &rest[at + 1..];
        let word = rest
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(rest.len());
        let opens = rest[word..].trim_start().starts_with(['{', '(']);
        if begins_line && word > 0 && opens {
            return Some((Format::Bibtex, "entries such as @article{…}"));
        }
    }
    None
}

/// Reads a decoded bibliography.
pub(super) fn read(request: &Request<'_>, text: &str, ledger: &mut Ledger) {
    let mut named = Named::new(request, ledger);
    let blocks = blocks(text);
    let macros = macros(&blocks);
    let entries: Vec<(&Block<'_>, Result<Entry, String>)> = blocks
        .iter()
        .filter(|block| !matches!(block.kind.as_str(), "string" | "comment" | "preamble"))
        .map(|block| (block, entry(block, &macros)))
        .collect();
    let volumes: BTreeMap<&str, &Fields> = entries
        .iter()
        .filter_map(|(_, entry)| entry.as_ref().ok())
        .map(|(key, fields)| (key.as_str(), fields))
        .collect();
    let referred: BTreeSet<&str> = volumes
        .values()
        .filter_map(|fields| fields.get("crossref").map(String::as_str))
        .collect();
    for (block, entry) in &entries {
        let shown = block.text.lines().next().unwrap_or_default();
        match entry {
            // A volume that papers refer to is none itself.
            Ok((key, _)) if referred.contains(key.as_str()) && is_volume(&block.kind) => {}
            Ok((_, fields)) => {
                let parent = fields
                    .get("crossref")
                    .and_then(|key| volumes.get(key.as_str()).copied());
                let (members, unknown) = members(&block.kind, fields, parent);
                let found = Found {
                    source: ledger.reading.format.source(),
                    line: block.line,
                    text: shown,
                    members,
                    unknown,
                };
                named.take(ledger, found, |_| {});
            }
            Err(what) => {
                let help = match block.is_closed {
                    true => "look at its braces, commas and quotation marks",
                    false => "its last brace is missing, or the file was cut off",
                };
                ledger.reject(
                    Diagnostic::error("bibtex", format!("this entry cannot be read: {what}"))
                        .at(ledger.line(block.line, shown))
                        .help(help),
                );
            }
        }
    }
    if entries.is_empty() {
        ledger.say(
            Diagnostic::warning("no-papers", "there is no entry in this bibliography")
                .at(ledger.whole()),
        );
    }
    named.close(request, ledger, None);
}

fn is_volume(kind: &str) -> bool {
    matches!(
        kind,
        "proceedings"
            | "mvproceedings"
            | "collection"
            | "mvcollection"
            | "book"
            | "mvbook"
            | "periodical"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bibliographies_are_told() {
        for (text, want) in [
            ("@article{a,", true),
            ("% comment\n\n  @InProceedings {a,", true),
            ("someone@example.org {x}", false),
            ("A title by @someone\n", false),
        ] {
            assert_eq!(detect(text).is_some(), want, "{text}");
        }
    }
}
