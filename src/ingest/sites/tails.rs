//! Proceedings in which each paper ends with a line of bracketed links: CVF's Open
//! Access and PMLR. NeurIPS only alternates titles and names.

use serde_json::Value;

use super::super::journal_ref;
use super::super::page_text::{Names, Shape, Vocabulary, names as people, shape};
use super::{Page, Row, member, names, year_of};

/// `[pdf] [supp] [arXiv]`, `[abs][Download PDF][OpenReview]`, `[bibtex]`.
fn is_tail(text: &str) -> bool {
    let mut rest = text.trim();
    let mut any = false;
    while let Some(inside) = rest.strip_prefix('[') {
        let Some((name, behind)) = inside.split_once(']') else {
            return false;
        };
        let known = matches!(
            name.trim().to_lowercase().as_str(),
            "pdf"
                | "supp"
                | "arxiv"
                | "bibtex"
                | "abs"
                | "download pdf"
                | "openreview"
                | "supplementary pdf"
                | "supplementary"
                | "software"
                | "video"
                | "poster"
                | "dataset"
                | "code"
                | "supplementary zip"
                | "other files"
                | "paper"
                | "bib"
        );
        if !known {
            return false;
        }
        any = true;
        rest = behind.trim_start();
    }
    any && (rest.is_empty() || rest.starts_with('@'))
}

/// How many papers the lines show.
pub(super) fn signs(rows: &[Row<'_>]) -> usize {
    let ends = (1..rows.len()).filter(|at| is_tail(rows[*at].text) && !is_tail(rows[at - 1].text));
    ends.count() * 3
}

/// Reads the proceedings.
pub(super) fn read<'a>(rows: &[Row<'a>], vocabulary: &Vocabulary) -> Page<'a> {
    let mut page = Page::default();
    let mut from = 0;
    let head = rows.iter().take(4).map(|row| row.text).find(|text| {
        text.split(|c: char| !c.is_ascii_digit())
            .any(|word| year_of(word).is_some())
    });
    for at in 0..rows.len() {
        if !is_tail(rows[at].text) {
            continue;
        }
        if at >= from + 2 {
            let line = rows[at - 1];
            let title = rows[at - 2];
            rows[from..at - 2].iter().for_each(|row| page.leave(*row));
            page.papers
                .push((title, paper(title.text, line.text, head, vocabulary)));
        } else {
            rows[from..at].iter().for_each(|row| page.leave(*row));
        }
        from = at + 1;
    }
    // A BibTeX entry may be expanded below its button.
    rows[from..].iter().for_each(|row| page.leave(*row));
    page
}

/// Names and the venue after them: "Jane Doe, John Roe; Proceedings of it", also
/// without the semicolon.
pub(super) fn place(line: &str) -> Option<(&str, &str)> {
    let parted = line
        .split_once("; ")
        .or_else(|| line.split_once(" ;"))
        .or_else(|| line.split_once(";"));
    let (list, place) = parted.or_else(|| {
        let at = line.find(" Proceedings of ")?;
        Some((&line[..at], &line[at + 1..]))
    })?;
    let place = place.trim();
    place
        .starts_with("Proceedings of ")
        .then_some((list.trim_end_matches([',', ' ']), place))
}

pub(super) fn paper(
    title: &str,
    line: &str,
    head: Option<&str>,
    vocabulary: &Vocabulary,
) -> Vec<(String, Value)> {
    let mut members = vec![member("title", title)];
    let (list, place) = place(line)
        .or_else(|| line.split_once("; "))
        .unwrap_or((line, ""));
    if people(list, vocabulary) != Names::No || !place.is_empty() || shape(list) != Shape::Prose {
        members.push(member("authors", names(list.split(','))));
    }
    if place.is_empty() {
        if let Some(head) = head {
            let year = head.split(|c: char| !c.is_ascii_digit()).find_map(year_of);
            let venue = head.split(" Open Access").next().unwrap_or(head);
            if venue.split_whitespace().count() <= 12 {
                members.push(member("venue", venue));
            }
            members.extend(year.map(|year| member("year", year)));
        }
    } else {
        let found = journal_ref::members(place);
        let has_year = found.iter().any(|(name, _)| *name == "year");
        members.extend(
            found
                .into_iter()
                .map(|(name, value)| match (name, value.as_str()) {
                    // The year has its own field.
                    ("venue", Some(venue)) => member(name, without_year(venue)),
                    _ => (name.to_owned(), value),
                }),
        );
        let year =
            head.and_then(|head| head.split(|c: char| !c.is_ascii_digit()).find_map(year_of));
        members.extend(year.filter(|_| !has_year).map(|year| member("year", year)));
    }
    members
}

/// "Proceedings of it (CVPR), 2023" without its year.
fn without_year(venue: &str) -> &str {
    match venue.rsplit_once(", ") {
        Some((name, year)) if year_of(year).is_some() => name,
        _ => venue,
    }
}

fn is_neurips(text: &str) -> bool {
    text.starts_with("Advances in Neural Information Processing Systems")
}

/// What "Advances in … 36 (NeurIPS 2023)" says about each of its papers.
pub(super) fn neurips_volume(text: &str) -> Vec<(String, Value)> {
    let year = text.split(|c: char| !c.is_ascii_digit()).find_map(year_of);
    let name = text.split(" (").next().unwrap_or(text);
    let number = name
        .rsplit(' ')
        .next()
        .filter(|n| n.bytes().all(|b| b.is_ascii_digit()));
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let mut members = vec![member("venue", name), member("kind", "inproceedings")];
    members.extend(number.map(|n| member("volume", n)));
    members.extend(year.map(|year| member("year", year)));
    members
}

/// How many papers a NeurIPS page shows.
pub(super) fn neurips_signs(rows: &[Row<'_>]) -> usize {
    let heads = rows.iter().take(20).any(|row| is_neurips(row.text));
    if heads && rows.len() > 2 {
        rows.len() / 2
    } else {
        0
    }
}

/// Reads a NeurIPS page: titles and names, on two lines or on one.
pub(super) fn read_neurips<'a>(rows: &[Row<'a>], vocabulary: &Vocabulary) -> Page<'a> {
    let mut page = Page::default();
    let start = rows
        .iter()
        .position(|row| is_neurips(row.text))
        .map_or(0, |at| at + 1);
    let venue = rows.get(start.saturating_sub(1)).map_or("", |row| row.text);
    let volume = neurips_volume(venue);
    let mut at = start;
    while at < rows.len() {
        let row = rows[at];
        let is_track = matches!(
            row.text,
            "Conference"
                | "Main Conference Track"
                | "Datasets and Benchmarks Track"
                | "Journal Track"
        );
        if is_track || row.text.starts_with("Edited by") || row.text.starts_with("Part of ") {
            at += 1;
            continue;
        }
        let next = rows
            .get(at + 1)
            .filter(|next| people(next.text, vocabulary) != Names::No);
        let (title, list) = match next {
            Some(next) if people(row.text, vocabulary) != Names::List => {
                at += 2;
                (row.text.to_owned(), Some(next.text.to_owned()))
            }
            _ => {
                at += 1;
                match glued(row.text, vocabulary) {
                    Some((title, list)) => (title, Some(list)),
                    None => (row.text.to_owned(), None),
                }
            }
        };
        let title = title
            .trim_end_matches(" Main Conference Track")
            .trim_end_matches(" Datasets and Benchmarks Track")
            .trim_end_matches(" Conference");
        let mut members = vec![member("title", title)];
        if let Some(list) = list {
            let list = list.replace(" and ", ", ");
            members.push(member("authors", names(list.split(','))));
        }
        members.extend(volume.iter().cloned());
        page.papers.push((row, members));
    }
    page
}

/// "A Title of It Jane Doe, John Roe": the names start two or more words before the
/// first comma.
fn glued(text: &str, vocabulary: &Vocabulary) -> Option<(String, String)> {
    let comma = text.find(", ").unwrap_or(text.len());
    let words: Vec<(usize, &str)> = text[..comma]
        .split_whitespace()
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
        .collect();
    for size in [2, 3, 4] {
        let at = words.len().checked_sub(size)?;
        let start = words.get(at)?.0;
        let tail = &text[start..];
        let plain =
            |word: &str| vocabulary.is_plain(word.trim_matches(|c: char| !c.is_alphabetic()));
        let first = words[at].1;
        let title = text[..start].trim();
        let fits = people(tail, vocabulary) != Names::No
            && !plain(first)
            && title.split_whitespace().count() >= 1;
        // A middle name or an initial is part of the name.
        let before = words.get(at.wrapping_sub(1)).map_or("", |(_, word)| word);
        let more = before.ends_with('.') && before.len() <= 3;
        if fits && !more {
            return Some((title.to_owned(), tail.to_owned()));
        }
    }
    None
}
