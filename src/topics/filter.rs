//! A filter: the query of a list or of the search box, asked of one paper after
//! another.

use super::matching::{Program, Scan, Scope};
use super::{Evidence, Query};
use crate::model::TopicId;

/// A query made ready.
#[derive(Debug)]
pub struct Filter {
    program: Program,
    scan: Scan,
}

impl Filter {
    /// Makes a query ready. `topics` are those that papers have, by id and name.
    pub fn new(query: &Query, topics: &[(&TopicId, &str)]) -> Self {
        let program = Program::new([query], Scope::Search(topics));
        let scan = program.scan();
        Self { program, scan }
    }

    /// Whether the paper is asked for.
    pub fn matches(&mut self, evidence: &Evidence<'_>) -> bool {
        self.program.read(&mut self.scan, evidence);
        self.program.rule(0).worth(&self.scan, evidence).is_some()
    }
}
