//! Finds what a LaTeX file cites, in order, and the files it includes. The `.aux`
//! files written by LaTeX contain the same under other commands.

use std::ops::Range;

/// Something a LaTeX file refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mention<'a> {
    /// A cited key.
    Key(&'a str),
    /// The whole bibliography: `\nocite{*}`.
    All,
    /// An included file.
    File(&'a str),
}

/// The most mentions in one file.
const MAX_MENTIONS: usize = 200_000;

/// The mentions in a LaTeX text, with their byte ranges. Comments and everything
/// after the end of the document are ignored.
pub fn mentions(text: &str) -> Vec<(Mention<'_>, Range<usize>)> {
    let mut scan = Scan {
        text,
        at: 0,
        found: Vec::new(),
    };
    while let Some(at) = memchr::memchr2(b'\\', b'%', &text.as_bytes()[scan.at..]) {
        scan.at += at;
        if text.as_bytes()[scan.at] == b'%' {
            scan.skip_line();
        } else if !scan.command() || scan.found.len() >= MAX_MENTIONS {
            break;
        }
    }
    scan.found
}

/// What may precede and follow "cite" in the name of a citation command.
const BEFORE: &str = "paren text auto foot footfull full smart super no short online author year label mask inline \
    onlinetext footfulltext block in t p i";
const BEHIND: &str = "s p t n alp alt alps alts author authors year yearpar yearp date title url poss num np nptext a \
    ps ts authort authorp authornum titlep titlet field texts";

/// Environments in which commands are not interpreted.
const VERBATIM: [&str; 6] = [
    "verbatim",
    "Verbatim",
    "lstlisting",
    "minted",
    "comment",
    "filecontents",
];

struct Scan<'a> {
    text: &'a str,
    at: usize,
    found: Vec<(Mention<'a>, Range<usize>)>,
}

impl<'a> Scan<'a> {
    fn skip_line(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
    }

    /// Reads a command and its arguments. Returns `false` at the end of the
    /// document.
    fn command(&mut self) -> bool {
        let rest = &self.text[self.at + 1..];
        let length = rest
            .bytes()
            .take_while(|b| b.is_ascii_alphabetic() || *b == b'@')
            .count();
        if length == 0 {
            // `\%` is a percent sign.
            self.at += 1 + rest.chars().next().map_or(0, char::len_utf8);
            return true;
        }
        let name = &rest[..length];
        self.at += 1 + length;
        // Look into groups without skipping them; commands inside are read later.
        let behind = self.at;
        match name {
            "end" => {
                return self
                    .group(behind)
                    .is_none_or(|(inner, _)| inner != "document");
            }
            "begin" => self.verbatim(behind),
            "iffalse" => {
                let rest = &self.text[behind..];
                self.at = rest.find("\\fi").map_or(self.text.len(), |at| behind + at);
            }
            "verb" | "lstinline" => {
                let rest = &self.text[behind..];
                let rest = rest.strip_prefix('*').unwrap_or(rest);
                if let Some(mark) = rest.chars().next().filter(|c| !c.is_alphanumeric()) {
                    let close = if mark == '{' { '}' } else { mark };
                    let start = self.text.len() - rest.len() + mark.len_utf8();
                    let line = self.text[start..].lines().next().unwrap_or_default();
                    self.at = line
                        .find(close)
                        .map_or(behind, |at| start + at + close.len_utf8());
                }
            }
            "input" | "include" | "subfile" | "subfileinclude" | "@input" => self.file(behind),
            "import" | "subimport" | "includefrom" | "inputfrom" => {
                // The first group is the folder; files are also searched for next
                // to it.
                if let Some((_, end)) = self.group(behind) {
                    self.file(end);
                }
            }
            "citation" => self.keys(behind, false),
            "abx@aux@cite" | "abx@aux@nocite" => {
                // Since 2021 the section number comes first.
                let first = self.group(behind);
                let end = match first {
                    Some((inner, end)) if inner.bytes().all(|b| b.is_ascii_digit()) => {
                        self.group(end).map_or(behind, |_| end)
                    }
                    _ => behind,
                };
                self.keys(end, false);
            }
            _ if cites(name) => {
                let several = name.ends_with("cites") || name.ends_with("citetexts");
                self.keys(behind, several);
            }
            _ => {}
        }
        true
    }

    fn verbatim(&mut self, behind: usize) {
        let Some((name, end)) = self.group(behind) else {
            return;
        };
        if VERBATIM.contains(&name.trim_end_matches('*')) {
            let close = format!("\\end{{{name}}}");
            self.at = self.text[end..]
                .find(&close)
                .map_or(self.text.len(), |at| end + at + close.len());
        }
    }

    /// The braced group after a position, and where it ends. `None` if something
    /// else comes first.
    fn group(&self, at: usize) -> Option<(&'a str, usize)> {
        let rest = self.text[at..].trim_start();
        let start = self.text.len() - rest.len();
        // A blank line ends the paragraph, and thus a command's arguments.
        let between = &self.text[at..start];
        let inner = rest.strip_prefix('{')?;
        let end = inner
            .find(['}', '{'])
            .filter(|end| inner[*end..].starts_with('}'))?;
        (between.matches('\n').count() < 2).then_some((&inner[..end], start + 1 + end + 1))
    }

    /// The position after the optional arguments at a position.
    fn options(&self, mut at: usize) -> usize {
        const LONGEST: usize = 1_000;
        loop {
            let rest = self.text[at..].trim_start_matches([' ', '\t', '\n', '\r']);
            let (open, close) = match rest.chars().next() {
                Some('[') => ('[', ']'),
                Some('<') => ('<', '>'),
                Some('(') => ('(', ')'),
                _ => return at,
            };
            let start = self.text.len() - rest.len();
            let (mut depth, mut braces, mut end) = (0usize, 0usize, None);
            for (n, c) in rest[..rest.floor_char_boundary(LONGEST)].char_indices() {
                match c {
                    '{' => braces += 1,
                    '}' => braces = braces.saturating_sub(1),
                    c if c == open && braces == 0 => depth += 1,
                    c if c == close && braces == 0 => {
                        depth = depth.saturating_sub(1);
                        if depth == 0 {
                            end = Some(start + n + 1);
                            break;
                        }
                    }
                    _ => {}
                }
            }
            match end {
                Some(end) => at = end,
                None => return at,
            }
        }
    }

    /// The keys of a citation, after its star and optional arguments.
    fn keys(&mut self, at: usize, several: bool) {
        let starred = self.text[at..].starts_with('*');
        let mut at = at + usize::from(starred);
        loop {
            let Some((inner, end)) = self.group(self.options(at)) else {
                return;
            };
            let start = end - 1 - inner.len();
            let mut from = start;
            for part in inner.split(',') {
                self.key(part, from);
                from += part.len() + 1;
            }
            at = end;
            if !several {
                return;
            }
        }
    }

    /// One key, which may have a comment before or after it.
    fn key(&mut self, part: &'a str, from: usize) {
        let mut line_from = from;
        for line in part.split_inclusive('\n') {
            let code = line.split('%').next().unwrap_or_default();
            let key = code.trim();
            let start = line_from + (code.len() - code.trim_start().len());
            line_from += line.len();
            // `#1` is a parameter in a command definition.
            if key.is_empty() || key.contains(['#', '\\']) {
                continue;
            }
            let what = match key {
                "*" => Mention::All,
                key => Mention::Key(key),
            };
            self.found.push((what, start..start + key.len()));
        }
    }

    /// The file included by `\input`, with braces or, in plain TeX, without.
    fn file(&mut self, at: usize) {
        let (name, end) = match self.group(at) {
            Some((name, end)) => (name.trim(), end - 1),
            None => {
                let rest = self.text[at..].trim_start_matches([' ', '\t']);
                let start = self.text.len() - rest.len();
                let name = rest
                    .split(|c: char| c.is_whitespace() || matches!(c, '\\' | '{' | '}' | '%'))
                    .next()
                    .unwrap_or_default();
                (name, start + name.len())
            }
        };
        if !name.is_empty() && !name.contains(['#', '\\']) {
            let start = end.saturating_sub(name.len());
            self.found.push((Mention::File(name), start..end));
        }
    }
}

/// Whether a command cites: `\cite` and its many relatives.
fn cites(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let Some((before, behind)) = lower.split_once("cite") else {
        return false;
    };
    let known = |list: &str, part: &str| {
        part.is_empty() || list.split_whitespace().any(|word| word == part)
    };
    known(BEFORE, before) && known(BEHIND, behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let show = |(what, at): (Mention<'_>, Range<usize>)| {
            let shown = match what {
                Mention::Key(key) => key.to_owned(),
                Mention::All => "*".to_owned(),
                Mention::File(name) => format!("<{name}>"),
            };
            assert_eq!(&text[at], shown.trim_matches(['<', '>']), "{text}");
            shown
        };
        mentions(text)
            .into_iter()
            .map(show)
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn citations_are_found_in_every_dress() {
        for (text, want) in [
            (r"\cite{a} \citep[see][p.~3]{b, c} \citet*{d}", "a b c d"),
            (
                r"\parencite{a}\Textcite{b}\autocite[1]{c}\footcite{d}",
                "a b c d",
            ),
            (r"\cites(pre)[1]{a}[2]{b} {c}", "a b c"),
            (r"\parencites{a}[2]{b}. {c}", "a b"),
            (r"\nocite{*}", "*"),
            ("\\cite{a,% one\n  b}", "a b"),
            ("% \\cite{a}\n100\\% \\cite{b}", "b"),
            (r"\cite[see \cite{x}]{a}", "a x"),
            (
                r"\citation{a,b}\abx@aux@cite{0}{c}\abx@aux@cite{d}",
                "a b c d",
            ),
            (
                r"\newcommand{\me}[1]{\cite{#1}} \citestyle{apa} \bibcite{z}{1}",
                "",
            ),
            (
                r"\begin{verbatim}\cite{a}\end{verbatim}\verb|\cite{b}|\cite{c}",
                "c",
            ),
            (
                r"\input{one}\include{two/x.tex}\input three \@input{ch.aux}",
                "<one> <two/x.tex> <three> <ch.aux>",
            ),
            (r"\cite{a}\end{document}\cite{b}", "a"),
            (
                r"\iffalse\cite{a}\fi\cite{arXiv:2403.03507, 10.1145/1.2}",
                "arXiv:2403.03507 10.1145/1.2",
            ),
            (r"\cite", ""),
            (r"\cite{", ""),
        ] {
            assert_eq!(shown(text), want, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "(\\\\|cite|input|begin|verb|\\{|\\}|\\[|\\]|\\(|%|\n|,|\\*| |é|a){0,40}") {
            for (_, at) in mentions(&text) {
                proptest::prop_assert!(text.get(at).is_some());
            }
        }
    }
}
