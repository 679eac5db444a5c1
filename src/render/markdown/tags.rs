//! The tags of a piece of HTML, with their attributes and where each of them is. What
//! is done with them is decided elsewhere.

use std::ops::Range;

use super::sanitise::decoded;

/// What a piece of HTML consists of besides text. Ranges are bytes of the piece.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::render) enum Item {
    /// A start tag.
    Open {
        name: String,
        span: Range<usize>,
        attributes: Vec<Attribute>,
    },
    /// An end tag.
    Close { name: String, span: Range<usize> },
    /// A document type, an instruction, a section of character data.
    Other(Range<usize>),
}

/// An attribute of a start tag.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::render) struct Attribute {
    /// Its name in lower case.
    pub(in crate::render) name: String,
    /// Its value, references resolved.
    pub(in crate::render) value: String,
    pub(in crate::render) span: Range<usize>,
}

/// Elements whose content is no markup.
const RAW: [&str; 8] = [
    "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes",
];

/// All tags of a piece of HTML, in their order.
pub(in crate::render) fn items(html: &str) -> Vec<Item> {
    let mut items = Vec::new();
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let rest = &html[start..];
        if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(html.len(), |n| start + n + 3);
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            at = rest.find('>').map_or(html.len(), |n| start + n + 1);
            items.push(Item::Other(start..at));
        } else if let Some((item, end)) = tag(html, start) {
            at = end;
            if let Item::Open { name, .. } = &item
                && RAW.contains(&name.as_str())
            {
                at = raw_end(html, end, name);
            }
            items.push(item);
        } else {
            at = start + 1;
        }
    }
    items
}

/// Where the end tag begins of an element whose content is no markup.
fn raw_end(html: &str, from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(found) = html[at..].find("</") {
        let inner = at + found + 2;
        let is_end = html
            .get(inner..inner + name.len())
            .is_some_and(|word| word.eq_ignore_ascii_case(name));
        if is_end {
            return at + found;
        }
        at = inner;
    }
    html.len()
}

/// The tag that begins at a `<`, and where it ends.
fn tag(html: &str, start: usize) -> Option<(Item, usize)> {
    let bytes = html.as_bytes();
    let is_close = bytes.get(start + 1) == Some(&b'/');
    let from = start + 1 + usize::from(is_close);
    if !bytes.get(from)?.is_ascii_alphabetic() {
        return None;
    }
    let ends_name = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
    let mut at = from + bytes[from..].iter().position(ends_name)?;
    let name = html[from..at].to_ascii_lowercase();
    let mut attributes = Vec::new();
    loop {
        let skipped = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'/';
        at += bytes[at..].iter().take_while(|byte| skipped(byte)).count();
        if *bytes.get(at)? == b'>' {
            break;
        }
        let attribute = attribute(html, at)?;
        at = attribute.span.end;
        attributes.push(attribute);
    }
    let end = at + 1;
    let span = start..end;
    let item = if is_close {
        Item::Close { name, span }
    } else {
        Item::Open {
            name,
            span,
            attributes,
        }
    };
    Some((item, end))
}

fn attribute(html: &str, start: usize) -> Option<Attribute> {
    let bytes = html.as_bytes();
    let spaces = |at: usize| {
        let gap = bytes[at..].iter().take_while(|b| b.is_ascii_whitespace());
        at + gap.count()
    };
    // A name may begin with `=`, which is then a part of it.
    let length = bytes[start + 1..]
        .iter()
        .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'='))?;
    let name_end = start + 1 + length;
    let name = html.get(start..name_end)?.to_ascii_lowercase();
    let sign = spaces(name_end);
    if bytes.get(sign) != Some(&b'=') {
        return Some(Attribute {
            name,
            value: String::new(),
            span: start..name_end,
        });
    }
    let value_start = spaces(sign + 1);
    let (value, end) = match bytes.get(value_start)? {
        quote @ (b'"' | b'\'') => {
            let inner = value_start + 1;
            let length = bytes[inner..].iter().position(|byte| byte == quote)?;
            (&html[inner..inner + length], inner + length + 1)
        }
        _ => {
            let length = bytes[value_start..]
                .iter()
                .position(|byte| byte.is_ascii_whitespace() || *byte == b'>')?;
            (
                &html[value_start..value_start + length],
                value_start + length,
            )
        }
    };
    Some(Attribute {
        name,
        value: decoded(value),
        span: start..end,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> Vec<String> {
        let shown = |item: Item| match item {
            Item::Open {
                name, attributes, ..
            } => {
                let of = |a: &Attribute| format!(" {}={}", a.name, a.value);
                let attributes: String = attributes.iter().map(of).collect();
                format!("{name}{attributes}")
            }
            Item::Close { name, .. } => format!("/{name}"),
            Item::Other(span) => html[span].to_owned(),
        };
        items(html).into_iter().map(shown).collect()
    }

    #[test]
    fn tags_are_found_where_a_browser_finds_them() {
        for (html, want) in [
            ("<B class=x ID='a b'>t</B>", vec!["b class=x id=a b", "/b"]),
            ("<img\nsrc = \"a.png\"\n/>", vec!["img src=a.png"]),
            ("a < b <3 <", vec![]),
            ("<!-- <b> --><i>", vec!["i"]),
            (
                "<script>\"<b>\"</SCRIPT><u>",
                vec!["script", "/script", "u"],
            ),
            (
                "<!DOCTYPE html><?php x ?>",
                vec!["<!DOCTYPE html>", "<?php x ?>"],
            ),
            ("<a href=\"?a=1&amp;b=2\" x>", vec!["a href=?a=1&b=2 x="]),
            ("<a title=\"x > y\">", vec!["a title=x > y"]),
            ("<b", vec![]),
            ("<é><b ü=1>", vec!["b ü=1"]),
        ] {
            assert_eq!(shown(html), want, "{html}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_its_items(html in "(<|>|/|=|\"|'|!|--|\\?| |a|img|script|é){0,30}") {
            for item in items(&html) {
                let (Item::Open { span, .. } | Item::Close { span, .. } | Item::Other(span)) = item;
                proptest::prop_assert!(html.get(span).is_some());
            }
        }
    }
}
