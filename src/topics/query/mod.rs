//! Queries: the one grammar in which topic rules, filtered lists and the search
//! box ask for papers.

mod cursor;
mod error;
mod expr;
mod field;
mod parse;
mod print;
mod range;
mod value;

pub use error::QueryError;
pub use expr::{Query, Term};
pub use field::{Field, Has};
pub use parse::{MAX_BYTES, MAX_DEPTH, Mode};
pub use range::{DateRange, PartialDate, YearRange};

#[cfg(test)]
mod tests;
