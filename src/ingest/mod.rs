//! Ingest: reads digest files and turns them into records. Each format has its own
//! reader; the format is detected from the content.
//!
//! Readers never lose anything. What they cannot use is rejected with its line and
//! the reason, so that `read == records.len() + rejected` for every file.

mod address;
mod affiliation;
mod bibtex;
mod catalogue;
mod cell;
mod columns;
mod controls;
mod dating;
mod day;
mod decode;
mod detect;
mod fill;
mod format;
mod isbn;
mod journal_ref;
mod json;
mod language;
mod library_xml;
mod lines;
mod listing;
mod mail;
mod markdown;
mod marks;
mod named;
mod page_text;
mod parsed_file;
mod partial;
mod people;
mod polish;
mod record_fields;
mod references;
mod refusal;
mod registry;
mod request;
mod ris;
mod signatures;
mod sites;
mod surrogates;
mod suspect;
mod table;
mod tagged;
mod tally;
mod tex;
mod unpack;
mod value;
mod withdrawal;
mod xml;
mod yaml;

pub use detect::{Detection, detect};
pub use format::Format;
pub use parsed_file::ParsedFile;
pub use people::in_text as people_in;
pub use refusal::{service_error, web_page};
pub use request::{Request, read};
