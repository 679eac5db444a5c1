//! Checks a page's HTML for problems that affect browsers, screen readers or search
//! engines, and collects its links.

use std::cell::RefCell;

use foldhash::HashSet;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::address::{self, Target};
use super::{at, citation, json_ld};
use crate::diagnostics::Diagnostic;

/// A page larger than this takes seconds to load on a slow mobile network.
const MOST_BYTES: usize = 512 * 1024;

/// What is kept of a page.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Whether it is an HTML page.
    pub(super) is_page: bool,
    /// The number of links within the site.
    pub(super) internal: usize,
    /// Those links that have an anchor or lead to no file.
    pub(super) links: Vec<Link>,
    /// The number of links to other sites.
    pub(super) external: usize,
    /// Hashes of its IDs, sorted.
    ids: Vec<u64>,
}

/// A link within the site.
#[derive(Debug)]
pub(super) struct Link {
    /// The URL as written on the page.
    pub(super) address: String,
    pub(super) target: Target,
    pub(super) line: u64,
}

impl Seen {
    /// Whether the page has an element with an ID.
    pub(super) fn has(&self, id: &str) -> bool {
        self.ids.binary_search(&hash(id)).is_ok()
    }
}

/// Half the hash of an ID: pages have few IDs, but sites have many pages.
fn hash(id: &str) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = *blake3::hash(id.as_bytes()).as_bytes();
    u64::from_le_bytes([a, b, c, d, e, f, g, h])
}

/// Checks a page. `is_there` returns whether the site has a file.
pub(super) fn look(
    path: &str,
    text: &str,
    base_url: &str,
    is_there: &dyn Fn(&str) -> bool,
) -> (Seen, Vec<Diagnostic>) {
    let reader = Reader {
        path,
        base_url,
        is_there,
        state: RefCell::default(),
    };
    let queue = BufferQueue::default();
    queue.push_back(text.into());
    let tokenizer = Tokenizer::new(reader, TokenizerOpts::default());
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    let State {
        mut seen,
        mut found,
        meta,
        ..
    } = tokenizer.sink.state.into_inner();
    seen.is_page = true;
    seen.ids.sort_unstable();
    found.extend(citation::check(path, &meta));
    if text.len() > MOST_BYTES {
        let message = format!("the page has {} kB of HTML", text.len() / 1000);
        found.push(
            Diagnostic::warning("large-page", message)
                .at(at(path, 0))
                .help("show fewer papers per page with `[paginate] size`, or shorten the note"),
        );
    }
    (seen, found)
}

/// A `meta` element: name or property, content, line.
pub(super) type Meta = (String, String, u64);

/// Collects what the tokenizer finds.
struct Reader<'a> {
    path: &'a str,
    base_url: &'a str,
    is_there: &'a dyn Fn(&str) -> bool,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    seen: Seen,
    found: Vec<Diagnostic>,
    meta: Vec<Meta>,
    /// The IDs seen so far, to report duplicates.
    ids: HashSet<String>,
    /// The current data block and its first line.
    data: Option<(String, u64)>,
}

impl TokenSink for Reader<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                self.start(&mut state, &tag, line);
                match &*tag.name {
                    "script" => return TokenSinkResult::RawData(RawKind::ScriptData),
                    "style" => return TokenSinkResult::RawData(RawKind::Rawtext),
                    "title" | "textarea" => return TokenSinkResult::RawData(RawKind::Rcdata),
                    _ => {}
                }
            }
            Token::TagToken(tag) if &*tag.name == "script" => {
                if let Some((text, begins)) = state.data.take() {
                    state.found.extend(json_ld::fault(self.path, begins, &text));
                }
            }
            Token::CharacterTokens(text) => {
                if let Some((data, _)) = &mut state.data {
                    data.push_str(&text);
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Reader<'_> {
    fn start(&self, state: &mut State, tag: &Tag, line: u64) {
        let name = &*tag.name;
        let get = |key: &str| {
            let own = tag.attrs.iter().find(|attr| &*attr.name.local == key);
            own.map(|attr| &*attr.value)
        };
        if let Some(id) = get("id") {
            self.id(state, id, line);
        }
        for key in ["href", "src", "poster", "action", "data"] {
            let leads = matches!(
                (name, key),
                ("a" | "area" | "link", "href")
                    | ("form", "action")
                    | ("object", "data")
                    | (_, "src" | "poster")
            );
            if let Some(address) = get(key).filter(|_| leads) {
                self.link(state, address, line);
            }
        }
        for part in get("srcset").into_iter().flat_map(|set| set.split(',')) {
            if let Some(address) = part.split_whitespace().next() {
                self.link(state, address, line);
            }
        }
        match name {
            "img" if get("alt").is_none() => {
                let message = format!(
                    "the image `{}` has no alternative text",
                    get("src").unwrap_or_default()
                );
                state.found.push(
                    Diagnostic::warning("no-alt", message)
                        .at(at(self.path, line))
                        .help("describe it in `alt`, or write `alt=\"\"` if it is decorative"),
                );
            }
            "html" if get("lang").is_none_or(str::is_empty) => state.found.push(
                Diagnostic::warning("no-language", "the page does not declare its language")
                    .at(at(self.path, line))
                    .help("write `<html lang=\"{{ site.language }}\">` in the template"),
            ),
            "meta" => {
                let key = get("name").or_else(|| get("property"));
                if let (Some(key), Some(content)) = (key, get("content")) {
                    if matches!(key, "og:image" | "twitter:image" | "og:url") {
                        self.link(state, content, line);
                    }
                    state.meta.push((key.to_owned(), content.to_owned(), line));
                }
            }
            "script" if get("type") == Some("application/ld+json") => {
                state.data = Some((String::new(), line));
            }
            _ => {}
        }
    }

    fn id(&self, state: &mut State, id: &str, line: u64) {
        if !state.ids.insert(id.to_owned()) {
            state.found.push(
                Diagnostic::error(
                    "id-twice",
                    format!("the id `{id}` occurs twice in the page"),
                )
                .at(at(self.path, line))
                .about(id)
                .help("links lead to the first one; rename one of them"),
            );
            return;
        }
        state.seen.ids.push(hash(id));
    }

    fn link(&self, state: &mut State, address: &str, line: u64) {
        let scheme = address.trim().get(..11).unwrap_or_default();
        if scheme.eq_ignore_ascii_case("javascript:") {
            let message = "a link runs a script instead of leading somewhere";
            state.found.push(
                Diagnostic::error("script-link", message)
                    .at(at(self.path, line))
                    .help("the site's policy forbids it; use a button and a script of static/"),
            );
            return;
        }
        let Some(target) = address::target(self.path, address, self.base_url) else {
            state.seen.external += usize::from(address.starts_with("http"));
            return;
        };
        state.seen.internal += 1;
        if let Target::File(file, None) = &target
            && (self.is_there)(file)
        {
            return;
        }
        state.seen.links.push(Link {
            address: address.to_owned(),
            target,
            line,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(html: &str) -> Vec<String> {
        let (_, found) = look("papers/a/index.html", html, "https://example.org/", &|_| {
            true
        });
        found.iter().map(|said| said.code.to_string()).collect()
    }

    #[test]
    fn faults_of_a_page_are_told_with_their_lines() {
        for (html, want) in [
            ("<html lang=en><p id=a>x</p><a href=#a>y</a>", ""),
            ("<html lang=en><p id=a><p id=a>", "id-twice"),
            ("<html lang=en><img src=a.png>", "no-alt"),
            ("<html lang=en><img src=a.png alt>", ""),
            ("<html><p>", "no-language"),
            ("<html lang=en><a href='javascript:x()'>", "script-link"),
            (
                "<html lang=en><script type=application/ld+json>{]</script>",
                "bad-json-ld",
            ),
            ("<html lang=en><script>if (a <img) {}</script>", ""),
        ] {
            assert_eq!(codes(html).join(" "), want, "{html}");
        }
        let (_, found) = look("a.html", "<html lang=en>\n<p id=a>\n<p id=a>", "", &|_| {
            true
        });
        assert_eq!(
            found[0].place.as_ref().and_then(|place| place.line),
            Some(3)
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_looked_at(text in "(?s)(<[a-z]{1,6}|id=|href=|\"|'|>|#|\\PC){0,30}") {
            let _ = look("a/index.html", &text, "https://example.org/", &|_| false);
        }
    }
}
