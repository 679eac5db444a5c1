//! Reads JSON values as fields need them. Sources wrap the same value differently:
//! as a plain string, in a list of one, or in an object with a name.

use serde_json::Value;

use super::day::Day;
use super::partial;
use super::people;
use crate::model::{Author, Name, People, Season, is_others, without_others};
use crate::text::{clean, clean_line};

/// Whether a value is absent: `null`, an empty text, the text "null", an empty list
/// or object.
pub(super) fn is_absent(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => says_nothing(text),
        Value::Array(items) => items.iter().all(is_absent),
        Value::Object(fields) => fields.values().all(is_absent),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// A one-line text.
pub(super) fn line(value: &Value) -> Option<String> {
    let text = clean_line(&raw(value)?);
    (!text.is_empty()).then_some(text)
}

/// A text with paragraphs, without quotation marks around the whole.
pub(super) fn prose(value: &Value) -> Option<String> {
    let raw = raw(value)?;
    let text = clean(&raw);
    let text = unquoted(text.trim());
    (!text.is_empty()).then(|| text.to_owned())
}

fn raw(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        // Python turns a column into fractions if a number is missing.
        Value::Number(number) => match number
            .as_f64()
            .filter(|n| number.is_f64() && n.fract() == 0.0 && n.abs() < 1e15)
        {
            Some(whole) => Some(format!("{whole:.0}")),
            None => Some(number.to_string()),
        },
        Value::Array(items) => items.iter().find(|item| !is_absent(item)).and_then(raw),
        Value::Object(fields) => ["value", "name", "display_name", "text", "url", "literal"]
            .iter()
            .find_map(|key| raw(fields.get(*key)?)),
        Value::Null | Value::Bool(_) => None,
    }
    .filter(|text| !says_nothing(text))
}

/// Placeholders that programs and people write for missing values.
const NOTHING: &str =
    "null none nan <na> nat n/a n.a. #n/a #value! #ref! #name? undefined nil - -- – — ?";

/// Whether a text is a placeholder for a missing value.
fn says_nothing(text: &str) -> bool {
    let text = text.trim();
    text.is_empty()
        || NOTHING
            .split(' ')
            .any(|nothing| text.eq_ignore_ascii_case(nothing))
        // In lower case it may be a name or a word.
        || text == "NA"
}

/// Removes quotation marks around a whole text, which an export wrote as a quoted
/// cell. `"A" and "B"` has two pairs and is kept.
fn unquoted(text: &str) -> &str {
    let pair = |open: char, close: char| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        let opens_first = match inner.find([open, close]) {
            None => true,
            Some(at) if open == close => inner[..at].ends_with([' ', '(', '\n']),
            Some(at) => inner[at..].starts_with(open),
        };
        opens_first.then(|| inner.trim())
    };
    pair('"', '"').or_else(|| pair('“', '”')).unwrap_or(text)
}

/// A list of texts: an array of texts or named objects, or one text with
/// separators.
pub(super) fn list(value: &Value) -> Vec<String> {
    let mut out: Vec<String> = match value {
        Value::Array(items) => items.iter().filter_map(line).collect(),
        Value::Object(fields) if fields.contains_key("value") => return list(&fields["value"]),
        _ => match line(value) {
            Some(text) => {
                let separator = [';', '|', ','].into_iter().find(|c| text.contains(*c));
                text.split(separator.unwrap_or('\n'))
                    .map(clean_line)
                    .collect()
            }
            None => Vec::new(),
        },
    };
    let mut seen = std::collections::BTreeSet::new();
    out.retain(|text| !text.is_empty() && seen.insert(text.clone()));
    out
}

/// A list of people: an array of names or objects, or one text.
pub(super) fn people(value: &Value) -> People {
    match value {
        Value::Array(items) => {
            let others = items.iter().any(says_others);
            let mut people = people::unique(items.iter().filter_map(person));
            people.others |= others;
            people
        }
        Value::Object(fields) if fields.contains_key("value") => people(&fields["value"]),
        Value::Object(_) => person(value).into_iter().collect(),
        _ => raw(value).map_or_else(People::default, |text| people::in_text(&text)),
    }
}

/// Whether an entry in a list of people says that there are more: "et al." alone or
/// after a name.
fn says_others(value: &Value) -> bool {
    let ends = |value: &Value| line(value).is_some_and(|text| without_others(&text).1);
    ends(value) || value.get("given").is_some_and(ends)
}

/// Whether an entry in a list of people represents unnamed people.
fn is_rest(value: &Value) -> bool {
    line(value).is_some_and(|text| is_others(&text))
}

fn person(value: &Value) -> Option<Author> {
    if is_rest(value) {
        return None;
    }
    let Value::Object(fields) = value else {
        return people::person(without_others(&line(value)?).0);
    };
    if fields.get("hidden") == Some(&Value::Bool(true)) {
        return None;
    }
    let get = |keys: &[&str]| keys.iter().find_map(|key| line(fields.get(*key)?));
    let given = get(&[
        "given",
        "forenames",
        "first",
        "firstName",
        "first_name",
        "given_name",
    ])
    .map(|given| without_others(&given).0.to_owned())
    .filter(|given| !given.is_empty());
    let family = get(&[
        "family",
        "keyname",
        "last",
        "lastName",
        "last_name",
        "family_name",
    ]);
    let particles: Vec<String> = [
        "dropping-particle",
        "non-dropping-particle",
        "particle",
        "prefix",
    ]
    .iter()
    .filter_map(|key| line(fields.get(*key)?))
    .collect();
    let suffix = get(&["suffix"]).unwrap_or_default();
    let name = match (given, family) {
        (Some(given), Some(family)) => Some(Name::from_parts(
            &family,
            &given,
            &particles.join(" "),
            &suffix,
        )),
        (given, family) => match get(&["literal"]) {
            Some(literal) => Some(Name::literal(&literal)),
            None => get(&["name", "fullname", "full_name", "display_name"])
                .map(|name| Name::parse(&name))
                .or(family
                    .map(|family| Name::from_parts(&family, "", &particles.join(" "), &suffix)))
                .or(given.map(|given| Name::parse(&given))),
        },
    }
    .or_else(|| {
        fields
            .get("author")
            .and_then(person)
            .map(|author| author.name)
    })?;
    let affiliation = [
        "affiliation",
        "affiliations",
        "institutions",
        "institution",
        "aff",
    ]
    .iter()
    .find_map(|key| fields.get(*key))
    .map(|value| match value {
        Value::Array(items) => items.iter().filter_map(line).collect::<Vec<_>>().join("; "),
        _ => line(value).unwrap_or_default(),
    });
    Some(Author {
        name,
        orcid: get(&["orcid", "ORCID"]).and_then(|text| orcid(&text)),
        affiliation: affiliation.filter(|text| !text.is_empty()),
    })
}

/// An ORCID iD as written, alone or as a URL.
pub(super) fn orcid(text: &str) -> Option<String> {
    let id = text.rsplit('/').next()?.trim().to_ascii_uppercase();
    let shape = id.len() == 19
        && id.bytes().enumerate().all(|(at, b)| match at {
            4 | 9 | 14 => b == b'-',
            18 => b.is_ascii_digit() || b == b'X',
            _ => b.is_ascii_digit(),
        });
    shape.then_some(id)
}

/// A date, as precise as given.
pub(super) type When = crate::model::Day;

/// Parses a day, month, season or year: ISO dates with or without a time, written
/// dates, years, Unix timestamps in seconds or milliseconds, CSL date parts.
pub(super) fn when(value: &Value) -> Option<When> {
    match value {
        Value::Number(number) => {
            let number = number.as_i64()?;
            year(number).map(When::of_year).or_else(|| {
                let seconds = if number.abs() > 100_000_000_000 {
                    number / 1000
                } else {
                    number
                };
                (seconds.abs() > 100_000_000).then_some(())?;
                let stamp = jiff::Timestamp::from_second(seconds).ok()?;
                Some(jiff::tz::Offset::UTC.to_datetime(stamp).date().into())
            })
        }
        Value::Object(fields) => fields
            .get("date-parts")
            .and_then(|parts| date_parts(parts, fields.get("season")))
            .or_else(|| {
                ["value", "raw", "literal"]
                    .iter()
                    .find_map(|key| when(fields.get(*key)?))
            })
            .or_else(|| parts(|key| fields.get(key))),
        Value::Array(items) => items.first().and_then(when),
        _ => {
            let text = line(value)?;
            When::parse(&text)
                .filter(|day| (1500..2200).contains(&day.year()))
                .or_else(|| Day::find(&text)?.full().map(When::from))
                .or_else(|| month_of_year(&text))
                .or_else(|| partial::written(&text))
        }
    }
}

/// "2025-03", "Mar 2025", "Summer 2025".
fn month_of_year(text: &str) -> Option<When> {
    let words: Vec<&str> = text
        .split(|c: char| {
            c.is_whitespace() || matches!(c, '-' | '/' | ',' | '.' | '年' | '月' | '년' | '월')
        })
        .filter(|word| !matches!(*word, "" | "de" | "del" | "of"))
        .collect();
    let as_year = |word: &str| {
        let digits = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| word.parse().ok().and_then(year)).flatten()
    };
    let (first, second) = match words[..] {
        [first, second] => (first, second),
        _ => return None,
    };
    let (said, within) = match (as_year(first), as_year(second)) {
        (Some(said), _) => (said, second),
        (None, Some(said)) => (said, first),
        (None, None) => return None,
    };
    let number = || {
        (within.len() <= 2)
            .then(|| within.parse::<i8>().ok())
            .flatten()
    };
    let month = number().or_else(|| super::day::month(within));
    match (
        month.and_then(|month| When::of_month(said, month)),
        Season::parse(within),
    ) {
        (Some(month), _) => Some(month),
        (None, Some(season)) => Some(When::of_season(said, season)),
        (None, None) => None,
    }
}

/// CSL's `[[2024, 5, 1]]`; for a range, its start. The parts may be strings.
fn date_parts(value: &Value, season: Option<&Value>) -> Option<When> {
    let list = value.as_array()?;
    // Some omit the outer list.
    let inner = list.first().and_then(Value::as_array).unwrap_or(list);
    let day = parts(|key| {
        let at = ["year", "month", "day"]
            .iter()
            .position(|name| *name == key)?;
        inner.get(at)
    })?;
    let season = season.and_then(line).and_then(|text| match text.as_str() {
        "1" | "2" | "3" | "4" => Season::parse(&format!("2{text}")),
        _ => Season::parse(&text),
    });
    Some(match season {
        Some(season) if day.month().is_none() => When::of_season(day.year(), season),
        _ => day,
    })
}

/// A date given as separate year, month and day.
fn parts<'a>(get: impl Fn(&str) -> Option<&'a Value>) -> Option<When> {
    let text = |key: &str| get(key).and_then(line);
    let year = year(text("year")?.parse().ok()?)?;
    let within = text("month").unwrap_or_default();
    if let Some(season) = Season::parse(&within) {
        return Some(When::of_season(year, season));
    }
    let month = partial::month_and_day(&within).map(|(month, _)| month);
    let day = text("day").and_then(|day| day.parse().ok());
    Some(partial::of_parts(year, month, day))
}

fn year(number: i64) -> Option<i16> {
    (1500..2200)
        .contains(&number)
        .then(|| i16::try_from(number).ok())
        .flatten()
}

/// A count: a non-negative integer, possibly written as "1,204" or "1.2k". Sources
/// write -1 for "unknown".
pub(super) fn number(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64().or_else(|| {
            let float = number.as_f64()?;
            (float >= 0.0 && float.fract() == 0.0 && float < 1e15).then_some(float as u64)
        }),
        _ => count(&line(value)?),
    }
}

/// A count in words: "35", "1,204", "1.2k".
pub(super) fn count(text: &str) -> Option<u64> {
    let text = text.trim();
    if text.len() > 15 {
        return None;
    }
    // Apostrophes and thin spaces also separate thousands.
    let text: String = text
        .chars()
        .map(|c| match c {
            '\'' | '’' | ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' => ',',
            c => c,
        })
        .collect();
    let text = text.as_str();
    let (digits, scale) = match text.strip_suffix(['k', 'K']) {
        Some(digits) => (digits, 1_000),
        None => match text.strip_suffix(['m', 'M']) {
            Some(digits) => (digits, 1_000_000),
            None => (text, 1),
        },
    };
    let (whole, part) = match digits.split_once('.') {
        Some((whole, part)) if scale > 1 && (1..=2).contains(&part.len()) => {
            let hundredths: u64 = part.parse().ok()?;
            (whole, hundredths * if part.len() == 1 { 10 } else { 1 })
        }
        Some((whole, zeros)) if scale == 1 && zeros.bytes().all(|b| b == b'0') => (whole, 0),
        Some(_) => return None,
        None => (digits, 0),
    };
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let grouped = groups.all(|g| g.len() == 3) && (first.len() <= 3 || !whole.contains(','));
    let plain = whole.bytes().all(|b| b.is_ascii_digit() || b == b',') && !first.is_empty();
    let number: u64 = (grouped && plain)
        .then(|| whole.replace(',', ""))?
        .parse()
        .ok()?;
    Some(number * scale + part * (scale / 100))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_says_nothing_is_absent() {
        for value in [
            json!(null),
            json!(""),
            json!("null"),
            json!([]),
            json!([null, ""]),
            json!({}),
            json!(" "),
        ] {
            assert!(is_absent(&value), "{value}");
            assert_eq!((line(&value), prose(&value)), (None, None));
        }
        assert!(!is_absent(&json!(0)) && !is_absent(&json!(false)));
    }

    #[test]
    fn one_pair_of_quotes_around_an_abstract_is_taken_off() {
        for (text, want) in [
            ("\"We do x.\"", "We do x."),
            ("\"We call it \"x\" here.\"", "We call it \"x\" here."),
            ("\"A\" and \"B\"", "\"A\" and \"B\""),
            ("“We do x.”", "We do x."),
            ("“A” and “B”", "“A” and “B”"),
            ("We \"do\"", "We \"do\""),
            ("\"", "\""),
        ] {
            assert_eq!(unquoted(text), want, "{text}");
        }
    }

    #[test]
    fn people_come_as_texts_and_as_objects() {
        let value = json!([
            "Jane Doe",
            {"name": "John Roe", "orcid": "https://orcid.org/0000-0002-1825-009x"},
            {"given": "Ann", "family": "Poe", "affiliation": [{"name": "MIT"}, "ETH"]},
            {"name": "Ghost", "hidden": true},
            "Jane Doe",
            null,
        ]);
        let got = people(&value);
        // Equal names that are not adjacent are two people.
        assert_eq!(got.len(), 4);
        assert_eq!(got[1].orcid.as_deref(), Some("0000-0002-1825-009X"));
        assert_eq!(
            (got[2].name.as_str(), got[2].affiliation.as_deref()),
            ("Ann Poe", Some("MIT; ETH"))
        );
        assert_eq!(
            people(&json!("Doe, Jane and Roe, John"))[1].name.as_str(),
            "John Roe"
        );
    }

    #[test]
    fn the_parts_of_names_are_kept() {
        let got = people(&json!([
            {"family": "García Márquez", "given": "Gabo"},
            {"family": "Bergh", "given": "Hendrik", "non-dropping-particle": "van den", "suffix": "Jr."},
            {"literal": "Smith and Sons, Inc."},
            {"literal": "et al."},
        ]));
        assert!(got.others && got.len() == 3);
        assert_eq!(got[0].name.family(), "García Márquez");
        assert_eq!(got[1].name.inverted(), "van den Bergh, Hendrik, Jr.");
        assert!(got[2].name.is_literal());
    }

    #[test]
    fn times_are_read_in_every_shape() {
        let day = |y, m, d| Some(When::from(jiff::civil::date(y, m, d)));
        let year = |y| Some(When::of_year(y));
        for (value, want) in [
            (json!("2025-03-14"), day(2025, 3, 14)),
            (json!("2025-03-14T23:59:59.000Z"), day(2025, 3, 14)),
            (json!("Fri, 14 Mar 2025 00:00:00 -0400"), day(2025, 3, 14)),
            (json!(1_741_910_400_000_i64), day(2025, 3, 14)),
            (json!({"date-parts": [[2025, 3, 14]]}), day(2025, 3, 14)),
            (json!({"date-parts": [[2025]]}), year(2025)),
            (
                json!({"date-parts": [["2025", 3]]}),
                When::of_month(2025, 3),
            ),
            (
                json!({"date-parts": [[2025]], "season": 2}),
                Some(When::of_season(2025, Season::Summer)),
            ),
            (json!(2025), year(2025)),
            (json!("2025"), year(2025)),
            (json!("2025-03"), When::of_month(2025, 3)),
            (json!("2025/3"), When::of_month(2025, 3)),
            (json!("Sept. 2025"), When::of_month(2025, 9)),
            (json!("2025年3月"), When::of_month(2025, 3)),
            (json!("Mai 2020"), When::of_month(2020, 5)),
            (json!("mayo de 2020"), When::of_month(2020, 5)),
            (json!("Mars 2020"), When::of_month(2020, 3)),
            (json!("Dez. 2020"), When::of_month(2020, 12)),
            (json!("15. März 2020"), day(2020, 3, 15)),
            (json!("12 de mayo de 2019"), day(2019, 5, 12)),
            (json!("le 3 mars 2021"), day(2021, 3, 3)),
            (
                json!("Fall 2025"),
                Some(When::of_season(2025, Season::Autumn)),
            ),
            (json!("about 2025"), year(2025)),
            (json!({"date-parts": [["2025", 3, 14]]}), day(2025, 3, 14)),
            (
                json!({"date-parts": [["2025", "03", "14"]]}),
                day(2025, 3, 14),
            ),
            (
                json!({"date-parts": [["2025", "03"]]}),
                When::of_month(2025, 3),
            ),
            (
                json!({"date-parts": [["2025"], ["2026"]], "circa": true}),
                year(2025),
            ),
            (json!({"date-parts": [[null]]}), None),
            (
                json!({"literal": "Spring 2012"}),
                Some(When::of_season(2012, Season::Spring)),
            ),
            (json!({"raw": "2012-05-02"}), day(2012, 5, 2)),
            (json!({"raw": "2012-05/2012-06"}), When::of_month(2012, 5)),
            (
                json!([{"year": "2012", "month": 5, "day": 2}]),
                day(2012, 5, 2),
            ),
            (json!("2012 May 15"), day(2012, 5, 15)),
            (json!("Mar 14"), None),
            (json!("soon"), None),
            (json!(12), None),
            (json!(true), None),
        ] {
            assert_eq!(when(&value), want, "{value}");
        }
    }

    #[test]
    fn counts_are_read_and_bounded() {
        for (value, want) in [
            (json!(35), Some(35)),
            (json!(35.0), Some(35)),
            (json!(-1), None),
            (json!("1,204"), Some(1204)),
            (json!("35.0"), Some(35)),
            (json!("1.2k"), Some(1200)),
            (json!("1.35k"), Some(1350)),
            (json!("1.352k"), None),
            (json!("3M"), Some(3_000_000)),
            (json!("12,34"), None),
            (json!("1.2"), None),
            (json!(""), None),
            (json!("99999999999999999999"), None),
            (json!("k"), None),
        ] {
            assert_eq!(number(&value), want, "{value}");
        }
    }

    #[test]
    fn lists_come_as_arrays_and_as_texts() {
        assert_eq!(list(&json!(["a", {"name": "b"}, "a"])), ["a", "b"]);
        assert_eq!(list(&json!("a; b;c")), ["a", "b", "c"]);
        assert_eq!(list(&json!("a, b")), ["a", "b"]);
        assert_eq!(list(&json!({"value": ["a"]})), ["a"]);
    }
}
