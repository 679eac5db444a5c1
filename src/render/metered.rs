//! Metered templates: Tera knows no bounds, so every loop, every variable and every
//! text that is gathered in a variable gets a call of the render's budget put into
//! it. Places in errors are translated back to the template as it was written.

use std::ops::Range;

use super::budget::{COUNTED, HELD, SHOWN, STEP};

/// A template with its calls.
#[derive(Debug, Clone, Default)]
pub(super) struct Metered {
    pub(super) text: String,
    /// Each call: where it is in `text`, how long it is, and what it is of in the
    /// template as it was written.
    calls: Vec<(usize, usize, Range<usize>)>,
}

/// A bracket of an expression that is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Other,
    List,
    /// Behind the `for` of a list comprehension.
    For,
    /// Behind its `in`.
    In,
}

struct Meter<'t> {
    source: &'t str,
    copied: usize,
    out: Metered,
    /// The names of variables whose text is being gathered, with how they are set;
    /// none for a text that a filter takes.
    gathered: Vec<Option<(&'t str, &'t str)>>,
}

/// Puts the calls into a template. One that the engine will not take anyway is left
/// as it is from there on.
pub(super) fn metered(source: &str) -> Metered {
    let mut meter = Meter {
        source,
        copied: 0,
        out: Metered::default(),
        gathered: Vec::new(),
    };
    let mut at = 0;
    while let Some(found) = source[at..].find('{') {
        let start = at + found;
        let rest = &source[start..];
        let end = if rest.starts_with("{#") {
            rest.find("#}").map(|n| start + n + 2)
        } else if rest.starts_with("{{") {
            meter.variable(start)
        } else if rest.starts_with("{%") {
            meter.tag(start)
        } else {
            Some(start + 1)
        };
        let Some(end) = end else {
            break;
        };
        at = end;
    }
    meter.out.text.push_str(&source[meter.copied..]);
    meter.out
}

impl Metered {
    /// A range of the text with its calls, in the template as it was written.
    pub(super) fn origin(&self, range: Range<usize>) -> Range<usize> {
        let mut start = range.start;
        let mut end = range.end;
        for (at, length, of) in &self.calls {
            if range.start >= *at && range.start < at + length {
                return of.clone();
            }
            if *at < range.start {
                start -= length;
            }
            if *at < range.end {
                end = end.saturating_sub(*length);
            }
        }
        start..end.max(start)
    }
}

impl<'t> Meter<'t> {
    /// Puts a call in at a place; `of` is what it is about.
    fn put(&mut self, at: usize, call: &str, of: Range<usize>) {
        self.out.text.push_str(&self.source[self.copied..at]);
        self.copied = at;
        self.out.calls.push((self.out.text.len(), call.len(), of));
        self.out.text.push_str(call);
    }

    /// `{{ … }}`, and where it ends.
    fn variable(&mut self, start: usize) -> Option<usize> {
        let (inner, end) = inside(self.source, start, '}')?;
        // `{{<component/>}}` is no expression.
        let is_component = self.source[inner.clone()].trim_start().starts_with('<');
        if self.gathered.is_empty() || is_component {
            self.comprehensions(inner);
        } else {
            let of = inner.clone();
            self.put(inner.start, &format!(" {SHOWN}(v="), of.clone());
            self.comprehensions(inner.clone());
            self.put(inner.end, ")", of);
        }
        Some(end)
    }

    /// `{% … %}`, and where it ends.
    fn tag(&mut self, start: usize) -> Option<usize> {
        let source = self.source;
        let (inner, end) = inside(source, start, '%')?;
        let (name, rest) = word(&source[inner.clone()]);
        let whole = start..end;
        // What trims the white space behind a tag has to go on behind the call.
        let trim = if source[..end - 2].ends_with('-') {
            "-"
        } else {
            ""
        };
        match name {
            "raw" => {
                let from = source[end..].find("endraw")? + end;
                return Some(from + source[from..].find("%}")? + 2);
            }
            "for" => {
                let from = inner.end - rest.len();
                self.comprehensions(from..inner.end);
                self.put(end, &format!("{{{{ {STEP}() {trim}}}}}"), whole);
            }
            "set" | "set_global" => {
                let (variable, rest) = word(rest);
                let from = inner.end - rest.len();
                match rest.trim_start().strip_prefix('=') {
                    Some(expression) => {
                        let from = inner.end - expression.len();
                        let of = from..inner.end;
                        self.put(from, &format!(" {HELD}(v="), of.clone());
                        self.comprehensions(of.clone());
                        self.put(inner.end, ")", of);
                    }
                    None => {
                        self.comprehensions(from..inner.end);
                        self.gathered.push(Some((name, variable)));
                    }
                }
            }
            "filter" => {
                self.comprehensions(inner);
                self.gathered.push(None);
            }
            "endset" | "endfilter" => {
                if let Some(Some((set, variable))) = self.gathered.pop() {
                    let call = format!("{{% {set} {variable} = {HELD}(v={variable}) {trim}%}}");
                    self.put(end, &call, whole);
                }
            }
            _ => self.comprehensions(inner),
        }
        Some(end)
    }

    /// Counts what list comprehensions within an expression go through.
    fn comprehensions(&mut self, range: Range<usize>) {
        let text = &self.source[range.clone()];
        let mut open: Vec<Open> = Vec::new();
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let place = range.start + at;
            match c {
                '"' | '\'' | '`' => {
                    at += string_end(&text[at..]);
                    continue;
                }
                '[' => open.push(Open::List),
                '(' | '{' => open.push(Open::Other),
                ')' | '}' | ']' => {
                    let closed = open.pop();
                    if closed == Some(Open::In) {
                        self.put(place, ")", place..place);
                    }
                }
                c if c.is_alphabetic() || c == '_' => {
                    let length = text[at..]
                        .find(|c: char| !c.is_alphanumeric() && c != '_')
                        .unwrap_or(text.len() - at);
                    let is_field = text[..at].ends_with('.');
                    match (open.last_mut(), &text[at..at + length]) {
                        (Some(top @ Open::List), "for") if !is_field => *top = Open::For,
                        (Some(top @ Open::For), "in") if !is_field => {
                            *top = Open::In;
                            let of = place..place + length;
                            self.put(place + length, &format!(" {COUNTED}(v="), of);
                        }
                        (Some(top @ Open::In), "if") if !is_field => {
                            *top = Open::Other;
                            self.put(place, ") ", place..place);
                        }
                        _ => {}
                    }
                    at += length;
                    continue;
                }
                c if c.is_numeric() => {
                    at += text[at..]
                        .find(|c: char| !c.is_alphanumeric() && c != '_')
                        .unwrap_or(text.len() - at);
                    continue;
                }
                _ => {}
            }
            at += c.len_utf8();
        }
    }
}

/// What is inside of a tag, without the signs that trim white space, and where the
/// tag ends. `close` is the sign before its last brace.
pub(super) fn inside(source: &str, start: usize, close: char) -> Option<(Range<usize>, usize)> {
    let mut from = start + 2;
    if source[from..].starts_with('-') {
        from += 1;
    }
    let mut depth = 0_usize;
    let mut at = from;
    loop {
        let c = source[at..].chars().next()?;
        match c {
            '"' | '\'' | '`' => {
                at += string_end(&source[at..]);
                continue;
            }
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            c if c == close && depth == 0 && source[at + 1..].starts_with('}') => {
                let end = at + 2;
                let trimmed = source[from..at].strip_suffix('-');
                let to = trimmed.map_or(at, |inner| from + inner.len());
                return Some((from..to, end));
            }
            _ => {}
        }
        at += c.len_utf8();
    }
}

/// The length of the string that a text begins with.
fn string_end(text: &str) -> usize {
    let mut chars = text.char_indices();
    let quote = chars.next().map(|(_, quote)| quote);
    while let Some((at, c)) = chars.next() {
        if c == '\\' {
            chars.next();
        } else if Some(c) == quote {
            return at + 1;
        }
    }
    text.len()
}

/// The first word of a text, and what comes behind it.
pub(super) fn word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let end = text
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(text.len());
    text.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_put_where_templates_go_round_and_gather() {
        for (source, want) in [
            (
                "{% for a in b -%}\n x{% endfor %}",
                "{% for a in b -%}{{ __step() -}}\n x{% endfor %}",
            ),
            (
                "{% set a = b ~ \"%}\" %}",
                "{% set a = __held(v= b ~ \"%}\" )%}",
            ),
            (
                "{%- set_global a -%}{{ x }}{% endset %}y",
                "{%- set_global a -%}{{ __shown(v= x )}}{% endset %}{% set_global a = __held(v=a) %}y",
            ),
            (
                "{{ [x for x in y if x in z] }}",
                "{{ [x for x in __counted(v= y ) if x in z] }}",
            ),
            ("{{ {\"a\": {\"b\": 1}} }}", "{{ {\"a\": {\"b\": 1}} }}"),
            (
                "{# {% for %} #}{% raw %}{{ a }}{% endraw %}{",
                "{# {% for %} #}{% raw %}{{ a }}{% endraw %}{",
            ),
            ("{% for", "{% for"),
        ] {
            assert_eq!(metered(source).text, want);
        }
    }

    #[test]
    fn a_place_is_that_of_the_template_as_it_was_written() {
        let source = "{% for a in b %}{% for c in d %}{{ wrong }}{% endfor %}{% endfor %}";
        let metered = metered(source);
        let at = metered.text.find("wrong").unwrap();
        assert_eq!(&source[metered.origin(at..at + 5)], "wrong");
        let at = metered.text.rfind(STEP).unwrap();
        assert_eq!(&source[metered.origin(at..at + 6)], "{% for c in d %}");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_metered(source in "(\\{\\{|\\}\\}|\\{%|%\\}|\\{#|#\\}|for|in|if|set|endset|raw|endraw|\\[|\\]|\"|'| |-|=|a|é){0,30}") {
            let metered = metered(&source);
            for at in 0..metered.text.len() {
                let range = metered.origin(at..at + 1);
                proptest::prop_assert!(range.start <= range.end);
            }
        }
    }
}
