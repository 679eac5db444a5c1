//! Ingest: digest files become records. Each format has a reader in a file of
//! its own; which one a file needs is told from what is in it.
//!
//! A reader loses nothing: what it cannot take it rejects, with the line and the
//! reason, so that `read == records.len() + rejected` for every file.

mod address;
mod dating;
mod day;
mod decode;
mod detect;
mod field;
mod fill;
mod format;
mod jsonl;
mod ledger;
mod lines;
mod page_text;
mod people;
mod reading;
mod request;
mod value;

pub use detect::{Detection, detect};
pub use format::Format;
pub use reading::Reading;
pub use request::{Request, read};
