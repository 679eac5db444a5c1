//! Checks the JSON-LD in a page.

use serde_json::Value;

use super::at;
use crate::diagnostics::Diagnostic;

/// What is wrong with a block of JSON-LD that starts on a line of a page.
pub(super) fn fault(path: &str, line: u64, text: &str) -> Option<Diagnostic> {
    let said = |message: String| {
        Diagnostic::error("bad-json-ld", message)
            .at(at(path, line))
            .help("search engines ignore the whole block; correct the template")
    };
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => return Some(said(format!("the page's JSON-LD cannot be read: {error}"))),
    };
    let nodes = match &value {
        Value::Array(nodes) => nodes.as_slice(),
        node => std::slice::from_ref(node),
    };
    let is_typed = |node: &Value| {
        node.get("@type").is_some() || node.get("@graph").is_some_and(Value::is_array)
    };
    let has_context = nodes.iter().all(|node| node.get("@context").is_some());
    if !has_context {
        return Some(said("the page's JSON-LD has no `@context`".to_owned()));
    }
    (!nodes.iter().all(is_typed)).then(|| said("the page's JSON-LD has no `@type`".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_say_what_they_are() {
        let context = r#""@context": "https://schema.org""#;
        for (text, is_sound) in [
            (format!(r#"{{{context}, "@type": "Thing"}}"#), true),
            (format!(r#"[{{{context}, "@type": "Thing"}}]"#), true),
            (format!(r#"{{{context}, "@graph": []}}"#), true),
            (format!("{{{context}}}"), false),
            (r#"{"@type": "Thing"}"#.to_owned(), false),
            ("{".to_owned(), false),
            (String::new(), false),
        ] {
            assert_eq!(fault("a.html", 1, &text).is_none(), is_sound, "{text}");
        }
    }
}
