//! A rule: a query whose terms are numbers of an index, ready to be asked of
//! one paper after another.

use super::index::{IndexBuilder, TermId};
use super::scan::Scan;
use crate::model::PaperId;
use crate::topics::{DateRange, Evidence, Field, Has, Query, Term, YearRange};

/// What a term found in the title is worth, times its weight.
const TITLE: f64 = 2.0;

/// What a term found for the first time in the abstract is worth. Abstracts name
/// in passing what their papers are not about.
const ABSTRACT: f64 = 0.7;

/// What a term found among the keywords is worth.
const KEYWORD: f64 = 1.5;

/// The fields that a term without a field's name is looked for in.
const EVERYWHERE: [Field; 3] = [Field::Title, Field::Abstract, Field::Keyword];

/// A query made ready.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::topics) enum Rule {
    /// A term, in one field or in all that a paper is about.
    Term(TermId, Option<Field>),
    /// A term without a word in it: it asks for nothing and is always met.
    Nothing,
    /// What is not looked for in a text.
    Condition(Condition),
    /// None of it holds; where a weight stands within, it takes worth away instead.
    Not(Box<Rule>),
    /// All hold.
    All(Vec<Rule>),
    /// At least one holds.
    Any(Vec<Rule>),
    /// What holds is worth so many times as much.
    Times(Box<Rule>, f64),
}

/// A question that is not about words.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::topics) enum Condition {
    Id(PaperId),
    Has(Has),
    Year(YearRange),
    Date(DateRange),
    /// A topic's id, or what it begins with.
    Topic(Term),
}

impl Rule {
    /// Makes a query ready; its terms go into the index.
    pub(super) fn new(query: &Query, index: &mut IndexBuilder) -> Self {
        Self::within(query, None, index)
    }

    fn within(query: &Query, field: Option<Field>, index: &mut IndexBuilder) -> Self {
        let mut all = |items: &[Query]| {
            let items = items.iter().map(|item| Self::within(item, field, index));
            items.collect()
        };
        match query {
            Query::Term(term) if field == Some(Field::Topic) => {
                Self::Condition(Condition::Topic(term.clone()))
            }
            Query::Term(term) => match index.add(term) {
                Some(id) => Self::Term(id, field),
                None => Self::Nothing,
            },
            Query::In(field, inner) => Self::within(inner, Some(*field), index),
            Query::Id(id) => Self::Condition(Condition::Id(id.clone())),
            Query::Has(has) => Self::Condition(Condition::Has(*has)),
            Query::Year(range) => Self::Condition(Condition::Year(*range)),
            Query::Date(range) => Self::Condition(Condition::Date(*range)),
            Query::Not(inner) => Self::Not(Box::new(Self::within(inner, field, index))),
            Query::And(items) => Self::All(all(items)),
            Query::Or(items) => Self::Any(all(items)),
            Query::Weight(inner, weight) => {
                Self::Times(Box::new(Self::within(inner, field, index)), *weight)
            }
        }
    }

    /// What the paper is worth to the rule; `None` where the rule does not hold.
    pub(in crate::topics) fn worth(&self, scan: &Scan, paper: &Evidence<'_>) -> Option<f64> {
        match self {
            Self::Term(term, field) => {
                let mut sum = None;
                for field in Self::fields(field) {
                    let count = scan.count(*term, *field);
                    if count > 0 {
                        *sum.get_or_insert(0.0) += find_worth(*field, count);
                    }
                }
                sum
            }
            Self::Nothing => Some(0.0),
            Self::Condition(condition) => condition.holds(paper).then_some(0.0),
            Self::Not(inner) => match (inner.as_ref(), inner.worth(scan, paper)) {
                (_, None) => Some(0.0),
                (Self::Times(..), Some(worth)) => Some(-worth),
                (_, Some(_)) => None,
            },
            Self::All(items) => items.iter().try_fold(0.0, |sum, item| {
                item.worth(scan, paper).map(|worth| sum + worth)
            }),
            Self::Any(items) => items
                .iter()
                .filter_map(|item| item.worth(scan, paper))
                .reduce(|sum, worth| sum + worth),
            Self::Times(inner, weight) => inner.worth(scan, paper).map(|worth| worth * weight),
        }
    }

    /// Calls `f` with each find that the worth is made of: term, field, how often
    /// it was found, and what it adds or takes away.
    pub(in crate::topics) fn finds(
        &self,
        scan: &Scan,
        paper: &Evidence<'_>,
        f: &mut dyn FnMut(TermId, Field, u32, f64),
    ) {
        self.finds_times(1.0, scan, paper, f);
    }

    fn finds_times(
        &self,
        factor: f64,
        scan: &Scan,
        paper: &Evidence<'_>,
        f: &mut dyn FnMut(TermId, Field, u32, f64),
    ) {
        if self.worth(scan, paper).is_none() {
            return;
        }
        match self {
            Self::Term(term, field) => {
                for field in Self::fields(field) {
                    let count = scan.count(*term, *field);
                    if count > 0 {
                        f(*term, *field, count, factor * find_worth(*field, count));
                    }
                }
            }
            Self::Nothing | Self::Condition(_) => {}
            Self::Not(inner) => inner.finds_times(-factor, scan, paper, f),
            Self::All(items) | Self::Any(items) => {
                for item in items {
                    item.finds_times(factor, scan, paper, f);
                }
            }
            Self::Times(inner, weight) => inner.finds_times(factor * weight, scan, paper, f),
        }
    }

    /// The fields that a term is looked for in.
    pub(super) fn fields(field: &Option<Field>) -> &[Field] {
        match field {
            Some(field) => std::slice::from_ref(field),
            None => &EVERYWHERE,
        }
    }

    /// Calls `f` with each part of the rule, the whole first.
    pub(super) fn visit(&self, f: &mut dyn FnMut(&Self)) {
        f(self);
        match self {
            Self::Not(inner) | Self::Times(inner, _) => inner.visit(f),
            Self::All(items) | Self::Any(items) => items.iter().for_each(|item| item.visit(f)),
            Self::Term(..) | Self::Nothing | Self::Condition(_) => {}
        }
    }
}

/// What a term found so often in a field is worth, without its weight. In an
/// abstract every further find is worth half of the one before: a word that
/// comes back is what the paper is about, but no number of them is worth a title.
pub(in crate::topics) fn find_worth(field: Field, count: u32) -> f64 {
    match field {
        Field::Title => TITLE,
        Field::Keyword => KEYWORD,
        Field::Abstract => ABSTRACT * (2.0 - 0.5f64.powi(count.min(32) as i32 - 1)),
        Field::Author | Field::Topic | Field::Venue | Field::Category => 1.0,
    }
}

impl Condition {
    fn holds(&self, evidence: &Evidence<'_>) -> bool {
        let paper = evidence.paper;
        match self {
            Self::Id(id) => paper.ids.contains(id),
            Self::Has(Has::Link(kind)) => paper.links.contains_key(kind),
            Self::Has(Has::Abstract) => !evidence.abstract_text.is_empty(),
            Self::Has(Has::Award) => paper.award.is_some(),
            Self::Year(range) => paper
                .publication_year()
                .is_some_and(|year| range.contains(year)),
            Self::Date(range) => paper.date.is_some_and(|date| range.contains(date)),
            Self::Topic(Term::Prefix(text)) => {
                let text = text.to_lowercase();
                let mut topics = evidence.topics.iter();
                topics.any(|topic| topic.folded().starts_with(&text))
            }
            Self::Topic(Term::Word(text) | Term::Phrase(text)) => {
                let text = text.to_lowercase();
                evidence.topics.iter().any(|topic| topic.folded() == text)
            }
        }
    }
}
