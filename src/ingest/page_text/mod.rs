//! Page text: a digest copied from a browser, an e-mail or a PDF. Nothing in it is
//! marked up, so the role of each paragraph is inferred from its appearance and
//! context. `docs/page-text.md` describes how.
//!
//! The steps are: rows; joining wrapped lines; what each paragraph is on its own;
//! how the page starts an entry; the role of each paragraph; what comes before and
//! after the papers; records.

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
mod list_marker;
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
