//! Markdown in pages: newsletters and lists kept as Markdown mark titles as bold,
//! as headings, or as links. The marks say nothing that the words do not; they
//! are taken off the row that they dress, and stay within running text.

use std::borrow::Cow;

use super::mark::mark;

/// A row without the marks of a heading and without those of emphasis around its
/// beginning, behind the number or bullet that it may have.
pub(super) fn undressed(text: Cow<'_, str>) -> Cow<'_, str> {
    match undress(&text) {
        Some(plain) => Cow::Owned(plain),
        None => text,
    }
}

fn undress(text: &str) -> Option<String> {
    let row = heading(text).unwrap_or(text);
    let (before, rest) = match mark(row) {
        Some((_, rest)) => row.split_at(row.len() - rest.len()),
        None => ("", row),
    };
    match emphasis(rest) {
        Some((inner, after)) => Some(format!("{before}{inner}{after}")),
        None => (row.len() < text.len()).then(|| row.to_owned()),
    }
}

/// What a heading says: "## Title", "## Title ##". "#3" and "# 3" are numbers.
fn heading(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches('#');
    let level = text.len() - rest.len();
    let title = rest.strip_prefix(' ')?.trim();
    let title = title.trim_end_matches('#').trim_end();
    let says = title.contains(char::is_alphabetic);
    ((1..=6).contains(&level) && says).then_some(title)
}

/// The emphasised beginning of a row and what is behind it. Emphasis of one star
/// or line counts only around the whole row: `*` is multiplication, too.
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
