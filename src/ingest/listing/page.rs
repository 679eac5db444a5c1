//! Reads a paper on arXiv's pages, copied from a browser: a labelled title, authors
//! without a label, labelled lines, and then the abstract.

use super::super::lines::Line;
use super::super::page_text::{Names, Shape, Vocabulary, names, shape};
use super::furniture::{is_furniture, is_noise};
use super::{LabelledValues, label};

/// Report unused lines with at least this many words.
const SPOKEN_OF: usize = 12;

/// A non-empty line.
#[derive(Clone, Copy)]
struct Row<'a> {
    text: &'a str,
    /// Whether an empty line precedes it.
    apart: bool,
}

/// The values of a block of lines, and the longer lines that were not used.
pub(super) fn fields<'a>(
    block: &[Line<'a>],
    vocabulary: &Vocabulary,
) -> (LabelledValues, Vec<Line<'a>>) {
    let (rows, left) = rows(&block[1..]);
    let mut fields: LabelledValues = Vec::new();
    let first = rows.iter().position(|row| label(row.text).is_some());
    let Some(first) = first else {
        return (fields, left);
    };
    let end = header_end(&rows, first);
    let mut at = first;
    while at < end {
        let Some((field, value)) = label(rows[at].text) else {
            at += 1;
            continue;
        };
        let next = (at + 1..end)
            .find(|next| label(rows[*next].text).is_some())
            .unwrap_or(end);
        let mut parts: Vec<&str> = Some(value).filter(|v| !v.is_empty()).into_iter().collect();
        parts.extend(rows[at + 1..next].iter().map(|row| row.text));
        if field == "title" {
            let labelled = rows.get(next).and_then(|row| label(row.text));
            let title = match labelled {
                Some(("authors", _)) => parts.len(),
                _ => title_lines(&parts, vocabulary),
            };
            fields.push(("title", parts[..title].join(" ")));
            fields.push(("authors", parts[title..].join(" ")));
        } else {
            fields.push((field, parts.join(" ")));
        }
        at = next;
    }
    let text = paragraphs(&rows[end..]);
    if !text.is_empty() {
        fields.push(("abstract", text));
    }
    (fields, left)
}

/// The non-empty lines up to the first that belongs to the page itself, and the
/// longer ones after that.
fn rows<'a>(block: &[Line<'a>]) -> (Vec<Row<'a>>, Vec<Line<'a>>) {
    let mut rows = Vec::new();
    let mut left = Vec::new();
    let mut apart = false;
    let mut closed = false;
    for line in block {
        let text = line.text.trim();
        if text.is_empty() {
            apart = true;
            continue;
        }
        if is_furniture(text) {
            closed = true;
        } else if closed {
            if text.split_whitespace().nth(SPOKEN_OF).is_some() {
                left.push(*line);
            }
        } else if !is_noise(text) && !is_lone_number(text) {
            rows.push(Row { text, apart });
            apart = false;
        }
    }
    (rows, left)
}

/// `[12]`: the number of the next paper on a line of its own.
fn is_lone_number(text: &str) -> bool {
    let inside = text.strip_prefix('[').and_then(|t| t.strip_suffix(']'));
    inside.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// The row where the abstract starts.
fn header_end(rows: &[Row<'_>], first: usize) -> usize {
    let is_label = |at: usize| label(rows[at].text).is_some();
    let mut end = rows.len();
    let mut subjects = false;
    let mut last = first;
    for at in first..rows.len() {
        if let Some((field, value)) = label(rows[at].text) {
            if field == "abstract" {
                return rows.len();
            }
            subjects |= field == "categories";
            last = at;
            end = if value.is_empty() { at + 2 } else { at + 1 };
            continue;
        }
        let (last_field, _) = label(rows[last].text).unwrap_or_default();
        if matches!(last_field, "title" | "authors") {
            // Names may span any number of lines before the next label.
            let more = (at + 1..rows.len()).find(|next| is_label(*next));
            match more {
                Some(next) if next - at <= 40 => continue,
                _ => return end_without_labels(rows, last),
            }
        }
        if at < end {
            continue;
        }
        // Continues an unfinished value.
        let soon = rows[at + 1..]
            .iter()
            .take(2)
            .any(|row| label(row.text).is_some());
        let unfinished = match last_field {
            "categories" => !rows[at - 1].text.ends_with(')') || rows[at - 1].text.ends_with(';'),
            _ => !subjects || soon,
        };
        let prose = shape(rows[at].text) == Shape::Prose && rows[at].text.len() > 100;
        let goes_on = (!rows[at].apart && unfinished && (soon || !prose)) || (soon && !prose);
        if goes_on {
            end = at + 1;
        } else {
            return at;
        }
    }
    end.min(rows.len())
}

/// The end of title and authors if no label follows: prose ends them.
fn end_without_labels(rows: &[Row<'_>], last: usize) -> usize {
    let start = last + 1;
    (start..rows.len())
        .find(|at| *at > start && shape(rows[*at].text) == Shape::Prose)
        .unwrap_or(rows.len())
}

/// How many of the lines between title and labels belong to the title. The last
/// ones are names.
fn title_lines(parts: &[&str], vocabulary: &Vocabulary) -> usize {
    if parts.len() < 2 {
        return parts.len();
    }
    let mut at = parts.len() - 1;
    while at > 1 {
        let before = parts[at - 1];
        let goes_on = before.ends_with(',') || before.ends_with(" and");
        if !(goes_on || names(before, vocabulary) == Names::List) {
            break;
        }
        at -= 1;
    }
    at
}

/// The text of an abstract, with paragraphs separated by empty lines.
fn paragraphs(rows: &[Row<'_>]) -> String {
    let mut out = String::new();
    for row in rows {
        if !out.is_empty() {
            out.push_str(if row.apart { "\n\n" } else { " " });
        }
        out.push_str(row.text);
    }
    out
}
