//! Flat text: running text as one plain string that remembers which node each
//! part came from, so that a range of it can be cut out of the tree again.

use std::borrow::Cow;
use std::ops::Range;

use super::nodes::push_text;
use super::plain::{plain_into, plain_of};
use super::tree::{BlockKind, Inline, Reading};

/// Plain text with the nodes behind it.
pub(super) struct Flat<'a> {
    pub(super) text: Cow<'a, str>,
    nodes: Vec<(Range<usize>, &'a Inline)>,
}

impl<'a> Flat<'a> {
    pub(super) fn new(nodes: &'a [Inline]) -> Self {
        // A single text without ties is its own plain text, and the usual case.
        if let [node @ Inline::Text(text)] = nodes
            && !text.contains('\u{a0}')
        {
            return Self {
                text: Cow::Borrowed(text),
                nodes: vec![(0..text.len(), node)],
            };
        }
        let mut text = String::new();
        let mut ranges = Vec::new();
        for node in nodes {
            let start = text.len();
            plain_into(&mut text, std::slice::from_ref(node));
            ranges.push((start..text.len(), node));
        }
        Self {
            text: Cow::Owned(text),
            nodes: ranges,
        }
    }

    /// The nodes of a range of the text. A node other than text is not cut: it
    /// is there if the range holds its beginning.
    pub(super) fn slice(&self, range: Range<usize>) -> Vec<Inline> {
        let mut out = Vec::new();
        for (span, node) in &self.nodes {
            if span.end <= range.start && !(span.is_empty() && span.start >= range.start) {
                continue;
            }
            if span.start >= range.end {
                break;
            }
            match node {
                Inline::Text(_) => {
                    let from = span.start.max(range.start);
                    let to = span.end.min(range.end);
                    push_text(&mut out, &self.text[from..to]);
                }
                other if span.start >= range.start => out.push((*other).clone()),
                _ => {}
            }
        }
        out
    }

    /// Moves a position behind the node that it falls into, if that is not text.
    pub(super) fn behind_node(&self, at: usize) -> usize {
        self.nodes
            .iter()
            .find(|(span, node)| {
                span.start < at && at < span.end && !matches!(node, Inline::Text(_))
            })
            .map_or(at, |(span, _)| span.end)
    }
}

/// The source's paragraphs as running text: enumerations with their markers are
/// part of their paragraph. Labels are left out.
pub(super) fn paragraphs(reading: &Reading) -> Vec<Cow<'_, [Inline]>> {
    let mut paragraphs: Vec<Cow<'_, [Inline]>> = Vec::new();
    for block in &reading.blocks {
        let mut nodes = match paragraphs.pop() {
            Some(last) if block.continues => {
                let mut last = last.into_owned();
                push_text(&mut last, " ");
                last
            }
            Some(last) => {
                paragraphs.push(last);
                Vec::new()
            }
            None => Vec::new(),
        };
        match &block.kind {
            // Mostly a paragraph is one block, which need not be copied.
            BlockKind::Paragraph { content, .. } if nodes.is_empty() => {
                paragraphs.push(Cow::Borrowed(content));
                continue;
            }
            BlockKind::Paragraph { content, .. } => append(&mut nodes, content),
            BlockKind::List { items, .. } => {
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        push_text(&mut nodes, " ");
                    }
                    push_text(&mut nodes, &item.marker);
                    push_text(&mut nodes, " ");
                    append(&mut nodes, &item.content);
                }
            }
        }
        paragraphs.push(Cow::Owned(nodes));
    }
    paragraphs
}

fn append(out: &mut Vec<Inline>, nodes: &[Inline]) {
    for node in nodes {
        match node {
            Inline::Text(text) => push_text(out, text),
            other => out.push(other.clone()),
        }
    }
}

/// How many words a stretch of running text has.
pub(super) fn word_count(nodes: &[Inline]) -> usize {
    plain_of(nodes)
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .count()
}
