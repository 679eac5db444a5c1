//! Turns the paragraphs of one paper into a record.

use super::addresses::{Found, is_category, split_title};
use super::facts::{Counter, Fact};
use super::form::Form;
use super::labels::Label;
use super::paragraphs::Paragraph;
use super::roles::Role;
use super::shape::{Shape, shape};
use super::venue::venue;
use crate::ingest::day::Day;
use crate::ingest::{Format, people};
use crate::model::{Date, Record};
use crate::text::{clean_line, sentences};

/// A record, and what has to be reported about it.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) record: Record,
    /// The lines where the abstract's first and last paragraph start.
    pub(super) abstract_lines: (usize, usize),
    /// Whether the title was made from the abstract's first words.
    pub(super) untitled: bool,
    /// Further links of kinds already set.
    pub(super) spare_links: Vec<String>,
}

/// What applies to all entries of a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Custom {
    /// The digest's date.
    pub(super) day: Option<Date>,
    /// Whether dates on their own lines are publication dates.
    pub(super) days_of_papers: bool,
}

/// Makes a record from paragraphs that belong together. `lead` of them precede the
/// opener; numbers among these are votes.
pub(super) fn entry(
    paragraphs: &[Paragraph],
    roles: &[Role],
    lead: usize,
    custom: Custom,
) -> Entry {
    let opener = &paragraphs[lead.min(paragraphs.len() - 1)];
    let mut maker = Maker {
        entry: Entry {
            record: Record::new(Format::PageText.source(), opener.line, ""),
            abstract_lines: (opener.line, opener.line),
            untitled: false,
            spare_links: Vec::new(),
        },
        title: String::new(),
        text: Vec::new(),
        bare: Vec::new(),
        counter: None,
        votes_lead: false,
        custom,
    };
    for (at, (paragraph, role)) in paragraphs.iter().zip(roles).enumerate() {
        maker.take(paragraph, *role, at < lead);
    }
    maker.finish()
}

struct Maker {
    entry: Entry,
    title: String,
    text: Vec<String>,
    /// Numbers that do not say what they count.
    bare: Vec<u64>,
    /// A counter's name that waits for its number.
    counter: Option<Counter>,
    /// Whether the votes precede the title.
    votes_lead: bool,
    custom: Custom,
}

impl Maker {
    fn take(&mut self, paragraph: &Paragraph, role: Role, leads: bool) {
        let record = &mut self.entry.record;
        match role {
            Role::Opener | Role::Title
                if paragraph.is_plain() || matches!(paragraph.form, Form::Chrome(_)) =>
            {
                self.heading(paragraph);
            }
            Role::Orphan | Role::Abstract => self.prose(&paragraph.text, paragraph.line),
            Role::Authors => {
                let text = paragraph
                    .text
                    .strip_prefix("by ")
                    .unwrap_or(&paragraph.text);
                let before = std::mem::take(&mut record.authors);
                let more = people::in_text(text);
                let others = before.others || more.others;
                record.authors = people::unique(before.list.into_iter().chain(more.list));
                record.authors.others |= others;
            }
            Role::Venue => {
                if let Some((name, status)) = venue(&paragraph.text) {
                    record.venue.get_or_insert(name);
                    record.status = record.status.take().or(status);
                }
            }
            _ => self.meta(paragraph, leads),
        }
    }

    fn prose(&mut self, text: &str, line: usize) {
        let lines = &mut self.entry.abstract_lines;
        lines.1 = line;
        if self.text.is_empty() {
            lines.0 = line;
        }
        self.text.push(text.to_owned());
    }

    /// Sets the title; in newsletters also the text after it on the same line.
    fn heading(&mut self, paragraph: &Paragraph) {
        let (title, found) = split_title(&clean_line(&paragraph.text));
        self.addresses(&found);
        match (shape(&title) == Shape::Prose)
            .then(|| inline(&title))
            .flatten()
        {
            Some((head, text)) => {
                self.prose(text, paragraph.line);
                self.title = head.to_owned();
            }
            None => self.title = title,
        }
    }

    fn meta(&mut self, paragraph: &Paragraph, leads: bool) {
        match &paragraph.form {
            Form::Facts(facts) => facts.iter().for_each(|fact| self.fact(fact, leads)),
            Form::Addresses(found) => self.addresses(found),
            Form::Label(label, value) => self.label(*label, value, paragraph.line),
            Form::Day(day) if self.custom.days_of_papers => self.published(*day),
            Form::Day(_) | Form::Plain | Form::Rule | Form::Chrome(_) => {}
        }
    }

    fn fact(&mut self, fact: &Fact, leads: bool) {
        match fact {
            Fact::Count(counter, number) => match counter.or(self.counter.take()) {
                Some(counter) => self.metric(counter, *number),
                None if leads => {
                    self.votes_lead = true;
                    self.metric(Counter::Upvotes, *number);
                }
                None => self.bare.push(*number),
            },
            Fact::Counter(counter) => self.counter = Some(*counter),
            Fact::Published(day) => self.published(*day),
            Fact::Other(text) => {
                if let Some((name, status)) = venue(text) {
                    self.entry.record.venue.get_or_insert(name);
                    self.entry.record.status = self.entry.record.status.take().or(status);
                }
            }
            Fact::Submitter(_) => {}
        }
    }

    fn metric(&mut self, counter: Counter, number: u64) {
        if let Some(key) = counter.key() {
            self.entry
                .record
                .metrics
                .entry(key.to_owned())
                .or_insert(number);
        }
    }

    /// A date without a year is the last such day before the digest's date.
    fn published(&mut self, day: Day) {
        let before = || {
            let digest = self.custom.day?;
            let year = digest.year();
            day.date(year)
                .filter(|date| *date <= digest)
                .or_else(|| day.date(year - 1))
        };
        let date = day.full().or_else(before);
        let published = &mut self.entry.record.published;
        *published = published.or(date.map(Into::into));
    }

    fn addresses(&mut self, found: &Found) {
        let record = &mut self.entry.record;
        for id in &found.ids {
            if !record.ids.contains(id) {
                record.ids.push(id.clone());
            }
        }
        for (kind, url) in &found.links {
            match record.links.get(kind) {
                None => {
                    record.links.insert(*kind, url.clone());
                }
                Some(first) if first == url => {}
                Some(_) => self.entry.spare_links.push(url.clone()),
            }
        }
        for category in &found.categories {
            add(&mut record.categories, category);
        }
    }

    fn label(&mut self, label: Label, value: &str, line: usize) {
        if value.is_empty() {
            return;
        }
        let record = &mut self.entry.record;
        let text = clean_line(value);
        match label {
            Label::Title => {
                let (title, found) = split_title(&text);
                self.title = title;
                self.addresses(&found);
            }
            Label::Authors => {
                if record.authors.is_empty() {
                    record.authors = people::in_text(&text);
                }
            }
            Label::Abstract => self.prose(value, line),
            Label::Keywords => parts(&text).for_each(|part| add(&mut record.keywords, part)),
            Label::Summary => record.summary = record.summary.take().or(Some(text)),
            Label::Venue => record.venue = record.venue.take().or(Some(text)),
            Label::Comment => record.comment = record.comment.take().or(Some(text)),
            Label::License => record.license = record.license.take().or(Some(text)),
            Label::Categories => {
                parts(&text).for_each(|part| add(&mut record.categories, category(part)));
            }
            Label::Published => {
                if let Some(day) = Day::find(&text) {
                    self.published(day);
                }
            }
            Label::Address | Label::Other => {}
        }
    }

    fn finish(mut self) -> Entry {
        let voted = self.votes_lead || self.entry.record.metrics.contains_key("upvotes");
        let names: &[Counter] = if voted {
            &[Counter::Comments]
        } else {
            &[Counter::Upvotes, Counter::Comments]
        };
        for (number, counter) in std::mem::take(&mut self.bare).into_iter().zip(names) {
            self.metric(*counter, number);
        }
        let mut text = self.text.join("\n\n");
        for tail in ["▽ More", "△ Less"] {
            if let Some(rest) = text.strip_suffix(tail) {
                text.truncate(rest.trim_end().len());
            }
        }
        if self.title.is_empty() {
            self.entry.untitled = true;
            self.title = opening(&text);
        }
        if self.title.is_empty() {
            let ids = self.entry.record.ids.iter().map(ToString::to_string);
            self.title = ids
                .chain(self.entry.record.links.values().cloned())
                .next()
                .unwrap_or_else(|| "?".to_owned());
        }
        self.entry.record.title = self.title;
        self.entry.record.abstract_text = text;
        self.entry
    }
}

fn add(list: &mut Vec<String>, text: &str) {
    if !text.is_empty() && !list.iter().any(|known| known == text) {
        list.push(text.to_owned());
    }
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    let separator = if text.contains(';') { ';' } else { ',' };
    text.split(separator).map(str::trim)
}

/// "Machine Learning (cs.LG)" becomes `cs.LG`.
fn category(text: &str) -> &str {
    let code = text
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once('('));
    match code {
        Some((_, code)) if is_category(code) => code,
        _ => text,
    }
}

/// The longest title in a paragraph that continues with text, in bytes.
const MAX_HEAD: usize = 260;

/// Splits "A Title – text about it" into title and text.
fn inline(text: &str) -> Option<(&str, &str)> {
    let head = &text[..text.floor_char_boundary(MAX_HEAD)];
    [" – ", " — ", " - ", ": ", ". "].iter().find_map(|dash| {
        let at = head.find(dash)?;
        let (title, rest) = (text[..at].trim(), text[at + dash.len()..].trim());
        let fits = shape(title) == Shape::Title && rest.len() > 40 && title.len() > 2;
        fits.then_some((title, rest))
    })
}

/// The longest title made from a text's first words, in characters.
const MAX_OPENING: usize = 120;

/// The first sentence of a text, cut between words if it is too long.
fn opening(text: &str) -> String {
    let head: String = text.chars().take(4 * MAX_OPENING).collect();
    let head = clean_line(&head);
    let first = sentences(&head)
        .first()
        .map_or("", |range| &head[range.clone()]);
    if first.chars().count() <= MAX_OPENING {
        return first.to_owned();
    }
    let cut: String = first.chars().take(MAX_OPENING).collect();
    let words = cut
        .rsplit_once(' ')
        .map_or(cut.as_str(), |(words, _)| words);
    format!("{words}…")
}
