//! The reader of TeX: running text with its commands, into the tree.
//!
//! Every byte is looked at once. Groups are matched before the reading begins,
//! so an open brace that is never closed stays a brace and swallows nothing.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::model::is_publishable_url;

use super::commands::{self, Command};
use super::math;
use super::scan::{self, Kind, Span, command_name};
use super::tree::{Inline, last_char, push_text};

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
    let braces = match_braces(source, &spans);
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
        }
    }
}

fn match_braces(source: &str, spans: &[Span]) -> Vec<(usize, usize)> {
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

fn is_special(byte: u8) -> bool {
    matches!(
        byte,
        b'\\' | b'{' | b'}' | b'~' | b'`' | b'\'' | b'"' | b'-' | b'\n'
    )
}

impl<'a> Reader<'a> {
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
                .position(|byte| is_special(*byte))
                .map_or(limit, |found| state.at + found);
            push_text(out, &self.source[state.at..stop]);
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

    fn sign(&self, byte: u8, state: &mut State, out: &mut Vec<Inline>) {
        let at = state.at;
        let rest = &self.source[at..state.end];
        let next = rest[1..].chars().next();
        let before = self.source[..at].chars().next_back();
        state.at += 1;
        match byte {
            b'{' => self.brace(at, state, out),
            // The closing braces of groups are never looked at: this one closes
            // nothing.
            b'}' => push_text(out, "}"),
            b'~' => {
                let about = next.is_some_and(|c| c.is_ascii_digit() || c == '$')
                    && before.is_none_or(|c| {
                        c.is_whitespace() || c.is_ascii_digit() || "([-–=".contains(c)
                    });
                if about {
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
                let closes_double = next == Some('\'')
                    && (state.double_open
                        || !before.is_some_and(|c| c.is_ascii_digit() || c.is_whitespace()));
                if closes_double {
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
    fn brace(&self, open: usize, state: &mut State, out: &mut Vec<Inline>) {
        let Some(close) = self.closing(open, state) else {
            push_text(out, "{");
            return;
        };
        let inside = &self.source[open + 1..close];
        let before = self.source[..open].chars().next_back();
        // `{0, 1}` is a set that someone typed; `{G}aLore` and `{\em so}` are TeX.
        let is_set = inside.contains([',', ';'])
            && !inside.contains('\\')
            && before.is_none_or(|c| c.is_whitespace() || "(=∈".contains(c));
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

    fn closing(&self, open: usize, state: &State) -> Option<usize> {
        let found = self
            .braces
            .binary_search_by(|(start, _)| start.cmp(&open))
            .ok()?;
        let close = self.braces[found].1;
        (close < state.end).then_some(close)
    }

    /// Takes the next argument: the range inside its braces, or one character.
    fn argument(&self, state: &mut State) -> Option<Range<usize>> {
        let rest = &self.source[state.at..state.end];
        let skipped = rest.len() - rest.trim_start_matches(' ').len();
        let open = state.at + skipped;
        if self.source[open..state.end].starts_with('{') {
            let close = match self.closing(open, state) {
                Some(close) => close,
                // Braces within a protected command are not in the table.
                None => {
                    scan::closing_brace(self.source, open).filter(|close| *close < state.end)?
                }
            };
            state.at = close + 1;
            return Some(open + 1..close);
        }
        None
    }

    fn skip_optional(&self, state: &mut State) {
        let rest = &self.source[state.at..state.end];
        let rest = rest.strip_prefix('*').unwrap_or(rest);
        if rest.starts_with('[')
            && let Some(end) = rest.bytes().take(200).position(|b| b == b']')
        {
            state.at = state.end - rest.len() + end + 1;
        }
    }

    fn backslash(&self, state: &mut State, out: &mut Vec<Inline>) -> Option<Piece> {
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

    /// A backslash before a sign: an escaped character, a space, an accent.
    fn escaped(&self, rest: &str, state: &mut State, out: &mut Vec<Inline>) {
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
                let accent = commands::sign_accent(sign).filter(|_| self.takes_accent(state));
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
    fn takes_accent(&self, state: &State) -> bool {
        let rest = self.source[state.at..state.end].trim_start_matches(['{', ' ']);
        rest.starts_with(|c: char| c.is_alphabetic())
            || rest.starts_with("\\i")
            || rest.starts_with("\\j")
    }

    fn accent(&self, mark: char, state: &mut State, out: &mut Vec<Inline>) {
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

    fn command(
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
                    let code = super::plain::plain_of(&inner);
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
                    self.address(&address[..scan::address_len(address)], state, out);
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
    fn end_name(&self, state: &mut State) {
        if self.source[state.at..state.end].starts_with("{}") {
            state.at += 2;
        }
    }

    /// After a command that shows nothing: no two spaces where it stood.
    fn swallow_space(&self, state: &mut State, out: &[Inline]) {
        self.end_name(state);
        if last_char(out).is_none_or(|c| c == ' ') {
            let rest = &self.source[state.at..state.end];
            state.at += rest.len() - rest.trim_start_matches(' ').len();
        }
    }

    fn environment(&self, command: Command, state: &mut State, out: &[Inline]) -> Option<Piece> {
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

    fn href(&self, state: &mut State, out: &mut Vec<Inline>) {
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

    /// A citation. In brackets it goes with them; as a part of the sentence it
    /// shows name and year where the key says them.
    fn citation(&self, state: &mut State, out: &mut Vec<Inline>, is_textual: bool) {
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

    fn quantity(&self, name: &str, state: &mut State, out: &mut Vec<Inline>) {
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
    fn unknown(&self, name: &str, state: &mut State, out: &mut Vec<Inline>) {
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

fn push_styled(out: &mut Vec<Inline>, style: Command, inner: Vec<Inline>) {
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
            Command::Code => out.push(Inline::Code(super::plain::plain_of(&inner))),
            Command::Raised => out.push(Inline::Raised(super::plain::plain_of(&inner))),
            Command::Lowered => out.push(Inline::Lowered(super::plain::plain_of(&inner))),
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

fn extend(out: &mut Vec<Inline>, nodes: Vec<Inline>) {
    for node in nodes {
        match node {
            Inline::Text(text) => push_text(out, &text),
            other => out.push(other),
        }
    }
}

fn first_char(nodes: &[Inline]) -> Option<char> {
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

/// Drops white space at the end.
fn trim_end(nodes: &mut Vec<Inline>) {
    if let Some(Inline::Text(last)) = nodes.last_mut() {
        last.truncate(last.trim_end().len());
        if last.is_empty() {
            nodes.pop();
        }
    }
}

/// Whether an apostrophe follows within the length of a quotation.
fn is_closed_soon(rest: &str) -> bool {
    const REACH: usize = 300;
    rest.bytes().take(REACH).any(|b| b == b'\'')
}

fn opens_quotation(before: Option<char>, next: Option<char>) -> bool {
    before.is_none_or(|c| c.is_whitespace() || "([{-–—/“".contains(c))
        && next.is_some_and(|c| !c.is_whitespace())
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
