//! A strict HTML parser that rejects whatever browsers would have to guess: every
//! element must be closed where it was opened, attributes quoted and unique, and
//! every `<` and `&` in text escaped.

/// A node of a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    Element(Element),
    Text(String),
}

/// An element.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    pub name: String,
    /// Attributes in order, with character references resolved.
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
}

/// Elements without content and end tag.
const VOID: [&str; 10] = [
    "area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr",
];

/// Elements whose content is not markup.
const RAW: [&str; 2] = ["script", "style"];

/// Elements not allowed in a paragraph, since browsers would close it.
const BLOCKS: [&str; 22] = [
    "p",
    "div",
    "ul",
    "ol",
    "dl",
    "table",
    "section",
    "article",
    "aside",
    "nav",
    "header",
    "footer",
    "main",
    "h1",
    "h2",
    "h3",
    "h4",
    "pre",
    "blockquote",
    "form",
    "figure",
    "hr",
];

impl Element {
    /// An attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }

    /// The element and its descendants, in order.
    pub fn elements(&self) -> Vec<&Element> {
        let mut all = vec![self];
        for child in &self.children {
            if let Node::Element(element) = child {
                all.extend(element.elements());
            }
        }
        all
    }

    /// All elements with a name.
    pub fn named(&self, name: &str) -> Vec<&Element> {
        let mut all = self.elements();
        all.retain(|element| element.name == name);
        all
    }

    /// The text of the element, with spaces unchanged.
    pub fn text(&self) -> String {
        self.children
            .iter()
            .map(|child| match child {
                Node::Element(element) => element.text(),
                Node::Text(text) => text.clone(),
            })
            .collect()
    }
}

/// Parses a page.
///
/// # Errors
/// Returns what is wrong and on which line.
pub fn parse(text: &str) -> Result<Element, String> {
    let mut reader = Reader { text, at: 0 };
    reader.page().map_err(|fault| {
        let line = text[..reader.at.min(text.len())].matches('\n').count() + 1;
        let shown = text.lines().nth(line - 1).unwrap_or_default();
        let shown: String = shown.chars().take(300).collect();
        format!("line {line}: {fault}\n    {shown}")
    })
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn page(&mut self) -> Result<Element, String> {
        if !self.rest().starts_with("<!doctype html>\n") {
            return Err("a page begins with `<!doctype html>`".into());
        }
        if let Some(c) = self
            .text
            .chars()
            .find(|c| c.is_control() && !matches!(c, '\n' | '\t'))
        {
            return Err(format!("the control character {}", c.escape_default()));
        }
        self.at += "<!doctype html>\n".len();
        let mut open: Vec<Element> = Vec::new();
        loop {
            if self.rest().is_empty() {
                return Err(match open.last() {
                    Some(element) => format!("<{}> is never closed", element.name),
                    None => "nothing is there".into(),
                });
            }
            if let Some(after) = self.rest().strip_prefix("<!--") {
                self.at += after.find("-->").ok_or("a remark is never closed")? + 7;
            } else if self.rest().starts_with("</") {
                let name = self.end_tag()?;
                let element = open
                    .pop()
                    .filter(|element| element.name == name)
                    .ok_or_else(|| format!("</{name}> closes nothing that is open"))?;
                match open.last_mut() {
                    Some(parent) => parent.children.push(Node::Element(element)),
                    None if self.rest().trim().is_empty() => return Ok(element),
                    None => return Err("something stands after the page".into()),
                }
            } else if self.rest().starts_with('<') {
                self.start_tag(&mut open)?;
            } else {
                let text = self.text_until('<')?;
                match open.last_mut() {
                    Some(parent) => parent.children.push(Node::Text(text)),
                    None if text.trim().is_empty() => {}
                    None => return Err("text outside of the page".into()),
                }
            }
        }
    }

    fn name(&mut self) -> Result<String, String> {
        let rest = self.rest();
        let end = rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
            .unwrap_or(rest.len());
        let name = &rest[..end];
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return Err("`<` that opens no tag".into());
        }
        if name.chars().any(|c| c.is_ascii_uppercase()) {
            return Err(format!("`{name}` is not in lower case"));
        }
        self.at += end;
        Ok(name.to_owned())
    }

    fn end_tag(&mut self) -> Result<String, String> {
        self.at += 2;
        let name = self.name()?;
        self.expect('>')?;
        Ok(name)
    }

    fn expect(&mut self, c: char) -> Result<(), String> {
        if self.rest().starts_with(c) {
            self.at += c.len_utf8();
            Ok(())
        } else {
            Err(format!("`{c}` is missing"))
        }
    }

    fn start_tag(&mut self, open: &mut Vec<Element>) -> Result<(), String> {
        self.at += 1;
        let name = self.name()?;
        if BLOCKS.contains(&name.as_str()) && open.iter().any(|element| element.name == "p") {
            return Err(format!("<{name}> within a paragraph"));
        }
        if name == "a" && open.iter().any(|element| element.name == "a") {
            return Err("a link within a link".into());
        }
        let attributes = self.attributes()?;
        let closed = self.rest().starts_with("/>");
        self.at += usize::from(closed);
        self.expect('>')?;
        let mut element = Element {
            name,
            attributes,
            children: Vec::new(),
        };
        let name = element.name.as_str();
        if RAW.contains(&name) {
            let end = format!("</{name}>");
            let length = self
                .rest()
                .find(&end)
                .ok_or_else(|| format!("<{name}> is never closed"))?;
            let inner = self.rest()[..length].to_owned();
            self.at += length + end.len();
            element.children.push(Node::Text(inner));
        } else if closed
            && !VOID.contains(&name)
            && !open
                .iter()
                .any(|e| matches!(e.name.as_str(), "math" | "svg"))
        {
            return Err(format!("<{name}/> closes itself"));
        } else if !closed && !VOID.contains(&name) {
            open.push(element);
            return Ok(());
        }
        let parent = open.last_mut().ok_or("the page is one element")?;
        parent.children.push(Node::Element(element));
        Ok(())
    }

    fn attributes(&mut self) -> Result<Vec<(String, String)>, String> {
        let mut attributes: Vec<(String, String)> = Vec::new();
        loop {
            let rest = self.rest();
            let spaces = rest.len() - rest.trim_start().len();
            self.at += spaces;
            let rest = self.rest();
            if rest.starts_with(['>', '/']) {
                return Ok(attributes);
            }
            if spaces == 0 {
                return Err("no space before an attribute".into());
            }
            let end = rest
                .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '_')))
                .unwrap_or(rest.len());
            if end == 0 {
                return Err("an attribute without a name".into());
            }
            let name = rest[..end].to_owned();
            self.at += end;
            let value = if self.rest().starts_with('=') {
                self.at += 1;
                self.expect('"')?;
                let value = self.text_until('"')?;
                self.expect('"')?;
                value
            } else {
                String::new()
            };
            if attributes.iter().any(|(n, _)| *n == name) {
                return Err(format!("the attribute `{name}` stands twice"));
            }
            attributes.push((name, value));
        }
    }

    /// Text up to a character, with character references resolved.
    fn text_until(&mut self, end: char) -> Result<String, String> {
        let rest = self.rest();
        let length = rest.find(end).unwrap_or(rest.len());
        let raw = &rest[..length];
        if end == '"' && raw.contains('<') {
            return Err("`<` in an attribute".into());
        }
        let mut out = String::with_capacity(raw.len());
        let mut left = raw;
        while let Some(at) = left.find('&') {
            out.push_str(&left[..at]);
            let after = &left[at + 1..];
            let semicolon = after
                .find(';')
                .filter(|n| *n < 12)
                .ok_or("`&` that begins no reference")?;
            out.push(reference(&after[..semicolon])?);
            left = &after[semicolon + 1..];
        }
        out.push_str(left);
        self.at += length;
        Ok(out)
    }
}

fn reference(name: &str) -> Result<char, String> {
    let number = match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => number.parse().ok(),
        },
        None => {
            let known = [
                ("amp", '&'),
                ("lt", '<'),
                ("gt", '>'),
                ("quot", '"'),
                ("apos", '\''),
                ("nbsp", '\u{a0}'),
            ];
            known
                .iter()
                .find(|(n, _)| *n == name)
                .map(|(_, c)| u32::from(*c))
        }
    };
    number
        .and_then(char::from_u32)
        .filter(|c| *c != '\0')
        .ok_or_else(|| format!("the unknown reference `&{name};`"))
}

#[cfg(test)]
mod tests {
    use super::parse;

    fn page(inner: &str) -> String {
        format!("<!doctype html>\n<html lang=\"en\">{inner}</html>\n")
    }

    #[test]
    fn a_careful_page_is_read() {
        let text = page(
            "<p title=\"a &amp; b\">x &lt; y<br><img src=\"x\" alt=\"\"></p><math><mi/></math>",
        );
        let root = parse(&text).unwrap();
        assert_eq!(root.named("p")[0].attribute("title"), Some("a & b"));
        assert_eq!(root.named("p")[0].text(), "x < y");
        assert_eq!(root.elements().len(), 6);
    }

    #[test]
    fn ambiguous_html_is_refused() {
        for inner in [
            "<p>",
            "</p>",
            "<b><i></b></i>",
            "<a href=x>x</a>",
            "<a href='x'>x</a>",
            "<p><div></div></p>",
            "<a href=\"x\"><a href=\"y\">y</a></a>",
            "x < y",
            "x & y",
            "&bogus;",
            "<p class=\"a\" class=\"b\"></p>",
            "<p title=\"<b>\"></p>",
            "<P></P>",
            "<p/>",
            "\0",
            "<script>x",
        ] {
            assert!(parse(&page(inner)).is_err(), "{inner}");
        }
        assert!(parse("<p></p>").is_err());
        assert!(parse(&format!("{}x", page(""))).is_err());
    }
}
