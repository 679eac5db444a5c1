//! Blocks: the parts of a bibliography that begin with `@`, each parsed by
//! itself.

use std::borrow::Cow;
use std::collections::BTreeMap;

use biblatex::{RawBibliography, RawChunk};

/// The longest entry, in bytes.
const MAX_ENTRY: usize = 1024 * 1024;

/// A part of the file that begins with `@`.
pub(super) struct Block<'a> {
    pub(super) line: usize,
    /// Its type in lower case: `article`, `string`.
    pub(super) kind: String,
    pub(super) text: &'a str,
    pub(super) is_closed: bool,
}

impl Block<'_> {
    /// The block in braces, where it was written in the older parentheses.
    fn in_braces(&self) -> Cow<'_, str> {
        let open = self.text.find(['{', '(']).unwrap_or_default();
        match (
            self.text[open..].chars().next(),
            self.text.strip_suffix(')'),
        ) {
            (Some('('), Some(inner)) => {
                Cow::Owned(format!("{}{{{}}}", &inner[..open], &inner[open + 1..]))
            }
            _ => Cow::Borrowed(self.text),
        }
    }
}

/// An entry: its key and its fields.
pub(super) type Entry = (String, Fields);

/// The values of an entry by the names of its fields, as TeX.
pub(super) type Fields = BTreeMap<String, String>;

/// The blocks of a file. One whose braces do not end is cut where the next one
/// begins on a line of its own.
pub(super) fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let (mut at, mut line, mut counted) = (0, 1, 0);
    while let Some(found) = text[at..].find('@') {
        let start = at + found;
        line += text[counted..start].matches('\n').count();
        counted = start;
        let after = &text[start + 1..];
        let word = after
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(after.len());
        let gap = after[word..].len() - after[word..].trim_start().len();
        let open = start + 1 + word + gap;
        if word == 0 || !text[open..].starts_with(['{', '(']) {
            at = start + 1;
            continue;
        }
        let (end, is_closed) = block_end(text, open);
        blocks.push(Block {
            line,
            kind: after[..word].to_ascii_lowercase(),
            text: &text[start..end],
            is_closed,
        });
        at = end;
    }
    blocks
}

/// The byte behind a block, and whether it was closed.
fn block_end(text: &str, open: usize) -> (usize, bool) {
    let bytes = text.as_bytes();
    let paren = bytes[open] == b'(';
    let mut depth = 0usize;
    let mut at = open;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'{' => depth += 1,
            b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 && !paren {
                    return (at + 1, true);
                }
            }
            b')' if paren && depth == 0 => return (at + 1, true),
            b'\n' if begins_entry(&text[at + 1..]) => return (at + 1, false),
            _ => {}
        }
        at += 1;
    }
    (text.len(), false)
}

/// Whether a line begins an entry: `@type{key,`.
fn begins_entry(text: &str) -> bool {
    let Some(after) = text.strip_prefix('@') else {
        return false;
    };
    let word = after
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(after.len());
    word > 1 && after[word..].starts_with(['{', '('])
}

/// The macros that `@string` defines.
pub(super) fn macros(blocks: &[Block<'_>]) -> Fields {
    let mut macros = Fields::new();
    for block in blocks
        .iter()
        .filter(|block| block.kind == "string" && block.text.len() <= MAX_ENTRY)
    {
        if let Ok(raw) = RawBibliography::parse(&block.in_braces()) {
            for pair in raw.abbreviations {
                let text = value(&pair.value.v, &macros);
                macros.insert(pair.key.v.to_ascii_lowercase(), text);
            }
        }
    }
    macros
}

/// The key and the fields of an entry, with macros replaced.
pub(super) fn entry(block: &Block<'_>, macros: &Fields) -> Result<Entry, String> {
    if block.text.len() > MAX_ENTRY {
        return Err("it is longer than a megabyte".to_owned());
    }
    let text = block.in_braces();
    let raw = RawBibliography::parse(&text).map_err(|error| error.kind.to_string())?;
    let Some(entry) = raw.entries.into_iter().next() else {
        return Err("there are no fields in it".to_owned());
    };
    let mut fields = Fields::new();
    for pair in &entry.v.fields {
        let text = value(&pair.value.v, macros);
        fields
            .entry(pair.key.v.to_ascii_lowercase())
            .or_insert(text);
    }
    Ok((entry.v.key.v.to_owned(), fields))
}

fn value(chunks: &[biblatex::Spanned<RawChunk<'_>>], macros: &Fields) -> String {
    let mut text = String::new();
    for chunk in chunks {
        match chunk.v {
            RawChunk::Normal(part) => text.push_str(part),
            // Months are macros that every style knows.
            RawChunk::Abbreviation(name) => text.push_str(
                macros
                    .get(&name.to_ascii_lowercase())
                    .map_or(name, String::as_str),
            ),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_entry_ends_where_the_next_begins() {
        let text = "@article{a, title = {A {B}\n}\n% note @x\n@misc{b, title = {C}}\n";
        let found = blocks(text);
        assert_eq!(found.len(), 2);
        assert!(!found[0].is_closed && found[1].is_closed);
        assert_eq!(found[1].line, 4);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "[@a-c{}(),= \"#\\\\\\n%é]{0,80}") {
            let found = blocks(&text);
            let macros = macros(&found);
            for block in &found {
                let _ = entry(block, &macros);
            }
        }
    }
}
