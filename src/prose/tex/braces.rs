//! Braces: which belong together, and the arguments they hold.

use std::ops::Range;

use super::{Reader, State};
use crate::prose::scan::{self, Span};

pub(super) fn match_braces(source: &str, spans: &[Span]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut open = Vec::new();
    for range in scan::prose(source, spans) {
        let bytes = &source.as_bytes()[range.clone()];
        let mut at = 0;
        while let Some(found) = memchr::memchr3(b'\\', b'{', b'}', &bytes[at..]) {
            let position = at + found;
            at = position + 1;
            match bytes[position] {
                b'\\' => at += 1,
                b'{' => open.push(range.start + position),
                _ => {
                    if let Some(start) = open.pop() {
                        pairs.push((start, range.start + position));
                    }
                }
            }
            if at > bytes.len() {
                break;
            }
        }
    }
    pairs.sort_unstable();
    pairs
}

impl Reader<'_> {
    pub(super) fn closing(&self, open: usize, state: &State) -> Option<usize> {
        let found = self
            .braces
            .binary_search_by(|(start, _)| start.cmp(&open))
            .ok()?;
        let close = self.braces[found].1;
        (close < state.end).then_some(close)
    }

    /// Takes the next argument: the range inside its braces.
    pub(super) fn argument(&self, state: &mut State) -> Option<Range<usize>> {
        let rest = &self.source[state.at..state.end];
        let skipped = rest.len() - rest.trim_start_matches(' ').len();
        let open = state.at + skipped;
        if self.source[open..state.end].starts_with('{') {
            let close = match self.closing(open, state) {
                Some(close) => close,
                // Braces within a protected command are not in the table.
                None => {
                    let found = scan::closing_brace(self.source, open);
                    let Some(close) = found.filter(|close| *close < state.end) else {
                        // Never closed: the command is lost, its text is not.
                        state.at = open + 1;
                        return None;
                    };
                    close
                }
            };
            state.at = close + 1;
            return Some(open + 1..close);
        }
        None
    }

    pub(super) fn skip_optional(&self, state: &mut State) {
        let rest = &self.source[state.at..state.end];
        let rest = rest.strip_prefix('*').unwrap_or(rest);
        if rest.starts_with('[')
            && let Some(end) = rest.bytes().take(200).position(|b| b == b']')
        {
            state.at = state.end - rest.len() + end + 1;
        }
    }
}
