//! URLs and identifiers anywhere in a reference.

use super::super::address;
use crate::model::{LinkKind, PaperId};

/// What a reference links to.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    pub(super) ids: Vec<PaperId>,
    pub(super) url: Option<(LinkKind, String)>,
}

/// The text without its URLs and identifiers, and those.
pub(super) fn without_addresses(text: &str) -> (String, Addresses) {
    let mut found = Addresses::default();
    let mut out: Vec<&str> = Vec::new();
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let bare = word
            .trim_matches(['(', ')', '[', ']', '<', '>', ',', ';'])
            .trim_end_matches('.');
        let lower = bare.to_ascii_lowercase();
        let registered = ["doi:", "arxiv:", "pmid:", "pmcid:"]
            .iter()
            .find(|p| lower.starts_with(**p));
        let (scheme, value) = match registered {
            Some(scheme) if lower.len() > scheme.len() => {
                (Some(*scheme), bare[scheme.len()..].to_owned())
            }
            Some(scheme) => {
                let next = words
                    .peek()
                    .map_or("", |next| next.trim_matches(['(', ')', ',', ';', '.']));
                (Some(*scheme), next.to_owned())
            }
            None => (None, String::new()),
        };
        if let Some(scheme) = scheme {
            let id = match scheme {
                "pmcid:" => None,
                _ => PaperId::new(scheme.trim_end_matches(':'), &value),
            };
            if lower.len() == scheme.len() && (id.is_some() || scheme == "pmcid:") {
                words.next();
            }
            if let Some(id) = id {
                if !found.ids.contains(&id) {
                    found.ids.push(id);
                }
                // "[cs.LG]" after an arXiv identifier.
                let category = |word: &&&str| word.starts_with('[') && word.contains(']');
                if words.peek().filter(category).is_some() {
                    words.next();
                }
                if scheme == "arxiv:" {
                    out.push("arXiv");
                }
                continue;
            }
            if scheme == "pmcid:" {
                continue;
            }
        }
        // "CoRR, abs/2203.01235"
        let corr = lower
            .strip_prefix("abs/")
            .and_then(|id| PaperId::new("arxiv", id));
        if let Some(id) = corr {
            if !found.ids.contains(&id) {
                found.ids.push(id);
            }
            continue;
        }
        let is_bare = is_bare_address(bare);
        if lower.contains("://")
            || lower.starts_with("www.")
            || lower.starts_with("doi.org/")
            || is_bare
        {
            let whole = if is_bare {
                format!("https://{bare}")
            } else {
                bare.to_owned()
            };
            if let Some(url) = address::link(&whole) {
                if let Some(id) = PaperId::from_url(&url)
                    && !found.ids.contains(&id)
                {
                    found.ids.push(id);
                }
                found.url.get_or_insert((address::kind(&url), url));
            }
            while out.last().is_some_and(|word| {
                let word = word.to_lowercase();
                matches!(
                    word.trim_matches(['[', ']', ':', '.', ',']),
                    "available"
                        | "online"
                        | "retrieved"
                        | "from"
                        | "url"
                        | "at"
                        | "doi"
                        | "accessed"
                )
            }) {
                out.pop();
            }
            // The position of a full stop that ended the sentence before.
            continue;
        }
        out.push(word);
    }
    (out.join(" "), found)
}

/// "hart.example/wheels": a URL without a scheme, as in MLA style.
fn is_bare_address(word: &str) -> bool {
    let Some((host, _)) = word.split_once('/') else {
        return false;
    };
    let host_like =
        |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
    let last = host.rsplit('.').next().unwrap_or_default();
    host.contains('.')
        && host.chars().all(host_like)
        && last.len() >= 2
        && last.bytes().all(|b| b.is_ascii_lowercase())
}
