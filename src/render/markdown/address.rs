//! An address in a person's text: what a link or a picture leads to, and how it
//! is written on the page.

use std::fmt::{Debug, Write as _};

use percent_encoding::percent_decode_str;

use super::Links;
use crate::model::is_publishable_url;
use crate::render::escape::escape_url_path;

/// What a site has that a link can lead to.
pub trait Destinations: Debug + Sync {
    /// The address of the page that a Markdown file of the content becomes. The
    /// file is named from `content/`.
    fn page(&self, file: &str) -> Option<&str>;
    /// Whether the site has a file, such as `papers/x/index.html`.
    fn has(&self, path: &str) -> bool;
    /// A file of the content that is no page and can be published, by its path
    /// from `content/` as the disk spells it.
    fn file(&self, path: &str) -> Option<String>;
    /// The folder of the server that the site is published in: `repo/`, or empty.
    fn mount(&self) -> &str;
}

/// What an address leads to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// Somewhere else, or the page itself with another query.
    Outside(String),
    /// A place on the same page, by its id.
    Anchor(String),
    /// Something that the site has.
    Inside {
        href: String,
        /// A file of the content that has to be published.
        file: Option<String>,
        /// The site has another file at the same address, which is published instead.
        hidden: bool,
        /// An anchor on the very page that the link is on.
        anchor: Option<String>,
    },
    /// Something that the site does not have; `sought` is its path.
    Dead {
        href: Option<String>,
        sought: String,
    },
    /// An address that cannot be published.
    Refused,
}

/// Works out where an address leads.
pub(super) fn target(url: &str, links: &Links<'_>) -> Target {
    let url = url.trim();
    if let Some(anchor) = url.strip_prefix('#') {
        return Target::Anchor(anchor.to_owned());
    }
    let spelled = without_spaces(url);
    if is_publishable_url(&spelled) {
        return Target::Outside(spelled);
    }
    if spelled.starts_with("//") {
        return if is_publishable_url(&format!("https:{spelled}")) {
            Target::Outside(spelled)
        } else {
            Target::Refused
        };
    }
    let (rest, fragment) = parts(url, '#');
    let (path, query) = parts(rest, '?');
    if path.is_empty() {
        return match query {
            Some(_) => Target::Outside(spelled),
            None => Target::Refused,
        };
    }
    if has_scheme(path) {
        return Target::Refused;
    }
    let decoded = percent_decode_str(path)
        .decode_utf8()
        .map_or_else(|_| path.to_owned(), |text| text.replace('\\', "/"));
    let mut tail = String::new();
    if let Some(query) = query {
        tail.push('?');
        tail.push_str(&escape_tail(query));
    }
    if let Some(fragment) = fragment {
        tail.push('#');
        tail.push_str(&escape_tail(fragment));
    }
    let href = |path: &str| {
        // An empty address would be the page itself.
        let path = if path.is_empty() { "./" } else { path };
        format!("{}{}{tail}", links.root, escape_url_path(path))
    };
    let candidates = candidates(&decoded, links);
    for candidate in &candidates {
        let Some(found) = find(candidate, links.destinations) else {
            continue;
        };
        let anchor = fragment
            .filter(|fragment| !fragment.is_empty() && found.path == links.address)
            .map(ToOwned::to_owned);
        return Target::Inside {
            href: href(&found.path),
            file: found.file,
            hidden: found.hidden,
            anchor,
        };
    }
    let first = candidates.into_iter().next();
    Target::Dead {
        href: first
            .as_deref()
            .filter(|path| !path.ends_with(".md"))
            .map(href),
        sought: first.unwrap_or(decoded),
    }
}

/// The origin of an address elsewhere, as a security policy names it.
pub(super) fn origin(url: &str) -> Option<String> {
    let whole = if url.starts_with("//") {
        format!("https:{url}")
    } else {
        url.to_owned()
    };
    let url = url::Url::parse(&whole).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.origin().ascii_serialization())
}

/// The paths from the site's root that an address can mean, the likeliest first:
/// as seen from the file, then as seen from the page's address.
fn candidates(path: &str, links: &Links<'_>) -> Vec<String> {
    let mut found = Vec::new();
    if path.starts_with('/') {
        found.extend(resolve("", path));
        let mount = links.destinations.mount();
        let within = path
            .strip_prefix('/')
            .and_then(|path| path.strip_prefix(mount));
        if let Some(within) = within.filter(|_| !mount.is_empty()) {
            found.extend(resolve("", within));
        }
    } else {
        found.extend(resolve(links.folder, path));
        found.extend(resolve(links.address, path));
    }
    found
}

struct Found {
    path: String,
    file: Option<String>,
    hidden: bool,
}

fn find(path: &str, site: &dyn Destinations) -> Option<Found> {
    let page = |path: &str| {
        Some(Found {
            path: path.to_owned(),
            file: None,
            hidden: false,
        })
    };
    if let Some(address) = site.page(path) {
        return page(address);
    }
    if path.is_empty() || path.ends_with('/') {
        return site
            .has(&format!("{path}index.html"))
            .then(|| page(path))
            .flatten();
    }
    let beside = site.file(path);
    if site.has(path) {
        return Some(Found {
            path: path.to_owned(),
            file: None,
            hidden: beside.is_some(),
        });
    }
    if let Some(file) = beside {
        return Some(Found {
            path: file.clone(),
            file: Some(file),
            hidden: false,
        });
    }
    if site.has(&format!("{path}/index.html")) {
        return page(&format!("{path}/"));
    }
    page(site.page(&format!("{path}.md"))?)
}

/// A path relative to a folder, as a path from the root; `None` where it would
/// leave it.
fn resolve(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    let mut resolved = parts.join("/");
    let is_folder = path.ends_with('/') || path.ends_with("/.") || path.ends_with("..");
    if (is_folder || path == ".") && !resolved.is_empty() {
        resolved.push('/');
    }
    Some(resolved)
}

fn parts(text: &str, sign: char) -> (&str, Option<&str>) {
    text.split_once(sign)
        .map_or((text, None), |(before, after)| (before, Some(after)))
}

/// Whether an address begins with the name of a scheme, such as `javascript:`.
fn has_scheme(path: &str) -> bool {
    let Some((scheme, _)) = path.split_once(':') else {
        return false;
    };
    let scheme: String = scheme.chars().filter(|c| !c.is_control()).collect();
    !scheme.contains('/')
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

fn without_spaces(url: &str) -> String {
    url.replace(' ', "%20")
}

/// A query or fragment as an address has it: what was encoded stays so, what must
/// not be there is encoded.
fn escape_tail(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'`' | b'\\') {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Site;

    impl Destinations for Site {
        fn page(&self, file: &str) -> Option<&str> {
            match file {
                "papers/2025/a.md" | "papers/a.md" => Some("papers/a/"),
                "about.md" => Some("about/"),
                _ => None,
            }
        }

        fn has(&self, path: &str) -> bool {
            [
                "index.html",
                "about/index.html",
                "papers/a/index.html",
                "search/index.html",
                "paper.pdf",
            ]
            .contains(&path)
        }

        fn file(&self, path: &str) -> Option<String> {
            ["fig ü.png", "papers/2025/fig.png", "paper.pdf"]
                .contains(&path)
                .then(|| path.to_owned())
        }

        fn mount(&self) -> &str {
            "repo/"
        }
    }

    fn from(folder: &str, address: &str, url: &str) -> String {
        let words = std::collections::BTreeMap::new();
        let links = Links {
            destinations: &Site,
            folder,
            address,
            root: "~",
            math: |_, _| String::new(),
            words: &words,
        };
        match target(url, &links) {
            Target::Outside(url) => url,
            Target::Anchor(id) => format!("anchor {id}"),
            Target::Inside { href, hidden, .. } if hidden => format!("{href} hidden"),
            Target::Inside { href, .. } => href,
            Target::Dead { sought, .. } => format!("dead {sought}"),
            Target::Refused => "refused".to_owned(),
        }
    }

    #[test]
    fn an_address_is_read_from_the_file_and_from_the_page() {
        for (url, want) in [
            ("/papers/a/", "~papers/a/"),
            ("/papers/a", "~papers/a/"),
            ("papers/a.md", "~papers/a/"),
            ("papers/2025/a.md#x", "~papers/a/#x"),
            ("papers/2025/a", "~papers/a/"),
            ("../papers/a/", "~papers/a/"),
            ("/repo/papers/a/", "~papers/a/"),
            ("papers\\a\\", "~papers/a/"),
            ("/", "~./"),
            ("..", "~./"),
            ("fig%20%C3%BC.png", "~fig%20%C3%BC.png"),
            ("fig ü.png", "~fig%20%C3%BC.png"),
            (
                "./paper.pdf?download=1#p 2",
                "~paper.pdf?download=1#p%202 hidden",
            ),
            ("/search/?q=lora&x=%22a%22", "~search/?q=lora&x=%22a%22"),
            ("//example.org/x", "//example.org/x"),
            ("https://a.org/a b", "https://a.org/a%20b"),
            (
                "mailto:a@b.org?subject=Hello you",
                "mailto:a@b.org?subject=Hello%20you",
            ),
            ("?page=2", "?page=2"),
            ("#x", "anchor x"),
            ("/papers/nope/", "dead papers/nope/"),
            ("../../x/", "dead ../../x/"),
            ("nope.png", "dead nope.png"),
            ("javascript:alert(1)", "refused"),
            ("JAVA\u{1}script:x", "refused"),
            ("data:image/png;base64,x", "refused"),
            ("//", "refused"),
            ("", "refused"),
        ] {
            assert_eq!(from("", "about/", url), want, "{url}");
        }
        assert_eq!(
            from("papers/2025", "papers/a/", "fig.png"),
            "~papers/2025/fig.png"
        );
        assert_eq!(from("papers/2025", "papers/a/", "../a/"), "~papers/a/");
    }
}
