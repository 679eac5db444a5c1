//! Lists of OpenReview: a title, names, a line of days, the venue, and labelled
//! lines where the details are open.

use super::super::day::Day;
use super::super::page_text::{Label, Vocabulary, label, venue};
use super::{Page, Row, member, names};

/// "Published: 16 Jan 2024, Last Modified: 05 Mar 2024" and
/// "22 Sept 2023 (modified: 11 Feb 2024)".
fn day(text: &str) -> Option<Day> {
    let lower = text.to_lowercase();
    if !lower.contains("modified:") || text.len() > 120 {
        return None;
    }
    let rest = text
        .trim_start_matches("Published:")
        .trim_start_matches("Submitted:");
    Day::starting(rest.trim())
}

/// How many papers the lines show.
pub(super) fn signs(rows: &[Row<'_>]) -> usize {
    let days = (2..rows.len()).filter(|at| day(rows[*at].text).is_some());
    days.count() * 5
}

/// Reads a list.
pub(super) fn read<'a>(rows: &[Row<'a>], _: &Vocabulary) -> Page<'a> {
    let mut page = Page::default();
    let starts: Vec<usize> = (2..rows.len())
        .filter(|at| day(rows[*at].text).is_some())
        .collect();
    let first = starts.first().map_or(rows.len(), |at| at - 2);
    rows[..first].iter().for_each(|row| page.leave(*row));
    for (n, at) in starts.iter().enumerate() {
        let (title, people) = (rows[at - 2], rows[at - 1]);
        let end = starts
            .get(n + 1)
            .map_or(rows.len(), |next| (next - 2).max(at + 1));
        let mut members = vec![
            member("title", title.text),
            member("authors", names(people.text.split([',', ';']))),
        ];
        let published = day(rows[*at].text).and_then(Day::full);
        members.extend(published.map(|day| member("published", day.to_string())));
        let mut last: Option<(&str, String)> = None;
        for row in &rows[at + 1..end] {
            let text = row.text;
            if let Some((found, value)) = label(text) {
                members.extend(last.take().map(|(name, value)| member(name, value)));
                last = match found {
                    Label::Abstract => Some(("abstract", value.to_owned())),
                    Label::Summary => Some(("tldr", value.to_owned())),
                    Label::Keywords => Some(("keywords", value.to_owned())),
                    Label::Categories => Some(("categories", value.to_owned())),
                    _ => None,
                };
            } else if let Some((name, status)) = venue(text.trim_start_matches("Submitted to ")) {
                members.push(member("venue", name));
                let submitted = text
                    .starts_with("Submitted to ")
                    .then(|| "Submitted".to_owned());
                members.extend(submitted.or(status).map(|status| member("status", status)));
            } else if matches!(
                text,
                "Show details" | "Hide details" | "PDF" | "Readers: Everyone" | "Everyone"
            ) || text.starts_with("Readers:")
            {
            } else if let Some((_, value)) = &mut last {
                if !value.is_empty() {
                    value.push(' ');
                }
                value.push_str(text);
            } else {
                page.leave(*row);
            }
        }
        members.extend(last.map(|(name, value)| member(name, value)));
        page.papers.push((title, members));
    }
    page
}
