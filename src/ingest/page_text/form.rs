//! Form: what a line of a page evidently is by itself, before its surroundings
//! are looked at: a day, a count, an address, a labelled value, or plain text.

use super::addresses::{Found, only_addresses};
use super::chrome::{Chrome, chrome};
use super::facts::{Fact, facts};
use super::labels::{Label, label};
use crate::ingest::day::Day;

/// What a line is by itself.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Form {
    /// Text: a title, prose, names.
    Plain,
    /// Nothing but signs: a ruled line, a lone dot.
    Rule,
    /// A day and nothing else.
    Day(Day),
    /// Counts, submitters, days of publication and the like.
    Facts(Vec<Fact>),
    /// Addresses and identifiers and nothing else.
    Addresses(Found),
    /// A value with its name before it, or the name alone.
    Label(Label, String),
    /// A control or a notice of the page itself.
    Chrome(Chrome),
}

/// Only short lines are anything but plain text or a labelled value.
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
