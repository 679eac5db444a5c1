//! Writing a query so that it reads back as equal, with no more brackets than
//! that takes.

use std::fmt;

use super::cursor::{is_plain_prefix, is_plain_value, is_plain_word, is_quote};
use super::{Query, Term, identifier};

/// How tightly a place binds its content; what binds less needs brackets.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Top,
    OfOr,
    OfAnd,
    OfNot,
    OfWeight,
}

impl Query {
    fn write(&self, f: &mut fmt::Formatter<'_>, place: Place, in_field: bool) -> fmt::Result {
        let loosest = match self {
            Self::Or(_) => Place::Top,
            Self::And(_) => Place::OfOr,
            Self::Not(_) | Self::Weight(..) => Place::OfNot,
            _ => Place::OfWeight,
        };
        if place > loosest {
            f.write_str("(")?;
            self.write(f, Place::Top, in_field)?;
            return f.write_str(")");
        }
        match self {
            Self::Term(term) => term.write(f, in_field),
            Self::In(field, inner) => {
                write!(f, "{}:", field.name())?;
                match inner.as_ref() {
                    Self::Term(term) => term.write_value(f),
                    group => {
                        f.write_str("(")?;
                        group.write(f, Place::Top, true)?;
                        f.write_str(")")
                    }
                }
            }
            Self::Id(id) if is_plain_id(id.as_str()) => write!(f, "id:{id}"),
            Self::Id(id) => write!(f, "id:\"{id}\""),
            Self::Has(has) => write!(f, "has:{}", has.name()),
            Self::Year(range) => write!(f, "year:{range}"),
            Self::Date(range) => write!(f, "date:{range}"),
            Self::Count(metric, range) => write!(f, "{}:{range}", metric.name()),
            Self::Not(inner) => {
                f.write_str("-")?;
                inner.write(f, Place::OfNot, in_field)
            }
            Self::And(items) => join(f, items, " ", Place::OfAnd, in_field),
            Self::Or(items) => join(f, items, " OR ", Place::OfOr, in_field),
            Self::Weight(inner, weight) => {
                inner.write(f, Place::OfWeight, in_field)?;
                write!(f, "^{weight}")
            }
        }
    }
}

/// Whether an identifier reads back as it is without quotation marks.
fn is_plain_id(id: &str) -> bool {
    is_plain_value(id) && identifier::run(id) == id
}

fn join(
    f: &mut fmt::Formatter<'_>,
    items: &[Query],
    with: &str,
    place: Place,
    in_field: bool,
) -> fmt::Result {
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            f.write_str(with)?;
        }
        item.write(f, place, in_field)?;
    }
    Ok(())
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, Place::Top, false)
    }
}

impl Term {
    /// Writes the term directly behind a field's name, so that no word can be taken
    /// for an operator or for another field.
    fn write_value(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(text) if is_plain_value(text) => f.write_str(text),
            Self::Prefix(text) if is_plain_value(text) => write!(f, "{text}*"),
            _ => self.write_quoted(f),
        }
    }

    /// Writes the term where a term may be.
    fn write(&self, f: &mut fmt::Formatter<'_>, in_field: bool) -> fmt::Result {
        match self {
            Self::Word(text) if is_plain_word(text, in_field) => f.write_str(text),
            Self::Prefix(text) if is_plain_prefix(text) => write!(f, "{text}*"),
            _ => self.write_quoted(f),
        }
    }

    /// A term that was not read but made, and that the grammar cannot carry as
    /// it is, becomes the phrase of its words.
    fn write_quoted(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text: String = self.text().chars().filter(|c| !is_quote(*c)).collect();
        write!(f, "\"{text}\"")
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, false)
    }
}
