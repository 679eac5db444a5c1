//! Normalises URLs as sources write them, with or without a scheme, in Markdown,
//! with a trailing full stop, and classifies the links.

use crate::model::{LinkKind, is_publishable_url};

/// The link meant by a text. `None` if it is not one, or must not be published.
pub(super) fn link(text: &str) -> Option<String> {
    let text = text.trim();
    let text = match text.find("](") {
        // Markdown. If the link text contains an image, use the link's URL, not the
        // image's.
        Some(_) => markdown_target(text)?,
        None => text,
    };
    let text = text.trim_start_matches(['<', '"']);
    let text = text.trim_end_matches(['>', '"', '.', ',', ';']);
    let text = match text.split_once("://") {
        Some(_) => text.to_owned(),
        None if text.starts_with("//") => format!("https:{text}"),
        None if starts_with_host(text) => format!("https://{text}"),
        None => return None,
    };
    is_publishable_url(&text).then_some(text)
}

/// A repository given as `owner/name` or as a URL.
pub(super) fn repository(text: &str) -> Option<String> {
    let plain = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
    };
    match text.trim().split_once('/') {
        Some((owner, name)) if plain(owner) && plain(name) && !owner.contains('.') => {
            Some(format!("https://github.com/{}", text.trim()))
        }
        _ => link(text),
    }
}

/// The kind of link, judging by its host.
pub(super) fn kind(url: &str) -> LinkKind {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let file = path.split(['?', '#']).next().unwrap_or_default();
    let on = |domain: &str| {
        host == domain || host.strip_suffix(domain).is_some_and(|h| h.ends_with('.'))
    };
    if on("huggingface.co") {
        return match path.split('/').next().unwrap_or_default() {
            "papers" => LinkKind::Discussion,
            "datasets" => LinkKind::Dataset,
            "spaces" => LinkKind::Demo,
            _ => LinkKind::Model,
        };
    }
    if ["github.com", "gitlab.com", "bitbucket.org", "codeberg.org"]
        .iter()
        .any(|d| on(d))
    {
        LinkKind::Code
    } else if [
        "youtube.com",
        "youtu.be",
        "vimeo.com",
        "bilibili.com",
        "slideslive.com",
    ]
    .iter()
    .any(|d| on(d))
    {
        LinkKind::Video
    } else if [
        "twitter.com",
        "x.com",
        "reddit.com",
        "news.ycombinator.com",
        "alphaxiv.org",
    ]
    .iter()
    .any(|d| on(d))
    {
        LinkKind::Discussion
    } else if ["github.io", "gitlab.io", "netlify.app", "vercel.app"]
        .iter()
        .any(|d| on(d))
        || host == "sites.google.com"
    {
        LinkKind::Project
    } else if file.to_ascii_lowercase().ends_with(".pdf")
        || file.starts_with("pdf/")
        || (on("openreview.net") && file == "pdf")
    {
        LinkKind::Pdf
    } else {
        LinkKind::Paper
    }
}

/// The target of the first Markdown link that is a URL.
fn markdown_target(text: &str) -> Option<&str> {
    text.match_indices("](")
        .map(|(at, _)| {
            let target = &text[at + 2..];
            &target[..target.find([')', ' ']).unwrap_or(target.len())]
        })
        .find(|target| target.starts_with("http://") || target.starts_with("https://"))
}

/// Whether a text begins with a host name: labels separated by dots, the last one
/// of letters.
fn starts_with_host(text: &str) -> bool {
    let host = text.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let mut labels = host.rsplit('.');
    let top = labels.next().unwrap_or_default();
    let mut any = false;
    let plain = labels.all(|label| {
        any = true;
        !label.is_empty()
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
    });
    any && plain && (2..=24).contains(&top.len()) && top.bytes().all(|b| b.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_understood_as_they_are_written() {
        for (text, want) in [
            ("https://a.org/x", Some("https://a.org/x")),
            ("www.a.org/~b", Some("https://www.a.org/~b")),
            ("github.com/a/b", Some("https://github.com/a/b")),
            ("//a.org/x", Some("https://a.org/x")),
            ("<https://a.org/x>.", Some("https://a.org/x")),
            (
                "[![i](/icon.svg) a/b](https://github.com/a/b) + [x](https://c.org)",
                Some("https://github.com/a/b"),
            ),
            ("[x](javascript:alert(1))", None),
            ("javascript:alert(1)", None),
            ("/relative", None),
            ("arXiv:1812.06557v2", None),
            ("no address", None),
            ("3.14", None),
            ("", None),
        ] {
            assert_eq!(link(text).as_deref(), want, "{text}");
        }
        assert_eq!(
            repository("jane/code").as_deref(),
            Some("https://github.com/jane/code")
        );
        assert_eq!(
            repository("github.com/jane").as_deref(),
            Some("https://github.com/jane")
        );
        assert_eq!(repository("../x"), None);
    }

    #[test]
    fn the_host_tells_the_kind() {
        for (url, want) in [
            ("https://arxiv.org/abs/2403.03507", LinkKind::Paper),
            ("https://arxiv.org/pdf/2403.03507", LinkKind::Pdf),
            ("https://a.org/x.PDF?y", LinkKind::Pdf),
            ("https://github.com/a/b", LinkKind::Code),
            ("https://a.github.io/b", LinkKind::Project),
            ("https://huggingface.co/datasets/a/b", LinkKind::Dataset),
            (
                "https://huggingface.co/papers/2403.03507",
                LinkKind::Discussion,
            ),
            ("https://youtu.be/x", LinkKind::Video),
            ("https://notx.com/", LinkKind::Paper),
        ] {
            assert_eq!(kind(url), want, "{url}");
        }
    }
}
