//! Enumerations: "(1) …, (2) … and (3) …" within a paragraph becomes a list.

use std::ops::Range;

use super::paragraph;
use crate::prose::flat::{Flat, word_count};
use crate::prose::nodes::trimmed;
use crate::prose::tree::{Block, BlockKind, Item, Numbering};
use crate::text::sentences;

/// The most items an enumeration within a sentence has.
const MAX_ITEMS: usize = 15;

/// The fewest words an item has; shorter ones read better in their sentence.
const MIN_ITEM_WORDS: usize = 3;

/// A number of an enumeration, as the text has it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Marker {
    range: Range<usize>,
    /// What stands between the brackets.
    token: String,
    has_open_bracket: bool,
}

impl Marker {
    fn value(&self, numbering: Numbering) -> Option<usize> {
        match numbering {
            Numbering::Decimal => self.token.parse().ok(),
            Numbering::Letters => match self.token.as_bytes() {
                [letter @ b'a'..=b'z'] => Some(usize::from(letter - b'a') + 1),
                [letter @ b'A'..=b'Z'] => Some(usize::from(letter - b'A') + 1),
                _ => None,
            },
            Numbering::Roman => roman(&self.token),
            Numbering::Bullets => None,
        }
    }
}

fn roman(token: &str) -> Option<usize> {
    const NUMERALS: [&str; 12] = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii",
    ];
    let folded = token.to_ascii_lowercase();
    NUMERALS
        .iter()
        .position(|numeral| *numeral == folded)
        .map(|at| at + 1)
}

/// Takes the enumerations out of a paragraph.
pub(super) fn enumerate(block: Block) -> Vec<Block> {
    let BlockKind::Paragraph { label, content } = &block.kind else {
        return vec![block];
    };
    let flat = Flat::new(content);
    let markers = markers(&flat.text);
    let mut out = Vec::new();
    let mut done = 0;
    let mut from = 0;
    while let Some((numbering, run)) = next_run(&markers[from..]) {
        let first = from + run[0];
        from = first + 1;
        let chosen: Vec<&Marker> = run
            .iter()
            .map(|nth| &markers[first - run[0] + nth])
            .collect();
        let Some((items, end)) = items(&flat, &chosen) else {
            continue;
        };
        let lead = trimmed(flat.slice(done..chosen[0].range.start));
        let is_first = out.is_empty();
        if !lead.is_empty() || label.is_some() && is_first {
            let label = if is_first { label.clone() } else { None };
            out.push(paragraph(
                label,
                lead,
                if is_first { block.continues } else { true },
            ));
        }
        out.push(Block {
            kind: BlockKind::List { numbering, items },
            continues: if out.is_empty() {
                block.continues
            } else {
                true
            },
        });
        done = end;
        from = markers.partition_point(|marker| marker.range.start < end);
    }
    if out.is_empty() {
        return vec![block];
    }
    let rest = trimmed(flat.slice(done..flat.text.len()));
    if !rest.is_empty() {
        out.push(paragraph(None, rest, true));
    }
    out
}

/// Everything that could number an item: `(1)`, `1)`, `(a)`, `ii)`.
fn markers(text: &str) -> Vec<Marker> {
    let mut markers = Vec::new();
    let bytes = text.as_bytes();
    for close in memchr::memchr_iter(b')', bytes) {
        let token_len = bytes[..close]
            .iter()
            .rev()
            .take(5)
            .take_while(|b| b.is_ascii_alphanumeric())
            .count();
        let token = &text[close - token_len..close];
        let is_token = match token.len() {
            0 => false,
            1 => true,
            2 if token.bytes().all(|b| b.is_ascii_digit()) => true,
            _ => roman(token).is_some(),
        };
        if !is_token {
            continue;
        }
        let has_open_bracket = bytes[..close - token_len].ends_with(b"(");
        let start = close - token_len - usize::from(has_open_bracket);
        let stands_free =
            start == 0 || matches!(bytes[start - 1], b' ' | b':' | b';' | b',' | b'.');
        let followed = match text[close + 1..].chars().next() {
            Some(c) => c == ' ' || c == '\u{a0}' || c.is_uppercase(),
            None => false,
        };
        if stands_free && followed && (has_open_bracket || !is_within_brackets(&text[..start])) {
            markers.push(Marker {
                range: start..close + 1,
                token: token.to_owned(),
                has_open_bracket,
            });
        }
    }
    markers
}

/// Whether a bracket is open at the end of the text.
fn is_within_brackets(before: &str) -> bool {
    const REACH: usize = 200;
    let mut closed = 0_usize;
    for byte in before.bytes().rev().take(REACH) {
        match byte {
            b')' => closed += 1,
            b'(' if closed == 0 => return true,
            b'(' => closed -= 1,
            _ => {}
        }
    }
    false
}

/// The first run of markers that count from one upwards: their numbering and
/// their indices.
fn next_run(markers: &[Marker]) -> Option<(Numbering, Vec<usize>)> {
    for start in 0..markers.len() {
        for numbering in [Numbering::Decimal, Numbering::Roman, Numbering::Letters] {
            if markers[start].value(numbering) != Some(1) {
                continue;
            }
            let mut run = vec![start];
            for (at, marker) in markers.iter().enumerate().skip(start + 1) {
                if marker.has_open_bracket != markers[start].has_open_bracket
                    || run.len() >= MAX_ITEMS
                {
                    continue;
                }
                match marker.value(numbering) {
                    // The count begins anew: what came before was no list.
                    Some(1) if run.len() == 1 => run[0] = at,
                    Some(1) => break,
                    Some(value) if value == run.len() + 1 => run.push(at),
                    _ => {}
                }
            }
            if run.len() >= 2 {
                return Some((numbering, run));
            }
        }
    }
    None
}

/// The items between the markers, and where the last one ends: with its
/// sentence. `None` where they are too short to be set apart.
fn items(flat: &Flat<'_>, markers: &[&Marker]) -> Option<(Vec<Item>, usize)> {
    if is_within_brackets(&flat.text[..markers[0].range.start]) {
        return None;
    }
    let last = markers.last()?;
    let tail = &flat.text[last.range.end..];
    let skipped = tail.len() - tail.trim_start().len();
    let sentence = sentences(tail).into_iter().next()?;
    let end = flat.behind_node(last.range.end + sentence.end.max(skipped));
    let mut items = Vec::with_capacity(markers.len());
    for (nth, marker) in markers.iter().enumerate() {
        let to = markers.get(nth + 1).map_or(end, |next| next.range.start);
        let content = trimmed(flat.slice(marker.range.end..to));
        if word_count(&content) < MIN_ITEM_WORDS {
            return None;
        }
        items.push(Item {
            marker: flat.text[marker.range.clone()].to_owned(),
            content,
        });
    }
    Some((items, end))
}
