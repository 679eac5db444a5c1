//! Share links: plain links to a network's own form. No third-party script, and
//! nothing is sent until the reader sends it.

use crate::cite::{one_line, percent_encode};

/// The networks by ID, as in [`share_url`] and the settings, and their display
/// names. E-mail is missing, since its name is translated.
pub const NETWORKS: [(&str, &str); 6] = [
    ("mastodon", "Mastodon"),
    ("bluesky", "Bluesky"),
    ("x", "X"),
    ("linkedin", "LinkedIn"),
    ("reddit", "Reddit"),
    ("hackernews", "Hacker News"),
];

/// The most characters of a title in a link. Networks cut texts at about 300, and
/// Hacker News refuses titles over 80.
const MAX_TITLE: usize = 200;

/// The URL of a network's form, filled in with a page's title and absolute URL.
/// `None` for an unknown network. `email` opens the reader's mail program.
pub fn share_url(network: &str, title: &str, url: &str) -> Option<String> {
    let title = percent_encode(&super::letter::cut(&one_line(title), MAX_TITLE));
    let url = percent_encode(url);
    // If a network takes a single text, the URL comes last.
    let both = format!("{title}%20{url}");
    Some(match network {
        "mastodon" => format!("https://share.joinmastodon.org/#text={both}"),
        "bluesky" => format!("https://bsky.app/intent/compose?text={both}"),
        "x" => format!("https://x.com/intent/post?text={title}&url={url}"),
        "linkedin" => format!("https://www.linkedin.com/sharing/share-offsite/?url={url}"),
        "reddit" => format!("https://www.reddit.com/submit?title={title}&url={url}"),
        "hackernews" => format!("https://news.ycombinator.com/submitlink?t={title}&u={url}"),
        "email" => format!("mailto:?subject={title}&body={url}"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_network_gets_title_and_address() {
        for (network, _) in NETWORKS.into_iter().chain([("email", "")]) {
            let link = share_url(network, "A & \"B\"\n=C", "https://a.test/b/?c=d#e").unwrap();
            let parsed = url::Url::parse(&link).unwrap();
            assert!(matches!(parsed.scheme(), "https" | "mailto"), "{link}");
            assert!(
                link.contains("https%3A%2F%2Fa.test%2Fb%2F%3Fc%3Dd%23e"),
                "{link}"
            );
            let has_title = link.contains("A%20%26%20%22B%22%20%3DC");
            assert_eq!(has_title, network != "linkedin", "{link}");
        }
        assert_eq!(share_url("elsewhere", "A", "https://a.test/"), None);
    }

    #[test]
    fn a_long_title_is_cut() {
        let link = share_url("x", &"word ".repeat(1_000), "https://a.test/").unwrap();
        assert!(link.len() < 1_000, "{}", link.len());
    }
}
