//! Macros that an `@preamble` defines with `\newcommand`. Those with at most one
//! argument are expanded in all entries, within limits.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::blocks::Block;
use super::entry::{Piece, preamble};
use crate::ingest::tex;

/// The longest expansion of a command, in bytes.
const MAX_BODY: usize = 1024;

/// The most commands of a file.
const MAX_COMMANDS: usize = 1000;

/// The maximum nesting of commands in arguments.
const MAX_DEPTH: usize = 8;

/// The commands of a file, by name without the backslash.
#[derive(Debug, Default)]
pub(super) struct Commands(BTreeMap<String, Command>);

#[derive(Debug, PartialEq, Eq)]
struct Command {
    takes_argument: bool,
    /// Its expansion, with `#1` for the argument. Other commands are already
    /// expanded in it, so it cannot contain itself.
    body: String,
}

impl Commands {
    /// Collects the commands in all preambles. The first definition wins. Standard
    /// commands are never redefined: preambles define `\url` or `\natexlab` for
    /// styles that lack them.
    pub(super) fn new(blocks: &[Block<'_>]) -> Self {
        let mut commands = Self::default();
        for block in blocks.iter().filter(|block| block.kind == "preamble") {
            let pieces = preamble(block).unwrap_or_default();
            let texts = pieces.iter().filter_map(|piece| match piece {
                Piece::Text(text) => Some(*text),
                Piece::Macro(_) => None,
            });
            commands.gather(&texts.collect::<String>());
        }
        commands
    }

    fn gather(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
            rest = &rest[at + 1..];
            let end = letters(rest);
            let (name, behind) = rest.split_at(end);
            let found = match name {
                "newcommand" | "renewcommand" | "providecommand" | "DeclareRobustCommand" => {
                    of_latex(behind)
                }
                "def" | "gdef" => of_tex(behind),
                _ => None,
            };
            let Some((name, command, left)) = found else {
                // A symbol: `\\`.
                let skipped = rest.chars().next().filter(|_| end == 0);
                rest = &rest[end + skipped.map_or(0, char::len_utf8)..];
                continue;
            };
            rest = left;
            let is_word = !name.is_empty() && letters(name) == name.len();
            let is_new = is_word && !self.0.contains_key(name) && !tex::is_known(name);
            if is_new
                && self.0.len() < MAX_COMMANDS
                && let Some(command) = command
            {
                let body = self.carried_out(&command.body, MAX_BODY);
                if let Some(body) = body.filter(|body| body.len() <= MAX_BODY) {
                    let body = body.into_owned();
                    self.0.insert(name.to_owned(), Command { body, ..command });
                }
            }
        }
    }

    /// Expands the file's commands in a value. `None` if the result exceeds `most`
    /// bytes.
    pub(super) fn carried_out<'a>(&self, text: &'a str, most: usize) -> Option<Cow<'a, str>> {
        if self.0.is_empty() || !text.contains('\\') {
            return Some(Cow::Borrowed(text));
        }
        let mut out = String::with_capacity(text.len());
        self.write(text, &mut out, most, 0)?;
        Some(Cow::Owned(out))
    }

    fn write(&self, text: &str, out: &mut String, most: usize, depth: usize) -> Option<()> {
        let mut rest = text;
        while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
            out.push_str(&rest[..at]);
            let here = &rest[at..];
            rest = &here[1..];
            let end = letters(rest);
            let known = self.0.get(&rest[..end]).filter(|_| depth < MAX_DEPTH);
            let Some(command) = known else {
                // `\\` consumes the second backslash.
                let sign = rest.chars().next().filter(|_| end == 0);
                let length = 1 + end + sign.map_or(0, char::len_utf8);
                out.push_str(&here[..length]);
                rest = &here[length..];
                continue;
            };
            let behind = rest[end..].trim_start();
            if command.takes_argument {
                let (argument, left) = argument(behind);
                let mut inner = String::new();
                self.write(argument, &mut inner, most, depth + 1)?;
                // Braces keep the argument together.
                for (n, part) in command.body.split("#1").enumerate() {
                    if n > 0 {
                        out.push_str(&inner);
                    }
                    out.push_str(part);
                    if out.len() > most {
                        return None;
                    }
                }
                rest = left;
            } else {
                out.push_str(&command.body);
                // `\OO{}rsted`: the empty group only ends the name.
                rest = behind.strip_prefix("{}").unwrap_or(behind);
            }
            if out.len() > most {
                return None;
            }
        }
        out.push_str(rest);
        (out.len() <= most).then_some(())
    }
}

/// The number of letters at the start of a text.
fn letters(text: &str) -> usize {
    let other = |c: char| !(c.is_ascii_alphabetic() || c == '@');
    text.find(other).unwrap_or(text.len())
}

/// An argument, a group or a single character, and the rest.
fn argument(text: &str) -> (&str, &str) {
    if let Some(inner) = text.strip_prefix('{') {
        return tex::group(inner);
    }
    let first = |text: &str| text.chars().next().map_or(0, char::len_utf8);
    // A command can be an argument too.
    match text.strip_prefix('\\') {
        Some(name) => text.split_at(1 + letters(name).max(first(name))),
        None => text.split_at(first(text)),
    }
}

/// A name, its definition and the rest. Commands with more arguments are skipped.
type Defined<'a> = (&'a str, Option<Command>, &'a str);

/// `{\name}[1]{body}`, also with a star and without the braces.
fn of_latex(text: &str) -> Option<Defined<'_>> {
    let text = text.trim_start();
    let text = text.strip_prefix('*').unwrap_or(text).trim_start();
    let (name, rest) = match text.strip_prefix('{') {
        Some(inner) => tex::group(inner),
        None => {
            let end = 1 + letters(text.strip_prefix('\\')?);
            text.split_at(end)
        }
    };
    let name = name.trim().strip_prefix('\\')?;
    let mut rest = rest.trim_start();
    let mut options = Vec::new();
    while let Some(inner) = rest.strip_prefix('[') {
        let (option, behind) = inner.split_once(']')?;
        options.push(option.trim());
        rest = behind.trim_start();
    }
    let (body, behind) = tex::group(rest.strip_prefix('{')?);
    let takes_argument = match options[..] {
        [] | ["0"] => Some(false),
        ["1"] => Some(true),
        _ => None,
    };
    Some((name, command(takes_argument, body), behind))
}

/// `\name#1{body}`.
fn of_tex(text: &str) -> Option<Defined<'_>> {
    let text = text.trim_start().strip_prefix('\\')?;
    let (name, rest) = text.split_at(letters(text));
    let open = rest.find('{')?;
    let (body, behind) = tex::group(&rest[open + 1..]);
    let takes_argument = match rest[..open].trim() {
        "" => Some(false),
        "#1" => Some(true),
        _ => None,
    };
    Some((name, command(takes_argument, body), behind))
}

fn command(takes_argument: Option<bool>, body: &str) -> Option<Command> {
    Some(Command {
        takes_argument: takes_argument?,
        body: body.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::blocks::blocks;
    use super::*;

    fn carried_out(preamble: &str, text: &str) -> String {
        let found = Commands::new(&blocks(preamble));
        let out = found.carried_out(text, 10_000);
        out.map_or_else(|| "too long".to_owned(), Cow::into_owned)
    }

    #[test]
    fn commands_without_and_with_an_argument_are_carried_out() {
        let preamble = r#"@preamble{ "\newcommand{\Oe}{{\O}}" # {\providecommand*\sys[1]{\textsc{#1}} }
            # "\def\twice#1{#1#1} \renewcommand{\both}[2]{#1} \newcommand{\deep}{\Oe\sys{x}}
            \providecommand{\url}[1]{lost} \newcommand{\Oe}{again} \newcommand{\me}{\me!}" }"#;
        for (text, want) in [
            (r"\Oe rsted and \Oe{}rsted", r"{\O}rsted and {\O}rsted"),
            (r"\sys{Gear {B}} 2", r"\textsc{Gear {B}} 2"),
            (r"\twice ab", "aab"),
            (r"\twice{\Oe}", r"{\O}{\O}"),
            (r"\both{a}{b}", r"\both{a}{b}"),
            (r"\deep", r"{\O}\textsc{x}"),
            (r"\url{https://a.org}", r"\url{https://a.org}"),
            (r"\me", r"\me!"),
            (r"\'Ecole \\Oe", r"\'Ecole \\Oe"),
            (r"\twice", ""),
            ("plain", "plain"),
        ] {
            assert_eq!(carried_out(preamble, text), want, "{text}");
        }
    }

    #[test]
    fn no_command_grows_without_bounds() {
        let mut preamble = String::from("@preamble{\"\\def\\a#1{#1#1#1#1#1#1#1#1}");
        for (new, old) in ["ab", "bc", "cd", "de", "ef", "fg"]
            .iter()
            .map(|p| p.split_at(1))
            .map(|(a, b)| (b, a))
        {
            preamble.push_str(&format!("\\def\\{new}#1{{\\{old}{{#1}}\\{old}{{#1}}}}"));
        }
        preamble.push_str("\"}");
        let nested = format!("{}x{}", r"\a{".repeat(12), "}".repeat(12));
        assert_eq!(carried_out(&preamble, &nested), "too long");
        assert!(carried_out(&preamble, r"\g{x}").len() <= 10_000);
        for broken in [
            "@preamble{\"\\newcommand\"}",
            "@preamble{\"\\def\"}",
            "@preamble{\"\\newcommand{\\a}[1\"}",
            "@preamble{",
            "@preamble{\"\\def\\é{x}\"}",
        ] {
            assert_eq!(carried_out(broken, r"\a{b}\"), r"\a{b}\", "{broken}");
        }
    }
}
