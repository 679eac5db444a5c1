//! A query error: the one mistake that keeps a text from being a query, and
//! the bytes that are to blame.

use std::fmt;
use std::ops::Range;

use crate::diagnostics::{Diagnostic, Place};

/// Why a text is no query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// A stable name for this kind of mistake, such as `query-unknown-field`.
    pub code: &'static str,
    /// What is the matter, in one sentence without a full stop.
    pub message: String,
    /// The bytes of the query that are meant; never beyond its end.
    pub span: Range<usize>,
    /// What to do about it.
    pub help: Option<String>,
}

impl QueryError {
    pub(super) fn new(code: &'static str, message: impl Into<String>, span: Range<usize>) -> Self {
        Self {
            code,
            message: message.into(),
            span,
            help: None,
        }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The error as a diagnostic at a place that the caller worked out from
    /// [`span`](Self::span).
    pub fn diagnostic(&self, place: Place) -> Diagnostic {
        let diagnostic = Diagnostic::error(self.code, self.message.clone()).at(place);
        match &self.help {
            Some(help) => diagnostic.help(help.clone()),
            None => diagnostic,
        }
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for QueryError {}
