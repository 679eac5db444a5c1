//! Converts TeX in bibliographies: accents, special letters and symbols, and braces
//! that protect capitals. Other TeX in titles and abstracts stays and is handled
//! when the site is built. Names, venues and identifiers become plain text, because
//! papers and people are matched by them.

mod address;
mod commands;
mod formula;

use unicode_normalization::UnicodeNormalization;

pub(super) use address::address;
use commands::Role;

use crate::text::{tex_accent, tex_letter, tex_symbol};

/// The longest argument of an accent, in bytes: a letter, perhaps with accents of
/// its own. The limit keeps parsing linear.
const MAX_ACCENTED: usize = 80;

/// How deep accents and groups may be nested on a letter.
const MAX_STACKED: usize = 8;

/// Converts to plain text: accents to letters, symbols to characters, without
/// braces and commands.
pub(super) fn plain(text: &str) -> String {
    decoded(text, false)
}

/// Converts accents to letters and removes braces that protect capitals, but keeps
/// math and other commands with their arguments.
pub(super) fn text(text: &str) -> String {
    decoded(text, true)
}

fn decoded(text: &str, keeps: bool) -> String {
    if !text.contains(['\\', '{', '}', '~', '$', '-', '`', '\'']) {
        return text.to_owned();
    }
    let mut decoder = Decoder {
        keeps,
        out: String::with_capacity(text.len()),
        open: Vec::new(),
        after_command: false,
        moved: false,
    };
    decoder.read(text);
    decoder.out.nfc().collect()
}

/// What to do at the end of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Closing {
    /// Nothing; its braces are hidden.
    Hidden,
    /// Close the brace that was kept.
    Brace,
    /// Close a quotation.
    Quotation,
    /// Drop the next group, which says the same in another form.
    DropNext,
}

struct Decoder {
    /// Whether commands and math are kept.
    keeps: bool,
    out: String,
    /// The open groups.
    open: Vec<Closing>,
    /// Whether a kept command directly precedes.
    after_command: bool,
    /// Whether what follows is placed over the preceding letter, as in hand-made
    /// accents.
    moved: bool,
}

impl Decoder {
    fn read(&mut self, text: &str) {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let here = rest;
            rest = &rest[c.len_utf8()..];
            let was_command = std::mem::take(&mut self.after_command);
            match c {
                '$' if self.keeps => {
                    let end = rest.find('$').map_or(rest.len(), |at| at + 1);
                    self.out.push_str(&here[..1 + end]);
                    rest = &rest[end..];
                }
                '$' => rest = formula::plain(here, &mut self.out),
                '{' => rest = self.opened(rest, was_command),
                '}' => rest = self.closed(rest),
                '~' => self.out.push(' '),
                '\\' => rest = self.command(rest),
                '-' | '`' | '\'' if !self.keeps => rest = ligature(here, &mut self.out),
                c => {
                    self.moved &= c == ' ';
                    self.out.push(c);
                }
            }
        }
    }

    fn opened<'a>(&mut self, rest: &'a str, was_command: bool) -> &'a str {
        if let Some((letter, left)) = mistyped_cedilla(rest)
            && self.out.ends_with(char::is_alphabetic)
        {
            push_accented(&mut self.out, letter, '\u{327}');
            return left;
        }
        // The braces of `{\em word}` limit the command's effect.
        let kept = self.keeps && (was_command || begins_with_command(rest));
        if kept {
            self.out.push('{');
        }
        self.open.push(if kept {
            Closing::Brace
        } else {
            Closing::Hidden
        });
        rest
    }

    fn closed<'a>(&mut self, rest: &'a str) -> &'a str {
        match self.open.pop() {
            Some(Closing::Brace) => {
                self.out.push('}');
                // A second argument.
                self.after_command = rest.starts_with('{');
            }
            Some(Closing::Quotation) => self.out.push('”'),
            Some(Closing::DropNext) => return commands::without_groups(rest, 1),
            Some(Closing::Hidden) | None => {}
        }
        rest
    }

    /// Reads what follows a backslash, and returns the rest.
    fn command<'a>(&mut self, text: &'a str) -> &'a str {
        let (command, rest) = command_name(text);
        let Some(first) = command.chars().next() else {
            return text;
        };
        if let Some(mark) = accent(command) {
            if let Some((letter, left)) = accented(rest, 0) {
                push_accented(&mut self.out, &letter, mark);
                return left;
            }
            if self.moved && self.out.ends_with(is_letter_or_mark) {
                self.out.push(mark);
                return rest;
            }
        }
        if let Some(letter) = character(command) {
            self.out.push_str(letter);
            return behind_name(rest);
        }
        match command {
            "&" => self.out.push('&'),
            "-" | "/" | "@" => {}
            "," | " " | "\n" => self.out.push(' '),
            // Sort keys are never shown.
            "noopsort" | "SortNoop" | "sortnoop" | "noop" => {
                return commands::without_groups(rest, 1);
            }
            _ if self.keeps => {
                self.out.push('\\');
                self.out.push_str(command);
                self.after_command = true;
            }
            // A line break.
            "\\" | ";" | ":" | ">" => self.out.push(' '),
            "!" | "(" | ")" => {}
            _ if first.is_ascii_alphabetic() => return self.word(command, rest),
            // `\%` is the character itself, and so is an accent over nothing:
            // `\~{}`.
            _ => {
                self.out.push(first);
                return rest.strip_prefix("{}").unwrap_or(rest);
            }
        }
        rest
    }

    /// Handles a command that is a word.
    fn word<'a>(&mut self, command: &str, rest: &'a str) -> &'a str {
        match commands::role(command) {
            Some(Role::Shown(text)) => {
                self.out.push_str(text);
                behind_name(rest)
            }
            Some(Role::Nothing) => rest.trim_start_matches(' '),
            Some(Role::Dropped(groups)) => commands::without_groups(rest, groups),
            Some(Role::Quoted) => match rest.trim_start_matches(' ').strip_prefix('{') {
                Some(inner) => {
                    self.out.push('“');
                    self.open.push(Closing::Quotation);
                    inner
                }
                None => rest,
            },
            Some(Role::FirstOfTwo) => match rest.trim_start_matches(' ').strip_prefix('{') {
                Some(inner) => {
                    self.open.push(Closing::DropNext);
                    inner
                }
                None => rest,
            },
            Some(Role::Moved) => {
                self.moved = true;
                commands::without_length(rest)
            }
            Some(Role::Verbatim) => match commands::verbatim(rest) {
                Some((inner, left)) => {
                    self.out.push_str(inner);
                    left
                }
                None => rest,
            },
            Some(Role::Cited) => {
                let rest = commands::without_options(rest);
                let Some(inner) = rest.strip_prefix('{') else {
                    return rest;
                };
                let (keys, left) = group(inner);
                self.out.push_str(&format!("[{}]", keys.trim()));
                left
            }
            // An unknown command shows its argument. Without one, it most likely
            // stands for a name, so show the command's own name.
            None => {
                let behind = commands::without_options(rest);
                if let Some(left) = behind.strip_prefix("{}") {
                    self.out.push_str(command);
                    left
                } else if behind.starts_with('{') {
                    behind
                } else {
                    self.out.push_str(command);
                    rest
                }
            }
        }
    }
}

fn is_letter_or_mark(c: char) -> bool {
    c.is_alphabetic() || ('\u{300}'..'\u{370}').contains(&c)
}

/// `{\,c}` within a word: the comma below was typed instead of a cedilla.
fn mistyped_cedilla(group: &str) -> Option<(&str, &str)> {
    let letter = group.strip_prefix("\\,")?;
    let left = letter.strip_prefix(['c', 'C', 's', 'S', 't', 'T'])?;
    let left = left.strip_prefix('}')?;
    Some((&letter[..1], left))
}

/// TeX's dashes and quotation marks. Running text is converted when the site is
/// built.
fn ligature<'a>(text: &'a str, out: &mut String) -> &'a str {
    const LIGATURES: [(&str, &str); 4] = [("---", "—"), ("--", "–"), ("``", "“"), ("''", "”")];
    for (signs, character) in LIGATURES {
        if let Some(rest) = text.strip_prefix(signs) {
            out.push_str(character);
            return rest;
        }
    }
    out.push_str(&text[..1]);
    &text[1..]
}

/// Whether a group starts with a command that is kept.
fn begins_with_command(group: &str) -> bool {
    let Some(rest) = group.strip_prefix('\\') else {
        return false;
    };
    let (command, _) = command_name(rest);
    command.starts_with(|c: char| c.is_ascii_alphabetic())
        && character(command).is_none()
        && accent(command).is_none()
}

/// A command's name, given without its backslash, and the rest.
fn command_name(text: &str) -> (&str, &str) {
    let first = text.chars().next().map_or(0, char::len_utf8);
    let word = text
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(text.len());
    text.split_at(word.max(first))
}

fn character(command: &str) -> Option<&'static str> {
    tex_letter(command).or_else(|| tex_symbol(command))
}

/// The combining mark of an accent, including those found only in bibliographies.
fn accent(command: &str) -> Option<char> {
    tex_accent(command).or(match command {
        "h" => Some('\u{309}'),
        "t" => Some('\u{361}'),
        "f" => Some('\u{311}'),
        "G" => Some('\u{30f}'),
        "textcommabelow" => Some('\u{326}'),
        _ => None,
    })
}

/// The text after a letter command: a space or an empty group that ends its name is
/// part of it.
fn behind_name(rest: &str) -> &str {
    rest.strip_prefix("{}")
        .unwrap_or_else(|| rest.trim_start_matches(' '))
}

/// The letters under an accent, and the rest: `e`, `{e}`, `\i`, `{\i}`, `{\^e}`.
fn accented(text: &str, depth: usize) -> Option<(String, &str)> {
    if depth == MAX_STACKED {
        return None;
    }
    let text = text.trim_start_matches(' ');
    if let Some(opened) = text.strip_prefix('{') {
        let (inner, left) = short_group(opened)?;
        let (mut letters, behind) = accented(inner.trim(), depth + 1)?;
        letters.push_str(&decoded(behind, false));
        return Some((letters, left));
    }
    if let Some(rest) = text.strip_prefix('\\') {
        let (command, rest) = command_name(rest);
        if let Some(mark) = accent(command) {
            let (letters, left) = accented(rest, depth + 1)?;
            let mut out = String::new();
            push_accented(&mut out, &letters, mark);
            return Some((out, left));
        }
        let letter = tex_letter(command)?;
        return Some((undotted(letter).to_owned(), behind_name(rest)));
    }
    let letter = text.chars().next().filter(|c| c.is_alphabetic())?;
    let end = letter.len_utf8();
    Some((undotted(&text[..end]).to_owned(), &text[end..]))
}

/// The accent replaces the dot.
fn undotted(letter: &str) -> &str {
    match letter {
        "ı" => "i",
        "ȷ" => "j",
        letter => letter,
    }
}

/// Puts a mark on the first letter, after its existing marks.
fn push_accented(out: &mut String, letters: &str, mark: char) {
    let first = letters.chars().next().map_or(0, char::len_utf8);
    let marks = letters[first..]
        .find(|c: char| !('\u{300}'..'\u{370}').contains(&c))
        .unwrap_or(letters.len() - first);
    let (letter, rest) = letters.split_at(first + marks);
    out.push_str(letter);
    out.push(mark);
    out.push_str(rest);
}

/// A group short enough to be the argument of an accent.
fn short_group(text: &str) -> Option<(&str, &str)> {
    let mut end = text.len().min(MAX_ACCENTED);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let (inner, behind) = group(&text[..end]);
    let is_closed = inner.len() + behind.len() < end;
    is_closed.then(|| (inner, &text[inner.len() + 1..]))
}

/// Whether a command is built in, so that files need not define it.
pub(super) fn is_known(command: &str) -> bool {
    let shows = matches!(
        command,
        "url"
            | "doi"
            | "emph"
            | "text"
            | "textbf"
            | "textit"
            | "texttt"
            | "textsc"
            | "textrm"
            | "textup"
            | "textsl"
            | "textsf"
            | "textsuperscript"
            | "textsubscript"
            | "ensuremath"
            | "mbox"
            | "frac"
            | "sqrt"
            | "mathrm"
            | "mathbf"
            | "mathcal"
            | "mathbb"
    );
    shows
        || accent(command).is_some()
        || character(command).is_some()
        || commands::role(command).is_some()
}

/// The content of a group whose brace was just read, and the rest.
pub(super) fn group(text: &str) -> (&str, &str) {
    let mut depth = 0usize;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'{' => depth += 1,
            b'}' if depth == 0 => return (&text[..at], &text[at + 1..]),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    (text, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_become_letters() {
        for (text, want) in [
            ("Djokovi\\'{c}", "Djoković"),
            ("Djokovi{\\'c}", "Djoković"),
            ("G{\\\"o}del", "Gödel"),
            ("G\\\"odel", "Gödel"),
            ("\\c{C}a\\u{g}lar", "Çağlar"),
            ("Mart\\'{\\i}n", "Martín"),
            ("na{\\\"\\i}ve", "naïve"),
            ("na\\\"{\\i}ve", "naïve"),
            ("\\v{c}\\v s\\.I\\.{z}", "čšİż"),
            (
                "{\\O}rsted \\aa{}se {\\AE}on {\\l}{\\L}{\\oe}",
                "Ørsted åse Æon łŁœ",
            ),
            ("Stra{\\ss}e", "Straße"),
            ("Fran\\c cois", "François"),
            ("Nguy{\\~{\\^e}}n", "Nguyễn"),
            ("Th{\\'{\\^e}} Th{\\`a}nh", "Thế Thành"),
            (
                "Tr{\\`{\\^a}}n D\\~{\\uhorn}ng Ph{\\d{\\^o}}",
                "Trần Dững Phộ",
            ),
            ("\\d{\\^o}\\^{\\d o}", "ộộ"),
            ("\\h{a}i", "ải"),
            ("J.~Doe", "J. Doe"),
            ("Barnes \\& Noble", "Barnes & Noble"),
            ("D{\\textquoteright}Souza", "D’Souza"),
            ("101{\\textendash}109", "101–109"),
            ("101--109", "101–109"),
            ("``A'' and O'Neil", "“A” and O'Neil"),
            ("\\foo{X}", "X"),
            ("\\LaTeX\\ and \\TeX{}", "LaTeX and TeX"),
            ("{\\LaTeX\\,3} Project Team", "LaTeX 3 Project Team"),
            ("Fran{\\,c}ois in 10{\\,}000", "François in 10 000"),
            (
                "Th{\\^e}{\\kern-.05em}\\llap{\\raise 0.5ex\\hbox{\\'{\\relax}}} Th{\\`a}nh",
                "Thế Thành",
            ),
            (
                "Software\\emdash Practice\\endash{}and",
                "Software—Practice–and",
            ),
            (
                "\\AmSTeX{} of \\mbox{Com\\-pu\\-ting}",
                "AmSTeX of Computing",
            ),
            ("\\foo bar", "foo bar"),
            (
                "see \\cite[p.~3]{a:b} in {\\em Works}",
                "see [a:b] in Works",
            ),
            ("\\enquote{An \\emph{A}} and \\textsc{B}", "“An A” and B"),
            (
                "\\href{http://a.test}{here} \\path|a_b| \\url{c_d}",
                "here a_b c_d",
            ),
            (
                "\\texorpdfstring{H}{$H$} \\textcolor{red}{R}\\index{x}",
                "H R",
            ),
            (
                "16\\textsuperscript{th}, $5^{\\rm th}$, $n^2$, $90^\\circ$, $\\alpha_2$",
                "16th, 5th, n², 90°, α₂",
            ),
            ("$O(n\\log n)$ for US$5", "$O(n\\log n)$ for US$5"),
            ("1\\;2\\!3\\:4", "1 23 4"),
            ("plain", "plain"),
            ("\\", ""),
            ("\\'", "'"),
        ] {
            assert_eq!(plain(text), want, "{text}");
        }
    }

    #[test]
    fn titles_keep_what_is_no_letter() {
        for (source, want) in [
            (
                "{GaLore}: {M}emory for {\\'E}tudes",
                "GaLore: Memory for Études",
            ),
            (
                "On $O(n^{2})$ and \\emph{more} {LLM}s",
                "On $O(n^{2})$ and \\emph{more} LLMs",
            ),
            ("50\\% of \\href{a}{b}", "50\\% of \\href{a}{b}"),
            ("an $unclosed {a}", "an $unclosed {a}"),
            ("The {\\em old} {\\bf N}ew", "The {\\em old} {\\bf N}ew"),
            ("Children{\\textquoteright}s", "Children’s"),
            (
                "{\\textless}i{\\textgreater}in{\\textless}/i{\\textgreater}",
                "<i>in</i>",
            ),
            ("Search \\& rescue", "Search & rescue"),
            ("{\\alpha}s and {\\foo}s", "{\\alpha}s and {\\foo}s"),
        ] {
            assert_eq!(text(source), want, "{source}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "[\\\\{}'a-c~ \"éı$i^-]{0,30}") {
            let _ = (plain(&text), super::text(&text), address(&text));
        }

        #[test]
        fn any_commands_are_read(parts in proptest::collection::vec("\\\\(kern|raise|llap|enquote|cite|href|verb|texorpdfstring|foo|,|;)|[{}$|\\[\\]^_]|[a-c]|0\\.5ex|é| ", 0..20)) {
            let _ = plain(&parts.concat());
        }
    }
}
