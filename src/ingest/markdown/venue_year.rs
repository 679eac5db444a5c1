//! Venue and year as written in lists: `ICML 2024`, `NeurIPS'23 (Oral)`,
//! `arXiv 2024.03`, `2024/03`.

use super::super::day::Day;
use super::super::page_text::venue;
use crate::model::Date;

/// Where and when a paper was published.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct VenueYear {
    pub(super) venue: Option<String>,
    pub(super) status: Option<String>,
    pub(super) year: Option<i16>,
    pub(super) day: Option<Date>,
}

/// Words in the names of venues.
const WORDS: [&str; 24] = [
    "conference",
    "journal",
    "transactions",
    "proceedings",
    "workshop",
    "letters",
    "review",
    "nature",
    "science",
    "findings",
    "annals",
    "magazine",
    "symposium",
    "advances",
    "international",
    "on",
    "of",
    "the",
    "in",
    "and",
    "for",
    "track",
    "main",
    "long",
];

/// Words for how a paper was accepted.
const STATUS: [&str; 6] = [
    "oral",
    "poster",
    "spotlight",
    "highlight",
    "accepted",
    "award",
];

/// The venue and year in a text that contains nothing else.
pub(super) fn venue_year(text: &str) -> Option<VenueYear> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || "()[]{},;:.*_`\"'|-–—".contains(c));
    let parts = text.matches([',', '"', '“']).count();
    if text.is_empty() || text.len() > 120 || parts > 1 {
        return None;
    }
    if let Some((venue, status)) = venue(text) {
        let year = text.split(|c: char| !c.is_ascii_digit()).find_map(year_of);
        let is_preprint = venue.to_lowercase().starts_with("arxiv");
        return Some(VenueYear {
            venue: (!is_preprint).then_some(venue),
            status,
            year,
            day: None,
        });
    }
    if let Some(day) = Day::parse(text).and_then(Day::full) {
        return Some(VenueYear {
            year: Some(day.year()),
            day: Some(day),
            ..VenueYear::default()
        });
    }
    if matches!(
        text.to_lowercase().as_str(),
        "arxiv" | "arxiv preprint" | "preprint"
    ) {
        return Some(VenueYear::default());
    }
    let (rest, year) = year_in(text)?;
    let mut name: Vec<&str> = Vec::new();
    let mut status = None;
    let mut known = false;
    for word in rest.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let lower = bare.to_lowercase();
        if bare.is_empty() || is_month(&lower) || is_small_number(bare) && name.is_empty() {
            continue;
        }
        if STATUS.contains(&lower.as_str()) {
            status = Some(bare.to_owned());
            continue;
        }
        let is_preprint = matches!(lower.as_str(), "arxiv" | "preprint");
        let acronym = is_preprint || bare.chars().filter(|c| c.is_uppercase()).count() >= 2;
        if !(acronym || WORDS.contains(&lower.as_str()) || bare.starts_with(char::is_uppercase)) {
            return None;
        }
        let telling = acronym || WORDS[..15].contains(&lower.as_str());
        known |= telling;
        name.push(word);
    }
    let name = name.join(" ");
    let name = name
        .trim_matches([',', ' ', '.', ':', '-', '(', '['])
        .trim_start_matches("In ")
        .to_owned();
    if !name.is_empty() && !known {
        return None;
    }
    let lower = name.to_lowercase();
    let is_preprint = lower.contains("arxiv") || lower == "preprint";
    // "Moss on Stones, arXiv" starts with a title.
    if is_preprint && lower.contains(", ") {
        return None;
    }
    let venue = if name.is_empty() || is_preprint {
        None
    } else {
        Some(format!("{name} {year}"))
    };
    Some(VenueYear {
        venue,
        status,
        year: Some(year),
        day: None,
    })
}

/// The text without its year, and the year: `2024`, `2024.03`, `2024/03`, `'24`.
fn year_in(text: &str) -> Option<(String, i16)> {
    for (at, c) in text.char_indices() {
        let before = text[..at].chars().next_back();
        if c.is_ascii_digit() && !before.is_some_and(|c| c.is_alphanumeric() || c == '.') {
            let end = text[at..]
                .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '/' | '-')))
                .map_or(text.len(), |length| at + length);
            let token = text[at..end].trim_end_matches(['.', '-', '/']);
            let Some(year) = token.get(..4).and_then(year_of) else {
                continue;
            };
            let month = &token[4..];
            if month.is_empty() || month.len() <= 6 && month.starts_with(['.', '/', '-']) {
                return Some((format!("{} {}", &text[..at], &text[end..]), year));
            }
        }
        if matches!(c, '\'' | '’' | '‘') && before.is_some_and(char::is_alphanumeric) {
            let digits = text[at + c.len_utf8()..].get(..2)?;
            let end = at + c.len_utf8() + 2;
            let alone = !text[end..].starts_with(|c: char| c.is_alphanumeric());
            if let (Ok(n), true) = (digits.parse::<i16>(), alone) {
                let year = if n < 70 { 2000 + n } else { 1900 + n };
                return Some((format!("{} {}", &text[..at], &text[end..]), year));
            }
        }
    }
    None
}

fn year_of(word: &str) -> Option<i16> {
    let is_year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    (is_year && word.bytes().all(|b| b.is_ascii_digit()))
        .then(|| word.parse().ok())
        .flatten()
}

fn is_small_number(word: &str) -> bool {
    word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit())
}

fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    word.len() >= 3
        && word.get(..3).is_some_and(|head| MONTHS.contains(&head))
        && [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
            "sept",
        ]
        .iter()
        .any(|month| month.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn venues_and_years_are_told_from_names_and_sentences() {
        for (text, want) in [
            ("(ICML 2024)", Some("ICML 2024 2024")),
            ("NeurIPS'23", Some("NeurIPS 2023 2023")),
            ("CVPR 2023 (Oral)", Some("CVPR 2023 2023")),
            ("arXiv 2024", Some("- 2024")),
            ("arXiv, Mar 2024", Some("- 2024")),
            ("arXiv", Some("- -")),
            ("Moss on Stones, arXiv 2024", None),
            ("2024.03", Some("- 2024")),
            ("2024/03", Some("- 2024")),
            ("2024", Some("- 2024")),
            ("Mar 2024", Some("- 2024")),
            (
                "Transactions of the ACL, 2023",
                Some("Transactions of the ACL 2023 2023"),
            ),
            ("Nature, 2021", Some("Nature 2021 2021")),
            ("Jane Doe 2024", None),
            ("we tried it in 2024", None),
            ("Jane Doe, John Roe", None),
            ("GPT", None),
        ] {
            let got = venue_year(text).map(|place| {
                let year = place.year.map_or("-".to_owned(), |year| year.to_string());
                format!("{} {year}", place.venue.as_deref().unwrap_or("-"))
            });
            assert_eq!(got.as_deref(), want, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "[A-Ca-c0-9 .,'’/()é-]{0,40}") {
            let _ = venue_year(&text);
        }
    }
}
