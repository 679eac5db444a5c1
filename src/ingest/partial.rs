//! Parses partial dates as bibliographies write them, such as "2012 May 15",
//! "2020/11//Nov/Dec2020" and "13~jan".

use crate::model::{Date, Day, Season};

/// Longer texts are not searched for dates.
const MAX_LENGTH: usize = 240;

/// A date from parts. An invalid month is dropped together with the day; an invalid
/// day is dropped.
pub(super) fn of_parts(year: i16, month: Option<i8>, day: Option<i8>) -> Day {
    let whole = month
        .zip(day)
        .and_then(|(month, day)| Date::new(year, month, day).ok());
    whole
        .map(Day::from)
        .or_else(|| Day::of_month(year, month?))
        .unwrap_or(Day::of_year(year))
}

/// How precise a date is; more is better.
pub(super) fn precision(day: Day) -> usize {
    let is_season = day.season().is_some();
    usize::from(is_season)
        + 2 * usize::from(day.month().is_some())
        + usize::from(day.day().is_some())
}

/// The year in a text: the first four-digit number that can be one.
pub(super) fn year(text: &str) -> Option<i16> {
    let text = text.get(..MAX_LENGTH.min(text.len()))?;
    let mut found = words(text).filter_map(|word| match word {
        Word::Number(number, 4) => plausible(number),
        _ => None,
    });
    found.next()
}

fn plausible(number: u32) -> Option<i16> {
    (1500..2200)
        .contains(&number)
        .then(|| i16::try_from(number).ok())
        .flatten()
}

fn plausible_year(year: i16) -> bool {
    (1500..2200).contains(&year)
}

/// A month and the day next to it: "march", "3", "13 jan", "jan 13", "02–04 May",
/// "mar/apr". The first of several is used.
pub(super) fn month_and_day(text: &str) -> Option<(i8, Option<i8>)> {
    if text.len() > MAX_LENGTH {
        return None;
    }
    let words: Vec<Word> = words(text).collect();
    if let Some(at) = words.iter().position(|w| matches!(w, Word::Month(_))) {
        let Word::Month(month) = words[at] else {
            return None;
        };
        let day = |word: Option<&Word>| match word {
            Some(Word::Number(day @ 1..=31, 1..=2)) => i8::try_from(*day).ok(),
            _ => None,
        };
        // For days before the month, use the start of the range.
        let span = words[..at]
            .iter()
            .rev()
            .take_while(|word| day(Some(word)).is_some());
        let first = span.last().and_then(|word| day(Some(word)));
        return Some((month, first.or_else(|| day(words.get(at + 1)))));
    }
    match words.first() {
        Some(Word::Number(month @ 1..=12, 1..=2)) => Some((i8::try_from(*month).ok()?, None)),
        _ => None,
    }
}

/// A date as written by people and programs. For a range, its start, or its end if
/// the start is open.
pub(super) fn written(text: &str) -> Option<Day> {
    let text = text.trim();
    if text.len() > MAX_LENGTH {
        return None;
    }
    let text = one_of_range(text);
    if let Some(decade) = decade(text) {
        return Some(Day::of_year(decade));
    }
    if let Some(day) = Day::parse(text).filter(|day| plausible_year(day.year())) {
        return Some(day);
    }
    if text.len() == 8
        && text.bytes().all(|b| b.is_ascii_digit())
        && let Some(year) = plausible(text[..4].parse().ok()?)
    {
        return Some(of_parts(
            year,
            text[4..6].parse().ok(),
            text[6..].parse().ok(),
        ));
    }
    if let Some(parts) = in_order(text) {
        return Some(parts);
    }
    let year = year(text)?;
    let named = words(text).any(|word| matches!(word, Word::Month(_)));
    if named {
        let (month, day) = month_and_day(text)?;
        return Some(of_parts(year, Some(month), day));
    }
    Some(season(text).map_or(Day::of_year(year), |season| Day::of_season(year, season)))
}

/// One end of a BibLaTeX or EDTF range, without uncertainty marks:
/// `2001-03/2001-05`, `2001~/..`. "2001/03" is not a range.
fn one_of_range(text: &str) -> &str {
    let ends = text
        .split_once('/')
        .filter(|_| text.matches('/').count() == 1);
    let is_open = |end: &str| matches!(end.trim(), "" | "..");
    let begins_with_year = |end: &str| {
        let digits = end.trim().bytes().take_while(u8::is_ascii_digit).count();
        digits == 4
    };
    let one = match ends {
        Some((begin, end)) if is_open(begin) => end,
        Some((begin, end))
            if begins_with_year(begin) && (is_open(end) || begins_with_year(end)) =>
        {
            begin
        }
        _ => text,
    };
    one.trim().trim_end_matches(['~', '?', '%'])
}

/// The first year of a decade, `200X`.
fn decade(text: &str) -> Option<i16> {
    let digits = text.strip_suffix('X')?.trim_end_matches('X');
    let is_decade = text.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
    let year = is_decade
        .then(|| format!("{digits:0<4}").parse().ok())
        .flatten()?;
    plausible(year)
}

/// The season named in a text.
fn season(text: &str) -> Option<Season> {
    text.split(|c: char| !c.is_alphabetic())
        .filter(|word| word.len() > 3)
        .find_map(Season::parse)
}

/// `2020/11/3`, `2020-11`, `2013/Jan/`, `2012//`; `3.11.2020`, `11/2020`.
fn in_order(text: &str) -> Option<Day> {
    let separator = text.chars().find(|c| matches!(c, '/' | '-' | '.'))?;
    let parts: Vec<&str> = text.split(separator).map(str::trim).collect();
    let number = |part: &str| part.parse::<i16>().ok();
    let small = |part: &str| {
        number(part)
            .filter(|_| part.len() <= 2)
            .and_then(|n| i8::try_from(n).ok())
    };
    let month = |part: &str| {
        small(part).or_else(|| match words(part).collect::<Vec<_>>()[..] {
            [Word::Month(month)] => Some(month),
            _ => None,
        })
    };
    let as_year = |part: &str| {
        number(part)
            .filter(|_| part.len() == 4)
            .and_then(|n| plausible(n.unsigned_abs().into()))
    };
    if let Some(year) = as_year(parts.first()?) {
        let day = parts
            .get(2)
            .map(|day| day.split(['T', ' ']).next().unwrap_or_default());
        let month = parts.get(1).and_then(|part| month(part));
        // "2001///Summer": the last part of a RIS date is free text.
        if let (None, Some(season)) = (month, season(text)) {
            return Some(Day::of_season(year, season));
        }
        return Some(of_parts(year, month, day.and_then(small)));
    }
    match parts[..] {
        [first, last] => {
            let year = as_year(last)?;
            Some(of_parts(year, Some(month(first)?), None))
        }
        [first, second, last] => {
            let year = as_year(last)?;
            let (first, second) = (small(first)?, month(second)?);
            Some(match (first, second) {
                // Dots suggest the European order; slashes are used for both.
                (day, month) if separator == '.' || day > 12 || day == month => {
                    of_parts(year, Some(month), Some(day))
                }
                (month, day) if day > 12 => of_parts(year, Some(month), Some(day)),
                _ => of_parts(year, None, None),
            })
        }
        _ => None,
    }
}

/// An element of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    /// A number and its count of digits.
    Number(u32, usize),
    Month(i8),
    Other,
}

fn words(text: &str) -> impl Iterator<Item = Word> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        let first = rest.chars().next()?;
        let is_digit = first.is_ascii_digit();
        let end = rest
            .find(|c: char| !c.is_alphanumeric() || c.is_ascii_digit() != is_digit)
            .unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        rest = behind;
        Some(if is_digit {
            // "3rd", "14th".
            let ordinal = ["st", "nd", "rd", "th"].iter().find(|end| {
                rest.get(..2)
                    .is_some_and(|two| two.eq_ignore_ascii_case(end))
                    && !rest[2..].starts_with(char::is_alphabetic)
            });
            rest = &rest[ordinal.map_or(0, |end| end.len())..];
            Word::Number(word.parse().unwrap_or(u32::MAX), word.len())
        } else {
            month(word).map_or(Word::Other, Word::Month)
        })
    })
}

/// Months in the languages of bibliographies: full names and irregular
/// abbreviations.
const MONTHS: [&str; 12] = [
    "jan january januar janvier janv enero ene gennaio gen janeiro januari",
    "feb february februar février fevrier fev fév febrero febbraio fevereiro februari",
    "mar march märz maerz mär mrz mars marzo março maart",
    "apr april avril avr abril abr aprile",
    "may mai mayo maggio mag maio mei",
    "jun june juni juin junio giugno giu junho",
    "jul july juli juillet juil julio luglio lug julho",
    "aug august août aout agosto ago augustus",
    "sep sept september septembre septiembre settembre set setembro",
    "oct october oktober okt octobre octubre ottobre ott outubro out",
    "nov november novembre noviembre novembro",
    "dec december dezember dez décembre decembre déc diciembre dic dicembre dezembro",
];

fn month(word: &str) -> Option<i8> {
    if word.len() > 12 {
        return None;
    }
    let word = word.to_lowercase();
    let found = MONTHS
        .iter()
        .position(|names| names.split(' ').any(|name| name == word))?;
    i8::try_from(found + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_far_as_they_go() {
        for (text, want) in [
            ("2012", "2012"),
            ("2012//", "2012"),
            ("2012///Spring", "2012-spring"),
            ("2012 May 15", "2012-05-15"),
            ("15 May 2012", "2012-05-15"),
            ("May 15th, 2012", "2012-05-15"),
            ("2020/11//Nov/Dec2020", "2020-11"),
            ("2020/11/03/", "2020-11-03"),
            ("2024/5/1/spring", "2024-05-01"),
            ("2013/Jan/", "2013-01"),
            ("Nov/Dec2020", "2020-11"),
            ("2013 Jan-Feb", "2013-01"),
            ("20201103", "2020-11-03"),
            ("2020-11-03T10:00:00Z", "2020-11-03"),
            ("2020-11", "2020-11"),
            ("11/2020", "2020-11"),
            ("31.12.2020", "2020-12-31"),
            ("12/31/2020", "2020-12-31"),
            ("3/4/2020", "2020"),
            ("2020-02-31", "2020-02"),
            ("2020-13-01", "2020"),
            ("Spring 2012", "2012-spring"),
            ("2012-21", "2012-spring"),
            ("2012-05/2012-07", "2012-05"),
            ("2012~", "2012"),
            ("../2012-05", "2012-05"),
            ("201X", "2010"),
            ("2012/05", "2012-05"),
            ("c. 1999", "1999"),
            ("[1999?]", "1999"),
            ("2001-2003", "2001"),
            ("15 de mayo de 2012", "2012-05"),
        ] {
            assert_eq!(
                written(text).map(|day| day.to_string()).as_deref(),
                Some(want),
                "{text}"
            );
        }
        for text in ["", "in press", "12", "99999", "1.2.3", "20209999x"] {
            assert_eq!(written(text), None, "{text}");
        }
    }

    #[test]
    fn months_come_with_days_and_in_pairs() {
        for (text, want) in [
            ("jan", Some((1, None))),
            ("3", Some((3, None))),
            ("03", Some((3, None))),
            ("March", Some((3, None))),
            ("Sept.", Some((9, None))),
            ("13 jan", Some((1, Some(13)))),
            ("jan 13", Some((1, Some(13)))),
            ("02–04 May", Some((5, Some(2)))),
            ("mar/apr", Some((3, None))),
            ("Jan.–Mar.", Some((1, None))),
            ("1-2", Some((1, None))),
            ("März", Some((3, None))),
            ("13", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(month_and_day(text), want, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_looked_through(text in "[0-9a-zé/ .-]{0,20}|(?s).{0,60}") {
            let _ = (written(&text), month_and_day(&text), year(&text));
        }
    }
}
