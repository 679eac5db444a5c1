//! A timeline: the papers of a library by day, week, month or year. It ends with the
//! newest digest; the clock is not read.

use jiff::ToSpan as _;

use crate::model::{Date, Paper};

use super::{DigestEntry, Entry};

/// The most days in a timeline by days, about two months; a longer one is by weeks.
const MOST_DAYS: i32 = 59;

/// The most weeks, about a year; a longer one is by months.
const MOST_WEEKS: i32 = 53;

/// The most months; a longer one is by years.
const MOST_MONTHS: i32 = 36;

/// The most years; older papers are counted in the first.
const MOST_YEARS: i32 = 40;

/// A Monday, from which days and weeks are counted.
const FIRST_DAY: Date = Date::constant(1, 1, 1);

/// What papers are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Basis {
    /// The day on which a paper was first listed.
    ListedDay,
    /// The week in which a paper was first listed, from Monday on.
    ListedWeek,
    /// The month in which a paper was first listed.
    ListedMonth,
    /// The year in which a paper was first listed.
    ListedYear,
    /// The year of publication.
    Published,
}

/// One of the periods of a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// A day.
    Day(Date),
    /// A week, by its Monday.
    Week(Date),
    /// A month, by its first day.
    Month(Date),
    /// A year.
    Year(i32),
}

/// Consecutive periods of equal length, and the period of each paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// What papers are counted by.
    pub basis: Basis,
    /// Whether the first period includes everything before it.
    pub open: bool,
    /// The number of the first period; see [`Timeline::period_of`].
    first: i32,
    /// How many periods there are.
    len: usize,
    /// For each paper, its period; `None` if no day or year is known.
    of_paper: Vec<Option<usize>>,
}

impl Basis {
    /// The period of a paper: days, weeks, months or years, numbered consecutively.
    fn of(self, paper: &Paper) -> Option<i32> {
        match self {
            Self::Published => paper.publication_year().map(i32::from),
            _ => paper.date.map(|date| number(self, date)),
        }
    }

    /// The most periods in a timeline of this kind.
    fn most(self) -> i32 {
        match self {
            Self::ListedDay => MOST_DAYS,
            Self::ListedWeek => MOST_WEEKS,
            Self::ListedMonth => MOST_MONTHS,
            Self::ListedYear | Self::Published => MOST_YEARS,
        }
    }
}

fn number(basis: Basis, date: Date) -> i32 {
    let days = || (date - FIRST_DAY).get_days();
    match basis {
        Basis::ListedDay => days(),
        Basis::ListedWeek => days().div_euclid(7),
        Basis::ListedMonth => i32::from(date.year()) * 12 + i32::from(date.month()) - 1,
        Basis::ListedYear | Basis::Published => i32::from(date.year()),
    }
}

impl Timeline {
    /// The most useful timeline: by day of listing; by week, month or year if there
    /// would be too many periods; by year of publication if all papers were listed on
    /// one day. `None` if all papers have the same time.
    pub fn of(papers: &[Entry], digests: &[DigestEntry]) -> Option<Self> {
        for basis in [Basis::ListedDay, Basis::ListedWeek, Basis::ListedMonth] {
            match Self::by(basis, papers, digests) {
                Some(periods) if periods.open => {}
                Some(periods) => return Some(periods),
                None => return Self::by(Basis::Published, papers, digests),
            }
        }
        Self::by(Basis::ListedYear, papers, digests)
    }

    /// The timeline by weeks, if this one is by days and spans more than one week.
    pub fn weeks(&self, papers: &[Entry], digests: &[DigestEntry]) -> Option<Self> {
        (self.basis == Basis::ListedDay)
            .then(|| Self::by(Basis::ListedWeek, papers, digests))
            .flatten()
    }

    /// The timeline by year: of publication if that is known for half of the papers,
    /// else of listing.
    pub fn years(papers: &[Entry], digests: &[DigestEntry]) -> Option<Self> {
        let known = papers
            .iter()
            .filter(|entry| entry.paper.publication_year().is_some());
        if known.count() * 2 >= papers.len() {
            Self::by(Basis::Published, papers, digests)
        } else {
            Self::by(Basis::ListedYear, papers, digests)
        }
    }

    /// `None` if all papers are in one period.
    fn by(basis: Basis, papers: &[Entry], digests: &[DigestEntry]) -> Option<Self> {
        // A conference may be named before it is held; a date further ahead of the
        // newest digest is a mistake.
        let ahead = i32::from(basis == Basis::Published);
        let newest = digests.iter().filter_map(|entry| entry.digest.date).max();
        let limit = newest.map(|date| number(basis, date) + ahead);
        let numbers: Vec<Option<i32>> = papers
            .iter()
            .map(|entry| {
                let number = basis.of(&entry.paper)?;
                (number > 0 && limit.is_none_or(|limit| number <= limit)).then_some(number)
            })
            .collect();
        let oldest = numbers.iter().flatten().min()?;
        let last = numbers.iter().flatten().max()?;
        if oldest == last {
            return None;
        }
        let first = (*oldest).max(last - basis.most() + 1);
        let len = usize::try_from(last - first + 1).unwrap_or_default();
        let of_paper = numbers
            .iter()
            .map(|number| usize::try_from((*number)?.max(first) - first).ok())
            .collect();
        Some(Self {
            basis,
            open: *oldest < first,
            first,
            len,
            of_paper,
        })
    }

    /// How many periods there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Always false: a timeline has at least two periods.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The period of a paper.
    pub fn period(&self, paper: usize) -> Option<usize> {
        self.of_paper[paper]
    }

    /// One of the periods, counted from 0.
    pub fn period_of(&self, place: usize) -> Period {
        let number = self.first + i32::try_from(place).unwrap_or(0);
        let after = |days: i32| FIRST_DAY.saturating_add(days.days());
        match self.basis {
            Basis::ListedDay => Period::Day(after(number)),
            Basis::ListedWeek => Period::Week(after(number.saturating_mul(7))),
            Basis::ListedMonth => {
                let part = |number: i32| i8::try_from(number).unwrap_or(1);
                let year = number.div_euclid(12);
                let day = i16::try_from(year)
                    .ok()
                    .and_then(|year| Date::new(year, part(number.rem_euclid(12) + 1), 1).ok());
                day.map_or(Period::Year(year), Period::Month)
            }
            Basis::ListedYear | Basis::Published => Period::Year(number),
        }
    }

    /// How many of some papers each period has.
    pub fn counts(&self, papers: impl Iterator<Item = usize>) -> Vec<usize> {
        let mut counts = vec![0; self.len];
        for period in papers.filter_map(|paper| self.of_paper[paper]) {
            counts[period] += 1;
        }
        counts
    }
}
