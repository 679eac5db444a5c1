//! Rules for words: commands that lost their backslash, words cut in two.

use std::collections::HashSet;

use super::{Edit, Rule, Source, last_word};

/// `\times` behind a number.
pub(super) const TIMES: Rule = Rule {
    name: "times",
    what: "`3times` becomes 3×.",
    condition: "A digit directly before `times` and no letter behind it. \"8 to 24 times\" has a space and stays.",
    example: ("a 1.33times speedup", "a 1.33× speedup"),
    find: times,
};

fn times(source: &Source<'_>) -> Vec<Edit> {
    if !source.has_digit() {
        return Vec::new();
    }
    source.replace("times", "×", |at| {
        source.before(at).is_some_and(|c| c.is_ascii_digit())
            && !source.after(at + 5).is_some_and(|c| c.is_alphabetic())
    })
}

/// Arrows without their backslash.
pub(super) const ARROWS: Rule = Rule {
    name: "arrows",
    what: "`downarrow`, `rightarrow` … become ↓, →.",
    condition: "All lower case and without backslash: no English word contains them. Not in addresses or code.",
    example: (
        "EnglishrightarrowGerman (2.17downarrow)",
        "English→German (2.17↓)",
    ),
    find: arrows,
};

fn arrows(source: &Source<'_>) -> Vec<Edit> {
    const ARROWS: [(&str, &str); 6] = [
        ("leftright", "↔"),
        ("right", "→"),
        ("left", "←"),
        ("updown", "↕"),
        ("down", "↓"),
        ("up", "↑"),
    ];
    let mut edits = Vec::new();
    for at in source.occurrences("arrow") {
        let before = &source.text[..at];
        let Some((word, arrow)) = ARROWS.iter().find(|(word, _)| before.ends_with(word)) else {
            continue;
        };
        let start = at - word.len();
        let glued = source.before(start);
        // `\Leftrightarrow`, `\xrightarrow` and the like are commands.
        let ahead = &source.text[..start];
        let is_command = ahead[..ahead.len() - last_word(ahead).len()].ends_with('\\');
        let is_name = source.after(at + 5).is_some_and(|c| matches!(c, '_' | '-'))
            || glued.is_some_and(|c| matches!(c, '_' | '-'));
        // "arrows" is a word, "uparrows" is none; keys are called so all the same.
        let is_plural = source.after(at + 5) == Some('s')
            && !source.after(at + 6).is_some_and(char::is_alphabetic);
        if !is_command && !is_name && !is_plural {
            edits.push(Edit {
                range: start..at + 5,
                text: (*arrow).to_owned(),
            });
        }
    }
    edits
}

/// `\sim` between two numbers.
pub(super) const SIM: Rule = Rule {
    name: "sim",
    what: "`100M sim 1B` becomes 100M ∼ 1B.",
    condition: "The word stands alone; a number with at most two letters of unit before it, a digit behind it.",
    example: ("with 100M sim 1B parameters", "with 100M ∼ 1B parameters"),
    find: sim,
};

fn sim(source: &Source<'_>) -> Vec<Edit> {
    if !source.has_digit() {
        return Vec::new();
    }
    source
        .occurrences(" sim ")
        .filter(|at| {
            let quantity = source.text[..*at]
                .rsplit([' ', '('])
                .next()
                .unwrap_or_default();
            let unit =
                quantity.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
            unit.len() < quantity.len()
                && unit.len() <= 2
                && unit.bytes().all(|b| b.is_ascii_alphabetic() || b == b'%')
                && source.after(at + 5).is_some_and(|c| c.is_ascii_digit())
        })
        .map(|at| Edit {
            range: at + 1..at + 4,
            text: "∼".to_owned(),
        })
        .collect()
}

/// A Greek letter of the paper's own name.
pub(super) const GREEK_NAME: Rule = Rule {
    name: "greek-names",
    what: "`PanGu-pi` becomes PanGu-π.",
    condition: "The title spells the same word with the Greek letter.",
    example: ("", ""),
    find: greek_name,
};

fn greek_name(source: &Source<'_>) -> Vec<Edit> {
    if source.is_title || source.title.is_ascii() {
        return Vec::new();
    }
    const LETTERS: [(char, &str); 12] = [
        ('α', "alpha"),
        ('β', "beta"),
        ('γ', "gamma"),
        ('δ', "delta"),
        ('ε', "epsilon"),
        ('λ', "lambda"),
        ('μ', "mu"),
        ('π', "pi"),
        ('σ', "sigma"),
        ('τ', "tau"),
        ('φ', "phi"),
        ('ψ', "psi"),
    ];
    let mut edits = Vec::new();
    for word in source
        .title
        .split(|c: char| c.is_whitespace() || matches!(c, ':' | ','))
    {
        let Some((letter, spelled)) = LETTERS.iter().find(|(letter, _)| word.ends_with(*letter))
        else {
            continue;
        };
        let stem = word.trim_end_matches(*letter);
        if stem.chars().count() < 2 {
            continue;
        }
        let damaged = format!("{stem}{spelled}");
        edits.extend(source.replace(&damaged, word, |at| {
            !source
                .after(at + damaged.len())
                .is_some_and(|c| c.is_alphanumeric())
        }));
    }
    edits.sort_by_key(|edit| edit.range.start);
    edits
}

/// Words that a line end cut in two.
pub(super) const SPLIT_WORDS: Rule = Rule {
    name: "split-words",
    what: "`us-ing`, `employ-ing`, `perspec- tive` become whole again.",
    condition: "What follows the hyphen is an ending that is not a word (`ing`, `tion`, `ment` …), and lower-case letters precede it; or the text has the whole word elsewhere.",
    example: ("employ-ing classi- fication", "employing classification"),
    find: split_words,
};

fn split_words(source: &Source<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut words: Option<HashSet<&str>> = None;
    for range in source.prose() {
        let prose = &source.text[range.clone()];
        for found in memchr::memchr_iter(b'-', prose.as_bytes()) {
            let at = range.start + found;
            let before = &source.text[range.start..at];
            let head = last_word(before);
            // A word that already has a hyphen or starts with a capital may be a name.
            if head.len() < 2
                || !head.bytes().skip(1).all(|b| b.is_ascii_lowercase())
                || before[..before.len() - head.len()].ends_with(['-', '/', '_', '.', '\\'])
            {
                continue;
            }
            let rest = &source.text[at + 1..range.end];
            let spaced = rest.starts_with([' ', '\n']);
            let tail_text = rest.trim_start_matches([' ', '\n']);
            let tail = &tail_text[..tail_text
                .bytes()
                .position(|b| !b.is_ascii_alphabetic())
                .unwrap_or(tail_text.len())];
            if tail.is_empty() || !tail.bytes().all(|b| b.is_ascii_lowercase()) {
                continue;
            }
            let follows = tail_text[tail.len()..].chars().next();
            if follows.is_some_and(|c| matches!(c, '-' | '_' | '/')) {
                continue;
            }
            let is_ending = if spaced {
                is_bound_ending(tail)
            } else {
                tail == "ing" && head.len() >= 2
            };
            let joins = is_ending
                || (spaced && tail.len() >= 3 && !is_conjunction(tail) && {
                    let words = words.get_or_insert_with(|| {
                        source
                            .text
                            .split(|c: char| !c.is_ascii_alphabetic() && c != '-')
                            .filter(|word| word.len() >= 6)
                            .collect()
                    });
                    words.contains(format!("{head}{tail}").as_str())
                });
            if joins {
                let end = at + 1 + (rest.len() - tail_text.len()) + tail.len();
                edits.push(Edit {
                    range: at - head.len()..end,
                    text: format!("{head}{tail}"),
                });
            }
        }
    }
    edits
}

/// Endings that are no words of their own.
fn is_bound_ending(tail: &str) -> bool {
    matches!(
        tail,
        "ing"
            | "ings"
            | "tion"
            | "tions"
            | "tional"
            | "sion"
            | "sions"
            | "ment"
            | "ments"
            | "tive"
            | "tives"
            | "sive"
            | "ity"
            | "ities"
            | "ically"
            | "ization"
            | "isation"
            | "izing"
            | "fication"
            | "cation"
            | "lation"
            | "mation"
            | "nition"
            | "ness"
            | "tation"
            | "ration"
            | "ferent"
            | "rithm"
            | "rithms"
            | "tously"
            | "tially"
            | "ciency"
            | "cient"
            | "tures"
            | "ture"
            | "ence"
            | "ences"
            | "gorithm"
            | "gorithms"
            | "tributed"
            | "proach"
            | "proaches"
            | "ously"
            | "ual"
            | "ural"
            | "icant"
    )
}

/// Words after which a suspended hyphen is usual: "upper- and lower-case".
fn is_conjunction(tail: &str) -> bool {
    matches!(
        tail,
        "and"
            | "or"
            | "to"
            | "but"
            | "nor"
            | "versus"
            | "through"
            | "than"
            | "into"
            | "from"
            | "over"
            | "the"
    )
}

/// Abbreviations that lost their backslash and with it their full stops.
pub(super) const ABBREVIATIONS: Rule = Rule {
    name: "abbreviations",
    what: "`eg` and `ie` as words become e.g. and i.e.",
    condition: "The word stands alone in lower case, after a comma or an opening bracket.",
    example: (
        "well-known models, eg GPT-3",
        "well-known models, e.g. GPT-3",
    ),
    find: abbreviations,
};

fn abbreviations(source: &Source<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (word, full) in [("eg", "e.g."), ("ie", "i.e.")] {
        edits.extend(source.replace(word, full, |at| {
            let before = &source.text[..at];
            let opens = before.ends_with('(') || before.ends_with(", ");
            opens && source.after(at + 2).is_some_and(|c| c == ' ' || c == ',')
        }));
    }
    edits.sort_by_key(|edit| edit.range.start);
    edits
}

/// Citations that TeX already turned into labels.
pub(super) const CITATION_LABELS: Rule = Rule {
    name: "citation-labels",
    what: "`[ABC+22,XYZ21]` is read as a citation and not shown.",
    condition: "Every part is a label of BibTeX's alpha style: two to five letters, perhaps `+`, two digits of the year.",
    example: (
        "several works [AB+22,CDE21] have studied",
        "several works have studied",
    ),
    find: citation_labels,
};

fn citation_labels(source: &Source<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for at in source.occurrences("[") {
        let rest = &source.text[at + 1..];
        let Some(end) = rest.bytes().take(200).position(|b| b == b']') else {
            continue;
        };
        let labels = &rest[..end];
        if !labels.is_empty()
            && labels
                .split([',', ';'])
                .all(|label| is_alpha_label(label.trim()))
        {
            edits.push(Edit {
                range: at..at + end + 2,
                text: format!("\\cite{{{labels}}}"),
            });
        }
    }
    edits
}

fn is_alpha_label(label: &str) -> bool {
    let letters = label.bytes().take_while(u8::is_ascii_alphabetic).count();
    let rest = &label[letters..];
    let rest = rest.strip_prefix('+').unwrap_or(rest);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let suffix = &rest[digits..];
    (2..=5).contains(&letters)
        && label.starts_with(|c: char| c.is_ascii_uppercase())
        && digits == 2
        && (suffix.is_empty()
            || (suffix.len() == 1 && suffix.bytes().all(|b| b.is_ascii_lowercase())))
}
