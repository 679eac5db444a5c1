//! Determines the date of a digest. If a pasted page omits the year, it is inferred
//! from other evidence, never from the clock.

use super::day::Day;
use crate::diagnostics::{Diagnostic, Place};
use crate::model::Date;

/// What is known about a digest's date.
pub(super) struct Evidence<'a> {
    /// The file's name as the user gave it, or "-".
    pub(super) name: &'a str,
    /// The date the user asked for.
    pub(super) asked: Option<Date>,
    /// The date of an earlier digest.
    pub(super) earlier: Option<Date>,
    /// The date in the text, and where it is.
    pub(super) found: Option<(Day, Place)>,
}

/// Decides on a date. The user's choice wins, then the date in the file name, then
/// the one in the text, with the year taken from the text, the file name or an
/// earlier digest.
pub(super) fn settle(evidence: Evidence<'_>) -> (Option<Date>, Option<Diagnostic>) {
    let named = Named::of(evidence.name);
    let Some((day, place)) = evidence.found else {
        return (evidence.asked.or(named.date), None);
    };
    if let Some(asked) = evidence.asked {
        let agrees = day.date(day.year.unwrap_or(asked.year())) == Some(asked);
        let said = || {
            Diagnostic::warning(
                "date-differs",
                format!("the date in the text differs from {asked}, which was asked for"),
            )
            .at(place)
            .field("date")
            .help("the date that was asked for is used; leave it out to use the text's")
        };
        return (Some(asked), (!agrees).then(said));
    }
    // People name files deliberately, and the name becomes the digest's URL,
    // whereas the text may be a copy of yesterday's.
    if let Some(date) = named.date {
        let agrees = day.full().or_else(|| nearest(day, date)) == Some(date);
        let said = || {
            Diagnostic::warning(
                "date-differs",
                "the text and the file's name give different dates",
            )
            .at(place)
            .field("date")
            .help("the name's date is used; to change it, rename the file or give `--date`")
        };
        return (Some(date), (!agrees).then(said));
    }
    if let Some(date) = day.full() {
        let fits = day.weekday.is_none_or(|weekday| date.weekday() == weekday);
        let said = || {
            Diagnostic::warning("date-weekday", format!("{date} is a {:?}", date.weekday()))
                .at(place)
                .field("date")
                .help("correct the date, or give one with `--date`")
        };
        return (Some(date), (!fits).then(said));
    }
    let (year, settled) = match (named.year, evidence.earlier) {
        (Some(year), _) => (year, in_or_after(day, year)),
        (None, Some(earlier)) => (earlier.year(), beside(day, earlier)),
        (None, None) => return (None, Some(no_year(evidence.name, day, place))),
    };
    match settled {
        Some(date) => (Some(date), None),
        None => (None, Some(no_such_day(evidence.name, year, day, place))),
    }
}

/// The day closest to an earlier digest: after 30 December, "Jan 2" is in the next
/// year. `None` if it is more than half a year away.
fn beside(day: Day, earlier: Date) -> Option<Date> {
    if day.weekday.is_some() {
        return in_or_after(day, earlier.year());
    }
    nearest(day, earlier).filter(|date| (*date - earlier).get_days().unsigned_abs() <= 184)
}

/// The day in the year that brings it closest to a date: in a file of 1 January,
/// "Dec 31" is the day before.
pub(super) fn nearest(day: Day, date: Date) -> Option<Date> {
    let distance = |other: &Date| (date - *other).get_days().unsigned_abs();
    (date.year() - 1..=date.year() + 1)
        .filter_map(|year| day.date(year))
        .min_by_key(distance)
}

/// The day in a year, or in a neighbouring year if the weekday demands it.
fn in_or_after(day: Day, year: i16) -> Option<Date> {
    let Some(weekday) = day.weekday else {
        return day.date(year);
    };
    [year, year + 1, year - 1]
        .into_iter()
        .filter_map(|year| day.date(year))
        .find(|date| date.weekday() == weekday)
        .or_else(|| day.date(year))
}

fn no_year(name: &str, day: Day, place: Place) -> Diagnostic {
    Diagnostic::error(
        "no-year",
        "the date has no year, and nothing else gives one",
    )
    .at(place)
    .field("date")
    .help(how_to_say(
        name,
        day.date(YEAR).map_or(EXAMPLE.to_owned(), |d| d.to_string()),
    ))
}

fn no_such_day(name: &str, year: i16, day: Day, place: Place) -> Diagnostic {
    Diagnostic::error("no-such-day", format!("{year} has no such day"))
        .at(place)
        .field("date")
        .help(how_to_say(
            name,
            day.date(YEAR).map_or(EXAMPLE.to_owned(), |d| d.to_string()),
        ))
}

/// A digest without any date.
pub(super) fn no_date(name: &str, place: Place) -> Diagnostic {
    Diagnostic::warning("no-date", "nothing gives the date of this digest")
        .at(place)
        .field("date")
        .help(how_to_say(name, EXAMPLE.to_owned()))
}

/// The year used in examples; not a leap year, so 29 February needs care.
const YEAR: i16 = 2025;
const EXAMPLE: &str = "2025-03-14";

fn how_to_say(name: &str, example: String) -> String {
    let (_, file) = folder_and_file(name);
    let suffix = file
        .rfind('.')
        .filter(|at| *at > 0)
        .map_or(".txt", |at| &file[at..]);
    format!("use `offprint import {name} --date {example}`, or name the file `{example}{suffix}`")
}

fn folder_and_file(name: &str) -> (&str, &str) {
    match name.rfind(['/', '\\']) {
        Some(at) => name.split_at(at + 1),
        None => ("", name),
    }
}

/// What a file's name says.
#[derive(Debug, PartialEq)]
struct Named {
    date: Option<Date>,
    year: Option<i16>,
}

impl Named {
    fn of(name: &str) -> Self {
        let (_, file) = folder_and_file(name);
        let date = date_in(file);
        Self {
            date,
            year: date.map(Date::year).or_else(|| year_in(file)),
        }
    }
}

/// A full date in a name: `2025-03-14`, `2025_03_14`, `20250314`, `14-march-2025`.
fn date_in(file: &str) -> Option<Date> {
    let compact = runs(file).find_map(|(at, digits)| {
        if digits.len() != 8 || !is_year(file, at, digits) {
            return None;
        }
        let month = digits[4..6].parse().ok()?;
        Date::new(digits[..4].parse().ok()?, month, digits[6..].parse().ok()?).ok()
    });
    let dashed = file.replace(['_', '+', ' '], "-");
    let spaced = file.replace(['_', '+', '-'], " ");
    compact
        .or_else(|| runs(&dashed).find_map(|(at, _)| Day::starting(&dashed[at..])?.full()))
        .or_else(|| {
            parts(&spaced, |c| c.is_ascii_alphanumeric())
                .find_map(|(at, _)| Day::starting(&spaced[at..])?.full())
        })
}

/// The year in a name, unless there are several.
fn year_in(file: &str) -> Option<i16> {
    let mut years = runs(file).filter_map(|(at, digits)| {
        let alone = digits.len() == 4 && is_year(file, at, digits);
        alone.then(|| digits.parse::<i16>().ok()).flatten()
    });
    let year = years.next()?;
    years.all(|other| other == year).then_some(year)
}

/// Whether digits are a plausible year, and not the start of an arXiv ID such as
/// 2005.01234.
fn is_year(file: &str, at: usize, digits: &str) -> bool {
    let behind = &file.as_bytes()[at + digits.len()..];
    let identifier = behind.first() == Some(&b'.')
        && behind.len() > 4
        && behind[1..5].iter().all(u8::is_ascii_digit);
    (digits.starts_with("19") || digits.starts_with("20")) && !identifier
}

/// Runs of digits, with their positions.
fn runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    parts(text, |c| c.is_ascii_digit())
}

fn parts(text: &str, inside: fn(char) -> bool) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text[from..].find(inside)?;
        let end = text[start..]
            .find(|c| !inside(c))
            .map_or(text.len(), |length| start + length);
        from = end;
        Some((start, &text[start..end]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn evidence<'a>(name: &'a str, text: &str) -> Evidence<'a> {
        Evidence {
            name,
            asked: None,
            earlier: None,
            found: Day::parse(text).map(|day| (day, Place::line("f", 9, text))),
        }
    }

    fn code(diagnostic: &Option<Diagnostic>) -> &str {
        diagnostic.as_ref().map_or("", |d| d.code.as_str())
    }

    #[test]
    fn a_file_name_gives_a_date_or_at_least_a_year() {
        for (name, day, year) in [
            ("2025-03-14.txt", Some(date(2025, 3, 14)), Some(2025)),
            ("hf-2025-03-14", Some(date(2025, 3, 14)), Some(2025)),
            (
                "a/2024/papers_2025_03_14.jsonl",
                Some(date(2025, 3, 14)),
                Some(2025),
            ),
            ("20250314.txt", Some(date(2025, 3, 14)), Some(2025)),
            (
                "digest-14-march-2025.txt",
                Some(date(2025, 3, 14)),
                Some(2025),
            ),
            ("Mar 14 2025.txt", Some(date(2025, 3, 14)), Some(2025)),
            ("papers_2025", None, Some(2025)),
            ("papers-2025-w11.txt", None, Some(2025)),
            ("hf-papers-mar-14.txt", None, None),
            ("2005.01234.txt", None, None),
            ("from-2024-to-2025.txt", None, None),
            ("2024/mar-14.txt", None, None),
            ("-", None, None),
            ("", None, None),
            ("20259999.txt", None, None),
        ] {
            assert_eq!(Named::of(name), Named { date: day, year }, "{name}");
        }
    }

    #[test]
    fn the_year_comes_from_what_somebody_said() {
        let want = Some(date(2025, 3, 14));
        let asked = Evidence {
            asked: want,
            ..evidence("x.txt", "Mar 14")
        };
        assert_eq!(settle(asked), (want, None));
        assert_eq!(settle(evidence("papers_2025.txt", "Mar 14")), (want, None));
        assert_eq!(settle(evidence("2025-03-14.txt", "Mar 14")), (want, None));
        assert_eq!(settle(evidence("2025-03-14.txt", "")), (want, None));
        assert_eq!(settle(evidence("x.txt", "14 March 2025")), (want, None));
        let hinted = Evidence {
            earlier: Some(date(2025, 3, 12)),
            ..evidence("x.txt", "Mar 14")
        };
        assert_eq!(settle(hinted), (want, None));
        let turn = settle(evidence("2025-01-01.txt", "Dec 31"));
        assert_eq!(
            (turn.0, code(&turn.1)),
            (Some(date(2025, 1, 1)), "date-differs")
        );
        assert_eq!(settle(evidence("x.txt", "")), (None, None));
    }

    #[test]
    fn a_day_after_new_year_is_of_the_year_after_the_last_digest() {
        let after = |text: &str| {
            let hinted = Evidence {
                earlier: Some(date(2024, 12, 30)),
                ..evidence("x.txt", text)
            };
            settle(hinted).0
        };
        assert_eq!(after("Jan 2"), Some(date(2025, 1, 2)));
        assert_eq!(after("Dec 27"), Some(date(2024, 12, 27)));
    }

    #[test]
    fn a_weekday_chooses_among_neighbouring_years() {
        let hinted = Evidence {
            earlier: Some(date(2024, 12, 30)),
            ..evidence("x.txt", "Fri, Jan 3")
        };
        assert_eq!(settle(hinted), (Some(date(2025, 1, 3)), None));
    }

    #[test]
    fn without_a_year_the_error_says_how_to_say_it() {
        let (day, said) = settle(evidence("in/hf-papers-mar-14.txt", "Mar 14"));
        let said = said.unwrap();
        assert_eq!((day, said.code.as_str()), (None, "no-year"));
        let help = said.help.unwrap();
        assert!(
            help.contains("`offprint import in/hf-papers-mar-14.txt --date 2025-03-14`"),
            "{help}"
        );
        assert!(help.contains("`2025-03-14.txt`"), "{help}");
    }

    #[test]
    fn contradictions_are_warned_of() {
        let asked = Evidence {
            asked: Some(date(2025, 3, 15)),
            ..evidence("x.txt", "Mar 14")
        };
        let (day, said) = settle(asked);
        assert_eq!(
            (day, code(&said)),
            (Some(date(2025, 3, 15)), "date-differs")
        );
        for text in ["Mar 14", "14 March 2025"] {
            let (day, said) = settle(evidence("2025-03-15.txt", text));
            assert_eq!(
                (day, code(&said)),
                (Some(date(2025, 3, 15)), "date-differs")
            );
        }
        let (day, said) = settle(evidence("x.txt", "Mon, 14 March 2025"));
        assert_eq!(
            (day, code(&said)),
            (Some(date(2025, 3, 14)), "date-weekday")
        );
        let leap = Evidence {
            earlier: Some(date(2025, 2, 27)),
            ..evidence("x.txt", "Feb 29")
        };
        assert_eq!(code(&settle(leap).1), "no-such-day");
    }

    proptest::proptest! {
        #[test]
        fn any_name_is_looked_through(name in "(?s).{0,60}") {
            let _ = Named::of(&name);
        }
    }
}
