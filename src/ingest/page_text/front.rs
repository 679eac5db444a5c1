//! The top and bottom of a page: what comes before the first paper, such as its
//! date, curator and title, and after the last one.

use super::chrome::{Chrome, chrome};
use super::form::Form;
use super::layout::{Layout, Sign};
use super::paragraphs::Paragraph;
use super::roles::Role;
use super::shape::Shape;
use crate::ingest::day::Day;

/// What a page says about itself.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Front {
    /// Its title.
    pub(super) title: Option<String>,
    /// Its curator.
    pub(super) curator: Option<String>,
    /// Its date, and the paragraph with the date.
    pub(super) day: Option<(Day, usize)>,
    /// Paragraphs treated as headings although they may be titles.
    pub(super) doubts: Vec<usize>,
}

/// How many paragraphs at the top are searched. The introduction to a page of
/// papers is short.
const TOP: usize = 60;

/// How many entries without an abstract may turn out to be headings.
const MOST_HEADINGS: usize = 8;

/// Finds the top and bottom. Anything there that was mistaken for an entry loses
/// its role.
pub(super) fn front(paragraphs: &[Paragraph], roles: &mut [Role], layout: &Layout) -> Front {
    let mut front = Front::default();
    let by_line = by_line(paragraphs, roles);
    top(paragraphs, roles, layout, by_line, &mut front);
    back(paragraphs, roles, layout);
    let end = first_opener(roles).unwrap_or(roles.len());
    let head = &paragraphs[..end.min(TOP)];
    front.curator = by_line
        .filter(|at| *at < end)
        .and_then(|at| curator(&paragraphs[at].text))
        .map(str::to_owned);
    front.title = head
        .iter()
        .find(|p| {
            names_digest(&p.text) && curator(&p.text).is_none() && Day::parse(&p.text).is_none()
        })
        .map(|p| p.text.clone());
    front.day = day_alone(head)
        .or_else(|| day_within(head))
        .or_else(|| day_alone(paragraphs));
    front
}

fn day_alone(paragraphs: &[Paragraph]) -> Option<(Day, usize)> {
    let mut all = paragraphs.iter().enumerate();
    all.find_map(|(at, p)| match p.form {
        Form::Day(day) => Some((day, at)),
        _ => None,
    })
}

fn day_within(paragraphs: &[Paragraph]) -> Option<(Day, usize)> {
    let mut all = paragraphs.iter().enumerate();
    all.find_map(|(at, p)| Day::find(&p.text).map(|day| (day, at)))
}

fn first_opener(roles: &[Role]) -> Option<usize> {
    roles.iter().position(opens)
}

fn opens(role: &Role) -> bool {
    matches!(role, Role::Opener | Role::Orphan)
}

/// The one line that names a curator, if it is in the right place. If every paper
/// has such a line, it names authors.
fn by_line(paragraphs: &[Paragraph], roles: &[Role]) -> Option<usize> {
    let text = roles.iter().position(|role| *role == Role::Abstract);
    let mut lines = (0..paragraphs.len().min(10 * TOP))
        .filter(|at| roles[*at] != Role::Abstract && curator(&paragraphs[*at].text).is_some());
    let at = lines.next()?;
    // The last title before the first text belongs to that text.
    let alone = lines.next().is_none();
    let titled = text.is_none_or(|text| roles[at + 1..text.max(at + 1)].contains(&Role::Opener));
    (alone && titled && at < TOP).then_some(at)
}

/// The name in "by X" or "Curated by X", which may be run together with "by".
pub(in crate::ingest) fn curator(text: &str) -> Option<&str> {
    const BEFORE: [&str; 9] = [
        "curated by",
        "compiled by",
        "edited by",
        "selected by",
        "collected by",
        "maintained by",
        "picked by",
        "curator:",
        "editor:",
    ];
    if text.len() > 120 {
        return None;
    }
    let named = BEFORE.iter().find_map(|before| {
        let head = text.get(..before.len())?;
        head.eq_ignore_ascii_case(before)
            .then(|| &text[before.len()..])
    });
    let name = match named {
        Some(name) => name,
        None => {
            let rest = text
                .strip_prefix("by")
                .or_else(|| text.strip_prefix("By "))?;
            rest.starts_with(|c: char| {
                c.is_whitespace() || c.is_uppercase() || c == '@' || text.starts_with("By ")
            })
            .then_some(rest)?
        }
    };
    let name = name.trim().trim_end_matches(['.', ':']);
    let words = name.split_whitespace().count();
    ((1..=10).contains(&words) && name.contains(char::is_alphabetic)).then_some(name)
}

/// Whether a short line looks like a digest's title.
fn names_digest(text: &str) -> bool {
    const WORDS: [&str; 16] = [
        "papers",
        "digest",
        "weekly",
        "daily",
        "monthly",
        "newsletter",
        "roundup",
        "reading",
        "picks",
        "highlights",
        "issue",
        "list",
        "listing",
        "seminar",
        "journal club",
        "proceedings",
    ];
    let lower = text.to_lowercase();
    let words = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty());
    let count = words.clone().count();
    (2..=9).contains(&count)
        && chrome(text) != Some(Chrome::Sure)
        && words.clone().any(|word| WORDS.contains(&word))
}

/// Removes entries before the first paper that are headings.
fn top(
    paragraphs: &[Paragraph],
    roles: &mut [Role],
    layout: &Layout,
    by_line: Option<usize>,
    front: &mut Front,
) {
    if matches!(layout.sign, Sign::Label | Sign::Number | Sign::Bullet(_)) {
        return;
    }
    let text = roles
        .iter()
        .position(|role| matches!(role, Role::Abstract | Role::Orphan));
    // The title of the first text, or else the end of the top section.
    let first = match text {
        Some(text) => roles[..text].iter().rposition(opens).unwrap_or(text),
        None => roles.len(),
    };
    let anchor = (0..first.min(TOP))
        .rev()
        .find(|at| is_anchor(&paragraphs[*at], by_line == Some(*at)))
        .filter(|at| roles[..*at].iter().filter(|role| opens(role)).count() <= MOST_HEADINGS);
    for at in 0..first.min(TOP) {
        if !opens(&roles[at]) {
            continue;
        }
        let text = &paragraphs[at].text;
        let words = text.split_whitespace().count();
        let before_anchor = anchor.is_some_and(|anchor| at <= anchor);
        let heading = names_digest(text) || (layout.abstracts && words <= 3);
        if before_anchor || (heading && first_opener(roles) == Some(at)) {
            // A long line above the date may be one of a list of titles.
            if words > 5 && !layout.abstracts || (!before_anchor && !names_digest(text)) {
                front.doubts.push(at);
            }
            demote(roles, at);
        }
    }
    // An introduction above the date.
    if let (Some(0), Some(text)) = (
        first_opener(roles).map(|at| usize::from(roles[at] != Role::Orphan)),
        text,
    ) {
        let later = (text + 1..paragraphs.len().min(TOP))
            .find(|at| is_anchor(&paragraphs[*at], by_line == Some(*at)));
        let next = roles[text + 1..]
            .iter()
            .position(opens)
            .map(|at| text + 1 + at);
        if let (Some(anchor), Some(next)) = (later, next)
            && anchor < next
        {
            front.doubts.push(text);
            demote(roles, text);
        }
    }
}

/// Whether a paragraph occurs only above the first paper.
fn is_anchor(paragraph: &Paragraph, is_by_line: bool) -> bool {
    is_by_line
        || match &paragraph.form {
            Form::Day(_) => true,
            Form::Chrome(chrome) => *chrome == Chrome::Sure,
            _ => false,
        }
}

/// Takes the role from an entry and everything that belongs to it.
fn demote(roles: &mut [Role], at: usize) {
    roles[at] = Role::Page;
    for role in roles[at + 1..].iter_mut().take_while(|role| !opens(role)) {
        // Facts may precede the first title and still belong to it.
        if !matches!(role, Role::Meta | Role::Aside) {
            *role = Role::Page;
        }
    }
}

/// Removes short lines among the menus after the last paper.
fn back(paragraphs: &[Paragraph], roles: &mut [Role], layout: &Layout) {
    if layout.sign != Sign::Shape {
        return;
    }
    let is_chrome = |p: &Paragraph| matches!(p.form, Form::Chrome(_));
    for at in (0..roles.len()).rev().take(TOP) {
        if !matches!(roles[at], Role::Opener) {
            if matches!(roles[at], Role::Abstract | Role::Orphan | Role::Authors) {
                return;
            }
            continue;
        }
        let short = paragraphs[at].text.split_whitespace().count() <= 3;
        let bare = roles[at + 1..].iter().all(|role| *role == Role::Page);
        let beside = paragraphs.get(at + 1).is_none_or(is_chrome)
            && at > 0
            && (is_chrome(&paragraphs[at - 1]) || paragraphs.get(at + 1).is_some());
        let plain_title = paragraphs[at].is_plain() && paragraphs[at].shape != Shape::Title;
        if !short || !bare || !beside || plain_title {
            return;
        }
        roles[at] = Role::Page;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curator_is_named_after_by() {
        for (text, want) in [
            (
                "byAK and the research community",
                Some("AK and the research community"),
            ),
            ("by AK", Some("AK")),
            ("Curated by Jane Doe.", Some("Jane Doe")),
            ("Editor: Jane Doe", Some("Jane Doe")),
            ("By Jane Doe", Some("Jane Doe")),
            ("bypassing the filter", None),
            ("Byzantine Learning", None),
            ("by", None),
        ] {
            assert_eq!(curator(text), want, "{text}");
        }
    }

    #[test]
    fn a_digest_names_itself() {
        for (text, want) in [
            ("Daily Papers", true),
            ("Deep Learning Weekly: Issue 123", true),
            ("Reading group, spring 2025", true),
            ("Get trending papers in your email inbox!", false),
            ("new", false),
            ("StdGEN: Semantic-Decomposed 3D Character Generation", false),
        ] {
            assert_eq!(names_digest(text), want, "{text}");
        }
    }
}
