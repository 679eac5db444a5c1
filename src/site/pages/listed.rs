//! Papers in lists: as cards, and as rows where lists are long.

use schemars::JsonSchema;
use serde::Serialize;
use tera::Value;

use crate::diagnostics::Diagnostic;
use crate::render::{Brief, ListItem, ROOT, Template, TemplateContext, views};
use crate::site::layout::Form;

use super::Pages;

/// A paper in a list.
pub(in crate::site) const CARD: Template<CardContext> = Template::new(
    "card.html",
    "A paper in a list: what comes of it is `card` there.",
);

/// A paper in a long list.
pub(in crate::site) const ROW: Template<CardContext> = Template::new(
    "row.html",
    "A paper in a long list, without its key sentence and its topics.",
);

/// `card.html` and `row.html`. Many pages show the result, so it gets no page data.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::site) struct CardContext {
    /// The paper.
    pub(super) paper: Brief,
    /// The way to the site's root: write `{{ root }}papers/`.
    pub(super) root: &'static str,
}

impl TemplateContext for CardContext {}

impl Pages<'_> {
    /// A paper's card, with a mark where the way to the root goes.
    fn card(&self, n: usize) -> Result<&Value, Box<Diagnostic>> {
        self.kit.card(n, || {
            let context = CardContext {
                paper: views::brief(self.library, &self.library.papers[n]),
                root: ROOT,
            };
            self.kit.renderer.render_part(&CARD, &context)
        })
    }

    /// A paper's row, which long lists show in place of its card.
    fn row(&self, n: usize) -> Result<&Value, Box<Diagnostic>> {
        self.kit.row(n, || {
            let context = CardContext {
                paper: views::brief(self.library, &self.library.papers[n]),
                root: ROOT,
            };
            self.kit.renderer.render_part(&ROW, &context)
        })
    }

    /// Papers as cards, without their citations.
    pub(super) fn items(
        &self,
        numbers: impl Iterator<Item = (usize, bool)>,
    ) -> Result<Vec<ListItem>, Box<Diagnostic>> {
        numbers
            .map(|(n, seen)| self.list_item(n, seen, Form::Card, false))
            .collect()
    }

    /// The papers of a list, each with whether an earlier digest listed it; with their
    /// citations, for reference managers, where machines are told of the list.
    pub(super) fn list(
        &self,
        numbers: impl Iterator<Item = (usize, bool)>,
        form: Form,
    ) -> Result<Vec<ListItem>, Box<Diagnostic>> {
        let has_coins = self.kit.layout.is_told(form);
        numbers
            .map(|(n, seen)| self.list_item(n, seen, form, has_coins))
            .collect()
    }

    fn list_item(
        &self,
        n: usize,
        seen: bool,
        form: Form,
        has_coins: bool,
    ) -> Result<ListItem, Box<Diagnostic>> {
        let html = match form {
            Form::Card => self.card(n)?,
            Form::Row => self.row(n)?,
        };
        let entry = &self.library.papers[n];
        Ok(ListItem {
            card: html.clone(),
            path: entry.paper.path(),
            title: entry.title.clone(),
            seen,
            coins: has_coins.then(|| self.coins(n)),
        })
    }
}
