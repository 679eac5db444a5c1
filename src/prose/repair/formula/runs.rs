//! Runs: the stretches of running text that are a formula without its dollar
//! signs. Each is found around a word that must be one.

use std::ops::Range;

use super::super::Source;
use super::roles::{MAX_LEN, Role, role};

/// Finds the formulas of the prose: runs of words around those that must be one.
pub(super) fn formulas(source: &Source<'_>, is_strong: fn(&str) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for range in source.prose() {
        let prose = &source.text[range.clone()];
        if !prose.contains(['\\', '_', '^']) {
            continue;
        }
        let words = words(prose);
        let roles: Vec<Role> = words
            .iter()
            .map(|word| role(&prose[word.clone()], is_strong))
            .collect();
        let ends: Vec<bool> = words
            .iter()
            .map(|word| prose[word.clone()].ends_with(['.', ';', '?']))
            .collect();
        let mut at = 0;
        while at < words.len() {
            if !roles[at].is_strong() {
                at += 1;
                continue;
            }
            let floor = found_end(&found, range.start, &words);
            let run = run_around(&roles, &ends, at, floor);
            let (first, last) = close_brackets(prose, &words, &roles, run, floor);
            let whole = words[first].start..words[last].end;
            let inside = if whole.len() <= MAX_LEN {
                trim(prose, whole)
            } else {
                None
            };
            if let Some(inside) = inside.filter(|inside| is_strong(&prose[inside.clone()])) {
                found.push(range.start + inside.start..range.start + inside.end);
            }
            at = last + 1;
        }
    }
    found
}

/// The number of words before which everything belongs to an earlier formula.
fn found_end(found: &[Range<usize>], offset: usize, words: &[Range<usize>]) -> usize {
    let end = found
        .last()
        .map_or(0, |last| last.end.saturating_sub(offset));
    words.partition_point(|word| word.start < end)
}

/// The first and last word of the run around the strong word at `at`.
fn run_around(roles: &[Role], ends: &[bool], at: usize, floor: usize) -> (usize, usize) {
    const REACH: usize = 40;
    let mut last = at;
    while last + 1 < roles.len()
        && last - at < REACH
        && !ends[last]
        && roles[last + 1] != Role::Prose
    {
        last += 1;
    }
    while last > at
        && !(roles[last].is_strong() || roles[last] == Role::Operand && roles[last - 1].ties())
    {
        last -= 1;
    }
    let mut first = at;
    while first > floor && at - first < REACH && !ends[first - 1] && roles[first - 1] != Role::Prose
    {
        first -= 1;
    }
    while first < at
        && !(roles[first].is_strong() || roles[first] == Role::Operand && roles[first + 1].ties())
    {
        first += 1;
    }
    (first, last)
}

/// Extends a run to the words that close its brackets, where nothing but
/// formula stands between.
fn close_brackets(
    prose: &str,
    words: &[Range<usize>],
    roles: &[Role],
    (mut first, mut last): (usize, usize),
    floor: usize,
) -> (usize, usize) {
    const REACH: usize = 8;
    let count = |first: usize, last: usize| {
        let run = &prose[words[first].start..words[last].end];
        let (mut open, mut unopened) = (0_usize, 0_usize);
        for byte in run.bytes() {
            match byte {
                b'(' => open += 1,
                b')' if open == 0 => unopened += 1,
                b')' => open -= 1,
                _ => {}
            }
        }
        (open, unopened)
    };
    for _ in 0..REACH {
        let (open, unopened) = count(first, last);
        if unopened > 0 && first > floor && roles[first - 1] != Role::Prose {
            first -= 1;
        } else if open > 0 && last + 1 < words.len() && roles[last + 1] != Role::Prose {
            last += 1;
        } else {
            break;
        }
    }
    (first, last)
}

/// The words of a text; a space within braces parts nothing.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let (mut depth, mut start) = (0_usize, None);
    let mut since_brace = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => {
                depth += 1;
                since_brace = at;
            }
            b'}' => depth = depth.saturating_sub(1),
            b'\n' => depth = 0,
            _ => {}
        }
        // A brace that is never closed must not hold the rest together.
        if depth > 0 && at - since_brace > 200 {
            depth = 0;
        }
        let parts = (byte == b' ' && depth == 0) || byte == b'\n';
        match (parts, start) {
            (true, Some(from)) => {
                words.push(from..at);
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    if let Some(from) = start {
        words.push(from..text.len());
    }
    words
}

/// Takes off what belongs to the sentence: its punctuation, brackets without a
/// partner, a word tied on by a hyphen.
fn trim(text: &str, mut range: Range<usize>) -> Option<Range<usize>> {
    // `\ell_p-norm`: the word stays outside.
    if let Some(cut) = hyphenated_word(&text[range.clone()]) {
        range.end = range.start + cut;
    }
    loop {
        let inside = text.get(range.clone())?;
        let last = inside.chars().next_back()?;
        let first = inside.chars().next()?;
        let unbalanced = |open: char, close: char| {
            inside.matches(open).count() as i64 - inside.matches(close).count() as i64
        };
        let escaped = inside[..inside.len() - last.len_utf8()].ends_with('\\');
        if matches!(last, '.' | ',' | ';' | ':' | '?' | '"' | '\'' | '’' | '”') && !escaped
            || (last == ')' && unbalanced('(', ')') < 0)
            || (last == ']' && unbalanced('[', ']') < 0)
            || (last == '}' && !escaped && unbalanced('{', '}') < 0)
            || matches!(last, '(' | '[') && !escaped
        {
            range.end -= last.len_utf8();
        } else if (first == '(' && unbalanced('(', ')') > 0)
            || (first == '[' && unbalanced('[', ']') > 0)
            || (first == '{' && unbalanced('{', '}') > 0)
            || matches!(first, '"' | '“' | '‘' | '`' | '\'' | ',' | '.' | ')' | ']')
        {
            range.start += first.len_utf8();
        } else {
            return Some(range);
        }
    }
}

/// Where a word of at least three letters is tied to a formula by a hyphen or a
/// slash, outside of braces.
fn hyphenated_word(formula: &str) -> Option<usize> {
    let bytes = formula.as_bytes();
    let mut depth = 0_i32;
    for (at, byte) in formula.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            b'-' if depth <= 0 && at > 0 => {
                let letters = bytes[at + 1..]
                    .iter()
                    .take_while(|b| b.is_ascii_alphabetic())
                    .count();
                let follows = bytes.get(at + 1 + letters);
                if letters >= 3 && !follows.is_some_and(|b| matches!(b, b'_' | b'^' | b'(' | b'\\'))
                {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}
