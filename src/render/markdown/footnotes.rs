//! Footnotes: they are gathered from wherever they were written and put below the
//! text, numbered in the order in which it refers to them.

use std::collections::BTreeSet;
use std::collections::btree_map::Entry;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::anchors::RESERVED;
use super::fault::FaultKind;
use super::writer::{Events, Writer};

impl<'e> Writer<'_, 'e> {
    /// Parts the footnotes from the text around them; those whose name is taken
    /// come apart.
    pub(super) fn take_footnotes(&mut self, events: Events<'e>) -> (Events<'e>, Vec<Events<'e>>) {
        let mut body = Vec::with_capacity(events.len());
        let mut seconds = Vec::new();
        let mut referred = BTreeSet::new();
        let mut defined: Vec<(String, Range<usize>)> = Vec::new();
        let mut open: Option<(String, Events<'e>)> = None;
        for (event, range) in events {
            match event {
                Event::Start(Tag::FootnoteDefinition(name)) => {
                    defined.push((name.to_string(), range));
                    open = Some((name.to_string(), Vec::new()));
                }
                Event::End(TagEnd::FootnoteDefinition) => {
                    let Some((name, events)) = open.take() else {
                        continue;
                    };
                    if let Entry::Vacant(slot) = self.footnotes.entry(name) {
                        slot.insert(events);
                    } else {
                        seconds.push(events);
                        if let Some((name, range)) = defined.pop() {
                            self.faults.push(FaultKind::SecondFootnote(name), range);
                        }
                    }
                }
                event => {
                    if let Event::FootnoteReference(name) = &event {
                        referred.insert(name.to_string());
                    }
                    match &mut open {
                        Some((_, events)) => events.push((event, range)),
                        None => body.push((event, range)),
                    }
                }
            }
        }
        for (name, range) in defined {
            if !referred.contains(&name) {
                self.faults.push(FaultKind::UnusedFootnote(name), range);
            }
        }
        (body, seconds)
    }

    pub(super) fn footnote_reference(&mut self, name: &str) {
        let next = self.numbers.len() + 1;
        let known = self.numbers.get(name).copied();
        let n = known.unwrap_or(next);
        // Only the first mention can be the one that the note leads back to.
        let id = if known.is_some() {
            String::new()
        } else {
            self.numbers.insert(name.to_owned(), n);
            self.waiting.push_back(name.to_owned());
            format!(" id=\"{RESERVED}fnref-{n}\"")
        };
        self.own(format!(
            "<sup class=\"footnote-ref\"{id}><a href=\"#{RESERVED}fn-{n}\">{n}</a></sup>"
        ));
    }

    pub(super) fn footnote(&mut self, number: Option<usize>, events: Events<'e>) {
        match number {
            Some(n) => self.own(format!(
                "<div class=\"footnote\" id=\"{RESERVED}fn-{n}\"><sup>{n}</sup> "
            )),
            None => self.own("<div class=\"footnote\">".to_owned()),
        }
        self.write(events);
        if let Some(n) = number {
            let label = self.word("back_to_text", "Back to the text");
            self.own(format!(
                "<a class=\"footnote-back\" href=\"#{RESERVED}fnref-{n}\" aria-label=\"{label}\">↩</a>"
            ));
        }
        self.own("</div>\n".to_owned());
    }
}
