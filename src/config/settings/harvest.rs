//! `[harvest]`: bulk data for programs that copy the whole library.

use super::value::set;
use crate::config::fields::Fields;

/// Bulk data for programs that copy the whole library. It repeats what the pages
/// say, so nothing is written unless asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HarvestSettings {
    /// `dump`: all papers in one file, as JSON Lines and as BibTeX.
    pub dump: bool,
    /// `resourcesync`: ResourceSync lists of all papers and of changes.
    pub resourcesync: bool,
    /// `linksets`: a Signposting link set for each paper.
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
