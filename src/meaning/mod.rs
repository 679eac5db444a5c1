//! Meaning: what a text is about, as a vector, so that texts can be compared even if
//! they have no word in common.
//!
//! A [`Table`] has a vector for each word that it knows. A text's [`Vector`] has the
//! direction of the sum of its words' vectors; the smaller the angle between two texts,
//! the more similar they are. There is no neural network and no online service: sums of
//! whole numbers are the same on any machine.
//!
//! A table is built into the program; `docs/meaning.md` describes its origin.

mod clusters;
mod landmarks;
mod learn;
mod packed;
mod table;
#[cfg(test)]
mod tests;
mod vector;
mod wide;
mod words;

pub use clusters::{Clusters, centres};
pub use landmarks::{landmarks, size};
pub use table::{IN_TITLE, Sum, Table};
pub use vector::{DIMS, Vector, product};
pub use wide::wide;
pub use words::{endings, for_each_word};
