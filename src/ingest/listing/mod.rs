//! arXiv's listings and e-mails: papers as blocks of lines below their identifiers.
//! The website and the e-mails have different layouts and separate readers.

mod furniture;
mod mail;
mod page;

use serde_json::Value;

use super::lines::{Line, lines};
use super::named::{Found, Members, Named};
use super::page_text::Vocabulary;
use super::tally::ImportTally;
use super::{Format, Request, journal_ref, signatures};
use crate::diagnostics::Diagnostic;
use crate::model::Date;

/// The longest block, in lines.
const MAX_LINES: usize = 2_000;

/// Line labels and their fields; empty if we have no field for it.
const LABELS: [(&str, &str); 24] = [
    ("Title:", "title"),
    ("Authors:", "authors"),
    ("Author:", "authors"),
    ("Subjects:", "categories"),
    ("Subject:", "categories"),
    ("Categories:", "categories"),
    ("Comments:", "comment"),
    ("Comment:", "comment"),
    ("Journal-ref:", "journal"),
    ("Journal ref:", "journal"),
    ("Journal reference:", "journal"),
    ("DOI:", "doi"),
    ("Related DOI:", "doi"),
    ("License:", "license"),
    ("Date:", "published"),
    ("Abstract:", "abstract"),
    ("Report-no:", ""),
    ("Report number:", ""),
    ("MSC-class:", ""),
    ("MSC classes:", ""),
    ("ACM-class:", ""),
    ("ACM classes:", ""),
    ("Proxy:", ""),
    ("Cite as:", ""),
];

/// The field a line's label names, and the value.
fn label(text: &str) -> Option<(&'static str, &str)> {
    LABELS
        .iter()
        .find_map(|(label, field)| Some((*field, text.strip_prefix(label)?.trim())))
}

/// A paper's values by field name.
type LabelledValues = Vec<(&'static str, String)>;

/// Whether a text is such a listing or e-mail.
pub(super) fn detect(head: &str) -> Option<(Format, &'static str)> {
    let all: Vec<&str> = lines(head)
        .map(|line| line.text.trim())
        .filter(|line| !line.is_empty())
        .take(400)
        .collect();
    let starts = all.iter().filter(|line| identifier(line).is_some()).count();
    let titles = all.iter().filter(|line| line.starts_with("Title:")).count();
    (starts > 0 && titles > 0 && starts <= titles * 3).then_some((
        Format::ArxivListing,
        "arXiv identifiers with `Title:` below them",
    ))
}

/// The identifier on a line that starts a paper: `arXiv:2510.12345`, perhaps with a
/// number before it and small markers after it.
fn identifier(line: &str) -> Option<&str> {
    let line = line.trim();
    let rest = match line.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?.1.trim_start(),
        None => line,
    };
    let rest = rest.strip_prefix("arXiv:").or_else(|| {
        rest.strip_prefix("Paper: ")
            .map(|rest| rest.trim_start_matches("arXiv:"))
    })?;
    let end = rest.find(|c: char| c.is_whitespace()).unwrap_or(rest.len());
    let (id, tail) = rest.split_at(end);
    let tail = tail.trim();
    let is_marks = tail.is_empty() || tail.starts_with(['[', '(']);
    (is_marks && id.len() >= 7 && id.bytes().any(|b| b.is_ascii_digit())).then_some(id)
}

/// The lines of one paper, and the date under which it is listed.
struct Block<'a> {
    lines: Vec<Line<'a>>,
    day: Option<Date>,
}

/// Reads a decoded listing.
pub(super) fn read(request: &Request<'_>, text: &str, tally: &mut ImportTally) {
    let mut named = Named::new(request, tally);
    let mut vocabulary = Vocabulary::default();
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut day = None;
    let mut days = std::collections::BTreeSet::new();
    for line in lines(text) {
        let begins = identifier(line.text).is_some();
        if begins {
            blocks.push(Block {
                lines: vec![line],
                day,
            });
            continue;
        }
        if let Some(found) = furniture::day(line.text.trim()) {
            day = Some(found);
            days.insert(found);
        }
        vocabulary.learn(line.text);
        let Some(block) = blocks.last_mut() else {
            continue;
        };
        if block.lines.len() == MAX_LINES {
            let message =
                format!("a paper with more than {MAX_LINES} lines; the rest of it is left out");
            let place = tally.line(line.number, line.text);
            tally.say(Diagnostic::warning("block-too-long", message).at(place));
        }
        if block.lines.len() <= MAX_LINES {
            block.lines.push(line);
        }
    }
    let several = days.len() > 1;
    for block in &blocks {
        let listed = block.day.filter(|_| several);
        take(&mut named, tally, block, listed, &vocabulary);
    }
    named.close(request, tally, days.last().copied());
}

fn take(
    named: &mut Named,
    tally: &mut ImportTally,
    block: &Block<'_>,
    listed: Option<Date>,
    vocabulary: &Vocabulary,
) {
    let first = block.lines[0];
    let is_mail = block.lines.iter().any(|line| line.text.starts_with("\\\\"));
    let fields = if is_mail {
        mail::fields(&block.lines)
    } else {
        let (fields, left) = page::fields(&block.lines, vocabulary);
        for line in left {
            let said = Diagnostic::note("left-out", "not part of any paper");
            tally.say(said.at(tally.line(line.number, line.text)));
        }
        fields
    };
    let mut members = members(identifier(first.text).unwrap_or_default(), fields);
    members.extend(listed.map(|day| ("listed".to_owned(), Value::from(day.to_string()))));
    let found = Found {
        source: tally.reading.format.source(),
        line: first.number,
        text: first.text,
        members,
        unknown: Vec::new(),
    };
    named.take(tally, found, |_| {});
}

fn members(id: &str, fields: LabelledValues) -> Members {
    let mut members: Members = vec![("arxiv".to_owned(), Value::from(id))];
    for (field, value) in fields
        .into_iter()
        .filter(|(field, value)| !field.is_empty() && !value.is_empty())
    {
        let value = match field {
            "categories" => Value::from(categories(&value)),
            "authors" => signatures::authors(&value),
            "published" => Value::from(value.split(" (").next().unwrap_or_default()),
            "license" => Value::from(value.split_whitespace().next().unwrap_or_default()),
            "journal" => {
                let all = journal_ref::members(&value).into_iter();
                members.extend(all.map(|(field, value)| (field.to_owned(), value)));
                continue;
            }
            _ => Value::from(value),
        };
        members.push((field.to_owned(), value));
    }
    members
}

/// `cs.LG cs.AI`, or `Machine Learning (cs.LG); Artificial Intelligence (cs.AI)`.
fn categories(text: &str) -> Vec<String> {
    if text.contains('(') {
        let inner = text
            .split('(')
            .skip(1)
            .filter_map(|part| part.split(')').next());
        return inner.map(|code| code.trim().to_owned()).collect();
    }
    text.split([' ', ';', ','])
        .filter(|code| !code.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_begin_with_their_identifier() {
        assert_eq!(
            identifier("[1] arXiv:2510.12345 [pdf, html, other]"),
            Some("2510.12345")
        );
        assert_eq!(identifier("arXiv:2510.12345"), Some("2510.12345"));
        assert_eq!(identifier("arXiv:hep-th/9901001"), Some("hep-th/9901001"));
        assert_eq!(identifier("arXiv:2510.12345 shows that"), None);
        assert_eq!(identifier("Comments: arXiv:2510.12345"), None);
    }

    #[test]
    fn categories_are_codes() {
        assert_eq!(
            categories("Machine Learning (cs.LG); AI (cs.AI)"),
            ["cs.LG", "cs.AI"]
        );
        assert_eq!(categories("cs.LG cs.AI"), ["cs.LG", "cs.AI"]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "(arXiv:2510.12345|Title:|Subjects:|Comments:|\\\\\\\\|[a-c \\n:\\[\\]()]){0,20}") {
            let _ = detect(&text);
            let all: Vec<Line<'_>> = lines(&text).collect();
            if let Some(at) = all.iter().position(|line| identifier(line.text).is_some()) {
                let _ = mail::fields(&all[at..]);
                let _ = page::fields(&all[at..], &Vocabulary::default());
            }
        }
    }
}
