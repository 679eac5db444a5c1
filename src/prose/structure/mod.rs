//! Structure: paragraphs, labelled parts and enumerations, found in running
//! text.

use std::ops::Range;

use crate::text::sentences;

use super::flat::{Flat, word_count};
use super::nodes::{push_text, trimmed};
use super::tex::Piece;
use super::tree::{Block, BlockKind, Inline, Item, Numbering};

/// The most items an enumeration within a sentence has.
const MAX_ITEMS: usize = 15;

/// The fewest words an item has; shorter ones read better in their sentence.
const MIN_ITEM_WORDS: usize = 3;

/// Makes blocks of what the reader of TeX found.
pub(super) fn blocks(pieces: Vec<Piece>) -> Vec<Block> {
    let mut builder = Builder::default();
    for piece in pieces {
        builder.take(piece);
    }
    builder.close_paragraph();
    builder.close_list();
    let blocks = builder.blocks;
    let labels = labels(&blocks);
    let parted = if labels.is_empty() {
        blocks
    } else {
        part(blocks, &labels)
    };
    parted.into_iter().flat_map(enumerate).collect()
}

/// Makes one paragraph of everything, for a title.
pub(super) fn line(pieces: Vec<Piece>) -> Vec<Block> {
    let mut content: Vec<Inline> = Vec::new();
    for piece in pieces {
        if !content.is_empty() {
            push_text(&mut content, " ");
        }
        if let Piece::Run(run) = piece {
            for node in run {
                match node {
                    Inline::Text(text) => push_text(&mut content, &text),
                    other => content.push(other),
                }
            }
        }
    }
    let content = trimmed(content);
    if content.is_empty() {
        return Vec::new();
    }
    vec![paragraph(None, content, false)]
}

fn paragraph(label: Option<String>, content: Vec<Inline>, continues: bool) -> Block {
    Block {
        kind: BlockKind::Paragraph { label, content },
        continues,
    }
}

#[derive(Default)]
struct Builder {
    blocks: Vec<Block>,
    run: Vec<Inline>,
    list: Option<(bool, Vec<Item>)>,
    /// Whether the next block goes on in a paragraph.
    continues: bool,
}

impl Builder {
    fn take(&mut self, piece: Piece) {
        match piece {
            Piece::Run(run) => self.run.extend(run),
            Piece::Paragraph if self.list.is_some() => self.run.push(Inline::Text(" ".to_owned())),
            Piece::Paragraph => {
                self.close_paragraph();
                self.continues = false;
            }
            Piece::ListStart(numbered) => {
                self.close_paragraph();
                self.list.get_or_insert((numbered, Vec::new()));
            }
            Piece::Item => {
                let (_, items) = self.list.get_or_insert((false, Vec::new()));
                if items.is_empty() {
                    // What stands before the first item belongs to no item.
                    let lead = trimmed(std::mem::take(&mut self.run));
                    if !lead.is_empty() {
                        self.blocks.push(paragraph(None, lead, self.continues));
                    }
                    self.continues = !self.blocks.is_empty();
                } else {
                    Self::close_item(items, &mut self.run);
                }
                items.push(Item {
                    marker: String::new(),
                    content: Vec::new(),
                });
            }
            Piece::ListEnd => self.close_list(),
        }
    }

    fn close_item(items: &mut [Item], run: &mut Vec<Inline>) {
        if let Some(item) = items.last_mut() {
            item.content = trimmed(std::mem::take(run));
        }
    }

    fn close_paragraph(&mut self) {
        if self.list.is_some() {
            return;
        }
        let content = trimmed(std::mem::take(&mut self.run));
        if !content.is_empty() {
            self.blocks.push(paragraph(None, content, self.continues));
            self.continues = true;
        }
    }

    fn close_list(&mut self) {
        let Some((numbered, mut items)) = self.list.take() else {
            return;
        };
        Self::close_item(&mut items, &mut self.run);
        items.retain(|item| !item.content.is_empty());
        for (at, item) in items.iter_mut().enumerate() {
            item.marker = if numbered {
                format!("({})", at + 1)
            } else {
                "•".to_owned()
            };
        }
        if !items.is_empty() {
            self.blocks.push(Block {
                kind: BlockKind::List {
                    numbering: if numbered {
                        Numbering::Decimal
                    } else {
                        Numbering::Bullets
                    },
                    items,
                },
                continues: self.continues,
            });
            self.continues = true;
        }
    }
}

/// Where a labelled part begins.
struct Label {
    block: usize,
    /// From the label to the text behind it, in the block's flat text.
    range: Range<usize>,
    name: String,
}

/// Finds the labels of an abstract's parts. They count only together: two of
/// them if the abstract begins with one, otherwise three.
fn labels(blocks: &[Block]) -> Vec<Label> {
    let mut labels = Vec::new();
    let mut full_stops = false;
    for (at, block) in blocks.iter().enumerate() {
        let BlockKind::Paragraph { content, .. } = &block.kind else {
            continue;
        };
        let flat = Flat::new(content);
        let mut start = 0;
        for mark in flat
            .text
            .match_indices([':', '.', '?', '!'])
            .map(|(at, _)| at)
        {
            let phrase = &flat.text[start..mark];
            let name = phrase.trim();
            let is_sentence_end = flat.text[mark + 1..].starts_with([' ', '\u{a0}']);
            if name.len() <= 40 && is_label(name) && is_sentence_end {
                let is_colon = flat.text[mark..].starts_with(':');
                full_stops |= !is_colon;
                labels.push(Label {
                    block: at,
                    range: start + (phrase.len() - phrase.trim_start().len())..mark + 1,
                    name: name.to_owned(),
                });
            }
            if is_sentence_end {
                start = mark + 1;
            }
        }
    }
    let begins = labels
        .first()
        .is_some_and(|label| label.block == 0 && label.range.start == 0);
    let enough = if begins && !full_stops { 2 } else { 3 };
    if labels.len() < enough {
        labels.clear();
    }
    labels
}

/// The usual names of an abstract's parts.
fn is_label(name: &str) -> bool {
    if !name.starts_with(|c: char| c.is_uppercase()) {
        return false;
    }
    matches!(
        name.to_lowercase().as_str(),
        "purpose"
            | "background"
            | "introduction"
            | "motivation"
            | "context"
            | "objective"
            | "objectives"
            | "aim"
            | "aims"
            | "goal"
            | "goals"
            | "problem"
            | "problem statement"
            | "significance"
            | "importance"
            | "rationale"
            | "background and objective"
            | "background and objectives"
            | "background & objective"
            | "background and purpose"
            | "background and aim"
            | "aim and objective"
            | "purpose and background"
            | "question"
            | "design"
            | "setting"
            | "participants"
            | "data"
            | "materials"
            | "approach"
            | "method"
            | "methods"
            | "methodology"
            | "material and methods"
            | "materials and methods"
            | "material and method"
            | "methods and materials"
            | "methods and results"
            | "methods and findings"
            | "data and methods"
            | "experimental design"
            | "experiments"
            | "evaluation"
            | "measurements"
            | "main outcome measures"
            | "results"
            | "result"
            | "main results"
            | "key results"
            | "findings"
            | "results and discussion"
            | "results and conclusion"
            | "results and conclusions"
            | "discussion"
            | "discussion and conclusion"
            | "discussion and conclusions"
            | "conclusion"
            | "conclusions"
            | "conclusion and significance"
            | "summary"
            | "interpretation"
            | "implications"
            | "limitations"
            | "contribution"
            | "contributions"
            | "clinical relevance"
            | "clinical impact"
            | "clinical significance"
            | "novelty"
            | "impact"
            | "outlook"
            | "availability"
            | "availability and implementation"
            | "supplementary information"
            | "contact"
            | "data availability"
            | "code availability"
            | "keywords"
            | "key words"
    )
}

/// Parts paragraphs at their labels.
fn part(blocks: Vec<Block>, labels: &[Label]) -> Vec<Block> {
    let mut out = Vec::new();
    for (at, block) in blocks.into_iter().enumerate() {
        let here: Vec<&Label> = labels.iter().filter(|label| label.block == at).collect();
        let (BlockKind::Paragraph { content, .. }, false) = (&block.kind, here.is_empty()) else {
            out.push(block);
            continue;
        };
        let flat = Flat::new(content);
        let before = trimmed(flat.slice(0..here[0].range.start));
        if !before.is_empty() {
            out.push(paragraph(None, before, block.continues));
        }
        for (nth, label) in here.iter().enumerate() {
            let end = here
                .get(nth + 1)
                .map_or(flat.text.len(), |next| next.range.start);
            let content = trimmed(flat.slice(label.range.end..end));
            out.push(paragraph(Some(label.name.clone()), content, false));
        }
    }
    out
}

/// A number of an enumeration, as it stands in the text.
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
fn enumerate(block: Block) -> Vec<Block> {
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
