//! Markup in texts: HTML of feeds and JATS of publishers becomes plain
//! paragraphs.

use std::borrow::Cow;

/// The text without tags, with character references resolved; what a block
/// holds is a paragraph. A heading that only says "Abstract" is left out.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains(['<', '&']) {
        return Cow::Borrowed(text);
    }
    let formulas = super::marks::formulas(text);
    let text = formulas.as_ref();
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // Within scripts and the like nothing is meant to be read.
    let mut hidden: Option<String> = None;
    // Behind this byte no tag is closed, so none is looked for.
    let last = text.rfind('>').unwrap_or(0);
    while let Some(at) = rest.find('<') {
        if hidden.is_none() {
            out.push_str(&html_escape::decode_html_entities(&rest[..at]));
        }
        let after = &rest[at + 1..];
        let is_tag =
            after.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        let may_end = is_tag && text.len() - after.len() <= last;
        let end = may_end.then(|| after.find('>')).flatten();
        let Some(end) = end else {
            if hidden.is_none() {
                out.push('<');
            }
            rest = after;
            continue;
        };
        let tag = &after[..end];
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, ':' | '-'))
            .collect::<String>()
            .to_ascii_lowercase();
        let name = name.rsplit(':').next().unwrap_or_default();
        match &hidden {
            Some(until) if tag.starts_with('/') && name == until => hidden = None,
            Some(_) => {}
            None if matches!(name, "script" | "style") && !tag.starts_with('/') => {
                hidden = Some(name.to_owned());
            }
            None if is_block(name) => {
                end_heading(&mut out, name, tag);
                out.push_str("\n\n");
            }
            None if name == "br" => out.push('\n'),
            None => {}
        }
        rest = &after[end + 1..];
    }
    if hidden.is_none() {
        out.push_str(&html_escape::decode_html_entities(rest));
    }
    Cow::Owned(out.trim().to_owned())
}

/// A title without the marks around its words. A mark that is not closed was
/// written by an author and stays.
pub(super) fn title(text: &str) -> String {
    super::marks::line(text).into_owned()
}

/// At the end of a title: "Abstract" says nothing, any other title begins the
/// paragraph that follows.
fn end_heading(out: &mut String, name: &str, tag: &str) {
    let is_heading = matches!(name, "title" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
    if !is_heading || !tag.starts_with('/') {
        return;
    }
    let start = out.rfind("\n\n").map_or(0, |at| at + 2);
    let heading = out[start..].trim().to_lowercase();
    if matches!(heading.as_str(), "abstract" | "summary") {
        out.truncate(start);
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "sec"
            | "title"
            | "li"
            | "ul"
            | "ol"
            | "list"
            | "list-item"
            | "blockquote"
            | "table"
            | "tr"
            | "section"
            | "article"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
    )
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn tags_go_and_texts_stay() {
        for (text, want) in [
            (
                "<jats:title>Abstract</jats:title><jats:p>A &amp; <jats:italic>b</jats:italic>.</jats:p><jats:p>C.</jats:p>",
                "A & b.\n\n\n\nC.",
            ),
            ("a < b and c > d", "a < b and c > d"),
            ("<p>x<br>y</p>", "x\ny"),
            (
                "<j:alternatives><mml:math><mml:mi>a</mml:mi></mml:math><j:tex-math>$a$</j:tex-math></j:alternatives> b",
                "$a$ b",
            ),
            (
                "<j:alternatives><mml:math><mml:mi>a</mml:mi></mml:math></j:alternatives> b",
                "a b",
            ),
            ("<script>alert(1)</script>x", "x"),
            ("x<script>alert(1)", "x"),
            ("a &lt;b&gt; c", "a <b> c"),
            ("<", "<"),
            ("<a", "<a"),
        ] {
            assert_eq!(plain(text), want, "{text}");
        }
    }

    #[test]
    fn titles_lose_italics_and_nothing_else() {
        assert_eq!(
            super::title("The <i>Malus</i> & CO<sub>2</sub>"),
            "The Malus & CO2"
        );
        assert_eq!(super::title("a < b <b> c"), "a < b <b> c");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "[<>/&;a-c p!é]{0,60}") {
            let _ = plain(&text);
        }
    }
}
