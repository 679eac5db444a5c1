//! Matching: many queries against one paper, each word looked at once.

mod index;
mod program;
mod rule;
mod scan;
mod scope;

pub(super) use index::sought;
pub(super) use program::Program;
pub(super) use rule::find_worth;
pub use scan::Scan;
pub(super) use scope::Scope;
