//! A reading: what a reader made of one file, with its balance and everything
//! that a person should know about it.

use super::Format;
use crate::diagnostics::Diagnostics;
use crate::model::{Date, Record};

/// What one digest file holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The format it was read as.
    pub format: Format,
    /// The papers, in the file's order.
    pub records: Vec<Record>,
    /// The day the digest is of, where that is known.
    pub date: Option<Date>,
    /// What the digest calls itself.
    pub title: Option<String>,
    /// Who put it together.
    pub curator: Option<String>,
    /// How many papers the file holds; always `records.len() + rejected`.
    pub read: usize,
    /// How many could not be taken. Each has an error that says where and why.
    pub rejected: usize,
    /// What a person should know.
    pub diagnostics: Diagnostics,
}

impl Reading {
    /// A reading of which only the format is known.
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
