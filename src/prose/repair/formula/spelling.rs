//! Spelling: a formula of the running text written as TeX again.

use crate::prose::math::{self, command_name};

/// Gives the words within a formula their commands back: `log` is a function,
/// `ell` a symbol; other words are text.
pub(super) fn spell_words(formula: &str, lost_backslashes: bool) -> String {
    let mut out = String::with_capacity(formula.len() + 16);
    let mut rest = formula;
    while let Some(at) =
        rest.find(|c: char| matches!(c, '\\' | '^' | '_' | '{' | ' ') || c.is_ascii_alphabetic())
    {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(tail) = rest.strip_prefix(' ') {
            // `L^r (1 ≤ r)`: the author's space before a bracket.
            let apart = tail.starts_with('(')
                && out.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '}'));
            out.push_str(if apart { "\\ " } else { " " });
            rest = tail;
            continue;
        }
        if rest.starts_with('{') {
            let set = (lost_backslashes && !out.ends_with(['^', '_', '}']))
                .then(|| set_end(rest))
                .flatten();
            match set {
                Some(end) => {
                    out.push_str("\\{");
                    out.push_str(&spell_words(&rest[1..end], lost_backslashes));
                    out.push_str("\\}");
                    rest = &rest[end + 1..];
                }
                None => {
                    out.push('{');
                    rest = &rest[1..];
                }
            }
            continue;
        }
        if let Some(script) = rest.strip_prefix(['^', '_']) {
            let is_raised = rest.starts_with('^');
            let len = number_len(script, is_raised, formula).max(if is_raised {
                order_len(script)
            } else {
                0
            });
            out.push_str(&rest[..1]);
            let bracket = (is_raised && lost_backslashes && script.starts_with('('))
                .then(|| bracket_len(script))
                .flatten();
            if let Some(len) = bracket {
                // `k^(1 + a)`: the brackets are the group.
                out.push('{');
                out.push_str(&spell_words(&script[1..len - 1], lost_backslashes));
                out.push('}');
                rest = &script[len..];
            } else if len > 1 {
                out.push('{');
                out.push_str(&spell_words(&script[..len], lost_backslashes));
                out.push('}');
                rest = &script[len..];
            } else {
                rest = script;
            }
            continue;
        }
        if let Some(tail) = rest.strip_prefix('\\') {
            let name = command_name(tail);
            let len = 1 + name
                .len()
                .max(tail.chars().next().map_or(0, char::len_utf8));
            // The argument of a command is its own.
            let end = argument_end(&rest[len..]).map_or(len, |end| len + end);
            out.push_str(&rest[..end]);
            rest = &rest[end..];
            continue;
        }
        let word = command_name(rest);
        let opens_group = out.ends_with('{');
        let has_limits =
            word.len() >= 2 && rest[word.len()..].starts_with('_') && math::is_math_command(word);
        if math::is_function_name(word)
            || has_limits
            || (lost_backslashes
                && (math::is_symbol_name(word)
                    || (opens_group && matches!(word, "bf" | "rm" | "it" | "cal"))))
        {
            out.push('\\');
            out.push_str(word);
            // The command ends where the word did.
            if rest[word.len()..].starts_with(|c: char| c.is_ascii_alphabetic()) {
                out.push(' ');
            }
        } else if word.len() >= 4 {
            out.push_str("\\text{");
            out.push_str(word);
            out.push('}');
        } else {
            out.push_str(word);
        }
        rest = &rest[word.len()..];
    }
    out.push_str(rest);
    out
}

/// The length of a number in a script that lost its braces: `^-1`, `^10`,
/// `^0.5`, and `^1/3` where it cannot be a fraction of the whole.
fn number_len(script: &str, is_raised: bool, formula: &str) -> usize {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let sign = usize::from(script.starts_with(['-', '+']));
    let whole = digits(&script[sign..]);
    if whole == 0 {
        return 0;
    }
    let end = sign + whole;
    if !is_raised {
        return end;
    }
    let rest = &script[end..];
    let decimals = rest.strip_prefix('.').map_or(0, digits);
    if decimals > 0 {
        return end + 1 + decimals;
    }
    let below = rest.strip_prefix('/').map_or(0, digits);
    if below != 1 {
        return end;
    }
    let is_order = ["O(", "Ω(", "Θ(", "Omega", "Theta"]
        .iter()
        .any(|order| formula.contains(order));
    match (script[sign..end].parse::<u32>(), rest[1..2].parse::<u32>()) {
        (Ok(above), Ok(below)) if above < below || (is_order && above < 10) => end + 2,
        _ => end,
    }
}

/// The length of an order in an exponent that lost its braces: `2^O(n log n)`.
fn order_len(script: &str) -> usize {
    let Some(open) = script.find('(') else {
        return 0;
    };
    if !matches!(
        &script[..open],
        "O" | "o" | "Ω" | "Θ" | "ω" | "\\Omega" | "\\Theta" | "poly" | "\\tilde{O}"
    ) {
        return 0;
    }
    bracket_len(&script[open..]).map_or(0, |len| open + len)
}

/// The length of the text in brackets that begins here, with its brackets.
fn bracket_len(text: &str) -> Option<usize> {
    const REACH: usize = 100;
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate().take(REACH) {
        match byte {
            b'(' => depth += 1,
            b')' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// Where the set that begins here ends: `{a, b}`, whose braces are meant to be
/// seen.
fn set_end(text: &str) -> Option<usize> {
    const REACH: usize = 100;
    let end = text.bytes().take(REACH).position(|b| b == b'}')?;
    let inside = &text[1..end];
    (inside.contains(',') && !inside.contains(['{', '\\'])).then_some(end)
}

/// Where a text argument in braces directly behind a command ends.
fn argument_end(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('{')?;
    let end = inside.find(['}', '{'])?;
    let argument = &inside[..end];
    (inside.as_bytes()[end] == b'}'
        && argument
            .bytes()
            .all(|b| b.is_ascii_alphabetic() || b == b' ' || b == b'-'))
    .then_some(end + 2)
}
