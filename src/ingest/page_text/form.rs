//! Forms: what a line looks like on its own, before its context is considered: a
//! date, a count, a URL, a labelled value or plain text.

use super::addresses::{Found, only_addresses};
use super::chrome::{Chrome, chrome};
use super::facts::{Fact, facts};
use super::labels::{Label, label};
use crate::ingest::day::Day;

/// The form of a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Form {
    /// Text: a title, prose, names.
    Plain,
    /// Only symbols: a ruled line, a lone dot.
    Rule,
    /// Nothing but a date.
    Day(Day),
    /// Counts, submitters, publication dates and so on.
    Facts(Vec<Fact>),
    /// Nothing but URLs and identifiers.
    Addresses(Found),
    /// A value with its label, or the label alone.
    Label(Label, String),
    /// A control or notice of the page itself.
    Chrome(Chrome),
}

/// Longer lines are always plain text or a labelled value.
const MAX_LENGTH: usize = 600;

/// The form of a line.
pub(super) fn form(text: &str) -> Form {
    let short = text.len() <= MAX_LENGTH;
    if let Some(found) = short.then(|| only_addresses(text)).flatten() {
        return Form::Addresses(found);
    }
    if let Some((label, value)) = label(text) {
        return Form::Label(label, value.to_owned());
    }
    if !short {
        return Form::Plain;
    }
    if let Some(facts) = facts(text) {
        return Form::Facts(facts);
    }
    if !text.contains(char::is_alphanumeric) {
        return Form::Rule;
    }
    if let Some(day) = Day::parse(text) {
        return Form::Day(day);
    }
    match chrome(text) {
        Some(chrome) => Form::Chrome(chrome),
        None => Form::Plain,
    }
}
