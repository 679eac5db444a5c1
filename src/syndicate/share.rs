//! A share link: a plain link to the form in which a network takes a page. No
//! script of a third party, and nothing is sent before the reader sends it.

use crate::cite::{one_line, percent_encode};

/// What networks are called by [`share_url`] and in the settings, with the names
/// that readers know them by. E-mail has none: it is a word of the interface.
pub const NETWORKS: [(&str, &str); 6] = [
    ("mastodon", "Mastodon"),
    ("bluesky", "Bluesky"),
    ("x", "X"),
    ("linkedin", "LinkedIn"),
    ("reddit", "Reddit"),
    ("hackernews", "Hacker News"),
];

/// The most characters of a title in a link. Networks cut texts at 300 or so,
/// and Hacker News refuses titles of more than 80.
const MAX_TITLE: usize = 200;

/// The address of the form of a network, filled in with a page's title and
/// absolute address; `None` for a network that is not known. `email` opens a
/// message in the reader's own mail program.
pub fn share_url(network: &str, title: &str, url: &str) -> Option<String> {
    let title = percent_encode(&super::letter::cut(&one_line(title), MAX_TITLE));
    let url = percent_encode(url);
    // Where a network takes one text, the address stands at its end.
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
