//! The container of a reference: the journal, the proceedings or the publisher, as
//! it stands behind the title.

use serde_json::Value;

use super::super::journal_ref;

/// What a container says.
#[derive(Debug, Default)]
pub(super) struct Container {
    pub(super) members: Vec<(&'static str, Value)>,
    pub(super) year: Option<i16>,
}

/// Takes apart what is behind a title. `note` is what was in brackets behind it.
pub(super) fn members(text: &str, note: Option<&str>, has_arxiv: bool) -> Container {
    let text = text.trim().trim_end_matches(['.', ',', ';', ' ']);
    let note = note.unwrap_or_default();
    let year = text
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(year_of)
        .next_back();
    let mut found = Container {
        year,
        ..Container::default()
    };
    let lower = text.to_lowercase();
    let kind = |kind: &str| ("kind", Value::from(kind));
    if note.contains("thesis") || note.contains("dissertation") || lower.contains("thesis") {
        found.members = vec![kind("thesis")];
    } else if lower.starts_with("in ") || lower.starts_with("in: ") {
        found.members = proceedings(text[2..].trim_start_matches([':', ' ']));
    } else if lower.starts_with("preprint")
        || lower.contains("arxiv") && text.len() < 60
        || text.is_empty() && has_arxiv
    {
        found.members = vec![kind("preprint")];
    } else if !text.is_empty() {
        let (years, members) = journal(text, note)
            .into_iter()
            .partition::<Vec<_>, _>(|(name, _)| *name == "year");
        found.members = members;
        let said = years.first().and_then(|(_, year)| year.as_i64());
        found.year = said
            .and_then(|year| i16::try_from(year).ok())
            .or(found.year);
    }
    found
}

/// A volume of a conference: its name ends before pages, year, place.
fn proceedings(text: &str) -> Vec<(&'static str, Value)> {
    let ends = [" (pp", ", pp", ", pages", " pp.", ", vol", ". ", ", ser."];
    let mut end = ends
        .iter()
        .filter_map(|end| text.find(end))
        .filter(|at| !abbreviates(&text[..*at]))
        .min()
        .unwrap_or(text.len());
    // A year or a place behind a comma.
    for (at, _) in text[..end].match_indices(", ") {
        let rest = &text[at + 2..];
        let is_year = rest.get(..4).and_then(year_of).is_some();
        let first = rest.split([' ', '.']).next().unwrap_or_default();
        let is_pages =
            first.contains(['-', '–']) && first.starts_with(|c: char| c.is_ascii_digit());
        let part = rest.split(", ").next().unwrap_or_default();
        let is_place =
            !part.to_lowercase().starts_with("and ") && at > 12 && text[..at].ends_with([')', '.']);
        if is_year || is_place || is_pages {
            end = at;
            break;
        }
    }
    let name = text[..end].trim().trim_end_matches([',', '.', ';']);
    let mut out = vec![
        ("venue", Value::from(name)),
        ("kind", Value::from("inproceedings")),
    ];
    if let Some(pages) = pages(&text[end..]) {
        out.push(("pages", Value::from(pages)));
    }
    if let Some(volume) = text[end..]
        .find("volume ")
        .or_else(|| text[end..].find("vol. "))
    {
        let rest = &text[end + volume..];
        let number: String = rest
            .trim_start_matches(|c: char| !c.is_ascii_digit())
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        if !number.is_empty() {
            out.push(("volume", Value::from(number)));
        }
    }
    out
}

/// Whether a text ends in an abbreviation, whose stop ends no name: "in Proc".
fn abbreviates(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or_default();
    let short = [
        "Proc",
        "Conf",
        "Int",
        "Symp",
        "Annu",
        "Adv",
        "Trans",
        "Sci",
        "Eng",
        "Comput",
        "Syst",
        "Mach",
        "Learn",
        "Artif",
        "Intell",
        "Workshop Proc",
        "Assoc",
        "Soc",
        "Univ",
        "Natl",
    ];
    last.chars().count() <= 1
        || short.contains(&last)
        || last.chars().count() <= 4
            && last.starts_with(char::is_uppercase)
            && !last.bytes().all(|b| b.is_ascii_uppercase())
}

/// Pages behind a label, or a range at the end.
fn pages(text: &str) -> Option<String> {
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
    let last = text.rsplit([' ', ',', ':']).find(|word| !word.is_empty())?;
    (last.contains('-') && last.starts_with(|c: char| c.is_ascii_digit()))
        .then(|| range(last))
        .flatten()
}

/// A journal with its numbers, or the publisher of a book.
fn journal(text: &str, note: &str) -> Vec<(&'static str, Value)> {
    let text = medical(text).unwrap_or_else(|| text.to_owned());
    let text = without_months(&text)
        .replace("Art. no.", "Art.")
        .replace("Article no.", "Article")
        .replace("; ", ", ");
    if is_publisher(&text) || note.contains("ed.") || note.contains("edition") {
        let tail = text.rsplit(". ").next().unwrap_or(&text);
        let name = tail.rsplit(": ").next().unwrap_or(tail);
        let name = name
            .split([',', ';'])
            .find(|part| part.contains(char::is_alphabetic))
            .unwrap_or(name)
            .trim();
        return vec![
            ("publisher", Value::from(name)),
            ("kind", Value::from("book")),
        ];
    }
    journal_ref::members(&text)
}

/// `J Gears. 2024 Mar 14;12(3):45-67` as other styles write it.
fn medical(text: &str) -> Option<String> {
    let (name, rest) = text
        .match_indices(". ")
        .map(|(at, _)| (&text[..at], &text[at + 2..]))
        .find(|(_, rest)| rest.get(..4).and_then(year_of).is_some())?;
    let (date, numbers) = rest.split_once(';')?;
    Some(format!("{name} {} ({})", numbers.trim(), &date[..4]))
}

/// Journals write months and seasons among their numbers.
fn without_months(text: &str) -> String {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let mut out: Vec<&str> = Vec::new();
    for word in text.split(' ') {
        let bare = word.trim_matches(['.', ',', '(', ')']).to_lowercase();
        let is_month = bare.len() >= 3
            && MONTHS.iter().any(|month| bare.starts_with(month))
            && (bare.len() == 3
                || bare == "sept"
                || [
                    "january",
                    "february",
                    "march",
                    "april",
                    "june",
                    "july",
                    "august",
                    "september",
                    "october",
                    "november",
                    "december",
                ]
                .contains(&bare.as_str()));
        // A month stands behind a number, and a name of a journal before it.
        let behind_number = out
            .iter()
            .any(|word| word.contains(|c: char| c.is_ascii_digit()));
        if is_month && behind_number && !word.starts_with('(') {
            continue;
        }
        out.push(word);
    }
    out.join(" ")
}

fn is_publisher(text: &str) -> bool {
    const WORDS: [&str; 18] = [
        "press",
        "publishing",
        "publishers",
        "publisher",
        "springer",
        "wiley",
        "elsevier",
        "verlag",
        "books",
        "house",
        "sons",
        "hall",
        "mcgraw-hill",
        "pearson",
        "o'reilly",
        "routledge",
        "crc",
        "ed.",
    ];
    let lower = text.to_lowercase();
    lower
        .split([' ', ',', ':', ';'])
        .any(|word| WORDS.contains(&word.trim_end_matches('.')) || word == "ed.")
        && !lower.contains("vol")
}

fn year_of(word: &str) -> Option<i16> {
    let is_year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    (is_year && word.bytes().all(|b| b.is_ascii_digit()))
        .then(|| word.parse().ok())
        .flatten()
}
