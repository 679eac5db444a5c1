//! Plain math: a formula as a line of Unicode, `O(n²)`, `minₓ |Ax − b|₂`.
//!
//! Where Unicode has no way to show a construct, its parts stand in the order
//! in which one would read them aloud: `a/b`, `√(x + 1)`, `x_(i∈S)`.

use unicode_normalization::UnicodeNormalization;

use super::atom::{Atom, Class, attach, class_of, class_of_group, grouped, join};
use super::bounds::{command_name, is_bounded};
use super::symbols::{self, Font};
use super::{dialect, private, scripts};

/// Shows a formula (without its delimiters) as a line of Unicode. What exceeds
/// the bounds of a formula is returned as it is, on one line.
pub fn math_plain(tex: &str) -> String {
    let tex = tex.trim();
    if !is_bounded(tex) || dialect::defines_commands(tex) {
        return tex.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let source = private::name_private_commands(&dialect::prepare(tex));
    // The expansions may have added nesting.
    if !is_bounded(&source) {
        return source.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let mut reader = Reader {
        rest: &source,
        bars: 0,
    };
    let atoms = reader.atoms(false);
    let line = join(&atoms, false);
    line.split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
        .nfc()
        .collect()
}

struct Reader<'a> {
    rest: &'a str,
    /// How many vertical bars were read: the first opens, the second closes.
    bars: usize,
}

impl<'a> Reader<'a> {
    /// Reads up to the brace that closes this group, or to the end.
    fn atoms(&mut self, in_group: bool) -> Vec<Atom> {
        let mut atoms: Vec<Atom> = Vec::new();
        while let Some(c) = self.rest.chars().next() {
            match c {
                '}' => {
                    self.rest = &self.rest[1..];
                    if in_group {
                        break;
                    }
                }
                '^' | '_' => {
                    self.rest = &self.rest[1..];
                    let script = self.argument();
                    attach(&mut atoms, c == '^', &script);
                }
                _ => {
                    self.atom(&mut atoms);
                }
            }
        }
        atoms
    }

    /// Reads one atom: a character, a group, a command with its arguments.
    fn atom(&mut self, atoms: &mut Vec<Atom>) {
        let Some(c) = self.rest.chars().next() else {
            return;
        };
        if c == '\\' {
            self.command(atoms);
            return;
        }
        self.rest = &self.rest[c.len_utf8()..];
        let atom = match c {
            '{' => {
                let inner = self.atoms(true);
                Atom::new(class_of_group(&inner), join(&inner, false))
            }
            ' ' => return,
            '~' => Atom::new(Class::Text, " "),
            '&' => Atom::new(Class::Text, " "),
            '\'' => {
                attach(atoms, true, "′");
                return;
            }
            '|' | '‖' => self.bar(if c == '|' { "|" } else { "‖" }),
            '-' => Atom::new(Class::Binary, "−"),
            '*' => Atom::new(Class::Binary, "∗"),
            '(' | '[' => Atom::new(Class::Open, c),
            ')' | ']' => Atom::new(Class::Close, c),
            ',' | ';' => Atom::new(Class::Punctuation, c),
            _ => Atom::new(class_of(c), c),
        };
        atoms.push(atom);
    }

    fn bar(&mut self, text: &str) -> Atom {
        self.bars += 1;
        let class = if self.bars % 2 == 1 {
            Class::Open
        } else {
            Class::Close
        };
        Atom::new(class, text)
    }

    /// Reads an argument and shows it tightly, as it stands in a script.
    fn argument(&mut self) -> String {
        join(&self.argument_atoms(), true)
    }

    fn argument_atoms(&mut self) -> Vec<Atom> {
        self.rest = self.rest.trim_start();
        if let Some(rest) = self.rest.strip_prefix('{') {
            self.rest = rest;
            return self.atoms(true);
        }
        let mut atoms = Vec::new();
        if !self.rest.starts_with(['}', '^', '_']) {
            self.atom(&mut atoms);
        }
        atoms
    }

    /// An argument that is text: taken as it stands, without its commands.
    fn text_argument(&mut self) -> String {
        self.rest = self.rest.trim_start();
        let Some(rest) = self.rest.strip_prefix('{') else {
            return self.argument();
        };
        let mut depth = 1_usize;
        let mut text = String::new();
        let mut chars = rest.char_indices();
        let mut end = rest.len();
        while let Some((at, c)) = chars.next() {
            match c {
                '{' => depth += 1,
                '}' => {
                    depth -= 1;
                    if depth == 0 {
                        end = at + 1;
                        break;
                    }
                }
                '\\' => {
                    let name = command_name(&rest[at + 1..]);
                    for _ in 0..name.len() {
                        chars.next();
                    }
                    if let Some(shown) = symbols::symbol(name) {
                        text.push_str(shown);
                    }
                }
                '~' => text.push(' '),
                _ => text.push(c),
            }
        }
        self.rest = &rest[end..];
        text
    }

    fn command(&mut self, atoms: &mut Vec<Atom>) {
        let name = command_name(&self.rest[1..]);
        if name.is_empty() {
            let escaped = self.rest[1..].chars().next();
            self.rest = &self.rest[1 + escaped.map_or(0, char::len_utf8)..];
            match escaped {
                Some(',' | ';' | ':' | '!' | '>' | '(' | ')') | None => {}
                Some('|') => {
                    let bar = self.bar("‖");
                    atoms.push(bar);
                }
                Some('{') => atoms.push(Atom::new(Class::Open, "{")),
                Some('}') => atoms.push(Atom::new(Class::Close, "}")),
                Some('\\' | ' ' | '[' | ']') => atoms.push(Atom::new(Class::Text, " ")),
                Some(c) => atoms.push(Atom::new(Class::Ordinary, c)),
            }
            return;
        }
        self.rest = &self.rest[1 + name.len()..];
        if let Some(shown) = symbols::symbol(name) {
            let class = match name {
                "langle" | "lfloor" | "lceil" | "lvert" | "lVert" | "lbrace" | "lbrack" => {
                    Class::Open
                }
                "rangle" | "rfloor" | "rceil" | "rvert" | "rVert" | "rbrace" | "rbrack" => {
                    Class::Close
                }
                "mid" => Class::Relation,
                "sum" | "prod" | "int" | "bigcup" | "bigcap" | "iint" => Class::Function,
                "quad" | "qquad" => Class::Text,
                "vert" | "Vert" => self.bar(shown).class,
                _ => shown.chars().next().map_or(Class::Ordinary, class_of),
            };
            atoms.push(Atom::new(class, shown));
        } else if symbols::is_function(name) {
            atoms.push(Atom::new(Class::Function, name));
        } else if let Some(font) = symbols::font(name) {
            self.font(name, font, atoms);
        } else if let Some(mark) = symbols::accent(name) {
            let mut text = self.argument();
            if text.chars().count() == 1 {
                text.push(mark);
            }
            atoms.push(Atom::new(Class::Ordinary, text));
        } else {
            self.structure(name, atoms);
        }
    }

    fn font(&mut self, name: &str, font: Font, atoms: &mut Vec<Atom>) {
        match font {
            Font::Text => {
                let text = self.text_argument();
                atoms.push(Atom::new(Class::Text, text));
            }
            Font::Blackboard => {
                let text = self.argument();
                let shown = text
                    .chars()
                    .map(|c| symbols::blackboard(c).unwrap_or(c))
                    .collect::<String>();
                atoms.push(Atom::new(Class::Ordinary, shown));
            }
            Font::Plain => {
                let _ = self.rest.strip_prefix('*').map(|rest| self.rest = rest);
                let text = self.argument();
                let class = if name == "operatorname" {
                    Class::Function
                } else {
                    Class::Ordinary
                };
                atoms.push(Atom::new(class, text));
            }
        }
    }

    fn structure(&mut self, name: &str, atoms: &mut Vec<Atom>) {
        match name {
            "frac" | "tfrac" | "dfrac" | "cfrac" => {
                let (above, below) = (self.argument_atoms(), self.argument_atoms());
                let text = format!("{}/{}", grouped(&above), grouped(&below));
                atoms.push(Atom::new(Class::Ordinary, text));
            }
            "binom" | "tbinom" | "dbinom" => {
                let (n, k) = (self.argument(), self.argument());
                atoms.push(Atom::new(Class::Ordinary, format!("({n} choose {k})")));
            }
            "sqrt" => {
                self.rest = self.rest.trim_start();
                let mut sign = String::from("√");
                if let Some(rest) = self.rest.strip_prefix('[')
                    && let Some(end) = rest.find(']')
                {
                    if let Some(root) = scripts::raised(&rest[..end]) {
                        sign.insert_str(0, &root);
                    }
                    self.rest = &rest[end + 1..];
                }
                let under = self.argument_atoms();
                atoms.push(Atom::new(Class::Ordinary, sign + &grouped(&under)));
            }
            "left" | "right" | "middle" => {
                self.rest = self.rest.trim_start();
                if let Some(rest) = self.rest.strip_prefix('.') {
                    self.rest = rest;
                }
            }
            "stackrel" | "overset" | "underset" => {
                self.argument();
                let inner = self.argument_atoms();
                atoms.extend(inner);
            }
            "xrightarrow" | "xleftarrow" => {
                self.argument();
                let arrow = if name == "xrightarrow" { "→" } else { "←" };
                atoms.push(Atom::new(Class::Relation, arrow));
            }
            "phantom" | "hphantom" | "vphantom" | "color" | "begin" | "end" => {
                self.argument();
            }
            "pmod" => {
                let modulus = self.argument();
                atoms.push(Atom::new(Class::Text, format!(" (mod {modulus})")));
            }
            "bmod" | "mod" => atoms.push(Atom::new(Class::Relation, "mod")),
            "choose" => atoms.push(Atom::new(Class::Relation, "choose")),
            "over" => atoms.push(Atom::new(Class::Ordinary, "/")),
            "abs" => {
                let inner = self.argument();
                atoms.push(Atom::new(Class::Ordinary, format!("|{inner}|")));
            }
            "norm" => {
                let inner = self.argument();
                atoms.push(Atom::new(Class::Ordinary, format!("‖{inner}‖")));
            }
            "inp" | "inner" => {
                let (a, b) = (self.argument(), self.argument());
                atoms.push(Atom::new(Class::Ordinary, format!("⟨{a}, {b}⟩")));
            }
            "not" => {
                self.rest = self.rest.trim_start();
                let mut next = Vec::new();
                self.atom(&mut next);
                for mut atom in next {
                    atom.text.push('\u{338}');
                    atoms.push(atom);
                }
            }
            _ if symbols::is_structure(name) => {}
            _ => {
                // A macro that stands for something without arguments.
                match dialect::MACROS.iter().find(|(known, _)| *known == name) {
                    Some((_, body)) if body.contains('#') => {}
                    Some((_, body)) => {
                        let mut inner = Reader {
                            rest: body,
                            bars: 0,
                        };
                        atoms.extend(inner.atoms(false));
                    }
                    None if symbols::is_switch(name) => {}
                    None => atoms.push(Atom::new(Class::Ordinary, name)),
                }
            }
        }
    }
}
