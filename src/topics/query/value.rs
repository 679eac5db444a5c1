//! The values that fields ask for: a term, a range such as `2023..2025` or `>100`,
//! an identifier, a part such as `code`.

use std::ops::Range;

use super::cursor::is_quote;
use super::field::Name;
use super::identifier;
use super::parse::{Parser, bad_id};
use super::range::{count, year};
use super::{CountRange, DateRange, Field, Has, PartialDate, Query, QueryError, YearRange};
use crate::diagnostics::nearest;

impl Parser<'_> {
    /// The value of a field.
    pub(super) fn value_of(&mut self, name: Name) -> Result<Query, QueryError> {
        match name {
            Name::Text(field) => self.text(field),
            Name::Year => {
                let (from, to) = self.range(year)?;
                Ok(Query::Year(YearRange { from, to }))
            }
            Name::Date => {
                let (from, to) = self.range(PartialDate::parse)?;
                Ok(Query::Date(DateRange { from, to }))
            }
            Name::Count(metric) => {
                let (from, to) = self.range(count)?;
                Ok(Query::Count(metric, CountRange { from, to }))
            }
            Name::Has => self.has(),
            Name::Id => self.id(),
        }
    }

    fn text(&mut self, field: Field) -> Result<Query, QueryError> {
        let term = if self.cursor.next_is(is_quote) {
            self.phrase()?
        } else if self.cursor.next_is(|c| c == '-') {
            return Err(QueryError::new(
                "query-lone-minus",
                "the minus is after the field's name",
                self.cursor.at..self.cursor.at + 1,
            )
            .help(format!("write `-{}:…`", field.name())));
        } else {
            self.term()?
        };
        Ok(Query::In(field, Box::new(Query::Term(term))))
    }

    fn has(&mut self) -> Result<Query, QueryError> {
        let (value, span) = self.value(Name::Has)?;
        if let Some(has) = Has::from_name(&value) {
            return Ok(Query::Has(has));
        }
        let names: Vec<&str> = Has::all().map(Has::name).collect();
        let help = match nearest(&value, names.iter().copied()) {
            Some(name) => format!("did you mean `has:{name}`?"),
            None => format!("a paper can have: {}", names.join(", ")),
        };
        Err(QueryError::new(
            "query-unknown-part",
            format!("`{value}` is nothing that a paper has"),
            span,
        )
        .help(help))
    }

    fn id(&mut self) -> Result<Query, QueryError> {
        let (value, span) = self.value(Name::Id)?;
        identifier::value(value.trim())
            .map(Query::Id)
            .ok_or_else(|| bad_id(&value, span))
    }

    /// Both ends of a range; one value alone is both.
    fn range<T: Copy + PartialEq + Bounds>(
        &mut self,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<(Option<T>, Option<T>), QueryError> {
        let (value, span) = self.value(T::NAME)?;
        let end = |text: &str| -> Option<Option<T>> {
            if text.is_empty() {
                Some(None)
            } else {
                read(text).map(Some)
            }
        };
        if let Some((sign, text)) = sign(&value)
            && let Some(bound) = read(text)
        {
            let range = match sign {
                Sign::Above => bound.after().map(|from| (Some(from), None)),
                Sign::From => Some((Some(bound), None)),
                Sign::Below => bound.before().map(|to| (None, Some(to))),
                Sign::To => Some((None, Some(bound))),
                Sign::Equal => Some((Some(bound), Some(bound))),
            };
            return range.ok_or_else(|| {
                QueryError::new(
                    "query-empty-range",
                    format!("nothing can be `{value}`"),
                    span,
                )
                .help(T::EXAMPLES)
            });
        }
        let ends = match value.split_once("..") {
            Some((from, to)) => end(from).zip(end(to)),
            None => end(&value).map(|only| (only, only)),
        };
        match ends {
            Some((Some(from), Some(to))) if from != to && !T::in_order(from, to) => {
                Err(QueryError::new(
                    "query-reversed-range",
                    format!("the range `{value}` ends before it begins"),
                    span,
                )
                .help("write the earlier end first"))
            }
            Some(range) if range.0.is_some() || range.1.is_some() => Ok(range),
            _ => Err(QueryError::new(
                "query-bad-range",
                format!("`{value}` is neither {} nor a range", T::NOUN),
                span,
            )
            .help(T::EXAMPLES)),
        }
    }

    /// The value of a field that looks for no terms, quoted or not.
    fn value(&mut self, name: Name) -> Result<(String, Range<usize>), QueryError> {
        let start = self.cursor.at;
        if self.cursor.next_is(is_quote) {
            let value = self.phrase()?.text().to_owned();
            return Ok((value, start..self.cursor.at));
        }
        let word = self.cursor.word();
        let run = match name {
            Name::Id => identifier::run(&self.cursor.text[start..]),
            _ => word,
        };
        let value = if run.is_empty() { word } else { run };
        if value.is_empty() {
            return Err(QueryError::new(
                "query-missing-value",
                "this field takes a value here",
                start..self.cursor.char_end(),
            )
            .help("write its value directly after the colon"));
        }
        self.cursor.at += value.len();
        Ok((value.to_owned(), start..self.cursor.at))
    }
}

/// How a value compares with the one that is written.
enum Sign {
    Above,
    From,
    Below,
    To,
    Equal,
}

/// The sign that a value begins with, and what comes after it.
fn sign(value: &str) -> Option<(Sign, &str)> {
    // The longer ones first.
    let signs = [
        (">=", Sign::From),
        ("<=", Sign::To),
        ("≥", Sign::From),
        ("≤", Sign::To),
        (">", Sign::Above),
        ("<", Sign::Below),
        ("=", Sign::Equal),
    ];
    signs
        .into_iter()
        .find_map(|(text, sign)| Some((sign, value.strip_prefix(text)?)))
}

/// What the kinds of range differ in.
trait Bounds: Sized {
    const NAME: Name;
    const NOUN: &'static str;
    const EXAMPLES: &'static str;
    fn in_order(from: Self, to: Self) -> bool;
    /// The first value after this one.
    fn after(self) -> Option<Self>;
    /// The last value before this one.
    fn before(self) -> Option<Self>;
}

impl Bounds for i16 {
    const NAME: Name = Name::Year;
    const NOUN: &'static str = "a year";
    const EXAMPLES: &'static str =
        "write `year:2024`, `year:2023..2025`, `year:2023..`, `year:..2020` or `year:>2020`";
    fn in_order(from: Self, to: Self) -> bool {
        from <= to
    }
    fn after(self) -> Option<Self> {
        (self < 9999).then_some(self + 1)
    }
    fn before(self) -> Option<Self> {
        (self > 1).then_some(self - 1)
    }
}

impl Bounds for PartialDate {
    const NAME: Name = Name::Date;
    const NOUN: &'static str = "a date";
    const EXAMPLES: &'static str = "write `date:2024-05-17`, `date:2024-05`, `date:2024-05..`, \
                                    `date:2023..2024-05` or `date:>=2024-05-17`";
    fn in_order(from: Self, to: Self) -> bool {
        from.first() <= to.last()
    }
    fn after(self) -> Option<Self> {
        self.last().tomorrow().ok().map(Self::Day)
    }
    fn before(self) -> Option<Self> {
        let day = self.first().yesterday().ok()?;
        (day.year() >= 1).then_some(Self::Day(day))
    }
}

impl Bounds for u64 {
    const NAME: Name = Name::Count(super::Metric::CITATIONS);
    const NOUN: &'static str = "a number";
    const EXAMPLES: &'static str =
        "write `citations:>100`, `citations:<=5`, `citations:10..20` or `citations:7`";
    fn in_order(from: Self, to: Self) -> bool {
        from <= to
    }
    fn after(self) -> Option<Self> {
        (self < MOST).then_some(self + 1)
    }
    fn before(self) -> Option<Self> {
        self.checked_sub(1)
    }
}

/// The largest number that is read.
const MOST: u64 = 999_999_999_999_999;
