//! The foot of a paper's page: how to cite it and where to pass it on. It can say
//! more than the page itself does, so where the rest stands is decided for the
//! whole site.

use crate::library::Library;
use crate::render::Theme;

use super::layout::LARGE;

/// Where a paper's sheet stands, from its page.
pub(super) const SHEET: &str = "cite.html";

/// What the feet of a site's papers say, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Foot {
    /// Every form of citation and every network in the page itself.
    Whole,
    /// BibTeX in the page; every form and every network on a sheet of the paper's
    /// own, which the page can unfold.
    Sheet,
    /// BibTeX, one style of reference, and e-mail.
    Short,
}

impl Foot {
    /// What the theme's option asks for.
    pub(super) fn of(theme: &Theme, library: &Library) -> Self {
        match theme.option("paper_foot") {
            Some("all") => Self::Whole,
            Some("short") => Self::Short,
            Some("sheet") => Self::Sheet,
            // Four small files a paper are nothing to a reader, and too many for a host
            // that takes a hundred thousand.
            _ if library.papers.len() <= LARGE => Self::Sheet,
            _ => Self::Short,
        }
    }

    /// Whether each paper has its citation as files too.
    pub(super) fn has_files(self) -> bool {
        self != Self::Short
    }
}
