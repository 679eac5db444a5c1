//! Reading a query: one pass over the text, bounded in length and nesting.
//!
//! ```text
//! query  = all { "OR" all }
//! all    = not { [ "AND" ] not }
//! not    = ( "-" | "NOT" ) not | worth
//! worth  = unit [ "^" number ]                       number: in rules only
//! unit   = "(" query ")" | name ":" value | identifier | term
//! value  = "(" query ")" | term | range | id | part  as the name asks
//! range  = end | [ end ] ".." [ end ] | ( ">" | ">=" | "<" | "<=" ) end
//! term   = word | word "*" | '"' words '"'
//! ```

use std::ops::Range;

use super::cursor::{Cursor, field_name, is_quote, is_space};
use super::field::Name;
use super::identifier::{self, Typed};
use super::{Field, Query, QueryError};
use crate::diagnostics::nearest;
use crate::model::PaperId;

/// The longest query that is read, in bytes.
pub const MAX_BYTES: usize = 32 * 1024;

/// How deep brackets and negations may nest.
pub const MAX_DEPTH: usize = 32;

/// The heaviest weight.
const MAX_WEIGHT: f64 = 100.0;

/// What the query is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// A filtered list or the search box: terms have no weights.
    Search,
    /// A topic's rule: terms have weights, and topics cannot be asked for.
    Rule,
}

impl Query {
    /// Reads the query of a filtered list or of the search box.
    ///
    /// # Errors
    /// The first mistake, with its place and its remedy.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        parse(text, Mode::Search)
    }

    /// Reads a topic's rule.
    ///
    /// # Errors
    /// The first mistake, with its place and its remedy.
    pub fn parse_rule(text: &str) -> Result<Self, QueryError> {
        parse(text, Mode::Rule)
    }
}

fn parse(text: &str, mode: Mode) -> Result<Query, QueryError> {
    if text.len() > MAX_BYTES {
        let cut = text.floor_char_boundary(MAX_BYTES);
        return Err(QueryError::new(
            "query-too-long",
            format!("the query is longer than {MAX_BYTES} bytes"),
            cut..text.len(),
        ));
    }
    let mut parser = Parser {
        cursor: Cursor { text, at: 0 },
        mode,
        depth: 0,
        within: None,
    };
    parser.cursor.skip_space();
    if parser.cursor.at == text.len() {
        return Err(
            QueryError::new("query-empty", "the query asks for nothing", 0..text.len())
                .help("write a word, a \"phrase\" or a field such as `title:survey`"),
        );
    }
    let query = parser.any_of()?;
    if parser.cursor.at < text.len() {
        // Only a closing bracket ends a query before its text does.
        return Err(QueryError::new(
            "query-stray-bracket",
            "this bracket closes nothing",
            parser.cursor.at..parser.cursor.at + 1,
        )
        .help("remove it, or open a bracket before it"));
    }
    Ok(query)
}

pub(super) struct Parser<'a> {
    pub(super) cursor: Cursor<'a>,
    mode: Mode,
    depth: usize,
    /// The field whose brackets we are within.
    within: Option<Name>,
}

impl<'a> Parser<'a> {
    fn any_of(&mut self) -> Result<Query, QueryError> {
        let mut items = vec![self.all_of()?];
        while let Some(operator) = self.cursor.operator("OR") {
            self.operand(operator)?;
            items.push(self.all_of()?);
        }
        Ok(joined(items, Query::Or))
    }

    fn all_of(&mut self) -> Result<Query, QueryError> {
        let mut items = vec![self.not()?];
        loop {
            self.cursor.skip_space();
            if let Some(operator) = self.cursor.operator("AND") {
                self.operand(operator)?;
            } else if self.cursor.at_end() || self.cursor.word() == "OR" {
                return Ok(joined(items, Query::And));
            }
            items.push(self.not()?);
        }
    }

    fn not(&mut self) -> Result<Query, QueryError> {
        self.cursor.skip_space();
        let start = self.cursor.at;
        if let Some(operator) = self.cursor.operator("NOT") {
            self.operand(operator)?;
        } else if self.cursor.text[self.cursor.at..].starts_with('-') {
            self.cursor.at += 1;
            if self.cursor.at_end() || self.cursor.next_is(|c| is_space(c) || c == '^') {
                return Err(QueryError::new(
                    "query-lone-minus",
                    "the minus excludes nothing",
                    start..self.cursor.at,
                )
                .help("write it directly before what is to be excluded, or remove it"));
            }
        } else {
            return self.worth();
        }
        let inner = self.nested(start, Self::not)?;
        Ok(Query::Not(Box::new(inner)))
    }

    fn worth(&mut self) -> Result<Query, QueryError> {
        let unit = self.unit()?;
        let start = self.cursor.at;
        if !self.cursor.next_is(|c| c == '^') {
            return Ok(unit);
        }
        self.cursor.at += 1;
        let number = self.cursor.word();
        self.cursor.at += number.len();
        let span = start..self.cursor.at;
        if self.mode == Mode::Search {
            return Err(QueryError::new(
                "query-weight",
                "weights belong in the rules of topics",
                span,
            )
            .help("remove the `^` and its number, or put the text in quotation marks"));
        }
        let plain = number.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let weight = plain.then(|| number.parse::<f64>().ok()).flatten();
        match weight.filter(|weight| *weight > 0.0 && *weight <= MAX_WEIGHT) {
            Some(weight) => Ok(Query::Weight(Box::new(unit), weight)),
            None => Err(QueryError::new(
                "query-bad-weight",
                format!("`^{number}` is not a valid weight"),
                span,
            )
            .help(format!(
                "a weight is a number above 0 and up to {MAX_WEIGHT}, such as `^2` or `^0.5`"
            ))),
        }
    }

    fn unit(&mut self) -> Result<Query, QueryError> {
        self.cursor.skip_space();
        let start = self.cursor.at;
        if self.cursor.next_is(|c| c == '(') {
            return self.brackets();
        }
        let is_quoted = self.cursor.next_is(is_quote);
        let word = self.cursor.word();
        if word.is_empty() && !is_quoted {
            // What is neither a word nor opens anything: the end, `)` or `^`.
            return Err(QueryError::new(
                "query-missing-term",
                "a word or a phrase is missing here",
                start..self.cursor.char_end(),
            )
            .help("write what to look for, or remove what is before or after it"));
        }
        if matches!(word, "OR" | "AND") {
            return Err(dangling(word, start..start + word.len()));
        }
        match self.within {
            Some(Name::Text(_)) | None if is_quoted => return self.phrase().map(Query::Term),
            Some(Name::Text(_)) => {}
            Some(name) => return self.value_of(name),
            None => {
                if let Some(id) = self.identifier()? {
                    return Ok(Query::Id(id));
                }
            }
        }
        let follows =
            self.cursor.text[start + word.len()..].starts_with(|c| c == '(' || is_quote(c));
        if let Some(name) = field_name(word, follows) {
            return self.field_query(name);
        }
        self.term().map(Query::Term)
    }

    /// An identifier or the address of a paper, where one was typed or pasted here.
    fn identifier(&mut self) -> Result<Option<PaperId>, QueryError> {
        let rest = &self.cursor.text[self.cursor.at..];
        let lead = rest.len() - rest.trim_start_matches(['<', '[']).len();
        let run = identifier::run(&rest[lead..]);
        let span = self.cursor.at + lead..self.cursor.at + lead + run.len();
        let (id, length) = match identifier::typed(run) {
            Some(Typed::Id(id)) => (id, run.len()),
            Some(Typed::Wrong) => return Err(bad_id(run, span)),
            Some(Typed::Address) => {
                return Err(QueryError::new(
                    "query-unknown-address",
                    format!("`{run}` is not the address of a paper at a registry"),
                    span,
                )
                .help(
                    "paste an address of arXiv, OpenReview, the ACL Anthology or PubMed, or one \
                     with a DOI; to look for the text itself, put it in quotation marks",
                ));
            }
            None => match identifier::spaced(&rest[lead..]) {
                Some(found) => found,
                None => return Ok(None),
            },
        };
        self.cursor.at += lead + length;
        let rest = &self.cursor.text[self.cursor.at..];
        self.cursor.at += rest.len() - rest.trim_start_matches(identifier::PUNCTUATION).len();
        Ok(Some(id))
    }

    fn brackets(&mut self) -> Result<Query, QueryError> {
        let open = self.cursor.at;
        self.cursor.at += 1;
        self.cursor.skip_space();
        if self.cursor.next_is(|c| c == ')') {
            return Err(QueryError::new(
                "query-empty-brackets",
                "there is nothing between the brackets",
                open..self.cursor.at + 1,
            )
            .help("write what to look for between them, or remove them"));
        }
        let inner = self.nested(open, Self::any_of)?;
        if !self.cursor.next_is(|c| c == ')') {
            return Err(QueryError::new(
                "query-unclosed-bracket",
                "this bracket is never closed",
                open..open + 1,
            )
            .help("write `)` where it ends"));
        }
        self.cursor.at += 1;
        Ok(inner)
    }

    fn field_query(&mut self, name: &str) -> Result<Query, QueryError> {
        let named = self.cursor.at..self.cursor.at + name.len();
        let Some(field) = Name::from_text(name) else {
            return Err(unknown_field(name, named));
        };
        let known = field.text();
        if self.within.is_some() {
            return Err(QueryError::new(
                "query-nested-field",
                format!("`{known}:` is within the brackets of another field"),
                named,
            )
            .help("close those brackets before it"));
        }
        if field == Name::Text(Field::TOPIC) && self.mode == Mode::Rule {
            return Err(QueryError::new(
                "query-topic-in-rule",
                "a rule cannot ask for a topic, since topics come from rules",
                named,
            )
            .help("repeat the terms of that topic's rule"));
        }
        self.cursor.at += name.len() + 1;
        if self.cursor.at_end() || self.cursor.next_is(|c| is_space(c) || c == '^') {
            return Err(QueryError::new(
                "query-missing-value",
                format!("`{known}:` asks for nothing"),
                named.start..self.cursor.at,
            )
            .help("write its value directly after the colon"));
        }
        if !self.cursor.next_is(|c| c == '(') {
            return self.value_of(field);
        }
        self.within = Some(field);
        let inner = self.brackets()?;
        self.within = None;
        Ok(match field {
            Name::Text(field) => Query::In(field, Box::new(inner)),
            _ => inner,
        })
    }

    /// Reads on one level deeper.
    fn nested(
        &mut self,
        start: usize,
        read: impl Fn(&mut Self) -> Result<Query, QueryError>,
    ) -> Result<Query, QueryError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(QueryError::new(
                "query-too-deep",
                format!("brackets and negations nest deeper than {MAX_DEPTH}"),
                start..self.cursor.at,
            )
            .help("take some of the brackets away"));
        }
        let query = read(self)?;
        self.depth -= 1;
        Ok(query)
    }

    /// Checks that something follows an operator.
    fn operand(&mut self, (operator, span): (&str, Range<usize>)) -> Result<(), QueryError> {
        self.cursor.skip_space();
        if self.cursor.at_end() || matches!(self.cursor.word(), "OR" | "AND") {
            return Err(dangling(operator, span));
        }
        Ok(())
    }
}

/// What joins several; one alone needs nothing to join it.
fn joined(mut items: Vec<Query>, join: fn(Vec<Query>) -> Query) -> Query {
    if items.len() == 1 {
        items.swap_remove(0)
    } else {
        join(items)
    }
}

fn dangling(operator: &str, span: Range<usize>) -> QueryError {
    QueryError::new(
        "query-dangling-operator",
        format!("`{operator}` has nothing to join"),
        span,
    )
    .help(format!(
        "write a term beside it, or \"{}\" in quotation marks for the word",
        operator.to_lowercase()
    ))
}

pub(super) fn bad_id(text: &str, span: Range<usize>) -> QueryError {
    QueryError::new(
        "query-bad-id",
        format!("`{text}` is not a paper identifier"),
        span,
    )
    .help("write a registry and its identifier, such as `id:arxiv:2403.03507`")
}

fn unknown_field(name: &str, span: Range<usize>) -> QueryError {
    let names = Name::all().map(Name::text);
    let help = match nearest(name, names.clone()) {
        Some(known) => format!("did you mean `{known}:`?"),
        None => format!(
            "the fields are {}; for text with a colon, use quotation marks",
            names.collect::<Vec<_>>().join(", ")
        ),
    };
    QueryError::new(
        "query-unknown-field",
        format!("`{name}` is not a field"),
        span,
    )
    .help(help)
}
