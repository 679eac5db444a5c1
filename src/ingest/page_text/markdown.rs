//! Markdown in pages: newsletters and plain-text lists mark titles as bold,
//! headings or links. The markers add nothing to the words, so they are removed
//! from rows, but kept in running text.

use std::borrow::Cow;

use super::list_marker::list_marker;

/// A row without heading markers, and without emphasis at its start, after any
/// number or bullet.
pub(super) fn undressed(text: Cow<'_, str>) -> Cow<'_, str> {
    match undress(&text) {
        Some(plain) => Cow::Owned(plain),
        None => text,
    }
}

fn undress(text: &str) -> Option<String> {
    let row = heading(text).unwrap_or(text);
    let (before, rest) = match list_marker(row) {
        Some((_, rest)) => row.split_at(row.len() - rest.len()),
        None => ("", row),
    };
    match emphasis(rest) {
        Some((inner, after)) => Some(format!("{before}{inner}{after}")),
        None => (row.len() < text.len()).then(|| row.to_owned()),
    }
}

/// A heading's text: "## Title", "## Title ##". "#3" and "# 3" are numbers.
fn heading(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches('#');
    let level = text.len() - rest.len();
    let title = rest.strip_prefix(' ')?.trim();
    let title = title.trim_end_matches('#').trim_end();
    let says = title.contains(char::is_alphabetic);
    ((1..=6).contains(&level) && says).then_some(title)
}

/// The emphasised start of a row, and the rest. A single asterisk or underscore
/// counts only around the whole row, since `*` is also multiplication.
fn emphasis(text: &str) -> Option<(&str, &str)> {
    for sign in ["***", "**", "__"] {
        let Some(inner) = text.strip_prefix(sign) else {
            continue;
        };
        let (inner, after) = inner.split_once(sign)?;
        let tight = !inner.starts_with(char::is_whitespace)
            && !inner.ends_with(char::is_whitespace)
            && inner.contains(char::is_alphanumeric);
        let apart = after.is_empty() || !after.starts_with(char::is_alphanumeric);
        return (tight && apart).then_some((inner, after));
    }
    for sign in ['*', '_'] {
        let inner = text.strip_prefix(sign).and_then(|t| t.strip_suffix(sign));
        if let Some(inner) = inner {
            let tight = inner.starts_with(char::is_alphanumeric) && !inner.contains(sign);
            return tight.then_some((inner, ""));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_markdown_leave_the_row_that_they_dress() {
        for (text, want) in [
            ("**A Title**", "A Title"),
            ("1. **A Title** (2025)", "1. A Title (2025)"),
            (
                "- **[A Title](https://a.org)**",
                "- [A Title](https://a.org)",
            ),
            ("## A Title", "A Title"),
            ("### 3. **A Title** ###", "3. A Title"),
            ("*Jane Doe, John Roe*", "Jane Doe, John Roe"),
            ("_Jane Doe_", "Jane Doe"),
            ("__A Title__", "A Title"),
            ("**Abstract:** We do.", "Abstract: We do."),
            ("#3 A title", "#3 A title"),
            ("# 3", "# 3"),
            ("#hashtag", "#hashtag"),
            ("A **bold** word", "A **bold** word"),
            ("*a* times *b*", "*a* times *b*"),
            ("** not tight **", "** not tight **"),
            ("**2**n is even", "**2**n is even"),
            ("**", "**"),
            ("", ""),
        ] {
            assert_eq!(undressed(Cow::Borrowed(text)), want, "{text}");
        }
    }
}
