//! Shelves: pages that list papers by what they have in common, a topic, an author,
//! a venue.

use tera::Context;

use crate::diagnostics::Diagnostic;
use crate::render::{PageInfo, views};

use super::super::jobs::{Job, root_of};
use super::Pages;

impl Pages<'_> {
    /// A page of the papers of a topic, an author, a venue. Its template has the
    /// name of its kind.
    pub(super) fn shelf(
        &self,
        job: &Job,
        info: &PageInfo,
        base: &str,
        papers: &[usize],
        page: usize,
        fill: impl FnOnce(&mut Context),
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let root = root_of(&job.path);
        let pager = views::pager(base, page, papers.len(), self.settings.page_size);
        let shown = &papers[pager.first_item.saturating_sub(1)..pager.last_item];
        let mut info = info.clone();
        let all = match info.kind {
            "author" => ("authors", "authors/"),
            "venue" => ("venues", "venues/"),
            _ => ("topics", "topics/"),
        };
        let is_told = info.kind == "topic" || self.are_lists_told();
        if is_told {
            info.json_ld = self.list_data(&info, Some(all), &pager, shown);
        }
        let mut context = self.context(&info, &root);
        let numbers = shown.iter().map(|n| (*n, false));
        context.insert_value("papers", self.list(numbers, is_told));
        context.insert("pager", &pager);
        fill(&mut context);
        self.renderer
            .render(&format!("{}.html", info.kind), &context, &root)
    }
}
