//! `[harvest]`: what there is for programs that take the whole library along.

use super::value::set;
use crate::config::fields::Fields;

/// What there is for programs that take the whole library along. All of it repeats what
/// the pages say, so none of it is written unless it is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HarvestSettings {
    /// `dump`: all papers in one file, as JSON Lines and as BibTeX.
    pub dump: bool,
    /// `resourcesync`: lists of all papers and of what changed, as ResourceSync has them.
    pub resourcesync: bool,
    /// `linksets`: each paper's links as a file of its own, as Signposting has them.
    pub linksets: bool,
}

impl HarvestSettings {
    pub(super) fn read(harvest: Fields<'_, '_>) -> Self {
        let mut read = Self::default();
        set(&mut read.dump, harvest.bool("dump"));
        set(&mut read.resourcesync, harvest.bool("resourcesync"));
        set(&mut read.linksets, harvest.bool("linksets"));
        harvest.finish();
        read
    }
}
