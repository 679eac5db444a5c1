//! Page text
use super::{Request, ledger::Ledger};
mod addresses;
mod chrome;
mod facts;
mod form;
mod labels;
mod mark;
mod names;
mod paragraphs;
mod rows;
mod shape;
mod vocabulary;
mod wrap;
pub(super) fn read(_request: &Request<'_>, _text: &str, _ledger: &mut Ledger) {}
