//! Finds the list of papers in a JSON document.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::columns::Columns;
use super::split::{Parts, parts};

/// The papers of a document.
#[derive(Debug, Default)]
pub(super) struct Papers {
    /// The text range of each.
    pub(super) pieces: Vec<Range<usize>>,
    /// Whether the list was closed.
    pub(super) is_closed: bool,
    /// Whether the document is empty, which is not an error.
    pub(super) is_empty: bool,
    /// Whether the pieces are cv-arxiv-daily tables, one per topic.
    pub(super) is_cv_arxiv_daily: bool,
}

/// Keys under which API responses and exports hold papers, or an object that in
/// turn holds such a list.
const HOLDERS: [&str; 16] = [
    "papers",
    "notes",
    "results",
    "data",
    "items",
    "works",
    "entries",
    "articles",
    "records",
    "hits",
    "publications",
    "references",
    "message",
    "response",
    "feed",
    "result",
];

/// How deep to search for lists.
const MAX_DEPTH: usize = 4;

/// Finds the papers in a document that starts with `[` or `{`.
pub(super) fn papers(text: &str) -> Papers {
    let columns = Columns::new(&BTreeMap::new());
    search(text, 0, &columns, 0).unwrap_or_else(|| Papers {
        is_closed: true,
        ..Papers::default()
    })
}

fn search(text: &str, start: usize, columns: &Columns, depth: usize) -> Option<Papers> {
    if depth == MAX_DEPTH {
        return None;
    }
    let found = parts(text, start);
    if text.as_bytes().get(start) == Some(&b'[') {
        return Some(list(found));
    }
    if found.values.is_empty() {
        return Some(Papers {
            is_closed: true,
            is_empty: true,
            ..Papers::default()
        });
    }
    let key = |n: usize| {
        let range = found.values[n].0.clone()?;
        text.get(range).map(|key| key.trim_matches('"'))
    };
    let begins = |n: usize| text[found.values[n].1.clone()].bytes().next();
    let all = 0..found.values.len();
    // A list under a known key, empty or of objects.
    let held = all.clone().find(|n| {
        let value = &text[found.values[*n].1.clone()];
        key(*n).is_some_and(|key| HOLDERS.contains(&key)) && is_list_of_objects(value)
    });
    if let Some(n) = held {
        return search(text, found.values[n].1.start, columns, depth + 1);
    }
    // The object itself is a paper.
    let is_paper = |n: usize| {
        key(n).is_some_and(|key| {
            columns.get(key).is_some_and(|(field, _)| field.is("title"))
                || matches!(key, "paper" | "content")
        })
    };
    if all.clone().any(is_paper) {
        let end = found.values.last().map_or(start, |(_, range)| range.end);
        let end = if found.is_closed {
            text[end..].find('}').map_or(text.len(), |at| end + at + 1)
        } else {
            text.len()
        };
        return Some(Papers {
            pieces: std::iter::once(start..end).collect(),
            is_closed: found.is_closed,
            ..Papers::default()
        });
    }
    // Tables of rows, or of papers by identifier.
    let are_tables = all.clone().all(|n| begins(n) == Some(b'{'));
    if are_tables {
        let first = &text[found.values[0].1.clone()];
        if super::cv_arxiv_daily::is_table(first) {
            // Include the topic in each piece.
            let pieces = found.values.iter().map(|(key, value)| {
                let start = key.as_ref().map_or(value.start, |key| key.start);
                start..value.end
            });
            return Some(Papers {
                pieces: pieces.collect(),
                is_closed: found.is_closed,
                is_cv_arxiv_daily: true,
                ..Papers::default()
            });
        }
        let inner = parts(first, 0);
        let has_title = inner.values.iter().any(|(key, _)| {
            let name = key
                .clone()
                .and_then(|key| first.get(key))
                .unwrap_or_default();
            columns
                .get(name.trim_matches('"'))
                .is_some_and(|(field, _)| field.is("title"))
        });
        if has_title {
            return Some(list(found));
        }
    }
    let holder = |n: &usize| key(*n).is_some_and(|key| HOLDERS.contains(&key));
    let tables = all.clone().filter(|n| begins(*n) == Some(b'{'));
    let lists = all.filter(|n| is_list_of_objects(&text[found.values[*n].1.clone()]));
    let next: Vec<usize> = tables.filter(holder).chain(lists).collect();
    next.into_iter()
        .find_map(|n| search(text, found.values[n].1.start, columns, depth + 1))
}

fn list(found: Parts) -> Papers {
    Papers {
        is_empty: found.values.is_empty(),
        pieces: found.values.into_iter().map(|(_, range)| range).collect(),
        is_closed: found.is_closed,
        is_cv_arxiv_daily: false,
    }
}

fn is_list_of_objects(value: &str) -> bool {
    value.strip_prefix('[').is_some_and(|inner| {
        let inner = inner.trim_start();
        inner.is_empty() || inner.starts_with(['{', ']'])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        papers(text)
            .pieces
            .into_iter()
            .map(|range| &text[range])
            .collect()
    }

    #[test]
    fn papers_are_found_however_they_are_held() {
        for (text, want) in [
            (r#"[{"title":"A"}]"#, r#"{"title":"A"}"#),
            (r#"{"papers":[{"title":"A"}],"n":1}"#, r#"{"title":"A"}"#),
            (
                r#"{"title":"My list","items":[{"title":"A"}]}"#,
                r#"{"title":"A"}"#,
            ),
            (
                r#"{"status":"ok","message":{"total":1,"items":[{"title":["A"]}]}}"#,
                r#"{"title":["A"]}"#,
            ),
            (
                r#"{"status":"ok","message":{"title":["A"],"author":[{}]}}"#,
                r#"{"title":["A"],"author":[{}]}"#,
            ),
            (
                r#"{"title":"A","authors":[{"name":"B"}]} "#,
                r#"{"title":"A","authors":[{"name":"B"}]}"#,
            ),
            (r#"{"2403.1":{"title":"A"}}"#, r#"{"title":"A"}"#),
            (
                r#"{"total":1,"offset":0,"data":[{"paperId":"x","title":"A"}]}"#,
                r#"{"paperId":"x","title":"A"}"#,
            ),
        ] {
            assert_eq!(found(text), [want], "{text}");
        }
        assert!(found(r#"{"a":1}"#).is_empty());
        assert!(papers("[]").is_empty && papers(r#"{"results":[]}"#).is_empty);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_searched(text in "[\\[{][\\[\\]{}\",:\\\\ a1]{0,40}") {
            for piece in papers(&text).pieces {
                proptest::prop_assert!(text.get(piece).is_some());
            }
        }
    }
}
