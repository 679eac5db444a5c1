//! Lists that BibTeX produces for LaTeX, with `\bibitem{key}` and a reference in
//! TeX: in a `.bbl` file or at the end of a paper.

use super::super::lines::{Line, lines};
use super::super::tex;
use super::{Item, MAX_LENGTH};
use crate::text::clean_line;

/// The references of a list.
pub(super) fn items(text: &str) -> Vec<Item<'_>> {
    let mut items: Vec<Item<'_>> = Vec::new();
    for line in lines(text) {
        if line.text.contains("\\end{thebibliography}") {
            break;
        }
        let mut parts = line.text.split("\\bibitem");
        // Text before the first one belongs to the reference above.
        if let (Some(before), Some(item)) = (parts.next(), items.last_mut())
            && item.text.len() < MAX_LENGTH
        {
            item.text.push(' ');
            item.text.push_str(before);
        }
        items.extend(parts.map(|part| item(line, part)));
    }
    for item in &mut items {
        // Commands that only separate or format words.
        let bare = ["\\newblock", "\\em ", "\\it ", "\\bf ", "\\sc "]
            .iter()
            .fold(item.text.clone(), |text, command| {
                text.replace(command, " ")
            });
        item.text = clean_line(&tex::plain(&clean_line(&bare)));
    }
    items.retain(|item| !item.text.is_empty());
    items
}

/// What follows the command: an optional label in brackets, then the key.
fn item<'a>(line: Line<'a>, part: &str) -> Item<'a> {
    let mut rest = part.trim_start();
    if let Some(inner) = rest.strip_prefix('[') {
        let mut depth = 0_i32;
        let end = inner.char_indices().find(|(_, c)| {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            *c == ']' && depth <= 0
        });
        rest = end.map_or(rest, |(at, _)| &inner[at + 1..]);
    }
    let (key, rest) = match rest
        .strip_prefix('{')
        .and_then(|inner| inner.split_once('}'))
    {
        Some((key, rest)) => (Some(key.trim().to_owned()), rest),
        None => (None, rest),
    };
    Item {
        line,
        text: rest.trim().to_owned(),
        key: key.filter(|key| !key.is_empty()),
    }
}
