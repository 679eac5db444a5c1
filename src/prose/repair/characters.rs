//! Rules for single characters that a program wrote wrongly.

use super::{Edit, Rule, Source};
use crate::prose::commands;
use crate::prose::math::{self, command_name};
use crate::text::any_byte;

/// A backslash and its letter read as an escape by some program.
pub(super) const EATEN_ESCAPES: Rule = Rule {
    name: "eaten-escapes",
    what: "Control characters that were `\\b`, `\\t`, `\\f` … of a TeX command become that command again.",
    condition: "The control character's letter and the letters behind it spell a TeX command; tabs and line ends only within a formula.",
    example: ("$\u{8}eta$", "β"),
    find: eaten_escapes,
};

fn eaten_escapes(source: &Source<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    let control = |b: &u8| matches!(b, 7..=13 | 27);
    if !any_byte(source.text, |b| control(&b)) {
        return edits;
    }
    let mut at = 0;
    let bytes = source.text.as_bytes();
    while let Some(found) = bytes[at..].iter().position(control) {
        let position = at + found;
        at = position + 1;
        let letter = match bytes[position] {
            7 => 'a',
            8 => 'b',
            9 => 't',
            10 => 'n',
            11 => 'v',
            12 => 'f',
            13 => 'r',
            _ => 'e',
        };
        let tail = command_name(&source.text[position + 1..]);
        if tail.is_empty() {
            continue;
        }
        let is_white_space = matches!(bytes[position], 9 | 10 | 13);
        let in_formula = || {
            let next = source
                .spans
                .partition_point(|span| span.range.start <= position);
            next > 0
                && source.spans[next - 1].range.end > position
                && matches!(
                    source.spans[next - 1].kind,
                    crate::prose::scan::Kind::Math { .. }
                )
        };
        let name = format!("{letter}{tail}");
        let known =
            math::is_math_command(&name) || (!is_white_space && commands::command(&name).is_some());
        if known && (!is_white_space || in_formula()) {
            edits.push(Edit {
                range: position..position + 1,
                text: format!("\\{letter}"),
            });
        }
    }
    edits
}

/// Typographic ligatures that a PDF had as one character.
pub(super) const LIGATURES: Rule = Rule {
    name: "ligatures",
    what: "The characters ﬀ ﬁ ﬂ ﬃ ﬄ ﬅ ﬆ become their letters.",
    condition: "Always: they are a printer's, no writer's.",
    example: ("classi\u{fb01}cation", "classification"),
    find: ligatures,
};

fn ligatures(source: &Source<'_>) -> Vec<Edit> {
    // All seven begin with the same two bytes.
    if memchr::memmem::find(source.text.as_bytes(), b"\xef\xac").is_none() {
        return Vec::new();
    }
    let mut edits = Vec::new();
    for (at, c) in source.text.char_indices() {
        let letters = match c {
            '\u{fb00}' => "ff",
            '\u{fb01}' => "fi",
            '\u{fb02}' => "fl",
            '\u{fb03}' => "ffi",
            '\u{fb04}' => "ffl",
            '\u{fb05}' | '\u{fb06}' => "st",
            _ => continue,
        };
        edits.push(Edit {
            range: at..at + c.len_utf8(),
            text: letters.to_owned(),
        });
    }
    edits
}

/// Characters that were escaped for HTML and never read back.
pub(super) const ENTITIES: Rule = Rule {
    name: "entities",
    what: "HTML's `&amp;`, `&lt;`, `&#39;` … become the characters.",
    condition: "A complete entity with its semicolon, one of the usual few or a number.",
    example: ("Q&amp;A", "Q&A"),
    find: entities,
};

fn entities(source: &Source<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for at in memchr::memchr_iter(b'&', source.text.as_bytes()) {
        let rest = &source.text[at + 1..];
        let Some(end) = rest.bytes().take(10).position(|b| b == b';') else {
            continue;
        };
        let text = match &rest[..end] {
            "amp" => "&".to_owned(),
            "lt" => "<".to_owned(),
            "gt" => ">".to_owned(),
            "quot" => "\"".to_owned(),
            "apos" => "'".to_owned(),
            "nbsp" => " ".to_owned(),
            "ndash" => "–".to_owned(),
            "mdash" => "—".to_owned(),
            "rsquo" => "’".to_owned(),
            "lsquo" => "‘".to_owned(),
            "rdquo" => "”".to_owned(),
            "ldquo" => "“".to_owned(),
            "hellip" => "…".to_owned(),
            number => {
                let code = match number
                    .strip_prefix("#x")
                    .or_else(|| number.strip_prefix("#X"))
                {
                    Some(hex) => u32::from_str_radix(hex, 16).ok(),
                    None => number
                        .strip_prefix('#')
                        .and_then(|decimal| decimal.parse().ok()),
                };
                match code.and_then(char::from_u32).filter(|c| !c.is_control()) {
                    Some(c) => c.to_string(),
                    None => continue,
                }
            }
        };
        edits.push(Edit {
            range: at..at + end + 2,
            text,
        });
    }
    edits
}

/// The number of a character instead of the character.
pub(super) const CODE_POINTS: Rule = Rule {
    name: "code-points",
    what: "`x2013` between two letters becomes a dash; likewise the quotation marks, the bullet and the ellipsis, and `\\u2019`.",
    condition: "One of eight punctuation marks, with letters on both sides, or with the backslash of an escape before it.",
    example: ("from scratchx2013even so", "from scratch–even so"),
    find: code_points,
};

fn code_points(source: &Source<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for at in source.occurrences("20") {
        let prefix = source.before(at);
        if !matches!(prefix, Some('x' | 'u')) {
            continue;
        }
        let Some(digits) = source.text.get(at..at + 4) else {
            continue;
        };
        let shown = match digits.to_ascii_lowercase().as_str() {
            "2013" => "–",
            "2014" => "—",
            "2018" => "‘",
            "2019" => "’",
            "201c" => "“",
            "201d" => "”",
            "2022" => "•",
            "2026" => "…",
            _ => continue,
        };
        let start = at - 1;
        let before = source.before(start);
        let after = source.after(at + 4);
        let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic());
        let start = if before == Some('\\') {
            start - 1
        } else if is_letter(before) && is_letter(after) {
            start
        } else {
            continue;
        };
        edits.push(Edit {
            range: start..at + 4,
            text: shown.to_owned(),
        });
    }
    edits
}

/// The escape for a line end, written out.
pub(super) const LITERAL_NEWLINES: Rule = Rule {
    name: "literal-newlines",
    what: "A written-out `\\n` becomes a space.",
    condition: "After the end of a sentence and before a capital letter, where `\\n…` is not a TeX command.",
    example: ("detected.\\nWe introduce", "detected. We introduce"),
    find: literal_newlines,
};

fn literal_newlines(source: &Source<'_>) -> Vec<Edit> {
    source.replace("\\n", " ", |at| {
        let name = command_name(&source.text[at + 1..]);
        let ends = source
            .before(at)
            .is_none_or(|c| matches!(c, '.' | '!' | '?' | ':' | ' '));
        let capital = source
            .after(at + 2)
            .is_none_or(|c| c.is_uppercase() || matches!(c, ' ' | '\\'));
        ends && capital && commands::command(name).is_none() && !math::is_math_command(name)
    })
}

/// UTF-8 that was read as Latin-1 or Windows-1252.
pub(super) const MOJIBAKE: Rule = Rule {
    name: "mojibake",
    what: "`â€“`, `â` with two control characters, `Ã©` become –, –, é.",
    condition: "Two to four characters whose bytes are one valid character of UTF-8 outside ASCII, the first being one that starts such a character.",
    example: (
        "a gap \u{e2}\u{80}\u{93} and na\u{c3}\u{af}ve",
        "a gap – and naïve",
    ),
    find: mojibake,
};

fn mojibake(source: &Source<'_>) -> Vec<Edit> {
    if source.text.is_ascii() {
        return Vec::new();
    }
    let mut edits: Vec<Edit> = Vec::new();
    for (at, c) in source.text.char_indices() {
        let len = match c {
            '\u{c2}'..='\u{df}' => 2,
            '\u{e0}'..='\u{ef}' => 3,
            '\u{f0}'..='\u{f4}' => 4,
            _ => continue,
        };
        if edits.last().is_some_and(|last| at < last.range.end) {
            continue;
        }
        let mut bytes = [0_u8; 4];
        let (mut end, mut count) = (at, 0);
        for c in source.text[at..].chars().take(len) {
            let Some(byte) = windows_1252(c) else { break };
            bytes[count] = byte;
            count += 1;
            end += c.len_utf8();
        }
        if count == len
            && let Ok(decoded) = std::str::from_utf8(&bytes[..len])
        {
            edits.push(Edit {
                range: at..end,
                text: decoded.to_owned(),
            });
        }
    }
    edits
}

/// The byte that Windows-1252 (or Latin-1, for its control characters) has for
/// a character.
fn windows_1252(c: char) -> Option<u8> {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    if u32::from(c) <= 0xff {
        return u8::try_from(u32::from(c)).ok();
    }
    let at = HIGH.iter().position(|known| *known == c)?;
    u8::try_from(at + 0x80).ok()
}
