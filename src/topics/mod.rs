//! Topics: what a paper is about. The taxonomy, the rules it is written in, and
//! the scoring that shows its evidence.

mod query;

pub use query::{
    DateRange, Field, Has, MAX_BYTES, MAX_DEPTH, Mode, PartialDate, Query, QueryError, Term,
    YearRange,
};
