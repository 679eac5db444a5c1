//! Semantic Scholar results: a title, names, fields of study, a venue, a date, an
//! expandable summary, and buttons.

use serde_json::json;

use super::super::day::Day;
use super::super::page_text::{Shape, Vocabulary, shape};
use super::super::value::count;
use super::{Page, Row, member, names, year_of};
use crate::model::{is_others, without_others};

fn is_button(text: &str) -> bool {
    matches!(
        text.to_lowercase().as_str(),
        "save"
            | "alert"
            | "cite"
            | "pdf"
            | "[pdf]"
            | "view on"
            | "more"
            | "view paper"
            | "view via publisher"
            | "collapse"
            | "highly influential"
            | "expand"
    ) || text.starts_with("[PDF]")
        || text.starts_with("View via ")
        || text.starts_with("View on ")
        || text.starts_with("View PDF")
}

/// How many results the lines show; each has a characteristic button.
pub(super) fn signs(rows: &[Row<'_>]) -> usize {
    let named = |name: &str| rows.iter().filter(|row| row.text == name).count();
    named("Alert").min(named("Save")) * 6
}

/// Reads the results.
pub(super) fn read<'a>(rows: &[Row<'a>], _: &Vocabulary) -> Page<'a> {
    let mut page = Page::default();
    let mut segment: Vec<Row<'a>> = Vec::new();
    let mut saved = false;
    for row in rows {
        if is_button(row.text) {
            saved |= matches!(row.text, "Save" | "Alert" | "Cite");
            continue;
        }
        if saved {
            take(&mut page, &segment);
            segment.clear();
            saved = false;
        }
        segment.push(*row);
    }
    if saved {
        take(&mut page, &segment);
    } else {
        segment.into_iter().for_each(|row| page.leave(row));
    }
    page
}

fn take<'a>(page: &mut Page<'a>, segment: &[Row<'a>]) {
    // Lines above the first result belong to the page.
    let top = segment.iter().rposition(|row| {
        row.text.starts_with("Sort by ")
            || row.text.starts_with("About ") && row.text.contains(" results")
    });
    let segment = &segment[top.map_or(0, |at| at + 1)..];
    let first = (1..segment.len()).find(|at| people(segment[*at].text).is_some());
    let Some(at) = first else {
        segment.iter().for_each(|row| page.leave(*row));
        return;
    };
    let title = segment[at - 1];
    let mut members = vec![member("title", title.text)];
    // Names may be on separate lines, with "+3 authors" in between.
    let mut list = people(segment[at].text).unwrap_or_default();
    let mut cut = segment[at].text.contains('+') || without_others(segment[at].text).1;
    let mut at = at;
    while let Some(row) = segment.get(at + 1) {
        if is_more(row.text) {
            cut = true;
        } else if let Some(more) = people(row.text).filter(|more| more.len() == 1) {
            list.extend(more);
        } else {
            break;
        }
        at += 1;
    }
    if cut {
        list.push("et al.".to_owned());
    }
    members.push(member("authors", names(list.into_iter())));
    let mut venue = None;
    let mut text: Vec<&str> = Vec::new();
    for row in &segment[at + 1..] {
        let text_of = row.text.trim_end_matches("Expand").trim();
        if let Some(year) = year_of(row.text) {
            members.push(member("year", year));
        } else if let Some(date) = Day::parse(row.text).and_then(Day::full) {
            members.push(member("published", date.to_string()));
        } else if let Some(n) = count(row.text.trim_end_matches(" Citations")) {
            members.push(member("metrics", json!({ "citations": n })));
        } else if matches!(row.text, "TLDR" | "Abstract") || is_study(row.text) {
        } else if row.text.ends_with("Expand") || shape(text_of) == Shape::Prose {
            text.push(text_of.trim_start_matches("TLDR").trim());
        } else if venue.is_none() && text.is_empty() {
            let name = row.text.trim_start_matches("Published in ");
            venue = Some(name);
        } else {
            page.leave(*row);
        }
    }
    match venue {
        Some(name) if ["arxiv", "arxiv.org"].contains(&name.to_lowercase().as_str()) => {
            members.push(member("kind", "preprint"))
        }
        _ => members.extend(venue.map(|name| member("venue", name))),
    }
    if !text.is_empty() {
        members.push(member("abstract", text.join(" ")));
    }
    page.papers.push((title, members));
}

/// "+3 authors" on a line of its own.
fn is_more(text: &str) -> bool {
    text.starts_with(['+', '…', 'a']) && is_others(text)
}

/// Names, perhaps run together: "Jane DoeJohn Roe+2 authors Ann Poe".
fn people(text: &str) -> Option<Vec<String>> {
    let text = without_others(text).0;
    let mut spaced = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    for c in text.chars() {
        if (before.is_lowercase() || before == '.') && c.is_uppercase() && before != ' ' {
            // "McDonald" and "DeVries" are single words.
            let word: String = spaced
                .chars()
                .rev()
                .take_while(|c| c.is_alphabetic())
                .collect();
            if word.chars().count() > 2 {
                spaced.push_str(", ");
            }
        }
        if c == '+' {
            spaced.push_str(", ");
        }
        spaced.push(c);
        before = c;
    }
    let mut list: Vec<String> = Vec::new();
    for part in spaced.split(", ") {
        let part = part.trim().trim_end_matches(',');
        let part = match part
            .strip_prefix('+')
            .and_then(|rest| rest.split_once(" author"))
        {
            Some((_, last)) => last.strip_prefix('s').unwrap_or(last).trim(),
            None => part,
        };
        if part.is_empty() {
            continue;
        }
        let words = part.split_whitespace().count();
        let capital = part.split_whitespace().all(|word| {
            word.starts_with(char::is_uppercase)
                || matches!(
                    word,
                    "de" | "van" | "von" | "der" | "den" | "la" | "di" | "del" | "al"
                )
        });
        let letters = part
            .chars()
            .all(|c| c.is_alphabetic() || " .-'’".contains(c));
        if !(2..=5).contains(&words) || !capital || !letters {
            return None;
        }
        list.push(part.to_owned());
    }
    let plain = list.iter().all(|name| is_study(name));
    (!list.is_empty() && !plain).then_some(list)
}

fn is_study(text: &str) -> bool {
    const FIELDS: [&str; 23] = [
        "computer science",
        "engineering",
        "medicine",
        "mathematics",
        "physics",
        "biology",
        "chemistry",
        "psychology",
        "economics",
        "business",
        "sociology",
        "political science",
        "philosophy",
        "geography",
        "geology",
        "history",
        "art",
        "materials science",
        "environmental science",
        "linguistics",
        "education",
        "law",
        "agricultural and food sciences",
    ];
    text.to_lowercase()
        .split(", ")
        .all(|part| FIELDS.contains(&part))
}
