//! Squeezing: a page without what HTML lets one leave out. Templates are written
//! to be read, with every end tag and every quote; a library has a hundred
//! thousand pages, which are stored and sent. Only the body is squeezed: simple
//! programs look for tags of the head by their spelling.
//!
//! The page means the same to every parser; a property test holds this.

/// What may hold text that is no markup; without scripts `noscript` does.
const RAW: [&[u8]; 5] = [b"noscript", b"script", b"style", b"textarea", b"title"];

/// The longest tag that is looked at, in bytes: a quote that is never closed would
/// else be looked for to the end of the page, again and again.
const LONGEST_TAG: usize = 64 * 1024;

/// What ends an open paragraph by beginning.
const ENDS_PARAGRAPH: [&[u8]; 32] = [
    b"address",
    b"article",
    b"aside",
    b"blockquote",
    b"details",
    b"dialog",
    b"div",
    b"dl",
    b"fieldset",
    b"figcaption",
    b"figure",
    b"footer",
    b"form",
    b"h1",
    b"h2",
    b"h3",
    b"h4",
    b"h5",
    b"h6",
    b"header",
    b"hgroup",
    b"hr",
    b"main",
    b"menu",
    b"nav",
    b"ol",
    b"p",
    b"pre",
    b"search",
    b"section",
    b"table",
    b"ul",
];

/// What ends an open paragraph by ending.
const PARENTS: [&[u8]; 16] = [
    b"address",
    b"article",
    b"aside",
    b"blockquote",
    b"dd",
    b"details",
    b"div",
    b"figcaption",
    b"figure",
    b"footer",
    b"form",
    b"header",
    b"li",
    b"main",
    b"nav",
    b"section",
];

/// How pages end that are written to be read.
const LAST_TAGS: &[u8] = b"</body>\n</html>\n";

/// A page with a squeezed body. What has no body is given back as it is.
pub(super) fn squeeze(html: Vec<u8>) -> Vec<u8> {
    let Some(body) = memchr::memmem::find(&html, b"<body") else {
        return html;
    };
    let mut out = Vec::with_capacity(html.len());
    out.extend_from_slice(&html[..body]);
    let mut rest = &html[body..];
    while let Some(at) = memchr::memchr(b'<', rest) {
        out.extend_from_slice(&rest[..at]);
        rest = &rest[at..];
        let Some(tag) = Tag::at(rest) else {
            // A comment, or a sign that is no tag: what follows is looked at anew.
            let end = comment_end(rest);
            out.extend_from_slice(&rest[..end]);
            rest = &rest[end..];
            continue;
        };
        let after = &rest[tag.length..];
        if tag.is_end {
            if !is_implied(tag.name, after) {
                out.extend_from_slice(&rest[..tag.length]);
            }
        } else {
            put_unquoted(&rest[..tag.length], tag.name.len() + 1, &mut out);
        }
        rest = after;
        if !tag.is_end && matches!(tag.name[0], b'n' | b's' | b't') && RAW.contains(&tag.name) {
            let end = raw_end(rest, tag.name);
            out.extend_from_slice(&rest[..end]);
            rest = &rest[end..];
        }
    }
    out.extend_from_slice(rest);
    // The end of the text ends both.
    if out.ends_with(LAST_TAGS) {
        out.truncate(out.len() - LAST_TAGS.len());
    }
    out
}

/// A tag, from its `<` to its `>`.
struct Tag<'a> {
    name: &'a [u8],
    is_end: bool,
    length: usize,
}

impl<'a> Tag<'a> {
    /// The tag at the beginning of some HTML; `None` for what is none, or has a name
    /// in capitals, which the templates and converters of this program never write.
    fn at(html: &'a [u8]) -> Option<Self> {
        let inside = html.strip_prefix(b"<")?;
        let is_end = inside.first() == Some(&b'/');
        let from = 1 + usize::from(is_end);
        if !html.get(from)?.is_ascii_lowercase() {
            return None;
        }
        let length = html[from..]
            .iter()
            .take_while(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
            .count();
        let name = &html[from..from + length];
        if !matches!(html.get(from + length)?, b'>' | b'/' | b' ' | b'\n') {
            return None;
        }
        // Most tags have no attributes.
        if html[from + length] == b'>' {
            return Some(Self {
                name,
                is_end,
                length: from + length + 1,
            });
        }
        let reach = &html[..html.len().min(LONGEST_TAG)];
        let mut at = from + length;
        loop {
            at += memchr::memchr3(b'>', b'"', b'\'', reach.get(at..)?)?;
            if reach[at] == b'>' {
                return Some(Self {
                    name,
                    is_end,
                    length: at + 1,
                });
            }
            // The quote that closes the value, and what is behind it.
            at += memchr::memchr(reach[at], &reach[at + 1..])? + 2;
        }
    }
}

/// Where a comment ends, or the sign `<` that begins no tag.
fn comment_end(html: &[u8]) -> usize {
    if !html.starts_with(b"<!--") {
        return 1;
    }
    memchr::memmem::find(html, b"-->").map_or(html.len(), |at| at + 3)
}

/// Where the text of an element ends that holds no markup.
fn raw_end(html: &[u8], name: &[u8]) -> usize {
    let end = [b"</", name].concat();
    memchr::memmem::find(html, &end).unwrap_or(html.len())
}

/// Whether an end tag says nothing that what follows it does not say.
fn is_implied(name: &[u8], after: &[u8]) -> bool {
    if !matches!(name, b"li" | b"dt" | b"dd" | b"p") {
        return false;
    }
    let after = after.trim_ascii_start();
    let Some(next) = Tag::at(after) else {
        return false;
    };
    let is_in = |names: &[&[u8]]| names.contains(&next.name);
    match (name, next.is_end) {
        (b"li", false) => next.name == b"li",
        (b"li", true) => is_in(&[b"ul", b"ol"]),
        (b"dt" | b"dd", false) => is_in(&[b"dt", b"dd"]),
        (b"dd", true) => next.name == b"dl",
        (b"p", false) => is_in(&ENDS_PARAGRAPH),
        (b"p", true) => is_in(&PARENTS),
        _ => false,
    }
}

/// Puts a start tag, without the quotes of values that need none.
fn put_unquoted(tag: &[u8], name_end: usize, out: &mut Vec<u8>) {
    // Within single quotes the other kind may be a part of the value.
    if tag.len() == name_end + 1 || memchr::memchr(b'\'', tag).is_some() {
        out.extend_from_slice(tag);
        return;
    }
    out.extend_from_slice(&tag[..name_end]);
    let mut rest = &tag[name_end..];
    while let Some(at) = memchr::memchr_iter(b'=', rest).find(|at| rest.get(at + 1) == Some(&b'"'))
    {
        let from = at + 2;
        let Some(length) = memchr::memchr(b'"', &rest[from..]) else {
            break;
        };
        let value = &rest[from..from + length];
        let after = &rest[from + length + 1..];
        // A value that ends the tag of an empty element would take its stroke.
        if is_plain(value) && matches!(after.first(), Some(b'>' | b' ' | b'\n')) {
            out.extend_from_slice(&rest[..=at]);
            out.extend_from_slice(value);
        } else {
            out.extend_from_slice(&rest[..=from + length]);
        }
        rest = after;
    }
    out.extend_from_slice(rest);
}

/// Whether a value can stand without quotes.
fn is_plain(value: &[u8]) -> bool {
    !value.is_empty() && value.iter().all(|byte| PLAIN[usize::from(*byte)])
}

/// For each byte whether a value without quotes may have it.
static PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        plain[byte as usize] =
            byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\'' | b'=' | b'<' | b'>' | b'`');
        byte += 1;
    }
    plain
};

#[cfg(test)]
#[path = "../../tests/support/dom.rs"]
#[expect(unreachable_pub, reason = "the tests of the program share it")]
mod dom;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn squeezed(body: &str) -> String {
        let page = format!("<!doctype html><title>t</title><body>{body}</body>");
        let out = String::from_utf8(squeeze(page.into_bytes())).unwrap();
        let body = out.split_once("<body>").unwrap().1;
        body.strip_suffix("</body>").unwrap().to_owned()
    }

    #[test]
    fn what_may_be_left_out_is_left_out() {
        for (before, after) in [
            (
                "<ul>\n<li>a</li>\n<li>b</li>\n</ul>",
                "<ul>\n<li>a\n<li>b\n</ul>",
            ),
            ("<dl><dt>a</dt><dd>b</dd></dl>", "<dl><dt>a<dd>b</dl>"),
            (
                "<section><p>a</p>\n<p>b</p></section>",
                "<section><p>a\n<p>b</section>",
            ),
            (
                "<a class=\"x\" href=\"../../\">a</a>",
                "<a class=x href=../../>a</a>",
            ),
            (
                "<a href=\"?a=b\" title=\"\">a</a>",
                "<a href=\"?a=b\" title=\"\">a</a>",
            ),
            ("<path d=\"M1\"/>", "<path d=\"M1\"/>"),
        ] {
            assert_eq!(squeezed(before), after);
        }
    }

    #[test]
    fn what_says_something_stays() {
        for html in [
            "<p>a</p>b",
            "<a><p>a</p></a>",
            "<p>a</p> <span>b</span>",
            "<dl><dt>a</dt></dl>",
            "<script>\"<li>a</li><li class=\\\"x\\\">\"</script>",
            "<!-- <li>a</li><li> -->",
            "1 < 2 </ p> <",
            "<a title='x=\"y\"'>a</a>",
            "<li",
        ] {
            assert_eq!(squeezed(html), html);
        }
    }

    #[test]
    fn the_last_tags_go() {
        let page = "<!doctype html><title>t</title><body>\n<p>a</p>\n</body>\n</html>\n";
        let out = String::from_utf8(squeeze(page.into())).unwrap();
        assert_eq!(out, "<!doctype html><title>t</title><body>\n<p>a</p>\n");
        assert_eq!(dom::read(page), dom::read(&out));
    }

    #[test]
    fn the_head_is_left_alone() {
        let page = "<head><meta name=\"a\" content=\"b\"></head><body class=\"c\">";
        let out = String::from_utf8(squeeze(page.into())).unwrap();
        assert_eq!(out, page.replace("\"c\"", "c"));
    }

    fn pieces() -> impl Strategy<Value = Vec<&'static str>> {
        let piece = prop::sample::select(vec![
            "<p>",
            "</p>",
            "<ul>",
            "</ul>",
            "<li>",
            "</li>",
            "<ol>",
            "</ol>",
            "<dl>",
            "</dl>",
            "<dt>",
            "</dt>",
            "<dd>",
            "</dd>",
            "<div class=\"a b\">",
            "</div>",
            "<section>",
            "</section>",
            "<a href=\"x/\">",
            "</a>",
            "<b>",
            "</b>",
            "<h2 id=\"h\">",
            "</h2>",
            "<table>",
            "</table>",
            "<tr>",
            "<td>",
            "</td>",
            "<pre>",
            "</pre>",
            "<br>",
            "<input value=\"a\" checked>",
            "<img alt=\"a'b\" src=\"y\">",
            "text",
            " ",
            "\n",
            "<button>",
            "</button>",
            "<details>",
            "<summary>",
            "</summary>",
            "</details>",
            "<math>",
            "<mi>",
            "</mi>",
            "</math>",
            "<svg>",
            "<path d=\"M1\"/>",
            "</svg>",
            "<",
            ">",
            "\"",
            "'",
            "=",
            "&amp;",
            "<!-- x -->",
            "<blockquote>",
            "</blockquote>",
        ]);
        prop::collection::vec(piece, 0..24)
    }

    /// A document in the spelling of a serialiser, which closes what is open.
    fn closed(html: &str) -> String {
        scraper::Html::parse_document(html).html()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn a_squeezed_page_means_the_same(pieces in pieces()) {
            let page = closed(&format!("<!doctype html><body>{}</body>", pieces.concat()));
            // Some trees have no spelling: a button within a button, say.
            prop_assume!(closed(&page) == page);
            let squeezed = String::from_utf8(squeeze(page.clone().into_bytes())).unwrap();
            prop_assert_eq!(dom::read(&page), dom::read(&squeezed), "{}\n{}", page, squeezed);
        }

        #[test]
        fn any_text_is_squeezed(text in ".{0,200}") {
            let page = format!("<body>{text}");
            prop_assert!(squeeze(page.clone().into_bytes()).len() <= page.len());
        }
    }
}
