//! Plain math: a formula as a line of Unicode, `O(n²)`, `minₓ |Ax − b|₂`.
//!
//! Where Unicode has no way to show a construct, its parts stand in the order
//! in which one would read them aloud: `a/b`, `√(x + 1)`, `x_(i∈S)`.

use unicode_normalization::UnicodeNormalization;

use super::bounds::{command_name, is_bounded};
use super::symbols::{self, Font};
use super::{dialect, scripts};

/// Shows a formula (without its delimiters) as a line of Unicode. What exceeds
/// the bounds of a formula is returned as it is, on one line.
pub fn math_plain(tex: &str) -> String {
    let tex = tex.trim();
    if !is_bounded(tex) || dialect::defines_commands(tex) {
        return tex.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let source = dialect::name_private_commands(&dialect::prepare(tex));
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

/// What an atom is to its neighbours; it decides the spaces between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Ordinary,
    Function,
    Binary,
    Relation,
    Open,
    Close,
    Punctuation,
    Text,
}

#[derive(Debug, Clone)]
struct Atom {
    class: Class,
    text: String,
}

impl Atom {
    fn new(class: Class, text: impl Into<String>) -> Self {
        Self {
            class,
            text: text.into(),
        }
    }
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

/// A group keeps the class of its only atom, so that `{+}` stays an operator.
fn class_of_group(inner: &[Atom]) -> Class {
    match inner {
        [only] => only.class,
        _ => Class::Ordinary,
    }
}

fn class_of(c: char) -> Class {
    match c {
        '+' | '−' | '×' | '÷' | '±' | '∓' | '⊕' | '⊖' | '⊗' | '⊙' | '∪' | '∩' | '∧' | '∨' | '∖'
        | '·' | '∘' | '⊎' | '⋆' | '∗' => Class::Binary,
        '=' | '<' | '>' | '≤' | '≥' | '⩽' | '⩾' | '≪' | '≫' | '≠' | '≈' | '∼' | '≃' | '≅' | '≡'
        | '∝' | '≲' | '≳' | '∈' | '∉' | '∋' | '⊂' | '⊃' | '⊆' | '⊇' | '⊥' | '∣' | '∥' | '⊨'
        | '⊢' | '→' | '⟶' | '⇒' | '⟹' | '←' | '⟵' | '⇐' | '↔' | '⇔' | '⟷' | '⟺' | '↦' | '⟼'
        | '≜' | '≔' | '≺' | '≻' | '⪯' | '⪰' | '≍' | '⇝' | ':' => Class::Relation,
        '⟨' | '⌊' | '⌈' => Class::Open,
        '⟩' | '⌋' | '⌉' => Class::Close,
        '…' | '⋯' => Class::Ordinary,
        _ => Class::Ordinary,
    }
}

/// Hangs a script on the last atom.
fn attach(atoms: &mut Vec<Atom>, raised: bool, script: &str) {
    if script.is_empty() {
        return;
    }
    let unicode = if raised {
        scripts::raised(script)
    } else {
        scripts::lowered(script)
    };
    let shown = unicode.unwrap_or_else(|| {
        let mark = if raised { '^' } else { '_' };
        if script.chars().count() == 1 || script.chars().all(char::is_alphanumeric) {
            format!("{mark}{script}")
        } else {
            format!("{mark}({script})")
        }
    });
    match atoms.last_mut() {
        Some(last) => last.text.push_str(&shown),
        None => atoms.push(Atom::new(Class::Ordinary, shown)),
    }
}

/// Whether an atom ends in a script that Unicode has no characters for.
fn ends_in_script(text: &str) -> bool {
    let word = text.trim_end_matches(char::is_alphanumeric);
    word.len() < text.len() && word.ends_with(['^', '_'])
}

fn begins_word(text: &str) -> bool {
    text.starts_with(char::is_alphanumeric)
}

/// A part of a fraction or a root, in brackets where it would fall apart.
fn grouped(atoms: &[Atom]) -> String {
    let text = join(atoms, false);
    let loose = text
        .chars()
        .any(|c| c == ' ' || c == '/' || matches!(class_of(c), Class::Binary | Class::Relation));
    let closed = text.starts_with('(') && text.ends_with(')') && text.matches('(').count() == 1;
    if loose && !closed {
        format!("({text})")
    } else {
        text
    }
}

fn join(atoms: &[Atom], tight: bool) -> String {
    let mut out = String::new();
    for (at, atom) in atoms.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| &atoms[at]);
        let apart = before.is_some_and(|before| {
            has_space(atoms, at, before, atom) && (!tight || is_name_beside_word(before, atom))
        });
        if apart {
            out.push(' ');
        }
        out.push_str(&atom.text);
    }
    out
}

/// Whether without a space the name of a function would run into a letter:
/// `log n`, `n log n`.
fn is_name_beside_word(before: &Atom, atom: &Atom) -> bool {
    let is_name = |atom: &Atom| atom.class == Class::Function && begins_word(&atom.text);
    (is_name(before) && begins_word(&atom.text))
        || (is_name(atom) && before.text.ends_with(char::is_alphanumeric))
}

/// Whether a space stands between an atom and the one before it.
fn has_space(atoms: &[Atom], at: usize, before: &Atom, atom: &Atom) -> bool {
    use Class::{Binary, Close, Function, Open, Ordinary, Punctuation, Relation, Text};
    // An operator with nothing to its left is a sign.
    let is_sign = |at: usize| {
        at.checked_sub(1)
            .map(|at| atoms[at].class)
            .is_none_or(|class| matches!(class, Open | Relation | Binary | Punctuation | Function))
    };
    match (before.class, atom.class) {
        (Text, _) | (_, Text | Punctuation) => false,
        (Punctuation, _) => true,
        (Open, _) | (_, Close) => false,
        (Relation, Relation) => false,
        (Relation, _) | (_, Relation) => at + 1 < atoms.len() || atom.class != Relation,
        (Binary, _) => !is_sign(at - 1),
        (_, Binary) => at + 1 < atoms.len(),
        // `n^q n!`: without a space the script would take what follows.
        (Ordinary | Close, Ordinary) => ends_in_script(&before.text) && begins_word(&atom.text),
        (Ordinary | Close, Function) => true,
        (Function, Ordinary | Function) => true,
        (Function, Open) => atom.text == "|" || atom.text == "‖",
        _ => false,
    }
}
