//! Pages of single papers in the proceedings of CVF, PMLR and NeurIPS: title,
//! names, volume, abstract, and then buttons or the BibTeX entry. A text may
//! contain several such pages.

use serde_json::Value;

use super::super::page_text::{Names, Vocabulary, names as people};
use super::super::{bibtex, marks};
use super::{Page, Row, member, names, tails};
use crate::text::title_key;

/// What comes right after the abstract, or instead of it.
fn ends(text: &str) -> bool {
    matches!(
        text,
        "Related Material" | "Cite this Paper" | "Name Change Policy"
    ) || text.starts_with("Requests for name changes in the electronic proceedings")
}

/// "Jane Doe, John Roe; Proceedings of it, 2024, pp. 1-10", also without the
/// semicolon.
fn is_place(text: &str) -> bool {
    tails::place(text).is_some_and(|(list, _)| list.contains(' ') && list.len() < 8000)
}

/// "Part of Advances in … 36 (NeurIPS 2023) Main Conference Track".
fn neurips(text: &str) -> Option<&str> {
    let text = text.strip_prefix("Part of ").unwrap_or(text);
    (text.starts_with("Advances in Neural Information Processing Systems")
        && text.split_whitespace().count() <= 14)
        .then_some(text)
}

/// The rows with a paper's volume: a title comes before, and typical parts of such
/// a page after it.
fn places(rows: &[Row<'_>]) -> Vec<usize> {
    let below = |at: usize, most: usize| {
        let near = rows[at + 1..].iter().take(most);
        near.take_while(|row| !is_place(row.text) && neurips(row.text).is_none())
            .any(|row| row.text == "Abstract" || ends(row.text))
    };
    (1..rows.len())
        .filter(|at| {
            let text = rows[*at].text;
            is_place(text) && below(*at, 1)
                || neurips(text).is_some_and(|_| below(*at, 8) && has_end(rows, *at))
        })
        .collect()
}

/// Whether such a page ends, or has its buttons, somewhere after a row.
fn has_end(rows: &[Row<'_>], at: usize) -> bool {
    rows[at..]
        .iter()
        .any(|row| ends(row.text) || row.text.contains("Bibtex") && is_button(row.text))
}

/// How many rows belong to such pages.
pub(super) fn signs(rows: &[Row<'_>]) -> usize {
    match places(rows).len() {
        0 => 0,
        papers => rows.len().max(papers * 3),
    }
}

/// Reads the papers.
pub(super) fn read<'a>(rows: &[Row<'a>], vocabulary: &Vocabulary) -> Page<'a> {
    let mut page = Page::default();
    let places = places(rows);
    let mut from = 0;
    for (n, at) in places.iter().copied().enumerate() {
        let next = places.get(n + 1).map(|next| next - 1);
        let limit = next.map_or(rows.len(), |next| next.max(at + 1));
        let end = rows[at..limit].iter().position(|row| ends(row.text));
        let end = end.map_or(limit, |found| at + found);
        // The names may come before the volume as well.
        let is_turned = at > from + 1
            && neurips(rows[at].text).is_some()
            && people(rows[at - 1].text, vocabulary) == Names::List
            && !rows[at..end].iter().any(|row| row.text == "Authors");
        let first = at - 1 - usize::from(is_turned);
        let title = rows[first];
        let above = rows[from.min(first)..first].iter();
        above
            .filter(|row| !is_notice(row.text))
            .for_each(|row| page.leave(*row));
        let mut members = match neurips(rows[at].text) {
            Some(volume) => {
                let mut said = rows[first + 1..at].to_vec();
                said.extend(&rows[at + 1..end]);
                of_neurips(title, volume, &said)
            }
            None => tails::paper(title.text, rows[at].text, None, vocabulary),
        };
        // Browsers put each paragraph on one line.
        let text = rows[at + 1..end]
            .iter()
            .skip_while(|row| row.text != "Abstract")
            .skip(1);
        let text: Vec<&str> = text.map(|row| row.text).collect();
        if !text.is_empty() {
            let text = text.join("\n\n");
            members.push(member("abstract", marks::prose(&text).into_owned()));
        }
        let shown: Vec<&str> = rows[end..limit].iter().map(|row| row.text).collect();
        page.papers
            .push((title, with_entry(members, &shown.join("\n"))));
        from = limit;
    }
    page
}

/// CVF's copyright notice.
fn is_notice(text: &str) -> bool {
    [
        "These ",
        "Except for the watermark",
        "This material is presented to ensure",
        "All persons copying this information",
    ]
    .iter()
    .any(|begin| text.starts_with(begin))
}

/// What a NeurIPS page has between title and abstract.
fn of_neurips(title: Row<'_>, volume: &str, rows: &[Row<'_>]) -> Vec<(String, Value)> {
    let mut members = vec![member("title", title.text)];
    let rows: Vec<&str> = rows
        .iter()
        .map(|row| row.text)
        .take_while(|text| *text != "Abstract")
        .filter(|text| !is_button(text))
        .collect();
    for text in rows {
        let lower = text.to_ascii_lowercase();
        if let Some(doi) = lower.strip_prefix("doi").filter(|doi| doi.contains("10.")) {
            let doi = doi.trim_start_matches([':', ' ']);
            members.push(member("doi", doi));
        } else if !lower.starts_with("edited by") {
            let list = text.replace(" and ", ", ");
            members.push(member("authors", names(list.split(','))));
        }
    }
    members.extend(tails::neurips_volume(volume));
    members
}

/// "Bibtex Paper Supplemental", "Authors".
fn is_button(text: &str) -> bool {
    text.split_whitespace().all(|word| {
        matches!(
            word,
            "Bibtex"
                | "BibTeX"
                | "Paper"
                | "Supplemental"
                | "AuthorFeedback"
                | "MetaReview"
                | "Metadata"
                | "Review"
                | "Reviews"
                | "»"
                | "Authors"
                | "Track"
                | "Conference"
                | "Main"
                | "Datasets"
                | "and"
                | "Benchmarks"
        )
    })
}

/// Adds the values of the paper's BibTeX entry, if the page shows it. The entry
/// wins, since it has the parts of names.
fn with_entry(members: Vec<(String, Value)>, text: &str) -> Vec<(String, Value)> {
    let get = |members: &[(String, Value)], name: &str| {
        let found = members.iter().find(|(field, _)| field == name);
        found.and_then(|(_, value)| value.as_str().map(title_key))
    };
    let Some(mut found) = bibtex::first_entry(text) else {
        return members;
    };
    if get(&found, "title") != get(&members, "title") {
        return members;
    }
    let day = |name: &str| matches!(name, "year" | "published");
    for (name, value) in members {
        let said = |(field, _): &(String, Value)| *field == name || day(field) && day(&name);
        if !found.iter().any(said) {
            found.push((name, value));
        }
    }
    found
}
