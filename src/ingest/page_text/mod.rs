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
mod venue;
mod vocabulary;
mod wrap;

pub(super) use page::read;
