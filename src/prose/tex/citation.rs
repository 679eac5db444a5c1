//! Citations: keys into a bibliography that is not here.

use super::{Reader, State};
use crate::prose::nodes::{last_char, push_text, trim_end};
use crate::prose::tree::Inline;

impl Reader<'_> {
    /// A citation. In brackets it goes with them; as a part of the sentence it
    /// shows name and year where the key says them.
    pub(super) fn citation(&self, state: &mut State, out: &mut Vec<Inline>, is_textual: bool) {
        self.skip_optional(state);
        self.skip_optional(state);
        let Some(range) = self.argument(state) else {
            self.swallow_space(state, out);
            return;
        };
        let keys = self.source[range].trim();
        let rest = &self.source[state.at..state.end];
        let in_brackets = matches!(last_char(out), Some('(' | '['))
            || ends_with_bracketed(
                out,
                &["see", "see, e.g.,", "e.g.", "e.g.,", "cf.", "see e.g."],
            );
        if in_brackets && rest.starts_with([')', ']']) {
            drop_open_bracket(out);
            state.at += 1;
        } else if is_textual || needs_object(out) {
            match author_and_year(keys) {
                Some(shown) => push_text(out, &shown),
                None => push_text(out, "[…]"),
            }
            out.push(Inline::Citation(keys.to_owned()));
            return;
        }
        let rest = &self.source[state.at..state.end];
        if rest.is_empty() || rest.starts_with([' ', '.', ',', ';', ':', ')', '?', '!', '~']) {
            trim_end(out);
        }
        out.push(Inline::Citation(keys.to_owned()));
    }
}

fn ends_with_bracketed(out: &[Inline], words: &[&str]) -> bool {
    let Some(Inline::Text(text)) = out.last() else {
        return false;
    };
    let text = text.trim_end();
    words.iter().any(|word| {
        text.strip_suffix(word)
            .is_some_and(|rest| rest.ends_with(['(', '[']))
    })
}

/// Takes back an open bracket and what stands behind it.
fn drop_open_bracket(out: &mut [Inline]) {
    if let Some(Inline::Text(text)) = out.last_mut()
        && let Some(at) = text.rfind(['(', '['])
    {
        text.truncate(at);
    }
}

/// Whether the text so far ends in a word that leaves the sentence open: a
/// preposition, or nothing at all.
fn needs_object(out: &[Inline]) -> bool {
    let Some(Inline::Text(text)) = out.last() else {
        return out.is_empty();
    };
    let word = text
        .trim_end_matches([' ', '\u{a0}', '~'])
        .rsplit([' ', '\u{a0}', '('])
        .next()
        .unwrap_or_default();
    matches!(
        word,
        "in" | "of"
            | "by"
            | "to"
            | "from"
            | "with"
            | "on"
            | "upon"
            | "over"
            | "extends"
            | "improves"
            | "generalizes"
            | "and"
            | "for"
            | "see"
            | "than"
            | "following"
            | "like"
            | "In"
            | "Following"
            | "See"
            | "via"
            | "at"
            | ""
            | "or"
            | "as"
    ) || text.trim_end().ends_with(['.', ':', ';'])
}

/// "Azar (2013)" from a key such as `azar2013minimax`, the usual form.
fn author_and_year(keys: &str) -> Option<String> {
    let mut shown = Vec::new();
    for key in keys.split(',').map(str::trim) {
        let letters = key
            .bytes()
            .position(|b| !b.is_ascii_alphabetic())
            .filter(|end| *end >= 2)?;
        let year = key.get(letters..letters + 4)?;
        let plausible = (year.starts_with("19") || year.starts_with("20"))
            && year.bytes().all(|b| b.is_ascii_digit())
            && !key[letters + 4..].starts_with(|c: char| c.is_ascii_digit());
        if !plausible {
            return None;
        }
        let mut name = key[..letters].to_owned();
        name[..1].make_ascii_uppercase();
        shown.push(format!("{name} ({year})"));
    }
    Some(shown.join(", "))
}
