//! A scan: which stretches of a source are formulas, addresses or commands
//! whose argument is no prose. What lies between them is prose; repairs touch
//! nothing else.

use std::ops::Range;

use memchr::memmem;

use super::addresses::addresses;
use super::math::{MAX_BYTES, command_name};

/// What a stretch of the source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A formula between delimiters; the range of its inside.
    Math {
        /// Where the formula starts, without delimiter.
        from: usize,
        /// Where it ends, without delimiter.
        to: usize,
        /// Whether it stands on a line of its own.
        display: bool,
    },
    /// An address that stands in the text as it is.
    Address,
    /// A command with an argument that is no prose, such as `\url{…}`.
    Command,
}

/// A stretch that is no prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) range: Range<usize>,
    pub(super) kind: Kind,
}

/// Finds all formulas, addresses and protected commands, in order.
pub(super) fn scan(text: &str) -> Vec<Span> {
    let addresses = addresses(text);
    let mut spans = Vec::new();
    let mut next_address = addresses.into_iter().peekable();
    let mut at = 0;
    loop {
        let special = memchr::memchr2(b'\\', b'$', &text.as_bytes()[at..]).map(|found| at + found);
        // An address that starts before the next command stands by itself.
        while let Some(address) = next_address.peek() {
            if address.start < at {
                next_address.next();
            } else if special.is_none_or(|special| address.start < special) {
                at = address.end;
                spans.push(Span {
                    range: address.clone(),
                    kind: Kind::Address,
                });
                next_address.next();
            } else {
                break;
            }
        }
        let Some(special) = special else {
            return spans;
        };
        if special < at {
            continue;
        }
        at = match span_at(text, special) {
            Some(span) => {
                let end = span.range.end;
                spans.push(span);
                end
            }
            None if text.as_bytes()[special] == b'$' => special + 1,
            // Steps over the escaped character, so that `\$` opens nothing.
            None => {
                let escaped = text[special + 1..].chars().next();
                special + 1 + escaped.map_or(0, char::len_utf8)
            }
        };
    }
}

/// The stretches of prose between the spans.
pub(super) fn prose<'a>(text: &str, spans: &'a [Span]) -> impl Iterator<Item = Range<usize>> + 'a {
    let len = text.len();
    let ends = spans.iter().map(|span| span.range.start).chain([len]);
    let starts = std::iter::once(0).chain(spans.iter().map(|span| span.range.end));
    starts.zip(ends).map(|(start, end)| start..end)
}

fn span_at(text: &str, at: usize) -> Option<Span> {
    let rest = &text[at..];
    if rest.starts_with("$$") {
        return delimited(text, at, "$$", "$$", true);
    }
    if rest.starts_with('$') {
        return dollars(text, at);
    }
    if rest.starts_with("\\(") {
        return delimited(text, at, "\\(", "\\)", false);
    }
    if rest.starts_with("\\[") {
        return delimited(text, at, "\\[", "\\]", true);
    }
    let name = command_name(&rest[1..]);
    match name {
        "begin" => environment(text, at),
        "ensuremath" => {
            let open = at + 1 + name.len();
            let close = closing_brace(text, open)?;
            Some(Span {
                range: at..close + 1,
                kind: Kind::Math {
                    from: open + 1,
                    to: close,
                    display: false,
                },
            })
        }
        "url" | "href" | "path" | "cite" | "citep" | "citet" | "Cite" | "Citet" | "Citep"
        | "citealp" | "citealt" | "citeauthor" | "citeyear" | "parencite" | "textcite"
        | "autocite" | "ref" | "eqref" | "autoref" | "cref" | "Cref" | "label" | "texttt"
        | "verb" | "lstinline" => {
            let mut open = at + 1 + name.len();
            while text[open..].starts_with('[') {
                open += text[open..].find(']')? + 1;
            }
            let close = closing_brace(text, open)?;
            Some(Span {
                range: at..close + 1,
                kind: Kind::Command,
            })
        }
        _ => None,
    }
}

/// The position of the brace that closes the one at `open`. `None` where no
/// brace opens there or it is never closed within reach.
pub(super) fn closing_brace(text: &str, open: usize) -> Option<usize> {
    const REACH: usize = 3_000;
    let bytes = text.as_bytes();
    if bytes.get(open) != Some(&b'{') {
        return None;
    }
    let mut depth = 0_usize;
    let mut at = open;
    while at < bytes.len().min(open + REACH) {
        match bytes[at] {
            b'\\' => at += 1,
            b'{' => depth += 1,
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

fn delimited(text: &str, at: usize, open: &str, close: &str, display: bool) -> Option<Span> {
    let from = at + open.len();
    let reach = text.floor_char_boundary(from + MAX_BYTES + close.len());
    let to = from + text[from..reach].find(close)?;
    if text[from..to].trim().is_empty() || text[from..to].contains("\n\n") {
        return None;
    }
    Some(Span {
        range: at..to + close.len(),
        kind: Kind::Math { from, to, display },
    })
}

/// `$…$`: a formula, unless it is money or a dollar sign that lost its partner.
fn dollars(text: &str, at: usize) -> Option<Span> {
    let from = at + 1;
    let to = closing_dollar(text, from)?;
    let inside = &text[from..to];
    let after = text[to + 1..].chars().next();
    let looks_mathematical = inside.contains(['\\', '^', '_', '{', '=', '<', '>', '+', '/'])
        || (inside.chars().count() <= 2 && !inside.starts_with(|c: char| c.is_ascii_digit()));
    let spaced = inside.starts_with(char::is_whitespace) || inside.ends_with(char::is_whitespace);
    let accepted = if inside.trim().is_empty() {
        false
    } else if spaced {
        inside.contains(['\\', '^', '_']) || inside.split_whitespace().count() == 1
    } else if after.is_some_and(|c| c.is_ascii_digit()) {
        looks_mathematical
    } else {
        true
    };
    (accepted && !is_money(inside) && !is_running_text(inside)).then_some(Span {
        range: at..to + 1,
        kind: Kind::Math {
            from,
            to,
            display: false,
        },
    })
}

/// The dollar sign that closes the formula starting at `from`: the next one that
/// is not within braces (those belong to a text inside the formula), or the next
/// one of all where the braces do not fit.
fn closing_dollar(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let reach = text.len().min(from + MAX_BYTES);
    let mut within_braces = None;
    let mut depth = 0_i32;
    let mut to = from;
    while to < reach {
        match bytes[to] {
            b'\\' => to += 1,
            b'{' => depth += 1,
            b'}' => depth -= 1,
            b'$' if depth <= 0 => return Some(to),
            b'$' => within_braces = within_braces.or(Some(to)),
            b'\n' if bytes.get(to + 1) == Some(&b'\n') => break,
            _ => {}
        }
        to += 1;
    }
    within_braces
}

/// Two amounts of money with words between them: `$5 million to $10`.
fn is_money(inside: &str) -> bool {
    let rest = inside.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.'));
    rest.len() < inside.len()
        && rest
            .trim_start_matches(|c: char| c.is_ascii_alphabetic())
            .starts_with([' ', '-', '–', '/'])
        && !inside.contains(['\\', '^', '_', '{', '='])
        && inside.chars().any(|c| c.is_ascii_alphabetic())
        && inside.contains(' ')
}

/// Several words of prose and nothing of TeX: the dollars are not a pair.
fn is_running_text(inside: &str) -> bool {
    !inside.contains(['\\', '^', '_', '{'])
        && inside
            .split_whitespace()
            .filter(|word| {
                word.len() >= 3 && word.bytes().all(|b| b.is_ascii_alphabetic() || b == b',')
            })
            .count()
            >= 3
}

/// `\begin{equation}…\end{equation}` and its kin.
fn environment(text: &str, at: usize) -> Option<Span> {
    let name_from = at + "\\begin{".len();
    let rest = text.get(name_from..)?;
    if !text[at..].starts_with("\\begin{") {
        return None;
    }
    let name = &rest[..rest.find('}').filter(|end| *end <= 20)?];
    let keeps_environment = match name.trim_end_matches('*') {
        "equation" | "displaymath" | "math" => false,
        "align" | "aligned" | "gather" | "multline" | "eqnarray" | "cases" | "matrix"
        | "pmatrix" | "bmatrix" | "array" | "split" => true,
        _ => return None,
    };
    let end = format!("\\end{{{name}}}");
    let inside = name_from + name.len() + 1;
    let reach = text.floor_char_boundary(inside + MAX_BYTES);
    let close = inside + memmem::find(&text.as_bytes()[inside..reach], end.as_bytes())?;
    let range = at..close + end.len();
    let (from, to) = if keeps_environment {
        (range.start, range.end)
    } else {
        (inside, close)
    };
    Some(Span {
        range,
        kind: Kind::Math {
            from,
            to,
            display: name != "math",
        },
    })
}
