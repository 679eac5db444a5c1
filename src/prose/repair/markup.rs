//! Rules for markup that lost a part: commands glued to their argument, font
//! switches without their backslash, Markdown among the TeX.

use std::collections::BTreeMap;

use super::{Edit, Rule, Source};
use crate::prose::commands;
use crate::prose::math::command_name;
use crate::prose::scan::closing_brace;

/// Commands whose first letters an escape took.
pub(super) const LOST_INITIALS: Rule = Rule {
    name: "lost-initials",
    what: "`mph{…}`, `extbf{…}`, `ootnote{…}` get back what an escape such as `\\t` took from them; `emph{…}`, `cite{…}`, `url{…}` their backslash.",
    condition: "The name of a common command, whole or without what an escape takes, directly before a brace that is closed.",
    example: ("extbf{Total} gain", "Total gain"),
    find: lost_initials,
};

/// What is left of a command's name, and what was before it.
const TAILS: [(&str, &str); 20] = [
    ("mph{", "\\e"),
    ("extbf{", "\\t"),
    ("extit{", "\\t"),
    ("exttt{", "\\t"),
    ("extsc{", "\\t"),
    ("extsl{", "\\t"),
    ("extcolor{", "\\t"),
    ("ootnote{", "\\f"),
    ("ef{", "\\r"),
    ("emph{", "\\"),
    ("textbf{", "\\"),
    ("textit{", "\\"),
    ("texttt{", "\\"),
    ("textsc{", "\\"),
    ("footnote{", "\\"),
    ("cite{", "\\"),
    ("citep{", "\\"),
    ("url{", "\\"),
    ("href{", "\\"),
    ("mbox{", "\\"),
];

fn lost_initials(source: &Source<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    if memchr::memchr(b'{', source.text.as_bytes()).is_none() {
        return edits;
    }
    for (tail, lost) in TAILS {
        edits.extend(
            source
                .occurrences(tail)
                .filter(|at| {
                    let free = !source
                        .before(*at)
                        .is_some_and(|c| c.is_alphanumeric() || c == '\\');
                    free && closing_brace(source.text, at + tail.len() - 1).is_some()
                })
                .map(|at| {
                    // The escape was white space: `( \textit{i})`.
                    let gap = usize::from(source.text[..at].ends_with("( ") && lost == "\\t");
                    Edit {
                        range: at - gap..at + tail.len(),
                        text: format!("{lost}{tail}"),
                    }
                }),
        );
    }
    // What is glued to the word before it: `convolutioncite{…}`.
    for (tail, lost) in [("cite{", "\\"), ("emph{", "\\"), ("ootnote{", "\\f")] {
        edits.extend(source.replace(tail, &format!("{lost}{tail}"), |at| {
            let glued = source.text[..at]
                .bytes()
                .rev()
                .take_while(u8::is_ascii_lowercase)
                .count();
            let whole = !source.text[..at - glued].ends_with(['\\', '{', '}']);
            let is_footnote = source.text[..at].ends_with('f') && lost == "\\f";
            glued >= 3
                && whole
                && !is_footnote
                && closing_brace(source.text, at + tail.len() - 1).is_some()
        }));
    }
    edits.extend(source.replace("imes", "\\times ", |at| {
        source
            .before(at)
            .is_some_and(|c| c.is_ascii_digit() || c == ' ' || c == '$')
            && !source.after(at + 4).is_some_and(char::is_alphabetic)
    }));
    edits.sort_by_key(|edit| edit.range.start);
    edits
}

/// Text commands without the braces around their argument.
pub(super) const GLUED_COMMANDS: Rule = Rule {
    name: "glued-commands",
    what: "`\\emphlinear convergence`, `\\textscBest-Set` get the braces around their word back.",
    condition: "A font command followed directly by letters, where the whole is not a command. The braces close at the end of the word.",
    example: (
        "faster \\emphlinear convergence",
        "faster linear convergence",
    ),
    find: glued_commands,
};

fn glued_commands(source: &Source<'_>) -> Vec<Edit> {
    const FONTS: [&str; 9] = [
        "emph",
        "textbf",
        "textit",
        "textsc",
        "texttt",
        "textsl",
        "textrm",
        "textsf",
        "underline",
    ];
    let mut edits = Vec::new();
    for at in source.occurrences("\\") {
        let name = command_name(&source.text[at + 1..]);
        let Some(font) = FONTS.iter().find(|font| name.starts_with(**font)) else {
            continue;
        };
        if name.len() == font.len() || commands::command(name).is_some() {
            continue;
        }
        let start = at + 1 + font.len();
        let rest = &source.text[start..];
        let end = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '-'))
            .unwrap_or(rest.len());
        let word = rest[..end].trim_end_matches('-');
        edits.push(Edit {
            range: at..start + word.len(),
            text: format!("\\{font}{{{word}}}"),
        });
    }
    edits
}

/// A font switch that lost its backslash and its space.
pub(super) const GLUED_FONT: Rule = Rule {
    name: "glued-fonts",
    what: "`itrule` becomes *rule*: `{\\it rule}` without braces, backslash and space.",
    condition: "`it` before one of the few words seen so: no English word is spelled like that.",
    example: (
        "symbolic mapping, itrule understanding",
        "symbolic mapping, rule understanding",
    ),
    find: glued_font,
};

fn glued_font(source: &Source<'_>) -> Vec<Edit> {
    const WORDS: [&str; 6] = ["rule", "pattern", "mapping", "model", "data", "learning"];
    let mut edits = Vec::new();
    for at in source.occurrences("it") {
        let rest = &source.text[at + 2..];
        let Some(word) = WORDS.iter().find(|word| rest.starts_with(**word)) else {
            continue;
        };
        let end = at + 2 + word.len();
        let glued = source
            .before(at)
            .is_some_and(|c| c.is_alphanumeric() || c == '\\' || c == '-');
        if !glued && !source.after(end).is_some_and(char::is_alphanumeric) {
            edits.push(Edit {
                range: at..end,
                text: format!("\\emph{{{word}}}"),
            });
        }
    }
    edits
}

/// Emphasis as Markdown spells it.
pub(super) const MARKDOWN: Rule = Rule {
    name: "markdown",
    what: "`**bold**`, `*emphasis*`, `_emphasis_` and `` `code` `` as some submission systems take them.",
    condition: "The marks hug words on the inside and stand free on the outside, and come in a pair within one paragraph; `a * b`, `p*`, `snake_case` stay.",
    example: ("We call it *slow* and **big**", "We call it slow and big"),
    find: markdown,
};

fn markdown(source: &Source<'_>) -> Vec<Edit> {
    if memchr::memchr3(b'*', b'_', b'`', source.text.as_bytes()).is_none() {
        return Vec::new();
    }
    let mut edits: Vec<Edit> = Vec::new();
    // The marks that are spoken for, by where they start: a text of nothing but
    // marks must not be looked through once for each of them.
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    for (mark, command) in [
        ("***", "textbf"),
        ("**", "textbf"),
        ("*", "emph"),
        ("_", "emph"),
        ("`", "texttt"),
    ] {
        let mut open: Option<usize> = None;
        for at in source.occurrences(mark) {
            let within_earlier = taken
                .range(..=at)
                .next_back()
                .is_some_and(|(_, end)| at < *end);
            let is_part_of_longer = mark.len() == 1
                && (source.text[at + 1..].starts_with(mark) || source.text[..at].ends_with(mark));
            if within_earlier || is_part_of_longer {
                continue;
            }
            let (before, after) = (source.before(at), source.after(at + mark.len()));
            // An acronym is spelled out with marks within its words: `Traj**E**ctory`.
            let within = mark == "**"
                && before.is_some_and(char::is_alphabetic)
                && after.is_some_and(char::is_alphabetic);
            let opens = (within
                || before.is_none_or(|c| c.is_whitespace() || ",([{\"“‘'—–-/*_".contains(c)))
                && after.is_some_and(|c| c.is_alphanumeric() || "([\"“*_".contains(c));
            let closes = before.is_some_and(|c| c.is_alphanumeric() || ")]\"”.!?%*_:+".contains(c))
                && after.is_none_or(|c| !c.is_alphanumeric() || mark == "**");
            match open {
                Some(start) if closes && is_short(&source.text[start..at]) => {
                    for (edge, brace) in [(start, format!("\\{command}{{")), (at, "}".to_owned())] {
                        taken.insert(edge, edge + mark.len());
                        edits.push(Edit {
                            range: edge..edge + mark.len(),
                            text: brace,
                        });
                    }
                    open = None;
                }
                _ if opens => open = Some(at),
                _ => {}
            }
        }
    }
    edits.sort_by_key(|edit| edit.range.start);
    edits
}

/// Short enough to be emphasised, within one paragraph, without a formula's
/// signs.
fn is_short(text: &str) -> bool {
    text.len() <= 300 && !text.contains("\n\n") && !text.contains(['=', '\\', '^', '$', '{', '}'])
}
