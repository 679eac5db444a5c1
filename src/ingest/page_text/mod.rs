//! Page text: a digest as copying it out of a browser, a mail or a PDF gives it.
//! Nothing in it is marked, so what each paragraph is must be told from its
//! looks and its surroundings; `docs/page-text.md` describes how.
//!
//! The steps: rows, which wrapped lines belong together, what each paragraph is
//! by itself, how the page opens an entry, what each paragraph is to the papers,
//! what is said before and after them, records.

mod addresses;
mod chrome;
mod cut;
mod entry;
mod facts;
mod form;
mod front;
mod labels;
mod layout;
#[cfg(test)]
mod layouts;
mod mark;
mod markdown;
mod names;
mod page;
mod paragraphs;
mod roles;
mod rows;
mod shape;
mod titles;
mod venue;
mod vocabulary;
mod wrap;

pub(super) use addresses::{Found, only_addresses};
pub(super) use chrome::chrome;
pub(super) use facts::{Fact, facts};
pub(super) use front::curator;
pub(super) use labels::{Label, label};
pub(super) use names::{Names, names};
pub(super) use page::read;
pub(super) use shape::{Shape, shape};
pub(super) use venue::venue;
pub(super) use vocabulary::Vocabulary;
