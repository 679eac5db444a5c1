//! Affiliations in tables from catalogues. Each catalogue has its own notation for
//! who works where in a single cell.

use std::collections::BTreeMap;

use crate::model::Record;
use crate::text::clean_line;

/// The notation of a cell with affiliations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// `Lee A., Lakeside University; Roe J., Moss Institute`: Scopus.
    Behind,
    /// `[Lee, Ann; Roe, Jo] Lakeside Univ; [Roe, Jo] Moss Inst`: Web of Science.
    Before,
    /// `Lee, Ann (Lakeside University); Roe, Jo (Moss Institute)`: Dimensions.
    Around,
    /// `Lakeside University; Moss Institute`, one per author: IEEE Xplore.
    Each,
    /// `Lakeside University|Moss Institute`, one per author: OpenAlex.
    Barred,
    /// `https://orcid.org/…|https://orcid.org/…`, one per author: OpenAlex.
    Orcids,
}

/// Assigns the institutions in the cells to the authors of a record. Cells that
/// cannot be matched with the authors are ignored.
pub(super) fn attach(record: &mut Record, cells: &[(Way, &str)]) {
    for (way, cell) in cells {
        let authors = &mut record.authors.list;
        if *way == Way::Before {
            let mut places: BTreeMap<String, Vec<&str>> = BTreeMap::new();
            for (names, place) in addresses(cell) {
                for name in names.split(';') {
                    places.entry(key(name)).or_default().push(place);
                }
            }
            for author in authors {
                if let Some(places) = places.get(&key(&author.name.inverted())) {
                    author.affiliation = Some(clean_line(&places.join("; ")));
                }
            }
            continue;
        }
        let separator = match way {
            Way::Barred | Way::Orcids => '|',
            _ => ';',
        };
        let parts = outside_brackets(cell, separator);
        if parts.len() != authors.len() {
            continue;
        }
        for (author, part) in authors.iter_mut().zip(parts) {
            if *way == Way::Orcids {
                author.orcid = super::value::orcid(part).or(author.orcid.take());
                continue;
            }
            let place = match way {
                Way::Around => inside(part),
                Way::Behind => behind_name(part, author.name.family()),
                _ => Some(part),
            };
            let place = place.map(clean_line).filter(|place| !place.is_empty());
            author.affiliation = place.or(author.affiliation.take());
        }
    }
}

/// Compares names ignoring case, dots and spaces.
fn key(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Pairs of bracketed names and the place that follows.
fn addresses(cell: &str) -> impl Iterator<Item = (&str, &str)> {
    cell.split('[').filter_map(|part| {
        let (names, place) = part.split_once(']')?;
        Some((names, place.trim().trim_end_matches([';', '.', ' '])))
    })
}

/// The content of the outermost brackets at the end.
fn inside(part: &str) -> Option<&str> {
    let (_, rest) = part.split_once('(')?;
    rest.trim_end().strip_suffix(')')
}

/// What follows the name and initials, for `Lee A.` and `Lee, A.` alike.
fn behind_name<'a>(part: &'a str, family: &str) -> Option<&'a str> {
    let (name, mut place) = part.split_once(", ")?;
    if !key(name).contains(&key(family)) {
        return None;
    }
    let is_initials = |text: &str| {
        text.contains('.')
            && text
                .split(['.', ' ', '-'])
                .all(|part| part.chars().count() <= 2)
    };
    if let Some((given, rest)) = place.split_once(", ")
        && is_initials(given)
    {
        place = rest;
    }
    (!is_initials(place)).then_some(place)
}

/// Splits at separators outside brackets.
fn outside_brackets(text: &str, separator: char) -> Vec<&str> {
    let mut depth = 0_usize;
    let text = text.trim().trim_end_matches(';');
    let parts = text.split(|c: char| {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == separator && depth == 0
    });
    parts.map(str::trim).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Author, Source};

    #[test]
    fn each_author_gets_what_the_catalogue_says() {
        for (way, cell, want) in [
            (
                Way::Behind,
                "Lee A., Lakeside Univ., US; van der Berg P., Moss Inst., Turin, Italy",
                ["Lakeside Univ., US", "Moss Inst., Turin, Italy"],
            ),
            (
                Way::Behind,
                "Lee, A., Lakeside Univ., US; van der Berg, P.",
                ["Lakeside Univ., US", ""],
            ),
            (
                Way::Before,
                "[Lee, Ann] Lakeside Univ, US; [Lee, Ann; van der Berg, Piet] Moss Inst, Italy",
                ["Lakeside Univ, US; Moss Inst, Italy", "Moss Inst, Italy"],
            ),
            (
                Way::Around,
                "Lee, Ann (Lakeside (US)); van der Berg, Piet (Moss; Lakeside)",
                ["Lakeside (US)", "Moss; Lakeside"],
            ),
            (Way::Each, "Lakeside; Moss; ", ["Lakeside", "Moss"]),
            (Way::Each, "Lakeside; Moss; Rope", ["", ""]),
            (Way::Barred, "Lakeside, US|Moss", ["Lakeside, US", "Moss"]),
            (Way::Before, "Lakeside Univ, US", ["", ""]),
            (Way::Behind, "Poe X., Rope", ["", ""]),
        ] {
            let mut record = Record::new(Source::fixed("csv"), 1, "T");
            record.authors = ["Lee, Ann", "van der Berg, Piet"]
                .map(Author::named)
                .into_iter()
                .collect();
            attach(&mut record, &[(way, cell)]);
            let got = record.authors.list.iter();
            let got: Vec<&str> = got
                .map(|author| author.affiliation.as_deref().unwrap_or_default())
                .collect();
            assert_eq!(got, want, "{way:?} {cell}");
        }
    }
}
