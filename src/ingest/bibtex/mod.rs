//! Reads BibTeX and BibLaTeX. A broken entry does not affect the others; macros and
//! parent entries may be anywhere in the file.

mod blocks;
mod commands;
mod date;
mod entry;
mod expand;
mod fields;
mod inherit;
mod journals;
mod names;

use super::named::{Found, Members, Named};
use super::tally::ImportTally;
use super::{Format, Request};
use crate::diagnostics::Diagnostic;
use blocks::{Block, blocks};
use entry::{SyntaxError, entry};
use expand::{MAX_RECORD, Macros};
use inherit::{Resolved, Shelf};

/// Whether a text starts like a bibliography.
pub(super) fn detect(head: &str) -> Option<(Format, &'static str)> {
    let mut rest = head;
    // Any comments may come before the first entry.
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
pub(super) fn read(request: &Request<'_>, text: &str, tally: &mut ImportTally) {
    let mut named = Named::new(request, tally);
    let blocks = blocks(text);
    let mut macros = Macros::new(&blocks);
    let mut shelf = Shelf::default();
    let entries: Vec<(&Block<'_>, Result<usize, SyntaxError>)> = blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| is_entry(&block.kind))
        .map(|(n, block)| (block, taken(block).map(|entry| (n, entry))))
        .map(|(block, taken)| {
            let number = taken.map(|(n, entry)| {
                say_mended(block, &entry.mended, tally);
                shelf.add(n, block, entry)
            });
            (block, number)
        })
        .collect();
    for (block, taken) in &entries {
        match taken {
            Ok(number) if block.kind == "xdata" || shelf.is_volume(*number) => {}
            Ok(number) => match shelf.resolve(*number, block.text.len(), &mut macros) {
                Ok(resolved) => take(block, shelf.key(*number), resolved, &mut named, tally),
                Err(excess) => tally.reject(
                    Diagnostic::error("too-large", excess.message())
                        .at(tally.line(block.line, block.shown()))
                        .help("write the values out, or remove the entry"),
                ),
            },
            Err(fault) => reject(block, fault, tally),
        }
    }
    for (name, line) in std::mem::take(&mut macros.undefined) {
        let said = Diagnostic::note(
            "unknown-macro",
            format!("the macro `{name}` is not defined in this file; its name is used instead"),
        );
        tally.say(said.at(tally.line(line, &name)));
    }
    if entries.is_empty() {
        tally.say(
            Diagnostic::warning("no-papers", "there are no entries in this bibliography")
                .at(tally.whole()),
        );
    }
    named.close(request, tally, None);
}

/// The first entry in a text, for pages that show their paper's entry.
pub(super) fn first_entry(text: &str) -> Option<Members> {
    let blocks = blocks(text);
    let mut macros = Macros::new(&blocks);
    let (n, block) = blocks
        .iter()
        .enumerate()
        .find(|(_, block)| block.is_closed && is_entry(&block.kind))?;
    let mut shelf = Shelf::default();
    let number = shelf.add(n, block, taken(block).ok()?);
    let resolved = shelf.resolve(number, block.text.len(), &mut macros).ok()?;
    let key = shelf.key(number).to_owned();
    Some(fields::members(&block.kind, &key, &resolved.fields).0)
}

/// Whether a block may be a paper or a parent of one.
fn is_entry(kind: &str) -> bool {
    !matches!(
        kind,
        "string" | "comment" | "preamble" | "control" | "set" | "ieeetranbstctl"
    )
}

fn taken<'a>(block: &Block<'a>) -> Result<entry::Entry<'a>, SyntaxError> {
    let fault = |what: &str| SyntaxError {
        at: 0,
        what: what.to_owned(),
    };
    if block.text.len() > MAX_RECORD {
        return Err(fault("it is longer than a megabyte"));
    }
    let entry = entry(block)?;
    if entry.fields.is_empty() {
        return Err(fault("it has no fields"));
    }
    Ok(entry)
}

fn take(
    block: &Block<'_>,
    key: &str,
    resolved: Resolved,
    named: &mut Named,
    tally: &mut ImportTally,
) {
    let shown = block.shown();
    let note = |tally: &mut ImportTally, code, message: String| {
        let said = Diagnostic::note(code, message);
        tally.say(said.at(tally.line(block.line, shown)));
    };
    for missing in resolved.missing {
        let message = format!("it refers to `{missing}`, but no entry in this file has that key");
        note(tally, "missing-entry", message);
    }
    for name in resolved.repeated {
        let message = format!("`{name}` occurs twice in this entry; the first one is used");
        note(tally, "repeated-field", message);
    }
    for name in ["author", "editor"] {
        let list = resolved.fields.get(name);
        if list.is_some_and(|raw| names::is_parted_by_commas(raw)) {
            let message = format!(
                "the commas in `{name}` were treated as separators between \
                names"
            );
            note(tally, "names-between-commas", message);
        }
    }
    let (members, unknown) = fields::members(&block.kind, key, &resolved.fields);
    let found = Found {
        source: tally.reading.format.source(),
        line: block.line,
        text: shown,
        members,
        unknown,
    };
    named.take(tally, found, |_| {});
    if let Some((line, text)) = block.stray_field() {
        tally.say(
            Diagnostic::warning(
                "stray-text",
                "this belongs to no entry: a brace closed the previous entry too early",
            )
            .at(tally.line(line, text))
            .help("look for an extra `}` or a missing `{` in the previous entry"),
        );
    }
}

fn reject(block: &Block<'_>, fault: &SyntaxError, tally: &mut ImportTally) {
    let place = if block.is_closed && fault.at > 0 {
        let (line, text, byte) = block.place(fault.at);
        tally.at(line, text, byte)
    } else {
        tally.line(block.line, block.shown())
    };
    let (what, help) = match block.is_closed {
        true => (
            fault.what.as_str(),
            "check its braces, commas and quotation marks",
        ),
        false => (
            "it ends unexpectedly",
            "its last brace is missing, or the file is truncated",
        ),
    };
    tally.reject(
        Diagnostic::error("bibtex", format!("this entry cannot be read: {what}"))
            .at(place)
            .help(help),
    );
}

fn say_mended(block: &Block<'_>, mended: &[SyntaxError], tally: &mut ImportTally) {
    for fault in mended {
        let (line, text, byte) = block.place(fault.at);
        let said = Diagnostic::warning("bibtex", fault.what.clone());
        tally.say(
            said.at(tally.at(line, text, byte))
                .help("the entry was read as it was probably meant; check the result"),
        );
    }
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
