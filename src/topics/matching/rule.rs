//! A rule: a query whose terms are numbers of an index, ready to be asked of
//! one paper after another.

use super::index::{IndexBuilder, TermId};
use super::scan::Scan;
use super::scope::Scope;
use crate::model::{PaperId, TopicId};
use crate::topics::{CountRange, DateRange, Evidence, Field, Has, Metric, Query, YearRange};

/// What a term found in the title is worth, times its weight.
const TITLE: f64 = 2.0;

/// What a term found for the first time in the abstract is worth. Abstracts name
/// in passing what their papers are not about.
const ABSTRACT: f64 = 0.7;

/// What a term found among the keywords is worth.
const KEYWORD: f64 = 1.5;

/// What a condition is worth by itself; beside terms it only has to hold.
const CONDITION: f64 = 2.0;

/// A query made ready.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::topics) enum Rule {
    /// A term and the fields that it is looked for in.
    Term(TermId, &'static [Field]),
    /// A term without a word in it: it asks for nothing and is always met.
    Nothing,
    /// What is not looked for in a text, and what it is worth.
    Condition(Condition, f64),
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
    Count(Metric, CountRange),
    /// One of these topics.
    Topic(Vec<TopicId>),
}

impl Rule {
    /// Makes a query ready; its terms go into the index.
    pub(super) fn new(query: &Query, scope: Scope<'_>, index: &mut IndexBuilder) -> Self {
        Self::within(query, None, CONDITION, scope, index)
    }

    /// The same for a part that is within a field, and where a condition is worth
    /// so much.
    fn within(
        query: &Query,
        field: Option<Field>,
        worth: f64,
        scope: Scope<'_>,
        index: &mut IndexBuilder,
    ) -> Self {
        let condition = |condition| Self::Condition(condition, worth);
        let mut part =
            |query: &Query, field, worth| Self::within(query, field, worth, scope, index);
        match query {
            Query::Term(term) if field == Some(Field::TOPIC) => {
                condition(Condition::Topic(scope.topics(term)))
            }
            Query::Term(term) => match index.add(term) {
                Some(id) => Self::Term(id, field.map_or(scope.everywhere(), one)),
                None => Self::Nothing,
            },
            Query::In(field, inner) => part(inner, Some(*field), worth),
            Query::Id(id) => condition(Condition::Id(id.clone())),
            Query::Has(has) => condition(Condition::Has(*has)),
            Query::Year(range) => condition(Condition::Year(*range)),
            Query::Date(range) => condition(Condition::Date(*range)),
            Query::Count(metric, range) => condition(Condition::Count(*metric, *range)),
            Query::Not(inner) => Self::Not(Box::new(part(inner, field, worth))),
            Query::And(items) => {
                let worth = if items.iter().any(has_term) {
                    0.0
                } else {
                    worth
                };
                Self::All(items.iter().map(|item| part(item, field, worth)).collect())
            }
            Query::Or(items) => {
                Self::Any(items.iter().map(|item| part(item, field, worth)).collect())
            }
            Query::Weight(inner, weight) => {
                Self::Times(Box::new(part(inner, field, worth)), *weight)
            }
        }
    }

    /// What the paper is worth to the rule; `None` where the rule does not hold.
    pub(in crate::topics) fn worth(&self, scan: &Scan, paper: &Evidence<'_>) -> Option<f64> {
        match self {
            Self::Term(term, fields) => {
                let mut sum = None;
                for field in *fields {
                    let count = scan.count(*term, *field);
                    if count > 0 {
                        *sum.get_or_insert(0.0) += find_worth(*field, count);
                    }
                }
                sum
            }
            Self::Nothing => Some(0.0),
            Self::Condition(condition, worth) => condition.holds(paper).then_some(*worth),
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
            Self::Term(term, fields) => {
                for field in *fields {
                    let count = scan.count(*term, *field);
                    if count > 0 {
                        f(*term, *field, count, factor * find_worth(*field, count));
                    }
                }
            }
            Self::Nothing | Self::Condition(..) => {}
            Self::Not(inner) => inner.finds_times(-factor, scan, paper, f),
            Self::All(items) | Self::Any(items) => {
                for item in items {
                    item.finds_times(factor, scan, paper, f);
                }
            }
            Self::Times(inner, weight) => inner.finds_times(factor * weight, scan, paper, f),
        }
    }

    /// Whether a condition is worth something by itself, so that papers without any
    /// of the rule's terms may be worth something.
    pub(super) fn needs_no_term(&self) -> bool {
        match self {
            Self::Condition(_, worth) => *worth > 0.0,
            Self::Times(inner, _) => inner.needs_no_term(),
            Self::All(items) | Self::Any(items) => items.iter().any(Self::needs_no_term),
            Self::Term(..) | Self::Nothing | Self::Not(_) => false,
        }
    }

    /// Calls `f` with each part of the rule, the whole first.
    pub(super) fn visit(&self, f: &mut dyn FnMut(&Self)) {
        f(self);
        match self {
            Self::Not(inner) | Self::Times(inner, _) => inner.visit(f),
            Self::All(items) | Self::Any(items) => items.iter().for_each(|item| item.visit(f)),
            Self::Term(..) | Self::Nothing | Self::Condition(..) => {}
        }
    }
}

/// One field as a list.
fn one(field: Field) -> &'static [Field] {
    let at = Field::ALL.iter().position(|other| *other == field);
    at.map_or(&[], |at| &Field::ALL[at..=at])
}

/// Whether a term speaks for papers in this part of a rule.
fn has_term(query: &Query) -> bool {
    match query {
        Query::Term(_) => true,
        Query::In(_, inner) | Query::Weight(inner, _) => has_term(inner),
        Query::And(items) | Query::Or(items) => items.iter().any(has_term),
        _ => false,
    }
}

/// What a term found so often in a field is worth, without its weight. In an
/// abstract every further find is worth half of the one before: a word that
/// comes back is what the paper is about, but no number of them is worth a title.
pub(in crate::topics) fn find_worth(field: Field, count: u32) -> f64 {
    match field {
        Field::TITLE => TITLE,
        Field::KEYWORD => KEYWORD,
        Field::ABSTRACT => ABSTRACT * (2.0 - 0.5f64.powi(count.min(32) as i32 - 1)),
        _ => 1.0,
    }
}

impl Condition {
    fn holds(&self, evidence: &Evidence<'_>) -> bool {
        let paper = evidence.paper;
        match self {
            Self::Id(id) => paper.ids.contains(id),
            Self::Has(Has::Link(kind)) => evidence.links.contains_key(kind),
            Self::Has(Has::Abstract) => !evidence.abstract_text.is_empty(),
            Self::Has(Has::Award) => paper.award.is_some(),
            Self::Year(range) => paper
                .publication_year()
                .is_some_and(|year| range.contains(year)),
            Self::Date(range) => paper.date.is_some_and(|date| range.contains(date)),
            Self::Count(metric, range) => paper
                .metrics
                .get(metric.name())
                .is_some_and(|count| range.contains(*count)),
            Self::Topic(asked) => evidence.topics.iter().any(|topic| asked.contains(topic)),
        }
    }
}
