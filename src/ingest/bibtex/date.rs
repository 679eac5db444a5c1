//! An entry's date: BibLaTeX's `date`, or `year`, `month` and `day` in any
//! spelling.

use super::inherit::EntryFields;
use crate::ingest::{partial, tex};
use crate::model::Season;

/// The field to set, and the date. For a range, its start.
pub(super) fn of(fields: &EntryFields) -> (&'static str, Option<String>) {
    let get = |name: &str| {
        let text = fields.get(name).map(|raw| tex::plain(raw));
        text.filter(|text| !text.trim().is_empty())
    };
    let whole = get("date").and_then(|text| partial::written(&text));
    let date = whole.or_else(|| {
        let year = get("year").or_else(|| get("date"));
        let year = partial::year(&year?)?;
        let within = get("month");
        if let Some(season) = within.as_deref().and_then(Season::parse) {
            return Some(crate::model::Day::of_season(year, season));
        }
        let (month, in_month) = within
            .and_then(|month| partial::month_and_day(&month))
            .unzip();
        let day = get("day").and_then(|day| {
            let digits: String = day.chars().filter(char::is_ascii_digit).take(3).collect();
            digits.parse().ok()
        });
        Some(partial::of_parts(year, month, day.or(in_month.flatten())))
    });
    match date {
        Some(date) if partial::precision(date) > 0 => ("published", Some(date.to_string())),
        Some(date) => ("year", Some(date.to_string())),
        // Pass on what cannot be parsed, so that it is reported.
        None => ("year", get("year").or_else(|| get("date"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> String {
        let fields = pairs
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()));
        let (field, date) = of(&fields.collect());
        format!("{field} {}", date.unwrap_or_default())
    }

    #[test]
    fn dates_are_read_in_every_spelling() {
        for (date, want) in [
            ("2001-03-07", "published 2001-03-07"),
            ("2001-09", "published 2001-09"),
            ("2001", "year 2001"),
            ("2001~", "year 2001"),
            ("2001?", "year 2001"),
            ("2001-05%", "published 2001-05"),
            ("2001-03-05/2001-03-07", "published 2001-03-05"),
            ("2001/2003", "year 2001"),
            ("2001/", "year 2001"),
            ("/2001", "year 2001"),
            ("../2001-05", "published 2001-05"),
            ("200X", "year 2000"),
            ("2001/03", "published 2001-03"),
            ("2001-21", "published 2001-spring"),
            ("2001-03-07T10:20:30Z", "published 2001-03-07"),
            ("7 March 2001", "published 2001-03-07"),
            ("forthcoming", "year forthcoming"),
        ] {
            assert_eq!(read(&[("date", date)]), want, "{date}");
        }
        for (year, month, day, want) in [
            ("2001", "mar", "", "published 2001-03"),
            ("2001", "13~jan", "", "published 2001-01-13"),
            ("2001", "{March}", "7", "published 2001-03-07"),
            ("2001", "02--04 May", "", "published 2001-05-02"),
            ("{c. 1999}", "", "", "year 1999"),
            ("2001", "soon", "", "year 2001"),
            ("2001", "feb", "31", "published 2001-02"),
            ("in press", "", "", "year in press"),
        ] {
            let fields = [("year", year), ("month", month), ("day", day)];
            assert_eq!(read(&fields), want, "{year} {month} {day}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_date_is_read(text in "[0-9X/~?%.T:Z -]{0,24}") {
            let _ = read(&[("date", &text)]);
        }
    }
}
