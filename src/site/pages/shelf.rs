//! Shelves: pages that list papers by what they have in common, a topic, an author,
//! a venue.

use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostics::Diagnostic;
use crate::render::{ListItem, PageContext, PageInfo, Pager, Print, Template, views};
use crate::site::jobs::{Job, root_of};
use crate::site::layout::Form;

use super::listed::{CARD, ROW};
use super::{Made, Pages, PaperPrints};

/// A page of a list of papers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shelf<'a> {
    /// The address of its first page.
    pub(super) base: &'a str,
    /// All papers of the list.
    pub(super) papers: &'a [usize],
    /// The number of the page, from 1.
    pub(super) page: usize,
    /// The word and the path of the page over all lists of its kind, if there is one.
    pub(super) all: Option<(&'static str, &'static str)>,
    /// How a paper is shown.
    pub(super) form: Form,
}

impl Pages<'_> {
    /// A page that lists what papers are listed by.
    pub(super) fn directory<T: Serialize + JsonSchema>(
        &self,
        job: &Job,
        address: &str,
        kind: &'static str,
        template: &Template<PageContext<T>>,
        own: T,
    ) -> Result<Made, Box<Diagnostic>> {
        let root = root_of(&job.path);
        let description = self.settings.description.clone();
        let info = self.page_info(kind, address, self.word(kind), description);
        self.page(template, own, info, root)
    }

    /// What a page of a list of papers shows. Machines are told of it in `info`.
    pub(super) fn shelf(
        &self,
        info: &mut PageInfo,
        shelf: &Shelf<'_>,
    ) -> Result<(Vec<ListItem>, Pager), Box<Diagnostic>> {
        let pager = self.shelf_pager(shelf);
        let shown = shown(shelf.papers, &pager);
        let is_told = self.kit.layout.is_told(shelf.form);
        if is_told {
            info.json_ld = self.list_data(info, shelf.all, &pager, shown);
        }
        let numbers = shown.iter().map(|n| (*n, false));
        let papers = self.list(numbers, shelf.form)?;
        Ok((papers, pager))
    }

    /// All that the list of a page is made of.
    pub(super) fn shelf_inputs(&self, prints: &PaperPrints, shelf: &Shelf<'_>) -> impl Serialize {
        let pager = self.shelf_pager(shelf);
        let shown = shown(shelf.papers, &pager).iter();
        let papers: Vec<Print> = shown.map(|n| prints.listed(*n)).collect();
        (self.form_print(shelf.form), papers, pager)
    }

    /// The print of the template that shows papers in a form.
    pub(super) fn form_print(&self, form: Form) -> Option<Print> {
        self.kit.renderer.template_print(match form {
            Form::Card => &CARD,
            Form::Row => &ROW,
        })
    }

    fn shelf_pager(&self, shelf: &Shelf<'_>) -> Pager {
        let size = self.settings.page_size;
        views::pager(shelf.base, shelf.page, shelf.papers.len(), size)
    }
}

/// The entries that a page of a list shows.
pub(super) fn shown<'a, T>(entries: &'a [T], pager: &Pager) -> &'a [T] {
    &entries[pager.first_item.saturating_sub(1)..pager.last_item]
}
