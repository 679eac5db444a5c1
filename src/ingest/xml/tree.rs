//! Parses XML into trees, one record at a time, within limits.

use quick_xml::Reader;
use quick_xml::errors::{Error, SyntaxError};
use quick_xml::events::{BytesStart, Event};

/// The maximum nesting within a record.
const MAX_DEPTH: usize = 40;

/// The most text in a record, in bytes.
const MAX_TEXT: usize = 1024 * 1024;

/// An element.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Node {
    /// Its name with prefix, for example `arxiv:comment`.
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<Node>,
    /// The text before its first child.
    pub(super) text: String,
    /// The text after it, up to its parent's next child.
    tail: String,
}

impl Node {
    /// The first child with a name.
    pub(super) fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.is(name))
    }

    /// All children with a name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.children.iter().filter(move |child| child.is(name))
    }

    /// Whether it has a name, given with or without a prefix. Documents choose
    /// their own prefixes, so a name without one matches any.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name == name || !name.contains(':') && local(&self.name) == name
    }

    /// The text of the first child with a name.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let text = self.child(name)?.whole();
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// All text in it and its children, in order.
    pub(super) fn whole(&self) -> String {
        let mut out = self.text.clone();
        for child in &self.children {
            out.push_str(&child.whole());
            out.push_str(&child.tail);
        }
        out
    }

    /// Its content as HTML: Atom's XHTML, or markup that a feed did not escape.
    pub(super) fn html(&self) -> String {
        let mut out = html_escape::encode_text(&self.text).into_owned();
        for child in &self.children {
            let name = local(&child.name);
            if child.children.is_empty() && child.text.is_empty() {
                out.push_str(&format!("<{name}/>"));
            } else {
                out.push_str(&format!("<{name}>{}</{name}>", child.html()));
            }
            html_escape::encode_text_to_string(&child.tail, &mut out);
        }
        out
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name)?;
        Some(found.1.as_str())
    }
}

/// The name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// A record, or something between records.
#[derive(Debug)]
pub(super) enum Part {
    /// A complete record and the byte where it starts.
    Record(usize, Node),
    /// An unreadable record, the byte where it starts, and the reason.
    Broken(usize, String),
    /// A small element outside records, such as the feed's title.
    Around(Node),
}

/// Walks a document and passes on its records, the elements with some names. After
/// a broken record, it continues with the next one. Unclosed tags end with their
/// parents. Returns whether the document was complete.
pub(super) fn walk(text: &str, records: &[&str], mut each: impl FnMut(Part)) -> bool {
    let mut walk = Walk {
        base: 0,
        records,
        open: Vec::new(),
        begin: 0,
        size: 0,
        root: None,
        is_closed: false,
        last: Last::of(text),
        unclosed: 0,
    };
    while let Some(at) = walk.run(&text[walk.base..], &mut each) {
        walk.open.clear();
        match next_record(text, at + 1, records) {
            Some(next) => walk.base = next,
            // Nothing more can be read, so it is unknown whether the document was
            // complete.
            None => return false,
        }
    }
    walk.is_closed
}

/// The byte of the next tag that starts a record.
fn next_record(text: &str, from: usize, records: &[&str]) -> Option<usize> {
    let bytes = text.as_bytes();
    let rest = bytes.get(from..)?;
    memchr::memchr_iter(b'<', rest)
        .map(|at| from + at)
        .find(|at| {
            let tag = &bytes[at + 1..(at + 1 + MAX_NAME).min(bytes.len())];
            let end = tag
                .iter()
                .position(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'));
            end.and_then(|end| std::str::from_utf8(&tag[..end]).ok())
                .is_some_and(|name| records.contains(&local(name)))
        })
}

/// The longest name of a record element, in bytes.
const MAX_NAME: usize = 64;

/// Where the ends of comments and similar constructs last occur. What starts after
/// that is never closed, and there is no need to search the rest of the document
/// again and again.
struct Last {
    comment: usize,
    cdata: usize,
    instruction: usize,
    tag: usize,
}

impl Last {
    fn of(text: &str) -> Self {
        let last = |end: &str| text.rfind(end).unwrap_or(0);
        Self {
            comment: last("-->"),
            cdata: last("]]>"),
            instruction: last("?>"),
            tag: last(">"),
        }
    }

    /// Why the construct at a byte cannot be read.
    fn fault(&self, rest: &str, at: usize, in_root: bool) -> Option<&'static str> {
        if rest.starts_with("<!--") {
            (self.comment <= at).then_some("a comment is not closed")
        } else if rest.starts_with("<![CDATA[") {
            (self.cdata <= at).then_some("a CDATA section is not closed")
        } else if rest.starts_with("<?") {
            (self.instruction <= at).then_some("a processing instruction is not closed")
        } else if rest.starts_with("<!") {
            in_root.then_some("`<!` is not followed by anything known")
        } else {
            (rest.starts_with('<') && self.tag <= at).then_some("a tag is not closed")
        }
    }
}

/// One pass through a document, up to its end or an error.
struct Walk<'a> {
    /// The byte of the document where it starts.
    base: usize,
    records: &'a [&'a str],
    /// The open elements, from the record or small element inwards.
    open: Vec<Node>,
    /// The byte where the outermost of them starts.
    begin: usize,
    /// The bytes of text in it.
    size: usize,
    /// The name of the document's root element.
    root: Option<String>,
    is_closed: bool,
    last: Last,
    /// How many searches to the end of the document failed.
    unclosed: usize,
}

/// The limit for such searches, each of which scans the document.
const MAX_UNCLOSED: usize = 32;

impl Walk<'_> {
    /// Returns the byte where the document is broken, if it is.
    fn run(&mut self, text: &str, each: &mut impl FnMut(Part)) -> Option<usize> {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        loop {
            let here = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            let at = self.base + here;
            let rest = text.get(here..).unwrap_or_default();
            if let Some(what) = self.last.fault(rest, at, self.root.is_some()) {
                let begin = if self.open.is_empty() { at } else { self.begin };
                each(Part::Broken(begin, what.to_owned()));
                return Some(at);
            }
            let event = match reader.read_event() {
                Ok(event) => event,
                Err(error) => {
                    let begin = if self.open.is_empty() { at } else { self.begin };
                    let found_at_once =
                        matches!(error, Error::Syntax(SyntaxError::InvalidBangMarkup));
                    self.unclosed += usize::from(!found_at_once);
                    if self.unclosed > MAX_UNCLOSED {
                        let what = "too many tags are not closed; nothing after this was read";
                        each(Part::Broken(begin, what.to_owned()));
                        return Some(usize::MAX - 1);
                    }
                    each(Part::Broken(begin, error.to_string()));
                    return Some(at);
                }
            };
            match event {
                Event::Start(tag) => {
                    let node = node(&tag);
                    if self.root.is_none() {
                        self.root = Some(node.name.clone());
                    }
                    if self.is_record(&node.name) && self.holds_record() {
                        // The previous one was never closed.
                        each(Part::Broken(self.begin, "it is not closed".to_owned()));
                        self.open.clear();
                    }
                    if self.open.is_empty() {
                        self.begin = at;
                        self.size = 0;
                        // Only records and elements that directly hold text are
                        // built.
                        if self.is_record(&node.name) || is_small(&node.name) {
                            self.open.push(node);
                        }
                    } else if self.open.len() < MAX_DEPTH {
                        self.open.push(node);
                    } else {
                        let what = "its elements are nested too deeply";
                        each(Part::Broken(self.begin, what.to_owned()));
                        return Some(at);
                    }
                }
                Event::Empty(tag) => {
                    let node = node(&tag);
                    let is_record = self.is_record(&node.name);
                    match self.open.last_mut() {
                        Some(parent) => parent.children.push(node),
                        None if is_record => each(Part::Record(at, node)),
                        None => each(Part::Around(node)),
                    }
                }
                Event::End(tag) => self.close(tag.name().as_ref(), each),
                Event::Text(text) => self.push(&text),
                Event::CData(text) => self.push(&text),
                Event::GeneralRef(name) => {
                    // Entities defined in the document are not expanded, since that
                    // allows attacks.
                    let whole = format!("&{};", &*name);
                    self.push(&html_escape::decode_html_entities(&whole));
                }
                Event::Eof => {
                    if self.holds_record() {
                        each(Part::Broken(
                            self.begin,
                            "the file ends within it".to_owned(),
                        ));
                    }
                    return None;
                }
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
    }

    fn is_record(&self, name: &str) -> bool {
        self.records.contains(&local(name))
    }

    /// Whether a record is open, rather than a small element.
    fn holds_record(&self) -> bool {
        self.open
            .first()
            .is_some_and(|node| self.is_record(&node.name))
    }

    /// Closes the innermost element with a name, and everything left open in it.
    /// Closing tags without an open element are ignored.
    fn close(&mut self, name: &str, each: &mut impl FnMut(Part)) {
        if self.open.is_empty() {
            self.is_closed |= self.root.as_deref() == Some(name);
            return;
        }
        let Some(depth) = self.open.iter().rposition(|node| node.name == name) else {
            return;
        };
        while self.open.len() > depth {
            let Some(node) = self.open.pop() else {
                return;
            };
            let is_record = self.is_record(&node.name);
            match self.open.last_mut() {
                Some(parent) => parent.children.push(node),
                None if self.size > MAX_TEXT => {
                    let what = "it holds more than a megabyte of text";
                    each(Part::Broken(self.begin, what.to_owned()));
                }
                None if is_record => each(Part::Record(self.begin, node)),
                None => each(Part::Around(node)),
            }
        }
    }

    fn push(&mut self, text: &str) {
        let Some(node) = self.open.last_mut() else {
            return;
        };
        self.size += text.len();
        if self.size <= MAX_TEXT {
            match node.children.last_mut() {
                Some(before) => before.tail.push_str(text),
                None => node.text.push_str(text),
            }
        }
    }
}

/// Elements outside records that describe the whole document.
fn is_small(name: &str) -> bool {
    matches!(
        local(name),
        "title"
            | "updated"
            | "lastBuildDate"
            | "pubDate"
            | "totalResults"
            | "error"
            | "resumptionToken"
            | "date"
            | "link"
            | "id"
    )
}

fn node(tag: &BytesStart<'_>) -> Node {
    let mut attributes = tag.attributes();
    let attributes = attributes.with_checks(false).flatten().take(50);
    Node {
        name: tag.name().as_ref().to_owned(),
        attributes: attributes
            .map(|attribute| {
                let value = attribute.value.as_ref();
                (
                    attribute.key.as_ref().to_owned(),
                    html_escape::decode_html_entities(value).into_owned(),
                )
            })
            .collect(),
        ..Node::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str) -> (Vec<Node>, usize) {
        let (mut found, mut broken) = (Vec::new(), 0);
        walk(text, &["entry"], |part| match part {
            Part::Record(_, node) => found.push(node),
            Part::Broken(..) => broken += 1,
            Part::Around(_) => {}
        });
        (found, broken)
    }

    #[test]
    fn records_are_trees() {
        let (found, broken) = records(
            "<feed><title>F</title><a:entry x='1&amp;2'><t>A &lt; <b>b</b>&#x21;</t><![CDATA[<c>]]></a:entry><entry/></feed>",
        );
        assert_eq!((found.len(), broken), (2, 0));
        assert_eq!(found[0].get("t").as_deref(), Some("A < b!"));
        assert_eq!(found[0].attribute("x"), Some("1&2"));
        assert_eq!(found[0].whole(), "A < b!<c>");
        assert_eq!(found[0].html(), "<t>A &lt; <b>b</b>!</t>&lt;c&gt;");
    }

    #[test]
    fn a_document_that_is_cut_off_gives_what_was_whole() {
        let (found, broken) = records("<feed><entry><t>A</t></entry><entry><t>B");
        assert_eq!((found.len(), broken), (1, 1));
        let deep = format!("<feed><entry>{}", "<x>".repeat(1_000));
        assert_eq!(records(&deep), (Vec::new(), 1));
    }

    #[test]
    fn a_broken_record_spoils_no_other() {
        let titles = |text: &str| {
            let (found, broken) = records(text);
            let titles: Vec<String> = found.iter().filter_map(|node| node.get("t")).collect();
            (titles.join("|"), broken)
        };
        let entry = |inner: &str| format!("<entry>{inner}</entry>");
        let (a, c) = (entry("<t>A</t>"), entry("<t>C</t>"));
        for (middle, want, broken) in [
            // An unclosed tag ends with its entry.
            (entry("<s>x <i>y</s><t>B</t>"), "A|B|C", 0),
            (entry("<t>B</t><i>"), "A|B|C", 0),
            // A closing tag without an open element.
            (entry("<t>B</t></i>"), "A|B|C", 0),
            // An unclosed entry.
            ("<entry><t>B</t>".to_owned(), "A|C", 1),
            // Not a tag.
            ("<entry><t>B</t><!broken</entry>".to_owned(), "A|C", 1),
        ] {
            let text = format!("<feed>{a}{middle}{c}</feed>");
            assert_eq!(titles(&text), (want.to_owned(), broken), "{text}");
        }
    }

    #[test]
    fn a_document_says_whether_it_is_whole() {
        let whole = |text: &str| walk(text, &["entry"], |_| {});
        assert!(whole("<feed><entry/></feed>"));
        assert!(!whole("<feed><entry/><entry/>"));
        assert!(!whole("<feed><entry>"));
    }

    #[test]
    fn entities_of_the_document_are_not_expanded() {
        let (found, _) =
            records("<!DOCTYPE f [<!ENTITY a \"aaaa\">]><f><entry><t>&a;</t></entry></f>");
        assert_eq!(found[0].get("t").as_deref(), Some("&a;"));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_walked(text in "[<>/&;!\\[\\]a-c =\"'?entry]{0,80}") {
            walk(&text, &["entry", "a"], |_| {});
        }
    }
}
