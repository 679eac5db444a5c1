//! A program: rules that share one index, so that a paper is read once for all
//! of them.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::index::{Index, IndexBuilder, TermId};
use super::rule::Rule;
use super::scan::{Scan, Shelf};
use super::scope::Scope;
use crate::topics::{Evidence, Field, Query};

/// Queries made ready together.
#[derive(Debug, Default)]
pub(in crate::topics) struct Program {
    index: Index,
    rules: Vec<Rule>,
    /// For each term, the rules that use it.
    rules_of: Vec<Vec<usize>>,
    /// The rules that may hold without any of their terms.
    always: Vec<usize>,
    /// Which fields any of the rules looks at.
    fields: Vec<Field>,
    /// What the present scans share.
    shelf: Mutex<Weak<Shelf>>,
}

impl Program {
    /// Makes queries ready; they keep their numbers.
    pub(in crate::topics) fn new<'a>(
        queries: impl IntoIterator<Item = &'a Query>,
        scope: Scope<'_>,
    ) -> Self {
        let mut builder = IndexBuilder::default();
        let rules: Vec<Rule> = queries
            .into_iter()
            .map(|query| Rule::new(query, scope, &mut builder))
            .collect();
        let index = builder.build();
        let mut rules_of = vec![Vec::new(); index.len()];
        let mut wanted = [false; Field::ALL.len()];
        for (number, rule) in rules.iter().enumerate() {
            rule.visit(&mut |part| {
                let Rule::Term(term, fields) = part else {
                    return;
                };
                let list: &mut Vec<usize> = &mut rules_of[*term as usize];
                if list.last() != Some(&number) {
                    list.push(number);
                }
                for field in *fields {
                    wanted[field.place()] = true;
                }
            });
        }
        let fields = Field::ALL
            .into_iter()
            .filter(|field| wanted[field.place()])
            .collect();
        let always = rules.iter().enumerate();
        let always = always.filter(|(_, rule)| rule.needs_no_term());
        let always = always.map(|(number, _)| number).collect();
        Self {
            index,
            rules,
            rules_of,
            always,
            fields,
            shelf: Mutex::default(),
        }
    }

    /// Room to count a paper's terms in; one serves many papers.
    pub(in crate::topics) fn scan(&self) -> Scan {
        let mut present = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        let shelf = present.upgrade().unwrap_or_default();
        *present = Arc::downgrade(&shelf);
        Scan::new(&self.index, shelf)
    }

    /// Counts the terms of a paper.
    pub(in crate::topics) fn read(&self, scan: &mut Scan, evidence: &Evidence<'_>) {
        scan.clear();
        let paper = evidence.paper;
        for field in &self.fields {
            if let (&(Field::TITLE | Field::ABSTRACT), Some(cut)) = (field, evidence.words) {
                scan.read_cut(&self.index, *field, cut);
                continue;
            }
            let mut read = |text: &str| scan.read(&self.index, *field, text);
            match field {
                &Field::TITLE => read(evidence.title),
                &Field::ABSTRACT => read(evidence.abstract_text),
                // Words without a field are also found in what a paper and its
                // topics are called.
                &Field::TOPIC => evidence.names.iter().for_each(|name| read(name)),
                field => field.row().slot.each_text(&paper.facts, &mut read),
            }
        }
    }

    /// The numbers of the rules that have a term in the paper or need none, in
    /// order. The others are worth nothing.
    pub(in crate::topics) fn touched(&self, scan: &Scan) -> Vec<usize> {
        let mut touched = vec![false; self.rules.len()];
        for rule in &self.always {
            touched[*rule] = true;
        }
        for term in scan.touched() {
            for rule in &self.rules_of[*term as usize] {
                touched[*rule] = true;
            }
        }
        (0..self.rules.len())
            .filter(|rule| touched[*rule])
            .collect()
    }

    pub(in crate::topics) fn rule(&self, number: usize) -> &Rule {
        &self.rules[number]
    }

    /// A term as a person would write it.
    pub(in crate::topics) fn term(&self, id: TermId) -> String {
        self.index.term(id).to_string()
    }
}
