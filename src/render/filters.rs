//! Filters and functions that templates can use beside Tera's own: days, numbers
//! and plurals in the language of the site, and addresses.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Error, Kwargs, State, Tera, TeraResult};

use super::assets::Assets;
use super::escape::escape_url_path;
use crate::diagnostics::nearest;
use crate::model::{Date, Day};

/// The words of the site's language, by key.
pub(super) type Words = Arc<BTreeMap<String, String>>;

/// Registers all of them.
///
/// * `day`: `2025-03-14` as the language writes it, such as "14 March 2025";
///   `day(form="short")` without the year, `day(form="month")` the month alone.
///   Of `2025-03`, `2025-summer` and `2025` it writes what they tell;
///   `day(form="machine")` writes digits for `datetime`.
/// * `thousands`: 83271 as "83,271".
/// * `counted(one=…, many=…)`: a number with its noun.
/// * `url_path`: a path within the site, percent-encoded.
/// * `fill(name=…)`: puts values in place of `{name}` in a text.
/// * `asset`: where a style sheet, script or picture of the theme is published, from the
///   site's root.
pub(super) fn register(tera: &mut Tera, words: &Words, assets: &Arc<Assets>) {
    let published = Arc::clone(assets);
    tera.register_filter(
        "asset",
        move |path: &str, _: Kwargs, _: &State<'_>| -> TeraResult<String> {
            if published.has(path) {
                return Ok(published.published(path));
            }
            let paths = published.paths().iter().map(String::as_str);
            let known = match nearest(path, paths) {
                Some(near) => format!("; did you mean `{near}`?"),
                None => String::new(),
            };
            Err(Error::message(format!(
                "the theme has no static file `{path}`{known}"
            )))
        },
    );
    let language = Arc::clone(words);
    tera.register_filter(
        "day",
        move |text: &str, kwargs: Kwargs, _: &State<'_>| -> TeraResult<String> {
            let form = kwargs
                .get::<String>("form")?
                .unwrap_or_else(|| "long".to_owned());
            let day = Day::parse(text).ok_or_else(|| {
                Error::message(format!("`{text}` is not a date such as 2025-03-14"))
            })?;
            if form == "machine" {
                return Ok(day.digits("-"));
            }
            Ok(match day.date() {
                Some(date) => format_day(date, &form, &language),
                None => format_part(day, &language),
            })
        },
    );
    let language = Arc::clone(words);
    tera.register_filter(
        "thousands",
        move |n: i64, _: Kwargs, _: &State<'_>| -> String { thousands(n, &language) },
    );
    let language = Arc::clone(words);
    tera.register_filter(
        "counted",
        move |n: i64, kwargs: Kwargs, _: &State<'_>| -> TeraResult<String> {
            let noun = if n == 1 {
                kwargs.must_get::<String>("one")?
            } else {
                kwargs.must_get::<String>("many")?
            };
            Ok(noun.replace("{n}", &thousands(n, &language)))
        },
    );
    tera.register_filter(
        "url_path",
        |path: &str, _: Kwargs, _: &State<'_>| -> String { escape_url_path(path) },
    );
    tera.register_filter(
        "fill",
        |text: &str, kwargs: Kwargs, _: &State<'_>| -> TeraResult<String> {
            let mut out = text.to_owned();
            for (key, value) in kwargs.iter() {
                out = out.replace(&format!("{{{key}}}"), &value.to_string());
            }
            Ok(out)
        },
    );
}

/// A day by the language's pattern for a form.
pub fn format_day(day: Date, form: &str, words: &BTreeMap<String, String>) -> String {
    let month = words
        .get(&format!("month_{}", day.month()))
        .cloned()
        .unwrap_or_else(|| day.month().to_string());
    let weekday = words
        .get(&format!("weekday_{}", day.weekday().to_monday_one_offset()))
        .cloned()
        .unwrap_or_default();
    let pattern = words
        .get(&format!("day_{form}"))
        .map_or("{year}-{month2}-{day2}", String::as_str);
    pattern
        .replace("{weekday}", &weekday)
        .replace("{day}", &day.day().to_string())
        .replace("{day2}", &format!("{:02}", day.day()))
        .replace("{month}", &month)
        .replace("{month1}", &day.month().to_string())
        .replace("{month2}", &format!("{:02}", day.month()))
        .replace("{year}", &day.year().to_string())
}

/// A month, a season or a year.
fn format_part(day: Day, words: &BTreeMap<String, String>) -> String {
    if let Some(season) = day.season() {
        let key = format!("season_{}", season.number());
        let season = words.get(&key).map_or(season.key(), String::as_str);
        let pattern = words
            .get("day_month")
            .map_or("{month} {year}", String::as_str);
        return pattern
            .replace("{month}", season)
            .replace("{year}", &day.year().to_string());
    }
    match day.month() {
        Some(_) => format_day(day.first(), "month", words),
        None => day.year().to_string(),
    }
}

fn thousands(n: i64, words: &BTreeMap<String, String>) -> String {
    let separator = words.get("thousands_separator").map_or(",", String::as_str);
    let plain =
        crate::diagnostics::thousands(usize::try_from(n.unsigned_abs()).unwrap_or(usize::MAX));
    let sign = if n < 0 { "−" } else { "" };
    format!("{sign}{}", plain.replace(',', separator))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_numbers_follow_the_language() {
        let words = BTreeMap::from([
            ("month_3".to_owned(), "März".to_owned()),
            ("day_long".to_owned(), "{day}. {month} {year}".to_owned()),
            ("day_month".to_owned(), "{month} {year}".to_owned()),
            ("season_2".to_owned(), "Sommer".to_owned()),
            ("thousands_separator".to_owned(), ".".to_owned()),
        ]);
        let day: Date = "2025-03-14".parse().unwrap();
        assert_eq!(format_day(day, "long", &words), "14. März 2025");
        assert_eq!(format_day(day, "unknown", &words), "2025-03-14");
        assert_eq!(thousands(83_271, &words), "83.271");
        let part = |text| format_part(Day::parse(text).unwrap(), &words);
        assert_eq!(
            [part("2025-03"), part("2025-summer"), part("2025")],
            ["März 2025", "Sommer 2025", "2025"]
        );
    }
}
