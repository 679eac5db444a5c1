//! Reading: from the source of an abstract or a title to its tree.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::text;

use super::name::short_name;
use super::repair;
use super::structure;
use super::tex::{self, Names};
use super::tree::{Block, Reading};

/// The longest text that is read, in bytes. What is longer is no abstract; its
/// beginning is read.
const MAX_BYTES: usize = 200_000;

/// How a text is read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// The names of repairs that are not made; see [`super::repairs`].
    pub repairs_off: BTreeSet<String>,
}

/// Reads an abstract of which no title is known.
pub fn read(text: &str, options: &Options) -> Reading {
    read_abstract(text, "", options)
}

/// Reads an abstract. The title helps where the text has a macro for the name
/// of what it is about (`\model`), or lost a Greek letter of that name.
pub fn read_abstract(text: &str, title: &str, options: &Options) -> Reading {
    let names = Names {
        own: own_name(title),
    };
    reading(text, title, false, &names, options, structure::blocks)
}

/// Reads a title: one line, without blocks.
pub fn read_title(title: &str, options: &Options) -> Reading {
    reading(title, "", true, &Names::default(), options, structure::line)
}

fn reading(
    text: &str,
    title: &str,
    is_title: bool,
    names: &Names,
    options: &Options,
    arrange: fn(Vec<tex::Piece>) -> Vec<Block>,
) -> Reading {
    // Mostly there is nothing to put right, and the text is read where it stands.
    let mut source = Cow::Borrowed(within_bounds(text));
    let mut repairs = repair::repair_characters(&mut source, &options.repairs_off);
    let cleaned = text::clean(&source);
    let mut source = single_spaced(&cleaned);
    repairs.extend(repair::repair(
        &mut source,
        title,
        is_title,
        &options.repairs_off,
    ));
    Reading {
        blocks: arrange(tex::read(&source, names)),
        repairs,
    }
}

/// The title's short name as it is shown; not where it is TeX itself.
fn own_name(title: &str) -> Option<String> {
    short_name(title).filter(|name| !name.contains(['\\', '$', '{']))
}

fn within_bounds(text: &str) -> &str {
    &text[..text.floor_char_boundary(MAX_BYTES)]
}

/// One space for every run of white space, an empty line for every run with
/// empty lines in it.
fn single_spaced(text: &str) -> Cow<'_, str> {
    let mut rest = text.trim();
    if is_single_spaced(rest) {
        return Cow::Borrowed(rest);
    }
    let mut out = String::with_capacity(text.len());
    while let Some(at) = rest.find(char::is_whitespace) {
        out.push_str(&rest[..at]);
        let tail = rest[at..].trim_start();
        let space = &rest[at..rest.len() - tail.len()];
        let breaks = space.bytes().filter(|b| *b == b'\n').count();
        out.push_str(if breaks > 1 { "\n\n" } else { " " });
        rest = tail;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Whether all white space is single spaces.
fn is_single_spaced(text: &str) -> bool {
    if text::any_byte(text, |byte| (9..=13).contains(&byte)) || text.contains("  ") {
        return false;
    }
    let is_space = |c: char| c != ' ' && c.is_whitespace();
    text.is_ascii() || !text.chars().any(is_space)
}
