//! Plain text: the tree as a text without markup, for summaries, meta tags,
//! search and e-mail.

use super::math::math_plain;
use super::nodes::fitted;
use super::tree::{BlockKind, Inline, Reading};

impl Reading {
    /// The text without markup; formulas as Unicode, citations left out,
    /// footnotes in brackets. Paragraphs are parted by an empty line.
    pub fn plain(&self) -> String {
        let mut out = String::with_capacity(self.text_len());
        for block in &self.blocks {
            if !out.is_empty() {
                out.push_str(if block.continues { " " } else { "\n\n" });
            }
            match &block.kind {
                BlockKind::Paragraph { label, content } => {
                    if let Some(label) = label {
                        out.push_str(label);
                        out.push_str(": ");
                    }
                    plain_into(&mut out, content);
                }
                BlockKind::List { items, .. } => {
                    for (at, item) in items.iter().enumerate() {
                        if at > 0 {
                            out.push(' ');
                        }
                        if !item.marker.is_empty() {
                            out.push_str(&item.marker);
                            out.push(' ');
                        }
                        plain_into(&mut out, &item.content);
                    }
                }
            }
        }
        fitted(out)
    }
}

/// Appends running text without markup.
pub(super) fn plain_into(out: &mut String, nodes: &[Inline]) {
    for node in nodes {
        match node {
            Inline::Text(text) => {
                // A no-break space is typography; plain text has spaces.
                let mut rest = text.as_str();
                while let Some(at) = rest.find('\u{a0}') {
                    out.push_str(&rest[..at]);
                    out.push(' ');
                    rest = &rest[at + '\u{a0}'.len_utf8()..];
                }
                out.push_str(rest);
            }
            Inline::Code(text) | Inline::Raised(text) | Inline::Lowered(text) => out.push_str(text),
            Inline::Emphasis(inner) | Inline::Strong(inner) => plain_into(out, inner),
            Inline::Math { tex, .. } => out.push_str(&math_plain(tex)),
            Inline::Link { url, content } => {
                let before = out.len();
                plain_into(out, content);
                // Where words hide the address, plain text says it.
                if !out[before..].contains("://") && !is_same_address(&out[before..], url) {
                    out.push_str(" (");
                    out.push_str(url);
                    out.push(')');
                }
            }
            Inline::Citation(_) => {}
            Inline::Footnote(inner) => {
                out.push_str(" (");
                plain_into(out, inner);
                out.push(')');
            }
        }
    }
}

/// The running text without markup.
pub(super) fn plain_of(nodes: &[Inline]) -> String {
    let mut out = String::new();
    plain_into(&mut out, nodes);
    out
}

fn is_same_address(shown: &str, url: &str) -> bool {
    url.split_once("://").is_some_and(|(_, rest)| rest == shown) || url == shown
}
