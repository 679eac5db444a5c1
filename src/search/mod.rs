//! Search: the index that the search box in the browser reads.
//!
//! One tokenizer ([`crate::text`] and its twin in JavaScript), one ranker (in the
//! browser), two containers: a small site has one elasticlunr index, a large one
//! many small files of which a query loads a few. `docs/search.md` describes the
//! files, the ranking and the figures.

mod build;
mod cards;
mod columns;
mod details;
mod document;
mod elasticlunr;
mod engine;
mod identifiers;
mod names;
mod numbers;
mod people;
mod places;
mod postings;
mod root;
mod script;
mod sharded;
mod weight;

pub use build::{Built, Container, build};
pub use document::Document;
pub use engine::engine_module;
pub use people::Person;
