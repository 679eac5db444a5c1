//! YAML: a list of papers, or a mapping that contains one. A broken item does not
//! affect the others.

use serde_json::Value;

use super::lines::{Line, lines};
use super::named::{Found, Members, Named};
use super::tally::ImportTally;
use super::{Format, Request};
use crate::diagnostics::Diagnostic;

/// The longest item, in bytes.
const MAX_ITEM: usize = 1024 * 1024;

/// Whether a text starts like a list of papers in YAML.
pub(super) fn detect(head: &str) -> Option<(Format, &'static str)> {
    let mut rest = lines(head)
        .map(|line| line.text)
        .filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
        .filter(|line| *line != "---")
        .take(12)
        .peekable();
    let first = rest.next()?;
    let is_item = |line: &str| {
        let inner = line.trim_start().strip_prefix("- ");
        inner.is_some_and(|inner| key(inner).is_some())
    };
    // "papers:" followed by a list, or the list itself.
    let opens_list = key(first).is_some_and(|(_, value)| value.is_empty());
    let begins = is_item(first) || opens_list && rest.peek().is_some_and(|line| is_item(line));
    let has_title = std::iter::once(first).chain(rest).any(|line| {
        let line = line.trim_start();
        let line = line.strip_prefix("- ").unwrap_or(line);
        key(line).is_some_and(|(name, _)| {
            matches!(
                name.to_ascii_lowercase().as_str(),
                "title" | "headline" | "paper_title"
            )
        })
    });
    (begins && has_title).then_some((Format::Yaml, "YAML items with a title"))
}

/// A key and what follows it.
fn key(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    let is_name = !name.is_empty()
        && name.len() <= 40
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    (is_name && (value.is_empty() || value.starts_with(' '))).then_some((name, value.trim()))
}

/// Reads decoded YAML.
pub(super) fn read(request: &Request<'_>, text: &str, tally: &mut ImportTally) {
    let mut named = Named::new(request, tally);
    let items = items(text);
    for (line, item) in &items {
        let shown = item.lines().next().unwrap_or_default();
        match parse(item) {
            Ok(members) => {
                let found = Found {
                    source: tally.reading.format.source(),
                    line: *line,
                    text: shown,
                    members,
                    unknown: Vec::new(),
                };
                named.take(tally, found, |_| {});
            }
            Err(what) => {
                let diagnostic = Diagnostic::error("yaml", what)
                    .at(tally.line(*line, shown))
                    .help(
                        "each paper is an item: `- title: …`; put texts with a colon in \
                        quotation marks",
                    );
                tally.reject(diagnostic);
            }
        }
    }
    if items.is_empty() {
        tally.say(
            Diagnostic::error("no-papers", "no list of papers was found in this YAML")
                .at(tally.whole())
                .help("write a list whose items begin with `- title: …`"),
        );
    }
    named.close(request, tally, None);
}

/// The items of the outermost list, dedented, with their lines.
fn items(text: &str) -> Vec<(usize, String)> {
    let all: Vec<Line<'_>> = lines(text).collect();
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let first = all
        .iter()
        .find(|line| line.text.trim_start().starts_with("- "));
    let Some(level) = first.map(|line| indent(line.text)) else {
        return Vec::new();
    };
    let mut items: Vec<(usize, String)> = Vec::new();
    for line in &all {
        let text = line.text;
        if text.trim() == "---" || text.trim_start().starts_with('#') && indent(text) <= level {
            continue;
        }
        let begins = indent(text) == level && text[level..].starts_with("- ");
        let ends = !begins && !text.trim().is_empty() && indent(text) <= level;
        if begins {
            items.push((line.number, format!("{}\n", &text[level..])));
        } else if ends && !items.is_empty() {
            // A key after the list, or text that is not indented.
            if key(text.trim_start()).is_some() {
                break;
            }
            push(&mut items, text);
        } else {
            push(&mut items, text.get(level..).unwrap_or_default());
        }
    }
    items
}

fn push(items: &mut [(usize, String)], line: &str) {
    if let Some((_, item)) = items.last_mut()
        && item.len() <= MAX_ITEM
    {
        item.push_str(line);
        item.push('\n');
    }
}

fn parse(item: &str) -> Result<Members, String> {
    if item.len() > MAX_ITEM {
        return Err("an item larger than a megabyte".to_owned());
    }
    let value: Value = serde_saphyr::from_str(item).map_err(|error| {
        let message = error.to_string();
        let first = message.lines().next().unwrap_or_default();
        format!("invalid YAML: {first}")
    })?;
    let first = match value {
        Value::Array(mut items) if items.len() == 1 => items.remove(0),
        other => other,
    };
    match first {
        Value::Object(members) => Ok(members.into_iter().collect()),
        _ => Err("an item that is not a mapping and thus not a paper".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_papers_are_told_from_prose() {
        for (text, want) in [
            ("- title: A\n  abstract: B\n", true),
            ("---\npapers:\n  - title: A\n    year: 2024\n", true),
            ("# ours\n- id: 1\n  title: A\n", true),
            ("- A title: with a colon\n- Another\n", false),
            ("Title: A\n\nAbstract: B\n", false),
            ("Papers:\n\n- One\n- Two\n", false),
        ] {
            assert_eq!(detect(text).is_some(), want, "{text}");
        }
    }

    #[test]
    fn items_stand_apart() {
        let found = items(
            "papers:\n  - title: A\n    abstract: |\n      One\n      - two\n\n  - title: B\nend: 1\n",
        );
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].0, 2);
        assert!(found[0].1.contains("\n    - two"), "{}", found[0].1);
        assert_eq!(found[1], (7, "- title: B\n".to_owned()));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "[-: a\\n#|>\"'&*{}\\[\\]é]{0,60}") {
            let _ = detect(&text);
            for (_, item) in items(&text) {
                let _ = parse(&item);
            }
        }
    }
}
