//! Expands macros from `@string` and commands from `@preamble`, with limits for
//! each macro, each record and the whole file. Otherwise a file of forty lines,
//! with each macro doubling the one before, could fill any memory.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::blocks::Block;
use super::commands::Commands;
use super::entry::{Piece, Value, definitions};
use super::journals;
use crate::ingest::partial;

/// The largest record in bytes, including macros and inherited fields.
pub(super) const MAX_RECORD: usize = 1024 * 1024;

/// The longest macro, in bytes.
const MAX_MACRO: usize = 64 * 1024;

/// The total size of a file's macros, in bytes.
const MAX_MACROS: usize = 8 * 1024 * 1024;

/// How many bytes macros and inheritance may add to a file.
const MAX_GROWTH: usize = 64 * 1024 * 1024;

/// Why a record is too large.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Excess {
    /// It exceeds [`MAX_RECORD`].
    Record,
    /// One of its macros is too long.
    Macro(String),
    /// The file as a whole grows too much.
    File,
    /// It inherits from too many entries.
    Parents,
}

impl Excess {
    /// The message about the record.
    pub(super) fn message(&self) -> String {
        match self {
            Self::Record => {
                "it is larger than a megabyte, including its macros and what it inherits".to_owned()
            }
            Self::Macro(name) => format!("its macro `{name}` becomes too large"),
            Self::File => {
                "the macros and cross references of this file add more than 64 MB".to_owned()
            }
            Self::Parents => "it inherits from too many entries".to_owned(),
        }
    }
}

/// A macro's text; `None` if it is too long.
type Text = Option<String>;

/// The macros of a file, and their cost so far.
#[derive(Debug, Default)]
pub(super) struct Macros {
    /// Definitions in file order by lower-case name, each with its block number.
    texts: BTreeMap<String, Vec<(usize, Text)>>,
    commands: Commands,
    total: usize,
    growth: usize,
    /// Undefined macros, with the line of their first use.
    pub(super) undefined: BTreeMap<String, usize>,
}

impl Macros {
    /// Collects the macros of all blocks.
    pub(super) fn new(blocks: &[Block<'_>]) -> Self {
        let mut macros = Self {
            commands: Commands::new(blocks),
            ..Self::default()
        };
        let strings = blocks.iter().enumerate();
        for (n, block) in strings.filter(|(_, block)| block.kind == "string") {
            for (name, value) in definitions(block).unwrap_or_default() {
                let text = macros.text_of(&value, n);
                macros.total += text.as_ref().map_or(0, String::len) + name.len();
                macros.texts.entry(name).or_default().push((n, text));
            }
        }
        macros
    }

    fn text_of(&self, value: &Value<'_>, block: usize) -> Text {
        let mut text = String::new();
        for piece in value {
            match *piece {
                Piece::Text(part) => text.push_str(part),
                Piece::Macro(name) => match self.get(name, block) {
                    Some(found) => text.push_str(found.as_deref()?),
                    None => text.push_str(name),
                },
            }
            if text.len() > MAX_MACRO || self.total + text.len() > MAX_MACROS {
                return None;
            }
        }
        Some(text)
    }

    /// A macro's text at a block: the last definition before it, else the first one
    /// after it.
    fn get(&self, name: &str, block: usize) -> Option<&Text> {
        let texts = self.texts.get(&name.to_lowercase())?;
        let before = texts.partition_point(|(n, _)| *n <= block);
        texts.get(before.saturating_sub(1)).map(|(_, text)| text)
    }

    /// Expands a value. `room` is how much the record may still hold.
    pub(super) fn expand(
        &mut self,
        value: &Value<'_>,
        block: usize,
        line: usize,
        room: &mut usize,
    ) -> Result<String, Excess> {
        let mut text = String::new();
        for piece in value {
            let part = match *piece {
                Piece::Text(part) => part,
                Piece::Macro(name) => match self.get(name, block) {
                    Some(Some(found)) => found.as_str(),
                    Some(None) => return Err(Excess::Macro(name.chars().take(40).collect())),
                    None => match journals::name(name) {
                        Some(journal) => journal,
                        None => {
                            // Something that starts with a digit is not a macro.
                            let is_name = !name.starts_with(|c: char| c.is_ascii_digit())
                                && partial::month_and_day(name).is_none();
                            if is_name && self.undefined.len() < 100 {
                                let name = name.chars().take(80).collect();
                                self.undefined.entry(name).or_insert(line);
                            }
                            name
                        }
                    },
                },
            };
            *room = room.checked_sub(part.len()).ok_or(Excess::Record)?;
            text.push_str(part);
        }
        let most = text.len() + *room;
        let written = match self.commands.carried_out(&text, most) {
            None => return Err(Excess::Record),
            Some(Cow::Owned(written)) => written,
            Some(Cow::Borrowed(_)) => return Ok(text),
        };
        *room = (most - written.len()).min(*room);
        Ok(written)
    }

    /// How much a record of this length in the file may hold.
    pub(super) fn room(&self, length: usize) -> usize {
        MAX_RECORD.min(length + MAX_GROWTH.saturating_sub(self.growth))
    }

    /// Counts how much a record exceeds its length in the file.
    pub(super) fn grow(&mut self, by: usize) {
        self.growth += by;
    }
}
