//! Table cells: plain text, or a list or dictionary as printed by Python, R or
//! JSON.

use serde_json::{Map, Number, Value};

/// Longer cells are treated as plain text.
const MAX_LENGTH: usize = 200_000;

/// The maximum nesting of lists.
const MAX_DEPTH: usize = 6;

/// Parses a cell.
pub(super) fn value(cell: &str) -> Value {
    literal(cell.trim()).unwrap_or_else(|| Value::from(cell))
}

/// An integer written as a fraction ("2021.0"), because other cells of the column
/// are empty.
pub(super) fn whole(text: &str) -> &str {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    match text.trim().split_once('.') {
        Some((whole, zeros)) if digits(whole) && zeros.bytes().all(|b| b == b'0') => whole,
        _ => text,
    }
}

/// Parses a text that is entirely a list or dictionary. `None` for plain text, such
/// as "[Re] A title" or "(2021)".
fn literal(text: &str) -> Option<Value> {
    let begins = text.starts_with(['[', '{', '(']) || CALLS.iter().any(|call| starts(text, call));
    if !begins || !text.ends_with([']', '}', ')']) || text.len() > MAX_LENGTH {
        return None;
    }
    if let Ok(value @ (Value::Array(_) | Value::Object(_))) = serde_json::from_str(text) {
        return Some(value);
    }
    let mut parser = Parser {
        rest: text,
        strings: 0,
    };
    let value = parser.value(0)?;
    parser.space();
    let is_bare = text.starts_with('(') && parser.strings == 0;
    (parser.rest.is_empty() && !is_bare).then_some(value)
}

/// Function calls that wrap a list.
const CALLS: [&str; 7] = [
    "array",
    "list",
    "tuple",
    "set",
    "frozenset",
    "OrderedDict",
    "c",
];

/// Whether a text begins with a function call.
fn starts(text: &str, call: &str) -> bool {
    text.strip_prefix(call)
        .is_some_and(|rest| rest.starts_with('('))
}

struct Parser<'a> {
    rest: &'a str,
    /// How many strings were parsed.
    strings: usize,
}

impl Parser<'_> {
    fn space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn skip(&mut self, mark: char) -> bool {
        self.space();
        match self.rest.strip_prefix(mark) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        if depth == MAX_DEPTH {
            return None;
        }
        self.space();
        match self.rest.chars().next()? {
            '[' => self.list(']', depth),
            '(' => self.list(')', depth),
            '{' => self.table(depth),
            '"' | '\'' => self.string().map(Value::from),
            c if c.is_ascii_digit() || matches!(c, '-' | '+' | '.') => self.number(),
            _ => self.word(depth),
        }
    }

    /// A list. The commas may be missing, as in numpy's output.
    fn list(&mut self, close: char, depth: usize) -> Option<Value> {
        self.rest = &self.rest[1..];
        let mut items = Vec::new();
        loop {
            if self.skip(close) {
                return Some(Value::Array(items));
            }
            if self.skip(',') {
                continue;
            }
            // `array([…], dtype=object)`
            if close == ')' && self.rest.starts_with("dtype=") {
                let end = self.rest.find(')')?;
                self.rest = &self.rest[end..];
                continue;
            }
            items.push(self.value(depth + 1)?);
        }
    }

    /// A dictionary or a set.
    fn table(&mut self, depth: usize) -> Option<Value> {
        self.rest = &self.rest[1..];
        let mut fields = Map::new();
        let mut items = Vec::new();
        loop {
            if self.skip('}') {
                return Some(match items.is_empty() {
                    true => Value::Object(fields),
                    false => Value::Array(items),
                });
            }
            if self.skip(',') {
                continue;
            }
            let key = self.value(depth + 1)?;
            if !self.skip(':') {
                items.push(key);
                continue;
            }
            let key = match key {
                Value::String(key) => key,
                other => other.to_string(),
            };
            fields.insert(key, self.value(depth + 1)?);
        }
    }

    /// A quoted string. An unescaped quotation mark inside, as in `'Jane O'Brien'`,
    /// is recognised because no separator follows it.
    fn string(&mut self) -> Option<String> {
        let quote = self.rest.chars().next()?;
        let mut out = String::new();
        let mut chars = self.rest.char_indices().skip(1).peekable();
        while let Some((at, c)) = chars.next() {
            if c == quote {
                let behind = self.rest[at + 1..].trim_start();
                let ends = behind.is_empty()
                    || behind.starts_with([',', ']', '}', ')', ':'])
                    || behind.len() < self.rest.len() - at - 1 && behind.starts_with(['\'', '"']);
                if ends {
                    self.rest = &self.rest[at + 1..];
                    self.strings += 1;
                    return Some(out);
                }
            }
            if c != '\\' {
                out.push(c);
                continue;
            }
            let (_, escaped) = chars.next()?;
            let digits = match escaped {
                'x' => 2,
                'u' => 4,
                'U' => 8,
                _ => 0,
            };
            if digits > 0 {
                let mut code = String::new();
                while code.len() < digits
                    && let Some((_, digit)) = chars.next_if(|(_, c)| c.is_ascii_hexdigit())
                {
                    code.push(digit);
                }
                out.push(char::from_u32(u32::from_str_radix(&code, 16).ok()?)?);
                continue;
            }
            match escaped {
                'n' | 'r' => out.push('\n'),
                't' => out.push('\t'),
                '\\' | '\'' | '"' => out.push(escaped),
                // A TeX command whose backslash was not doubled.
                other => out.extend(['\\', other]),
            }
        }
        None
    }

    fn number(&mut self) -> Option<Value> {
        let end = self
            .rest
            .find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '+' | '.'))
            .unwrap_or(self.rest.len());
        let (text, rest) = self.rest.split_at(end);
        let number = match text.parse::<i64>() {
            Ok(whole) => Number::from(whole),
            Err(_) => Number::from_f64(text.parse().ok()?)?,
        };
        self.rest = rest;
        Some(Value::Number(number))
    }

    fn word(&mut self, depth: usize) -> Option<Value> {
        let end = self
            .rest
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        match word {
            "None" | "nan" | "NaN" | "NaT" | "NA" | "null" | "inf" => Some(Value::Null),
            "True" | "true" => Some(Value::Bool(true)),
            "False" | "false" => Some(Value::Bool(false)),
            // Python's string prefixes.
            "u" | "b" | "r" if rest.starts_with(['\'', '"']) => self.string().map(Value::from),
            call if CALLS.contains(&call) && rest.starts_with('(') => {
                let Value::Array(mut items) = self.list(')', depth)? else {
                    return None;
                };
                Some(match items.pop() {
                    Some(inner @ (Value::Array(_) | Value::Object(_))) if items.is_empty() => inner,
                    last => Value::Array(items.into_iter().chain(last).collect()),
                })
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn lists_and_dictionaries_are_read_as_programs_print_them() {
        for (cell, want) in [
            ("['Jane Doe', 'John Roe']", json!(["Jane Doe", "John Roe"])),
            ("[\"Jane O'Brien\", 'X']", json!(["Jane O'Brien", "X"])),
            ("['Jane O'Brien', 'X']", json!(["Jane O'Brien", "X"])),
            ("['a' 'b'\n 'c']", json!(["a", "b", "c"])),
            ("array(['a', 'b'], dtype=object)", json!(["a", "b"])),
            ("c(\"a\", \"b\")", json!(["a", "b"])),
            ("('a', 'b')", json!(["a", "b"])),
            ("{'a', 'b'}", json!(["a", "b"])),
            (
                "[{'name': 'A', 'n': None, 'x': 1.5}, nan]",
                json!([{"name": "A", "n": null, "x": 1.5}, null]),
            ),
            (
                "{\"ArXiv\": \"2403.03507\"}",
                json!({"ArXiv": "2403.03507"}),
            ),
            ("[u'Jos\\xe9', 'A\\u00e9']", json!(["José", "Aé"])),
            (
                "['$\\\\alpha$', 'b\\gamma']",
                json!(["$\\alpha$", "b\\gamma"]),
            ),
            ("[]", json!([])),
            ("[Re] A title", json!("[Re] A title")),
            ("(2021)", json!("(2021)")),
            ("{a} and [b]", json!("{a} and [b]")),
            ("[A title]", json!("[A title]")),
            ("A 'title'", json!("A 'title'")),
        ] {
            assert_eq!(value(cell), want, "{cell}");
        }
        for (text, want) in [
            ("2021.0", "2021"),
            ("12", "12"),
            ("1.5", "1.5"),
            (".0", ".0"),
        ] {
            assert_eq!(whole(text), want);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_cell_is_read(cell in "[\\[{('][\\[\\]{}()'\",:\\\\xuc NA.19é-]{0,40}[\\]})]") {
            let _ = value(&cell);
        }
    }
}
