//! A timeline: the papers of a library by month or year. It ends with the newest
//! digest; no clock is asked.

use crate::model::{Date, Paper};

use super::{DigestEntry, Entry};

/// How many periods a timeline has at most; what is older counts to the first.
const MOST: usize = 40;

/// How many months a timeline may span before it goes by years.
const MOST_MONTHS: i32 = 36;

/// What papers are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Basis {
    /// The month in which a paper was first listed.
    ListedMonth,
    /// The year in which a paper was first listed.
    ListedYear,
    /// The year of publication.
    Published,
}

/// Periods of equal length without a gap, and in which of them each paper is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// What papers are counted by.
    pub basis: Basis,
    /// Whether the first period has everything before it too.
    pub open: bool,
    /// The number of the first period; see [`Timeline::start`].
    first: i32,
    /// How many periods there are.
    len: usize,
    /// For each paper its period; `None` where no day or year is known.
    of_paper: Vec<Option<usize>>,
}

impl Basis {
    /// The period of a paper: months or years, counted through.
    fn of(self, paper: &Paper) -> Option<i32> {
        match self {
            Self::ListedMonth => paper.date.map(|date| number(self, date)),
            Self::ListedYear => paper.date.map(|date| number(self, date)),
            Self::Published => paper.publication_year().map(i32::from),
        }
    }
}

fn number(basis: Basis, date: Date) -> i32 {
    match basis {
        Basis::ListedMonth => i32::from(date.year()) * 12 + i32::from(date.month()) - 1,
        Basis::ListedYear | Basis::Published => i32::from(date.year()),
    }
}

impl Timeline {
    /// The timeline that tells most: by month of listing, by year where months
    /// would be too many, by year of publication where all was listed within one
    /// month. `None` where no two papers stand apart in time.
    pub fn of(papers: &[Entry], digests: &[DigestEntry]) -> Option<Self> {
        let months = Self::by(Basis::ListedMonth, papers, digests);
        match months {
            Some(months) if months.span() <= MOST_MONTHS => Some(months),
            Some(_) => Self::by(Basis::ListedYear, papers, digests),
            None => Self::by(Basis::Published, papers, digests),
        }
    }

    /// The timeline by year: of publication where that is known of half of the
    /// papers, else of listing.
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

    /// `None` where all papers are in one period.
    fn by(basis: Basis, papers: &[Entry], digests: &[DigestEntry]) -> Option<Self> {
        // A conference may be named before it is held; what lies further ahead of
        // the newest digest is a mistake.
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
        let most = i32::try_from(MOST).unwrap_or(i32::MAX);
        let first = (*oldest).max(last - most + 1);
        let len = usize::try_from(last - first + 1).unwrap_or(MOST);
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

    fn span(&self) -> i32 {
        if self.open {
            return i32::MAX;
        }
        i32::try_from(self.len).unwrap_or(i32::MAX)
    }

    /// How many periods there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Never: a timeline has two periods or more.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The period of a paper.
    pub fn period(&self, paper: usize) -> Option<usize> {
        self.of_paper[paper]
    }

    /// The year of a period, and its month where it is one.
    pub fn start(&self, period: usize) -> (i32, Option<i32>) {
        let number = self.first + i32::try_from(period).unwrap_or(0);
        match self.basis {
            Basis::ListedMonth => (number.div_euclid(12), Some(number.rem_euclid(12) + 1)),
            Basis::ListedYear | Basis::Published => (number, None),
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
