//! A document: what search knows of one paper.

use std::borrow::Cow;

use super::weight::Field;
use crate::derive::TextPrint;
use crate::model::Date;
use crate::text::Cut;

/// One paper as the index has it. All text is plain: no markup, no TeX. It is
/// borrowed where the caller holds it, since the abstracts of a large library
/// should not be in memory twice.
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
    /// The keywords that a source or a curator gave.
    pub keywords: Vec<Cow<'a, str>>,
    /// The texts of fields that are searched by name alone, by that name: where it
    /// appeared as its source writes it, categories …
    pub texts: Vec<(&'static str, Vec<Cow<'a, str>>)>,
    /// Its identifiers in their one spelling, `scheme:value`.
    pub ids: Vec<Cow<'a, str>>,
    /// What sources counted, by name.
    pub counts: Vec<(&'static str, u64)>,
    /// What it has that is no link: `abstract`, `award`.
    pub parts: Vec<&'static str>,
    /// What can be had beside the paper: `code`, `pdf`, `data`, `model` …
    pub has: Vec<&'static str>,
    /// An award it won.
    pub award: Option<Cow<'a, str>>,
    /// Whether it was withdrawn.
    pub withdrawn: bool,
    /// What most papers of the site are noted by: how much of it this one has.
    pub noted: Option<u64>,
    /// The address of its PDF.
    pub pdf: Option<Cow<'a, str>>,
    /// The address of its code.
    pub code: Option<Cow<'a, str>>,
    /// The words of title and abstract, where they are known.
    pub words: Option<&'a Cut>,
    /// The print of title and abstract, where it is known.
    pub print: Option<TextPrint>,
}

impl Document<'_> {
    /// What its title and abstract are known by.
    pub(super) fn print(&self) -> TextPrint {
        (self.print).unwrap_or_else(|| TextPrint::of(&self.title, &self.abstract_text))
    }

    /// Calls `f` with each text of a field. No token and no phrase reaches from one
    /// text into the next.
    pub(super) fn each_text(&self, field: Field, f: &mut dyn FnMut(&str)) {
        match field {
            Field::Title => f(&self.title),
            Field::Short => self.short.iter().for_each(|short| f(short)),
            Field::Authors => self.authors.iter().for_each(|name| f(name)),
            Field::Keywords => self.keywords.iter().for_each(|keyword| f(keyword)),
            Field::Topics => self.topics.iter().for_each(|(_, name)| f(name)),
            Field::Abstract => f(&self.abstract_text),
        }
    }

    /// The texts of a field on lines of their own.
    pub(super) fn text(&self, field: Field) -> Cow<'_, str> {
        match field {
            Field::Title => Cow::Borrowed(&self.title),
            Field::Abstract => Cow::Borrowed(&self.abstract_text),
            _ => {
                let mut lines = String::new();
                self.each_text(field, &mut |text| {
                    lines.push_str(text);
                    lines.push('\n');
                });
                Cow::Owned(lines)
            }
        }
    }
}
