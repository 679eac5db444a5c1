//! A paper of a list, under construction while its lines are read.

use serde_json::{Map, Value};

use super::super::address;
use super::super::day::Day;
use super::super::named::Members;
use super::super::page_text::{
    Fact, Label, Names, Shape, Vocabulary, facts, label, names, only_addresses, shape,
};
use super::blocks::{Piece, text};
use super::head::{Head, outside, role};
use super::venue_year::{VenueYear, venue_year};
use crate::model::{LinkKind, PaperId};
use crate::text::clean_line;

/// Replaces a link in a line, so that brackets around it can be removed.
const LINK: char = '\u{1}';

/// A paper.
#[derive(Debug, Default)]
pub(super) struct Entry {
    title: String,
    links: Vec<(LinkKind, String)>,
    ids: Vec<PaperId>,
    authors: Vec<String>,
    place: VenueYear,
    text: Vec<String>,
    summary: Option<String>,
    comments: Vec<String>,
    keywords: Option<String>,
    categories: Vec<String>,
    metrics: Vec<(&'static str, u64)>,
    published: Option<String>,
    spare: Vec<String>,
    /// Whether a label announced that the next lines are the abstract.
    expects_text: bool,
    expects_authors: bool,
}

impl Entry {
    /// Starts with the head of a block.
    pub(super) fn new(head: &Head, vocabulary: &Vocabulary) -> Self {
        let mut entry = Self {
            title: head.title.clone(),
            ..Self::default()
        };
        if let Some(url) = &head.link {
            entry.link(url, None);
        }
        if !head.lead.is_empty() {
            entry.line(&head.lead, vocabulary);
        }
        entry.detail(&head.rest, vocabulary);
        entry
    }

    /// Adds further pieces.
    pub(super) fn detail(&mut self, pieces: &[Piece], vocabulary: &Vocabulary) {
        let mut all = String::new();
        for piece in pieces {
            match outside(piece) {
                Some(url) => match role(&piece.text) {
                    Some(kind) => {
                        self.link(url, kind);
                        all.push(LINK);
                    }
                    // A linked name or venue, or another paper.
                    None => {
                        if piece.text.split_whitespace().nth(3).is_some() {
                            self.link(url, None);
                        }
                        all.push_str(&piece.text);
                    }
                },
                // The text of a link within the page says nothing.
                None if piece.link.is_some() && role(&piece.text).is_some() => all.push(LINK),
                None => all.push_str(&piece.text),
            }
        }
        let mut lines: Vec<String> = Vec::new();
        for line in all.split('\n') {
            let line = without_links(line);
            match lines.last_mut() {
                // A list of names or a sentence may continue on the next line.
                Some(before) if goes_on(before, &line) => {
                    before.push(' ');
                    before.push_str(&line);
                }
                _ => lines.push(line),
            }
        }
        for line in lines {
            self.line(&line, vocabulary);
        }
    }

    fn link(&mut self, url: &str, kind: Option<LinkKind>) {
        let Some(url) = address::link(url) else {
            return;
        };
        // A citation file is not a link to the paper.
        if [".bib", ".enw", ".ris"]
            .iter()
            .any(|end| url.ends_with(end))
        {
            return;
        }
        let by_host = address::kind(&url);
        // The host of a repository or a video says more than a word.
        let kind = match (kind, by_host) {
            (Some(LinkKind::Paper | LinkKind::Pdf), by_host) => by_host,
            (Some(said), LinkKind::Paper | LinkKind::Project | LinkKind::Pdf) => said,
            (_, by_host) => by_host,
        };
        let of_paper = matches!(kind, LinkKind::Paper | LinkKind::Pdf | LinkKind::Discussion);
        if let Some(id) = PaperId::from_url(&url).filter(|_| of_paper)
            && !self.ids.contains(&id)
        {
            self.ids.push(id);
        }
        match self.links.iter().find(|(known, _)| *known == kind) {
            None => self.links.push((kind, url)),
            Some((_, first)) if *first == url => {}
            Some(_) => self.spare.push(url),
        }
    }

    fn line(&mut self, line: &str, vocabulary: &Vocabulary) {
        let line = without_shortcodes(line);
        let line = trimmed(&line);
        if !line.chars().any(char::is_alphanumeric) {
            return;
        }
        if let Some((label, value)) = label(line) {
            self.label(label, trimmed(value));
            return;
        }
        if self.expects_text {
            self.text.push(line.to_owned());
            return;
        }
        if std::mem::take(&mut self.expects_authors) {
            self.authors.push(line.to_owned());
            return;
        }
        if let Some(found) = only_addresses(line) {
            self.addresses(found);
            return;
        }
        if let Some(facts) = facts(line) {
            facts.iter().for_each(|fact| self.fact(fact));
            return;
        }
        self.rest(line, vocabulary);
    }

    fn addresses(&mut self, found: super::super::page_text::Found) {
        for id in found.ids {
            if !self.ids.contains(&id) {
                self.ids.push(id);
            }
        }
        for (kind, url) in found.links {
            self.link(&url, Some(kind));
        }
        self.categories.extend(found.categories);
    }

    fn fact(&mut self, fact: &Fact) {
        match fact {
            Fact::Count(Some(counter), number) => {
                self.metrics.extend(counter.key().map(|key| (key, *number)));
            }
            Fact::Published(day) => self.published = day.full().map(|day| day.to_string()),
            Fact::Other(text) => self.comments.push(text.clone()),
            Fact::Count(None, _) | Fact::Counter(_) | Fact::Submitter(_) => {}
        }
    }

    fn label(&mut self, label: Label, value: &str) {
        self.expects_text = false;
        let value = clean_line(value);
        match label {
            Label::Title if !value.is_empty() => self.title = value,
            Label::Authors => {
                self.expects_authors = value.is_empty();
                self.authors.push(value);
            }
            Label::Abstract => {
                self.expects_text = true;
                self.text.push(value);
            }
            Label::Summary => self.summary = Some(value),
            Label::Keywords => self.keywords = Some(value),
            Label::Venue => match venue_year(&value) {
                Some(found) => self.place(found),
                None => self.place.venue = Some(value),
            },
            Label::Comment => self.comments.push(value),
            Label::Categories => self
                .categories
                .extend(value.split([',', ';']).map(clean_line)),
            Label::Published => match Day::find(&value).and_then(Day::full) {
                Some(day) => self.published = Some(day.to_string()),
                None => {
                    if let Some(found) = venue_year(&value) {
                        self.place(found);
                    }
                }
            },
            Label::Address => {
                if let Some(found) = only_addresses(&value) {
                    self.addresses(found);
                }
            }
            Label::Title | Label::License | Label::Other => {}
        }
    }

    /// Takes the links of pieces that contain nothing else. `kind` applies if their
    /// text does not say.
    pub(super) fn links_of(&mut self, pieces: &[Piece], kind: Option<LinkKind>) {
        for piece in pieces {
            match outside(piece) {
                Some(url) => self.link(url, role(&piece.text).flatten().or(kind)),
                None => {
                    let words = piece.text.split_whitespace();
                    let plain: Vec<&str> = words.filter(|word| word.contains("://")).collect();
                    plain.into_iter().for_each(|url| self.link(url, kind));
                }
            }
        }
    }

    pub(super) fn place(&mut self, found: VenueYear) {
        let known = &mut self.place;
        known.venue = known.venue.take().or(found.venue);
        known.status = known.status.take().or(found.status);
        known.year = known.year.or(found.year);
        known.day = known.day.or(found.day);
    }

    /// Handles the text after a title or on a line below it: names, a venue, a
    /// description.
    fn rest(&mut self, line: &str, vocabulary: &Vocabulary) {
        let (line, found) = without_place(line);
        if let Some(found) = found {
            self.place(found);
        }
        let line = self.lead_place(trimmed(line));
        if line.is_empty() {
            return;
        }
        let by = line
            .strip_prefix("by ")
            .or_else(|| line.strip_prefix("By "));
        if self.authors.is_empty() && by.is_some_and(|by| names(by, vocabulary) != Names::No) {
            self.authors.push(by.unwrap_or(line).to_owned());
            return;
        }
        if let Some((head, tail)) = by.and_then(first_segment)
            && self.is_people(head, vocabulary)
        {
            self.authors.push(head.to_owned());
            self.rest(tail, vocabulary);
            return;
        }
        if let Some(found) = venue_year(line) {
            self.place(found);
            return;
        }
        if self.is_people(line, vocabulary) {
            self.authors.push(line.to_owned());
            return;
        }
        if shape(line) == Shape::Prose && self.text.is_empty() {
            // "A, B. We show that …": a description may start with the names.
            if let Some((head, tail)) = first_segment(line)
                && self.is_people(head, vocabulary)
            {
                self.authors.push(head.to_owned());
                self.rest(tail, vocabulary);
                return;
            }
            self.text.push(line.to_owned());
            return;
        }
        if let Some((head, tail)) = first_segment(line)
            && (self.is_people(head, vocabulary)
                || venue_year(head).is_some()
                || self.text.is_empty())
            && shape(line) != Shape::Prose
        {
            self.segment(head, vocabulary);
            self.rest(tail, vocabulary);
            return;
        }
        self.segment(line, vocabulary);
    }

    /// Takes a bracketed venue and year from the start of a text.
    fn lead_place<'a>(&mut self, text: &'a str) -> &'a str {
        for (open, close) in [('(', ')'), ('[', ']')] {
            if let Some((inside, rest)) = text.strip_prefix(open).and_then(|t| t.split_once(close))
                && let Some(found) = venue_year(inside)
            {
                self.place(found);
                return trimmed(rest);
            }
        }
        text
    }

    fn is_people(&self, text: &str, vocabulary: &Vocabulary) -> bool {
        let people = names(text, vocabulary);
        let one = people == Names::One && text.split_whitespace().nth(1).is_some();
        self.authors.is_empty() && (people == Names::List || one)
    }

    fn segment(&mut self, text: &str, vocabulary: &Vocabulary) {
        let text = trimmed(text);
        if !text.chars().any(char::is_alphanumeric) {
        } else if let Some(found) = venue_year(text) {
            self.place(found);
        } else if self.is_people(text, vocabulary) {
            self.authors.push(text.to_owned());
        } else if text.split_whitespace().nth(5).is_some() || text.ends_with('.') {
            self.text.push(text.to_owned());
        } else {
            self.comments.push(text.to_owned());
        }
    }

    /// The paper's values, and any further links of the same kinds.
    pub(super) fn finish(self) -> (Members, Vec<String>) {
        let mut members: Members = vec![("title".to_owned(), Value::from(self.title))];
        let mut put = |name: &str, value: Option<Value>| {
            members.extend(value.map(|value| (name.to_owned(), value)));
        };
        let text = |text: String| Some(text).filter(|text| !text.is_empty()).map(Value::from);
        let lines: Vec<String> = self.text.into_iter().filter(|t| !t.is_empty()).collect();
        let people: Vec<&str> = self.authors.iter().map(|text| without_stop(text)).collect();
        put("authors", text(people.join(", ").replace("et.al", "et al")));
        put("abstract", text(joined(&lines)));
        put("venue", self.place.venue.map(Value::from));
        put("status", self.place.status.map(Value::from));
        put("year", self.place.year.map(Value::from));
        let day = self.place.day.map(|day| day.to_string());
        put("published", self.published.or(day).map(Value::from));
        put("tldr", self.summary.map(Value::from));
        put("comment", text(self.comments.join("; ")));
        put("keywords", self.keywords.map(Value::from));
        let categories: Vec<String> = self
            .categories
            .into_iter()
            .filter(|c| !c.is_empty())
            .collect();
        put(
            "categories",
            (!categories.is_empty()).then(|| Value::from(categories)),
        );
        let ids: Vec<String> = self.ids.iter().map(ToString::to_string).collect();
        put("ids", (!ids.is_empty()).then(|| Value::from(ids)));
        let links: Map<String, Value> = self
            .links
            .into_iter()
            .map(|(kind, url)| (kind.key().to_owned(), Value::from(url)))
            .collect();
        put("links", (!links.is_empty()).then(|| Value::from(links)));
        let metrics: Map<String, Value> = self
            .metrics
            .into_iter()
            .map(|(key, number)| (key.to_owned(), Value::from(number)))
            .collect();
        put(
            "metrics",
            (!metrics.is_empty()).then(|| Value::from(metrics)),
        );
        (members, self.spare)
    }
}

/// Whether a line continues the one before.
fn goes_on(before: &str, line: &str) -> bool {
    let open = before.ends_with(',') || before.ends_with(" and");
    let lower = line.starts_with(char::is_lowercase) && !line.starts_with("by ");
    !before.is_empty() && (open || lower && !before.ends_with(['.', ':', '!', '?']))
}

/// A list of names without the final full stop; that of an initial stays.
fn without_stop(text: &str) -> &str {
    let Some(bare) = text.strip_suffix('.') else {
        return text;
    };
    let last = bare.rsplit([' ', '.']).next().unwrap_or_default();
    let abbreviates = last.chars().count() < 3 || matches!(last, "al" | "Jr" | "Sr");
    if abbreviates { text } else { bare }
}

/// A line without emoji shortcodes such as `:fire:`.
fn without_shortcodes(line: &str) -> String {
    let is_code = |word: &str| {
        let inside = word
            .strip_prefix(':')
            .and_then(|rest| rest.strip_suffix(':'));
        inside.is_some_and(|name| {
            name.len() > 1
                && name
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"_+-".contains(&b))
        })
    };
    let words: Vec<&str> = line.split(' ').filter(|word| !is_code(word)).collect();
    words.join(" ")
}

/// Joins lines of prose into paragraphs. A line that does not end a sentence
/// continues.
fn joined(lines: &[String]) -> String {
    let mut out = String::new();
    for line in lines {
        if !out.is_empty() {
            let ended = out.ends_with(['.', '!', '?', ':', '。', ')']);
            out.push_str(if ended { "\n\n" } else { " " });
        }
        out.push_str(line);
    }
    out
}

/// Whether pieces describe one paper: a link to it, or a label for authors or
/// abstract.
pub(super) fn tells_of_a_paper(pieces: &[Piece]) -> bool {
    let has_link = pieces.iter().any(|piece| {
        outside(piece).is_some()
            && matches!(
                role(&piece.text),
                Some(Some(LinkKind::Paper | LinkKind::Pdf))
            )
    });
    let all = text(pieces);
    let labelled = matches!(label(&all), Some((Label::Abstract | Label::Authors, _)));
    has_link || labelled
}

/// A line without its links and the brackets that held nothing else.
fn without_links(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        if matches!(c, ']' | ')' | '}')
            && let Some(at) = out.rfind(['[', '(', '{'])
            && out[at..].contains(LINK)
            && !out[at..].contains(char::is_alphanumeric)
        {
            out.truncate(at);
            out.push(LINK);
            continue;
        }
        out.push(c);
    }
    let parts: Vec<&str> = out.split(LINK).map(str::trim).collect();
    // Between links, only separators are left: " | ", " / ".
    let said: Vec<&str> = parts
        .into_iter()
        .filter(|part| part.contains(char::is_alphanumeric))
        .collect();
    clean_line(&said.join(" "))
}

/// Removes separators from the ends of a text.
fn trimmed(text: &str) -> &str {
    let text = text.trim_start_matches(|c: char| {
        c.is_whitespace() || "—–-:|,·.;•>*_~/✨🔥⭐🌟📄💻🚀🆕✅👉→".contains(c) || c == '\u{fe0f}'
    });
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || "—–-:|,·;*_~/".contains(c));
    // An unclosed bracket is left over from a link.
    let open = text.starts_with(['(', '[']) && !text.contains([')', ']']);
    if open { text[1..].trim() } else { text }
}

/// Splits a venue and year off the end of a text: in brackets, or after the last
/// comma, dash or full stop.
pub(super) fn without_place(text: &str) -> (&str, Option<VenueYear>) {
    let bare = text.trim_end_matches(['.', ' ', ',']);
    for (open, close) in [('(', ')'), ('[', ']')] {
        if let Some(inner) = bare.strip_suffix(close)
            && let Some(at) = inner.rfind(open)
            && let Some(found) = venue_year(&inner[at + 1..])
        {
            return (&text[..at], Some(found));
        }
    }
    for (at, _) in bare
        .char_indices()
        .rev()
        .filter(|(_, c)| matches!(c, ',' | '.' | '—' | '–' | '|' | '·' | '-'))
    {
        let behind = &bare[at..];
        if behind.split_whitespace().nth(10).is_some() {
            break;
        }
        let tail = behind.trim_start_matches([',', '.', '—', '–', '|', '·', '-']);
        let apart = tail.starts_with(' ');
        if let Some(found) = venue_year(tail).filter(|_| apart) {
            // "ICML, 2024": the venue may precede the year.
            if found.venue.is_none() {
                let before = &bare[..at];
                let start = before
                    .rfind([',', '.', '—', '–', '|'])
                    .map_or(0, |at| at + 1);
                let start = before.ceil_char_boundary(start);
                if let Some(whole) =
                    venue_year(&bare[start..]).filter(|place| place.venue.is_some())
                {
                    return (&bare[..start], Some(whole));
                }
            }
            return (&bare[..at], Some(found));
        }
    }
    (text, None)
}

/// The text up to a dash, a bar or the end of a sentence, and the rest. Initials do
/// not end a sentence.
fn first_segment(text: &str) -> Option<(&str, &str)> {
    for (at, _) in text.match_indices(' ') {
        let (before, behind) = (&text[..at], text[at..].trim_start());
        if ["— ", "– ", "- ", "| ", "· ", "-- "]
            .iter()
            .any(|dash| behind.starts_with(dash))
        {
            let rest = behind.trim_start_matches(['—', '–', '-', '|', '·', ' ']);
            return Some((before, rest));
        }
        if let Some(head) = before.strip_suffix('.') {
            let word = head.rsplit([' ', '.']).next().unwrap_or_default();
            let initial = word.chars().count() <= 2 || word == "al" || head.ends_with('.');
            if !initial || word == "al" {
                return Some((before, behind));
            }
        }
        if before.ends_with(':') {
            return Some((before, behind));
        }
    }
    None
}
