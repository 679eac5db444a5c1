//! Names: which words of running text are TeX's names for parts of a formula,
//! one that lost its dollar signs or its backslashes.

use super::private::unglue;
use super::symbols;

/// Whether a name is a command of TeX's math mode, so that `\name` in running
/// text is a formula that lost its dollar signs.
pub(crate) fn is_math_command(name: &str) -> bool {
    symbols::symbol(name).is_some()
        || symbols::is_structure(name)
        || symbols::is_function(name)
        || symbols::font(name).is_some()
}

/// Whether a command in running text says that a formula lost its dollar signs:
/// as [`is_math_command`], and those that lost their braces too (`\mathcalO`);
/// but not the commands that running text has as well.
pub(crate) fn is_formula_command(name: &str) -> bool {
    let is_text = symbols::font(name) == Some(symbols::Font::Text)
        || matches!(
            name,
            "dots"
                | "ldots"
                | "S"
                | "P"
                | "copyright"
                | "pounds"
                | "dag"
                | "ddag"
                | "underline"
                | "quad"
        );
    !is_text
        && (is_math_command(name)
            || unglue(name).is_some_and(|spelled| {
                !spelled.starts_with("\\text") && !spelled.starts_with("\\bm{")
            }))
}

/// Whether a word is the name of a symbol that could have lost its backslash,
/// such as `ell` or `langle`: not one that is an English word too.
pub(crate) fn is_symbol_name(word: &str) -> bool {
    word.len() >= 2
        && (matches!(
            word,
            "min"
                | "max"
                | "log"
                | "exp"
                | "argmin"
                | "argmax"
                | "sup"
                | "inf"
                | "lim"
                | "pi"
                | "mu"
                | "nu"
                | "xi"
        ) || (word.len() >= 3
            && symbols::symbol(word).is_some()
            && !matches!(
                word,
                "in" | "to"
                    | "top"
                    | "star"
                    | "models"
                    | "square"
                    | "angle"
                    | "gets"
                    | "not"
                    | "prime"
                    | "flat"
                    | "sharp"
                    | "natural"
                    | "degree"
                    | "dots"
                    | "times"
                    | "because"
                    | "therefore"
                    | "triangle"
                    | "diamond"
                    | "bullet"
                    | "check"
                    | "wedge"
                    | "cup"
                    | "cap"
                    | "sum"
                    | "eth"
                    | "mid"
                    | "div"
                    | "parallel"
                    | "perp"
                    | "choose"
                    | "over"
                    | "complement"
                    | "restriction"
                    | "implies"
                    | "colon"
                    | "iff"
                    | "copyright"
                    | "pounds"
                    | "Box"
                    | "Join"
                    | "Diamond"
                    | "neg"
                    | "bot"
                    | "circ"
                    | "vert"
                    | "dag"
                    | "quad"
                    | "ast"
                    | "sim"
            )))
}
