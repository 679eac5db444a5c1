//! Google Scholar results: a title, a line with names, venue, year and publisher,
//! an excerpt, and counts.

use serde_json::json;

use super::super::page_text::Vocabulary;
use super::{Page, Row, bare_title, member, names, year_of};

/// `J Doe, J Roe… - Journal of Gears, 2024 - gears.example`.
fn by_line(text: &str) -> Option<(&str, &str, i16)> {
    let parts: Vec<&str> = text.split(" - ").collect();
    let (people, place) = match parts[..] {
        [people, place] | [people, place, _] => (people, place),
        [people, _, place, _] => (people, place),
        _ => return None,
    };
    let last = place.rsplit([',', ' ']).next()?;
    let year = year_of(last)?;
    let venue = place[..place.len() - last.len()]
        .trim()
        .trim_end_matches([',', ' ']);
    let short = people.split_whitespace().count() <= 30 && people.starts_with(char::is_uppercase);
    short.then_some((people, venue, year))
}

/// The names; the site truncates long lists.
fn authors(people: &str) -> Vec<&str> {
    let mut list: Vec<&str> = people.split([',', '…']).collect();
    if people.contains('…') {
        list.push("et al.");
    }
    list
}

/// "Save Cite Cited by 12 Related articles All 3 versions".
fn counts(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.starts_with("save cite")
        || lower.starts_with("cited by ")
        || lower.contains("related articles")
        || lower.starts_with("☆ ")
}

/// How many results the lines show.
pub(super) fn signs(rows: &[Row<'_>]) -> usize {
    let ends = rows.iter().filter(|row| counts(row.text)).count();
    let by_lines = rows
        .iter()
        .filter(|row| by_line(row.text).is_some())
        .count();
    ends.min(by_lines) * 4
}

/// Reads the results.
pub(super) fn read<'a>(rows: &[Row<'a>], _: &Vocabulary) -> Page<'a> {
    let mut page = Page::default();
    let mut last_end = 0;
    let starts: Vec<usize> = (1..rows.len())
        .filter(|at| by_line(rows[*at].text).is_some() && !counts(rows[at - 1].text))
        .collect();
    for (n, at) in starts.iter().enumerate() {
        let Some((people, venue, year)) = by_line(rows[*at].text) else {
            continue;
        };
        let title = rows[at - 1];
        for row in &rows[last_end.min(at - 1)..at - 1] {
            page.leave(*row);
        }
        let next = starts
            .get(n + 1)
            .map_or(rows.len(), |next| (next - 1).max(at + 1));
        let mut members = vec![
            member("title", bare_title(title.text)),
            member("authors", names(authors(people).into_iter())),
            member("year", year),
        ];
        if title.text.starts_with("[BOOK]") || title.text.starts_with("[B]") {
            members.push(member("kind", "book"));
        }
        let whole = !venue.contains('…') && !venue.is_empty();
        if whole {
            members.push(member("venue", venue));
        }
        let mut text: Vec<&str> = Vec::new();
        let mut end = at + 1;
        for row in &rows[at + 1..next] {
            end += 1;
            if counts(row.text) {
                let lower = row.text.to_lowercase();
                let cited = lower.split("cited by ").nth(1);
                let number = cited.and_then(|rest| rest.split_whitespace().next());
                let number = number.and_then(|n| n.replace(',', "").parse::<u64>().ok());
                members.extend(number.map(|n| member("metrics", json!({ "citations": n }))));
                break;
            }
            text.push(row.text);
        }
        if !text.is_empty() {
            members.push(member("abstract", text.join(" ")));
        }
        last_end = end;
        page.papers.push((title, members));
    }
    page
}
