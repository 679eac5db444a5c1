//! The container in a reference, after the title: journal, book, proceedings or
//! publisher.

use serde_json::Value;

use super::super::journal_ref;
use super::notes::without_status;
use super::{volume, year_of};

/// What a container says.
#[derive(Debug, Default)]
pub(super) struct Container {
    pub(super) members: Members,
    pub(super) year: Option<i16>,
    /// "in press" and the like.
    pub(super) status: Option<&'static str>,
}

/// Values by field name.
pub(super) type Members = Vec<(&'static str, Value)>;

/// Parses the text after a title. `note` is what was in brackets after the title.
pub(super) fn members(text: &str, note: Option<&str>, has_arxiv: bool) -> Container {
    let (text, status) = without_status(text);
    let text = text
        .replace("[Online].", "")
        .replace("[Online]", "")
        .replace("[Internet]", "");
    let text = without_database(text.trim());
    let text = text.trim_matches(['.', ',', ';', ' ']);
    let said = note.unwrap_or_default();
    let note = said.to_lowercase();
    let note = note.as_str();
    let mut found = Container {
        year: last_year(text),
        status,
        ..Container::default()
    };
    let lower = text.to_lowercase();
    let kind = |kind: &str| ("kind", Value::from(kind));
    let is_thesis = |text: &str| {
        ["thesis", "dissertation", "phd diss"]
            .iter()
            .any(|word| text.contains(word))
    };
    let is_report = |text: &str| {
        [
            "tech. rep",
            "technical report",
            "report no",
            "working paper",
            "white paper",
            "tech report",
            "research report",
        ]
        .iter()
        .any(|word| text.contains(word))
    };
    let is_preprint = lower.starts_with("preprint")
        || lower == "corr"
        || lower.starts_with("corr,")
        || lower.contains("arxiv") && text.len() < 60
        || text.is_empty() && has_arxiv
        || note.contains("preprint") && !has_numbers(text);
    let inside = ["in ", "in: "]
        .iter()
        .any(|word| lower.starts_with(word))
        .then(|| text[2..].trim_start_matches([':', ' ']));
    if is_thesis(note) || is_thesis(&lower) {
        let is_masters = ["master", "m.s.", "m.sc", "msc ", "mphil"]
            .iter()
            .any(|word| note.contains(word) || lower.contains(word));
        found.members = vec![kind(if is_masters {
            "mastersthesis"
        } else {
            "phdthesis"
        })];
        let school = school(text).or_else(|| school(said));
        // The full stop of an abbreviation belongs to the name.
        let school = school.map(|name| match name.ends_with("Univ") {
            true => format!("{name}."),
            false => name.to_owned(),
        });
        found
            .members
            .extend(school.map(|name| ("publisher", Value::from(name))));
    } else if is_report(note) || is_report(&lower) && inside.is_none() {
        found.members = vec![kind("report")];
        let number = report_number(note).or_else(|| report_number(text));
        found
            .members
            .extend(number.map(|number| ("number", Value::from(number))));
        found
            .members
            .extend(institution(text).map(|name| ("publisher", Value::from(name))));
    } else if let Some(what) = [
        ("software", "software"),
        ("data set", "dataset"),
        ("dataset", "dataset"),
    ]
    .into_iter()
    .find_map(|(word, kind)| note.contains(word).then_some(kind))
    {
        found.members = vec![kind(what)];
        let publisher = segments(text).next();
        found
            .members
            .extend(publisher.map(|name| ("publisher", Value::from(name))));
    } else if let Some(inside) = inside {
        found.members = volume::members(inside);
    } else if lower.contains(", edited by ")
        || lower.contains(", editors. ")
        || lower.starts_with("proceedings of the ")
            && ["conference", "symposium", "workshop", "meeting", "congress"]
                .iter()
                .any(|word| lower.contains(word))
    {
        found.members = volume::members(text);
    } else if is_preprint {
        found.members = vec![kind("preprint")];
    } else if let Some(server) = [
        "bioRxiv",
        "medRxiv",
        "ChemRxiv",
        "PsyArXiv",
        "SSRN",
        "Research Square",
    ]
    .into_iter()
    .find(|name| lower.contains(&name.to_lowercase()) && text.len() < 80)
    {
        found.members = vec![kind("preprint"), ("publisher", Value::from(server))];
    } else if note.contains("internet") || note.contains("web page") || note.contains("webpage") {
        found.members = vec![kind("webpage")];
        found
            .members
            .extend(volume::publisher(text).map(|name| ("publisher", Value::from(name))));
    } else if let Some(members) = volume::numbered(text) {
        found.members = members;
    } else if text.chars().any(char::is_alphabetic) {
        let (years, members) = journal(text, note)
            .into_iter()
            .partition::<Vec<_>, _>(|(name, _)| *name == "year");
        found.members = members;
        let year = years.first().and_then(|(_, year)| year.as_i64());
        found.year = year
            .and_then(|year| i16::try_from(year).ok())
            .or(found.year);
    } else if note.contains("ed.") || note.contains("edition") {
        found.members = vec![kind("book")];
    }
    found
}

/// The last year in a text, excluding page numbers.
fn last_year(text: &str) -> Option<i16> {
    let is_range = |c: char| matches!(c, '-' | '–' | '—');
    text.split(|c: char| !(c.is_ascii_digit() || is_range(c)))
        .filter(|word| !word.contains(is_range) || word.starts_with(is_range))
        .map(|word| word.trim_matches(is_range))
        .filter_map(year_of)
        .next_back()
}

fn has_numbers(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
}

/// Removes the name of the database that the reference came from.
fn without_database(text: &str) -> &str {
    let bare = text.trim_end_matches(['.', ',', ' ']);
    [
        "JSTOR",
        "Project MUSE",
        "EBSCOhost",
        "ProQuest",
        "ProQuest Dissertations and Theses Global",
        "ProQuest Dissertations & Theses Global",
        "Google Books",
    ]
    .iter()
    .find_map(|name| bare.strip_suffix(name))
    .filter(|bare| bare.ends_with(' ') || bare.is_empty())
    .unwrap_or(text)
}

/// The parts between commas, full stops and so on.
fn segments(text: &str) -> impl Iterator<Item = &str> {
    text.split(['(', ')', '[', ']', ',', ';', ':'])
        .flat_map(|part| part.split(". "))
        .map(|part| part.trim_matches(['.', ' ']))
        .filter(|part| part.contains(char::is_alphabetic))
}

/// Where a thesis was written.
fn school(text: &str) -> Option<&str> {
    segments(text).find(|part| {
        let lower = part.to_lowercase();
        [
            "univ",
            "institut",
            "college",
            "school of",
            "polytechn",
            "eth z",
            "academy",
            "école",
            "ecole",
        ]
        .iter()
        .any(|word| lower.contains(word))
            && !lower.contains("dissertation")
            && !lower.contains("thesis")
    })
}

/// Who issued a report: the first part that is not a number, a place or a year.
fn institution(text: &str) -> Option<&str> {
    let behind_place = text.split_once(": ").map(|(place, rest)| {
        let is_place = !place.to_lowercase().contains("report") && place.split(' ').count() <= 4;
        if is_place { rest } else { text }
    });
    segments(behind_place.unwrap_or(text)).find(|part| {
        let lower = part.to_lowercase();
        !["report", "rep", "tech", "paper", "no "]
            .iter()
            .any(|word| lower.starts_with(word) || lower.ends_with(word))
            && !lower.contains("report")
    })
}

/// "12" in "Report No. 12", "Tech. Rep. CS-12".
fn report_number(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let at = [
        "report no",
        "tech. rep",
        "technical report",
        "working paper",
        "tech report",
        "research report",
    ]
    .iter()
    .find_map(|label| Some(lower.find(label)? + label.len()))?;
    let rest = text.get(at..)?.trim_start_matches(['.', ':', ' ', '(']);
    let rest = rest
        .strip_prefix("No. ")
        .or_else(|| rest.strip_prefix("no. "))
        .unwrap_or(rest);
    let number: String = rest
        .chars()
        .take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '/' | '.'))
        .collect();
    let number = number.trim_end_matches(['.', '-']);
    (number.contains(|c: char| c.is_ascii_digit()) && year_of(number).is_none())
        .then(|| number.to_owned())
}

/// Labelled pages, or a range that is not of years.
pub(super) fn pages(text: &str) -> Option<String> {
    let text = text.replace("--", "-").replace(['–', '—'], "-");
    let labelled = ["pp. ", "pp.", "pages ", "p. "]
        .iter()
        .find_map(|label| Some(&text[text.find(label)? + label.len()..]));
    let range = |text: &str| -> Option<String> {
        let range: String = text
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '.'))
            .collect();
        let range = range.trim_end_matches(['.', ':', '-']).to_owned();
        (range.contains(|c: char| c.is_ascii_digit()) && !range.is_empty()).then_some(range)
    };
    if let Some(text) = labelled {
        return range(text.trim_start());
    }
    let is_range = |word: &&str| {
        let ends = word.trim_matches(['.', ',', '(', ')']).split_once('-');
        ends.is_some_and(|(first, last)| {
            let is_number = |end: &str| !end.is_empty() && end.bytes().all(|b| b.is_ascii_digit());
            is_number(first) && is_number(last) && year_of(first).is_none()
        })
    };
    text.split([' ', ':']).find(is_range).and_then(range)
}

/// A journal with its numbers, or a book's publisher.
fn journal(text: &str, note: &str) -> Members {
    let text = medical(text).unwrap_or_else(|| text.to_owned());
    let text = without_days(&text)
        .replace("Art. no.", "Art.")
        .replace("Article no.", "Article")
        .replace("; ", ", ");
    if volume::is_publisher(&text) && !has_volume(&text)
        || note.contains("ed.")
        || note.contains("edition")
        || text.contains(" ed. ")
        || text.contains(" edn. ")
    {
        let mut out = vec![("kind", Value::from("book"))];
        out.extend(volume::publisher(&text).map(|name| ("publisher", Value::from(name))));
        return out;
    }
    journal_ref::members(&with_article(&without_count(&text)))
}

/// Whether a text contains a journal's numbers.
fn has_volume(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.contains("vol.") || lower.contains("volume ") || lower.contains("pp.")
}

/// Removes page counts such as "…, 19 pages".
fn without_count(text: &str) -> String {
    let bare = text.trim_end_matches(['.', ' ']);
    match bare
        .strip_suffix(" pages")
        .and_then(|bare| bare.rsplit_once(", "))
    {
        Some((before, n)) if n.bytes().all(|b| b.is_ascii_digit()) => before.to_owned(),
        _ => text.to_owned(),
    }
}

/// Turns ACM's "14, 2, Article 23 (2019)" into the common "14, 2 (2019), 23".
fn with_article(text: &str) -> String {
    let found = text.split_once(", Article ").and_then(|(before, rest)| {
        let (number, behind) = rest.split_once(" (")?;
        let (year, end) = behind.split_once(')')?;
        let is_whole = end.trim().is_empty() && !number.contains(' ') && year_of(year).is_some();
        is_whole.then(|| format!("{before} ({year}), {number}"))
    });
    found.unwrap_or_else(|| text.to_owned())
}

/// Turns `J Gears. 2024 Mar 14;12(3):45-67` into the form of other styles.
fn medical(text: &str) -> Option<String> {
    let (name, rest) = text
        .match_indices(". ")
        .map(|(at, _)| (&text[..at], &text[at + 2..]))
        .find(|(_, rest)| rest.get(..4).and_then(year_of).is_some())?;
    let (date, numbers) = rest.split_once(';')?;
    let numbers = numbers.split(". ").next().unwrap_or(numbers);
    let is_volume = numbers
        .trim_start()
        .starts_with(|c: char| c.is_ascii_alphanumeric());
    is_volume.then(|| format!("{name} {} ({})", numbers.trim(), &date[..4]))
}

/// Removes months, days and seasons that journals put among their numbers: "Mar.
/// 2024", "Jan. 5, 2023", "3 March 2021", "(Feb. 2019)".
fn without_days(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let is_month = |word: &str| {
        let bare = word.trim_matches(['.', ',', '(', ')', ';']);
        bare.starts_with(char::is_uppercase)
            && bare
                .split(['/', '-', '–'])
                .all(|part| super::super::day::month(part.trim_end_matches('.')).is_some())
    };
    let digits = |word: &str| word.trim_matches(['.', ',', '(', ')', ';']).to_owned();
    let is_day = |word: &str| {
        let bare = digits(word);
        bare.len() <= 2 && bare.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day))
    };
    let is_year = |word: Option<&&str>| word.is_some_and(|word| year_of(&digits(word)).is_some());
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let word = words[at];
        let open = if word.starts_with('(') { "(" } else { "" };
        if is_month(word) && at > 0 {
            let with_day = words.get(at + 1).is_some_and(|next| is_day(next));
            if is_year(words.get(at + 1)) || with_day && is_year(words.get(at + 2)) {
                // "3 March 2021"
                if out.last().is_some_and(|last| {
                    is_day(last) && !last.ends_with(',') && open.is_empty() && last.len() <= 2
                }) && out.len() > 1
                    && out[out.len() - 2].ends_with([',', '.'])
                {
                    out.pop();
                }
                at += 1 + usize::from(!is_year(words.get(at + 1)));
                out.push(format!("{open}{}", words[at]));
                at += 1;
                continue;
            }
        }
        out.push(word.to_owned());
        at += 1;
    }
    out.join(" ")
}
