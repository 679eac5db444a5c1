//! Atoms: the smallest parts of a formula on a line of Unicode, and the spaces
//! between them.

use super::scripts;

/// What an atom is to its neighbours; it decides the spaces between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
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
pub(super) struct Atom {
    pub(super) class: Class,
    pub(super) text: String,
}

impl Atom {
    pub(super) fn new(class: Class, text: impl Into<String>) -> Self {
        Self {
            class,
            text: text.into(),
        }
    }
}

/// A group keeps the class of its only atom, so that `{+}` stays an operator.
pub(super) fn class_of_group(inner: &[Atom]) -> Class {
    match inner {
        [only] => only.class,
        _ => Class::Ordinary,
    }
}

pub(super) fn class_of(c: char) -> Class {
    match c {
        '+' | '−' | '×' | '÷' | '±' | '∓' | '⊕' | '⊖' | '⊗' | '⊙' | '∪' | '∩' | '∧' | '∨' | '∖'
        | '·' | '∘' | '⊎' | '⋆' | '∗' => Class::Binary,
        '=' | '<' | '>' | '≤' | '≥' | '⩽' | '⩾' | '≪' | '≫' | '≠' | '≈' | '∼' | '≃' | '≅' | '≡'
        | '∝' | '≲' | '≳' | '∈' | '∉' | '∋' | '⊂' | '⊃' | '⊆' | '⊇' | '⊥' | '∣' | '∥' | '⊨'
        | '⊢' | '→' | '⟶' | '⇒' | '⟹' | '←' | '⟵' | '⇐' | '↔' | '⇔' | '⟷' | '⟺' | '↦' | '⟼'
        | '≜' | '≔' | '≺' | '≻' | '⪯' | '⪰' | '≍' | '⇝' | ':' => Class::Relation,
        '⟨' | '⌊' | '⌈' => Class::Open,
        '⟩' | '⌋' | '⌉' => Class::Close,
        _ => Class::Ordinary,
    }
}

/// Hangs a script on the last atom.
pub(super) fn attach(atoms: &mut Vec<Atom>, raised: bool, script: &str) {
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
pub(super) fn grouped(atoms: &[Atom]) -> String {
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

pub(super) fn join(atoms: &[Atom], tight: bool) -> String {
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
