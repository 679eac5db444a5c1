//! Markdown: what people write becomes HTML. Tables, footnotes with a way back,
//! headings one can link to, alerts with their titles, code with colours, math.
//! Raw HTML is taken where it is harmless.

use std::collections::BTreeMap;

use pulldown_cmark::{
    BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd,
};

use crate::diagnostics::nearest;
use crate::model::{is_publishable_url, slugify};
use crate::text::clean;

use super::code::highlight;
use super::escape::{escape, escape_url_path};
use super::sanitise::{mark, place_pieces, sanitised};

/// The longest text that is rendered, in bytes.
const MAX_BYTES: usize = 2 * 1024 * 1024;

/// What links between pages are resolved with.
#[derive(Debug, Clone, Copy)]
pub struct Links<'a> {
    /// Files within `content/` and the addresses of their pages.
    pub pages: &'a BTreeMap<String, String>,
    /// The folder within `content/` of the page that is rendered.
    pub folder: &'a str,
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
    /// Links to pages that do not exist, each with the likeliest one that does.
    pub dangling: Vec<(String, Option<String>)>,
}

/// Renders Markdown. Headings begin at `<h2>`, since a page has one title, and skip
/// no level, whatever levels are written.
pub fn markdown(text: &str, links: &Links<'_>) -> Rendered {
    let text = clean(text);
    let mut end = text.len().min(MAX_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
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
    let mut writer = Writer::new(links);
    writer.run(Parser::new_ext(&text[..end], options));
    let mut html = String::with_capacity(text.len() * 3 / 2);
    pulldown_cmark::html::push_html(&mut html, writer.events.into_iter());
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
    let html = if writer.raw_html {
        sanitised(&html)
    } else {
        html
    };
    let html = place_pieces(&html, &writer.pieces);
    Rendered {
        html,
        dangling: writer.dangling,
    }
}

struct Writer<'a, 'e> {
    links: &'a Links<'a>,
    events: Vec<Event<'e>>,
    raw_html: bool,
    dangling: Vec<(String, Option<String>)>,
    heading_ids: BTreeMap<String, usize>,
    /// The levels of the headings that the present place is under, as written.
    above: Vec<HeadingLevel>,
    footnotes: BTreeMap<String, usize>,
    /// Our own HTML, put in after what people wrote is sanitised.
    pieces: Vec<String>,
}

impl<'a, 'e> Writer<'a, 'e> {
    fn new(links: &'a Links<'a>) -> Self {
        Self {
            links,
            events: Vec::new(),
            raw_html: false,
            dangling: Vec::new(),
            heading_ids: BTreeMap::new(),
            above: Vec::new(),
            footnotes: BTreeMap::new(),
            pieces: Vec::new(),
        }
    }

    fn run(&mut self, parser: impl Iterator<Item = Event<'e>>) {
        let mut code: Option<(String, String)> = None;
        let mut heading: Option<(HeadingLevel, Option<String>, usize)> = None;
        let mut closes: Vec<bool> = Vec::new();
        let mut note: Option<String> = None;
        for event in parser {
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
                Event::End(TagEnd::CodeBlock) => {
                    if let Some((language, body)) = code.take() {
                        self.own(highlight(&body, &language));
                    }
                }
                Event::Start(Tag::Heading { level, id, .. }) => {
                    heading = Some((level, id.map(|id| id.to_string()), self.events.len()));
                }
                Event::End(TagEnd::Heading(_)) => {
                    if let Some((level, id, start)) = heading.take() {
                        self.close_heading(level, id, start);
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
                    let url = self.target(&dest_url);
                    closes.push(url.is_some());
                    if let Some(url) = url {
                        self.events.push(Event::Start(Tag::Link {
                            link_type,
                            dest_url: url.into(),
                            title,
                            id,
                        }));
                    }
                }
                Event::End(TagEnd::Link) => {
                    if closes.pop() == Some(true) {
                        self.events.push(Event::End(TagEnd::Link));
                    }
                }
                Event::Start(Tag::Image {
                    dest_url,
                    title,
                    link_type,
                    id,
                }) => {
                    let url = self.target(&dest_url).unwrap_or_default();
                    self.events.push(Event::Start(Tag::Image {
                        link_type,
                        dest_url: url.into(),
                        title,
                        id,
                    }));
                }
                Event::Html(html) => {
                    self.raw_html = true;
                    self.events.push(Event::Html(html));
                }
                Event::InlineHtml(html) => {
                    self.raw_html = true;
                    self.events.push(Event::InlineHtml(html));
                }
                Event::InlineMath(tex) => self.own((self.links.math)(&tex, false)),
                Event::DisplayMath(tex) => self.own((self.links.math)(&tex, true)),
                Event::FootnoteReference(name) => self.footnote_reference(&name),
                Event::Start(Tag::FootnoteDefinition(name)) => {
                    let n = self.footnote_number(&name);
                    note = Some(name.to_string());
                    self.own(format!(
                        "<div class=\"footnote\" id=\"fn-{n}\"><sup>{n}</sup> "
                    ));
                }
                Event::End(TagEnd::FootnoteDefinition) => {
                    if let Some(name) = note.take() {
                        let n = self.footnote_number(&name);
                        let label = self.word("back_to_text", "Back to the text");
                        self.own(format!("<a class=\"footnote-back\" href=\"#fnref-{n}\" aria-label=\"{label}\">↩</a></div>\n"));
                    }
                }
                other => self.events.push(other),
            }
        }
    }

    /// Puts in HTML of our own making. It passes the sanitiser as a mark.
    fn own(&mut self, html: String) {
        let mark = mark(self.pieces.len());
        self.pieces.push(html);
        self.events.push(Event::InlineHtml(CowStr::from(mark)));
    }

    fn word(&self, key: &str, otherwise: &str) -> String {
        escape(self.links.words.get(key).map_or(otherwise, String::as_str))
    }

    fn close_heading(&mut self, level: HeadingLevel, id: Option<String>, start: usize) {
        let inner: Vec<Event<'e>> = self.events.drain(start..).collect();
        let text: String = inner
            .iter()
            .filter_map(|event| match event {
                Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
                _ => None,
            })
            .collect();
        let base = id.map_or_else(|| slugify(&text, 60), |id| slugify(&id, 60));
        let base = if base.is_empty() {
            "section".to_owned()
        } else {
            base
        };
        let n = self.heading_ids.entry(base.clone()).or_default();
        *n += 1;
        let id = if *n == 1 { base } else { format!("{base}-{n}") };
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

    fn footnote_number(&mut self, name: &str) -> usize {
        let next = self.footnotes.len() + 1;
        *self.footnotes.entry(name.to_owned()).or_insert(next)
    }

    fn footnote_reference(&mut self, name: &str) {
        let known = self.footnotes.contains_key(name);
        let n = self.footnote_number(name);
        // Only the first mention can be the one that the note leads back to.
        let id = if known {
            String::new()
        } else {
            format!(" id=\"fnref-{n}\"")
        };
        self.own(format!(
            "<sup class=\"footnote-ref\"{id}><a href=\"#fn-{n}\">{n}</a></sup>"
        ));
    }

    /// Where a link leads: addresses on the web stay, pages of the content become
    /// addresses of the site, anything else is no link.
    fn target(&mut self, url: &str) -> Option<String> {
        let url = url.trim();
        if url.starts_with('#') {
            return Some(url.to_owned());
        }
        if is_publishable_url(url) {
            return Some(url.to_owned());
        }
        let (path, fragment) = url
            .split_once('#')
            .map_or((url, String::new()), |(path, fragment)| {
                (path, format!("#{fragment}"))
            });
        let is_scheme = path
            .split('/')
            .next()
            .is_some_and(|first| first.contains(':'));
        if is_scheme || path.is_empty() {
            return None;
        }
        let inner = resolve(self.links.folder, path)?;
        if !inner.ends_with(".md") {
            return Some(format!(
                "{}{}{fragment}",
                self.links.root,
                escape_url_path(&inner)
            ));
        }
        match self.links.pages.get(&inner) {
            Some(address) => Some(format!(
                "{}{}{fragment}",
                self.links.root,
                escape_url_path(address)
            )),
            None => {
                let near = nearest(&inner, self.links.pages.keys().map(String::as_str))
                    .map(ToOwned::to_owned);
                self.dangling.push((url.to_owned(), near));
                None
            }
        }
    }
}

/// A path relative to a folder, as a path within the site; `None` where it would
/// leave it.
fn resolve(folder: &str, path: &str) -> Option<String> {
    let absolute = path.starts_with('/');
    let mut parts: Vec<&str> = if absolute {
        Vec::new()
    } else {
        folder.split('/').filter(|part| !part.is_empty()).collect()
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    let mut resolved = parts.join("/");
    if path.ends_with('/') && !resolved.is_empty() {
        resolved.push('/');
    }
    Some(resolved)
}
