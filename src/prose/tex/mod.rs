//! The reader of TeX: running text with its commands, into the tree.
//!
//! Every byte is looked at once. Groups are matched before the reading begins,
//! so an open brace that is never closed stays a brace and swallows nothing.

mod braces;
mod citation;
mod command;
mod signs;

use std::ops::Range;

use super::nodes::{last_char, push_beginning, push_text};
use super::scan::{self, Kind, Span};
use super::tree::Inline;
use crate::model::is_publishable_url;

/// How deep groups are followed; what is deeper loses its formatting.
const MAX_DEPTH: usize = 24;

/// What the reader finds between the nodes of running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Running text.
    Run(Vec<Inline>),
    /// A paragraph ends.
    Paragraph,
    /// A list begins; whether its items are numbered.
    ListStart(bool),
    /// An item begins.
    Item,
    /// A list ends.
    ListEnd,
}

/// What the paper is called, for macros that stand for its name.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    /// The short name that the title defines.
    pub(super) own: Option<String>,
}

/// Reads a repaired source.
pub(super) fn read(source: &str, names: &Names) -> Vec<Piece> {
    let spans = scan::scan(source);
    let braces = braces::match_braces(source, &spans);
    let reader = Reader {
        source,
        spans: &spans,
        braces: &braces,
        names,
    };
    let mut pieces = Vec::new();
    let mut run = Vec::new();
    let mut state = State::new(0..source.len(), 0);
    while let Some(mark) = reader.run(&mut state, &mut run) {
        if !run.is_empty() {
            pieces.push(Piece::Run(std::mem::take(&mut run)));
        }
        pieces.push(mark);
    }
    if !run.is_empty() {
        pieces.push(Piece::Run(run));
    }
    pieces
}

struct Reader<'a> {
    source: &'a str,
    spans: &'a [Span],
    /// Matching braces, sorted by the opening one.
    braces: &'a [(usize, usize)],
    names: &'a Names,
}

/// Where the reader is within a group.
struct State {
    at: usize,
    end: usize,
    depth: usize,
    in_link: bool,
    /// Opening quotation marks that wait for their partner.
    double_open: bool,
    single_open: bool,
    straight_open: bool,
}

impl State {
    fn new(range: Range<usize>, depth: usize) -> Self {
        Self {
            at: range.start,
            end: range.end,
            depth,
            in_link: false,
            double_open: false,
            single_open: false,
            straight_open: false,
        }
    }
}

/// The bytes that are more than text.
static SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut at = 0;
    let special = b"\\{}~`'\"-\n";
    while at < special.len() {
        table[special[at] as usize] = true;
        at += 1;
    }
    table
};

impl Reader<'_> {
    /// Reads up to the end of the state's range, or up to a mark at the top.
    fn run(&self, state: &mut State, out: &mut Vec<Inline>) -> Option<Piece> {
        let bytes = self.source.as_bytes();
        let mut next_span = self
            .spans
            .partition_point(|span| span.range.start < state.at);
        while state.at < state.end {
            while self
                .spans
                .get(next_span)
                .is_some_and(|span| span.range.start < state.at)
            {
                next_span += 1;
            }
            let span = self
                .spans
                .get(next_span)
                .filter(|span| span.range.end <= state.end);
            let limit = span.map_or(state.end, |span| span.range.start);
            let stop = bytes[state.at..limit]
                .iter()
                .position(|byte| SPECIAL[usize::from(*byte)])
                .map_or(limit, |found| state.at + found);
            push_beginning(out, &self.source[state.at..stop], limit - state.at);
            state.at = stop;
            if stop == limit {
                match span {
                    Some(span) => self.span(span, state, out),
                    None => break,
                }
                continue;
            }
            let mark = match bytes[stop] {
                b'\\' => self.backslash(state, out),
                b'\n' => self.line_break(state, out),
                byte => {
                    self.sign(byte, state, out);
                    None
                }
            };
            if mark.is_some() {
                if state.depth == 0 {
                    return mark;
                }
                push_text(out, " ");
            }
        }
        None
    }

    fn group(&self, range: Range<usize>, state: &State) -> Vec<Inline> {
        let mut inner = State::new(range.clone(), state.depth + 1);
        inner.in_link = state.in_link;
        let mut out = Vec::new();
        if inner.depth > MAX_DEPTH {
            push_text(&mut out, self.source[range].trim_matches(['{', '}', ' ']));
            return out;
        }
        while self.run(&mut inner, &mut out).is_some() {}
        out
    }

    fn span(&self, span: &Span, state: &mut State, out: &mut Vec<Inline>) {
        state.at = span.range.end;
        match span.kind {
            Kind::Math { from, to, display } => {
                let tex = self.source[from..to].trim();
                if let Some(text) = text_only(tex) {
                    push_text(out, &text);
                } else {
                    out.push(Inline::Math {
                        tex: tex.to_owned(),
                        display,
                    });
                }
            }
            Kind::Address => self.address(&self.source[span.range.clone()], state, out),
            Kind::Command => {
                state.at = span.range.start;
                self.backslash(state, out);
            }
        }
    }

    /// Shows an address, as a link where it may be one.
    fn address(&self, shown: &str, state: &State, out: &mut Vec<Inline>) {
        let plain = shown.replace('\\', "");
        let url = if plain.contains("://") {
            plain.clone()
        } else {
            format!("https://{plain}")
        };
        if state.in_link || !is_publishable_url(&url) {
            push_text(out, &plain);
        } else {
            out.push(Inline::Link {
                url,
                content: vec![Inline::Text(plain)],
            });
        }
    }

    fn line_break(&self, state: &mut State, out: &mut Vec<Inline>) -> Option<Piece> {
        let rest = &self.source[state.at..state.end];
        let space = rest.len() - rest.trim_start_matches(['\n', ' ']).len();
        let lines = rest[..space].matches('\n').count();
        state.at += space;
        if lines > 1 {
            return Some(Piece::Paragraph);
        }
        if last_char(out).is_some_and(|c| c != ' ') {
            push_text(out, " ");
        }
        None
    }
}

/// A formula that is only words in a text command, such as `$\text{rank}$`, or
/// only a number or percentage: text.
fn text_only(tex: &str) -> Option<String> {
    let number = tex.strip_suffix("\\%").or_else(|| tex.strip_suffix('%'));
    let digits = number.unwrap_or(tex);
    let is_number = !digits.is_empty()
        && digits
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
        && digits.bytes().any(|b| b.is_ascii_digit());
    if is_number {
        return Some(if number.is_some() {
            format!("{digits}%")
        } else {
            digits.to_owned()
        });
    }
    None
}
