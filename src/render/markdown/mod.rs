//! Markdown: what people write becomes HTML. Tables, footnotes with a way back,
//! headings one can link to, alerts with their titles, code with colours, math.
//! Raw HTML is taken where it is harmless. What cannot be published is a fault.

mod address;
mod anchors;
mod bare;
mod fault;
mod footnotes;
mod raw_html;
mod sanitise;
mod tags;
mod writer;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser};

use crate::text::clean;

use anchors::Anchors;
use fault::Faults;
use sanitise::{place_pieces, sanitised};
use writer::Writer;

pub use address::Destinations;
pub use anchors::RESERVED;
pub use fault::{Fault, FaultKind};
pub(super) use tags::{Item, items};

/// The longest text that is rendered, in bytes.
const MAX_BYTES: usize = 2 * 1024 * 1024;

/// What links between pages are resolved with.
#[derive(Debug, Clone, Copy)]
pub struct Links<'a> {
    /// What the site has.
    pub destinations: &'a dyn Destinations,
    /// The folder within `content/` of the file that is rendered.
    pub folder: &'a str,
    /// The address of the page that shows the text.
    pub address: &'a str,
    /// What stands before an address within the site.
    pub root: &'a str,
    /// How math becomes HTML: TeX, and whether it stands on a line of its own.
    pub math: fn(&str, bool) -> String,
    /// The words of the page's language.
    pub words: &'a BTreeMap<String, String>,
}

/// A rendered text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rendered {
    /// The HTML.
    pub html: String,
    /// What of the text cannot be published as it was written. Places are bytes of
    /// the cleaned text.
    pub faults: Vec<Fault>,
    /// Files of the content that the text shows or links to, from `content/`.
    pub files: BTreeSet<String>,
    /// The origins of pictures that are elsewhere, such as `https://example.org`.
    pub picture_origins: BTreeSet<String>,
}

/// Renders Markdown. Headings begin at `<h2>`, since a page has one title, and skip
/// no level, whatever levels are written.
pub fn markdown(text: &str, links: &Links<'_>) -> Rendered {
    let text = clean(text);
    let mut end = text.len().min(MAX_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut faults = Faults::default();
    if end < text.len() {
        faults.push(FaultKind::TooLong(end), end..end);
    }
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_MATH;
    let source = &text[..end];
    let events = joined(Parser::new_ext(source, options).into_offset_iter());
    let anchors = Anchors::of(&events);
    let mut writer = Writer::new(links, source, anchors, faults);
    writer.run(events);
    let mut html = String::with_capacity(text.len() * 3 / 2);
    pulldown_cmark::html::push_html(&mut html, writer.events.drain(..));
    // The writer of HTML spells what is not ASCII in an address by its bytes, so
    // also the mark that stands for the site's root.
    if let Some(first) = links.root.chars().next().filter(|c| !c.is_ascii()) {
        let spelled: String = first
            .to_string()
            .bytes()
            .map(|byte| format!("%{byte:02X}"))
            .collect();
        html = html.replace(&format!("\"{spelled}"), &format!("\"{first}"));
    }
    if !writer.raw_tags.is_empty() || writer.has_raw_html {
        let clean = sanitised(&html);
        tell_misplaced(&writer.raw_tags, &html, &clean, &mut writer.faults);
        html = clean;
    }
    Rendered {
        html: place_pieces(&html, &writer.pieces),
        faults: writer.faults.into_list(),
        files: writer.files,
        picture_origins: writer.origins,
    }
}

/// The events of a parser, in which a block of HTML is one event, not one a line.
fn joined<'e>(
    events: impl Iterator<Item = (Event<'e>, Range<usize>)>,
) -> Vec<(Event<'e>, Range<usize>)> {
    let mut out: Vec<(Event<'e>, Range<usize>)> = Vec::new();
    let mut html: Option<(String, Range<usize>)> = None;
    for (event, range) in events {
        if let Event::Html(line) = &event {
            match &mut html {
                Some((text, whole)) => {
                    text.push_str(line);
                    whole.end = range.end;
                }
                None => html = Some((line.to_string(), range)),
            }
            continue;
        }
        if let Some((text, whole)) = html.take() {
            out.push((Event::Html(text.into()), whole));
        }
        out.push((event, range));
    }
    if let Some((text, whole)) = html {
        out.push((Event::Html(text.into()), whole));
    }
    out
}

/// Elements that may be on a page but not where they were put, such as a cell
/// outside of a table, are dropped by the sanitiser's parser.
fn tell_misplaced(
    written: &[(String, Range<usize>)],
    before: &str,
    after: &str,
    faults: &mut Faults,
) {
    let count = |html: &str| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for item in items(html) {
            if let Item::Open { name, .. } = item {
                *counts.entry(name).or_default() += 1;
            }
        }
        counts
    };
    let (before, after) = (count(before), count(after));
    let mut told = BTreeSet::new();
    for (name, span) in written {
        let left = after.get(name).copied().unwrap_or_default();
        if left < before.get(name).copied().unwrap_or_default() && told.insert(name) {
            faults.push(FaultKind::Misplaced(name.clone()), span.clone());
        }
    }
}
