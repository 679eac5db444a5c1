//! The writer: it goes once through the events of a text, changes what is ours to
//! change (links, headings, code, footnotes) and gathers the faults.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::Range;

use pulldown_cmark::{
    BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd,
};

use super::Links;
use super::address::{Target, origin, target};
use super::anchors::Anchors;
use super::bare;
use super::fault::{FaultKind, Faults};
use super::sanitise::mark;
use crate::render::code::highlight;
use crate::render::escape::escape;

pub(super) type Events<'e> = Vec<(Event<'e>, Range<usize>)>;

pub(super) struct Writer<'a, 'e> {
    links: &'a Links<'a>,
    pub(super) source: &'a str,
    pub(super) events: Vec<Event<'e>>,
    pub(super) faults: Faults,
    pub(super) files: BTreeSet<String>,
    pub(super) origins: BTreeSet<String>,
    pub(super) has_raw_html: bool,
    /// The elements of raw HTML that stay.
    pub(super) raw_tags: Vec<(String, Range<usize>)>,
    /// Our own HTML, put in after what people wrote is sanitised.
    pub(super) pieces: Vec<String>,
    anchors: Anchors,
    pub(super) raw_ids: BTreeSet<String>,
    /// The levels of the headings that the present place is under, as written.
    above: Vec<HeadingLevel>,
    /// The footnotes by name.
    pub(super) footnotes: BTreeMap<String, Events<'e>>,
    /// The numbers of those that were referred to.
    pub(super) numbers: BTreeMap<String, usize>,
    /// Those whose text is still to be written.
    pub(super) waiting: VecDeque<String>,
}

/// What has an address.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    Link,
    Picture,
}

impl<'a, 'e> Writer<'a, 'e> {
    pub(super) fn new(
        links: &'a Links<'a>,
        source: &'a str,
        anchors: Anchors,
        faults: Faults,
    ) -> Self {
        Self {
            links,
            source,
            events: Vec::new(),
            faults,
            files: BTreeSet::new(),
            origins: BTreeSet::new(),
            has_raw_html: false,
            raw_tags: Vec::new(),
            pieces: Vec::new(),
            anchors,
            raw_ids: BTreeSet::new(),
            above: Vec::new(),
            footnotes: BTreeMap::new(),
            numbers: BTreeMap::new(),
            waiting: VecDeque::new(),
        }
    }

    /// Writes a text, and its footnotes below it in the order in which they are
    /// referred to.
    pub(super) fn run(&mut self, events: Events<'e>) {
        let (body, unnamed) = self.take_footnotes(events);
        self.write(body);
        while let Some(name) = self.waiting.pop_front() {
            if let Some(events) = self.footnotes.remove(&name) {
                let n = self.numbers.get(&name).copied();
                self.footnote(n, events);
            }
        }
        // One that nothing refers to is still somebody's text.
        let unused = std::mem::take(&mut self.footnotes);
        for events in unused.into_values().chain(unnamed) {
            self.footnote(None, events);
        }
    }

    pub(super) fn write(&mut self, events: Events<'e>) {
        let mut code: Option<(String, String)> = None;
        let mut heading: Option<(HeadingLevel, usize, usize)> = None;
        // Of each link and picture that is open: whether it is written.
        let mut open: Vec<bool> = Vec::new();
        let mut raw_links = 0_usize;
        let mut events = events.into_iter().peekable();
        while let Some((event, range)) = events.next() {
            match event {
                Event::Start(Tag::CodeBlock(kind)) => {
                    let language = match kind {
                        CodeBlockKind::Fenced(language) => language.to_string(),
                        CodeBlockKind::Indented => String::new(),
                    };
                    code = Some((language, String::new()));
                }
                Event::Text(text) if code.is_some() => {
                    if let Some((_, body)) = &mut code {
                        body.push_str(&text);
                    }
                }
                Event::Text(text) => {
                    let mut run = vec![(text, range)];
                    while let Some((Event::Text(_), _)) = events.peek() {
                        if let Some((Event::Text(text), range)) = events.next() {
                            run.push((text, range));
                        }
                    }
                    self.text(&run, open.is_empty() && raw_links == 0);
                }
                Event::End(TagEnd::CodeBlock) => {
                    if let Some((language, body)) = code.take() {
                        self.own(highlight(&body, &language));
                    }
                }
                Event::Start(Tag::Heading { level, .. }) => {
                    heading = Some((level, range.start, self.events.len()));
                }
                Event::End(TagEnd::Heading(_)) => {
                    if let Some((level, place, start)) = heading.take() {
                        self.close_heading(level, place, start);
                    }
                }
                Event::Start(Tag::BlockQuote(Some(kind))) => self.open_alert(kind),
                Event::End(TagEnd::BlockQuote(Some(_))) => self.own("</aside>\n".to_owned()),
                Event::Start(Tag::Link {
                    dest_url,
                    title,
                    link_type,
                    id,
                }) => {
                    // The writer of HTML itself makes an address of an e-mail's.
                    let url = if link_type == LinkType::Email {
                        Some(dest_url.to_string())
                    } else {
                        self.address(&dest_url, self.within(&range, &dest_url), Use::Link)
                    };
                    open.push(url.is_some());
                    self.events.extend(url.map(|url| {
                        Event::Start(Tag::Link {
                            link_type,
                            dest_url: url.into(),
                            title,
                            id,
                        })
                    }));
                }
                Event::Start(Tag::Image {
                    dest_url,
                    title,
                    link_type,
                    id,
                }) => {
                    let place = self.within(&range, &dest_url);
                    let url = self.address(&dest_url, place, Use::Picture);
                    open.push(url.is_some());
                    self.events.extend(url.map(|url| {
                        Event::Start(Tag::Image {
                            link_type,
                            dest_url: url.into(),
                            title,
                            id,
                        })
                    }));
                }
                Event::End(end @ (TagEnd::Link | TagEnd::Image)) => {
                    if open.pop() == Some(true) {
                        self.events.push(Event::End(end));
                    }
                }
                Event::Html(html) => {
                    let html = self.raw(&html, &range, &mut raw_links);
                    self.events.push(Event::Html(html.into()));
                }
                Event::InlineHtml(html) => {
                    let html = self.raw(&html, &range, &mut raw_links);
                    self.events.push(Event::InlineHtml(html.into()));
                }
                Event::InlineMath(tex) => self.own((self.links.math)(&tex, false)),
                Event::DisplayMath(tex) => self.own((self.links.math)(&tex, true)),
                Event::FootnoteReference(name) => self.footnote_reference(&name),
                other => self.events.push(other),
            }
        }
    }

    /// Puts in HTML of our own making. It passes the sanitiser as a mark.
    pub(super) fn own(&mut self, html: String) {
        let mark = mark(self.pieces.len());
        self.pieces.push(html);
        self.events.push(Event::InlineHtml(CowStr::from(mark)));
    }

    pub(super) fn word(&self, key: &str, otherwise: &str) -> String {
        escape(self.links.words.get(key).map_or(otherwise, String::as_str))
    }

    /// Running text, with its bare addresses as links where a link can be.
    fn text(&mut self, run: &bare::Run<'e>, can_link: bool) {
        let (Some((_, first)), Some((_, last))) = (run.first(), run.last()) else {
            return;
        };
        let whole = self.source.get(first.start..last.end).unwrap_or_default();
        let mut from = 0;
        while let Some(found) = whole[from..].find("[^") {
            let start = from + found;
            from = start + 2;
            let name = whole[from..].split(']').next().unwrap_or_default();
            let is_reference = from + name.len() < whole.len()
                && !name.is_empty()
                && name.len() <= 80
                && !name.contains(char::is_whitespace)
                && !whole[..start].ends_with('\\');
            if is_reference {
                let at = first.start + start;
                self.faults.push(
                    FaultKind::NoFootnote(name.to_owned()),
                    at..at + name.len() + 3,
                );
            }
        }
        if can_link {
            self.events.extend(bare::linked(run, self.source));
        } else {
            self.events
                .extend(run.iter().map(|(text, _)| Event::Text(text.clone())));
        }
    }

    fn close_heading(&mut self, level: HeadingLevel, place: usize, start: usize) {
        let inner: Vec<Event<'e>> = self.events.drain(start..).collect();
        let id = self.anchors.heading(place);
        // People begin with whichever level looks right; a page skips none.
        while self.above.pop_if(|above| *above >= level).is_some() {}
        self.above.push(level);
        let level = (self.above.len() + 1).min(6);
        let label = self.word("link_to_section", "Link to this section");
        self.own(format!("<h{level} id=\"{id}\">"));
        self.events.extend(inner);
        self.own(format!(
            " <a class=\"anchor\" href=\"#{id}\" aria-label=\"{label}\">#</a></h{level}>\n"
        ));
    }

    fn open_alert(&mut self, kind: BlockQuoteKind) {
        let (class, title) = match kind {
            BlockQuoteKind::Note => ("note", "Note"),
            BlockQuoteKind::Tip => ("tip", "Tip"),
            BlockQuoteKind::Important => ("important", "Important"),
            BlockQuoteKind::Warning => ("warning", "Warning"),
            BlockQuoteKind::Caution => ("caution", "Caution"),
        };
        let title = self.word(&format!("alert_{class}"), title);
        self.own(format!(
            "<aside class=\"alert alert-{class}\">\n<p class=\"alert-title\">{title}</p>\n"
        ));
    }

    /// The part of a place in the source that spells an address, where it is there.
    fn within(&self, range: &Range<usize>, address: &str) -> Range<usize> {
        let whole = self.source.get(range.clone()).unwrap_or_default();
        match whole.rfind(address) {
            Some(at) if !address.is_empty() => range.start + at..range.start + at + address.len(),
            _ => range.clone(),
        }
    }

    /// An address as the page has it; `None` where it is left out.
    pub(super) fn address(&mut self, url: &str, place: Range<usize>, of: Use) -> Option<String> {
        match target(url, self.links) {
            Target::Outside(href) => {
                if of == Use::Picture {
                    self.origins.extend(origin(&href));
                }
                Some(href)
            }
            Target::Anchor(_) if of == Use::Picture => {
                self.faults
                    .push(FaultKind::NoAddress(url.to_owned()), place);
                None
            }
            Target::Anchor(anchor) => Some(self.anchor(&anchor, place)),
            Target::Inside {
                href,
                file,
                hidden,
                anchor,
            } => {
                if hidden {
                    self.faults
                        .push(FaultKind::Hidden(url.to_owned()), place.clone());
                }
                self.files.extend(file);
                if let Some(anchor) = anchor {
                    self.anchor(&anchor, place);
                }
                Some(href)
            }
            Target::Dead { href, sought } => {
                let url = url.to_owned();
                let kind = match of {
                    Use::Link => FaultKind::DeadLink { url, sought },
                    Use::Picture => FaultKind::DeadPicture { url, sought },
                };
                self.faults.push(kind, place);
                href
            }
            Target::Refused => {
                self.faults
                    .push(FaultKind::NoAddress(url.to_owned()), place);
                None
            }
        }
    }

    /// A link to a place on this page.
    fn anchor(&mut self, written: &str, place: Range<usize>) -> String {
        let decoded = percent_encoding::percent_decode_str(written)
            .decode_utf8()
            .map_or_else(|_| written.to_owned(), |text| text.into_owned());
        match self.anchors.resolve(&decoded) {
            Some(id) if id == decoded => format!("#{written}"),
            Some(id) => format!("#{id}"),
            None => {
                let near = self.anchors.near(&decoded);
                let anchor = decoded;
                self.faults
                    .push(FaultKind::DeadAnchor { anchor, near }, place);
                format!("#{written}")
            }
        }
    }
}
