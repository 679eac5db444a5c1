//! The result of reading a file: its records, their counts, and messages for the
//! user.

use super::Format;
use crate::diagnostics::Diagnostics;
use crate::model::{Date, Record};

/// What one digest file holds.
#[derive(Debug, Clone, PartialEq)]
pub struct ParsedFile {
    /// The format it was read as.
    pub format: Format,
    /// The papers, in the file's order.
    pub records: Vec<Record>,
    /// The digest's date, if known.
    pub date: Option<Date>,
    /// The digest's own title.
    pub title: Option<String>,
    /// Who compiled it.
    pub curator: Option<String>,
    /// How many papers the file holds; always `records.len() + rejected`.
    pub read: usize,
    /// How many papers were rejected. Each has an error that says where and why.
    pub rejected: usize,
    /// Messages for the user.
    pub diagnostics: Diagnostics,
}

impl ParsedFile {
    /// An empty result for a format.
    pub(super) fn new(format: Format) -> Self {
        Self {
            format,
            records: Vec::new(),
            date: None,
            title: None,
            curator: None,
            read: 0,
            rejected: 0,
            diagnostics: Diagnostics::new(),
        }
    }
}
