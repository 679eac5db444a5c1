//! A filter: the query of a list or of the search box, asked of one paper after
//! another.

use super::matching::{Program, Scan};
use super::{Evidence, Query};

/// A query made ready.
#[derive(Debug)]
pub struct Filter {
    program: Program,
    scan: Scan,
}

impl Filter {
    /// Makes a query ready.
    pub fn new(query: &Query) -> Self {
        let program = Program::new([query]);
        let scan = program.scan();
        Self { program, scan }
    }

    /// Whether the paper is asked for.
    pub fn matches(&mut self, evidence: &Evidence<'_>) -> bool {
        self.program.read(&mut self.scan, evidence);
        self.program.rule(0).worth(&self.scan, evidence).is_some()
    }
}
