//! Rules for formulas that lost their dollar signs, and with them perhaps the
//! backslashes of their commands.

mod marks;
mod roles;
mod runs;
mod spelling;

use super::{Edit, Rule, Source};
use crate::prose::math::{self, command_name};
use crate::prose::scan::Kind;
use marks::{has_math_command, has_script};
use runs::formulas;
use spelling::spell_words;

/// Formulas whose commands are whole, without dollar signs around them.
pub(in crate::prose::repair) const LOST_DOLLARS: Rule = Rule {
    name: "lost-dollars",
    what: "`regret O(\\sqrt{T})` and `a \\times b` in running text are read as formulas.",
    condition: "A command of TeX's math mode, with the symbols, numbers and single letters around it that an operator ties to it.",
    example: ("regret of O(\\sqrt{T}) holds", "regret of O(√T) holds"),
    find: lost_dollars,
};

/// Formulas without dollar signs and backslashes.
pub(in crate::prose::repair) const LOST_BACKSLASHES: Rule = Rule {
    name: "lost-backslashes",
    what: "`L_2`, `ell_1`, `min_x| Ax - b |_2` and `10^-3` in running text are read as formulas.",
    condition: "A subscript or superscript on a single letter, a number, a bracket or the name of a symbol, that is one character, a number or a group. `snake_case`, addresses and code stay.",
    example: ("the L_2 and ell_1 norms", "the L₂ and ℓ₁ norms"),
    find: lost_backslashes,
};

/// Formulas that stand there twice.
pub(in crate::prose::repair) const DOUBLED: Rule = Rule {
    name: "doubled-formulas",
    what: "`\\sigma=2\\sigma=2`, a formula and its copy, is read once.",
    condition: "A formula that lost its dollar signs, of at least four characters, whose second half repeats the first.",
    example: (
        "a gap of (\\sigma=2)(\\sigma=2) here",
        "a gap of (σ = 2) here",
    ),
    find: doubled,
};

fn lost_dollars(source: &Source<'_>) -> Vec<Edit> {
    if memchr::memchr(b'\\', source.text.as_bytes()).is_none() {
        return Vec::new();
    }
    formulas(source, has_math_command)
        .into_iter()
        .map(|range| Edit {
            text: format!("\\({}\\)", spell_words(&source.text[range.clone()], false)),
            range,
        })
        .collect()
}

fn lost_backslashes(source: &Source<'_>) -> Vec<Edit> {
    if memchr::memchr2(b'_', b'^', source.text.as_bytes()).is_none() {
        return Vec::new();
    }
    formulas(source, has_script)
        .into_iter()
        .filter(|range| {
            !source.text[range.clone()].contains('\\')
                || has_math_command(&source.text[range.clone()])
        })
        .map(|range| Edit {
            text: format!("\\({}\\)", spell_words(&source.text[range.clone()], true)),
            range,
        })
        .collect()
}

fn doubled(source: &Source<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for span in source.spans {
        let Kind::Math { from, to, .. } = span.kind else {
            continue;
        };
        let inside = source.text[from..to].trim();
        if !source.text[span.range.clone()].starts_with("\\(")
            || inside.len() < 4
            || !inside.contains(['\\', '_', '^'])
            || inside
                .strip_prefix('\\')
                .map(command_name)
                .is_some_and(math::is_function_name)
        {
            continue;
        }
        let letters: String = inside.chars().filter(|c| !c.is_whitespace()).collect();
        let half = letters.len() / 2;
        if letters.len().is_multiple_of(2)
            && letters.is_char_boundary(half)
            && letters[..half] == letters[half..]
        {
            let kept = inside
                .char_indices()
                .filter(|(_, c)| !c.is_whitespace())
                .scan(0, |count, (at, c)| {
                    *count += c.len_utf8();
                    Some((*count, at + c.len_utf8()))
                })
                .find(|(count, _)| *count == half)
                .map_or(inside.len(), |(_, end)| end);
            edits.push(Edit {
                range: from..to,
                text: inside[..kept].to_owned(),
            });
        }
    }
    edits
}
