//! Search: the index that the search box in the browser reads.
//!
//! There is one tokenizer ([`crate::text`] and its JavaScript version), one ranker (in
//! the browser), and two containers: a small site has one elasticlunr index, a large
//! one has many small files, of which a query loads a few. `docs/search.md` describes
//! the files, the ranking and the measurements.

mod build;
mod cards;
mod columns;
mod details;
mod document;
mod elasticlunr;
mod engine;
mod identifiers;
mod meaning;
mod names;
mod numbers;
mod papers;
mod people;
mod places;
mod postings;
mod root;
mod script;
mod sharded;
mod short;
mod values;
mod weight;

pub use build::{Built, Container, build};
pub use document::Document;
pub use engine::engine_module;
pub use papers::{Given, Papers};
pub use people::Person;
pub use short::{SHORT_DIMS, short_row};
