//! A document: what search knows of one paper.

use std::borrow::Cow;

use super::weight::Field;
use crate::model::Date;

/// One paper as the index has it. All text is plain: no markup, no TeX. It is
/// borrowed where the caller holds it, since the abstracts of a large library
/// should not stand in memory twice.
#[derive(Debug, Clone, Default)]
pub struct Document<'a> {
    /// The name of the paper's page.
    pub slug: Cow<'a, str>,
    /// The page, relative to the site's root: `papers/galore/`.
    pub url: Cow<'a, str>,
    /// The title.
    pub title: Cow<'a, str>,
    /// The name that a method or model got, such as "GaLore".
    pub short: Option<Cow<'a, str>>,
    /// The authors' names, in the paper's order.
    pub authors: Vec<Cow<'a, str>>,
    /// The topics, the best first: id and name.
    pub topics: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    /// The whole abstract.
    pub abstract_text: Cow<'a, str>,
    /// The sentence of the abstract that results show.
    pub key_sentence: Cow<'a, str>,
    /// When the paper was first listed.
    pub date: Option<Date>,
    /// The year of publication.
    pub year: Option<i16>,
    /// Where it appeared.
    pub venue: Option<Cow<'a, str>>,
    /// The pages that list it besides those of topics, by their paths within the
    /// site: `digests/2025-03-14/`, `venues/iclr/2025/`.
    pub lists: Vec<Cow<'a, str>>,
    /// What can be had beside the paper: `code`, `pdf`, `data`, `model` …
    pub has: Vec<&'static str>,
}

impl Document<'_> {
    /// The text of a field. Names stand on lines of their own, so that no token
    /// joins two of them.
    pub(super) fn text(&self, field: Field) -> Cow<'_, str> {
        match field {
            Field::Title => Cow::Borrowed(&self.title),
            Field::Short => Cow::Borrowed(self.short.as_deref().unwrap_or_default()),
            Field::Authors => Cow::Owned(self.authors.join("\n")),
            Field::Topics => {
                let names: Vec<&str> = self.topics.iter().map(|(_, name)| &**name).collect();
                Cow::Owned(names.join("\n"))
            }
            Field::Abstract => Cow::Borrowed(&self.abstract_text),
        }
    }
}
