//! The dialect: what authors write in formulas beyond what the converters know
//! (commands of packages, marks that belong to running text, braces without a
//! partner), turned into what they know.

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
