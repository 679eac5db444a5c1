//! Queries: the one grammar in which topic rules, filtered lists and the search
//! box ask for papers.

mod cursor;
mod error;
mod expr;
mod field;
mod identifier;
mod parse;
mod print;
mod range;
mod term;
mod value;

pub use error::QueryError;
pub use expr::{Query, Term};
pub use field::{Field, Has, Metric, names_module};
pub use parse::{MAX_BYTES, MAX_DEPTH, Mode};
pub use range::{CountRange, DateRange, PartialDate, YearRange};

#[cfg(test)]
mod tests;
