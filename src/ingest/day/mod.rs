//! Parses dates as people write them: "Mar 14", "Fri, 14 March 2025", "2025-03-14",
//! "3月14日". A missing year is inferred elsewhere.

mod token;

use crate::model::Date;
use jiff::civil::Weekday;
use token::{Token, tokens};

/// A day of the year, with year and weekday if given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Day {
    /// The year, if given.
    pub(super) year: Option<i16>,
    /// The month, starting at 1.
    pub(super) month: i8,
    /// The day of the month, starting at 1.
    pub(super) day: i8,
    /// The weekday, if given.
    pub(super) weekday: Option<Weekday>,
}

impl Day {
    /// Parses a text that is nothing but a date.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let tokens = tokens(text)?;
        let (day, used) = at(&tokens, 0)?;
        (used == tokens.len()).then_some(day)
    }

    /// The date at the start of a text.
    pub(super) fn starting(text: &str) -> Option<Self> {
        at(&tokens(text)?, 0).map(|(day, _)| day)
    }

    /// The date in a longer text; for a range, its end.
    pub(super) fn find(text: &str) -> Option<Self> {
        let tokens = tokens(text)?;
        (0..tokens.len()).find_map(|start| at(&tokens, start).map(|(day, _)| day))
    }

    /// The date in a year.
    pub(super) fn date(self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).ok()
    }

    /// The date, if the year was given.
    pub(super) fn full(self) -> Option<Date> {
        self.date(self.year?)
    }
}

/// The number of a month's name, starting at 1.
pub(super) fn month(word: &str) -> Option<i8> {
    match tokens(word)?[..] {
        [Token::Month(month) | Token::ForeignMonth(month)] => Some(month),
        _ => None,
    }
}

/// The date at a token, and the index of the next token.
fn at(tokens: &[Token], start: usize) -> Option<(Day, usize)> {
    let mut reader = Reader { tokens, at: start };
    let before = reader.weekday();
    reader.skip(',');
    let mut day = reader
        .iso()
        .or_else(|| reader.units())
        .or_else(|| reader.month_first())
        .or_else(|| reader.day_first())?;
    day.weekday = before.or_else(|| reader.weekday_behind());
    // A day that exists in no year is just a number next to a word.
    day.date(day.year.unwrap_or(2024))?;
    Some((day, reader.at))
}

/// A position among tokens. Methods advance only if they find what they look for.
struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> Option<Token> {
        self.tokens.get(self.at + ahead).copied()
    }

    fn skip(&mut self, mark: char) -> bool {
        let there = self.peek(0) == Some(Token::Mark(mark));
        self.at += usize::from(there);
        there
    }

    fn weekday(&mut self) -> Option<Weekday> {
        let Some(Token::Weekday(weekday)) = self.peek(0) else {
            return None;
        };
        self.at += 1;
        self.skip('.');
        Some(weekday)
    }

    /// "(Fri)" or ", Friday" after a date.
    fn weekday_behind(&mut self) -> Option<Weekday> {
        let start = self.at;
        let bracket = self.skip('(');
        if !bracket {
            self.skip(',');
        }
        match self.weekday() {
            Some(weekday) if !bracket || self.skip(')') => Some(weekday),
            _ => {
                self.at = start;
                None
            }
        }
    }

    /// `2025-03-14`, also with slashes or dots, and perhaps a time after it.
    fn iso(&mut self) -> Option<Day> {
        let [a, first, b, second, c] = self.tokens.get(self.at..self.at + 5)?.try_into().ok()?;
        let (Token::Number(year, 4), Token::Number(month, 1..=2), Token::Number(day, 1..=2)) =
            (a, b, c)
        else {
            return None;
        };
        let parts =
            first == second && matches!(first, Token::Dash | Token::Mark('/') | Token::Mark('.'));
        let day = parts.then(|| build(Some(year), month, day)).flatten()?;
        self.at += 5;
        Some(day)
    }

    /// `2025年3月14日`, `3月14日`.
    fn units(&mut self) -> Option<Day> {
        let mut ahead = 0;
        let mut part = |units: &[char]| match (self.peek(ahead), self.peek(ahead + 1)) {
            (Some(Token::Number(n, _)), Some(Token::Unit(c))) if units.contains(&c) => {
                ahead += 2;
                Some(n)
            }
            _ => None,
        };
        let year = part(&['年', '년']);
        let month = part(&['月', '월'])?;
        let day = part(&['日', '号', '號', '일'])?;
        let day = build(year, month, day)?;
        self.at += ahead;
        Some(day)
    }

    /// "Mar 14", "March 14th, 2025", "Mar 10–16, 2025", "Mar 28 - Apr 3".
    fn month_first(&mut self) -> Option<Day> {
        let start = self.at;
        let first = self.month_and_day();
        let Some((mut month, mut day)) = first else {
            self.at = start;
            return None;
        };
        if self.peek(0) == Some(Token::Dash) {
            let dash = self.at;
            self.at += 1;
            if let Some((m, d)) = self.month_and_day() {
                (month, day) = (m, d);
            } else if let Some(Token::Number(d @ 1..=31, 1..=2)) = self.peek(0) {
                self.at += 1;
                day = d;
            } else {
                self.at = dash;
            }
        }
        let year = self.year();
        build(year, month, day)
    }

    fn month_and_day(&mut self) -> Option<(u32, u32)> {
        let Some(Token::Month(month)) = self.peek(0) else {
            return None;
        };
        let start = self.at;
        self.at += 1;
        self.skip('.');
        match self.peek(0) {
            Some(Token::Number(day, 1..=2)) => {
                self.at += 1;
                Some((month.unsigned_abs().into(), day))
            }
            _ => {
                self.at = start;
                None
            }
        }
    }

    /// "14 Mar", "14th of March 2025", "14. March", "12 de mayo de 2019".
    fn day_first(&mut self) -> Option<Day> {
        let start = self.at;
        let Some(Token::Number(day, 1..=2)) = self.peek(0) else {
            return None;
        };
        self.at += 1;
        if !self.skip('.') && matches!(self.peek(0), Some(Token::Of | Token::Dash)) {
            self.at += 1;
        }
        let Some(found @ (Token::Month(month) | Token::ForeignMonth(month))) = self.peek(0) else {
            self.at = start;
            return None;
        };
        self.at += 1;
        self.skip('.');
        let year = self.year();
        // "2 Mars rovers" is not a date.
        if matches!(found, Token::ForeignMonth(_)) && year.is_none() && self.peek(0).is_some() {
            self.at = start;
            return None;
        }
        build(year, month.unsigned_abs().into(), day)
    }

    /// ", 2025", "-2025" or "de 2025" after day and month.
    fn year(&mut self) -> Option<u32> {
        let start = self.at;
        if !self.skip(',') && matches!(self.peek(0), Some(Token::Dash | Token::Of)) {
            self.at += 1;
        }
        match self.peek(0) {
            Some(Token::Number(year @ 1900..=2199, 4)) => {
                self.at += 1;
                Some(year)
            }
            _ => {
                self.at = start;
                None
            }
        }
    }
}

fn build(year: Option<u32>, month: u32, day: u32) -> Option<Day> {
    Some(Day {
        year: year.map(i16::try_from).transpose().ok()?,
        month: i8::try_from(month).ok()?,
        day: i8::try_from(day).ok()?,
        weekday: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(day: Option<Day>) -> String {
        day.map_or("-".to_owned(), |d| {
            let weekday = d.weekday.map_or(String::new(), |w| format!(" {w:?}"));
            format!("{:?} {} {}{weekday}", d.year, d.month, d.day)
        })
    }

    #[test]
    fn a_day_is_read_as_people_write_it() {
        for (text, want) in [
            ("Mar 14", "None 3 14"),
            ("March 14, 2025", "Some(2025) 3 14"),
            ("14 Mar 2025", "Some(2025) 3 14"),
            ("14th of March", "None 3 14"),
            ("14. March 2025", "Some(2025) 3 14"),
            ("2025-03-14", "Some(2025) 3 14"),
            ("2025/3/14", "Some(2025) 3 14"),
            ("2025.03.14", "Some(2025) 3 14"),
            ("Fri, Mar 14", "None 3 14 Friday"),
            ("Friday, 14 March 2025", "Some(2025) 3 14 Friday"),
            ("Mar. 14th, 2025", "Some(2025) 3 14"),
            ("Sept 2", "None 9 2"),
            ("3月14日", "None 3 14"),
            ("2025年3月14日", "Some(2025) 3 14"),
            ("2025년 3월 14일", "Some(2025) 3 14"),
            ("Mar 10–16, 2025", "Some(2025) 3 16"),
            ("March 28 - April 3", "None 4 3"),
            ("14-Mar-2025", "Some(2025) 3 14"),
            ("15 März 2020", "Some(2020) 3 15"),
            ("15. März 2020", "Some(2020) 3 15"),
            ("3 mars 2021", "Some(2021) 3 3"),
            ("1er août 2021", "Some(2021) 8 1"),
            ("12 de mayo de 2019", "Some(2019) 5 12"),
            ("1º de março de 2020", "Some(2020) 3 1"),
            ("15 maggio 2018", "Some(2018) 5 15"),
            ("12. Dez. 2020", "Some(2020) 12 12"),
            ("7 mei 2020", "Some(2020) 5 7"),
            ("5 сентября 2020", "Some(2020) 9 5"),
            ("3 maja 2020", "Some(2020) 5 3"),
            ("2020年3月15日", "Some(2020) 3 15"),
            ("Mars 12", "-"),
            ("mai 2020", "-"),
            ("Mar 14 (Fri)", "None 3 14 Friday"),
            ("Feb 29", "None 2 29"),
            ("Feb 30", "-"),
            ("Mar 14 papers", "-"),
            ("Marvel 14", "-"),
            ("May", "-"),
            ("14", "-"),
            ("2025-13-14", "-"),
            ("March 2025", "-"),
            ("", "-"),
        ] {
            assert_eq!(shown(Day::parse(text)), want, "{text}");
        }
    }

    #[test]
    fn a_day_is_found_in_a_longer_line() {
        for (text, want) in [
            (
                "New submissions for Friday, 14 March 2025",
                "Some(2025) 3 14 Friday",
            ),
            ("Published on Mar 13", "None 3 13"),
            (
                "Submitted 13 March, 2025; originally announced March 2025.",
                "Some(2025) 3 13",
            ),
            ("2025-03-14T00:00:00.000Z", "Some(2025) 3 14"),
            ("Fri, 14 Mar 2025 00:00:00 -0400", "Some(2025) 3 14 Friday"),
            ("Top papers of the week (March 10 - March 16)", "None 3 16"),
            ("Nothing on 12 of them", "-"),
            ("2 Mars rovers", "-"),
            ("Papers vom 15. März 2020", "Some(2020) 3 15"),
            ("We read 12 papers March through", "-"),
        ] {
            assert_eq!(shown(Day::find(text)), want, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_looked_through(text in "(?s).{0,80}") {
            let _ = Day::find(&text);
            let _ = Day::parse(&text);
        }
    }
}
