//! Hugging Face papers: the page of a day, with each paper's submitter, votes,
//! institution, number of authors, stars and comments; and the page of a single
//! paper with its abstract.

use serde_json::{Map, Value, json};

use super::super::day::Day;
use super::super::page_text::{Shape, Vocabulary, shape};
use super::super::value::count;
use super::{Page, Row, member, names};

/// The site's name is within this many lines of the top.
const TOP: usize = 40;

/// How far after a title to search for the lines that reveal a single paper's page.
const NEAR: usize = 16;

/// How many papers the lines show.
pub(super) fn signs(rows: &[Row<'_>]) -> usize {
    let is_here = rows.iter().take(TOP).any(|row| {
        let lower = row.text.to_lowercase();
        row.text.len() < 60 && lower.contains("hugging face")
            || lower.contains("huggingface.co/papers")
    });
    if !is_here {
        return 0;
    }
    let cards = (0..rows.len()).filter(|at| opens_card(rows, *at)).count();
    let single = (1..rows.len()).any(|at| opens_page(rows, at));
    // A single paper is followed by comments of any length.
    cards * 6 + if single { rows.len() } else { 0 }
}

/// "Submitted by" above a card; on a single paper's page it follows a dot.
fn opens_card(rows: &[Row<'_>], at: usize) -> bool {
    let lower = rows[at].text.to_lowercase();
    let below_day = at
        .checked_sub(1)
        .is_some_and(|before| published(rows[before].text).is_some());
    lower.starts_with("submitted by") && rows[at].text.len() < 80 && !below_day
}

/// "Published on Mar 12" below the title of a single paper's page.
fn opens_page(rows: &[Row<'_>], at: usize) -> bool {
    let near = &rows[at..rows.len().min(at + NEAR)];
    let title = at.checked_sub(1).map_or("", |before| rows[before].text);
    published(rows[at].text).is_some()
        && title.contains(char::is_alphanumeric)
        && !is_authors(title)
        && near.iter().skip(1).take(4).any(|row| {
            let lower = row.text.to_lowercase();
            let submitted = lower.strip_prefix('·').map(str::trim_start);
            submitted.is_some_and(|rest| rest.starts_with("submitted by"))
                || matches!(lower.as_str(), "upvote" | "authors:")
        })
        && near
            .iter()
            .any(|row| row.text.to_lowercase().starts_with("upvote"))
}

fn published(text: &str) -> Option<&str> {
    let rest = text
        .trim_start_matches(['·', ' '])
        .strip_prefix("Published on ")?;
    let day = rest.split(" · ").next().unwrap_or(rest).trim();
    Day::parse(day).is_some().then_some(day)
}

/// Reads the page of a day or of a paper.
pub(super) fn read<'a>(rows: &[Row<'a>], _: &Vocabulary) -> Page<'a> {
    let mut page = Page::default();
    let mut at = 0;
    while at < rows.len() {
        if opens_card(rows, at) {
            at = card(rows, at, &mut page);
        } else if at > 0 && opens_page(rows, at) {
            at = single(rows, at, &mut page);
        } else {
            if page.papers.is_empty() && page.day.is_none() {
                page.day = Day::parse(rows[at].text).map(|day| (day, rows[at]));
            } else if !page.papers.is_empty() {
                page.leave(rows[at]);
            }
            at += 1;
        }
    }
    page
}

/// Reads a card and returns the row after it.
fn card<'a>(rows: &[Row<'a>], start: usize, page: &mut Page<'a>) -> usize {
    let mut at = start + 1;
    // The submitter's name is on the same line or the next.
    if rows[start].text.len() <= "Submitted by".len() {
        at += 1;
    }
    let mut metrics = Map::new();
    // The votes and their button may be above it.
    let above = start
        .checked_sub(2)
        .filter(|at| rows[*at].text.eq_ignore_ascii_case("upvote"));
    if let Some(n) = above.and_then(|at| count(rows[at + 1].text)) {
        metrics.insert("upvotes".to_owned(), Value::from(n));
    }
    let mut title: Option<Row<'a>> = None;
    let mut members = Vec::new();
    let mut counts: Vec<(&str, u64)> = Vec::new();
    let mut text: Vec<&str> = Vec::new();
    let mut many = false;
    let mut behind_title: Vec<&str> = Vec::new();
    while at < rows.len() && !opens_card(rows, at) && !ends(rows, at) {
        let row = rows[at];
        at += 1;
        if let Some(n) = count(row.text) {
            match title {
                None => drop(metrics.insert("upvotes".to_owned(), Value::from(n))),
                Some(_) => counts.push((row.text, n)),
            }
        } else if title.is_none() {
            if row.text.contains(char::is_alphanumeric) && !is_button(row.text) {
                title = Some(row);
            }
        } else if let Some(day) = published(row.text) {
            members.push(member("published", day));
        } else if is_authors(row.text) {
            // The institution is between the title and the number of authors.
            if let ([name], false) = (&behind_title[..], many) {
                members.push(organization(name));
            }
            many = true;
        } else if shape(row.text) == Shape::Prose && row.text.split_whitespace().nth(9).is_some() {
            text.push(row.text);
        } else if many && row.text.split_whitespace().nth(4).is_some() {
            page.leave(row);
        } else if row.text.contains(char::is_alphanumeric) && !is_button(row.text) {
            behind_title.push(row.text);
        }
    }
    let Some(title) = title else { return at };
    // The code's stars come before the comments and are given in thousands.
    let stars_alone = counts.len() == 1 && counts[0].0.contains(['k', 'K']);
    match counts[..] {
        [(_, n)] if stars_alone => drop(metrics.insert("stars".to_owned(), Value::from(n))),
        [(_, n)] => drop(metrics.insert("comments".to_owned(), Value::from(n))),
        [(_, stars), (_, comments), ..] => {
            metrics.insert("stars".to_owned(), Value::from(stars));
            metrics.insert("comments".to_owned(), Value::from(comments));
        }
        [] => {}
    }
    members.push(member("title", title.text));
    if !metrics.is_empty() {
        members.push(member("metrics", Value::Object(metrics)));
    }
    if !text.is_empty() {
        members.push(member("abstract", text.join("\n\n")));
    }
    page.papers.push((title, members));
    at
}

/// A paper's institution, repeated because its logo is copied as its name: "Gear
/// Lab Gear Lab". It belongs to the paper as a whole, so it is not an author's
/// affiliation.
fn organization(text: &str) -> (String, Value) {
    let name = text.trim_matches(['·', ' ']);
    let half = name.len() / 2;
    let twice = name.get(..half).filter(|first| {
        let second = name.get(half..).and_then(|rest| rest.strip_prefix(' '));
        second == Some(*first)
    });
    let name = twice.unwrap_or(name);
    member("extra", json!({ "organization": name }))
}

/// Whether a single paper's page or the site's footer starts here.
fn ends(rows: &[Row<'_>], at: usize) -> bool {
    let next_opens = at + 1 < rows.len() && opens_page(rows, at + 1);
    let voted = |row: &Row<'_>| row.text.eq_ignore_ascii_case("upvote");
    next_opens
        || voted(&rows[at])
        || rows[at].text == "Company"
        || rows[at].text.starts_with("Previous") && rows[at].text.len() < 20
}

/// "12 authors", also after a dot.
fn is_authors(text: &str) -> bool {
    let bare = text.trim_start_matches(['·', ' ']);
    let mut words = bare.split_whitespace();
    words.next().is_some_and(|n| count(n).is_some())
        && words.next().is_some_and(|word| word.starts_with("author"))
        && words.next().is_none()
}

fn is_button(text: &str) -> bool {
    matches!(
        text.to_lowercase().as_str(),
        "upvote"
            | "·"
            | "view arxiv page"
            | "view pdf"
            | "project page"
            | "github"
            | "add to collection"
    )
}

/// Reads a single paper's page, where the title is above the date, and returns the
/// row after it.
fn single<'a>(rows: &[Row<'a>], day: usize, page: &mut Page<'a>) -> usize {
    let title = rows[day - 1];
    let mut members = vec![member("title", title.text)];
    if let Some(text) = published(rows[day].text) {
        members.push(member("published", text));
    }
    let id = rows[day.saturating_sub(3)..day].iter().find_map(|row| {
        let id = row
            .text
            .strip_prefix("arxiv:")
            .or_else(|| row.text.strip_prefix("arXiv:"))?;
        id.starts_with(|c: char| c.is_ascii_digit())
            .then(|| id.trim())
    });
    if let Some(id) = id {
        members.push(member("arxiv", id));
        members.push(member(
            "discussion",
            format!("https://huggingface.co/papers/{id}"),
        ));
    }
    let mut metrics = Map::new();
    let mut people: Vec<&str> = Vec::new();
    let mut summary: Vec<&str> = Vec::new();
    let mut text: Vec<&str> = Vec::new();
    let mut within = Part::Head;
    let mut at = day + 1;
    // After the listing date and the rank on that day.
    let mut listed = false;
    let mut place = None;
    while at < rows.len() {
        let row = rows[at];
        let lower = row.text.to_lowercase();
        let before = rows[at - 1].text.to_lowercase();
        let voted = lower.strip_prefix("upvote").map(str::trim).and_then(count);
        at += 1;
        if lower == "community"
            || is_foot(&lower)
            || opens_card(rows, at - 1) && within != Part::Head
        {
            at -= 1;
            break;
        }
        if let Some(n) = count(row.text).filter(|_| before == "upvote").or(voted) {
            metrics.insert("upvotes".to_owned(), Value::from(n));
        } else if let Some(n) = count(row.text).filter(|_| before == "github") {
            metrics.insert("stars".to_owned(), Value::from(n));
        } else if lower == "authors:" || lower == "authors" {
            within = Part::Authors;
        } else if lower == "abstract" {
            within = Part::Abstract;
        } else if lower.starts_with("ai-generated summary") {
            summary.append(&mut text);
        } else if is_button(&lower) || lower.starts_with("github ") {
            within = Part::Foot;
        } else {
            match within {
                Part::Authors => people.push(row.text),
                Part::Abstract => text.push(row.text),
                Part::Head if lower.starts_with("on ") => {
                    listed |= Day::parse(row.text.get(3..).unwrap_or_default()).is_some();
                }
                Part::Head if listed && !lower.starts_with(['#', '·', '+']) => {
                    let named = lower != "upvote" && lower.contains(char::is_alphabetic);
                    place = place.or(Some(row.text).filter(|_| named));
                }
                Part::Head | Part::Foot => {}
            }
        }
    }
    members.extend(place.map(organization));
    let list = people.iter().flat_map(|line| line.split(','));
    let list: Vec<&str> = list.map(str::trim).collect();
    if !list.is_empty() {
        members.push(member("authors", names(list.into_iter())));
    }
    if !metrics.is_empty() {
        members.push(member("metrics", Value::Object(metrics)));
    }
    if !summary.is_empty() {
        members.push(member("tldr", summary.join(" ")));
    }
    if !text.is_empty() {
        members.push(member("abstract", text.join("\n\n")));
    }
    page.papers.push((title, members));
    // Readers' comments, and related items.
    if rows
        .get(at)
        .is_some_and(|row| row.text.eq_ignore_ascii_case("community"))
    {
        at = rows.len();
    }
    at
}

/// The parts of a single paper's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Head,
    Authors,
    Abstract,
    Foot,
}

fn is_foot(lower: &str) -> bool {
    ["models", "datasets", "spaces", "collections"]
        .iter()
        .any(|what| {
            let rest = lower.strip_prefix(what);
            rest.is_some_and(|rest| {
                rest.starts_with(" citing this paper") || rest.starts_with(" including this paper")
            })
        })
}
