//! Publishers: each compares a built site with one kind of destination, and sends
//! the changes.

use super::changes::Changes;
use super::tree::Tree;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::site::Progress;

/// Publishes to one kind of destination.
pub(super) trait Publisher {
    /// Its name for messages.
    fn place(&self) -> String;

    /// Finds out what would change there. Writes nothing.
    ///
    /// # Errors
    /// Returns why the destination cannot be read.
    fn compare(&mut self, tree: &Tree) -> Result<Changes, Diagnostics>;

    /// Further messages for the user, available after comparing.
    fn notes(&self, _tree: &Tree) -> Vec<Diagnostic> {
        Vec::new()
    }

    /// Sends the changes. If it is interrupted, running it again completes the job.
    ///
    /// # Errors
    /// Returns what cannot be sent.
    fn send(
        &mut self,
        tree: &Tree,
        changes: &Changes,
        progress: &dyn Progress,
    ) -> Result<Sending, Diagnostics>;
}

/// How sending ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sending {
    /// Everything was sent.
    Done,
    /// Somebody else changed the destination meanwhile; compare again.
    Contended,
}
