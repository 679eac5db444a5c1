//! Shelves: pages that list papers by what they have in common, a topic, an author,
//! a venue.

use crate::diagnostics::Diagnostic;
use crate::render::{ListItem, PageInfo, Pager, views};

use super::Pages;

impl Pages<'_> {
    /// What a page of the papers of a topic, an author, a venue lists. Machines are
    /// told of it in `info`, where they are told of lists.
    pub(super) fn shelf(
        &self,
        info: &mut PageInfo,
        base: &str,
        papers: &[usize],
        page: usize,
    ) -> Result<(Vec<ListItem>, Pager), Box<Diagnostic>> {
        let pager = views::pager(base, page, papers.len(), self.settings.page_size);
        let shown = &papers[pager.first_item.saturating_sub(1)..pager.last_item];
        let all = match info.kind {
            "author" => ("authors", "authors/"),
            "venue" => ("venues", "venues/"),
            _ => ("topics", "topics/"),
        };
        let is_told = info.kind == "topic" || self.are_lists_told();
        if is_told {
            info.json_ld = self.list_data(info, Some(all), &pager, shown);
        }
        let numbers = shown.iter().map(|n| (*n, false));
        Ok((self.list(numbers, is_told)?, pager))
    }
}
