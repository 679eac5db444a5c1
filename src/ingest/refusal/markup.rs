//! Recognises web pages and unknown XML, which no reader accepts. Text and Markdown
//! may start with an element too.

/// How much of a text is examined, in bytes.
const HEAD: usize = 4096;

/// Elements that only web pages start with.
const PAGE: &str = "html head body title meta script style link base noscript frameset form iframe input \
    nav main svg";

/// Elements that text and Markdown may start with too.
const INLINE: &str = "a abbr article aside b blockquote br center code dd del details div dl em figure \
    font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li ol p picture pre s section \
    span strong sub summary sup table u ul";

/// Markup that no reader accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Markup {
    /// A web page, with its title.
    Page(String),
    /// XML.
    Xml,
}

fn is_one_of(name: &str, names: &str) -> bool {
    names.split(' ').any(|other| other == name)
}

/// Classifies a text that starts like markup, by its first element.
pub(crate) fn markup(text: &str) -> Option<Markup> {
    let text = text.trim_start_matches('\u{feff}').trim();
    let (rest, is_html) = skip_prolog(text);
    let head = lower_head(text);
    let has = |tag: &str| head.contains(&format!("<{tag}"));
    let page = || Some(Markup::Page(page_title(text)));
    if is_html {
        return page();
    }
    let Some(name) = element_name(rest) else {
        // A server's warnings may come before the page.
        let tail = lower_tail(text);
        let is_page = has("!doctype html")
            || ["html", "body", "head"]
                .iter()
                .any(|tag| has(tag) && tail.contains(&format!("</{tag}>")));
        return if is_page { page() } else { None };
    };
    if is_one_of(&name, PAGE) {
        return page();
    }
    let is_closed = text.ends_with('>')
        && (lower_tail(text).contains(&format!("</{name}>")) || text.ends_with("/>"));
    if text.starts_with("<?xml") {
        return Some(Markup::Xml);
    }
    if !is_one_of(&name, INLINE) {
        return is_closed.then_some(Markup::Xml);
    }
    let is_page = has("form") || has("input") || has("script") || has("body") || has("html");
    (is_page || (text.ends_with('>') && !has_markdown(text)))
        .then(|| Markup::Page(page_title(text)))
}

/// The text after comments and declarations, and whether one of them declares HTML.
pub(super) fn skip_prolog(text: &str) -> (&str, bool) {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let end = if rest.starts_with("<!--") {
            rest.find("-->").map(|at| at + 3)
        } else if rest.starts_with("<?") || rest.starts_with("<!") {
            let head = lower_head(rest);
            if head
                .strip_prefix("<!doctype")
                .is_some_and(|kind| kind.trim_start().starts_with("html"))
            {
                return (rest, true);
            }
            rest.find('>').map(|at| at + 1)
        } else {
            return (rest, false);
        };
        match end {
            Some(end) => rest = &rest[end..],
            None => return ("", false),
        }
    }
}

/// The name of the element at the start of a text, in lower case and without a
/// prefix.
pub(super) fn element_name(text: &str) -> Option<String> {
    let inner = text.strip_prefix('<')?;
    let end = inner.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))?;
    let name = inner[..end].to_ascii_lowercase();
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ':' | '-' | '_' | '.'));
    let bare = name.rsplit(':').next().unwrap_or_default().to_owned();
    (is_name && inner.contains('>')).then_some(bare)
}

/// Whether a text has features found only in Markdown.
fn has_markdown(text: &str) -> bool {
    text.lines().map(str::trim_start).any(|line| {
        line.starts_with(['#', '|'])
            || line.starts_with("- ")
            || line.starts_with("* ")
            || line.contains("](")
    })
}

fn page_title(text: &str) -> String {
    let head = lower_head(text);
    let title = || {
        let from = head.find("<title")?;
        let from = from + head[from..].find('>')? + 1;
        let to = from + head[from..].find("</")?;
        text.get(from..to)
    };
    let title = html_escape::decode_html_entities(title().unwrap_or_default());
    crate::text::clean_line(&title).chars().take(80).collect()
}

/// The start of a text in lower case, with the same byte length.
pub(super) fn lower_head(text: &str) -> String {
    text[..text.floor_char_boundary(HEAD)].to_ascii_lowercase()
}

fn lower_tail(text: &str) -> String {
    text[text.ceil_char_boundary(text.len().saturating_sub(HEAD))..].to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> Option<String> {
        match markup(text) {
            Some(Markup::Page(title)) => Some(title),
            _ => None,
        }
    }

    #[test]
    fn web_pages_are_told_from_papers() {
        for text in [
            "<!doctype html><title>x</title>",
            "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\">\n<html>",
            "<!-- cached --><html><body>Hello</body></html>",
            "<!-- a -->\n<!-- b -->\n<!doctype html>",
            "\u{feff}\n<HTML lang=en>",
            "<?xml version=\"1.0\"?><!DOCTYPE html><html xmlns=\"http://www.w3.org/1999/xhtml\"/>",
            "<?xml version='1.0'?>\n<html xmlns='http://www.w3.org/1999/xhtml'>",
            "<head><title>Login Page</title></head>",
            "<title>Login</title>",
            "<meta charset=utf-8><p>Please log in",
            "<script>location='/login'</script>",
            "<div class=error><h1>Forbidden</h1></div>",
            "<h1>Not Found</h1><p>Nothing here.</p>",
            "<p>Please log in: <input name=user>",
            "<center><h1>502 Bad Gateway</h1></center>\n<hr>",
            "Warning: something in line 3<br />\n<!DOCTYPE html><p>x",
            "Notice: x\n<html><body>y</body></html>",
        ] {
            assert!(page(text).is_some(), "{text}");
        }
        for text in [
            "A title\n\nAn abstract with <html> in it.\n",
            "<p align=\"center\"><img src=x></p>\n\n# Papers\n\n- [A](https://a.test)\n",
            "<!-- papers -->\n# Papers\n",
            "<!-- papers -->\nA Title\n\nAn abstract.\n",
            "<rss><channel><title>x</title></channel></rss>",
            "<feed><title>x</title></feed>",
            "<untitled> things of this and that\n\nAn abstract.",
            "<",
            "",
        ] {
            assert_eq!(page(text), None, "{text}");
        }
        assert_eq!(
            page("<head><title>Login &amp; more</title>").as_deref(),
            Some("Login & more")
        );
        for text in [
            "<Error><Code>AccessDenied</Code></Error>",
            "<?xml version=\"1.0\"?><a>",
        ] {
            assert_eq!(markup(text), Some(Markup::Xml), "{text}");
        }
    }
}
