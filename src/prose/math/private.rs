//! Private commands: those that only their author knows, spelled as what they
//! stand for by habit, or as what they were before extraction glued them.

use super::bounds::command_name;
use super::dialect::MACROS;
use super::names::is_math_command;
use super::symbols;

/// Rewrites commands that only their author knows: `\mathcalO` is `\mathcal{O}`
/// without its braces, `\cF`, `\vx`, `\bbR` follow habits that are nearly
/// universal.
pub(super) fn name_private_commands(tex: &str) -> String {
    let mut out = String::with_capacity(tex.len() + 32);
    let mut rest = tex;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let name = command_name(&rest[at + 1..]);
        if name.is_empty() {
            let end = at + 1 + rest[at + 1..].chars().next().map_or(0, char::len_utf8);
            out.push_str(&rest[at..end]);
            rest = &rest[end..];
            continue;
        }
        rest = &rest[at + 1 + name.len()..];
        let known = is_math_command(name)
            || symbols::is_switch(name)
            || MACROS.iter().any(|(macro_name, _)| *macro_name == name);
        match (!known)
            .then(|| unglue(name).or_else(|| private(name)))
            .flatten()
        {
            Some(spelled) => {
                out.push_str(&spelled);
                out.push(' ');
            }
            None => {
                out.push('\\');
                out.push_str(name);
            }
        }
    }
    out.push_str(rest);
    out
}

/// Parts a command from the letters that extraction glued to it.
pub(super) fn unglue(name: &str) -> Option<String> {
    const WITH_ARGUMENT: [&str; 22] = [
        "widetilde",
        "widehat",
        "overline",
        "mathcal",
        "mathbb",
        "mathbf",
        "mathrm",
        "mathsf",
        "mathscr",
        "mathfrak",
        "mathit",
        "boldsymbol",
        "textbf",
        "textit",
        "textrm",
        "textsc",
        "tilde",
        "sqrt",
        "text",
        "hat",
        "bar",
        "bm",
    ];
    for command in WITH_ARGUMENT {
        let Some(tail) = name.strip_prefix(command).filter(|tail| !tail.is_empty()) else {
            continue;
        };
        // A font for letters takes one of them, a font for words takes all.
        let takes_word = command.starts_with("text") || command == "mathrm" || command == "mathsf";
        let (argument, left) = if takes_word {
            (tail, "")
        } else {
            tail.split_at(1)
        };
        return Some(format!("\\{command}{{{argument}}}{left}"));
    }
    const WITHOUT: [&str; 12] = [
        "epsilon", "log", "exp", "min", "max", "times", "cdot", "leq", "geq", "sum", "alpha", "ell",
    ];
    for command in WITHOUT {
        if let Some(tail) = name
            .strip_prefix(command)
            .filter(|tail| !tail.is_empty() && tail.len() <= 2)
        {
            return Some(format!("\\{command} {tail}"));
        }
    }
    None
}

/// What a private macro of two or three letters stands for by common habit.
fn private(name: &str) -> Option<String> {
    const PREFIXES: [(&str, &str); 17] = [
        ("mathcal", "mathcal"),
        ("cal", "mathcal"),
        ("scr", "mathscr"),
        ("frak", "mathfrak"),
        ("bbm", "mathbb"),
        ("bb", "mathbb"),
        ("bf", "mathbf"),
        ("bs", "boldsymbol"),
        ("bm", "boldsymbol"),
        ("rv", "mathbf"),
        ("vec", "mathbf"),
        ("mat", "mathbf"),
        ("c", "mathcal"),
        ("v", "mathbf"),
        ("m", "mathbf"),
        ("b", "mathbf"),
        ("t", "tilde"),
    ];
    for (prefix, command) in PREFIXES {
        let Some(tail) = name.strip_prefix(prefix) else {
            continue;
        };
        if tail.len() == 1 {
            return Some(format!("\\{command}{{{tail}}}"));
        }
        if symbols::symbol(tail).is_some_and(|s| s.chars().all(char::is_alphabetic)) {
            return Some(format!("\\{command}{{\\{tail}}}"));
        }
    }
    let mut letters = name.chars();
    if let (Some(a), Some(b), None) = (letters.next(), letters.next(), letters.next())
        && a == b
        && a.is_ascii_uppercase()
    {
        return Some(format!("\\mathbb{{{a}}}"));
    }
    None
}
