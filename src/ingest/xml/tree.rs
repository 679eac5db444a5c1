//! A tree: one element of XML with all that is in it, within bounds. Only the
//! records of a document are made into trees, one after the other.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// How deep elements may stand within a record.
const MAX_DEPTH: usize = 40;

/// The most bytes of text of a record.
const MAX_TEXT: usize = 1024 * 1024;

/// An element.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Node {
    /// Its name with its prefix, such as `arxiv:comment`.
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<Node>,
    /// The text that stands in it and not in its children.
    pub(super) text: String,
}

impl Node {
    /// The first child of a name.
    pub(super) fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.is(name))
    }

    /// All children of a name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.children.iter().filter(move |child| child.is(name))
    }

    /// Whether it has a name, given with or without a prefix. Documents choose
    /// their own prefixes, so one that is not given may be any.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name == name || !name.contains(':') && local(&self.name) == name
    }

    /// The text of the first child of a name.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let text = self.child(name)?.whole();
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// All text in it, also that of its children: an abstract may hold markup.
    pub(super) fn whole(&self) -> String {
        let mut out = self.text.clone();
        for child in &self.children {
            let inner = child.whole();
            if !inner.trim().is_empty() {
                out.push(' ');
                out.push_str(&inner);
            }
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

/// A record or a piece of what stands around them.
#[derive(Debug)]
pub(super) enum Part {
    /// A whole record and the byte at which it begins.
    Record(usize, Node),
    /// A record that cannot be read, and why.
    Broken(usize, String),
    /// A small element outside of records, such as the title of a feed.
    Around(Node),
}

/// Goes through a document and gives its records, which are the elements of some
/// names. What is broken ends the document; what came before stays.
pub(super) fn walk(text: &str, records: &[&str], mut each: impl FnMut(Part)) {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_dangling_amp = true;
    let mut open: Vec<Node> = Vec::new();
    let mut start = 0;
    let mut size = 0;
    let mut too_large = false;
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                each(Part::Broken(
                    if open.is_empty() { at } else { start },
                    error.to_string(),
                ));
                return;
            }
        };
        let is_record = |name: &str| records.contains(&local(name));
        match event {
            Event::Start(tag) => {
                let node = node(&tag);
                if open.is_empty() {
                    // Only records and what holds text directly are built.
                    start = at;
                    size = 0;
                    too_large = false;
                    if is_record(&node.name) || is_small(&node.name) {
                        open.push(node);
                    }
                } else if open.len() < MAX_DEPTH {
                    open.push(node);
                } else {
                    each(Part::Broken(
                        start,
                        "its elements stand too deep in each other".to_owned(),
                    ));
                    return;
                }
            }
            Event::Empty(tag) => {
                let node = node(&tag);
                match open.last_mut() {
                    Some(parent) => parent.children.push(node),
                    None if is_record(&node.name) => each(Part::Record(at, node)),
                    None => each(Part::Around(node)),
                }
            }
            Event::End(_) => {
                if let Some(node) = open.pop() {
                    match open.last_mut() {
                        Some(parent) => parent.children.push(node),
                        None if too_large => each(Part::Broken(
                            start,
                            "it holds more than a megabyte of text".to_owned(),
                        )),
                        None if is_record(&node.name) => each(Part::Record(start, node)),
                        None => each(Part::Around(node)),
                    }
                }
            }
            Event::Text(text) => push(&mut open, &mut size, &mut too_large, &text),
            Event::CData(text) => push(&mut open, &mut size, &mut too_large, &text),
            Event::GeneralRef(name) => {
                let name = name.to_string();
                // Entities that a document defines are not looked up: they are a
                // way to make much of little.
                let whole = format!("&{name};");
                let text = html_escape::decode_html_entities(&whole);
                push(&mut open, &mut size, &mut too_large, &text);
            }
            Event::Eof => {
                if !open.is_empty() {
                    each(Part::Broken(start, "the file ends within it".to_owned()));
                }
                return;
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// Elements around the records that say something of the whole.
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

fn push(open: &mut [Node], size: &mut usize, too_large: &mut bool, text: &str) {
    let Some(node) = open.last_mut() else {
        return;
    };
    *size += text.len();
    if *size > MAX_TEXT {
        *too_large = true;
    } else {
        node.text.push_str(text);
    }
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
        assert_eq!(found[0].get("t").as_deref(), Some("A < ! b"));
        assert_eq!(found[0].attribute("x"), Some("1&2"));
        assert_eq!(found[0].text, "<c>");
    }

    #[test]
    fn a_document_that_is_cut_off_gives_what_was_whole() {
        let (found, broken) = records("<feed><entry><t>A</t></entry><entry><t>B");
        assert_eq!((found.len(), broken), (1, 1));
        let deep = format!("<feed><entry>{}", "<x>".repeat(1_000));
        assert_eq!(records(&deep), (Vec::new(), 1));
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
