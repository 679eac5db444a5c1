//! Reads XML exports with complete records: PubMed, EndNote, Zotero and MODS.

mod endnote;
mod mods;
mod pubmed;
mod zotero;

use std::collections::BTreeSet;

use roxmltree::{Document, Node, ParsingOptions};
use serde_json::{Value, json};

use super::named::{Found, Members, Named};
use super::record_fields::RecordFields;
use super::tally::ImportTally;
use super::{Format, Request};
use crate::diagnostics::Diagnostic;

/// The most nodes in one document; larger files have to be split.
const MAX_NODES: u32 = 20_000_000;

/// The largest record, in bytes.
const MAX_RECORD: usize = 4 * 1024 * 1024;

/// The differences between these formats.
struct Dialect {
    format: Format,
    /// The reason for detection, for `--explain`.
    because: &'static str,
    /// Whether a document, given its root element and start, has this format.
    shows: fn(root: &str, head: &str) -> bool,
    /// Whether an element is a record.
    is_record: fn(&Node<'_, '_>) -> bool,
    /// The names of record elements, if records are never nested: a broken document
    /// is then read record by record.
    separable: &'static [&'static str],
    /// A record's values by field name. `None` if it is not a paper.
    members: fn(&Node<'_, '_>) -> Option<Members>,
    /// A record's elements that are read, or irrelevant. Empty if unknown ones
    /// cannot be recognised.
    known: &'static [&'static str],
}

const DIALECTS: [&Dialect; 4] = [
    &pubmed::DIALECT,
    &endnote::DIALECT,
    &zotero::DIALECT,
    &mods::DIALECT,
];

/// The format shown by the start of a document.
pub(super) fn detect(head: &str) -> Option<(Format, &'static str)> {
    let root = local(&root_tag(head)?.name).to_owned();
    DIALECTS
        .iter()
        .find(|dialect| (dialect.shows)(&root, head))
        .map(|dialect| (dialect.format, dialect.because))
}

/// The root element's tag.
struct RootTag {
    name: String,
    /// The tag as written, including namespaces.
    text: String,
}

/// The first tag after the XML declaration, doctype and comments.
fn root_tag(text: &str) -> Option<RootTag> {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    for _ in 0..50 {
        let inner = rest.strip_prefix('<')?;
        rest = if inner.starts_with("!--") {
            &rest[rest.find("-->")? + 3..]
        } else if inner.starts_with('?') {
            &rest[rest.find("?>")? + 2..]
        } else if inner.starts_with('!') {
            // A doctype may declare entities in brackets.
            let end = rest.find('>')?;
            match rest[..end].contains('[') {
                true => &rest[rest.find("]>")? + 2..],
                false => &rest[end + 1..],
            }
        } else {
            let end = inner.find('>')?;
            let tag = &inner[..end];
            let name = tag.split(|c: char| c.is_whitespace() || c == '/').next()?;
            return Some(RootTag {
                name: name.to_owned(),
                text: format!("<{tag}>"),
            });
        }
        .trim_start();
    }
    None
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Reads a decoded document.
pub(super) fn read(request: &Request<'_>, text: &str, tally: &mut ImportTally) {
    let format = tally.reading.format;
    let Some(dialect) = DIALECTS.iter().find(|dialect| dialect.format == format) else {
        return;
    };
    let mut named = Named::new(request, tally);
    let mut reader = Reader {
        dialect,
        lines: Lines::new(text),
        any: false,
    };
    match parse(text) {
        Ok(document) => reader.document(&document, 0, &mut named, tally),
        Err(error) if dialect.separable.is_empty() => {
            let place = fault_place(&error, text, tally);
            reader.any = true;
            tally.say(
                Diagnostic::error("xml", format!("this document cannot be read: {error}"))
                    .at(place)
                    .help("export it again, or correct it here"),
            );
        }
        Err(_) => reader.piecewise(text, &mut named, tally),
    }
    if !reader.any {
        tally.say(
            Diagnostic::warning("no-papers", "there are no records in this file").at(tally.whole()),
        );
    }
    named.close(request, tally, None);
}

fn parse(text: &str) -> Result<Document<'_>, roxmltree::Error> {
    let options = ParsingOptions {
        allow_dtd: true,
        nodes_limit: MAX_NODES,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(text, options)
}

fn fault_place(
    error: &roxmltree::Error,
    text: &str,
    tally: &ImportTally,
) -> crate::diagnostics::Place {
    let at = error.pos();
    let number = usize::try_from(at.row).unwrap_or(1).max(1);
    let line = text.lines().nth(number - 1).unwrap_or_default();
    tally.line(number, line)
}

/// Reads the records of one file.
struct Reader<'a> {
    dialect: &'a Dialect,
    lines: Lines<'a>,
    any: bool,
}

impl Reader<'_> {
    /// Reads every record of a document that starts at a byte of the file.
    fn document(
        &mut self,
        document: &Document<'_>,
        base: usize,
        named: &mut Named,
        tally: &mut ImportTally,
    ) {
        let records = document
            .descendants()
            .filter(|node| node.is_element() && (self.dialect.is_record)(node));
        for node in records {
            self.any = true;
            let range = node.range();
            let (line, shown) = self.lines.at(base + range.start);
            if range.len() > MAX_RECORD {
                tally.reject(too_large(tally.line(line, shown)));
                continue;
            }
            let Some(members) = (self.dialect.members)(&node) else {
                continue;
            };
            let found = Found {
                source: tally.reading.format.source(),
                line,
                text: shown,
                members,
                unknown: unknown(&node, self.dialect.known),
            };
            named.take(tally, found, |_| {});
        }
    }

    /// Reads a broken document record by record, each within the root element,
    /// whose namespaces it needs.
    fn piecewise(&mut self, text: &str, named: &mut Named, tally: &mut ImportTally) {
        let Some(root) = root_tag(text) else {
            return;
        };
        let mut from = 0;
        while let Some((begin, name)) = next_record(text, from, self.dialect.separable) {
            let rest = &text[begin..];
            let close = format!("</{name}>");
            let next = next_record(text, begin + 1, self.dialect.separable)
                .map_or(text.len(), |(at, _)| at);
            let end = rest.find(&close).map(|at| begin + at + close.len());
            let Some(end) = end.filter(|end| *end <= next) else {
                self.any = true;
                let (line, shown) = self.lines.at(begin);
                tally.reject(broken("it is not closed", tally.line(line, shown)));
                from = next.max(begin + 1);
                continue;
            };
            from = end;
            if end - begin > MAX_RECORD {
                self.any = true;
                let (line, shown) = self.lines.at(begin);
                tally.reject(too_large(tally.line(line, shown)));
                continue;
            }
            let piece = format!("{}{}</{}>", root.text, &text[begin..end], root.name);
            match parse(&piece) {
                Ok(document) => {
                    self.document(
                        &document,
                        begin.saturating_sub(root.text.len()),
                        named,
                        tally,
                    );
                }
                Err(error) => {
                    self.any = true;
                    let (line, shown) = self.lines.at(begin);
                    tally.reject(broken(&error.to_string(), tally.line(line, shown)));
                }
            }
        }
    }
}

fn broken(why: &str, place: crate::diagnostics::Place) -> Diagnostic {
    Diagnostic::error("xml", format!("this record cannot be read: {why}"))
        .at(place)
        .help("download the file again; the other records were read")
}

fn too_large(place: crate::diagnostics::Place) -> Diagnostic {
    Diagnostic::error("too-large", "this record is larger than four megabytes")
        .at(place)
        .help("shorten it; the other records were read")
}

/// The next opening tag of a record, and its name as written.
fn next_record<'a>(text: &'a str, from: usize, names: &[&str]) -> Option<(usize, &'a str)> {
    memchr::memchr_iter(b'<', text.as_bytes().get(from..)?)
        .map(|at| from + at)
        .find_map(|at| {
            // Record names are shorter; the limit keeps this linear.
            let tag = text.as_bytes()[at + 1..].iter().take(40);
            let length = tag
                .take_while(|b| !b.is_ascii_whitespace() && !matches!(b, b'>' | b'/'))
                .count();
            let name = text.get(at + 1..at + 1 + length)?;
            names.contains(&local(name)).then_some((at, name))
        })
}

/// Line numbers and texts of bytes given in ascending order.
struct Lines<'a> {
    text: &'a str,
    number: usize,
    counted: usize,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            number: 1,
            counted: 0,
        }
    }

    /// The number of the line with a byte, and the line's text from there.
    fn at(&mut self, byte: usize) -> (usize, &'a str) {
        let byte = byte.min(self.text.len()).max(self.counted);
        let between = &self.text.as_bytes()[self.counted..byte];
        self.number += memchr::memchr_iter(b'\n', between).count();
        self.counted = byte;
        let rest = self.text.get(byte..).unwrap_or_default();
        let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        (self.number, rest[..end].trim())
    }
}

fn unknown(record: &Node<'_, '_>, known: &[&str]) -> Vec<String> {
    if known.is_empty() {
        return Vec::new();
    }
    let names: BTreeSet<&str> = record
        .children()
        .filter(Node::is_element)
        .map(|child| child.tag_name().name())
        .filter(|name| !known.contains(name))
        .collect();
    names.into_iter().map(str::to_owned).collect()
}

/// The first child with a name, in any namespace.
fn child<'a, 'input>(node: &Node<'a, 'input>, name: &str) -> Option<Node<'a, 'input>> {
    node.children().find(|child| child.has_tag_name_local(name))
}

/// All children with a name.
fn children<'a, 'input>(
    node: &Node<'a, 'input>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children()
        .filter(move |child| child.has_tag_name_local(name))
}

/// The element at a path of names below a node.
fn at<'a, 'input>(node: &Node<'a, 'input>, path: &[&str]) -> Option<Node<'a, 'input>> {
    path.iter().try_fold(*node, |node, name| child(&node, name))
}

/// The text at a path.
fn text_at(node: &Node<'_, '_>, path: &[&str]) -> Option<String> {
    at(node, path).and_then(|node| text(&node))
}

/// All text of an element on one line, with formulas as TeX.
fn text(node: &Node<'_, '_>) -> Option<String> {
    let is_formula =
        |node: Node<'_, '_>| node.has_tag_name_local("math") || node.has_tag_name_local("tex-math");
    if node.descendants().any(is_formula) {
        let source = node.document().input_text().get(node.range())?;
        let text = crate::text::clean_line(&super::marks::line(source));
        return (!text.is_empty()).then_some(text);
    }
    let parts: String = node
        .descendants()
        .filter(Node::is_text)
        .filter_map(|node| node.text())
        .collect();
    let text = crate::text::clean_line(&parts);
    (!text.is_empty()).then_some(text)
}

/// Compares names without namespaces, since exports use different prefixes.
trait LocalName {
    fn has_tag_name_local(&self, name: &str) -> bool;
}

impl LocalName for Node<'_, '_> {
    fn has_tag_name_local(&self, name: &str) -> bool {
        self.is_element() && self.tag_name().name() == name
    }
}

/// A person from the parts of a name, or a group if only one part is known.
fn person(family: Option<String>, given: Option<String>, suffix: Option<String>) -> Option<Value> {
    Some(match (family, given) {
        (Some(family), Some(given)) => match suffix {
            Some(suffix) => json!({ "family": family, "given": given, "suffix": suffix }),
            None => json!({ "family": family, "given": given }),
        },
        (Some(only), None) | (None, Some(only)) => json!({ "literal": only }),
        (None, None) => return None,
    })
}

/// Adds a detail to a person.
fn with(mut person: Value, key: &str, value: Option<String>) -> Value {
    if let (Some(fields), Some(value)) = (person.as_object_mut(), value) {
        fields.insert(key.to_owned(), Value::from(value));
    }
    person
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_detected_by_their_outermost_element() {
        for (text, want) in [
            (
                "<?xml version=\"1.0\"?><!DOCTYPE PubmedArticleSet PUBLIC \"x\" \"y\"><PubmedArticleSet>",
                Some(Format::PubmedXml),
            ),
            (
                "<!-- a > b --><xml><records><record>",
                Some(Format::EndnoteXml),
            ),
            (
                "<rdf:RDF xmlns:z=\"http://www.zotero.org/namespaces/export#\">",
                Some(Format::ZoteroRdf),
            ),
            (
                "<modsCollection xmlns=\"http://www.loc.gov/mods/v3\">",
                Some(Format::Mods),
            ),
            ("<mods:mods>", Some(Format::Mods)),
            ("<rdf:RDF xmlns=\"http://purl.org/rss/1.0/\">", None),
            ("<rss>", None),
            ("<", None),
            ("<!DOCTYPE x [<!ENTITY a \"b\">]><mods>", Some(Format::Mods)),
            ("text", None),
        ] {
            assert_eq!(detect(text).map(|(format, _)| format), want, "{text}");
        }
    }

    #[test]
    fn the_next_record_is_found_by_its_name() {
        let text = "<a><mods:mods ID=\"1\">x</mods:mods><modsx/><mods>";
        assert_eq!(next_record(text, 0, &["mods"]), Some((3, "mods:mods")));
        assert_eq!(next_record(text, 4, &["mods"]), Some((42, "mods")));
        assert_eq!(next_record(text, 43, &["mods"]), None);
    }
}
