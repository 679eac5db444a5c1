//! Repairs JSON that other programs write incorrectly. Python writes `NaN` for
//! missing numbers.

/// Replaces `NaN` and `Infinity` outside strings by `null`. `None` if there are
/// none.
pub(super) fn numbers(text: &str) -> Option<String> {
    const WORDS: [&str; 3] = ["-Infinity", "Infinity", "NaN"];
    let bytes = text.as_bytes();
    let mut out = String::new();
    let (mut at, mut copied, mut in_string) = (0, 0, false);
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if in_string => at += 1,
            b'"' => in_string = !in_string,
            b'N' | b'I' | b'-' if !in_string => {
                let found = WORDS
                    .iter()
                    .find(|word| bytes[at..].starts_with(word.as_bytes()));
                if let Some(word) = found {
                    out.push_str(&text[copied..at]);
                    out.push_str("null");
                    at += word.len();
                    copied = at;
                    continue;
                }
            }
            _ => {}
        }
        at += 1;
    }
    if out.is_empty() {
        return None;
    }
    out.push_str(&text[copied..]);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn only_numbers_that_are_none_are_replaced() {
        for (text, want) in [
            (
                "{\"a\": NaN, \"b\": -Infinity}",
                Some("{\"a\": null, \"b\": null}"),
            ),
            ("[Infinity,-1]", Some("[null,-1]")),
            ("{\"NaN\": \"a \\\" NaN\"}", None),
            ("{}", None),
        ] {
            assert_eq!(numbers(text).as_deref(), want, "{text}");
        }
    }
}
