//! Signs: dashes, quotation marks, ties, escaped characters and accents.

use crate::text::tex_accent;
use unicode_normalization::UnicodeNormalization;

use super::{Reader, State};
use crate::prose::nodes::{extend, last_char, push_text};
use crate::prose::tree::Inline;

impl Reader<'_> {
    pub(super) fn sign(&self, byte: u8, state: &mut State, out: &mut Vec<Inline>) {
        let at = state.at;
        let rest = &self.source[at..state.end];
        let next = rest[1..].chars().next();
        let before = self.source[..at].chars().next_back();
        state.at += 1;
        match byte {
            b'{' => self.brace(at, state, out),
            // The closing braces of groups are never looked at: this one closes
            // nothing. Behind a word it is what a lost command left over.
            b'}' if before.is_some_and(|c| c.is_alphanumeric() || c == '.') => {}
            b'}' => push_text(out, "}"),
            b'~' => {
                if is_about(&self.source[..at], &rest[1..]) {
                    push_text(out, "~");
                } else if before.is_some_and(char::is_whitespace)
                    && next.is_some_and(char::is_whitespace)
                {
                    // Nothing to tie: someone meant a sign.
                    push_text(out, "~");
                } else if before.is_some_and(char::is_whitespace)
                    || next.is_some_and(char::is_whitespace)
                {
                    if last_char(out).is_some_and(|c| c != ' ')
                        && !next.is_some_and(char::is_whitespace)
                    {
                        push_text(out, " ");
                    }
                } else {
                    push_text(out, "\u{a0}");
                }
            }
            b'`' => {
                if next == Some('`') {
                    state.at += 1;
                    state.double_open = true;
                    push_text(out, "“");
                } else if opens_quotation(before, next) && is_closed_soon(&rest[1..]) {
                    state.single_open = true;
                    push_text(out, "‘");
                } else {
                    push_text(out, "`");
                }
            }
            b'\'' => {
                let is_pair = next == Some('\'');
                let after_pair = rest.get(2..).and_then(|rest| rest.chars().next());
                let closes_double = is_pair
                    && (state.double_open
                        || !before.is_some_and(|c| c.is_ascii_digit() || c.is_whitespace()));
                if is_pair && !state.double_open && opens_quotation(before, after_pair) {
                    state.at += 1;
                    state.double_open = true;
                    push_text(out, "“");
                } else if closes_double && state.straight_open {
                    state.at += 1;
                    state.straight_open = false;
                    push_text(out, "\"");
                } else if closes_double {
                    state.at += 1;
                    state.double_open = false;
                    push_text(out, "”");
                } else if state.single_open && !next.is_some_and(char::is_alphanumeric) {
                    state.single_open = false;
                    push_text(out, "’");
                } else {
                    push_text(out, "'");
                }
            }
            b'"' => {
                if state.double_open {
                    state.double_open = false;
                    if next == Some('"') {
                        state.at += 1;
                    }
                    push_text(out, "”");
                } else {
                    state.straight_open = !state.straight_open;
                    push_text(out, "\"");
                }
            }
            b'-' => {
                let run = rest.bytes().take_while(|b| *b == b'-').count();
                let after = rest[run..].chars().next();
                // `--flag` is an option of a command line.
                let is_option = run == 2
                    && before.is_none_or(char::is_whitespace)
                    && after.is_some_and(char::is_alphanumeric);
                match run {
                    2 if !is_option => push_text(out, "–"),
                    3 => push_text(out, "—"),
                    _ => push_text(out, &rest[..run]),
                }
                state.at = at + run;
            }
            _ => push_text(out, &rest[..1]),
        }
    }

    /// An opening brace in running text.
    pub(super) fn brace(&self, open: usize, state: &mut State, out: &mut Vec<Inline>) {
        let Some(close) = self.closing(open, state) else {
            push_text(out, "{");
            return;
        };
        let inside = &self.source[open + 1..close];
        let before = self.source[..open].chars().next_back();
        // `{0, 1}` is a set that someone typed; `{G}aLore` and `{\em so}` are TeX.
        let is_set = inside.contains([',', ';'])
            && !inside.contains('\\')
            && (before.is_none_or(|c| c.is_whitespace() || "(=∈".contains(c))
                || ["max", "min", "sup", "inf"]
                    .iter()
                    .any(|function| self.source[..open].ends_with(function)));
        let inner = self.group(open + 1..close, state);
        state.at = close + 1;
        if is_set {
            push_text(out, "{");
        }
        extend(out, inner);
        if is_set {
            push_text(out, "}");
        }
    }

    /// A backslash before a sign: an escaped character, a space, an accent.
    pub(super) fn escaped(&self, rest: &str, state: &mut State, out: &mut Vec<Inline>) {
        let Some(sign) = rest.chars().next() else {
            state.at += 1;
            return;
        };
        state.at += 1 + sign.len_utf8();
        match sign {
            '%' | '&' | '_' | '#' | '$' | '{' | '}' => {
                push_text(out, &rest[..1]);
            }
            '\\' => {
                self.skip_optional(state);
                if last_char(out).is_some_and(|c| c != ' ')
                    && !self.source[state.at..].starts_with(' ')
                {
                    push_text(out, " ");
                }
            }
            ' ' | '\n' | '\t' => push_text(out, " "),
            ',' | ';' | ':' | '>' => push_text(out, "\u{a0}"),
            '-' if rest[1..].starts_with("--") || rest[1..].starts_with("- ") => state.at -= 1,
            '-' | '/' | '!' | '@' => {}
            '|' => push_text(out, "‖"),
            '(' | ')' | '[' | ']' => {}
            _ => {
                let accent =
                    tex_accent(sign.encode_utf8(&mut [0; 4])).filter(|_| self.takes_accent(state));
                match accent {
                    Some(mark) => self.accent(mark, state, out),
                    None if sign == '"' || sign == '\'' || sign == '`' => {
                        push_text(out, &rest[..1])
                    }
                    None => push_text(out, &rest[..sign.len_utf8()]),
                }
            }
        }
    }

    /// Whether a letter follows that an accent can stand on.
    pub(super) fn takes_accent(&self, state: &State) -> bool {
        let rest = self.source[state.at..state.end].trim_start_matches(['{', ' ']);
        rest.starts_with(|c: char| c.is_alphabetic())
            || rest.starts_with("\\i")
            || rest.starts_with("\\j")
    }

    pub(super) fn accent(&self, mark: char, state: &mut State, out: &mut Vec<Inline>) {
        let letters = match self.argument(state) {
            Some(range) => self.source[range].to_owned(),
            None => {
                let rest = self.source[state.at..state.end].trim_start_matches(' ');
                let skipped = self.source[state.at..state.end].len() - rest.len();
                let len = if rest.starts_with("\\i") || rest.starts_with("\\j") {
                    2
                } else {
                    rest.chars().next().map_or(0, char::len_utf8)
                };
                state.at += skipped + len;
                rest[..len].to_owned()
            }
        };
        let letters = letters
            .replace("\\i", "i")
            .replace("\\j", "j")
            .replace(['{', '}', ' '], "");
        let mut chars = letters.chars();
        let Some(first) = chars.next() else {
            return;
        };
        let composed: String = [first, mark].into_iter().nfc().collect();
        push_text(out, &composed);
        push_text(out, chars.as_str());
    }
}

/// Whether an apostrophe follows within the length of a quotation.
fn is_closed_soon(rest: &str) -> bool {
    const REACH: usize = 300;
    rest.bytes().take(REACH).any(|b| b == b'\'') || rest.chars().take(REACH).any(|c| c == '’')
}

fn opens_quotation(before: Option<char>, next: Option<char>) -> bool {
    before.is_none_or(|c| c.is_whitespace() || "([{-–—/“".contains(c))
        && next.is_some_and(|c| !c.is_whitespace())
}

/// Whether a tilde says "about" or "up to", or belongs to an address: `~3`,
/// `2%~3%`, `8 fps~12 fps`, `(~ 1 km`. Otherwise it is TeX's tie: `Fig.~3`.
fn is_about(before: &str, after: &str) -> bool {
    let last = before.chars().next_back();
    let Some(next) = after.chars().next() else {
        return true;
    };
    let is_range = |next: char| next.is_ascii_digit() || next == '$';
    if last == Some('/') || next == '>' {
        return true;
    }
    if last.is_none_or(|c| "([".contains(c)) && next.is_whitespace() {
        return true;
    }
    if last.is_some_and(char::is_whitespace) && next.is_ascii_uppercase() {
        // `~O(n)`
        return after[1..].starts_with('(');
    }
    if !is_range(next) {
        return false;
    }
    if last.is_none_or(|c| c.is_whitespace() || c.is_ascii_digit() || "([-–=%^".contains(c)) {
        return true;
    }
    // `25K~34K`, `0.18 m/s~0.20 m/s`: the unit again; `(P~21`: what ties a letter?
    let word = before
        .rsplit([' ', '(', '[', '\n'])
        .next()
        .unwrap_or_default();
    let unit = word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let second = after.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' '));
    let is_unit = !unit.is_empty() && unit.len() <= 4 && second.starts_with(unit);
    let is_letter = word.len() == 1 && before.ends_with(word) && before.len() >= 2 && {
        before[..before.len() - 1].ends_with('(')
    };
    is_unit || is_letter
}
