//! Rules for formulas that lost their dollar signs, and with them perhaps the
//! backslashes of their commands.

use std::ops::Range;

use super::{Edit, Rule, Source};
use crate::prose::math;
use crate::prose::scan::{Kind, command_name};

/// Formulas whose commands are whole, without dollar signs around them.
pub(super) const LOST_DOLLARS: Rule = Rule {
    name: "lost-dollars",
    what: "`regret O(\\sqrt{T})` and `a \\times b` in running text are read as formulas.",
    condition: "A command of TeX's math mode, with the symbols, numbers and single letters around it that an operator ties to it.",
    example: ("regret of O(\\sqrt{T}) holds", "regret of O(√T) holds"),
    find: lost_dollars,
};

/// Formulas without dollar signs and backslashes.
pub(super) const LOST_BACKSLASHES: Rule = Rule {
    name: "lost-backslashes",
    what: "`L_2`, `ell_1`, `min_x| Ax - b |_2` and `10^-3` in running text are read as formulas.",
    condition: "A subscript or superscript on a single letter, a number, a bracket or the name of a symbol, that is one character, a number or a group. `snake_case`, addresses and code stay.",
    example: ("the L_2 and ell_1 norms", "the L₂ and ℓ₁ norms"),
    find: lost_backslashes,
};

/// Formulas that stand there twice.
pub(super) const DOUBLED: Rule = Rule {
    name: "doubled-formulas",
    what: "`\\sigma=2\\sigma=2`, a formula and its copy, is read once.",
    condition: "A formula that lost its dollar signs, of at least four characters, whose second half repeats the first.",
    example: (
        "a gap of (\\sigma=2)(\\sigma=2) here",
        "a gap of (σ = 2) here",
    ),
    find: doubled,
};

fn lost_dollars(source: &Source<'_>) -> Vec<Edit> {
    if memchr::memchr(b'\\', source.text.as_bytes()).is_none() {
        return Vec::new();
    }
    formulas(source, has_math_command)
        .into_iter()
        .map(|range| Edit {
            text: format!("\\({}\\)", spell_words(&source.text[range.clone()], false)),
            range,
        })
        .collect()
}

fn lost_backslashes(source: &Source<'_>) -> Vec<Edit> {
    if memchr::memchr2(b'_', b'^', source.text.as_bytes()).is_none() {
        return Vec::new();
    }
    formulas(source, has_script)
        .into_iter()
        .filter(|range| {
            !source.text[range.clone()].contains('\\')
                || has_math_command(&source.text[range.clone()])
        })
        .map(|range| Edit {
            text: format!("\\({}\\)", spell_words(&source.text[range.clone()], true)),
            range,
        })
        .collect()
}

fn doubled(source: &Source<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for span in source.spans {
        let Kind::Math { from, to, .. } = span.kind else {
            continue;
        };
        let inside = source.text[from..to].trim();
        if !source.text[span.range.clone()].starts_with("\\(")
            || inside.len() < 4
            || !inside.contains(['\\', '_', '^'])
            || inside
                .strip_prefix('\\')
                .map(command_name)
                .is_some_and(math::is_function_name)
        {
            continue;
        }
        let letters: String = inside.chars().filter(|c| !c.is_whitespace()).collect();
        let half = letters.len() / 2;
        if letters.len().is_multiple_of(2)
            && letters.is_char_boundary(half)
            && letters[..half] == letters[half..]
        {
            let kept = inside
                .char_indices()
                .filter(|(_, c)| !c.is_whitespace())
                .scan(0, |count, (at, c)| {
                    *count += c.len_utf8();
                    Some((*count, at + c.len_utf8()))
                })
                .find(|(count, _)| *count == half)
                .map_or(inside.len(), |(_, end)| end);
            edits.push(Edit {
                range: from..to,
                text: inside[..kept].to_owned(),
            });
        }
    }
    edits
}

/// The longest formula that is looked for in running text, in bytes.
const MAX_LEN: usize = 500;

/// What a word of the text is to a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// It must be one.
    Strong,
    /// It must be one, and it ties its neighbours together.
    StrongOperator,
    /// It ties its neighbours together.
    Operator,
    /// It may be one, next to an operator.
    Operand,
    /// It is prose.
    Prose,
}

impl Role {
    fn is_strong(self) -> bool {
        matches!(self, Self::Strong | Self::StrongOperator)
    }

    fn ties(self) -> bool {
        matches!(self, Self::Operator | Self::StrongOperator)
    }
}

/// Finds the formulas of the prose: runs of words around those that must be one.
fn formulas(source: &Source<'_>, is_strong: fn(&str) -> bool) -> Vec<Range<usize>> {
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

fn role(word: &str, is_strong: fn(&str) -> bool) -> Role {
    if word.len() > MAX_LEN {
        return Role::Prose;
    }
    let bare = word.trim_end_matches(['.', ',', ';', ':']);
    if is_strong(word) {
        return if ties_neighbours(bare) {
            Role::StrongOperator
        } else {
            Role::Strong
        };
    }
    if !bare.is_empty() && bare.chars().all(is_operator_sign) && word.len() == bare.len() {
        return Role::Operator;
    }
    if is_operand(bare) {
        Role::Operand
    } else {
        Role::Prose
    }
}

/// Whether a word of a formula begins or ends with an operator, or ends with a
/// command that has its argument behind it: `\times`, `n\times`, `\log`, `\sqrt`.
fn ties_neighbours(word: &str) -> bool {
    let is_operator = |name: &str| {
        let shown = math::math_plain(&format!("\\{name}"));
        !shown.is_empty() && shown.chars().all(is_operator_sign)
    };
    let first = word
        .strip_prefix('\\')
        .map(command_name)
        .unwrap_or_default();
    let last = word
        .rfind('\\')
        .map(|at| &word[at + 1..])
        .filter(|name| !name.is_empty() && command_name(name).len() == name.len())
        .unwrap_or_default();
    (!first.is_empty() && is_operator(first))
        || (!last.is_empty() && (is_operator(last) || math::takes_argument(last)))
}

fn is_operator_sign(c: char) -> bool {
    matches!(
        c,
        '=' | '<'
            | '>'
            | '+'
            | '-'
            | '−'
            | '*'
            | '/'
            | '|'
            | '·'
            | '×'
            | '÷'
            | '±'
            | '∓'
            | '≤'
            | '≥'
            | '≪'
            | '≫'
            | '≠'
            | '≈'
            | '∼'
            | '≃'
            | '≡'
            | '∝'
            | '∈'
            | '∉'
            | '⊂'
            | '⊆'
            | '⊃'
            | '⊇'
            | '∪'
            | '∩'
            | '→'
            | '←'
            | '↦'
            | '⇒'
            | '⇔'
            | '↔'
            | '∘'
            | '⊕'
            | '⊗'
            | '∧'
            | '∨'
            | '∥'
            | '∣'
            | '≲'
            | '≳'
            | '⟶'
            | '≜'
            | '≔'
            | '∗'
            | '⋅'
    )
}

/// A letter, a number, a short product of letters, a function of such.
fn is_operand(word: &str) -> bool {
    let word = word.trim_matches(['(', ')', '[', ']', '|', '{', '}']);
    if word.is_empty() || word.contains(['"', '\'', '“', '”']) {
        return false;
    }
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    if letters == 0 {
        return word.chars().any(|c| c.is_ascii_digit() || c == '∞')
            && word
                .chars()
                .all(|c| c.is_ascii_digit() || ".,/+-*^=<>%()∞".contains(c));
    }
    if matches!(word, "a" | "A" | "I") {
        return false;
    }
    // Every stretch of letters is short or the name of a function.
    if matches!(
        word,
        "langle" | "rangle" | "log" | "ln" | "exp" | "poly" | "polylog"
    ) {
        return true;
    }
    // "i.e.", "s.t.", "w.r.t.": full stops between letters.
    let mut start = word.chars().skip(1);
    if start.next() == Some('.') && start.next().is_some_and(char::is_alphabetic) {
        return false;
    }
    let short = word
        .split(|c: char| !c.is_alphabetic())
        .filter(|part| !part.is_empty())
        .all(|part| {
            part.chars().count() == 1
                || (part.chars().count() == 2 && part.is_ascii() && !is_two_letter_word(part))
                || is_function_word(part)
                || !part.is_ascii() && part.chars().count() <= 2
        });
    short && (letters <= 2 || word.contains(['(', '/', '+', '-', '=', '^', '_', ',', '|']))
}

fn is_two_letter_word(part: &str) -> bool {
    part.bytes().all(|b| b.is_ascii_lowercase())
        || matches!(
            part,
            "We" | "In"
                | "It"
                | "As"
                | "On"
                | "To"
                | "By"
                | "An"
                | "If"
                | "Is"
                | "At"
                | "Of"
                | "Or"
                | "So"
                | "No"
                | "Up"
                | "My"
                | "He"
                | "Us"
                | "Do"
                | "Be"
                | "AI"
                | "ML"
                | "RL"
                | "NN"
                | "VI"
                | "II"
                | "IV"
                | "ID"
        )
}

fn is_function_word(part: &str) -> bool {
    matches!(
        part,
        "log"
            | "exp"
            | "min"
            | "max"
            | "sin"
            | "cos"
            | "poly"
            | "polylog"
            | "ln"
            | "sup"
            | "inf"
            | "langle"
            | "rangle"
            | "bf"
    )
}

/// Whether a word holds a command of the math mode.
fn has_math_command(word: &str) -> bool {
    let mut rest = word;
    while let Some(at) = rest.find('\\') {
        let name = command_name(&rest[at + 1..]);
        if math::is_formula_command(name) {
            return true;
        }
        rest = &rest[at
            + 1
            + name
                .len()
                .max(rest[at + 1..].chars().next().map_or(0, char::len_utf8))..];
    }
    false
}

/// Whether a word holds a subscript or superscript as formulas have them.
fn has_script(word: &str) -> bool {
    word.char_indices()
        .filter(|(_, c)| matches!(c, '_' | '^'))
        .any(|(at, mark)| is_script(word, at, mark))
}

fn is_script(word: &str, at: usize, mark: char) -> bool {
    let before = &word[..at];
    let after = &word[at + 1..];
    let base = &before[before
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_alphanumeric())
        .last()
        .map_or(before.len(), |(start, _)| start)..];
    let ahead = before[..before.len() - base.len()].chars().next_back();
    let base_fits = if base.is_empty() {
        before.ends_with([')', ']', '}', '|', '‖', '⟩'])
    } else {
        let letters = base.chars().count();
        let is_number = base.bytes().all(|b| b.is_ascii_digit());
        !matches!(
            ahead,
            Some('_' | '.' | '@' | '#' | '&' | '-' | '~' | '"' | '\'')
        ) && ((letters == 1 && !is_number)
            || math::is_symbol_name(base)
            || (mark == '^' && is_number)
            || (mark == '^' && letters == 2 && base.is_ascii() && !is_two_letter_word(base))
            || (mark == '_' && base == "CO"))
    };
    base_fits && script_len(after).is_some_and(|len| ends_script(&after[len..]))
}

/// The length of a script: a group, a number, a sign and a number, one letter.
fn script_len(after: &str) -> Option<usize> {
    let first = after.chars().next()?;
    if first == '{' {
        return after
            .bytes()
            .take(100)
            .position(|b| b == b'}')
            .map(|end| end + 1);
    }
    let signed = after.strip_prefix(['-', '−', '+']).unwrap_or(after);
    let digits = signed.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return (digits <= 3).then_some(after.len() - signed.len() + digits);
    }
    (first.is_alphabetic() || matches!(first, '*' | '∞' | '†' | '∗' | '⊤' | '⋆' | '′'))
        .then_some(first.len_utf8())
}

/// What may follow a script: nothing that would make it part of a longer name.
fn ends_script(rest: &str) -> bool {
    match rest.chars().next() {
        None => true,
        Some(c) => {
            !(c.is_alphanumeric()
                || c == '_' && !rest[1..].starts_with(|c: char| c == '{' || c.is_ascii_digit()))
        }
    }
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

/// Gives the words within a formula their commands back: `log` is a function,
/// `ell` a symbol; other words are text.
fn spell_words(formula: &str, lost_backslashes: bool) -> String {
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
