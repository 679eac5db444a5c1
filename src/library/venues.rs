//! Venues: where papers appeared. "ICML 2024" is the venue ICML in its year 2024.

use std::collections::{BTreeMap, HashMap};

use super::naming::{Names, commonest};
use super::{Entry, order};
use crate::model::Slug;
use crate::text::{fold, title_key};

/// A venue and its papers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VenueEntry {
    /// The name without the year, as most of the papers spell it.
    pub name: String,
    /// The name of its page.
    pub slug: Slug,
    /// The papers, newest first.
    pub papers: Vec<usize>,
    /// Its years, newest first.
    pub years: Vec<VenueYear>,
}

/// A year of a venue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VenueYear {
    /// The year.
    pub year: i16,
    /// The papers, newest first.
    pub papers: Vec<usize>,
}

/// Where a paper appeared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appearance {
    /// The venue's number in the library.
    pub venue: usize,
    /// The index of the year among those of the venue, if it is known.
    pub year: Option<usize>,
}

impl VenueEntry {
    /// The path of its page within the site, such as `venues/icml/`.
    pub fn path(&self) -> String {
        format!("venues/{}/", self.slug)
    }

    /// The path of the page of one of its years, such as `venues/icml/2024/`.
    pub fn year_path(&self, year: usize) -> String {
        format!("venues/{}/{}/", self.slug, self.years[year].year)
    }
}

/// All venues, by name. Sets `venue` of each paper.
pub(super) fn link(papers: &mut [Entry]) -> Vec<VenueEntry> {
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let mut groups: Vec<(String, Vec<Member>)> = Vec::new();
    for (paper, entry) in papers.iter().enumerate() {
        let Some(text) = &entry.paper.venue else {
            continue;
        };
        let (name, year) = part(text);
        let key = title_key(&fold(&name));
        if key.is_empty() {
            continue;
        }
        let number = *numbers.entry(key.clone()).or_insert_with(|| {
            groups.push((key, Vec::new()));
            groups.len() - 1
        });
        let year = year.or_else(|| entry.paper.publication_year());
        groups[number].1.push(Member { paper, name, year });
    }
    // The first venue gets the plain slug: the oldest paper is last.
    groups.sort_by_key(|(key, members)| {
        let oldest = members.last().map_or(0, |member| member.paper);
        (std::cmp::Reverse(oldest), key.clone())
    });
    let mut names = Names::default();
    let mut venues: Vec<VenueEntry> = groups
        .into_iter()
        .map(|(key, members)| {
            let oldest = members.last().map_or("", |member| member.name.as_str());
            let mut years: BTreeMap<i16, Vec<usize>> = BTreeMap::new();
            for member in &members {
                if let Some(year) = member.year {
                    years.entry(year).or_default().push(member.paper);
                }
            }
            VenueEntry {
                name: commonest(members.iter().map(|member| member.name.as_str())),
                slug: names.give(oldest, "venue", &key),
                papers: {
                    let mut listed: Vec<usize> =
                        members.iter().map(|member| member.paper).collect();
                    order::by_appearance(&mut listed, papers);
                    listed
                },
                years: years
                    .into_iter()
                    .rev()
                    .map(|(year, papers)| VenueYear { year, papers })
                    .collect(),
            }
        })
        .collect();
    venues.sort_by_cached_key(|venue| (fold(&venue.name).into_owned(), venue.slug.clone()));
    for (venue, entry) in venues.iter().enumerate() {
        for n in &entry.papers {
            papers[*n].venue = Some(Appearance { venue, year: None });
        }
        for (year, listed) in entry.years.iter().enumerate() {
            for n in &listed.papers {
                papers[*n].venue = Some(Appearance {
                    venue,
                    year: Some(year),
                });
            }
        }
    }
    venues
}

/// A paper of a venue.
struct Member {
    paper: usize,
    name: String,
    year: Option<i16>,
}

/// Splits a venue's text into its name and its year: "ICLR 2024 poster" is ICLR in
/// 2024. A text that is only a year is a name.
fn part(text: &str) -> (String, Option<i16>) {
    let words: Vec<&str> = text.split_whitespace().collect();
    let dated: Vec<(&str, Option<i16>)> = words.iter().map(|word| year_of(word)).collect();
    let Some(year) = dated.iter().rev().find_map(|(_, year)| *year) else {
        return (words.join(" "), None);
    };
    let mut kept: Vec<&str> = Vec::new();
    for (at, (word, (rest, found))) in words.iter().zip(&dated).enumerate() {
        if *found == Some(year) {
            kept.extend(Some(*rest).filter(|rest| !rest.is_empty()));
            continue;
        }
        // The kind of presentation follows the year.
        let presentation = at + 1 == words.len()
            && at
                .checked_sub(1)
                .is_some_and(|before| dated[before].1 == Some(year))
            && ["poster", "oral", "spotlight"]
                .iter()
                .any(|known| word.eq_ignore_ascii_case(known));
        if !presentation {
            kept.push(word);
        }
    }
    let name = kept.join(" ");
    let name =
        name.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-' | '–'));
    if name.is_empty() {
        return (words.join(" "), Some(year));
    }
    (name.to_owned(), Some(year))
}

/// The year in a word, with the text before it: "2024", "(2024)", "ICML2024",
/// "NeurIPS'23".
fn year_of(word: &str) -> (&str, Option<i16>) {
    let bare = word.trim_matches(['(', ')', '[', ']', ',', '.', ':', ';']);
    let split = bare.len() - bare.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (before, digits) = bare.split_at(split);
    let is_name = before.is_empty() || before.chars().all(char::is_alphabetic);
    match (digits.len(), digits.parse::<i16>()) {
        (4, Ok(year)) if (1900..2100).contains(&year) && is_name => (before, Some(year)),
        (2, Ok(year)) => match before.strip_suffix(['\'', '’']) {
            Some(name) if name.chars().all(char::is_alphabetic) => {
                let century = if year < 70 { 2000 } else { 1900 };
                (name, Some(century + year))
            }
            _ => (word, None),
        },
        _ => (word, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_venue_is_parted_from_its_year() {
        for (text, name, year) in [
            ("ICML 2024", "ICML", Some(2024)),
            ("ICLR 2024 poster", "ICLR", Some(2024)),
            ("NeurIPS'23", "NeurIPS", Some(2023)),
            ("CVPR2022", "CVPR", Some(2022)),
            ("Proc. of Things (1998)", "Proc. of Things", Some(1998)),
            ("2021 IEEE Conference, 2021", "IEEE Conference", Some(2021)),
            (
                "ICLR 2025 Workshop on Poster Art",
                "ICLR Workshop on Poster Art",
                Some(2025),
            ),
            (
                "Journal of Imaginary Pomology",
                "Journal of Imaginary Pomology",
                None,
            ),
            ("Nature 12345", "Nature 12345", None),
            ("2024", "2024", Some(2024)),
        ] {
            assert_eq!(part(text), (name.to_owned(), year), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_parted(text in any::<String>()) {
            let (name, _) = part(&text);
            prop_assert!(name.len() <= text.len());
            prop_assert_eq!(name.is_empty(), text.split_whitespace().next().is_none());
        }
    }
}
