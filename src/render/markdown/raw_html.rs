//! Raw HTML in a text: its addresses are resolved as those of Markdown are, and what
//! the sanitiser will take out of it is a fault.

use std::ops::Range;

use super::anchors::RESERVED;
use super::fault::FaultKind;
use super::sanitise::POLICY;
use super::tags::{Attribute, Item, items};
use super::writer::{Use, Writer};
use crate::render::escape::escape;

impl Writer<'_, '_> {
    /// Raw HTML with its addresses resolved. What the sanitiser will take out of it
    /// is a fault.
    pub(super) fn raw(
        &mut self,
        html: &str,
        range: &Range<usize>,
        raw_links: &mut usize,
    ) -> String {
        self.has_raw_html = true;
        let is_verbatim = self.source.get(range.clone()) == Some(html);
        let place = |span: &Range<usize>| {
            if is_verbatim {
                range.start + span.start..range.start + span.end
            } else {
                range.clone()
            }
        };
        let mut out = String::with_capacity(html.len());
        let mut copied = 0;
        for item in items(html) {
            match item {
                Item::Other(span) => self.faults.push(FaultKind::Markup, place(&span)),
                Item::Close { name, .. } => {
                    if name == "a" {
                        *raw_links = raw_links.saturating_sub(1);
                    }
                }
                Item::Open {
                    name,
                    span,
                    attributes,
                } => {
                    if !POLICY.has_tag(&name) {
                        self.faults.push(FaultKind::Element(name), place(&span));
                        continue;
                    }
                    *raw_links += usize::from(name == "a");
                    for attribute in attributes {
                        out.push_str(&html[copied..attribute.span.start]);
                        copied = attribute.span.end;
                        let at = place(&attribute.span);
                        if let Some(text) = self.attribute(&name, &attribute, at) {
                            match text {
                                None => out.push_str(&html[attribute.span.clone()]),
                                Some(text) => out.push_str(&text),
                            }
                        }
                    }
                    self.raw_tags.push((name, place(&span)));
                }
            }
        }
        out.push_str(&html[copied..]);
        out
    }

    /// An attribute of raw HTML: left out, as it is, or written anew.
    #[expect(clippy::option_option, reason = "the three are three")]
    fn attribute(
        &mut self,
        tag: &str,
        attribute: &Attribute,
        place: Range<usize>,
    ) -> Option<Option<String>> {
        let name = attribute.name.as_str();
        let value = &attribute.value;
        let is_styled = name == "style" && !is_alignment(value);
        if !POLICY.has_attribute(tag, name) || is_styled {
            let kind = FaultKind::Attribute(tag.to_owned(), name.to_owned());
            self.faults.push(kind, place);
            // Of a style the sanitiser keeps what may stay.
            return is_styled.then_some(None);
        }
        match name {
            "id" if value.starts_with(RESERVED) || !self.raw_ids.insert(value.clone()) => {
                self.faults.push(FaultKind::Id(value.clone()), place);
                None
            }
            "href" | "src" => {
                let of = if name == "src" {
                    Use::Picture
                } else {
                    Use::Link
                };
                let url = self.address(value, place, of)?;
                Some(Some(format!("{name}=\"{}\"", escape(&url))))
            }
            _ => Some(None),
        }
    }
}

/// Whether a style says nothing but how text is aligned.
fn is_alignment(style: &str) -> bool {
    style
        .split(';')
        .map(|property| property.split(':').next().unwrap_or_default().trim())
        .all(|name| name.is_empty() || name.eq_ignore_ascii_case("text-align"))
}
