//! Meaning: what a text is about, as a vector, so that texts can be compared that
//! have no word in common.
//!
//! A [`Table`] has a vector for each word that it knows. A text's [`Vector`] points
//! where the sum of its words' vectors points; two texts are as alike as the angle
//! between them is small. No network is run and none is asked: sums of whole numbers
//! are the same on any machine.
//!
//! A table ships with the program; `docs/meaning.md` says where it comes from.

mod clusters;
mod landmarks;
mod learn;
mod packed;
mod table;
#[cfg(test)]
mod tests;
mod vector;
mod words;

pub use clusters::{Clusters, centres};
pub use landmarks::{landmarks, size};
pub use table::Table;
pub use vector::{DIMS, Vector};
pub use words::{endings, for_each_word};
