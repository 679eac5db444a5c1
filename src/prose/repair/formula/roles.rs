//! Roles: what a word of the text is to a formula beside it.

use crate::prose::math::{self, command_name};

/// The longest formula that is looked for in running text, in bytes.
pub(super) const MAX_LEN: usize = 500;

/// What a word of the text is to a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It must be one.
    Strong,
    /// It must be one, and it ties its neighbours together.
    StrongOperator,
    /// It ties its neighbours together.
    Operator,
    /// It may be one, next to an operator.
    Operand,
    /// It is prose.
    Prose,
}

impl Role {
    pub(super) fn is_strong(self) -> bool {
        matches!(self, Self::Strong | Self::StrongOperator)
    }

    pub(super) fn ties(self) -> bool {
        matches!(self, Self::Operator | Self::StrongOperator)
    }
}

pub(super) fn role(word: &str, is_strong: fn(&str) -> bool) -> Role {
    if word.len() > MAX_LEN {
        return Role::Prose;
    }
    let bare = word.trim_end_matches(['.', ',', ';', ':']);
    if is_strong(word) {
        return if ties_neighbours(bare) {
            Role::StrongOperator
        } else {
            Role::Strong
        };
    }
    if !bare.is_empty() && bare.chars().all(is_operator_sign) && word.len() == bare.len() {
        return Role::Operator;
    }
    if is_operand(bare) {
        Role::Operand
    } else {
        Role::Prose
    }
}

/// Whether a word of a formula begins or ends with an operator, or ends with a
/// command that has its argument behind it: `\times`, `n\times`, `\log`, `\sqrt`.
fn ties_neighbours(word: &str) -> bool {
    let is_operator = |name: &str| {
        let shown = math::math_plain(&format!("\\{name}"));
        !shown.is_empty() && shown.chars().all(is_operator_sign)
    };
    let first = word
        .strip_prefix('\\')
        .map(command_name)
        .unwrap_or_default();
    let last = word
        .rfind('\\')
        .map(|at| &word[at + 1..])
        .filter(|name| !name.is_empty() && command_name(name).len() == name.len())
        .unwrap_or_default();
    (!first.is_empty() && is_operator(first))
        || (!last.is_empty() && (is_operator(last) || math::takes_argument(last)))
}

fn is_operator_sign(c: char) -> bool {
    matches!(
        c,
        '=' | '<'
            | '>'
            | '+'
            | '-'
            | '−'
            | '*'
            | '/'
            | '|'
            | '·'
            | '×'
            | '÷'
            | '±'
            | '∓'
            | '≤'
            | '≥'
            | '≪'
            | '≫'
            | '≠'
            | '≈'
            | '∼'
            | '≃'
            | '≡'
            | '∝'
            | '∈'
            | '∉'
            | '⊂'
            | '⊆'
            | '⊃'
            | '⊇'
            | '∪'
            | '∩'
            | '→'
            | '←'
            | '↦'
            | '⇒'
            | '⇔'
            | '↔'
            | '∘'
            | '⊕'
            | '⊗'
            | '∧'
            | '∨'
            | '∥'
            | '∣'
            | '≲'
            | '≳'
            | '⟶'
            | '≜'
            | '≔'
            | '∗'
            | '⋅'
    )
}

/// A letter, a number, a short product of letters, a function of such.
fn is_operand(word: &str) -> bool {
    let word = word.trim_matches(['(', ')', '[', ']', '|', '{', '}']);
    if word.is_empty() || word.contains(['"', '\'', '“', '”']) {
        return false;
    }
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    if letters == 0 {
        return word.chars().any(|c| c.is_ascii_digit() || c == '∞')
            && word
                .chars()
                .all(|c| c.is_ascii_digit() || ".,/+-*^=<>%()∞".contains(c));
    }
    if matches!(word, "a" | "A" | "I") {
        return false;
    }
    // Every stretch of letters is short or the name of a function.
    if matches!(
        word,
        "langle" | "rangle" | "log" | "ln" | "exp" | "poly" | "polylog"
    ) {
        return true;
    }
    // "i.e.", "s.t.", "w.r.t.": full stops between letters.
    let mut start = word.chars().skip(1);
    if start.next() == Some('.') && start.next().is_some_and(char::is_alphabetic) {
        return false;
    }
    let short = word
        .split(|c: char| !c.is_alphabetic())
        .filter(|part| !part.is_empty())
        .all(|part| {
            part.chars().count() == 1
                || (part.chars().count() == 2 && part.is_ascii() && !is_two_letter_word(part))
                || is_function_word(part)
                || !part.is_ascii() && part.chars().count() <= 2
        });
    short && (letters <= 2 || word.contains(['(', '/', '+', '-', '=', '^', '_', ',', '|']))
}

pub(super) fn is_two_letter_word(part: &str) -> bool {
    part.bytes().all(|b| b.is_ascii_lowercase())
        || matches!(
            part,
            "We" | "In"
                | "It"
                | "As"
                | "On"
                | "To"
                | "By"
                | "An"
                | "If"
                | "Is"
                | "At"
                | "Of"
                | "Or"
                | "So"
                | "No"
                | "Up"
                | "My"
                | "He"
                | "Us"
                | "Do"
                | "Be"
                | "AI"
                | "ML"
                | "RL"
                | "NN"
                | "VI"
                | "II"
                | "IV"
                | "ID"
        )
}

fn is_function_word(part: &str) -> bool {
    matches!(
        part,
        "log"
            | "exp"
            | "min"
            | "max"
            | "sin"
            | "cos"
            | "poly"
            | "polylog"
            | "ln"
            | "sup"
            | "inf"
            | "langle"
            | "rangle"
            | "bf"
    )
}
