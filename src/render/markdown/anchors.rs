//! Anchors: the ids of a page's text that links can lead to. A theme has ids of
//! its own, which begin with [`RESERVED`], so the two cannot meet.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::tags::{Item, items};
use crate::diagnostics::nearest;
use crate::model::slugify;
use crate::render::escape::escape;

/// What the ids of themes begin with, and those of footnotes.
pub const RESERVED: &str = "op-";

/// The ids of a text, known before any of it is written.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    ids: BTreeSet<String>,
    /// The id of the heading that begins at a byte of the text.
    headings: BTreeMap<usize, String>,
}

impl Anchors {
    pub(super) fn of(events: &[(Event<'_>, Range<usize>)]) -> Self {
        let mut anchors = Self::default();
        // What a person spelled out comes first; headings give way.
        for (event, _) in events {
            if let Event::Html(html) | Event::InlineHtml(html) = event {
                for item in items(html) {
                    if let Item::Open { attributes, .. } = item {
                        let ids = attributes.into_iter().filter(|a| a.name == "id");
                        anchors.ids.extend(ids.map(|attribute| attribute.value));
                    }
                }
            }
        }
        let mut open: Option<(Option<String>, usize, String)> = None;
        for (event, range) in events {
            match event {
                Event::Start(Tag::Heading { id, .. }) => {
                    open = Some((
                        id.as_ref().map(ToString::to_string),
                        range.start,
                        String::new(),
                    ));
                }
                Event::Text(text) | Event::Code(text) => {
                    if let Some((_, _, heading)) = &mut open {
                        heading.push_str(text);
                    }
                }
                Event::End(TagEnd::Heading(_)) => {
                    if let Some((id, start, text)) = open.take() {
                        anchors.add_heading(id, start, &text);
                    }
                }
                _ => {}
            }
        }
        anchors
    }

    fn add_heading(&mut self, chosen: Option<String>, start: usize, text: &str) {
        let chosen = chosen.filter(|id| {
            id.chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'))
        });
        let base = chosen.unwrap_or_else(|| slugify(text, 60));
        let base = if base.is_empty() {
            "section".to_owned()
        } else {
            unreserved(base)
        };
        let mut id = base.clone();
        let mut n = 1;
        while !self.ids.insert(id.clone()) {
            n += 1;
            id = format!("{base}-{n}");
        }
        self.headings.insert(start, id);
    }

    /// The id of the heading that begins at a byte of the text, safe in an attribute.
    pub(super) fn heading(&self, start: usize) -> String {
        self.headings
            .get(&start)
            .map_or_else(|| "section".to_owned(), |id| escape(id))
    }

    /// The id that a link means, as it was written or as headings are spelled.
    pub(super) fn resolve(&self, wanted: &str) -> Option<String> {
        // A browser takes these for the top of the page; the theme's own are there.
        let is_known = wanted.is_empty()
            || wanted.eq_ignore_ascii_case("top")
            || wanted.starts_with(RESERVED)
            || self.ids.contains(wanted);
        if is_known {
            return Some(wanted.to_owned());
        }
        let folded = unreserved(slugify(wanted, 60));
        self.ids.contains(&folded).then_some(folded)
    }

    /// The id that is spelled most like one that is not there.
    pub(super) fn near(&self, wanted: &str) -> Option<String> {
        nearest(wanted, self.ids.iter().map(String::as_str)).map(ToOwned::to_owned)
    }
}

/// An id that is none of the theme's.
fn unreserved(id: String) -> String {
    if id.starts_with(RESERVED) {
        format!("section-{id}")
    } else {
        id
    }
}
