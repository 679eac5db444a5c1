//! The values of the fields that look for no terms: `year:2023..2025`,
//! `id:arxiv:2403.03507`, `has:code`.

use std::ops::Range;

use super::cursor::is_quote;
use super::parse::Parser;
use super::range::year;
use super::{DateRange, Has, PartialDate, Query, QueryError, YearRange};
use crate::diagnostics::nearest;
use crate::model::PaperId;

impl Parser<'_> {
    pub(super) fn year(&mut self) -> Result<Query, QueryError> {
        let (from, to) = self.range(year, "a year")?;
        Ok(Query::Year(YearRange { from, to }))
    }

    pub(super) fn date(&mut self) -> Result<Query, QueryError> {
        let (from, to) = self.range(PartialDate::parse, "a date")?;
        Ok(Query::Date(DateRange { from, to }))
    }

    pub(super) fn has(&mut self) -> Result<Query, QueryError> {
        let (value, span) = self.value()?;
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

    pub(super) fn id(&mut self) -> Result<Query, QueryError> {
        let (value, span) = self.value()?;
        PaperId::parse(&value).map(Query::Id).ok_or_else(|| {
            QueryError::new(
                "query-bad-id",
                format!("`{value}` is no identifier of a paper"),
                span,
            )
            .help("write a registry and its identifier, such as `id:arxiv:2403.03507`")
        })
    }

    /// Both ends of a range; one value alone is both.
    fn range<T: Copy + PartialEq + Bounds>(
        &mut self,
        read: impl Fn(&str) -> Option<T>,
        noun: &str,
    ) -> Result<(Option<T>, Option<T>), QueryError> {
        let (value, span) = self.value()?;
        let end = |text: &str| -> Option<Option<T>> {
            if text.is_empty() {
                Some(None)
            } else {
                read(text).map(Some)
            }
        };
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
                format!("`{value}` is neither {noun} nor a range"),
                span,
            )
            .help(T::EXAMPLES)),
        }
    }

    /// The value of a field that looks for no terms, quoted or not.
    fn value(&mut self) -> Result<(String, Range<usize>), QueryError> {
        let start = self.cursor.at;
        let value = if self.cursor.next_is(is_quote) {
            self.phrase()?.text().to_owned()
        } else {
            let word = self.cursor.word();
            self.cursor.at += word.len();
            word.to_owned()
        };
        if value.is_empty() {
            return Err(QueryError::new(
                "query-missing-value",
                "this field takes one value, no brackets",
                start..self.cursor.char_end(),
            )
            .help("repeat the field for each value, with `OR` between them"));
        }
        Ok((value, start..self.cursor.at))
    }
}

/// What the two kinds of range differ in.
trait Bounds {
    const EXAMPLES: &'static str;
    fn in_order(from: Self, to: Self) -> bool;
}

impl Bounds for i16 {
    const EXAMPLES: &'static str =
        "write `year:2024`, `year:2023..2025`, `year:2023..` or `year:..2020`";
    fn in_order(from: Self, to: Self) -> bool {
        from <= to
    }
}

impl Bounds for PartialDate {
    const EXAMPLES: &'static str =
        "write `date:2024-05-17`, `date:2024-05`, `date:2024-05..` or `date:2023..2024-05`";
    fn in_order(from: Self, to: Self) -> bool {
        from.first() <= to.last()
    }
}
