//! Converts simple formulas to characters: superscripts and subscripts of a few
//! characters, and single symbols. All others are kept.

use super::character;

/// The longest formula that is converted, in bytes.
const MAX_LENGTH: usize = 60;

/// Writes the formula at the start of a text and returns the rest. If it has no
/// end, the dollar sign is a currency.
pub(super) fn plain<'a>(text: &'a str, out: &mut String) -> &'a str {
    let inner = &text[1..];
    let Some(end) = inner.find('$').filter(|end| *end > 0) else {
        let dollars = text.len() - text.trim_start_matches('$').len();
        out.push_str(&text[..dollars]);
        return &text[dollars..];
    };
    match characters(&inner[..end]) {
        Some(shown) => out.push_str(&shown),
        None => out.push_str(&text[..end + 2]),
    }
    &inner[end + 1..]
}

fn characters(formula: &str) -> Option<String> {
    if formula.len() > MAX_LENGTH {
        return None;
    }
    let mut out = String::new();
    let mut rest = formula;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '^' | '_' => {
                let (moved, left) = argument(rest)?;
                out.push_str(&raised_or_lowered(&moved, c)?);
                rest = left;
            }
            '\\' => {
                let (shown, left) = command(rest)?;
                out.push_str(shown);
                rest = left;
            }
            '{' | '}' => {}
            '$' => return None,
            '~' => out.push(' '),
            c => out.push(c),
        }
    }
    Some(out)
}

/// The argument of `^` or `_`, and the rest.
fn argument(text: &str) -> Option<(String, &str)> {
    let Some(opened) = text.strip_prefix('{') else {
        if let Some(name) = text.strip_prefix('\\') {
            let (shown, left) = command(name)?;
            return Some((shown.to_owned(), left));
        }
        let end = text.chars().next()?.len_utf8();
        return Some((text[..end].to_owned(), &text[end..]));
    };
    let (inner, left) = opened.split_once('}')?;
    let mut shown = String::new();
    let mut rest = inner;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' => {
                let (sign, behind) = command(rest)?;
                shown.push_str(sign);
                rest = behind;
            }
            '{' => return None,
            c => shown.push(c),
        }
    }
    Some((shown, left))
}

/// The character for a command, given without its backslash, and the rest.
fn command(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = super::command_name(text);
    let shown = match name {
        "rm" | "mathrm" | "it" | "text" | "textrm" | "textnormal" | "mathit" | "bf" | "," | "!"
        | ";" => "",
        "circ" | "degree" => "°",
        "prime" => "′",
        "sim" => "~",
        "times" => "×",
        "pm" => "±",
        "cdot" => "·",
        "%" => "%",
        "&" => "&",
        "#" => "#",
        name => character(name).or_else(|| greek(name))?,
    };
    Some((shown, rest.trim_start_matches(' ')))
}

fn greek(name: &str) -> Option<&'static str> {
    const LETTERS: [(&str, &str); 35] = [
        ("alpha", "α"),
        ("beta", "β"),
        ("gamma", "γ"),
        ("delta", "δ"),
        ("epsilon", "ε"),
        ("varepsilon", "ε"),
        ("zeta", "ζ"),
        ("eta", "η"),
        ("theta", "θ"),
        ("iota", "ι"),
        ("kappa", "κ"),
        ("lambda", "λ"),
        ("mu", "μ"),
        ("nu", "ν"),
        ("xi", "ξ"),
        ("pi", "π"),
        ("rho", "ρ"),
        ("sigma", "σ"),
        ("tau", "τ"),
        ("upsilon", "υ"),
        ("phi", "φ"),
        ("varphi", "φ"),
        ("chi", "χ"),
        ("psi", "ψ"),
        ("omega", "ω"),
        ("Gamma", "Γ"),
        ("Delta", "Δ"),
        ("Theta", "Θ"),
        ("Lambda", "Λ"),
        ("Xi", "Ξ"),
        ("Pi", "Π"),
        ("Sigma", "Σ"),
        ("Phi", "Φ"),
        ("Psi", "Ψ"),
        ("Omega", "Ω"),
    ];
    let found = LETTERS.iter().find(|(letter, _)| *letter == name);
    found.map(|(_, sign)| *sign)
}

fn raised_or_lowered(text: &str, how: char) -> Option<String> {
    // Ordinals: 5th.
    if how == '^'
        && matches!(
            text,
            "th" | "st" | "nd" | "rd" | "e" | "er" | "ème" | "o" | "a"
        )
    {
        return Some(text.to_owned());
    }
    if matches!(text, "°" | "′") {
        return Some(text.to_owned());
    }
    let signs = match how {
        '^' => "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻",
        _ => "₀₁₂₃₄₅₆₇₈₉₊₋",
    };
    let moved = |c: char| {
        let at = "0123456789+-".find(c)?;
        signs.chars().nth(at)
    };
    let shown: Option<String> = text.trim().chars().map(moved).collect();
    shown.filter(|shown| !shown.is_empty())
}
