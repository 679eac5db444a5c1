//! A paper's links: to the paper itself, its code, its data and so on.

use super::SmallMap;

use serde::{Deserialize, Serialize};

/// What a link leads to, in the order in which pages show them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum LinkKind {
    /// The paper's own page, such as an abstract page or a publisher's page.
    Paper,
    /// The PDF.
    Pdf,
    /// Source code.
    Code,
    /// The project's home page.
    Project,
    /// A trained model.
    Model,
    /// A data set.
    Dataset,
    /// A demo to try.
    Demo,
    /// A recording of a talk.
    Video,
    /// A discussion, such as a forum thread.
    Discussion,
}

impl LinkKind {
    /// All kinds, in order.
    pub const ALL: [Self; 9] = [
        Self::Paper,
        Self::Pdf,
        Self::Code,
        Self::Project,
        Self::Model,
        Self::Dataset,
        Self::Demo,
        Self::Video,
        Self::Discussion,
    ];

    /// The key under `links.` in front matter.
    pub fn key(self) -> &'static str {
        match self {
            Self::Paper => "paper",
            Self::Pdf => "pdf",
            Self::Code => "code",
            Self::Project => "project",
            Self::Model => "model",
            Self::Dataset => "dataset",
            Self::Demo => "demo",
            Self::Video => "video",
            Self::Discussion => "discussion",
        }
    }

    /// Parses a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// A paper's links, at most one of each kind, ordered by kind.
pub type Links = SmallMap<LinkKind, String>;

/// Whether a URL may be published as a link: `http`, `https` or `mailto`, with
/// something after the scheme. Anything else (`javascript:`, `data:`, relative
/// paths) comes from a stranger and stays plain text.
pub fn is_publishable_url(url: &str) -> bool {
    if url.len() > 2_000 || url.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return false;
    }
    match url::Url::parse(url) {
        Ok(parsed) => match parsed.scheme() {
            "http" | "https" => parsed.host_str().is_some_and(|host| !host.is_empty()),
            "mailto" => parsed.path().contains('@'),
            _ => false,
        },
        Err(_) => false,
    }
}

/// The host of an address of the web that is plain: told apart without a parser, such
/// an address is spelled as a parser would spell it. It may say `None` of one that is.
pub fn plain_host(url: &str) -> Option<&str> {
    let (host, path) = url.strip_prefix("https://")?.split_once('/')?;
    // A last label with digits may be part of an IPv4 address ("1", "0x7f"), and
    // "xn--" begins a name in Punycode; both have rules of their own.
    let is_plain_host = host.len() <= 200
        && host.split('.').all(|label| {
            !label.is_empty()
                && !label.starts_with("xn--")
                && label
                    .bytes()
                    .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'))
        })
        && host
            .rsplit('.')
            .next()
            .is_some_and(|label| label.bytes().all(|b| b.is_ascii_lowercase()));
    // Segments of dots would be resolved.
    let is_plain = is_plain_host
        && url.len() <= 2_000
        && !path.starts_with('.')
        && !path.contains("/.")
        && path.bytes().all(|b| {
            b.is_ascii_alphanumeric()
                || matches!(
                    b,
                    b'-' | b'_' | b'.' | b'/' | b'?' | b'=' | b'&' | b',' | b'+'
                )
        });
    is_plain.then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_three_schemes_are_publishable() {
        for url in [
            "https://a.org/x",
            "http://a.org",
            "mailto:a@b.org",
            "HTTPS://A.ORG/x",
        ] {
            assert!(is_publishable_url(url), "{url}");
        }
        for url in [
            "javascript:alert(1)",
            "data:text/html,x",
            "//a.org",
            "/x",
            "https://",
            "https://a b",
            "mailto:x",
            "ftp://a.org",
            "",
            "java\nscript:x",
        ] {
            assert!(!is_publishable_url(url), "{url}");
        }
    }
}
