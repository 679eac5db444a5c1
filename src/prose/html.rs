//! HTML: escaping, and the tree as markup.
//!
//! The markup is `p ol ul li em strong code a sup sub math`, without ids and
//! without classes; everything that came from the source is escaped.

use super::math::math_html;
use super::nodes::fitted;
use super::tree::{BlockKind, Inline, Numbering, Reading};

impl Reading {
    /// Block HTML: `<p>` and `<ol>`/`<ul>`. A labelled part begins with
    /// `<strong>Label:</strong>`.
    pub fn html(&self) -> String {
        // Room for the text, its tags and a few escapes.
        let mut out = String::with_capacity(self.text_len() + 16 * self.blocks.len());
        for block in &self.blocks {
            match &block.kind {
                BlockKind::Paragraph { label, content } => {
                    out.push_str("<p>");
                    if let Some(label) = label {
                        out.push_str("<strong>");
                        escape_into(&mut out, label);
                        out.push_str(":</strong> ");
                    }
                    html_into(&mut out, content);
                    out.push_str("</p>\n");
                }
                BlockKind::List { numbering, items } => {
                    let (open, close) = match numbering {
                        Numbering::Decimal => ("<ol>", "</ol>"),
                        Numbering::Letters => ("<ol type=\"a\">", "</ol>"),
                        Numbering::Roman => ("<ol type=\"i\">", "</ol>"),
                        Numbering::Bullets => ("<ul>", "</ul>"),
                    };
                    out.push_str(open);
                    out.push('\n');
                    for item in items {
                        out.push_str("<li>");
                        html_into(&mut out, &item.content);
                        out.push_str("</li>\n");
                    }
                    out.push_str(close);
                    out.push('\n');
                }
            }
        }
        out.truncate(out.trim_end().len());
        fitted(out)
    }

    /// The same text without blocks, for a title or a line in a list.
    pub fn inline_html(&self) -> String {
        let mut out = String::with_capacity(self.text_len());
        for block in &self.blocks {
            if !out.is_empty() {
                out.push(' ');
            }
            match &block.kind {
                BlockKind::Paragraph { label, content } => {
                    if let Some(label) = label {
                        escape_into(&mut out, label);
                        out.push_str(": ");
                    }
                    html_into(&mut out, content);
                }
                BlockKind::List { items, .. } => {
                    for (at, item) in items.iter().enumerate() {
                        if at > 0 {
                            out.push(' ');
                        }
                        if !item.marker.is_empty() {
                            escape_into(&mut out, &item.marker);
                            out.push(' ');
                        }
                        html_into(&mut out, &item.content);
                    }
                }
            }
        }
        fitted(out)
    }
}

/// Appends running text as HTML.
pub(super) fn html_into(out: &mut String, nodes: &[Inline]) {
    for (at, node) in nodes.iter().enumerate() {
        if at > 0 && is_one_word(&nodes[at - 1], node) {
            out.push(JOINER);
        }
        match node {
            Inline::Text(text) => escape_into(out, text),
            Inline::Emphasis(inner) => wrapped(out, "em", inner),
            Inline::Strong(inner) => wrapped(out, "strong", inner),
            Inline::Code(code) => element(out, "code", code),
            Inline::Raised(text) => element(out, "sup", text),
            Inline::Lowered(text) => element(out, "sub", text),
            Inline::Math { tex, display } => out.push_str(&math_html(tex, *display)),
            Inline::Link { url, content } => {
                out.push_str("<a href=\"");
                escape_attribute_into(out, url);
                out.push_str("\">");
                html_into(out, content);
                out.push_str("</a>");
            }
            Inline::Citation(_) => {}
            Inline::Footnote(inner) => {
                out.push_str(" (");
                html_into(out, inner);
                out.push(')');
            }
        }
    }
}

/// What keeps a line from breaking where it stands (U+2060).
const JOINER: char = '\u{2060}';

/// Whether two nodes are one word of which one is a formula, as "k" and "-means" are.
/// Browsers may break a line on either side of a formula. Scripts from Thai on break
/// between any two signs.
fn is_one_word(before: &Inline, after: &Inline) -> bool {
    let joins = |sign: Option<char>| {
        sign.is_some_and(|sign| {
            (sign < '\u{e00}' && sign.is_alphanumeric()) || matches!(sign, '-' | '‐' | '\'' | '’')
        })
    };
    match (before, after) {
        (Inline::Math { display: false, .. }, Inline::Text(text)) => joins(text.chars().next()),
        (Inline::Text(text), Inline::Math { display: false, .. }) => {
            joins(text.chars().next_back())
        }
        _ => false,
    }
}

fn wrapped(out: &mut String, tag: &str, inner: &[Inline]) {
    out.push('<');
    out.push_str(tag);
    out.push('>');
    html_into(out, inner);
    out.push_str("</");
    out.push_str(tag);
    out.push('>');
}

fn element(out: &mut String, tag: &str, text: &str) {
    out.push('<');
    out.push_str(tag);
    out.push('>');
    escape_into(out, text);
    out.push_str("</");
    out.push_str(tag);
    out.push('>');
}

/// Appends text as the content of an element.
pub(crate) fn escape_into(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = memchr::memchr3(b'&', b'<', b'>', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            _ => "&gt;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// Appends text as the value of an attribute in double quotes.
fn escape_attribute_into(out: &mut String, text: &str) {
    for (at, part) in text.split('"').enumerate() {
        if at > 0 {
            out.push_str("&quot;");
        }
        escape_into(out, part);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Options, read_abstract};
    use super::JOINER;

    #[test]
    fn a_formula_within_a_word_stays_with_it() {
        let html = |text: &str| read_abstract(text, "", &Options::default()).html();
        for (text, joined) in [
            ("We use $k$-means here.", 1),
            ("The $k$th step of a non-$k$ one.", 2),
            ("An $O(1)$-approximation of $x$, and ($y$).", 1),
            ("我们用$k$个点。", 0),
        ] {
            assert_eq!(html(text).matches(JOINER).count(), joined, "{text}");
        }
    }
}
