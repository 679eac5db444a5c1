//! Rules for spaces and quotation marks.

use super::{Edit, Rule, Source, last_word};

/// Two sentences run together.
pub(super) const SENTENCE_SPACE: Rule = Rule {
    name: "sentence-space",
    what: "`methods.In response` gets the space behind its full stop; in titles `NAME:A title` the one behind its colon.",
    condition: "A word of three or more lower-case letters before the full stop, and behind it a capitalised word, a command, or a word with which sentences begin. `Key.Net` and `torch.Tensor` stay.",
    example: (
        "with these methods.In response we",
        "with these methods. In response we",
    ),
    find: sentence_space,
};

fn sentence_space(source: &Source<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for range in source.prose() {
        let prose = &source.text[range.clone()];
        for found in memchr::memchr3_iter(b'.', b':', b'?', prose.as_bytes()) {
            let at = range.start + found;
            let before = &prose[..found];
            let after = &source.text[at + 1..];
            let word = last_word(before);
            let next = &after[..after
                .bytes()
                .position(|b| !b.is_ascii_alphabetic())
                .unwrap_or(after.len())];
            let capitalised = !next.is_empty()
                && next.as_bytes()[0].is_ascii_uppercase()
                && next.bytes().skip(1).all(|b| b.is_ascii_lowercase());
            let joins = if prose.as_bytes()[found] == b':' {
                source.is_title
                    && word.len() >= 2
                    && capitalised
                    && after[next.len()..].starts_with(' ')
            } else {
                let whole = before[..before.len() - word.len()]
                    .chars()
                    .next_back()
                    .is_none_or(|c| c.is_whitespace() || "-(‘“'\"".contains(c));
                whole
                    && word.len() >= 3
                    && word.bytes().all(|b| b.is_ascii_lowercase())
                    && capitalised
                    && after[next.len()..].starts_with([' ', ',', '-', '\''])
                    && (next.len() >= 2 || after[next.len()..].starts_with(' '))
            };
            if joins {
                edits.push(Edit {
                    range: at..at + 1 + next.len(),
                    text: format!("{} {next}", &source.text[at..=at]),
                });
            }
        }
    }
    edits
}

/// A bracket run together with the word beside it.
pub(super) const BRACKET_SPACE: Rule = Rule {
    name: "bracket-space",
    what: "`precision(e.g., 4 bits)` and `(the law)that` get their space, `( https://…)` loses it.",
    condition: "Before the bracket a letter and in it `e.g.` or `i.e.`; or behind it a word, where the bracket holds several words; or a space within the bracket at its beginning and none at its end. `f(x)`, `(re)warm`, `class(es)` stay.",
    example: (
        "mixed precision(e.g., 4 bits)",
        "mixed precision (e.g., 4 bits)",
    ),
    find: bracket_space,
};

fn bracket_space(source: &Source<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for range in source.prose() {
        let prose = &source.text[range.clone()];
        for found in memchr::memchr2_iter(b'(', b')', prose.as_bytes()) {
            let at = range.start + found;
            if prose.as_bytes()[found] == b'(' {
                let inside = &prose[found + 1..];
                let abbreviation = ["e.g.", "i.e.", "eg.", "ie.", "such as "]
                    .iter()
                    .any(|start| inside.starts_with(start));
                if abbreviation && source.before(at).is_some_and(|c| c.is_alphanumeric()) {
                    edits.push(Edit {
                        range: at..at + 1,
                        text: " (".to_owned(),
                    });
                } else if source.before(at).is_none_or(char::is_whitespace)
                    && opens_with_a_space(&source.text[at + 1..])
                {
                    edits.push(Edit {
                        range: at..at + 2,
                        text: "(".to_owned(),
                    });
                }
                continue;
            }
            let after = &source.text[at + 1..];
            let word = after.bytes().take_while(u8::is_ascii_lowercase).count();
            let ends_word = after[word..].starts_with([' ', ',', '.']);
            if word >= 3 && ends_word && holds_several_words(&prose[..found]) {
                edits.push(Edit {
                    range: at..at + 1 + word,
                    text: format!(") {}", &after[..word]),
                });
            }
        }
    }
    edits
}

/// Whether the text in brackets that begins here has a space before its first
/// word and none behind its last one.
fn opens_with_a_space(inside: &str) -> bool {
    const REACH: usize = 300;
    let begins = inside
        .strip_prefix(' ')
        .is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    let end = inside
        .bytes()
        .take(REACH)
        .position(|b| b == b')' || b == b'(');
    begins
        && end
            .is_some_and(|end| inside.as_bytes()[end] == b')' && inside.as_bytes()[end - 1] != b' ')
}

/// Whether the bracket that ends here holds at least two words.
fn holds_several_words(before: &str) -> bool {
    const REACH: usize = 200;
    let open = before.bytes().rev().take(REACH).position(|b| b == b'(');
    open.is_some_and(|back| {
        before[before.len() - back..]
            .split(' ')
            .filter(|word| word.len() >= 2 && !word.ends_with('-'))
            .count()
            >= 2
    })
}

/// A space before a comma.
pub(super) const COMMA_SPACE: Rule = Rule {
    name: "comma-space",
    what: "`different sizes , i.e.` loses the space before its comma.",
    condition: "A word before the space, and a space and a letter behind the comma.",
    example: (
        "in different sizes , i.e., small",
        "in different sizes, i.e., small",
    ),
    find: comma_space,
};

fn comma_space(source: &Source<'_>) -> Vec<Edit> {
    source
        .occurrences(" , ")
        .filter(|at| {
            source
                .before(*at)
                .is_some_and(|c| c.is_alphanumeric() || c == ')')
                && source.after(at + 3).is_some_and(char::is_alphabetic)
        })
        .map(|at| Edit {
            range: at..at + 1,
            text: String::new(),
        })
        .collect()
}

/// A quotation that closes with two kinds of marks.
pub(super) const ODD_QUOTES: Rule = Rule {
    name: "odd-quotes",
    what: "`\"windowing'\"` loses the stray apostrophe.",
    condition: "An apostrophe directly before the closing quotation mark of a quotation of at most forty characters that has no other.",
    example: (
        "First, \"windowing'\" reduces",
        "First, \"windowing\" reduces",
    ),
    find: odd_quotes,
};

fn odd_quotes(source: &Source<'_>) -> Vec<Edit> {
    source
        .occurrences("'\"")
        .filter(|at| {
            let before = &source.text[..*at];
            let Some(open) = before.rfind('"') else {
                return false;
            };
            let quoted = &before[open + 1..];
            quoted.len() <= 40
                && quoted.starts_with(char::is_alphanumeric)
                && quoted.ends_with(|c: char| c.is_alphanumeric() && c != 's')
                && !quoted.contains(['\'', '.', ','])
        })
        .map(|at| Edit {
            range: at..at + 1,
            text: String::new(),
        })
        .collect()
}
