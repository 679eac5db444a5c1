//! Prose: abstracts and titles as a reader wants them.
//!
//! An abstract is TeX source, damaged on its way through the web. It is repaired
//! by named rules, read once into a small tree, and shown from that tree as HTML
//! with MathML and as plain text. The source itself is never changed.
//!
//! `docs/prose.md` describes the reading and lists the repairs.

mod addresses;
mod commands;
mod flat;
mod html;
mod key;
mod links;
mod math;
mod name;
mod nodes;
mod plain;
mod read;
mod repair;
mod scan;
mod structure;
mod tex;
mod tree;

pub(crate) use html::escape_into;
pub use key::{KeySentence, key_sentence};
pub use math::{Formula, Outcome, formula, math_html, math_plain, raised};
pub use name::short_name;
pub use read::{Options, read, read_abstract, read_title};
pub use repair::{Applied, Rule, repairs};
pub use tree::{Block, BlockKind, FoundLink, Inline, Item, Numbering, Reading};
