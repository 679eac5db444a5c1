//! Finds records that look misread. Unstructured text is interpreted by its
//! appearance, and mistakes show in the result.

use super::Format;
use super::lines::lines;
use super::page_text::{Names, Shape, Vocabulary, names, shape};
use super::tally::ImportTally;
use crate::diagnostics::{Diagnostic, count};
use crate::model::Record;

/// How many records of a kind are listed by line; the rest are only counted.
const MAX_NAMED: usize = 20;

/// A paragraph of this many bytes outside any abstract probably belongs to one.
const LONG: usize = 250;

/// The longest plausible title, in characters.
const MAX_TITLE: usize = 300;

/// What may be wrong with a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Doubt {
    Names,
    Mark,
    Sentence,
    Length,
    Middle,
}

impl Doubt {
    fn message(self) -> &'static str {
        match self {
            Self::Names => "the title ends in a list of names",
            Self::Mark => "the title begins with a bullet or a bracket",
            Self::Sentence => "the title is a complete sentence",
            Self::Length => "the title is too long",
            Self::Middle => "the abstract begins in the middle of a sentence",
        }
    }

    fn field(self) -> &'static str {
        match self {
            Self::Middle => "abstract",
            _ => "title",
        }
    }
}

/// Checks the result for a file of unstructured text.
pub(super) fn look(text: &str, tally: &mut ImportTally) {
    let format = tally.reading.format;
    if !matches!(
        format,
        Format::PageText
            | Format::Markdown
            | Format::ArxivListing
            | Format::References
            | Format::SitePage
    ) {
        return;
    }
    let mut vocabulary = Vocabulary::default();
    lines(text).for_each(|line| vocabulary.learn(line.text));
    let mut said = std::collections::BTreeMap::new();
    let mut found = Vec::new();
    for record in &tally.reading.records {
        for doubt in doubts(record, &vocabulary, format) {
            let n = said.entry(doubt).or_insert(0_usize);
            *n += 1;
            if *n <= MAX_NAMED {
                found.push((doubt, record.line, record.title.clone()));
            }
        }
    }
    for (doubt, line, title) in found {
        let place = tally.line(line, &title);
        let diagnostic = Diagnostic::warning("suspect", doubt.message())
            .at(place)
            .field(doubt.field())
            .help(HELP);
        tally.say(diagnostic);
    }
    for (doubt, n) in said.into_iter().filter(|(_, n)| *n > MAX_NAMED) {
        let message = format!(
            "{} more: {}",
            count(n - MAX_NAMED, "paper"),
            doubt.message()
        );
        let diagnostic = Diagnostic::warning("suspect", message).at(tally.whole());
        tally.say(diagnostic.field(doubt.field()).help(HELP));
    }
    missing_abstracts(text, tally);
}

const HELP: &str = "check it with `--dry-run`; if it was misread, put title, authors and \
    abstract on separate lines";

fn doubts(record: &Record, vocabulary: &Vocabulary, format: Format) -> Vec<Doubt> {
    let title = record.title.as_str();
    let mut out = Vec::new();
    if ends_in_names(title, vocabulary) {
        out.push(Doubt::Names);
    }
    if begins_with_mark(title) {
        out.push(Doubt::Mark);
    }
    if title.chars().nth(MAX_TITLE).is_some() {
        out.push(Doubt::Length);
    } else if title.ends_with('.') && shape(title) == Shape::Prose {
        out.push(Doubt::Sentence);
    }
    // The page-text reader reports this itself, at the exact line.
    let text = record.abstract_text.as_str();
    let lower = text.starts_with(char::is_lowercase) && !text.starts_with("e-");
    let first = text.split_whitespace().next().unwrap_or_default();
    let plain = first.chars().all(|c| c.is_lowercase() || c == ',');
    if !matches!(format, Format::PageText | Format::SitePage)
        && (lower && plain || text.starts_with([',', ';', ')', ']']))
    {
        out.push(Doubt::Middle);
    }
    out
}

/// "A Title of It Jane Doe, John Roe", "A Title. Jane Doe, John Roe".
fn ends_in_names(title: &str, vocabulary: &Vocabulary) -> bool {
    if names(title, vocabulary) == Names::List && title.matches(',').count() >= 2 {
        return true;
    }
    let parts: Vec<&str> = title.split(", ").collect();
    let Some((last, before)) = parts.split_last() else {
        return false;
    };
    let is_name = |part: &str| {
        let part = part.strip_prefix("and ").unwrap_or(part);
        let words = part.split_whitespace().count();
        (2..=4).contains(&words)
            && names(part, vocabulary) == Names::One
            && !part
                .split_whitespace()
                .any(|word| vocabulary.is_plain(word))
    };
    match before {
        // The words before the first comma end in the first name.
        [first] => {
            let words: Vec<&str> = first.split_whitespace().rev().take(2).collect();
            let tail: Vec<&str> = words.into_iter().rev().collect();
            let long = first.split_whitespace().count() > 4;
            long && is_name(last) && is_name(&tail.join(" "))
        }
        [_, middle @ ..] => is_name(last) && middle.iter().all(|part| is_name(part)),
        [] => false,
    }
}

/// "- A title", "[pdf] [supp]", "(3) A title". Replications are called "[Re] …".
fn begins_with_mark(title: &str) -> bool {
    if title.starts_with(['•', '▪', '●', '►', '*', '|', '>', '–', '—']) || title.starts_with("- ")
    {
        return true;
    }
    let inside = title
        .strip_prefix('[')
        .and_then(|rest| rest.split_once(']'));
    let number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    match inside {
        Some((inside, _)) => !inside.eq_ignore_ascii_case("re") && !inside.starts_with("Re:"),
        None => title
            .strip_prefix('(')
            .and_then(|rest| rest.split_once(')'))
            .is_some_and(|(inside, _)| number(inside)),
    }
}

/// Nearly all papers lack an abstract although the file has long paragraphs.
fn missing_abstracts(text: &str, tally: &mut ImportTally) {
    let records = &tally.reading.records;
    let without = records
        .iter()
        .filter(|r| r.abstract_text.is_empty())
        .count();
    if records.len() < 3 || without * 10 < records.len() * 8 {
        return;
    }
    let mut long = 0;
    let mut first = None;
    let mut length = 0;
    let mut start = 0;
    let mut from = "";
    for line in lines(text) {
        let is_empty = line.text.trim().is_empty();
        if !is_empty && length == 0 {
            (start, from) = (line.number, line.text);
        }
        if line.text.len() >= LONG && shape(line.text) == Shape::Prose {
            long += 1;
            first.get_or_insert((line.number, line.text));
        } else if is_empty && length >= LONG && shape(from) == Shape::Prose {
            long += 1;
            first.get_or_insert((start, from));
        }
        length = if is_empty {
            0
        } else {
            length + line.text.len()
        };
    }
    let Some((line, shown)) = first.filter(|_| long * 3 >= without) else {
        return;
    };
    let message = format!(
        "{} of {} have no abstract, although the file has {}, the first on this line",
        without,
        count(records.len(), "paper"),
        count(long, "long paragraph")
    );
    let shown: String = shown.chars().take(120).collect();
    let diagnostic = Diagnostic::warning("no-abstracts", message)
        .at(tally.line(line, &shown))
        .field("abstract")
        .help(HELP);
    tally.say(diagnostic);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_look_misread_are_told_from_odd_ones() {
        let vocabulary = Vocabulary::default();
        for (title, want) in [
            (
                "Gears That Turn by Themselves Jane Doe, John Roe, Ann Poe",
                true,
            ),
            ("Gears That Turn by Themselves Jane Doe, John Roe", true),
            ("Jane Doe, John Roe, Ann Poe", true),
            ("[pdf] [supp] [arXiv]", true),
            ("• Gears That Turn", true),
            ("(3) Gears That Turn", true),
            ("[Re] Gears That Turn", false),
            ("(Almost) All of Gears", false),
            ("Gears, Wheels, and Springs", false),
            ("Learning to See, Hear, and Speak", false),
            (
                "Attention, Memory, and Planning in Large Language Models",
                false,
            ),
            (
                "Gears That Turn: Wheels, Springs, and the Oil Between Them",
                false,
            ),
        ] {
            let record = Record::new(Format::PageText.source(), 1, title);
            let got = !doubts(&record, &vocabulary, Format::PageText).is_empty();
            assert_eq!(got, want, "{title}");
        }
    }
}
