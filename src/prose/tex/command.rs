//! Commands of running text, carried out.

use super::{Piece, Reader, State};
use crate::model::is_publishable_url;
use crate::prose::addresses::address_len;
use crate::prose::commands::{self, Command};
use crate::prose::math::{self, command_name};
use crate::prose::nodes::{extend, last_char, push_styled, push_text, trim_end, trimmed};
use crate::prose::plain::plain_of;
use crate::prose::tree::Inline;

impl Reader<'_> {
    pub(super) fn backslash(&self, state: &mut State, out: &mut Vec<Inline>) -> Option<Piece> {
        let rest = &self.source[state.at + 1..state.end];
        let name = command_name(rest);
        if name.is_empty() {
            self.escaped(rest, state, out);
            return None;
        }
        let start = state.at;
        state.at += 1 + name.len();
        match commands::command(name) {
            Some(command) => self.command(name, command, start, state, out),
            None => {
                self.unknown(name, state, out);
                None
            }
        }
    }

    pub(super) fn command(
        &self,
        name: &str,
        command: Command,
        start: usize,
        state: &mut State,
        out: &mut Vec<Inline>,
    ) -> Option<Piece> {
        match command {
            Command::Characters(shown) => {
                self.end_name(state);
                push_text(out, shown);
                if shown.ends_with('.') && self.source[state.at..state.end].starts_with('.') {
                    state.at += 1;
                }
            }
            Command::Accent(mark) => {
                if self.takes_accent(state) {
                    self.accent(mark, state, out);
                }
            }
            Command::Nothing | Command::Dropped(_) => {
                let arguments = match command {
                    Command::Dropped(count) => count,
                    _ => 0,
                };
                for _ in 0..arguments {
                    self.skip_optional(state);
                    self.argument(state);
                }
                self.swallow_space(state, out);
            }
            Command::Emphasis
            | Command::Strong
            | Command::Argument
            | Command::Quoted
            | Command::Raised
            | Command::Lowered => {
                self.skip_optional(state);
                let inner = self.argument(state).map(|range| self.group(range, state));
                if let Some(inner) = inner {
                    push_styled(out, command, inner);
                } else {
                    self.swallow_space(state, out);
                }
            }
            Command::Code => {
                if let Some(range) = self.argument(state) {
                    let inner = self.group(range, state);
                    let code = plain_of(&inner);
                    if !code.trim().is_empty() {
                        out.push(Inline::Code(code));
                    }
                }
            }
            Command::LastOf(count) | Command::FirstOf(count) => {
                let wanted = if matches!(command, Command::FirstOf(_)) {
                    0
                } else {
                    count - 1
                };
                for nth in 0..count {
                    self.skip_optional(state);
                    let Some(range) = self.argument(state) else {
                        break;
                    };
                    if nth == wanted {
                        let inner = self.group(range, state);
                        extend(out, inner);
                    }
                }
            }
            Command::Url => {
                if let Some(range) = self.argument(state) {
                    let address = self.source[range].trim();
                    if last_char(out).is_some_and(|c| ".,;:".contains(c)) {
                        push_text(out, " ");
                    }
                    self.address(&address[..address_len(address)], state, out);
                }
            }
            Command::Href => self.href(state, out),
            Command::Cite => self.citation(state, out, false),
            Command::TextCite => self.citation(state, out, true),
            Command::Footnote => {
                if let Some(range) = self.argument(state) {
                    let inner = trimmed(self.group(range, state));
                    trim_end(out);
                    if !inner.is_empty() {
                        out.push(Inline::Footnote(inner));
                    }
                }
            }
            Command::EmphasisSwitch | Command::StrongSwitch | Command::CodeSwitch => {
                // It reaches to the end of its group; at the top, nobody knows.
                let rest = &self.source[state.at..state.end];
                state.at += rest.len() - rest.trim_start_matches(' ').len();
                if state.depth > 0 {
                    let inner = self.group(state.at..state.end, state);
                    state.at = state.end;
                    let style = match command {
                        Command::EmphasisSwitch => Command::Emphasis,
                        Command::StrongSwitch => Command::Strong,
                        _ => Command::Code,
                    };
                    push_styled(out, style, inner);
                }
            }
            Command::Paragraph => return Some(Piece::Paragraph),
            Command::Begin | Command::End => return self.environment(command, state, out),
            Command::Item => {
                self.skip_optional(state);
                self.swallow_space(state, out);
                return Some(Piece::Item);
            }
            Command::Quantity => self.quantity(name, state, out),
            Command::OwnName => match &self.names.own {
                Some(own) => {
                    self.end_name(state);
                    push_text(out, own);
                }
                None if self.source[state.at..state.end].starts_with('{') => {
                    // Someone's macro with an argument.
                    if let Some(range) = self.argument(state) {
                        let inner = self.group(range, state);
                        extend(out, inner);
                    }
                }
                None => self.swallow_space(state, out),
            },
        }
        let _ = start;
        None
    }

    /// After a command that stands for a word: `{}` only ends the name.
    pub(super) fn end_name(&self, state: &mut State) {
        if self.source[state.at..state.end].starts_with("{}") {
            state.at += 2;
        }
    }

    /// After a command that shows nothing: no two spaces where it stood.
    pub(super) fn swallow_space(&self, state: &mut State, out: &[Inline]) {
        self.end_name(state);
        if last_char(out).is_none_or(|c| c == ' ') {
            let rest = &self.source[state.at..state.end];
            state.at += rest.len() - rest.trim_start_matches(' ').len();
        }
    }

    pub(super) fn environment(
        &self,
        command: Command,
        state: &mut State,
        out: &[Inline],
    ) -> Option<Piece> {
        let range = self.argument(state)?;
        self.skip_optional(state);
        self.swallow_space(state, out);
        match (self.source[range].trim_end_matches('*'), command) {
            ("enumerate", Command::Begin) => Some(Piece::ListStart(true)),
            ("itemize" | "description" | "list", Command::Begin) => Some(Piece::ListStart(false)),
            ("enumerate" | "itemize" | "description" | "list", _) => Some(Piece::ListEnd),
            ("abstract" | "document" | "center" | "small", _) => None,
            _ => None,
        }
    }

    pub(super) fn href(&self, state: &mut State, out: &mut Vec<Inline>) {
        let Some(address) = self.argument(state) else {
            return;
        };
        let url = self.source[address].trim().replace('\\', "");
        let content = match self.argument(state) {
            Some(range) => {
                let was = std::mem::replace(&mut state.in_link, true);
                let inner = self.group(range, state);
                state.in_link = was;
                trimmed(inner)
            }
            None => Vec::new(),
        };
        if content.is_empty() {
            self.address(&url, state, out);
        } else if !state.in_link && is_publishable_url(&url) {
            out.push(Inline::Link { url, content });
        } else {
            extend(out, content);
        }
    }

    pub(super) fn quantity(&self, name: &str, state: &mut State, out: &mut Vec<Inline>) {
        self.skip_optional(state);
        let Some(number) = self.argument(state) else {
            return;
        };
        let mut shown = match name {
            "si" | "unit" => units(&self.source[number]),
            "ang" => format!("{}°", &self.source[number]),
            _ => self.source[number].to_owned(),
        };
        if matches!(name, "SI" | "qty")
            && let Some(unit) = self.argument(state)
        {
            let unit = units(&self.source[unit]);
            if !unit.starts_with(['%', '°']) {
                shown.push('\u{a0}');
            }
            shown.push_str(&unit);
        }
        push_text(out, &shown);
    }

    /// A command that nobody but the author knows. With an argument, that is
    /// shown; a symbol of math is shown as one; otherwise it most likely stands
    /// for a name, and its own name says which.
    pub(super) fn unknown(&self, name: &str, state: &mut State, out: &mut Vec<Inline>) {
        if math::is_math_command(name) {
            let start = state.at - 1 - name.len();
            if self.source[state.at..state.end].starts_with('{')
                && let Some(range) = self.argument(state)
            {
                push_text(out, &math::math_plain(&self.source[start..range.end + 1]));
            } else {
                push_text(out, &math::math_plain(&self.source[start..state.at]));
            }
            return;
        }
        self.skip_optional(state);
        let rest = &self.source[state.at..state.end];
        if rest.starts_with("{}") {
            state.at += 2;
        } else if rest.starts_with('{') {
            let mut shown = false;
            while self.source[state.at..state.end].starts_with('{') {
                let Some(range) = self.argument(state) else {
                    break;
                };
                if shown {
                    push_text(out, " ");
                }
                shown = true;
                let inner = self.group(range, state);
                extend(out, inner);
            }
            if shown {
                return;
            }
        }
        let own = self.names.own.as_deref().filter(|own| {
            same_letters(own, name) || name.ends_with("name") || name.ends_with("Name")
        });
        match own {
            Some(own) => push_text(out, own),
            None if name.ends_with("name") => self.swallow_space(state, out),
            None => push_text(out, name),
        }
    }
}

fn same_letters(a: &str, b: &str) -> bool {
    let letters = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    letters(a) == letters(b)
}

fn units(source: &str) -> String {
    let mut out = String::new();
    for part in source.split(['\\', '{', '}', ' ']) {
        match commands::unit(part) {
            Some(unit) => out.push_str(unit),
            None => out.push_str(part),
        }
    }
    out
}
