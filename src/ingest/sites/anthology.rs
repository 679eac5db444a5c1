//! ACL Anthology volumes: buttons, a title, names separated by bars, and perhaps
//! the abstract.

use super::super::page_text::Vocabulary;
use super::{Page, Row, member, names};

/// "pdf bib abs", also on separate lines.
fn is_button(text: &str) -> bool {
    text.split_whitespace().all(|word| {
        matches!(
            word.to_lowercase().as_str(),
            "pdf"
                | "bib"
                | "abs"
                | "video"
                | "code"
                | "data"
                | "dataset"
                | "poster"
                | "slides"
                | "optionalsupplementarymaterial"
                | "supplementarymaterial"
                | "software"
                | "note"
                | "attachment"
        )
    })
}

fn begins(rows: &[Row<'_>], at: usize) -> bool {
    let row = rows[at].text.to_lowercase();
    let next = rows.get(at + 1).map(|row| row.text.to_lowercase());
    row.starts_with("pdf bib") && is_button(rows[at].text)
        || row == "pdf" && next.is_some_and(|next| next == "bib")
}

/// "Year:" with the year on the same line or the next.
fn labelled_year(rows: &[Row<'_>]) -> Option<i16> {
    let at = rows.iter().position(|row| row.text.starts_with("Year:"))?;
    let near = rows[at..].iter().take(2);
    near.flat_map(|row| row.text.split_whitespace())
        .find_map(super::year_of)
}

/// How many papers the lines show.
pub(super) fn signs(rows: &[Row<'_>]) -> usize {
    (0..rows.len()).filter(|at| begins(rows, *at)).count() * 3
}

/// Reads a volume.
pub(super) fn read<'a>(rows: &[Row<'a>], _: &Vocabulary) -> Page<'a> {
    let mut page = Page::default();
    let starts: Vec<usize> = (0..rows.len()).filter(|at| begins(rows, *at)).collect();
    let first = starts.first().copied().unwrap_or(rows.len());
    let volume = rows[..first]
        .iter()
        .find(|row| row.text.contains("Proceedings") || row.text.contains("Findings"));
    for (n, start) in starts.iter().enumerate() {
        let end = starts.get(n + 1).copied().unwrap_or(rows.len());
        let block: Vec<Row<'a>> = rows[*start..end]
            .iter()
            .skip_while(|row| is_button(row.text))
            .copied()
            .collect();
        let Some(title) = block.first() else { continue };
        // The volume itself lists its editors.
        let own =
            title.text.starts_with("Proceedings of") || title.text.starts_with("Findings of the");
        if own && n == 0 {
            page.leave(*title);
            continue;
        }
        let mut members = vec![member("title", title.text)];
        if let Some(people) = block.get(1) {
            members.push(member("authors", names(people.text.split('|'))));
        }
        let text: Vec<&str> = block.iter().skip(2).map(|row| row.text).collect();
        let text = text.join(" ");
        let text = text
            .trim_start_matches("Abstract")
            .trim_start_matches("abs")
            .trim();
        if !text.is_empty() {
            members.push(member("abstract", text));
        }
        if let Some(volume) = volume {
            members.push(member("venue", volume.text));
            members.push(member("kind", "inproceedings"));
            let year = volume
                .text
                .split(|c: char| !c.is_ascii_digit())
                .find_map(super::year_of)
                .or_else(|| labelled_year(&rows[..first]));
            members.extend(year.map(|year| member("year", year)));
        }
        page.papers.push((*title, members));
    }
    page
}
