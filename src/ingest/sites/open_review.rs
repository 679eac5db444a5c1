//! OpenReview lists: a title, names, a line of dates, the venue, and labelled lines
//! if the details are expanded.

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

/// Whether a paper's facts start at a row: its dates, or without them its venue
/// with expandable details.
fn begins(rows: &[Row<'_>], at: usize) -> bool {
    if day(rows[at].text).is_some() {
        return true;
    }
    let opens = |row: &Row<'_>| {
        row.text.starts_with("Readers:") || matches!(row.text, "Show details" | "Hide details")
    };
    let is_venue = |row: &Row<'_>| venue(row.text.trim_start_matches("Submitted to ")).is_some();
    is_venue(&rows[at]) && rows.get(at + 1).is_some_and(opens) && day(rows[at - 1].text).is_none()
}

fn is_button(text: &str) -> bool {
    matches!(
        text,
        "PDF" | "[pdf]" | "[PDF]" | "[download]" | "Download PDF" | "BibTeX"
    )
}

/// Labelled lines that are irrelevant.
fn is_detail(text: &str) -> bool {
    const LABELS: [&str; 9] = [
        "Submission Number:",
        "Supplementary Material:",
        "Code Of Ethics:",
        "Submission Guidelines:",
        "Anonymous Url:",
        "No Acknowledgement Section:",
        "Reciprocal Reviewing:",
        "Student Paper:",
        "Large Language Models:",
    ];
    LABELS.iter().any(|label| text.starts_with(label))
}

/// How many papers the lines show.
pub(super) fn signs(rows: &[Row<'_>]) -> usize {
    (2..rows.len()).filter(|at| begins(rows, *at)).count() * 5
}

/// Reads a list.
pub(super) fn read<'a>(rows: &[Row<'a>], _: &Vocabulary) -> Page<'a> {
    let mut page = Page::default();
    let starts: Vec<usize> = (2..rows.len()).filter(|at| begins(rows, *at)).collect();
    let first = starts.first().map_or(rows.len(), |at| at - 2);
    rows[..first].iter().for_each(|row| page.leave(*row));
    for (n, at) in starts.iter().enumerate() {
        let people = rows[at - 1];
        // A button may come between title and names.
        let title = match at.checked_sub(3) {
            Some(before) if is_button(rows[at - 2].text) => rows[before],
            _ => rows[at - 2],
        };
        let end = starts
            .get(n + 1)
            .map_or(rows.len(), |next| (next - 2).max(at + 1));
        let mut members = vec![
            member("title", title.text),
            member("authors", names(people.text.split([',', ';']))),
        ];
        let said = day(rows[*at].text);
        let published = said.and_then(Day::full);
        members.extend(published.map(|day| member("published", day.to_string())));
        let mut last: Option<(&str, String)> = None;
        let mut has_venue = false;
        for row in &rows[at + usize::from(said.is_some())..end] {
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
            } else if let Some((name, status)) =
                venue(text.trim_start_matches("Submitted to ")).filter(|_| !has_venue)
            {
                has_venue = true;
                members.push(member("venue", name));
                let submitted = text
                    .starts_with("Submitted to ")
                    .then(|| "Submitted".to_owned());
                members.extend(submitted.or(status).map(|status| member("status", status)));
            } else if matches!(
                text,
                "Show details" | "Hide details" | "Revisions" | "Readers: Everyone" | "Everyone"
            ) || is_button(text)
                || text.starts_with("Readers:")
            {
            } else if is_detail(text) {
                members.extend(last.take().map(|(name, value)| member(name, value)));
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
