//! The dialect: what authors write in formulas beyond what the converters know
//! (names of packages, habits for private macros, commands that lost the space
//! behind them), turned into what they know.

use super::bounds::command_name;
use super::symbols;

/// Macros that are given to the converter. `#1` is an argument.
pub(super) const MACROS: &[(&str, &str)] = &[
    ("widetilde", r"\tilde{#1}"),
    ("widebar", r"\overline{#1}"),
    ("Tilde", r"\tilde{#1}"),
    ("Hat", r"\hat{#1}"),
    ("Bar", r"\bar{#1}"),
    ("mbox", r"\text{#1}"),
    ("hbox", r"\text{#1}"),
    ("textnormal", r"\text{#1}"),
    ("textsc", r"\text{#1}"),
    ("emph", r"\text{#1}"),
    ("ensuremath", "#1"),
    ("smash", "#1"),
    ("mathds", r"\mathbb{#1}"),
    ("mathbbm", r"\mathbb{#1}"),
    ("mathpzc", r"\mathcal{#1}"),
    ("bold", r"\mathbf{#1}"),
    ("mb", r"\mathbf{#1}"),
    ("mc", r"\mathcal{#1}"),
    ("vect", r"\mathbf{#1}"),
    ("vct", r"\mathbf{#1}"),
    ("mtx", r"\mathbf{#1}"),
    ("abs", r"\lvert #1\rvert"),
    ("norm", r"\lVert #1\rVert"),
    ("paren", r"\left(#1\right)"),
    ("braces", r"\left\{#1\right\}"),
    ("inp", r"\langle #1, #2\rangle"),
    ("inner", r"\langle #1, #2\rangle"),
    ("eps", r"\epsilon"),
    ("vareps", r"\varepsilon"),
    ("Real", r"\mathbb{R}"),
    ("Reals", r"\mathbb{R}"),
    ("reals", r"\mathbb{R}"),
    ("RR", r"\mathbb{R}"),
    ("R", r"\mathbb{R}"),
    ("N", r"\mathbb{N}"),
    ("Z", r"\mathbb{Z}"),
    ("E", r"\mathbb{E}"),
    ("EE", r"\mathbb{E}"),
    ("NN", r"\mathbb{N}"),
    ("PP", r"\mathbb{P}"),
    ("bigO", r"\mathcal{O}"),
    ("bigo", r"\mathcal{O}"),
    ("poly", r"\operatorname{poly}"),
    ("polylog", r"\operatorname{polylog}"),
    ("argmin", r"\operatorname*{arg\,min}"),
    ("argmax", r"\operatorname*{arg\,max}"),
    ("sgn", r"\operatorname{sgn}"),
    ("sign", r"\operatorname{sign}"),
    ("tr", r"\operatorname{tr}"),
    ("Tr", r"\operatorname{Tr}"),
    ("rank", r"\operatorname{rank}"),
    ("diag", r"\operatorname{diag}"),
    ("Var", r"\operatorname{Var}"),
    ("KL", r"\operatorname{KL}"),
    ("given", r"\mid"),
    ("bm", r"\boldsymbol{#1}"),
    ("xspace", ""),
    ("allowbreak", ""),
    ("nolinebreak", ""),
    ("footnotesize", ""),
    ("normalsize", ""),
    ("small", ""),
    ("protect", ""),
];

/// Whether the formula defines commands. No abstract needs that, and what a
/// definition expands to is not bounded by the formula's length.
pub(super) fn defines_commands(tex: &str) -> bool {
    commands(tex).any(|name| {
        matches!(
            name,
            "def"
                | "gdef"
                | "edef"
                | "xdef"
                | "let"
                | "newcommand"
                | "renewcommand"
                | "providecommand"
                | "DeclareMathOperator"
                | "newenvironment"
        )
    })
}

/// The names of the commands in a formula.
fn commands(tex: &str) -> impl Iterator<Item = &str> {
    tex.split('\\').skip(1).map(command_name)
}

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

/// What can be told to be wrong without a converter: characters that do not
/// belong into a formula, commands that set labels.
pub(super) fn prepare(tex: &str) -> String {
    let mut out = String::with_capacity(tex.len());
    let mut rest = tex;
    while let Some(at) = rest.find(['\\', '$', '%', '#', '\u{a0}', '\n', '\r', '\t', '–', '’'])
    {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let first = rest.chars().next().unwrap_or_default();
        if first != '\\' {
            match first {
                // A dollar inside is a formula that was closed and opened again.
                '$' => {}
                '%' => out.push_str("\\%"),
                '#' => out.push_str("\\#"),
                '–' => out.push('-'),
                '’' => out.push('\''),
                _ => out.push(' '),
            }
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let name = command_name(&rest[1..]);
        if matches!(
            name,
            // Colours are the theme's.
            "color"
                | "textcolor"
                | "colorbox"
                | "label"
                | "tag"
                | "hspace"
                | "vspace"
                | "cite"
                | "citep"
                | "ref"
        ) {
            rest = after_argument(&rest[1 + name.len()..]);
        } else if matches!(name, "nonumber" | "notag" | "xspace") {
            rest = &rest[1 + name.len()..];
        } else {
            let mut end = 1 + name.len();
            if name.is_empty() {
                end += rest[1..].chars().next().map_or(0, char::len_utf8);
            }
            out.push_str(&rest[..end]);
            rest = &rest[end..];
        }
    }
    out.push_str(rest);
    hyphened_words_as_text(out)
}

/// `L_1-norm`, written into the formula: the word is text and the hyphen no
/// minus.
fn hyphened_words_as_text(tex: String) -> String {
    const SHORTEST: usize = 3;
    if !tex.contains('-') {
        return tex;
    }
    let mut out = String::with_capacity(tex.len() + 16);
    let mut depth = 0_usize;
    let mut rest = tex.as_str();
    while let Some(at) = rest.find(['-', '{', '}']) {
        out.push_str(&rest[..at]);
        let tail = &rest[at + 1..];
        match rest.as_bytes()[at] {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {
                let word = command_name(tail);
                let is_word = word.len() >= SHORTEST
                    && word.bytes().all(|b| b.is_ascii_lowercase())
                    && !symbols::is_function(word)
                    && !tail[word.len()..].starts_with(['(', '_', '^', '{']);
                if depth == 0 && is_word && !out.is_empty() && !out.ends_with([' ', '=', '(', '-'])
                {
                    out.push_str("\\text{-");
                    out.push_str(word);
                    out.push('}');
                    rest = &tail[word.len()..];
                    continue;
                }
            }
        }
        out.push_str(&rest[at..=at]);
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// What follows a command's argument in braces, if it has one.
fn after_argument(rest: &str) -> &str {
    let rest = rest.strip_prefix('*').unwrap_or(rest);
    match rest.strip_prefix('{').and_then(|inside| inside.find('}')) {
        Some(end) => &rest[end + 2..],
        None => rest,
    }
}

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

/// Replaces the command at a byte position by its name, set upright. `None`
/// where no command is there.
pub(super) fn name_command_at(tex: &str, at: usize) -> Option<String> {
    let rest = tex.get(at..)?;
    let rest = rest.strip_prefix('\\')?;
    let name = command_name(rest);
    if name.is_empty() {
        return None;
    }
    let shown = if symbols::is_structure(name) || symbols::font(name).is_some() {
        // A known command that cannot stand here; its name would be noise.
        String::new()
    } else {
        format!("\\mathrm{{{name}}}")
    };
    let mut out = String::with_capacity(tex.len() + shown.len());
    out.push_str(&tex[..at]);
    out.push_str(&shown);
    out.push_str(&rest[name.len()..]);
    Some(out)
}

/// Closes what is open and drops what closes nothing.
pub(super) fn balance(tex: &str) -> String {
    let mut out = String::with_capacity(tex.len() + 8);
    let mut open = 0_usize;
    let mut chars = tex.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                out.push(c);
                if let Some(next) = chars.next() {
                    out.push(next);
                }
                continue;
            }
            '{' => open += 1,
            '}' if open == 0 => continue,
            '}' => open -= 1,
            _ => {}
        }
        out.push(c);
    }
    let open_ends_in_backslash = out.ends_with('\\') && !out.ends_with("\\\\");
    if open_ends_in_backslash {
        out.pop();
    }
    out.extend(std::iter::repeat_n('}', open));
    // Delimiters without a partner stand alone.
    let (lefts, without_left) = without_command(&out, "left");
    let (rights, bare) = without_command(&without_left, "right");
    if lefts == rights { out } else { bare }
}

/// A formula without one command, and how often that stood there.
fn without_command(tex: &str, command: &str) -> (usize, String) {
    let mut out = String::with_capacity(tex.len());
    let mut count = 0;
    let mut rest = tex;
    while let Some(at) = rest.find('\\') {
        let name = command_name(&rest[at + 1..]);
        let end = at + 1 + name.len();
        if name == command {
            count += 1;
            out.push_str(&rest[..at]);
        } else {
            out.push_str(&rest[..end]);
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    (count, out)
}
