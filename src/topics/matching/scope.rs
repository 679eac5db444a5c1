//! A scope: what a query may look at that is not written in a field of its own.

use std::sync::Arc;

use super::index::IndexBuilder;
use super::scan::Scan;
use crate::model::TopicId;
use crate::text::fold;
use crate::topics::{Field, Term};

/// What queries are for, which decides where a term without a field is looked for.
#[derive(Debug, Clone, Copy)]
pub(in crate::topics) enum Scope<'a> {
    /// A topic's rule: in what the paper is about.
    Rule,
    /// A search: also among the authors and in the names of topics, as the search
    /// box does. Topics are given by id and name.
    Search(&'a [(&'a TopicId, &'a str)]),
}

impl Scope<'_> {
    /// The fields that a term without a field is looked for in.
    pub(super) fn everywhere(self) -> &'static [Field] {
        match self {
            Self::Rule => &[Field::TITLE, Field::ABSTRACT, Field::KEYWORD],
            Self::Search(_) => &[
                Field::TITLE,
                Field::ABSTRACT,
                Field::KEYWORD,
                Field::AUTHOR,
                Field::TOPIC,
            ],
        }
    }

    /// The topics that a term asks for: the one that has it as its id or name,
    /// else those that have it within id or name.
    pub(super) fn topics(self, term: &Term) -> Vec<TopicId> {
        let Self::Search(topics) = self else {
            return Vec::new();
        };
        let wanted = fold(term.text());
        let ids = |is: &mut dyn FnMut(&TopicId, &str) -> bool| -> Vec<TopicId> {
            let asked = topics.iter().filter(|(id, name)| is(id, name));
            asked.map(|(id, _)| (*id).clone()).collect()
        };
        if !matches!(term, Term::Prefix(_)) {
            let exact = ids(&mut |id, name| fold(id.as_str()) == wanted || fold(name) == wanted);
            if !exact.is_empty() {
                return exact;
            }
        }
        let mut builder = IndexBuilder::default();
        let Some(number) = builder.add(term) else {
            return Vec::new();
        };
        let index = builder.build();
        let mut scan = Scan::new(&index, Arc::default());
        ids(&mut |id, name| {
            scan.clear();
            scan.read(&index, Field::TOPIC, id.as_str());
            scan.read(&index, Field::TOPIC, name);
            scan.count(number, Field::TOPIC) > 0
        })
    }
}
