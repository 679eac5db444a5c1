//! DBLP lists: a number with the kind of paper, buttons, names with a colon, and
//! the title followed by the venue.

use super::super::journal_ref;
use super::super::page_text::Vocabulary;
use super::{Page, Row, member, names, year_of};

/// `[j12]`, `[c5]`, `[i3]`.
fn begins(text: &str) -> Option<char> {
    let inside = text.strip_prefix('[')?.split_once(']')?.0;
    let kind = inside
        .chars()
        .next()
        .filter(|c| "bjceiprsdtn".contains(*c))?;
    let digits = &inside[1..];
    (!digits.is_empty() && digits.len() <= 4 && digits.bytes().all(|b| b.is_ascii_digit()))
        .then_some(kind)
}

/// "Jane Doe, John Roe:", perhaps followed by the title.
fn people(text: &str) -> Option<(&str, &str)> {
    let (people, rest) = text.split_once(':')?;
    let capital = people
        .split([',', ' '])
        .filter(|w| !w.is_empty())
        .all(|word| {
            word.starts_with(char::is_uppercase)
                || word.bytes().all(|b| b.is_ascii_digit())
                || matches!(
                    word,
                    "de" | "van"
                        | "von"
                        | "der"
                        | "den"
                        | "la"
                        | "di"
                        | "del"
                        | "al"
                        | "dos"
                        | "da"
                        | "le"
                )
        });
    let enough = people.split_whitespace().count() >= 2;
    (capital && enough && people.len() < 3_000).then_some((people, rest.trim()))
}

/// How many papers the lines show; each is surrounded by many buttons.
pub(super) fn signs(rows: &[Row<'_>]) -> usize {
    let kinds = rows.iter().filter(|row| begins(row.text).is_some()).count();
    let lists = rows.iter().filter(|row| people(row.text).is_some()).count();
    kinds.min(lists) * 10
}

/// Reads a list.
pub(super) fn read<'a>(rows: &[Row<'a>], _: &Vocabulary) -> Page<'a> {
    let mut page = Page::default();
    let starts: Vec<usize> = (0..rows.len())
        .filter(|at| begins(rows[*at].text).is_some())
        .collect();
    for (n, start) in starts.iter().enumerate() {
        let end = starts.get(n + 1).copied().unwrap_or(rows.len());
        let kind = begins(rows[*start].text).unwrap_or('j');
        let block = &rows[*start + 1..end];
        let head = rows[*start]
            .text
            .split_once(']')
            .map_or("", |(_, rest)| rest.trim());
        let known = |row: &&Row<'_>| {
            let is_address = row.text.contains("://") || row.text.starts_with("persistent URL");
            !is_address && people(row.text).is_some()
        };
        let line = block.iter().position(|row| known(&row));
        let (list, rest, at) = match (people(head), line) {
            (Some((list, rest)), _) => (list, rest, 0),
            (None, Some(at)) => {
                let (list, rest) = people(block[at].text).unwrap_or_default();
                (list, rest, at + 1)
            }
            (None, None) => {
                page.leave(rows[*start]);
                continue;
            }
        };
        // A year's heading follows the last paper of the previous year.
        let body: Vec<&str> = block[at.min(block.len())..]
            .iter()
            .map(|row| row.text)
            .take_while(|text| year_of(text).is_none() && !text.contains(" – "))
            .take(3)
            .collect();
        let whole = format!("{rest} {}", body.join(" "));
        let whole = whole.trim();
        let stop = [". ", "? ", "! "]
            .iter()
            .filter_map(|stop| whole.find(stop))
            .min();
        let (title, place) = match stop {
            Some(at) => {
                let end = if whole[at..].starts_with('.') {
                    at
                } else {
                    at + 1
                };
                (&whole[..end], whole[at + 2..].trim())
            }
            None => (whole.trim_end_matches('.'), ""),
        };
        let mut members = vec![
            member("title", title),
            member("authors", names(list.split(','))),
        ];
        members.extend(place_of(place, kind));
        let url = block
            .iter()
            .find_map(|row| row.text.find("https://").map(|at| &row.text[at..]));
        let url = url.filter(|url| !url.contains("dblp.org"));
        members.extend(url.map(|url| member("url", url)));
        page.papers.push((rows[*start], members));
    }
    page
}

/// `J. Gears 12(3): 45-67 (2024)`, `Light 2023: 1-10`, `CoRR abs/2203.00003 (2022)`.
fn place_of(place: &str, kind: char) -> Vec<(String, serde_json::Value)> {
    if let Some(id) = place.strip_prefix("CoRR abs/") {
        let id = id.split_whitespace().next().unwrap_or_default();
        let year = place
            .split(|c: char| !c.is_ascii_digit())
            .filter_map(year_of)
            .next_back();
        let mut out = vec![member("arxiv", id), member("kind", "preprint")];
        out.extend(year.map(|year| member("year", year)));
        return out;
    }
    if place.is_empty() {
        return Vec::new();
    }
    if kind == 'c' {
        let (name, pages) = place.split_once(':').unwrap_or((place, ""));
        let year = name
            .split(|c: char| !c.is_ascii_digit())
            .filter_map(year_of)
            .next_back();
        let mut out = vec![
            member("venue", name.trim()),
            member("kind", "inproceedings"),
        ];
        out.extend(year.map(|year| member("year", year)));
        let pages = pages.trim();
        if !pages.is_empty() {
            out.push(member("pages", pages));
        }
        return out;
    }
    journal_ref::members(place)
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}
