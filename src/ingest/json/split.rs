//! Splits the outermost list of a JSON document, so that its values can be parsed
//! one by one. A broken value does not affect the others, and a truncated file
//! still yields its complete ones.

use std::ops::Range;

/// The values of a list or object.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    /// The values, and for an object their keys with quotation marks.
    pub(super) values: Vec<(Option<Range<usize>>, Range<usize>)>,
    /// Whether the list or object was closed.
    pub(super) is_closed: bool,
}

/// Splits the list or object at a byte, which is `[` or `{`.
pub(super) fn parts(text: &str, start: usize) -> Parts {
    let bytes = text.as_bytes();
    let is_table = bytes.get(start) == Some(&b'{');
    let mut parts = Parts::default();
    let (mut depth, mut at, mut begin) = (0usize, start, start + 1);
    let mut key = None;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => at = string_end(bytes, at),
            b'[' | b'{' => depth += 1,
            b']' | b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    push(&mut parts, text, key.take(), begin..at);
                    parts.is_closed = true;
                    return parts;
                }
            }
            b':' if is_table && depth == 1 && key.is_none() => {
                key = Some(trimmed(text, begin..at));
                begin = at + 1;
            }
            b',' if depth == 1 => {
                push(&mut parts, text, key.take(), begin..at);
                begin = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    push(&mut parts, text, key.take(), begin..bytes.len());
    parts
}

/// The end of the list or object that a text starts with. `None` if it is not
/// closed.
pub(super) fn end(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut depth, mut at) = (0usize, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'"' => at = string_end(bytes, at),
            b'[' | b'{' => depth += 1,
            b']' | b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// The byte of the closing quotation mark, or the end of the file.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'"' => return at,
            _ => {}
        }
        at += 1;
    }
    bytes.len() - 1
}

fn push(parts: &mut Parts, text: &str, key: Option<Range<usize>>, range: Range<usize>) {
    let range = trimmed(text, range);
    if !range.is_empty() {
        parts.values.push((key, range));
    }
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    // All ranges are bounded by ASCII bytes.
    let inside = text.get(range.clone()).unwrap_or_default();
    let start = range.start + (inside.len() - inside.trim_start().len());
    start..start + inside.trim().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<&str> {
        parts(text, 0)
            .values
            .into_iter()
            .map(|(_, range)| &text[range])
            .collect()
    }

    #[test]
    fn lists_and_tables_are_split_at_their_own_commas() {
        assert_eq!(
            values(r#"[1, {"a": [2, 3]}, "x,]"]"#),
            ["1", r#"{"a": [2, 3]}"#, r#""x,]""#]
        );
        assert_eq!(values(r#"{"a": 1, "b:{": "\"}"}"#), ["1", r#""\"}""#]);
        assert_eq!(values("[]"), [""; 0]);
        assert_eq!(values("[1,,2"), ["1", "2"]);
        assert!(!parts("[1", 0).is_closed);
        let text = r#"{ "k" : 1 }"#;
        let key = parts(text, 0).values[0].0.clone().unwrap();
        assert_eq!(&text[key], "\"k\"");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_split(text in "[\\[\\]{}\",:\\\\ aé1]{0,40}") {
            let start = text.find(['[', '{']).unwrap_or(0);
            for (_, range) in parts(&text, start).values {
                proptest::prop_assert!(text.get(range).is_some());
            }
        }
    }
}
