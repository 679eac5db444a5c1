//! Help for TOML syntax errors. The most common mistake is a line in the wrong
//! table.

use std::ops::Range;

/// What to do about a syntax error at the end of `span`, the document up to it.
pub(super) fn remedy(source: &str, span: Range<usize>) -> String {
    let rules = "see https://toml.io for the syntax";
    let before = source.get(span.clone()).unwrap_or_default();
    let start = span.start + before.rfind('\n').map_or(0, |at| at + 1);
    let line = source[start..].lines().next().unwrap_or_default().trim();
    let earlier = source.get(span.start..start).unwrap_or_default();
    if let Some(table) = header(line) {
        let is_begun = earlier.lines().any(|other| {
            let rest = other.trim_start().strip_prefix(table);
            rest.is_some_and(|rest| rest.trim_start().starts_with('.'))
        });
        if is_begun {
            return format!(
                "the lines above that begin with `{table}.` define this table; write its other \
                 keys in the same way, such as `{table}.name = …`, and remove `[{table}]`"
            );
        }
        return format!("correct the TOML here; {rules}");
    }
    match earlier.lines().rev().find_map(header) {
        Some(table) => format!(
            "correct the TOML here; or, if the line does not belong to `[{table}]`, move it \
             above `[{table}]`; {rules}"
        ),
        None => format!("correct the TOML here; {rules}"),
    }
}

/// The table that a header line opens.
fn header(line: &str) -> Option<&str> {
    let inner = line.trim().strip_prefix('[')?;
    let (name, _) = inner.split_once(']')?;
    let name = name.trim();
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    (!name.is_empty() && name.chars().all(is_name)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::remedy;

    #[test]
    fn the_remedy_names_the_table() {
        let source = "title = \"T\"\nlinks.paper = \"x\"\n[links]\ncode = \"y\"\n";
        let at = source.find("[links]").unwrap();
        assert!(remedy(source, 0..at).contains("`links.name = …`"));
        let source = "title = \"T\"\n[imported]\ntitle = \"text 123456\"\ntitle = \"New\"\n";
        let at = source.rfind("title").unwrap();
        assert!(remedy(source, 0..at).contains("move it above `[imported]`"));
        assert!(!remedy("a = \n", 0..4).contains("above"));
    }
}
