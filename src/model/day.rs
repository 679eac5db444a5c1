//! A publication date, as precise as the source gives it: a day, a month, a season
//! or a year.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Date;

/// A date that may be known only to the month, season or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day {
    year: i16,
    within: Within,
}

/// What is known beyond the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
enum Within {
    Year,
    Season(Season),
    Month(i8),
    Day(i8, i8),
}

/// A quarter of the year, used by journals that do not number issues by month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Season {
    /// March to May (northern hemisphere).
    Spring,
    /// June to August.
    Summer,
    /// September to November.
    Autumn,
    /// December to February.
    Winter,
}

impl Season {
    /// All seasons, in the order of CSL (1 to 4) and EDTF (21 to 24).
    pub const ALL: [Self; 4] = [Self::Spring, Self::Summer, Self::Autumn, Self::Winter];

    /// The spelling used in front matter.
    pub fn key(self) -> &'static str {
        match self {
            Self::Spring => "spring",
            Self::Summer => "summer",
            Self::Autumn => "autumn",
            Self::Winter => "winter",
        }
    }

    /// The season's number, starting at 1.
    pub fn number(self) -> u8 {
        match self {
            Self::Spring => 1,
            Self::Summer => 2,
            Self::Autumn => 3,
            Self::Winter => 4,
        }
    }

    /// Parses a season's name or EDTF number.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        if text == "fall" {
            return Some(Self::Autumn);
        }
        Self::ALL
            .into_iter()
            .find(|season| season.key() == text || format!("2{}", season.number()) == text)
    }
}

impl Day {
    /// A date known only to the year.
    pub fn of_year(year: i16) -> Self {
        let within = Within::Year;
        Self { year, within }
    }

    /// A date known to the month. `None` if the month is out of range.
    pub fn of_month(year: i16, month: i8) -> Option<Self> {
        let within = Within::Month(month);
        (1..=12).contains(&month).then_some(Self { year, within })
    }

    /// A date known to the season.
    pub fn of_season(year: i16, season: Season) -> Self {
        let within = Within::Season(season);
        Self { year, within }
    }

    /// Parses `2001-09-03`, `2001-09`, `2001`, `2001-summer` and EDTF's `2001-22`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(date) = text.parse::<Date>() {
            return Some(date.into());
        }
        let (year, rest) = text.split_at_checked(4)?;
        if !year.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let year: i16 = year.parse().ok()?;
        if rest.is_empty() {
            return Some(Self::of_year(year));
        }
        let rest = rest.strip_prefix('-')?;
        if let Some(season) = Season::parse(rest) {
            return Some(Self::of_season(year, season));
        }
        (rest.len() == 2 && rest.bytes().all(|b| b.is_ascii_digit()))
            .then(|| rest.parse().ok())
            .flatten()
            .and_then(|month| Self::of_month(year, month))
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month, starting at 1, if known.
    pub fn month(self) -> Option<i8> {
        match self.within {
            Within::Month(month) | Within::Day(month, _) => Some(month),
            Within::Year | Within::Season(_) => None,
        }
    }

    /// The day of the month, starting at 1, if known.
    pub fn day(self) -> Option<i8> {
        match self.within {
            Within::Day(_, day) => Some(day),
            _ => None,
        }
    }

    /// The season, if the source gave one.
    pub fn season(self) -> Option<Season> {
        match self.within {
            Within::Season(season) => Some(season),
            _ => None,
        }
    }

    /// The calendar day, if known to the day.
    pub fn date(self) -> Option<Date> {
        match self.within {
            Within::Day(month, day) => Date::new(self.year, month, day).ok(),
            _ => None,
        }
    }

    /// The earliest calendar day it can be: used for sorting, and for formats that
    /// need a full date.
    pub fn first(self) -> Date {
        let (month, day) = match self.within {
            Within::Year => (1, 1),
            Within::Season(Season::Spring) => (3, 1),
            Within::Season(Season::Summer) => (6, 1),
            Within::Season(Season::Autumn) => (9, 1),
            Within::Season(Season::Winter) => (12, 1),
            Within::Month(month) => (month, 1),
            Within::Day(month, day) => (month, day),
        };
        Date::new(self.year, month, day).unwrap_or_default()
    }

    /// The date in digits with a separator: `2001-09-03`, `2001-09`, `2001`. A
    /// season is reduced to its year.
    pub fn digits(self, separator: &str) -> String {
        match self.within {
            Within::Year | Within::Season(_) => format!("{:04}", self.year),
            Within::Month(month) => format!("{:04}{separator}{month:02}", self.year),
            Within::Day(month, day) => {
                format!("{:04}{separator}{month:02}{separator}{day:02}", self.year)
            }
        }
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self {
            year: date.year(),
            within: Within::Day(date.month(), date.day()),
        }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.within {
            Within::Season(season) => write!(f, "{:04}-{}", self.year, season.key()),
            _ => f.write_str(&self.digits("-")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_kept_as_precisely_as_it_was_told() {
        for (text, shown, first) in [
            ("2001-09-03", "2001-09-03", "2001-09-03"),
            ("2001-09", "2001-09", "2001-09-01"),
            ("2001", "2001", "2001-01-01"),
            ("2001-22", "2001-summer", "2001-06-01"),
            ("2001-Fall", "2001-autumn", "2001-09-01"),
        ] {
            let day = Day::parse(text).unwrap();
            assert_eq!(day.to_string(), shown);
            assert_eq!(day.first().to_string(), first);
            assert_eq!(Day::parse(shown), Some(day));
        }
        for text in [
            "",
            "01-09",
            "2001-13",
            "2001-9",
            "2001-02-30",
            "soon",
            "20O1",
        ] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }
}
