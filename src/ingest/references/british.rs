//! The British styles MHRA and OSCOLA, which use single quotation marks and put
//! imprints in brackets. Their containers are rewritten in Chicago style for the
//! other modules to parse.

use super::people::is_people;
use super::style::Parts;
use super::year_of;

/// MHRA's `Doe, Jane, ‘Gears that Turn’, Journal of Gears, 12.3 (2019), 45–67` and
/// OSCOLA's `Jane Doe, ‘Gears that Turn’ (2019) 12 Journal of Gears 45`.
pub(super) fn quoted(text: &str) -> Option<Parts> {
    let open = text
        .find('‘')
        .or_else(|| Some(text.find(", '")? + 2))
        .filter(|at| *at > 0)?;
    let authors = text[..open].trim_end_matches([',', ' ']);
    let inner = &text[open + text[open..].chars().next()?.len_utf8()..];
    let close = inner
        .char_indices()
        .filter(|(_, c)| matches!(c, '’' | '\''))
        .find(|(at, c)| {
            let behind = &inner[at + c.len_utf8()..];
            behind.starts_with([',', '.'])
                || behind.starts_with(" (")
                || behind.starts_with(" [")
                || behind.starts_with(" in ")
        })?
        .0;
    if !is_people(authors) || close == 0 {
        return None;
    }
    let behind = inner[close..].trim_start_matches(['’', '\'', ',', ' ', '.']);
    let behind = behind.trim_end_matches(['.', ' ']);
    let source = year_first(behind)
        .or_else(|| numbers_behind(behind))
        .or_else(|| in_a_book(behind))?;
    Some(Parts {
        authors: authors.to_owned(),
        title: inner[..close].to_owned(),
        source,
        ..Parts::default()
    })
}

/// `(2019) 12(3) Journal of Gears 45`, `[2019] Journal of Gears 45`.
fn year_first(text: &str) -> Option<String> {
    let inner = text.strip_prefix(['(', '['])?;
    let year = inner.get(..4).filter(|year| year_of(year).is_some())?;
    let rest = inner[4..].strip_prefix([')', ']'])?.trim_start();
    let (journal, page) = rest.rsplit_once(' ')?;
    let is_page = page.starts_with(|c: char| c.is_ascii_digit());
    let first = journal.split(' ').next().unwrap_or_default();
    let is_numbered = first.starts_with(|c: char| c.is_ascii_digit());
    let (numbers, journal) = match is_numbered {
        true => journal.split_once(' ')?,
        false => ("", journal),
    };
    is_page.then(|| {
        as_chicago(
            journal,
            &numbers.replace('(', ".").replace(')', ""),
            year,
            page,
        )
    })
}

/// `Journal of Gears, 12.3 (2019), 45–67 (p. 50)`.
fn numbers_behind(text: &str) -> Option<String> {
    let (at, _) = text
        .match_indices(", ")
        .find(|(at, _)| text[at + 2..].starts_with(|c: char| c.is_ascii_digit()))?;
    let (numbers, rest) = text[at + 2..].split_once(" (")?;
    let (date, rest) = rest.split_once(')')?;
    let year = date
        .rsplit(' ')
        .next()
        .filter(|year| year_of(year).is_some())?;
    let pages = rest.trim_start_matches([',', ' ']);
    let pages = pages.split(" (").next().unwrap_or_default();
    let pages = pages.trim_start_matches("pp. ").trim_start_matches("p. ");
    Some(as_chicago(&text[..at], numbers, year, pages))
}

fn as_chicago(journal: &str, numbers: &str, year: &str, pages: &str) -> String {
    if numbers.is_empty() {
        return format!("{journal} ({year}), pp. {pages}.");
    }
    let numbers = match numbers.split_once(['.', '/']) {
        Some((volume, number)) => format!("{volume}, no. {number}"),
        None => numbers.to_owned(),
    };
    format!("{journal} {numbers} ({year}): {pages}.")
}

/// `in Handbook of Gears, ed. by Rita Roe (Turin: Foo Press, 2019), pp. 45–60`, and
/// `in Rita Roe (ed), Handbook of Gears (Foo Press 2019)`.
fn in_a_book(text: &str) -> Option<String> {
    let rest = text.strip_prefix("in ")?;
    let (book, behind) = imprint(rest)?;
    let (before, imprint) = book;
    let pages = behind.trim_start_matches([',', ' ', '.']);
    let pages = pages.trim_start_matches("pp. ").trim_start_matches("p. ");
    let edited = ["(eds)", "(ed)", "(eds.)", "(ed.)"]
        .iter()
        .find_map(|mark| before.split_once(mark));
    let name = match edited {
        Some((people, name)) => format!(
            "{}, edited by {}",
            name.trim_start_matches([',', ' ']),
            people.trim()
        ),
        None => before.replace(", ed. by ", ", edited by "),
    };
    let pages = match pages {
        "" => String::new(),
        pages => format!(", {pages}"),
    };
    Some(format!("In {name}{pages}. {}", publisher_and_year(imprint)))
}

/// MHRA's `Doe, Jane, Gears and Lamps (Turin: Foo Press, 2019)` and OSCOLA's
/// `Jane Doe, Gears and Lamps (2nd edn, Foo Press 2019)`.
pub(super) fn book(text: &str) -> Option<Parts> {
    let ((before, imprint), behind) = imprint(text.trim_end_matches(['.', ' ']))?;
    let at = before
        .match_indices(", ")
        .map(|(at, _)| at)
        .take(40)
        .filter(|at| is_people(&before[..*at]))
        .last()?;
    let title = before[at + 2..].trim_end_matches([',', ' ']);
    // For a journal, numbers follow the year.
    if !behind.is_empty() || title.len() < 4 || before[..at].len() < 4 {
        return None;
    }
    Some(Parts {
        authors: before[..at].to_owned(),
        title: title.to_owned(),
        source: publisher_and_year(imprint),
        is_book: true,
        ..Parts::default()
    })
}

/// Splits at brackets with a publisher and a year: the text before, inside and
/// after them.
fn imprint(text: &str) -> Option<((&str, &str), &str)> {
    let (at, _) = text.match_indices(" (").find(|(at, _)| {
        let inside = text[at + 2..].split(')').next().unwrap_or_default();
        let year = inside.len().checked_sub(4).and_then(|at| inside.get(at..));
        inside.len() > 6 && year.and_then(year_of).is_some() && inside.contains(' ')
    })?;
    let (inside, behind) = text[at + 2..].split_once(')')?;
    Some(((&text[..at], inside), behind))
}

/// Turns "2nd edn, Foo Press 2019" into "2nd ed. Foo Press, 2019."
fn publisher_and_year(imprint: &str) -> String {
    let (before, year) = imprint.split_at(imprint.len() - 4);
    let before = before.trim_end_matches([',', ' ']);
    let before = match before.split_once(" edn, ") {
        Some((nth, publisher)) => format!("{nth} ed. {publisher}"),
        None => before.to_owned(),
    };
    format!("{before}, {year}.")
}
