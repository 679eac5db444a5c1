//! A range of years, days or numbers, open at either end: `2023..2025`, `2024-05..`.

use std::fmt;

use crate::model::Date;

/// Years from one to another, both within.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct YearRange {
    /// The first year; `None` for all before.
    pub from: Option<i16>,
    /// The last year; `None` for all after.
    pub to: Option<i16>,
}

impl YearRange {
    /// Whether a year lies within.
    pub fn contains(self, year: i16) -> bool {
        self.from.is_none_or(|from| from <= year) && self.to.is_none_or(|to| year <= to)
    }
}

/// Numbers from one to another, both within.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CountRange {
    /// The least; `None` for no bound.
    pub from: Option<u64>,
    /// The most; `None` for no bound.
    pub to: Option<u64>,
}

impl CountRange {
    /// Whether a number lies within.
    pub fn contains(self, count: u64) -> bool {
        self.from.is_none_or(|from| from <= count) && self.to.is_none_or(|to| count <= to)
    }
}

/// Days from one to another, both within; an end may be a month or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DateRange {
    /// From the first day of this; `None` for all before.
    pub from: Option<PartialDate>,
    /// To the last day of this; `None` for all after.
    pub to: Option<PartialDate>,
}

impl DateRange {
    /// Whether a day lies within.
    pub fn contains(self, date: Date) -> bool {
        self.from.is_none_or(|from| from.first() <= date)
            && self.to.is_none_or(|to| date <= to.last())
    }
}

/// A day, or the month or year that is known of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartialDate {
    /// A whole year, 1 to 9999.
    Year(i16),
    /// A month of a year.
    Month(i16, i8),
    /// A day.
    Day(Date),
}

impl PartialDate {
    /// Reads `2024`, `2024-05` or `2024-05-17`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split('-').collect();
        let year = year(parts.first()?)?;
        let two_digits = |text: &str| -> Option<i8> {
            let plain = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
            plain.then(|| text.parse().ok()).flatten()
        };
        match parts.as_slice() {
            [_] => Some(Self::Year(year)),
            [_, month] => {
                let month = two_digits(month).filter(|m| (1..=12).contains(m))?;
                Some(Self::Month(year, month))
            }
            [_, month, day] => Date::new(year, two_digits(month)?, two_digits(day)?)
                .ok()
                .map(Self::Day),
            _ => None,
        }
    }

    /// The first day.
    pub fn first(self) -> Date {
        match self {
            Self::Year(year) => Date::new(year, 1, 1).unwrap_or(Date::MIN),
            Self::Month(year, month) => Date::new(year, month, 1).unwrap_or(Date::MIN),
            Self::Day(date) => date,
        }
    }

    /// The last day.
    pub fn last(self) -> Date {
        match self {
            Self::Year(year) => Date::new(year, 12, 31).unwrap_or(Date::MAX),
            Self::Month(..) => self.first().last_of_month(),
            Self::Day(date) => date,
        }
    }
}

/// Reads a number of up to 15 digits, as many as JavaScript counts with.
pub(super) fn count(text: &str) -> Option<u64> {
    let plain = (1..=15).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// Reads a year of four digits.
pub(super) fn year(text: &str) -> Option<i16> {
    let plain = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    plain
        .then(|| text.parse().ok())
        .flatten()
        .filter(|year| *year >= 1)
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(date) => write!(f, "{date}"),
        }
    }
}

impl fmt::Display for YearRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = PartialDate::Year;
        write_range(f, self.from.map(year), self.to.map(year))
    }
}

impl fmt::Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_range(f, self.from, self.to)
    }
}

impl fmt::Display for CountRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_range(f, self.from, self.to)
    }
}

fn write_range<T: fmt::Display + PartialEq>(
    f: &mut fmt::Formatter<'_>,
    from: Option<T>,
    to: Option<T>,
) -> fmt::Result {
    if from == to
        && let Some(only) = &from
    {
        return write!(f, "{only}");
    }
    if let Some(from) = from {
        write!(f, "{from}")?;
    }
    f.write_str("..")?;
    if let Some(to) = to {
        write!(f, "{to}")?;
    }
    Ok(())
}
