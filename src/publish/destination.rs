//! A destination: a place that has files of the site already, or none, and takes new
//! ones.

use super::changes::Changes;
use super::tree::Tree;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::site::Progress;

/// A place to publish to.
pub(super) trait Destination {
    /// What it is, for people.
    fn place(&self) -> String;

    /// What would change there. Nothing is written.
    ///
    /// # Errors
    /// Gives why it cannot be looked at.
    fn compare(&mut self, tree: &Tree) -> Result<Changes, Diagnostics>;

    /// What else a person should know of it, once it was compared.
    fn notes(&self, _tree: &Tree) -> Vec<Diagnostic> {
        Vec::new()
    }

    /// Sends what changes. Whatever ends it early, doing it again completes it.
    ///
    /// # Errors
    /// Gives what cannot be sent.
    fn send(
        &mut self,
        tree: &Tree,
        changes: &Changes,
        progress: &dyn Progress,
    ) -> Result<Sending, Diagnostics>;
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sending {
    /// All is there.
    Done,
    /// Somebody else changed the place meanwhile; it has to be compared again.
    Contended,
}
