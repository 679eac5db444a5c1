//! Reads a whole digest in page text, step by step.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use super::cut::{begins_in_the_middle, ends_in_the_middle};
use super::entry::{Custom, Entry, entry};
use super::facts::{Counter, Fact};
use super::form::Form;
use super::front::{Front, front};
use super::layout::{Layout, Sign};
use super::list_marker::ListMarker;
use super::paragraphs::{Paragraph, paragraphs};
use super::roles::{Role, roles};
use super::rows::rows;
use super::vocabulary::Vocabulary;
use crate::diagnostics::Diagnostic;
use crate::ingest::tally::ImportTally;
use crate::ingest::{Request, dating};
use crate::model::Date;
use crate::text::title_key;

/// Reads decoded page text.
pub(in crate::ingest) fn read(request: &Request<'_>, text: &str, tally: &mut ImportTally) {
    let (rows, cut_at) = rows(text);
    let mut vocabulary = Vocabulary::default();
    rows.iter().for_each(|row| vocabulary.learn(&row.text));
    let mut paragraphs = paragraphs(rows, &vocabulary);
    let layout = Layout::of(&paragraphs, &vocabulary);
    give_marks_back(&mut paragraphs, layout.sign);
    let mut roles = roles(&paragraphs, &layout, &vocabulary);
    let front = front(&paragraphs, &mut roles, &layout);
    let page = Page {
        paragraphs: &paragraphs,
        roles: &roles,
        layout: &layout,
        vocabulary: &vocabulary,
    };
    page.date(request, &front, tally);
    tally.reading.title = front.title;
    tally.reading.curator = front.curator;
    for at in front.doubts {
        page.say_heading(at, tally);
    }
    page.entries(tally);
    if let Some(line) = cut_at {
        let said = Diagnostic::error(
            "too-long",
            "the file is too long for a digest; the rest of it was not read",
        );
        tally.reject(said.at(tally.line(line, "")).help("split the file"));
    }
}

/// A number or dash that does not start an entry is part of the text.
fn give_marks_back(paragraphs: &mut [Paragraph], sign: Sign) {
    for paragraph in paragraphs {
        let opens = match sign {
            Sign::Number => matches!(paragraph.mark, Some(ListMarker::Number(_))),
            Sign::Bullet(indent) => {
                paragraph.mark == Some(ListMarker::Bullet) && paragraph.indent <= indent
            }
            Sign::Label | Sign::Group | Sign::Shape => false,
        };
        let alone = paragraph.mark == Some(ListMarker::Number(1)) && sign != Sign::Bullet(0);
        if !opens && !alone && paragraph.is_plain() {
            paragraph.unmark();
        }
    }
}

struct Page<'a> {
    paragraphs: &'a [Paragraph],
    roles: &'a [Role],
    layout: &'a Layout,
    vocabulary: &'a Vocabulary,
}

impl Page<'_> {
    fn date(&self, request: &Request<'_>, front: &Front, tally: &mut ImportTally) {
        let found = front.day.map(|(day, at)| {
            let paragraph = &self.paragraphs[at];
            (day, tally.line(paragraph.line, &paragraph.text))
        });
        let dated = found.is_some();
        let (date, said) = dating::settle(dating::Evidence {
            name: request.name,
            asked: request.date,
            earlier: request.earlier,
            found,
        });
        tally.reading.date = date;
        said.into_iter()
            .for_each(|diagnostic| tally.say(diagnostic));
        if date.is_none() && !dated {
            tally.say(dating::no_date(request.name, tally.whole()));
        }
    }

    fn entries(&self, tally: &mut ImportTally) {
        let openers: Vec<usize> = (0..self.roles.len())
            .filter(|at| matches!(self.roles[*at], Role::Opener | Role::Orphan))
            .collect();
        let Some(first) = openers.first() else {
            let said = Diagnostic::warning("no-papers", "no paper was found in this text");
            tally.say(said.at(tally.whole()));
            return;
        };
        let (pattern, length) = self.pattern(*first);
        let custom = Custom {
            day: tally.reading.date,
            days_of_papers: self.days_are_of_papers(&openers),
        };
        let mut seen = Seen::default();
        let mut listed = None;
        let mut start = *first - length;
        self.say_left_out(0..start, HEADING, tally);
        for (n, opener) in openers.iter().enumerate() {
            let end = openers.get(n + 1).map_or(self.roles.len(), |next| {
                next - self.led_by(&pattern, *opener + 1, *next)
            });
            let entry = entry(
                &self.paragraphs[start..end],
                &self.roles[start..end],
                *opener - start,
                custom,
            );
            let mut entry = entry;
            entry.record.date = listed;
            self.say_about(&entry, tally);
            self.say_left_out(*opener..end, BUTTON, tally);
            seen.note(&entry, tally);
            tally.accept(entry.record);
            if !custom.days_of_papers {
                listed = self.section(*opener..end, custom.day).unwrap_or(listed);
            }
            start = end;
        }
    }

    /// What precedes the first paper's title and belongs to it, and in how many
    /// paragraphs. The same pattern then applies to the other papers.
    fn pattern(&self, first: usize) -> (Vec<Lead>, usize) {
        if !matches!(self.layout.sign, Sign::Shape | Sign::Label) {
            return (Vec::new(), 0);
        }
        let mut pattern = Vec::new();
        let mut length = 0;
        for at in (0..first).rev() {
            match self.lead(at) {
                Some(lead) => pattern.push(lead),
                None if self.paragraphs[at].form == Form::Rule => continue,
                None => break,
            }
            length = first - at;
        }
        pattern.reverse();
        (pattern, length)
    }

    /// How many paragraphs before an opener belong to it according to the pattern.
    fn led_by(&self, pattern: &[Lead], from: usize, opener: usize) -> usize {
        let mut rest = pattern;
        let mut length = 0;
        for at in (from..opener).rev() {
            let Some(lead) = self.lead(at) else {
                if self.paragraphs[at].form == Form::Rule {
                    continue;
                }
                break;
            };
            let Some(place) = rest.iter().rposition(|known| *known == lead) else {
                break;
            };
            rest = &rest[..place];
            length = opener - at;
        }
        length
    }

    fn lead(&self, at: usize) -> Option<Lead> {
        match (&self.paragraphs[at].form, self.roles[at]) {
            (Form::Addresses(_), Role::Meta) => Some(Lead::Address),
            (Form::Facts(facts), Role::Meta) => match facts.first()? {
                Fact::Submitter(_) => Some(Lead::Submitter),
                Fact::Count(Some(Counter::Other), _) => None,
                Fact::Count(..) | Fact::Counter(_) => Some(Lead::Count),
                Fact::Published(_) | Fact::Other(_) => None,
            },
            (Form::Plain, Role::Aside) => Some(Lead::Name),
            _ => None,
        }
    }

    /// Whether lines with a date give each paper's publication date, rather than
    /// starting a section of papers listed on that date.
    fn days_are_of_papers(&self, openers: &[usize]) -> bool {
        let first = openers.first().copied().unwrap_or_default();
        let mut days = 0;
        for at in first + 1..self.roles.len() {
            let beside = matches!(
                self.roles[at - 1],
                Role::Opener | Role::Title | Role::Authors | Role::Meta
            );
            days += usize::from(beside && matches!(self.paragraphs[at].form, Form::Day(_)));
        }
        days * 2 >= openers.len()
    }

    /// The date under which the papers after these paragraphs were listed. Inner
    /// `None`: the digest's own date.
    fn section(&self, range: Range<usize>, digest: Option<Date>) -> Option<Option<Date>> {
        let day = self.paragraphs[range]
            .iter()
            .rev()
            .find_map(|p| match p.form {
                Form::Day(day) => Some(day),
                _ => None,
            })?;
        let date = day.full().or_else(|| dating::nearest(day, digest?));
        Some(date.filter(|date| Some(*date) != digest))
    }

    fn say_heading(&self, at: usize, tally: &mut ImportTally) {
        let paragraph = &self.paragraphs[at];
        let said = Diagnostic::note(
            "heading",
            "treated as a heading of the page, not as a paper",
        );
        tally.say(said.at(tally.line(paragraph.line, &paragraph.text)));
    }

    /// Reports longer texts that were not used.
    fn say_left_out(&self, range: Range<usize>, most: usize, tally: &mut ImportTally) {
        for at in range {
            let paragraph = &self.paragraphs[at];
            let long = paragraph.text.split_whitespace().nth(most).is_some();
            if paragraph.is_plain() && self.roles[at] == Role::Page && long {
                let said = Diagnostic::note("left-out", "not part of any paper");
                tally.say(said.at(tally.line(paragraph.line, &paragraph.text)));
            }
        }
    }

    fn say_about(&self, entry: &Entry, tally: &mut ImportTally) {
        let record = &entry.record;
        let text = &record.abstract_text;
        if entry.untitled {
            let said = Diagnostic::warning(
                "missing-title",
                "a paper without a title; the first words of its abstract are used",
            )
            .at(tally.line(record.line, &record.title))
            .field("title")
            .help("write the title on a line before the abstract");
            tally.say(said);
        }
        if text.is_empty() && self.layout.abstracts {
            let place = tally.line(record.line, &record.title);
            let said = if record.title.split_whitespace().count() <= 3 {
                Diagnostic::warning(
                    "maybe-heading",
                    "this has no abstract and may be a heading; it was kept as a paper",
                )
                .help("delete the line if it is not a paper")
            } else {
                Diagnostic::note("no-abstract", "a paper without an abstract")
            };
            tally.say(said.at(place).field("abstract"));
        }
        let (first, last) = entry.abstract_lines;
        if begins_in_the_middle(text) {
            let head: String = text.chars().take(SHOWN).collect();
            tally.say(
                cut("the abstract begins in the middle of a sentence or a word")
                    .at(tally.line(first, &head)),
            );
        }
        if ends_in_the_middle(text, self.vocabulary) {
            let tail = text.char_indices().rev().nth(SHOWN).map_or(0, |(at, _)| at);
            tally.say(
                cut("the abstract seems to end in the middle of a word")
                    .at(tally.line(last, &text[tail..])),
            );
        }
        for url in &entry.spare_links {
            let said = Diagnostic::note(
                "second-link",
                format!("an additional link of the same kind was left out: {url}"),
            );
            tally.say(
                said.at(tally.line(record.line, &record.title))
                    .field("links"),
            );
        }
    }
}

/// How much of a cut text is shown, in characters.
const SHOWN: usize = 80;

/// Texts before the papers with up to this many words need no report.
const HEADING: usize = 8;

/// Unused texts among papers with up to this many words need no report.
const BUTTON: usize = 3;

fn cut(message: &'static str) -> Diagnostic {
    Diagnostic::warning("cut-abstract", message)
        .field("abstract")
        .help("it was kept as it is; complete it from the paper")
}

/// What may precede a title and belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lead {
    Submitter,
    Name,
    Count,
    Address,
}

/// The page's entries by content, to find duplicates.
#[derive(Default)]
struct Seen(BTreeMap<u64, usize>);

impl Seen {
    fn note(&mut self, entry: &Entry, tally: &mut ImportTally) {
        let record = &entry.record;
        let mut hasher = DefaultHasher::new();
        (title_key(&record.title), &record.abstract_text, &record.ids).hash(&mut hasher);
        let first = *self.0.entry(hasher.finish()).or_insert(record.line);
        if first != record.line {
            let said = Diagnostic::note(
                "repeated-entry",
                format!("the same paper as on line {first}"),
            );
            tally.say(said.at(tally.line(record.line, &record.title)));
        }
    }
}
