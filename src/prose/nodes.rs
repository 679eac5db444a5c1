//! Nodes: building and trimming running text.

use super::commands::Command;
use super::plain::plain_of;
use super::tree::Inline;

/// Appends text, to the last node if that is text.
pub(super) fn push_text(out: &mut Vec<Inline>, text: &str) {
    if text.is_empty() {
        return;
    }
    match out.last_mut() {
        Some(Inline::Text(last)) => last.push_str(text),
        _ => out.push(Inline::Text(text.to_owned())),
    }
}

/// Appends text that goes on to about `length` bytes, so that its node need not
/// grow as it does.
pub(super) fn push_beginning(out: &mut Vec<Inline>, text: &str, length: usize) {
    if !text.is_empty() && !matches!(out.last(), Some(Inline::Text(_))) {
        out.push(Inline::Text(String::with_capacity(length)));
    }
    push_text(out, text);
}

/// The last character of what was read so far, as a reader sees it.
pub(super) fn last_char(out: &[Inline]) -> Option<char> {
    out.iter().rev().find_map(|node| match node {
        Inline::Text(text) | Inline::Code(text) | Inline::Raised(text) | Inline::Lowered(text) => {
            text.chars().next_back()
        }
        Inline::Math { tex, .. } => tex.chars().next_back(),
        Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Link { content: inner, .. } => {
            last_char(inner)
        }
        Inline::Footnote(_) => Some(')'),
        Inline::Citation(_) => None,
    })
}

pub(super) fn push_styled(out: &mut Vec<Inline>, style: Command, inner: Vec<Inline>) {
    // White space belongs outside of the styled words.
    let leads = first_char(&inner).is_some_and(|c| c == ' ');
    let trails = last_char(&inner).is_some_and(|c| c == ' ');
    if leads && last_char(out).is_some_and(|c| c != ' ') {
        push_text(out, " ");
    }
    let inner = trimmed(inner);
    if !inner.is_empty() {
        match style {
            Command::Emphasis => out.push(Inline::Emphasis(inner)),
            Command::Strong => out.push(Inline::Strong(inner)),
            Command::Code => out.push(Inline::Code(plain_of(&inner))),
            Command::Raised => out.push(Inline::Raised(plain_of(&inner))),
            Command::Lowered => out.push(Inline::Lowered(plain_of(&inner))),
            Command::Quoted => {
                push_text(out, "“");
                extend(out, inner);
                push_text(out, "”");
            }
            _ => extend(out, inner),
        }
    }
    if trails {
        push_text(out, " ");
    }
}

pub(super) fn extend(out: &mut Vec<Inline>, nodes: Vec<Inline>) {
    for node in nodes {
        match node {
            Inline::Text(text) => push_text(out, &text),
            other => out.push(other),
        }
    }
}

pub(super) fn first_char(nodes: &[Inline]) -> Option<char> {
    match nodes.first()? {
        Inline::Text(text) | Inline::Code(text) => text.chars().next(),
        _ => None,
    }
}

/// The nodes without white space at either end.
pub(super) fn trimmed(mut nodes: Vec<Inline>) -> Vec<Inline> {
    if let Some(Inline::Text(first)) = nodes.first_mut() {
        let kept = first.trim_start().len();
        first.drain(..first.len() - kept);
        if first.is_empty() {
            nodes.remove(0);
        }
    }
    trim_end(&mut nodes);
    nodes
}

/// The text without much room to spare, since a library keeps it for each of its
/// papers.
pub(super) fn fitted(text: String) -> String {
    if text.capacity() - text.len() > text.len() / 8 {
        text.as_str().to_owned()
    } else {
        text
    }
}

/// Drops white space at the end.
pub(super) fn trim_end(nodes: &mut Vec<Inline>) {
    if let Some(Inline::Text(last)) = nodes.last_mut() {
        last.truncate(last.trim_end().len());
        if last.is_empty() {
            nodes.pop();
        }
    }
}
